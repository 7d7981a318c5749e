/* Responses as rows of a table: what response_csv_next() reads again as the same response. */
#include <string.h>

#include "survey/response_csv.h"

/* What a cell says where everything is answered with nothing: no ticks, no rows. */
#define NOTHING "|"

/* A decimal comma: a point before three digits would part thousands. */
static void put_number(struct buf *cell, struct ratio number)
{
    size_t start = cell->len;
    char *point;

    ratio_print_exact(cell, number);
    point = memchr(cell->data + start, '.', cell->len - start);
    if (point)
        *point = ',';
}

/* ---- the header ---- */

void response_csv_write_header(struct csv_writer *w, const struct response_columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        csv_put(w, columns->items[i].id);
}

/* ---- a row ---- */

static void put_fact(struct buf *cell, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        buf_puts(cell, value->truth ? "có" : "không");
        break;
    case VALUE_NUMBER:
        put_number(cell, value->number);
        break;
    case VALUE_TEXT:
        buf_puts(cell, value->text);
        break;
    case VALUE_LIST:
        for (size_t i = 0; i < value->count; i++) {
            put_number(cell, value->items[i].number);
            if (i + 1 < value->count || value->count == 1)
                buf_putc(cell, '|');
        }
        break;
    default:
        break;
    }
}

static void put_ticks(struct buf *cell, const struct question *question, uint64_t ticks)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (ticks >> i & 1)
            buf_printf(cell, "%s%s", cell->len ? "|" : "", question->options[i].id);
    }
    if (!ticks)
        buf_puts(cell, NOTHING);
}

static void put_given(struct buf *cell, const struct question *question,
                      const struct answer *answer)
{
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        buf_puts(cell, question->options[answer->option].id);
        break;
    case QUESTION_MULTIPLE:
        put_ticks(cell, question, answer->ticks);
        break;
    case QUESTION_NUMBER:
        put_number(cell, answer->number);
        break;
    default:
        if (answer_text_needs_mark(answer->text))
            buf_putc(cell, '\'');
        buf_puts(cell, answer->text);
    }
}

/* The rows stand in columns of their own; this one says that it was answered at all. */
static void put_scale(struct buf *cell, const struct question *question,
                      const struct answer *answer)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (answer->columns[i] != COLUMN_NONE)
            return;
    }
    buf_puts(cell, NOTHING);
}

static void put_answer(struct buf *cell, const struct question *question,
                       const struct answer *answer)
{
    if (answer->state == ANSWER_NA)
        buf_printf(cell, "na: %s", answer->text);
    else if (answer->state == ANSWER_GIVEN && question->type == QUESTION_SCALE)
        put_scale(cell, question, answer);
    else if (answer->state == ANSWER_GIVEN)
        put_given(cell, question, answer);
}

static void put_scale_row(struct buf *cell, const struct question *question,
                          const struct answer *answer, size_t row)
{
    if (answer->state == ANSWER_GIVEN && answer->columns[row] != COLUMN_NONE)
        buf_puts(cell, question->options[answer->columns[row]].id);
}

static void put_column(struct buf *cell, const struct response_column *column,
                       const struct response *response)
{
    const struct questionnaire *q = response->questionnaire;

    switch (column->part) {
    case RESPONSE_QUESTIONNAIRE:
        buf_puts(cell, q->ref);
        break;
    case RESPONSE_ROUND:
        buf_puts(cell, response->round ? response->round : "");
        break;
    case RESPONSE_SUBMITTED_ON:
        if (response->submitted_on != DAY_NONE)
            day_print_iso(cell, response->submitted_on);
        break;
    case RESPONSE_MINUTES:
        if (ratio_is_valid(response->minutes))
            put_number(cell, response->minutes);
        break;
    case RESPONSE_FACT:
        put_fact(cell, &response->values[column->index]);
        break;
    case RESPONSE_ANSWER:
        put_answer(cell, &q->questions[column->index], &response->answers[column->index]);
        break;
    default: /* RESPONSE_SCALE_ROW */
        put_scale_row(cell, &q->questions[column->index], &response->answers[column->index],
                      column->row);
    }
}

void response_csv_write(struct csv_writer *w, const struct response_columns *columns,
                        const struct response *response)
{
    struct buf cell;

    buf_init(&cell, CSV_FIELD_BYTES_MAX);
    for (size_t i = 0; i < columns->count; i++) {
        put_column(&cell, &columns->items[i], response);
        csv_put_bytes(w, buf_text(&cell), cell.len);
        buf_clear(&cell);
    }
    buf_free(&cell);
}
