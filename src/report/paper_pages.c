/* Pages of a paper, and what is set on them. */
#include "paper_parts.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89
#define HEAD 39.0
#define HEADING 64.0
#define FOOT_RULE 803.0
#define FOOT 819.0
#define TICK 9.0

static const struct type {
    enum face face;
    double size, leading;
    enum colour colour;
} types[PAPER_TYPE__MAX] = {
    [SET_TITLE] = {FACE_BOLD, 19, 25, COLOUR_TITLE},
    [SET_HEADING] = {FACE_BOLD, 13, 17, COLOUR_TITLE},
    [SET_LEAD] = {FACE_REGULAR, 10, 14.5, COLOUR_INK},
    [SET_NUMBER] = {FACE_BOLD, 11, 12, COLOUR_ACCENT},
    [SET_QUESTION] = {FACE_BOLD, 9.2, 12, COLOUR_INK},
    [SET_OPTION] = {FACE_REGULAR, 8.7, 11.4, COLOUR_INK},
    [SET_LETTER] = {FACE_REGULAR, 8.7, 11.4, COLOUR_MUTED},
    [SET_BODY] = {FACE_REGULAR, 9.5, 13, COLOUR_INK},
    [SET_SMALL] = {FACE_REGULAR, 8, 10.5, COLOUR_MUTED},
    [SET_LIST] = {FACE_REGULAR, 8, 10, COLOUR_INK},
    [SET_KICKER] = {FACE_BOLD, 8, 10.5, COLOUR_ACCENT},
};

static const struct paint pen = {.line = COLOUR_AXIS, .width = 0.7};
static const struct paint box_pen = {.line = COLOUR_INK, .width = 1};

static struct lettering lettering_of(enum paper_type type)
{
    return (struct lettering){types[type].face, types[type].size, types[type].colour, ANCHOR_START};
}

/* What belongs to nobody's reading order: heads, feet, boxes. Texts are paragraphs. */
static void mark(struct paper *paper, enum paper_type type)
{
    enum pdf_tag tag = type == SET_TITLE ? PDF_H1 : type == SET_HEADING ? PDF_H2 : PDF_PARAGRAPH;

    pdf_mark(paper->pdf, pdf_element(paper->pdf, NULL, tag, NULL));
}

/* The base line of the first of its lines, below the upper edge. */
static double drop(enum paper_type type)
{
    return (types[type].leading + 0.72 * types[type].size) / 2;
}

double paper_set(struct paper *paper, struct point at, double width, enum paper_type type,
                 const char *text)
{
    const struct type *t = &types[type];
    const struct lines_style style = {.size = t->size, .width = width, .mode = LINES_RAGGED};
    struct lines lines = lines_break_text(paper->arena, text, t->face, &style);
    struct lettering lettering = lettering_of(type);

    if (paper->pdf) {
        mark(paper, type);
        lines_draw(&lines, &paper->canvas, (struct point){at.x, at.y + drop(type)}, t->leading,
                   &lettering);
        pdf_unmark(paper->pdf);
    }
    return t->leading * (double)lines.count;
}

static double put(struct paper *paper, struct point at, enum paper_type type, enum anchor anchor,
                  const char *text)
{
    struct lettering lettering = lettering_of(type);

    lettering.anchor = anchor;
    if (paper->pdf) {
        mark(paper, type);
        canvas_text(&paper->canvas, (struct point){at.x, at.y + drop(type)}, &lettering, text);
        pdf_unmark(paper->pdf);
    }
    return font_text_width(types[type].face, types[type].size, text, strlen(text));
}

double paper_put(struct paper *paper, struct point at, enum paper_type type, const char *text)
{
    return put(paper, at, type, ANCHOR_START, text);
}

void paper_rule(struct paper *paper, struct point from, double width, enum colour colour)
{
    const struct paint paint = {.line = colour, .width = colour == COLOUR_TITLE ? 1 : 0.7};

    if (paper->pdf)
        canvas_line(&paper->canvas, from, (struct point){from.x + width, from.y}, &paint);
}

void paper_tick(struct paper *paper, struct point at)
{
    if (paper->pdf)
        canvas_rect(&paper->canvas, (struct box){at.x, at.y, TICK, TICK}, 0, &box_pen);
}

double paper_cells(struct paper *paper, struct point at, double cell, double height,
                   const char *pattern)
{
    const struct lettering letters = {FACE_REGULAR, 9.5, COLOUR_MUTED, ANCHOR_MIDDLE};
    double x = at.x;

    for (const char *c = pattern; *c; c++) {
        if (*c == '#' && paper->pdf)
            canvas_rect(&paper->canvas, (struct box){x, at.y, cell, height}, 0, &pen);
        else if (*c != ' ' && paper->pdf)
            canvas_text_part(&paper->canvas, (struct point){x + cell / 4, at.y + (height + 7) / 2},
                             &letters, c, 1);
        x += *c == '#' ? cell : *c == ' ' ? 4 : cell / 2;
    }
    return x - at.x;
}

static void draw_head(struct paper *paper)
{
    static const char pattern[] = "## ######";
    double x = PAPER_LEFT, width;

    x += paper_put(paper, (struct point){x, HEAD - 8}, SET_KICKER, paper_tr(paper, PAPER_KICKER));
    if (paper->setup->questionnaire)
        paper_put(paper, (struct point){x, HEAD - 8}, SET_SMALL,
                  arena_printf(paper->arena, " · %s", paper_respondents(paper)));
    width = paper_cells(&(struct paper){0}, (struct point){0, 0}, 11.5, 13, pattern);
    x = PAPER_LEFT + PAPER_WIDTH - width;
    paper_cells(paper, (struct point){x, HEAD - 10}, 11.5, 13, pattern);
    put(paper, (struct point){x - 4, HEAD - 8}, SET_SMALL, ANCHOR_END,
        paper_tr(paper, PAPER_REFERENCE));
}

static void draw_foot(struct paper *paper)
{
    struct arena *arena = paper->arena;

    paper_rule(paper, (struct point){PAPER_LEFT, FOOT_RULE}, PAPER_WIDTH, COLOUR_GRID);
    paper_put(paper, (struct point){PAPER_LEFT, FOOT - 9}, SET_SMALL,
              arena_printf(arena, "%s · %s", paper->name,
                           paper_tr_with(paper, PAPER_PRINTED, text_of_day(arena, paper->setup->on),
                                         NULL, NULL)));
    put(paper, (struct point){PAPER_LEFT + PAPER_WIDTH, FOOT - 9}, SET_SMALL, ANCHOR_END,
        paper_tr_with(paper, PAPER_PAGE, arena_printf(arena, "%zu", paper->page),
                      arena_printf(arena, "%zu", paper->pages), NULL));
}

void paper_page(struct paper *paper, const char *heading, const char *right)
{
    const struct point end = {PAPER_LEFT + PAPER_WIDTH, HEADING - 7};

    paper->page++;
    if (!paper->pdf)
        return;
    pdf_page_add(paper->pdf, PAGE_WIDTH, PAGE_HEIGHT);
    canvas_pdf_init(&paper->canvas, paper->pdf, (struct box){0, 0, PAGE_WIDTH, PAGE_HEIGHT});
    draw_head(paper);
    draw_foot(paper);
    if (!heading)
        return;
    paper_set(paper, (struct point){PAPER_LEFT, HEADING - 13}, PAPER_WIDTH, SET_HEADING, heading);
    if (right)
        put(paper, end, SET_SMALL, ANCHOR_END, right);
    paper_rule(paper, (struct point){PAPER_LEFT, HEADING + 7}, PAPER_WIDTH, COLOUR_TITLE);
}
