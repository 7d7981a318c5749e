#ifndef BASE_XLSX_H
#define BASE_XLSX_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"
#include "base/ratio.h"

/*
 * Workbooks (.xlsx) as Excel and LibreOffice open them, over libxlsxwriter: sheets of rows under a
 * header row, written from top to bottom, one sheet after the other.
 *
 * What is written is what the cell holds: a text stays a text, whatever it begins with (= + - @),
 * and there are no formulas. A number is written as one only where the cell holds it exactly (15
 * digits, as spreadsheets reckon), else as a text. The same calls make the same bytes.
 *
 * Memory holds one row. Rows wait in temporary files (TMPDIR, else /tmp), which together take ten
 * to twenty times as much as the workbook; a reader sees nothing of the new file before
 * xlsx_finish(), and nothing is left behind on errors (see base/file.h). If the temporary files
 * cannot be written, or memory is short, the library may say so too, on standard error; it may
 * also die of the latter (see cli_run_apart()).
 */
#define XLSX_ROWS_MAX 1048576 /* of a sheet, the header row included */
#define XLSX_COLUMNS_MAX 16384
#define XLSX_CHARS_MAX 32767 /* of a cell, in UTF-16 units as Excel counts */
#define XLSX_SHEET_NAME_CHARS_MAX 31
/* Of a sheet before it is packed: above it the archive would need ZIP64, which not all read. */
#define XLSX_SHEET_BYTES_MAX INT64_C(4000000000)
#define XLSX_DIGITS_MAX 15

/* How a cell looks. */
enum xlsx_style {
    XLSX_PLAIN,
    XLSX_WRAPPED,    /* a long text, on several lines */
    XLSX_WHOLE,      /* 1.234.567 where the spreadsheet is Vietnamese */
    XLSX_HUNDREDTHS, /* 63,10 */
    XLSX_DAY,        /* dd/mm/yyyy */
    XLSX_STYLE__MAX
};

struct xlsx_column {
    const char *heading;
    unsigned width; /* in characters */
};

/* Shown as the properties of the file; NULL is none. */
struct xlsx_properties {
    const char *title, *subject, *author, *comments;
    day created;
};

struct xlsx;

/* Opens a workbook that will be the file ("-": standard output). Errors: see file_sink_open(). */
MUST_USE enum status xlsx_open(const char *path, struct xlsx **out, struct err *err);

/*
 * Ends the sheet before it, and begins one with its header row: bold, frozen, and what a filter
 * hangs on. The name must be new and without []:*?/\. LIMIT: too many columns.
 */
MUST_USE enum status xlsx_begin_sheet(struct xlsx *x, const char *name,
                                      const struct xlsx_column *columns, size_t count,
                                      struct err *err);

/*
 * The next cell of the row. NULL, RATIO_NONE and DAY_NONE leave it empty. What goes wrong is said
 * at the end of the row.
 */
void xlsx_empty(struct xlsx *x);
void xlsx_text(struct xlsx *x, const char *text, enum xlsx_style style);
void xlsx_number(struct xlsx *x, struct ratio number, enum xlsx_style style);
void xlsx_day(struct xlsx *x, day d);

/* LIMIT: too many rows, a text that is too long, a sheet that is too large. FAILED: the disk. */
MUST_USE enum status xlsx_end_row(struct xlsx *x, struct err *err);

/* Puts the file in its place; ends the workbook, whether it succeeds or not. */
MUST_USE enum status xlsx_finish(struct xlsx *x, const struct xlsx_properties *properties,
                                 struct err *err);
/* Ends it and leaves no file behind. NULL is fine. */
void xlsx_abandon(struct xlsx *x);

/* True if the file is a workbook whose author begins so. Moves the place that `fd` reads from. */
bool xlsx_is_by(int fd, const char *author);

/* "A", "Z", "AA": what spreadsheets call the column with this index. */
#define XLSX_LETTERS_BYTES 4
void xlsx_letters(char letters[XLSX_LETTERS_BYTES], size_t column);

#endif
