/* The queue: cases that may be seen, filtered, sorted, downloaded; all of it in the address. */
#include "case_page.h"
#include "case_words.h"
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/text.h"
#include "app/review/review_plan.h"
#include "web/kit/list_view.h"
#include "web_paths.h"
#include "web_views.h"

#define ROWS 50
#define CSV_ROWS_MAX 100000

enum {
    COLUMN_DUE,
    COLUMN_STATE,
    COLUMN_NAME,
    COLUMN_AREA,
    COLUMN_BUSINESS,
    COLUMN_POINTS,
    COLUMN_LEVEL,
    COLUMN_MARGIN,
    COLUMN_SUPPORT,
    COLUMN_FILES,
    COLUMN_ASKED,
    COLUMN_FLAGS,
    COLUMNS
};

enum {
    FILTER_WORDS,
    FILTER_WHO,
    FILTER_STATE,
    FILTER_DUE,
    FILTER_AREA,
    FILTER_SECTION,
    FILTER_SIZE,
    FILTER_LEVEL,
    FILTER_FLAG,
    FILTER_PLAN,
    FILTERS
};

#define WHO "giao"
#define STATE "tinh-trang"
#define DUE "han"

static const struct list_column columns[COLUMNS] = {
    [COLUMN_DUE] = {"han-xu-ly", WEB_queue_due, false, true},
    [COLUMN_STATE] = {"trang-thai", WEB_queue_state, false, true},
    [COLUMN_NAME] = {"ten", WEB_queue_name, false, true},
    [COLUMN_AREA] = {"dia-ban-x", WEB_queue_area, false, true},
    [COLUMN_BUSINESS] = {"nganh-x", WEB_queue_business, false, true},
    [COLUMN_POINTS] = {"diem", WEB_queue_points, true, true},
    [COLUMN_LEVEL] = {"muc-x", WEB_queue_level, false, true},
    [COLUMN_MARGIN] = {"doi-muc", WEB_queue_margin, false, true},
    [COLUMN_SUPPORT] = {"ho-tro", WEB_queue_support, true, true},
    [COLUMN_FILES] = {"tep", WEB_queue_files, true, true},
    [COLUMN_ASKED] = {"hoi", WEB_queue_asked, true, false},
    [COLUMN_FLAGS] = {"co-x", WEB_queue_flags, false, true},
};

static const enum case_sort sorts[COLUMNS] = {
    [COLUMN_DUE] = CASE_BY_DUE,         [COLUMN_STATE] = CASE_BY_STATE,
    [COLUMN_NAME] = CASE_BY_NAME,       [COLUMN_AREA] = CASE_BY_AREA,
    [COLUMN_BUSINESS] = CASE_BY_SECTION, [COLUMN_POINTS] = CASE_BY_POINTS,
    [COLUMN_LEVEL] = CASE_BY_LEVEL,     [COLUMN_MARGIN] = CASE_BY_MARGIN,
    [COLUMN_SUPPORT] = CASE_BY_SUPPORT, [COLUMN_FILES] = CASE_BY_FILES,
    [COLUMN_FLAGS] = CASE_BY_FLAGS,
};

static const struct list_filter filters[FILTERS] = {
    [FILTER_WORDS] = {"tim", WEB_queue_words, true},
    [FILTER_WHO] = {WHO, WEB_queue_who, false},
    [FILTER_STATE] = {STATE, WEB_queue_state, false},
    [FILTER_DUE] = {DUE, WEB_queue_due, false},
    [FILTER_AREA] = {"dia-ban", WEB_queue_area, false},
    [FILTER_SECTION] = {"nganh", WEB_queue_section, false},
    [FILTER_SIZE] = {"quy-mo", WEB_queue_size, false},
    [FILTER_LEVEL] = {"muc", WEB_queue_level, false},
    [FILTER_FLAG] = {"co", WEB_queue_flags, false},
    [FILTER_PLAN] = {QUEUE_PLAN, WEB_queue_plan, false},
};

static const struct list_kind queue_kind = {
    .caption = WEB_queue_title,
    .counted = WEB_queue_counted,
    .none = WEB_queue_none,
    .columns = columns,
    .column_count = COLUMNS,
    .filters = filters,
    .filter_count = FILTERS,
    .page_rows = ROWS,
};

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

/* ---- what can be chosen ---- */

static void add_choice(struct list_choices *choices, const char *value, const char *label)
{
    choices->items[choices->count++] = (struct choice_view){value, label, false};
}

static struct list_choices no_choices(struct request *rq, size_t max)
{
    return (struct list_choices){ARENA_ARRAY(rq->arena, struct choice_view, max), 0};
}

static struct list_choices two_choices(struct request *rq, const char *first,
                                       enum web_text first_text, const char *second,
                                       enum web_text second_text)
{
    struct list_choices choices = no_choices(rq, 2);

    add_choice(&choices, first, tr(rq, first_text));
    add_choice(&choices, second, tr(rq, second_text));
    return choices;
}

static struct list_choices state_choices(struct request *rq)
{
    struct list_choices choices = no_choices(rq, CASE_STATE__MAX + 2);

    add_choice(&choices, "open", tr(rq, WEB_queue_state_open));
    add_choice(&choices, "objected", tr(rq, WEB_queue_state_objected));
    for (int i = 0; i < CASE_STATE__MAX; i++)
        add_choice(&choices, case_code((enum case_state)i),
                   case_state_words((enum case_state)i).in[rq->lang]);
    return choices;
}

static struct list_choices term_choices(struct request *rq, const struct terms *terms,
                                        bool has_code)
{
    struct list_choices choices = no_choices(rq, terms->count + 1);

    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];

        if (terms_find(terms, term->id, rq->app.today) == term)
            add_choice(&choices, term->id,
                       has_code ? arena_printf(rq->arena, "%s · %s", term->id,
                                               term->name.in[rq->lang])
                                : term->name.in[rq->lang]);
    }
    add_choice(&choices, "unknown", tr(rq, WEB_case_unknown));
    return choices;
}

static struct list_choices size_choices(struct request *rq)
{
    struct list_choices choices = no_choices(rq, SIZE_CLASS__MAX + 1);

    for (int i = 0; i < SIZE_CLASS__MAX; i++)
        add_choice(&choices, size_code((enum size_class)i),
                   size_words((enum size_class)i).in[rq->lang]);
    add_choice(&choices, "unknown", tr(rq, WEB_case_unknown));
    return choices;
}

#define LEVELS 6

static struct list_choices level_choices(struct request *rq)
{
    struct list_choices choices = no_choices(rq, LEVELS);

    for (int i = 0; i < LEVELS; i++)
        add_choice(&choices, arena_printf(rq->arena, "%d", i), case_level_text(rq, i));
    return choices;
}

static struct list_choices flag_choices(struct request *rq)
{
    struct list_choices choices = no_choices(rq, QUALITY__MAX + 1);

    for (int i = 0; i < QUALITY__MAX; i++)
        add_choice(&choices, quality_code((enum quality_kind)i),
                   quality_name((enum quality_kind)i).in[rq->lang]);
    add_choice(&choices, "no-evidence", tr(rq, WEB_queue_no_evidence));
    return choices;
}

static struct list_choices *all_choices(struct request *rq)
{
    struct list_choices *choices = ARENA_ARRAY(rq->arena, struct list_choices, FILTERS);
    const struct facts *facts = rq->site->loaded.facts;

    choices[FILTER_WHO] =
        two_choices(rq, "toi", WEB_queue_who_me, "chua", WEB_queue_who_nobody);
    choices[FILTER_STATE] = state_choices(rq);
    choices[FILTER_DUE] =
        two_choices(rq, "qua", WEB_queue_due_over, "hom-nay", WEB_queue_due_today);
    choices[FILTER_AREA] = term_choices(rq, facts->areas, false);
    choices[FILTER_SECTION] = term_choices(rq, facts->sections, true);
    choices[FILTER_SIZE] = size_choices(rq);
    choices[FILTER_LEVEL] = level_choices(rq);
    choices[FILTER_FLAG] = flag_choices(rq);
    choices[FILTER_PLAN] =
        two_choices(rq, "mau", WEB_plan_sample, "rui-ro", WEB_plan_risk);
    return choices;
}

/* ---- what is asked for ---- */

static const char *open_states(struct request *rq)
{
    const char *list = "|";

    for (int i = 0; i < CASE_STATE__MAX; i++) {
        if (case_is_open((enum case_state)i))
            list = arena_printf(rq->arena, "%s%s|", list, case_code((enum case_state)i));
    }
    return list;
}

static const char *chosen_states(struct request *rq, const char *state)
{
    if (!*state)
        return NULL;
    return strcmp(state, "open") == 0 ? open_states(rq) : arena_printf(rq->arena, "|%s|", state);
}

static unsigned flag_bit(const char *code)
{
    for (int i = 0; i < QUALITY__MAX; i++) {
        if (strcmp(code, quality_code((enum quality_kind)i)) == 0)
            return 1u << i;
    }
    return 0;
}

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

/* The last day that is asked for: today, or the one before it. */
static const char *due_by(struct request *rq, const char *chosen)
{
    if (!*chosen)
        return NULL;
    return day_iso_text(rq->arena, rq->app.today - (strcmp(chosen, "qua") == 0));
}

/* Of the newest plan; where there is none, nothing is found. */
static void filter_plan(struct request *rq, const char *chosen, struct case_filter *filter)
{
    struct review_plan plan;
    struct err ignored;

    if (!*chosen)
        return;
    filter->plan_part = strcmp(chosen, "mau") == 0 ? "sample" : "risk";
    filter->plan =
        review_plan_find(&rq->app, NULL, rq->arena, &plan, &ignored) == OK ? plan.id : -1;
}

static struct case_filter filter_of(struct request *rq, const struct list_view *list)
{
    const char *const *chosen = list->chosen;
    struct case_filter filter = CASE_FILTER_NONE;

    filter.states = chosen_states(rq, chosen[FILTER_STATE]);
    if (*chosen[FILTER_WHO])
        filter.assignee = strcmp(chosen[FILTER_WHO], "toi") == 0 ? rq->desk.account.id
                                                                 : CASE_NOBODY;
    filter.due_by = due_by(rq, chosen[FILTER_DUE]);
    filter.area = or_null(chosen[FILTER_AREA]);
    filter.section = or_null(chosen[FILTER_SECTION]);
    filter.size_class = or_null(chosen[FILTER_SIZE]);
    if (*chosen[FILTER_LEVEL])
        filter.level = *chosen[FILTER_LEVEL] - '0'; /* of level_choices() */
    filter.flags = flag_bit(chosen[FILTER_FLAG]);
    filter.only_without_files = strcmp(chosen[FILTER_FLAG], "no-evidence") == 0;
    filter_plan(rq, chosen[FILTER_PLAN], &filter);
    if (*chosen[FILTER_WORDS])
        filter.words = text_fold(rq->arena, chosen[FILTER_WORDS]);
    return filter;
}

/* A plan has an order of its own, unless a column is asked for. */
static enum case_sort sort_of(const struct list_view *list)
{
    return *list->chosen[FILTER_PLAN] && !list_names_sort(list) ? CASE_BY_PLAN
                                                                : sorts[list->sort];
}

/* ---- rows ---- */

static const char *flag_text(struct request *rq, const struct case_shown *shown)
{
    const char *first = NULL;
    int more = -1;

    for (int i = 0; i < QUALITY__MAX; i++) {
        if (!(shown->flags >> i & 1))
            continue;
        first = first ? first : quality_name((enum quality_kind)i).in[rq->lang];
        more++;
    }
    if (!shown->files) {
        first = first ? first : tr(rq, WEB_queue_no_evidence);
        more++;
    }
    return !first ? "" : more > 0 ? arena_printf(rq->arena, "%s +%d", first, more) : first;
}

/* Millions with at most one decimal: the unit stands in the heading. */
static const char *millions(struct request *rq, int64_t dong)
{
    return dong ? text_of_number_short(rq->arena, ratio_make(dong, 1000000), 1, rq->lang) : "–";
}

/* Who goes on to a case comes back to the same list, and goes through it in its order. */
static struct path case_path(struct request *rq, const char *list, int64_t id)
{
    struct path path = path_page_case(rq->arena, id);

    return *list && strlen(list) <= 400 ? path_with(rq->arena, path, "ds", list) : path;
}

static struct queue_row row_of(struct request *rq, const struct case_row *row)
{
    const struct case_shown *shown = &row->shown;
    struct queue_row view = {.id = row->id,
                             .path = case_path(rq, rq->x->request.query, row->id),
                             .state = case_state_words(row->at.state).in[rq->lang],
                             .state_code = case_code(row->at.state),
                             .state_tone = case_state_tone(row->at.state),
                             .area = case_area(rq, shown->area),
                             .business = case_business(rq, shown),
                             .points = case_points(rq, shown->points),
                             .level = shown->level,
                             .level_top = LEVELS - 1,
                             .margin = case_margin(rq, shown),
                             .support = millions(rq, shown->support_vnd),
                             .asked = "",
                             .flag = flag_text(rq, shown),
                             .files = (size_t)shown->files};

    view.name = case_name(rq, shown->name, &view.form);
    view.due = case_due(rq, &row->at, &view.due_tone);
    if (shown->asked)
        view.asked = arena_printf(rq->arena, "%d/%d", shown->answered, shown->asked);
    return view;
}

/* ---- views with names ---- */

static struct queue_view view_named(struct request *rq, const struct list_view *list,
                                    enum web_text name, size_t filter, const char *value,
                                    int64_t count)
{
    struct path path = path_page_queue(rq->arena);
    bool is_here = true;

    for (size_t i = 0; i < FILTERS; i++)
        is_here &= strcmp(list->chosen[i], i == filter ? value : "") == 0;
    if (filter < FILTERS)
        path = path_with(rq->arena, path, filters[filter].name, value);
    return (struct queue_view){tr(rq, name), path, (size_t)count, is_here};
}

static void fill_views(struct request *rq, const struct list_view *list,
                       const struct case_counts *counts, struct queue_page *page)
{
    struct queue_view *views = ARENA_ARRAY(rq->arena, struct queue_view, 7);
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
    views[n++] = view_named(rq, list, WEB_queue_view_all, FILTERS, "", counts->all);
    page->views = views;
    page->view_count = n;
}

static const char *number(struct request *rq, int64_t n)
{
    return text_of_number_short(rq->arena, ratio_of(n), 0, rq->lang);
}

static const char *sentence_of(struct request *rq, const struct case_counts *counts)
{
    const char *const values[] = {number(rq, counts->mine), number(rq, counts->mine_overdue),
                                  number(rq, counts->mine_today),
                                  number(rq, counts->mine_answered)};

    return web_tr(rq->lang, WEB_queue_sentence, rq->arena, values, ARRAY_SIZE(values));
}

/* ---- the page ---- */

static void read_list(struct request *rq, struct list_view *list)
{
    list_read(rq, &queue_kind, path_page_queue(rq->arena), all_choices(rq), list);
}

static enum status find(struct request *rq, struct list_view *list, struct queue_page *page,
                        struct err *err)
{
    const struct case_filter filter = filter_of(rq, list);
    struct case_window wanted = {.sort = sort_of(list),
                               .is_falling = list->is_descending,
                               .limit = ROWS,
                               .offset = (int64_t)(list->page - 1) * ROWS};
    struct queue_row *views = ARENA_ARRAY(rq->arena, struct queue_row, ROWS);
    struct case_row *rows;
    size_t count;
    int64_t total;
    enum status status =
        cases_list(&rq->app, &filter, &wanted, rq->arena, &rows, &count, &total, err);

    if (status != OK)
        return status;
    list_window(list, (size_t)total);
    for (size_t i = 0; i < count; i++)
        views[i] = row_of(rq, &rows[i]);
    page->rows = views;
    page->count = count;
    page->total = list->total;
    page->page = list->page;
    page->pages = list->pages;
    if (count)
        page->first = views[0].path;
    return OK;
}

enum work_queue page_queue(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_queue_title);
    struct queue_page page = {.csv = path_page_queue_csv(rq->arena)};
    struct case_counts counts;
    struct list_view list;
    struct err err;

    read_list(rq, &list);
    page.list = &list;
    page.words = list.chosen[FILTER_WORDS];
    for (size_t i = 0; i < FILTERS; i++) {
        if (*list.chosen[i])
            page.csv = path_with(rq->arena, page.csv, filters[i].name, list.chosen[i]);
    }
    if (find(rq, &list, &page, &err) != OK ||
        cases_count(&rq->app, rq->arena, &counts, &err) != OK ||
        queue_notices_fill(rq, &page, &err) != OK)
        return request_error(rq, &err);
    fill_views(rq, &list, &counts, &page);
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
    const char *own = rq->x->request.query;
    struct list_view list;
    struct case_filter filter;
    struct case_window wanted;
    struct case_row *rows;
    struct err ignored;
    size_t count = 0;

    rq->x->request.query = *query ? query : STATE "=open";
    read_list(rq, &list);
    rq->x->request.query = own;
    filter = filter_of(rq, &list);
    wanted = (struct case_window){
        .sort = sort_of(&list), .is_falling = list.is_descending, .limit = NEXT_AMONG};
    if (cases_list(&rq->app, &filter, &wanted, rq->arena, &rows, &count, NULL, &ignored) != OK)
        return (struct path){NULL};
    for (size_t i = 0; i + 1 < count; i++) {
        if (rows[i].id == id)
            return case_path(rq, query, rows[i + 1].id);
    }
    return (struct path){NULL};
}

/* ---- as a file ---- */

static void write_csv(struct request *rq, const struct case_row *rows, size_t count,
                      struct buf *out)
{
    struct csv_writer w;

    csv_writer_init(&w, out, (struct csv_format){rq->lang == LANG_VI ? ';' : ',', true, true});
    csv_put(&w, tr(rq, WEB_queue_tax_code));
    for (size_t i = 0; i < COLUMNS; i++)
        csv_put(&w, tr(rq, columns[i].title));
    csv_end_row(&w);
    for (size_t i = 0; i < count; i++) {
        struct queue_row row = row_of(rq, &rows[i]);
        const char *const cells[] = {
            rows[i].shown.tax_code,
            rows[i].at.due_on,
            row.state,
            rows[i].shown.name,
            row.area,
            row.business,
            row.points,
            row.level < 0 ? "" : arena_printf(rq->arena, "%d", row.level),
            row.margin,
            row.support,
            arena_printf(rq->arena, "%zu", row.files),
            row.asked,
            row.flag,
        };

        for (size_t k = 0; k < ARRAY_SIZE(cells); k++)
            csv_put(&w, cells[k]);
        csv_end_row(&w);
    }
}

enum work_queue page_queue_csv(struct request *rq)
{
    struct list_view list;
    struct case_filter filter;
    struct case_window wanted;
    struct case_row *rows;
    struct err err;
    size_t count;

    read_list(rq, &list);
    filter = filter_of(rq, &list);
    wanted = (struct case_window){
        .sort = sort_of(&list), .is_falling = list.is_descending, .limit = CSV_ROWS_MAX};
    if (cases_list(&rq->app, &filter, &wanted, rq->arena, &rows, &count, NULL, &err) != OK)
        return request_error(rq, &err);
    request_attachment(rq, "text/csv; charset=utf-8", "hang-cho.csv");
    write_csv(rq, rows, count, &rq->x->reply.body);
    return QUEUE_DONE;
}
