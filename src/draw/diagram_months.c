/* A plan by months: bars, and over them how the points rise. */
#include "chart_parts.h"

#include <math.h>
#include <string.h>

#include "draw/diagram.h"

#define NAMES_PART 0.284 /* of the width */
#define YEARS_HEIGHT 12.0
#define CURVE_HEIGHT 72.0 /* at least, and how much higher at most */
#define CURVE_MORE 60.0
#define CURVE_TOP 20.0    /* room for the last number */
#define CURVE_BOTTOM 10.0 /* and for the start */
#define HEADER_HEIGHT 26.0
#define ROW_HEIGHT 13.6 /* at least, and how much higher at most */
#define ROW_MORE 11.0
#define BAR_HEIGHT 12.0
#define MARKS_HEIGHT 14.0
#define YEAR_WIDTH 24.0
#define NAMES_APART 11.0 /* start and threshold, at the left of the curve */
#define LABEL_LEAST 13.0 /* between two names of months */

struct grid {
    double left, month;                 /* x of the first month, width of one */
    double curve, header, rows, bottom; /* y */
    double curve_height, pitch;
};

/* `part` of what curve and rows may grow by. */
static struct grid grid_of(const struct months *m, double width, double part)
{
    struct grid g = {.left = width * NAMES_PART};

    g.month = (width - g.left - 4) / (double)m->count;
    g.curve = YEARS_HEIGHT;
    g.curve_height = m->gain_count ? CURVE_HEIGHT + part * CURVE_MORE : 0;
    g.header = g.curve + g.curve_height;
    g.rows = g.header + HEADER_HEIGHT;
    g.pitch = ROW_HEIGHT + part * ROW_MORE;
    g.bottom = g.rows + g.pitch * (double)m->row_count + 3;
    return g;
}

static double month_x(const struct grid *g, int end)
{
    return g->left + g->month * (double)end;
}

/* ---- the grid ---- */

/* True if the next year begins so soon that the name of this one would touch it. */
static bool is_crowded(const struct months *m, const struct grid *g, int month)
{
    for (int i = month + 1; i < m->count && g->month * (double)(i - month) < YEAR_WIDTH; i++) {
        if (m->years[i])
            return true;
    }
    return false;
}

static void draw_grid(const struct months *m, const struct grid *g, struct canvas *canvas)
{
    const struct lettering name = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_MIDDLE};
    const struct lettering year = {FACE_REGULAR, 8, COLOUR_MUTED, ANCHOR_START};
    const struct lettering title = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};
    const int every = (int)ceil(LABEL_LEAST / g->month);

    for (int i = 0; i <= m->count; i++)
        if (i % every == 0)
            canvas_line(canvas, (struct point){month_x(g, i), g->curve},
                        (struct point){month_x(g, i), g->bottom},
                        &(struct paint){.line = COLOUR_GRID, .width = 0.6});
    for (int i = 0; i < m->count; i++) {
        if (i % every == 0)
            canvas_text(canvas, (struct point){month_x(g, i) + g->month / 2, g->header + 14}, &name,
                        m->names[i]);
        if (m->years[i] && !is_crowded(m, g, i))
            canvas_text(canvas, (struct point){month_x(g, i), 8}, &year, m->years[i]);
    }
    chart_text(canvas, (struct point){0, g->header + 14}, &title, m->title, g->left - 5);
    canvas_line(canvas, (struct point){0, g->header + 20},
                (struct point){canvas->width, g->header + 20},
                &(struct paint){.line = COLOUR_AXIS, .width = 0.9});
}

/* ---- the curve ---- */

struct scale {
    double low, high;
};

static struct scale scale_of(const struct months *m)
{
    struct scale s = {ratio_approximate(m->start), ratio_approximate(m->start)};

    if (ratio_is_valid(m->threshold)) {
        s.low = fmin(s.low, ratio_approximate(m->threshold));
        s.high = fmax(s.high, ratio_approximate(m->threshold));
    }
    for (size_t i = 0; i < m->gain_count; i++)
        s.high = fmax(s.high, ratio_approximate(m->gains[i].value));
    if (s.high <= s.low)
        s.high = s.low + 1;
    return s;
}

static double curve_y(const struct grid *g, const struct scale *s, struct ratio value)
{
    double share = (ratio_approximate(value) - s->low) / (s->high - s->low);

    return g->curve + CURVE_TOP + (g->curve_height - CURVE_TOP - CURVE_BOTTOM) * (1 - share);
}

static void draw_bounds(const struct months *m, const struct grid *g, const struct scale *s,
                        struct canvas *canvas)
{
    const struct lettering strong = {FACE_BOLD, 8.5, COLOUR_TITLE, ANCHOR_END};
    const struct lettering plain = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_END};

    double start = curve_y(g, s, m->start), bound, name;

    chart_text(canvas, (struct point){g->left - 6, start + 3}, &plain, m->start_words, g->left - 8);
    if (!ratio_is_valid(m->threshold))
        return;
    bound = name = curve_y(g, s, m->threshold);
    if (fabs(bound - start) < NAMES_APART) /* one below the other */
        name = bound < start ? start - NAMES_APART : start + NAMES_APART;
    canvas_line(canvas, (struct point){g->left, bound}, (struct point){month_x(g, m->count), bound},
                &(struct paint){.line = COLOUR_TITLE, .width = 1.1, .is_dashed = true});
    chart_text(canvas, (struct point){g->left - 6, name + 3}, &strong, m->threshold_words,
               g->left - 8);
}

/* Below the line and right of its corner, or above where the threshold would cross it; none where
 * the next corner is too near. The last one is larger. */
static void draw_value(const struct months *m, const struct grid *g, const struct scale *s,
                       struct canvas *canvas, size_t i)
{
    const bool is_last = i + 1 == m->gain_count;
    const struct lettering letters = {is_last ? FACE_BOLD : FACE_REGULAR, is_last ? 10.5 : 8,
                                      is_last ? COLOUR_ACCENT : COLOUR_INK,
                                      is_last ? ANCHOR_END : ANCHOR_START};
    const double x = month_x(g, m->gains[i].month), y = curve_y(g, s, m->gains[i].value);
    const double bound = ratio_is_valid(m->threshold) ? curve_y(g, s, m->threshold) : -1;
    struct point at = {x + 4, bound > y + 1 && bound < y + 12 ? y - 3.5 : y + 10};

    if (!m->gains[i].words)
        return;
    if (is_last)
        at = (struct point){fmin(x + 3, canvas->width), y - 6};
    else if (month_x(g, m->gains[i + 1].month) - x <
             chart_text_width(letters.face, letters.size, m->gains[i].words) + 6)
        return;
    canvas_text(canvas, at, &letters, m->gains[i].words);
}

static void draw_curve(const struct months *m, const struct grid *g, struct canvas *canvas)
{
    const struct paint line = {.line = COLOUR_ACCENT, .width = 2};
    const struct scale s = scale_of(m);
    struct ratio value = m->start;
    double x = g->left;

    draw_bounds(m, g, &s, canvas);
    for (size_t i = 0; i < m->gain_count; i++) {
        const struct month_gain *gain = &m->gains[i];
        double to = month_x(g, gain->month), y = curve_y(g, &s, value);
        double up = curve_y(g, &s, gain->value);

        canvas_line(canvas, (struct point){x, y}, (struct point){to, y}, &line);
        canvas_line(canvas, (struct point){to, y}, (struct point){to, up}, &line);
        canvas_circle(canvas, (struct point){to, up}, 2.6, &(struct paint){.fill = COLOUR_ACCENT});
        draw_value(m, g, &s, canvas, i);
        x = to;
        value = gain->value;
    }
    canvas_line(canvas, (struct point){x, curve_y(g, &s, value)},
                (struct point){month_x(g, m->count), curve_y(g, &s, value)}, &line);
}

/* ---- the rows ---- */

static void draw_row(const struct month_row *row, const struct months *m, const struct grid *g,
                     struct canvas *canvas, double y)
{
    const struct lettering name = {row->is_money ? FACE_BOLD : FACE_REGULAR, 8.8, COLOUR_INK,
                                   ANCHOR_START};
    const struct lettering note = {FACE_REGULAR, 8.2, COLOUR_PEER, ANCHOR_START};
    double from = month_x(g, row->first - 1);
    double to = month_x(g, (int)fmin(row->first + row->months - 1, m->count));
    double height = fmin(BAR_HEIGHT, g->pitch - 4);

    chart_text(canvas, (struct point){0, y + g->pitch / 2 + 3.2}, &name, row->name, g->left - 6);
    canvas_rect(canvas, (struct box){from, y + (g->pitch - height) / 2, fmax(to - from, 2), height},
                0, &(struct paint){.fill = row->is_money ? COLOUR_PEER : COLOUR_ACCENT});
    if (row->note)
        chart_text(canvas, (struct point){to + 5, y + g->pitch / 2 + 3}, &note, row->note,
                   canvas->width - to - 6);
}

static void draw_marks(const struct months *m, const struct grid *g, struct canvas *canvas)
{
    struct lettering letters = {FACE_REGULAR, 8, COLOUR_MUTED, ANCHOR_MIDDLE};

    for (size_t i = 0; i < m->mark_count; i++) {
        double x = month_x(g, m->marks[i].month);
        double half = chart_text_width(letters.face, letters.size, m->marks[i].words) / 2;

        x = fmin(x, canvas->width - half);
        canvas_text(canvas, (struct point){x, g->bottom + 10}, &letters, m->marks[i].words);
    }
}

double diagram_months_stretch(const struct months *m)
{
    return (m->gain_count ? CURVE_MORE : 0) + ROW_MORE * (double)(m->row_count ? m->row_count : 1);
}

static double months_height(const void *data, double width)
{
    const struct months *m = data;

    return grid_of(m, width, 0).bottom + (m->mark_count ? MARKS_HEIGHT : 2);
}

static void months_draw(const void *data, struct canvas *canvas)
{
    const struct months *m = data;
    const double more = canvas->height - months_height(m, canvas->width);
    const struct grid g = grid_of(m, canvas->width, fmax(more, 0) / diagram_months_stretch(m));

    draw_grid(m, &g, canvas);
    if (m->gain_count)
        draw_curve(m, &g, canvas);
    for (size_t i = 0; i < m->row_count; i++)
        draw_row(&m->rows[i], m, &g, canvas, g.rows + g.pitch * (double)i);
    draw_marks(m, &g, canvas);
}

struct picture diagram_months(const struct months *months)
{
    return (struct picture){months_height, months_draw, months};
}
