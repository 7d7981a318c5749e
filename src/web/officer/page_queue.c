/* The queue: cases that may be seen, filtered, sorted, downloaded; all of it in the address. */
#include "queue_list.h"
#include "queue_views.h"
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include "app/review/queue_views.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

/* ---- for programs ---- */

static const struct json_member row_members[] = {
    JSON_VALUE(MEMBER_INT64, struct queue_row, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "form", form),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "state", state_code),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "due", due),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "area", area),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "business", business),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "points", points),
    JSON_VALUE(MEMBER_INT, struct queue_row, "level", level),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "margin", margin),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "support", support),
    JSON_VALUE(MEMBER_SIZE, struct queue_row, "files", files),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "queries", asked),
    JSON_VALUE(MEMBER_TEXT, struct queue_row, "flag", flag),
};
const struct json_shape shape_queue_row =
    JSON_SHAPE(struct queue_row, "DeskQueueRow", row_members);

static const struct json_member view_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct queue_view, "name", name),
    JSON_VALUE(MEMBER_SIZE, struct queue_view, "count", count),
};
const struct json_shape shape_queue_view =
    JSON_SHAPE(struct queue_view, "DeskQueueView", view_members);

static const struct json_member queue_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct queue_page, "sentence", sentence),
    JSON_PARTS(struct queue_page, "views", views, view_count, &shape_queue_view),
    JSON_VALUE(MEMBER_SIZE, struct queue_page, "total", total),
    JSON_VALUE(MEMBER_SIZE, struct queue_page, "page", page),
    JSON_VALUE(MEMBER_SIZE, struct queue_page, "pages", pages),
    JSON_PARTS(struct queue_page, "cases", rows, count, &shape_queue_row),
};
const struct json_shape shape_queue = JSON_SHAPE(struct queue_page, "DeskQueue", queue_members);

/* ---- views with names ---- */

static struct queue_view view_named(struct request *rq, const struct list_view *list,
                                    enum web_text name, size_t filter, const char *value,
                                    int64_t count)
{
    struct path path = path_page_queue(rq->arena);
    bool is_here = true;

    for (size_t i = 0; i < QUEUE_FILTERS; i++)
        is_here &= strcmp(list->chosen[i], i == filter ? value : "") == 0;
    if (filter < QUEUE_FILTERS)
        path = path_with(rq->arena, path, queue_filters[filter].name, value);
    return (struct queue_view){
        .name = tr(rq, name), .path = path, .count = (size_t)count, .is_here = is_here};
}

#define VIEWS_OF_ALL 7

static void fill_views(struct request *rq, const struct queue_asked *asked,
                       const struct case_counts *counts, struct queue_page *page)
{
    const struct list_view *list = &asked->list;
    struct queue_view *views =
        ARENA_ARRAY(rq->arena, struct queue_view, VIEWS_OF_ALL + QUEUE_VIEWS_MAX);
    size_t n = 0;

    views[n++] = view_named(rq, list, WEB_queue_view_mine, FILTER_WHO, "toi", counts->mine);
    views[n++] = view_named(rq, list, WEB_queue_view_answered, FILTER_STATE, "answered",
                            counts->answered);
    views[n++] = view_named(rq, list, WEB_queue_view_free, FILTER_WHO, "chua", counts->unassigned);
    views[n++] = view_named(rq, list, WEB_queue_view_second, FILTER_STATE, "proposed",
                            counts->proposed);
    views[n++] = view_named(rq, list, WEB_queue_view_objected, FILTER_STATE, "objected",
                            counts->objected);
    views[n++] = view_named(rq, list, WEB_queue_view_overdue, FILTER_DUE, "qua", counts->overdue);
    views[n++] = view_named(rq, list, WEB_queue_view_all, QUEUE_FILTERS, "", counts->all);
    page->views = views;
    page->view_count = n + queue_views_add(rq, asked, views + n, QUEUE_VIEWS_MAX);
    page->has_own = page->view_count > n;
    page->may_keep = list_is_filtered(list) || list_names_sort(list);
    for (size_t i = 0; i < page->view_count; i++)
        page->may_keep &= !views[i].is_here;
}

static const char *sentence_of(struct request *rq, const struct case_counts *counts)
{
    const char *const values[] = {desk_number(rq, counts->mine),
                                  desk_number(rq, counts->mine_overdue),
                                  desk_number(rq, counts->mine_today),
                                  desk_number(rq, counts->mine_answered)};

    return web_tr(rq->lang, WEB_queue_sentence, rq->arena, values, ARRAY_SIZE(values));
}

/* ---- the page ---- */

static enum status find(struct request *rq, struct queue_asked *asked, struct queue_page *page,
                        struct err *err)
{
    const struct case_window wanted = {.sort = asked->sort,
                                       .is_falling = asked->list.is_descending,
                                       .limit = QUEUE_PAGE_ROWS,
                                       .offset =
                                           (int64_t)(asked->list.page - 1) * QUEUE_PAGE_ROWS};
    struct queue_row *views = ARENA_ARRAY(rq->arena, struct queue_row, QUEUE_PAGE_ROWS);
    struct case_row *rows;
    size_t count;
    int64_t total;
    enum status status =
        cases_list(&rq->app, &asked->filter, &wanted, rq->arena, &rows, &count, &total, err);

    if (status != OK)
        return status;
    list_window(&asked->list, (size_t)total);
    for (size_t i = 0; i < count; i++)
        views[i] = queue_row_of(rq, &rows[i]);
    page->rows = views;
    page->count = count;
    page->total = asked->list.total;
    page->page = asked->list.page;
    page->pages = asked->list.pages;
    if (count)
        page->first = views[0].path;
    return OK;
}

enum work_queue page_queue(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_queue_title);
    struct queue_page page = {.sentence = NULL};
    struct queue_asked asked;
    struct case_counts counts;
    struct err err;

    queue_read(rq, rq->x->request.query, &asked);
    page.list = &asked.list;
    page.words = asked.list.chosen[FILTER_WORDS];
    page.csv = queue_with(rq, &asked, path_page_queue_csv(rq->arena));
    page.bulk = queue_with(rq, &asked, path_page_bulk(rq->arena));
    page.print = queue_with(rq, &asked, path_page_queue_print(rq->arena));
    page.letter = queue_with(rq, &asked, path_page_queue_letter(rq->arena));
    page.query = rq->x->request.query;
    page.xlsx = queue_with(rq, &asked, path_page_queue_xlsx(rq->arena));
    if (find(rq, &asked, &page, &err) != OK ||
        cases_count(&rq->app, rq->arena, &counts, &err) != OK ||
        queue_notices_fill(rq, &page, &err) != OK)
        return request_error(rq, &err);
    fill_views(rq, &asked, &counts, &page);
    page.sentence = sentence_of(rq, &counts);
    layout.is_wide = true;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_queue, &page);
    request_page(rq, 200);
    view_queue(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* ---- the next one of a list ---- */

#define NEXT_AMONG 2000

struct path queue_next(struct request *rq, const char *query, int64_t id)
{
    struct queue_asked asked;
    struct case_row *rows;
    struct err ignored;
    size_t count = 0;

    queue_read(rq, *query ? query : QUEUE_STATE "=open", &asked);
    if (queue_rows(rq, &asked, NEXT_AMONG, &rows, &count, &ignored) != OK)
        return (struct path){NULL};
    for (size_t i = 0; i + 1 < count; i++) {
        if (rows[i].id == id)
            return queue_case(rq, query, rows[i + 1].id);
    }
    return (struct path){NULL};
}
