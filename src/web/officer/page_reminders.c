/* Where an officer wants reminders by mail. */
#include "web/officer/desk.h"
#include "web/handlers.h"

#include "web_paths.h"
#include "web_views.h"

#define QUERY_SAVED "da-luu"

static enum work_queue show(struct request *rq, struct mail_page *page)
{
    struct desk_layout layout = desk_layout(rq, WEB_desk_reminders_title);

    page->token = rq->form_token;
    page->is_sent = rq->app.sends_mail;
    layout.layout.has_fault = page->faults->count > 0;
    layout.layout.form = "page";
    request_page(rq, page->faults->count ? 422 : 200);
    view_desk_reminders(&rq->view, &layout, page);
    return QUEUE_DONE;
}

enum work_queue page_desk_reminders(struct request *rq)
{
    static const struct form_faults none;
    struct field saved = {.name = QUERY_SAVED, .max = 4};
    struct mail_page page = {.faults = &none};
    struct err err;

    query_read(rq->arena, rq->x->request.query, &saved, 1);
    page.is_saved = saved.value && *saved.value;
    if (own_mail_address(&rq->app, rq->arena, &page.address, &err) != OK)
        return request_error(rq, &err);
    return show(rq, &page);
}

enum work_queue post_desk_reminders(struct request *rq)
{
    struct form_faults faults = {0};
    struct mail_page page = {.faults = &faults};
    struct err err;

    page.address = mail_form_read(rq, &faults);
    if (!page.address)
        return QUEUE_DONE;
    if (faults.count && rq->wants_json)
        return request_faults_json(rq, &faults);
    if (faults.count || rq->stays)
        return show(rq, &page);
    if (own_mail_address_set(&rq->app, page.address, &err) != OK)
        return request_error(rq, &err);
    return request_redirect(rq, path_with(rq->arena, path_page_desk_reminders(rq->arena),
                                          QUERY_SAVED, "1"));
}
