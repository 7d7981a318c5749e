/* What officers make of answers: set, kept, and why. */
#include "case_parts.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

const struct case_reason case_reasons[] = {
    {"no-evidence", {{"Không có minh chứng", "No evidence"}}},
    {"not-enough", {{"Minh chứng không đủ cho mức đã chọn", "The evidence is not enough for it"}}},
    {"expired", {{"Minh chứng hết hiệu lực", "The evidence is out of date"}}},
    {"other-firm", {{"Minh chứng của đơn vị khác", "The evidence is another firm's"}}},
    {"misread", {{"Hiểu khác câu hỏi", "The question was misread"}}},
    {"firm-agreed", {{"Đơn vị đã xác nhận lại", "The firm has confirmed it"}}},
    {"on-site", {{"Thấy khi làm việc tại đơn vị", "Seen on a visit"}}},
    {"other", {{"Lý do khác (ghi ở ghi chú)", "Another reason (in the note)"}}},
};
const size_t case_reason_count = ARRAY_SIZE(case_reasons);

struct words case_reason_words(const char *code)
{
    for (size_t i = 0; i < case_reason_count; i++) {
        if (strcmp(case_reasons[i].code, code) == 0)
            return case_reasons[i].text;
    }
    return (struct words){{code, code}};
}

static bool is_reason(const char *code)
{
    for (size_t i = 0; i < case_reason_count; i++) {
        if (strcmp(case_reasons[i].code, code) == 0)
            return true;
    }
    return false;
}

/* ---- checked ---- */

/* The answer that was chosen as the store has it; "" where it is the enterprise's own. */
static enum status read_option(const struct open_case *c, const struct case_setting *setting,
                               struct arena *arena, const char **value, struct err *err)
{
    const struct question *q = &c->survey->q->questions[setting->question];
    struct faults *faults = ARENA_NEW(arena, struct faults);
    struct answer answer = {.state = ANSWER_NONE};

    *value = "";
    if (!*setting->option)
        return OK;
    faults_init(faults, arena);
    if (!answer_read_text(q, setting->option, (struct place){q->id, 0, ""}, arena, faults,
                          &answer)) {
        faults_to_err(faults, err);
        return err->status = BAD_INPUT;
    }
    *value = case_answer_text(q, &answer, arena);
    if (strcmp(*value,
               case_answer_text(q, &c->self->answers[setting->question], arena)) == 0)
        *value = "";
    return OK;
}

static enum status check_reason(const struct open_case *c, const struct case_setting *setting,
                                const char *value, struct err *err)
{
    const char *id = c->survey->q->questions[setting->question].id;

    if (!*value)
        return OK;
    if (!is_reason(setting->reason))
        return err_set(err, BAD_INPUT,
                       "Câu %s: giá trị xác minh khác giá trị tự chấm nên cần chọn lý do.",
                       "Question %s: the verified value is another than the firm's, so a reason "
                       "has to be chosen.",
                       id);
    if (strcmp(setting->reason, "other") == 0 && !*setting->note)
        return err_set(err, BAD_INPUT,
                       "Câu %s: đã chọn “lý do khác” nên cần ghi lý do vào ghi chú.",
                       "Question %s: “another reason” was chosen, so the note has to say it.", id);
    return OK;
}

/* The case goes over to who works on it first; a colleague's is not taken away by that. */
static enum status take_if_free(const struct app_context *app, struct open_case *c,
                                struct arena *arena, struct err *err)
{
    const struct case_input input = {.version = c->row.version};

    if (c->row.at.assignee == app->account->id || c->row.at.assignee != 0 ||
        !case_may(CASE_ACT_TAKE, c->row.at.state))
        return case_touch(app->store, c->row.id, app->now, err);
    return open_case_act(app, c, CASE_ACT_TAKE, &input, arena, err);
}

/* ---- written ---- */

static const char *told_text(const struct case_value *value, struct arena *arena)
{
    return *value->value ? arena_printf(arena, "%s=%s (%s)", value->item, value->value,
                                        value->reason)
                         : arena_printf(arena, "%s kept", value->item);
}

static enum status put_value(const struct app_context *app, struct open_case *c,
                             const struct case_setting *setting, const char *value,
                             struct arena *arena, struct err *err)
{
    const struct question *q = &c->survey->q->questions[setting->question];
    const struct case_value *before = c->by_question[setting->question];
    struct case_value put = {.item = case_item(q, arena),
                             .version = setting->version,
                             .self = case_answer_text(q, &c->self->answers[setting->question],
                                                      arena),
                             .value = value,
                             .reason = *value ? setting->reason : "",
                             .note = setting->note,
                             .account = app->account->id,
                             .at = app->now};
    enum status status = case_value_put(app->store, c->row.id, &put, err);

    if (status == OK)
        status = case_tell(app, c->row.id,
                           &(struct audit_entry){.act = case_rules[CASE_ACT_CORRECT].code,
                                                 .before = before ? told_text(before, arena) : "",
                                                 .after = told_text(&put, arena),
                                                 .reason = setting->note},
                           err);
    return status;
}

/* The stored version of a value, also of one that was made of an earlier answer. */
static int64_t stored_version(const struct open_case *c, size_t question, struct arena *arena)
{
    const char *item = case_item(&c->survey->q->questions[question], arena);

    for (size_t i = 0; i < c->value_count; i++) {
        if (strcmp(c->values[i].item, item) == 0)
            return c->values[i].version;
    }
    return 0;
}

static enum status set_value(const struct app_context *app, struct open_case *c,
                             const struct case_setting *setting, struct arena *arena,
                             struct err *err)
{
    struct case_setting exact = *setting;
    const char *value;
    enum status status = read_option(c, setting, arena, &value, err);

    if (status == OK)
        status = check_reason(c, setting, value, err);
    if (status == OK)
        status = take_if_free(app, c, arena, err);
    /* one that was made of an earlier answer was not shown, and is replaced */
    if (!c->by_question[setting->question] && !setting->version)
        exact.version = stored_version(c, setting->question, arena);
    return status == OK ? put_value(app, c, &exact, value, arena, err) : status;
}

enum status open_case_set(const struct app_context *app, struct open_case *c,
                          const struct case_setting *setting, struct arena *arena, struct err *err)
{
    bool is_own;
    enum status status = case_check_act(CASE_ACT_CORRECT, c->row.at.state, err);

    if (status == OK)
        status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    return context_end(app, is_own, set_value(app, c, setting, arena, err), err);
}

static enum status keep_all(const struct app_context *app, struct open_case *c, size_t dimension,
                            struct arena *arena, size_t *kept, struct err *err)
{
    const struct questionnaire *q = c->survey->q;
    enum status status = OK;

    for (size_t i = 0; status == OK && i < q->question_count; i++) {
        const struct case_setting setting = {
            .question = i, .option = "", .reason = "", .note = ""};

        if (q->questions[i].dimension != dimension || !q->questions[i].is_scored ||
            !c->verified->answers[i].is_active || c->by_question[i])
            continue;
        status = set_value(app, c, &setting, arena, err);
        *kept += status == OK;
    }
    return status;
}

enum status open_case_keep_part(const struct app_context *app, struct open_case *c,
                                size_t dimension, struct arena *arena, size_t *kept,
                                struct err *err)
{
    bool is_own;
    enum status status = case_check_act(CASE_ACT_CORRECT, c->row.at.state, err);

    *kept = 0;
    if (status == OK)
        status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    return context_end(app, is_own, keep_all(app, c, dimension, arena, kept, err), err);
}
