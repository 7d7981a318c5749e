#ifndef SRC_SCORE_PLAN_SCALES_H
#define SRC_SCORE_PLAN_SCALES_H

#include "score/score.h"
#include "scorer.h"

/* What is gained where, in whole numbers, so that searches compare exactly and quickly. */

/* How raw gains of a question count in its dimension and in the total, in whole units. */
struct scales {
    const struct score *score;
    int64_t dimension_factor[QUESTIONS_MAX];                /* dimension units per raw unit */
    int64_t value[DIMENSIONS_MAX], ceiling[DIMENSIONS_MAX]; /* in dimension units */
    int64_t total_factor[DIMENSIONS_MAX]; /* total units per dimension unit; 0: raw counts itself */
    int64_t total, total_ceiling;
};

/* Fills the scales; false where the denominators are too large. */
bool scales_make(struct scales *s, const struct score *score, const struct answer *answers);

/* What the total lacks to meet the bound of a level rule: more than the ceiling leaves if it never
 * can. */
int64_t scales_total_need(const struct scales *s, const struct level_rule *rule);

/* What a dimension lacks to be at the level; -1 if it can never be. */
int64_t scales_dimension_need(const struct scales *s, size_t dimension, int level);

/* Units of the total that a raw unit of the question gains. */
int64_t scales_worth(const struct scales *s, size_t question);

#endif
