#ifndef APP_LEGAL_PERSON_H
#define APP_LEGAL_PERSON_H

#include <stdint.h>

#include "store/assessments.h"

/*
 * Who stands behind an enterprise that is stored: a head office and its branches ("-001" behind the
 * tax code) are one legal person, and count as one wherever numbers are kept from giving somebody
 * away.
 */

/* The legal persons of whom a branch is stored. */
struct legal_persons {
    const char *const *codes; /* 10 digits, rising */
    size_t count;
};

/* In the arena. */
MUST_USE enum status legal_persons_load(struct store *store, struct arena *arena,
                                        struct legal_persons *out, struct err *err);

/* From 1 on: the legal person of whom others may be stored; 0 if there are none. */
uint32_t legal_person_of(const struct legal_persons *persons, const struct store_row *row);

#endif
