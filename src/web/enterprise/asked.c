/* What officers ask, and what may be changed while they do. */
#include "asked.h"

#include <string.h>

#include "web_paths.h"
#include "web_views.h"

static bool is_under_review(const struct request *rq)
{
    return rq->opened.dossier.state == DOSSIER_RETURNED ||
           rq->opened.dossier.state == DOSSIER_REVIEWING;
}

static void view_about(struct request *rq, const struct unlocked *unlocked, const char *id,
                       struct asked_view *view)
{
    size_t index;
    const struct question *question = request_question(rq, id, &index);

    if (!question)
        return;
    view->label = question->text.in[rq->lang];
    view->answer =
        answer_print(question, &rq->opened.response->answers[index], rq->lang, rq->arena);
    if (!*view->answer)
        view->answer = tr(rq, WEB_not_answered);
    view->path = path_page_question(rq->arena, rq->reference, (int64_t)index + 1);
    view->may_see = is_under_review(rq);
    view->may_change = unlocked_answer(unlocked, index);
    view->question = unlocked_takes_files(unlocked, index) ? question->id : NULL;
}

static bool takes_replies(const struct request *rq)
{
    return rq->opened.dossier.state != DOSSIER_WITHDRAWN &&
           rq->opened.dossier.state != DOSSIER_ERASED;
}

static bool is_over(const struct request *rq, const char *iso)
{
    day due;

    return day_parse_iso(iso, strlen(iso), &due) && due < rq->app.today;
}

struct asked_view asked_view_of(struct request *rq, const struct unlocked *unlocked,
                                const struct dossier_question *query,
                                const struct refused_reply *refused)
{
    bool is_open = query_is_open(query);
    struct asked_view view = {.id = query->id,
                              .text = query->text,
                              .asked_at = time_and_day(rq->arena, query->asked_at),
                              .due = is_open ? day_of_iso(rq, query->due_on) : NULL,
                              .is_late = is_open && is_over(rq, query->due_on),
                              .reply = query->reply,
                              .may_reply = is_open && takes_replies(rq),
                              .close_reason = query->close_reason};

    view_about(rq, unlocked, query->question, &view);
    if (!view.may_reply)
        view.question = NULL;
    if (*query->closed_at)
        view.closed_at = time_and_day(rq->arena, query->closed_at);
    if (*query->replied_at)
        view.replied_at = time_and_day(rq->arena, query->replied_at);
    if (refused && refused->id == query->id) {
        view.reply = refused->text;
        view.fault = refused->faults.items[0].text;
    }
    return view;
}

/* ---- at the answer ---- */

/* The number of a question as its address has it, from 1. */
static int64_t number_of(const struct request *rq, const char *id)
{
    size_t index;

    return request_question(rq, id, &index) ? (int64_t)index + 1 : 0;
}

static void show_query(struct request *rq, const struct unlocked *unlocked,
                       const struct dossier_question *query, struct control_view *view,
                       struct form_page *page)
{
    struct asked_view *asked = (struct asked_view *)(uintptr_t)page->asked + page->asked_count++;

    view->officer = query->text;
    view->query = query->id;
    *asked = asked_view_of(rq, unlocked, query, NULL);
    asked->is_here = page->is_single;
    page->asked_from = number_of(rq, query->question);
}

/* Those of a dossier under review; none where they cannot be read. */
static size_t load_queries(struct request *rq, const struct dossier_question **list)
{
    size_t count = 0;
    struct err err;

    if (!is_under_review(rq) ||
        open_dossier_questions(&rq->app, &rq->opened, rq->arena, list, &count, &err) != OK)
        return 0;
    return count;
}

static bool is_about(const struct dossier_question *query, const char *question)
{
    return !*query->closed_at && strcmp(query->question, question) == 0;
}

void show_asked(struct request *rq, const struct unlocked *unlocked, struct control_view *views,
                struct form_page *page)
{
    const struct dossier_question *list;
    size_t count = load_queries(rq, &list);

    page->asked = ARENA_ARRAY(rq->arena, struct asked_view, count + 1);
    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < page->count; i++) {
            if (is_about(&list[k], views[i].name + 2))
                show_query(rq, unlocked, &list[k], &views[i], page);
        }
    }
}

bool is_asked_about(struct request *rq, const struct controls *c)
{
    const struct dossier_question *list;
    size_t count = load_queries(rq, &list);

    for (size_t k = 0; k < count; k++) {
        for (size_t i = 0; i < c->count; i++) {
            if (!c->items[i].is_fact && is_about(&list[k], control_name(rq, &c->items[i]) + 2))
                return true;
        }
    }
    return false;
}

/* ---- what is locked ---- */

/* "4.1.3, 4.1.4"; "" for none. */
static const char *unlocked_list(const struct request *rq, const struct unlocked *unlocked)
{
    const struct questionnaire *q = rq->opened.survey->q;
    const char *list = "";

    for (size_t i = 0; i < q->question_count; i++) {
        if (unlocked_answer(unlocked, i))
            list = arena_printf(rq->arena, "%s%s%s", list, *list ? ", " : "", q->questions[i].id);
    }
    return list;
}

const char *unlocked_words(struct request *rq, const struct unlocked *unlocked)
{
    const char *list = unlocked->all ? "" : unlocked_list(rq, unlocked);

    if (unlocked->all)
        return NULL;
    return *list ? tr_with(rq, WEB_locked_but, list) : tr(rq, WEB_locked_all);
}

enum work_queue refuse_locked(struct request *rq, const struct unlocked *unlocked)
{
    const char *list = unlocked_list(rq, unlocked);
    struct err err;

    err_set(&err, CONFLICT,
            "Cán bộ đang xem hồ sơ nên phần này đã khóa, không lưu gì. Câu sửa được lúc này: %1$s. "
            "Câu hỏi của cán bộ ở trang tình trạng.%2$.0s",
            "An officer is reviewing the application, so this is locked, and nothing was saved. "
            "What can be changed now: %2$s. What the officer asks stands on the status "
            "page.%1$.0s",
            *list ? list : "không có câu nào", *list ? list : "nothing");
    return request_error(rq, &err);
}
