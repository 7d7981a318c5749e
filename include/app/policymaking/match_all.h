#ifndef APP_POLICYMAKING_MATCH_ALL_H
#define APP_POLICYMAKING_MATCH_ALL_H

#include "base/json_write.h"
#include "policy/match.h"
#include "app/context.h"

/*
 * The whole catalogue over everybody in a store: who would be eligible for what, and for how much.
 * Reads every current revision that passes the filter once, in blocks; memory does not grow. What
 * was not answered to its end is counted apart, and matched only `with_incomplete`. The
 * store must have been opened with the facts of the catalogue.
 */

/* One policy over all that were matched. */
struct policy_totals {
    const struct policy *policy;
    bool is_in_force;
    size_t verdicts[VERDICT__MAX];
    size_t with_amount; /* eligible ones whose amount is known */
    int64_t amount_vnd; /* of those, together */
};

struct match_totals {
    day on;
    size_t matched;                       /* assessments */
    size_t incomplete;                    /* left out, or among them */
    const struct policy_totals *policies; /* in the order of the catalogue */
    size_t count;
    /* Known amounts of each kind, policy by policy: what excludes each other is in here twice. */
    int64_t by_benefit[BENEFIT__MAX];
};

MUST_USE enum status match_store(const struct app_context *app, const struct store_filter *filter,
                                 const struct catalogue *catalogue, bool with_incomplete,
                                 struct arena *arena, struct match_totals *totals,
                                 struct err *err);

/* The document of `match --all --json`. */
void match_totals_write(struct json_writer *w, const struct match_totals *totals);

#endif
