#ifndef APP_OUTPUT_EXPORT_H
#define APP_OUTPUT_EXPORT_H

#include "app/database.h"

/*
 * What is stored as files: every response whole, and beside it its score, which anyone can compute
 * again from the answers. A workbook is for people; the other two are for programs and are read
 * again by an import, which passes over what was computed. Memory does not grow with what is
 * stored.
 */
enum export_format {
    EXPORT_CSV,   /* for spreadsheets with Vietnamese settings: BOM, semicolons, CRLF, decimal comma
                   */
    EXPORT_XLSX,  /* the rows and columns of the table as a workbook: words instead of codes, real
                     numbers and days, and a second sheet that explains the columns */
    EXPORT_LINES, /* a JSON object a line: the response document, and its score as "score" */
    EXPORT_FORMAT__MAX
};

/* "csv", "xlsx", "jsonl". */
const char *export_format_code(enum export_format format);

struct export_options {
    enum export_format format;
    const char *path; /* "-" is standard output */
    enum lang lang;   /* of a workbook; the others have none */
};

/*
 * Writes all that passes the filter. A table has the columns of one questionnaire: where the
 * filter leaves several it is BAD_USAGE with their names. LIMIT: see base/xlsx.h.
 */
MUST_USE enum status export_assessments(struct arena *arena, struct workspace *ws,
                                        struct database *db, const struct store_filter *filter,
                                        const struct export_options *options, struct err *err);

#endif
