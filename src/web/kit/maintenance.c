#include "web/kit/maintenance.h"

#include <inttypes.h>
#include <time.h>

#include "app/audit.h"
#include "app/review/bulk.h"
#include "app/review/cases.h"
#include "app/review/inbox.h"
#include "http/connections.h"
#include "web/kit/page_meter.h"
#include "web/kit/session_uses.h"
#include "web/kit/site_log.h"
#include "web/kit/request.h"

#define MEASURE_TICKS 60            /* between writings of what was counted */
#define SESSION_TICKS 600           /* between sweeps of sessions that are over */
#define PURGE_TICKS 3600            /* between looks at all drafts; the first is at the start */
#define EVIDENCE_TICKS 86400        /* between looks at all files; the first is at the start */
#define EVIDENCE_FRESH_SECONDS 3600 /* an upload may be under way */
#define EVIDENCE_MS 20              /* that it may take at a time */
#define EXPIRY_TICKS 600            /* between looks for what time does to cases */
#define FIRST_WATCH_TICKS 2
#define ENTER_MS 100 /* for files of the inbox that are let in, at a time */
#define CASES_MS 50                 /* for cases that follow their assessments, at a time */
#define BULK_MS 100                 /* for a run of acts on many cases, at a time */

/* ---- may anything be erased? ---- */

static void log_clock(struct site *site)
{
    const struct trusted_clock *clock = &site->maintenance.clock;

    site_log(site, clock->is_doubted, "clock", "event=%s known=%s",
             clock->is_doubted ? "doubted" : "trusted", clock->known);
}

/* Told when it begins and when it ends. */
static bool is_clock_trusted(struct site *site)
{
    struct trusted_clock *clock = &site->maintenance.clock;
    bool was_doubted = clock->is_doubted;
    struct err err;

    if (trusted_clock_look(clock, site_app(site), clock_ms(), true, &err) != OK)
        return false;
    if (clock->is_doubted != was_doubted)
        log_clock(site);
    return !clock->is_doubted;
}

/* ---- what is written or forgotten now and then ---- */

static enum status write_measures(struct site *site, struct err *err)
{
    return page_meter_write(site->meter, site_app(site), err);
}

/* What cannot be written now is said again by the next use. */
static void write_uses(struct site *site)
{
    struct err ignored;

    (void)!session_uses_write(site->uses, site_app(site), &ignored);
}

static enum status sweep_sessions(struct site *site, struct err *err)
{
    return access_sweep(site_app(site), err);
}

/* Due again after so many ticks; one that failed is tried again a tick later. */
static void run_chore(struct site *site, unsigned *left, unsigned ticks,
                      enum status (*run)(struct site *site, struct err *err))
{
    struct err err;

    if (*left == 0)
        *left = ticks;
    if (--*left == 0 && run(site, &err) != OK)
        *left = 1;
}

/* ---- files of evidence that nothing needs ---- */

static void log_sweep(struct site *site)
{
    const struct maintenance *maintenance = &site->maintenance;

    if (maintenance->swept.files || maintenance->has_failed)
        site_log(site, maintenance->has_failed, "sweep", "files=%zu bytes=%" PRIu64 "%s",
                 maintenance->swept.files, maintenance->swept.bytes,
                 maintenance->has_failed ? " event=failed" : "");
}

static void sweep_evidence(struct site *site)
{
    struct maintenance *maintenance = &site->maintenance;
    int64_t end_ms = clock_ms() + EVIDENCE_MS, before = time(NULL) - EVIDENCE_FRESH_SECONDS;
    struct err err;

    if (maintenance->part == EVIDENCE_PARTS)
        return;
    while (maintenance->part < EVIDENCE_PARTS && clock_ms() < end_ms) {
        if (evidence_sweep_part(site_app(site), maintenance->part, before, &maintenance->swept,
                                &err) != OK)
            maintenance->has_failed = true;
        maintenance->part++;
    }
    if (maintenance->part < EVIDENCE_PARTS)
        return;
    log_sweep(site);
    maintenance->swept = (struct evidence_swept){.files = 0};
    maintenance->has_failed = false;
}

/* ---- drafts that nobody changes any more ---- */

static void purge_drafts(struct site *site)
{
    struct purge *purge = &site->maintenance.purge;
    struct err err;

    if (site->options.keep_drafts <= 0)
        return;
    if (!purge->keep_days || site->maintenance.ticks % PURGE_TICKS == 0)
        *purge = (struct purge){.keep_days = site->options.keep_drafts,
                                .drafts_max = PURGE_DRAFTS_MAX};
    if (purge->is_done)
        return;
    if (purge_some(purge, site_app(site), &err) != OK) {
        site_log_failure(site, NULL, NULL, &err);
        purge->is_done = true; /* the next time it begins anew */
    }
    if (purge->is_done && purge->drafts)
        site_log(site, purge->has_left_files, "purge", "drafts=%zu files=%zu%s", purge->drafts,
                 purge->files,
                 purge->has_left_files ? " event=failed"
                 : purge->has_more     ? " event=more"
                                       : "");
}

/* ---- cases ---- */

/* They follow what was stored; a fault is said once an hour, and does not end anything. */
static void follow_cases(struct site *site)
{
    struct err err;
    bool left;

    if (cases_refresh(site_app(site), CASES_MS, &left, &err) != OK &&
        site->maintenance.ticks % PURGE_TICKS == 0)
        site_log_failure(site, NULL, NULL, &err);
}

/* Files of the inbox go in between what people do. */
static void enter_files(struct site *site)
{
    struct err err;

    if (inbox_enter_some(site_app(site), ENTER_MS, &err) != OK &&
        site->maintenance.ticks % EXPIRY_TICKS == 0)
        site_log_failure(site, NULL, NULL, &err);
}

/* Acts on many cases that somebody began; also those that were under way when the server ended. */
static void continue_bulk(struct site *site)
{
    struct err err;
    bool left;

    if (bulk_continue(site_app(site), BULK_MS, &left, &err) != OK && err.status != BUSY &&
        site->maintenance.ticks % EXPIRY_TICKS == 0)
        site_log_failure(site, NULL, NULL, &err);
}

/* Again at the next tick where there was more than fits. */
static enum status watch_cases(struct site *site, struct err *err)
{
    bool left;
    enum status status = cases_watch(site_app(site), &left, err);

    if (status == OK && left)
        site->maintenance.expiry_left = 1;
    return status;
}

/* ---- the audit ---- */

/* Its head in the log, once a day: who keeps the log elsewhere can tell later whether entries were
 * cut off. */
static void tell_audit(struct site *site)
{
    struct app_context *app = site_app(site);
    struct audit_check head;
    struct arena arena;
    struct err ignored;

    if (site->maintenance.audit_told == app->today || audit_head(app, &head, &ignored) != OK)
        return;
    if (!head.entries)
        return; /* nobody has done anything yet */
    site->maintenance.audit_told = app->today;
    arena_init(&arena);
    site_log(site, false, "audit", "entries=%" PRId64 " head=%s", head.entries,
             audit_head_text(&arena, &head));
    arena_free(&arena);
}

void maintenance_tick(struct site *site)
{
    struct maintenance *maintenance = &site->maintenance;

    if (++maintenance->ticks == 1)
        maintenance->expiry_left = FIRST_WATCH_TICKS;
    write_uses(site);
    run_chore(site, &maintenance->measures_left, MEASURE_TICKS, write_measures);
    enter_files(site);
    follow_cases(site);
    continue_bulk(site);
    if (!is_clock_trusted(site))
        return;
    tell_audit(site);
    mailer_tick(site);
    run_chore(site, &maintenance->expiry_left, EXPIRY_TICKS, watch_cases);
    run_chore(site, &maintenance->sessions_left, SESSION_TICKS, sweep_sessions);
    if (maintenance->ticks % EVIDENCE_TICKS == 0)
        maintenance->part = 0;
    purge_drafts(site);
    sweep_evidence(site);
}
