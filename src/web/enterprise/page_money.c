/* What an enterprise may get, told as soon as its facts are known: before the questions. */
#include "web/enterprise/money.h"

#include "policy/match.h"
#include "web/enterprise/replies.h"
#include "web/enterprise/result_page.h"
#include "web/handlers.h"
#include "submission.h"
#include "web_paths.h"
#include "web_views.h"

static const struct json_member line_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct money_line, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct money_line, "amount", words),
    JSON_VALUE(MEMBER_TEXT, struct money_line, "spend", whole),
    JSON_VALUE(MEMBER_TEXT, struct money_line, "apply_at", apply_at),
};
static const struct json_shape shape_line = JSON_SHAPE(struct money_line, NULL, line_members);

static const struct json_member money_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct money_page, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct money_page, "token", token),
    JSON_VALUE(MEMBER_SIZE, struct money_page, "eligible", money.eligible),
    JSON_VALUE(MEMBER_SIZE, struct money_page, "waiting", waiting),
    JSON_VALUE(MEMBER_INT64, struct money_page, "given_vnd", given_vnd),
    JSON_PARTS(struct money_page, "lines", money.lines, money.count, &shape_line),
};
const struct json_shape shape_money = JSON_SHAPE(struct money_page, "Money", money_members);

/* No score is known yet, so what hangs on it stays open: nothing is decided by questions that were
 * not asked. */
static const struct report *match_facts(struct request *rq)
{
    const struct response *response = rq->opened.response;
    const struct loaded_data *loaded = &rq->site->loaded;
    struct score *score = ARENA_NEW(rq->arena, struct score);
    struct report_source source = {.response = response,
                                   .score = score,
                                   .before_on = DAY_NONE,
                                   .on = rq->app.today};

    score_answers(rq->opened.survey->scorer, response->answers, score);
    source.match =
        match_all(applicant_new(rq->arena, loaded->catalogue, response->values, rq->app.today,
                                rq->app.today, NULL),
                  rq->arena);
    return report_new(rq->arena, &source);
}

static size_t questions_shown(const struct request *rq)
{
    return progress_of(rq->opened.response, 0, rq->opened.survey->q->question_count).shown;
}

static enum work_queue show_money(struct request *rq)
{
    const struct report *report = match_facts(rq);
    const struct phraser t = {.report = report,
                              .wording = rq->site->loaded.wording,
                              .lang = rq->lang,
                              .arena = rq->arena};
    const struct questionnaire *q = rq->opened.survey->q;
    struct money_page page = {.token = rq->form_token,
                              .reference = rq->reference,
                              .t = &t,
                              .money = money_of(&t),
                              .waiting = report->open_count,
                              .given_vnd = report->combination->given_vnd,
                              .questions = questions_shown(rq),
                              .minutes = (size_t)q->minutes};
    struct layout layout = request_layout(rq, WEB_money_title);

    if (rq->wants_json)
        return request_reply(rq, 200, &shape_money, &page);
    request_page(rq, 200);
    view_money(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_money(struct request *rq)
{
    if (!open_dossier_is_open(&rq->opened))
        return request_redirect(rq, path_page_result(rq->arena, rq->reference));
    return request_go(rq, QUEUE_SLOW, show_money);
}
