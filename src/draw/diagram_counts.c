/* Counts as bars: how many things hang on an answer. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define NAMES_PART 0.56
#define BAR_PART 0.3 /* of the longest */
#define PITCH 18.0
#define BAR_HEIGHT 11.0

static double counts_height(const void *data, double width)
{
    const struct count_bars *bars = data;

    (void)width;
    return PITCH * (double)bars->count;
}

static void draw_bar(const struct count_bar *bar, size_t most, struct canvas *canvas, double y)
{
    const struct lettering name = {FACE_REGULAR, 9.2, COLOUR_INK, ANCHOR_START};
    const struct lettering count = {FACE_BOLD, 9.2, COLOUR_PEER, ANCHOR_START};
    const struct lettering note = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const double left = canvas->width * NAMES_PART;
    double width = canvas->width * BAR_PART * (double)bar->count / (double)most;
    double x = left + width + 5;

    chart_text(canvas, (struct point){0, y + 12}, &name, bar->name, left - 8);
    canvas_rect(canvas, (struct box){left, y + 2, fmax(width, 2), BAR_HEIGHT}, 0,
                &(struct paint){.fill = COLOUR_PEER});
    canvas_text(canvas, (struct point){x, y + 12}, &count, bar->words);
    x += chart_text_width(count.face, count.size, bar->words) + 8;
    if (bar->note)
        chart_text(canvas, (struct point){x, y + 12}, &note, bar->note, canvas->width - x);
}

static void counts_draw(const void *data, struct canvas *canvas)
{
    const struct count_bars *bars = data;
    size_t most = 1;

    for (size_t i = 0; i < bars->count; i++)
        most = bars->items[i].count > most ? bars->items[i].count : most;
    for (size_t i = 0; i < bars->count; i++)
        draw_bar(&bars->items[i], most, canvas, PITCH * (double)i);
}

struct picture diagram_counts(const struct count_bars *bars)
{
    return (struct picture){counts_height, counts_draw, bars};
}
