/* Lines and boxes for a pen, as pictures. */
#include "paper_parts.h"

#include <string.h>

#define LINE_HEIGHT 21.0
#define CELL_WIDTH 13.0
#define CELL_HEIGHT 18.0
#define BETWEEN_WIDTH 9.0
#define END_SIZE 9.0

struct lines_field {
    size_t count;
    const char *end;
};

static const struct paint rule = {.line = COLOUR_AXIS, .width = 0.7};

static double lines_height(const void *data, double width)
{
    const struct lines_field *field = data;

    (void)width;
    return LINE_HEIGHT * (double)field->count;
}

static void lines_draw_field(const void *data, struct canvas *canvas)
{
    const struct lines_field *field = data;
    const struct lettering letters = {FACE_REGULAR, END_SIZE, COLOUR_MUTED, ANCHOR_END};
    double end = field->end
                     ? font_text_width(FACE_REGULAR, END_SIZE, field->end, strlen(field->end)) + 4
                     : 0;

    for (size_t i = 1; i <= field->count; i++) {
        double y = LINE_HEIGHT * (double)i - 3;

        canvas_line(canvas, (struct point){0, y}, (struct point){canvas->width - end, y}, &rule);
    }
    if (field->end)
        canvas_text(canvas, (struct point){canvas->width, LINE_HEIGHT * (double)field->count - 4},
                    &letters, field->end);
}

void paper_lines(struct paper *paper, size_t count, const char *end)
{
    struct lines_field *field = ARENA_NEW(paper->arena, struct lines_field);

    *field = (struct lines_field){count, end};
    flow_picture(paper->flow,
                 (struct picture){.height = lines_height, .draw = lines_draw_field, .data = field},
                 0, paper_tr(paper, PAPER_WRITE_HERE));
}

static double comb_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return CELL_HEIGHT + 2;
}

static void draw_comb(const void *data, struct canvas *canvas)
{
    const struct lettering letters = {FACE_REGULAR, 11, COLOUR_MUTED, ANCHOR_MIDDLE};
    double x = 0.5;

    for (const char *c = data; *c; c++) {
        if (*c == '#') {
            canvas_rect(canvas, (struct box){x, 1, CELL_WIDTH, CELL_HEIGHT}, 0, &rule);
            x += CELL_WIDTH;
        } else {
            canvas_text_part(canvas, (struct point){x + BETWEEN_WIDTH / 2, CELL_HEIGHT - 4},
                             &letters, c, 1);
            x += BETWEEN_WIDTH;
        }
    }
}

void paper_comb(struct paper *paper, const char *pattern)
{
    flow_picture(paper->flow,
                 (struct picture){.height = comb_height, .draw = draw_comb, .data = pattern}, 0,
                 paper_tr(paper, PAPER_WRITE_HERE));
}
