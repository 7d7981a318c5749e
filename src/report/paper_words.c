/* What a paper form says of its own, and conditions in words. */
#include "paper_parts.h"

#include <string.h>

#include "base/text.h"
#include "rule/words.h"
#include "survey/typing.h"

static const struct words texts[PAPER_TEXT__MAX] = {
    [PAPER_KICKER] = {{"Phiếu tự đánh giá chuyển đổi số", "Digital readiness self-assessment"}},
    [PAPER_REFERENCE] = {{"Mã hồ sơ CDS", "Reference CDS"}},
    [PAPER_WHO] = {{"Đơn vị của bạn là ai?", "Who are you?"}},
    [PAPER_LEAD] = {{"Phiếu có {1} trang: trang này hỏi về đơn vị, các trang sau có {2} câu hỏi. "
                     "Mất khoảng {3} phút. Không biết thì để trống.",
                     "{1} pages: this one asks about your business, the next ones have {2} "
                     "questions. It takes about {3} minutes. Leave open "
                     "what you do not know."}},
    [PAPER_HOW] = {{"Cách ghi:", "How to answer:"}},
    [PAPER_CROSS] = {{"đánh dấu X vào ô đã chọn", "cross the box that you choose"}},
    [PAPER_CORRECT] = {{"chọn nhầm: tô kín ô rồi chọn ô khác",
                        "a mistake: black the box out, cross another"}},
    [PAPER_DIGITS] = {{"mỗi chữ số một ô", "one digit a box"}},
    [PAPER_MORE_SHEET] =
        {{"Muốn xét thêm chính sách khác (cụm liên kết ngành, vay vốn, thuê đất…): "
          "xin cán bộ tờ rời \"Thông tin thêm\".",
          "For other policies (clusters, loans, leased land…) ask the officer for "
          "the sheet \"Further facts\"."}},
    [PAPER_MORE_TITLE] = {{"Thông tin thêm để xét chính sách", "Further facts for policies"}},
    [PAPER_MORE_LEAD] = {{"Chỉ ghi những dòng liên quan đến đơn vị; các dòng khác để trống. Không "
                          "có thì ghi 0. Không tính điểm.",
                          "Fill in only what concerns your business and leave the rest open. Write "
                          "0 where there is none. Nothing here is scored."}},
    [PAPER_DATE_PARTS] = {{"ngày, tháng, năm", "day, month, year"}},
    [PAPER_DONG] = {{"đồng", "đồng (VND)"}},
    [PAPER_LETTER] = {{"ghi một chữ cái trong danh sách dưới đây", "a letter of this list"}},
    [PAPER_YES] = {{"Có", "Yes"}},
    [PAPER_NO] = {{"Không", "No"}},
    [PAPER_RANGE] = {{"Câu {1}–{2} trong {3}", "Questions {1}–{2} of {3}"}},
    [PAPER_RANGE_ONE] = {{"Câu {1} trong {2}", "Question {1} of {2}"}},
    [PAPER_MANY] = {{"chọn mọi ô đúng", "tick all that apply"}},
    [PAPER_REQUIRED] = {{"bắt buộc", "required"}},
    [PAPER_NA] = {{"Không áp dụng, vì:", "Not applicable, because:"}},
    [PAPER_ONLY_IF] = {{"Chỉ trả lời nếu", "Answer only if"}},
    [PAPER_FILE] = {{"Kèm theo giấy tờ, ghi tên ở đây:", "Attach the paper and write its name:"}},
    [PAPER_ROWS] = {{"mỗi dòng chọn một ô", "one box in each row"}},
    [PAPER_TYPIST] = {{"Cán bộ nhập:", "Typed in:"}},
    [PAPER_SIGN] = {{"Đồng ý và ký tên", "Consent and signatures"}},
    [PAPER_CONSENT_LEAD] = {{"Đánh dấu nếu đồng ý. Không đồng ý vẫn được nhận kết quả.",
                             "Cross what you agree to. You get the result in any case."}},
    [PAPER_CONSENT_OFFICE] =
        {{"Cơ quan phụ trách của tỉnh được xem phiếu này để thẩm định và tư vấn hỗ trợ.",
          "The province's office may read this paper to review it and to advise on support."}},
    [PAPER_CONSENT_FIGURES] = {{"Số liệu được tính vào số liệu chung, không nêu tên đơn vị.",
                                "The answers count in overall figures, which name nobody."}},
    [PAPER_CONSENT_NEWS] = {{"Gửi kết quả và tin về chính sách mới qua số điện thoại:",
                             "Send the result and news of policies to the telephone number:"}},
    [PAPER_ANSWERED] = {{"Người trả lời", "Answered by"}},
    [PAPER_ANSWERED_HINT] = {{"Họ tên, chức vụ, chữ ký", "Name, position, signature"}},
    [PAPER_TYPED] = {{"Cán bộ nhập phiếu", "Typed in by"}},
    [PAPER_TYPED_HINT] = {{"Họ tên, đơn vị, chữ ký", "Name, office, signature"}},
    [PAPER_DAY] = {{"Ngày ……… tháng ……… năm …………", "Date ………………………"}},
    [PAPER_RESULT] = {{"Nhận kết quả: cán bộ nhập xong, in một trang tóm tắt và đọc mã hồ sơ cho "
                       "đơn vị. Đừng gửi ảnh giấy tờ tùy thân kèm phiếu.",
                       "Result: once this is typed in, the officer prints a page that sums it up "
                       "and tells you the reference. Do not send pictures of identity papers."}},
    [PAPER_PRINTED] = {{"bản in {1}", "printed {1}"}},
    [PAPER_PAGE] = {{"Trang {1}/{2}", "Page {1}/{2}"}},
};

const char *paper_tr(const struct paper *paper, enum paper_text text)
{
    return texts[text].in[paper->lang];
}

const char *paper_tr_with(const struct paper *paper, enum paper_text text, const char *a,
                          const char *b, const char *c)
{
    const char *const values[] = {a, b, c};
    const char *at = paper_tr(paper, text), *result = "";

    while (*at) {
        size_t len = strcspn(at, "{");

        result = arena_printf(paper->arena, "%s%.*s", result, (int)len, at);
        at += len;
        if (*at) {
            result = arena_printf(paper->arena, "%s%s", result, values[at[1] - '1']);
            at += 3;
        }
    }
    return result;
}

const char *paper_respondents(const struct paper *paper)
{
    const struct questionnaire *q = paper->setup->questionnaire;
    const char *list = "";

    for (enum legal_form form = 0; q && form < LEGAL_FORM__MAX; form++) {
        if (q->respondents[form])
            list = arena_printf(paper->arena, "%s%s%s", list, *list ? ", " : "",
                                legal_form_words(form).in[paper->lang]);
    }
    return list;
}

/* ---- conditions ---- */

/* The question that "answers.ID" or "answers.ID.ROW" means; NULL for a fact. */
static const struct question *question_of(const struct questionnaire *q, size_t fact)
{
    const char *name = q->schema.facts[fact].name + strlen("answers.");
    size_t at;

    if (fact >= q->fact_offset)
        return NULL;
    at = questionnaire_find(q, name);
    for (size_t len = strlen(name); at == MAP_NONE && len > 0; len--) {
        if (name[len] == '.')
            at = map_get(&q->question_ids, name, len);
    }
    return at == MAP_NONE ? NULL : &q->questions[at];
}

/* Questions are numbered on paper; a row of a scale keeps its name behind the number. */
static const char *number_of(const struct paper *paper, const struct question *question,
                             const char *name, enum lang lang)
{
    size_t number;

    if (!question)
        return name;
    number = (size_t)(question - paper->setup->questionnaire->questions) + 1;
    return text_printf(paper->arena, lang, "Câu %zu%s", "Question %zu%s", number,
                       name + strlen(question->id));
}

static const char *speak_label(void *context, size_t fact, enum lang lang)
{
    const struct paper *paper = context;
    const struct questionnaire *q = paper->setup->questionnaire;
    const char *name = q->schema.facts[fact].name;

    if (fact >= q->fact_offset)
        return paper->setup->facts->items[fact - q->fact_offset].label.in[lang];
    return number_of(paper, question_of(q, fact), name + strlen("answers."), lang);
}

/* An option by the code that stands beside its box. */
static const char *speak_value(void *context, size_t fact, const struct value *value,
                               enum lang lang, struct arena *arena)
{
    const struct paper *paper = context;
    const struct questionnaire *q = paper->setup->questionnaire;
    const struct question *question = question_of(q, fact);
    size_t at;

    if (fact >= q->fact_offset)
        return fact_print(paper->setup->facts, fact - q->fact_offset, value, paper->setup->on, lang,
                          arena);
    if (value->kind == VALUE_TEXT && question) {
        at = question_find_option(question, value->text);
        return at == MAP_NONE ? value->text : option_code(question, at);
    }
    return value->kind == VALUE_NUMBER ? text_of_number_short(arena, value->number, 4, lang) : "";
}

const char *paper_condition(const struct paper *paper, const struct question *question)
{
    struct paper context = *paper;
    struct rule_speaker speaker = {speak_label, speak_value, &context};

    return arena_printf(paper->arena, "%s: %s.", paper_tr(paper, PAPER_ONLY_IF),
                        rule_words(question->show_if, NULL, &speaker, paper->lang, paper->arena));
}
