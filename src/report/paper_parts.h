#ifndef SRC_REPORT_PAPER_PARTS_H
#define SRC_REPORT_PAPER_PARTS_H

/* Shared by the files form*.c. */

#include "draw/flow.h"
#include "report/paper.h"

/* What a form says of its own. */
enum paper_text {
    PAPER_KICKER,
    PAPER_HOW,
    PAPER_HOW_FACTS,
    PAPER_FACTS,
    PAPER_MANY,
    PAPER_REQUIRED,
    PAPER_NA,
    PAPER_ONLY_IF,
    PAPER_FILE,
    PAPER_ROWS,
    PAPER_ITEM,
    PAPER_LISTS,
    PAPER_SECTIONS,
    PAPER_AREAS,
    PAPER_CODE,
    PAPER_NAME,
    PAPER_SIGN,
    PAPER_SIGN_ANSWERED,
    PAPER_SIGN_TYPED,
    PAPER_WRITE_HERE,
    PAPER_BACK_TO,
    PAPER_TEXT__MAX
};

struct paper {
    struct arena *arena;
    struct flow *flow;
    const struct paper_setup *setup;
    enum lang lead;  /* the first language */
    enum lang other; /* the second; only with has_other */
    bool has_other;
};

const char *paper_tr(const struct paper *paper, enum paper_text text);       /* in the first one */
const char *paper_tr_other(const struct paper *paper, enum paper_text text); /* NULL without one */

/* "A / B" of both languages, or the one that there is. */
const char *paper_both(const struct paper *paper, struct words words);
const char *paper_both_tr(const struct paper *paper, enum paper_text text);

/* Words of the second language; NULL without one, or where it says the same. */
const char *paper_other(const struct paper *paper, struct words words);

/* "Only if ...", from the rule that hides the question. */
const char *paper_condition(const struct paper *paper, const struct question *question,
                           enum lang lang);

/* ---- paper_fields.c: where a pen writes ---- */

/* Lines to write on, with what stands at their end (a unit), or NULL. */
void paper_lines(struct paper *paper, size_t count, const char *end);

/* A box a character: '#' makes a box, anything else is printed between them. */
void paper_comb(struct paper *paper, const char *pattern);

#endif
