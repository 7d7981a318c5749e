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
 * 30/06/2025, the 114 communes of Hải Phòng since 01/07/2025) and VSIC sections (21 to 14/11/2025,
 * 22 since 15/11/2025, when the letters from J on changed meaning). The same id may stand for
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
    const char *kind;   /* area: "district", "ward", "commune", "special-zone"; else NULL */
    const char *code;   /* area: of the list of Decision 19/2025/QĐ-TTg and before, or NULL */
    struct words fold;  /* the name for search (text_fold) */
    /* section that has ended: the letter that most of it has now; else NULL */
    const char *becomes;
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

/*
 * The term that people mean who write its name instead of its id: with or without accents and
 * kind ("xa cam giang", "P. Chí Linh, Hải Phòng"), in either language, or its code. Of equal names
 * those that hold on the day come first; accents that fit win. NULL if nothing is named so;
 * `other` gets a second term of another id that fits as well, else NULL.
 */
const struct term *terms_search(const struct terms *terms, const char *text, day on,
                                struct arena *arena, const struct term **other);

/*
 * The term of the day (DAY_NONE: of any) whose whole name, in either language, or id the text is:
 * "Xây dựng", "F", "f - Xây dựng". NULL if none; `other` gets a second one of another id, else
 * NULL.
 */
const struct term *terms_named(const struct terms *terms, const char *text, day on,
                               struct arena *arena, const struct term **other);

/* The term of the day (DAY_NONE: of any) whose name is most like a text that names none, or NULL.
 */
const struct term *terms_closest(const struct terms *terms, const char *text, day on,
                                 struct arena *arena);

/* True if the term holds on the day. */
bool term_holds(const struct term *term, day on);

/* "read", "reported", "recalled" as files spell it, and in words for people. */
const char *certainty_code(enum certainty certainty);
struct words certainty_words(enum certainty certainty);

#endif
