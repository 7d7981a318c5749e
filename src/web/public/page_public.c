/* Pages for everybody: what this is, help, personal data, accessibility. */
#include "web/handlers.h"

#include <string.h>

#include "policy/size.h"
#include "report/paper.h"
#include "web/public/replies.h"
#include "web_views.h"

static const struct json_member home_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct home_page, "service", service),
    JSON_VALUE(MEMBER_TEXT, struct home_page, "round", round),
    JSON_VALUE(MEMBER_TEXT, struct home_page, "authority", authority),
    JSON_VALUE(MEMBER_TEXT, struct home_page, "contact", contact),
    JSON_PARTS(struct home_page, "questionnaires", surveys, count, &shape_survey),
};
const struct json_shape shape_home = JSON_SHAPE(struct home_page, "Home", home_members);

/* The first questionnaire that fits, among those of the page; NULL: none. */
static const struct survey_view *proposed(struct request *rq, const struct home_page *page,
                                          enum legal_form form, enum size_class size)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    const struct loaded_questionnaire **list =
        ARENA_ARRAY(rq->arena, const struct loaded_questionnaire *, loaded->count + 1);

    if (loaded_data_fitting(loaded, form, size_code(size), "", rq->arena, list) == 0)
        return NULL;
    return &page->surveys[list[0] - loaded->items];
}

enum work_queue page_home(struct request *rq)
{
    const struct loaded_data *loaded = &rq->site->loaded;
    const struct loaded_questionnaire **list =
        ARENA_ARRAY(rq->arena, const struct loaded_questionnaire *, loaded->count + 1);
    struct home_page page = {.service = tr(rq, WEB_site_name),
                             .round = rq->site->round,
                             .authority = rq->site->options.authority,
                             .contact = rq->site->options.contact,
                             .token = rq->form_token,
                             .count = loaded->count};
    struct layout layout = request_layout(rq, WEB_home_title);

    for (size_t i = 0; i < loaded->count; i++)
        list[i] = &loaded->items[i];
    page.surveys = request_surveys(rq, list, loaded->count);
    page.small = proposed(rq, &page, LEGAL_FORM_ENTERPRISE, SIZE_SMALL);
    page.household = proposed(rq, &page, LEGAL_FORM_HOUSEHOLD, SIZE_MICRO);
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_home, &page);
    request_page(rq, 200);
    view_home(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_help(struct request *rq)
{
    struct layout layout = request_layout(rq, WEB_help_title);

    request_page(rq, 200);
    view_help(&rq->view, &layout);
    return QUEUE_DONE;
}

enum work_queue page_privacy(struct request *rq)
{
    struct layout layout = request_layout(rq, WEB_privacy_title);

    request_page(rq, 200);
    view_privacy(&rq->view, &layout, request_keep_days(rq));
    return QUEUE_DONE;
}

enum work_queue page_accessibility(struct request *rq)
{
    struct layout layout = request_layout(rq, WEB_accessibility_title);

    request_page(rq, 200);
    view_accessibility(&rq->view, &layout);
    return QUEUE_DONE;
}

/* ---- on paper, for who does not answer on a screen ---- */

#define SHEET_OF_FACTS "thong-tin-them"

/* In the language of the page alone. */
static enum work_queue print_paper(struct request *rq)
{
    const struct loaded_questionnaire *survey = rq->page;
    struct paper_setup setup = {.questionnaire = survey ? survey->q : NULL,
                                .facts = rq->site->loaded.facts,
                                .langs = {rq->lang},
                                .lang_count = 1,
                                .on = today()};
    struct buf *out = &rq->x->reply.body;
    struct err err;

    request_attachment(rq, "application/pdf", arena_printf(rq->arena, "%s.pdf", rq->segment));
    if ((survey ? paper_print : paper_print_more)(rq->arena, &setup, out, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}

enum work_queue page_paper(struct request *rq)
{
    const struct loaded_questionnaire *survey = loaded_data_find(&rq->site->loaded, rq->segment);

    if (!survey && strcmp(rq->segment, SHEET_OF_FACTS) != 0)
        return request_not_found(rq);
    rq->page = (void *)(uintptr_t)survey;
    return request_go(rq, QUEUE_SLOW, print_paper);
}
