/* Acts on cases: whether they may be done, and what each does beside moving the case. */
#include "case_parts.h"

#include "app/accounts.h"
#include "app/queries.h"

#include <string.h>

#include "base/json_write.h"
#include "base/version.h"

/* ---- may it? ---- */

static const char *first_open(const struct open_case *c)
{
    for (size_t i = 0; i < c->query_count; i++) {
        if (query_is_open(&c->queries[i]))
            return *c->queries[i].question ? c->queries[i].question : "–";
    }
    return "–";
}

static enum status check_no_query(const struct open_case *c, struct err *err)
{
    if (!c->open_queries)
        return OK;
    return err_set(err, CONFLICT, "Chưa duyệt được: còn %zu câu đang hỏi (%s).",
                   "Cannot be approved yet: open questions: %zu (%s).", c->open_queries,
                   first_open(c));
}

static enum status check_verify(const struct app_context *app, const struct open_case *c,
                                struct err *err)
{
    (void)app;
    if (c->second)
        return err_set(err, CONFLICT,
                       "Thay đổi này cần người thứ hai quyết định: hãy đề nghị thay vì duyệt.",
                       "This change needs a second person: propose it instead of approving it.");
    return check_no_query(c, err);
}

static enum status check_propose(const struct app_context *app, const struct open_case *c,
                                 struct err *err)
{
    (void)app;
    if (!c->second)
        return err_set(err, CONFLICT,
                       "Thay đổi nhỏ nên một người duyệt là đủ, không cần đề nghị.",
                       "The change is small: one person may approve it, without a proposal.");
    return check_no_query(c, err);
}

static enum status check_second(const struct app_context *app, const struct open_case *c,
                                struct err *err)
{
    if (c->row.at.proposer != app->account->id)
        return OK;
    return err_set(err, CONFLICT,
                   "Bạn là người đề nghị, nên người khác phải quyết định hồ sơ này.",
                   "You proposed it, so somebody else has to decide on this case.");
}

/* Who cannot be asked on the web: their answers came from a file. */
static enum status check_dossier(const struct app_context *app, const struct open_case *c,
                                 struct err *err)
{
    (void)app;
    if (c->dossier)
        return OK;
    return err_set(err, CONFLICT,
                   "Hồ sơ này nhập từ tệp, không nộp qua mạng, nên không hỏi đơn vị trên trang "
                   "được. Hãy gọi cho đơn vị, rồi ghi kết quả vào ghi chú của câu.",
                   "This case came from a file, not by the web, so the firm cannot be asked here. "
                   "Call the firm, and write what it said into the note of the question.");
}

static enum status check_return(const struct app_context *app, const struct open_case *c,
                                struct err *err)
{
    if (!c->open_queries)
        return err_set(err, CONFLICT,
                       "Trả lại chỉ mở khóa câu đang hỏi, mà chưa có câu nào đang hỏi.",
                       "Returning unlocks what is asked, and nothing is asked.");
    return check_dossier(app, c, err);
}

/* One's own, or anybody's for who gives cases out. */
static enum status check_release(const struct app_context *app, const struct open_case *c,
                                 struct err *err)
{
    int64_t assignee = c->row.at.assignee;

    if (!assignee)
        return err_set(err, CONFLICT, "Hồ sơ này chưa giao cho ai.", "This case is nobody's.");
    if (assignee == app->account->id ||
        permission(app->account, ACT_ASSIGN_CASES) != REACH_NONE)
        return OK;
    return err_set(err, CONFLICT,
                   "Hồ sơ này đang giao cho người khác: người đó hoặc lãnh đạo phòng trả lại được.",
                   "This case is somebody else's: that person or a head can put it back.");
}

/* What an act needs beside its state and right; NULL: nothing. */
static enum status (*const checks[CASE_ACT__MAX])(const struct app_context *app,
                                                  const struct open_case *c, struct err *err) = {
    [CASE_ACT_VERIFY] = check_verify,    [CASE_ACT_PROPOSE] = check_propose,
    [CASE_ACT_AGREE] = check_second,     [CASE_ACT_SEND_BACK] = check_second,
    [CASE_ACT_ASK] = check_dossier,      [CASE_ACT_RETURN] = check_return,
    [CASE_ACT_RELEASE] = check_release,
};

static enum status check_right(const struct app_context *app, enum case_act act, struct err *err)
{
    enum act right = case_rules[act].right;

    if (right != ACT__MAX && permission(app->account, right) != REACH_NONE)
        return OK;
    return err_set(err, DENIED,
                   "Vai trò của bạn không được làm việc “%1$s”. Trang “Ai được làm gì” nói ai "
                   "được.%2$.0s",
                   "Your role may not do “%2$s”. The page “Who may do what” says who may.%1$.0s",
                   case_rules[act].name.in[LANG_VI], case_rules[act].name.in[LANG_EN]);
}

static enum status check(const struct app_context *app, const struct open_case *c,
                         enum case_act act, struct err *err)
{
    enum status status = check_right(app, act, err);

    if (status == OK)
        status = case_check_act(act, c->row.at.state, err);
    return status == OK && checks[act] ? checks[act](app, c, err) : status;
}

bool open_case_may(const struct app_context *app, const struct open_case *c, enum case_act act,
                   struct err *why)
{
    struct err err;

    return check(app, c, act, why ? why : &err) == OK;
}

/* ---- the dossier ---- */

enum status case_set_dossier(const struct app_context *app, int64_t id, enum dossier_state state,
                             const char *event, const char *text, struct arena *arena,
                             struct err *err)
{
    struct dossier dossier;
    enum status status = id ? dossier_load(app->store, id, arena, &dossier, err) : OK;

    if (!id || status != OK)
        return status;
    if (dossier.state != state) {
        dossier.state = state;
        status = dossier_save(app->store, &dossier, app->now, err);
    }
    if (status != OK || !event)
        return status;
    return dossier_event_add(
        app->store, id,
        &(struct dossier_event){
            .kind = event, .at = app->now, .actor = actor_code(app->actor), .text = text},
        err);
}

/* From the first act of an officer on the enterprise may not amend; one that does just now is
 * waited for. What was given back to it is closed again by going on. */
static enum status begin_review(const struct app_context *app, const struct open_case *c,
                                struct arena *arena, struct err *err)
{
    struct dossier dossier;
    enum status status = c->dossier ? dossier_load(app->store, c->dossier, arena, &dossier, err)
                                    : OK;

    if (!c->dossier || status != OK)
        return status;
    if (dossier.state == DOSSIER_DRAFT)
        return err_set(err, CONFLICT,
                       "Đơn vị đang tự sửa hồ sơ này. Khi nộp lại, hồ sơ sẽ về hàng chờ.",
                       "The firm is changing this application itself. When it is submitted again, "
                       "it comes back to the queue.");
    if (dossier.state == DOSSIER_RETURNED && c->row.at.state != CASE_ASKED)
        return case_set_dossier(app, c->dossier, DOSSIER_REVIEWING, NULL, "", arena, err);
    if (dossier.state != DOSSIER_SUBMITTED)
        return OK;
    return case_set_dossier(app, c->dossier, DOSSIER_REVIEWING, "review-started", "", arena, err);
}

/* ---- what acts do ---- */

struct acting {
    const struct app_context *app;
    struct open_case *c;
    const struct case_input *input;
    struct arena *arena;
};

static const char *text_of(const struct case_input *input)
{
    return input->text ? input->text : "";
}

static enum status need_text(const struct acting *a, struct err *err)
{
    if (*text_of(a->input))
        return OK;
    return err_set(err, BAD_INPUT, "Cần viết nội dung: đơn vị hoặc đồng nghiệp sẽ đọc.",
                   "A text is needed: the firm or a colleague will read it.");
}

static enum status do_take(struct acting *a, struct err *err)
{
    a->c->row.at.assignee = a->app->account->id;
    return begin_review(a->app, a->c, a->arena, err);
}

static enum status do_give(struct acting *a, struct err *err)
{
    struct account to;
    enum status status = accounts_load(a->app, a->input->account, a->arena, &to, err);

    if (status == NOT_FOUND || (status == OK && permission(&to, ACT_REVIEW_CASES) == REACH_NONE))
        return err_set(err, BAD_INPUT,
                       "Cần chọn người nhận: một cán bộ hoặc lãnh đạo phòng đang làm việc.",
                       "Somebody has to be chosen: an officer or a head who is not disabled.");
    a->c->row.at.assignee = to.id;
    return status;
}

static enum status do_release(struct acting *a, struct err *err)
{
    (void)err;
    a->c->row.at.assignee = 0;
    return OK;
}

static bool is_question(const struct open_case *c, const char *id)
{
    const struct questionnaire *q = c->survey->q;

    for (size_t i = 0; i < q->question_count; i++) {
        if (strcmp(q->questions[i].id, id) == 0)
            return c->self->answers[i].is_active;
    }
    return !*id;
}

static enum status do_ask(struct acting *a, struct err *err)
{
    const char *question = a->input->question ? a->input->question : "";
    struct dossier_question query = {.question = question,
                                     .text = text_of(a->input),
                                     .asked_at = a->app->now,
                                     .due_on = a->c->row.at.firm_due_on,
                                     .account = a->app->account->id};
    enum status status = need_text(a, err);

    if (status == OK && !is_question(a->c, question))
        return err_set(err, BAD_INPUT, "không có câu '%s' trong phiếu này",
                       "there is no question '%s' in this response", question);
    if (status == OK && !a->c->row.at.assignee)
        a->c->row.at.assignee = a->app->account->id;
    if (status == OK)
        status = begin_review(a->app, a->c, a->arena, err);
    return status == OK ? dossier_ask(a->app->store, a->c->dossier, &query, err) : status;
}

static enum status do_close(struct acting *a, struct err *err)
{
    struct case_standing *at = &a->c->row.at;
    enum status status = need_text(a, err);

    if (status == OK)
        status = dossier_close_question(a->app->store, a->c->dossier, a->input->query,
                                        text_of(a->input), a->app->now, err);
    if (status != OK || at->state != CASE_ASKED || a->c->open_queries != 1)
        return status;
    /* nothing more is waited for */
    case_step(a->app, CASE_ACT_REPLY, at, a->arena);
    at->state = CASE_IN_REVIEW;
    return case_set_dossier(a->app, a->c->dossier, DOSSIER_REVIEWING, NULL, "", a->arena, err);
}

static enum status do_return(struct acting *a, struct err *err)
{
    return case_set_dossier(a->app, a->c->dossier, DOSSIER_RETURNED, "returned",
                            text_of(a->input), a->arena, err);
}

/* [{"item","self","value","reason","note"}] of what was changed. */
static const char *changes_text(const struct open_case *c, struct arena *arena)
{
    struct json_writer w;
    struct buf out;
    const char *text;

    buf_init(&out, DOSSIER_CONTENT_BYTES_MAX);
    json_writer_init(&w, &out);
    json_begin_array(&w);
    for (size_t i = 0; i < c->survey->q->question_count; i++) {
        const struct case_value *value = c->by_question[i];

        if (!value || !*value->value)
            continue;
        json_begin_object(&w);
        json_member_string(&w, "item", value->item);
        json_member_string(&w, "self", value->self);
        json_member_string(&w, "value", value->value);
        json_member_string(&w, "reason", value->reason);
        json_member_string(&w, "note", value->note);
        json_end_object(&w);
    }
    json_end_array(&w);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static enum status freeze(struct acting *a, struct err *err)
{
    struct open_case *c = a->c;
    const struct score_part *before = &c->before.score.total, *after = &c->after.score.total;
    const struct case_freeze frozen = {
        .edition = c->row.at.edition,
        .at = a->app->now,
        .proposer = c->row.at.proposer,
        .decider = a->app->account->id,
        .revision = c->row.revision,
        .self_points = case_hundredths(score_points(&c->before.score, before)),
        .self_level = case_level(&c->before),
        .points = case_hundredths(score_points(&c->after.score, after)),
        .points_max = case_hundredths(score_max(&c->after.score, after)),
        .level = case_level(&c->after),
        .questionnaire_hash = c->survey->q->hash,
        .catalogue_hash = a->app->loaded->catalogue->hash,
        .program_version = DXREADY_VERSION,
        .response = response_text(c->verified, DOSSIER_CONTENT_BYTES_MAX, a->arena),
        .changes = changes_text(c, a->arena)};

    c->row.at.verified_points = frozen.points;
    c->row.at.verified_level = frozen.level;
    return case_freeze_add(a->app->store, c->row.id, &frozen, err);
}

static enum status do_verify(struct acting *a, struct err *err)
{
    enum status status = begin_review(a->app, a->c, a->arena, err);

    if (status == OK)
        status = freeze(a, err);
    return status == OK ? case_set_dossier(a->app, a->c->dossier, DOSSIER_VERIFIED, "verified", "",
                                           a->arena, err)
                        : status;
}

static enum status do_propose(struct acting *a, struct err *err)
{
    a->c->row.at.proposer = a->app->account->id;
    return begin_review(a->app, a->c, a->arena, err);
}

static enum status do_send_back(struct acting *a, struct err *err)
{
    (void)err;
    a->c->row.at.reason = text_of(a->input);
    a->c->row.at.proposer = 0;
    return OK;
}

static const char *const reject_codes[] = {"duplicate", "out-of-scope"};

static enum status do_reject(struct acting *a, struct err *err)
{
    struct case_standing *at = &a->c->row.at;
    const char *code = a->input->code ? a->input->code : "";
    enum status status;

    if (strcmp(code, reject_codes[0]) != 0 && strcmp(code, reject_codes[1]) != 0)
        return err_set(err, BAD_INPUT, "Cần chọn lý do không nhận: trùng, hoặc ngoài phạm vi.",
                       "A reason to reject it has to be chosen: there twice, or out of scope.");
    at->reason_code = code;
    at->reason = text_of(a->input);
    status = begin_review(a->app, a->c, a->arena, err);
    return status == OK ? case_set_dossier(a->app, a->c->dossier, DOSSIER_REVIEWING, "rejected",
                                           text_of(a->input), a->arena, err)
                        : status;
}

static enum status do_reopen(struct acting *a, struct err *err)
{
    struct case_standing *at = &a->c->row.at;

    if (at->verified_points != STORE_UNKNOWN)
        at->edition++;
    at->reason = text_of(a->input);
    at->reason_code = "";
    at->proposer = 0;
    return case_set_dossier(a->app, a->c->dossier, DOSSIER_REVIEWING, "reopened",
                            text_of(a->input), a->arena, err);
}

/* What each does before the case is moved; NULL: nothing. */
static enum status (*const deeds[CASE_ACT__MAX])(struct acting *a, struct err *err) = {
    [CASE_ACT_TAKE] = do_take,           [CASE_ACT_ASK] = do_ask,
    [CASE_ACT_CLOSE] = do_close,         [CASE_ACT_RETURN] = do_return,
    [CASE_ACT_VERIFY] = do_verify,       [CASE_ACT_PROPOSE] = do_propose,
    [CASE_ACT_AGREE] = do_verify,        [CASE_ACT_SEND_BACK] = do_send_back,
    [CASE_ACT_REJECT] = do_reject,       [CASE_ACT_REOPEN] = do_reopen,
    [CASE_ACT_GIVE] = do_give,           [CASE_ACT_RELEASE] = do_release,
};

/* ---- done ---- */

static enum status keep_undo(const struct acting *a, enum case_act act,
                             const struct case_standing *before, struct err *err)
{
    const struct app_context *app = a->app;
    const struct case_undo undo = {.act = case_rules[act].code,
                                   .account = app->account->id,
                                   .until = context_seconds(app) + CASE_UNDO_SECONDS,
                                   .before = *before};

    return case_rules[act].may_be_undone || a->input->run
               ? case_undo_put(app->store, a->c->row.id, &undo, err)
               : case_undo_drop(app->store, a->c->row.id, err);
}

static enum status tell_act(const struct acting *a, enum case_act act,
                            const struct case_standing *before, struct err *err)
{
    const char *reason = text_of(a->input);

    /* taking over says from whom */
    if (act == CASE_ACT_TAKE && before->assignee)
        reason = case_account_name(a->app, before->assignee, a->arena);
    if (a->input->run)
        reason = arena_printf(a->arena, CASE_RUN_PREFIX "%lld %s", (long long)a->input->run,
                              reason);
    return case_tell(a->app, a->c->row.id,
                     &(struct audit_entry){.act = case_rules[act].code,
                                           .before = case_state_code(before->state),
                                           .after = case_state_code(a->c->row.at.state),
                                           .reason = reason},
                     err);
}

static enum status act_now(struct acting *a, enum case_act act, struct err *err)
{
    struct case_standing before = a->c->row.at;
    enum status status = OK;

    /* the step first: a query says until when it is waited for */
    case_step(a->app, act, &a->c->row.at, a->arena);
    if (deeds[act])
        status = deeds[act](a, err);
    if (status == OK)
        status = case_move(a->app->store, &a->c->row, a->app->now, err);
    if (status == OK)
        status = keep_undo(a, act, &before, err);
    if (status == OK)
        status = tell_act(a, act, &before, err);
    if (status == OK)
        status = case_notify(a->app, a->c, act, &before, a->arena, err);
    if (status == OK && a->c->dossier)
        status = case_due_add(a->app->store, a->c->row.assessment, err);
    if (status != OK)
        a->c->row.at = before;
    return status;
}

static enum status check_version(const struct open_case *c, int64_t version, struct err *err)
{
    if (version == c->row.version)
        return OK;
    return err_set(err, CONFLICT,
                   "Hồ sơ vừa được người khác xử lý và nay đang ở “%1$s”. Hãy xem lại rồi làm "
                   "tiếp.%2$.0s",
                   "Somebody else has just worked on this case, which is “%2$s” now. Look at it "
                   "again, then go on.%1$.0s",
                   case_state_words(c->row.at.state).in[LANG_VI],
                   case_state_words(c->row.at.state).in[LANG_EN]);
}

enum status open_case_act(const struct app_context *app, struct open_case *c, enum case_act act,
                          const struct case_input *input, struct arena *arena, struct err *err)
{
    struct acting acting = {app, c, input, arena};
    bool is_own;
    enum status status = check_version(c, input->version, err);

    if (status == OK)
        status = check(app, c, act, err);
    if (status == OK && case_rules[act].needs_reason)
        status = need_text(&acting, err);
    if (status == OK)
        status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    return context_end(app, is_own, act_now(&acting, act, err), err);
}

/* ---- taken back ---- */

/* The query that was just asked by who takes it back. */
static enum status undo_ask(const struct acting *a, struct err *err)
{
    const struct open_case *c = a->c;

    for (size_t i = c->query_count; i > 0; i--) {
        const struct dossier_question *query = &c->queries[i - 1];

        if (query->account == a->app->account->id && query_is_open(query))
            return dossier_close_question(a->app->store, c->dossier, query->id, "", a->app->now,
                                          err);
    }
    return err_set(err, CONFLICT, "Đơn vị đã trả lời câu hỏi này nên không rút được nữa.",
                   "The firm has answered this query, so it cannot be withdrawn any more.");
}

static enum status undo_deed(const struct acting *a, const struct case_standing *before,
                             struct err *err)
{
    const struct open_case *c = a->c;
    const char *act = c->undo.act;
    enum status status = OK;

    if (strcmp(act, case_rules[CASE_ACT_ASK].code) == 0)
        return undo_ask(a, err);
    if (strcmp(act, case_rules[CASE_ACT_GIVE].code) == 0 ||
        strcmp(act, case_rules[CASE_ACT_RELEASE].code) == 0)
        return OK; /* whose it is concerns the enterprise not at all */
    if (c->row.at.state == CASE_VERIFIED)
        status = case_freeze_drop(a->app->store, c->row.id, c->row.at.edition, err);
    if (status != OK)
        return status;
    return case_set_dossier(a->app, c->dossier,
                            before->state == CASE_VERIFIED ? DOSSIER_VERIFIED : DOSSIER_REVIEWING,
                            "undone", "", a->arena, err);
}

static enum status undo_now(struct acting *a, struct err *err)
{
    struct open_case *c = a->c;
    struct case_standing before = c->row.at;
    enum status status = undo_deed(a, &c->undo.before, err);

    c->row.at = c->undo.before;
    if (status == OK)
        status = case_move(a->app->store, &c->row, a->app->now, err);
    if (status == OK)
        status = case_undo_drop(a->app->store, c->row.id, err);
    if (status == OK)
        status = case_tell(a->app, c->row.id,
                           &(struct audit_entry){.act = "undone",
                                                 .before = case_state_code(before.state),
                                                 .after = case_state_code(c->row.at.state),
                                                 .reason = c->undo.act},
                           err);
    if (status == OK && c->dossier)
        status = case_due_add(a->app->store, c->row.assessment, err);
    return status;
}

enum status open_case_undo(const struct app_context *app, struct open_case *c, struct arena *arena,
                           struct err *err)
{
    struct acting acting = {app, c, NULL, arena};
    bool is_own;
    enum status status;

    if (!c->has_undo)
        return err_set(err, CONFLICT,
                       "Không còn việc nào của bạn để hoàn tác: chỉ hoàn tác được trong %d phút, "
                       "và khi chưa ai làm tiếp. Sau đó hãy mở lại hồ sơ, ghi lý do.",
                       "There is nothing of yours to be undone: that is possible for %d minutes, "
                       "as long as nobody went on. After that, reopen the case with a reason.",
                       CASE_UNDO_SECONDS / 60);
    status = context_begin(app, &is_own, err);
    return status == OK ? context_end(app, is_own, undo_now(&acting, err), err) : status;
}
