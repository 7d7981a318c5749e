/* Answers as squares: the darker, the more of their points they earn. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define SIDE 21.0
#define PITCH 23.7
#define LINE 33.0 /* of squares with their numbers below */
#define BADGE 5.6 /* radius */
#define LEFT 110.0
#define LEFT_PART 0.3 /* of narrow pictures */
#define NAME_SIZE 9.5
#define NAME_LEADING 13.0
#define REMARK_SIZE 8.7
#define REMARK_LEADING 12.0
#define TOP 9.0

static const enum colour shades[SQUARE_SHADES] = {COLOUR_PAPER,   COLOUR_PALE,    COLOUR_SHADE_2,
                                                  COLOUR_SHADE_3, COLOUR_SHADE_4, COLOUR_SHADE_5};

/* Shades whose digits are white. */
#define DARK_FROM 4

static double left_of(double width)
{
    return fmin(LEFT, width * LEFT_PART);
}

static struct paint paint_of(int shade)
{
    if (shade < 0)
        return (struct paint){
            .fill = COLOUR_PAPER, .line = COLOUR_AXIS, .width = 0.6, .is_dashed = true};
    return (struct paint){.fill = shades[shade],
                          .line = shade == 0   ? COLOUR_AXIS
                                  : shade == 1 ? COLOUR_SHADE_2
                                               : COLOUR_NONE,
                          .width = 0.8};
}

static double square_width(const struct square *square)
{
    return PITCH * (double)(square->units ? square->units : 1) - (PITCH - SIDE);
}

static void draw_badge(struct canvas *canvas, struct point at, const char *words)
{
    const struct lettering letters = {FACE_BOLD, 7.5, COLOUR_PAPER, ANCHOR_MIDDLE};

    canvas_circle(canvas, at, BADGE,
                  &(struct paint){.fill = COLOUR_PEER, .line = COLOUR_PAPER, .width = 0.9});
    canvas_text(canvas, (struct point){at.x, at.y + 2.7}, &letters, words);
}

static void draw_square(const struct square *square, struct canvas *canvas, struct point at)
{
    const struct paint paint = paint_of(square->shade);
    const struct lettering points = {
        FACE_BOLD, 9, square->shade >= DARK_FROM ? COLOUR_PAPER : COLOUR_INK, ANCHOR_MIDDLE};
    const struct lettering id = {square->badge ? FACE_BOLD : FACE_REGULAR, 6.8,
                                 square->badge ? COLOUR_INK : COLOUR_MUTED, ANCHOR_MIDDLE};
    double width = square_width(square), middle = at.x + width / 2;

    canvas_rect(canvas, (struct box){at.x + 0.4, at.y + 0.4, width - 0.8, SIDE - 0.8}, 0, &paint);
    chart_text(canvas, (struct point){middle, at.y + 13.8}, &points, square->points, width + 2);
    chart_text(canvas, (struct point){middle, at.y + SIDE + 8.5}, &id, square->id, width + 2);
    if (square->badge)
        draw_badge(canvas, (struct point){at.x + width - 1, at.y}, square->badge);
}

/* Draws the squares if there is a canvas; the result is where they end. */
static double squares_walk(const struct squares *s, struct canvas *canvas, double width)
{
    const double left = left_of(width);
    double x = left, y = TOP;

    for (size_t i = 0; i < s->count; i++) {
        double needs = square_width(&s->items[i]);

        if (x > left && x + needs + 4 > width) {
            x = left;
            y += LINE + 3;
        }
        if (canvas)
            draw_square(&s->items[i], canvas, (struct point){x, y});
        x += needs + PITCH - SIDE;
    }
    return y + LINE;
}

/* Remarks are told whole. Draws them if there is a canvas; the result is their height. */
static double remarks_walk(const struct squares *s, struct canvas *canvas, double width, double y)
{
    const struct lettering letters = {FACE_REGULAR, REMARK_SIZE, COLOUR_INK, ANCHOR_START};
    const struct lines_style style = {.size = REMARK_SIZE, .width = width - left_of(width)};
    const double top = y;
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < 2; i++) {
        struct lines lines;

        if (!s->remarks[i])
            continue;
        lines = lines_break_text(&arena, s->remarks[i], FACE_REGULAR, &style);
        if (canvas)
            lines_draw(&lines, canvas, (struct point){left_of(width), y}, REMARK_LEADING, &letters);
        y += REMARK_LEADING * (double)lines.count;
    }
    arena_free(&arena);
    return y - top;
}

static double name_height(const struct squares *s, double width)
{
    struct arena arena;
    double height;

    arena_init(&arena);
    height = NAME_LEADING *
             (double)chart_label(&arena, s->name, FACE_BOLD, NAME_SIZE, left_of(width) - 10).count;
    arena_free(&arena);
    return height + 20;
}

static double squares_height(const void *data, double width)
{
    const struct squares *s = data;

    return 7 + fmax(squares_walk(s, NULL, width) + remarks_walk(s, NULL, width, 0),
                    TOP + name_height(s, width));
}

static void draw_name(const struct squares *s, struct canvas *canvas)
{
    const struct lettering name = {FACE_BOLD, NAME_SIZE, COLOUR_TITLE, ANCHOR_START};
    const struct lettering sum = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    struct lines lines;
    struct arena arena;
    double y = TOP + 9;

    arena_init(&arena);
    lines = chart_label(&arena, s->name, FACE_BOLD, NAME_SIZE, left_of(canvas->width) - 10);
    lines_draw(&lines, canvas, (struct point){0, y}, NAME_LEADING, &name);
    y += NAME_LEADING * (double)lines.count;
    chart_text(canvas, (struct point){0, y + 1}, &sum, s->sum, left_of(canvas->width) - 4);
    arena_free(&arena);
}

static void squares_draw(const void *data, struct canvas *canvas)
{
    const struct squares *s = data;

    canvas_line(canvas, (struct point){0, 0}, (struct point){canvas->width, 0},
                &(struct paint){.line = COLOUR_GRID, .width = 0.7});
    draw_name(s, canvas);
    remarks_walk(s, canvas, canvas->width, squares_walk(s, canvas, canvas->width) + 9);
}

struct picture diagram_squares(const struct squares *squares)
{
    return (struct picture){squares_height, squares_draw, squares};
}

/* ---- the legend ---- */

static double row_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return 20;
}

static void legend_draw_row(const void *data, struct canvas *canvas)
{
    const struct lettering words = {FACE_REGULAR, 8.5, COLOUR_INK, ANCHOR_START};
    const struct lettering title = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const struct squares_legend *legend = data;
    double x = left_of(canvas->width);

    chart_text(canvas, (struct point){0, 12}, &title, legend->title, x - 4);
    for (int i = 0; i < SQUARE_SHADES; i++) {
        const struct paint paint = paint_of(i);

        canvas_rect(canvas, (struct box){x + 0.4, 2.4, 13, 13}, 0, &paint);
        canvas_text(canvas, (struct point){x + 17, 12}, &words, legend->shades[i]);
        x += 28 + chart_text_width(words.face, words.size, legend->shades[i]);
    }
    if (!legend->badge || x + 40 > canvas->width)
        return;
    draw_badge(canvas, (struct point){x + 20, 9}, "1");
    chart_text(canvas, (struct point){x + 31, 12}, &words, legend->badge, canvas->width - x - 31);
}

struct picture diagram_squares_legend(const struct squares_legend *legend)
{
    return (struct picture){row_height, legend_draw_row, legend};
}
