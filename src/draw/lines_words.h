#ifndef SRC_DRAW_LINES_WORDS_H
#define SRC_DRAW_LINES_WORDS_H

#include "draw/lines.h"

/* What may happen behind a word. */
enum break_kind {
    BREAK_NEVER,    /* the next one continues the word in another face */
    BREAK_SPACE,    /* a space: the usual place */
    BREAK_PAIR,     /* a space inside a pair that belongs together */
    BREAK_SIGN,     /* behind a sign inside a word that is too long */
    BREAK_ANYWHERE, /* between any letters of such a word */
    BREAK_FORCED    /* a new line begins in the text */
};

struct word {
    const struct run *run;
    const char *text;
    size_t len;
    double width;
    double space; /* width of the space behind it, 0 if there is none */
    enum break_kind after;
};

struct words_list {
    struct word *items;
    size_t count, cap;
};

/* Cuts runs into words that are at most `style->width` wide. */
struct words_list words_cut(struct arena *arena, const struct run *runs, size_t count,
                            const struct lines_style *style);

#endif
