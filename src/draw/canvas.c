#include "draw/canvas.h"

#include <math.h>
#include <string.h>

#include "base/array.h"

#define TURN 6.283185307179586

void canvas_path(struct canvas *canvas, const struct path_step *steps, size_t count,
                 const struct paint *paint)
{
    struct path_step moved[CANVAS_STEPS_MAX];

    if (count > CANVAS_STEPS_MAX)
        count = CANVAS_STEPS_MAX;
    for (size_t i = 0; i < count; i++) {
        moved[i] = steps[i];
        moved[i].to.x += canvas->origin.x;
        moved[i].to.y += canvas->origin.y;
        moved[i].c1.x += canvas->origin.x;
        moved[i].c1.y += canvas->origin.y;
        moved[i].c2.x += canvas->origin.x;
        moved[i].c2.y += canvas->origin.y;
    }
    canvas->backend->path(canvas->to, moved, count, paint);
}

void canvas_line(struct canvas *canvas, struct point from, struct point to,
                 const struct paint *paint)
{
    canvas_polygon(canvas, (struct point[]){from, to}, 2, false, paint);
}

void canvas_polygon(struct canvas *canvas, const struct point *points, size_t count, bool is_closed,
                    const struct paint *paint)
{
    struct path_step steps[CANVAS_STEPS_MAX];
    size_t n = 0;

    for (; n < count && n < CANVAS_STEPS_MAX - 1; n++)
        steps[n] = (struct path_step){.kind = n ? STEP_LINE : STEP_MOVE, .to = points[n]};
    if (is_closed)
        steps[n++] = (struct path_step){.kind = STEP_CLOSE};
    canvas_path(canvas, steps, n, paint);
}

/* How far the handles of a Bézier curve stand off that follows `part` of a circle of radius 1. */
static double handle(double part)
{
    return 4.0 / 3.0 * tan(part * TURN / 4);
}

static struct point on_circle(struct point centre, double radius, double turn)
{
    return (struct point){centre.x + radius * sin(turn * TURN),
                          centre.y - radius * cos(turn * TURN)};
}

/* The curve from one place of a circle to another, at most a quarter away. */
static struct path_step arc_step(struct point centre, double radius, double from, double to)
{
    struct point a = on_circle(centre, radius, from), b = on_circle(centre, radius, to);
    double k = handle(to - from);

    return (struct path_step){
        .kind = STEP_CURVE,
        .to = b,
        .c1 = {a.x - k * (a.y - centre.y), a.y + k * (a.x - centre.x)},
        .c2 = {b.x + k * (b.y - centre.y), b.y - k * (b.x - centre.x)},
    };
}

void canvas_rect(struct canvas *canvas, struct box box, double radius, const struct paint *paint)
{
    double r = fmin(radius, fmin(box.width, box.height) / 2);
    double left = box.x, top = box.y, right = box.x + box.width, bottom = box.y + box.height;
    const struct point corners[] = {
        {right - r, top + r}, {right - r, bottom - r}, {left + r, bottom - r}, {left + r, top + r}};
    struct path_step steps[10];
    size_t n = 0;

    if (r <= 0) {
        canvas_polygon(canvas,
                       (struct point[]){{left, top}, {right, top}, {right, bottom}, {left, bottom}},
                       4, true, paint);
        return;
    }
    steps[n++] = (struct path_step){.kind = STEP_MOVE, .to = {left + r, top}};
    for (int i = 0; i < 4; i++) {
        steps[n++] = (struct path_step){.kind = STEP_LINE, .to = on_circle(corners[i], r, i / 4.0)};
        steps[n++] = arc_step(corners[i], r, i / 4.0, (i + 1) / 4.0);
    }
    steps[n++] = (struct path_step){.kind = STEP_CLOSE};
    canvas_path(canvas, steps, n, paint);
}

void canvas_circle(struct canvas *canvas, struct point centre, double radius,
                   const struct paint *paint)
{
    struct path_step steps[6];

    steps[0] = (struct path_step){.kind = STEP_MOVE, .to = on_circle(centre, radius, 0)};
    for (int i = 0; i < 4; i++)
        steps[i + 1] = arc_step(centre, radius, i / 4.0, (i + 1) / 4.0);
    steps[5] = (struct path_step){.kind = STEP_CLOSE};
    canvas_path(canvas, steps, 6, paint);
}

void canvas_text_part(struct canvas *canvas, struct point at, const struct lettering *lettering,
                      const char *text, size_t len)
{
    at.x += canvas->origin.x;
    at.y += canvas->origin.y;
    canvas->backend->text(canvas->to, at, lettering, text, len);
}

void canvas_text(struct canvas *canvas, struct point at, const struct lettering *lettering,
                 const char *text)
{
    canvas_text_part(canvas, at, lettering, text, strlen(text));
}

void canvas_stamp(struct canvas *canvas, struct box box)
{
    box.x += canvas->origin.x;
    box.y += canvas->origin.y;
    if (canvas->backend->stamp)
        canvas->backend->stamp(canvas->to, box);
}

/* Lines of the signs, in a disc of radius 1; a move starts each. */
static const struct sign_line {
    enum sign sign;
    struct point from, to;
} sign_lines[] = {
    {SIGN_YES, {-0.45, 0.02}, {-0.12, 0.36}}, {SIGN_YES, {-0.12, 0.36}, {0.47, -0.34}},
    {SIGN_NO, {-0.36, -0.36}, {0.36, 0.36}},  {SIGN_NO, {0.36, -0.36}, {-0.36, 0.36}},
    {SIGN_ALMOST, {0, 0}, {0, -0.55}},        {SIGN_ALMOST, {0, 0}, {0.42, 0.24}},
    {SIGN_INFO, {0, -0.08}, {0, 0.52}},       {SIGN_INFO, {0, -0.50}, {0, -0.40}},
    {SIGN_WARN, {0, -0.54}, {0, 0.10}},       {SIGN_WARN, {0, 0.42}, {0, 0.52}},
};

static struct point in_disc(struct point centre, double radius, struct point p)
{
    return (struct point){centre.x + radius * p.x, centre.y + radius * p.y};
}

void canvas_sign(struct canvas *canvas, enum sign sign, struct point centre, double size,
                 enum colour colour)
{
    const double r = size / 2;
    const struct paint disc = {.fill = colour};
    const struct paint line = {.line = COLOUR_PAPER, .width = r * 0.26};
    const struct lettering mark = {FACE_BOLD, size * 0.75, COLOUR_PAPER, ANCHOR_MIDDLE};

    if (sign == SIGN_NONE)
        return;
    if (sign == SIGN_BOX) {
        canvas_rect(canvas, (struct box){centre.x - r, centre.y - r, size, size}, 1,
                    &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_INK, .width = 0.8});
        return;
    }
    canvas_circle(canvas, centre, r, &disc);
    if (sign == SIGN_UNKNOWN)
        canvas_text(canvas, (struct point){centre.x, centre.y + size * 0.27}, &mark, "?");
    for (size_t i = 0; i < ARRAY_SIZE(sign_lines); i++)
        if (sign_lines[i].sign == sign)
            canvas_line(canvas, in_disc(centre, r, sign_lines[i].from),
                        in_disc(centre, r, sign_lines[i].to), &line);
}

void picture_svg(const struct picture *picture, double width, const struct svg_words *words,
                 struct buf *out)
{
    struct canvas canvas;

    canvas_svg_begin(&canvas, out, width, picture->height(picture->data, width), words);
    picture->draw(picture->data, &canvas);
    canvas_svg_end(&canvas);
}
