/* The two conditions of each level: points, and dimensions that are at it. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define PITCH 29.0
#define HEAD 16.0
#define BAR_HEIGHT 14.0
#define LEVEL_PART 0.185
#define BAR_PART 0.28
#define SECOND_PART 0.6
#define BOX 14.0
#define BOX_PITCH 17.0
#define BOXES_MAX 8 /* more dimensions are told by words alone */

static double gates_height(const void *data, double width)
{
    const struct gates *gates = data;

    (void)width;
    return HEAD + PITCH * (double)gates->count;
}

static void draw_first(const struct gate *gate, struct canvas *canvas, double y)
{
    const struct lettering words = {FACE_REGULAR, 9, COLOUR_INK, ANCHOR_START};
    const double left = canvas->width * LEVEL_PART, width = canvas->width * BAR_PART;
    struct box bar = {left, y + (PITCH - BAR_HEIGHT) / 2, width, BAR_HEIGHT};
    double value = fmax(chart_share(gate->value, gate->max), 0);
    double bound = chart_share(gate->bound, gate->max);

    if (bound < 0)
        return;
    canvas_rect(canvas, bar, 0, &(struct paint){.fill = COLOUR_TRACK});
    canvas_rect(canvas, (struct box){left, bar.y, width * value, BAR_HEIGHT}, 0,
                &(struct paint){.fill = gate->is_passed ? COLOUR_ACCENT : COLOUR_SHADE_2});
    mark_tick(canvas, (struct point){left + width * bound, bar.y - 3}, BAR_HEIGHT + 6);
    chart_text(canvas, (struct point){left + width + 6, y + PITCH / 2 + 3.2}, &words,
               gate->bound_words, canvas->width * (SECOND_PART - BAR_PART - LEVEL_PART) - 8);
}

static void draw_boxes(const struct gate *gate, struct canvas *canvas, double x, double y)
{
    for (size_t i = 0; i < gate->of && i < BOXES_MAX; i++) {
        const bool is_needed = i < gate->at_least;

        canvas_rect(canvas, (struct box){x + BOX_PITCH * (double)i, y, BOX, BOX}, 0,
                    &(struct paint){.fill = i < gate->have ? COLOUR_ACCENT : COLOUR_PAPER,
                                    .line = is_needed ? COLOUR_TITLE : COLOUR_GRID,
                                    .width = is_needed ? 1.2 : 0.9});
    }
}

static void draw_second(const struct gate *gate, struct canvas *canvas, double y)
{
    const struct lettering words = {FACE_REGULAR, 9, COLOUR_INK, ANCHOR_START};
    double x = canvas->width * SECOND_PART, boxes = 0;

    if (!gate->at_least)
        return;
    if (gate->of <= BOXES_MAX) {
        boxes = BOX_PITCH * (double)gate->of + 5;
        draw_boxes(gate, canvas, x, y + (PITCH - BOX) / 2);
    }
    chart_text(canvas, (struct point){x + boxes, y + PITCH / 2 + 3.2}, &words, gate->at_least_words,
               canvas->width - x - boxes - 32);
}

static void draw_tick(struct canvas *canvas, double y)
{
    const double x = canvas->width - 10;
    const struct point tick[] = {{x - 3, y}, {x + 0.5, y + 3.5}, {x + 7, y - 4}};

    canvas_polygon(canvas, tick, 3, false, &(struct paint){.line = COLOUR_ACCENT, .width = 1.8});
}

static void draw_gate(const struct gates *gates, const struct gate *gate, struct canvas *canvas,
                      double y)
{
    const struct lettering level = {gate->is_current ? FACE_BOLD : FACE_REGULAR, 9.5,
                                    gate->is_current ? COLOUR_TITLE : COLOUR_INK, ANCHOR_START};
    const struct lettering not_yet = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_END};

    if (gate->is_current)
        canvas_rect(canvas, (struct box){0, y + 2, canvas->width, PITCH - 4}, 0,
                    &(struct paint){.fill = COLOUR_PALE});
    chart_text(canvas, (struct point){2, y + PITCH / 2 + 3.2}, &level, gate->level,
               canvas->width * LEVEL_PART - 6);
    draw_first(gate, canvas, y);
    draw_second(gate, canvas, y);
    if (gate->is_passed)
        draw_tick(canvas, y + PITCH / 2);
    else
        canvas_text(canvas, (struct point){canvas->width, y + PITCH / 2 + 3}, &not_yet,
                    gates->not_yet);
}

static void gates_draw(const void *data, struct canvas *canvas)
{
    const struct lettering head = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const struct gates *gates = data;

    chart_text(canvas, (struct point){canvas->width * LEVEL_PART, 9}, &head, gates->first_words,
               canvas->width * (SECOND_PART - LEVEL_PART) - 8);
    if (gates->second_words)
        chart_text(canvas, (struct point){canvas->width * SECOND_PART, 9}, &head,
                   gates->second_words, canvas->width * (1 - SECOND_PART));
    for (size_t i = 0; i < gates->count; i++)
        draw_gate(gates, &gates->items[i], canvas, HEAD + PITCH * (double)i);
}

struct picture diagram_gates(const struct gates *gates)
{
    return (struct picture){gates_height, gates_draw, gates};
}
