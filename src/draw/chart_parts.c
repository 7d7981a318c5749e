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

#define CUT_BYTES_MAX 400

void chart_text(struct canvas *canvas, struct point at, const struct lettering *lettering,
                const char *text, double width)
{
    static const char dots[] = "…";
    char cut[CUT_BYTES_MAX + sizeof(dots)];
    size_t len = strlen(text), fits;

    if (font_text_width(lettering->face, lettering->size, text, len) <= width + 0.01) {
        canvas_text(canvas, at, lettering, text);
        return;
    }
    width -= chart_text_width(lettering->face, lettering->size, dots);
    fits = font_text_fit(lettering->face, lettering->size, text, len, width);
    while (fits > CUT_BYTES_MAX || (fits > 0 && text[fits - 1] == ' '))
        fits--;
    memcpy(cut, text, fits);
    memcpy(cut + fits, dots, sizeof(dots));
    canvas_text(canvas, at, lettering, cut);
}

void mark_before(struct canvas *canvas, struct point centre)
{
    canvas_circle(canvas, centre, 3.4,
                  &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_TITLE, .width = 1.4});
}

void mark_median(struct canvas *canvas, struct point tip, double half)
{
    double y = tip.y + half * 7.6 / MEDIAN_HALF;
    const struct point triangle[] = {tip, {tip.x + half, y}, {tip.x - half, y}};

    canvas_polygon(canvas, triangle, 3, true, &(struct paint){.fill = COLOUR_PEER});
}

void mark_tick(struct canvas *canvas, struct point top, double height)
{
    canvas_line(canvas, top, (struct point){top.x, top.y + height},
                &(struct paint){.line = COLOUR_TITLE, .width = 1.5});
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

#define SIGN_WIDTH 22.0
#define ENTRY_GAP 18.0

static void draw_sign(struct canvas *canvas, enum legend_sign sign, struct point at)
{
    if (sign == LEGEND_THRESHOLD)
        mark_threshold(canvas, (struct point){at.x + 8, at.y + 1}, 9);
    else
        mark_peer(canvas, (struct point){at.x + 8, at.y});
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
