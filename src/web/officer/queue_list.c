/* What the queue is asked for, in its address, and how its rows are told. */
#include "queue_list.h"
#include "case_words.h"

#include <stdlib.h>
#include <string.h>

#include "app/review/review_plan.h"
#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"

const struct list_column queue_columns[QUEUE_COLUMNS] = {
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

static const enum case_sort sorts[QUEUE_COLUMNS] = {
    [COLUMN_DUE] = CASE_BY_DUE,         [COLUMN_STATE] = CASE_BY_STATE,
    [COLUMN_NAME] = CASE_BY_NAME,       [COLUMN_AREA] = CASE_BY_AREA,
    [COLUMN_BUSINESS] = CASE_BY_SECTION, [COLUMN_POINTS] = CASE_BY_POINTS,
    [COLUMN_LEVEL] = CASE_BY_LEVEL,     [COLUMN_MARGIN] = CASE_BY_MARGIN,
    [COLUMN_SUPPORT] = CASE_BY_SUPPORT, [COLUMN_FILES] = CASE_BY_FILES,
    [COLUMN_FLAGS] = CASE_BY_FLAGS,
};

const struct list_filter queue_filters[QUEUE_FILTERS] = {
    [FILTER_WORDS] = {"tim", WEB_queue_words, true},
    [FILTER_WHO] = {QUEUE_WHO, WEB_queue_who, false},
    [FILTER_STATE] = {QUEUE_STATE, WEB_queue_state, false},
    [FILTER_DUE] = {QUEUE_DUE, WEB_queue_due, false},
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
    .columns = queue_columns,
    .column_count = QUEUE_COLUMNS,
    .filters = queue_filters,
    .filter_count = QUEUE_FILTERS,
    .page_rows = QUEUE_PAGE_ROWS,
};

/* ---- what can be chosen ---- */

static struct list_choices state_choices(struct request *rq)
{
    struct list_choices choices = list_choices_new(rq->arena, CASE_STATE__MAX + 2);

    list_choices_add(&choices, "open", tr(rq, WEB_queue_state_open));
    list_choices_add(&choices, "objected", tr(rq, WEB_queue_state_objected));
    for (int i = 0; i < CASE_STATE__MAX; i++)
        list_choices_add(&choices, case_code((enum case_state)i),
                   case_state_words((enum case_state)i).in[rq->lang]);
    return choices;
}

static struct list_choices term_choices(struct request *rq, const struct terms *terms,
                                        bool has_code)
{
    struct list_choices choices = list_choices_new(rq->arena, terms->count + 1);

    for (size_t i = 0; i < terms->count; i++) {
        const struct term *term = &terms->items[i];

        if (terms_find(terms, term->id, rq->app.today) == term)
            list_choices_add(&choices, term->id,
                       has_code ? arena_printf(rq->arena, "%s · %s", term->id,
                                               term->name.in[rq->lang])
                                : term->name.in[rq->lang]);
    }
    list_choices_add(&choices, "unknown", tr(rq, WEB_case_unknown));
    return choices;
}

static struct list_choices size_choices(struct request *rq)
{
    struct list_choices choices = list_choices_new(rq->arena, SIZE_CLASS__MAX + 1);

    for (int i = 0; i < SIZE_CLASS__MAX; i++)
        list_choices_add(&choices, size_code((enum size_class)i),
                   size_words((enum size_class)i).in[rq->lang]);
    list_choices_add(&choices, "unknown", tr(rq, WEB_case_unknown));
    return choices;
}

#define LEVELS 6

static struct list_choices level_choices(struct request *rq)
{
    struct list_choices choices = list_choices_new(rq->arena, LEVELS);

    for (int i = 0; i < LEVELS; i++)
        list_choices_add(&choices, arena_printf(rq->arena, "%d", i), case_level_text(rq, i));
    return choices;
}

static struct list_choices flag_choices(struct request *rq)
{
    struct list_choices choices = list_choices_new(rq->arena, QUALITY__MAX + 1);

    for (int i = 0; i < QUALITY__MAX; i++)
        list_choices_add(&choices, quality_code((enum quality_kind)i),
                   quality_name((enum quality_kind)i).in[rq->lang]);
    list_choices_add(&choices, "no-evidence", tr(rq, WEB_queue_no_evidence));
    return choices;
}

static struct list_choices *all_choices(struct request *rq)
{
    struct list_choices *choices = ARENA_ARRAY(rq->arena, struct list_choices, QUEUE_FILTERS);
    const struct facts *facts = rq->site->loaded.facts;

    choices[FILTER_WHO] =
        list_choices_two(rq, "toi", WEB_queue_who_me, "chua", WEB_queue_who_nobody);
    choices[FILTER_STATE] = state_choices(rq);
    choices[FILTER_DUE] =
        list_choices_two(rq, "qua", WEB_queue_due_over, "hom-nay", WEB_queue_due_today);
    choices[FILTER_AREA] = term_choices(rq, facts->areas, false);
    choices[FILTER_SECTION] = term_choices(rq, facts->sections, true);
    choices[FILTER_SIZE] = size_choices(rq);
    choices[FILTER_LEVEL] = level_choices(rq);
    choices[FILTER_FLAG] = flag_choices(rq);
    choices[FILTER_PLAN] =
        list_choices_two(rq, "mau", WEB_plan_sample, "rui-ro", WEB_plan_risk);
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
struct path queue_case(struct request *rq, const char *list, int64_t id)
{
    struct path path = path_page_case(rq->arena, id);

    return *list && strlen(list) <= 400 ? path_with(rq->arena, path, "ds", list) : path;
}

struct queue_row queue_row_of(struct request *rq, const struct case_row *row)
{
    const struct case_shown *shown = &row->shown;
    struct queue_row view = {.id = row->id,
                             .path = queue_case(rq, rq->x->request.query, row->id),
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

/* ---- read ---- */

void queue_read(struct request *rq, const char *query, struct queue_asked *asked)
{
    const char *own = rq->x->request.query;

    rq->x->request.query = query;
    list_read(rq, &queue_kind, path_page_queue(rq->arena), all_choices(rq), &asked->list);
    rq->x->request.query = own;
    asked->filter = filter_of(rq, &asked->list);
    asked->sort = sort_of(&asked->list);
}

struct path queue_with(struct request *rq, const struct queue_asked *asked, struct path path)
{
    for (size_t i = 0; i < QUEUE_FILTERS; i++) {
        if (*asked->list.chosen[i])
            path = path_with(rq->arena, path, queue_filters[i].name, asked->list.chosen[i]);
    }
    if (list_names_sort(&asked->list))
        path = path_with(rq->arena, path, LIST_QUERY_SORT, queue_columns[asked->list.sort].name);
    if (asked->list.is_descending)
        path = path_with(rq->arena, path, LIST_QUERY_ORDER, LIST_QUERY_DESCENDING);
    return path;
}

/* "Trạng thái: đang xem; Mức: mức 2" */
const char *queue_words(struct request *rq, const struct queue_asked *asked)
{
    const char *text = "";

    for (size_t i = 0; i < QUEUE_FILTERS; i++) {
        const char *value = asked->list.chosen[i];

        for (size_t k = 0; !queue_filters[i].is_text && k < asked->list.choices[i].count; k++) {
            if (asked->list.choices[i].items[k].is_chosen)
                value = asked->list.choices[i].items[k].label;
        }
        if (*value)
            text = arena_printf(rq->arena, "%s%s%s: %s", text, *text ? "; " : "",
                                tr(rq, queue_filters[i].label), value);
    }
    return *text ? text : tr(rq, WEB_queue_words_none);
}

enum status queue_rows(struct request *rq, const struct queue_asked *asked, int64_t max,
                       struct case_row **rows, size_t *count, struct err *err)
{
    const struct case_window wanted = {
        .sort = asked->sort, .is_falling = asked->list.is_descending, .limit = max};

    return cases_list(&rq->app, &asked->filter, &wanted, rq->arena, rows, count, NULL, err);
}
