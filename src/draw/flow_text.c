#include "flow_parts.h"

#include <string.h>

#define BULLET_INDENT 14.0
#define BULLET_SIZE 12.5
#define LIST_INDENT_MAX 60.0
#define MARKER_GAP 5.0  /* behind the number of an item */
#define BAR_INDENT 13.0 /* of chapter headings, behind their bar */
#define LINK_DROP 1.6   /* of the line under a link */

/* Of plain documents, then of compact ones. */
static const struct type styles[][FLOW_STYLE__MAX] = {
    {
        [FLOW_BODY] = {FACE_REGULAR, 10, 14.8, COLOUR_INK, 0, 6},
        [FLOW_LEAD] = {FACE_REGULAR, 11.5, 17.2, COLOUR_INK, 0, 8},
        [FLOW_STRONG] = {FACE_BOLD, 10, 14.8, COLOUR_INK, 4, 3},
        [FLOW_SMALL] = {FACE_REGULAR, 8.5, 12.6, COLOUR_MUTED, 2, 5},
        [FLOW_NOTE] = {FACE_ITALIC, 8.5, 12.6, COLOUR_MUTED, 2, 5},
        [FLOW_CENTRED] = {FACE_REGULAR, 10, 14.8, COLOUR_INK, 2, 4},
        [FLOW_KICKER] = {FACE_BOLD, 8.5, 12, COLOUR_ACCENT, 0, 0},
        [FLOW_STATEMENT] = {FACE_REGULAR, 15, 21, COLOUR_INK, 4, 8},
        [FLOW_NAME] = {FACE_BOLD, 23, 31, COLOUR_TITLE, 0, 3},
    },
    {
        [FLOW_BODY] = {FACE_REGULAR, 9.5, 13.5, COLOUR_INK, 0, 4},
        [FLOW_LEAD] = {FACE_REGULAR, 10.5, 15.5, COLOUR_INK, 0, 7},
        [FLOW_STRONG] = {FACE_BOLD, 9.5, 13.5, COLOUR_TITLE, 0, 2},
        [FLOW_SMALL] = {FACE_REGULAR, 8.5, 12, COLOUR_MUTED, 2, 4},
        [FLOW_NOTE] = {FACE_REGULAR, 8, 11, COLOUR_MUTED, 2, 4},
        [FLOW_CENTRED] = {FACE_REGULAR, 9.5, 13.5, COLOUR_INK, 2, 4},
        [FLOW_KICKER] = {FACE_BOLD, 8.5, 12, COLOUR_ACCENT, 0, 3},
        [FLOW_STATEMENT] = {FACE_REGULAR, 15, 21, COLOUR_INK, 6, 10},
        [FLOW_NAME] = {FACE_BOLD, 23, 31, COLOUR_TITLE, 0, 2},
    },
};

static const struct type headings[][3] = {
    {{FACE_BOLD, 19, 27.5, COLOUR_TITLE, 30, 11},
     {FACE_BOLD, 13.5, 19.8, COLOUR_TITLE, 19, 6},
     {FACE_BOLD, 11, 16.2, COLOUR_TITLE, 13, 4}},
    {{FACE_BOLD, 19, 26, COLOUR_TITLE, 0, 7},
     {FACE_BOLD, 11, 16, COLOUR_TITLE, 11, 3},
     {FACE_BOLD, 9.5, 13.5, COLOUR_TITLE, 8, 2}},
};

static const struct type item_type = {FACE_REGULAR, 10, 14.8, COLOUR_INK, 0, 4};

double type_base(const struct type *type)
{
    /* Half of what Roboto rises above its base line more than it falls below. */
    return type->leading / 2 + type->size * 0.34;
}

struct lines type_lines(struct flow *flow, const struct run *runs, size_t count,
                        const struct type *type, double width, enum lines_mode mode)
{
    struct run *own = ARENA_ARRAY(flow->arena, struct run, count + 1);
    struct lines_style style = {type->size, width, mode, flow->setup.pairs};

    for (size_t i = 0; i < count; i++) {
        own[i] = runs[i];
        if (!own[i].text)
            own[i].text = "";
        if (own[i].face == FACE_REGULAR)
            own[i].face = type->face;
    }
    return lines_break(flow->arena, own, count, &style);
}

struct lines type_lines_text(struct flow *flow, const char *text, const struct type *type,
                             double width, enum lines_mode mode)
{
    return type_lines(flow, &(struct run){.text = text}, 1, type, width, mode);
}

/* ---- Lines with links ---- */

static bool leads_somewhere(const struct flow *flow, const struct run *run)
{
    return run->uri ||
           (run->anchor && run->anchor <= flow->anchors && flow->anchor_blocks[run->anchor]);
}

static void draw_link(struct flow *flow, const struct fragment *f, struct point at,
                      const struct lettering *lettering, struct pdf_element *parent)
{
    const struct paint underline = {.line = lettering->colour, .width = 0.5};
    struct box box = {at.x, at.y - lettering->size, f->width, lettering->size * 1.3};
    struct pdf_element *link = pdf_element(flow->pdf, parent, PDF_LINK, NULL);

    pdf_mark(flow->pdf, link);
    canvas_text_part(&flow->canvas, at, lettering, f->text, f->len);
    if (f->run->uri) {
        pdf_link_uri(flow->pdf, box, f->run->uri, link);
    } else {
        const struct block *to = flow->anchor_blocks[f->run->anchor];

        pdf_link_page(flow->pdf, box, to->page, to->y, link);
    }
    pdf_mark(flow->pdf, NULL);
    canvas_line(&flow->canvas, (struct point){at.x, at.y + LINK_DROP},
                (struct point){at.x + f->width, at.y + LINK_DROP}, &underline);
    pdf_unmark(flow->pdf);
}

void flow_draw_line(struct flow *flow, const struct line *line, struct point at,
                    const struct lettering *lettering, struct pdf_element *element)
{
    bool is_marked = false;
    double x = at.x;

    if (lettering->anchor != ANCHOR_START)
        x -= lettering->anchor == ANCHOR_MIDDLE ? line->width / 2 : line->width;
    for (size_t i = 0; i < line->count; i++) {
        const struct fragment *f = &line->fragments[i];
        const struct run *run = f->run;
        bool is_link = leads_somewhere(flow, run);
        bool has_space = f->text[f->len] == ' ' && (i + 1 < line->count || line->is_broken);
        enum colour colour = run->colour ? run->colour : is_link ? COLOUR_LINK : lettering->colour;
        struct lettering own = {run->face, lettering->size, colour, ANCHOR_START};
        struct point place = {x + f->x, at.y};

        if (is_link) {
            draw_link(flow, f, place, &own, element);
            is_marked = false;
            continue;
        }
        if (!is_marked)
            pdf_mark(flow->pdf, element);
        is_marked = true;
        canvas_text_part(&flow->canvas, place, &own, f->text, f->len + has_space);
    }
    pdf_unmark(flow->pdf);
}

/* ---- Texts ---- */

/* The lines of a block and how they are set. */
struct set_text {
    struct type type;
    struct lines lines;
    enum anchor anchor;
    enum pdf_tag tag;
    double indent;
    bool has_bar;
};

static void draw_bar(struct flow *flow, const struct piece *piece, double y)
{
    const struct set_text *text = piece->data;
    double height = (double)text->lines.count * text->type.leading;

    pdf_mark(flow->pdf, NULL);
    canvas_rect(&flow->canvas, (struct box){piece->x, y + 3, 4, height - 5}, 0,
                &(struct paint){.fill = COLOUR_ACCENT});
    pdf_unmark(flow->pdf);
}

/* An item opens LI with its label and its body; the body is the element of the block. */
static void open_item(struct flow *flow, const struct piece *piece, double y)
{
    const struct set_text *text = piece->data;
    const struct lettering number = {FACE_REGULAR, text->type.size, COLOUR_INK, ANCHOR_START};
    const struct lettering bullet = {FACE_BOLD, BULLET_SIZE, COLOUR_ACCENT, ANCHOR_START};
    struct point at = {piece->x, y + type_base(&text->type)};
    struct block *block = piece->owner;
    struct pdf_element *item;

    if (block->starts_list || !flow->list)
        flow->list = pdf_element(flow->pdf, flow_parent(flow, block), PDF_LIST, NULL);
    item = pdf_element(flow->pdf, flow->list, PDF_LIST_ITEM, NULL);
    pdf_mark(flow->pdf, pdf_element(flow->pdf, item, PDF_LIST_LABEL, NULL));
    if (block->text)
        canvas_text(&flow->canvas, at, &number, block->text);
    else
        canvas_text(&flow->canvas, (struct point){at.x + 2, at.y + 0.8}, &bullet, "•");
    pdf_unmark(flow->pdf);
    block->element = pdf_element(flow->pdf, item, PDF_LIST_BODY, NULL);
}

static void draw_text_line(struct flow *flow, const struct piece *piece, double y)
{
    const struct set_text *text = piece->data;
    const struct lettering letters = {text->type.face, text->type.size, text->type.colour,
                                      text->anchor};
    double shift = text->anchor == ANCHOR_MIDDLE ? piece->width / 2 : 0;

    if (piece->index == 0 && text->has_bar)
        draw_bar(flow, piece, y);
    if (piece->index == 0 && piece->owner->kind == BLOCK_ITEM)
        open_item(flow, piece, y);
    flow_draw_line(flow, &text->lines.items[piece->index],
                   (struct point){piece->x + text->indent + shift, y + type_base(&text->type)},
                   &letters, flow_element(flow, piece->owner, text->tag));
}

/* One piece a line. The first two and the last two stay together. */
static void place_lines(struct place *place, struct block *block, const struct set_text *given)
{
    struct set_text *text = ARENA_NEW(place->flow->arena, struct set_text);
    size_t count = given->lines.count;

    *text = *given;
    place_begin(place, text->type.before);
    for (size_t i = 0; i < count; i++) {
        struct piece *piece = place_piece(place, block, text->type.leading);

        piece->draw = draw_text_line;
        piece->data = text;
        piece->index = i;
        piece->hold = i + 1 == count ? 0 : i == 0 || i + 2 == count ? HOLD_NEVER : HOLD_LINE;
    }
    place_end(place, text->type.after);
}

static bool ends_with_colon(const struct run *runs, size_t count)
{
    const char *text = count ? runs[count - 1].text : NULL;

    return text && *text && text[strlen(text) - 1] == ':';
}

/* A small text below a picture or a table belongs to it. */
static void stay_with_above(struct stack *stack)
{
    struct piece *last = stack->count ? &stack->items[stack->count - 1] : NULL;

    if (last && last->hold == 0 &&
        (last->owner->kind == BLOCK_PICTURE || last->owner->kind == BLOCK_TABLE))
        last->hold = HOLD_SLICE;
}

void measure_text(struct place *place, struct block *block)
{
    const struct type *type = &styles[place->flow->setup.is_compact][block->style];
    struct set_text text = {.type = *type, .tag = PDF_PARAGRAPH};

    if (block->style == FLOW_SMALL || block->style == FLOW_NOTE)
        stay_with_above(place->stack);
    if (block->style == FLOW_CENTRED)
        text.anchor = ANCHOR_MIDDLE;
    text.lines = type_lines(place->flow, block->data, block->count, type, place->width,
                            text.anchor ? LINES_BALANCED : LINES_RAGGED);
    place_lines(place, block, &text);
    if (!text.lines.count)
        return;
    if (block->keeps_next)
        place->stack->items[place->stack->count - 1].hold = HOLD_NEVER;
    else if (ends_with_colon(block->data, block->count))
        place->stack->items[place->stack->count - 1].hold = HOLD_SLICE;
}

void measure_heading(struct place *place, struct block *block)
{
    static const enum pdf_tag tags[] = {PDF_H1, PDF_H2, PDF_H3};
    const struct type *type = &headings[place->flow->setup.is_compact][block->level - 1];
    struct set_text text = {.type = *type, .tag = tags[block->level - 1]};
    struct stack *stack = place->stack;
    size_t first = stack->count;

    text.has_bar = block->level == 1 && !place->flow->setup.is_compact;
    text.indent = text.has_bar ? BAR_INDENT : 0;
    text.lines =
        type_lines_text(place->flow, block->text, type, place->width - text.indent, LINES_BALANCED);
    place_lines(place, block, &text);
    for (size_t i = first; i < stack->count; i++)
        stack->items[i].hold = HOLD_NEVER;
    if (first && block->level == 1 && stack->items[first - 1].hold == 0)
        stack->items[first - 1].hold = HOLD_CHAPTER;
}

/* All items of a list have the same indent: that of the longest marker. */
static double list_indent(const struct block *first)
{
    double indent = BULLET_INDENT;

    for (const struct block *item = first; item && item->kind == BLOCK_ITEM; item = item->next) {
        double marker = item->text ? font_text_width(FACE_REGULAR, item_type.size, item->text,
                                                     strlen(item->text)) +
                                         MARKER_GAP
                                   : 0;

        indent = marker > indent ? marker : indent;
    }
    return indent < LIST_INDENT_MAX ? indent : LIST_INDENT_MAX;
}

void measure_item(struct place *place, struct block *block)
{
    struct set_text text = {.type = item_type, .tag = PDF_LIST_BODY};

    if (block->starts_list)
        place->indent = list_indent(block);
    text.indent = place->indent;
    text.lines = type_lines(place->flow, block->data, block->count, &item_type,
                            place->width - text.indent, LINES_RAGGED);
    place_lines(place, block, &text);
}
