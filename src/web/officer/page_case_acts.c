/* What officers do with a case: values, acts, undoing; and two who do it at once. */
#include "case_page.h"
#include "case_words.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"
#include "base/text.h"
#include "web/kit/views_json.h"
#include "web_paths.h"
#include "web_views.h"

/* ---- what may be done ---- */

static const char *level_text(const struct case_view *view)
{
    return case_level_text(view->rq, score_level(&view->c.after.score));
}

static const char *count_text(const struct case_view *view)
{
    return arena_printf(view->rq->arena, "%zu", view->c.open_queries);
}

/* Acts in the order in which they stand, with what their names are told of. */
static const struct act_row {
    enum case_act act;
    enum web_text label;
    const char *(*value)(const struct case_view *view); /* NULL: none */
    bool is_main;
} act_rows[] = {
    {CASE_ACT_RETURN, WEB_case_act_return, count_text, false},
    {CASE_ACT_REJECT, WEB_case_act_reject, NULL, false},
    {CASE_ACT_REOPEN, WEB_case_act_reopen, NULL, false},
    {CASE_ACT_RESUME, WEB_case_act_resume, NULL, false},
    {CASE_ACT_SEND_BACK, WEB_case_act_send_back, NULL, false},
    {CASE_ACT_RELEASE, WEB_case_act_release, NULL, false},
    {CASE_ACT_TAKE, WEB_case_act_take, NULL, false},
    {CASE_ACT_VERIFY, WEB_case_act_verify, level_text, true},
    {CASE_ACT_PROPOSE, WEB_case_act_propose, level_text, true},
    {CASE_ACT_AGREE, WEB_case_act_agree, level_text, true},
};

/* One's own case is not taken again. */
static bool is_offered(const struct case_view *view, enum case_act act)
{
    const struct case_standing *at = &view->c.row.at;

    if (act == CASE_ACT_TAKE && at->assignee == view->rq->desk.account.id)
        return false;
    return open_case_may(&view->rq->app, &view->c, act, NULL);
}

/* What the state and the right would allow, and something else does not: why. */
static const char *hint_of(const struct case_view *view, enum case_act act)
{
    struct err err;
    bool is_own_part = act == CASE_ACT_VERIFY ? !view->c.second
                       : act == CASE_ACT_PROPOSE ? view->c.second != 0
                                                 : act == CASE_ACT_AGREE || act == CASE_ACT_ASK;

    if (!is_own_part || !case_may(act, view->c.row.at.state) ||
        permission(&view->rq->desk.account, case_rules[act].right) == REACH_NONE ||
        open_case_may(&view->rq->app, &view->c, act, &err))
        return NULL;
    return arena_strdup(view->rq->arena, err.text[view->rq->lang]);
}

/* Taking over says from whom. */
static const char *label_of(const struct case_view *view, const struct act_row *row)
{
    int64_t assignee = view->c.row.at.assignee;

    if (row->act == CASE_ACT_TAKE && assignee)
        return tr_with(view->rq, WEB_case_act_take_over, account_called(view->rq, assignee));
    return row->value ? tr_with(view->rq, row->label, row->value(view)) : tr(view->rq, row->label);
}

void case_acts_fill(const struct case_view *view, struct case_page *page)
{
    static const enum case_act hinted[] = {CASE_ACT_VERIFY, CASE_ACT_PROPOSE, CASE_ACT_AGREE,
                                           CASE_ACT_ASK};
    struct arena *arena = view->rq->arena;
    struct case_act_view *acts = ARENA_ARRAY(arena, struct case_act_view, ARRAY_SIZE(act_rows));
    const char **hints = ARENA_ARRAY(arena, const char *, ARRAY_SIZE(hinted));

    for (size_t i = 0; i < ARRAY_SIZE(act_rows); i++) {
        const struct act_row *row = &act_rows[i];

        if (!is_offered(view, row->act))
            continue;
        acts[page->act_count++] = (struct case_act_view){
            .code = case_rules[row->act].code,
            .label = label_of(view, row),
            .is_main = row->is_main,
            .needs_text = case_rules[row->act].needs_reason};
    }
    for (size_t i = 0; i < ARRAY_SIZE(hinted); i++) {
        const char *hint = hint_of(view, hinted[i]);

        if (hint)
            hints[page->hint_count++] = hint;
    }
    page->acts = acts;
    page->hints = hints;
    page->may_ask = open_case_may(&view->rq->app, &view->c, CASE_ACT_ASK, NULL);
    page->may_undo = view->c.has_undo;
    page->undo_minutes =
        (size_t)((view->c.undo.until - context_seconds(&view->rq->app) + 59) / 60);
}

/* ---- acts ---- */

enum { FIELD_ACT, FIELD_VERSION, FIELD_TEXT, FIELD_CODE, FIELD_QUERY, FIELD_QUESTION, FIELD_NEXT,
       ACT_FIELDS };

static int64_t number_of(const char *text)
{
    return text ? strtoll(text, NULL, 10) : 0;
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static enum case_act act_of(const char *code)
{
    for (int i = 0; code && i < CASE_ACT__MAX; i++) {
        if (strcmp(case_rules[i].code, code) == 0 && case_rules[i].right != ACT__MAX)
            return (enum case_act)i;
    }
    return CASE_ACT__MAX;
}

/* The page again, with what is wrong; 409 where the state does not allow it. */
static enum work_queue show_fault(struct case_view *view, const char *field, const struct err *err)
{
    struct form_faults *faults = ARENA_NEW(view->rq->arena, struct form_faults);

    if (err->status != BAD_INPUT && err->status != CONFLICT && err->status != LIMIT)
        return request_error(view->rq, err);
    view->rq->must_undo = true;
    form_fault_add(faults, field, tr(view->rq, WEB_case_acts),
                   arena_strdup(view->rq->arena, err->text[view->rq->lang]));
    if (view->rq->wants_json)
        return request_fail(view->rq, err->status == BAD_INPUT ? 422 : 409, err);
    return case_view_show(view, err->status == CONFLICT ? 409 : 422, faults);
}

static enum work_queue go_to(struct request *rq, struct path path)
{
    const struct next_reply reply = {path.text};

    return rq->wants_json ? request_reply(rq, 200, &shape_next_reply, &reply)
                          : request_redirect(rq, path);
}

static enum work_queue undo(struct case_view *view)
{
    struct err err;

    if (open_case_undo(&view->rq->app, &view->c, view->rq->arena, &err) != OK)
        return show_fault(view, "main", &err);
    return case_view_again(view->rq, tr(view->rq, WEB_case_done_undo));
}

enum work_queue post_case(struct request *rq)
{
    struct field fields[ACT_FIELDS] = {
        [FIELD_ACT] = {.name = "act", .max = 20},
        [FIELD_VERSION] = {.name = "version", .max = 20},
        [FIELD_TEXT] = {.name = "text", .max = CASE_NOTE_BYTES_MAX},
        [FIELD_CODE] = {.name = "code", .max = 20},
        [FIELD_QUERY] = {.name = "query", .max = 20},
        [FIELD_QUESTION] = {.name = "question", .max = 64},
        [FIELD_NEXT] = {.name = "next", .max = 1},
    };
    struct case_input input;
    struct case_view view;
    struct path next = {NULL};
    struct err err;
    enum case_act act;

    if (!request_form(rq, fields, ACT_FIELDS))
        return QUEUE_DONE;
    if (case_view_load(rq, &view, &err) != OK)
        return request_error(rq, &err);
    if (strcmp(or_empty(fields[FIELD_ACT].value), "undo") == 0)
        return undo(&view);
    act = act_of(fields[FIELD_ACT].value);
    if (act == CASE_ACT__MAX || act == CASE_ACT_CORRECT) {
        err_set(&err, BAD_INPUT, "Chưa chọn việc cần làm với hồ sơ.",
                "Nothing was chosen to be done with the case.");
        return show_fault(&view, "main", &err);
    }
    if (fields[FIELD_NEXT].value)
        next = queue_next(rq, view.list, view.c.row.id);
    input = (struct case_input){.version = number_of(fields[FIELD_VERSION].value),
                                .question = or_empty(fields[FIELD_QUESTION].value),
                                .text = or_empty(fields[FIELD_TEXT].value),
                                .code = or_empty(fields[FIELD_CODE].value),
                                .query = number_of(fields[FIELD_QUERY].value)};
    if (open_case_act(&rq->app, &view.c, act, &input, rq->arena, &err) != OK)
        return show_fault(&view, "main", &err);
    if (next.text)
        return go_to(rq, next);
    return case_view_again(rq, tr_with(rq, WEB_case_done, case_rules[act].name.in[rq->lang]));
}

/* ---- values ---- */

static size_t question_of(const struct open_case *c, const char *id)
{
    for (size_t i = 0; id && i < c->survey->q->question_count; i++) {
        if (strcmp(c->survey->q->questions[i].id, id) == 0 &&
            c->verified->answers[i].is_active && c->survey->q->questions[i].is_scored)
            return i;
    }
    return SIZE_MAX;
}

static const char *option_words(const struct case_view *view, size_t question, const char *id)
{
    const struct question *q = &view->c.survey->q->questions[question];

    for (size_t i = 0; i < q->option_count; i++) {
        if (strcmp(q->options[i].id, id) == 0)
            return arena_printf(view->rq->arena, "%s: %s", id,
                                q->options[i].text.in[view->rq->lang]);
    }
    return answer_print(q, &view->c.self->answers[question], view->rq->lang, view->rq->arena);
}

static const char *option_id(const struct case_view *view, size_t question,
                             const struct answer *answer)
{
    const struct question *q = &view->c.survey->q->questions[question];

    return q->type == QUESTION_SINGLE && answer->state == ANSWER_GIVEN
               ? q->options[answer->option].id
               : "";
}

static const char *result_of(const struct case_view *view, size_t question, const char *id)
{
    const struct question *q = &view->c.survey->q->questions[question];
    const struct score *score = &view->c.before.score;
    struct option_effect effect = {ratio_of(0), score_level(score)};

    for (size_t i = 0; i < q->option_count; i++) {
        if (strcmp(q->options[i].id, id) == 0)
            open_case_effect(&view->c, question, i, &effect);
    }
    return web_tr(view->rq->lang, WEB_conflict_result_of, view->rq->arena,
                  (const char *[]){
                      text_of_number_short(
                          view->rq->arena,
                          ratio_add(score_points(score, &score->total), effect.points), 2,
                          view->rq->lang),
                      case_level_text(view->rq, effect.level)},
                  2);
}

static const char *reason_text(const struct case_view *view, const char *code)
{
    return *code ? case_reason_words(code).in[view->rq->lang] : "–";
}

const char *account_called(struct request *rq, int64_t id)
{
    struct account account;
    struct err ignored;

    return accounts_load(&rq->app, id, rq->arena, &account, &ignored) == OK ? account.full_name
                                                                            : "–";
}

/* What was seen, what one wanted, what somebody else has stored meanwhile. */
static enum work_queue show_conflict(struct case_view *view, const struct case_setting *yours)
{
    struct request *rq = view->rq;
    const struct case_value *theirs = view->c.by_question[yours->question];
    const struct question *q = &view->c.survey->q->questions[yours->question];
    const char *stored =
        option_id(view, yours->question, &view->c.verified->answers[yours->question]);
    struct desk_layout layout = desk_layout(rq, WEB_queue_title);
    struct conflict_page page = {
        .id = view->c.row.id,
        .version = theirs->version,
        .question_id = q->id,
        .base = answer_print(q, &view->c.self->answers[yours->question], rq->lang, rq->arena),
        .yours = option_words(view, yours->question, yours->option),
        .theirs = option_words(view, yours->question, stored),
        .yours_option = yours->option,
        .yours_reason = yours->reason,
        .yours_note = yours->note,
        .theirs_option = stored,
        .theirs_reason = theirs->reason,
        .theirs_note = theirs->note,
        .yours_reason_text = reason_text(view, yours->reason),
        .theirs_reason_text = reason_text(view, theirs->reason),
        .yours_result = result_of(view, yours->question, yours->option),
        .theirs_result = result_of(view, yours->question, stored),
        .back = case_view_at(view, yours->question)};

    page.lead = web_tr(rq->lang, WEB_conflict_lead, rq->arena,
                       (const char *[]){account_called(rq, theirs->account),
                                        time_of_day(rq->arena, theirs->at)},
                       2);
    rq->must_undo = true;
    layout.layout.title = tr_with(rq, WEB_conflict_title, q->id);
    if (rq->wants_json)
        return request_reply(rq, 409, &shape_conflict, &page);
    request_page(rq, 409);
    view_conflict(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

static const struct json_member conflict_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct conflict_page, "question", question_id),
    JSON_VALUE(MEMBER_INT64, struct conflict_page, "version", version),
    JSON_VALUE(MEMBER_TEXT, struct conflict_page, "base", base),
    JSON_VALUE(MEMBER_TEXT, struct conflict_page, "yours", yours_option),
    JSON_VALUE(MEMBER_TEXT, struct conflict_page, "theirs", theirs_option),
};
const struct json_shape shape_conflict =
    JSON_SHAPE(struct conflict_page, "DeskConflict", conflict_members);

enum { VALUE_QUESTION, VALUE_VERSION, VALUE_OPTION, VALUE_REASON, VALUE_NOTE, VALUE_FIELDS };

static enum work_queue set_value(struct case_view *view, const struct case_setting *setting)
{
    struct request *rq = view->rq;
    struct err err;
    enum status status = open_case_set(&rq->app, &view->c, setting, rq->arena, &err);
    size_t next;

    if (status == CONFLICT && view->c.by_question[setting->question] &&
        view->c.by_question[setting->question]->version != setting->version)
        return show_conflict(view, setting);
    if (status != OK)
        return show_fault(view, "reason", &err);
    view->part = view->c.survey->q->questions[setting->question].dimension;
    next = case_view_next(view, setting->question);
    return go_to(rq, case_view_at(view, next == SIZE_MAX ? setting->question : next));
}

enum work_queue post_case_value(struct request *rq)
{
    struct field fields[VALUE_FIELDS] = {
        [VALUE_QUESTION] = {.name = "question", .max = 64},
        [VALUE_VERSION] = {.name = "version", .max = 20},
        [VALUE_OPTION] = {.name = "option", .max = 64},
        [VALUE_REASON] = {.name = "reason", .max = 40},
        [VALUE_NOTE] = {.name = "note", .max = CASE_NOTE_BYTES_MAX},
    };
    struct case_setting setting;
    struct case_view view;
    struct err err;
    size_t question;

    if (!request_form(rq, fields, VALUE_FIELDS))
        return QUEUE_DONE;
    if (case_view_load(rq, &view, &err) != OK)
        return request_error(rq, &err);
    question = question_of(&view.c, fields[VALUE_QUESTION].value);
    if (question == SIZE_MAX) {
        err_set(&err, BAD_INPUT, "Không có câu này trong phiếu.",
                "There is no such question in the response.");
        return show_fault(&view, "main", &err);
    }
    view.question = question;
    setting = (struct case_setting){.question = question,
                                    .version = number_of(fields[VALUE_VERSION].value),
                                    .option = or_empty(fields[VALUE_OPTION].value),
                                    .reason = or_empty(fields[VALUE_REASON].value),
                                    .note = or_empty(fields[VALUE_NOTE].value)};
    return set_value(&view, &setting);
}

enum work_queue post_case_part(struct request *rq)
{
    struct field field = {.name = "part", .max = 64};
    struct case_view view;
    struct err err;
    size_t kept, part = SIZE_MAX;

    if (!request_form(rq, &field, 1))
        return QUEUE_DONE;
    if (case_view_load(rq, &view, &err) != OK)
        return request_error(rq, &err);
    for (size_t i = 0; field.value && i < view.c.survey->q->dimension_count; i++) {
        if (strcmp(view.c.survey->q->dimensions[i].id, field.value) == 0)
            part = i;
    }
    if (part == SIZE_MAX) {
        err_set(&err, BAD_INPUT, "Không có trụ cột này trong bộ câu hỏi.",
                "There is no such pillar in the questionnaire.");
        return show_fault(&view, "main", &err);
    }
    if (open_case_keep_part(&rq->app, &view.c, part, rq->arena, &kept, &err) != OK)
        return show_fault(&view, "main", &err);
    view.part = part;
    view.question = SIZE_MAX;
    return go_to(rq, case_view_at(&view, SIZE_MAX));
}

/* ---- files ---- */

static enum work_queue send_file(struct request *rq)
{
    const struct evidence *file = rq->page;
    struct evidence_opened opened;
    struct err err;

    if (!request_evidence_open(rq, file, &opened))
        return QUEUE_DONE;
    if (!opened.is_active || strstr(rq->x->request.query, "mo=1"))
        return request_evidence(rq, file, &opened,
                                arena_printf(rq->arena, "ho-so-%lld", (long long)rq->number));
    close(opened.content.file);
    err_set(&err, CONFLICT,
            "Tệp %1$s có nội dung tự chạy khi mở. Nên đề nghị đơn vị gửi ảnh chụp hoặc bản in ra "
            "PDF; nếu vẫn cần, thêm ?mo=1 vào địa chỉ và mở trên máy không nối mạng nội bộ.",
            "The file %1$s runs something when it is opened. Better ask the firm for a photo or a "
            "printed PDF; if it is needed all the same, add ?mo=1 to the address and open it on a "
            "machine apart from your network.",
            file->name);
    return request_error(rq, &err);
}

enum work_queue page_case_file(struct request *rq)
{
    struct open_case c;
    struct err err;
    int64_t id = number_of(rq->segment);

    if (open_case_load(&rq->app, rq->number, rq->arena, &c, &err) != OK)
        return request_error(rq, &err);
    for (size_t i = 0; i < c.file_count; i++) {
        if (c.files[i].id != id)
            continue;
        rq->page = (void *)(uintptr_t)&c.files[i];
        return request_go(rq, QUEUE_SLOW, send_file);
    }
    return request_not_found(rq);
}
