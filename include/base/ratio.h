#ifndef BASE_RATIO_H
#define BASE_RATIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * Exact rational numbers: every score, level, verdict and amount is decided with these, never
 * with floating point. Always in lowest terms with a positive denominator.
 *
 * What does not fit in 127 bits (or divides by zero) gives RATIO_NONE, which every operation
 * passes on: check once, at the end, with ratio_is_valid().
 */
__extension__ typedef __int128 wide;

struct ratio {
    wide num;
    wide den; /* > 0; 0 marks RATIO_NONE */
};

#define RATIO_NONE ((struct ratio){0, 0})

/* Digits that a number written in a file may have before and after its point or slash. */
#define RATIO_DIGITS_MAX 18

struct ratio ratio_of(int64_t whole);
struct ratio ratio_make(wide num, wide den);
bool ratio_is_valid(struct ratio r);
bool ratio_is_whole(struct ratio r);

struct ratio ratio_add(struct ratio a, struct ratio b);
struct ratio ratio_sub(struct ratio a, struct ratio b);
struct ratio ratio_mul(struct ratio a, struct ratio b);
struct ratio ratio_div(struct ratio a, struct ratio b);

/* -1, 0 or 1; exact for all valid numbers, also where cross products would overflow. */
int ratio_cmp(struct ratio a, struct ratio b);

/* The largest whole number that is not greater. */
struct ratio ratio_floor(struct ratio r);

/* Half up ("làm tròn nửa lên"): 63.125 with 2 decimals is 63.13, -0.5 with 0 is 0. */
struct ratio ratio_round(struct ratio r, unsigned decimals);

/*
 * Reads "3", "-0.125" or "1/3" (no exponent, no spaces, no leading '+'), and for JSON numbers
 * also an exponent of up to two digits if `allow_exponent`. False if it is anything else.
 */
bool ratio_parse(const char *text, size_t len, bool allow_exponent, struct ratio *out);

/* The value as int64 if it is whole and fits. */
bool ratio_to_int64(struct ratio r, int64_t *out);

/* Writes it rounded half up with exactly `decimals` decimals and a point: "63.13". */
void ratio_print(struct buf *buf, struct ratio r, unsigned decimals);

/* Writes it exactly: "3", "0.125" where the decimals end, else "1/3". */
void ratio_print_exact(struct buf *buf, struct ratio r);

/* Writes it exactly as a fraction: "3" or "3/320". */
void ratio_print_fraction(struct buf *buf, struct ratio r);

/* A double for drawing only; nothing is decided with it. */
double ratio_approximate(struct ratio r);

#endif
