/* What the pages that follow a submission share. */
#include "submission.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_views.h"

const char *event_words(struct request *rq, const char *kind)
{
    static const struct {
        const char *kind;
        enum web_text text;
    } events[] = {
        {"created", WEB_after_event_created},
        {"submitted", WEB_after_event_submitted},
        {"amended", WEB_after_event_amended},
        {"withdrawn", WEB_after_event_withdrawn},
        {"consent-withdrawn", WEB_after_event_consent_withdrawn},
        {"erasure-asked", WEB_after_event_erasure_asked},
        {"code-renewed", WEB_after_event_code_renewed},
        {"exported", WEB_after_event_exported},
        {"review-started", WEB_after_event_review_started},
        {"returned", WEB_after_event_returned},
        {"verified", WEB_after_event_verified},
        {"rejected", WEB_after_event_rejected},
        {"reopened", WEB_after_event_reopened},
        {"query-expired", WEB_after_event_query_expired},
        {"undone", WEB_after_event_undone},
        {"objected", WEB_after_event_objected},
        {"expired", WEB_after_event_expired},
        {"warned", WEB_after_event_warned},
        {"code-reissued", WEB_after_event_code_reissued},
        {"handed-over", WEB_after_event_handed_over},
        {"data-answered", WEB_after_event_data_answered},
    };

    for (size_t i = 0; i < ARRAY_SIZE(events); i++) {
        if (strcmp(events[i].kind, kind) == 0)
            return tr(rq, events[i].text);
    }
    return "";
}

const char *state_words(struct request *rq, enum dossier_state state)
{
    static const enum web_text texts[DOSSIER_STATE__MAX] = {
        [DOSSIER_DRAFT] = WEB_after_state_draft,
        [DOSSIER_SUBMITTED] = WEB_after_state_submitted,
        [DOSSIER_REVIEWING] = WEB_after_state_reviewing,
        [DOSSIER_RETURNED] = WEB_after_state_returned,
        [DOSSIER_VERIFIED] = WEB_after_state_verified,
        [DOSSIER_WITHDRAWN] = WEB_after_state_withdrawn,
        [DOSSIER_ERASED] = WEB_after_state_erased,
    };

    return tr(rq, texts[state]);
}

const char *actor_words(struct request *rq, const char *by)
{
    return tr(rq, strcmp(by, "enterprise") == 0 ? WEB_after_by_enterprise
                  : strcmp(by, "officer") == 0  ? WEB_after_by_officer
                                                : WEB_after_by_system);
}

const char *bytes_words(struct request *rq, int64_t bytes)
{
    bool is_large = bytes >= 1000000;
    struct ratio size = is_large ? ratio_make(bytes, 1000000) : ratio_of((bytes + 999) / 1000);

    return arena_printf(rq->arena, "%s %s",
                        text_of_number(rq->arena, size, is_large ? 1 : 0, rq->lang),
                        is_large ? "MB" : "kB");
}

const struct question *request_question(const struct request *rq, const char *id, size_t *index)
{
    size_t found = questionnaire_find(rq->opened.survey->q, id);

    if (found == MAP_NONE)
        return NULL;
    *index = found;
    return &rq->opened.survey->q->questions[found];
}

const char *day_of_iso(struct request *rq, const char *iso)
{
    day d;

    return day_parse_iso(iso, strlen(iso), &d) ? text_of_day(rq->arena, d) : NULL;
}

const char *day_of_time(struct request *rq, const char *utc)
{
    day d = day_of_utc(utc);

    return d == DAY_NONE ? NULL : text_of_day(rq->arena, d);
}

bool number_read(const char *text, int64_t *out)
{
    int64_t number = 0;
    size_t len = strlen(text);

    if (len == 0 || len > 15 || strspn(text, "0123456789") != len)
        return false;
    for (; *text; text++)
        number = 10 * number + (*text - '0');
    *out = number;
    return number > 0;
}

enum work_queue faults_json(struct request *rq, const struct form_faults *faults)
{
    rq->must_undo = true;
    return request_faults_json(rq, faults);
}

enum work_queue refuse_state(struct request *rq)
{
    struct err err;

    err_set(&err, CONFLICT,
            "Hồ sơ %s không còn ở bước cho phép việc này. Hãy xem trang tình trạng hồ sơ.",
            "The application %s is past the step where this can be done. Please see its status "
            "page.",
            rq->opened.dossier.reference);
    return request_error(rq, &err);
}

bool request_press(struct request *rq)
{
    return request_form(rq, NULL, 0);
}

static const struct json_member confirm_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct confirm_view, "reference", reference),
    JSON_VALUE(MEMBER_TEXT, struct confirm_view, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct confirm_view, "title", title),
    JSON_VALUE(MEMBER_TEXT, struct confirm_view, "lead", lead),
    JSON_TEXT_LIST(struct confirm_view, "points", point_list, point_count),
};
const struct json_shape shape_confirm = JSON_SHAPE(struct confirm_view, "Confirm", confirm_members);

enum work_queue confirm_show(struct request *rq, enum web_text title, struct confirm_view *confirm,
                       const struct form_faults *faults)
{
    struct layout layout = request_layout(rq, title);

    if (faults->count && rq->wants_json)
        return faults_json(rq, faults);
    confirm->title = layout.title;
    confirm->reference = rq->reference;
    confirm->token = rq->form_token;
    confirm->point_list = confirm->points;
    while (confirm->point_count < CONFIRM_POINTS && confirm->points[confirm->point_count])
        confirm->point_count++;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_confirm, confirm);
    confirm->fault = form_fault_at(faults, "reference");
    layout.has_fault = faults->count > 0;
    request_page(rq, faults->count ? 422 : 200);
    view_confirm(&rq->view, &layout, confirm, faults);
    return QUEUE_DONE;
}

