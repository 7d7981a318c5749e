#include "flow_parts.h"

#include <stdio.h>
#include <string.h>

#define HEADER_DROP 8.0 /* of the rule under the header */
#define EDGE_SIZE 8.0   /* of the text in header and footer */

/* ---- Elements ---- */

struct pdf_element *flow_parent(struct flow *flow, const struct block *block)
{
    for (struct block *up = block->parent; up; up = up->parent)
        if (up->kind == BLOCK_BOX)
            return flow_element(flow, up, PDF_SECTION);
    return NULL;
}

struct pdf_element *flow_element(struct flow *flow, struct block *block, enum pdf_tag tag)
{
    if (!block->element)
        block->element = pdf_element(flow->pdf, flow_parent(flow, block), tag, NULL);
    return block->element;
}

/* ---- Where pieces lie ---- */

/* Frames are entered from the outside in. */
static double resume_frames(struct frame *frame, size_t from, double y)
{
    if (!frame)
        return y;
    y = resume_frames(frame->parent, from, y);
    frame->is_drawn = false;
    frame->from = y;
    return frame->first < from ? y + frame->resume : y;
}

/* Sets the extent of all frames around the pieces, and y of each piece. */
static void place_stack(const struct stack *stack, size_t from, size_t to, double y)
{
    for (size_t i = from; i < to; i++) {
        struct piece *piece = &stack->items[i];

        if (i == from)
            y = resume_frames(piece->frame, from, y);
        else
            y += piece->gap;
        piece->y = y;
        for (struct frame *f = piece->frame; f; f = f->parent)
            if (f->first == i) {
                f->from = y;
                f->is_drawn = false;
            }
        y += piece->height;
        for (struct frame *f = piece->frame; f; f = f->parent) {
            f->to = y;
            if (i + 1 == to && f->last > i)
                f->to = y += f->bottom;
        }
    }
}

static void note_places(struct flow *flow, const struct stack *stack, size_t from, size_t to,
                        double y, size_t page)
{
    place_stack(stack, from, to, y);
    for (size_t i = from; i < to; i++) {
        const struct piece *piece = &stack->items[i];

        if (piece->block) {
            piece->block->page = page;
            piece->block->y = piece->y - 6;
            if (piece->block->anchor && piece->block->anchor <= flow->anchors)
                flow->anchor_blocks[piece->block->anchor] = piece->block;
        }
        for (size_t k = 0; k < piece->stack_count; k++)
            note_places(flow, &piece->stacks[k], 0, piece->stacks[k].count, piece->y, page);
    }
}

/* ---- Drawing ---- */

static void draw_frames(struct flow *flow, struct frame *frame, size_t from)
{
    if (!frame || frame->is_drawn)
        return;
    draw_frames(flow, frame->parent, from);
    frame->is_drawn = true;
    pdf_mark(flow->pdf, NULL);
    if (frame->draw_ground)
        frame->draw_ground(flow, frame, frame->from, frame->to);
    if (frame->first < from)
        frame->draw_resume(flow, frame, frame->from);
    pdf_unmark(flow->pdf);
}

void flow_draw_stack(struct flow *flow, const struct stack *stack, size_t from, size_t to, double y)
{
    place_stack(stack, from, to, y);
    for (size_t i = from; i < to; i++) {
        const struct piece *piece = &stack->items[i];

        draw_frames(flow, piece->frame, from);
        if (piece->draw)
            piece->draw(flow, piece, piece->y);
    }
}

void flow_draw_cut(struct flow *flow, struct point at, const struct lettering *lettering,
                   const char *text, double width)
{
    size_t len = strlen(text), fits;
    double dots = font_code_width(lettering->face, lettering->size, font_code(0x2026));

    if (font_text_width(lettering->face, lettering->size, text, len) <= width) {
        canvas_text_part(&flow->canvas, at, lettering, text, len);
        return;
    }
    fits = font_text_fit(lettering->face, lettering->size, text, len, width - dots);
    for (size_t i = fits; i > 0 && i + 12 > fits; i--)
        if (text[i] == ' ') { /* better at a word's end, if one is near */
            fits = i;
            break;
        }
    canvas_text(&flow->canvas, at, lettering, arena_printf(flow->arena, "%.*s…", (int)fits, text));
}

void flow_draw_continued(struct flow *flow, struct point at, const char *title, double width)
{
    static const struct words words = {{"(tiếp theo)", "(continued)"}};
    static const struct type type = {FACE_ITALIC, 8.5, CONTINUED_HEIGHT - 2, COLOUR_MUTED, 0, 0};
    const struct lettering letters = {type.face, type.size, type.colour, ANCHOR_START};
    const char *mark = words.in[flow->setup.info.lang];
    double wanted = font_text_width(type.face, type.size, mark, strlen(mark));

    at.y += type_base(&type);
    pdf_mark(flow->pdf, NULL);
    if (title) {
        double used = font_text_width(type.face, type.size, title, strlen(title)) + 4;

        flow_draw_cut(flow, at, &letters, title, width - wanted - 4);
        at.x += used < width - wanted ? used : width - wanted;
    }
    canvas_text(&flow->canvas, at, &letters, mark);
    pdf_unmark(flow->pdf);
}

static void draw_rule(struct flow *flow, double y)
{
    const double margin = flow->place->margin;

    canvas_line(&flow->canvas, (struct point){margin, y}, (struct point){PAGE_WIDTH - margin, y},
                &(struct paint){.line = COLOUR_GRID, .width = 0.7});
}

static const struct lettering edge_left = {FACE_REGULAR, EDGE_SIZE, COLOUR_MUTED, ANCHOR_START};
static const struct lettering edge_right = {FACE_REGULAR, EDGE_SIZE, COLOUR_MUTED, ANCHOR_END};

static void draw_header(struct flow *flow)
{
    static const struct lettering first = {FACE_BOLD, EDGE_SIZE, COLOUR_ACCENT, ANCHOR_START};
    const struct flow_setup *setup = &flow->setup;
    const double y = flow->place->header, margin = flow->place->margin;
    const bool is_first = flow->page == 0 && setup->header_first;
    const char *left = is_first ? setup->header_first : setup->header_left;

    if (left)
        flow_draw_cut(flow, (struct point){margin, y}, is_first ? &first : &edge_left, left,
                      flow_width(flow) * 0.62);
    if (setup->header_right)
        flow_draw_cut(flow, (struct point){PAGE_WIDTH - margin, y}, &edge_right,
                      setup->header_right, flow_width(flow) * 0.34);
    if (flow->place->has_header_rule && (left || setup->header_right))
        draw_rule(flow, y + HEADER_DROP);
}

static void draw_footer(struct flow *flow)
{
    const struct flow_setup *setup = &flow->setup;
    const double y = flow->place->footer, margin = flow->place->margin;
    const char *right = setup->footer_right;

    if (setup->footer)
        flow_draw_cut(flow, (struct point){margin, y}, &edge_left, setup->footer,
                      flow_width(flow) * 0.8);
    if (!right)
        right = arena_printf(flow->arena,
                             setup->info.lang == LANG_VI ? "Trang %zu/%zu" : "Page %zu/%zu",
                             flow->page + 1, flow->pages);
    canvas_text(&flow->canvas, (struct point){PAGE_WIDTH - margin, y}, &edge_right, right);
}

/* Header and footer; they belong to no element. */
static void draw_edges(struct flow *flow)
{
    pdf_mark(flow->pdf, NULL);
    draw_header(flow);
    draw_rule(flow, flow->place->footer_rule);
    if (flow->chapter_count < 2)
        draw_footer(flow);
    pdf_unmark(flow->pdf);
    chapters_draw(flow);
}

static void add_outline(struct flow *flow, const struct block *first, struct pdf_entry **parents)
{
    for (const struct block *block = first; block; block = block->next) {
        add_outline(flow, block->first, parents);
        if (block->kind != BLOCK_HEADING)
            continue;
        parents[block->level] =
            pdf_outline(flow->pdf, parents[block->level - 1], block->text, block->page, block->y);
        for (int level = block->level + 1; level <= 3; level++)
            parents[level] = parents[block->level];
    }
}

static bool has_cover(const struct flow *flow)
{
    return flow->root.first && flow->root.first->kind == BLOCK_COVER;
}

static void draw_pages(struct flow *flow, const struct stack *stack, const size_t *ends)
{
    size_t from = 0;

    for (size_t i = 0; i < flow->pages && i <= PDF_PAGES_MAX; i++)
        pdf_page_add(flow->pdf, PAGE_WIDTH, PAGE_HEIGHT);
    if (flow->pages > PDF_PAGES_MAX) /* pdf_finish() will tell */
        return;
    canvas_pdf_init(&flow->canvas, flow->pdf, (struct box){0, 0, PAGE_WIDTH, PAGE_HEIGHT});
    for (size_t i = 0; i < flow->pages && stack->count; from = ends[i++])
        note_places(flow, stack, from, ends[i], flow->place->top, i);
    from = 0;
    for (size_t i = 0; i < flow->pages; i++) {
        pdf_page_select(flow->pdf, i);
        flow->page = i;
        if (stack->count) {
            flow_draw_stack(flow, stack, from, ends[i], flow->place->top);
            from = ends[i];
        }
        if (i > 0 || !has_cover(flow))
            draw_edges(flow);
    }
}

enum status flow_finish(struct flow *flow, struct buf *out, struct err *err)
{
    struct stack stack = {0};
    struct place place = {.flow = flow,
                          .stack = &stack,
                          .x = flow->place->margin,
                          .width = flow_width(flow),
                          .is_first = true};
    struct pdf_entry *parents[4] = {NULL};
    enum status status;
    size_t *ends;

    flow->anchor_blocks = ARENA_ARRAY(flow->arena, struct block *, flow->anchors + 1);
    measure_blocks(&place, flow->root.first);
    flow->pages = pages_break(flow->arena, &stack, flow_height(flow), &ends);
    chapters_fill(flow, &stack, ends);
    flow->pdf = pdf_new(&flow->setup.info);
    draw_pages(flow, &stack, ends);
    add_outline(flow, flow->root.first, parents);
    status = pdf_finish(flow->pdf, out, err);
    pdf_free(flow->pdf);
    flow->pdf = NULL;
    return status;
}
