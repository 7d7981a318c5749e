#include "chart_parts.h"

#include <math.h>
#include <string.h>

#define STEP_GAP 5.0
#define STEP_HEIGHT 26.0
#define POINTER_HEIGHT 22.0 /* the word over the step reached, and its arrow */
#define NAME_SIZE 8.5
#define NAME_LEADING 12.4
#define DETAIL_SIZE 7.5
#define DETAIL_LEADING 11.0

struct step_texts {
    struct lines name, detail;
    double height;
};

static double step_width(const struct level_scale *scale, double width)
{
    double count = (double)scale->count;

    return (width - STEP_GAP * (count - 1)) / count;
}

static struct step_texts step_texts(const struct level_scale *scale, size_t i, double width,
                                    struct arena *arena)
{
    const struct level_step *step = &scale->steps[i];
    enum face face = (int)i == scale->current ? FACE_BOLD : FACE_REGULAR;
    struct step_texts texts = {0};

    texts.name = chart_label(arena, step->name, face, NAME_SIZE, width);
    if (step->detail)
        texts.detail = chart_label(arena, step->detail, FACE_REGULAR, DETAIL_SIZE, width);
    texts.height =
        (double)texts.name.count * NAME_LEADING + (double)texts.detail.count * DETAIL_LEADING;
    return texts;
}

static double levels_height(const void *data, double width)
{
    const struct level_scale *scale = data;
    struct arena arena;
    double highest = 0;

    arena_init(&arena);
    for (size_t i = 0; i < scale->count; i++)
        highest = fmax(highest, step_texts(scale, i, step_width(scale, width), &arena).height);
    arena_free(&arena);
    return POINTER_HEIGHT + STEP_HEIGHT + 3 + highest;
}

static void draw_pointer(const struct level_scale *scale, struct canvas *canvas, double x,
                         double width)
{
    const struct lettering word = {FACE_BOLD, NAME_SIZE, COLOUR_TITLE, ANCHOR_START};
    const struct point arrow[] = {
        {x - 5, POINTER_HEIGHT - 7}, {x + 5, POINTER_HEIGHT - 7}, {x, POINTER_HEIGHT - 1}};
    double length = chart_text_width(word.face, word.size, scale->here);
    double left = fmax(fmin(x - length / 2, width - length), 0);

    canvas_text(canvas, (struct point){left, POINTER_HEIGHT - 11}, &word, scale->here);
    canvas_polygon(canvas, arrow, 3, true, &(struct paint){.fill = COLOUR_TITLE});
}

static void draw_step(const struct level_scale *scale, size_t i, struct canvas *canvas, double x,
                      double width)
{
    const struct paint reached = {.fill = COLOUR_TITLE};
    const struct paint passed = {.fill = COLOUR_INFO_PALE, .line = COLOUR_LINK, .width = 1};
    const struct paint ahead = {
        .fill = COLOUR_PAPER, .line = COLOUR_AXIS, .width = 1, .is_dashed = true};
    const bool is_reached = (int)i == scale->current;
    const struct lettering number = {FACE_BOLD, 12, is_reached ? COLOUR_PAPER : COLOUR_INK,
                                     ANCHOR_MIDDLE};

    canvas_rect(canvas, (struct box){x + 0.5, POINTER_HEIGHT + 0.5, width - 1, STEP_HEIGHT - 1}, 3,
                is_reached                ? &reached
                : (int)i < scale->current ? &passed
                                          : &ahead);
    canvas_text(canvas, (struct point){x + width / 2, POINTER_HEIGHT + STEP_HEIGHT / 2 + 4.3},
                &number, scale->steps[i].number);
}

static void levels_draw(const void *data, struct canvas *canvas)
{
    const struct level_scale *scale = data;
    const double width = step_width(scale, canvas->width);
    struct arena arena;

    arena_init(&arena);
    for (size_t i = 0; i < scale->count; i++) {
        const bool is_reached = (int)i == scale->current;
        const struct lettering name = {is_reached ? FACE_BOLD : FACE_REGULAR, NAME_SIZE,
                                       is_reached ? COLOUR_TITLE : COLOUR_INK, ANCHOR_MIDDLE};
        const struct lettering detail = {FACE_REGULAR, DETAIL_SIZE, COLOUR_MUTED, ANCHOR_MIDDLE};
        struct step_texts texts = step_texts(scale, i, width, &arena);
        double x = (double)i * (width + STEP_GAP);
        double y = POINTER_HEIGHT + STEP_HEIGHT + 12;

        if (is_reached)
            draw_pointer(scale, canvas, x + width / 2, canvas->width);
        draw_step(scale, i, canvas, x, width);
        lines_draw(&texts.name, canvas, (struct point){x + width / 2, y}, NAME_LEADING, &name);
        y += (double)texts.name.count * NAME_LEADING;
        lines_draw(&texts.detail, canvas, (struct point){x + width / 2, y - 1}, DETAIL_LEADING,
                   &detail);
    }
    arena_free(&arena);
}

struct picture chart_levels(const struct level_scale *scale)
{
    return (struct picture){levels_height, levels_draw, scale};
}
