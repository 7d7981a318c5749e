/* Import of tables. */
#include "import.h"

#include <string.h>

#include "survey/response_csv.h"

/* ---- rows ---- */

/* A table that is being read. */
struct table_import {
    struct import *im;
    struct response_csv *csv;
    struct csv_reader *reader;
    struct rejects rejects;
    struct csv_writer writer;
    struct arena arena; /* of one row */
};

/* Where the file has reasons already: it is one of rejected rows itself. MAP_NONE: nowhere. */
static size_t reason_column(const struct csv_row *header)
{
    for (size_t i = 0; i < header->count; i++) {
        if (strcmp(header->fields[i].text, RESPONSE_CSV_REASON) == 0)
            return i;
    }
    return MAP_NONE;
}

/*
 * The reason, then the cells as they were. It stands first, for a row may have more cells than the
 * header, or fewer, and those of a questionnaire are more than anybody scrolls through. An older
 * reason is left out: a header that has the same name twice could not be read again.
 */
static void put_rejected(struct table_import *t, const struct csv_row *row, const char *reason)
{
    size_t old = reason_column(response_csv_header(t->csv));

    csv_put(&t->writer, reason);
    for (size_t i = 0; i < row->count; i++) {
        if (i != old)
            csv_put(&t->writer, csv_unmark(row->fields[i].text, row->fields[i].len));
    }
    csv_end_row(&t->writer);
}

static enum status reject_row(struct table_import *t, const struct faults *faults, struct err *err)
{
    struct import *im = t->im;

    import_say(im, faults);
    im->file->counts.rejected++;
    if (im->options->is_strict) {
        im->is_refused = true;
        return OK;
    }
    if (!t->rejects.sink) {
        csv_writer_init(&t->writer, &t->rejects.out,
                        (struct csv_format){csv_reader_separator(t->reader), true, true});
        put_rejected(t, response_csv_header(t->csv), RESPONSE_CSV_REASON);
    }
    put_rejected(t, response_csv_cells(t->csv),
                 import_reason(faults, im->options->lang, &t->arena));
    arena_reset(&t->arena);
    return rejects_write(&t->rejects, err);
}

/* The whole file is refused for what the store says. */
static void refuse_file(struct table_import *t, const struct err *why)
{
    t->im->is_refused = true;
    import_add_fault(t->im->faults, (struct place){t->im->file->path, 0, ""}, why);
}

static enum status store_row(struct table_import *t, const struct response *response,
                             struct err *err)
{
    enum status status = import_put(t->im, response, err);
    struct faults *faults;

    if (status == CONFLICT) {
        refuse_file(t, err);
        return OK;
    }
    if (status != BAD_INPUT)
        return status;
    faults = ARENA_NEW(&t->arena, struct faults);
    faults_init(faults, &t->arena);
    import_add_fault(faults,
                     (struct place){t->im->file->path, response_csv_cells(t->csv)->line, ""}, err);
    return reject_row(t, faults, err);
}

static enum status read_rows(struct table_import *t, struct err *err)
{
    enum response_csv_result result = RESPONSE_CSV_ROW;
    struct response *response;
    enum status status = OK;

    while (status == OK && !t->im->is_refused) {
        result = response_csv_next(t->csv, &response);
        if (result == RESPONSE_CSV_END) {
            import_say(t->im, response_csv_faults(t->csv));
            break;
        }
        if (result == RESPONSE_CSV_BROKEN) {
            t->im->is_refused = true;
            import_say(t->im, response_csv_faults(t->csv));
            break;
        }
        import_progress(t->im);
        if (result == RESPONSE_CSV_ROW)
            import_say(t->im, response_csv_faults(t->csv));
        status = result == RESPONSE_CSV_ROW ? store_row(t, response, err)
                                            : reject_row(t, response_csv_faults(t->csv), err);
    }
    return status;
}

static enum status import_table(struct table_import *t, struct err *err)
{
    enum status status;

    rejects_init(&t->rejects, t->im, ".csv");
    arena_init(&t->arena);
    status = read_rows(t, err);
    arena_free(&t->arena);
    if (status == OK && !t->im->is_refused)
        return rejects_finish(&t->rejects, err);
    rejects_abandon(&t->rejects);
    return status;
}

enum status import_csv(struct import *im, struct err *err)
{
    struct table_import t = {.im = im};
    enum status status = OK;

    t.reader = csv_reader_open(im->file->path, im->faults);
    if (t.reader && csv_reader_is_workbook(t.reader))
        im->lines = 0; /* of a packed file nobody knows how many rows it has */
    if (t.reader)
        t.csv = response_csv_open(
            t.reader, im->reference->facts, workspace_source(im->ws),
            (struct response_csv_defaults){im->options->questionnaire, im->options->round, NULL},
            im->faults);
    if (t.csv)
        status = import_table(&t, err);
    else
        im->is_refused = true;
    response_csv_free(t.csv);
    csv_reader_free(t.reader);
    return status;
}
