/* What time does to cases: warned, expired, given back, and who is told of what is due. */
#include "case_parts.h"

#include <string.h>

#include "app/notices.h"
#include "base/text.h"
#include "policy/calendar.h"

#define ASKED_MAX 2000 /* that are looked at in one walk */

struct watch {
    const struct app_context *app;
    struct arena arena;
    size_t done;
    bool has_more;
};

static day working_day_after(const struct watch *w, day from, int days)
{
    enum deadline_certainty certainty;

    return calendar_deadline(w->app->loaded->catalogue->calendar, from, days, &certainty);
}

/* ---- the enterprise ---- */

struct asked {
    struct case_row *row;
    int64_t dossier;
    const char *name; /* of its warnings: another day to reply has others */
    const char *first_at, *last_at;
};

static enum status read_asked(struct watch *w, struct case_row *row, struct asked *out,
                              struct err *err)
{
    enum status status;

    *out = (struct asked){.row = row,
                          .name = arena_printf(&w->arena, "case:%lld:%s", (long long)row->id,
                                               row->at.firm_due_on)};
    status = notice_told_at(w->app, NOTICE_WARNED, out->name, &w->arena, &out->first_at, err);
    if (status == OK)
        status = notice_told_at(w->app, NOTICE_LAST_DAY, out->name, &w->arena, &out->last_at, err);
    return status == OK ? dossier_of_assessment(w->app->store, row->assessment, &out->dossier, err)
                        : status;
}

static enum status warn(struct watch *w, const struct asked *asked, enum notice kind,
                        struct err *err)
{
    const struct notice_told told = {
        .kind = kind,
        .about = asked->row->id,
        .name = asked->name,
        .while_state = case_state_code(CASE_ASKED),
        .detail = text_of_day(&w->arena, case_day(asked->row->at.firm_due_on))};
    const struct dossier_event event = {
        .kind = "warned", .at = w->app->now, .actor = actor_code(w->app->actor), .text = ""};
    enum status status = notice_tell_dossier(w->app, asked->dossier, &told, &w->arena, err);

    w->done++;
    if (status == OK && asked->dossier)
        status = dossier_event_add(w->app->store, asked->dossier, &event, err);
    return status == OK ? case_tell(w->app, asked->row->id,
                                    &(struct audit_entry){.act = "warned",
                                                          .before = "",
                                                          .after = asked->row->at.firm_due_on,
                                                          .reason = ""},
                                    err)
                        : status;
}

static enum status expire(struct watch *w, const struct asked *asked, struct err *err)
{
    const struct notice_told told = {.kind = NOTICE_EXPIRED,
                                     .about = asked->row->id,
                                     .name = asked->name,
                                     .while_state = case_state_code(CASE_EXPIRED)};
    enum status status = case_follow(w->app, asked->row, CASE_ACT_EXPIRE, &w->arena, err);

    w->done++;
    if (status == OK)
        status = case_set_dossier(w->app, asked->dossier, DOSSIER_REVIEWING, "query-expired", "",
                                  &w->arena, err);
    return status == OK ? notice_tell_dossier(w->app, asked->dossier, &told, &w->arena, err)
                        : status;
}

/* What is next for it today: each thing on a day of its own, also after the server stood still. */
static enum status watch_asked(struct watch *w, struct case_row *row, struct err *err)
{
    day today = w->app->today, due = case_day(row->at.firm_due_on);
    struct asked asked;
    enum status status = read_asked(w, row, &asked, err);

    if (status != OK)
        return status;
    if (!*asked.first_at)
        return warn(w, &asked, NOTICE_WARNED, err);
    if (!*asked.last_at)
        return due <= today && day_of_utc(asked.first_at) < today
                   ? warn(w, &asked, NOTICE_LAST_DAY, err)
                   : OK;
    return due < today && day_of_utc(asked.last_at) < today ? expire(w, &asked, err) : OK;
}

static enum status watch_all_asked(struct watch *w, struct err *err)
{
    struct case_filter filter = CASE_FILTER_NONE;
    const struct case_window window = {.sort = CASE_BY_DUE, .limit = ASKED_MAX};
    day last = working_day_after(w, w->app->today, CASE_WARNED_WORKING_DAYS);
    struct case_row *rows;
    size_t count = 0;
    enum status status;

    filter.states = "|asked|";
    filter.firm_due_before = day_iso_text(&w->arena, last + 1);
    status = case_list(w->app->store, &filter, &window, &w->arena, &rows, &count, NULL, err);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (w->done >= CASES_WATCHED) {
            w->has_more = true;
            break;
        }
        status = watch_asked(w, &rows[i], err);
    }
    return status;
}

/* ---- officers ---- */

/* The latest time at which a touch is too long ago: the working days after it are over. */
static const char *held_before(struct watch *w)
{
    day touched = w->app->today - 1;

    while (working_day_after(w, touched, CASE_HELD_WORKING_DAYS) >= w->app->today)
        touched--;
    /* the end of that day in Vietnam */
    return arena_printf(&w->arena, "%sT17:00:00Z", day_iso_text(&w->arena, touched));
}

static enum status release(struct watch *w, struct case_row *row, struct err *err)
{
    int64_t holder = row->at.assignee;
    const struct notice_told told = {
        .kind = NOTICE_RELEASED,
        .about = row->id,
        .name = arena_printf(&w->arena, "case:%lld:%lld", (long long)row->id,
                             (long long)row->version),
        .detail = arena_printf(&w->arena, "%d", CASE_HELD_WORKING_DAYS)};
    enum status status;

    w->done++;
    row->at.assignee = 0;
    status = case_move(w->app->store, row, w->app->now, err);
    if (status == OK)
        status = case_undo_drop(w->app->store, row->id, err);
    if (status == OK)
        status = notice_tell_account(w->app, holder, &told, &w->arena, err);
    return status == OK
               ? case_tell(w->app, row->id,
                           &(struct audit_entry){
                               .act = "released",
                               .before = case_account_name(w->app, holder, &w->arena),
                               .after = "",
                               .reason = ""},
                           err)
               : status;
}

static enum status release_all(struct watch *w, struct err *err)
{
    struct case_row *rows;
    size_t count = 0;
    enum status status = case_untouched(w->app->store, held_before(w), CASES_WATCHED, &w->arena,
                                        &rows, &count, err);

    w->has_more |= status == OK && count == CASES_WATCHED;
    for (size_t i = 0; status == OK && i < count; i++)
        status = release(w, &rows[i], err);
    return status;
}

/* A mail of the morning: at seven, or later if the server began later. */
static int64_t seconds_until_seven(const struct app_context *app)
{
    int64_t seven = (int64_t)app->today * 86400, now = context_seconds(app);

    return seven > now ? seven - now : 0;
}

static enum status tell_due(struct watch *w, const struct due_count *due, struct err *err)
{
    const struct notice_told told = {
        .kind = NOTICE_DIGEST,
        .name = arena_printf(&w->arena, "account:%lld:%s", (long long)due->account,
                             day_iso_text(&w->arena, w->app->today)),
        .detail = arena_printf(&w->arena, "%lld\n%lld\n%lld", (long long)due->overdue,
                               (long long)due->today, (long long)due->next),
        .wait_seconds = seconds_until_seven(w->app)};
    const char *address;
    enum status status =
        mail_address_of(w->app->store, NOTICE_ACCOUNT, due->account, &w->arena, &address, err);

    if (status != OK || !*address)
        return status;
    return notice_tell_account(w->app, due->account, &told, &w->arena, err);
}

/* The pages say so all the time: a digest is for mail alone, on working days. */
static enum status tell_all_due(struct watch *w, struct err *err)
{
    day today = w->app->today;
    const struct due_count *list;
    size_t count = 0;
    enum status status;

    if (!w->app->sends_mail || working_day_after(w, today - 1, 1) != today)
        return OK;
    status = case_due_counts(w->app->store, day_iso_text(&w->arena, today),
                             day_iso_text(&w->arena, working_day_after(w, today, 1)), &w->arena,
                             &list, &count, err);
    for (size_t i = 0; status == OK && i < count; i++)
        status = tell_due(w, &list[i], err);
    return status;
}

/* ---- all ---- */

enum status cases_watch(const struct app_context *app, bool *left, struct err *err)
{
    struct watch w = {.app = app};
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    *left = false;
    if (status != OK)
        return status;
    arena_init(&w.arena);
    status = watch_all_asked(&w, err);
    if (status == OK)
        status = release_all(&w, err);
    if (status == OK)
        status = tell_all_due(&w, err);
    arena_free(&w.arena);
    *left = w.has_more;
    return context_end(app, is_own, status, err);
}
