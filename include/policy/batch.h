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
 * Puts an applicant of that day into a row (below BATCH_ROWS) of the columns. True if the applicant
 * itself is needed to run the batch; else it may be forgotten.
 */
bool policy_batch_put(struct policy_batch *batch, size_t row, const struct applicant *applicant);

/*
 * Matches the rows 0 to count - 1. `applicants` has those that are needed, else NULL. `outcomes`
 * has a row of catalogue->count for each. Scratch memory lives in `arena` until it is reset.
 */
void policy_batch_run(struct policy_batch *batch, const struct applicant *const *applicants,
                      size_t count, struct arena *arena, struct policy_outcome *outcomes);

/* How many policies were compiled (the rest are matched one by one); for tests. */
size_t policy_batch_compiled(const struct policy_batch *batch);

#endif
