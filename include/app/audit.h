#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/context.h"
#include "store/audit.h"

/* Whether the audit is as it was written, see store/audit.h. */
MUST_USE enum status audit_verify(const struct app_context *app, struct audit_check *out,
                                  struct err *err);

/* Entries as store/audit.h lists them; who may see which is the caller's to say. */
MUST_USE enum status audit_page(const struct app_context *app, const struct audit_filter *filter,
                                size_t max, struct arena *arena, const struct audit_entry **list,
                                size_t *count, struct err *err);

/* How many entries there are, and the hash of the last one; nothing is looked at again. */
MUST_USE enum status audit_head(const struct app_context *app, struct audit_check *out,
                                struct err *err);

/* The hash of its last entry, to be kept elsewhere; in the arena. */
const char *audit_head_text(struct arena *arena, const struct audit_check *check);

#endif
