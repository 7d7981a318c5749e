#include "flow_parts.h"

#include <math.h>

/*
 * The cheapest way to cut a stack into pages, found over the whole document. A page costs more than
 * any white space, so that there are as few as possible; among those, white space is shared out,
 * and the last page of a chapter is not left with a few lines.
 */
#define COST_PAGE 1000.0
#define COST_WHITE 200.0  /* of an empty page; grows with the square */
#define WHITE_INSIDE 20.0 /* as much more where what is cut could have gone on */
#define COST_STUB 300.0   /* of a last page that is nearly empty */
#define STUB 0.2          /* of a page */

/* Where that saves a page, gaps between blocks shrink to this. */
#define TIGHT 0.78

struct way {
    double cost;
    size_t from;
    double filled; /* of its last page */
};

double frames_bottom(const struct stack *stack, size_t piece)
{
    double sum = 0;

    for (struct frame *f = stack->items[piece].frame; f; f = f->parent)
        if (f->last > piece)
            sum += f->bottom;
    return sum;
}

double frames_resume(const struct stack *stack, size_t piece)
{
    double sum = 0;

    for (struct frame *f = stack->items[piece].frame; f; f = f->parent)
        if (f->last > piece)
            sum += f->resume;
    return sum;
}

static double page_cost(const struct piece *last, double filled, bool is_end)
{
    double white = 1 - filled;

    if (is_end || last->hold == HOLD_FORCED)
        return COST_PAGE + (filled < STUB ? COST_STUB : 0);
    return COST_PAGE + COST_WHITE * white * white * (last->hold > 0 ? WHITE_INSIDE : 1) +
           last->hold;
}

/* Tries all pages that begin with piece `from`. */
static void try_pages(const struct stack *stack, double room, struct way *ways, size_t from,
                      double scale)
{
    double height = from ? frames_resume(stack, from - 1) : 0;

    for (size_t i = from; i < stack->count; i++) {
        const struct piece *piece = &stack->items[i];
        double cost, whole;

        height += (i > from ? piece->gap * scale : 0) + piece->height;
        whole = height + frames_bottom(stack, i);
        if (whole > room && i > from)
            break;
        cost = ways[from].cost + page_cost(piece, whole / room, i + 1 == stack->count);
        if (cost < ways[i + 1].cost)
            ways[i + 1] = (struct way){cost, from, whole / room};
        if (piece->hold == HOLD_FORCED)
            break;
    }
}

static struct way *find_ways(struct arena *arena, const struct stack *stack, double room,
                             double scale)
{
    struct way *ways = ARENA_ARRAY(arena, struct way, stack->count + 1);

    for (size_t i = 1; i <= stack->count; i++)
        ways[i].cost = 1e18;
    for (size_t i = 0; i < stack->count; i++)
        try_pages(stack, room, ways, i, scale);
    return ways;
}

static size_t count_pages(const struct way *ways, size_t pieces)
{
    size_t count = 0;

    for (size_t end = pieces; end > 0; end = ways[end].from)
        count++;
    return count;
}

size_t pages_break(struct arena *arena, struct stack *stack, double height, size_t **ends)
{
    struct way *ways = find_ways(arena, stack, height, 1);
    size_t count = count_pages(ways, stack->count), at;

    if (count > 1) {
        struct way *tight = find_ways(arena, stack, height, TIGHT);

        if (count_pages(tight, stack->count) < count) {
            ways = tight;
            count = count_pages(ways, stack->count);
            for (size_t i = 0; i < stack->count; i++)
                stack->items[i].gap *= TIGHT;
        }
    }
    *ends = ARENA_ARRAY(arena, size_t, count + 1);
    at = count;
    for (size_t end = stack->count; end > 0; end = ways[end].from)
        (*ends)[--at] = end;
    return count ? count : 1;
}
