/* Codes of policy files, and what people call them. */
#include "policy/policy.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

struct named {
    const char *code;
    struct words words;
};

static const struct named verdicts[VERDICT__MAX] = {
    [VERDICT_ELIGIBLE] = {"eligible", {{"Đủ điều kiện", "Eligible"}}},
    [VERDICT_NOT_ELIGIBLE] = {"not_eligible", {{"Chưa đủ điều kiện", "Not eligible"}}},
    [VERDICT_UNKNOWN] = {"unknown", {{"Chưa xác định được", "Cannot tell yet"}}},
};

static const struct named benefits[BENEFIT__MAX] = {
    [BENEFIT_GRANT] = {"grant", {{"hỗ trợ không hoàn lại", "grant"}}},
    [BENEFIT_LOAN] = {"loan", {{"vay vốn", "loan"}}},
    [BENEFIT_INTEREST] = {"interest", {{"hỗ trợ lãi suất", "interest subsidy"}}},
    [BENEFIT_GUARANTEE] = {"guarantee", {{"bảo lãnh tín dụng", "credit guarantee"}}},
    [BENEFIT_TAX] = {"tax", {{"miễn, giảm thuế, phí", "tax or fee relief"}}},
    [BENEFIT_IN_KIND] = {"in-kind", {{"hỗ trợ bằng dịch vụ miễn phí", "free service"}}},
    [BENEFIT_DEFERRAL] = {"deferral", {{"gia hạn nộp", "deferred payment"}}},
};

static const struct named openings[OPENNESS__MAX] = {
    [OPEN_UNKNOWN] = {"unknown",
                      {{"hỏi xem chương trình còn nhận hồ sơ",
                        "ask whether the programme still takes applications"}}},
    [OPEN_YES] = {"yes", {{"đang áp dụng", "open"}}},
    [OPEN_NO] = {"no", {{"không nhận hồ sơ", "takes no applications"}}},
};

static const struct named levels[POLICY_LEVEL__MAX] = {
    [LEVEL_NATIONAL] = {"national", {{"chính sách của Trung ương", "national policy"}}},
    [LEVEL_PROVINCIAL] = {"provincial", {{"chính sách của địa phương", "provincial policy"}}},
};

static const struct named fundings[FUNDING__MAX] = {
    [FUNDING_STATE_BUDGET] = {"state-budget", {{"ngân sách nhà nước", "state budget"}}},
    [FUNDING_PROVINCE_BUDGET] = {"province-budget",
                                 {{"ngân sách địa phương", "provincial budget"}}},
    [FUNDING_FUND] = {"fund",
                      {{"quỹ tài chính nhà nước ngoài ngân sách", "off-budget state fund"}}},
    [FUNDING_BANK] = {"bank", {{"ngân hàng", "bank"}}},
    [FUNDING_ASSOCIATION] = {"association", {{"hiệp hội doanh nghiệp", "business association"}}},
    [FUNDING_VENDOR] = {"vendor", {{"nhà cung cấp giải pháp", "solution vendor"}}},
};

static const struct named bases[CAP_BASIS__MAX] = {
    [CAP_NONE] = {"none", {{"", ""}}},
    [CAP_PER_YEAR] = {"per-year", {{"mỗi năm", "per year"}}},
    [CAP_PER_CONTRACT_PER_YEAR] = {"per-contract-per-year",
                                   {{"mỗi hợp đồng mỗi năm", "per contract per year"}}},
    [CAP_PER_MONTH] = {"per-month", {{"mỗi tháng", "per month"}}},
    [CAP_PER_PROJECT] = {"per-project", {{"mỗi dự án", "per project"}}},
    [CAP_PER_COURSE] = {"per-course", {{"mỗi khóa", "per course"}}},
    [CAP_PER_LEARNER] = {"per-learner", {{"mỗi học viên", "per learner"}}},
    [CAP_PER_PRODUCT] = {"per-product", {{"mỗi sản phẩm", "per product"}}},
    [CAP_PER_CONTEST] = {"per-contest", {{"mỗi cuộc thi", "per contest"}}},
    [CAP_ONCE] = {"once", {{"một lần", "once"}}},
};

#define DEFINE_NAMES(prefix, type, table)                                                          \
    const char *prefix##_code(enum type value)                                                     \
    {                                                                                              \
        return table[value].code;                                                                  \
    }                                                                                              \
    struct words prefix##_words(enum type value)                                                   \
    {                                                                                              \
        return table[value].words;                                                                 \
    }

DEFINE_NAMES(verdict, verdict, verdicts)
DEFINE_NAMES(benefit, benefit, benefits)
DEFINE_NAMES(funding, funding, fundings)
DEFINE_NAMES(openness, openness, openings)
DEFINE_NAMES(cap_basis, cap_basis, bases)

const char *policy_level_code(enum policy_level level)
{
    return levels[level].code;
}

bool cap_basis_is_each(enum cap_basis basis)
{
    return basis == CAP_PER_CONTRACT_PER_YEAR || basis == CAP_PER_PROJECT ||
           basis == CAP_PER_COURSE || basis == CAP_PER_LEARNER || basis == CAP_PER_PRODUCT ||
           basis == CAP_PER_CONTEST;
}

/* What kind of document a number is of: "80/2021/NĐ-CP" is a decree. The first match counts: the
 * National Assembly's resolutions are numbered like its laws, so they are named. */
struct document_kind {
    const char *mark;
    struct words name;
};

static const struct document_kind document_kinds[] = {
    {"198/2025/QH15", {{"Nghị quyết", "Resolution"}}},
    {"/NĐ-CP", {{"Nghị định", "Decree"}}},
    {"/NQ-CP", {{"Nghị quyết", "Resolution"}}},
    {"/NQ-HĐND", {{"Nghị quyết", "Resolution"}}},
    {"/TT-", {{"Thông tư", "Circular"}}},
    {"/QĐ-", {{"Quyết định", "Decision"}}},
    {"NQ ", {{"Nghị quyết", "Resolution"}}},
    {"/QH", {{"Luật", "Law"}}},
};

static const char *kind_of_document(const char *document, enum lang lang)
{
    for (size_t i = 0; i < ARRAY_SIZE(document_kinds); i++) {
        if (strstr(document, document_kinds[i].mark))
            return document_kinds[i].name.in[lang];
    }
    return "";
}

/* "11(2)(a)" -> "Điều 11 khoản 2 điểm a"; what is not of that form is kept as it is. Nothing where
 * the article is not known. */
static void say_article(struct buf *text, const char *article, enum lang lang)
{
    static const struct words parts[] = {
        {{"Điều ", "Article "}}, {{" khoản ", "("}}, {{" điểm ", "("}}};
    size_t part = 0;

    if (!*article)
        return;
    buf_puts(text, parts[0].in[lang]);
    for (const char *at = article; *at; at++) {
        if (*at == '(' && part < 2)
            buf_puts(text, parts[++part].in[lang]);
        else if (*at != ')' || lang == LANG_EN)
            buf_putc(text, *at);
    }
}

const char *policy_citation(const struct policy *policy, const char *article, enum lang lang,
                            struct arena *arena)
{
    const char *space = strrchr(article, ' ');
    const char *document =
        space ? arena_strndup(arena, article, (size_t)(space - article)) : policy->document;
    const char *kind = kind_of_document(document, lang);
    const char *copy;
    struct buf text;

    buf_init(&text, 1000);
    say_article(&text, space ? space + 1 : article, lang);
    if (text.len)
        buf_puts(&text, lang == LANG_VI ? " " : ", ");
    buf_printf(&text, "%s%s%s", kind, *kind ? " " : "", document);
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}
