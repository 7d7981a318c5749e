#ifndef BASE_CROCKFORD_H
#define BASE_CROCKFORD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Crockford's base 32: codes that people read to each other and type. Without I, L, O and U nothing
 * is taken for something else.
 */

/* The letter of a number from 0 to 31. */
char crockford_letter(unsigned number);

/*
 * What was typed, as it is kept: capitals without blanks and hyphens, O for 0, I and L for 1.
 * `code` has room for count + 1; false if it cannot be a code of so many letters.
 */
bool crockford_parse(const char *typed, size_t count, char *code);

#endif
