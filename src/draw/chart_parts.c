#include "chart_parts.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

double chart_share(struct ratio value, struct ratio max)
{
    struct ratio share = ratio_div(value, max);

    if (!ratio_is_valid(share))
        return -1;
    return fmin(fmax(ratio_approximate(share), 0), 1);
}

const char *chart_number(struct arena *arena, struct ratio value, unsigned decimals, enum lang lang,
                         const char *unknown)
{
    return ratio_is_valid(value) ? text_of_number(arena, value, decimals, lang) : unknown;
}

struct lines chart_label(struct arena *arena, const char *text, enum face face, double size,
                         double width)
{
    struct lines_style style = {.size = size, .width = width, .mode = LINES_BALANCED};

    return lines_break_text(arena, text, face, &style);
}

double chart_text_width(enum face face, double size, const char *text)
{
    return font_text_width(face, size, text, strlen(text));
}

void mark_threshold(struct canvas *canvas, struct point at, double height)
{
    const struct paint line = {.line = COLOUR_INK, .width = 1.2};
    const struct paint head = {.fill = COLOUR_INK};
    double top = at.y - height / 2;
    const struct point triangle[] = {{at.x - 3, top - 4}, {at.x + 3, top - 4}, {at.x, top}};

    canvas_line(canvas, (struct point){at.x, top - 2}, (struct point){at.x, at.y + height / 2},
                &line);
    canvas_polygon(canvas, triangle, 3, true, &head);
}

void mark_peer(struct canvas *canvas, struct point at)
{
    const struct paint paint = {.fill = COLOUR_PAPER, .line = COLOUR_PEER, .width = 1.4};
    const struct point diamond[] = {
        {at.x, at.y - 4.2}, {at.x + 4.2, at.y}, {at.x, at.y + 4.2}, {at.x - 4.2, at.y}};

    canvas_polygon(canvas, diamond, 4, true, &paint);
}

void mark_value(struct canvas *canvas, struct point at)
{
    canvas_circle(canvas, at, 2.8, &(struct paint){.fill = COLOUR_ACCENT});
}

void mark_second(struct canvas *canvas, struct point at)
{
    canvas_rect(canvas, (struct box){at.x - 2.2, at.y - 2.2, 4.4, 4.4}, 0,
                &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_PEER, .width = 1.1});
}

#define SIGN_WIDTH 22.0
#define ENTRY_GAP 18.0

static void draw_sign(struct canvas *canvas, enum legend_sign sign, struct point at)
{
    const struct paint own = {.line = COLOUR_ACCENT, .width = 1.8};
    const struct paint other = {.line = COLOUR_PEER, .width = 1.3, .is_dashed = true};
    const struct point end = {at.x + 16, at.y}, middle = {at.x + 8, at.y};

    switch (sign) {
    case LEGEND_LINE:
        canvas_line(canvas, at, end, &own);
        mark_value(canvas, middle);
        break;
    case LEGEND_DASHED:
        canvas_line(canvas, at, end, &other);
        mark_second(canvas, middle);
        break;
    case LEGEND_THRESHOLD:
        mark_threshold(canvas, (struct point){middle.x, at.y + 1}, 9);
        break;
    case LEGEND_PEER:
        mark_peer(canvas, middle);
        break;
    }
}

/* One entry, in as many lines as it takes; drawn if there is a canvas. The result is the height. */
static double legend_entry_walk(const struct legend_entry *entry, struct canvas *canvas,
                                struct point at, double width)
{
    const struct lettering words = {FACE_REGULAR, CHART_SIZE, COLOUR_INK, ANCHOR_START};
    struct lines lines;
    struct arena arena;
    double height;

    arena_init(&arena);
    lines = chart_label(&arena, entry->text, FACE_REGULAR, CHART_SIZE, width - SIGN_WIDTH);
    if (canvas) {
        draw_sign(canvas, entry->sign, (struct point){at.x, at.y + 7});
        lines_draw(&lines, canvas, (struct point){at.x + SIGN_WIDTH, at.y + 10}, CHART_LEADING,
                   &words);
    }
    height = (double)lines.count * CHART_LEADING + 2;
    arena_free(&arena);
    return height;
}

/* Walks over the entries; draws them if there is a canvas. The result is the height. */
static double legend_walk(const struct legend_entry *entries, size_t count, struct canvas *canvas,
                          struct point at, double width)
{
    double x = 0, y = 0, row = 0;

    for (size_t i = 0; i < count; i++) {
        double needs, height;

        if (!entries[i].text)
            continue;
        needs = SIGN_WIDTH + chart_text_width(FACE_REGULAR, CHART_SIZE, entries[i].text);
        if (x > 0 && x + needs > width) {
            x = 0;
            y += row;
            row = 0;
        }
        height = legend_entry_walk(&entries[i], canvas, (struct point){at.x + x, at.y + y}, width);
        row = height > row ? height : row;
        x += needs + ENTRY_GAP;
    }
    return y + row;
}

double legend_height(const struct legend_entry *entries, size_t count, double width)
{
    return legend_walk(entries, count, NULL, (struct point){0, 0}, width);
}

void legend_draw(const struct legend_entry *entries, size_t count, struct canvas *canvas,
                 struct point at, double width)
{
    legend_walk(entries, count, canvas, at, width);
}
