/* Dimensions as bars over the zones of the levels, with all marks. */
#include "chart_parts.h"

#include <math.h>

#include "draw/diagram.h"

#define ZONES_HEIGHT 24.0
#define BAR_HEIGHT 13.0
#define SMALL_BAR_HEIGHT 11.0
#define NAME_SIZE 10.0
#define SMALL_NAME_SIZE 9.0
#define VALUE_SIZE 12.5
#define SMALL_VALUE_SIZE 9.0
#define REMARK_SIZE 8.7
#define REMARK_LEADING 11.6
#define REMARK_LINES 2
#define REMARK_PITCH 52.0 /* bars that are closer have none */
#define VALUE_ROOM 75.0   /* at the right of the bars */
#define SMALL_VALUE_ROOM 44.0
#define NAME_PART 0.395 /* of the width, for small names */
#define LEGEND_GAP 20.0

/* Where the bars lie. */
static double bars_left(const struct pillars *p, double width)
{
    return p->is_small ? width * NAME_PART : 0;
}

static double bars_width(const struct pillars *p, double width)
{
    return width - bars_left(p, width) - (p->is_small ? SMALL_VALUE_ROOM : VALUE_ROOM);
}

static bool has_legend(const struct pillars *p)
{
    return p->own_words || p->before_words || p->peers_words || p->threshold_words;
}

/* ---- zones ---- */

static double zone_x(const struct pillars *p, double width, size_t zone)
{
    double share =
        zone < p->zone_count ? fmax(chart_share(p->zones[zone].from, ratio_of(100)), 0) : 1;

    return share * bars_width(p, width);
}

static void draw_zone(const struct pillars *p, struct canvas *canvas, size_t i)
{
    const struct pillar_zone *zone = &p->zones[i];
    const struct lettering letters = {zone->is_current ? FACE_BOLD : FACE_REGULAR, 8.5,
                                      zone->is_current ? COLOUR_ACCENT : COLOUR_MUTED,
                                      ANCHOR_MIDDLE};
    const struct paint line = {.line = zone->is_current ? COLOUR_ACCENT : COLOUR_GRID,
                               .width = zone->is_current ? 2.6 : 1.2};
    double left = zone_x(p, canvas->width, i) + 1, right = zone_x(p, canvas->width, i + 1) - 1;

    canvas_line(canvas, (struct point){left, 15}, (struct point){right, 15}, &line);
    chart_text(canvas, (struct point){(left + right) / 2, 9}, &letters, zone->words, right - left);
}

/* ---- bars ---- */

static void draw_marks(const struct pillars *p, const struct pillar *pillar, struct canvas *canvas,
                       struct box bar)
{
    double before = chart_share(pillar->before, ratio_of(100));
    double peers = chart_share(pillar->peers, ratio_of(100));
    double threshold = chart_share(pillar->threshold, ratio_of(100));
    double over = p->is_small ? 2 : 4;

    if (threshold >= 0)
        mark_tick(canvas, (struct point){bar.x + bar.width * threshold, bar.y - over},
                  bar.height + 2 * over);
    if (before >= 0 && !p->is_small)
        mark_before(canvas, (struct point){bar.x + bar.width * before, bar.y + bar.height / 2});
    if (peers >= 0)
        mark_median(canvas, (struct point){bar.x + bar.width * peers, bar.y + bar.height + 0.5},
                    MEDIAN_HALF);
}

static void draw_bar(const struct pillars *p, const struct pillar *pillar, struct canvas *canvas,
                     struct box bar)
{
    double value = chart_share(pillar->value, ratio_of(100));

    canvas_rect(canvas, bar, 0, &(struct paint){.fill = COLOUR_TRACK});
    if (value > 0)
        canvas_rect(canvas, (struct box){bar.x, bar.y, fmax(bar.width * value, 1), bar.height}, 0,
                    &(struct paint){.fill = COLOUR_ACCENT});
    for (size_t i = 1; i < p->zone_count && !p->is_small; i++) {
        double x = bar.x + zone_x(p, canvas->width, i);

        canvas_line(canvas, (struct point){x, bar.y}, (struct point){x, bar.y + bar.height},
                    &(struct paint){.line = COLOUR_PAPER, .width = 1.2});
    }
    draw_marks(p, pillar, canvas, bar);
}

static void draw_small_row(const struct pillars *p, const struct pillar *pillar,
                           struct canvas *canvas, double y)
{
    const struct lettering name = {FACE_REGULAR, SMALL_NAME_SIZE, COLOUR_INK, ANCHOR_START};
    const struct lettering value = {FACE_BOLD, SMALL_VALUE_SIZE, COLOUR_INK, ANCHOR_END};
    double left = bars_left(p, canvas->width);

    chart_text(canvas, (struct point){0, y + 11}, &name, pillar->name, left - 6);
    draw_bar(p, pillar, canvas,
             (struct box){left, y + 2, bars_width(p, canvas->width), SMALL_BAR_HEIGHT});
    canvas_text(canvas, (struct point){canvas->width, y + 11}, &value, pillar->value_words);
}

/* In two lines at most. */
static void draw_remark(const char *text, struct canvas *canvas, struct point at, double width)
{
    const struct lettering letters = {FACE_REGULAR, REMARK_SIZE, COLOUR_MUTED, ANCHOR_START};
    const struct lines_style style = {.size = REMARK_SIZE, .width = width};
    struct arena arena;
    struct lines lines;

    arena_init(&arena);
    lines = lines_break_text(&arena, text, FACE_REGULAR, &style);
    if (lines.count > REMARK_LINES) { /* the last one is cut, and says so */
        lines.count = REMARK_LINES - 1;
        chart_text(canvas, (struct point){at.x, at.y + REMARK_LEADING * (REMARK_LINES - 1)},
                   &letters, lines.items[lines.count].fragments[0].text, width);
    }
    lines_draw(&lines, canvas, at, REMARK_LEADING, &letters);
    arena_free(&arena);
}

static void draw_row(const struct pillars *p, const struct pillar *pillar, struct canvas *canvas,
                     double y)
{
    const struct lettering name = {FACE_BOLD, NAME_SIZE, COLOUR_TITLE, ANCHOR_START};
    const struct lettering value = {FACE_BOLD, VALUE_SIZE, COLOUR_TITLE, ANCHOR_END};
    const struct lettering change = {FACE_REGULAR, 8, COLOUR_MUTED, ANCHOR_END};
    double width = bars_width(p, canvas->width);
    struct box bar = {0, y + 15, width, fmin(BAR_HEIGHT, p->pitch - 18)};

    chart_text(canvas, (struct point){0, y + 10}, &name, pillar->name, width);
    draw_bar(p, pillar, canvas, bar);
    canvas_text(canvas, (struct point){canvas->width, bar.y + 10.5}, &value, pillar->value_words);
    if (pillar->change_words)
        chart_text(canvas, (struct point){canvas->width, bar.y + 25}, &change, pillar->change_words,
                   VALUE_ROOM - 4);
    if (pillar->remark && p->pitch > REMARK_PITCH)
        draw_remark(pillar->remark, canvas, (struct point){0, bar.y + bar.height + 12}, width + 10);
}

/* ---- the legend ---- */

/* The sign of an entry, by its place in the row. */
static void draw_legend_sign(struct canvas *canvas, int entry, struct point at)
{
    switch (entry) {
    case 0:
        canvas_rect(canvas, (struct box){at.x, at.y - 8, 14, 9}, 0,
                    &(struct paint){.fill = COLOUR_ACCENT});
        break;
    case 1:
        mark_before(canvas, (struct point){at.x + 9, at.y - 3});
        break;
    case 2:
        mark_median(canvas, (struct point){at.x + 8, at.y - 7.5}, MEDIAN_HALF);
        break;
    default:
        mark_tick(canvas, (struct point){at.x + 10, at.y - 9}, 11);
    }
}

/* Draws the entries if there is a canvas; the result is the height. */
static double legend_walk(const struct pillars *p, struct canvas *canvas, double y, double width)
{
    const struct lettering letters = {FACE_REGULAR, 8.5, COLOUR_INK, ANCHOR_START};
    const char *const entries[] = {p->own_words, p->before_words, p->peers_words,
                                   p->threshold_words};
    double x = 0, top = y;

    for (int i = 0; i < 4; i++) {
        double needs = 0;

        if (!entries[i])
            continue;
        needs = 19 + chart_text_width(letters.face, letters.size, entries[i]);
        if (x > 0 && x + needs > width) {
            x = 0;
            y += 14;
        }
        if (canvas) {
            draw_legend_sign(canvas, i, (struct point){x, y + 10});
            chart_text(canvas, (struct point){x + 19, y + 10}, &letters, entries[i],
                       width - x - 19);
        }
        x += needs + LEGEND_GAP;
    }
    return y + 14 - top;
}

static double pillars_height(const void *data, double width)
{
    const struct pillars *p = data;
    double height = (p->is_small || !p->zone_count ? 0 : ZONES_HEIGHT);

    height += p->pitch * (double)p->count;
    return height + (has_legend(p) ? legend_walk(p, NULL, 0, width) : 0);
}

static void pillars_draw(const void *data, struct canvas *canvas)
{
    const struct pillars *p = data;
    const double more = fmax(canvas->height - pillars_height(p, canvas->width), 0);
    const double pitch = p->pitch + more / fmax((double)p->count, 1);
    double y = p->is_small || !p->zone_count ? 0 : ZONES_HEIGHT;

    for (size_t i = 0; i < p->zone_count && !p->is_small; i++)
        draw_zone(p, canvas, i);
    for (size_t i = 0; i < p->count; i++, y += pitch)
        (p->is_small ? draw_small_row : draw_row)(p, &p->items[i], canvas, y);
    if (has_legend(p))
        legend_walk(p, canvas, y, canvas->width);
}

struct picture diagram_pillars(const struct pillars *pillars)
{
    return (struct picture){pillars_height, pillars_draw, pillars};
}
