#ifndef DRAW_DIAGRAM_H
#define DRAW_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ratio.h"
#include "draw/canvas.h"

/*
 * The pictures of the report: each answers one question of its reader, to scale. As for charts
 * (draw/chart.h) everything is given, words in one language and values exact; RATIO_NONE and NULL
 * draw nothing; nothing is told by colour alone; words that are longer than their room are cut with
 * an ellipsis. The marks are the same in all of them: filled is the reader's own, a hollow circle
 * the last time, a triangle from below the median of the others, a dark tick a threshold, dashed
 * what is planned.
 */

/* ---- the levels, to scale ---- */

struct ladder_step {
    const char *number, *name;
    struct ratio from;      /* where it begins */
    const char *from_words; /* "128" */
};

struct ladder_mark {
    struct ratio at;
    const char *words; /* NULL: no mark */
};

#define LADDER_STEPS_MAX 20

struct ladder {
    const struct ladder_step *steps;
    size_t count; /* 1 to LADDER_STEPS_MAX, by rising `from` */
    struct ratio max;
    const char *max_words; /* "320 points" */
    int current, planned;  /* indexes, -1: none */
    struct ladder_mark now, before, plan, peers;
    double rise; /* of a step over the one before, in points */
    /* For a part of a screen: small letters, no names of levels, the present mark beside its words,
       the plan at the edge of its step. Narrow ones rise less. `before` is not drawn. */
    bool is_small;
};

struct picture diagram_ladder(const struct ladder *ladder);

/* ---- the dimensions as bars over the zones of the levels ---- */

struct pillar {
    const char *name;
    struct ratio value, before, peers, threshold; /* percent */
    const char *value_words, *change_words;       /* at the right; the second may be NULL */
    const char *remark;                           /* under the bar; NULL: none */
};

struct pillar_zone {
    struct ratio from; /* percent */
    const char *words;
    bool is_current;
};

struct pillars {
    const struct pillar *items;
    size_t count;
    const struct pillar_zone *zones; /* over the bars; by rising `from` */
    size_t zone_count;
    double pitch;  /* from one bar to the next, in points */
    bool is_small; /* names left of the bars, no zones and no remarks */
    /* The legend: what the marks are; NULL: left out. */
    const char *own_words, *before_words, *peers_words, *threshold_words;
};

struct picture diagram_pillars(const struct pillars *pillars);

/* ---- the answers of one dimension as squares ---- */

struct square {
    const char *id, *points; /* "1.1.2", "2" */
    int shade;         /* 0 to SQUARE_SHADES - 1: none of the points to all; -1: not counted */
    unsigned units;    /* squares that it is wide, 1 to 5 */
    const char *badge; /* of the work that raises it; NULL: none does */
};

#define SQUARE_SHADES 6

struct squares {
    const char *name, *sum; /* at the left: "27/65 points" */
    const struct square *items;
    size_t count;
    const char *remarks[2]; /* under them; NULL: none */
};

struct picture diagram_squares(const struct squares *squares);

/* What the shades and the badges mean. */
struct squares_legend {
    const char *title, *shades[SQUARE_SHADES];
    const char *badge; /* NULL: there are none */
};

struct picture diagram_squares_legend(const struct squares_legend *legend);

/* ---- work by effort and gain ---- */

struct effort_dot {
    const char *number, *name;
    struct ratio effort, gain;
    bool is_paid; /* filled */
};

#define EFFORT_DOTS_MAX 20

struct efforts {
    const struct effort_dot *items;
    size_t count;           /* at most EFFORT_DOTS_MAX */
    const char *corners[4]; /* little effort much gain, much much, little little, much little */
    const char *across, *up;
};

struct picture diagram_efforts(const struct efforts *efforts);

/* ---- a plan by months, under the curve of points ---- */

struct month_row {
    const char *name;
    int first, months; /* from 1 */
    bool is_money;     /* an application */
    const char *note;  /* behind the bar; NULL: none */
};

struct month_gain {
    int month; /* at whose end */
    struct ratio value;
    const char *words; /* NULL: only drawn */
};

struct month_mark {
    int month;
    const char *words;
};

#define MONTHS_MAX 120
#define MONTH_ROWS_MAX 24

struct months {
    const char *title;        /* of the row of months */
    const char *const *names; /* of the months: "12", "1" */
    const char *const *years; /* over them, NULL where the year goes on */
    int count;                /* 1 to MONTHS_MAX */
    const struct month_row *rows;
    size_t row_count;
    const struct month_gain *gains; /* by month; none: no curve */
    size_t gain_count;
    struct ratio start, threshold;
    const char *start_words, *threshold_words;
    const struct month_mark *marks; /* under the rows */
    size_t mark_count;
};

struct picture diagram_months(const struct months *months);
/* How much higher than it asks for it may well be drawn, in points. */
double diagram_months_stretch(const struct months *months);

/* ---- spending, and the part that is paid ---- */

struct spend {
    const char *name;
    struct ratio total, paid;
    const char *total_words, *paid_words;
    bool is_sum;
};

struct spends {
    const struct spend *items;
    size_t count;
    size_t least; /* so many at least, in any case; the others where its canvas is higher */
    const char *paid_words, *own_words; /* of the legend */
};

struct picture diagram_spends(const struct spends *spends);
/* What all of them take more than the least, in points. */
double diagram_spends_stretch(const struct spends *spends);

/* ---- which paper goes with which application ---- */

struct paper_column {
    const char *number;
    const char *name; /* NULL: the number only */
    bool is_marked;
};

struct paper_row {
    const char *name;
    uint64_t columns; /* a bit for each column that it goes with */
};

#define PAPER_COLUMNS_MAX 16

struct papers_matrix {
    const struct paper_column *columns;
    size_t column_count; /* at most PAPER_COLUMNS_MAX */
    const struct paper_row *rows;
    size_t row_count;
    const char *sum_words; /* before the counts of the columns */
};

struct picture diagram_papers(const struct papers_matrix *papers);

/* ---- counts as bars ---- */

struct count_bar {
    const char *name;
    size_t count;
    const char *words,
        *note; /* behind the bar: the count, and what it stands for (NULL: nothing) */
};

struct count_bars {
    const struct count_bar *items;
    size_t count;
};

struct picture diagram_counts(const struct count_bars *bars);

/* ---- where the points come from ---- */

struct segment {
    const char *name;
    struct ratio value, max;
    const char *value_words, *max_words;
};

struct segments {
    const struct segment *items;
    size_t count;
};

struct picture diagram_segments(const struct segments *segments);

/* ---- the two conditions of each level ---- */

struct gate {
    const char *level;
    struct ratio value, bound, max; /* bound RATIO_NONE: no such condition */
    const char *bound_words;
    size_t have, at_least, of; /* dimensions; at_least 0: no such condition */
    const char *at_least_words;
    bool is_passed, is_current;
};

struct gates {
    const struct gate *items; /* the highest level first */
    size_t count;
    const char *first_words, *second_words; /* over the columns; the second NULL: left out */
    const char *not_yet;
};

struct picture diagram_gates(const struct gates *gates);

/* ---- a few numbers ---- */

struct figure {
    const char *number, *unit;
    const char *words; /* below, in as many lines as it takes */
};

struct figures {
    const struct figure *items;
    size_t count; /* 1 to 4, side by side */
};

struct picture diagram_figures(const struct figures *figures);

#endif
