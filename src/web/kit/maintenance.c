#include "web/kit/maintenance.h"

#include <inttypes.h>
#include <time.h>

#include "base/array.h"
#include "http/connections.h"
#include "web/kit/page_meter.h"
#include "web/kit/site_log.h"
#include "web/kit/request.h"

#define MEASURE_TICKS 60            /* between writings of what was counted */
#define SESSION_TICKS 600           /* between sweeps of sessions that are over */
#define PURGE_TICKS 3600            /* between looks at all drafts; the first is at the start */
#define EVIDENCE_TICKS 86400        /* between looks at all files; the first is at the start */
#define EVIDENCE_FRESH_SECONDS 3600 /* an upload may be under way */
#define EVIDENCE_MS 20              /* that it may take at a time */

/* ---- what is written or forgotten now and then ---- */

static enum status write_measures(struct site *site, struct err *err)
{
    return page_meter_write(site->meter, &site->app, err);
}

static enum status sweep_sessions(struct site *site, struct err *err)
{
    return access_sweep(&site->app, err);
}

static const struct {
    unsigned ticks; /* between two times */
    enum status (*run)(struct site *site, struct err *err);
} chores[] = {
    {MEASURE_TICKS, write_measures},
    {SESSION_TICKS, sweep_sessions},
};

/* False if one failed: it is tried again a tick later. */
static bool run_chores(struct site *site)
{
    struct err err;

    for (size_t i = 0; i < ARRAY_SIZE(chores); i++) {
        if (site->maintenance.ticks % chores[i].ticks == 0 && chores[i].run(site, &err) != OK)
            return false;
    }
    return true;
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
        if (evidence_sweep_part(&site->app, maintenance->part, before, &maintenance->swept, &err) !=
            OK)
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
        *purge = (struct purge){.keep_days = site->options.keep_drafts};
    if (purge->is_done)
        return;
    if (purge_some(purge, &site->app, &err) != OK) {
        site_log_failure(site, NULL, NULL, &err);
        purge->is_done = true; /* the next time it begins anew */
    }
    if (purge->is_done && purge->drafts)
        site_log(site, purge->has_left_files, "purge", "drafts=%zu files=%zu%s", purge->drafts,
                 purge->files, purge->has_left_files ? " event=failed" : "");
}

void maintenance_tick(struct site *site)
{
    struct maintenance *maintenance = &site->maintenance;

    maintenance->ticks++;
    if (!run_chores(site))
        maintenance->ticks--;
    if (maintenance->ticks % EVIDENCE_TICKS == 0)
        maintenance->part = 0;
    purge_drafts(site);
    sweep_evidence(site);
}
