#ifndef APP_EXPORT_H
#define APP_EXPORT_H

#include "app/database.h"

/*
 * What is stored as files that others compute with: every response whole, and beside it its score,
 * which anyone can compute again from the answers. Both are read again by an import, which passes
 * over what was computed. Memory does not grow with what is stored.
 */
enum export_format {
    EXPORT_CSV,   /* for spreadsheets with Vietnamese settings: BOM, semicolons, CRLF, decimal comma
                   */
    EXPORT_LINES, /* a JSON object a line: the response document, and its score as "score" */
    EXPORT_FORMAT__MAX
};

/* "csv", "jsonl". */
const char *export_format_code(enum export_format format);

/*
 * Writes all that passes the filter to a file, or standard output ("-"). A table has the columns of
 * one questionnaire: where the filter leaves several it is BAD_USAGE with their names.
 */
MUST_USE enum status export_assessments(struct arena *arena, struct workspace *ws,
                                        struct database *db, const struct store_filter *filter,
                                        enum export_format format, const char *path,
                                        struct err *err);

#endif
