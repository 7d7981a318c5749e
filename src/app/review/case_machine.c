/* The one table of what may happen to a case. */
#include "app/review/case_machine.h"

#include "base/buf.h"

#define S(name) (1u << CASE_##name)
#define UNDER_REVIEW (S(SUBMITTED) | S(IN_REVIEW) | S(ANSWERED) | S(REOPENED))
#define STAYS CASE_STATE__MAX

static const struct words state_words[CASE_STATE__MAX] = {
    [CASE_SUBMITTED] = {{"Mới nộp", "New"}},
    [CASE_IN_REVIEW] = {{"Đang xem", "In review"}},
    [CASE_ASKED] = {{"Đang hỏi", "Asked"}},
    [CASE_ANSWERED] = {{"Đã trả lời", "Answered"}},
    [CASE_PROPOSED] = {{"Chờ người thứ hai", "Second decision"}},
    [CASE_VERIFIED] = {{"Đã xác minh", "Verified"}},
    [CASE_REOPENED] = {{"Mở lại", "Reopened"}},
    [CASE_WITHDRAWN] = {{"Đã rút", "Withdrawn"}},
    [CASE_REJECTED] = {{"Không nhận", "Rejected"}},
    [CASE_EXPIRED] = {{"Hết hạn", "Expired"}},
};

const struct case_rule case_rules[CASE_ACT__MAX] = {
    [CASE_ACT_TAKE] = {"taken",
                       {{"Nhận hồ sơ", "Take this file"}},
                       UNDER_REVIEW,
                       CASE_IN_REVIEW,
                       CLOCK_KEEPS,
                       ACT_REVIEW_CASES,
                       false,
                       false},
    [CASE_ACT_CORRECT] = {"value-set",
                          {{"Ghi giá trị xác minh", "Set a verified value"}},
                          UNDER_REVIEW | S(ASKED),
                          STAYS,
                          CLOCK_KEEPS,
                          ACT_REVIEW_CASES,
                          false,
                          false},
    [CASE_ACT_ASK] = {"asked",
                      {{"Hỏi đơn vị", "Ask the firm"}},
                      UNDER_REVIEW | S(ASKED),
                      CASE_ASKED,
                      CLOCK_PAUSES,
                      ACT_REVIEW_CASES,
                      true,
                      false},
    [CASE_ACT_CLOSE] = {"query-closed",
                        {{"Đóng câu hỏi", "Close the query"}},
                        S(ASKED) | S(ANSWERED) | S(IN_REVIEW),
                        STAYS,
                        CLOCK_KEEPS,
                        ACT_REVIEW_CASES,
                        false,
                        true},
    [CASE_ACT_RETURN] = {"returned",
                         {{"Trả lại", "Return"}},
                         S(ASKED),
                         CASE_ASKED,
                         CLOCK_PAUSES,
                         ACT_REVIEW_CASES,
                         true,
                         false},
    [CASE_ACT_REPLY] = {"answered",
                        {{"Đơn vị đã trả lời", "The firm has answered"}},
                        S(ASKED),
                        CASE_ANSWERED,
                        CLOCK_RESUMES,
                        ACT__MAX,
                        false,
                        false},
    [CASE_ACT_VERIFY] = {"verified",
                         {{"Duyệt", "Approve"}},
                         UNDER_REVIEW,
                         CASE_VERIFIED,
                         CLOCK_ENDS,
                         ACT_REVIEW_CASES,
                         true,
                         false},
    [CASE_ACT_PROPOSE] = {"proposed",
                          {{"Đề nghị", "Propose"}},
                          UNDER_REVIEW,
                          CASE_PROPOSED,
                          CLOCK_KEEPS,
                          ACT_REVIEW_CASES,
                          true,
                          false},
    [CASE_ACT_AGREE] = {"decided",
                        {{"Đồng ý", "Agree"}},
                        S(PROPOSED),
                        CASE_VERIFIED,
                        CLOCK_ENDS,
                        ACT_DECIDE_CASES,
                        true,
                        false},
    [CASE_ACT_SEND_BACK] = {"sent-back",
                            {{"Trả lại người đề nghị", "Send back"}},
                            S(PROPOSED),
                            CASE_IN_REVIEW,
                            CLOCK_KEEPS,
                            ACT_DECIDE_CASES,
                            true,
                            true},
    [CASE_ACT_REJECT] = {"rejected",
                         {{"Không nhận", "Reject"}},
                         UNDER_REVIEW | S(ASKED),
                         CASE_REJECTED,
                         CLOCK_ENDS,
                         ACT_REVIEW_CASES,
                         true,
                         true},
    [CASE_ACT_REOPEN] = {"reopened",
                         {{"Mở lại", "Reopen"}},
                         S(VERIFIED) | S(REJECTED),
                         CASE_REOPENED,
                         CLOCK_STARTS,
                         ACT_REOPEN_CASES,
                         true,
                         true},
    [CASE_ACT_EXPIRE] = {"expired",
                         {{"Hết hạn trả lời", "The time to answer is over"}},
                         S(ASKED),
                         CASE_EXPIRED,
                         CLOCK_ENDS,
                         ACT__MAX,
                         false,
                         false},
    [CASE_ACT_RESUME] = {"resumed",
                         {{"Xem tiếp", "Go on with it"}},
                         S(EXPIRED),
                         CASE_IN_REVIEW,
                         CLOCK_STARTS,
                         ACT_REVIEW_CASES,
                         true,
                         true},
    [CASE_ACT_WITHDRAW] = {"withdrawn",
                           {{"Đơn vị rút hồ sơ", "Withdrawn by the firm"}},
                           UNDER_REVIEW | S(ASKED) | S(PROPOSED) | S(EXPIRED) | S(REJECTED) |
                               S(VERIFIED),
                           CASE_WITHDRAWN,
                           CLOCK_ENDS,
                           ACT__MAX,
                           false,
                           false},
    [CASE_ACT_RENEW] = {"renewed",
                        {{"Đơn vị nộp lại", "Submitted again by the firm"}},
                        S(WITHDRAWN) | S(EXPIRED) | S(REJECTED),
                        CASE_SUBMITTED,
                        CLOCK_STARTS,
                        ACT__MAX,
                        false,
                        false},
    [CASE_ACT_GIVE] = {"given",
                       {{"Giao hồ sơ", "Give the file to somebody"}},
                       UNDER_REVIEW | S(ASKED),
                       STAYS,
                       CLOCK_KEEPS,
                       ACT_ASSIGN_CASES,
                       true,
                       false},
    [CASE_ACT_RELEASE] = {"released",
                          {{"Trả về hàng chờ", "Put back into the queue"}},
                          UNDER_REVIEW | S(ASKED),
                          STAYS,
                          CLOCK_KEEPS,
                          ACT_REVIEW_CASES,
                          true,
                          false},
};

struct words case_state_words(enum case_state state)
{
    return state_words[state];
}

bool case_may(enum case_act act, enum case_state state)
{
    return case_rules[act].from >> state & 1;
}

enum case_state case_after(enum case_act act, enum case_state state)
{
    return case_rules[act].to == STAYS ? state : case_rules[act].to;
}

bool case_is_open(enum case_state state)
{
    return (UNDER_REVIEW | S(ASKED) | S(PROPOSED)) >> state & 1;
}

/* "Nhận hồ sơ, Duyệt": what who signs in may do in a state. */
static void print_possible(struct buf *out, enum case_state state, enum lang lang)
{
    const char *separator = "";

    for (int i = 0; i < CASE_ACT__MAX; i++) {
        if (!case_may((enum case_act)i, state) || case_rules[i].right == ACT__MAX)
            continue;
        buf_puts(out, separator);
        buf_puts(out, case_rules[i].name.in[lang]);
        separator = ", ";
    }
    if (!*separator)
        buf_puts(out, lang == LANG_VI ? "không có việc nào" : "nothing");
}

enum status case_check_act(enum case_act act, enum case_state state, struct err *err)
{
    struct buf possible[LANG__MAX];
    enum status status;

    if (case_may(act, state))
        return OK;
    for (int lang = 0; lang < LANG__MAX; lang++) {
        buf_init(&possible[lang], 4096);
        print_possible(&possible[lang], state, (enum lang)lang);
    }
    status = err_set(
        err, CONFLICT,
        "Hồ sơ đang ở tình trạng “%1$s” nên không làm được việc “%2$s”. Việc làm được: "
        "%3$s.%4$.0s%5$.0s%6$.0s",
        "The case is “%4$s”, so “%5$s” is not possible. What is possible: %6$s.%1$.0s%2$.0s%3$.0s",
        state_words[state].in[LANG_VI], case_rules[act].name.in[LANG_VI],
        buf_text(&possible[LANG_VI]), state_words[state].in[LANG_EN],
        case_rules[act].name.in[LANG_EN], buf_text(&possible[LANG_EN]));
    for (int lang = 0; lang < LANG__MAX; lang++)
        buf_free(&possible[lang]);
    return status;
}

const char *case_code(enum case_state state)
{
    return case_state_code(state);
}
