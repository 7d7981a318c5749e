/* The support policies in force today, for everybody: a list, and a page for each. */
#include "web/public/policy_pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "policy/match.h"
#include "web/handlers.h"
#include "web/public/replies.h"
#include "web_paths.h"
#include "web_views.h"

enum { COLUMN_NAME, COLUMN_BENEFIT, COLUMN_LAW, COLUMN_FROM, COLUMNS };
enum { FILTER_FORM, FILTER_BENEFIT, FILTERS };

static const struct list_column columns[COLUMNS] = {
    [COLUMN_NAME] = {"ten", WEB_policies_name, false, true},
    [COLUMN_BENEFIT] = {"ho-tro", WEB_policies_benefit, false, true},
    [COLUMN_LAW] = {"can-cu", WEB_policies_law, false, true},
    [COLUMN_FROM] = {"tu-ngay", WEB_policies_from, false, true},
};
static const struct list_filter filters[FILTERS] = {
    [FILTER_FORM] = {"danh-cho", WEB_policies_form},
    [FILTER_BENEFIT] = {"loai", WEB_policies_benefit},
};
static const struct list_kind policies_kind = {
    .caption = WEB_policies_title,
    .counted = WEB_policies_counted,
    .none = WEB_policies_none,
    .columns = columns,
    .column_count = COLUMNS,
    .filters = filters,
    .filter_count = FILTERS,
    .page_rows = 20,
};

static const struct json_member item_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct policy_item, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct policy_item, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct policy_item, "benefit", benefit),
    JSON_VALUE(MEMBER_TEXT, struct policy_item, "legal", citation),
    JSON_VALUE(MEMBER_TEXT, struct policy_item, "from", from),
};
static const struct json_shape shape_item =
    JSON_SHAPE(struct policy_item, "PolicyItem", item_members);

static const struct json_member policies_members[] = {
    JSON_VALUE(MEMBER_SIZE, struct policies_page, "total", total),
    JSON_VALUE(MEMBER_SIZE, struct policies_page, "page", page),
    JSON_VALUE(MEMBER_SIZE, struct policies_page, "pages", pages),
    JSON_PARTS(struct policies_page, "policies", policies, count, &shape_item),
};
const struct json_shape shape_policies =
    JSON_SHAPE(struct policies_page, "Policies", policies_members);

static const struct json_member policy_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "summary", summary),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "benefit", benefit),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "funding", funding),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "legal", citation),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "from", from),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "to", to),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "apply_at", apply_at),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "open", open),
    JSON_VALUE(MEMBER_TEXT, struct policy_page, "certainty", certainty),
    JSON_VALUE(MEMBER_INT, struct policy_page, "answer_days", answer_days),
    JSON_TEXT_LIST(struct policy_page, "conditions", conditions, condition_count),
    JSON_TEXT_LIST(struct policy_page, "documents", documents, document_count),
};
const struct json_shape shape_policy = JSON_SHAPE(struct policy_page, "Policy", policy_members);

/* ---- what can be chosen ---- */

static struct list_choices form_choices(struct request *rq)
{
    struct choice_view *items = ARENA_ARRAY(rq->arena, struct choice_view, LEGAL_FORM__MAX);

    for (enum legal_form form = 0; form < LEGAL_FORM__MAX; form++)
        items[form] = (struct choice_view){
            legal_form_code(form), text_capital(rq->arena, legal_form_words(form).in[rq->lang]),
            false};
    return (struct list_choices){items, LEGAL_FORM__MAX};
}

static struct list_choices benefit_choices(struct request *rq)
{
    struct choice_view *items = ARENA_ARRAY(rq->arena, struct choice_view, BENEFIT__MAX);

    for (enum benefit benefit = 0; benefit < BENEFIT__MAX; benefit++)
        items[benefit] = (struct choice_view){
            benefit_code(benefit), text_capital(rq->arena, benefit_words(benefit).in[rq->lang]),
            false};
    return (struct list_choices){items, BENEFIT__MAX};
}

/* ---- which are listed ---- */

static bool is_in_force(const struct policy *policy, day on)
{
    return policy->from <= on && (policy->to == DAY_NONE || on <= policy->to);
}

/* Somebody of whom nothing but the form is known ("": not even that). */
static const struct applicant *applicant_of(struct request *rq, const char *form)
{
    const struct catalogue *catalogue = rq->site->loaded.catalogue;
    struct value *values = ARENA_ARRAY(rq->arena, struct value, catalogue->facts->count + 1);
    size_t fact = facts_find(catalogue->facts, "form");

    if (*form && fact != MAP_NONE)
        values[fact] = value_text(form);
    return applicant_new(rq->arena, catalogue, values, DAY_NONE, today(), NULL);
}

/* A policy is for a form if its conditions do not refuse everybody of that form. */
static bool is_for(struct request *rq, const struct applicant *applicant,
                   const struct policy *policy)
{
    struct policy_match match;

    policy_match_one(applicant, policy, rq->arena, &match);
    return match.verdict != VERDICT_NOT_ELIGIBLE;
}

static bool is_listed(struct request *rq, const struct list_view *list,
                      const struct applicant *applicant, const struct policy *policy)
{
    const char *form = list->chosen[FILTER_FORM], *benefit = list->chosen[FILTER_BENEFIT];

    return is_in_force(policy, applicant->on) &&
           (!*benefit || strcmp(benefit, benefit_code(policy->benefit)) == 0) &&
           (!*form || is_for(rq, applicant, policy));
}

/* ---- in which order ---- */

struct listed {
    const struct policy *policy;
    struct policy_item line;
    const char *key, *name; /* to sort by, and where that is the same */
};

static int ascending(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int order = strcmp(x->key, y->key);

    return order ? order : strcmp(x->name, y->name);
}

static int descending(const void *a, const void *b)
{
    return ascending(b, a);
}

static struct listed listed_of(struct request *rq, const struct policy *policy, size_t sort)
{
    struct listed item = {
        .policy = policy,
        .line = {.id = policy->id,
                 .name = policy->name.in[rq->lang],
                 .benefit = text_capital(rq->arena, benefit_words(policy->benefit).in[rq->lang]),
                 .citation = policy_citation(policy, policy->article, rq->lang, rq->arena),
                 .from = text_of_day(rq->arena, policy->from)},
    };
    const char *keys[COLUMNS] = {
        [COLUMN_NAME] = "",
        [COLUMN_BENEFIT] = item.line.benefit,
        [COLUMN_LAW] = item.line.citation,
        [COLUMN_FROM] = arena_printf(rq->arena, "%08ld", (long)policy->from),
    };

    item.key = text_fold(rq->arena, keys[sort]);
    item.name = text_fold(rq->arena, item.line.name);
    return item;
}

static size_t find(struct request *rq, const struct list_view *list, struct listed *found)
{
    const struct catalogue *catalogue = rq->site->loaded.catalogue;
    const struct applicant *applicant = applicant_of(rq, list->chosen[FILTER_FORM]);
    size_t count = 0;

    for (size_t i = 0; i < catalogue->count; i++) {
        if (is_listed(rq, list, applicant, catalogue->policies[i]))
            found[count++] = listed_of(rq, catalogue->policies[i], list->sort);
    }
    qsort(found, count, sizeof(*found), list->is_descending ? descending : ascending);
    return count;
}

/* ---- the list ---- */

static struct list_row row_of(struct request *rq, const struct policy_item *line)
{
    const char **cells = ARENA_ARRAY(rq->arena, const char *, COLUMNS);

    cells[COLUMN_NAME] = line->name;
    cells[COLUMN_BENEFIT] = line->benefit;
    cells[COLUMN_LAW] = line->citation;
    cells[COLUMN_FROM] = line->from;
    return (struct list_row){path_page_policy(rq->arena, line->id), cells};
}

static void fill(struct request *rq, const struct listed *found, struct list_window window,
                 struct list_view *list, struct policies_page *page)
{
    struct list_row *rows = ARENA_ARRAY(rq->arena, struct list_row, window.count + 1);
    struct policy_item *lines = ARENA_ARRAY(rq->arena, struct policy_item, window.count + 1);

    for (size_t i = 0; i < window.count; i++) {
        lines[i] = found[window.first + i].line;
        rows[i] = row_of(rq, &lines[i]);
    }
    list->rows = rows;
    *page = (struct policies_page){list->total, list->page, list->pages, lines, window.count, list};
}

static enum work_queue show_list(struct request *rq)
{
    struct list_view *list = rq->page;
    struct listed *found = ARENA_ARRAY(rq->arena, struct listed, POLICIES_MAX);
    struct policies_page page;
    struct layout layout;

    fill(rq, found, list_window(list, find(rq, list, found)), list, &page);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_policies, &page);
    layout = request_layout(rq, WEB_policies_title);
    request_page(rq, 200);
    view_policies(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* Whom policies are for takes a match of each of them: milliseconds, which are not for the threads
 * that serve connections. */
enum work_queue page_policies(struct request *rq)
{
    struct list_view *list = ARENA_NEW(rq->arena, struct list_view);
    struct list_choices *choices = ARENA_ARRAY(rq->arena, struct list_choices, FILTERS);

    choices[FILTER_FORM] = form_choices(rq);
    choices[FILTER_BENEFIT] = benefit_choices(rq);
    list_read(rq, &policies_kind, path_page_policies(rq->arena), choices, list);
    rq->page = list;
    return *list->chosen[FILTER_FORM] ? request_go(rq, QUEUE_SLOW, show_list) : show_list(rq);
}

/* ---- one of them ---- */

static const char *const *conditions_of(struct request *rq, const struct policy *policy)
{
    const struct applicant *applicant = applicant_of(rq, "");
    const char **list = ARENA_ARRAY(rq->arena, const char *, policy->condition_count + 1);

    for (size_t i = 0; i < policy->condition_count; i++)
        list[i] =
            condition_bare_words(applicant, policy, &policy->conditions[i], rq->lang, rq->arena);
    return list;
}

static const char *const *documents_of(struct request *rq, const struct policy *policy)
{
    const char **list = ARENA_ARRAY(rq->arena, const char *, policy->document_count + 1);

    for (size_t i = 0; i < policy->document_count; i++)
        list[i] = policy->documents[i].in[rq->lang];
    return list;
}

/* "Ngân sách nhà nước, quỹ" */
static const char *funding_of(struct request *rq, const struct policy *policy)
{
    const char *text = "";

    for (enum funding funding = 0; funding < FUNDING__MAX; funding++) {
        if (policy->funding & 1u << funding)
            text = arena_printf(rq->arena, "%s%s%s", text, *text ? ", " : "",
                                funding_words(funding).in[rq->lang]);
    }
    return *text ? text_capital(rq->arena, text) : NULL;
}

static struct policy_page describe(struct request *rq, const struct policy *policy)
{
    bool is_open = policy->open == OPEN_YES, is_read = policy->certainty == CERTAINTY_READ;

    return (struct policy_page){
        .id = policy->id,
        .name = policy->name.in[rq->lang],
        .summary = policy->summary.in[rq->lang],
        .benefit = text_capital(rq->arena, benefit_words(policy->benefit).in[rq->lang]),
        .funding = funding_of(rq, policy),
        .citation = policy_citation(policy, policy->article, rq->lang, rq->arena),
        .from = text_of_day(rq->arena, policy->from),
        .to = policy->to == DAY_NONE ? NULL : text_of_day(rq->arena, policy->to),
        .apply_at = policy->apply_at.in[rq->lang],
        .open = is_open ? NULL : text_capital(rq->arena, openness_words(policy->open).in[rq->lang]),
        .certainty = is_read
                         ? NULL
                         : text_capital(rq->arena, certainty_words(policy->certainty).in[rq->lang]),
        .answer_days = policy->answer_days,
        .conditions = conditions_of(rq, policy),
        .condition_count = policy->condition_count,
        .documents = documents_of(rq, policy),
        .document_count = policy->document_count,
    };
}

enum work_queue page_policy(struct request *rq)
{
    const struct policy *policy = catalogue_find(rq->site->loaded.catalogue, rq->segment);
    struct policy_page page;
    struct layout layout;

    if (!policy || policy->is_example || !is_in_force(policy, today()))
        return request_not_found(rq);
    page = describe(rq, policy);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_policy, &page);
    layout = request_layout(rq, WEB_policies_title);
    layout.title = page.name;
    request_page(rq, 200);
    view_policy(&rq->view, &layout, &page);
    return QUEUE_DONE;
}
