/* Answers to be looked over: of one section, and of all before they are submitted. */
#include "controls.h"
#include "web/handlers.h"

#include <string.h>

#include "web/kit/views_json.h"
#include "web_views.h"

/* Of the wording of consent (src/web/texts/consent.json): a changed wording gets another. */
#define CONSENT_VERSION "2026-11"

/* ---- answers as people read them ---- */

static struct answer_view fact_answer(const struct visit *v, size_t page, size_t fact)
{
    const struct facts *facts = v->site->surveys.facts;
    const struct value *value = &v->filled.response->values[fact];

    return (struct answer_view){.label = facts->items[fact].label.in[v->lang],
                                .value = fact_print(facts, fact, value, today(), v->lang, v->arena),
                                .kind = "thong-tin",
                                .number = (int64_t)page + 1,
                                .anchor = facts->items[fact].id,
                                .is_open = value->kind == VALUE_UNKNOWN};
}

static struct answers_view facts_answers(const struct visit *v)
{
    const struct surveys *surveys = &v->site->surveys;
    struct answer_view *items = ARENA_ARRAY(v->arena, struct answer_view, surveys->facts->count);
    struct answers_view view = {.title = say(v, WEB_facts_title), .items = items};

    for (size_t i = 0; i < surveys->fact_page_count; i++) {
        for (size_t k = 0; k < surveys->fact_pages[i].count; k++)
            items[view.count++] = fact_answer(v, i, surveys->fact_pages[i].facts[k]);
    }
    return view;
}

static struct answer_view question_answer(const struct visit *v, size_t question)
{
    const struct question *q = &v->filled.survey->q->questions[question];
    const struct answer *answer = &v->filled.response->answers[question];
    const char *text = answer_print(q, answer, v->lang, v->arena);

    return (struct answer_view){
        .label = q->label.in[v->lang],
        .value = *text ? text : say(v, WEB_not_answered),
        .kind = "trang",
        .number = (int64_t)question_page_of(&v->filled.survey->pages, question) + 1,
        .anchor = arena_printf(v->arena, "q.%s", q->id),
        .is_open = !answer_is_settled(q, answer)};
}

static struct answers_view dimension_answers(const struct visit *v, size_t index)
{
    const struct dimension *dimension = &v->filled.survey->q->dimensions[index];
    struct answer_view *items =
        ARENA_ARRAY(v->arena, struct answer_view, dimension->question_count + 1);
    struct answers_view view = {
        .title = dimension->name.in[v->lang], .section = (int64_t)index + 1, .items = items};

    for (size_t i = 0; i < dimension->question_count; i++) {
        size_t question = dimension->first_question + i;

        if (v->filled.response->answers[question].is_active)
            items[view.count++] = question_answer(v, question);
    }
    return view;
}

static void collect_open(const struct visit *v, struct check_page *page)
{
    size_t room = 0, count = 0;
    struct answer_view *open;

    for (size_t i = 0; i < page->group_count; i++)
        room += page->groups[i].count;
    open = ARENA_ARRAY(v->arena, struct answer_view, room + 1);
    for (size_t i = 0; i < page->group_count; i++) {
        for (size_t k = 0; k < page->groups[i].count; k++) {
            if (page->groups[i].items[k].is_open && page->groups[i].section > 0)
                open[count++] = page->groups[i].items[k];
        }
    }
    page->open = open;
    page->open_count = count;
}

static void write_json(struct visit *v, const struct check_page *page)
{
    struct json_writer w;

    visit_json(v, page->faults->count ? 422 : 200, &w);
    json_begin_object(&w);
    json_member_string(&w, "reference", v->reference);
    json_member_string(&w, "token", v->form_token);
    json_member_int(&w, "open", (int64_t)page->open_count);
    if (page->consent_version)
        json_member_string(&w, "consent_version", page->consent_version);
    else
        json_member_bool(&w, "done", page->is_done);
    json_answers(&w, page->groups, page->group_count);
    visit_write_faults(&w, page->faults);
    json_end_object(&w);
}

/* ---- one section ---- */

static int64_t next_section(const struct visit *v, size_t index)
{
    const struct questionnaire *q = v->filled.survey->q;

    for (size_t i = index + 1; i < q->dimension_count; i++) {
        if (progress_of(v->filled.response, q->dimensions[i].first_question,
                        q->dimensions[i].question_count)
                .shown)
            return (int64_t)i + 1;
    }
    return 0;
}

enum work_queue page_section(struct visit *v)
{
    size_t index = (size_t)v->number - 1;
    struct answers_view group;
    static const struct form_faults none;
    struct check_page page = {.reference = v->reference, .faults = &none, .section = v->number};
    struct layout layout = visit_layout(v, WEB_section_title);

    if (v->number < 1 || index >= v->filled.survey->q->dimension_count)
        return visit_not_found(v);
    group = dimension_answers(v, index);
    page.groups = &group;
    page.group_count = 1;
    page.is_done = v->filled.done >> v->number & 1;
    page.was_submitted = !filled_is_open(&v->filled);
    page.next_section = next_section(v, index);
    collect_open(v, &page);
    if (v->wants_json) {
        write_json(v, &page);
        return QUEUE_DONE;
    }
    layout.title = group.title;
    layout.form = page.was_submitted ? NULL : "page";
    visit_page(v, 200);
    view_section(&v->view, &layout, &page);
    return QUEUE_DONE;
}

/* The first page of the section after this one, or the list of tasks. */
static enum work_queue to_next(struct visit *v, int64_t section)
{
    const struct question_pages *pages = &v->filled.survey->pages;

    for (size_t i = 0; section && i < pages->count; i++) {
        if (pages->items[i].dimension == (size_t)section - 1)
            return visit_redirect(v, "/ho-so/%s/trang/%zu", v->reference, i + 1);
    }
    return visit_redirect(v, "/ho-so/%s", v->reference);
}

enum work_queue post_section(struct visit *v)
{
    struct field done = {.name = "done", .max = 10};
    uint32_t bit = (uint32_t)1 << (v->number & 31);
    struct err err;

    if (v->number < 1 || (size_t)v->number > v->filled.survey->q->dimension_count)
        return visit_not_found(v);
    if (!visit_form(v, &done, 1))
        return QUEUE_DONE;
    if (v->stays || !filled_is_open(&v->filled))
        return visit_redirect(v, "/ho-so/%s/phan/%lld", v->reference, (long long)v->number);
    if (done.value && strcmp(done.value, "yes") == 0)
        v->filled.done |= bit;
    else
        v->filled.done &= ~bit;
    if (filled_save(&v->site->desk, &v->filled, v->arena, &err) != OK)
        return visit_error(v, &err);
    return v->filled.done & bit ? to_next(v, next_section(v, (size_t)v->number - 1))
                                : visit_redirect(v, "/ho-so/%s", v->reference);
}

/* ---- everything, and consent ---- */

static void show_check(struct visit *v, const struct form_faults *faults)
{
    const struct questionnaire *q = v->filled.survey->q;
    struct answers_view *groups =
        ARENA_ARRAY(v->arena, struct answers_view, q->dimension_count + 1);
    struct check_page page = {.reference = v->reference,
                              .section = -1,
                              .groups = groups,
                              .faults = faults,
                              .was_submitted = v->filled.dossier.assessment != 0,
                              .consent_version = CONSENT_VERSION};
    struct layout layout = visit_layout(v, WEB_check_title);

    groups[page.group_count++] = facts_answers(v);
    for (size_t i = 0; i < q->dimension_count; i++) {
        struct answers_view group = dimension_answers(v, i);

        if (group.count)
            groups[page.group_count++] = group;
    }
    collect_open(v, &page);
    if (v->wants_json) {
        write_json(v, &page);
        return;
    }
    layout.form = "page";
    layout.has_fault = faults->count > 0;
    visit_page(v, faults->count ? 422 : 200);
    view_check(&v->view, &layout, &page);
}

enum work_queue page_check(struct visit *v)
{
    static const struct form_faults none;

    if (!filled_is_open(&v->filled))
        return visit_redirect(v, "/ho-so/%s/ket-qua", v->reference);
    show_check(v, &none);
    return QUEUE_DONE;
}

static enum work_queue refuse_submit(struct visit *v, const char *field, enum web_text label,
                               const char *text)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, field, say(v, label), text);
    show_check(v, &faults);
    return QUEUE_DONE;
}

enum work_queue post_check(struct visit *v)
{
    struct field consent = {.name = "consent", .max = 1};
    struct err err;
    enum status status;

    if (!visit_form(v, &consent, 1))
        return QUEUE_DONE;
    if (v->stays)
        return visit_redirect(v, "/ho-so/%s/kiem-tra", v->reference);
    /* A second click, or "back" and again: the same receipt. */
    if (v->filled.dossier.state == DOSSIER_SUBMITTED)
        return visit_redirect(v, "/ho-so/%s/ket-qua", v->reference);
    if (!consent.value || !*consent.value)
        return refuse_submit(v, "consent", WEB_consent_label, say(v, WEB_consent_needed));
    status = filled_submit(&v->site->desk, &v->filled, CONSENT_VERSION, v->arena, &err);
    if (status == BAD_INPUT)
        return refuse_submit(v, "tax_code", WEB_facts_title, err.text[v->lang]);
    return status == OK ? visit_redirect(v, "/ho-so/%s/ket-qua", v->reference)
                        : visit_error(v, &err);
}
