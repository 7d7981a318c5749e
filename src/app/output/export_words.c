/* What the columns of a workbook are called, and what its second sheet says of them. */
#include "export.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* A list of values that is longer ends in an ellipsis; what a cell can hold is half as much more.
 */
#define VALUES_BYTES_MAX ((size_t)20000)

enum width {
    WIDTH_SHORT = 10,
    WIDTH_NUMBER = 14,
    WIDTH_MONEY = 18,
    WIDTH_TEXT = 24,
    WIDTH_NAME = 40
};

static const struct words no_words = {{"", ""}}, yesno = {{"Có\nKhông", "Yes\nNo"}},
                          days = {{"ngày", "day"}};

static const struct {
    struct words heading, meaning, unit;
} specials[RESPONSE_SPECIAL_PARTS] = {
    [RESPONSE_QUESTIONNAIRE] = {{{"Bộ câu hỏi", "Questionnaire"}},
                                {{"Bộ câu hỏi đã trả lời, và phiên bản",
                                  "The questionnaire that was answered, and its version"}},
                                {{"", ""}}},
    [RESPONSE_ROUND] = {{{"Đợt", "Round"}}, {{"Đợt đánh giá", "Round of assessments"}}, {{"", ""}}},
    [RESPONSE_SUBMITTED_ON] = {{{"Ngày gửi", "Submitted on"}},
                               {{"Ngày đơn vị gửi phiếu", "Day of the response"}},
                               {{"ngày", "day"}}},
    [RESPONSE_MINUTES] = {{{"Thời gian trả lời", "Time taken"}},
                          {{"Đơn vị trả lời trong bao lâu", "How long it took to answer"}},
                          {{"phút", "minutes"}}},
};

static const struct {
    struct words meaning, unit;
} results[RESULT_PART__MAX] = {
    [RESULT_SIZE_CLASS] =
        {{{"Quy mô theo Nghị định 80/2021/NĐ-CP, tính từ lao động, doanh thu, vốn",
           "Size class by Decree 80/2021/NĐ-CP, from employees, revenue, capital"}},
         {{"", ""}}},
    [RESULT_POINTS] = {{{"Tổng điểm đạt được", "Points earned in all"}},
                       {{"điểm", "points"}}},
    [RESULT_MAX] = {{{"Tổng điểm có thể đạt, không tính câu không áp dụng",
                      "Points that could be earned, without questions that do not apply"}},
                    {{"điểm", "points"}}},
    [RESULT_PERCENT] = {{{"Điểm của toàn phiếu, tính theo phần trăm", "The score as a percentage"}},
                        {{"%", "%"}}},
    [RESULT_LEVEL] = {{{"Mức độ đạt được", "The level reached"}}, {{"", ""}}},
    [RESULT_COMPLETE] = {{{"Mọi câu được hỏi đều đã trả lời", "Every question is answered"}},
                         {{"", ""}}},
    [RESULT_COVERAGE] = {{{"Tỷ lệ câu tính điểm đã được trả lời",
                           "Share of the scored questions that was answered"}},
                         {{"%", "%"}}},
    [RESULT_DIMENSION_PERCENT] = {{{"Điểm của trụ cột, tính theo phần trăm",
                                    "The score of the dimension as a percentage"}},
                                  {{"%", "%"}}},
    [RESULT_DIMENSION_LEVEL] = {{{"Mức của trụ cột", "The level of the dimension"}},
                                {{"", ""}}},
};

/* ---- lists of values ---- */

struct list {
    struct buf text;
    enum lang lang;
};

/* A line "code = text", or the text alone where there is no code. */
static void list_add(struct list *list, const char *code, const char *text)
{
    struct buf *buf = &list->text;

    if (buf->len > VALUES_BYTES_MAX)
        return;
    buf_printf(buf, "%s%s%s%s", buf->len ? "\n" : "", code ? code : "", code ? " = " : "", text);
    if (buf->len > VALUES_BYTES_MAX)
        buf_puts(buf, "\n…");
}

static const char *list_end(struct list *list, struct arena *arena)
{
    const char *text = arena_strdup(arena, buf_text(&list->text));

    buf_free(&list->text);
    return text;
}

static struct list new_list(const struct export *e)
{
    struct list list = {.lang = e->options->lang};

    buf_init(&list.text, BUF_MAX_DEFAULT);
    return list;
}

static const char *option_values(const struct export *e, size_t index)
{
    const struct question *question = &e->columns.response.q->questions[index];
    struct list list = new_list(e);

    for (size_t i = 0; i < question->option_count; i++)
        list_add(&list, e->has_numbers[index] ? question->options[i].id : NULL,
                 question->options[i].text.in[list.lang]);
    return list_end(&list, e->arena);
}

/* Levels without a name say nothing that their number does not. */
static const char *level_values(const struct export *e, const struct level_rule *levels,
                                size_t count)
{
    struct list list = new_list(e);

    for (size_t i = 0; i < count; i++) {
        if (levels[i].name.in[list.lang])
            list_add(&list, arena_printf(e->arena, "%d", levels[i].level),
                     levels[i].name.in[list.lang]);
    }
    return list_end(&list, e->arena);
}

static const char *fact_values(const struct export *e, const struct fact *fact)
{
    static const struct words named = {{"tên theo danh mục của ngày gửi",
                                        "a name of the list that held on the day of the response"}};
    struct list list = new_list(e);

    for (size_t i = 0; i < fact->choice_count; i++)
        list_add(&list, NULL, fact->choices[i].text.in[list.lang]);
    if (fact->kind == FACT_YESNO)
        list_add(&list, NULL, yesno.in[list.lang]);
    if (fact->kind == FACT_AREA || fact->kind == FACT_SECTION)
        list_add(&list, NULL, named.in[list.lang]);
    return list_end(&list, e->arena);
}

static const char *size_values(const struct export *e)
{
    struct list list = new_list(e);

    for (int i = 0; i < SIZE_CLASS__MAX; i++)
        list_add(&list, NULL, size_words((enum size_class)i).in[list.lang]);
    return list_end(&list, e->arena);
}

/* ---- columns ---- */

static const char *fact_unit(const struct fact *fact, enum lang lang)
{
    static const struct words dong = {{"đồng", "VND"}}, percent = {{"%", "%"}};
    const struct words *unit = fact->kind == FACT_MONEY     ? &dong
                               : fact->kind == FACT_PERCENT ? &percent
                               : fact->kind == FACT_DATE    ? &days
                               : fact->unit.in[lang]        ? &fact->unit
                                                            : &no_words;

    return unit->in[lang];
}

static unsigned fact_width(const struct fact *fact)
{
    static const enum width widths[FACT_KIND__MAX] = {
        [FACT_TEXT] = WIDTH_NAME,      [FACT_CHOICE] = WIDTH_TEXT,    [FACT_INTEGER] = WIDTH_NUMBER,
        [FACT_PERCENT] = WIDTH_NUMBER, [FACT_MONEY] = WIDTH_MONEY,    [FACT_YESNO] = WIDTH_NUMBER,
        [FACT_DATE] = WIDTH_NUMBER,    [FACT_TAX_CODE] = WIDTH_MONEY, [FACT_AREA] = WIDTH_TEXT,
        [FACT_SECTION] = WIDTH_NAME};

    return widths[fact->kind];
}

static struct column_words words_of_fact(const struct export *e, const struct fact *fact)
{
    static const struct words sum = {{" (nhiều khoản: cộng lại)", " (several amounts: their sum)"}};
    enum lang lang = e->options->lang;
    const char *ask = fact->ask.in[lang], *help = fact->help.in[lang];

    return (struct column_words){.heading = fact->label.in[lang],
                                 .meaning = arena_printf(e->arena, "%s%s%s%s",
                                                         ask ? ask : fact->label.in[lang],
                                                         fact->is_plan ? sum.in[lang] : "",
                                                         help ? "\n" : "", help ? help : ""),
                                 .unit = fact_unit(fact, lang),
                                 .values = fact_values(e, fact),
                                 .width = fact_width(fact)};
}

static unsigned answer_width(const struct export *e, size_t index)
{
    static const enum width widths[QUESTION_TYPE__MAX] = {
        [QUESTION_SINGLE] = WIDTH_TEXT,  [QUESTION_MULTIPLE] = WIDTH_NAME,
        [QUESTION_SCALE] = WIDTH_TEXT,   [QUESTION_NUMBER] = WIDTH_NUMBER,
        [QUESTION_YESNO] = WIDTH_NUMBER, [QUESTION_TEXT] = WIDTH_NAME,
        [QUESTION_DATE] = WIDTH_NUMBER,  [QUESTION_FILE] = WIDTH_TEXT};

    return e->has_numbers[index] ? WIDTH_NUMBER
                                 : widths[e->columns.response.q->questions[index].type];
}

static struct column_words words_of_answer(const struct export *e,
                                           const struct response_column *column)
{
    const struct question *question = &e->columns.response.q->questions[column->index];
    enum lang lang = e->options->lang;
    const char *unit = question->type == QUESTION_DATE ? days.in[lang] : question->unit.in[lang];
    const char *row =
        column->part == RESPONSE_SCALE_ROW ? question->rows[column->row].text.in[lang] : NULL;

    return (struct column_words){
        .heading =
            arena_printf(e->arena, "%s. %s", column->id, row ? row : question->label.in[lang]),
        .meaning = arena_printf(e->arena, "%s%s%s", question->text.in[lang], row ? "\n" : "",
                                row ? row : ""),
        .unit = unit ? unit : "",
        .values = option_values(e, column->index),
        .width = answer_width(e, column->index)};
}

static struct column_words words_of_response(const struct export *e,
                                             const struct response_column *column)
{
    enum lang lang = e->options->lang;

    if (column->part == RESPONSE_FACT)
        return words_of_fact(e, &e->columns.response.facts->items[column->index]);
    if (column->part == RESPONSE_ANSWER || column->part == RESPONSE_SCALE_ROW)
        return words_of_answer(e, column);
    return (struct column_words){.heading = specials[column->part].heading.in[lang],
                                 .meaning = specials[column->part].meaning.in[lang],
                                 .unit = specials[column->part].unit.in[lang],
                                 .values = "",
                                 .width = WIDTH_NUMBER};
}

static const char *result_values(const struct export *e, const struct result_column *column)
{
    const struct questionnaire *q = e->columns.response.q;

    switch (column->part) {
    case RESULT_SIZE_CLASS:
        return size_values(e);
    case RESULT_LEVEL:
        return level_values(e, q->levels, q->level_count);
    case RESULT_DIMENSION_LEVEL:
        return level_values(e, q->dimension_levels, q->dimension_level_count);
    case RESULT_COMPLETE:
        return yesno.in[e->options->lang];
    default:
        return "";
    }
}

static struct column_words words_of_result(const struct export *e,
                                           const struct result_column *column)
{
    enum lang lang = e->options->lang;
    bool is_dimension = column->part >= RESULT_DIMENSION_PERCENT;
    const char *name = e->columns.response.q->dimensions[column->dimension].name.in[lang];
    const char *heading = response_result_names[column->part].in[lang],
               *meaning = results[column->part].meaning.in[lang];

    return (struct column_words){
        .heading = is_dimension ? arena_printf(e->arena, "%s: %s", name, heading) : heading,
        .meaning = is_dimension ? arena_printf(e->arena, "%s: %s", meaning, name) : meaning,
        .unit = results[column->part].unit.in[lang],
        .values = result_values(e, column),
        .width = column->kind == RESULT_CODE ? WIDTH_TEXT : WIDTH_NUMBER};
}

const struct column_words *export_column_words(struct export *e)
{
    const struct export_columns *columns = &e->columns;
    size_t count = columns->response.count + columns->result_count;
    struct column_words *words = ARENA_ARRAY(e->arena, struct column_words, count), *at = words;

    for (size_t i = 0; i < columns->response.count; i++, at++) {
        *at = words_of_response(e, &columns->response.items[i]);
        at->code = columns->response.items[i].id;
    }
    for (size_t i = 0; i < columns->result_count; i++, at++) {
        *at = words_of_result(e, &columns->results[i]);
        at->code = columns->results[i].id;
    }
    return words;
}

/* ---- what was asked for ---- */

/* As of when it is. Not the time of the export: the same data give the same workbook. */
static const char *with_newest(const struct export *e, const char *scope)
{
    struct buf text;
    const char *with;

    if (e->newest == DAY_NONE)
        return scope;
    buf_init(&text, BUF_MAX_DEFAULT);
    day_print(&text, e->newest);
    with = arena_printf(e->arena,
                        e->options->lang == LANG_VI ? "%s; mới nhất được lưu ngày %s (UTC)"
                                                    : "%s; the newest was stored on %s (UTC)",
                        scope, buf_text(&text));
    buf_free(&text);
    return with;
}

const char *export_scope(const struct export *e)
{
    const struct store_filter *f = e->filter;
    enum lang lang = e->options->lang;
    const struct {
        struct words name;
        const char *value;
    } filters[] = {{{{"đợt", "round"}}, f->round},
                   {{{"địa bàn", "area"}}, f->area},
                   {{{"ngành", "section"}}, f->section},
                   {{{"quy mô", "size"}}, f->size_class},
                   {{{"loại hình", "form"}}, f->form},
                   {{{"tên có", "name has"}}, f->words},
                   {{{"mức", "level"}},
                    f->level == STORE_UNKNOWN ? NULL : arena_printf(e->arena, "%d", f->level)}};
    const char *scope = e->columns.response.q->ref;

    for (size_t i = 0; i < ARRAY_SIZE(filters); i++) {
        if (filters[i].value)
            scope = arena_printf(e->arena, "%s; %s %s", scope, filters[i].name.in[lang],
                                 filters[i].value);
    }
    scope = arena_printf(e->arena, "%s; %s %s", scope,
                         text_of_number(e->arena, ratio_of(e->count), 0, lang),
                         lang == LANG_VI ? "đánh giá"
                         : e->count == 1 ? "assessment"
                                         : "assessments");
    return with_newest(e, scope);
}
