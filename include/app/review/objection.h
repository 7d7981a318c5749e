#ifndef APP_REVIEW_OBJECTION_H
#define APP_REVIEW_OBJECTION_H

#include "app/review/cases.h"

/* Reads the enterprise's objection to what was verified; in the arena. One that was answered by
 * verifying anew is read too, and not open. */
MUST_USE enum status open_case_objection(const struct app_context *app, const struct open_case *c,
                                         struct arena *arena, struct case_objection *out,
                                         struct err *err);

#endif
