/* Requests of enterprises about their own data, with the day on which each is due. */
#include "web/officer/desk.h"
#include "case_words.h"
#include "web/handlers.h"
#include "web/officer/requests_page.h"

#include <string.h>

#include "app/review/requests.h"
#include "base/text.h"
#include "policy/calendar.h"
#include "web_paths.h"
#include "web_views.h"

#define ANSWER_BYTES_MAX (4 * REQUEST_ANSWER_CHARS_MAX)

static const struct form_faults no_faults;

static const char *kind_words(struct request *rq, enum data_request_kind kind)
{
    static const enum web_text texts[REQUEST_KIND__MAX + 1] = {
        [REQUEST_ERASURE] = WEB_request_erasure,
        [REQUEST_CORRECTION] = WEB_request_correction,
        [REQUEST_OBJECTION] = WEB_request_objection,
        [REQUEST_KIND__MAX] = WEB_request_objection};

    return tr(rq, texts[kind]);
}

static const char *due_words(struct request *rq, const char *due_on, const char **tone)
{
    struct case_standing at = {.state = CASE_SUBMITTED, .due_on = due_on};

    return case_due(rq, &at, tone);
}

static struct request_line line_of(struct request *rq, const struct data_request *request)
{
    struct request_line line = {.id = request->id,
                                .kind = kind_words(rq, request->kind),
                                .text = request->text,
                                .asked_at = time_and_day(rq->arena, request->asked_at),
                                .answer = request->answer,
                                .due = "",
                                .due_tone = "",
                                .form = "",
                                .is_open = request->state == REQUEST_OPEN,
                                .is_erasure = request->kind == REQUEST_ERASURE,
                                .is_refused = request->state == REQUEST_REFUSED};

    line.name = request->review_case ? case_name(rq, request->name, &line.form)
                                     : tr(rq, WEB_request_erased);
    if (request->review_case)
        line.path = path_page_case(rq->arena, request->review_case);
    if (line.is_open)
        line.due = due_words(rq, request->due_on, &line.due_tone);
    else
        line.answered_at = time_and_day(rq->arena, request->answered_at);
    return line;
}

static enum work_queue show(struct request *rq, const struct form_faults *faults,
                            const char *typed, const char *done)
{
    struct desk_layout layout = desk_layout(rq, WEB_requests_title);
    struct requests_page page = {
        .token = rq->form_token, .faults = faults, .typed_at = rq->number, .typed = typed,
        .done = done};
    const struct data_request *list;
    struct request_line *lines;
    struct err err;

    if (requests_list(&rq->app, rq->arena, &list, &page.count, &err) != OK)
        return request_error(rq, &err);
    lines = ARENA_ARRAY(rq->arena, struct request_line, page.count + 1);
    for (size_t i = 0; i < page.count; i++)
        lines[i] = line_of(rq, &list[i]);
    page.lines = lines;
    page.may_answer = permission(&rq->desk.account, ACT_ANSWER_DATA_CASES) != REACH_NONE;
    layout.layout.path = path_page_requests(rq->arena).text;
    layout.layout.has_fault = faults->count > 0;
    request_page(rq, faults->count ? 422 : 200);
    view_requests(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_requests(struct request *rq)
{
    return show(rq, &no_faults, "", NULL);
}

static enum work_queue refuse(struct request *rq, const char *typed, const struct err *err)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, arena_printf(rq->arena, "answer-%lld", (long long)rq->number),
                   tr(rq, WEB_request_answer), arena_strdup(rq->arena, err->text[rq->lang]));
    rq->must_undo = true;
    return rq->wants_json ? request_faults_json(rq, &faults) : show(rq, &faults, typed, NULL);
}

enum work_queue post_request(struct request *rq)
{
    struct field fields[] = {{.name = "act", .max = 10},
                             {.name = "answer", .max = ANSWER_BYTES_MAX, .has_lines = true}};
    const char *answer;
    struct err err;
    enum status status;

    if (!request_form(rq, fields, 2))
        return QUEUE_DONE;
    answer = fields[1].value ? fields[1].value : "";
    if (rq->stays)
        return show(rq, &no_faults, answer, NULL);
    if (text_chars(answer) > REQUEST_ANSWER_CHARS_MAX)
        status = err_set(&err, BAD_INPUT, "Ghi không quá %d ký tự.",
                         "At most %d characters, please.", REQUEST_ANSWER_CHARS_MAX);
    else
        status = request_answer(&rq->app, rq->number,
                                fields[0].value && strcmp(fields[0].value, "done") == 0, answer,
                                rq->arena, &err);
    if (status == BAD_INPUT)
        return refuse(rq, answer, &err);
    if (status != OK)
        return request_error(rq, &err);
    rq->x->event = "data-request-answered";
    return show(rq, &no_faults, "", tr(rq, WEB_request_answered));
}
