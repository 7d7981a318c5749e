/* Export as a workbook: a sheet of results, and one that says what their columns mean. */
#include "export.h"

#include <string.h>

#include "base/array.h"
#include "base/version.h"

/* ---- cells of a response ---- */

/* True if the codes of the options are numbers as a cell shows them: "3", but not "03". */
static bool has_numbers(const struct question *question)
{
    bool has = question->option_count > 0;
    struct buf text;

    buf_init(&text, 200);
    for (size_t i = 0; has && i < question->option_count; i++) {
        const char *id = question->options[i].id;
        struct ratio number;

        has = ratio_parse(id, strlen(id), false, &number);
        buf_clear(&text);
        if (has)
            ratio_print_exact(&text, number);
        has = has && strcmp(buf_text(&text), id) == 0;
    }
    buf_free(&text);
    return has;
}

static void put_fact(struct export *e, size_t index, const struct response *response)
{
    const struct value *value = &response->values[index];
    const struct fact *fact = &response->facts->items[index];
    enum xlsx_style style = fact->kind == FACT_PERCENT ? XLSX_PLAIN : XLSX_WHOLE;
    day d;

    if (value->kind == VALUE_UNKNOWN)
        xlsx_empty(e->xlsx);
    else if (value->kind == VALUE_NUMBER)
        xlsx_number(e->xlsx, value->number, style);
    else if (value->kind == VALUE_LIST)
        xlsx_number(e->xlsx, value_sum(value), style);
    else if (fact->kind == FACT_DATE && value_is_date(value, &d))
        xlsx_day(e->xlsx, d);
    else
        xlsx_text(e->xlsx,
                  fact_print(response->facts, index, value, response->submitted_on,
                             e->options->lang, &e->row_arena),
                  XLSX_PLAIN);
}

static void put_option(struct export *e, size_t question, unsigned option)
{
    const struct option *chosen = &e->columns.response.q->questions[question].options[option];
    struct ratio number;

    if (e->has_numbers[question] && ratio_parse(chosen->id, strlen(chosen->id), false, &number))
        xlsx_number(e->xlsx, number, XLSX_PLAIN);
    else
        xlsx_text(e->xlsx, chosen->text.in[e->options->lang], XLSX_PLAIN);
}

/* Answered, but with nothing: no ticks, no rows. */
static void put_nothing(struct export *e)
{
    static const struct words nothing = {{"(không chọn mục nào)", "(none)"}};

    xlsx_text(e->xlsx, nothing.in[e->options->lang], XLSX_PLAIN);
}

/* The rows of a scale stand behind it; its own cell says where none is answered. */
static void put_scale(struct export *e, const struct question *question,
                      const struct answer *answer)
{
    size_t open = 0;

    while (open < question->row_count && answer->columns[open] == COLUMN_NONE)
        open++;
    if (open == question->row_count)
        put_nothing(e);
    else
        xlsx_empty(e->xlsx);
}

static void put_given(struct export *e, size_t index, const struct answer *answer)
{
    const struct question *question = &e->columns.response.q->questions[index];
    day d;

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        put_option(e, index, answer->option);
        break;
    case QUESTION_SCALE:
        put_scale(e, question, answer);
        break;
    case QUESTION_NUMBER:
        xlsx_number(e->xlsx, answer->number, XLSX_PLAIN);
        break;
    case QUESTION_DATE:
        xlsx_day(e->xlsx, day_parse_iso(answer->text, strlen(answer->text), &d) ? d : DAY_NONE);
        break;
    case QUESTION_MULTIPLE:
        if (!answer->ticks) {
            put_nothing(e);
            break;
        }
        /* fall through */
    default:
        xlsx_text(e->xlsx, answer_print(question, answer, e->options->lang, &e->row_arena),
                  XLSX_PLAIN);
    }
}

static void put_answer(struct export *e, size_t index, const struct answer *answer)
{
    if (answer->state == ANSWER_GIVEN)
        put_given(e, index, answer);
    else /* nothing, or why it does not apply */
        xlsx_text(e->xlsx,
                  answer_print(&e->columns.response.q->questions[index], answer, e->options->lang,
                               &e->row_arena),
                  XLSX_PLAIN);
}

static void put_column(struct export *e, const struct response_column *column,
                       const struct response *response)
{
    const struct answer *answer = &response->answers[column->index];

    switch (column->part) {
    case RESPONSE_QUESTIONNAIRE:
        xlsx_text(e->xlsx, response->questionnaire->ref, XLSX_PLAIN);
        break;
    case RESPONSE_ROUND:
        xlsx_text(e->xlsx, response->round, XLSX_PLAIN);
        break;
    case RESPONSE_SUBMITTED_ON:
        xlsx_day(e->xlsx, response->submitted_on);
        break;
    case RESPONSE_MINUTES:
        xlsx_number(e->xlsx, response->minutes, XLSX_PLAIN);
        break;
    case RESPONSE_FACT:
        put_fact(e, column->index, response);
        break;
    case RESPONSE_ANSWER:
        put_answer(e, column->index, answer);
        break;
    default: /* RESPONSE_SCALE_ROW */
        if (answer->state == ANSWER_GIVEN && answer->columns[column->row] != COLUMN_NONE)
            put_option(e, column->index, answer->columns[column->row]);
        else
            xlsx_empty(e->xlsx);
    }
}

/* ---- cells of its result ---- */

static void put_size(struct export *e, const char *code)
{
    enum size_class size;

    if (code && size_parse(code, &size))
        xlsx_text(e->xlsx, size_words(size).in[e->options->lang], XLSX_PLAIN);
    else
        xlsx_empty(e->xlsx);
}

static void put_result(struct export *e, const struct result_column *column,
                       const struct store_row *row)
{
    static const struct words yes = {{"Có", "Yes"}}, no = {{"Không", "No"}};
    int64_t number = result_number(column, e->columns.response.q, row);

    if (column->kind == RESULT_CODE)
        put_size(e, row->size_class);
    else if (number == STORE_UNKNOWN)
        xlsx_empty(e->xlsx);
    else if (column->kind == RESULT_YESNO)
        xlsx_text(e->xlsx, (number ? yes : no).in[e->options->lang], XLSX_PLAIN);
    else if (column->kind == RESULT_HUNDREDTHS)
        xlsx_number(e->xlsx, ratio_make(number, 100), XLSX_HUNDREDTHS);
    else
        xlsx_number(e->xlsx, ratio_of(number), XLSX_PLAIN);
}

static enum status put_row(struct export *e, const struct store_item *item)
{
    for (size_t i = 0; i < e->columns.response.count; i++)
        put_column(e, &e->columns.response.items[i], item->response);
    for (size_t i = 0; i < e->columns.result_count; i++)
        put_result(e, &e->columns.results[i], &item->row);
    return xlsx_end_row(e->xlsx, e->err);
}

/* ---- the sheets ---- */

static size_t column_count(const struct export *e)
{
    return e->columns.response.count + e->columns.result_count;
}

static const char *tr(const struct export *e, const char *vi, const char *en)
{
    return e->options->lang == LANG_VI ? vi : en;
}

static enum status begin_results(struct export *e)
{
    size_t count = column_count(e);
    struct xlsx_column *columns = ARENA_ARRAY(e->arena, struct xlsx_column, count);

    for (size_t i = 0; i < count; i++)
        columns[i] = (struct xlsx_column){e->words[i].heading, e->words[i].width};
    return xlsx_begin_sheet(e->xlsx, tr(e, "Kết quả", "Results"), columns, count, e->err);
}

static enum status begin(struct export *e)
{
    const struct questionnaire *q = e->columns.response.q;
    enum status status = xlsx_open(e->options->path, &e->xlsx, e->err);

    if (status != OK)
        return status;
    e->has_numbers = ARENA_ARRAY(e->arena, bool, q->question_count);
    for (size_t i = 0; i < q->question_count; i++)
        e->has_numbers[i] = has_numbers(&q->questions[i]);
    e->words = export_column_words(e);
    status = begin_results(e);
    if (status != OK)
        xlsx_abandon(e->xlsx);
    return status;
}

static enum status put_words(struct export *e, const char *letters, const struct column_words *w)
{
    xlsx_text(e->xlsx, letters, XLSX_WRAPPED);
    xlsx_text(e->xlsx, w->heading, XLSX_WRAPPED);
    xlsx_text(e->xlsx, w->code, XLSX_WRAPPED);
    xlsx_text(e->xlsx, w->meaning, XLSX_WRAPPED);
    xlsx_text(e->xlsx, w->unit, XLSX_WRAPPED);
    xlsx_text(e->xlsx, w->values, XLSX_WRAPPED);
    return xlsx_end_row(e->xlsx, e->err);
}

/* What is true of all columns. */
static enum status put_notes(struct export *e)
{
    const struct column_words notes[] = {
        {.heading = tr(e, "(phạm vi)", "(scope)"), .meaning = export_scope(e)},
        {.heading = tr(e, "(ô trống)", "(empty cell)"),
         .meaning = tr(e, "Chưa biết hoặc chưa trả lời; không phải là 0.",
                        "Not known or not answered; it is not 0.")},
        {.heading = tr(e, "(kết quả)", "(results)"),
         .meaning = tr(e, "Tự đánh giá của đơn vị; không thay cho kết quả do cơ quan công bố.",
                        "A self-assessment; it does not replace what an authority publishes.")},
    };
    enum status status = OK;

    for (size_t i = 0; status == OK && i < ARRAY_SIZE(notes); i++)
        status = put_words(e, NULL, &notes[i]);
    return status;
}

static enum status put_explanations(struct export *e)
{
    const struct xlsx_column columns[] = {
        {tr(e, "Cột", "Column"), 8},        {tr(e, "Tiêu đề", "Heading"), 36},
        {tr(e, "Mã", "Code"), 28},          {tr(e, "Ý nghĩa", "Meaning"), 70},
        {tr(e, "Đơn vị tính", "Unit"), 14}, {tr(e, "Giá trị", "Values"), 60}};
    enum status status = xlsx_begin_sheet(e->xlsx, tr(e, "Giải thích cột", "Columns"), columns,
                                          ARRAY_SIZE(columns), e->err);

    for (size_t i = 0; status == OK && i < column_count(e); i++) {
        char letters[XLSX_LETTERS_BYTES];

        xlsx_letters(letters, i);
        status = put_words(e, letters, &e->words[i]);
    }
    return status == OK ? put_notes(e) : status;
}

static enum status finish(struct export *e)
{
    const struct questionnaire *q = e->columns.response.q;
    enum status status = put_explanations(e);

    if (status != OK) {
        xlsx_abandon(e->xlsx);
        return status;
    }
    return xlsx_finish(
        e->xlsx,
        &(struct xlsx_properties){.title = tr(e, "Kết quả đánh giá mức độ sẵn sàng chuyển đổi số",
                                               "Digital transformation readiness: results"),
                                  .subject = q->title.in[e->options->lang],
                                  .author = "dxready " DXREADY_VERSION,
                                  .comments = export_scope(e),
                                  .created = e->newest},
        e->err);
}

static void abandon(struct export *e)
{
    xlsx_abandon(e->xlsx);
}

const struct export_way export_xlsx = {"xlsx", true, begin, put_row, finish, abandon};
