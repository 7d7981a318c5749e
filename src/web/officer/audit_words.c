/* The audit in words. */
#include "audit_words.h"

#include <string.h>

#include "app/permission.h"
#include "app/review/cases.h"
#include "app/review/plans.h"
#include "base/array.h"
#include "base/text.h"
#include "web/officer/desk.h"

const struct audit_word audit_words[] = {
    {"signed-in", {{"Đăng nhập", "Signed in"}}},
    {"recovery-code-used", {{"Dùng mã khôi phục", "Used a recovery code"}}},
    {"password-set", {{"Đặt mật khẩu", "Chose a password"}}},
    {"factor-set", {{"Thiết lập lớp bảo vệ thứ hai", "Set up the second factor"}}},
    {"recovery-codes-renewed", {{"Tạo mã khôi phục mới", "Made new recovery codes"}}},
    {"account-added", {{"Thêm tài khoản", "Added an account"}}},
    {"account-changed", {{"Đổi vai trò, địa bàn", "Changed role or areas"}}},
    {"account-disabled", {{"Khóa tài khoản", "Disabled an account"}}},
    {"account-enabled", {{"Mở lại tài khoản", "Enabled an account"}}},
    {"password-reset", {{"Cấp đường dẫn: mất mật khẩu", "Gave a link: password lost"}}},
    {"factor-reset", {{"Cấp đường dẫn: mất điện thoại", "Gave a link: telephone lost"}}},
    {"account-reset", {{"Cấp đường dẫn: mất cả hai", "Gave a link: both lost"}}},
    {"sessions-ended", {{"Kết thúc các phiên", "Ended sessions"}}},
    {"case-opened", {{"Mở xem hồ sơ", "Opened a case"}}},
    {"undone", {{"Hoàn tác", "Took back"}}},
    {"objected", {{"Đơn vị không đồng ý", "The firm objected"}}},
    {"warned", {{"Nhắc đơn vị sắp hết hạn", "Warned the firm of its term"}}},
    {"released", {{"Tự trả về hàng chờ", "Went back to the queue by itself"}}},
    {"code-reissued", {{"Cấp lại mã cho đơn vị", "Gave the firm a new code"}}},
    {"handed-over", {{"Giao hồ sơ cho đơn vị có mã số thuế", "Handed a dossier over"}}},
    {"data-request-done", {{"Làm xong yêu cầu về dữ liệu", "Did what was asked of data"}}},
    {"data-request-refused", {{"Từ chối yêu cầu về dữ liệu", "Refused what was asked of data"}}},
    {"review-plan-made", {{"Lập kế hoạch xem xét", "Made a review plan"}}},
    {"bulk-begun", {{"Bắt đầu việc hàng loạt", "Began acts on many cases"}}},
    {"bulk-done", {{"Xong việc hàng loạt", "Acts on many cases were done"}}},
    {"bulk-undo-begun", {{"Bắt đầu hoàn tác hàng loạt", "Began to take many acts back"}}},
    {"bulk-undone", {{"Hoàn tác hàng loạt", "Many acts were taken back"}}},
    {"inbox-received", {{"Nhận tệp vào hộp nhập", "Took a file into the inbox"}}},
    {"inbox-meaning", {{"Ghép nghĩa cho tệp", "Said what a file means"}}},
    {"inbox-read-again", {{"Đọc lại tệp", "Read a file again"}}},
    {"inbox-let-in", {{"Cho tệp vào", "Let a file in"}}},
    {"inbox-discarded", {{"Bỏ tệp", "Discarded a file"}}},
    {"import-undone", {{"Hoàn tác lần nhập", "Took an import back"}}},
    {"plan-added", {{"Thêm dòng kế hoạch", "Added a row of a plan"}}},
    {"plan-changed", {{"Sửa dòng kế hoạch", "Changed a row of a plan"}}},
    {"signing-key-made", {{"Tạo khóa ký", "Made a signing key"}}},
    {"signing-keys-exported", {{"Xuất khóa ký", "Exported the signing keys"}}},
};
const size_t audit_word_count = ARRAY_SIZE(audit_words);

const char *audit_act_words(const struct request *rq, const char *act)
{
    for (size_t i = 0; i < audit_word_count; i++) {
        if (strcmp(audit_words[i].code, act) == 0)
            return audit_words[i].name.in[rq->lang];
    }
    for (int i = 0; i < CASE_ACT__MAX; i++) {
        if (strcmp(case_rules[i].code, act) == 0)
            return case_rules[i].name.in[rq->lang];
    }
    return tr(rq, WEB_audit_other);
}

const char *audit_object_words(const struct request *rq, const char *object)
{
    static const struct {
        const char *kind;
        enum web_text text;
    } kinds[] = {{"case:", WEB_audit_of_case},
                 {"account:", WEB_audit_of_account},
                 {"plan:", WEB_audit_of_plan},
                 {"bulk:", WEB_audit_of_bulk},
                 {"inbox:", WEB_audit_of_inbox},
                 {"import:", WEB_audit_of_import},
                 {"review-plan:", WEB_audit_of_review_plan},
                 {"data-request:", WEB_audit_of_request},
                 {"signing-key:", WEB_audit_of_key}};

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        size_t len = strlen(kinds[i].kind);

        if (strncmp(object, kinds[i].kind, len) == 0)
            return tr_with(rq, kinds[i].text, object + len);
    }
    return tr(rq, WEB_audit_of_keys);
}

static bool is_of(const struct audit_entry *entry, const char *kind)
{
    return strncmp(entry->object, kind, strlen(kind)) == 0;
}

/* "officer; chi-linh, nam-sach" */
static const char *rights_words(struct request *rq, const char *value)
{
    size_t len = strcspn(value, ";");
    const char *code = arena_strndup(rq->arena, value, len);
    const char *text, *at = value + len + (value[len] == ';');
    enum role role;

    text = role_parse(code, &role) ? role_words(role).in[rq->lang] : tr(rq, WEB_audit_other);
    for (bool is_first = true; *at; is_first = false) {
        const char *id;

        at += strspn(at, " ,");
        id = arena_strndup(rq->arena, at, strcspn(at, ","));
        at += strlen(id);
        text = arena_printf(rq->arena, "%s%s%s", text, is_first ? ": " : ", ",
                            desk_area_name(rq, id));
    }
    return text;
}

/* "answers.4.1.3=3 (expired)", "answers.4.1.3" */
static const char *answer_words(struct request *rq, const char *value, bool sees_answers)
{
    const char *id = strncmp(value, "answers.", 8) == 0 ? value + 8 : value;
    size_t len = strcspn(id, "= ");
    const char *question = arena_strndup(rq->arena, id, len), *set = strchr(id, '=');

    if (!set)
        return tr_with(rq, WEB_audit_kept, question);
    if (!sees_answers)
        return tr_with(rq, WEB_audit_question, question);
    set = arena_strndup(rq->arena, set + 1, strcspn(set + 1, " "));
    return web_tr(rq->lang, WEB_audit_value, rq->arena, (const char *[]){question, set}, 2);
}

static const char *case_state_named(const struct request *rq, const char *code)
{
    for (int i = 0; i < CASE_STATE__MAX; i++) {
        if (strcmp(case_code((enum case_state)i), code) == 0)
            return case_state_words((enum case_state)i).in[rq->lang];
    }
    return "";
}

static const char *plan_state_named(const struct request *rq, const char *code)
{
    for (int i = 0; i < PLAN_STATE__MAX; i++) {
        if (strcmp(plan_state_id((enum plan_state)i), code) == 0)
            return plan_state_words((enum plan_state)i).in[rq->lang];
    }
    return "";
}

const char *audit_value_words(struct request *rq, const struct audit_entry *entry,
                              const char *value, bool sees_answers)
{
    if (!*value)
        return "";
    if (is_of(entry, "account:"))
        return rights_words(rq, value);
    if (is_of(entry, "plan:"))
        return plan_state_named(rq, value);
    if (strcmp(entry->act, case_rules[CASE_ACT_CORRECT].code) == 0)
        return answer_words(rq, value, sees_answers);
    if (is_of(entry, "case:"))
        return case_state_named(rq, value);
    return is_of(entry, "signing-key") ? value : ""; /* its id; what others have is for programs */
}

/* "person, time": columns of a plan, by what they are called. */
static const char *column_words(struct request *rq, const char *codes)
{
    const struct action_columns *columns = rq->site->loaded.action_columns;
    const char *text = "";

    for (size_t i = 0; i < columns->count; i++) {
        const struct action_heading *heading = &columns->items[i];

        if (strstr(codes, action_column_code(heading->column)))
            text = arena_printf(rq->arena, "%s%s%s", text, *text ? ", " : "",
                                heading->missing.in[rq->lang]);
    }
    return text;
}

const char *audit_reason_words(struct request *rq, const struct audit_entry *entry,
                               bool sees_answers)
{
    if (is_of(entry, "plan:"))
        return column_words(rq, entry->reason);
    if (strcmp(entry->act, "undone") == 0)
        return audit_act_words(rq, entry->reason);
    return is_of(entry, "case:") && !sees_answers ? "" : entry->reason;
}
