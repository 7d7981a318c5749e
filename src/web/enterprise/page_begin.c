/* Who are you: the fitting questionnaire, and a dossier with its secret. */
#include "controls.h"
#include "code.h"
#include "web/handlers.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "policy/size.h"
#include "report/card.h"
#include "draw/qr.h"
#include "web/kit/views_json.h"
#include "web_views.h"

/* Dossiers that one address may begin: twenty at once (a class room), then one a minute. */
#define BEGIN_TRIES 20
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
    struct beginning beginning;
    const struct survey **fitting;
    size_t fitting_count;
    struct code code;
};

static const char *value(const struct begin *b, int field)
{
    return b->fields[field].value ? b->fields[field].value : "";
}

/* ---- the first step as controls ---- */

static struct control_view new_control(struct visit *v, const struct begin *b,
                                       enum control_kind kind, const char *name,
                                       enum web_text label)
{
    return (struct control_view){.kind = kind,
                                 .name = name,
                                 .label = say(v, label),
                                 .fault = form_fault_at(&b->faults, name),
                                 .value = "",
                                 .base = "",
                                 .choices = ARENA_ARRAY(v->arena, struct choice_view, CHOICES_MAX)};
}

static struct control_view form_control(struct visit *v, const struct begin *b)
{
    struct control_view c = new_control(v, b, CONTROL_RADIOS, "form", WEB_begin_form);

    for (enum form form = 0; form < FORM__MAX; form++) {
        struct words words = form_words(form);
        char *label = arena_strdup(v->arena, words.in[v->lang]);

        if (*label >= 'a' && *label <= 'z')
            *label = (char)(*label - 'a' + 'A');
        choice_add(&c, form_code(form), label, strcmp(form_code(form), value(b, FIELD_FORM)) == 0);
    }
    return c;
}

static struct control_view size_control(struct visit *v, const struct begin *b)
{
    static const enum web_text hints[SIZE_CLASS__MAX] = {
        [SIZE_MICRO] = WEB_begin_micro,
        [SIZE_SMALL] = WEB_begin_small,
        [SIZE_MEDIUM] = WEB_begin_medium,
        [SIZE_NOT_SME] = WEB_begin_large,
    };
    struct control_view c = new_control(v, b, CONTROL_RADIOS, "size", WEB_begin_size);

    c.hint = say(v, WEB_begin_size_hint);
    for (enum size_class size = 0; size < SIZE_CLASS__MAX; size++)
        choice_add(&c, size_code(size), say(v, hints[size]),
                   strcmp(size_code(size), value(b, FIELD_SIZE)) == 0);
    choice_add(&c, "unknown", say(v, WEB_not_known), strcmp("unknown", value(b, FIELD_SIZE)) == 0);
    return c;
}

static struct control_view section_control(struct visit *v, const struct begin *b)
{
    struct control_view c = new_control(v, b, CONTROL_SELECT, "section", WEB_begin_section);

    c.is_optional = true;
    choices_add_terms(v, &c, v->site->surveys.facts->sections, value(b, FIELD_SECTION));
    return c;
}

static struct control_view tax_control(struct visit *v, const struct begin *b)
{
    struct control_view c = new_control(v, b, CONTROL_LINE, "tax_code", WEB_begin_tax_code);

    c.hint = say(v, WEB_begin_tax_code_hint);
    c.value = value(b, FIELD_TAX_CODE);
    c.input_mode = "numeric";
    c.length = 16;
    return c;
}

static struct control_view no_code_control(struct visit *v, const struct begin *b)
{
    struct control_view c = new_control(v, b, CONTROL_BOXES, "no_tax_code", WEB_begin_no_code);

    choice_add(&c, "1", say(v, WEB_begin_no_code_yes), strcmp("1", value(b, FIELD_NO_CODE)) == 0);
    return c;
}

#define BEGIN_CONTROLS 5

/* What is asked next: the controls of the first step, or the questionnaires that fit. */
static void ask_json(struct visit *v, const struct begin_page *page)
{
    struct json_writer w;

    visit_json(v, page->faults->count ? 422 : 200, &w);
    json_begin_object(&w);
    json_member_string(&w, "token", v->form_token);
    if (page->controls)
        json_controls(&w, page->controls, page->count);
    else
        json_surveys(&w, page->surveys, page->survey_count);
    visit_write_faults(&w, page->faults);
    json_end_object(&w);
}

static void show_first(struct visit *v, struct begin *b)
{
    struct control_view controls[BEGIN_CONTROLS] = {form_control(v, b), tax_control(v, b),
                                                    no_code_control(v, b), section_control(v, b),
                                                    size_control(v, b)};
    struct begin_page page = {.faults = &b->faults, .controls = controls, .count = BEGIN_CONTROLS};
    struct layout layout = visit_layout(v, WEB_begin_title);

    if (v->wants_json) {
        ask_json(v, &page);
        return;
    }
    layout.form = "page";
    layout.has_fault = b->faults.count > 0;
    visit_page(v, b->faults.count ? 422 : 200);
    view_begin(&v->view, &layout, &page);
}

/* ---- the second step ---- */

const struct survey_view *visit_surveys(struct visit *v, const struct survey *const *list,
                                        size_t count)
{
    struct survey_view *views = ARENA_ARRAY(v->arena, struct survey_view, count + 1);

    for (size_t i = 0; i < count; i++) {
        const struct questionnaire *q = list[i]->q;

        views[i] = (struct survey_view){.ref = q->ref,
                                        .title = q->title.in[v->lang],
                                        .summary = q->summary.in[v->lang],
                                        .status = source_status_words(q->status).in[v->lang],
                                        .minutes = q->minutes,
                                        .questions = q->question_count,
                                        .is_chosen = i == 0};
    }
    return views;
}

static void show_second(struct visit *v, struct begin *b)
{
    struct begin_page page = {
        .faults = &b->faults,
        .surveys = visit_surveys(v, (const struct survey *const *)b->fitting, b->fitting_count),
        .survey_count = b->fitting_count,
        .form = value(b, FIELD_FORM),
        .tax_code = value(b, FIELD_TAX_CODE),
        .section = value(b, FIELD_SECTION),
        .size = value(b, FIELD_SIZE),
        .has_no_code = *value(b, FIELD_NO_CODE) != '\0'};
    struct layout layout = visit_layout(v, WEB_choose_title);

    if (v->wants_json) {
        /* People are asked on a page of its own; a program sends what is missing with the rest. */
        if (!b->faults.count)
            form_fault_add(&b->faults, "questionnaire", say(v, WEB_choose_title),
                           say(v, WEB_begin_need_survey));
        ask_json(v, &page);
        return;
    }
    layout.form = "page";
    layout.has_fault = b->faults.count > 0;
    visit_page(v, b->faults.count ? 422 : 200);
    view_begin_choose(&v->view, &layout, &page);
}

enum work_queue page_begin(struct visit *v)
{
    struct begin b = {0};

    show_first(v, &b);
    return QUEUE_DONE;
}

/* ---- what was sent ---- */

static void add_fault(struct visit *v, struct begin *b, const char *field, enum web_text label,
                      const char *text)
{
    form_fault_add(&b->faults, field, say(v, label), text);
}

static void check_tax_code(struct visit *v, struct begin *b)
{
    const struct facts *facts = v->site->surveys.facts;
    struct faults *faults = ARENA_NEW(v->arena, struct faults);
    struct value read;

    if (*value(b, FIELD_NO_CODE))
        return;
    if (!*value(b, FIELD_TAX_CODE)) {
        add_fault(v, b, "tax_code", WEB_begin_tax_code, say(v, WEB_begin_need_code));
        return;
    }
    faults_init(faults, v->arena);
    if (!fact_read_text(facts, facts_find(facts, "tax_code"), value(b, FIELD_TAX_CODE), today(),
                        (struct place){"", 0, ""}, v->arena, faults, &read))
        add_fault(v, b, "tax_code", WEB_begin_tax_code,
                  fault_for_people(faults->items[0].text[v->lang], v->arena));
    else
        b->beginning.tax_code = value(b, FIELD_TAX_CODE);
}

static bool size_is_known(const char *code)
{
    enum size_class size;

    return strcmp(code, "unknown") == 0 || size_parse(code, &size);
}

static void check_first(struct visit *v, struct begin *b)
{
    if (!form_parse(value(b, FIELD_FORM), &b->beginning.form))
        add_fault(v, b, "form", WEB_begin_form, say(v, WEB_begin_need_form));
    if (!size_is_known(value(b, FIELD_SIZE)))
        add_fault(v, b, "size", WEB_begin_size, say(v, WEB_begin_need_size));
    check_tax_code(v, b);
    b->beginning.section = value(b, FIELD_SECTION);
}

/* The questionnaire: the one that was chosen, or the only one that fits. */
static bool choose_survey(struct visit *v, struct begin *b)
{
    const char *ref = value(b, FIELD_SURVEY);

    b->fitting = ARENA_ARRAY(v->arena, const struct survey *, v->site->surveys.count);
    b->fitting_count =
        surveys_fitting(&v->site->surveys, b->beginning.form, value(b, FIELD_SIZE), b->fitting);
    if (b->fitting_count == 1)
        b->beginning.survey = b->fitting[0];
    for (size_t i = 0; i < b->fitting_count; i++) {
        if (strcmp(b->fitting[i]->q->ref, ref) == 0)
            b->beginning.survey = b->fitting[i];
    }
    if (!b->beginning.survey && *ref)
        add_fault(v, b, "questionnaire", WEB_choose_title, say(v, WEB_begin_need_survey));
    return b->beginning.survey != NULL;
}

static enum work_queue add_dossier(struct visit *v)
{
    struct begin *b = v->page;
    struct dossier dossier;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct err err;
    enum status status;

    session_hash_of(b->code.token, token_hash);
    b->beginning.lang = v->lang;
    b->beginning.secret_hash = b->code.hash;
    b->beginning.token_hash = token_hash;
    status = dossier_begin(&v->site->desk, &b->beginning, v->arena, &dossier, &err);
    if (status != OK)
        return visit_error(v, &err);
    return code_hand_over(v, &b->code, &dossier);
}

static enum work_queue hash_code(struct visit *v)
{
    struct begin *b = v->page;

    code_hash(&b->code);
    return visit_go(v, QUEUE_STORE, add_dossier);
}

enum work_queue post_begin(struct visit *v)
{
    static const struct field fields[BEGIN_FIELDS] = {
        [FIELD_FORM] = {.name = "form", .max = 20},
        [FIELD_TAX_CODE] = {.name = "tax_code", .max = 40},
        [FIELD_NO_CODE] = {.name = "no_tax_code", .max = 1},
        [FIELD_SECTION] = {.name = "section", .max = 10},
        [FIELD_SIZE] = {.name = "size", .max = 20},
        [FIELD_SURVEY] = {.name = "questionnaire", .max = 100},
    };
    struct begin *b = ARENA_NEW(v->arena, struct begin);
    struct err err;

    memcpy(b->fields, fields, sizeof(fields));
    if (!visit_form(v, b->fields, BEGIN_FIELDS))
        return QUEUE_DONE;
    if (!v->stays)
        check_first(v, b);
    if (v->stays || b->faults.count) {
        show_first(v, b);
        return QUEUE_DONE;
    }
    if (!choose_survey(v, b)) {
        show_second(v, b);
        return QUEUE_DONE;
    }
    if (visit_limit(v, "begin", visit_client(v), BEGIN_TRIES, BEGIN_SECONDS, &err) != OK)
        return visit_limited(v, &err);
    v->page = b;
    code_make(&b->code);
    return visit_go(v, QUEUE_SLOW, hash_code);
}

/* ---- the page with the code ---- */

static const char *resume_url(struct visit *v)
{
    return arena_printf(v->arena, "%s%s/tiep-tuc?ma=%s", v->site->url, v->prefix, v->reference);
}

enum work_queue page_code(struct visit *v)
{
    struct code *code = ARENA_NEW(v->arena, struct code);
    bool is_known = code_read(v, v->reference, code);
    const struct qr *qr = NULL;
    struct code_page page = {.reference = v->reference,
                             .resume =
                                 arena_printf(v->arena, "%s%s/tiep-tuc", v->site->url, v->prefix),
                             .is_new = v->filled.dossier.version <= 1,
                             .keeping = visit_keeping(v)};
    struct layout layout = visit_layout(v, WEB_code_title);
    struct err err;

    if (qr_new(v->arena, resume_url(v), &qr, &err) == OK)
        page.qr = qr;
    if (is_known) {
        page.secret = code->secret;
        page.link =
            arena_printf(v->arena, "%s%s/tiep-tuc#%s", v->site->url, v->prefix, code->token);
    }
    if (v->wants_json) {
        struct json_writer w;

        visit_json(v, 200, &w);
        json_begin_object(&w);
        json_member_string(&w, "reference", v->reference);
        json_member_string(&w, "secret", page.secret);
        json_member_string(&w, "link", page.link);
        visit_write_keeping(&w, v);
        json_member_string(&w, "token", v->form_token);
        json_end_object(&w);
        return QUEUE_DONE;
    }
    visit_page(v, 200);
    view_code(&v->view, &layout, &page);
    return QUEUE_DONE;
}

void view_qr(struct view *v, const void *qr)
{
    struct svg_words words = {.id = "qr",
                              .title = web_say(v->lang, WEB_qr_title, v->arena, NULL, 0),
                              .description = web_say(v->lang, WEB_qr_hint, v->arena, NULL, 0)};
    struct picture picture = qr_picture(qr);

    picture_svg(&picture, 180, &words, v->out);
}

/* ---- another code ---- */

static enum work_queue store_code(struct visit *v)
{
    struct code *code = v->page;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct dossier_event event = {
        .kind = "code-renewed", .by = "enterprise", .at = v->site->desk.now, .text = ""};
    struct err err;
    enum status status;

    session_hash_of(code->token, token_hash);
    status = dossier_set_secret(v->site->store, v->filled.dossier.id, code->hash, token_hash,
                                v->session_hash, &err);
    if (status == OK)
        status = dossier_event_add(v->site->store, v->filled.dossier.id, &event, &err);
    if (status != OK)
        return visit_error(v, &err);
    code_keep(v, code);
    return visit_redirect(v, "/ho-so/%s/ma", v->reference);
}

static enum work_queue hash_new_code(struct visit *v)
{
    code_hash(v->page);
    return visit_go(v, QUEUE_STORE, store_code);
}

enum work_queue post_code(struct visit *v)
{
    struct code *code = ARENA_NEW(v->arena, struct code);
    struct err err;

    if (!visit_form(v, NULL, 0))
        return QUEUE_DONE;
    if (v->stays)
        return visit_redirect(v, "/ho-so/%s/ma", v->reference);
    if (visit_limit(v, "code", v->reference, 10, 360, &err) != OK)
        return visit_limited(v, &err);
    code_make(code);
    snprintf(code->reference, sizeof(code->reference), "%s", v->reference);
    v->page = code;
    return visit_go(v, QUEUE_SLOW, hash_new_code);
}

/* ---- the card as a PDF ---- */

static enum work_queue make_card(struct visit *v)
{
    const struct code *code = v->page;
    struct card card = {.service = say(v, WEB_site_name),
                        .reference = v->reference,
                        .secret = code->secret,
                        .uri = resume_url(v),
                        .help = v->site->options.contact,
                        .on = today()};
    struct err err;

    visit_attachment(v, "application/pdf", arena_printf(v->arena, "%s.pdf", v->reference));
    if (card_pdf(&card, v->lang, &v->x->reply.body, &err) != OK)
        return visit_error(v, &err);
    return QUEUE_DONE;
}

enum work_queue page_card(struct visit *v)
{
    struct code *code = ARENA_NEW(v->arena, struct code);

    if (!code_read(v, v->reference, code))
        return visit_redirect(v, "/ho-so/%s/ma", v->reference);
    v->page = code;
    return visit_go(v, QUEUE_SLOW, make_card);
}
