#ifndef STORE_BULK_H
#define STORE_BULK_H

#include "store/cases.h"

/*
 * Runs of acts on many cases, and what became of each case. What may be done and how is decided in
 * app/review/bulk.h. As with cases: in the transaction that is open or one of its own.
 */

#define BULK_STATES(X)                                                                             \
    X(READY, "ready")     /* looked at, not begun */                                               \
    X(RUNNING, "running") /* goes on until no row waits */                                         \
    X(DONE, "done")                                                                                \
    X(UNDOING, "undoing") /* goes on until no row is done any more */                              \
    X(UNDONE, "undone")

#define BULK_ROW_STATES(X)                                                                         \
    X(WAITING, "waiting")                                                                          \
    X(LEFT, "left")     /* could not be done when it was looked at */                              \
    X(DONE, "done")                                                                                \
    X(FAILED, "failed") /* could have been, and could not any more when it came to it */           \
    X(UNDONE, "undone")                                                                            \
    X(KEPT, "kept")     /* done, and could not be taken back */

#define X(name, code) BULK_##name,
enum bulk_state { BULK_STATES(X) BULK_STATE__MAX };
#undef X
#define X(name, code) BULK_ROW_##name,
enum bulk_row_state { BULK_ROW_STATES(X) BULK_ROW_STATE__MAX };
#undef X

const char *bulk_state_code(enum bulk_state state); /* "ready" */

struct bulk_run {
    int64_t id, account;
    const char *act; /* a code of app/review/bulk.h */
    int64_t target;  /* the account that it is given to; 0 */
    const char *reason, *query;
    enum bulk_state state;
    const char *made_at, *ended_at; /* UTC; "" until it ended */
};

struct bulk_row {
    int64_t review_case, version;
    int revision;
    enum bulk_row_state state;
    const char *why[LANG__MAX]; /* "" where nothing stood in the way */
    const char *name, *tax_code; /* of the enterprise as lists show it; when it was read */
};

/* Adds a run; sets its id. NOT_FOUND from the others for a run that there is not. */
MUST_USE enum status bulk_add(struct store *store, struct bulk_run *run, struct err *err);
MUST_USE enum status bulk_load(struct store *store, int64_t id, struct arena *arena,
                               struct bulk_run *out, struct err *err);
/* Writes state and ended_at. */
MUST_USE enum status bulk_move(struct store *store, const struct bulk_run *run, struct err *err);
/* The oldest that runs or is taken back. NOT_FOUND: none. */
MUST_USE enum status bulk_active(struct store *store, struct arena *arena, struct bulk_run *out,
                                 struct err *err);
/* The newest of an account, at most `max`. */
MUST_USE enum status bulk_list(struct store *store, int64_t account, size_t max,
                               struct arena *arena, struct bulk_run **list, size_t *count,
                               struct err *err);
/* Those of an account that were looked at and not begun go, with their rows. */
MUST_USE enum status bulk_drop_ready(struct store *store, int64_t account, struct err *err);

MUST_USE enum status bulk_row_add(struct store *store, int64_t run, const struct bulk_row *row,
                                  struct err *err);
/* Writes version, state and why. */
MUST_USE enum status bulk_row_set(struct store *store, int64_t run, const struct bulk_row *row,
                                  struct err *err);
/* Rows of a state (BULK_ROW_STATE__MAX: all) by case, at most `max` from the one behind `after`;
 * with `why` (in Vietnamese) those of one reason only, NULL: of any. */
struct bulk_window {
    enum bulk_row_state state;
    const char *why;
    int64_t after, max;
};
MUST_USE enum status bulk_rows(struct store *store, int64_t run, const struct bulk_window *window,
                               struct arena *arena, struct bulk_row **rows, size_t *count,
                               struct err *err);

/* How many rows of a run are in a state for one reason; the largest first. */
struct bulk_group {
    enum bulk_row_state state;
    const char *why[LANG__MAX];
    int64_t count;
};
MUST_USE enum status bulk_groups(struct store *store, int64_t run, struct arena *arena,
                                 struct bulk_group **groups, size_t *count, struct err *err);

#endif
