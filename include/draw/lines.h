#ifndef DRAW_LINES_H
#define DRAW_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "draw/canvas.h"

/*
 * Text in lines. A paragraph is a row of runs, each in one face; lines are measured, never guessed,
 * and chosen for the whole paragraph at once: as few as possible, then as even as possible.
 *
 * Lines break at spaces. They do not break at no-break spaces, and not inside the pairs that belong
 * together ("sẵn sàng"), if that can be helped; a word that is longer than the line is broken
 * behind a sign such as / or -, else anywhere. A line break in a text is kept; other white space is
 * one space.
 */
struct run {
    const char *text;
    enum face face;
    enum colour colour; /* COLOUR_NONE: that of the paragraph */
    const char *uri;    /* where it leads, or NULL */
    unsigned anchor;    /* the place of the same document where it leads, or 0 (see flow.h) */
};

/* Words that no line break may part, each as two or more words with single spaces between them;
 * small and capital letters are the same. */
struct word_pairs {
    const char *const *items;
    size_t count;
};

enum lines_mode {
    LINES_RAGGED,  /* texts: the last line is as long as it happens to be */
    LINES_BALANCED /* titles and labels: all lines of about the same length */
};

struct lines_style {
    double size;
    double width;
    enum lines_mode mode;
    struct word_pairs pairs;
};

/* What stands together in a line: a part of one run. */
struct fragment {
    const struct run *run;
    const char *text;
    size_t len;
    double x, width; /* from the start of the line */
};

struct line {
    const struct fragment *fragments;
    size_t count;
    double width;
    bool is_broken; /* at a space: its last text is followed by one, so that words stay apart when
                       they are copied out */
};

struct lines {
    const struct line *items;
    size_t count;
    double width; /* of the longest line */
};

/* Breaks runs into lines that are at most `style->width` wide. All texts are borrowed. No lines for
 * empty text. */
struct lines lines_break(struct arena *arena, const struct run *runs, size_t count,
                         const struct lines_style *style);

/* The same for a plain text in one face. */
struct lines lines_break_text(struct arena *arena, const char *text, enum face face,
                              const struct lines_style *style);

/* The width of the longest word: a column that is narrower has to break it. */
double lines_longest_word(const struct run *runs, size_t count, double size);

/* Draws all lines of a label, the first base line at `at`; the leading is in points. */
void lines_draw(const struct lines *lines, struct canvas *canvas, struct point at, double leading,
                const struct lettering *lettering);

#endif
