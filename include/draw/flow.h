#ifndef DRAW_FLOW_H
#define DRAW_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "draw/lines.h"
#include "draw/pdf.h"

/*
 * A report as a row of blocks that fill A4 pages. The caller adds blocks; flow_finish() measures
 * them, chooses the page breaks for the whole document at once, and draws it:
 *
 *   flow = flow_new(&arena, &setup);
 *   flow_heading(flow, 1, "Tổng quan");
 *   flow_text(flow, FLOW_BODY, "...");
 *   status = flow_finish(flow, &out, &err);
 *
 * Headings stay with what follows and enter the outline; no paragraph leaves a single line behind;
 * cards that fit on a page are never cut; tables repeat their header. Texts may have any length: a
 * row, card or word that is longer than its room is continued, never lost or cut off.
 *
 * Everything is in one language and NFC; structures and arrays are copied, texts and what
 * pictures point to are borrowed until flow_finish().
 */
struct flow;

struct flow_setup {
    struct pdf_info info;
    const char *header_left, *header_right; /* on every page but that of a cover; may be NULL */
    const char *header_first;               /* on the first page, in place of the left one */
    const char *footer;                     /* left of the page number; may be NULL */
    const char *footer_right;               /* in place of the page number; may be NULL */
    struct word_pairs pairs;                /* see lines.h */
    bool is_compact; /* a report: smaller types, narrower margins, no rules */
};

struct flow *flow_new(struct arena *arena, const struct flow_setup *setup);

/* Lays everything out and appends the document to `out`. Errors: see pdf_finish(). */
MUST_USE enum status flow_finish(struct flow *flow, struct buf *out, struct err *err);

/* How many pages the finished document has. */
size_t flow_page_count(const struct flow *flow);

/* The first block of a document that has a cover: a band in the colour of titles. */
struct flow_cover {
    const char *kicker; /* over the title; may be NULL */
    const char *title;
    const char *subtitle; /* may be NULL */
};

void flow_cover(struct flow *flow, const struct flow_cover *cover);

/* Levels 1 to 3. */
void flow_heading(struct flow *flow, int level, const char *text);

enum flow_style {
    FLOW_BODY,
    FLOW_LEAD,      /* larger: the sentence that says it all */
    FLOW_STRONG,    /* a line in bold */
    FLOW_SMALL,     /* under tables and charts */
    FLOW_NOTE,      /* small and in italics */
    FLOW_CENTRED,   /* body, in the middle: under a picture beside others */
    FLOW_KICKER,    /* small, over a heading: the question that it answers */
    FLOW_STATEMENT, /* the finding in a sentence, under a name */
    FLOW_NAME,      /* of the enterprise, on the first page */
    FLOW_STYLE__MAX
};

void flow_text(struct flow *flow, enum flow_style style, const char *text);
void flow_runs(struct flow *flow, enum flow_style style, const struct run *runs, size_t count);

/* The text that was added last stays with what follows it, as headings do. */
void flow_keep(struct flow *flow);

/* An item of a list. `marker` is "1." or the like; NULL gives a bullet. */
void flow_item(struct flow *flow, const char *marker, const char *text);
void flow_item_runs(struct flow *flow, const char *marker, const struct run *runs, size_t count);

/* Labels and values. In one column the label stands left of its value, in more above it. */
struct flow_pair {
    const char *label, *value;
    const char *uri; /* where the value leads; NULL: nowhere */
};

void flow_pairs(struct flow *flow, const struct flow_pair *pairs, size_t count, unsigned columns);

/* Tables. Columns share the width by weight; none is narrower than its minimum or its longest word
 * if there is room. */
#define FLOW_COLUMNS_MAX 16

struct flow_column {
    const char *title;
    double weight;  /* > 0 */
    double minimum; /* in points; 0: none */
    bool is_number; /* to the right */
};

struct flow_table {
    const char *title; /* over the table, repeated where it goes on; NULL: none */
    const struct flow_column *columns;
    size_t count; /* at most FLOW_COLUMNS_MAX */
    bool is_open; /* nothing but lines: no ground under the header either */
};

struct flow_cell {
    const char *text; /* NULL: `runs` hold the text, or the cell is empty */
    const struct run *runs;
    size_t run_count;
    unsigned span;      /* columns that it takes; 0 is 1 */
    enum sign sign;     /* in front of the text */
    enum colour colour; /* of the sign */
};

enum flow_row { ROW_PLAIN, ROW_GROUP /* a heading inside the table */, ROW_TOTAL };

void flow_table_begin(struct flow *flow, const struct flow_table *table);
void flow_row(struct flow *flow, enum flow_row kind, const struct flow_cell *cells, size_t count);
void flow_table_end(struct flow *flow);

/* Boxes hold other blocks, boxes too: cards (policies, actions) and callouts. */
enum flow_tone { TONE_PLAIN, TONE_INFO, TONE_GOOD, TONE_WARN, TONE_BAD, TONE__MAX };

struct flow_box {
    enum flow_tone tone;
    const char *title; /* NULL: none */
    enum sign sign;    /* in front of the title */
    const char *badge; /* at the right of the title, for example a verdict; NULL: none */
    unsigned anchor;   /* see below; 0: none */
};

void flow_box_begin(struct flow *flow, const struct flow_box *box);
void flow_box_end(struct flow *flow);

/* Blocks side by side, kept on one page; what is higher than a page is set one below the other. */
void flow_columns_begin(struct flow *flow, const double *weights, size_t count);
void flow_columns_next(struct flow *flow);
void flow_columns_end(struct flow *flow);

/* A chart; `alt` says in words what it shows. `width` 0: as wide as there is room. */
void flow_picture(struct flow *flow, struct picture picture, double width, const char *alt);

/* A list of the headings down to a level, with their pages. */
void flow_contents(struct flow *flow, int level);

/* What follows begins on a new page. */
void flow_page_break(struct flow *flow);

/*
 * What follows begins on a new page, and is a chapter: the names of all chapters stand at the foot
 * of every page, as links, in place of `footer` and page number, if there are two or more.
 */
#define FLOW_CHAPTERS_MAX 12
void flow_chapter(struct flow *flow, const char *name);

/* The chapter that was begun last may go on where the one before it ends, if that saves a page. */
void flow_join(struct flow *flow);

/* The band at the foot of the last page of the chapter: what to do next. One line; what is longer
 * is set in two. Where another chapter goes on below, the band is that one's. */
void flow_next_step(struct flow *flow, const struct run *runs, size_t count);

/* What is added next goes down to the foot of its page. */
void flow_fill(struct flow *flow);

/* Where a page has room to spare, the picture added last grows by up to so many points (its canvas
 * is higher than picture.height asked for), or each row of the table that is being filled. Pictures
 * grow first; those of a page share its room, and then the rows do. */
void flow_stretch(struct flow *flow, double most);

/* A line across, in the colour of what is the reader's own; dashed: what is planned. */
void flow_rule(struct flow *flow, bool is_dashed);

/* A place that runs can lead to (run.anchor): get a number first, then give it to the box where
 * readers shall arrive. */
unsigned flow_anchor(struct flow *flow);

#endif
