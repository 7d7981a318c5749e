/* Who are you: the fitting questionnaire, and a dossier with its secret. */
#include "controls.h"
#include "code.h"
#include "web/handlers.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "policy/size.h"
#include "report/card.h"
#include "draw/qr.h"
#include "web/enterprise/replies.h"
#include "web_paths.h"
#include "web_views.h"

/* Dossiers that one address may begin: eighty at once (a class room), then one a minute. */
#define BEGIN_TRIES 80
#define BEGIN_SECONDS 60

enum {
    FIELD_FORM,
    FIELD_TAX_CODE,
    FIELD_NO_CODE,
    FIELD_SECTION,
    FIELD_SIZE,
    FIELD_SURVEY,
    BEGIN_FIELDS
};

struct begin {
    struct field fields[BEGIN_FIELDS];
    struct form_faults faults;
    struct new_dossier wanted;
    const char *tax_digits; /* as it is stored; NULL: none */
    const struct loaded_questionnaire **fitting;
    size_t fitting_count;
    struct code code;
    bool is_used; /* the tax code handed in a result of this round, of this questionnaire ... */
    bool is_used_elsewhere; /* ... or of some questionnaire, before one is chosen */
};

static const char *value(const struct begin *b, int field)
{
    return b->fields[field].value ? b->fields[field].value : "";
}

/* ---- the first step as controls ---- */

static struct control_view new_control(struct request *rq, const struct begin *b,
                                       enum control_kind kind, const char *name,
                                       enum web_text label)
{
    return (struct control_view){.kind = kind,
                                 .name = name,
                                 .label = tr(rq, label),
                                 .fault = form_fault_at(&b->faults, name),
                                 .value = "",
                                 .base = "",
                                 .choices =
                                     ARENA_ARRAY(rq->arena, struct choice_view, CHOICES_MAX)};
}

static struct control_view form_control(struct request *rq, const struct begin *b)
{
    struct control_view c = new_control(rq, b, CONTROL_RADIOS, "form", WEB_begin_form);

    for (enum legal_form form = 0; form < LEGAL_FORM__MAX; form++) {
        choice_add(&c, legal_form_code(form),
                   text_capital(rq->arena, legal_form_words(form).in[rq->lang]),
                   strcmp(legal_form_code(form), value(b, FIELD_FORM)) == 0);
    }
    return c;
}

static struct control_view size_control(struct request *rq, const struct begin *b)
{
    static const enum web_text hints[SIZE_CLASS__MAX] = {
        [SIZE_MICRO] = WEB_begin_micro,
        [SIZE_SMALL] = WEB_begin_small,
        [SIZE_MEDIUM] = WEB_begin_medium,
        [SIZE_NOT_SME] = WEB_begin_large,
    };
    struct control_view c = new_control(rq, b, CONTROL_RADIOS, "size", WEB_begin_size);

    c.hint = tr(rq, WEB_begin_size_hint);
    for (enum size_class size = 0; size < SIZE_CLASS__MAX; size++)
        choice_add(&c, size_code(size), tr(rq, hints[size]),
                   strcmp(size_code(size), value(b, FIELD_SIZE)) == 0);
    choice_add(&c, "unknown", tr(rq, WEB_not_known), strcmp("unknown", value(b, FIELD_SIZE)) == 0);
    return c;
}

static struct control_view section_control(struct request *rq, const struct begin *b)
{
    struct control_view c = new_control(rq, b, CONTROL_SELECT, "section", WEB_begin_section);

    c.is_optional = true;
    choices_add_terms(rq, &c, rq->site->loaded.facts->sections, value(b, FIELD_SECTION));
    return c;
}

static struct control_view tax_control(struct request *rq, const struct begin *b)
{
    struct control_view c = new_control(rq, b, CONTROL_LINE, "tax_code", WEB_begin_tax_code);

    c.hint = tr(rq, WEB_begin_tax_code_hint);
    c.value = value(b, FIELD_TAX_CODE);
    c.input_mode = "numeric";
    c.length = 16;
    return c;
}

static struct control_view no_code_control(struct request *rq, const struct begin *b)
{
    struct control_view c = new_control(rq, b, CONTROL_BOXES, "no_tax_code", WEB_begin_no_code);

    choice_add(&c, "1", tr(rq, WEB_begin_no_code_yes), strcmp("1", value(b, FIELD_NO_CODE)) == 0);
    return c;
}

/* A code that was said on the first page is not asked for again, unless it is wrong. */
static bool is_code_settled(const struct begin *b)
{
    return (b->tax_digits || *value(b, FIELD_NO_CODE)) && !form_fault_at(&b->faults, "tax_code");
}

#define BEGIN_CONTROLS 5
#define CODE_CONTROLS 2 /* the last ones: not asked for where the code is settled */

/* What is asked next: the controls of the first step, or the questionnaires that fit. */
static bool has_controls(const void *view)
{
    return ((const struct begin_page *)view)->controls != NULL;
}

static bool has_surveys(const void *view)
{
    return ((const struct begin_page *)view)->surveys != NULL;
}

static const struct json_member begin_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct begin_page, "token", token),
    JSON_PARTS(struct begin_page, "controls", controls, count, &shape_control),
    JSON_WRITTEN(struct begin_page, "faults", faults, json_write_faults, &shape_fault),
};
const struct json_shape shape_begin = JSON_SHAPE(struct begin_page, "BeginForm", begin_members);

static const struct json_member again_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct begin_page, "token", token),
    {.name = "controls",
     .type = MEMBER_LIST,
     .offset = offsetof(struct begin_page, controls),
     .count = offsetof(struct begin_page, count),
     .shape = &shape_control,
     .has = has_controls},
    {.name = "questionnaires",
     .type = MEMBER_LIST,
     .offset = offsetof(struct begin_page, surveys),
     .count = offsetof(struct begin_page, survey_count),
     .shape = &shape_survey,
     .has = has_surveys},
    JSON_WRITTEN(struct begin_page, "faults", faults, json_write_faults, &shape_fault),
};
const struct json_shape shape_begin_again =
    JSON_SHAPE(struct begin_page, "BeginAgain", again_members);

/* What is asked next: the controls of the first step, or the questionnaires that fit. */
static void ask_json(struct request *rq, const struct begin *b, const struct begin_page *page)
{
    if (page->faults->count)
        request_reply(rq, b->is_used ? 409 : 422, &shape_begin_again, page);
    else
        request_reply(rq, 200, &shape_begin, page);
}

static void show_first(struct request *rq, struct begin *b)
{
    struct control_view controls[BEGIN_CONTROLS] = {form_control(rq, b), section_control(rq, b),
                                                    size_control(rq, b), tax_control(rq, b),
                                                    no_code_control(rq, b)};
    struct begin_page page = {.token = rq->form_token,
                              .faults = &b->faults,
                              .controls = controls,
                              .count = BEGIN_CONTROLS};
    struct layout layout = request_layout(rq, WEB_begin_title);

    if (rq->wants_json) {
        ask_json(rq, b, &page);
        return;
    }
    if (is_code_settled(b)) {
        page.is_code_settled = true;
        page.count -= CODE_CONTROLS;
        page.tax_code = value(b, FIELD_TAX_CODE);
        page.has_no_code = *value(b, FIELD_NO_CODE) != '\0';
    }
    if (b->is_used_elsewhere)
        page.used = tr_with(rq, WEB_begin_used_once, rq->site->round);
    layout.form = "page";
    layout.has_fault = b->faults.count > 0;
    request_page(rq, b->is_used ? 409 : b->faults.count ? 422 : 200);
    view_begin(&rq->view, &layout, &page);
}

/* ---- the second step ---- */

struct survey_view *request_surveys(struct request *rq,
                                    const struct loaded_questionnaire *const *list, size_t count)
{
    struct survey_view *views = ARENA_ARRAY(rq->arena, struct survey_view, count + 1);

    for (size_t i = 0; i < count; i++) {
        const struct questionnaire *q = list[i]->q;

        views[i] = (struct survey_view){.ref = q->ref,
                                        .title = q->title.in[rq->lang],
                                        .summary = q->summary.in[rq->lang],
                                        .status = source_status_words(q->status).in[rq->lang],
                                        .minutes = q->minutes,
                                        .questions = q->question_count};
    }
    return views;
}

/* The first one is proposed, if it can rate this enterprise. */
static struct survey_view *propose(struct request *rq, const struct begin *b)
{
    struct survey_view *views = request_surveys(
        rq, (const struct loaded_questionnaire *const *)b->fitting, b->fitting_count);

    if (b->fitting_count)
        views[0].is_chosen = survey_rates(&rq->site->loaded, b->fitting[0], b->wanted.form,
                                          value(b, FIELD_SECTION), rq->arena);
    return views;
}

static void show_second(struct request *rq, struct begin *b)
{
    struct begin_page page = {.token = rq->form_token,
                              .faults = &b->faults,
                              .surveys = propose(rq, b),
                              .survey_count = b->fitting_count,
                              .form = value(b, FIELD_FORM),
                              .tax_code = value(b, FIELD_TAX_CODE),
                              .section = value(b, FIELD_SECTION),
                              .size = value(b, FIELD_SIZE),
                              .has_no_code = *value(b, FIELD_NO_CODE) != '\0'};
    struct layout layout = request_layout(rq, WEB_choose_title);

    if (rq->wants_json) {
        /* People are asked on a page of its own; a program sends what is missing with the rest. */
        if (!b->faults.count)
            form_fault_add(&b->faults, "questionnaire", tr(rq, WEB_choose_title),
                           tr(rq, WEB_begin_need_survey));
        ask_json(rq, b, &page);
        return;
    }
    layout.form = "page";
    layout.has_fault = b->faults.count > 0;
    request_page(rq, b->faults.count ? 422 : 200);
    view_begin_choose(&rq->view, &layout, &page);
}

enum work_queue page_begin(struct request *rq)
{
    struct begin b = {0};

    show_first(rq, &b);
    return QUEUE_DONE;
}

/* ---- what was sent ---- */

static void add_fault(struct request *rq, struct begin *b, const char *field, enum web_text label,
                      const char *text)
{
    form_fault_add(&b->faults, field, tr(rq, label), text);
}

static void check_tax_code(struct request *rq, struct begin *b)
{
    const struct facts *facts = rq->site->loaded.facts;
    struct faults *faults = ARENA_NEW(rq->arena, struct faults);
    struct value read;

    if (*value(b, FIELD_NO_CODE))
        return;
    if (!*value(b, FIELD_TAX_CODE)) {
        add_fault(rq, b, "tax_code", WEB_begin_tax_code, tr(rq, WEB_begin_need_code));
        return;
    }
    faults_init(faults, rq->arena);
    if (!fact_read_text(facts, facts_find(facts, "tax_code"), value(b, FIELD_TAX_CODE), today(),
                        (struct place){"", 0, ""}, rq->arena, faults, &read))
        add_fault(rq, b, "tax_code", WEB_begin_tax_code,
                  fault_for_people(faults->items[0].text[rq->lang], rq->arena));
    else {
        b->wanted.tax_code = value(b, FIELD_TAX_CODE);
        b->tax_digits = read.text;
    }
}

static bool size_is_known(const char *code)
{
    enum size_class size;

    return strcmp(code, "unknown") == 0 || size_parse(code, &size);
}

static void check_first(struct request *rq, struct begin *b)
{
    if (!legal_form_parse(value(b, FIELD_FORM), &b->wanted.form))
        add_fault(rq, b, "form", WEB_begin_form, tr(rq, WEB_begin_need_form));
    if (!size_is_known(value(b, FIELD_SIZE)))
        add_fault(rq, b, "size", WEB_begin_size, tr(rq, WEB_begin_need_size));
    check_tax_code(rq, b);
    b->wanted.section = value(b, FIELD_SECTION);
}

/* Sent by the first page, which asks for the tax code alone; a program sends everything at once. */
static bool is_first_page(const struct request *rq, const struct begin *b)
{
    static const int asked_later[] = {FIELD_FORM, FIELD_SECTION, FIELD_SIZE, FIELD_SURVEY};

    for (size_t i = 0; i < ARRAY_SIZE(asked_later); i++) {
        if (b->fields[asked_later[i]].is_sent)
            return false;
    }
    return !rq->wants_json;
}

/* Twelve digits are those of a person: a household business. */
static void guess_form(struct begin *b)
{
    if (b->tax_digits && strlen(b->tax_digits) == 12)
        b->fields[FIELD_FORM].value = legal_form_code(LEGAL_FORM_HOUSEHOLD);
}

/* After the first page: the rest is asked, beside what is known of the code. */
static enum work_queue begin_with_code(struct request *rq, struct begin *b)
{
    struct err err;

    check_tax_code(rq, b);
    guess_form(b);
    if (b->tax_digits) {
        /* Whoever tries codes learns who takes part: as many as begin, no more. */
        if (request_limit(rq, "code-used", request_client(rq), BEGIN_TRIES, BEGIN_SECONDS, &err) !=
            OK)
            return request_limited(rq, &err);
        if (tax_code_is_used(&rq->app, b->tax_digits, NULL, rq->arena, &b->is_used_elsewhere,
                             &err) != OK)
            return request_error(rq, &err);
    }
    show_first(rq, b);
    return QUEUE_DONE;
}

/* Another language: what was filled in stands there again, without faults. */
static void show_again(struct request *rq, struct begin *b)
{
    check_tax_code(rq, b);
    b->faults = (struct form_faults){0};
    show_first(rq, b);
}

/* The questionnaire: the one that was chosen, or the only one that fits. */
static bool choose_survey(struct request *rq, struct begin *b)
{
    const char *ref = value(b, FIELD_SURVEY);

    b->fitting =
        ARENA_ARRAY(rq->arena, const struct loaded_questionnaire *, rq->site->loaded.count);
    b->fitting_count = loaded_data_fitting(&rq->site->loaded, b->wanted.form, value(b, FIELD_SIZE),
                                           value(b, FIELD_SECTION), rq->arena, b->fitting);
    if (b->fitting_count == 1)
        b->wanted.survey = b->fitting[0];
    for (size_t i = 0; i < b->fitting_count; i++) {
        if (strcmp(b->fitting[i]->q->ref, ref) == 0)
            b->wanted.survey = b->fitting[i];
    }
    if (!b->wanted.survey && *ref)
        add_fault(rq, b, "questionnaire", WEB_choose_title, tr(rq, WEB_begin_need_survey));
    return b->wanted.survey != NULL;
}

static enum work_queue add_dossier(struct request *rq)
{
    struct begin *b = rq->page;
    struct dossier dossier;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct err err;
    enum status status;

    hash_token(b->code.token, token_hash);
    b->wanted.lang = rq->lang;
    b->wanted.secret_hash = b->code.hash;
    b->wanted.token_hash = token_hash;
    status = dossier_begin(&rq->app, &b->wanted, rq->arena, &dossier, &err);
    if (status != OK)
        return request_error(rq, &err);
    return code_hand_over(rq, &b->code, &dossier);
}

static enum work_queue hash_code(struct request *rq)
{
    struct begin *b = rq->page;

    code_hash(&b->code);
    return request_go(rq, QUEUE_WRITE, add_dossier);
}

/* Told before the first question, not after the last; false after an error. */
static bool check_unused(struct request *rq, struct begin *b, struct err *err)
{
    if (!b->wanted.tax_code)
        return true;
    if (tax_code_is_used(&rq->app, b->tax_digits, b->wanted.survey->q->ref, rq->arena, &b->is_used,
                         err) != OK)
        return false;
    if (b->is_used)
        add_fault(rq, b, "tax_code", WEB_begin_tax_code,
                  tr_with(rq, WEB_begin_used, rq->site->round));
    return true;
}

enum work_queue post_begin(struct request *rq)
{
    static const struct field fields[BEGIN_FIELDS] = {
        [FIELD_FORM] = {.name = "form", .max = 20},
        [FIELD_TAX_CODE] = {.name = "tax_code", .max = 40},
        [FIELD_NO_CODE] = {.name = "no_tax_code", .max = 1},
        [FIELD_SECTION] = {.name = "section", .max = 10},
        [FIELD_SIZE] = {.name = "size", .max = 20},
        [FIELD_SURVEY] = {.name = "questionnaire", .max = 100},
    };
    struct begin *b = ARENA_NEW(rq->arena, struct begin);
    struct err err;

    memcpy(b->fields, fields, sizeof(fields));
    if (!request_form(rq, b->fields, BEGIN_FIELDS))
        return QUEUE_DONE;
    if (rq->stays) {
        show_again(rq, b);
        return QUEUE_DONE;
    }
    if (is_first_page(rq, b))
        return begin_with_code(rq, b);
    check_first(rq, b);
    if (b->faults.count) {
        show_first(rq, b);
        return QUEUE_DONE;
    }
    if (!choose_survey(rq, b)) {
        show_second(rq, b);
        return QUEUE_DONE;
    }
    if (request_limit(rq, "begin", request_client(rq), BEGIN_TRIES, BEGIN_SECONDS, &err) != OK)
        return request_limited(rq, &err);
    if (!check_unused(rq, b, &err))
        return request_error(rq, &err);
    if (b->is_used) {
        show_first(rq, b);
        return QUEUE_DONE;
    }
    rq->page = b;
    code_make(&b->code);
    return request_go(rq, QUEUE_SLOW, hash_code);
}

/* ---- the page with the code ---- */

static const char *resume_url(struct request *rq)
{
    return request_address(rq,
                           path_with(rq->arena, path_page_resume(rq->arena), "ma", rq->reference));
}

static const struct json_member code_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct code_page, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct code_page, "secret", secret),
    JSON_VALUE(MEMBER_TEXT, struct code_page, "link", link),
    JSON_VALUE(MEMBER_TEXT, struct code_page, "draft_ends_on", retention.ends_iso),
    JSON_VALUE(MEMBER_TEXT, struct code_page, "token", token),
};
const struct json_shape shape_code = JSON_SHAPE(struct code_page, "Code", code_members);

enum work_queue page_code(struct request *rq)
{
    struct code *code = ARENA_NEW(rq->arena, struct code);
    bool is_known = code_read(rq, rq->reference, code);
    const struct qr *qr = NULL;
    struct code_page page = {.token = rq->form_token,
                             .reference = rq->reference,
                             .resume = request_address(rq, path_page_resume(rq->arena)),
                             .is_new = rq->opened.dossier.version <= 1,
                             .retention = request_retention(rq)};
    struct layout layout = request_layout(rq, WEB_code_title);
    struct err err;

    if (qr_new(rq->arena, resume_url(rq), &qr, &err) == OK)
        page.qr = qr;
    if (is_known) {
        page.secret = code->secret;
        page.link =
            request_address(rq, path_at(rq->arena, path_page_resume(rq->arena), code->token));
    }
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_code, &page);
    request_page(rq, 200);
    view_code(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

/* ---- another code ---- */

static enum work_queue store_code(struct request *rq)
{
    struct code *code = rq->page;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct err err;

    hash_token(code->token, token_hash);
    if (access_renew(&rq->app, &rq->opened, code->hash, token_hash, rq->session_hash, &err) != OK)
        return request_error(rq, &err);
    code_keep(rq, code);
    return request_redirect(rq, path_page_code(rq->arena, rq->reference));
}

static enum work_queue hash_new_code(struct request *rq)
{
    code_hash(rq->page);
    return request_go(rq, QUEUE_WRITE, store_code);
}

enum work_queue post_code(struct request *rq)
{
    struct code *code = ARENA_NEW(rq->arena, struct code);
    struct err err;

    if (!request_form(rq, NULL, 0))
        return QUEUE_DONE;
    if (rq->stays)
        return request_redirect(rq, path_page_code(rq->arena, rq->reference));
    if (request_limit(rq, "code", rq->reference, 10, 360, &err) != OK)
        return request_limited(rq, &err);
    code_make(code);
    snprintf(code->reference, sizeof(code->reference), "%s", rq->reference);
    rq->page = code;
    return request_go(rq, QUEUE_SLOW, hash_new_code);
}

/* ---- the card as a PDF ---- */

static enum work_queue make_card(struct request *rq)
{
    const struct code *code = rq->page;
    struct card card = {.service = tr(rq, WEB_site_name),
                        .reference = rq->reference,
                        .secret = code->secret,
                        .uri = resume_url(rq),
                        .help = rq->site->options.contact,
                        .on = today()};
    struct err err;

    request_attachment(rq, "application/pdf", arena_printf(rq->arena, "%s.pdf", rq->reference));
    if (card_pdf(&card, rq->lang, &rq->x->reply.body, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

enum work_queue page_card(struct request *rq)
{
    struct code *code = ARENA_NEW(rq->arena, struct code);

    if (!code_read(rq, rq->reference, code))
        return request_redirect(rq, path_page_code(rq->arena, rq->reference));
    rq->page = code;
    return request_go(rq, QUEUE_SLOW, make_card);
}
