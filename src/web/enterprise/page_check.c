/* Answers to be looked over: of one section, and of all before they are submitted. */
#include "asked.h"
#include "controls.h"
#include "web/handlers.h"

#include <string.h>

#include "web/enterprise/replies.h"
#include "web_paths.h"
#include "web_views.h"

/* Of the wording of consent (src/web/texts/consent.json): a changed wording gets another. */
#define CONSENT_VERSION "2026-11"

/* ---- answers as people read them ---- */

static struct answer_view fact_answer(const struct request *rq, const struct unlocked *unlocked,
                                      size_t page, size_t fact)
{
    const struct facts *facts = rq->site->loaded.facts;
    const struct value *value = &rq->opened.response->values[fact];
    int64_t number = (int64_t)page + 1;

    return (struct answer_view){.label = facts->items[fact].label.in[rq->lang],
                                .value =
                                    fact_print(facts, fact, value, today(), rq->lang, rq->arena),
                                .path = path_page_facts(rq->arena, rq->reference, number),
                                .kind = "thong-tin",
                                .number = number,
                                .anchor = facts->items[fact].id,
                                .is_open = value->kind == VALUE_UNKNOWN,
                                .is_locked = !unlocked->all};
}

static void count_settled(struct answers_view *view)
{
    for (size_t i = 0; i < view->count; i++)
        view->settled += !view->items[i].is_open;
}

static struct answers_view facts_answers(const struct request *rq, const struct unlocked *unlocked)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    struct answer_view *items = ARENA_ARRAY(rq->arena, struct answer_view, loaded->facts->count);
    struct answers_view view = {.title = tr(rq, WEB_facts_title), .items = items};

    for (size_t i = 0; i < loaded->fact_page_count; i++) {
        for (size_t k = 0; k < loaded->fact_pages[i].count; k++)
            items[view.count++] = fact_answer(rq, unlocked, i, loaded->fact_pages[i].facts[k]);
    }
    count_settled(&view);
    return view;
}

static struct answer_view question_answer(const struct request *rq, const struct unlocked *unlocked,
                                          size_t question)
{
    const struct question *q = &rq->opened.survey->q->questions[question];
    const struct answer *answer = &rq->opened.response->answers[question];
    const char *text = answer_print(q, answer, rq->lang, rq->arena);
    int64_t number = (int64_t)question_page_of(&rq->opened.survey->pages, question) + 1;

    return (struct answer_view){.label = q->label.in[rq->lang],
                                .value = *text ? text : tr(rq, WEB_not_answered),
                                .path = path_page_questions(rq->arena, rq->reference, number),
                                .kind = "trang",
                                .number = number,
                                .anchor = arena_printf(rq->arena, "q.%s", q->id),
                                .is_open = !answer_is_settled(q, answer),
                                .is_locked = !unlocked_answer(unlocked, question)};
}

static struct answers_view dimension_answers(const struct request *rq,
                                             const struct unlocked *unlocked, size_t index)
{
    const struct dimension *dimension = &rq->opened.survey->q->dimensions[index];
    struct answer_view *items =
        ARENA_ARRAY(rq->arena, struct answer_view, dimension->question_count + 1);
    struct answers_view view = {
        .title = dimension->name.in[rq->lang], .section = (int64_t)index + 1, .items = items};

    for (size_t i = 0; i < dimension->question_count; i++) {
        size_t question = dimension->first_question + i;

        if (rq->opened.response->answers[question].is_active)
            items[view.count++] = question_answer(rq, unlocked, question);
    }
    count_settled(&view);
    return view;
}

/* What is open of the facts, or of the questions; returns how many. */
static size_t list_open(const struct request *rq, const struct check_page *page, bool is_facts,
                        const struct answer_view **out)
{
    size_t room = 0, count = 0;
    struct answer_view *open;

    for (size_t i = 0; i < page->group_count; i++)
        room += page->groups[i].count;
    open = ARENA_ARRAY(rq->arena, struct answer_view, room + 1);
    for (size_t i = 0; i < page->group_count; i++) {
        for (size_t k = 0; k < page->groups[i].count; k++) {
            if (page->groups[i].items[k].is_open && (page->groups[i].section == 0) == is_facts)
                open[count++] = page->groups[i].items[k];
        }
    }
    *out = open;
    return count;
}

static void collect_open(const struct request *rq, struct check_page *page)
{
    page->open_count = list_open(rq, page, false, &page->open);
    page->open_fact_count = list_open(rq, page, true, &page->open_facts);
}

static bool is_all(const void *view)
{
    return ((const struct check_page *)view)->consent_version != NULL;
}

static bool is_one(const void *view)
{
    return !is_all(view);
}

static const struct json_member check_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct check_page, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct check_page, "token", token),
    JSON_VALUE(MEMBER_SIZE, struct check_page, "open", open_count),
    {.name = "open_facts",
     .type = MEMBER_SIZE,
     .offset = offsetof(struct check_page, open_fact_count),
     .has = is_all},
    {.name = "consent_version",
     .type = MEMBER_TEXT,
     .offset = offsetof(struct check_page, consent_version),
     .has = is_all},
    {.name = "done",
     .type = MEMBER_FLAG,
     .offset = offsetof(struct check_page, is_done),
     .has = is_one},
    JSON_PARTS(struct check_page, "groups", groups, group_count, &shape_answers),
    JSON_WRITTEN(struct check_page, "faults", faults, json_write_faults, &shape_fault),
};
const struct json_shape shape_check = JSON_SHAPE(struct check_page, "Answers", check_members);

/* ---- one section ---- */

static int64_t next_section(const struct request *rq, size_t index)
{
    const struct questionnaire *q = rq->opened.survey->q;

    for (size_t i = index + 1; i < q->dimension_count; i++) {
        if (progress_of(rq->opened.response, q->dimensions[i].first_question,
                        q->dimensions[i].question_count)
                .shown)
            return (int64_t)i + 1;
    }
    return 0;
}

enum work_queue page_section(struct request *rq)
{
    size_t index = (size_t)rq->number - 1;
    struct answers_view group;
    static const struct form_faults none;
    struct check_page page = {.token = rq->form_token,
                              .reference = rq->reference,
                              .faults = &none,
                              .section = rq->number};
    struct layout layout = request_layout(rq, WEB_section_title);
    struct unlocked unlocked;
    struct err err;

    if (rq->number < 1 || index >= rq->opened.survey->q->dimension_count)
        return request_not_found(rq);
    if (open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, &unlocked, &err) != OK)
        return request_error(rq, &err);
    group = dimension_answers(rq, &unlocked, index);
    page.groups = &group;
    page.group_count = 1;
    page.is_done = rq->opened.done >> rq->number & 1;
    page.was_submitted = !open_dossier_is_open(&rq->opened);
    page.is_returned = rq->opened.dossier.state == DOSSIER_RETURNED;
    page.next_section = next_section(rq, index);
    collect_open(rq, &page);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_check, &page);
    layout.title = group.title;
    layout.form = page.was_submitted ? NULL : "page";
    request_page(rq, 200);
    view_section(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* The first page of the section after this one, or the list of tasks. */
static enum work_queue to_next(struct request *rq, int64_t section)
{
    const struct question_pages *pages = &rq->opened.survey->pages;

    for (size_t i = 0; section && i < pages->count; i++) {
        if (pages->items[i].dimension == (size_t)section - 1)
            return request_redirect(rq,
                                    path_page_questions(rq->arena, rq->reference, (int64_t)i + 1));
    }
    return request_redirect(rq, path_page_tasks(rq->arena, rq->reference));
}

enum work_queue post_section(struct request *rq)
{
    struct field done = {.name = "done", .max = 10};
    uint32_t bit = (uint32_t)1 << (rq->number & 31);
    struct err err;

    if (rq->number < 1 || (size_t)rq->number > rq->opened.survey->q->dimension_count)
        return request_not_found(rq);
    if (!request_form(rq, &done, 1))
        return QUEUE_DONE;
    if (rq->stays || !open_dossier_is_open(&rq->opened))
        return request_redirect(rq, path_page_section(rq->arena, rq->reference, rq->number));
    if (done.value && strcmp(done.value, "yes") == 0)
        rq->opened.done |= bit;
    else
        rq->opened.done &= ~bit;
    if (open_dossier_save(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return rq->opened.done & bit ? to_next(rq, next_section(rq, (size_t)rq->number - 1))
                                 : request_redirect(rq, path_page_tasks(rq->arena, rq->reference));
}

/* ---- everything, and consent ---- */

static enum work_queue show_check(struct request *rq, const struct form_faults *faults)
{
    const struct questionnaire *q = rq->opened.survey->q;
    struct answers_view *groups =
        ARENA_ARRAY(rq->arena, struct answers_view, q->dimension_count + 1);
    struct check_page page = {.token = rq->form_token,
                              .reference = rq->reference,
                              .section = -1,
                              .groups = groups,
                              .faults = faults,
                              .was_submitted = rq->opened.dossier.assessment != 0,
                              .is_returned = rq->opened.dossier.state == DOSSIER_RETURNED,
                              .consent_version = CONSENT_VERSION};
    struct layout layout = request_layout(rq, WEB_check_title);
    struct unlocked unlocked;
    struct err err;

    if (open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, &unlocked, &err) != OK)
        return request_error(rq, &err);
    groups[page.group_count++] = facts_answers(rq, &unlocked);
    for (size_t i = 0; i < q->dimension_count; i++) {
        struct answers_view group = dimension_answers(rq, &unlocked, i);

        if (group.count)
            groups[page.group_count++] = group;
    }
    collect_open(rq, &page);
    if (rq->wants_json)
        return request_reply(rq, faults->count ? 422 : 200, &shape_check, &page);
    layout.form = "page";
    layout.has_fault = faults->count > 0;
    request_page(rq, faults->count ? 422 : 200);
    view_check(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_check(struct request *rq)
{
    static const struct form_faults none;

    if (!open_dossier_is_open(&rq->opened))
        return request_redirect(rq, path_page_result(rq->arena, rq->reference));
    return show_check(rq, &none);
}

static enum work_queue refuse_submit(struct request *rq, const char *field, enum web_text label,
                                     const char *text)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, field, tr(rq, label), text);
    return show_check(rq, &faults);
}

enum work_queue post_check(struct request *rq)
{
    struct field consent = {.name = "consent", .max = 1};
    struct err err;
    enum status status;
    bool was_returned;

    if (!request_form(rq, &consent, 1))
        return QUEUE_DONE;
    if (rq->stays)
        return request_redirect(rq, path_page_check(rq->arena, rq->reference));
    /* A second click, or "back" and again: the same receipt. */
    if (rq->opened.dossier.state == DOSSIER_SUBMITTED)
        return request_redirect(rq, path_page_result(rq->arena, rq->reference));
    if (rq->opened.dossier.state == DOSSIER_REVIEWING)
        return request_redirect(rq, path_page_status(rq->arena, rq->reference));
    if (!consent.value || !*consent.value)
        return refuse_submit(rq, "consent", WEB_consent_label, tr(rq, WEB_consent_needed));
    was_returned = rq->opened.dossier.state == DOSSIER_RETURNED;
    status = open_dossier_submit(&rq->app, &rq->opened, CONSENT_VERSION, rq->arena, &err);
    if (status == BAD_INPUT)
        return refuse_submit(rq, "tax_code", WEB_facts_title, err.text[rq->lang]);
    if (status != OK)
        return request_error(rq, &err);
    return request_redirect(rq, was_returned ? path_page_status(rq->arena, rq->reference)
                                             : path_page_result(rq->arena, rq->reference));
}
