#ifndef APP_BATCH_H
#define APP_BATCH_H

#include "app/context.h"

/*
 * Requests are answered in batches that share one transaction: what each wrote is undone alone if
 * it failed half-way, and all of it is kept or lost together at the end.
 */

/* What a batch waits for another program that has the database locked: BUSY afterwards. */
#define BATCH_WAIT_MS 2000

/* Once, before the first batch. CONFLICT if another process answers requests with this database. */
MUST_USE enum status batch_init(const struct app_context *app, struct err *err);
/* The same for a store that only reads, beside the one that answers. */
void batch_init_reading(const struct app_context *app);
/* What can be done another time waits no longer than this; returns how long one waited before, for
 * the end of it. */
#define BATCH_HURRY_MS 20
int64_t batch_hurry(const struct app_context *app);
void batch_unhurry(const struct app_context *app, int64_t wait_ms);
/* When no batch waits: see db_rest(). */
void batch_rest(const struct app_context *app);

/* Begins the part of one request. `may_write`: what it writes can be undone; else it reads what the
 * rest of the batch reads, too. */
MUST_USE enum status batch_enter(const struct app_context *app, bool may_write, struct err *err);
/* Ends the part of a request that may write. An error: nothing of the batch is to be kept. */
MUST_USE enum status batch_leave(const struct app_context *app, bool must_undo, struct err *err);
/* Ends the batch: keeps what was written, or not (`must_undo`). An error: it was not kept. */
MUST_USE enum status batch_end(const struct app_context *app, bool must_undo, struct err *err);

/* One small write, in the part of a request: can anything be kept? What the commit says, counts. */
MUST_USE enum status batch_is_ready(const struct app_context *app, struct err *err);

#endif
