#ifndef APP_REVIEW_QUEUE_VIEWS_H
#define APP_REVIEW_QUEUE_VIEWS_H

#include "app/context.h"
#include "store/queue_views.h"

/* Views of the queue that the account named, at most QUEUE_VIEWS_MAX. */

MUST_USE enum status queue_views_list(const struct app_context *app, struct arena *arena,
                                      struct saved_view **list, size_t *count, struct err *err);
/* Keeps a query under a name; one of that name gets it. BAD_INPUT: no name; CONFLICT: too many. */
MUST_USE enum status queue_views_keep(const struct app_context *app, const char *name,
                                      const char *query, struct err *err);
/* BAD_INPUT: no name; CONFLICT: the name is taken. */
MUST_USE enum status queue_views_rename(const struct app_context *app, int64_t id,
                                        const char *name, struct err *err);
MUST_USE enum status queue_views_drop(const struct app_context *app, int64_t id, struct err *err);

#endif
