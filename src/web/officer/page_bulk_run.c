/* A run of acts on many cases: looked at, begun, under way, done, taken back. */
#include "queue_list.h"
#include "case_words.h"
#include "web/officer/bulk_page.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/review/bulk.h"
#include "base/array.h"
#include "web_paths.h"
#include "web_views.h"

#define LINES_SHOWN 100
#define GROUPS_SHOWN 30
#define EXAMPLES_SHOWN 3
#define WATCHED_MS 60   /* that it goes on when somebody looks */
#define REFRESH_TEXT "3" /* seconds between two looks of a browser */
#define BEHIND "sau"    /* in the query: lines behind this case */

static const struct {
    enum web_text text;
    const char *tone;
} row_states[BULK_ROW_STATE__MAX] = {
    [BULK_ROW_WAITING] = {WEB_bulk_row_waiting, "info"},
    [BULK_ROW_LEFT] = {WEB_bulk_row_left, "quiet"},
    [BULK_ROW_DONE] = {WEB_bulk_row_done, "good"},
    [BULK_ROW_FAILED] = {WEB_bulk_row_failed, "bad"},
    [BULK_ROW_UNDONE] = {WEB_bulk_row_undone, "quiet"},
    [BULK_ROW_KEPT] = {WEB_bulk_row_kept, "warn"},
};

/* ---- for programs ---- */

static const struct json_member group_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct bulk_group_view, "result", state),
    JSON_VALUE(MEMBER_TEXT, struct bulk_group_view, "why", why),
    JSON_VALUE(MEMBER_SIZE, struct bulk_group_view, "count", count),
};
const struct json_shape shape_bulk_group =
    JSON_SHAPE(struct bulk_group_view, "DeskBulkGroup", group_members);

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct bulk_line, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct bulk_line, "tax_code", tax_code),
    JSON_VALUE(MEMBER_TEXT, struct bulk_line, "result", state),
    JSON_VALUE(MEMBER_TEXT, struct bulk_line, "why", why),
};
const struct json_shape shape_bulk_line =
    JSON_SHAPE(struct bulk_line, "DeskBulkLine", line_members);

static const struct json_member bulk_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct bulk_page, "token", token),
    JSON_VALUE(MEMBER_INT64, struct bulk_page, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct bulk_page, "act", act),
    JSON_VALUE(MEMBER_TEXT, struct bulk_page, "state", state),
    JSON_VALUE(MEMBER_TEXT, struct bulk_page, "sentence", sentence),
    JSON_VALUE(MEMBER_SIZE, struct bulk_page, "total", total),
    JSON_VALUE(MEMBER_SIZE, struct bulk_page, "waiting", waiting),
    JSON_VALUE(MEMBER_SIZE, struct bulk_page, "done", done),
    JSON_VALUE(MEMBER_SIZE, struct bulk_page, "failed", failed),
    JSON_VALUE(MEMBER_SIZE, struct bulk_page, "left", left),
    JSON_VALUE(MEMBER_FLAG, struct bulk_page, "may_undo", may_undo),
    JSON_PARTS(struct bulk_page, "groups", groups, group_count, &shape_bulk_group),
    JSON_PARTS(struct bulk_page, "files", lines, line_count, &shape_bulk_line),
};
const struct json_shape shape_bulk = JSON_SHAPE(struct bulk_page, "DeskBulk", bulk_members);

/* ---- rows ---- */

static struct bulk_line line_of(struct request *rq, const struct bulk_row *row)
{
    const char *form;

    return (struct bulk_line){.name = case_name(rq, row->name, &form),
                              .tax_code = row->tax_code,
                              .state = tr(rq, row_states[row->state].text),
                              .tone = row_states[row->state].tone,
                              .why = row->why[rq->lang],
                              .path = path_page_case(rq->arena, row->review_case)};
}

static enum status read_lines(struct request *rq, const struct bulk_view *view,
                              const struct bulk_window *window, const struct bulk_line **lines,
                              size_t *count, int64_t *last, struct err *err)
{
    struct bulk_line *list;
    struct bulk_row *rows;
    enum status status = bulk_see_rows(&rq->app, view, window, rq->arena, &rows, count, err);

    if (status != OK)
        return status;
    list = ARENA_ARRAY(rq->arena, struct bulk_line, *count + 1);
    for (size_t i = 0; i < *count; i++)
        list[i] = line_of(rq, &rows[i]);
    *lines = list;
    *last = *count ? rows[*count - 1].review_case : 0;
    return OK;
}

static enum status fill_groups(struct request *rq, const struct bulk_view *view,
                               struct bulk_page *page, struct err *err)
{
    size_t shown = view->group_count < GROUPS_SHOWN ? view->group_count : GROUPS_SHOWN;
    struct bulk_group_view *groups = ARENA_ARRAY(rq->arena, struct bulk_group_view, shown + 1);
    enum status status = OK;

    for (size_t i = 0; i < shown && status == OK; i++) {
        const struct bulk_group *group = &view->groups[i];
        const struct bulk_window first = {
            .state = group->state, .why = group->why[LANG_VI], .max = EXAMPLES_SHOWN};
        int64_t last;

        groups[i] = (struct bulk_group_view){.state = tr(rq, row_states[group->state].text),
                                             .tone = row_states[group->state].tone,
                                             .why = group->why[rq->lang],
                                             .count = (size_t)group->count};
        status = read_lines(rq, view, &first, &groups[i].examples, &groups[i].example_count,
                            &last, err);
    }
    page->groups = groups;
    page->group_count = shown;
    return status;
}

static enum status fill_lines(struct request *rq, const struct bulk_view *view,
                              struct bulk_page *page, struct err *err)
{
    struct field behind = {.name = BEHIND, .max = 20};
    struct bulk_window window = {.state = BULK_ROW_STATE__MAX, .max = LINES_SHOWN};
    int64_t last;
    enum status status;

    query_read(rq->arena, rq->x->request.query, &behind, 1);
    window.after = behind.value ? strtoll(behind.value, NULL, 10) : 0;
    status = read_lines(rq, view, &window, &page->lines, &page->line_count, &last, err);
    if (status == OK && page->line_count == LINES_SHOWN)
        page->more = path_with(rq->arena, path_page_bulk_run(rq->arena, view->run.id), BEHIND,
                               arena_printf(rq->arena, "%lld", (long long)last));
    return status;
}

/* ---- the page ---- */

static const char *number(struct request *rq, int64_t n)
{
    return arena_printf(rq->arena, "%lld", (long long)n);
}

static const char *said(struct request *rq, enum web_text text, const char *const *values,
                        size_t count)
{
    return web_tr(rq->lang, text, rq->arena, values, count);
}

#define SAID(rq, text, ...)                                                                        \
    said((rq), (text), (const char *const[]){__VA_ARGS__},                                         \
         ARRAY_SIZE(((const char *const[]){__VA_ARGS__})))

static const char *sentence_of(struct request *rq, const struct bulk_view *view)
{
    const int64_t *count = view->count;
    const char *at = time_and_day(rq->arena, view->run.ended_at);

    switch (view->run.state) {
    case BULK_READY:
        return SAID(rq, WEB_bulk_said_ready, number(rq, view->total),
                    number(rq, count[BULK_ROW_WAITING]), number(rq, count[BULK_ROW_LEFT]));
    case BULK_RUNNING:
        return SAID(rq, WEB_bulk_said_running,
                    number(rq, count[BULK_ROW_DONE] + count[BULK_ROW_FAILED]),
                    number(rq, view->total - count[BULK_ROW_LEFT]));
    case BULK_UNDOING:
        return SAID(rq, WEB_bulk_said_undoing, number(rq, count[BULK_ROW_DONE]));
    case BULK_UNDONE:
        return SAID(rq, WEB_bulk_said_undone, at, number(rq, count[BULK_ROW_UNDONE]),
                    number(rq, count[BULK_ROW_KEPT]));
    default:
        return SAID(rq, WEB_bulk_said_done, at, number(rq, count[BULK_ROW_DONE]),
                    bulk_rules[view->kind].done.in[rq->lang], number(rq, count[BULK_ROW_FAILED]),
                    number(rq, count[BULK_ROW_LEFT]));
    }
}

static void fill_page(struct request *rq, const struct bulk_view *view, struct bulk_page *page)
{
    const struct bulk_run *run = &view->run;
    struct queue_asked asked;

    queue_read(rq, run->query, &asked);
    page->token = rq->form_token;
    page->id = run->id;
    page->act = run->act;
    page->name = bulk_rules[view->kind].name.in[rq->lang];
    page->to = run->target ? account_called(rq, run->target) : "";
    page->reason = run->reason;
    page->filters = queue_words(rq, &asked);
    page->state = view->state;
    page->sentence = sentence_of(rq, view);
    page->total = (size_t)view->total;
    page->able = page->waiting = (size_t)view->count[BULK_ROW_WAITING];
    page->done = (size_t)view->count[BULK_ROW_DONE];
    page->failed = (size_t)view->count[BULK_ROW_FAILED];
    page->left = (size_t)view->count[BULK_ROW_LEFT];
    page->back = queue_with(rq, &asked, path_page_queue(rq->arena));
    page->is_ready = run->state == BULK_READY;
    page->is_running = run->state == BULK_RUNNING || run->state == BULK_UNDOING;
    page->may_undo = view->undo_left > 0;
    page->undo_minutes = (size_t)((view->undo_left + 59) / 60);
}

static enum work_queue show(struct request *rq, unsigned status, const struct form_faults *faults)
{
    struct desk_layout layout = desk_layout(rq, WEB_bulk_title);
    struct bulk_page page = {.faults = faults};
    struct bulk_view view;
    struct err err;

    if (bulk_see(&rq->app, rq->number, rq->arena, &view, &err) != OK)
        return request_error(rq, &err);
    fill_page(rq, &view, &page);
    if (fill_groups(rq, &view, &page, &err) != OK || fill_lines(rq, &view, &page, &err) != OK)
        return request_error(rq, &err);
    layout.is_wide = true;
    layout.layout.has_fault = faults->count > 0;
    layout.layout.title = SAID(rq, WEB_bulk_run_title, number(rq, page.id), page.name);
    if (rq->wants_json)
        return faults->count ? request_faults_json(rq, faults)
                             : request_reply(rq, status, &shape_bulk, &page);
    request_page(rq, status);
    if (page.is_running)
        reply_header(&rq->x->reply, "Refresh", REFRESH_TEXT);
    view_bulk(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

static enum work_queue read_and_show(struct request *rq)
{
    static const struct form_faults none;

    return show(rq, 200, &none);
}

/* Who looks need not wait for the clock of the server: it goes on meanwhile. */
enum work_queue page_bulk_run(struct request *rq)
{
    struct bulk_view view;
    struct err err;
    bool left;

    if (bulk_see(&rq->app, rq->number, rq->arena, &view, &err) != OK)
        return request_error(rq, &err);
    if ((view.run.state == BULK_RUNNING || view.run.state == BULK_UNDOING) &&
        bulk_continue(&rq->app, WATCHED_MS, &left, &err) != OK && err.status != BUSY)
        return request_error(rq, &err);
    return request_go(rq, QUEUE_READ, read_and_show);
}

enum work_queue post_bulk_run(struct request *rq)
{
    struct field act = {.name = "act", .max = 10};
    struct form_faults *faults = ARENA_NEW(rq->arena, struct form_faults);
    struct bulk_view view;
    struct err err;
    enum status status;

    if (!request_form(rq, &act, 1))
        return QUEUE_DONE;
    if (bulk_see(&rq->app, rq->number, rq->arena, &view, &err) != OK)
        return request_error(rq, &err);
    status = act.value && strcmp(act.value, "undo") == 0 ? bulk_take_back(&rq->app, &view, &err)
                                                         : bulk_begin(&rq->app, &view, &err);
    if (status == OK)
        return request_redirect(rq, path_page_bulk_run(rq->arena, rq->number));
    if (status != CONFLICT || rq->wants_json)
        return request_error(rq, &err);
    rq->must_undo = true;
    form_fault_add(faults, "main", tr(rq, WEB_bulk_what),
                   arena_strdup(rq->arena, err.text[rq->lang]));
    return show(rq, 409, faults);
}
