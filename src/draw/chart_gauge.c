#include "chart_parts.h"

#include <math.h>

#define GAUGE_SIZE_MAX 170.0

static double gauge_size(double width)
{
    return fmin(width, GAUGE_SIZE_MAX);
}

static double gauge_height(const void *data, double width)
{
    (void)data;
    return gauge_size(width);
}

static void draw_ring(const struct gauge *gauge, struct canvas *canvas, struct point centre,
                      double size)
{
    const double width = size * 0.085, radius = size / 2 - width / 2 - 1;
    const struct paint track = {.line = COLOUR_TRACK, .width = width};
    const struct paint edge = {.line = COLOUR_AXIS, .width = 0.6};
    const struct paint edge_unknown = {.line = COLOUR_AXIS, .width = 0.8, .is_dashed = true};
    const struct paint value = {.line = COLOUR_ACCENT, .width = width};
    double share = chart_share(gauge->value, gauge->max);
    const struct paint *outline = share < 0 ? &edge_unknown : &edge;

    canvas_circle(canvas, centre, radius, &track);
    canvas_circle(canvas, centre, radius + width / 2, outline);
    canvas_circle(canvas, centre, radius - width / 2, outline);
    canvas_arc(canvas, centre, radius, 0, share, &value);
}

static void gauge_draw(const void *data, struct canvas *canvas)
{
    const struct gauge *gauge = data;
    const double size = gauge_size(canvas->width);
    const struct point centre = {canvas->width / 2, size / 2};
    const struct lettering small = {FACE_REGULAR, size * 0.062, COLOUR_MUTED, ANCHOR_MIDDLE};
    struct lettering big = {FACE_BOLD, size * 0.22, COLOUR_TITLE, ANCHOR_MIDDLE};
    struct arena arena;
    struct lines below;
    const char *number;
    double length;

    arena_init(&arena);
    draw_ring(gauge, canvas, centre, size);
    number = chart_number(&arena, gauge->value, gauge->decimals, gauge->lang, gauge->unknown);
    if (!ratio_is_valid(gauge->value))
        big.size = size * 0.11;
    length = chart_text_width(big.face, big.size, number);
    if (length > size * 0.66)
        big.size *= size * 0.66 / length;
    below = chart_label(&arena, gauge->below, small.face, small.size, size * 0.6);
    canvas_text(canvas, (struct point){centre.x, centre.y + size * 0.045}, &big, number);
    lines_draw(&below, canvas, (struct point){centre.x, centre.y + size * 0.155}, small.size * 1.44,
               &small);
    arena_free(&arena);
}

struct picture chart_gauge(const struct gauge *gauge)
{
    return (struct picture){gauge_height, gauge_draw, gauge};
}
