/* Papers against applications, with a box to tick for each paper. */
#include "chart_parts.h"

#include <math.h>
#include <stdio.h>

#include "draw/diagram.h"

#define NAMES_PART 0.52 /* of the width; less where there are many columns */
#define COLUMN_MOST 44.0
#define COLUMN_BARE 16.5 /* of numbers without names */
#define BOX 11.0
#define TEXT_LEFT 20.0
#define ROW_PAD 3.0
#define NAME_SIZE 8.4
#define NAME_LEADING 11.2
#define HEAD_SIZE 6.9
#define HEAD_LEADING 8.8
#define HEAD_LINES_MAX 5
#define SUM_HEIGHT 20.0

struct layout {
    double left, column; /* where the columns begin, the width of one */
    double head;         /* height of their names */
};

static size_t head_lines(struct arena *arena, const struct paper_column *column, double width)
{
    size_t lines =
        column->name ? chart_label(arena, column->name, FACE_BOLD, HEAD_SIZE, width - 3).count : 0;

    return lines < HEAD_LINES_MAX ? lines : HEAD_LINES_MAX;
}

static bool has_names(const struct papers_matrix *p)
{
    for (size_t i = 0; i < p->column_count; i++) {
        if (p->columns[i].name)
            return true;
    }
    return false;
}

static struct layout layout_of(const struct papers_matrix *p, double width, struct arena *arena)
{
    struct layout layout;
    size_t most = 0;

    layout.column = fmin(width * (1 - NAMES_PART) / fmax((double)p->column_count, 1),
                         has_names(p) ? COLUMN_MOST : COLUMN_BARE);
    layout.left = width - layout.column * (double)p->column_count;
    for (size_t i = 0; i < p->column_count; i++) {
        size_t lines = head_lines(arena, &p->columns[i], layout.column);

        most = lines > most ? lines : most;
    }
    layout.head = 16 + HEAD_LEADING * (double)most;
    return layout;
}

static struct lines row_lines(const struct paper_row *row, const struct layout *layout,
                              struct arena *arena)
{
    struct lines_style style = {.size = NAME_SIZE, .width = layout->left - TEXT_LEFT - 10};

    return lines_break_text(arena, row->name, FACE_REGULAR, &style);
}

static double row_height(const struct lines *lines)
{
    return NAME_LEADING * (double)lines->count + 2 * ROW_PAD;
}

static void draw_head(const struct papers_matrix *p, const struct layout *layout,
                      struct canvas *canvas, struct arena *arena)
{
    for (size_t i = 0; i < p->column_count; i++) {
        const struct paper_column *column = &p->columns[i];
        const enum colour ink = column->is_marked ? COLOUR_ACCENT : COLOUR_MUTED;
        const struct lettering number = {FACE_BOLD, 9.5, ink, ANCHOR_MIDDLE};
        const struct lettering name = {column->is_marked ? FACE_BOLD : FACE_REGULAR, HEAD_SIZE, ink,
                                       ANCHOR_MIDDLE};
        double x = layout->left + layout->column * ((double)i + 0.5);
        struct lines lines;

        canvas_text(canvas, (struct point){x, 10}, &number, column->number);
        if (!column->name)
            continue;
        lines = chart_label(arena, column->name, name.face, HEAD_SIZE, layout->column - 3);
        if (lines.count > HEAD_LINES_MAX)
            lines.count = HEAD_LINES_MAX;
        lines_draw(&lines, canvas, (struct point){x, 20}, HEAD_LEADING, &name);
    }
}

static void draw_grounds(const struct papers_matrix *p, const struct layout *layout,
                         struct canvas *canvas, double bottom)
{
    for (size_t i = 0; i < p->column_count; i++) {
        if (p->columns[i].is_marked)
            canvas_rect(canvas,
                        (struct box){layout->left + layout->column * (double)i, layout->head,
                                     layout->column + 0.2, bottom - layout->head},
                        0, &(struct paint){.fill = COLOUR_PALE});
    }
}

static void draw_cells(const struct papers_matrix *p, const struct paper_row *row,
                       const struct layout *layout, struct canvas *canvas, double y)
{
    for (size_t i = 0; i < p->column_count; i++) {
        struct point at = {layout->left + layout->column * ((double)i + 0.5), y};
        bool is_needed = row->columns >> i & 1;

        canvas_circle(canvas, at, is_needed ? 4.8 : 1,
                      &(struct paint){.fill = is_needed && p->columns[i].is_marked ? COLOUR_ACCENT
                                                                                   : COLOUR_AXIS});
    }
}

static void draw_row(const struct papers_matrix *p, const struct paper_row *row,
                     const struct lines *lines, const struct layout *layout, struct canvas *canvas,
                     struct box box)
{
    const struct lettering name = {FACE_REGULAR, NAME_SIZE, COLOUR_INK, ANCHOR_START};
    const double middle = box.y + box.height / 2, bottom = box.y + box.height;

    canvas_rect(canvas, (struct box){0.5, middle - BOX / 2, BOX, BOX}, 0,
                &(struct paint){.fill = COLOUR_PAPER, .line = COLOUR_AXIS, .width = 1.2});
    lines_draw(lines, canvas,
               (struct point){TEXT_LEFT, middle - NAME_LEADING * (double)lines->count / 2 + 9},
               NAME_LEADING, &name);
    draw_cells(p, row, layout, canvas, middle);
    canvas_line(canvas, (struct point){0, bottom}, (struct point){canvas->width, bottom},
                &(struct paint){.line = COLOUR_GRID, .width = 0.6});
}

static void draw_sums(const struct papers_matrix *p, const struct layout *layout,
                      struct canvas *canvas, double y)
{
    const struct lettering words = {FACE_REGULAR, 8.5, COLOUR_MUTED, ANCHOR_START};

    chart_text(canvas, (struct point){TEXT_LEFT, y + 13}, &words, p->sum_words,
               layout->left - TEXT_LEFT - 10);
    for (size_t i = 0; i < p->column_count; i++) {
        const struct lettering letters = {
            FACE_BOLD, 9.5, p->columns[i].is_marked ? COLOUR_ACCENT : COLOUR_MUTED, ANCHOR_MIDDLE};
        size_t sum = 0;
        char number[24];

        for (size_t k = 0; k < p->row_count; k++)
            sum += p->rows[k].columns >> i & 1;
        snprintf(number, sizeof(number), "%zu", sum);
        canvas_text(canvas,
                    (struct point){layout->left + layout->column * ((double)i + 0.5), y + 13},
                    &letters, number);
    }
}

/* Draws if there is a canvas, as high as it is; the result is the height that it asks for. */
static double papers_walk(const struct papers_matrix *p, struct canvas *canvas, double width)
{
    struct layout layout;
    struct arena arena;
    double y, bottom, more = 0;

    arena_init(&arena);
    layout = layout_of(p, width, &arena);
    bottom = layout.head;
    for (size_t i = 0; i < p->row_count; i++) {
        struct lines lines = row_lines(&p->rows[i], &layout, &arena);

        bottom += row_height(&lines);
    }
    if (canvas) {
        more = fmax(canvas->height - bottom - SUM_HEIGHT, 0);
        bottom += more;
        more /= fmax((double)p->row_count, 1);
        draw_head(p, &layout, canvas, &arena);
        draw_grounds(p, &layout, canvas, bottom);
        draw_sums(p, &layout, canvas, bottom);
    }
    y = layout.head;
    for (size_t i = 0; canvas && i < p->row_count; i++) {
        struct lines lines = row_lines(&p->rows[i], &layout, &arena);

        draw_row(p, &p->rows[i], &lines, &layout, canvas,
                 (struct box){0, y, canvas->width, row_height(&lines) + more});
        y += row_height(&lines) + more;
    }
    arena_free(&arena);
    return bottom + SUM_HEIGHT;
}

static double papers_height(const void *data, double width)
{
    return papers_walk(data, NULL, width);
}

static void papers_draw(const void *data, struct canvas *canvas)
{
    papers_walk(data, canvas, canvas->width);
}

struct picture diagram_papers(const struct papers_matrix *papers)
{
    return (struct picture){papers_height, papers_draw, papers};
}
