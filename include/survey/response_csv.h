#ifndef SURVEY_RESPONSE_CSV_H
#define SURVEY_RESPONSE_CSV_H

#include "base/csv.h"
#include "survey/response.h"
#include "survey/response_columns.h"

/*
 * Columns that stand beside the response and are passed over when it is read: what an export has
 * computed ("result.level"), and why a row was rejected.
 */
#define RESPONSE_CSV_COMPUTED "result."
#define RESPONSE_CSV_REASON "reason"

/*
 * Responses as rows of a CSV file: a column per fact, named as in policies/facts.json
 * ("plans.dx_solution_vnd"), `round`, `submitted_on`, `minutes`, `questionnaire`, and a column per
 * question, named by its id; a `scale` may instead have a column per row, ID.ROW. Columns stand in
 * any order; a question or fact without a column is not answered. Cells are read as people type
 * them (fact_read_text, answer_read_text), an empty cell is no value. All rows of a file are of one
 * questionnaire.
 *
 * A row with any fault is rejected as a whole. Faults have the line on which the row starts and
 * "column NAME". Memory does not grow with the file.
 */
struct response_csv;

/*
 * What people said that a heading or a text in a column means, where it is not known by itself: a
 * heading (`item` is "") means the column of an id, or ("") is passed over; a text in the column of
 * `item` is read as if `meaning` stood there. Texts are compared by text_identity().
 */
struct response_meaning {
    const char *item, *text, *meaning;
};

struct response_meanings {
    const struct response_meaning *items;
    size_t count;
};

/* A heading that is not known by itself. */
struct response_heading {
    const char *text;
    const char *meaning; /* what people said; NULL: nobody did, so its column was passed over */
    const char *guess;   /* the id of the column that is most like it; "": none is */
};

/* A cell of the last row that could not be read. */
struct response_bad_cell {
    const char *item; /* the id of its column */
    const char *heading, *text;
    const struct fault *fault;
};

/* Texts are borrowed for as long as the file is read. */
struct response_csv_defaults {
    const char *questionnaire; /* where the file has no such column or cell; NULL: it must */
    const char *round;         /* likewise; NULL: a response may be without */
    /* NULL: a heading that is not known is a fault; else it is asked about, see below. */
    const struct response_meanings *meanings;
};

enum response_csv_result {
    RESPONSE_CSV_ROW,
    RESPONSE_CSV_REJECTED, /* this row has faults; the next may be fine */
    RESPONSE_CSV_END,
    RESPONSE_CSV_BROKEN /* the rest of the file cannot be read */
};

/*
 * Reads the header and finds the questionnaire. Returns NULL after adding every fault: an unknown
 * column (with the nearest known one), a column that stands there twice, no rows, no
 * questionnaire. Borrows the reader, which must not be used otherwise.
 */
struct response_csv *response_csv_open(struct csv_reader *reader, const struct facts *facts,
                                       struct questionnaire_source source,
                                       struct response_csv_defaults defaults,
                                       struct faults *faults);

/* NULL is fine. */
void response_csv_free(struct response_csv *csv);

/*
 * The next row that is not entirely empty. The response (on ROW) has its questions activated, and
 * lives until the next call.
 */
enum response_csv_result response_csv_next(struct response_csv *csv, struct response **response);

/* Faults and warnings of the last row, until the next call. */
const struct faults *response_csv_faults(const struct response_csv *csv);

/* With meanings: the headings that are not known by themselves, and what is wrong with the cells of
 * the last row, until the next call. */
const struct response_heading *response_csv_asked(const struct response_csv *csv, size_t *count);
const struct response_bad_cell *response_csv_bad_cells(const struct response_csv *csv,
                                                       size_t *count);

/* The cells of the last row, and of the header: what a file of rejected rows is made of. */
const struct csv_row *response_csv_cells(const struct response_csv *csv);
const struct csv_row *response_csv_header(const struct response_csv *csv);

/*
 * ---- writing ----
 * Columns as above, all of them, so that what was written is read again as the same response (but
 * for white space around texts). The caller may add fields, and ends the row. The response is to
 * the questionnaire of the columns.
 */
void response_csv_write_header(struct csv_writer *w, const struct response_columns *columns);
void response_csv_write(struct csv_writer *w, const struct response_columns *columns,
                        const struct response *response);

#endif
