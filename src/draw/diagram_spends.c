/* What is planned to be spent, to scale, and the part of it that support pays. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define NAMES_PART 0.34
#define WORDS_ROOM 78.0 /* behind the longest bar */
#define SUM_PITCH 29.0
#define PITCH 20.0
#define SUM_HEIGHT 21.0
#define BAR_HEIGHT 15.5
#define LEGEND_HEIGHT 18.0

static double rows_height(const struct spends *s, size_t count)
{
    double height = 0;

    for (size_t i = 0; i < count; i++)
        height += s->items[i].is_sum ? SUM_PITCH : PITCH;
    return height;
}

static double spends_height(const void *data, double width)
{
    const struct spends *s = data;

    (void)width;
    return rows_height(s, s->least < s->count ? s->least : s->count) + LEGEND_HEIGHT;
}

double diagram_spends_stretch(const struct spends *spends)
{
    return rows_height(spends, spends->count) + LEGEND_HEIGHT - spends_height(spends, 0);
}

/* Those that a canvas has room for. */
static size_t rows_that_fit(const struct spends *s, const struct canvas *canvas)
{
    size_t count = s->count;

    while (count > s->least && rows_height(s, count) + LEGEND_HEIGHT > canvas->height + 0.1)
        count--;
    return count;
}

static struct ratio largest(const struct spends *s)
{
    struct ratio most = ratio_of(0);

    for (size_t i = 0; i < s->count; i++) {
        if (ratio_cmp(s->items[i].total, most) > 0)
            most = s->items[i].total;
    }
    return most;
}

static void draw_paid_words(const struct spend *spend, struct canvas *canvas, struct box bar,
                            double paid)
{
    double size = spend->is_sum ? 10.5 : 9.5;
    double width = chart_text_width(FACE_BOLD, size, spend->paid_words);
    const struct lettering inside = {FACE_BOLD, size, COLOUR_PAPER, ANCHOR_END};

    if (width + 8 <= paid)
        canvas_text(canvas, (struct point){bar.x + paid - 5, bar.y + bar.height / 2 + size * 0.36},
                    &inside, spend->paid_words);
}

static void draw_spend(const struct spends *s, const struct spend *spend, struct canvas *canvas,
                       double y)
{
    const enum face face = spend->is_sum ? FACE_BOLD : FACE_REGULAR;
    const struct lettering name = {face, spend->is_sum ? 11 : 9.5,
                                   spend->is_sum ? COLOUR_TITLE : COLOUR_INK, ANCHOR_START};
    const struct lettering total = {face, spend->is_sum ? 10.5 : 9,
                                    spend->is_sum ? COLOUR_TITLE : COLOUR_MUTED, ANCHOR_START};
    const double left = canvas->width * NAMES_PART, most = canvas->width - left - WORDS_ROOM;
    double whole = fmax(chart_share(spend->total, largest(s)), 0) * most;
    double paid = fmax(chart_share(spend->paid, largest(s)), 0) * most;
    struct box bar = {left, y, whole, spend->is_sum ? SUM_HEIGHT : BAR_HEIGHT};
    double base = y + bar.height / 2 + 3.4;

    chart_text(canvas, (struct point){0, base}, &name, spend->name, left - 8);
    canvas_rect(canvas, bar, 0, &(struct paint){.fill = COLOUR_TRACK});
    if (paid > 0)
        canvas_rect(canvas, (struct box){left, y, fmax(paid, 1), bar.height}, 0,
                    &(struct paint){.fill = COLOUR_ACCENT});
    draw_paid_words(spend, canvas, bar, paid);
    chart_text(canvas, (struct point){left + whole + 6, base}, &total, spend->total_words,
               canvas->width - left - whole - 6);
}

static void spends_draw(const void *data, struct canvas *canvas)
{
    const struct lettering words = {FACE_REGULAR, 8.5, COLOUR_INK, ANCHOR_START};
    const struct spends *s = data;
    const size_t count = rows_that_fit(s, canvas);
    double x = canvas->width * NAMES_PART, y = 0;

    for (size_t i = 0; i < count; i++) {
        draw_spend(s, &s->items[i], canvas, y);
        y += s->items[i].is_sum ? SUM_PITCH : PITCH;
    }
    canvas_rect(canvas, (struct box){x, y + 4, 12, 9}, 0, &(struct paint){.fill = COLOUR_ACCENT});
    canvas_text(canvas, (struct point){x + 17, y + 12}, &words, s->paid_words);
    x += 17 + chart_text_width(words.face, words.size, s->paid_words) + 24;
    canvas_rect(canvas, (struct box){x, y + 4, 12, 9}, 0, &(struct paint){.fill = COLOUR_TRACK});
    canvas_text(canvas, (struct point){x + 17, y + 12}, &words, s->own_words);
}

struct picture diagram_spends(const struct spends *spends)
{
    return (struct picture){spends_height, spends_draw, spends};
}
