#ifndef POLICY_BATCH_H
#define POLICY_BATCH_H

#include "policy/match.h"
#include "rule/batch.h"

/*
 * Matching many enterprises with the whole catalogue: policies are compiled once for a day, then
 * run over blocks of applicants. Verdicts and amounts are those of policy_match_one(), case by
 * case; a policy that cannot be compiled, or an applicant whose facts do not fit a column (several
 * contracts), is matched by that function itself.
 */

struct policy_outcome {
    enum verdict verdict;
    bool has_amount;
    int64_t amount_vnd;
};

struct policy_batch;

/* For policies as they hold on a day. */
struct policy_batch *policy_batch_new(struct arena *arena, const struct catalogue *catalogue,
                                      day on);

/*
 * Matches up to BATCH_ROWS applicants of the same day. `outcomes` has a row of catalogue->count for
 * each applicant. Scratch memory lives in `arena` until the caller resets it.
 */
void policy_batch_run(struct policy_batch *batch, const struct applicant *const *applicants,
                      size_t count, struct arena *arena, struct policy_outcome *outcomes);

/* How many policies were compiled (the rest are matched one by one). */
size_t policy_batch_compiled(const struct policy_batch *batch);

#endif
