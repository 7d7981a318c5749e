#ifndef REPORT_ACTION_SHEET_H
#define REPORT_ACTION_SHEET_H

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "report/action_columns.h"

/* An action plan on paper: A4, one table over all its pages, its head on each. */

struct action_line {
    const char *cells[ACTION_COLUMN__MAX]; /* those that the columns name */
    const char *owner; /* whose row it is, where the table has several; else NULL */
    const char *state;
    bool is_late;
};

struct action_sheet {
    const struct action_columns *columns;
    const char *subject; /* whose plan, or what is listed */
    const char *service; /* on every page; "": nobody is named */
    day on;
    const struct action_line *lines;
    size_t count;
};

/* Appends the PDF to `out`; texts in one language. Errors: see flow_finish(). */
MUST_USE enum status action_sheet_print(const struct action_sheet *sheet, enum lang lang,
                                        struct buf *out, struct err *err);

#endif
