/* What a paper form says of its own, and conditions in words. */
#include "paper_parts.h"

#include <string.h>

#include "base/text.h"
#include "rule/words.h"
#include "survey/typing.h"

static const struct words texts[PAPER_TEXT__MAX] = {
    [PAPER_KICKER] = {{"Phiếu trả lời trên giấy", "Paper answer sheet"}},
    [PAPER_HOW] =
        {{"Đánh dấu X vào ô vuông cạnh câu trả lời; mỗi câu chọn một ô, trừ khi ghi \"chọn mọi ô "
          "đúng\". Chọn nhầm thì tô kín ô sai rồi đánh dấu ô khác. Chữ hoặc số cạnh ô là mã để "
          "người "
          "nhập máy gõ vào cột mang số của câu hỏi.",
          "Put a cross in the box beside your answer; one box for each question unless it says "
          "\"tick all that apply\". To correct a cross, black out its box and cross another. The "
          "letter or digit beside a box is what is typed into the column named after the "
          "question."}},
    [PAPER_HOW_FACTS] =
        {{"Không có thì ghi 0; không biết thì để trống. Thông tin này cho biết quy mô "
          "và chính sách hỗ trợ phù hợp, không tính điểm.",
          "Write 0 where there is none and leave empty what you do not know. These "
          "answers tell your size class and the support that fits; they are not "
          "scored."}},
    [PAPER_FACTS] = {{"Thông tin chung", "General information"}},
    [PAPER_MANY] = {{"chọn mọi ô đúng", "tick all that apply"}},
    [PAPER_REQUIRED] = {{"bắt buộc", "required"}},
    [PAPER_NA] = {{"Không áp dụng, vì:", "Not applicable, because:"}},
    [PAPER_ONLY_IF] = {{"Chỉ trả lời nếu", "Answer only if"}},
    [PAPER_FILE] = {{"Kèm theo giấy tờ, ghi tên ở đây:", "Attach the paper and write its name:"}},
    [PAPER_ROWS] = {{"mỗi dòng chọn một ô", "one box in each row"}},
    [PAPER_ITEM] = {{"Nội dung", "Item"}},
    [PAPER_LISTS] = {{"Mã ngành, mã địa bàn", "Codes of sections and areas"}},
    [PAPER_SECTIONS] = {{"Ngành cấp 1", "Sections"}},
    [PAPER_AREAS] = {{"Địa bàn", "Areas"}},
    [PAPER_CODE] = {{"Mã", "Code"}},
    [PAPER_NAME] = {{"Tên", "Name"}},
    [PAPER_SIGN] = {{"Ký tên", "Signatures"}},
    [PAPER_SIGN_ANSWERED] = {{"Người trả lời (họ tên, chức vụ, chữ ký)",
                             "Answered by (name, position, signature)"}},
    [PAPER_SIGN_TYPED] = {{"Người nhập máy (họ tên, ngày nhập)", "Typed in by (name, date)"}},
    [PAPER_WRITE_HERE] = {{"Chỗ để viết", "Room to write"}},
    [PAPER_BACK_TO] = {{"Dành cho", "For"}},
};

const char *paper_tr(const struct paper *paper, enum paper_text text)
{
    return texts[text].in[paper->lead];
}

const char *paper_tr_other(const struct paper *paper, enum paper_text text)
{
    return paper->has_other ? texts[text].in[paper->other] : NULL;
}

const char *paper_other(const struct paper *paper, struct words words)
{
    const char *lead = words.in[paper->lead], *other = words.in[paper->other];

    if (!paper->has_other || !other || (lead && strcmp(lead, other) == 0))
        return NULL;
    return other;
}

const char *paper_both(const struct paper *paper, struct words words)
{
    const char *other = paper_other(paper, words);

    return other ? arena_printf(paper->arena, "%s / %s", words.in[paper->lead], other)
                 : words.in[paper->lead];
}

const char *paper_both_tr(const struct paper *paper, enum paper_text text)
{
    return paper_both(paper, texts[text]);
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

static const char *speak_label(void *context, size_t fact, enum lang lang)
{
    const struct paper *paper = context;
    const struct questionnaire *q = paper->setup->questionnaire;
    const char *name = q->schema.facts[fact].name;

    if (fact >= q->fact_offset)
        return paper->setup->facts->items[fact - q->fact_offset].label.in[lang];
    return text_printf(paper->arena, lang, "Câu %s", "Question %s", name + strlen("answers."));
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

const char *paper_condition(const struct paper *paper, const struct question *question,
                           enum lang lang)
{
    struct paper context = *paper;
    struct rule_speaker speaker = {speak_label, speak_value, &context};

    return arena_printf(paper->arena, "%s: %s.", texts[PAPER_ONLY_IF].in[lang],
                        rule_words(question->show_if, NULL, &speaker, lang, paper->arena));
}
