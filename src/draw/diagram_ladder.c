/* The levels as a flight of steps: as wide as the points that they take, as high as the level. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

/* Sizes and places, all in points of the picture. */
struct measures {
    double base;                    /* height of the lowest step */
    double gap;                     /* half of that between two steps */
    double number, name, now, mark; /* letters; name 0: not written */
    double axis;
    double number_up;                /* from the floor to the line that numbers stand on */
    double pin, dot, line;           /* of the present mark */
    double axis_down, axis_height;   /* of the numbers under the steps */
    double peers_tip;                /* from the floor down to the triangle, ... */
    double peers_down, peers_height; /* ... from under the numbers to its words; room for them */
    double peers_half;               /* half the width of the triangle */
};

static const struct measures on_paper = {
    .base = 24,
    .gap = 1,
    .number = 16,
    .name = 8.2,
    .now = 11,
    .mark = 9,
    .axis = 8,
    .number_up = 8,
    .pin = 28,
    .dot = 5,
    .line = 2,
    .axis_down = 11,
    .axis_height = 16,
    .peers_tip = 15,
    .peers_down = 16,
    .peers_height = 22,
    .peers_half = MEDIAN_HALF,
};

static const struct measures on_screen = {
    .base = 13,
    .gap = 0.5,
    .number = 8,
    .name = 0,
    .now = 8,
    .mark = 7,
    .axis = 7,
    .number_up = 4,
    .pin = 7,
    .dot = 2.6,
    .line = 1,
    .axis_down = 9,
    .axis_height = 11,
    .peers_tip = 1,
    .peers_down = 8,
    .peers_height = 10,
    .peers_half = 3,
};

#define SCREEN_ROOM 14.0    /* over the highest step */
#define SCREEN_NARROW 300.0 /* there steps rise less */
#define BEFORE_PIN 16.0
#define PLAN_Y 7.0 /* of its circle */

static const struct measures *measures_of(const struct ladder *ladder)
{
    return ladder->is_small ? &on_screen : &on_paper;
}

static double place_of(const struct ladder *ladder, struct ratio at, double width)
{
    return fmax(chart_share(at, ladder->max), 0) * width;
}

static double right_of(const struct ladder *ladder, size_t step, double width)
{
    return step + 1 < ladder->count ? place_of(ladder, ladder->steps[step + 1].from, width) : width;
}

static double rise_of(const struct ladder *ladder, double width)
{
    return ladder->is_small && width < SCREEN_NARROW ? ladder->rise * 0.77 : ladder->rise;
}

static double height_of(const struct ladder *ladder, size_t step, double width)
{
    return measures_of(ladder)->base + rise_of(ladder, width) * (double)step;
}

/* The step that a value stands on; bounds belong to the step below (their own is above them). */
static size_t step_of(const struct ladder *ladder, const struct ladder_mark *mark, int known)
{
    size_t step = 0;

    if (known >= 0)
        return (size_t)known;
    while (step + 1 < ladder->count && ratio_cmp(mark->at, ladder->steps[step + 1].from) > 0)
        step++;
    return step;
}

/* Room over the highest step, for marks of high levels. */
static double room_above(const struct ladder *ladder)
{
    double room = ladder->plan.words ? PLAN_Y + 8 : 6, wanted;

    if (ladder->is_small)
        return SCREEN_ROOM;
    if (!ladder->now.words || ladder->current < 0)
        return room;
    wanted = on_paper.pin + 26 + (ladder->plan.words ? PLAN_Y + 8 : 0);
    wanted -= ladder->rise * (double)(ladder->count - 1 - (size_t)ladder->current);
    return fmax(room, wanted);
}

static double floor_of(const struct ladder *ladder, double width)
{
    return room_above(ladder) + height_of(ladder, ladder->count - 1, width);
}

/* The y of the top of a step. */
static double top_of(const struct ladder *ladder, size_t step, double width)
{
    return floor_of(ladder, width) - height_of(ladder, step, width);
}

static double ladder_height(const void *data, double width)
{
    const struct ladder *ladder = data;
    const struct measures *m = measures_of(ladder);

    return floor_of(ladder, width) + m->axis_height + (ladder->peers.words ? m->peers_height : 0);
}

/* ---- steps ---- */

static struct paint step_paint(const struct ladder *ladder, int step)
{
    if (step == ladder->current)
        return (struct paint){.fill = COLOUR_ACCENT};
    if (step == ladder->planned)
        return (struct paint){
            .fill = COLOUR_PAPER, .line = COLOUR_ACCENT, .width = 1.2, .is_dashed = true};
    return (struct paint){.fill = step < ladder->current ? COLOUR_PALE : COLOUR_PANEL};
}

static enum colour step_ink(const struct ladder *ladder, int step)
{
    if (step == ladder->current)
        return COLOUR_PAPER;
    if (step == ladder->planned)
        return COLOUR_ACCENT;
    return step < ladder->current ? COLOUR_INK : COLOUR_MUTED;
}

static void draw_step(const struct ladder *ladder, struct canvas *canvas, size_t i)
{
    const struct measures *m = measures_of(ladder);
    const bool is_current = (int)i == ladder->current;
    const struct paint paint = step_paint(ladder, (int)i);
    const struct lettering number = {FACE_BOLD, m->number, step_ink(ladder, (int)i), ANCHOR_MIDDLE};
    const struct lettering name = {is_current ? FACE_BOLD : FACE_REGULAR, m->name, number.colour,
                                   ANCHOR_MIDDLE};
    double left = place_of(ladder, ladder->steps[i].from, canvas->width) + (i ? m->gap : 0);
    double right = right_of(ladder, i, canvas->width) - m->gap, middle = (left + right) / 2;
    double floor = floor_of(ladder, canvas->width), height = height_of(ladder, i, canvas->width);

    canvas_rect(canvas, (struct box){left, floor - height, right - left, height}, 0, &paint);
    if (right - left > m->number * 0.625)
        canvas_text(canvas, (struct point){middle, floor - m->number_up}, &number,
                    ladder->steps[i].number);
    if (m->name > 0 && height > 40 &&
        chart_text_width(name.face, name.size, ladder->steps[i].name) < right - left - 3)
        canvas_text(canvas, (struct point){middle, floor - 27}, &name, ladder->steps[i].name);
}

/* Numbers under the edges; one that would touch the one before is left out. */
static void draw_axis(const struct ladder *ladder, struct canvas *canvas)
{
    const struct measures *m = measures_of(ladder);
    const struct lettering end = {FACE_REGULAR, m->axis, COLOUR_MUTED, ANCHOR_END};
    double y = floor_of(ladder, canvas->width) + m->axis_down, used = -10;
    double last = canvas->width - chart_text_width(end.face, end.size, ladder->max_words) - 4;

    for (size_t i = 0; i < ladder->count; i++) {
        const char *words = ladder->steps[i].from_words;
        double x = place_of(ladder, ladder->steps[i].from, canvas->width), width;
        struct lettering letters = {FACE_REGULAR, m->axis, COLOUR_MUTED, ANCHOR_START};

        if (!words)
            continue;
        width = chart_text_width(letters.face, letters.size, words);
        x = fmax(x - width / 2, 0);
        if (x < used + 3 || x + width > last)
            continue;
        canvas_text(canvas, (struct point){x, y}, &letters, words);
        used = x + width;
    }
    canvas_text(canvas, (struct point){canvas->width, y}, &end, ladder->max_words);
}

/* ---- marks ---- */

/* A text in the middle of x, but inside the picture. */
static void draw_middle(struct canvas *canvas, double x, double y, struct lettering letters,
                        const char *words)
{
    double width = chart_text_width(letters.face, letters.size, words);

    letters.anchor = ANCHOR_START;
    x = fmax(fmin(x - width / 2, canvas->width - width), 0);
    canvas_text(canvas, (struct point){x, y}, &letters, words);
}

static void draw_pin(const struct ladder *ladder, struct canvas *canvas, struct point foot,
                     double y)
{
    const struct measures *m = measures_of(ladder);

    canvas_line(canvas, foot, (struct point){foot.x, y},
                &(struct paint){.line = COLOUR_ACCENT, .width = m->line});
    canvas_circle(canvas, (struct point){foot.x, y}, m->dot,
                  &(struct paint){.fill = COLOUR_ACCENT});
}

/* The foot of the present mark: on its step, inside the picture. */
static struct point now_foot(const struct ladder *ladder, double width)
{
    double dot = measures_of(ladder)->dot;
    double x = fmax(fmin(place_of(ladder, ladder->now.at, width), width - dot), dot);

    return (struct point){x, top_of(ladder, step_of(ladder, &ladder->now, ladder->current), width)};
}

static void draw_now(const struct ladder *ladder, struct canvas *canvas)
{
    const struct lettering letters = {FACE_BOLD, on_paper.now, COLOUR_ACCENT, ANCHOR_MIDDLE};
    struct point foot = now_foot(ladder, canvas->width);

    draw_pin(ladder, canvas, foot, foot.y - on_paper.pin);
    draw_middle(canvas, foot.x, foot.y - on_paper.pin - 10, letters, ladder->now.words);
}

/* Its words stand at the left; if there is no room, at the right, unless the present mark is there:
 * then the circle stands alone, and the text of the page tells it. */
static void draw_before(const struct ladder *ladder, struct canvas *canvas)
{
    struct lettering letters = {FACE_REGULAR, on_paper.mark, COLOUR_MUTED, ANCHOR_END};
    double x = fmax(fmin(place_of(ladder, ladder->before.at, canvas->width), canvas->width - 4), 4);
    double now = place_of(ladder, ladder->now.at, canvas->width);
    double width = chart_text_width(letters.face, letters.size, ladder->before.words);
    double y = top_of(ladder, step_of(ladder, &ladder->before, -1), canvas->width);
    bool is_free = now < x - width - 12 || now > x;

    canvas_line(canvas, (struct point){x, y}, (struct point){x, y - BEFORE_PIN},
                &(struct paint){.line = COLOUR_MUTED, .width = 1});
    y -= BEFORE_PIN;
    canvas_circle(canvas, (struct point){x, y}, 3.2,
                  &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_MUTED, .width = 1.4});
    if (x - width - 7 >= 0 && is_free) {
        canvas_text(canvas, (struct point){x - 7, y + 3}, &letters, ladder->before.words);
        return;
    }
    letters.anchor = ANCHOR_START;
    if (now > x + width + 14 || now < x - 6)
        canvas_text(canvas, (struct point){x + 7, y + 3}, &letters, ladder->before.words);
}

static void draw_plan(const struct ladder *ladder, struct canvas *canvas)
{
    const struct paint line = {.line = COLOUR_ACCENT, .width = 1.2, .is_dashed = true};
    struct lettering letters = {FACE_BOLD, on_paper.mark, COLOUR_ACCENT, ANCHOR_START};
    double x = fmax(fmin(place_of(ladder, ladder->plan.at, canvas->width), canvas->width - 5), 5);
    double width = chart_text_width(letters.face, letters.size, ladder->plan.words);
    double top = top_of(ladder, step_of(ladder, &ladder->plan, ladder->planned), canvas->width);
    bool is_left = x + 8 + width > canvas->width;

    canvas_line(canvas, (struct point){x, top}, (struct point){x, PLAN_Y}, &line);
    canvas_circle(canvas, (struct point){x, PLAN_Y}, 4.3,
                  &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_ACCENT, .width = 1.7});
    letters.anchor = is_left ? ANCHOR_END : ANCHOR_START;
    canvas_text(canvas, (struct point){is_left ? x - 8 : x + 8, PLAN_Y + 3}, &letters,
                ladder->plan.words);
}

static void draw_peers(const struct ladder *ladder, struct canvas *canvas)
{
    const struct measures *m = measures_of(ladder);
    const struct lettering letters = {FACE_REGULAR, m->axis, COLOUR_PEER, ANCHOR_MIDDLE};
    double x = place_of(ladder, ladder->peers.at, canvas->width);
    double floor = floor_of(ladder, canvas->width);

    x = fmax(fmin(x, canvas->width - m->peers_half), m->peers_half);
    mark_median(canvas, (struct point){x, floor + m->peers_tip}, m->peers_half);
    draw_middle(canvas, x, floor + m->axis_height + m->peers_down, letters, ladder->peers.words);
}

/* ---- marks of a small one ---- */

/* The number beside its dot: to the left over lower steps, or, where there is no room, to the right
 * over the higher ones. True if it stands at the left. */
static bool draw_small_now(const struct ladder *ladder, struct canvas *canvas)
{
    const struct measures *m = &on_screen;
    struct lettering letters = {FACE_BOLD, m->now, COLOUR_ACCENT, ANCHOR_END};
    struct point foot = now_foot(ladder, canvas->width);
    double y = foot.y - m->pin, room = m->dot + 2.5;
    bool is_left =
        foot.x - room - chart_text_width(letters.face, letters.size, ladder->now.words) >= 0;

    if (!is_left) {
        size_t over = step_of(ladder, &ladder->now, ladder->current) + 3;

        over = over < ladder->count ? over : ladder->count - 1;
        y = top_of(ladder, over, canvas->width) - m->pin;
        letters.anchor = ANCHOR_START;
    }
    draw_pin(ladder, canvas, foot, y);
    canvas_text(canvas, (struct point){foot.x + (is_left ? -room : room), y + 2.8}, &letters,
                ladder->now.words);
    return is_left;
}

/* A hollow circle and what the step takes, over its left edge. */
static void draw_small_plan(const struct ladder *ladder, struct canvas *canvas)
{
    const struct lettering letters = {FACE_BOLD, on_screen.mark, COLOUR_ACCENT, ANCHOR_START};
    const double radius = 2.1, room = radius + 2.4;
    double width = chart_text_width(letters.face, letters.size, ladder->plan.words);
    double x = place_of(ladder, ladder->plan.at, canvas->width) + radius + 0.6;
    double y = top_of(ladder, step_of(ladder, &ladder->plan, ladder->planned), canvas->width) - 5;

    x = fmin(x, canvas->width - width - room);
    canvas_circle(canvas, (struct point){x, y}, radius,
                  &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_ACCENT, .width = 1});
    canvas_text(canvas, (struct point){x + room, y + 2.4}, &letters, ladder->plan.words);
}

static void draw_small_marks(const struct ladder *ladder, struct canvas *canvas)
{
    bool is_free = !ladder->now.words || draw_small_now(ladder, canvas);

    if (ladder->plan.words && is_free)
        draw_small_plan(ladder, canvas);
}

static void draw_marks(const struct ladder *ladder, struct canvas *canvas)
{
    if (ladder->before.words)
        draw_before(ladder, canvas);
    if (ladder->plan.words)
        draw_plan(ladder, canvas);
    if (ladder->now.words)
        draw_now(ladder, canvas);
}

/* As high as its canvas: what is more than it asks for makes the steps higher. */
static struct ladder grown(const struct ladder *ladder, const struct canvas *canvas)
{
    double more = fmax(canvas->height - ladder_height(ladder, canvas->width), 0);
    struct ladder higher = *ladder;

    higher.rise += more / (double)(ladder->count > 1 ? ladder->count - 1 : 1);
    return higher;
}

static void ladder_draw(const void *data, struct canvas *canvas)
{
    const struct ladder higher = grown(data, canvas), *ladder = &higher;

    for (size_t i = 0; i < ladder->count; i++)
        draw_step(ladder, canvas, i);
    draw_axis(ladder, canvas);
    if (ladder->peers.words)
        draw_peers(ladder, canvas);
    (ladder->is_small ? draw_small_marks : draw_marks)(ladder, canvas);
}

struct picture diagram_ladder(const struct ladder *ladder)
{
    return (struct picture){ladder_height, ladder_draw, ladder};
}
