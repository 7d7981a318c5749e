/* Pages of facts and of questions: shown, saved, and saved in parts by the script. */
#include "asked.h"
#include "controls.h"
#include "progress.h"
#include "web/handlers.h"
#include "web/kit/page_meter.h"

#include <stdlib.h>
#include <string.h>

#include "web/enterprise/replies.h"
#include "web_paths.h"
#include "web_views.h"

/* One page that is filled in: which it is, and where it stands among the others. */
enum filling_kind {
    FILLING_FACTS,
    FILLING_PAGE,
    FILLING_QUESTION, /* one question alone, for who prefers that */
    FILLING_KIND__MAX
};

struct filling {
    enum filling_kind kind;
    size_t index, total;
    struct controls controls;
    size_t base, confirm, from, evidence; /* fields of the page */
};

static void declare(struct filling *f)
{
    f->base = controls_declare(&f->controls, "base", 8 * FORM_FIELDS_MAX);
    f->confirm = controls_declare(&f->controls, "confirm", 1);
    f->from = controls_declare(&f->controls, "from", 10);
    f->evidence = controls_declare(&f->controls, "evidence", FORM_NAME_BYTES_MAX);
}

/* How the script names a page: "trang/3". */
static const char *const kind_paths[FILLING_KIND__MAX] = {
    [FILLING_FACTS] = "thong-tin", [FILLING_PAGE] = "trang", [FILLING_QUESTION] = "cau"};

static struct path path_of(const struct request *rq, enum filling_kind kind, int64_t number)
{
    if (kind == FILLING_FACTS)
        return path_page_facts(rq->arena, rq->reference, number);
    return kind == FILLING_PAGE ? path_page_questions(rq->arena, rq->reference, number)
                                : path_page_question(rq->arena, rq->reference, number);
}

/* The questions of a form, or of its neighbour at another index. */
static struct question_page questions_at(const struct request *rq, const struct filling *f,
                                         size_t index)
{
    const struct question_pages *pages = &rq->opened.survey->pages;
    struct question_page page;

    if (f->kind == FILLING_PAGE)
        return pages->items[index];
    page = pages->items[question_page_of(pages, index)];
    page.first_question = index;
    page.count = 1;
    return page;
}

/* Which page a number is; its controls are made by find_form(). */
static bool find_place(const struct request *rq, struct filling *f, enum filling_kind kind,
                       int64_t number)
{
    const struct loaded_questionnaire *survey = rq->opened.survey;
    const size_t totals[FILLING_KIND__MAX] = {[FILLING_FACTS] = rq->site->loaded.fact_page_count,
                                              [FILLING_PAGE] = survey->pages.count,
                                              [FILLING_QUESTION] = survey->q->question_count};

    *f = (struct filling){.kind = kind, .index = (size_t)number - 1, .total = totals[kind]};
    return number >= 1 && f->index < f->total;
}

static bool find_form(struct request *rq, struct filling *f, enum filling_kind kind)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    struct question_page page;

    if (!find_place(rq, f, kind, rq->number))
        return false;
    if (kind == FILLING_FACTS) {
        controls_facts(&f->controls, rq, loaded->fact_pages[f->index].facts,
                       loaded->fact_pages[f->index].count);
    } else {
        page = questions_at(rq, f, f->index);
        controls_questions(&f->controls, rq, page.first_question, page.count);
    }
    declare(f);
    return true;
}

/* The page before or after that has questions which are shown; 0: there is none. */
static int64_t neighbour(const struct request *rq, const struct filling *f, int step)
{
    long at = (long)f->index + step;

    for (; at >= 0 && at < (long)f->total; at += step) {
        struct question_page page;

        if (f->kind == FILLING_FACTS)
            return at + 1;
        page = questions_at(rq, f, (size_t)at);
        if (question_page_is_shown(&page, rq->opened.response))
            return at + 1;
    }
    return 0;
}

static const char *bases_of(const struct request *rq, const struct control_view *views,
                            size_t count)
{
    const char *text = "";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(rq->arena, "%s%s", text, views[i].base);
    return text;
}

static void describe_questions(const struct request *rq, const struct filling *f,
                               struct form_page *page)
{
    const struct questionnaire *q = rq->opened.survey->q;
    const struct question_page at = questions_at(rq, f, f->index);

    page->heading = q->indicators[at.indicator].name.in[rq->lang];
    page->section = q->dimensions[at.dimension].name.in[rq->lang];
    if (strcmp(page->heading, page->section) == 0)
        page->section = NULL;
    page->first_question = at.first_question + 1;
    page->last_question = at.first_question + at.count;
    page->question_count = q->question_count;
    page->other = f->kind == FILLING_PAGE
                      ? path_of(rq, FILLING_QUESTION, (int64_t)at.first_question + 1)
                      : path_of(rq, FILLING_PAGE,
                                (int64_t)question_page_of(&rq->opened.survey->pages, f->index) + 1);
    page->is_single = f->kind == FILLING_QUESTION;
}

/* Files belong to questions, as long as their answers may be changed. */
static void offer_evidence(const struct request *rq, struct control_view *views, size_t count)
{
    const struct evidence *list;
    size_t evidence_count = 0;
    struct err err;

    if (open_dossier_evidence(&rq->app, &rq->opened, rq->arena, &list, &evidence_count, &err) != OK)
        evidence_count = 0;
    for (size_t i = 0; i < count; i++) {
        views[i].reference =
            views[i].evidence || views[i].kind == CONTROL_FILE ? rq->reference : NULL;
        for (size_t k = 0; k < evidence_count; k++)
            views[i].evidence_count += strcmp(list[k].question, views[i].name + 2) == 0;
    }
}

static void show_locked(struct request *rq, const struct filling *f,
                        const struct control_view *views, struct form_page *page)
{
    for (size_t i = 0; i < page->count; i++)
        page->locked_count += views[i].locked != NULL;
    page->unlocked = unlocked_words(rq, f->controls.unlocked);
}

static const char *from_of(const struct request *rq, const struct filling *f, bool was_sent)
{
    struct field from = {.name = "tu", .max = 10};

    if (was_sent)
        from.value = f->controls.fields[f->from].value;
    else
        query_read(rq->arena, rq->x->request.query, &from, 1);
    return from.value ? from.value : "";
}

static const struct json_member form_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct form_page, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct form_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct form_page, "base", bases),
    JSON_PARTS(struct form_page, "controls", controls, count, &shape_control),
    JSON_TEXT_LIST(struct form_page, "hides", hidden, hidden_count),
    JSON_WRITTEN(struct form_page, "faults", faults, json_write_faults, &shape_fault),
};
const struct json_shape shape_form = JSON_SHAPE(struct form_page, "Form", form_members);

/* Over all questions that are shown; minutes go with those that are left. */
static void fill_progress(const struct request *rq, struct form_page *page)
{
    struct progress_view all = progress_view_of(rq);

    page->progress = all;
    if (all.shown)
        page->minutes_left =
            ((size_t)rq->opened.survey->q->minutes * (all.shown - all.settled) + all.shown - 1) /
            all.shown;
}

static struct path path_back(const struct request *rq, const struct filling *f)
{
    int64_t before = neighbour(rq, f, -1);

    return before ? path_of(rq, f->kind, before) : path_page_tasks(rq->arena, rq->reference);
}

static enum work_queue show(struct request *rq, struct filling *f, bool was_sent)
{
    const struct control_view *views = controls_view(&f->controls, was_sent);
    struct control_view *own = (struct control_view *)(uintptr_t)views;
    unsigned status;
    struct layout layout =
        request_layout(rq, f->kind == FILLING_FACTS ? WEB_facts_title : WEB_questions_title);
    struct form_page page = {.token = rq->form_token,
                             .reference = rq->reference,
                             .path = path_of(rq, f->kind, rq->number),
                             .number = rq->number,
                             .total = (int64_t)f->total,
                             .heading = layout.title,
                             .faults = &f->controls.faults,
                             .controls = views,
                             .count = f->controls.count,
                             .back = path_back(rq, f),
                             .hidden = f->controls.hidden,
                             .hidden_count = f->controls.hidden_count,
                             .is_from_check = strcmp(from_of(rq, f, was_sent), "check") == 0,
                             .saved_at = time_of_day(rq->arena, rq->opened.dossier.changed_at)};

    page.bases = bases_of(rq, views, page.count);
    fill_progress(rq, &page);
    show_locked(rq, f, views, &page);
    if (f->kind != FILLING_FACTS) {
        describe_questions(rq, f, &page);
        offer_evidence(rq, own, page.count);
        show_asked(rq, f->controls.unlocked, own, &page);
        layout.title = arena_printf(
            rq->arena, "%s (%s/%zu)", page.heading,
            web_range(&(struct view){.arena = rq->arena}, page.first_question, page.last_question),
            page.question_count);
    }
    layout.form = "page";
    layout.has_fault = page.faults->count > 0;
    status = page.faults->count || page.hidden_count ? 422 : 200;
    if (rq->wants_json)
        return request_reply(rq, status, &shape_form, &page);
    request_page(rq, status);
    view_form(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* Of which page people stop, and where they err: counted, without a name. */
static void note_measure(struct request *rq, const struct filling *f, enum measure_kind kind)
{
    size_t pages = rq->opened.survey->pages.count, page = f->index;

    if (f->kind == FILLING_FACTS)
        page += pages;
    else if (f->kind == FILLING_QUESTION)
        page = question_page_of(&rq->opened.survey->pages, f->index);
    page_meter_note(rq->site->meter, rq->opened.survey, page, kind);
}

static enum work_queue refuse_closed(struct request *rq, const struct unlocked *unlocked)
{
    struct err err;

    if (rq->opened.dossier.state == DOSSIER_REVIEWING)
        return refuse_locked(rq, unlocked);
    err_set(&err, CONFLICT,
            "Hồ sơ đã nộp nên câu trả lời không đổi được nữa. Muốn sửa, hãy bấm \"Sửa câu trả "
            "lời\" ở trang tình trạng.",
            "The application was submitted, so answers cannot be changed any more. To change them, "
            "choose \"Change answers\" on the page of its status.");
    return request_error(rq, &err);
}

static enum work_queue show_page(struct request *rq, enum filling_kind kind)
{
    struct filling f;
    struct err err;

    if (!find_form(rq, &f, kind))
        return request_not_found(rq);
    if (controls_lock(&f.controls, &err) != OK)
        return request_error(rq, &err);
    if (!open_dossier_is_open(&rq->opened) && !is_asked_about(rq, &f.controls))
        return refuse_closed(rq, f.controls.unlocked);
    note_measure(rq, &f, MEASURE_SHOWN);
    return show(rq, &f, false);
}

enum work_queue page_facts(struct request *rq)
{
    return show_page(rq, FILLING_FACTS);
}

enum work_queue page_questions(struct request *rq)
{
    return show_page(rq, FILLING_PAGE);
}

enum work_queue page_question(struct request *rq)
{
    return show_page(rq, FILLING_QUESTION);
}

/* ---- saving ---- */

static const char *sent(const struct filling *f, size_t field)
{
    return f->controls.fields[field].value;
}

/* Questions of this page that came to be shown by what was just answered, and are open. */
static bool has_new_questions(const struct filling *f, const bool *was_active)
{
    const struct request *rq = f->controls.rq;

    for (size_t i = 0; f->kind != FILLING_FACTS && i < f->controls.count; i++) {
        size_t question = f->controls.items[i].index;
        const struct answer *answer = &rq->opened.response->answers[question];

        if (answer->is_active && !was_active[i] && answer->state == ANSWER_NONE)
            return true;
    }
    return false;
}

static bool is_whole(const struct request *rq, size_t first_question, size_t count)
{
    struct progress progress = progress_of(rq->opened.response, first_question, count);

    return progress.settled == progress.shown;
}

/*
 * After the last page of a part: the list of its answers if some are open, to finish or to leave
 * so; else on. After the last part: what is to be checked, or the list of parts with open answers.
 */
static struct path path_after_part(const struct request *rq, const struct filling *f, int64_t next,
                                   size_t dimension)
{
    const struct questionnaire *q = rq->opened.survey->q;
    const struct dimension *part = &q->dimensions[dimension];

    if (!is_whole(rq, part->first_question, part->question_count))
        return path_page_section(rq->arena, rq->reference, (int64_t)dimension + 1);
    if (next)
        return path_of(rq, f->kind, next);
    return is_whole(rq, 0, q->question_count) ? path_page_check(rq->arena, rq->reference)
                                              : path_page_tasks(rq->arena, rq->reference);
}

/* The path of what comes after a page that is done; `from` may be NULL. */
static struct path path_after(const struct request *rq, const struct filling *f, const char *from)
{
    int64_t next = neighbour(rq, f, 1);
    size_t dimension;

    if (from && strcmp(from, "check") == 0)
        return path_page_check(rq->arena, rq->reference);
    if (f->kind == FILLING_FACTS && !next)
        return path_page_money(rq->arena, rq->reference);
    if (f->kind != FILLING_FACTS) {
        dimension = questions_at(rq, f, f->index).dimension;
        if (!next || questions_at(rq, f, (size_t)next - 1).dimension != dimension)
            return path_after_part(rq, f, next, dimension);
    }
    return path_of(rq, f->kind, next);
}

static bool *note_active(const struct filling *f)
{
    const struct request *rq = f->controls.rq;
    bool *active = ARENA_ARRAY(rq->arena, bool, f->controls.count + 1);

    for (size_t i = 0; f->kind != FILLING_FACTS && i < f->controls.count; i++)
        active[i] = rq->opened.response->answers[f->controls.items[i].index].is_active;
    return active;
}

static enum work_queue save_page(struct request *rq, enum filling_kind kind)
{
    struct filling f;
    const bool *was_active;
    struct err err;

    if (!find_form(rq, &f, kind))
        return request_not_found(rq);
    if (!request_form(rq, f.controls.fields, f.controls.field_count))
        return QUEUE_DONE;
    if (controls_lock(&f.controls, &err) != OK)
        return request_error(rq, &err);
    if (!open_dossier_is_open(&rq->opened))
        return refuse_closed(rq, f.controls.unlocked);
    was_active = note_active(&f);
    controls_read(&f.controls);
    if (controls_has_broken_lock(&f.controls))
        return refuse_locked(rq, f.controls.unlocked);
    if (controls_apply(&f.controls, sent(&f, f.base), sent(&f, f.confirm) != NULL) > 0 &&
        open_dossier_save(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    note_measure(rq, &f, f.controls.faults.count ? MEASURE_FAULTS : MEASURE_SAVED);
    if (f.controls.faults.count || f.controls.hidden_count)
        return show(rq, &f, true);
    if (sent(&f, f.evidence) && kind != FILLING_FACTS)
        return request_redirect(rq,
                                path_page_evidence(rq->arena, rq->reference, sent(&f, f.evidence)));
    if (rq->stays || has_new_questions(&f, was_active))
        return request_redirect(rq, path_of(rq, kind, rq->number));
    return request_redirect(rq, path_after(rq, &f, sent(&f, f.from)));
}

enum work_queue post_facts(struct request *rq)
{
    return save_page(rq, FILLING_FACTS);
}

enum work_queue post_questions(struct request *rq)
{
    return save_page(rq, FILLING_PAGE);
}

enum work_queue post_question(struct request *rq)
{
    return save_page(rq, FILLING_QUESTION);
}

/* ---- saving in parts ---- */

/* The control whose field was sent: the script sends those of one question, or one fact. */
static bool find_control(struct request *rq, struct controls *c)
{
    struct field of = {.name = "of", .max = FORM_NAME_BYTES_MAX};
    const char *at = strstr(rq->body, "of=");
    const struct facts *facts = rq->site->loaded.facts;
    size_t *fact = ARENA_NEW(rq->arena, size_t), question;
    struct err err;

    /* Which fields there are depends on the field "of", which is the first. */
    if (at != rq->body || form_read(rq->arena, at, strcspn(at, "&"), &of, 1, &err) != OK ||
        !of.value)
        return false;
    if (strncmp(of.value, "q.", 2) == 0) {
        question = questionnaire_find(rq->opened.survey->q, of.value + 2);
        if (question == MAP_NONE)
            return false;
        controls_questions(c, rq, question, 1);
        return true;
    }
    *fact = facts_find(facts, of.value);
    if (*fact == MAP_NONE || facts->items[*fact].is_derived)
        return false;
    controls_facts(c, rq, fact, 1);
    return true;
}

static bool find_page(const struct request *rq, const char *page, struct filling *f)
{
    const char *slash = page ? strchr(page, '/') : NULL;
    int64_t number;
    char *end;

    for (int kind = 0; slash && kind < FILLING_KIND__MAX; kind++) {
        size_t len = strlen(kind_paths[kind]);

        if ((size_t)(slash - page) != len || strncmp(page, kind_paths[kind], len) != 0)
            continue;
        number = strtoll(slash + 1, &end, 10);
        return *end == '\0' && find_place(rq, f, (enum filling_kind)kind, number);
    }
    return false;
}

/*
 * Where Continue will lead from a page of questions that are all answered and stored, so that the
 * script need not wait for its redirection: half of the time on a slow line. NULL: not known yet.
 */
static const char *next_of(const struct request *rq, const char *page, const char *from)
{
    struct question_page questions;
    struct filling f;

    if (!find_page(rq, page, &f) || f.kind == FILLING_FACTS)
        return NULL;
    questions = questions_at(rq, &f, f.index);
    for (size_t i = 0; i < questions.count; i++) {
        const struct answer *answer = &rq->opened.response->answers[questions.first_question + i];

        if (answer->is_active && answer->state == ANSWER_NONE)
            return NULL;
    }
    return request_path(rq, path_after(rq, &f, from));
}

/* What became of a control that was saved alone. */
struct saved_reply {
    const char *saved, *base, *note, *next, *fault;
    const char *const *hides;
    size_t suppress_count;
};

static const struct json_member saved_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct saved_reply, "saved", saved),
    JSON_VALUE(MEMBER_TEXT, struct saved_reply, "base", base),
    JSON_VALUE(MEMBER_TEXT, struct saved_reply, "note", note),
    JSON_VALUE(MEMBER_TEXT, struct saved_reply, "next", next),
    JSON_VALUE(MEMBER_TEXT, struct saved_reply, "fault", fault),
    JSON_TEXT_LIST(struct saved_reply, "hides", hides, suppress_count),
};
const struct json_shape shape_saved = JSON_SHAPE(struct saved_reply, "Saved", saved_members);

static void write_saved(struct request *rq, struct controls *c, const char *next)
{
    const struct control_view *view = controls_view(c, false);
    const struct saved_reply reply = {.saved = time_of_day(rq->arena, rq->app.now),
                                      .base = view->base,
                                      .note = view->note ? tr_with(rq, WEB_understood, view->note)
                                                         : NULL,
                                      .next = next,
                                      .fault = c->faults.count ? c->faults.items[0].text : NULL,
                                      .hides = c->hidden,
                                      .suppress_count = c->hidden_count};

    request_reply(rq, c->faults.count ? 422 : c->hidden_count ? 409 : 200, &shape_saved, &reply);
}

enum work_queue post_autosave(struct request *rq)
{
    struct controls c;
    size_t base, page, from;
    struct err err;

    if (!find_control(rq, &c)) {
        err_set(&err, BAD_INPUT, "Trường đầu tiên phải là 'of', nêu một câu hỏi hoặc thông tin.",
                "The first field has to be 'of' and name a question or a fact.");
        return request_error(rq, &err);
    }
    controls_declare(&c, "of", FORM_NAME_BYTES_MAX);
    base = controls_declare(&c, "base", 8);
    page = controls_declare(&c, "page", 20);
    from = controls_declare(&c, "from", 10);
    if (!request_form(rq, c.fields, c.field_count))
        return QUEUE_DONE;
    rq->wants_json = true;
    if (controls_lock(&c, &err) != OK)
        return request_error(rq, &err);
    if (!open_dossier_is_open(&rq->opened))
        return refuse_closed(rq, c.unlocked);
    controls_read(&c);
    if (controls_has_broken_lock(&c))
        return refuse_locked(rq, c.unlocked);
    if (controls_apply(&c, c.fields[base].value, false) > 0 &&
        open_dossier_save(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    write_saved(rq, &c, next_of(rq, c.fields[page].value, c.fields[from].value));
    return QUEUE_DONE;
}
