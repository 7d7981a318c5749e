#ifndef APP_OUTPUT_PLAN_FILES_H
#define APP_OUTPUT_PLAN_FILES_H

#include "app/review/plans.h"

/* Rows of action plans as files. */
struct plan_listing {
    const struct action_columns *columns;
    const struct plan_row *rows;
    size_t count;
    const char *subject; /* of the PDF: whose plan, or what is listed */
    const char *service; /* "": nobody is named */
    bool has_owners;     /* the rows are of several */
    day today;
    enum lang lang;
};

/* A table for people (programs have `dxready actions list`), with the byte order mark that
 * spreadsheets need, and `separator` between fields. */
void plan_write_csv(const struct plan_listing *listing, char separator, struct arena *arena,
                    struct buf *out);
/* Takes tens of milliseconds. */
MUST_USE enum status plan_write_pdf(const struct plan_listing *listing, struct arena *arena,
                                    struct buf *out, struct err *err);

#endif
