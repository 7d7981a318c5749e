#ifndef STORE_DATA_REQUESTS_H
#define STORE_DATA_REQUESTS_H

#include "store/dossiers.h"

/* What enterprises ask for about their own data, and what officers answered; one row each. */

enum data_request_kind {
    REQUEST_ERASURE,
    REQUEST_CORRECTION,
    REQUEST_OBJECTION,
    REQUEST_KIND__MAX
};
enum data_request_state { REQUEST_OPEN, REQUEST_DONE, REQUEST_REFUSED, REQUEST_STATE__MAX };

const char *data_request_kind_code(enum data_request_kind kind); /* "erasure" */

struct data_request {
    int64_t id, dossier;
    enum data_request_kind kind;
    const char *text; /* what the enterprise wrote; "" */
    const char *asked_at;
    const char *due_on; /* YYYY-MM-DD */
    enum data_request_state state;
    const char *answered_at, *answer; /* "" while it is open */
    int64_t account;                  /* who answered */
    int64_t review_case;              /* of the dossier; 0: none (any more) */
    const char *name, *area;          /* of that; "" */
};

/* Adds one (dossier, kind, text, asked_at, due_on), unless one of its kind is open. */
MUST_USE enum status data_request_add(struct store *store, const struct data_request *request,
                                      struct err *err);
/* The open ones first, by their day, of areas that may be seen ("|chi-linh|"; NULL: all); or of one
 * dossier (0: all). At most `max`. */
MUST_USE enum status data_requests(struct store *store, const char *areas, int64_t dossier,
                                   size_t max, struct arena *arena,
                                   const struct data_request **list, size_t *count,
                                   struct err *err);
/* CONFLICT: it was answered before; LIMIT. */
MUST_USE enum status data_request_answer(struct store *store, int64_t id,
                                         enum data_request_state state, const char *answer,
                                         int64_t account, const char *now, struct err *err);
/* How many are open, and of those how many should have been answered before a day. */
MUST_USE enum status data_request_count(struct store *store, const char *areas, const char *today,
                                        int64_t *open, int64_t *overdue, struct err *err);

#endif
