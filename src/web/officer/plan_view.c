/* The rows of a plan that is looked at: stored, opened, drafted, refused. */
#include "plan_view.h"

#include <stdlib.h>
#include <string.h>

#include "app/review/plan_drafts.h"
#include "base/array.h"
#include "base/text.h"
#include "plan_words.h"
#include "web_paths.h"

#define QUERY_EDIT "sua"
#define QUERY_TAKE "lay"
#define QUERY_ADD "them"
#define TAKE_STEPS "buoc"
#define TAKE_POLICIES "chinh-sach"

bool plan_is_refused(const struct plan_outcome *outcome)
{
    return outcome->result == PLAN_MISSING || outcome->result == PLAN_REFUSED ||
           outcome->result == PLAN_STALE;
}
bool plan_is_verified(const struct plan_view *view)
{
    return view->is_firm && view->c.row.at.verified_points != STORE_UNKNOWN;
}

static enum status find_drafts(struct plan_view *view, struct err *err)
{
    struct request *rq = view->rq;
    struct way way;
    enum status status;

    if (!plan_is_verified(view))
        return OK;
    status = way_find(rq->site->loaded.ws, rq->arena, &view->c.after, -1, false, &way, err);
    return status == OK ? plan_drafts(&rq->app, view->enterprise, &view->c.after, &way, rq->lang,
                                      rq->arena, &view->drafts, &view->draft_count, err)
                        : status;
}

static enum status find_rows(struct plan_view *view, struct err *err)
{
    struct plan_filter filter = PLAN_FILTER_NONE;
    struct plan_window window = {.max = PLAN_ROWS_MAX};
    enum status status;

    filter.enterprise = view->enterprise;
    filter.only_free = !view->is_firm;
    filter.only_unfinished = !view->is_firm; /* what is over stands in the list */
    status = plan_list(&view->rq->app, &filter, &window, view->rq->arena, &view->rows, &view->count,
                       err);
    view->total = window.total;
    return status;
}

/* The plan of the path: of the case with this number, or (0) of the province. */
enum status plan_view_load(struct request *rq, struct plan_view *view, struct err *err)
{
    enum status status = OK;

    *view = (struct plan_view){.rq = rq, .is_firm = rq->number != 0, .take = ""};
    if (view->is_firm)
        status = open_case_load(&rq->app, rq->number, rq->arena, &view->c, err);
    if (status == OK && view->is_firm)
        view->enterprise = plan_owner_of(&view->c.row);
    return status;
}

static bool has_row(const struct plan_view *view, int64_t id)
{
    for (size_t i = 0; i < view->count; i++) {
        if (view->rows[i].id == id)
            return true;
    }
    return false;
}

/* Rows of the province that the window left out, and somebody is at: one that is to be opened, and
 * those that were refused. */
static enum status find_others(struct plan_view *view, int64_t edited, struct err *err)
{
    struct arena *arena = view->rq->arena;
    struct plan_row *rows =
        ARENA_ARRAY(arena, struct plan_row, view->count + view->typed_count + 1);
    size_t count = view->count;
    enum status status = OK;

    memcpy(rows, view->rows, count * sizeof(*rows));
    for (size_t i = 0; i <= view->typed_count && status == OK; i++) {
        bool is_last = i == view->typed_count;
        int64_t id = is_last ? edited : view->typed[i].id;

        if (!id || has_row(view, id) || (!is_last && !plan_is_refused(&view->outcomes[i])))
            continue;
        status = plan_load(&view->rq->app, id, arena, &rows[count], err);
        if (status == OK && rows[count].enterprise == view->enterprise)
            count++;
        else if (status == NOT_FOUND)
            status = OK;
    }
    view->rows = rows;
    view->count = count;
    return status;
}

int64_t plan_number(const char *text)
{
    return text ? strtoll(text, NULL, 10) : 0;
}

/* What the address asks for besides the plan. */
static void read_query(struct plan_view *view)
{
    struct field query[] = {{.name = QUERY_EDIT, .max = 18},
                            {.name = QUERY_TAKE, .max = 20},
                            {.name = QUERY_ADD, .max = 2},
                            {.name = PLAN_QUERY_DONE, .max = 4}};

    if (view->typed_count)
        return;
    query_read(view->rq->arena, view->rq->x->request.query, query, ARRAY_SIZE(query));
    view->edited = plan_number(query[0].value);
    view->take = query[1].value ? query[1].value : "";
    view->adds = query[2].value != NULL;
    view->saved = (size_t)plan_number(query[3].value);
}

enum status plan_view_rest(struct plan_view *view, struct err *err)
{
    enum status status;

    read_query(view);
    status = find_rows(view, err);
    if (status == OK)
        status = find_others(view, view->edited, err);
    return status == OK ? find_drafts(view, err) : status;
}

/* ---- as lines ---- */

struct path plan_plain_path(const struct plan_view *view)
{
    return view->is_firm ? path_page_firm_plan(view->rq->arena, view->c.row.id)
                         : path_page_province_plan(view->rq->arena);
}

static const struct choice_view *state_choices(struct request *rq, const char *chosen)
{
    struct choice_view *states = ARENA_ARRAY(rq->arena, struct choice_view, PLAN_STATE__MAX);

    for (int i = 0; i < PLAN_STATE__MAX; i++) {
        const char *code = plan_state_id((enum plan_state)i);

        states[i] = (struct choice_view){code, plan_state_words((enum plan_state)i).in[rq->lang],
                                         strcmp(code, chosen) == 0};
    }
    return states;
}

static void open_line(const struct plan_view *view, struct plan_line *line)
{
    line->is_open = true;
    line->states = state_choices(view->rq, line->state_code);
    line->state_count = PLAN_STATE__MAX;
}

static const char *lacking(const struct plan_view *view, size_t column)
{
    const struct action_columns *columns = view->rq->site->loaded.action_columns;

    return tr_with(view->rq, WEB_plan_lacks, columns->items[column].missing.in[view->rq->lang]);
}

/* What was typed in place of what is stored, with what is wrong; of what somebody else has changed
 * meanwhile their words stand beside, and saving once more keeps one's own. */
static void fill_typed(const struct plan_view *view, const struct plan_typed *typed,
                       const struct plan_outcome *outcome, struct plan_line *line)
{
    const struct action_columns *columns = view->rq->site->loaded.action_columns;
    struct plan_cell *cells = ARENA_ARRAY(view->rq->arena, struct plan_cell, line->cell_count);

    memcpy(cells, line->cells, line->cell_count * sizeof(*cells));
    for (size_t i = 0; i < line->cell_count; i++) {
        enum action_column column = columns->items[i].column;
        const char *text = typed->texts[column] ? typed->texts[column] : "";

        if (outcome && outcome->result == PLAN_STALE && strcmp(text, cells[i].text) != 0)
            cells[i].theirs = cells[i].text;
        if (outcome && outcome->missing & 1u << column)
            cells[i].fault = lacking(view, i);
        else if (outcome && outcome->result == PLAN_REFUSED && outcome->fault == (int)column)
            cells[i].fault = outcome->why.in[view->rq->lang];
        cells[i].text = text;
    }
    line->cells = cells;
    line->state_code = typed->state ? typed->state : line->state_code;
    line->is_province = typed->is_province;
    line->why = outcome ? outcome->why.in[view->rq->lang] : NULL;
    open_line(view, line);
}

/* Which of those that were typed is this row, and was refused; SIZE_MAX: none. */
static size_t refused_of(const struct plan_view *view, int64_t id)
{
    for (size_t i = 0; i < view->typed_count; i++) {
        if (view->typed[i].id == id && plan_is_refused(&view->outcomes[i]))
            return i;
    }
    return SIZE_MAX;
}

static void add_stored(const struct plan_view *view, struct plan_page *page,
                       struct plan_line *lines)
{
    bool may_change = permission(&view->rq->desk.account, ACT_CHANGE_PLANS) != REACH_NONE;

    for (size_t i = 0; i < view->count; i++) {
        const struct plan_row *row = &view->rows[i];
        struct plan_line *line = &lines[page->count++];
        size_t typed = refused_of(view, row->id);

        *line = plan_line_of(view->rq, row, page->count);
        if (typed != SIZE_MAX)
            fill_typed(view, &view->typed[typed], &view->outcomes[typed], line);
        else if (row->id == view->edited)
            open_line(view, line);
        else if (may_change)
            line->edit = path_with(view->rq->arena, plan_plain_path(view), QUERY_EDIT,
                                   arena_printf(view->rq->arena, "%lld", (long long)row->id));
        page->open_count += line->is_open;
    }
}

static void add_new(const struct plan_view *view, struct plan_page *page, struct plan_line *lines,
                    const struct plan_typed *typed, const struct plan_outcome *outcome)
{
    const struct plan_row empty = {.person = "",
                                   .task = "",
                                   .responsibility = "",
                                   .authority = "",
                                   .result = "",
                                   .source = typed->source ? typed->source : "",
                                   .name = "",
                                   .due_on = DAY_NONE,
                                   .done_on = DAY_NONE,
                                   .enterprise = view->enterprise,
                                   .is_province = typed->is_province};
    struct plan_line *line = &lines[page->count];

    if (page->open_count == PLAN_OPEN_ROWS_MAX)
        return;
    *line = plan_line_of(view->rq, &empty, ++page->count);
    line->due = "";
    line->is_late = false;
    fill_typed(view, typed, outcome, line);
    page->open_count++;
}

static bool is_of_policy(const struct plan_typed *draft)
{
    return strncmp(draft->source, PLAN_FROM_POLICY, strlen(PLAN_FROM_POLICY)) == 0;
}

static void add_drafts(const struct plan_view *view, struct plan_page *page,
                       struct plan_line *lines, const char *take)
{
    bool of_policies = strcmp(take, TAKE_POLICIES) == 0;

    if (!of_policies && strcmp(take, TAKE_STEPS) != 0)
        return;
    for (size_t i = 0; i < view->draft_count; i++) {
        if (is_of_policy(&view->drafts[i]) == of_policies)
            add_new(view, page, lines, &view->drafts[i], NULL);
    }
}

void plan_fill_lines(const struct plan_view *view, struct plan_page *page)
{
    static const struct plan_typed blank;
    struct plan_line *lines = ARENA_ARRAY(view->rq->arena, struct plan_line,
                                          view->count + view->typed_count + view->draft_count + 1);

    page->lines = lines;
    add_stored(view, page, lines);
    for (size_t i = 0; i < view->typed_count; i++) {
        if (!view->typed[i].id && plan_is_refused(&view->outcomes[i]))
            add_new(view, page, lines, &view->typed[i], &view->outcomes[i]);
    }
    add_drafts(view, page, lines, view->take);
    if (view->adds)
        add_new(view, page, lines, &blank, NULL);
}

void plan_fill_links(const struct plan_view *view, struct plan_page *page)
{
    struct arena *arena = view->rq->arena;
    struct path plain = plan_plain_path(view);

    page->plain = plain;
    page->action =
        view->is_firm ? path_post_firm_plan(arena, view->c.row.id) : path_post_province_plan(arena);
    page->back = view->is_firm ? path_page_case(arena, view->c.row.id) : path_page_plans(arena);
    if (view->is_firm) {
        const char *id = arena_printf(arena, "%lld", (long long)view->c.row.id);

        page->csv = path_with(arena, path_page_plans_csv(arena), "ho-so", id);
        page->pdf = path_with(arena, path_page_plans_pdf(arena), "ho-so", id);
    } else {
        page->csv = path_with(arena, path_page_plans_csv(arena), "cua", "tinh");
        page->pdf = path_with(arena, path_page_plans_pdf(arena), "cua", "tinh");
    }
    if (permission(&view->rq->desk.account, ACT_CHANGE_PLANS) == REACH_NONE)
        return;
    page->add = path_with(arena, plain, QUERY_ADD, "1");
    for (size_t i = 0; i < view->draft_count; i++) {
        if (is_of_policy(&view->drafts[i]))
            page->policies++;
        else
            page->steps++;
    }
    if (page->steps)
        page->from_steps = path_with(arena, plain, QUERY_TAKE, TAKE_STEPS);
    if (page->policies)
        page->from_policies = path_with(arena, plain, QUERY_TAKE, TAKE_POLICIES);
}
