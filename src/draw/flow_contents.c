#include "flow_parts.h"

#include <stdio.h>

/* The list of headings with their pages. */

static const struct type entry_type = {FACE_REGULAR, 10, 17, COLOUR_INK, 0, 0};
static const struct type chapter_type = {FACE_BOLD, 10, 19, COLOUR_TITLE, 0, 0};

#define LEVEL_INDENT 14.0
#define NUMBER_WIDTH 30.0

struct entry {
    const struct block *heading;
    const struct type *type;
    struct lines lines;
};

static void draw_entry(struct flow *flow, const struct piece *piece, double y)
{
    const struct entry *entry = piece->data;
    const struct type *type = entry->type;
    const struct lettering letters = {type->face, type->size, type->colour, ANCHOR_START};
    const struct lettering number = {type->face, type->size, type->colour, ANCHOR_END};
    const struct line *last = &entry->lines.items[entry->lines.count - 1];
    double right = piece->x + piece->width, indent = (entry->heading->level - 1) * LEVEL_INDENT;
    double base = y + piece->height - type->leading + type_base(type);
    struct pdf_element *list = flow_element(flow, piece->owner, PDF_CONTENTS), *item, *link;
    char page[24];

    snprintf(page, sizeof(page), "%zu", entry->heading->page + 1);
    item = pdf_element(flow->pdf, list, PDF_CONTENTS_ITEM, NULL);
    link = pdf_element(flow->pdf, item, PDF_LINK, NULL);
    for (size_t i = 0; i < entry->lines.count; i++)
        flow_draw_line(
            flow, &entry->lines.items[i],
            (struct point){piece->x + indent, y + (double)i * type->leading + type_base(type)},
            &letters, link);
    pdf_mark(flow->pdf, NULL);
    canvas_line(&flow->canvas, (struct point){piece->x + indent + last->width + 6, base - 1},
                (struct point){right - NUMBER_WIDTH + 8, base - 1},
                &(struct paint){.line = COLOUR_GRID, .width = 0.7, .is_dashed = true});
    pdf_mark(flow->pdf, link);
    canvas_text(&flow->canvas, (struct point){right, base}, &number, page);
    pdf_link_page(flow->pdf, (struct box){piece->x, y, piece->width, piece->height},
                  entry->heading->page, entry->heading->y, link);
    pdf_unmark(flow->pdf);
}

static void place_entries(struct place *place, struct block *contents, const struct block *first)
{
    for (const struct block *block = first; block; block = block->next) {
        struct entry *entry;
        struct piece *piece;

        place_entries(place, contents, block->first);
        if (block->kind != BLOCK_HEADING || block->level > contents->level)
            continue;
        entry = ARENA_NEW(place->flow->arena, struct entry);
        entry->heading = block;
        entry->type = block->level == 1 ? &chapter_type : &entry_type;
        entry->lines = type_lines_text(
            place->flow, block->text, entry->type,
            place->width - NUMBER_WIDTH - (block->level - 1) * LEVEL_INDENT, LINES_RAGGED);
        if (!entry->lines.count)
            continue;
        piece = place_piece(place, contents, (double)entry->lines.count * entry->type->leading);
        piece->draw = draw_entry;
        piece->data = entry;
        piece->hold = HOLD_LINE;
    }
}

void measure_contents(struct place *place, struct block *block)
{
    place_begin(place, 2);
    place_entries(place, block, place->flow->root.first);
    place_end(place, 8);
}
