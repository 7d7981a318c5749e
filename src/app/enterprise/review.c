/* The enterprise's side of a review: what is asked, what may be changed, what was verified. */
#include "app/enterprise/review.h"

#include <stdio.h>
#include <string.h>

#include "app/workspace.h"
#include "base/buf.h"
#include "policy/calendar.h"
#include "store/audit.h"
#include "survey/convert.h"

/* ---- where it stands ---- */

/* The last day to object to what was verified at a time. */
static const char *object_by(const struct app_context *app, const struct case_row *row,
                             struct arena *arena)
{
    enum deadline_certainty certainty;
    day verified = day_of_utc(row->state_at), last;

    if (row->at.state != CASE_VERIFIED || *row->objected_at || verified == DAY_NONE)
        return "";
    last = calendar_deadline(app->loaded->catalogue->calendar, verified, OBJECTION_WORKING_DAYS,
                             &certainty);
    return last == DAY_NONE || last < app->today ? "" : day_iso_text(arena, last);
}

static enum status load_case(const struct app_context *app, const struct open_dossier *opened,
                             struct arena *arena, struct case_row *row, bool *has_case,
                             struct err *err)
{
    enum status status = NOT_FOUND;

    if (opened->dossier.assessment)
        status = case_of_assessment(app->store, opened->dossier.assessment, arena, row, err);
    *has_case = status == OK;
    return status == NOT_FOUND ? OK : status;
}

/* That a second person decides is the officers' own. */
static const char *told_state(enum case_state state)
{
    return case_state_code(state == CASE_PROPOSED ? CASE_IN_REVIEW : state);
}

/* As long as the enterprise is waited for. */
static int days_left(const struct app_context *app, const struct case_row *row)
{
    const char *text = row->at.firm_due_on;
    day due;
    int left;

    if (row->at.state != CASE_ASKED || !day_parse_iso(text, strlen(text), &due))
        return -1;
    left = working_days_until(app->loaded->catalogue->calendar, app->today, due);
    return left > 0 ? left : 0;
}

enum status open_dossier_review(const struct app_context *app, const struct open_dossier *opened,
                                struct arena *arena, struct dossier_review *out, struct err *err)
{
    enum status status;

    *out = (struct dossier_review){.state = "", .object_by = "", .days_left = -1};
    status = open_dossier_history(app, opened, arena, &out->history, err);
    for (size_t i = 0; status == OK && i < out->history.question_count; i++)
        out->open_queries += query_is_open(&out->history.questions[i]);
    if (status == OK)
        status = load_case(app, opened, arena, &out->row, &out->has_case, err);
    if (status == OK && out->has_case) {
        out->state = told_state(out->row.at.state);
        out->object_by = object_by(app, &out->row, arena);
        out->days_left = days_left(app, &out->row);
    }
    return status;
}

/* ---- what may be changed ---- */

bool unlocked_answer(const struct unlocked *unlocked, size_t question)
{
    return unlocked->all || (unlocked->answers && unlocked->answers[question]);
}

bool unlocked_takes_files(const struct unlocked *unlocked, size_t question)
{
    return unlocked->all || (unlocked->files_since && unlocked->files_since[question]);
}

bool unlocked_gives_up(const struct unlocked *unlocked, size_t question,
                       const struct evidence *file)
{
    return unlocked->all || (unlocked_takes_files(unlocked, question) &&
                             strcmp(file->added_at, unlocked->files_since[question]) >= 0);
}

/* When it was given back last; "" if never. */
static const char *returned_at(const struct dossier_history *history)
{
    const struct dossier_event *returned =
        event_last(history->events, history->event_count, "returned");

    return returned ? returned->at : "";
}

/* What was submitted, by the questionnaire that the dossier is read with. */
static enum status load_submitted(const struct app_context *app, const struct open_dossier *opened,
                                  struct arena *arena, const struct response **out,
                                  struct err *err)
{
    const struct response *stored;
    enum status status = open_dossier_submitted(app, opened, arena, &stored, err);

    if (status != OK)
        return status;
    *out = response_convert(arena, stored, opened->survey->q).response;
    return OK;
}

struct unlocking {
    const struct open_dossier *opened;
    bool *answers;
    const char **files_since;
    struct unlocked *out;
};

/* One query; `since`: when the dossier was given back, NULL: it was not. */
static void unlock(const struct unlocking *u, const struct dossier_question *query,
                   const char *since)
{
    const struct questionnaire *q = u->opened->survey->q;
    size_t at = questionnaire_find(q, query->question);
    bool is_asked = query_is_open(query) || (since && !*query->closed_at &&
                                             strcmp(query->replied_at, since) >= 0);

    if (!is_asked)
        return;
    if (!*query->question) {
        u->out->all = u->out->all || since;
        return;
    }
    /* the answer to a question for a file is the file */
    if (at == MAP_NONE || (!since && q->questions[at].type == QUESTION_FILE))
        return;
    if (since) {
        u->answers[at] = true;
        u->files_since[at] = "";
    } else if (!u->files_since[at] || strcmp(query->asked_at, u->files_since[at]) < 0) {
        u->files_since[at] = query->asked_at;
    }
}

/* What was not shown when it was submitted could not be answered then. */
static enum status unlock_new(const struct app_context *app, const struct unlocking *u,
                              struct arena *arena, struct err *err)
{
    const struct response *before, *now = u->opened->response;
    enum status status = load_submitted(app, u->opened, arena, &before, err);

    for (size_t i = 0; status == OK && i < now->questionnaire->question_count; i++) {
        if (now->answers[i].is_active && !before->answers[i].is_active) {
            u->answers[i] = true;
            u->files_since[i] = "";
        }
    }
    return status;
}

static enum status unlock_asked(const struct app_context *app, const struct open_dossier *opened,
                                const char *since, const struct dossier_history *history,
                                struct arena *arena, struct unlocked *out, struct err *err)
{
    size_t count = opened->survey->q->question_count;
    struct unlocking u = {.opened = opened,
                          .answers = ARENA_ARRAY(arena, bool, count + 1),
                          .files_since = ARENA_ARRAY(arena, const char *, count + 1),
                          .out = out};

    out->answers = u.answers;
    out->files_since = u.files_since;
    for (size_t i = 0; i < history->question_count; i++)
        unlock(&u, &history->questions[i], since);
    return since && !out->all && opened->survey->q->has_conditions
               ? unlock_new(app, &u, arena, err)
               : OK;
}

static void count_unlocked(const struct open_dossier *opened, struct unlocked *out)
{
    out->answer_count = 0;
    for (size_t i = 0; out->answers && i < opened->survey->q->question_count; i++)
        out->answer_count += out->answers[i];
}

enum status open_dossier_unlocked(const struct app_context *app, const struct open_dossier *opened,
                                  struct arena *arena, struct unlocked *out, struct err *err)
{
    struct dossier_history history;
    bool is_returned = opened->dossier.state == DOSSIER_RETURNED;
    enum status status;

    *out = (struct unlocked){.all = opened->dossier.state == DOSSIER_DRAFT};
    if (!is_returned && opened->dossier.state != DOSSIER_REVIEWING)
        return OK;
    status = open_dossier_history(app, opened, arena, &history, err);
    if (status == OK)
        status = unlock_asked(app, opened, is_returned ? returned_at(&history) : NULL, &history,
                              arena, out, err);
    count_unlocked(opened, out);
    return status;
}

/* ---- submitted again ---- */

static bool is_changed(const struct open_dossier *opened, const struct response *before,
                       size_t question)
{
    return answer_fingerprint(opened, question, &before->answers[question]) !=
           stored_answer_fingerprint(opened, question);
}

static bool is_any_changed(const struct app_context *app, const struct open_dossier *opened,
                           const struct response *before)
{
    for (size_t i = 0; i < opened->survey->q->question_count; i++) {
        if (is_changed(opened, before, i))
            return true;
    }
    for (size_t i = 0; i < app->loaded->facts->count; i++) {
        if (fact_fingerprint(&before->values[i]) != stored_fact_fingerprint(opened, i))
            return true;
    }
    return false;
}

static void restore_locked(const struct app_context *app, struct open_dossier *opened,
                           const struct unlocked *unlocked, const struct response *before,
                           struct arena *arena)
{
    struct response *response = opened->response;

    if (unlocked->all)
        return;
    memcpy(response->values, before->values,
           app->loaded->facts->count * sizeof(*response->values));
    for (size_t i = 0; i < response->questionnaire->question_count; i++) {
        if (!unlocked_answer(unlocked, i))
            response->answers[i] = before->answers[i];
    }
    response_activate(response, arena);
}

static const char *answer_words(const struct open_dossier *opened, const struct answer *answer,
                                size_t question, struct arena *arena)
{
    const char *text = answer_print(&opened->survey->q->questions[question], answer,
                                    opened->dossier.lang, arena);

    return *text ? text : opened->dossier.lang == LANG_VI ? "chưa trả lời" : "not answered";
}

static const char *changed_words(const struct app_context *app, const struct open_dossier *opened,
                                 const struct dossier_question *query,
                                 const struct response *before, struct arena *arena)
{
    size_t at = questionnaire_find(opened->survey->q, query->question);
    bool is_vi = opened->dossier.lang == LANG_VI;

    if (!*query->question)
        return !is_any_changed(app, opened, before) ? ""
               : is_vi                              ? "Đã sửa hồ sơ."
                                                    : "The application was changed.";
    if (at == MAP_NONE || !is_changed(opened, before, at))
        return "";
    return arena_printf(arena,
                        is_vi ? "Đã sửa câu trả lời: “%s” → “%s”."
                              : "The answer was changed: “%s” → “%s”.",
                        answer_words(opened, &before->answers[at], at, arena),
                        answer_words(opened, &opened->response->answers[at], at, arena));
}

enum status open_dossier_files_reply(const struct app_context *app,
                                     const struct open_dossier *opened,
                                     const struct dossier_question *query, struct arena *arena,
                                     const char **text, struct err *err)
{
    const struct evidence *list;
    size_t count = 0;
    const char *names = "";
    enum status status =
        evidence_list(app->store, opened->dossier.id, arena, &list, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        if (strcmp(list[i].question, query->question) == 0 &&
            strcmp(list[i].added_at, query->asked_at) >= 0)
            names = arena_printf(arena, "%s%s%s", names, *names ? ", " : "", list[i].name);
    }
    *text = !*names                          ? ""
            : opened->dossier.lang == LANG_VI ? arena_printf(arena, "Đã gửi tệp: %s.", names)
                                              : arena_printf(arena, "Files sent: %s.", names);
    return status;
}

static enum status refuse_open(const struct dossier_question *query, struct err *err)
{
    bool is_whole = !*query->question;

    return err_set(err, CONFLICT,
                   "Chưa nộp lại được: cán bộ còn chờ trả lời về %1$s%2$s. Hãy sửa câu trả lời "
                   "đó, gửi tệp, hoặc viết trả lời ở trang tình trạng, rồi nộp lại.%3$.0s",
                   "Not yet: the officer still waits for a reply about %3$s%2$s. Please change "
                   "that answer, send a file, or write a reply on the status page, then submit "
                   "again.%1$.0s",
                   is_whole ? "toàn bộ hồ sơ" : "câu ", query->question,
                   is_whole ? "the whole application" : "question ");
}

/* What was changed, and what files came, is the reply to a query that has none. */
static enum status reply_of_change(const struct app_context *app, const struct open_dossier *opened,
                                   const struct dossier_question *query,
                                   const struct response *before, struct arena *arena,
                                   const char **text, struct err *err)
{
    const char *changed = changed_words(app, opened, query, before, arena), *files;
    enum status status = open_dossier_files_reply(app, opened, query, arena, &files, err);

    if (status == OK && !*changed && !*files)
        return refuse_open(query, err);
    if (status == OK)
        *text = arena_printf(arena, "%s%s%s", changed, *changed && *files ? " " : "", files);
    return status;
}

/* All of them, or none. */
static enum status reply_by_changes(const struct app_context *app,
                                    const struct open_dossier *opened,
                                    const struct response *before, struct arena *arena,
                                    struct err *err)
{
    const struct dossier_question *list;
    const char **texts;
    size_t count = 0;
    enum status status = open_dossier_questions(app, opened, arena, &list, &count, err);

    texts = ARENA_ARRAY(arena, const char *, count + 1);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (query_is_open(&list[i]))
            status = reply_of_change(app, opened, &list[i], before, arena, &texts[i], err);
    }
    for (size_t i = 0; status == OK && i < count; i++) {
        if (query_is_open(&list[i]))
            status = dossier_reply(app->store, opened->dossier.id, list[i].id, texts[i], app->now,
                                   err);
    }
    return status;
}

enum status open_dossier_hand_back(const struct app_context *app, struct open_dossier *opened,
                                   struct arena *arena, struct err *err)
{
    const struct response *before;
    struct unlocked unlocked;
    enum status status = open_dossier_unlocked(app, opened, arena, &unlocked, err);

    if (status == OK)
        status = load_submitted(app, opened, arena, &before, err);
    if (status != OK)
        return status;
    restore_locked(app, opened, &unlocked, before, arena);
    return reply_by_changes(app, opened, before, arena, err);
}

/* ---- what was verified ---- */

static bool is_current(const struct case_row *row, const struct case_freeze *frozen)
{
    return row->at.state == CASE_VERIFIED ||
           (frozen->revision == row->revision && row->at.state != CASE_SUBMITTED &&
            row->at.state != CASE_WITHDRAWN && row->at.state != CASE_REJECTED);
}

static enum status load_frozen(const struct app_context *app, const struct open_dossier *opened,
                               struct arena *arena, struct verified_result *out, struct err *err)
{
    struct case_row row;
    enum status status =
        case_of_assessment(app->store, opened->dossier.assessment, arena, &row, err);

    if (status == OK)
        status = case_freeze_load(app->store, row.id, 0, arena, &out->frozen, err);
    if (status == OK && !is_current(&row, &out->frozen))
        return err_set(err, NOT_FOUND, "Hồ sơ đã nộp lại sau khi xác minh.",
                       "The application was submitted anew since it was verified.");
    out->is_reopened = status == OK && row.at.state != CASE_VERIFIED;
    return status;
}

enum status open_dossier_verified(const struct app_context *app, const struct open_dossier *opened,
                                  struct arena *arena, struct verified_result *out, struct err *err)
{
    struct response *response;
    enum status status;

    *out = (struct verified_result){.is_reopened = false};
    if (opened->dossier.state < DOSSIER_REVIEWING || opened->dossier.state > DOSSIER_VERIFIED)
        return err_set(err, NOT_FOUND, "Hồ sơ chưa được xác minh.",
                       "The application was not verified.");
    status = load_frozen(app, opened, arena, out, err);
    if (status == OK)
        status = load_submitted(app, opened, arena, &out->self, err);
    if (status != OK)
        return status;
    response = dossier_content_read(app, out->frozen.response, arena, err);
    if (!response)
        return err->status;
    response_activate(response, arena);
    out->response = response;
    return OK;
}

/* ---- objection ---- */

static enum status check_object(const struct dossier_review *review, struct err *err)
{
    if (!review->has_case || review->row.at.state != CASE_VERIFIED)
        return err_set(err, CONFLICT,
                       "Chỉ nêu ý kiến về kết quả đã xác minh. Hồ sơ này chưa được xác minh.",
                       "Only what was verified can be objected to. This application was not "
                       "verified.");
    if (*review->row.objected_at)
        return err_set(err, CONFLICT,
                       "Đơn vị đã gửi ý kiến về kết quả này; chỉ gửi được một lần. Cần nói thêm, "
                       "hãy liên hệ cán bộ hỗ trợ.",
                       "You objected to this result already, which is possible once. To add "
                       "something please contact an officer.");
    if (!*review->object_by)
        return err_set(err, CONFLICT,
                       "Đã quá %d ngày làm việc kể từ khi xác minh nên không gửi ý kiến được nữa. "
                       "Hãy liên hệ cán bộ hỗ trợ.",
                       "More than %d working days have passed since it was verified, so this is "
                       "not possible any more. Please contact an officer.",
                       OBJECTION_WORKING_DAYS);
    return OK;
}

static enum status tell_objection(const struct app_context *app, const struct case_row *row,
                                  struct err *err)
{
    char object[CASE_OBJECT_BYTES];

    case_object_name(row->id, object);
    return context_tell(app,
                        &(struct audit_entry){.act = "objected",
                                              .object = object,
                                              .before = "",
                                              .after = "",
                                              .reason = ""},
                        err);
}

static enum status write_objection(const struct app_context *app, const struct open_dossier *opened,
                                   const struct case_row *row, const char *text, struct err *err)
{
    const struct dossier_event event = {
        .kind = "objected", .actor = actor_code(app->actor), .at = app->now, .text = text};
    enum status status = case_object(app->store, row->id, app->now, err);

    if (status == OK)
        status = dossier_event_add(app->store, opened->dossier.id, &event, err);
    return status == OK ? tell_objection(app, row, err) : status;
}

enum status open_dossier_object(const struct app_context *app, const struct open_dossier *opened,
                                const char *text, struct arena *arena, struct err *err)
{
    struct dossier_review review;
    bool is_own;
    enum status status = open_dossier_check_owner(app, opened, err);

    if (status == OK)
        status = open_dossier_review(app, opened, arena, &review, err);
    if (status == OK)
        status = check_object(&review, err);
    if (status == OK)
        status = context_begin(app, &is_own, err);
    return status == OK
               ? context_end(app, is_own,
                             write_objection(app, opened, &review.row, text, err), err)
               : status;
}
