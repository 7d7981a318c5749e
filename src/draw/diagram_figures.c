/* A few numbers side by side, large, with what they are below. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define NUMBER_SIZE 30.0
#define NUMBER_SMALL 21.0 /* where the number is long */
#define UNIT_SIZE 13.0
#define WORDS_SIZE 8.7
#define WORDS_LEADING 12.2
#define GAP 11.0
#define TOP 34.0 /* the base line of the numbers */
#define WORDS_TOP 58.0

static double column_width(const struct figures *f, double width)
{
    return (width - GAP * ((double)f->count - 1)) / (double)f->count;
}

static struct lines words_of(const struct figure *figure, double width, struct arena *arena)
{
    struct lines_style style = {.size = WORDS_SIZE, .width = width - 6};

    return lines_break_text(arena, figure->words, FACE_REGULAR, &style);
}

static double figures_height(const void *data, double width)
{
    const struct figures *f = data;
    struct arena arena;
    size_t most = 0;

    arena_init(&arena);
    for (size_t i = 0; i < f->count; i++) {
        size_t lines = words_of(&f->items[i], column_width(f, width), &arena).count;

        most = lines > most ? lines : most;
    }
    arena_free(&arena);
    return WORDS_TOP + WORDS_LEADING * (double)most + 2;
}

static void draw_figure(const struct figure *figure, struct canvas *canvas, double x, double width,
                        struct arena *arena)
{
    const double whole = chart_text_width(FACE_BOLD, NUMBER_SIZE, figure->number) + 6 +
                         chart_text_width(FACE_REGULAR, UNIT_SIZE, figure->unit);
    const struct lettering number = {FACE_BOLD, whole > width ? NUMBER_SMALL : NUMBER_SIZE,
                                     COLOUR_TITLE, ANCHOR_START};
    const struct lettering unit = {FACE_REGULAR, UNIT_SIZE, COLOUR_MUTED, ANCHOR_START};
    const struct lettering words = {FACE_REGULAR, WORDS_SIZE, COLOUR_MUTED, ANCHOR_START};
    double used = chart_text_width(FACE_BOLD, number.size, figure->number) + 5;
    struct lines lines = words_of(figure, width, arena);

    chart_text(canvas, (struct point){x, TOP}, &number, figure->number, width);
    if (used < width - 10)
        chart_text(canvas, (struct point){x + used, TOP}, &unit, figure->unit, width - used);
    lines_draw(&lines, canvas, (struct point){x, WORDS_TOP}, WORDS_LEADING, &words);
}

static void figures_draw(const void *data, struct canvas *canvas)
{
    const struct paint line = {.line = COLOUR_GRID, .width = 0.8};
    const struct figures *f = data;
    const double width = column_width(f, canvas->width), bottom = canvas->height - 0.5;
    struct arena arena;

    arena_init(&arena);
    canvas_line(canvas, (struct point){0, 0.5}, (struct point){canvas->width, 0.5}, &line);
    for (size_t i = 0; i < f->count; i++)
        draw_figure(&f->items[i], canvas, (width + GAP) * (double)i, width, &arena);
    canvas_line(canvas, (struct point){0, bottom}, (struct point){canvas->width, bottom}, &line);
    arena_free(&arena);
}

struct picture diagram_figures(const struct figures *figures)
{
    return (struct picture){figures_height, figures_draw, figures};
}
