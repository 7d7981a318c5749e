/* "My data": what is held and why, taking it along, withdrawing consent, erasure. */
#include <string.h>

#include "after.h"
#include "web/handlers.h"
#include "web_views.h"

#define TYPED_BYTES_MAX 60

static enum work_queue to_data(struct visit *v)
{
    return visit_redirect(v, "/ho-so/%s/du-lieu", v->filled.dossier.reference);
}

/* ---- seeing and taking along ---- */

static enum work_queue reply_json(struct visit *v)
{
    struct json_writer w;
    struct err err;

    return data_json(v, &w, &err) == OK ? QUEUE_DONE : visit_error(v, &err);
}

static bool may_end_consent(const struct visit *v)
{
    return *v->filled.dossier.consent_at && !*v->filled.dossier.consent_ended_at;
}

enum work_queue page_data(struct visit *v)
{
    struct layout layout = visit_layout(v, WEB_data_title);
    const struct dossier *dossier = &v->filled.dossier;
    struct record record;
    struct data_view view = {.reference = dossier->reference, .record = &record};
    struct err err;

    if (v->wants_json)
        return reply_json(v);
    if (data_record(v, &record, &err) != OK)
        return visit_error(v, &err);
    view.may_end_consent = may_end_consent(v);
    view.keep_days = visit_keep_days(v);
    if (*dossier->erasure_asked_at)
        view.erasure_asked_at = time_and_day(v->arena, dossier->erasure_asked_at);
    visit_page(v, 200);
    view_data(&v->view, &layout, &view);
    return QUEUE_DONE;
}

enum work_queue page_data_json(struct visit *v)
{
    enum work_queue queue = reply_json(v);

    if (v->x->reply.status == 200)
        reply_header(&v->x->reply, "Content-Disposition",
                     arena_printf(v->arena, "attachment; filename=\"%s.json\"", v->reference));
    return queue;
}

static enum work_queue make_pdf(struct visit *v)
{
    struct err err;

    visit_attachment(v, "application/pdf", arena_printf(v->arena, "%s-du-lieu.pdf", v->reference));
    if (my_data_pdf(v->page, v->lang, &v->x->reply.body, &err) != OK)
        return visit_error(v, &err);
    return QUEUE_DONE;
}

enum work_queue page_data_pdf(struct visit *v)
{
    struct record *record = ARENA_NEW(v->arena, struct record);
    struct err err;

    if (data_record(v, record, &err) != OK)
        return visit_error(v, &err);
    v->page = record;
    return visit_go(v, QUEUE_SLOW, make_pdf);
}

/* ---- withdrawing consent ---- */

enum work_queue page_end_consent(struct visit *v)
{
    static const struct form_faults none;
    struct confirm_view confirm = {.lead = say(v, WEB_unconsent_lead),
                                   .points = {say(v, WEB_unconsent_stops),
                                              say(v, WEB_unconsent_kept),
                                              say(v, WEB_unconsent_before)},
                                   .action = "rut-dong-y",
                                   .button = say(v, WEB_unconsent_button),
                                   .back = "du-lieu"};

    if (!may_end_consent(v))
        return refuse_state(v);
    return confirm_show(v, WEB_unconsent_title, &confirm, &none);
}

enum work_queue post_end_consent(struct visit *v)
{
    struct err err;

    if (!visit_press(v))
        return QUEUE_DONE;
    if (!*v->filled.dossier.consent_at)
        return refuse_state(v);
    if (filled_end_consent(&v->site->desk, &v->filled, v->arena, &err) != OK)
        return visit_error(v, &err);
    return to_data(v);
}

/* ---- erasure ---- */

static enum work_queue show_erase(struct visit *v, const char *typed,
                                  const struct form_faults *faults)
{
    struct confirm_view confirm = {.lead = say(v, WEB_erase_lead),
                                   .points = {say(v, WEB_erase_what), say(v, WEB_erase_stays),
                                              say(v, WEB_erase_final), say(v, WEB_erase_watched)},
                                   .action = "xoa",
                                   .button = say(v, WEB_erase_button),
                                   .back = "du-lieu",
                                   .has_typing = true,
                                   .typed = typed};

    return confirm_show(v, WEB_erase_title, &confirm, faults);
}

enum work_queue page_erase(struct visit *v)
{
    static const struct form_faults none;

    return show_erase(v, "", &none);
}

static enum work_queue refuse_erase(struct visit *v, const char *typed)
{
    struct form_faults faults = {.count = 0};

    form_fault_add(&faults, "reference", say(v, WEB_data_reference),
                   say_with(v, WEB_erase_mistyped, v->reference));
    v->must_undo = true;
    return show_erase(v, typed, &faults);
}

static enum work_queue erase(struct visit *v)
{
    const struct evidence *files;
    size_t count;
    bool is_erased;
    struct err err;
    enum status status =
        evidence_list(v->site->store, v->filled.dossier.id, v->arena, &files, &count, &err);

    if (status == OK)
        status = filled_ask_erasure(&v->site->desk, &v->filled, v->arena, &is_erased, &err);
    if (status == OK && is_erased)
        status = session_close(v, &err);
    if (status != OK)
        return visit_error(v, &err);
    if (!is_erased)
        return to_data(v);
    for (size_t i = 0; i < count; i++)
        evidence_drop_later(v->site, files[i].hash);
    return visit_redirect(v, "/da-xoa");
}

enum work_queue post_erase(struct visit *v)
{
    struct field fields[] = {{.name = "reference", .max = TYPED_BYTES_MAX}};
    const char *typed;
    char reference[DOSSIER_REFERENCE_BYTES];

    if (!visit_form(v, fields, 1))
        return QUEUE_DONE;
    typed = fields[0].value ? fields[0].value : "";
    if (!dossier_reference_parse(typed, reference) || strcmp(reference, v->reference) != 0)
        return refuse_erase(v, typed);
    return erase(v);
}

enum work_queue page_erased(struct visit *v)
{
    struct layout layout = visit_layout(v, WEB_erased_title);

    visit_page(v, 200);
    view_erased(&v->view, &layout);
    return QUEUE_DONE;
}
