/* Counts as bars: how many things hang on an answer. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define NAMES_PART 0.68
#define BAR_PART 0.2 /* of the longest */
#define NAME_SIZE 9.2
#define LEADING 12.2
#define PAD 5.8 /* between two rows */
#define BAR_HEIGHT 11.0

/* Names are told whole, in as many lines as they take. */
static struct lines name_lines(const struct count_bar *bar, double width, struct arena *arena)
{
    return chart_label(arena, bar->name, FACE_REGULAR, NAME_SIZE, width * NAMES_PART - 8);
}

static void draw_bar(const struct count_bar *bar, size_t most, struct canvas *canvas, double middle)
{
    const struct lettering count = {FACE_BOLD, NAME_SIZE, COLOUR_PEER, ANCHOR_START};
    const struct lettering note = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const double left = canvas->width * NAMES_PART;
    double width = canvas->width * BAR_PART * (double)bar->count / (double)most;
    double x = left + width + 5;

    canvas_rect(canvas, (struct box){left, middle - BAR_HEIGHT / 2, fmax(width, 2), BAR_HEIGHT}, 0,
                &(struct paint){.fill = COLOUR_PEER});
    canvas_text(canvas, (struct point){x, middle + 3.3}, &count, bar->words);
    x += chart_text_width(count.face, count.size, bar->words) + 8;
    if (bar->note)
        chart_text(canvas, (struct point){x, middle + 3.3}, &note, bar->note, canvas->width - x);
}

/* Draws if there is a canvas; the result is the height. */
static double counts_walk(const struct count_bars *bars, struct canvas *canvas, double width)
{
    const struct lettering name = {FACE_REGULAR, NAME_SIZE, COLOUR_INK, ANCHOR_START};
    struct arena arena;
    size_t most = 1;
    double y = 0;

    arena_init(&arena);
    for (size_t i = 0; i < bars->count; i++)
        most = bars->items[i].count > most ? bars->items[i].count : most;
    for (size_t i = 0; i < bars->count; i++) {
        struct lines lines = name_lines(&bars->items[i], width, &arena);
        double height = LEADING * (double)lines.count + PAD;

        if (canvas) {
            lines_draw(&lines, canvas, (struct point){0, y + PAD / 2 + 9}, LEADING, &name);
            draw_bar(&bars->items[i], most, canvas, y + height / 2);
        }
        y += height;
    }
    arena_free(&arena);
    return y;
}

static double counts_height(const void *data, double width)
{
    return counts_walk(data, NULL, width);
}

static void counts_draw(const void *data, struct canvas *canvas)
{
    counts_walk(data, canvas, canvas->width);
}

struct picture diagram_counts(const struct count_bars *bars)
{
    return (struct picture){counts_height, counts_draw, bars};
}
