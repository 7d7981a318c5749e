/* Responses as rows of a table: what response_csv_next() reads again as the same response. */
#include <string.h>

#include "survey/response_csv.h"

/* What a cell says where everything is answered with nothing: no ticks, no rows. */
#define NOTHING "|"

/* One field that is put together. */
struct cell {
    struct csv_writer *w;
    struct buf text;
};

static void end_cell(struct cell *cell)
{
    csv_put_bytes(cell->w, buf_text(&cell->text), cell->text.len);
    buf_clear(&cell->text);
}

/* A decimal comma: a point before three digits would part thousands. */
static void put_number(struct cell *cell, struct ratio number)
{
    size_t start = cell->text.len;
    char *point;

    ratio_print_exact(&cell->text, number);
    point = memchr(cell->text.data + start, '.', cell->text.len - start);
    if (point)
        *point = ',';
}

static bool is_scale(const struct question *question)
{
    return question->type == QUESTION_SCALE;
}

/* ---- the header ---- */

void response_csv_write_header(struct csv_writer *w, const struct questionnaire *q,
                               const struct facts *facts)
{
    static const char *const first[] = {"questionnaire", "round", "submitted_on", "minutes"};
    struct cell cell = {.w = w};

    buf_init(&cell.text, CSV_FIELD_BYTES_MAX);
    for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++)
        csv_put(w, first[i]);
    for (size_t i = 0; i < facts->count; i++) {
        if (!facts->items[i].is_derived)
            csv_put(w, facts->items[i].id);
    }
    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];

        csv_put(w, question->id);
        for (size_t row = 0; is_scale(question) && row < question->row_count; row++) {
            buf_printf(&cell.text, "%s.%s", question->id, question->rows[row].id);
            end_cell(&cell);
        }
    }
    buf_free(&cell.text);
}

/* ---- a row ---- */

static void put_fact(struct cell *cell, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        buf_puts(&cell->text, value->truth ? "có" : "không");
        break;
    case VALUE_NUMBER:
        put_number(cell, value->number);
        break;
    case VALUE_TEXT:
        buf_puts(&cell->text, value->text);
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < value->count; i++) {
            put_number(cell, value->items[i].number);
            if (i + 1 < value->count || value->count == 1)
                buf_putc(&cell->text, '|');
        }
        break;
    default:
        break;
    }
    end_cell(cell);
}

static void put_ticks(struct cell *cell, const struct question *question, uint64_t ticks)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (ticks >> i & 1)
            buf_printf(&cell->text, "%s%s", cell->text.len ? "|" : "", question->options[i].id);
    }
    if (!ticks)
        buf_puts(&cell->text, NOTHING);
}

static void put_given(struct cell *cell, const struct question *question,
                      const struct answer *answer)
{
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        buf_puts(&cell->text, question->options[answer->option].id);
        break;
    case QUESTION_MULTIPLE:
        put_ticks(cell, question, answer->ticks);
        break;
    case QUESTION_NUMBER:
        put_number(cell, answer->number);
        break;
    default:
        buf_puts(&cell->text, answer->text);
    }
}

/* The rows stand in columns of their own; the first says that it was answered at all. */
static void put_scale(struct cell *cell, const struct question *question,
                      const struct answer *answer)
{
    bool is_given = answer->state == ANSWER_GIVEN, is_empty = is_given;

    for (size_t i = 0; is_given && i < question->row_count; i++)
        is_empty &= answer->columns[i] == COLUMN_NONE;
    if (is_empty)
        buf_puts(&cell->text, NOTHING);
    end_cell(cell);
    for (size_t i = 0; i < question->row_count; i++)
        csv_put(cell->w, is_given && answer->columns[i] != COLUMN_NONE
                             ? question->options[answer->columns[i]].id
                             : "");
}

static void put_answer(struct cell *cell, const struct question *question,
                       const struct answer *answer)
{
    if (answer->state == ANSWER_NA)
        buf_printf(&cell->text, "na: %s", answer->text);
    if (is_scale(question)) {
        put_scale(cell, question, answer);
        return;
    }
    if (answer->state == ANSWER_GIVEN)
        put_given(cell, question, answer);
    end_cell(cell);
}

void response_csv_write(struct csv_writer *w, const struct response *response)
{
    const struct questionnaire *q = response->questionnaire;
    struct cell cell = {.w = w};

    buf_init(&cell.text, CSV_FIELD_BYTES_MAX);
    csv_put(w, q->ref);
    csv_put(w, response->round);
    if (response->submitted_on != DAY_NONE)
        day_print_iso(&cell.text, response->submitted_on);
    end_cell(&cell);
    if (ratio_is_valid(response->minutes))
        put_number(&cell, response->minutes);
    end_cell(&cell);
    for (size_t i = 0; i < response->facts->count; i++) {
        if (!response->facts->items[i].is_derived)
            put_fact(&cell, &response->values[i]);
    }
    for (size_t i = 0; i < q->question_count; i++)
        put_answer(&cell, &q->questions[i], &response->answers[i]);
    buf_free(&cell.text);
}
