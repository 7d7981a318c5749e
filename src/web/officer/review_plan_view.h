#ifndef SRC_WEB_OFFICER_REVIEW_PLAN_VIEW_H
#define SRC_WEB_OFFICER_REVIEW_PLAN_VIEW_H

#include "app/review/cases.h"
#include "app/review/review_plan.h"
#include "web/officer/desk.h"
#include "web/officer/review_plan_pages.h"

/* How a review plan is told. */

/* What of a plan needs no list of cases: sentence, bars, hours, sections, how it was drawn. */
void plan_view_fill(struct request *rq, const struct plan_standing *standing,
                    struct review_plan_page *page);
/* The row of a case, which leads through the list in its order. */
struct plan_risk_row plan_risk_view(struct request *rq, const struct case_row *row,
                                    const struct plan_case *c);
/* NULL: it is not in the list. */
const struct plan_case *plan_case_of(const struct plan_case *list, size_t count, int64_t id);
/* "9,0 %" of 0.09. */
const char *plan_percent(struct request *rq, double share);

#endif
