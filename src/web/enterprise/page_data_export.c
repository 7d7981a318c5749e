/* "My data": what is held and why, taking it along, withdrawing consent, erasure. */
#include <string.h>

#include "app/enterprise/data_requests.h"
#include "base/text.h"
#include "submission.h"
#include "web/handlers.h"
#include "web_paths.h"
#include "web_views.h"

#define TYPED_BYTES_MAX 60
#define REQUEST_CHARS_MAX 2000
#define REQUEST_BYTES_MAX (4 * REQUEST_CHARS_MAX)

static enum work_queue to_data(struct request *rq)
{
    return request_redirect(rq, path_page_data(rq->arena, rq->reference));
}

/* ---- seeing and taking along ---- */

static bool may_end_consent(const struct request *rq)
{
    return *rq->opened.dossier.consent_at && !*rq->opened.dossier.consent_ended_at;
}

static const char *asked_answer(struct request *rq, const struct data_request *request)
{
    return request->state == REQUEST_OPEN
               ? tr_with(rq, WEB_request_waits, day_of_iso(rq, request->due_on))
               : request->answer;
}

static enum status fill_asked(struct request *rq, struct data_view *view, struct err *err)
{
    static const enum web_text kinds[REQUEST_KIND__MAX + 1] = {
        [REQUEST_ERASURE] = WEB_request_erasure,
        [REQUEST_CORRECTION] = WEB_request_correction,
        [REQUEST_OBJECTION] = WEB_request_objection,
        [REQUEST_KIND__MAX] = WEB_request_objection};
    const struct data_request *list;
    struct data_asked_view *views;
    enum status status = open_dossier_data_asked(&rq->app, &rq->opened, rq->arena, &list,
                                                 &view->asked_count, err);

    if (status != OK)
        return status;
    views = ARENA_ARRAY(rq->arena, struct data_asked_view, view->asked_count + 1);
    for (size_t i = 0; i < view->asked_count; i++)
        views[i] = (struct data_asked_view){tr(rq, kinds[list[i].kind]),
                                            time_and_day(rq->arena, list[i].asked_at),
                                            list[i].text, asked_answer(rq, &list[i])};
    view->asked = views;
    return OK;
}

static enum work_queue show_data(struct request *rq, const struct form_faults *faults,
                                 const char *kind, const char *typed)
{
    struct layout layout = request_layout(rq, WEB_data_title);
    const struct dossier *dossier = &rq->opened.dossier;
    struct data_export record;
    struct data_view view = {.reference = dossier->reference,
                             .record = &record,
                             .faults = faults,
                             .kind = kind,
                             .typed = typed,
                             .may_ask = dossier->assessment != 0};
    struct err err;

    if (data_record(rq, &record, &err) != OK || fill_asked(rq, &view, &err) != OK)
        return request_error(rq, &err);
    layout.has_fault = faults->count > 0;
    view.may_end_consent = may_end_consent(rq);
    view.keep_days = request_keep_days(rq);
    if (*dossier->erasure_asked_at)
        view.erasure_asked_at = time_and_day(rq->arena, dossier->erasure_asked_at);
    request_page(rq, faults->count ? 422 : 200);
    view_data(&rq->view, &layout, &view);
    return QUEUE_DONE;
}

enum work_queue page_data(struct request *rq)
{
    static const struct form_faults none;

    return rq->wants_json ? data_json(rq) : show_data(rq, &none, "", "");
}

/* ---- asking an officer ---- */

static enum work_queue refuse_request(struct request *rq, const char *kind, const char *text,
                                      enum web_text why)
{
    struct form_faults faults = {.count = 0};

    form_fault_add(&faults, "text", tr(rq, WEB_request_text), tr(rq, why));
    rq->must_undo = true;
    return rq->wants_json ? faults_json(rq, &faults) : show_data(rq, &faults, kind, text);
}

enum work_queue post_data_request(struct request *rq)
{
    struct field fields[] = {{.name = "kind", .max = 20},
                             {.name = "text", .max = REQUEST_BYTES_MAX, .has_lines = true}};
    const char *kind, *text;
    struct err err;

    if (!request_form(rq, fields, 2))
        return QUEUE_DONE;
    kind = fields[0].value ? fields[0].value : "";
    text = fields[1].value ? fields[1].value : "";
    if (!rq->opened.dossier.assessment)
        return refuse_state(rq);
    if (!*text)
        return refuse_request(rq, kind, "", WEB_request_text_empty);
    if (text_chars(text) > REQUEST_CHARS_MAX)
        return refuse_request(rq, kind, text, WEB_request_text_long);
    /* erasure has a page of its own */
    if (open_dossier_ask_data(&rq->app, &rq->opened,
                              strcmp(kind, "correction") == 0 ? REQUEST_CORRECTION
                                                              : REQUEST_OBJECTION,
                              text, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return to_data(rq);
}

enum work_queue page_data_json(struct request *rq)
{
    enum work_queue queue = data_json(rq);

    if (rq->x->reply.status == 200)
        reply_header(&rq->x->reply, "Content-Disposition",
                     arena_printf(rq->arena, "attachment; filename=\"%s.json\"", rq->reference));
    return queue;
}

static enum work_queue make_pdf(struct request *rq)
{
    struct err err;

    request_attachment(rq, "application/pdf",
                       arena_printf(rq->arena, "%s-du-lieu.pdf", rq->reference));
    if (data_export_pdf(rq->page, rq->lang, &rq->x->reply.body, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

enum work_queue page_data_pdf(struct request *rq)
{
    struct data_export *record = ARENA_NEW(rq->arena, struct data_export);
    struct err err;

    if (data_record(rq, record, &err) != OK)
        return request_error(rq, &err);
    rq->page = record;
    return request_go(rq, QUEUE_SLOW, make_pdf);
}

/* ---- withdrawing consent ---- */

enum work_queue page_end_consent(struct request *rq)
{
    static const struct form_faults none;
    struct confirm_view confirm = {.lead = tr(rq, WEB_unconsent_lead),
                                   .points = {tr(rq, WEB_unconsent_stops),
                                              tr(rq, WEB_unconsent_kept),
                                              tr(rq, WEB_unconsent_before)},
                                   .action = path_post_end_consent(rq->arena, rq->reference),
                                   .button = tr(rq, WEB_unconsent_button),
                                   .back = path_page_data(rq->arena, rq->reference)};

    if (!may_end_consent(rq))
        return refuse_state(rq);
    return confirm_show(rq, WEB_unconsent_title, &confirm, &none);
}

enum work_queue post_end_consent(struct request *rq)
{
    struct err err;

    if (!request_press(rq))
        return QUEUE_DONE;
    if (!*rq->opened.dossier.consent_at)
        return refuse_state(rq);
    if (open_dossier_end_consent(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return to_data(rq);
}

/* ---- erasure ---- */

static enum work_queue show_erase(struct request *rq, const char *typed,
                                  const struct form_faults *faults)
{
    struct confirm_view confirm = {.lead = tr(rq, WEB_erase_lead),
                                   .points = {tr(rq, WEB_erase_what), tr(rq, WEB_erase_stays),
                                              tr(rq, WEB_erase_final), tr(rq, WEB_erase_watched)},
                                   .action = path_post_erase(rq->arena, rq->reference),
                                   .button = tr(rq, WEB_erase_button),
                                   .back = path_page_data(rq->arena, rq->reference),
                                   .has_typing = true,
                                   .typed = typed};

    return confirm_show(rq, WEB_erase_title, &confirm, faults);
}

enum work_queue page_erase(struct request *rq)
{
    static const struct form_faults none;

    return show_erase(rq, "", &none);
}

static enum work_queue refuse_erase(struct request *rq, const char *typed)
{
    struct form_faults faults = {.count = 0};

    form_fault_add(&faults, "reference", tr(rq, WEB_data_reference),
                   tr_with(rq, WEB_erase_mistyped, rq->reference));
    rq->must_undo = true;
    return show_erase(rq, typed, &faults);
}

static enum work_queue erase(struct request *rq)
{
    bool is_erased;
    struct err err;
    enum status status =
        open_dossier_ask_erasure(&rq->app, &rq->opened, rq->arena, &is_erased, &err);

    if (status == OK && is_erased)
        status = session_close(rq, &err);
    if (status != OK)
        return request_error(rq, &err);
    if (!is_erased)
        return to_data(rq);
    return request_redirect(rq, path_page_erased(rq->arena));
}

enum work_queue post_erase(struct request *rq)
{
    struct field fields[] = {{.name = "reference", .max = TYPED_BYTES_MAX}};
    const char *typed;
    char reference[DOSSIER_REFERENCE_BYTES];

    if (!request_form(rq, fields, 1))
        return QUEUE_DONE;
    typed = fields[0].value ? fields[0].value : "";
    if (!dossier_reference_parse(typed, reference) || strcmp(reference, rq->reference) != 0)
        return refuse_erase(rq, typed);
    return erase(rq);
}

enum work_queue page_erased(struct request *rq)
{
    struct layout layout = request_layout(rq, WEB_erased_title);

    request_page(rq, 200);
    view_erased(&rq->view, &layout);
    return QUEUE_DONE;
}

