#include "chart_parts.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

#define BAR_HEIGHT 11.0
#define ROW_GAP 9.0
#define COLUMN_GAP 10.0
#define STACK_BELOW 400.0 /* narrower than this, labels stand over their bars */
#define STACK_GAP 6.0     /* under such a label: the head of a mark has room */
#define NOTE_SIZE 8.0

/* Where things stand in a row. */
struct columns {
    bool is_stacked;
    double label, track, number; /* widths */
};

static const char *number_text(const struct bars *bars, const struct bar *bar, struct arena *arena)
{
    struct ratio percent = ratio_mul(ratio_div(bar->value, bar->max), ratio_of(100));

    if (!ratio_is_valid(bar->value))
        return bars->unknown;
    if (bars->numbers == BARS_OF_MAX)
        return arena_printf(arena, "%s/%s",
                            text_of_number_short(arena, bar->value, bars->decimals, bars->lang),
                            text_of_number_short(arena, bar->max, bars->decimals, bars->lang));
    return arena_printf(arena, "%s\u00A0%%",
                        chart_number(arena, percent, bars->decimals, bars->lang, bars->unknown));
}

static double number_width(const struct bars *bars, const struct bar *bar, struct arena *arena)
{
    double width = chart_text_width(FACE_BOLD, CHART_SIZE, number_text(bars, bar, arena));

    return bar->note ? fmax(width, chart_text_width(FACE_REGULAR, NOTE_SIZE, bar->note)) : width;
}

static struct columns columns_of(const struct bars *bars, double width, struct arena *arena)
{
    struct columns c = {.is_stacked = width < STACK_BELOW};

    for (size_t i = 0; i < bars->count; i++) {
        c.number = fmax(c.number, number_width(bars, &bars->items[i], arena));
        c.label = fmax(c.label, chart_text_width(FACE_REGULAR, CHART_SIZE, bars->items[i].label));
    }
    c.number = fmin(c.number, width * 0.35);
    c.label = c.is_stacked ? width : fmin(c.label, width * 0.36);
    c.track = width - c.number - COLUMN_GAP - (c.is_stacked ? 0 : c.label + COLUMN_GAP);
    return c;
}

/* Height of a row without the gap behind it. */
static double row_height(const struct bar *bar, const struct columns *c, size_t label_lines)
{
    double label = (double)label_lines * CHART_LEADING;
    double number = bar->note ? 23 : BAR_HEIGHT;

    return c->is_stacked ? label + STACK_GAP + number : fmax(label, number);
}

static const struct legend_entry *legend_of(const struct bars *bars, struct arena *arena)
{
    struct legend_entry *entries = ARENA_ARRAY(arena, struct legend_entry, 2);

    entries[0] = (struct legend_entry){LEGEND_THRESHOLD, bars->threshold_name};
    entries[1] = (struct legend_entry){LEGEND_PEER, bars->peer_name};
    return entries;
}

static void draw_track(const struct bar *bar, struct canvas *canvas, struct box box)
{
    const struct paint track = {.fill = COLOUR_TRACK, .line = COLOUR_AXIS, .width = 0.6};
    const struct paint gap = {
        .fill = COLOUR_PAPER, .line = COLOUR_AXIS, .width = 0.8, .is_dashed = true};
    double share = chart_share(bar->value, bar->max);
    double threshold = chart_share(bar->threshold, bar->max);
    double peer = chart_share(bar->peer, bar->max);
    double middle = box.y + box.height / 2;

    canvas_rect(canvas, box, 2, share < 0 ? &gap : &track);
    if (share > 0)
        canvas_rect(canvas, (struct box){box.x, box.y, fmax(box.width * share, 1.5), box.height}, 2,
                    &(struct paint){.fill = COLOUR_ACCENT});
    if (threshold >= 0)
        mark_threshold(canvas, (struct point){box.x + box.width * threshold, middle},
                       box.height + 3);
    if (peer >= 0)
        mark_peer(canvas, (struct point){box.x + box.width * peer, middle});
}

static void draw_row(const struct bars *bars, const struct bar *bar, const struct columns *c,
                     const struct lines *lines, struct canvas *canvas, double y,
                     struct arena *arena)
{
    const struct lettering label = {FACE_REGULAR, CHART_SIZE, COLOUR_INK, ANCHOR_START};
    const struct lettering number = {FACE_BOLD, CHART_SIZE, COLOUR_INK, ANCHOR_END};
    const struct lettering note = {FACE_REGULAR, NOTE_SIZE, COLOUR_MUTED, ANCHOR_END};
    double height = row_height(bar, c, lines->count);
    double text = (double)lines->count * CHART_LEADING;
    double middle = c->is_stacked ? y + text + STACK_GAP + BAR_HEIGHT / 2 : y + height / 2;
    struct box track = {c->is_stacked ? 0 : c->label + COLUMN_GAP, middle - BAR_HEIGHT / 2,
                        c->track, BAR_HEIGHT};
    struct point at = {canvas->width, middle + 3.2 - (bar->note && !c->is_stacked ? 5 : 0)};

    lines_draw(lines, canvas,
               (struct point){0, (c->is_stacked ? y : middle - text / 2) + CHART_LEADING - 3.3},
               CHART_LEADING, &label);
    draw_track(bar, canvas, track);
    canvas_text(canvas, at, &number, number_text(bars, bar, arena));
    if (bar->note)
        canvas_text(canvas, (struct point){at.x, at.y + 11}, &note, bar->note);
}

/* Walks over the rows; draws them if there is a canvas. The result is the height. */
static double bars_walk(const struct bars *bars, double width, struct canvas *canvas)
{
    const struct legend_entry *legend;
    struct columns columns;
    struct arena arena;
    double y = 6;

    arena_init(&arena);
    columns = columns_of(bars, width, &arena);
    for (size_t i = 0; i < bars->count; i++) {
        const struct bar *bar = &bars->items[i];
        struct lines label =
            chart_label(&arena, bar->label, FACE_REGULAR, CHART_SIZE, columns.label);

        if (canvas)
            draw_row(bars, bar, &columns, &label, canvas, y, &arena);
        y += row_height(bar, &columns, label.count) + ROW_GAP;
    }
    legend = legend_of(bars, &arena);
    if (canvas)
        legend_draw(legend, 2, canvas, (struct point){0, y}, width);
    y += legend_height(legend, 2, width);
    arena_free(&arena);
    return y;
}

static double bars_height(const void *data, double width)
{
    return bars_walk(data, width, NULL);
}

static void bars_draw(const void *data, struct canvas *canvas)
{
    bars_walk(data, canvas->width, canvas);
}

struct picture chart_bars(const struct bars *bars)
{
    return (struct picture){bars_height, bars_draw, bars};
}
