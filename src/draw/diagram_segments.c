/* Where the points come from: one bar, a segment for each dimension, as long as what it may bring.
 */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define NAME_SIZE 8.2
#define SMALL_NAME_SIZE 7.2 /* where it is too wide */
#define BAR_TOP 14.0
#define BAR_HEIGHT 26.0
#define GAP 2.0

static double segments_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return BAR_TOP + BAR_HEIGHT + 3;
}

static void draw_segment(const struct segment *segment, struct canvas *canvas, double x,
                         double width)
{
    const bool fits = chart_text_width(FACE_REGULAR, NAME_SIZE, segment->name) <= width;
    const struct lettering name = {FACE_REGULAR, fits ? NAME_SIZE : SMALL_NAME_SIZE, COLOUR_MUTED,
                                   ANCHOR_START};
    const struct lettering value = {FACE_BOLD, 9, COLOUR_PAPER, ANCHOR_START};
    const struct lettering max = {FACE_REGULAR, 8.2, COLOUR_MUTED, ANCHOR_END};
    double own = fmax(chart_share(segment->value, segment->max), 0) * width;
    double base = BAR_TOP + BAR_HEIGHT / 2 + 3.2;
    double value_width = chart_text_width(value.face, value.size, segment->value_words);

    if (width > NAME_SIZE)
        chart_text(canvas, (struct point){x, BAR_TOP - 5}, &name, segment->name, width);
    canvas_rect(canvas, (struct box){x, BAR_TOP, width, BAR_HEIGHT}, 0,
                &(struct paint){.fill = COLOUR_TRACK});
    if (own > 0)
        canvas_rect(canvas, (struct box){x, BAR_TOP, own, BAR_HEIGHT}, 0,
                    &(struct paint){.fill = COLOUR_ACCENT});
    if (value_width + 6 <= own)
        canvas_text(canvas, (struct point){x + 4, base}, &value, segment->value_words);
    if (chart_text_width(max.face, max.size, segment->max_words) + 5 <= width - own)
        canvas_text(canvas, (struct point){x + width - 3, base}, &max, segment->max_words);
}

static void segments_draw(const void *data, struct canvas *canvas)
{
    const struct segments *s = data;
    double sum = 0, room = canvas->width - GAP * ((double)s->count - 1), x = 0;

    for (size_t i = 0; i < s->count; i++)
        sum += fmax(ratio_approximate(s->items[i].max), 0);
    for (size_t i = 0; i < s->count && sum > 0; i++) {
        double width = room * fmax(ratio_approximate(s->items[i].max), 0) / sum;

        draw_segment(&s->items[i], canvas, x, width);
        x += width + GAP;
    }
}

struct picture diagram_segments(const struct segments *segments)
{
    return (struct picture){segments_height, segments_draw, segments};
}
