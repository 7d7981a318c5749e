/* Where a dossier stands, what an officer asks, and what its owner may do now. */
#include <string.h>

#include "submission.h"
#include "base/text.h"
#include "web/handlers.h"
#include "web_paths.h"
#include "web_views.h"

#define REPLY_CHARS_MAX 2000
#define REPLY_BYTES_MAX (4 * REPLY_CHARS_MAX)

/* A reply that was sent and is not taken. */
struct refused_reply {
    int64_t id;
    const char *text;
    struct form_faults faults;
};

/* ---- the time line ---- */

/* When something happened last since the dossier was submitted; NULL: not yet. */
static const char *happened_at(struct request *rq, const struct dossier_history *history,
                               const char *kind)
{
    const char *at = NULL;

    for (size_t i = 0; i < history->event_count; i++) {
        const struct dossier_event *event = &history->events[i];

        if (strcmp(event->kind, kind) == 0)
            at = time_and_day(rq->arena, event->at);
    }
    return at;
}

static void view_steps(struct request *rq, const struct dossier_history *history,
                       struct status_view *view)
{
    static const struct {
        enum web_text name;
        const char *event;
        enum dossier_state state;
    } steps[STATUS_STEPS] = {
        {WEB_status_step_submitted, "submitted", DOSSIER_SUBMITTED},
        {WEB_status_step_reviewing, "review-started", DOSSIER_REVIEWING},
        {WEB_status_step_returned, "returned", DOSSIER_RETURNED},
        {WEB_status_step_verified, "verified", DOSSIER_VERIFIED},
    };
    const struct dossier *dossier = &rq->opened.dossier;

    for (size_t i = 0; i < STATUS_STEPS; i++) {
        struct step_view *step = &view->steps[i];

        step->name = tr(rq, steps[i].name);
        step->at = i == 0 && *dossier->submitted_at ? time_and_day(rq->arena, dossier->submitted_at)
                                                    : happened_at(rq, history, steps[i].event);
        step->state = dossier->state == steps[i].state ? STEP_NOW
                      : step->at                       ? STEP_DONE
                                                       : STEP_LATER;
    }
}

/* ---- what an officer asks ---- */

static void view_about(struct request *rq, const char *id, struct asked_view *view)
{
    const struct open_dossier *opened = &rq->opened;
    size_t index;
    const struct question *question = request_question(rq, id, &index);

    if (!question)
        return;
    view->label = question->text.in[rq->lang];
    view->answer = answer_print(question, &opened->response->answers[index], rq->lang, rq->arena);
    if (!*view->answer)
        view->answer = tr(rq, WEB_not_answered);
    if (open_dossier_is_open(opened))
        view->page = (int64_t)question_page_of(&opened->survey->pages, index) + 1;
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

static struct asked_view view_question(struct request *rq, const struct dossier_question *question,
                                       const struct refused_reply *refused)
{
    bool was_replied = *question->replied_at != '\0';
    struct asked_view view = {.id = question->id,
                              .text = question->text,
                              .asked_at = time_and_day(rq->arena, question->asked_at),
                              .due = day_of_iso(rq, question->due_on),
                              .is_late = !was_replied && is_over(rq, question->due_on),
                              .reply = question->reply,
                              .may_reply = !was_replied && takes_replies(rq)};

    view_about(rq, question->question, &view);
    if (was_replied)
        view.replied_at = time_and_day(rq->arena, question->replied_at);
    if (refused && refused->id == question->id) {
        view.reply = refused->text;
        view.fault = refused->faults.items[0].text;
    }
    return view;
}

static void view_asked(struct request *rq, const struct dossier_history *history,
                       const struct refused_reply *refused, struct status_view *view)
{
    struct asked_view *asked =
        ARENA_ARRAY(rq->arena, struct asked_view, history->question_count + 1);

    for (size_t i = 0; i < history->question_count; i++)
        asked[i] = view_question(rq, &history->questions[i], refused);
    view->asked = asked;
    view->asked_count = history->question_count;
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

static struct status_view make_view(struct request *rq, const struct dossier_history *history,
                                    const struct refused_reply *refused)
{
    const struct open_dossier *opened = &rq->opened;
    struct status_view view = {.reference = opened->dossier.reference,
                               .state = state_words(rq, opened->dossier.state),
                               .next = next_words(rq),
                               .contact = rq->site->options.contact,
                               .is_submitted = opened->dossier.assessment != 0,
                               .is_open = open_dossier_is_open(opened),
                               .may_amend = may_amend(opened),
                               .may_withdraw = may_withdraw(opened),
                               .may_begin_again = may_begin_again(rq),
                               .round = rq->site->round};

    view_steps(rq, history, &view);
    view_asked(rq, history, refused, &view);
    return view;
}

struct status_reply {
    const char *token, *contact;
    struct dossier_reply dossier;
    struct dossier_history history;
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
};
const struct json_shape shape_status = JSON_SHAPE(struct status_reply, "Status", status_members);

static enum work_queue reply_json(struct request *rq, const struct dossier_history *history)
{
    const struct status_reply reply = {.token = rq->form_token,
                                       .contact = rq->site->options.contact,
                                       .dossier = dossier_reply_of(rq),
                                       .history = *history};

    return request_reply(rq, 200, &shape_status, &reply);
}

static enum work_queue show_status(struct request *rq, const struct refused_reply *refused)
{
    static const struct form_faults none;
    struct layout layout = request_layout(rq, WEB_status_title);
    struct dossier_history history;
    struct status_view view;
    struct err err;

    if (open_dossier_history(&rq->app, &rq->opened, rq->arena, &history, &err) != OK)
        return request_error(rq, &err);
    if (rq->wants_json)
        return reply_json(rq, &history);
    view = make_view(rq, &history, refused);
    layout.has_fault = refused != NULL;
    request_page(rq, refused ? 422 : 200);
    view_status(&rq->view, &layout, &view, refused ? &refused->faults : &none);
    return QUEUE_DONE;
}

enum work_queue page_status(struct request *rq)
{
    return show_status(rq, NULL);
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
    struct refused_reply refused = {.id = rq->number, .text = text};

    form_fault_add(&refused.faults, arena_printf(rq->arena, "reply-%lld", (long long)rq->number),
                   tr(rq, WEB_status_reply), tr(rq, why));
    rq->must_undo = true;
    return rq->wants_json ? faults_json(rq, &refused.faults) : show_status(rq, &refused);
}

static enum work_queue to_status(struct request *rq)
{
    return request_redirect(rq, path_page_status(rq->arena, rq->reference));
}

enum work_queue post_reply(struct request *rq)
{
    struct field fields[] = {{.name = "reply", .max = REPLY_BYTES_MAX, .has_lines = true}};
    const struct dossier_question *question;
    struct dossier_history history;
    struct err err;

    if (!request_form(rq, fields, 1))
        return QUEUE_DONE;
    if (open_dossier_history(&rq->app, &rq->opened, rq->arena, &history, &err) != OK)
        return request_error(rq, &err);
    question = find_question(&history, rq->number);
    if (!question)
        return request_not_found(rq);
    if (!fields[0].value || !*fields[0].value)
        return refuse_reply(rq, "", WEB_status_reply_empty);
    if (text_chars(fields[0].value) > REPLY_CHARS_MAX)
        return refuse_reply(rq, fields[0].value, WEB_status_reply_long);
    /* A second click sends the same again; anything else would change what was read already. */
    if (*question->replied_at && strcmp(question->reply, fields[0].value) == 0)
        return to_status(rq);
    if (*question->replied_at || !takes_replies(rq))
        return refuse_state(rq);
    if (open_dossier_reply(&rq->app, &rq->opened, rq->number, fields[0].value, &err) != OK)
        return request_error(rq, &err);
    return to_status(rq);
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

