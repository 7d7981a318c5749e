#ifndef SRC_WEB_OFFICER_PLAN_WORDS_H
#define SRC_WEB_OFFICER_PLAN_WORDS_H

#include "app/review/plans.h"
#include "web/kit/request.h"
#include "web/officer/plan_pages.h"

/* How rows of action plans are told, on the page of a plan and in lists. */

/* A row as it is stored, closed; `number` from 1. */
struct plan_line plan_line_of(struct request *rq, const struct plan_row *row, size_t number);
/* The columns of the province. */
const struct plan_head *plan_heads(struct request *rq);

#endif
