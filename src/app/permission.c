/* The one table of who may do what. */
#include "app/permission.h"

#include <string.h>

static const struct {
    const char *code;
    struct words name;
    bool has_areas;
} roles[ROLE__MAX] = {
    [ROLE_OFFICER] = {"officer", {{"cán bộ", "officer"}}, true},
    [ROLE_HEAD] = {"head", {{"lãnh đạo phòng", "head"}}, true},
    [ROLE_POLICYMAKER] = {"policymaker", {{"người làm chính sách", "policymaker"}}, false},
    [ROLE_ADMINISTRATOR] = {"administrator", {{"người quản trị", "administrator"}}, false},
};

static const struct words reaches[REACH__MAX] = {
    [REACH_NONE] = {{"không", "no"}},
    [REACH_OWN] = {{"của mình", "own"}},
    [REACH_AREAS] = {{"địa bàn được giao", "own areas"}},
    [REACH_ALL] = {{"tất cả", "all"}},
};

/* Roles in the order of enum role: officer, head, policymaker, administrator. */
const struct right rights[ACT__MAX] = {
    [ACT_OWN_ACCOUNT] = {"own-account",
                         {{"Xem và đổi tài khoản: mật khẩu, mã khôi phục, các phiên",
                           "See and change an account: password, recovery codes, sessions"}},
                         false,
                         {REACH_OWN, REACH_OWN, REACH_OWN, REACH_OWN}},
    [ACT_READ_RIGHTS] = {"read-rights",
                         {{"Xem ai được làm gì", "See who may do what"}},
                         false,
                         {REACH_ALL, REACH_ALL, REACH_ALL, REACH_ALL}},
    [ACT_SEE_ACCOUNTS] = {"see-accounts",
                          {{"Xem danh sách tài khoản", "See the list of accounts"}},
                          false,
                          {REACH_NONE, REACH_NONE, REACH_NONE, REACH_ALL}},
    [ACT_CHANGE_ACCOUNTS] = {"change-accounts",
                             {{"Thêm, sửa, khóa tài khoản; cấp lại đường dẫn; kết thúc phiên",
                               "Add, change, disable accounts; give links; end sessions"}},
                             true,
                             {REACH_NONE, REACH_NONE, REACH_NONE, REACH_ALL}},
    [ACT_SEE_CASES] = {"see-cases",
                       {{"Xem hàng chờ và hồ sơ thẩm định", "See the queue and cases"}},
                       false,
                       {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_EXPORT_CASES] = {"export-cases",
                          {{"Tải hàng chờ có tên đơn vị",
                            "Download the queue with names of firms"}},
                          true,
                          {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_IMPORT_FILES] = {"import-files",
                          {{"Hộp nhập: nhận tệp phiếu, ghép cột, cho vào, hoàn tác",
                            "The inbox: take files of responses, say what they mean, let them in, "
                            "undo"}},
                          false,
                          {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_REVIEW_CASES] = {"review-cases",
                          {{"Nhận hồ sơ, ghi giá trị xác minh, hỏi đơn vị, duyệt hoặc đề nghị",
                            "Take cases, set verified values, ask firms, approve or propose"}},
                          false,
                          {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_ASSIGN_CASES] = {"assign-cases",
                          {{"Giao hồ sơ cho người khác, trả hồ sơ của người khác về hàng chờ",
                            "Give cases to others, put those of others back into the queue"}},
                          false,
                          {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_DECIDE_CASES] = {"decide-cases",
                          {{"Quyết định thứ hai, cho đề nghị của người khác",
                            "The second decision, on what somebody else proposed"}},
                          false,
                          {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_REOPEN_CASES] = {"reopen-cases",
                          {{"Mở lại hồ sơ đã xác minh hoặc không nhận",
                            "Reopen cases that were verified or rejected"}},
                          false,
                          {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_PLAN_REVIEWS] = {"plan-reviews",
                          {{"Lập kế hoạch xem xét của một đợt",
                            "Make the review plan of a round"}},
                          false,
                          {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_SEE_STATISTICS] = {"see-statistics",
                            {{"Xem thời gian xử lý, tồn đọng và độ thống nhất khi thẩm định",
                              "See how long reviews take, what waits, and how far they agree"}},
                            false,
                            {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_SEE_PLANS] = {"see-plans",
                       {{"Xem kế hoạch hành động 5 rõ của đơn vị và việc của tỉnh",
                         "See action plans of firms and the tasks of the province"}},
                       false,
                       {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_CHANGE_PLANS] = {"change-plans",
                          {{"Thêm, sửa dòng của kế hoạch hành động",
                            "Add and change rows of action plans"}},
                          false,
                          {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_EXPORT_PLANS] = {"export-plans",
                          {{"Tải kế hoạch hành động (CSV, PDF), có tên người và đơn vị",
                            "Download action plans (CSV, PDF), with names of people and firms"}},
                          true,
                          {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_COUNT_PLANS] = {"count-plans",
                         {{"Xem số dòng kế hoạch theo địa bàn và trạng thái",
                           "See how many rows of plans there are by area and state"}},
                         false,
                         {REACH_AREAS, REACH_AREAS, REACH_ALL, REACH_NONE}},
    [ACT_HELP_CASES] = {"help-cases",
                        {{"Cấp lại mã cho đơn vị, giao hồ sơ khi người khác đã dùng mã số thuế",
                          "Give firms a new code; hand over what somebody else began"}},
                        true,
                        {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_SEE_DATA_CASES] = {"see-data-requests",
                            {{"Xem yêu cầu của đơn vị về dữ liệu của mình",
                              "See what firms ask for about their own data"}},
                            false,
                            {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_ANSWER_DATA_CASES] = {"answer-data-requests",
                               {{"Trả lời yêu cầu về dữ liệu; xóa dữ liệu khi đơn vị yêu cầu",
                                 "Answer them; erase what a firm asks to be erased"}},
                               true,
                               {REACH_AREAS, REACH_AREAS, REACH_NONE, REACH_NONE}},
    [ACT_SEE_AUDIT] = {"see-audit",
                       {{"Xem nhật ký: ai làm gì, lúc nào (người quản trị không thấy câu trả lời)",
                         "See the audit: who did what, and when (administrators see no answers)"}},
                       false,
                       {REACH_NONE, REACH_AREAS, REACH_NONE, REACH_ALL}},
    [ACT_CHECK_AUDIT] = {"check-audit",
                         {{"Kiểm tra nhật ký có bị sửa không",
                           "Check whether the audit was changed"}},
                         false,
                         {REACH_NONE, REACH_NONE, REACH_NONE, REACH_ALL}},
    [ACT_SEE_KEYS] = {"see-keys",
                      {{"Xem các khóa ký báo cáo đã xác minh",
                        "See the keys that sign verified reports"}},
                      false,
                      {REACH_NONE, REACH_NONE, REACH_NONE, REACH_ALL}},
    [ACT_CHANGE_KEYS] = {"change-keys",
                         {{"Tạo khóa ký mới, thay khóa đang dùng",
                           "Make a new signing key, which replaces the one in use"}},
                         true,
                         {REACH_NONE, REACH_NONE, REACH_NONE, REACH_ALL}},
};

const char *role_code(enum role role)
{
    return roles[role].code;
}

struct words role_words(enum role role)
{
    return roles[role].name;
}

struct words reach_words(enum reach reach)
{
    return reaches[reach];
}

bool role_parse(const char *code, enum role *role)
{
    for (int i = 0; i < ROLE__MAX; i++) {
        if (strcmp(roles[i].code, code) == 0) {
            *role = (enum role)i;
            return true;
        }
    }
    return false;
}

enum role account_role(const struct account *account)
{
    enum role role;

    return role_parse(account->role, &role) ? role : ROLE__MAX;
}

bool role_has_areas(enum role role)
{
    return roles[role].has_areas;
}

enum reach permission(const struct account *account, enum act act)
{
    enum role role = account_role(account);

    return account->is_disabled || role == ROLE__MAX ? REACH_NONE : rights[act].reach[role];
}
