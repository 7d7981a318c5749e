#include "flow_parts.h"

#include <math.h>
#include <string.h>

#define JOINED_GAP 30.0 /* over a chapter that begins in the midst of a page */

static struct piece *add_piece(struct stack *stack, struct arena *arena)
{
    if (stack->count == stack->cap) {
        size_t cap = stack->cap ? 2 * stack->cap : 32;
        struct piece *items = ARENA_ARRAY(arena, struct piece, cap);

        if (stack->count)
            memcpy(items, stack->items, stack->count * sizeof(*items));
        stack->items = items;
        stack->cap = cap;
    }
    return &stack->items[stack->count++];
}

struct piece *place_piece(struct place *place, struct block *block, double height)
{
    struct piece *piece = add_piece(place->stack, place->flow->arena);

    piece->owner = block;
    piece->frame = place->frame;
    piece->x = place->x;
    piece->width = place->width;
    piece->height = height;
    piece->gap = place->gap;
    piece->is_filling = place->fills;
    piece->stretch = block->stretch;
    place->fills = false;
    if (!block->is_placed)
        piece->block = block;
    block->is_placed = true;
    place->gap = 0;
    return piece;
}

void place_begin(struct place *place, double before)
{
    place->gap = place->is_first ? 0 : fmax(place->after, before);
}

void place_end(struct place *place, double after)
{
    place->after = after;
    place->is_first = false;
    place->gap = 0;
}

double stack_height(const struct stack *stack)
{
    double height = 0;

    for (size_t i = 0; i < stack->count; i++)
        height += (i ? stack->items[i].gap : 0) + stack->items[i].height;
    return height;
}

static void end_page(struct place *place, double hold)
{
    struct stack *stack = place->stack;

    if (stack->count)
        stack->items[stack->count - 1].hold = hold;
}

static void measure_break(struct place *place, struct block *block)
{
    (void)block;
    end_page(place, HOLD_FORCED);
}

/* A chapter has a piece of its own, so that it is known where it begins. */
static void measure_chapter(struct place *place, struct block *block)
{
    end_page(place, block->may_join ? HOLD_JOINED : HOLD_FORCED);
    place->is_first = !block->may_join;
    place_begin(place, JOINED_GAP);
    place_piece(place, block, 0)->hold = HOLD_NEVER;
    place_end(place, 0);
    place->is_first = true;
}

static void measure_fill(struct place *place, struct block *block)
{
    (void)block;
    place->fills = true;
}

/* BLOCK_COLUMN never comes here: its columns measure it. */
static void (*const measures[])(struct place *, struct block *) = {
    [BLOCK_COVER] = measure_cover,     [BLOCK_HEADING] = measure_heading,
    [BLOCK_TEXT] = measure_text,       [BLOCK_ITEM] = measure_item,
    [BLOCK_PAIRS] = measure_pairs,     [BLOCK_TABLE] = measure_table,
    [BLOCK_BOX] = measure_box,         [BLOCK_COLUMNS] = measure_columns,
    [BLOCK_PICTURE] = measure_picture, [BLOCK_CONTENTS] = measure_contents,
    [BLOCK_BREAK] = measure_break,     [BLOCK_CHAPTER] = measure_chapter,
    [BLOCK_FILL] = measure_fill,       [BLOCK_RULE] = measure_rule,
};

void measure_blocks(struct place *place, struct block *first)
{
    const struct block *before = NULL;

    for (struct block *block = first; block; before = block, block = block->next) {
        block->starts_list = !before || before->kind != BLOCK_ITEM;
        measures[block->kind](place, block);
    }
}
