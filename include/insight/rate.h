#ifndef INSIGHT_RATE_H
#define INSIGHT_RATE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The share of files that are wrong, estimated from the part of a stratified random sample that was
 * looked at, with its 95 % interval.
 *
 * Rate: each stratum's share of wrong files, weighted by its files in the whole round. Interval:
 * Wilson's score interval (1927) on the effective number of files (Kish, Survey Sampling, 1965,
 * 11.7; for proportions Korn and Graubard 1998, Survey Methodology 24, 193-201):
 *
 *     1 / n_eff = sum over strata of W^2 (1 - n/N) / n
 *
 * where W is the stratum's share of all files, n of its N files were looked at, and 1 - n/N says
 * that what was looked at is known. What strata gain by differing in their rates is not counted, so
 * the interval is, if anything, a little too wide. A stratum of which nothing was looked at yet
 * speaks through the others: weights are those of the strata that were.
 *
 * Approximate by nature, and shown, not decided with: floating point.
 */
struct rate_stratum {
    size_t files, seen, wrong; /* wrong <= seen <= files */
};

/* Below so many files nothing is said. */
#define RATE_SEEN_MIN 10

struct rate {
    size_t files, seen, wrong;
    size_t strata_unseen;
    bool is_known; /* at least RATE_SEEN_MIN were looked at */
    double rate, low, high; /* 0 to 1 */
    double effective;       /* number of files; 0 where all were looked at */
};

void rate_estimate(const struct rate_stratum *strata, size_t count, struct rate *out);

/* The interval of one share of its own (also for tests): Wilson, of `wrong` among `seen`; both ends
 * are 0 to 1. */
void rate_wilson(double rate, double seen, double *low, double *high);

#endif
