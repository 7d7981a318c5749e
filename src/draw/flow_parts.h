#ifndef SRC_DRAW_FLOW_PARTS_H
#define SRC_DRAW_FLOW_PARTS_H

/*
 * Shared by the files flow*.c. Blocks (what the caller added) are measured into stacks of pieces
 * (what no page break can part: lines, rows, pictures); the breaks are chosen between pieces; then
 * the pieces are drawn page by page.
 */

#include "draw/flow.h"

#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89

/* Where things lie on a page, from its upper edge. */
struct flow_page {
    double margin;         /* left and right */
    double top, bottom;    /* of the body */
    double foot;           /* the lowest that the body may reach where no band stands below */
    double header, footer; /* base lines */
    double footer_rule;    /* the line over the footer */
    bool has_header_rule;
    double gap; /* between columns */
};

/* What a page break behind a piece costs; a page costs 1000 (see flow_pages.c). */
#define HOLD_FORCED (-1e9) /* there must be one */
#define HOLD_CHAPTER (-60) /* a good place: a chapter follows */
#define HOLD_JOINED (-400) /* the same, where only a page that is saved makes it go on */
#define HOLD_PICTURE 1 /* what follows could have begun below it */
#define HOLD_ROW 15
#define HOLD_LINE 40
#define HOLD_SLICE 300 /* inside a row or behind a colon */
#define HOLD_BOX 5000  /* inside a box: only if it is longer than a page */
#define HOLD_NEVER 1e7

/* How a text is set. */
struct type {
    enum face face;
    double size, leading;
    enum colour colour;
    double before, after; /* space to other blocks */
};

enum block_kind {
    BLOCK_COVER,
    BLOCK_HEADING,
    BLOCK_TEXT,
    BLOCK_ITEM,
    BLOCK_PAIRS,
    BLOCK_TABLE,
    BLOCK_BOX,
    BLOCK_COLUMNS,
    BLOCK_COLUMN, /* one of BLOCK_COLUMNS */
    BLOCK_PICTURE,
    BLOCK_CONTENTS,
    BLOCK_BREAK,
    BLOCK_CHAPTER,
    BLOCK_FILL,
    BLOCK_RULE
};

struct block {
    enum block_kind kind;
    struct block *next, *parent;
    struct block *first, **end; /* children */
    void *data;                 /* by kind: struct flow_cover, run[], table, ... */
    size_t count;               /* of data */
    const char *text;           /* of a heading; what a picture shows; marker of an item */
    enum flow_style style;
    int level;        /* of a heading or contents */
    double weight;    /* of a column; width of a picture */
    unsigned columns; /* of pairs */
    unsigned anchor;
    bool starts_list;
    bool keeps_next;
    bool is_dashed; /* of a rule */
    bool may_join;  /* of a chapter */
    double stretch; /* of a picture, or of each row of a table */
    bool is_placed; /* it has a piece */
    struct pdf_element *element;
    size_t page; /* where it lies, known before anything is drawn */
    double y;
};

struct piece;

/* Something around pieces that is drawn on every page that they reach: box, table. */
struct frame {
    struct frame *parent;
    struct block *block;
    void *data;
    double x, width;
    double resume;      /* height of what is repeated on top where it goes on */
    double bottom;      /* space below where it is interrupted */
    size_t first, last; /* pieces of its stack */
    void (*draw_ground)(struct flow *flow, const struct frame *frame, double top, double bottom);
    void (*draw_resume)(struct flow *flow, const struct frame *frame, double y);
    double from, to; /* where it lies on the page being drawn */
    bool is_drawn;
};

struct stack {
    struct piece *items;
    size_t count, cap;
};

struct piece {
    struct block *block; /* whose first piece this is, else NULL */
    struct frame *frame; /* innermost one, or NULL */
    double x, width, height;
    double gap;  /* above, unless it comes first on a page */
    double hold; /* cost of a page break behind it */
    void (*draw)(struct flow *flow, const struct piece *piece, double y); /* NULL: nothing */
    struct block *owner;
    const void *data; /* for draw */
    size_t index;
    double stretch;             /* how much higher it may be drawn */
    bool is_filling;            /* goes down to the foot of its page */
    const struct stack *stacks; /* side by side inside it */
    size_t stack_count;
    double y; /* on its page */
};

/* Where blocks are being measured to. */
struct place {
    struct flow *flow;
    struct stack *stack;
    struct frame *frame;
    double x, width;
    double after;  /* space that the block before wants below it */
    double gap;    /* above the next piece */
    double indent; /* of the list that is being measured */
    bool fills;    /* the next piece goes down to the foot */
    bool is_first; /* of its container */
};

struct chapter {
    const char *name;
    struct block *block;
    const struct run *band; /* NULL: none */
    size_t band_count;
};

struct flow {
    struct arena *arena;
    struct flow_setup setup;
    const struct flow_page *place;
    struct chapter chapters[FLOW_CHAPTERS_MAX];
    size_t chapter_count;
    struct block root;
    struct block *open;           /* the container that blocks are added to */
    struct block *last;           /* added */
    unsigned anchors;             /* handed out */
    struct block **anchor_blocks; /* by number */
    struct table *table;          /* being filled */
    struct pdf *pdf;              /* while drawing */
    struct canvas canvas;         /* the whole page */
    struct pdf_element *list;     /* that items go into */
    size_t page, pages;
};

/* ---- flow_pages.c ---- */

/* Chooses where pages of a height end: ends[i] is the first piece behind page i. The result is the
 * number of pages, at least 1. */
size_t pages_break(struct arena *arena, struct stack *stack, double height, size_t **ends);

/* Sum over the frames that a break behind a piece interrupts. */
double frames_bottom(const struct stack *stack, size_t piece);
double frames_resume(const struct stack *stack, size_t piece);

/* ---- flow_measure.c ---- */

/* Adds a piece; its gap is that to the block before if it is the block's first one. */
struct piece *place_piece(struct place *place, struct block *block, double height);
/* To be called before and behind the pieces of a block. */
void place_begin(struct place *place, double before);
void place_end(struct place *place, double after);

/* Measures all blocks of a container. */
void measure_blocks(struct place *place, struct block *first);

/* Height of a stack that no page break touches. */
double stack_height(const struct stack *stack);

void measure_table(struct place *place, struct block *block);
void measure_box(struct place *place, struct block *block);
void measure_columns(struct place *place, struct block *block);
void measure_picture(struct place *place, struct block *block);
void measure_cover(struct place *place, struct block *block);
void measure_text(struct place *place, struct block *block);
void measure_heading(struct place *place, struct block *block);
void measure_item(struct place *place, struct block *block);
void measure_pairs(struct place *place, struct block *block);
void measure_contents(struct place *place, struct block *block);
void measure_rule(struct place *place, struct block *block);

/* ---- flow_chapters.c ---- */

/* The width of the body, and its height. */
double flow_width(const struct flow *flow);
double flow_height(const struct flow *flow);

/* Moves what fills a page down to its foot; before anything is placed. */
void chapters_fill(struct flow *flow, struct stack *stack, const size_t *ends);

/* The foot of the page being drawn: the band, and the names of the chapters as links. */
void chapters_draw(struct flow *flow);

/* ---- flow_text.c ---- */

/* Lines of runs in a type. */
struct lines type_lines(struct flow *flow, const struct run *runs, size_t count,
                        const struct type *type, double width, enum lines_mode mode);
struct lines type_lines_text(struct flow *flow, const char *text, const struct type *type,
                             double width, enum lines_mode mode);

/* Where the base line lies in a line of a type. */
double type_base(const struct type *type);

/* Draws a line as part of an element (NULL: of none), with its links. */
void flow_draw_line(struct flow *flow, const struct line *line, struct point at,
                    const struct lettering *lettering, struct pdf_element *element);

/* ---- flow_draw.c ---- */

/* The element of a container that elements of its blocks go into. */
struct pdf_element *flow_parent(struct flow *flow, const struct block *block);

/* The element of a block, made when it is asked for first. */
struct pdf_element *flow_element(struct flow *flow, struct block *block, enum pdf_tag tag);

/* Draws pieces from `from` to before `to`, downwards from y. */
void flow_draw_stack(struct flow *flow, const struct stack *stack, size_t from, size_t to,
                     double y);

/* A text that is cut to a width, with an ellipsis if it has to be. */
void flow_draw_cut(struct flow *flow, struct point at, const struct lettering *lettering,
                   const char *text, double width);

/* The line that says that a table or box goes on; a title that is too long is cut. */
#define CONTINUED_HEIGHT 16.0
void flow_draw_continued(struct flow *flow, struct point at, const char *title, double width);

#endif
