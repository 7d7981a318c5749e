#ifndef WEB_OFFICER_QUEUE_PAPER_H
#define WEB_OFFICER_QUEUE_PAPER_H

#include "web/officer/pages.h"

/* What is filtered in the queue, on paper. */
#define QUEUE_PAPER_ROWS_MAX 2000

struct paper_row {
    size_t number; /* from 1 */
    const char *name, *form, *tax_code, *reference, *state, *due, *area, *business, *points, *level,
        *support, *flag;
};

struct queue_paper {
    const char *filters, *made_at, *made_by;
    const struct paper_row *rows;
    size_t count;
    struct path back;
};

#endif
