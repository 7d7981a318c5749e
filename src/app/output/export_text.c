/* Exports as text: tables, and JSON lines. */
#include "export.h"

#include "survey/response_csv.h"

#define PIECE_BYTES ((size_t)256 << 10)

static enum status flush(struct export *e, size_t at_least)
{
    enum status status = OK;

    if (e->out.len >= at_least) {
        status = file_sink_write(e->sink, buf_text(&e->out), e->out.len, e->err);
        buf_clear(&e->out);
    }
    return status;
}

static enum status finish(struct export *e)
{
    enum status status = flush(e, 0);

    buf_free(&e->out);
    if (status == OK)
        return file_sink_commit(e->sink, e->err);
    file_sink_abandon(e->sink);
    return status;
}

static void abandon(struct export *e)
{
    buf_free(&e->out);
    file_sink_abandon(e->sink);
}

/* ---- tables ---- */

static enum status begin_table(struct export *e)
{
    enum status status = file_sink_open(e->options->path, &e->sink, e->err);

    if (status != OK)
        return status;
    buf_init(&e->out, BUF_MAX_DEFAULT);
    csv_writer_init(&e->csv, &e->out, (struct csv_format){';', true, true});
    response_csv_write_header(&e->csv, &e->columns.response);
    for (size_t i = 0; i < e->columns.result_count; i++)
        csv_put(&e->csv, e->columns.results[i].id);
    csv_end_row(&e->csv);
    return OK;
}

/* With a decimal comma, as the spreadsheet expects that reads semicolons. */
static const char *number_text(struct export *e, const struct result_column *column, int64_t number)
{
    if (number == STORE_UNKNOWN)
        return "";
    if (column->kind == RESULT_YESNO)
        return number ? "có" : "không";
    if (column->kind == RESULT_HUNDREDTHS)
        return arena_printf(&e->row_arena, "%lld,%02d", (long long)(number / 100),
                            (int)(number % 100));
    return arena_printf(&e->row_arena, "%lld", (long long)number);
}

static enum status put_row(struct export *e, const struct store_item *item)
{
    const struct questionnaire *q = e->columns.response.q;

    response_csv_write(&e->csv, &e->columns.response, item->response);
    for (size_t i = 0; i < e->columns.result_count; i++) {
        const struct result_column *column = &e->columns.results[i];

        csv_put(&e->csv, column->kind == RESULT_CODE
                             ? item->row.size_class
                             : number_text(e, column, result_number(column, q, &item->row)));
    }
    csv_end_row(&e->csv);
    return flush(e, PIECE_BYTES);
}

const struct export_way export_csv = {"csv", true, begin_table, put_row, finish, abandon};

/* ---- lines ---- */

static enum status begin_lines(struct export *e)
{
    enum status status = file_sink_open(e->options->path, &e->sink, e->err);

    if (status != OK)
        return status;
    buf_init(&e->out, BUF_MAX_DEFAULT);
    json_writer_init(&e->json, &e->out);
    return OK;
}

static enum status put_line(struct export *e, const struct store_item *item)
{
    const struct scorer *scorer = database_scorer(e->db, item->response->questionnaire, e->err);
    struct evaluation *a = ARENA_NEW(&e->row_arena, struct evaluation);
    enum status status;

    if (!scorer)
        return e->err->status;
    status = evaluate_with(e->ws, scorer, &e->row_arena, item->response, false,
                         item->response->submitted_on == DAY_NONE ? today()
                                                                  : item->response->submitted_on,
                         a, e->err);
    if (status != OK)
        return status;
    json_begin_object(&e->json);
    response_write_members(&e->json, item->response);
    json_key(&e->json, "score");
    evaluation_write_score(&e->json, a, false, &e->row_arena);
    json_end_object(&e->json);
    e->json.needs_comma = false;
    buf_putc(&e->out, '\n');
    return flush(e, PIECE_BYTES);
}

const struct export_way export_lines = {"jsonl", false, begin_lines, put_line, finish, abandon};
