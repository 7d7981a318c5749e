#ifndef SRC_DRAW_CHART_PARTS_H
#define SRC_DRAW_CHART_PARTS_H

/* Shared by the files chart_*.c. */

#include "base/arena.h"
#include "draw/chart.h"
#include "draw/lines.h"

#define CHART_SIZE 9.0     /* of labels */
#define CHART_LEADING 13.0 /* 1.44 of it: stacked marks never touch */

/* The part of the whole, from 0 to 1; -1 if the value is not known. */
double chart_share(struct ratio value, struct ratio max);

/* A number as people read it, with all its decimals; `unknown` if it is not known. */
const char *chart_number(struct arena *arena, struct ratio value, unsigned decimals, enum lang lang,
                         const char *unknown);

/* Short lines for a label. */
struct lines chart_label(struct arena *arena, const char *text, enum face face, double size,
                         double width);

double chart_text_width(enum face face, double size, const char *text);

/* A text of at most a width, with an ellipsis where it had to be cut. */
void chart_text(struct canvas *canvas, struct point at, const struct lettering *lettering,
                const char *text, double width);

/* Marks of diagrams: of the last time, of the others (its tip), of a threshold (its top). */
void mark_before(struct canvas *canvas, struct point centre);
#define MEDIAN_HALF 4.6 /* of its width */
void mark_median(struct canvas *canvas, struct point tip, double half);
void mark_tick(struct canvas *canvas, struct point top, double height);

/* What stands before the words of a legend. */
enum legend_sign { LEGEND_THRESHOLD, LEGEND_PEER };

struct legend_entry {
    enum legend_sign sign;
    const char *text; /* NULL: no entry */
};

/* Entries side by side, in as many lines as they need. */
double legend_height(const struct legend_entry *entries, size_t count, double width);
void legend_draw(const struct legend_entry *entries, size_t count, struct canvas *canvas,
                 struct point at, double width);

/* The marks themselves, centred on a point. */
void mark_threshold(struct canvas *canvas, struct point at, double height);
void mark_peer(struct canvas *canvas, struct point at);

#endif
