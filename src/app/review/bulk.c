/* Acts on many cases: which can, and why others cannot. */
#include "bulk_parts.h"

#include <stdlib.h>
#include <string.h>

#include "app/accounts.h"
#include "base/array.h"
#include "base/text.h"

const struct bulk_rule bulk_rules[BULK_KIND__MAX] = {
    [BULK_TAKE] = {"nhan",
                   CASE_ACT_TAKE,
                   {{"Nhận về mình", "Take"}},
                   {{"đã nhận", "taken"}},
                   false},
    [BULK_GIVE] = {"giao",
                   CASE_ACT_GIVE,
                   {{"Giao cho đồng nghiệp", "Give to a colleague"}},
                   {{"đã giao", "given"}},
                   false},
    [BULK_RELEASE] = {"tra",
                      CASE_ACT_RELEASE,
                      {{"Trả về hàng chờ", "Put back into the queue"}},
                      {{"đã trả về hàng chờ", "put back"}},
                      false},
    [BULK_APPROVE] = {"duyet",
                      CASE_ACT_VERIFY,
                      {{"Giữ nguyên toàn bộ và duyệt", "Keep all as answered and approve"}},
                      {{"đã duyệt nguyên trạng", "approved as answered"}},
                      true},
    [BULK_RESUME] = {"xem-tiep",
                     CASE_ACT_RESUME,
                     {{"Xem tiếp hồ sơ hết hạn", "Go on with expired files"}},
                     {{"đã mở xem tiếp", "gone on with"}},
                     false},
};

enum bulk_kind bulk_find(const char *code)
{
    int kind = 0;

    while (kind < BULK_KIND__MAX && strcmp(bulk_rules[kind].code, code) != 0)
        kind++;
    return (enum bulk_kind)kind;
}

static bool has_right(const struct app_context *app, enum bulk_kind kind)
{
    return permission(app->account, case_rules[bulk_rules[kind].act].right) != REACH_NONE;
}

/* ---- what stands in the way of a case ---- */

static const struct words why_colleague = {
    {"Đang giao cho đồng nghiệp", "A colleague's"}};

static const struct words *why_take(const struct bulk_check *check)
{
    static const struct words own = {{"Đã là hồ sơ của bạn", "Yours already"}};

    return check->row->at.assignee == check->app->account->id ? &own
           : check->row->at.assignee                          ? &why_colleague
                                                              : NULL;
}

static const struct words *why_give(const struct bulk_check *check)
{
    static const struct words same = {{"Đã giao cho người này", "Given to this person already"}};

    return check->target && check->row->at.assignee == check->target ? &same : NULL;
}

static const struct words *why_release(const struct bulk_check *check)
{
    static const struct words free = {{"Chưa giao cho ai", "Nobody's already"}};
    int64_t assignee = check->row->at.assignee;

    if (!assignee)
        return &free;
    return assignee == check->app->account->id ||
                   permission(check->app->account, ACT_ASSIGN_CASES) != REACH_NONE
               ? NULL
               : &why_colleague;
}

static const struct words *why_approve(const struct bulk_check *check)
{
    static const struct words answered = {
        {"Đơn vị vừa trả lời, cần đọc trước", "The firm has answered: to be read first"}};
    static const struct words reopened = {
        {"Đã mở lại, cần xem từng hồ sơ", "Reopened: to be looked at one by one"}};
    static const struct words query = {{"Còn câu đang hỏi", "A query is open"}};
    static const struct words flag = {{"Có cờ cần xem", "A flag is to be looked at"}};
    static const struct words changed = {
        {"Đã đổi giá trị, cần duyệt từng hồ sơ", "A value was changed: one by one"}};
    const struct case_row *row = check->row;

    return row->at.state == CASE_ANSWERED                             ? &answered
           : row->at.state == CASE_REOPENED                           ? &reopened
           : row->shown.asked > row->shown.answered                   ? &query
           : row->shown.flag_count                                    ? &flag
           : check->is_changed                                        ? &changed
           : row->at.assignee && row->at.assignee != check->app->account->id
               ? &why_colleague
               : NULL;
}

static const struct words *(*const whys[BULK_KIND__MAX])(const struct bulk_check *check) = {
    [BULK_TAKE] = why_take,
    [BULK_GIVE] = why_give,
    [BULK_RELEASE] = why_release,
    [BULK_APPROVE] = why_approve,
};

/* What stands in the way apart from the state, where that lets it; NULL: nothing. */
static const struct words *why_not(const struct bulk_check *check)
{
    return whys[check->kind] ? whys[check->kind](check) : NULL;
}

static bool is_possible(const struct bulk_check *check)
{
    return case_may(bulk_rules[check->kind].act, check->row->at.state) && !why_not(check);
}

bool bulk_may(const struct bulk_check *check, struct arena *arena, const char *why[LANG__MAX])
{
    enum case_state state = check->row->at.state;
    const struct words *words;

    why[LANG_VI] = why[LANG_EN] = "";
    if (!case_may(bulk_rules[check->kind].act, state)) {
        why[LANG_VI] = arena_printf(arena, "Đang ở tình trạng “%s”",
                                    case_state_words(state).in[LANG_VI]);
        why[LANG_EN] =
            arena_printf(arena, "The file is “%s”", case_state_words(state).in[LANG_EN]);
        return false;
    }
    words = why_not(check);
    for (int lang = 0; words && lang < LANG__MAX; lang++)
        why[lang] = words->in[lang];
    return !words;
}

/* ---- all that is filtered ---- */

struct found {
    struct case_row *rows;
    size_t count;
    const int64_t *changed; /* ids of cases, ascending */
    size_t changed_count;
};

static enum status find_all(const struct app_context *app, const struct case_filter *filter,
                            struct arena *arena, struct found *found, struct err *err)
{
    const struct case_window all = {.sort = CASE_BY_DUE, .limit = BULK_ROWS_MAX};
    int64_t total;
    enum status status =
        cases_list(app, filter, &all, arena, &found->rows, &found->count, &total, err);

    if (status == OK && total > BULK_ROWS_MAX)
        return err_set(err, LIMIT,
                       "Đang lọc %lld hồ sơ, mà một lần làm được nhiều nhất %d: hãy lọc hẹp lại, "
                       "ví dụ theo địa bàn.",
                       "%lld files are filtered, and at most %d can be done at once: filter fewer, "
                       "by area for instance.",
                       (long long)total, BULK_ROWS_MAX);
    return status == OK ? case_changed_list(app->store, arena, &found->changed,
                                            &found->changed_count, err)
                        : status;
}

static bool is_changed(const struct found *found, int64_t id)
{
    return bsearch(&id, found->changed, found->changed_count, sizeof(id), by_int64) != NULL;
}

enum status bulk_count(const struct app_context *app, const struct case_filter *filter,
                       struct arena *arena, struct bulk_counts *out, struct err *err)
{
    struct found found;
    enum status status = find_all(app, filter, arena, &found, err);

    if (status != OK)
        return status;
    *out = (struct bulk_counts){.total = found.count};
    for (int kind = 0; kind < BULK_KIND__MAX; kind++) {
        for (size_t i = 0; i < found.count && has_right(app, (enum bulk_kind)kind); i++) {
            const struct bulk_check check = {app, (enum bulk_kind)kind, 0, &found.rows[i],
                                             is_changed(&found, found.rows[i].id)};

            out->able[kind] += is_possible(&check);
        }
    }
    return OK;
}

/* ---- made, to be looked at ---- */

static enum status check_wish(const struct app_context *app, const struct bulk_wish *wish,
                              struct arena *arena, struct err *err)
{
    struct account to;
    enum status status = OK;

    if (!has_right(app, wish->kind))
        return err_set(err, DENIED, "Vai trò của bạn không được làm việc “%1$s”.%2$.0s",
                       "Your role may not do “%2$s”.%1$.0s",
                       bulk_rules[wish->kind].name.in[LANG_VI],
                       bulk_rules[wish->kind].name.in[LANG_EN]);
    if (wish->kind == BULK_GIVE)
        status = accounts_load(app, wish->target, arena, &to, err);
    if (status == NOT_FOUND || (status == OK && wish->kind == BULK_GIVE &&
                                permission(&to, ACT_REVIEW_CASES) == REACH_NONE))
        return err_set(err, BAD_INPUT, "Giao cho: cần chọn một người đang làm việc thẩm định.",
                       "Give to: somebody has to be chosen who reviews.");
    if (status == OK && case_rules[bulk_rules[wish->kind].act].needs_reason && !*wish->reason)
        return err_set(err, BAD_INPUT, "Lý do: cần viết vì sao; đơn vị hoặc đồng nghiệp sẽ đọc.",
                       "Reason: it has to be said why; the firm or a colleague reads it.");
    return status;
}

static enum status add_rows(const struct app_context *app, const struct bulk_wish *wish,
                            const struct found *found, int64_t run, struct arena *arena,
                            struct err *err)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct case_row *seen = &found->rows[i];
        const struct bulk_check check = {app, wish->kind, wish->target, seen,
                                         is_changed(found, seen->id)};
        struct bulk_row row = {
            .review_case = seen->id, .version = seen->version, .revision = seen->revision};
        enum status status;

        row.state = bulk_may(&check, arena, row.why) ? BULK_ROW_WAITING : BULK_ROW_LEFT;
        status = bulk_row_add(app->store, run, &row, err);
        if (status != OK)
            return status;
    }
    return OK;
}

static enum status make(const struct app_context *app, const struct bulk_wish *wish,
                        struct arena *arena, int64_t *id, struct err *err)
{
    struct bulk_run run = {.account = app->account->id,
                           .act = bulk_rules[wish->kind].code,
                           .target = wish->target,
                           .reason = wish->reason,
                           .query = wish->query,
                           .state = BULK_READY,
                           .made_at = app->now,
                           .ended_at = ""};
    struct found found;
    enum status status = find_all(app, &wish->filter, arena, &found, err);

    if (status == OK)
        status = bulk_drop_ready(app->store, app->account->id, err);
    if (status == OK)
        status = bulk_add(app->store, &run, err);
    *id = run.id;
    return status == OK ? add_rows(app, wish, &found, run.id, arena, err) : status;
}

enum status bulk_make(const struct app_context *app, const struct bulk_wish *wish,
                      struct arena *arena, int64_t *id, struct err *err)
{
    bool is_own;
    enum status status = check_wish(app, wish, arena, err);

    if (status == OK)
        status = context_begin(app, &is_own, err);
    return status == OK ? context_end(app, is_own, make(app, wish, arena, id, err), err) : status;
}

/* ---- seen ---- */

/* Seconds that it may still be taken back. */
static int64_t undo_left(const struct app_context *app, const struct bulk_view *view)
{
    struct err ignored;
    int64_t ended, left;

    if (view->run.state != BULK_DONE || !view->count[BULK_ROW_DONE] ||
        time_read(view->run.ended_at, &ended, &ignored) != OK)
        return 0;
    left = ended + CASE_UNDO_SECONDS - context_seconds(app);
    return left > 0 ? left : 0;
}

enum status bulk_see(const struct app_context *app, int64_t id, struct arena *arena,
                     struct bulk_view *out, struct err *err)
{
    struct bulk_group *groups;
    enum status status;

    *out = (struct bulk_view){.total = 0};
    status = bulk_load(app->store, id, arena, &out->run, err);
    if (status == OK && out->run.account != app->account->id)
        return err_set(err, NOT_FOUND, "không có lô này", "there is no such run");
    if (status == OK)
        status = bulk_groups(app->store, id, arena, &groups, &out->group_count, err);
    if (status != OK)
        return status;
    out->groups = groups;
    out->state = bulk_state_code(out->run.state);
    out->kind = bulk_find(out->run.act);
    if (out->kind == BULK_KIND__MAX)
        return err_set(err, FAILED, "lô %lld có việc '%s' mà chương trình này không biết",
                       "the run %lld has an act '%s' that this program does not know",
                       (long long)id, out->run.act);
    for (size_t i = 0; i < out->group_count; i++) {
        out->count[groups[i].state] += groups[i].count;
        out->total += groups[i].count;
    }
    out->undo_left = undo_left(app, out);
    return OK;
}

enum status bulk_see_rows(const struct app_context *app, const struct bulk_view *view,
                          const struct bulk_window *window, struct arena *arena,
                          struct bulk_row **rows, size_t *count, struct err *err)
{
    return bulk_rows(app->store, view->run.id, window, arena, rows, count, err);
}

enum status bulk_mine(const struct app_context *app, size_t max, struct arena *arena,
                      struct bulk_run **list, size_t *count, struct err *err)
{
    return bulk_list(app->store, app->account->id, max, arena, list, count, err);
}
