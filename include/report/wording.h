#ifndef REPORT_WORDING_H
#define REPORT_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/lang.h"
#include "draw/lines.h"

/*
 * What reports say and in which order, as data (the files in reports/): a province changes a
 * sentence, a heading or the order of the sections without a compiler. Texts have names; {words in
 * braces} stand for values. A text may leave a value out, but not name one that it does not get.
 * `dxready check` reports every missing or unknown text and value at once.
 */

/* Sections of the whole report, in the order that the file gives. */
enum report_section {
    SECTION_COVER,
    SECTION_CONTENTS,
    SECTION_OVERVIEW,
    SECTION_PROGRESS, /* left out where there is no earlier assessment */
    SECTION_DIMENSIONS,
    SECTION_STEPS,
    SECTION_POLICIES,
    SECTION_ACTIONS,
    SECTION_METHOD,
    SECTION_ANSWERS,
    REPORT_SECTION__MAX
};

/* Parts of the one-page summary, likewise. */
enum summary_part {
    SUMMARY_RESULT,
    SUMMARY_DIMENSIONS,
    SUMMARY_STEPS,
    SUMMARY_POLICIES,
    SUMMARY_QUESTIONS,
    SUMMARY_SOURCE,
    SUMMARY_PART__MAX
};

enum report_text {
#define REPORT_TEXT(id, key, values) TEXT_##id,
#include "report/wording_texts.h"
#undef REPORT_TEXT
    REPORT_TEXT__MAX
};

/* Who in a small firm is likely to do the work of a dimension: a suggestion, to be changed. */
struct wording_owner {
    const char *dimension;
    struct words who;
};

struct wording {
    const char *file;
    struct words title;
    enum report_section sections[REPORT_SECTION__MAX];
    size_t section_count;
    enum summary_part parts[SUMMARY_PART__MAX];
    size_t part_count;
    struct words texts[REPORT_TEXT__MAX];
    struct word_pairs pairs[LANG__MAX]; /* words that no line break parts */
    const struct wording_owner *owners;
    size_t owner_count;
    int steps_per_quarter; /* of the action plan */
};

/* Reads and checks the document; NULL after adding every fault. Texts live in the arena. */
const struct wording *wording_read(struct arena *arena, const struct json *root,
                                   struct faults *faults);

const struct wording *wording_load(struct arena *arena, const char *path, struct faults *faults);

/*
 * A text with its values, which follow as pairs of name and text and end with NULL:
 *   wording_tr(w, TEXT_COVER_SUBTITLE, lang, arena, "questionnaire", title, NULL)
 */
const char *wording_tr(const struct wording *w, enum report_text text, enum lang lang,
                        struct arena *arena, ...) __attribute__((sentinel));

/* Who may do the work of a dimension: its own entry, or that of "*", or "". */
const char *wording_owner(const struct wording *w, const char *dimension, enum lang lang);

#endif
