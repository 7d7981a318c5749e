#include "lines_words.h"

#include <string.h>

/*
 * The break of a whole paragraph is found as the cheapest way through its words (after Knuth and
 * Plass, without stretching): a line more costs more than any raggedness, a broken pair more than a
 * line more.
 */
#define COST_LINE 1000.0
#define COST_RAGGED 100.0 /* of a line that is nearly empty; grows with the square */
#define COST_STUB 30.0    /* of a last line of one short word */

static const double break_costs[] = {
    [BREAK_NEVER] = 1e9, [BREAK_SPACE] = 0,      [BREAK_PAIR] = 3000,
    [BREAK_SIGN] = 50,   [BREAK_ANYWHERE] = 300, [BREAK_FORCED] = 0,
};

/* Words i.. that end at a break have this cost at best, with the last line starting at `from`. */
struct way {
    double cost;
    size_t from;
};

static double line_cost(const struct lines_style *style, double width, enum break_kind after,
                        bool is_first)
{
    double slack = 1 - width / style->width;

    if (after == BREAK_FORCED && style->mode == LINES_RAGGED)
        return COST_LINE + (!is_first && slack > 0.88 ? COST_STUB : 0);
    return COST_LINE + COST_RAGGED * slack * slack + break_costs[after];
}

static void find_ways(const struct words_list *words, const struct lines_style *style,
                      struct way *ways)
{
    const double limit = style->width + 0.01;

    ways[0] = (struct way){0, 0};
    for (size_t end = 1; end <= words->count; end++) {
        const struct word *last = &words->items[end - 1];
        double width = last->width;

        ways[end] = (struct way){1e18, end - 1};
        for (size_t from = end - 1;; from--) {
            bool is_first = from == 0 || words->items[from - 1].after == BREAK_FORCED;
            double cost = ways[from].cost + line_cost(style, width, last->after, is_first);

            if (width > limit && from + 1 < end)
                break;
            if (cost < ways[end].cost)
                ways[end] = (struct way){cost, from};
            if (is_first)
                break;
            width += words->items[from - 1].width + words->items[from - 1].space;
        }
    }
}

/* True if the word follows the fragment in the same text, at most one space away. */
static bool continues(const struct fragment *fragment, const struct word *word, bool has_space)
{
    const char *end = fragment->text + fragment->len;

    return fragment->run == word->run && word->text == end + has_space &&
           (!has_space || *end == ' ');
}

static void make_line(struct line *line, struct arena *arena, const struct word *words,
                      size_t count)
{
    struct fragment *fragments = ARENA_ARRAY(arena, struct fragment, count);
    struct fragment *last = NULL;
    double x = 0;

    for (size_t i = 0; i < count; i++) {
        double space = i ? words[i - 1].space : 0;

        if (last && continues(last, &words[i], space > 0)) {
            last->len += (space > 0) + words[i].len;
            last->width += space + words[i].width;
        } else {
            last = &fragments[line->count++];
            *last = (struct fragment){words[i].run, words[i].text, words[i].len, x + space,
                                      words[i].width};
        }
        x += space + words[i].width;
    }
    line->fragments = fragments;
    line->width = x;
    line->is_broken = words[count - 1].after == BREAK_SPACE || words[count - 1].after == BREAK_PAIR;
}

struct lines lines_break(struct arena *arena, const struct run *runs, size_t count,
                         const struct lines_style *style)
{
    struct words_list words = words_cut(arena, runs, count, style);
    struct way *ways = ARENA_ARRAY(arena, struct way, words.count + 1);
    struct lines lines = {0};
    struct line *items;
    size_t at;

    find_ways(&words, style, ways);
    for (size_t end = words.count; end > 0; end = ways[end].from)
        lines.count++;
    items = ARENA_ARRAY(arena, struct line, lines.count + 1);
    at = lines.count;
    for (size_t end = words.count; end > 0; end = ways[end].from) {
        size_t from = ways[end].from;

        make_line(&items[--at], arena, &words.items[from], end - from);
        if (items[at].width > lines.width)
            lines.width = items[at].width;
    }
    lines.items = items;
    return lines;
}

struct lines lines_break_text(struct arena *arena, const char *text, enum face face,
                              const struct lines_style *style)
{
    struct run *run = ARENA_NEW(arena, struct run);

    run->text = text;
    run->face = face;
    return lines_break(arena, run, 1, style);
}

/* Draws a line; `lettering` gives the size, the colour of runs that have none, and the anchor. */
static void draw_line(const struct line *line, struct canvas *canvas, struct point at,
                      const struct lettering *lettering)
{
    double x = at.x;

    if (lettering->anchor != ANCHOR_START)
        x -= lettering->anchor == ANCHOR_MIDDLE ? line->width / 2 : line->width;
    for (size_t i = 0; i < line->count; i++) {
        const struct fragment *f = &line->fragments[i];
        struct lettering own = {f->run->face, lettering->size,
                                f->run->colour ? f->run->colour : lettering->colour, ANCHOR_START};
        struct point place = {x + f->x, at.y};
        bool has_space = f->text[f->len] == ' ' && (i + 1 < line->count || line->is_broken);

        /* A single fragment keeps the anchor: a browser that lacks the face aligns it itself. */
        if (line->count == 1 && !has_space) {
            own.anchor = lettering->anchor;
            place = at;
        }
        canvas_text_part(canvas, place, &own, f->text, f->len + has_space);
    }
}

void lines_draw(const struct lines *lines, struct canvas *canvas, struct point at, double leading,
                const struct lettering *lettering)
{
    for (size_t i = 0; i < lines->count; i++) {
        draw_line(&lines->items[i], canvas, at, lettering);
        at.y += leading;
    }
}
