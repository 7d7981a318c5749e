#ifndef DRAW_PALETTE_H
#define DRAW_PALETTE_H

#include <stdint.h>

/*
 * Colours by what they are for. Text keeps 4.5:1 against the grounds it stands on, and lines and
 * marks that carry meaning 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); tests/unit/test_report_font.c holds
 * the pairs. Nothing is ever told by colour alone.
 */
enum colour {
    COLOUR_NONE,   /* not painted */
    COLOUR_PAPER,  /* white: the page, and text on strong grounds */
    COLOUR_INK,    /* text */
    COLOUR_MUTED,  /* smaller text beside it */
    COLOUR_TITLE,  /* headings; ground of table headers and the cover */
    COLOUR_SOFT,   /* text of second rank on COLOUR_TITLE */
    COLOUR_COVER,  /* stripes on COLOUR_TITLE: decoration */
    COLOUR_ACCENT, /* own values in charts, bars beside headings */
    COLOUR_PEER,   /* a second series */
    COLOUR_LINK,
    COLOUR_AXIS,    /* lines and outlines that must be seen */
    COLOUR_GRID,    /* fine lines: decoration */
    COLOUR_TRACK,   /* ground of bars and rings */
    COLOUR_PANEL,   /* ground of cards, zebra rows */
    COLOUR_PALE,    /* what was reached before: steps, marked columns; few of the points */
    COLOUR_SHADE_2, /* more and more of the points of an answer */
    COLOUR_SHADE_3,
    COLOUR_SHADE_4, /* from here on text on it is white */
    COLOUR_SHADE_5,
    COLOUR_GOOD, /* strong and pale pairs for states */
    COLOUR_GOOD_PALE,
    COLOUR_WARN,
    COLOUR_WARN_PALE,
    COLOUR_BAD,
    COLOUR_BAD_PALE,
    COLOUR_INFO,
    COLOUR_INFO_PALE,
    COLOUR__MAX
};

/* 0xRRGGBB; COLOUR_NONE gives white. */
uint32_t colour_rgb(enum colour colour);

#endif
