/* Acts on all that is filtered: which one is chosen, and a run of it is made to be looked at. */
#include "queue_list.h"
#include "web/officer/bulk_page.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "app/accounts.h"
#include "app/review/bulk.h"
#include "base/array.h"
#include "web_paths.h"
#include "web_views.h"

/* ---- for programs ---- */

static const struct json_member act_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct bulk_act_view, "act", code),
    JSON_VALUE(MEMBER_TEXT, struct bulk_act_view, "name", name),
    JSON_VALUE(MEMBER_SIZE, struct bulk_act_view, "able", able),
};
const struct json_shape shape_bulk_act =
    JSON_SHAPE(struct bulk_act_view, "DeskBulkAct", act_members);

static const struct json_member choose_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct bulk_choose_page, "token", token),
    JSON_VALUE(MEMBER_SIZE, struct bulk_choose_page, "total", total),
    JSON_VALUE(MEMBER_TEXT, struct bulk_choose_page, "filters", filters),
    JSON_PARTS(struct bulk_choose_page, "acts", acts, act_count, &shape_bulk_act),
};
const struct json_shape shape_bulk_choose =
    JSON_SHAPE(struct bulk_choose_page, "DeskBulkChoose", choose_members);

/* ---- what can be chosen ---- */

/* What was sent, or nothing yet. */
struct wanted {
    const char *query, *act, *account, *reason;
};

static void fill_acts(struct request *rq, const struct bulk_counts *counts,
                      const struct wanted *choice, struct bulk_choose_page *page)
{
    struct bulk_act_view *acts = ARENA_ARRAY(rq->arena, struct bulk_act_view, BULK_KIND__MAX);

    for (int kind = 0; kind < BULK_KIND__MAX; kind++) {
        const struct bulk_rule *rule = &bulk_rules[kind];

        if (permission(&rq->desk.account, case_rules[rule->act].right) == REACH_NONE)
            continue;
        acts[page->act_count++] =
            (struct bulk_act_view){.code = rule->code,
                                   .name = rule->name.in[rq->lang],
                                   .able = counts->able[kind],
                                   .is_chosen = strcmp(choice->act, rule->code) == 0};
        page->may_give |= kind == BULK_GIVE;
    }
    page->acts = acts;
}

/* Those who review; where one may not give, nobody is named. */
static enum status fill_accounts(struct request *rq, const struct wanted *choice,
                                 struct bulk_choose_page *page, struct err *err)
{
    struct account *list;
    struct choice_view *choices;
    size_t count;
    enum status status;

    if (!page->may_give)
        return OK;
    status = accounts_list(&rq->app, rq->arena, &list, &count, err);
    if (status != OK)
        return status;
    choices = ARENA_ARRAY(rq->arena, struct choice_view, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *id = arena_printf(rq->arena, "%lld", (long long)list[i].id);

        if (permission(&list[i], ACT_REVIEW_CASES) != REACH_NONE)
            choices[page->account_count++] = (struct choice_view){
                id, list[i].full_name, strcmp(choice->account, id) == 0};
    }
    page->accounts = choices;
    return OK;
}

#define RUNS_SHOWN 5

static enum status fill_runs(struct request *rq, struct bulk_choose_page *page, struct err *err)
{
    static const enum web_text states[BULK_STATE__MAX] = {
        [BULK_READY] = WEB_bulk_row_waiting,   [BULK_RUNNING] = WEB_bulk_row_waiting,
        [BULK_DONE] = WEB_bulk_row_done,       [BULK_UNDOING] = WEB_bulk_row_undone,
        [BULK_UNDONE] = WEB_bulk_row_undone};
    struct bulk_run *list;
    struct bulk_run_view *runs;
    enum status status =
        bulk_mine(&rq->app, RUNS_SHOWN, rq->arena, &list, &page->run_count, err);

    if (status != OK)
        return status;
    runs = ARENA_ARRAY(rq->arena, struct bulk_run_view, page->run_count + 1);
    for (size_t i = 0; i < page->run_count; i++) {
        enum bulk_kind kind = bulk_find(list[i].act);
        const char *name = kind == BULK_KIND__MAX ? list[i].act
                                                  : bulk_rules[kind].name.in[rq->lang];
        const char *const values[] = {arena_printf(rq->arena, "%lld", (long long)list[i].id),
                                      name};

        runs[i] = (struct bulk_run_view){
            .id = list[i].id,
            .name = web_tr(rq->lang, WEB_bulk_run_title, rq->arena, values, ARRAY_SIZE(values)),
            .made_at = time_and_day(rq->arena, list[i].made_at),
            .state = tr(rq, states[list[i].state])};
    }
    page->runs = runs;
    return OK;
}

static enum work_queue show(struct request *rq, unsigned status, const struct wanted *choice,
                            const struct form_faults *faults)
{
    struct desk_layout layout = desk_layout(rq, WEB_bulk_title);
    struct bulk_choose_page page = {.token = rq->form_token,
                                    .faults = faults,
                                    .query = choice->query,
                                    .reason = choice->reason};
    struct queue_asked asked;
    struct bulk_counts counts;
    struct err err;

    queue_read(rq, choice->query, &asked);
    if (bulk_count(&rq->app, &asked.filter, rq->arena, &counts, &err) != OK)
        return request_error(rq, &err);
    page.filters = queue_words(rq, &asked);
    page.total = counts.total;
    page.back = queue_with(rq, &asked, path_page_queue(rq->arena));
    fill_acts(rq, &counts, choice, &page);
    if (fill_accounts(rq, choice, &page, &err) != OK || fill_runs(rq, &page, &err) != OK)
        return request_error(rq, &err);
    layout.is_wide = true;
    layout.layout.has_fault = faults->count > 0;
    if (rq->wants_json)
        return faults->count ? request_faults_json(rq, faults)
                             : request_reply(rq, status, &shape_bulk_choose, &page);
    request_page(rq, status);
    view_bulk_choose(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_bulk(struct request *rq)
{
    static const struct form_faults none;
    const struct wanted choice = {rq->x->request.query, "", "", ""};

    return show(rq, 200, &choice, &none);
}

/* ---- made, to be looked at ---- */

static enum work_queue show_fault(struct request *rq, const struct wanted *choice,
                                  const char *field, const char *text)
{
    struct form_faults *faults = ARENA_NEW(rq->arena, struct form_faults);

    form_fault_add(faults, field, tr(rq, WEB_bulk_what), text);
    rq->must_undo = true;
    return show(rq, 422, choice, faults);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static enum work_queue make(struct request *rq, const struct wanted *choice)
{
    struct bulk_wish wish = {.kind = bulk_find(choice->act),
                             .target = strtoll(choice->account, NULL, 10),
                             .reason = choice->reason};
    struct queue_asked asked;
    struct err err;
    int64_t id;

    if (wish.kind == BULK_KIND__MAX)
        return show_fault(rq, choice, "viec", tr(rq, WEB_bulk_nothing_chosen));
    queue_read(rq, choice->query, &asked);
    wish.query = choice->query;
    wish.filter = asked.filter;
    if (wish.kind != BULK_GIVE)
        wish.target = 0;
    if (bulk_make(&rq->app, &wish, rq->arena, &id, &err) == OK)
        return request_redirect(rq, path_page_bulk_run(rq->arena, id));
    return err.status == BAD_INPUT
               ? show_fault(rq, choice, wish.kind == BULK_GIVE ? "account" : "reason",
                            arena_strdup(rq->arena, err.text[rq->lang]))
               : request_error(rq, &err);
}

enum { FIELD_QUERY, FIELD_ACT, FIELD_ACCOUNT, FIELD_REASON, FIELDS };

enum work_queue post_bulk(struct request *rq)
{
    struct field fields[FIELDS] = {
        [FIELD_QUERY] = {.name = "query", .max = 1000},
        [FIELD_ACT] = {.name = "act", .max = 20},
        [FIELD_ACCOUNT] = {.name = "account", .max = 20},
        [FIELD_REASON] = {.name = "reason", .max = CASE_NOTE_BYTES_MAX},
    };
    struct wanted choice;

    if (!request_form(rq, fields, FIELDS))
        return QUEUE_DONE;
    choice = (struct wanted){or_empty(fields[FIELD_QUERY].value), or_empty(fields[FIELD_ACT].value),
                             or_empty(fields[FIELD_ACCOUNT].value),
                             or_empty(fields[FIELD_REASON].value)};
    return make(rq, &choice);
}
