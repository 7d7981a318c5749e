#ifndef DRAW_CHART_H
#define DRAW_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"
#include "base/ratio.h"
#include "draw/canvas.h"

/*
 * Charts, as pictures of any width. Everything is given: words in one language, values exact. A
 * value that is RATIO_NONE is not known; it is drawn as a gap and said in words, never as zero.
 * Values beyond the maximum end at it in the drawing, not in the number beside it. What is told by
 * colour is told by shape and by a number or word too.
 */

/* Horizontal bars: value of maximum, with marks for a threshold and for peers. */
struct bar {
    const char *label;
    struct ratio value, max;
    struct ratio threshold; /* what the next level needs; RATIO_NONE: no mark */
    struct ratio peer;      /* RATIO_NONE: no mark */
    const char *note;       /* behind the number, for example the level; NULL: none */
};

enum bar_numbers { BARS_PERCENT, BARS_OF_MAX }; /* "61,5 %" or "40/65" */

struct bars {
    const struct bar *items;
    size_t count;
    enum bar_numbers numbers;
    unsigned decimals;
    const char *threshold_name, *peer_name; /* for the legend; NULL where no bar has the mark */
    const char *unknown;
    enum lang lang;
};

struct picture chart_bars(const struct bars *bars);

#endif
