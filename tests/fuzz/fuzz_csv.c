/*
 * Any bytes as CSV: the reader must end, stay within its limits, and give rows that can be written
 * and read again unchanged (formulas get an apostrophe).
 */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

#define INPUT_BYTES_MAX 60000 /* below the limit of one field, also with its apostrophe */

static bool is_same(const struct csv_field *field, const struct csv_field *copy)
{
    size_t shift = copy->len == field->len + 1 && *copy->text == '\'';

    return copy->len == field->len + shift &&
           memcmp(copy->text + shift, field->text, field->len) == 0;
}

/* Writes the row behind a header that fixes the separator, and reads it again. */
static void check_row(const struct csv_row *row, char separator, struct arena *arena)
{
    struct faults faults;
    struct csv_writer w;
    struct buf out;
    struct csv_reader *reader;
    const struct csv_row *copy;

    faults_init(&faults, arena);
    buf_init(&out, BUF_MAX_DEFAULT);
    csv_writer_init(&w, &out, (struct csv_format){separator, false, true});
    csv_put(&w, "h");
    csv_put(&w, "h");
    csv_end_row(&w);
    for (size_t i = 0; i < row->count; i++)
        csv_put_bytes(&w, row->fields[i].text, row->fields[i].len);
    csv_end_row(&w);
    assert(!out.is_full);
    reader = csv_reader_text("copy", out.data, out.len, &faults);
    if (csv_reader_next(reader, &faults, &copy) != CSV_ROW ||
        csv_reader_next(reader, &faults, &copy) != CSV_ROW || copy->count != row->count)
        abort();
    for (size_t i = 0; i < row->count; i++) {
        if (!is_same(&row->fields[i], &copy->fields[i]))
            abort();
    }
    csv_reader_free(reader);
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct faults faults;
    struct csv_reader *reader;
    const struct csv_row *row;
    enum csv_result result;
    int line = 0, rows = 0;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    reader = csv_reader_text("fuzz", (const char *)data, size, &faults);
    while ((result = csv_reader_next(reader, &faults, &row)) == CSV_ROW) {
        if (row->line <= line || !row->count || row->count > CSV_COLUMNS_MAX)
            abort();
        line = row->line;
        if (rows++ < 8)
            check_row(row, csv_reader_separator(reader), &arena);
    }
    if ((result == CSV_BROKEN) != (faults.errors == 1))
        abort();
    csv_reader_free(reader);
    arena_free(&arena);
    return 0;
}
