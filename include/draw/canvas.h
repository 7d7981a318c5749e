#ifndef DRAW_CANVAS_H
#define DRAW_CANVAS_H

#include <stddef.h>

#include "base/buf.h"
#include "draw/pdf.h"
#include "draw/shape.h"

/*
 * A surface to draw on. Charts are drawn once, on a canvas, and come out as SVG for pages and as
 * PDF for reports: the same picture. The origin is the upper left corner.
 */
struct canvas_backend {
    void (*path)(void *to, const struct path_step *steps, size_t count, const struct paint *paint);
    void (*text)(void *to, struct point at, const struct lettering *lettering, const char *text,
                 size_t len);
    /* Keeps room that is filled in later, see stamp.h; NULL: what it makes is never stamped. */
    void (*stamp)(void *to, struct box box);
};

struct canvas {
    const struct canvas_backend *backend;
    void *to;
    struct point origin; /* added to every place */
    double width, height;
};

/* Steps that one path may have; longer ones are cut. */
#define CANVAS_STEPS_MAX 128

/* What an SVG says to those who do not see it. */
struct svg_words {
    const char *id; /* unique in its page: prefix of the ids of both texts */
    const char *title, *description;
};

/* Starts an SVG element of a size, appended to `out`; canvas_svg_end() closes it. Texts are
 * escaped, and nothing needs a style attribute (pages forbid them). */
void canvas_svg_begin(struct canvas *canvas, struct buf *out, double width, double height,
                      const struct svg_words *words);
void canvas_svg_end(struct canvas *canvas);

/* A part of the page of a PDF that is selected. */
void canvas_pdf_init(struct canvas *canvas, struct pdf *pdf, struct box box);

void canvas_path(struct canvas *canvas, const struct path_step *steps, size_t count,
                 const struct paint *paint);
void canvas_line(struct canvas *canvas, struct point from, struct point to,
                 const struct paint *paint);
/* Through all points; closed: back to the first one. */
void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, bool is_closed,
                    const struct paint *paint);
void canvas_rect(struct canvas *canvas, struct box box, double radius, const struct paint *paint);
void canvas_circle(struct canvas *canvas, struct point centre, double radius,
                   const struct paint *paint);

void canvas_text(struct canvas *canvas, struct point at, const struct lettering *lettering,
                 const char *text);
void canvas_text_part(struct canvas *canvas, struct point at, const struct lettering *lettering,
                      const char *text, size_t len);

/* The square picture of a document's stamp; blank until it is filled in (see stamp.h). */
void canvas_stamp(struct canvas *canvas, struct box box);

/* Signs that say in shape what colour says too; Roboto has no such characters. */
enum sign {
    SIGN_NONE,
    SIGN_YES,
    SIGN_NO,
    SIGN_ALMOST,
    SIGN_UNKNOWN,
    SIGN_INFO,
    SIGN_WARN,
    SIGN_BOX, /* an empty box, to be ticked with a pen */
    SIGN__MAX
};

/* A sign in a disc of a colour, centred on a point. */
void canvas_sign(struct canvas *canvas, enum sign sign, struct point centre, double size,
                 enum colour colour);

/* Something that can be drawn at any width, for example a chart (see report/chart.h). */
struct picture {
    double (*height)(const void *data, double width);
    void (*draw)(const void *data, struct canvas *canvas);
    const void *data; /* borrowed */
};

/* Appends a picture as an SVG element. */
void picture_svg(const struct picture *picture, double width, const struct svg_words *words,
                 struct buf *out);

#endif
