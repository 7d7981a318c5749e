#ifndef SRC_WEB_OFFICER_QUEUE_LIST_H
#define SRC_WEB_OFFICER_QUEUE_LIST_H

#include "case_page.h"
#include "web/kit/list_view.h"

/*
 * What the queue is asked for: filters, an order, a page, all of it in the query of its address.
 * Whatever is done with "all that is filtered" (files, paper, bulk acts, views that are kept) reads
 * the same query by the same table, so that none of them means other cases than the page shows.
 */

enum {
    COLUMN_DUE,
    COLUMN_STATE,
    COLUMN_NAME,
    COLUMN_AREA,
    COLUMN_BUSINESS,
    COLUMN_POINTS,
    COLUMN_LEVEL,
    COLUMN_MARGIN,
    COLUMN_SUPPORT,
    COLUMN_FILES,
    COLUMN_ASKED,
    COLUMN_FLAGS,
    QUEUE_COLUMNS
};

enum {
    FILTER_WORDS,
    FILTER_WHO,
    FILTER_STATE,
    FILTER_DUE,
    FILTER_AREA,
    FILTER_SECTION,
    FILTER_SIZE,
    FILTER_LEVEL,
    FILTER_FLAG,
    FILTER_PLAN,
    QUEUE_FILTERS
};

#define QUEUE_WHO "giao"
#define QUEUE_STATE "tinh-trang"
#define QUEUE_DUE "han"
#define QUEUE_PAGE_ROWS 50
#define QUEUE_FILE_ROWS_MAX 100000 /* of a file or a paper that is made of it */

extern const struct list_column queue_columns[QUEUE_COLUMNS];
extern const struct list_filter queue_filters[QUEUE_FILTERS];

struct queue_asked {
    struct list_view list;
    struct case_filter filter;
    enum case_sort sort;
};

/* Reads a query of the queue ("muc=2&giao=toi"). */
void queue_read(struct request *rq, const char *query, struct queue_asked *asked);
/* Another address that means the same cases in the same order. */
struct path queue_with(struct request *rq, const struct queue_asked *asked, struct path path);
/* What is asked for in words: "Mức: mức 2; Giao cho: tôi". */
const char *queue_words(struct request *rq, const struct queue_asked *asked);
/* The first `max` cases of all that is asked for, of those that may be seen. */
MUST_USE enum status queue_rows(struct request *rq, const struct queue_asked *asked, int64_t max,
                                struct case_row **rows, size_t *count, struct err *err);

/* As the table tells a case. */
struct queue_row queue_row_of(struct request *rq, const struct case_row *row);
/* The page of a case, that leads back to the list with this query. */
struct path queue_case(struct request *rq, const char *query, int64_t id);

#endif
