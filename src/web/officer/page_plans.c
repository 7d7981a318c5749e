/* Rows of action plans of all that may be seen: filtered, downloaded, counted. */
#include "case_words.h"
#include "plan_words.h"
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/output/plan_files.h"
#include "base/array.h"
#include "base/text.h"
#include "web/kit/list_view.h"
#include "web_paths.h"
#include "web_views.h"

#define ROWS 50
#define FILE_ROWS_MAX 20000 /* of one table */
#define PAPER_ROWS_MAX 2000 /* of one PDF: some 150 pages */

enum { FILTER_FIRM, FILTER_PERSON, FILTER_STATE, FILTER_DUE, FILTER_WHOSE, FILTERS };

#define DUE "han"
#define WHOSE "cua"

static const struct list_column columns[] = {{"han-xong", WEB_plans_due, false, true}};

static const struct list_filter filters[FILTERS] = {
    [FILTER_FIRM] = {"tim", WEB_plans_firm, true},
    [FILTER_PERSON] = {"nguoi", WEB_plans_person, true},
    [FILTER_STATE] = {"tinh-trang", WEB_queue_state, false},
    [FILTER_DUE] = {DUE, WEB_plans_due, false},
    [FILTER_WHOSE] = {WHOSE, WEB_plans_whose, false},
};

static const struct list_kind plans_kind = {.caption = WEB_plans_title,
                                            .counted = WEB_plans_counted,
                                            .none = WEB_plans_none,
                                            .columns = columns,
                                            .column_count = ARRAY_SIZE(columns),
                                            .filters = filters,
                                            .filter_count = FILTERS,
                                            .page_rows = ROWS};

/* ---- for programs ---- */

static const struct json_member plans_members[] = {
    JSON_VALUE(MEMBER_SIZE, struct plans_page, "total", total),
    JSON_VALUE(MEMBER_SIZE, struct plans_page, "page", page),
    JSON_VALUE(MEMBER_SIZE, struct plans_page, "pages", pages),
    JSON_PARTS(struct plans_page, "views", views, view_count, &shape_queue_view),
    JSON_PARTS(struct plans_page, "lines", lines, count, &shape_plan_line),
};
const struct json_shape shape_plans = JSON_SHAPE(struct plans_page, "DeskPlans", plans_members);

static const struct json_member count_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct plan_count_line, "area", area),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "enterprises", enterprises),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "open", open),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "doing", doing),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "done", done),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "dropped", dropped),
    JSON_VALUE(MEMBER_INT64, struct plan_count_line, "overdue", late),
};
const struct json_shape shape_plan_count =
    JSON_SHAPE(struct plan_count_line, "DeskPlanCount", count_members);

static const struct json_member counts_members[] = {
    JSON_PARTS(struct plan_counts_page, "areas", lines, count, &shape_plan_count),
};
const struct json_shape shape_plan_counts =
    JSON_SHAPE(struct plan_counts_page, "DeskPlanCounts", counts_members);

/* ---- what is asked for ---- */

static struct list_choices state_choices(struct request *rq)
{
    struct list_choices choices = list_choices_new(rq->arena, PLAN_STATE__MAX + 1);

    list_choices_add(&choices, "chua-xong", tr(rq, WEB_plans_unfinished));
    for (int i = 0; i < PLAN_STATE__MAX; i++)
        list_choices_add(&choices, plan_state_id((enum plan_state)i),
                         plan_state_words((enum plan_state)i).in[rq->lang]);
    return choices;
}

static void read_list(struct request *rq, struct list_view *list)
{
    struct list_choices *choices = ARENA_ARRAY(rq->arena, struct list_choices, FILTERS);

    choices[FILTER_STATE] = state_choices(rq);
    choices[FILTER_DUE] =
        list_choices_two(rq, "qua", WEB_queue_due_over, "thang", WEB_plans_due_month);
    choices[FILTER_WHOSE] =
        list_choices_two(rq, "tinh", WEB_plan_whose_province, "don-vi", WEB_plan_whose_firm);
    list_read(rq, &plans_kind, path_page_plans(rq->arena), choices, list);
}

/* Of this month, what is not finished. */
static struct plan_filter month_filter(struct request *rq)
{
    struct plan_filter filter = PLAN_FILTER_NONE;

    filter.only_unfinished = true;
    filter.due_from = day_month_end(rq->app.today, -1) + 1;
    filter.due_to = day_month_end(rq->app.today, 0);
    return filter;
}

static struct plan_filter filter_of(struct request *rq, const struct list_view *list)
{
    const char *const *chosen = list->chosen;
    struct plan_filter filter = strcmp(chosen[FILTER_DUE], "qua") == 0
                                    ? plan_overdue_filter(rq->app.today)
                                : *chosen[FILTER_DUE] ? month_filter(rq)
                                                      : PLAN_FILTER_NONE;

    filter.areas = areas_seen(&rq->app, rq->arena);
    if (strcmp(chosen[FILTER_STATE], "chua-xong") == 0)
        filter.only_unfinished = true;
    else if (*chosen[FILTER_STATE])
        filter.states = arena_printf(rq->arena, "|%s|", chosen[FILTER_STATE]);
    filter.only_province = strcmp(chosen[FILTER_WHOSE], "tinh") == 0;
    filter.only_firms = strcmp(chosen[FILTER_WHOSE], "don-vi") == 0;
    if (*chosen[FILTER_FIRM])
        filter.firm = text_fold(rq->arena, chosen[FILTER_FIRM]);
    if (*chosen[FILTER_PERSON])
        filter.person = text_fold(rq->arena, chosen[FILTER_PERSON]);
    return filter;
}

/* ---- views with names ---- */

static enum status add_view(struct request *rq, const struct list_view *list,
                            struct plans_page *page, enum web_text name, size_t by,
                            const char *value, struct plan_filter filter, struct err *err)
{
    struct queue_view *view = (struct queue_view *)(uintptr_t)&page->views[page->view_count];
    struct path path = path_page_plans(rq->arena);
    bool is_here = true;

    filter.areas = areas_seen(&rq->app, rq->arena);
    for (size_t i = 0; i < FILTERS; i++)
        is_here &= strcmp(list->chosen[i], i == by ? value : "") == 0;
    if (by < FILTERS)
        path = path_with(rq->arena, path, filters[by].name, value);
    *view = (struct queue_view){.name = tr(rq, name), .path = path, .is_here = is_here};
    page->view_count++;
    return plan_count(&rq->app, &filter, &view->count, err);
}

static enum status fill_views(struct request *rq, const struct list_view *list,
                              struct plans_page *page, struct err *err)
{
    struct plan_filter province = PLAN_FILTER_NONE;
    enum status status;

    province.only_province = true;
    page->views = ARENA_ARRAY(rq->arena, struct queue_view, 4);
    status = add_view(rq, list, page, WEB_plans_view_all, FILTERS, "", PLAN_FILTER_NONE, err);
    if (status == OK)
        status = add_view(rq, list, page, WEB_plans_view_late, FILTER_DUE, "qua",
                          plan_overdue_filter(rq->app.today), err);
    if (status == OK)
        status = add_view(rq, list, page, WEB_plans_view_month, FILTER_DUE, "thang",
                          month_filter(rq), err);
    return status == OK ? add_view(rq, list, page, WEB_plans_view_province, FILTER_WHOSE, "tinh",
                                   province, err)
                        : status;
}

/* ---- the page ---- */

/* Where a row is changed: in the plan that it is of. */
static struct path plan_path(struct request *rq, const struct plan_row *row)
{
    struct path path = row->enterprise ? path_page_firm_plan(rq->arena, row->review_case)
                                       : path_page_province_plan(rq->arena);

    if (row->enterprise && !row->review_case)
        return (struct path){NULL};
    return path_with(rq->arena, path, "sua", arena_printf(rq->arena, "%lld", (long long)row->id));
}

static enum status find(struct request *rq, struct list_view *list, struct plans_page *page,
                        struct err *err)
{
    const struct plan_filter filter = filter_of(rq, list);
    struct plan_window window = {.first = (list->page - 1) * ROWS, .max = ROWS};
    struct plan_line *lines = ARENA_ARRAY(rq->arena, struct plan_line, ROWS);
    const struct plan_row *rows;
    enum status status = plan_list(&rq->app, &filter, &window, rq->arena, &rows, &page->count, err);

    if (status != OK)
        return status;
    list_window(list, window.total);
    for (size_t i = 0; i < page->count; i++) {
        lines[i] = plan_line_of(rq, &rows[i], window.first + i + 1);
        lines[i].edit = plan_path(rq, &rows[i]);
    }
    page->lines = lines;
    page->total = list->total;
    page->page = list->page;
    page->pages = list->pages;
    return OK;
}

static struct path file_path(struct request *rq, const struct list_view *list, struct path path)
{
    for (size_t i = 0; i < FILTERS; i++) {
        if (*list->chosen[i])
            path = path_with(rq->arena, path, filters[i].name, list->chosen[i]);
    }
    return path;
}

enum work_queue page_plans(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_plans_title);
    struct plans_page page = {.title = rq->site->loaded.action_columns->title.in[rq->lang],
                              .heads = plan_heads(rq),
                              .head_count = rq->site->loaded.action_columns->count};
    struct list_view list;
    struct err err;

    read_list(rq, &list);
    page.list = &list;
    page.firm = list.chosen[FILTER_FIRM];
    page.person = list.chosen[FILTER_PERSON];
    page.csv = file_path(rq, &list, path_page_plans_csv(rq->arena));
    page.pdf = file_path(rq, &list, path_page_plans_pdf(rq->arena));
    if (find(rq, &list, &page, &err) != OK || fill_views(rq, &list, &page, &err) != OK)
        return request_error(rq, &err);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_plans, &page);
    layout.is_wide = true;
    request_page(rq, 200);
    view_plans(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* ---- as files ---- */

/* The rows that are asked for: of a case, or of the list. */
static enum status find_listing(struct request *rq, size_t max, struct plan_listing *listing,
                                struct err *err)
{
    struct field field = {.name = "ho-so", .max = 12};
    struct plan_filter filter = PLAN_FILTER_NONE;
    struct plan_window window = {.max = max};
    struct list_view list;
    struct open_case c;
    enum status status = OK;

    *listing = (struct plan_listing){
        .columns = rq->site->loaded.action_columns,
        .subject = tr(rq, WEB_plans_file_subject),
        .service = rq->site->options.authority ? rq->site->options.authority : "",
        .has_owners = true,
        .today = rq->app.today,
        .lang = rq->lang};
    query_read(rq->arena, rq->x->request.query, &field, 1);
    if (field.value) {
        status = open_case_load(&rq->app, strtoll(field.value, NULL, 10), rq->arena, &c, err);
        if (status != OK)
            return status;
        filter.enterprise = plan_owner_of(&c.row);
        listing->subject = c.row.shown.name;
        listing->has_owners = false;
    } else {
        read_list(rq, &list);
        filter = filter_of(rq, &list);
    }
    status = plan_list(&rq->app, &filter, &window, rq->arena, &listing->rows, &listing->count, err);
    if (status == OK && window.total > max)
        return err_set(err, LIMIT,
                       "Có %zu dòng, một tệp nhận nhiều nhất %zu. Hãy lọc bớt rồi tải lại.",
                       "There are %zu rows, and a file takes %zu at most. Please filter them.",
                       window.total, max);
    return status;
}

enum work_queue page_plans_csv(struct request *rq)
{
    struct plan_listing listing;
    struct err err;

    if (find_listing(rq, FILE_ROWS_MAX, &listing, &err) != OK)
        return request_error(rq, &err);
    request_attachment(rq, "text/csv; charset=utf-8", "ke-hoach-5-ro.csv");
    plan_write_csv(&listing, rq->lang == LANG_VI ? ';' : ',', rq->arena, &rq->x->reply.body);
    return QUEUE_DONE;
}

static enum work_queue make_pdf(struct request *rq)
{
    const struct plan_listing *listing = rq->page;
    struct err err;

    request_attachment(rq, "application/pdf", "ke-hoach-5-ro.pdf");
    return plan_write_pdf(listing, rq->arena, &rq->x->reply.body, &err) == OK
               ? QUEUE_DONE
               : request_error(rq, &err);
}

enum work_queue page_plans_pdf(struct request *rq)
{
    struct plan_listing *listing = ARENA_NEW(rq->arena, struct plan_listing);
    struct err err;

    if (find_listing(rq, PAPER_ROWS_MAX, listing, &err) != OK)
        return request_error(rq, &err);
    rq->page = listing;
    return request_go(rq, QUEUE_SLOW, make_pdf);
}

/* ---- how many there are ---- */

static void add_count(struct plan_count_line *line, const struct plan_sum *sum)
{
    line->enterprises += sum->enterprises;
    line->open += sum->states[PLAN_OPEN];
    line->doing += sum->states[PLAN_DOING];
    line->done += sum->states[PLAN_DONE];
    line->dropped += sum->states[PLAN_DROPPED];
    line->late += sum->late;
}

enum work_queue page_plan_counts(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_plan_counts_title);
    bool sees_all = permission(&rq->desk.account, ACT_COUNT_PLANS) == REACH_ALL;
    const char *areas = sees_all ? NULL : areas_seen(&rq->app, rq->arena);
    struct plan_counts_page page = {.count = 0};
    struct plan_count_line *lines;
    const struct plan_sum *sums;
    struct err err;

    if (plan_sums(&rq->app, areas, rq->arena, &sums, &page.count, &err) != OK)
        return request_error(rq, &err);
    lines = ARENA_ARRAY(rq->arena, struct plan_count_line, page.count + 1);
    for (size_t i = 0; i < page.count; i++) {
        lines[i].area =
            *sums[i].area ? case_area(rq, sums[i].area) : tr(rq, WEB_plan_counts_province);
        add_count(&lines[i], &sums[i]);
        add_count(&lines[page.count], &sums[i]);
    }
    lines[page.count++].area = tr(rq, WEB_plan_counts_sum);
    page.lines = lines;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_plan_counts, &page);
    request_page(rq, 200);
    view_plan_counts(&rq->view, &layout, &page);
    return QUEUE_DONE;
}
