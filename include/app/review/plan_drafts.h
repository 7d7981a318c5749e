#ifndef APP_REVIEW_PLAN_DRAFTS_H
#define APP_REVIEW_PLAN_DRAFTS_H

#include "app/review/plans.h"
#include "app/way.h"

/*
 * Rows to begin an action plan with: the work that leads to the next level (packages; single steps
 * where the questionnaire has none), then the open policies with money for which the enterprise is
 * eligible. What follows from the data is typed in; what only people know (who answers for it, when
 * papers are handed in) is left empty, so that a row cannot be saved before it is filled in.
 *
 * What a row of the plan was made from already is left out. `way` and `a` are of app->today; the
 * rows live in the arena.
 */
MUST_USE enum status plan_drafts(const struct app_context *app, int64_t enterprise,
                                 const struct evaluation *a, const struct way *way, enum lang lang,
                                 struct arena *arena, const struct plan_typed **list,
                                 size_t *count, struct err *err);

#endif
