/* The result of a dossier: as a page, as JSON and as papers; and what is still missing. */
#include "submission.h"
#include "controls.h"

#include <string.h>

#include "app/enterprise/result.h"
#include "base/array.h"
#include "web/handlers.h"
#include "web/enterprise/peer_cache.h"
#include "report/card.h"
#include "survey/convert.h"
#include "web/enterprise/sample.h"
#include "web/enterprise/result_page.h"
#include "result_verified.h"
#include "web_paths.h"
#include "web_views.h"

/* What was read in one queue, to be told in another. */
struct result_step {
    struct result_request request;
    struct peer_group peers;
    size_t evidenced_count;
    const size_t *evidenced; /* NULL: not asked for */
    bool tells_verified;   /* where it was verified, that is told */
    const struct verified_result *verified; /* NULL: it was not, or is not told */
    struct controls *sent; /* facts that were sent and could not all be taken; NULL: none were */
    enum document_kind kind;
    int times; /* it was submitted */
};

/* ---- in a queue that reads ---- */

static enum status find_peers(struct request *rq, struct result_step *r, struct err *err)
{
    const struct response *response = r->request.response;
    const char *size = applicant_size_code(rq->site->loaded.catalogue, response->values,
                                           response->submitted_on, r->request.on);
    const struct peer_query query = {.questionnaire = response->questionnaire->ref,
                                     .round = response->round,
                                     .section = response_fact_text(response, "section"),
                                     .size = strcmp(size, "unknown") == 0 ? NULL : size};
    bool is_found = false;
    enum status status = OK;

    if (response->round)
        status = peer_cache_find(rq->site->peers, &rq->app, &query, &r->peers, &is_found, err);
    if (is_found)
        r->request.peers = &r->peers;
    return status;
}

/* Results are computed with the questionnaires of this server: one of another content, or one that
 * is not here any more, is nothing to compare with. */
static bool can_compare(const struct request *rq, const struct response *before)
{
    const struct loaded_questionnaire *survey =
        before ? loaded_data_find(&rq->site->loaded, before->questionnaire->ref) : NULL;

    return survey && questionnaires_score_alike(survey->q, before->questionnaire);
}

/* What was verified takes the place of what was submitted. It is compared with an earlier round,
 * but not with what was submitted before it. */
static enum status load_verified(struct request *rq, struct result_step *r, struct err *err)
{
    struct verified_result *verified = ARENA_NEW(rq->arena, struct verified_result);
    enum status status =
        r->tells_verified
            ? open_dossier_verified(&rq->app, &rq->opened, rq->arena, verified, err)
            : NOT_FOUND;

    if (status == OK) {
        r->verified = verified;
        r->request.response = verified->response;
    }
    return status == NOT_FOUND ? OK : status;
}

static enum status load(struct request *rq, struct result_step *r, struct err *err)
{
    const struct app_context *app = &rq->app;
    enum status status;

    r->request = (struct result_request){
        .response = rq->opened.response, .evidenced = r->evidenced, .on = app->today};
    status = load_verified(rq, r, err);
    /* the dossier holds what may not have been submitted yet, or never was */
    if (status == OK && !r->verified && rq->opened.dossier.state != DOSSIER_SUBMITTED)
        status = open_dossier_submitted(app, &rq->opened, rq->arena, &r->request.response, err);
    if (status == OK && (!r->verified || rq->opened.dossier.earlier))
        status = open_dossier_before(app, &rq->opened, rq->arena, &r->request.before, err);
    if (status == OK && !can_compare(rq, r->request.before))
        r->request.before = NULL;
    return status == OK ? find_peers(rq, r, err) : status;
}

/* Once consent was taken back nothing is processed any more, so no result is told either. */
static bool has_result(const struct request *rq)
{
    const struct dossier *dossier = &rq->opened.dossier;

    return dossier->assessment && dossier->state != DOSSIER_ERASED && !*dossier->consent_ended_at;
}

/* Loads what the step needs and goes on to it. */
static enum work_queue go_on(struct request *rq, request_handler *step)
{
    struct result_step *r = rq->page;
    struct err err;

    if (!has_result(rq))
        return request_redirect(rq, path_page_tasks(rq->arena, rq->reference));
    if (!r)
        r = rq->page = ARENA_NEW(rq->arena, struct result_step);
    if (load(rq, r, &err) != OK)
        return request_error(rq, &err);
    return request_go(rq, QUEUE_SLOW, step);
}

/* ---- in the slow queue ---- */

static bool make_result(struct request *rq, struct result *result)
{
    const struct result_step *r = rq->page;
    struct err err;

    if (result_make(rq->site->loaded.ws, rq->arena, &r->request, result, &err) == OK)
        return true;
    request_error(rq, &err);
    return false;
}

/* ---- the facts that are missing, as a form ---- */

static bool is_listed(const size_t *list, size_t count, size_t fact)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == fact)
            return true;
    }
    return false;
}

/* Those that were sent and are wrong, then those that policies wait for, then those that may change
 * the plan. */
static size_t facts_to_ask(const struct report_source *source, const struct controls *sent,
                           size_t *list)
{
    const struct match *match = source->match;
    size_t count = 0;

    for (size_t i = 0; sent && i < sent->count; i++) {
        if (sent->items[i].is_wrong)
            list[count++] = sent->items[i].index;
    }
    for (size_t i = 0; i < match->wanted_count; i++) {
        if (!is_listed(list, count, match->wanted[i].fact))
            list[count++] = match->wanted[i].fact;
    }
    for (size_t i = 0; source->advice && i < source->advice->wanted_count; i++) {
        if (!is_listed(list, count, source->advice->wanted[i]))
            list[count++] = source->advice->wanted[i];
    }
    return count;
}

/* The controls of the listed facts, as they were sent where they were. */
static void pick(struct controls *all, const size_t *list, size_t count, struct controls *out)
{
    *out = *all;
    out->items = ARENA_ARRAY(all->rq->arena, struct control, count + 1);
    out->count = count;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < all->count; k++) {
            if (all->items[k].index == list[i])
                out->items[i] = all->items[k];
        }
    }
}

static size_t settled_by(const struct match *match, size_t fact)
{
    for (size_t i = 0; i < match->wanted_count; i++) {
        if (match->wanted[i].fact == fact)
            return match->wanted[i].policies;
    }
    return 0;
}

/* Places what policies wait for most first, unless something sent is wrong. */
static void ask_facts(struct request *rq, const struct report_source *source,
                      struct result_page *page)
{
    const struct result_step *r = rq->page;
    size_t *list = ARENA_ARRAY(rq->arena, size_t, rq->site->loaded.facts->count + 1);
    size_t count = facts_to_ask(source, r->sent, list);
    struct controls *c = ARENA_NEW(rq->arena, struct controls);

    if (!count)
        return;
    if (r->sent)
        pick(r->sent, list, count, c);
    else
        controls_facts(c, rq, list, count);
    page->asked = controls_view(c, r->sent != NULL);
    page->settles = settled_by(source->match, list[0]);
    page->asked_count = page->settles && !r->sent ? 1 : 0;
    page->further = page->asked + page->asked_count;
    page->further_count = count - page->asked_count;
}

/* ---- the page ---- */

static struct phraser *teller_new(struct request *rq, const struct report *report)
{
    struct phraser *t = ARENA_NEW(rq->arena, struct phraser);

    *t = (struct phraser){.report = report,
                          .wording = rq->site->loaded.wording,
                          .lang = rq->lang,
                          .arena = rq->arena};
    return t;
}

static enum work_queue phrase_page(struct request *rq)
{
    const struct result_step *r = rq->page;
    const struct dossier *dossier = &rq->opened.dossier;
    struct layout layout = request_layout(rq, WEB_result_title);
    const struct loaded_questionnaire *whole = goes_on_with(rq);
    struct result_page page = {.reference = dossier->reference,
                               .submitted_at = time_and_day(rq->arena, dossier->submitted_at),
                               .is_open = open_dossier_is_open(&rq->opened),
                               .is_withdrawn = dossier->state == DOSSIER_WITHDRAWN,
                               .goes_on = whole ? whole->q->title.in[rq->lang] : NULL,
                               .may_add = dossier->state == DOSSIER_SUBMITTED,
                               .faults = r->sent ? &r->sent->faults : NULL};
    struct result result;

    if (!make_result(rq, &result))
        return QUEUE_DONE;
    page.t = teller_new(rq, result.report);
    page.money = money_of(page.t);
    if (r->verified)
        page.verified = verified_view_of(rq, page.t, r->verified);
    if (page.may_add)
        ask_facts(rq, &result.report->source, &page);
    layout.has_fault = page.faults != NULL;
    layout.form = page.further_count ? "page" : NULL;
    request_page(rq, page.faults ? 422 : 200);
    view_result(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

static enum work_queue sample_show(struct request *rq)
{
    struct layout layout = request_layout(rq, WEB_result_sample_title);
    struct result_page page = {.t = teller_new(rq, rq->site->sample)};

    page.money = money_of(page.t);
    request_page(rq, 200);
    view_result(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_sample(struct request *rq)
{
    return rq->site->sample ? request_go(rq, QUEUE_SLOW, sample_show) : request_not_found(rq);
}

/* ---- JSON ---- */

static void write_links(struct request *rq, struct json_writer *w)
{
    const struct {
        const char *name;
        struct path path;
    } links[] = {{"report", path_page_report_pdf(rq->arena, rq->reference)},
                 {"annex", path_page_annex_pdf(rq->arena, rq->reference)},
                 {"summary", path_page_summary_pdf(rq->arena, rq->reference)},
                 {"receipt", path_page_receipt_pdf(rq->arena, rq->reference)},
                 {"page", path_page_result(rq->arena, rq->reference)}};

    json_key(w, "links");
    json_begin_object(w);
    for (size_t i = 0; i < ARRAY_SIZE(links); i++)
        json_member_string(w, links[i].name, request_path(rq, links[i].path));
    json_end_object(w);
}

static enum work_queue phrase_json(struct request *rq)
{
    struct result result;
    struct json_writer w;

    if (!make_result(rq, &result))
        return QUEUE_DONE;
    request_json(rq, 200, &w);
    json_begin_object(&w);
    json_member_string(&w, "reference", rq->opened.dossier.reference);
    json_member_string(&w, "token", rq->form_token);
    result_write(&w, &result, rq->arena);
    verified_write(rq, ((const struct result_step *)rq->page)->verified, &w);
    write_links(rq, &w);
    json_end_object(&w);
    return QUEUE_DONE;
}

enum work_queue page_result(struct request *rq)
{
    struct result_step *r = ARENA_NEW(rq->arena, struct result_step);

    r->tells_verified = true;
    rq->page = r;
    return go_on(rq, rq->wants_json ? phrase_json : phrase_page);
}

/* ---- facts that are sent ---- */

/* All that may be asked. The fingerprints of nothing: a form was made when they were not known, so
 * one that is known by now was answered in another window, and is never changed here. */
static const char *all_facts(struct request *rq, struct controls *c)
{
    const struct facts *facts = rq->site->loaded.facts;
    size_t *list = ARENA_ARRAY(rq->arena, size_t, facts->count + 1);
    char *bases = ARENA_ARRAY(rq->arena, char, 8 * facts->count + 1);
    size_t count = 0;

    for (size_t i = 0; i < facts->count; i++) {
        if (!facts->items[i].is_derived)
            list[count++] = i;
    }
    controls_facts(c, rq, list, count);
    memset(bases, '0', 8 * count);
    bases[8 * count] = '\0';
    return bases;
}

/* After what was right was kept: the page reads much, and stands before nobody's save. */
static enum work_queue show_sent(struct request *rq)
{
    return go_on(rq, phrase_page);
}

/* What is right is kept, also where something else is wrong. */
enum work_queue post_result(struct request *rq)
{
    struct controls *c = ARENA_NEW(rq->arena, struct controls);
    const char *bases = all_facts(rq, c);
    struct path page = path_page_result(rq->arena, rq->reference);
    struct result_step *r;
    struct err err;

    if (!request_form(rq, c->fields, c->field_count))
        return QUEUE_DONE;
    controls_read(c);
    if (controls_apply(c, bases, false) > 0 &&
        open_dossier_complete(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    if (!c->faults.count)
        return request_redirect(rq, rq->stays ? page : path_at(rq->arena, page, "chinh-sach"));
    if (rq->wants_json)
        return request_faults_json(rq, &c->faults);
    r = ARENA_NEW(rq->arena, struct result_step);
    r->sent = c;
    rq->page = r;
    return request_go(rq, QUEUE_READ, show_sent);
}

/* ---- papers ---- */

static void begin_paper(struct request *rq, enum web_text name)
{
    request_attachment(
        rq, "application/pdf",
        arena_printf(rq->arena, "%s-%s.pdf", tr(rq, name), rq->opened.dossier.reference));
}

/* What each is called where it is kept. */
static const enum web_text document_files[] = {
    [DOCUMENT_REPORT] = WEB_result_report_file,
    [DOCUMENT_ANNEXED] = WEB_result_annex_file,
    [DOCUMENT_SUMMARY] = WEB_result_summary_file,
};

static enum work_queue phrase_pdf(struct request *rq)
{
    const struct result_step *r = rq->page;
    struct document_request request;
    struct result result;
    struct err err;

    if (!make_result(rq, &result))
        return QUEUE_DONE;
    begin_paper(rq, document_files[r->kind]);
    request = (struct document_request){
        .report = result.report,
        .wording = rq->site->loaded.wording,
        .lang = rq->lang,
        .kind = r->kind,
        .contact = rq->site->options.contact,
        .uri = request_address(rq, path_page_tasks(rq->arena, rq->opened.dossier.reference))};
    if (result_pdf(&request, &rq->x->reply.body, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

/* For reports, which say it. Answers, not files: one may have several. */
static enum status count_evidenced(struct request *rq, struct result_step *r, struct err *err)
{
    const struct evidence *list;
    size_t count = 0;
    enum status status =
        open_dossier_evidence(&rq->app, &rq->opened, rq->arena, &list, &count, err);

    r->evidenced_count = 0;
    for (size_t i = 0; i < count && status == OK; i++) {
        size_t earlier = 0;

        while (earlier < i && strcmp(list[earlier].question, list[i].question) != 0)
            earlier++;
        r->evidenced_count += earlier == i;
    }
    r->evidenced = &r->evidenced_count;
    return status;
}

static enum work_queue page_pdf(struct request *rq, enum document_kind kind)
{
    struct result_step *r = ARENA_NEW(rq->arena, struct result_step);
    struct err err;

    r->kind = kind;
    rq->page = r;
    if (kind != DOCUMENT_SUMMARY && count_evidenced(rq, r, &err) != OK)
        return request_error(rq, &err);
    return go_on(rq, phrase_pdf);
}

enum work_queue page_report_pdf(struct request *rq)
{
    return page_pdf(rq, DOCUMENT_REPORT);
}

enum work_queue page_annex_pdf(struct request *rq)
{
    return page_pdf(rq, DOCUMENT_ANNEXED);
}

enum work_queue page_summary_pdf(struct request *rq)
{
    return page_pdf(rq, DOCUMENT_SUMMARY);
}

static struct receipt receipt_of(struct request *rq, const struct phraser *t)
{
    const struct result_step *r = rq->page;
    const struct dossier *dossier = &rq->opened.dossier;
    const struct response *response = r->request.response;
    const struct report *report = t->report;

    return (struct receipt){
        .service = tr(rq, WEB_site_name),
        .reference = dossier->reference,
        .name = response_fact_text(response, "name"),
        .tax_code = response_fact_text(response, "tax_code"),
        .questionnaire = report->q->title.in[rq->lang],
        .round = response->round ? response->round : "–",
        .submitted_at = time_and_day(rq->arena, dossier->submitted_at),
        .times = r->times,
        .level = phrase_level(t, report->level),
        .score =
            arena_printf(rq->arena, "%s/%s (%s)", phrase_number(t, report->points, 2),
                         phrase_number(t, report->max, 2), phrase_percent(t, report->percent, 1)),
        .consent_version = dossier->consent_version,
        .uri = request_address(rq, path_page_tasks(rq->arena, dossier->reference)),
        .help = rq->site->options.contact,
        .on = r->request.on};
}

static enum work_queue phrase_receipt(struct request *rq)
{
    struct result result;
    struct receipt receipt;
    struct err err;

    if (!make_result(rq, &result))
        return QUEUE_DONE;
    receipt = receipt_of(rq, teller_new(rq, result.report));
    begin_paper(rq, WEB_result_receipt_file);
    if (receipt_pdf(&receipt, rq->lang, &rq->x->reply.body, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

enum work_queue page_receipt_pdf(struct request *rq)
{
    struct result_step *r = ARENA_NEW(rq->arena, struct result_step);
    struct err err;

    if (open_dossier_submissions(&rq->app, &rq->opened, rq->arena, &r->times, &err) != OK)
        return request_error(rq, &err);
    rq->page = r;
    return go_on(rq, phrase_receipt);
}
