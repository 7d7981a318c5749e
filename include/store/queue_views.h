#ifndef STORE_QUEUE_VIEWS_H
#define STORE_QUEUE_VIEWS_H

#include "store/cases.h"

/* Views of the queue that accounts named, each the query of an address. */

#define QUEUE_VIEWS_MAX 8 /* of an account */
#define QUEUE_VIEW_NAME_BYTES_MAX 60
#define QUEUE_VIEW_QUERY_BYTES_MAX 1000

struct saved_view {
    int64_t id;
    const char *name, *query;
};

/* By name. */
MUST_USE enum status saved_views(struct store *store, int64_t account, struct arena *arena,
                                 struct saved_view **list, size_t *count, struct err *err);
/* Adds one; one of the same name gets the query. */
MUST_USE enum status saved_view_put(struct store *store, int64_t account,
                                    const struct saved_view *view, struct err *err);
/* CONFLICT: another one of the account has the name, or there is no such view. */
MUST_USE enum status saved_view_rename(struct store *store, int64_t account,
                                       const struct saved_view *view, struct err *err);
/* One that there is not: nothing. */
MUST_USE enum status saved_view_delete(struct store *store, int64_t account, int64_t id,
                                       struct err *err);

#endif
