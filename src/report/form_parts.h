#ifndef SRC_REPORT_FORM_PARTS_H
#define SRC_REPORT_FORM_PARTS_H

/* Shared by the files form*.c. */

#include "draw/flow.h"
#include "report/form.h"

/* What a form says of its own. */
enum form_text {
    FORM_KICKER,
    FORM_HOW,
    FORM_HOW_FACTS,
    FORM_FACTS,
    FORM_MANY,
    FORM_REQUIRED,
    FORM_NA,
    FORM_ONLY_IF,
    FORM_FILE,
    FORM_ROWS,
    FORM_ITEM,
    FORM_LISTS,
    FORM_SECTIONS,
    FORM_AREAS,
    FORM_CODE,
    FORM_NAME,
    FORM_SIGN,
    FORM_SIGN_ANSWERED,
    FORM_SIGN_TYPED,
    FORM_WRITE_HERE,
    FORM_BACK_TO,
    FORM_TEXT__MAX
};

struct paper {
    struct arena *arena;
    struct flow *flow;
    const struct form_setup *setup;
    enum lang lead;  /* the first language */
    enum lang other; /* the second; only with has_other */
    bool has_other;
};

const char *form_tr(const struct paper *paper, enum form_text text);       /* in the first one */
const char *form_tr_other(const struct paper *paper, enum form_text text); /* NULL without one */

/* "A / B" of both languages, or the one that there is. */
const char *form_both(const struct paper *paper, struct words words);
const char *form_both_tr(const struct paper *paper, enum form_text text);

/* Words of the second language; NULL without one, or where it says the same. */
const char *form_other(const struct paper *paper, struct words words);

/* "Only if ...", from the rule that hides the question. */
const char *form_condition(const struct paper *paper, const struct question *question,
                           enum lang lang);

/* ---- form_fields.c: where a pen writes ---- */

/* Lines to write on, with what stands at their end (a unit), or NULL. */
void form_lines(struct paper *paper, size_t count, const char *end);

/* A box a character: '#' makes a box, anything else is printed between them. */
void form_comb(struct paper *paper, const char *pattern);

#endif
