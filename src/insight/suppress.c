#include "insight/suppress.h"

#include <string.h>

#include "base/map.h"
#include "suppress_parts.h"

/* ---- the tables ---- */

static unsigned dims_in(unsigned set)
{
    return (unsigned)__builtin_popcount(set);
}

/* The places of a cell in some dimensions, as a key. */
static size_t write_key(const struct suppress_cell *cell, unsigned set, size_t dims,
                        uint32_t key[SUPPRESS_DIMS_MAX])
{
    size_t count = 0;

    for (size_t d = 0; d < dims; d++) {
        if (set >> d & 1)
            key[count++] = cell->at[d];
    }
    return count * sizeof(*key);
}

static void build_margin(struct suppress_table *table, unsigned set,
                         const struct suppress_cell *finest, size_t count)
{
    struct suppress_margin *margin = &table->margins[set];
    struct map index;

    margin->cells = ARENA_ARRAY(table->arena, struct suppress_cell, count);
    margin->of = ARENA_ARRAY(table->arena, uint32_t, count);
    margin->any = ARENA_ARRAY(table->arena, uint32_t, count);
    map_init(&index, table->arena);
    for (size_t i = 0; i < count; i++) {
        uint32_t key[SUPPRESS_DIMS_MAX];
        size_t len = write_key(&finest[i], set, table->dims, key);
        size_t at = map_get(&index, (const char *)key, len);

        if (at == MAP_NONE) {
            at = margin->count++;
            margin->cells[at] = finest[i];
            margin->any[at] = (uint32_t)i;
            map_put(&index, arena_strndup(table->arena, (const char *)key, len), len, at);
        } else {
            suppress_add(&margin->cells[at].weight, &finest[i].weight, table->arena);
        }
        margin->of[i] = (uint32_t)at;
    }
}

bool suppress_is_hidden(const struct suppress_table *table, unsigned dims, size_t cell)
{
    const struct suppress_margin *margin = &table->margins[dims];

    return margin->cells[margin->of[cell]].is_hidden;
}

uint32_t suppress_part_of(const struct suppress_table *table, unsigned set, size_t cell,
                          unsigned coarser)
{
    return table->margins[coarser].of[table->margins[set].any[cell]];
}

bool suppress_is_coarser(const struct suppress_table *table, unsigned coarser, unsigned set)
{
    for (size_t d = 0; d < table->dims; d++) {
        if ((coarser >> d & 1) && (table->needs[d] & coarser) != table->needs[d])
            return false;
    }
    return coarser != set && (coarser & set) == coarser;
}

bool suppress_precedes(const struct suppress_table *table, unsigned set, size_t a, size_t b)
{
    const struct suppress_cell *x = &table->margins[set].cells[a],
                               *y = &table->margins[set].cells[b];

    if (x->weight.n != y->weight.n)
        return x->weight.n < y->weight.n;
    for (size_t d = 0; d < table->dims; d++) {
        if ((set >> d & 1) && x->at[d] != y->at[d])
            return x->at[d] < y->at[d];
    }
    return false;
}

/* ---- hiding within one table ---- */

static void suppress_unsafe(struct suppress_table *table, unsigned set)
{
    struct suppress_margin *margin = &table->margins[set];

    for (size_t i = 0; i < margin->count; i++) {
        bool is_whole = set == (1u << table->dims) - 1;
        bool is_hidden =
            (is_whole && margin->cells[i].is_hidden) || !suppress_is_safe(&margin->cells[i].weight);

        for (size_t d = 0; d < table->dims && !is_hidden; d++) {
            unsigned coarser = set & ~(1u << d);

            is_hidden =
                suppress_is_coarser(table, coarser, set) &&
                table->margins[coarser].cells[suppress_part_of(table, set, i, coarser)].is_hidden;
        }
        margin->cells[i].is_hidden = is_hidden;
    }
}

/* The cells of one table that are part of the same cell of a coarser one. */
struct line {
    size_t hidden;
    struct suppress_weight weight; /* of the hidden ones together */
    size_t best;               /* the one to hide next: the smallest shown; MAP_NONE */
    bool best_is_alone;
};

/* True if a coarser number is a 0 that is shown: everybody knows that this is 0, too. */
static bool is_known_zero(const struct suppress_table *table, unsigned set, size_t cell)
{
    if (table->margins[set].cells[cell].weight.n)
        return false;
    for (unsigned coarser = 0; coarser < set; coarser++) {
        const struct suppress_cell *sum;

        if (!suppress_is_coarser(table, coarser, set))
            continue;
        sum = &table->margins[coarser].cells[suppress_part_of(table, set, cell, coarser)];
        if (!sum->weight.n && !sum->is_hidden)
            return true;
    }
    return false;
}

/* True if the cell is all of some coarser number: hiding it helps nobody. */
static bool is_alone(const struct suppress_table *table, unsigned set, size_t cell)
{
    const struct suppress_margin *margin = &table->margins[set];

    for (size_t d = 0; d < table->dims; d++) {
        unsigned coarser = set & ~(1u << d);

        if (suppress_is_coarser(table, coarser, set) &&
            table->margins[coarser].cells[suppress_part_of(table, set, cell, coarser)].weight.n ==
                margin->cells[cell].weight.n)
            return true;
    }
    return false;
}

static void add_to_line(const struct suppress_table *table, unsigned set, size_t i,
                        struct arena *arena, struct line *line)
{
    const struct suppress_cell *cells = table->margins[set].cells;
    bool alone;

    if (is_known_zero(table, set, i))
        return;
    if (cells[i].is_hidden) {
        line->hidden++;
        suppress_add(&line->weight, &cells[i].weight, arena);
        return;
    }
    alone = is_alone(table, set, i);
    if (line->best != MAP_NONE &&
        (alone > line->best_is_alone ||
         (alone == line->best_is_alone && !suppress_precedes(table, set, i, line->best))))
        return;
    line->best = i;
    line->best_is_alone = alone;
}

/* One round over the sums of one coarser table; true if something more was hidden. */
static bool protect_lines(struct suppress_table *table, unsigned set, unsigned coarser)
{
    struct suppress_margin *margin = &table->margins[set], *sums = &table->margins[coarser];
    struct arena arena;
    struct line *lines;
    bool has_changed = false;

    arena_init(&arena);
    lines = ARENA_ARRAY(&arena, struct line, sums->count);
    for (size_t i = 0; i < sums->count; i++)
        lines[i].best = MAP_NONE;
    for (size_t i = 0; i < margin->count; i++)
        add_to_line(table, set, i, &arena, &lines[suppress_part_of(table, set, i, coarser)]);
    for (size_t i = 0; i < sums->count; i++) {
        struct line *line = &lines[i];

        if (sums->cells[i].is_hidden || !line->hidden || line->best == MAP_NONE)
            continue;
        if (line->hidden >= 2 && suppress_is_safe(&line->weight))
            continue;
        margin->cells[line->best].is_hidden = has_changed = true;
    }
    arena_free(&arena);
    return has_changed;
}

static void protect(struct suppress_table *table, unsigned set)
{
    bool has_changed;

    do {
        has_changed = false;
        for (unsigned coarser = 0; coarser < set; coarser++) {
            if (suppress_is_coarser(table, coarser, set))
                has_changed |= protect_lines(table, set, coarser);
        }
        if (!has_changed)
            has_changed = suppress_derivable(table, set);
    } while (has_changed);
}

void suppress_solve(struct suppress_table *table, struct arena *arena,
                    const struct suppress_cell *cells, size_t count)
{
    unsigned sets = 1u << table->dims;

    table->arena = arena;
    memset(table->margins, 0, sizeof(table->margins));
    for (unsigned set = 0; set < sets; set++) {
        if (suppress_is_coarser(table, set, ~0u))
            build_margin(table, set, cells, count);
    }
    for (unsigned size = 0; size <= table->dims; size++) {
        for (unsigned set = 0; set < sets; set++) {
            if (dims_in(set) != size || !suppress_is_coarser(table, set, ~0u))
                continue;
            suppress_unsafe(table, set);
            protect(table, set);
        }
    }
}
