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

/* Pages of a report, each the answer to one question of its reader. */
enum report_section {
    SECTION_RESULT,
    SECTION_WHERE,
    SECTION_WHY,
    SECTION_FIRST,
    SECTION_WHEN,
    SECTION_MONEY,
    SECTION_PAPERS,
    SECTION_METHOD,
    SECTION_SUMMARY, /* all of it on one page */
    SECTION_ANNEX,   /* every answer and every policy; added where an annex is asked for */
    REPORT_SECTION__MAX
};

/* Which pages there are, in the order that the file gives. */
enum report_list {
    LIST_SECTIONS,
    LIST_HOUSEHOLD, /* of households, whose report is shorter */
    LIST_SUMMARY,   /* of the summary */
    REPORT_LIST__MAX
};

struct section_list {
    enum report_section items[REPORT_SECTION__MAX];
    size_t count;
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
    struct section_list lists[REPORT_LIST__MAX];
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
