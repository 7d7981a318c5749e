/* Where a dossier stands, what an officer asks, and what its owner may do now. */
#include <string.h>

#include "asked.h"
#include "base/array.h"
#include "base/text.h"
#include "web/handlers.h"
#include "web_paths.h"
#include "web_views.h"

#define REPLY_CHARS_MAX 2000
#define REPLY_BYTES_MAX (4 * REPLY_CHARS_MAX)
#define OBJECTION_CHARS_MAX 4000
#define OBJECTION_BYTES_MAX (4 * OBJECTION_CHARS_MAX)

/* What was sent and is not taken; NULL: nothing. */
struct refused {
    const struct refused_reply *reply;
    const char *objection;
    const struct form_faults *faults;
};

/* ---- the time line ---- */

enum step { STEP_SUBMITTED, STEP_REVIEWING, STEP_ASKED, STEP_DECIDED, STEP_NONE };

/* Events of officers that may be taken back. */
static bool is_decision(const char *kind)
{
    return strcmp(kind, "verified") == 0 || strcmp(kind, "rejected") == 0;
}

/* When something happened last, as it stands: not what was taken back, or is looked at anew. */
static const char *happened_at(struct request *rq, const struct dossier_history *history,
                               const char *wanted)
{
    const char *at = NULL;

    for (size_t i = 0; i < history->event_count; i++) {
        const struct dossier_event *event = &history->events[i];
        bool is_undone = i > 0 && strcmp(event->kind, "undone") == 0 &&
                         strcmp(history->events[i - 1].kind, wanted) == 0;

        if (strcmp(event->kind, wanted) == 0)
            at = time_and_day(rq->arena, event->at);
        else if (is_undone || (is_decision(wanted) && strcmp(event->kind, "reopened") == 0))
            at = NULL;
    }
    return at;
}

/* When something was asked that still stands, or the dossier was given back. */
static const char *asked_at(struct request *rq, const struct dossier_history *history)
{
    const char *at = happened_at(rq, history, "returned");

    for (size_t i = 0; !at && i < history->question_count; i++) {
        if (!*history->questions[i].closed_at)
            at = time_and_day(rq->arena, history->questions[i].asked_at);
    }
    return at;
}

static bool is_case(const struct dossier_review *review, enum case_state state)
{
    return review->has_case && review->row.at.state == state;
}

static enum step step_now(const struct request *rq, const struct dossier_review *review)
{
    switch (rq->opened.dossier.state) {
    case DOSSIER_SUBMITTED:
        return STEP_SUBMITTED;
    case DOSSIER_REVIEWING:
        return is_case(review, CASE_REJECTED)                                        ? STEP_DECIDED
               : is_case(review, CASE_ASKED) || is_case(review, CASE_EXPIRED) ? STEP_ASKED
                                                                              : STEP_REVIEWING;
    case DOSSIER_RETURNED:
        return STEP_ASKED;
    case DOSSIER_VERIFIED:
        return STEP_DECIDED;
    default:
        return STEP_NONE;
    }
}

static void view_steps(struct request *rq, const struct dossier_review *review,
                       struct status_view *view)
{
    const struct dossier *dossier = &rq->opened.dossier;
    const struct dossier_history *history = &review->history;
    bool is_rejected = is_case(review, CASE_REJECTED);
    enum step now = step_now(rq, review);
    const struct step_view steps[STATUS_STEPS] = {
        {.name = tr(rq, WEB_status_step_submitted),
         .at = *dossier->submitted_at ? time_and_day(rq->arena, dossier->submitted_at) : NULL},
        {.name = tr(rq, WEB_status_step_reviewing),
         .at = happened_at(rq, history, "review-started")},
        {.name = tr(rq, WEB_status_step_returned), .at = asked_at(rq, history)},
        {.name = tr(rq, is_rejected ? WEB_status_step_rejected : WEB_status_step_verified),
         .at = happened_at(rq, history, is_rejected ? "rejected" : "verified")},
    };

    for (size_t i = 0; i < STATUS_STEPS; i++) {
        struct step_view *step = &view->steps[view->step_count];

        /* nothing was asked, and nothing will be */
        if (i == STEP_ASKED && !steps[i].at && now == STEP_DECIDED)
            continue;
        *step = steps[i];
        step->state = i == now ? STEP_NOW : step->at ? STEP_DONE : STEP_LATER;
        view->step_count++;
    }
}

static void view_events(struct request *rq, const struct dossier_history *history,
                        struct status_view *view)
{
    struct event_view *events =
        ARENA_ARRAY(rq->arena, struct event_view, history->event_count + 1);

    for (size_t i = 0; i < history->event_count; i++) {
        const struct dossier_event *event = &history->events[i];

        events[i] = (struct event_view){.at = time_and_day(rq->arena, event->at),
                                        .what = event_words(rq, event->kind),
                                        .by = actor_words(rq, event->actor),
                                        .text = event->text};
    }
    view->events = events;
    view->event_count = history->event_count;
}

/* ---- what an officer asks ---- */

/* Those that wait for a reply first. */
static void view_asked_list(struct request *rq, const struct dossier_review *review,
                            const struct unlocked *unlocked, const struct refused *refused,
                            struct status_view *view)
{
    const struct dossier_history *history = &review->history;
    struct asked_view *asked =
        ARENA_ARRAY(rq->arena, struct asked_view, history->question_count + 1);

    for (int is_open = 1; is_open >= 0; is_open--) {
        for (size_t i = 0; i < history->question_count; i++) {
            if (query_is_open(&history->questions[i]) == is_open)
                asked[view->asked_count++] =
                    asked_view_of(rq, unlocked, &history->questions[i], refused->reply);
        }
    }
    view->asked = asked;
}

/* ---- where it stands, in words ---- */

static const char *rejected_words(struct request *rq, const struct dossier_review *review)
{
    return tr(rq, strcmp(review->row.at.reason_code, "duplicate") == 0 ? WEB_status_rejected_twice
                                                                       : WEB_status_rejected_scope);
}

/* What the state of a case says beyond that of its dossier; false: nothing. */
static bool view_case_words(struct request *rq, const struct dossier_review *review,
                            struct status_view *view)
{
    static const struct {
        enum case_state state;
        enum web_text words, next;
    } texts[] = {
        {CASE_ASKED, WEB_status_case_asked, WEB_status_next_asked},
        {CASE_ANSWERED, WEB_status_case_answered, WEB_status_next_answered},
        {CASE_EXPIRED, WEB_status_case_expired, WEB_status_next_expired},
        {CASE_REJECTED, WEB_status_case_rejected, WEB_status_next_rejected},
        {CASE_REOPENED, WEB_status_case_reopened, WEB_status_next_reviewing},
        {CASE_VERIFIED, WEB_status_case_verified, WEB_status_next_verified},
    };
    const struct case_row *row = &review->row;

    for (size_t i = 0; review->has_case && i < ARRAY_SIZE(texts); i++) {
        const char *value = row->at.state == CASE_ASKED      ? day_of_iso(rq, row->at.firm_due_on)
                            : row->at.state == CASE_REJECTED ? rejected_words(rq, review)
                                                             : day_of_time(rq, row->state_at);

        if (texts[i].state != row->at.state)
            continue;
        view->state = tr_with(rq, texts[i].words, value);
        view->next = tr(rq, texts[i].next);
        view->said = row->at.state == CASE_REJECTED || row->at.state == CASE_REOPENED
                         ? row->at.reason
                         : NULL;
        return true;
    }
    return false;
}

/* What an officer wrote when it was given back last; NULL: nothing. */
static const char *returned_text(const struct dossier_history *history)
{
    const struct dossier_event *returned =
        event_last(history->events, history->event_count, "returned");

    return returned && *returned->text ? returned->text : NULL;
}

static const char *next_words(struct request *rq)
{
    static const enum web_text texts[DOSSIER_STATE__MAX] = {
        [DOSSIER_DRAFT] = WEB_status_next_draft,
        [DOSSIER_SUBMITTED] = WEB_status_next_submitted,
        [DOSSIER_REVIEWING] = WEB_status_next_reviewing,
        [DOSSIER_RETURNED] = WEB_status_next_returned,
        [DOSSIER_VERIFIED] = WEB_status_next_verified,
        [DOSSIER_WITHDRAWN] = WEB_status_next_withdrawn,
        [DOSSIER_ERASED] = WEB_after_state_erased,
    };
    const struct dossier *dossier = &rq->opened.dossier;

    if (dossier->state == DOSSIER_DRAFT && dossier->assessment)
        return tr_with(rq, WEB_status_next_reopened,
                        time_and_day(rq->arena, dossier->submitted_at));
    if (*dossier->consent_ended_at)
        return tr_with(rq, WEB_status_next_no_consent,
                        time_and_day(rq->arena, dossier->consent_ended_at));
    return tr(rq, texts[dossier->state]);
}

static void view_words(struct request *rq, const struct dossier_review *review,
                       struct status_view *view)
{
    enum dossier_state state = rq->opened.dossier.state;
    const char *due = review->has_case ? day_of_iso(rq, review->row.at.firm_due_on) : NULL;

    if ((state == DOSSIER_REVIEWING || state == DOSSIER_VERIFIED) &&
        view_case_words(rq, review, view))
        return;
    view->state = state_words(rq, state);
    view->next = next_words(rq);
    if (state != DOSSIER_RETURNED)
        return;
    view->said = returned_text(&review->history);
    if (due && review->open_queries)
        view->state = tr_with(rq, WEB_status_case_returned, due);
    if (!review->open_queries)
        view->next = tr(rq, WEB_status_next_all_answered);
}

/* Until when a reply is waited for, in days: the reminder of who gets no mail. */
static const char *left_words(struct request *rq, const struct dossier_review *review)
{
    int days = review->open_queries ? review->days_left : -1;

    if (days < 0)
        return NULL;
    return days == 0 ? tr(rq, WEB_status_left_none)
                     : tr_with(rq, WEB_status_left, arena_printf(rq->arena, "%d", days));
}

/* ---- what may be done now ---- */

static bool may_amend(const struct open_dossier *opened)
{
    return opened->dossier.state == DOSSIER_SUBMITTED || opened->dossier.state == DOSSIER_WITHDRAWN;
}

static bool may_withdraw(const struct open_dossier *opened)
{
    return opened->dossier.assessment != 0 &&
           (opened->dossier.state == DOSSIER_SUBMITTED || open_dossier_is_open(opened));
}

static void view_objection(struct request *rq, const struct dossier_review *review,
                           const struct refused *refused, struct status_view *view)
{
    const struct dossier_event *event;

    view->object_by = day_of_iso(rq, review->object_by);
    view->objection = refused->objection;
    view->objection_fault = form_fault_at(refused->faults, "objection");
    if (!review->has_case || !*review->row.objected_at)
        return;
    view->objected_at = time_and_day(rq->arena, review->row.objected_at);
    event = event_last(review->history.events, review->history.event_count, "objected");
    view->objected = event ? event->text : "";
}

static struct status_view make_view(struct request *rq, const struct dossier_review *review,
                                    const struct unlocked *unlocked,
                                    const struct refused *refused)
{
    const struct open_dossier *opened = &rq->opened;
    struct status_view view = {.reference = opened->dossier.reference,
                               .contact = rq->site->options.contact,
                               .is_submitted = opened->dossier.assessment != 0,
                               .is_open = open_dossier_is_open(opened),
                               .is_returned = opened->dossier.state == DOSSIER_RETURNED,
                               .may_amend = may_amend(opened),
                               .may_withdraw = may_withdraw(opened),
                               .may_begin_again = may_begin_again(rq),
                               .round = rq->site->round};

    view_words(rq, review, &view);
    view.left = left_words(rq, review);
    view.may_mail = rq->app.sends_mail && opened->dossier.assessment;
    view_steps(rq, review, &view);
    view_events(rq, &review->history, &view);
    view_asked_list(rq, review, unlocked, refused, &view);
    view_objection(rq, review, refused, &view);
    return view;
}

struct status_reply {
    const char *token, *contact;
    struct dossier_reply dossier;
    struct dossier_history history;
    const char *case_state, *reply_by, *object_by, *objected_at;
};

static const struct json_member status_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "token", token),
    {.name = "dossier",
     .type = MEMBER_PART,
     .offset = offsetof(struct status_reply, dossier),
     .shape = &shape_dossier},
    JSON_PARTS(struct status_reply, "events", history.events, history.event_count, &shape_event),
    JSON_PARTS(struct status_reply, "questions", history.questions, history.question_count,
               &shape_asked),
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "contact", contact),
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "review", case_state),
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "reply_by", reply_by),
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "object_by", object_by),
    JSON_VALUE(MEMBER_TEXT, struct status_reply, "objected_at", objected_at),
};
const struct json_shape shape_status = JSON_SHAPE(struct status_reply, "Status", status_members);

/* NULL for "". */
static const char *or_null(const char *text)
{
    return text && *text ? text : NULL;
}

static enum work_queue reply_json(struct request *rq, const struct dossier_review *review)
{
    const struct status_reply reply = {
        .token = rq->form_token,
        .contact = rq->site->options.contact,
        .dossier = dossier_reply_of(rq),
        .history = review->history,
        .case_state = or_null(review->state),
        .reply_by = review->has_case ? or_null(review->row.at.firm_due_on) : NULL,
        .object_by = or_null(review->object_by),
        .objected_at = review->has_case ? or_null(review->row.objected_at) : NULL};

    return request_reply(rq, 200, &shape_status, &reply);
}

static enum work_queue show_status(struct request *rq, const struct refused *refused)
{
    struct layout layout = request_layout(rq, WEB_status_title);
    struct dossier_review review;
    struct unlocked unlocked;
    struct status_view view;
    struct err err;

    if (open_dossier_review(&rq->app, &rq->opened, rq->arena, &review, &err) != OK ||
        open_dossier_unlocked(&rq->app, &rq->opened, rq->arena, &unlocked, &err) != OK)
        return request_error(rq, &err);
    if (rq->wants_json)
        return reply_json(rq, &review);
    view = make_view(rq, &review, &unlocked, refused);
    layout.has_fault = refused->faults->count > 0;
    request_page(rq, layout.has_fault ? 422 : 200);
    view_status(&rq->view, &layout, &view, refused->faults);
    return QUEUE_DONE;
}

enum work_queue page_status(struct request *rq)
{
    static const struct form_faults none;

    return show_status(rq, &(struct refused){.faults = &none});
}

static enum work_queue to_status(struct request *rq)
{
    return request_redirect(rq, path_page_status(rq->arena, rq->reference));
}

/* ---- replies ---- */

static const struct dossier_question *find_question(const struct dossier_history *history,
                                                    int64_t id)
{
    for (size_t i = 0; i < history->question_count; i++) {
        if (history->questions[i].id == id)
            return &history->questions[i];
    }
    return NULL;
}

static enum work_queue refuse_reply(struct request *rq, const char *text, enum web_text why)
{
    struct refused_reply reply = {.id = rq->number, .text = text};
    const struct refused refused = {.reply = &reply, .faults = &reply.faults};

    form_fault_add(&reply.faults, arena_printf(rq->arena, "reply-%lld", (long long)rq->number),
                   tr(rq, WEB_status_reply), tr(rq, why));
    rq->must_undo = true;
    return rq->wants_json ? faults_json(rq, &reply.faults) : show_status(rq, &refused);
}

static enum work_queue refuse_query(struct request *rq)
{
    struct err err;

    err_set(&err, CONFLICT,
            "Câu hỏi này đã được trả lời hoặc cán bộ đã đóng, nên không nhận thêm trả lời. Hãy xem "
            "trang tình trạng hồ sơ.",
            "This question was answered, or closed by the officer, so no more replies are taken. "
            "Please see the status page.");
    return request_error(rq, &err);
}

/* Back to where it was sent from. */
static enum work_queue after_reply(struct request *rq, const char *from)
{
    int64_t number;

    return from && number_read(from, &number)
               ? request_redirect(rq, path_page_question(rq->arena, rq->reference, number))
               : to_status(rq);
}

/* An empty text is a reply where files came: the files are. */
static const char *reply_text(struct request *rq, const struct dossier_question *query,
                              const char *typed)
{
    const char *text = typed ? typed : "";
    struct err err;

    if (*text || !query_is_open(query) ||
        open_dossier_files_reply(&rq->app, &rq->opened, query, rq->arena, &text, &err) != OK)
        return text;
    return text;
}

enum work_queue post_reply(struct request *rq)
{
    struct field fields[] = {{.name = "reply", .max = REPLY_BYTES_MAX, .has_lines = true},
                             {.name = "from", .max = 10}};
    const struct dossier_question *query;
    struct dossier_history history;
    const char *text;
    struct err err;

    if (!request_form(rq, fields, 2))
        return QUEUE_DONE;
    if (open_dossier_history(&rq->app, &rq->opened, rq->arena, &history, &err) != OK)
        return request_error(rq, &err);
    query = find_question(&history, rq->number);
    if (!query)
        return request_not_found(rq);
    text = reply_text(rq, query, fields[0].value);
    if (!*text)
        return refuse_reply(rq, "", WEB_status_reply_empty);
    if (text_chars(text) > REPLY_CHARS_MAX)
        return refuse_reply(rq, text, WEB_status_reply_long);
    /* A second click sends the same again; anything else would change what was read already. */
    if (*query->replied_at && strcmp(query->reply, text) == 0)
        return after_reply(rq, fields[1].value);
    if (!query_is_open(query))
        return refuse_query(rq);
    if (rq->opened.dossier.state == DOSSIER_WITHDRAWN ||
        rq->opened.dossier.state == DOSSIER_ERASED)
        return refuse_state(rq);
    if (open_dossier_reply(&rq->app, &rq->opened, rq->number, text, &err) != OK)
        return request_error(rq, &err);
    return after_reply(rq, fields[1].value);
}

/* ---- objection ---- */

static enum work_queue refuse_objection(struct request *rq, const char *text, enum web_text why)
{
    struct form_faults faults = {0};
    const struct refused refused = {.objection = text, .faults = &faults};

    form_fault_add(&faults, "objection", tr(rq, WEB_objection_label), tr(rq, why));
    rq->must_undo = true;
    return rq->wants_json ? faults_json(rq, &faults) : show_status(rq, &refused);
}

enum work_queue post_objection(struct request *rq)
{
    struct field field = {.name = "objection", .max = OBJECTION_BYTES_MAX, .has_lines = true};
    const char *text;
    struct err err;

    if (!request_form(rq, &field, 1))
        return QUEUE_DONE;
    text = field.value ? field.value : "";
    if (!*text)
        return refuse_objection(rq, "", WEB_objection_empty);
    if (text_chars(text) > OBJECTION_CHARS_MAX)
        return refuse_objection(rq, text, WEB_objection_long);
    if (open_dossier_object(&rq->app, &rq->opened, text, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return request_redirect(
        rq, path_at(rq->arena, path_page_status(rq->arena, rq->reference), "y-kien"));
}

/* ---- amending, withdrawing ---- */

enum work_queue post_amend(struct request *rq)
{
    struct err err;

    if (!request_press(rq))
        return QUEUE_DONE;
    if (open_dossier_amend(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return request_redirect(rq, path_page_tasks(rq->arena, rq->reference));
}

enum work_queue page_withdraw(struct request *rq)
{
    static const struct form_faults none;
    struct confirm_view confirm = {.lead = tr(rq, WEB_withdraw_lead),
                                   .points = {tr(rq, WEB_withdraw_counts),
                                              tr(rq, WEB_withdraw_kept),
                                              tr(rq, WEB_withdraw_again)},
                                   .action = path_post_withdraw(rq->arena, rq->reference),
                                   .button = tr(rq, WEB_withdraw_button),
                                   .back = path_page_status(rq->arena, rq->reference)};

    if (!may_withdraw(&rq->opened))
        return refuse_state(rq);
    return confirm_show(rq, WEB_withdraw_title, &confirm, &none);
}

enum work_queue post_withdraw(struct request *rq)
{
    struct err err;

    if (!request_press(rq))
        return QUEUE_DONE;
    if (open_dossier_withdraw(&rq->app, &rq->opened, rq->arena, &err) != OK)
        return request_error(rq, &err);
    return to_status(rq);
}

