#ifndef DRAW_SHAPE_H
#define DRAW_SHAPE_H

#include <stdbool.h>

#include "draw/font.h"
#include "draw/palette.h"

/*
 * What drawings are made of. Lengths are points (1/72 inch; one user unit in SVG); x grows to the
 * right, y grows downwards, as on a screen. Doubles draw pictures here, they decide nothing.
 */
struct point {
    double x, y;
};

struct box {
    double x, y, width, height;
};

enum step_kind { STEP_MOVE, STEP_LINE, STEP_CURVE, STEP_CLOSE };

/* A piece of a path; curves are cubic Bézier. */
struct path_step {
    enum step_kind kind;
    struct point to;
    struct point c1, c2; /* STEP_CURVE only */
};

/* How a path is painted: its area, its line, or both. */
struct paint {
    enum colour fill, line; /* COLOUR_NONE: not */
    double width;           /* of the line */
    bool is_dashed;
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

/* How a text is set; its point lies on the base line, at the anchor. */
struct lettering {
    enum face face;
    double size;
    enum colour colour;
    enum anchor anchor;
};

#endif
