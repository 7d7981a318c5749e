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

/* A net of axes, in the order given. It shows shapes, not sizes: bars must stand beside it. */
struct radar_axis {
    const char *label;
    struct ratio value;
    struct ratio second; /* of the other series; RATIO_NONE where there is none */
};

#define RADAR_AXES_MIN 3
#define RADAR_AXES_MAX 24

struct radar {
    const struct radar_axis *axes;
    size_t count;            /* outside of the limits above nothing is drawn */
    struct ratio max;        /* of every axis, at the rim; > 0 */
    const char *name;        /* what the values are, for the legend */
    const char *second_name; /* the other series; NULL: there is none */
    const char *unknown;     /* a short word for a value not known */
    unsigned decimals;
    enum lang lang;
};

struct picture chart_radar(const struct radar *radar);

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

/* A ring that is filled by a share, with the number inside. */
struct gauge {
    struct ratio value, max;
    unsigned decimals;
    const char *below;   /* under the number: "trên 100 điểm" */
    const char *unknown; /* in place of the number */
    enum lang lang;
};

struct picture chart_gauge(const struct gauge *gauge);

/* Steps of maturity with the one that was reached. */
struct level_step {
    const char *number; /* "0", "1" */
    const char *name;
    const char *detail; /* small, under the name; NULL: none */
};

struct level_scale {
    const struct level_step *steps;
    size_t count;     /* 1 to 12 */
    int current;      /* index of the step reached, -1: not known */
    const char *here; /* over that step: "Doanh nghiệp" */
};

struct picture chart_levels(const struct level_scale *scale);

#endif
