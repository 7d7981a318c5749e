#ifndef SRC_WEB_OFFICER_PLAN_VIEW_H
#define SRC_WEB_OFFICER_PLAN_VIEW_H

#include "app/review/plans.h"
#include "web/officer/desk.h"
#include "web/officer/plan_pages.h"

/* A form has at most FORM_FIELDS_MAX fields: twelve of each row. */
#define PLAN_OPEN_ROWS_MAX 24
#define PLAN_QUERY_DONE "xong"

/* A plan that is looked at, and what was typed into it. */
struct plan_view {
    struct request *rq;
    bool is_firm;
    struct open_case c; /* of the enterprise */
    int64_t enterprise; /* 0: the province */
    const struct plan_row *rows;
    size_t count, total;
    const struct plan_typed *drafts; /* that could be taken over */
    size_t draft_count;
    const struct plan_typed *typed;
    const struct plan_outcome *outcomes;
    size_t typed_count, saved;
    int64_t edited;   /* the row that is to be opened; 0: none */
    const char *take; /* drafts that are taken over; "" */
    bool adds;        /* an empty row */
};
/* The plan of the path: of the case with this number, or (0) of the province. NOT_FOUND. */
MUST_USE enum status plan_view_load(struct request *rq, struct plan_view *view, struct err *err);
/* Its rows as they are stored now, what the query asks for, and what could be taken over. */
MUST_USE enum status plan_view_rest(struct plan_view *view, struct err *err);

/* Of an outcome: the row stands open, with what is wrong. */
bool plan_is_refused(const struct plan_outcome *outcome);
/* Whether it is of a case that was verified. */
bool plan_is_verified(const struct plan_view *view);
/* Of a number that was typed; 0 for none. */
int64_t plan_number(const char *text);
/* The page without anything open. */
struct path plan_plain_path(const struct plan_view *view);

void plan_fill_lines(const struct plan_view *view, struct plan_page *page);
void plan_fill_links(const struct plan_view *view, struct plan_page *page);

#endif
