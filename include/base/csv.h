#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"

/*
 * Tables: CSV as spreadsheets write it (RFC 4180 and its relatives), over libcsv; and the first
 * sheet of a workbook (.xlsx), told by how the file begins: see src/base/xlsx_rows.h.
 *
 * The reader takes files of any size with the memory of one row: comma, semicolon (Vietnamese
 * Excel) or tab, named by a first line "sep=;" or found in the first lines; with or without byte
 * order mark; LF, CRLF or CR; quoted fields with separators, doubled quotes and line ends in them.
 * White space around a field that is not quoted is dropped, lines without anything are skipped.
 * What cannot be read for certain is refused, never repaired: UTF-16 and other encodings, NUL
 * bytes, a quotation mark that is not closed or stands inside a field, and whatever meets a limit
 * below. Such a fault ends the reading, since the rows behind it may be torn.
 */
#define CSV_COLUMNS_MAX 2000
#define CSV_FIELD_BYTES_MAX ((size_t)64 << 10)
#define CSV_ROW_BYTES_MAX ((size_t)1 << 20)
#define CSV_PIPE_BYTES_MAX ((size_t)4 << 30)

struct csv_field {
    const char *text; /* valid UTF-8, NUL-terminated */
    size_t len;
};

/* Valid until the next row is read. */
struct csv_row {
    int line; /* where the row starts, 1-based; a row may span lines */
    const struct csv_field *fields;
    size_t count;
};

enum csv_result { CSV_ROW, CSV_END, CSV_BROKEN };

struct csv_reader;

/* Opens a file ("-" is standard input). Returns NULL after adding a fault. */
struct csv_reader *csv_reader_open(const char *path, struct faults *faults);

/* The same for a text in memory, which must outlive the reader; `name` stands in faults. For
 * tests and fuzzing. */
struct csv_reader *csv_reader_text(const char *name, const char *text, size_t len,
                                   struct faults *faults);

/* NULL is fine. */
void csv_reader_free(struct csv_reader *reader);

/* The next row, CSV_END, or CSV_BROKEN after adding one fault (and from then on). */
enum csv_result csv_reader_next(struct csv_reader *reader, struct faults *faults,
                                const struct csv_row **row);

/*
 * Back to the first row, also after CSV_BROKEN; false after adding a fault. A pipe was kept in a
 * file without a name for it.
 */
bool csv_reader_rewind(struct csv_reader *reader, struct faults *faults);

/* Of a workbook: `line` is the number of the row, and rows end behind their last cell that holds
 * something; after this call they have `width` cells at least. */
bool csv_reader_is_workbook(const struct csv_reader *reader);
void csv_reader_widen(struct csv_reader *reader, size_t width);

/* ',', ';' or '\t': what was found in the first lines; ',' of a workbook. */
char csv_reader_separator(const struct csv_reader *reader);

/* The name that stands in faults. */
const char *csv_reader_name(const struct csv_reader *reader);

/* ---- writing ---- */

struct csv_format {
    char separator; /* ',', ';' or '\t' */
    bool has_bom;   /* Excel takes UTF-8 for what it is only with it */
    bool has_crlf;
};

/*
 * Writes rows into a buffer, which the caller may empty between rows. The result is always valid:
 * what is not UTF-8 becomes U+FFFD, fields are quoted where any spreadsheet could split them, and
 * a field that a spreadsheet could take for a formula (it starts with = + - @ TAB or CR, and is no
 * plain number) gets an apostrophe in front. So does one that has such apostrophes already, so that
 * csv_unmark() gives back exactly what was written.
 */
struct csv_writer {
    struct buf *out;
    struct csv_format format;
    size_t fields; /* in the row that is being written */
};

void csv_writer_init(struct csv_writer *w, struct buf *out, struct csv_format format);

/* One field; NULL is an empty one. */
void csv_put(struct csv_writer *w, const char *text);
void csv_put_bytes(struct csv_writer *w, const char *text, size_t len);

/* The field without the apostrophe that the writer put in front of it. */
const char *csv_unmark(const char *text, size_t len);

void csv_end_row(struct csv_writer *w);

#endif
