#ifndef INSIGHT_RISK_H
#define INSIGHT_RISK_H

#include <stddef.h>
#include <stdint.h>

#include "base/ratio.h"

/*
 * Which files are worth looking at first: by what looking is expected to change,
 *
 *     expected change = P(wrong) x what is at stake.
 *
 * P(wrong) is learned from files of random samples that were looked at, apart for files with no,
 * one, two, or three and more signals (a flag, no evidence, a level that hangs on a point or two).
 * Until enough were, it leans on a prior as if RISK_PRIOR_FILES had been looked at (a Beta prior:
 * Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, 2.4):
 *
 *     P = (wrong + prior wrong) / (looked at + RISK_PRIOR_FILES)
 *
 * The prior is the program's own guess, not a measurement. At stake is the support that the file
 * is given, and RISK_LEVEL_VND for a level that hangs on its nearest point, less the further
 * away it is. Exact numbers throughout.
 */
#define RISK_CLASSES 4
#define RISK_PRIOR_FILES 10
#define RISK_LEVEL_VND 50000000

struct risk_learned {
    size_t seen[RISK_CLASSES], wrong[RISK_CLASSES];
};

/* The class of a number of signals. */
size_t risk_class(size_t signals);
struct ratio risk_chance(const struct risk_learned *learned, size_t signals);
/* `margin`: points, below 0 or above, to the nearest change of level; 0: none within
 * `margin_max`. */
int64_t risk_stake(int64_t support_vnd, int margin, int margin_max);
/* In đồng, rounded down. */
int64_t risk_expected(struct ratio chance, int64_t stake_vnd);

#endif
