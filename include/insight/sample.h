#ifndef INSIGHT_SAMPLE_H
#define INSIGHT_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/ratio.h"

/*
 * A stratified random sample of files, drawn so that anybody with the seed can draw it again.
 *
 * Size (Cochran, Sampling Techniques, 3rd ed. 1977, 4.4): n0 = z^2 p (1 - p) / d^2 for a wanted
 * half-width d of the 95 % interval if the rate is p, z = 1,96; among N files
 * n = n0 / (1 + (n0 - 1) / N), rounded up.
 *
 * Shared among strata in proportion to their files (the same book, 5.3: proportional allocation),
 * by largest remainders, and then at least min(2, files) in each, so that each stratum is spoken
 * of.
 *
 * Drawn by permanent random numbers (Ohlsson 1995, in Business Survey Methods, ch. 9): each file
 * has one, made of the seed and its own id alone, and of each stratum those with the smallest
 * numbers are taken. The order in which files are read does not matter, and a larger sample with
 * the same seed holds the smaller one.
 */

#define SAMPLE_STRATUM_MIN 2

/* 0 for no files; at most `files`. The half-width is above 0, the rate between 0 and 1. */
size_t sample_size(size_t files, struct ratio half_width, struct ratio rate);

/* How many of each stratum: sums up to `wanted`, or more where the smallest number of strata asks
 * for it. At most 1,000,000 files. */
void sample_allocate(const size_t *files, size_t strata, size_t wanted, size_t *taken);

/* splitmix64 (Steele, Lea, Flood 2014) of seed and id: the first number of the generator that
 * begins at seed * 0x9e3779b97f4a7c15 + id. Beside the drawing, tests ask for it. */
uint64_t sample_number(uint64_t seed, uint64_t id);

/* A file with what it is drawn by; `position` is set for those that are taken, from 1: the order
 * in which they are looked at. */
struct sample_file {
    int64_t id;
    size_t stratum;
    size_t position; /* 0: not taken */
};

/*
 * Draws taken[h] files of each stratum h. Positions follow the numbers within a stratum and go
 * round the strata in proportion, so that what was looked at so far is itself spread over all of
 * them.
 */
void sample_draw(uint64_t seed, struct sample_file *files, size_t count, const size_t *taken,
                 size_t strata);

#endif
