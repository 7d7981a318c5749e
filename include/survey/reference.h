#ifndef SURVEY_REFERENCE_H
#define SURVEY_REFERENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/lang.h"
#include "base/map.h"

/*
 * Lists that change by law from one day to the next: areas (district-level units of Hải Dương to
 * 30/06/2025, communes of Hải Phòng since 01/07/2025) and VSIC sections (21 to 14/11/2025, 22
 * since 15/11/2025, when the letters from J on changed meaning). The same id may stand for
 * different things at different times, so every look-up names a day.
 */

/* How sure a fact of the law is: its text was read, others report it, or it is recalled. */
enum certainty { CERTAINTY_READ, CERTAINTY_REPORTED, CERTAINTY_RECALLED, CERTAINTY__MAX };

/* One entry of a dated list. */
struct term {
    const char *id;
    struct words name;
    day from, to; /* inclusive; DAY_NONE where open */
    enum certainty certainty;
    const char *parent; /* area: the unit it lies in; section: its sector; else NULL */
    const char *kind;   /* area: "district", "ward", "commune"; else NULL */
};

struct terms {
    const char *file;
    struct words title;
    const struct term *items; /* entries of one id stand together, in the order of the file */
    size_t count;
    struct map by_id; /* id -> index of its first entry */
};

/*
 * Loads policies/areas.json or policies/sections.json (`kind` says which is expected). Returns
 * NULL after adding every fault found.
 */
const struct terms *terms_load(struct arena *arena, const char *path, const char *kind,
                               struct faults *faults);

/* The entry of an id that holds on a day; with DAY_NONE the newest; NULL if there is none. */
const struct term *terms_find(const struct terms *terms, const char *id, day on);

/* The entry of an id that holds on the day, or else the one nearest in time. */
const struct term *terms_find_nearest(const struct terms *terms, const char *id, day on);

/* True if the term holds on the day. */
bool term_holds(const struct term *term, day on);

/* "read", "reported", "recalled" as files spell it, and in words for people. */
const char *certainty_code(enum certainty certainty);
struct words certainty_words(enum certainty certainty);
bool certainty_parse(const char *code, enum certainty *certainty);

#endif
