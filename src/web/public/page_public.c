/* Pages for everybody: what this is, help, personal data, accessibility. */
#include "web/handlers.h"

#include "report/form.h"
#include "web/kit/views_json.h"
#include "web_views.h"

static void home_json(struct visit *v, const struct home_page *page)
{
    struct json_writer w;

    visit_json(v, 200, &w);
    json_begin_object(&w);
    json_member_string(&w, "service", say(v, WEB_site_name));
    json_member_string(&w, "round", v->site->round);
    json_member_string(&w, "contact", v->site->options.contact);
    json_surveys(&w, page->surveys, page->count);
    json_end_object(&w);
}

enum work_queue page_home(struct visit *v)
{
    const struct surveys *surveys = &v->site->surveys;
    const struct survey **list = ARENA_ARRAY(v->arena, const struct survey *, surveys->count + 1);
    struct home_page page = {.count = surveys->count};
    struct layout layout = visit_layout(v, WEB_home_title);

    for (size_t i = 0; i < surveys->count; i++)
        list[i] = &surveys->items[i];
    page.surveys = visit_surveys(v, list, surveys->count);
    if (v->wants_json) {
        home_json(v, &page);
        return QUEUE_DONE;
    }
    visit_page(v, 200);
    view_home(&v->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_help(struct visit *v)
{
    struct layout layout = visit_layout(v, WEB_help_title);

    visit_page(v, 200);
    view_help(&v->view, &layout);
    return QUEUE_DONE;
}

enum work_queue page_privacy(struct visit *v)
{
    struct layout layout = visit_layout(v, WEB_privacy_title);

    visit_page(v, 200);
    view_privacy(&v->view, &layout, visit_keep_days(v));
    return QUEUE_DONE;
}

enum work_queue page_accessibility(struct visit *v)
{
    struct layout layout = visit_layout(v, WEB_accessibility_title);

    visit_page(v, 200);
    view_accessibility(&v->view, &layout);
    return QUEUE_DONE;
}

/* ---- on paper, for who does not answer on a screen ---- */

static enum work_queue print_paper(struct visit *v)
{
    const struct survey *survey = v->page;
    struct form_setup setup = {.questionnaire = survey->q,
                               .facts = v->site->surveys.facts,
                               .langs = {v->lang, v->lang == LANG_VI ? LANG_EN : LANG_VI},
                               .lang_count = 2,
                               .on = today()};
    struct err err;

    visit_attachment(v, "application/pdf", arena_printf(v->arena, "%s.pdf", survey->q->ref));
    if (form_print(v->arena, &setup, &v->x->reply.body, &err) != OK)
        return visit_error(v, &err);
    return QUEUE_DONE;
}

enum work_queue page_paper(struct visit *v)
{
    const struct survey *survey = surveys_find(&v->site->surveys, v->segment);

    if (!survey)
        return visit_not_found(v);
    v->page = (void *)(uintptr_t)survey;
    return visit_go(v, QUEUE_SLOW, print_paper);
}
