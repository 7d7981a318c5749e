/* The levels as a flight of steps: as wide as the points that they take, as high as the level. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define BASE 24.0 /* height of the lowest step */
#define GAP 1.0   /* half of that between two steps */
#define NAME_SIZE 8.2
#define NUMBER_SIZE 16.0
#define MARK_SIZE 9.0
#define NOW_SIZE 11.0
#define AXIS_SIZE 8.0
#define NOW_PIN 28.0
#define BEFORE_PIN 16.0
#define PLAN_Y 7.0        /* of its circle */
#define AXIS_HEIGHT 16.0  /* of the numbers under the steps */
#define PEERS_HEIGHT 22.0 /* of mark and words under them */

static double place_of(const struct ladder *ladder, struct ratio at, double width)
{
    return fmax(chart_share(at, ladder->max), 0) * width;
}

static double right_of(const struct ladder *ladder, size_t step, double width)
{
    return step + 1 < ladder->count ? place_of(ladder, ladder->steps[step + 1].from, width) : width;
}

static double height_of(const struct ladder *ladder, size_t step)
{
    return BASE + ladder->rise * (double)step;
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

    if (!ladder->now.words || ladder->current < 0)
        return room;
    wanted = NOW_PIN + 26 + (ladder->plan.words ? PLAN_Y + 8 : 0);
    wanted -= ladder->rise * (double)(ladder->count - 1 - (size_t)ladder->current);
    return fmax(room, wanted);
}

static double floor_of(const struct ladder *ladder)
{
    return room_above(ladder) + height_of(ladder, ladder->count - 1);
}

static double ladder_height(const void *data, double width)
{
    const struct ladder *ladder = data;

    (void)width;
    return floor_of(ladder) + AXIS_HEIGHT + (ladder->peers.words ? PEERS_HEIGHT : 0);
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
    const bool is_current = (int)i == ladder->current;
    const struct paint paint = step_paint(ladder, (int)i);
    const struct lettering number = {FACE_BOLD, NUMBER_SIZE, step_ink(ladder, (int)i),
                                     ANCHOR_MIDDLE};
    const struct lettering name = {is_current ? FACE_BOLD : FACE_REGULAR, NAME_SIZE, number.colour,
                                   ANCHOR_MIDDLE};
    double left = place_of(ladder, ladder->steps[i].from, canvas->width) + (i ? GAP : 0);
    double right = right_of(ladder, i, canvas->width) - GAP, middle = (left + right) / 2;
    double floor = floor_of(ladder), height = height_of(ladder, i);

    canvas_rect(canvas, (struct box){left, floor - height, right - left, height}, 0, &paint);
    if (right - left > 10)
        canvas_text(canvas, (struct point){middle, floor - 8}, &number, ladder->steps[i].number);
    if (height > 40 &&
        chart_text_width(name.face, name.size, ladder->steps[i].name) < right - left - 3)
        canvas_text(canvas, (struct point){middle, floor - 27}, &name, ladder->steps[i].name);
}

/* Numbers under the edges; one that would touch the one before is left out. */
static void draw_axis(const struct ladder *ladder, struct canvas *canvas)
{
    const struct lettering end = {FACE_REGULAR, AXIS_SIZE, COLOUR_MUTED, ANCHOR_END};
    double y = floor_of(ladder) + 11, used = -10;
    double last = canvas->width - chart_text_width(end.face, end.size, ladder->max_words) - 4;

    for (size_t i = 0; i < ladder->count; i++) {
        const char *words = ladder->steps[i].from_words;
        double x = place_of(ladder, ladder->steps[i].from, canvas->width), width;
        struct lettering letters = {FACE_REGULAR, AXIS_SIZE, COLOUR_MUTED, ANCHOR_START};

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

static void draw_now(const struct ladder *ladder, struct canvas *canvas)
{
    const struct lettering letters = {FACE_BOLD, NOW_SIZE, COLOUR_ACCENT, ANCHOR_MIDDLE};
    double x = fmax(fmin(place_of(ladder, ladder->now.at, canvas->width), canvas->width - 5), 5);
    double top =
        floor_of(ladder) - height_of(ladder, step_of(ladder, &ladder->now, ladder->current));

    canvas_line(canvas, (struct point){x, top}, (struct point){x, top - NOW_PIN},
                &(struct paint){.line = COLOUR_ACCENT, .width = 2});
    canvas_circle(canvas, (struct point){x, top - NOW_PIN}, 5,
                  &(struct paint){.fill = COLOUR_ACCENT});
    draw_middle(canvas, x, top - NOW_PIN - 10, letters, ladder->now.words);
}

/* Its words stand at the left; if there is no room, at the right, unless the present mark is there:
 * then the circle stands alone, and the text of the page tells it. */
static void draw_before(const struct ladder *ladder, struct canvas *canvas)
{
    struct lettering letters = {FACE_REGULAR, MARK_SIZE, COLOUR_MUTED, ANCHOR_END};
    double x = fmax(fmin(place_of(ladder, ladder->before.at, canvas->width), canvas->width - 4), 4);
    double now = place_of(ladder, ladder->now.at, canvas->width);
    double width = chart_text_width(letters.face, letters.size, ladder->before.words);
    double y = floor_of(ladder) - height_of(ladder, step_of(ladder, &ladder->before, -1));
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
    struct lettering letters = {FACE_BOLD, MARK_SIZE, COLOUR_ACCENT, ANCHOR_START};
    double x = fmax(fmin(place_of(ladder, ladder->plan.at, canvas->width), canvas->width - 5), 5);
    double width = chart_text_width(letters.face, letters.size, ladder->plan.words);
    double top =
        floor_of(ladder) - height_of(ladder, step_of(ladder, &ladder->plan, ladder->planned));
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
    const struct lettering letters = {FACE_REGULAR, AXIS_SIZE, COLOUR_PEER, ANCHOR_MIDDLE};
    double x = place_of(ladder, ladder->peers.at, canvas->width);
    double y = floor_of(ladder) + AXIS_HEIGHT;

    mark_median(canvas, (struct point){fmax(fmin(x, canvas->width - 5), 5), y - 1});
    draw_middle(canvas, x, y + 16, letters, ladder->peers.words);
}

static void ladder_draw(const void *data, struct canvas *canvas)
{
    const struct ladder *ladder = data;

    for (size_t i = 0; i < ladder->count; i++)
        draw_step(ladder, canvas, i);
    draw_axis(ladder, canvas);
    if (ladder->peers.words)
        draw_peers(ladder, canvas);
    if (ladder->before.words)
        draw_before(ladder, canvas);
    if (ladder->plan.words)
        draw_plan(ladder, canvas);
    if (ladder->now.words)
        draw_now(ladder, canvas);
}

struct picture diagram_ladder(const struct ladder *ladder)
{
    return (struct picture){ladder_height, ladder_draw, ladder};
}
