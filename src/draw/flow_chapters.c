/* Chapters: where pages end at their foot, and what stands there. */
#include "flow_parts.h"

#include <math.h>
#include <string.h>

#define BAND_TOP 763.0
#define BAND_BOTTOM 790.0
#define BAND_EDGE 3.0 /* the stripe at its left */
#define BAND_PAD 12.0
#define NAME_SIZE 8.0
#define RULE_HEIGHT 6.0

static const struct type band_type = {FACE_REGULAR, 9.5, 13.5, COLOUR_INK, 0, 0};
static const struct type small_band_type = {FACE_REGULAR, 8.5, 11.6, COLOUR_INK, 0, 0};

double flow_width(const struct flow *flow)
{
    return PAGE_WIDTH - 2 * flow->place->margin;
}

/* A document of one chapter without a band may go down to the foot. */
double flow_height(const struct flow *flow)
{
    bool has_band = flow->chapter_count != 1 || flow->chapters[0].band;

    return (has_band ? flow->place->bottom : flow->place->foot) - flow->place->top;
}

/* ---- what fills a page ---- */

/* The chapter that a piece belongs to, as the pieces of chapters stand in order. */
static const struct chapter *chapter_of(const struct flow *flow, const struct stack *stack,
                                        size_t piece)
{
    const struct chapter *found = NULL;
    size_t next = 0;

    for (size_t i = 0; i <= piece && next < flow->chapter_count; i++) {
        if (stack->items[i].owner == flow->chapters[next].block)
            found = &flow->chapters[next++];
    }
    return found;
}

/* What of a kind may grow shares the room by how much it may, and leaves the rest. */
static double grow_pieces(struct stack *stack, size_t from, size_t to, enum block_kind kind,
                          double room)
{
    double most = 0, part;

    for (size_t i = from; i < to; i++)
        most += stack->items[i].owner->kind == kind ? stack->items[i].stretch : 0;
    if (most <= 0 || room <= 0)
        return room;
    part = fmin(room / most, 1);
    for (size_t i = from; i < to; i++)
        if (stack->items[i].owner->kind == kind)
            stack->items[i].height += part * stack->items[i].stretch;
    return room - part * most;
}

static void fill_page(struct flow *flow, struct stack *stack, size_t from, size_t to)
{
    const struct chapter *chapter = chapter_of(flow, stack, from);
    double height = frames_bottom(stack, to - 1), room;
    struct piece *filling = NULL;

    if (from)
        height += frames_resume(stack, from - 1);
    for (size_t i = from; i < to; i++) {
        height += (i > from ? stack->items[i].gap : 0) + stack->items[i].height;
        if (stack->items[i].is_filling && i > from)
            filling = &stack->items[i];
    }
    room = chapter && chapter->band ? flow->place->bottom : flow->place->foot;
    room = grow_pieces(stack, from, to, BLOCK_PICTURE, room - flow->place->top - height);
    room = grow_pieces(stack, from, to, BLOCK_TABLE, room);
    if (filling && room > 0)
        filling->gap += room;
}

void chapters_fill(struct flow *flow, struct stack *stack, const size_t *ends)
{
    size_t from = 0;

    for (size_t i = 0; i < flow->pages && stack->count; from = ends[i++])
        fill_page(flow, stack, from, ends[i]);
}

/* ---- the foot ---- */

/* The chapter of the page being drawn. */
static size_t current_chapter(const struct flow *flow)
{
    size_t found = 0;

    for (size_t i = 0; i < flow->chapter_count; i++) {
        if (flow->chapters[i].block->page <= flow->page)
            found = i;
    }
    return found;
}

static bool is_last_page(const struct flow *flow, size_t chapter)
{
    size_t next =
        chapter + 1 < flow->chapter_count ? flow->chapters[chapter + 1].block->page : flow->pages;

    return flow->page + 1 == next;
}

static void draw_band(struct flow *flow, const struct chapter *chapter)
{
    const double x = flow->place->margin, width = flow_width(flow);
    const struct type *type = &band_type;
    const double room = width - 2 * BAND_PAD;
    struct lines lines =
        type_lines(flow, chapter->band, chapter->band_count, type, room, LINES_RAGGED);
    struct pdf_element *element = pdf_element(flow->pdf, NULL, PDF_PARAGRAPH, NULL);
    struct lettering letters;
    double y;

    if (lines.count > 1) {
        type = &small_band_type;
        lines = type_lines(flow, chapter->band, chapter->band_count, type, room, LINES_RAGGED);
    }
    letters = (struct lettering){type->face, type->size, type->colour, ANCHOR_START};
    y = (BAND_TOP + BAND_BOTTOM - (double)lines.count * type->leading) / 2;
    pdf_mark(flow->pdf, NULL);
    canvas_rect(&flow->canvas, (struct box){x, BAND_TOP, width, BAND_BOTTOM - BAND_TOP}, 0,
                &(struct paint){.fill = COLOUR_PANEL});
    canvas_rect(&flow->canvas, (struct box){x, BAND_TOP, BAND_EDGE, BAND_BOTTOM - BAND_TOP}, 0,
                &(struct paint){.fill = COLOUR_ACCENT});
    pdf_unmark(flow->pdf);
    for (size_t i = 0; i < lines.count; i++, y += type->leading)
        flow_draw_line(flow, &lines.items[i], (struct point){x + BAND_PAD, y + type_base(type)},
                       &letters, element);
}

static const char *numbered(struct flow *flow, size_t chapter)
{
    return arena_printf(flow->arena, "%zu %s", chapter + 1, flow->chapters[chapter].name);
}

/* Chapters may share a page. */
static bool is_on_page(const struct flow *flow, size_t chapter, size_t current)
{
    return chapter == current || flow->chapters[chapter].block->page == flow->page;
}

static double name_width(struct flow *flow, size_t chapter, size_t current)
{
    const char *name = numbered(flow, chapter);

    return font_text_width(is_on_page(flow, chapter, current) ? FACE_BOLD : FACE_REGULAR, NAME_SIZE,
                           name, strlen(name));
}

/* The first one at the left margin, the last one at the right, all with the same space between. */
static void draw_names(struct flow *flow, size_t current)
{
    const double y = flow->place->footer;
    double x = flow->place->margin, space = flow_width(flow);

    for (size_t i = 0; i < flow->chapter_count; i++)
        space -= name_width(flow, i, current);
    space /= (double)flow->chapter_count - 1;
    for (size_t i = 0; i < flow->chapter_count; i++) {
        const struct block *to = flow->chapters[i].block;
        const bool is_here = is_on_page(flow, i, current);
        const struct lettering letters = {is_here ? FACE_BOLD : FACE_REGULAR, NAME_SIZE,
                                          is_here ? COLOUR_TITLE : COLOUR_MUTED, ANCHOR_START};
        double width = name_width(flow, i, current);

        pdf_mark(flow->pdf, NULL);
        canvas_text(&flow->canvas, (struct point){x, y}, &letters, numbered(flow, i));
        pdf_unmark(flow->pdf);
        if (!is_here)
            pdf_link_page(flow->pdf, (struct box){x, y - NAME_SIZE, width, NAME_SIZE * 1.4},
                          to->page, 0, NULL);
        x += width + space;
    }
}

void chapters_draw(struct flow *flow)
{
    size_t current = current_chapter(flow);

    if (!flow->chapter_count)
        return;
    if (flow->chapters[current].band && is_last_page(flow, current))
        draw_band(flow, &flow->chapters[current]);
    if (flow->chapter_count > 1)
        draw_names(flow, current);
}

/* ---- rules ---- */

static void draw_rule(struct flow *flow, const struct piece *piece, double y)
{
    pdf_mark(flow->pdf, NULL);
    canvas_line(
        &flow->canvas, (struct point){piece->x, y + 1},
        (struct point){piece->x + piece->width, y + 1},
        &(struct paint){.line = COLOUR_ACCENT, .width = 1.2, .is_dashed = piece->owner->is_dashed});
    pdf_unmark(flow->pdf);
}

void measure_rule(struct place *place, struct block *block)
{
    struct piece *piece;

    place_begin(place, 10);
    piece = place_piece(place, block, RULE_HEIGHT);
    piece->draw = draw_rule;
    piece->hold = HOLD_NEVER;
    place_end(place, 0);
}
