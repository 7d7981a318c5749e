/* Runs of acts on many cases, a few milliseconds at a time. */
#include "bulk_parts.h"

#include <stdio.h>

#include "app/accounts.h"
#include "base/clock.h"

#define ROWS_AT_ONCE 50

/* ---- begun, taken back ---- */

static enum status tell(const struct app_context *app, const struct bulk_run *run, const char *act,
                        const char *after, struct err *err)
{
    char object[CASE_OBJECT_BYTES + 8];

    snprintf(object, sizeof(object), "bulk:%lld", (long long)run->id);
    return context_tell(app,
                        &(struct audit_entry){.act = act,
                                              .object = object,
                                              .before = run->act,
                                              .after = after,
                                              .reason = run->reason},
                        err);
}

static enum status move(const struct app_context *app, struct bulk_run *run, enum bulk_state state,
                        const char *act, const char *after, struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    run->state = state;
    status = bulk_move(app->store, run, err);
    if (status == OK)
        status = tell(app, run, act, after, err);
    return context_end(app, is_own, status, err);
}

enum status bulk_begin(const struct app_context *app, const struct bulk_view *view,
                       struct err *err)
{
    struct bulk_run run = view->run;

    if (run.state != BULK_READY)
        return err_set(err, CONFLICT, "Lô này đã chạy rồi.", "This run was begun before.");
    if (!view->count[BULK_ROW_WAITING])
        return err_set(err, CONFLICT, "Không hồ sơ nào trong lô này làm được việc đó.",
                       "That can be done with none of these files.");
    return move(app, &run, BULK_RUNNING, "bulk-begun", run.query, err);
}

enum status bulk_take_back(const struct app_context *app, const struct bulk_view *view,
                           struct err *err)
{
    struct bulk_run run = view->run;

    if (!view->undo_left)
        return err_set(err, CONFLICT,
                       "Lô này không hoàn tác được nữa: chỉ trong %d phút sau khi xong, và một "
                       "lần.",
                       "This run cannot be taken back (any more): for %d minutes after it ended, "
                       "and once.",
                       CASE_UNDO_SECONDS / 60);
    return move(app, &run, BULK_UNDOING, "bulk-undo-begun", "", err);
}

/* ---- one case ---- */

struct running {
    const struct app_context *app; /* as the account that began it */
    struct bulk_run *run;
    enum bulk_kind kind;
};

static enum status refuse_changed(struct err *err)
{
    return err_set(err, CONFLICT, "Đã thay đổi từ lúc xem trước",
                   "Changed since it was looked at");
}

static enum status load(const struct running *r, const struct bulk_row *row, struct arena *arena,
                        struct open_case *c, struct err *err)
{
    bool is_whole = bulk_rules[r->kind].needs_values && r->run->state == BULK_RUNNING;
    enum status status = is_whole
                             ? open_case_load(r->app, row->review_case, arena, c, err)
                             : open_case_load_row(r->app, row->review_case, arena, c, err);

    if (status == NOT_FOUND)
        return err_set(err, CONFLICT, "Không còn trong địa bàn của bạn",
                       "Not in your areas any more");
    return status;
}

static enum status act(const struct running *r, struct bulk_row *row, struct arena *arena,
                       struct err *err)
{
    struct case_input input = {.version = row->version,
                               .text = r->run->reason,
                               .account = r->run->target,
                               .run = r->run->id};
    struct open_case c;
    enum status status = load(r, row, arena, &c, err);

    if (status != OK)
        return status;
    if (c.row.version != row->version || c.row.revision != row->revision)
        return refuse_changed(err);
    if (!bulk_may(&(struct bulk_check){r->app, r->kind, r->run->target, &c.row, c.changed > 0},
                  arena, row->why))
        return err_set(err, CONFLICT, "%1$s%2$.0s", "%2$s%1$.0s", row->why[LANG_VI],
                       row->why[LANG_EN]);
    status = open_case_act(r->app, &c, bulk_rules[r->kind].act, &input, arena, err);
    row->version = c.row.version;
    return status;
}

/* The ten minutes are counted from the end of the run, so that the first are not lost to the last;
 * that nobody went on, the version says. */
static enum status undo(const struct running *r, struct bulk_row *row, struct arena *arena,
                        struct err *err)
{
    struct open_case c;
    enum status status = load(r, row, arena, &c, err);

    if (status != OK)
        return status;
    if (c.row.version != row->version || !c.undo.act || c.undo.account != r->run->account)
        return err_set(err, CONFLICT, "Đã có người làm tiếp", "Somebody has gone on with it");
    c.has_undo = true;
    return open_case_undo(r->app, &c, arena, err);
}

static void note(struct bulk_row *row, enum bulk_row_state state, const struct err *err,
                 struct arena *arena)
{
    row->state = state;
    for (int lang = 0; lang < LANG__MAX; lang++)
        row->why[lang] = err ? arena_strdup(arena, err->text[lang]) : "";
}

/* What a case fails with is its own; nothing of it stays. BUSY is not: it is tried again. */
static enum status do_row(const struct running *r, struct bulk_row *row, struct arena *arena,
                          struct err *err)
{
    bool is_undoing = r->run->state == BULK_UNDOING;
    int64_t version = row->version;
    struct err own;
    enum status of_row, status = store_savepoint(r->app->store, err);

    if (status != OK)
        return status;
    of_row = is_undoing ? undo(r, row, arena, &own) : act(r, row, arena, &own);
    status = of_row == OK ? store_release(r->app->store, err)
                          : store_rollback_to(r->app->store, err);
    if (status != OK)
        return status;
    if (of_row == BUSY) {
        *err = own;
        return BUSY;
    }
    if (of_row == OK) {
        note(row, is_undoing ? BULK_ROW_UNDONE : BULK_ROW_DONE, NULL, arena);
    } else {
        row->version = version;
        note(row, is_undoing ? BULK_ROW_KEPT : BULK_ROW_FAILED, &own, arena);
    }
    return bulk_row_set(r->app->store, r->run->id, row, err);
}

/* ---- many ---- */

static enum status end(const struct running *r, struct arena *arena, struct err *err)
{
    bool was_undoing = r->run->state == BULK_UNDOING;
    struct bulk_group *groups;
    int64_t count[BULK_ROW_STATE__MAX] = {0};
    size_t group_count;
    enum status status =
        bulk_groups(r->app->store, r->run->id, arena, &groups, &group_count, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < group_count; i++)
        count[groups[i].state] += groups[i].count;
    r->run->ended_at = r->app->now;
    return move(r->app, r->run, was_undoing ? BULK_UNDONE : BULK_DONE,
                was_undoing ? "bulk-undone" : "bulk-done",
                arena_printf(arena, "done=%lld undone=%lld failed=%lld left=%lld kept=%lld",
                             (long long)count[BULK_ROW_DONE], (long long)count[BULK_ROW_UNDONE],
                             (long long)count[BULK_ROW_FAILED], (long long)count[BULK_ROW_LEFT],
                             (long long)count[BULK_ROW_KEPT]),
                err);
}

static enum status go_on(const struct running *r, int64_t until, struct arena *arena, bool *left,
                         struct err *err)
{
    const struct bulk_window next = {
        .state = r->run->state == BULK_UNDOING ? BULK_ROW_DONE : BULK_ROW_WAITING,
        .max = ROWS_AT_ONCE};
    struct bulk_row *rows;
    size_t count = ROWS_AT_ONCE, done = 0;
    enum status status = OK;

    while (status == OK && count == ROWS_AT_ONCE && clock_ms() < until) {
        status = bulk_rows(r->app->store, r->run->id, &next, arena, &rows, &count, err);
        for (done = 0; status == OK && done < count && clock_ms() < until; done++) {
            struct arena own;

            arena_init(&own);
            status = do_row(r, &rows[done], &own, err);
            arena_free(&own);
        }
    }
    *left = done < count || count == ROWS_AT_ONCE;
    return status == OK && !*left ? end(r, arena, err) : status;
}

static enum status go_on_as(const struct app_context *app, struct bulk_run *run, int64_t ms,
                            struct arena *arena, bool *left, struct err *err)
{
    struct app_context own = *app;
    struct account account;
    struct running r = {&own, run, bulk_find(run->act)};
    bool is_own;
    enum status status = accounts_load(app, run->account, arena, &account, err);

    if (status != OK || r.kind == BULK_KIND__MAX)
        return status;
    own.account = &account;
    own.actor = (struct actor){ACTOR_ACCOUNT, account.id};
    status = context_begin(&own, &is_own, err);
    return status == OK ? context_end(&own, is_own,
                                      go_on(&r, clock_ms() + ms, arena, left, err), err)
                        : status;
}

enum status bulk_continue(const struct app_context *app, int64_t ms, bool *left, struct err *err)
{
    struct bulk_run run;
    struct arena arena;
    enum status status;

    *left = false;
    arena_init(&arena);
    status = bulk_active(app->store, &arena, &run, err);
    if (status == OK)
        status = go_on_as(app, &run, ms, &arena, left, err);
    arena_free(&arena);
    return status == NOT_FOUND ? OK : status;
}
