/* Work by effort (across) and gain (up): what lies left and high comes first. */
#include "chart_parts.h"

#include <math.h>
#include <stdio.h>

#include "draw/diagram.h"

#define HEIGHT 190.0 /* at least */
#define PLOT_LEFT 30.0
#define PLOT_BOTTOM 34.0 /* under the plot */
#define RADIUS 9.5
#define NAME_SIZE 8.5
#define NAME_LEADING 11.5
#define NAME_WIDTH 86.0
#define PAD 8.0
#define TICKS 7.0 /* about so many on an axis */

/* The plot and its scales. */
struct plot {
    struct box box;
    double most_effort, most_gain; /* at the far ends */
    double effort_step, gain_step;
};

/* 1, 2 or 5 times a power of ten, at least so much. */
static double nice_step(double least)
{
    double power = pow(10, floor(log10(fmax(least, 1e-6))));

    if (least <= power)
        return power;
    if (least <= 2 * power)
        return 2 * power;
    return least <= 5 * power ? 5 * power : 10 * power;
}

static struct plot plot_of(const struct efforts *efforts, double width, double height)
{
    struct plot plot = {{PLOT_LEFT, 0, width - PLOT_LEFT, height - PLOT_BOTTOM}, 0, 0, 1, 1};
    double effort = 0, gain = 0;

    for (size_t i = 0; i < efforts->count; i++) {
        effort = fmax(effort, ratio_approximate(efforts->items[i].effort));
        gain = fmax(gain, ratio_approximate(efforts->items[i].gain));
    }
    plot.effort_step = nice_step(effort / TICKS);
    plot.gain_step = nice_step(gain / TICKS);
    plot.most_effort = fmax(effort * 1.15, plot.effort_step);
    plot.most_gain = fmax(gain * 1.2, plot.gain_step);
    return plot;
}

static struct point place_of(const struct plot *plot, double effort, double gain)
{
    return (struct point){plot->box.x + plot->box.width * effort / plot->most_effort,
                          plot->box.y + plot->box.height * (1 - gain / plot->most_gain)};
}

/* ---- the ground ---- */

static void draw_corners(const struct efforts *efforts, const struct plot *plot,
                         struct canvas *canvas)
{
    static const enum colour grounds[4] = {COLOUR_GOOD_PALE, COLOUR_PANEL, COLOUR_PANEL,
                                           COLOUR_PAPER};
    static const enum colour inks[4] = {COLOUR_GOOD, COLOUR_MUTED, COLOUR_MUTED, COLOUR_MUTED};
    const double width = plot->box.width / 2, height = plot->box.height / 2;

    for (int i = 0; i < 4; i++) {
        struct box part = {plot->box.x + width * (i % 2), plot->box.y + height * (i / 2), width,
                           height};
        const struct lettering letters = {FACE_BOLD, 9.5, inks[i],
                                          i % 2 ? ANCHOR_END : ANCHOR_START};

        canvas_rect(canvas, part, 0, &(struct paint){.fill = grounds[i]});
        chart_text(canvas,
                   (struct point){i % 2 ? part.x + width - PAD : part.x + PAD,
                                  i / 2 ? part.y + height - PAD : part.y + 14},
                   &letters, efforts->corners[i], width - 2 * PAD);
    }
}

static void draw_axes(const struct efforts *efforts, const struct plot *plot, struct canvas *canvas)
{
    const struct paint line = {.line = COLOUR_AXIS, .width = 1};
    const struct lettering left = {FACE_REGULAR, 8, COLOUR_MUTED, ANCHOR_END};
    const struct lettering below = {FACE_REGULAR, 8, COLOUR_MUTED, ANCHOR_MIDDLE};
    const struct lettering first = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const struct lettering last = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_END};
    const double right = plot->box.x + plot->box.width, floor = plot->box.y + plot->box.height;
    char words[40];

    canvas_line(canvas, (struct point){plot->box.x, plot->box.y},
                (struct point){plot->box.x, floor}, &line);
    canvas_line(canvas, (struct point){plot->box.x, floor}, (struct point){right, floor}, &line);
    for (double at = plot->effort_step; at < plot->most_effort; at += plot->effort_step) {
        snprintf(words, sizeof(words), "%.6g", at);
        canvas_text(canvas, (struct point){place_of(plot, at, 0).x, floor + 12}, &below, words);
    }
    for (double at = plot->gain_step; at < plot->most_gain; at += plot->gain_step) {
        snprintf(words, sizeof(words), "+%.6g", at);
        canvas_text(canvas, (struct point){plot->box.x - 5, place_of(plot, 0, at).y + 3}, &left,
                    words);
    }
    chart_text(canvas, (struct point){plot->box.x, floor + 27}, &first, efforts->up,
               plot->box.width / 2 - 5);
    chart_text(canvas, (struct point){right, floor + 27}, &last, efforts->across,
               plot->box.width / 2 - 5);
}

/* ---- dots and their names ---- */

static bool touch(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static struct box around(struct point centre)
{
    return (struct box){centre.x - RADIUS, centre.y - RADIUS, 2 * RADIUS, 2 * RADIUS};
}

/* Boxes that are taken: corner words, dots, names. */
struct taken {
    struct box boxes[2 * EFFORT_DOTS_MAX + 4];
    size_t count;
};

static bool is_free(const struct taken *taken, const struct plot *plot, const struct box *box)
{
    if (box->x < plot->box.x + 2 || box->x + box->width > plot->box.x + plot->box.width - 2 ||
        box->y < plot->box.y || box->y + box->height > plot->box.y + plot->box.height - 1)
        return false;
    for (size_t i = 0; i < taken->count; i++) {
        if (touch(box, &taken->boxes[i]))
            return false;
    }
    return true;
}

static void take_corners(const struct efforts *efforts, const struct plot *plot,
                         struct taken *taken)
{
    for (int i = 0; i < 4; i++) {
        double width = chart_text_width(FACE_BOLD, 9.5, efforts->corners[i]);

        taken->boxes[taken->count++] = (struct box){
            i % 2 ? plot->box.x + plot->box.width - PAD - width : plot->box.x + PAD,
            i / 2 ? plot->box.y + plot->box.height - PAD - 9 : plot->box.y + 4, width, 12};
    }
}

/* Dots of the same place stand side by side. */
static struct point free_place(const struct taken *taken, const struct plot *plot, struct point at)
{
    const double right = plot->box.x + plot->box.width - RADIUS - 2;
    double step = 2 * RADIUS + 1;

    for (int i = 0; i < 2 * EFFORT_DOTS_MAX; i++) {
        struct box box = around(at);
        bool is_taken = false;

        for (size_t k = 4; k < taken->count; k++)
            is_taken |= touch(&box, &taken->boxes[k]);
        if (!is_taken)
            break;
        if (at.x + step > right)
            step = -step;
        at.x += step;
    }
    return at;
}

static void draw_dot(const struct effort_dot *dot, struct canvas *canvas, struct point at)
{
    const struct paint filled = {.fill = COLOUR_ACCENT};
    const struct paint hollow = {.fill = COLOUR_PAPER, .line = COLOUR_ACCENT, .width = 1.5};
    const struct lettering letters = {FACE_BOLD, 10, dot->is_paid ? COLOUR_PAPER : COLOUR_ACCENT,
                                      ANCHOR_MIDDLE};

    canvas_circle(canvas, at, RADIUS - (dot->is_paid ? 0 : 0.75), dot->is_paid ? &filled : &hollow);
    canvas_text(canvas, (struct point){at.x, at.y + 3.6}, &letters, dot->number);
}

/* The name right of its dot, else left, above or below; where all is taken the number alone stands
 * there, and the table under the picture has the name. */
static void draw_name(const struct effort_dot *dot, const struct plot *plot, struct taken *taken,
                      struct canvas *canvas, struct point at)
{
    struct lettering letters = {FACE_REGULAR, NAME_SIZE, COLOUR_INK, ANCHOR_START};
    struct arena arena;
    struct lines lines;

    arena_init(&arena);
    lines = chart_label(&arena, dot->name, FACE_REGULAR, NAME_SIZE, NAME_WIDTH);
    for (int i = 0; i < 4 && lines.count <= 3; i++) {
        double height = NAME_LEADING * (double)lines.count;
        struct box box = {at.x + RADIUS + 3, at.y - height / 2, lines.width + 1, height};

        if (i == 1)
            box.x = at.x - RADIUS - 3 - box.width;
        if (i > 1) {
            box.x = at.x - box.width / 2;
            box.y = i == 2 ? at.y - RADIUS - 1 - height : at.y + RADIUS + 1;
        }
        if (!is_free(taken, plot, &box))
            continue;
        taken->boxes[taken->count++] = box;
        letters.anchor = i == 0 ? ANCHOR_START : i == 1 ? ANCHOR_END : ANCHOR_MIDDLE;
        lines_draw(&lines, canvas,
                   (struct point){i == 0   ? box.x
                                  : i == 1 ? box.x + box.width
                                           : at.x,
                                  box.y + 8.7},
                   NAME_LEADING, &letters);
        break;
    }
    arena_free(&arena);
}

static double efforts_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return HEIGHT;
}

static void efforts_draw(const void *data, struct canvas *canvas)
{
    const struct efforts *efforts = data;
    const struct plot plot = plot_of(efforts, canvas->width, fmax(canvas->height, HEIGHT));
    const size_t count = efforts->count < EFFORT_DOTS_MAX ? efforts->count : EFFORT_DOTS_MAX;
    struct point places[EFFORT_DOTS_MAX];
    struct taken taken = {.count = 0};

    draw_corners(efforts, &plot, canvas);
    draw_axes(efforts, &plot, canvas);
    take_corners(efforts, &plot, &taken);
    for (size_t i = 0; i < count; i++) {
        places[i] = free_place(&taken, &plot,
                               place_of(&plot, ratio_approximate(efforts->items[i].effort),
                                        ratio_approximate(efforts->items[i].gain)));
        taken.boxes[taken.count++] = around(places[i]);
    }
    for (size_t i = 0; i < count; i++) {
        draw_dot(&efforts->items[i], canvas, places[i]);
        draw_name(&efforts->items[i], &plot, &taken, canvas, places[i]);
    }
}

struct picture diagram_efforts(const struct efforts *efforts)
{
    return (struct picture){efforts_height, efforts_draw, efforts};
}
