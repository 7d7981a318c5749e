#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/context.h"
#include "store/audit.h"

/* Whether the audit is as it was written, see store/audit.h. */
MUST_USE enum status audit_verify(const struct app_context *app, struct audit_check *out,
                                  struct err *err);

/* The hash of its last entry, to be kept elsewhere; in the arena. */
const char *audit_head_text(struct arena *arena, const struct audit_check *check);

#endif
