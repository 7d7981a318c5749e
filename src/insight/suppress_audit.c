/*
 * The attack that hiding must withstand: every sum that is shown is a linear equation over the
 * hidden cells. A hidden cell is found if it alone can be combined from them. Computed modulo a
 * large prime: a wrong answer has a chance of about one in two thousand million, and errs by hiding
 * or showing one cell, not by a wrong number.
 */
#include <string.h>

#include "base/map.h"
#include "suppress_parts.h"

#define PRIME UINT64_C(2147483647) /* 2^31 - 1 */

struct audit {
    struct suppress_table *table;
    unsigned set;
    struct arena arena;
    uint32_t *hidden;  /* cells, by unknown */
    uint32_t *unknown; /* by cell, if it is hidden */
    size_t unknowns;
    uint32_t *rows; /* equations x unknowns */
    size_t row_count;
    size_t *pivot_of;            /* by unknown: its row, or MAP_NONE */
    const struct audit *margins; /* the same with every cell unknown: what sums alone tell */
};

static uint32_t power(uint64_t base, uint64_t exponent)
{
    uint64_t result = 1;

    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = result * base % PRIME;
        base = base * base % PRIME;
    }
    return (uint32_t)result;
}

static void find_unknowns(struct audit *a, bool with_all)
{
    const struct suppress_margin *margin = &a->table->margins[a->set];

    a->hidden = ARENA_ARRAY(&a->arena, uint32_t, margin->count);
    a->unknown = ARENA_ARRAY(&a->arena, uint32_t, margin->count);
    for (size_t i = 0; i < margin->count; i++) {
        if (!with_all && !margin->cells[i].is_hidden)
            continue;
        a->unknown[i] = (uint32_t)a->unknowns;
        a->hidden[a->unknowns++] = (uint32_t)i;
    }
}

/* At most so many sums over hidden cells are shown. */
static size_t count_equations(const struct audit *a)
{
    size_t count = 0;

    for (unsigned coarser = 0; coarser < a->set; coarser++) {
        size_t sums = a->table->margins[coarser].count;

        if (suppress_is_coarser(a->table, coarser, a->set))
            count += sums < a->unknowns ? sums : a->unknowns;
    }
    return count;
}

/* Rows of one coarser table; those without a hidden cell stay 0 and are dropped. */
static void add_equations(struct audit *a, unsigned coarser)
{
    const struct suppress_margin *sums = &a->table->margins[coarser];
    size_t *row_of = ARENA_ARRAY(&a->arena, size_t, sums->count);

    memset(row_of, 0xff, sums->count * sizeof(*row_of));
    for (size_t u = 0; u < a->unknowns; u++) {
        uint32_t sum = suppress_part_of(a->table, a->set, a->hidden[u], coarser);

        if (sums->cells[sum].is_hidden)
            continue;
        if (row_of[sum] == MAP_NONE)
            row_of[sum] = a->row_count++;
        a->rows[row_of[sum] * a->unknowns + u] = 1;
    }
}

static void subtract(uint32_t *from, const uint32_t *row, uint64_t times, size_t start, size_t end)
{
    uint64_t negative = PRIME - times;

    for (size_t u = start; u < end; u++)
        from[u] = (uint32_t)((from[u] + negative * row[u]) % PRIME);
}

static void scale(uint32_t *row, uint64_t factor, size_t start, size_t end)
{
    for (size_t u = start; u < end; u++)
        row[u] = (uint32_t)(row[u] * factor % PRIME);
}

static void swap(uint32_t *a, uint32_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t kept = a[i];

        a[i] = b[i];
        b[i] = kept;
    }
}

/* Gauss and Jordan: afterwards each pivot stands alone in its column. */
static void eliminate(struct audit *a)
{
    size_t done = 0;

    a->pivot_of = ARENA_ARRAY(&a->arena, size_t, a->unknowns);
    memset(a->pivot_of, 0xff, a->unknowns * sizeof(*a->pivot_of));
    for (size_t u = 0; u < a->unknowns && done < a->row_count; u++) {
        uint32_t *row = a->rows + done * a->unknowns;
        size_t found = done;

        while (found < a->row_count && !a->rows[found * a->unknowns + u])
            found++;
        if (found == a->row_count)
            continue;
        if (found != done)
            swap(row, a->rows + found * a->unknowns, a->unknowns);
        scale(row, power(row[u], PRIME - 2), u, a->unknowns);
        for (size_t r = 0; r < a->row_count; r++) {
            uint32_t *other = a->rows + r * a->unknowns;

            if (r != done && other[u])
                subtract(other, row, other[u], u, a->unknowns);
        }
        a->pivot_of[u] = done++;
    }
}

/* True if the unknown is the only one of its reduced equation: then its value is known. */
static bool is_known(const struct audit *a, size_t u)
{
    const uint32_t *row;

    if (a->pivot_of[u] == MAP_NONE)
        return false;
    row = a->rows + a->pivot_of[u] * a->unknowns;
    for (size_t other = 0; other < a->unknowns; other++) {
        if (other != u && row[other])
            return false;
    }
    return true;
}

static bool shares_shown_sum(const struct audit *a, size_t cell, size_t other)
{
    for (unsigned coarser = 1; coarser < a->set; coarser++) {
        uint32_t sum;

        if (!suppress_is_coarser(a->table, coarser, a->set))
            continue;
        sum = suppress_part_of(a->table, a->set, cell, coarser);
        if (!a->table->margins[coarser].cells[sum].is_hidden &&
            suppress_part_of(a->table, a->set, other, coarser) == sum)
            return true;
    }
    return false;
}

/* The smallest shown cell, if there is one in a shown sum with this one; or MAP_NONE. */
static size_t find_cover(const struct audit *a, uint32_t cell, bool is_anywhere)
{
    const struct suppress_margin *margin = &a->table->margins[a->set];
    size_t best = MAP_NONE;

    for (size_t i = 0; i < margin->count; i++) {
        if (!margin->cells[i].is_hidden &&
            (best == MAP_NONE || suppress_precedes(a->table, a->set, i, best)) &&
            (is_anywhere || shares_shown_sum(a, cell, i)))
            best = i;
    }
    return best;
}

/* The indicator of a hidden coarser number, reduced by the equations: 0 if it follows from them. */
static bool sum_is_known(const struct audit *a, unsigned coarser, uint32_t sum)
{
    uint32_t *vector = ARENA_ARRAY((struct arena *)&a->arena, uint32_t, a->unknowns);

    for (size_t u = 0; u < a->unknowns; u++)
        vector[u] = suppress_part_of(a->table, a->set, a->hidden[u], coarser) == sum;
    for (size_t u = 0; u < a->unknowns; u++) {
        if (vector[u] && a->pivot_of[u] == MAP_NONE)
            return false;
        if (vector[u])
            subtract(vector, a->rows + a->pivot_of[u] * a->unknowns, vector[u], u, a->unknowns);
    }
    return true;
}

/* True if the sums tell the cell even where no cell is shown: nothing here can help. */
static bool is_doomed(const struct audit *a, uint32_t cell)
{
    return !a->margins || is_known(a->margins, a->margins->unknown[cell]);
}

static bool cover(struct audit *a, uint32_t cell)
{
    size_t more = MAP_NONE;

    if (!is_doomed(a, cell)) {
        more = find_cover(a, cell, false);
        if (more == MAP_NONE)
            more = find_cover(a, cell, true);
    }
    if (more != MAP_NONE)
        a->table->margins[a->set].cells[more].is_hidden = true;
    return more != MAP_NONE;
}

/* Hides something beside the unsafe numbers that are known; true if there was a way. */
static bool cover_known(struct audit *a)
{
    const struct suppress_cell *cells = a->table->margins[a->set].cells;
    bool has_covered = false;

    for (size_t u = 0; u < a->unknowns; u++)
        has_covered |= !suppress_is_safe(&cells[a->hidden[u]].weight) && is_known(a, u) &&
                       cover(a, a->hidden[u]);
    if (has_covered)
        return true;
    for (unsigned coarser = 1; coarser < a->set; coarser++) {
        const struct suppress_margin *sums = &a->table->margins[coarser];

        for (size_t i = 0; suppress_is_coarser(a->table, coarser, a->set) && i < sums->count; i++) {
            if (!sums->cells[i].is_hidden || suppress_is_safe(&sums->cells[i].weight) ||
                !sum_is_known(a, coarser, (uint32_t)i))
                continue;
            for (size_t u = 0; u < a->unknowns; u++) {
                if (suppress_part_of(a->table, a->set, a->hidden[u], coarser) == i &&
                    cover(a, a->hidden[u]))
                    return true;
            }
        }
    }
    return false;
}

/* Writes and solves the equations; false if there are none, or too many. */
static bool audit_init(struct audit *a, struct suppress_table *table, unsigned set, bool with_all)
{
    size_t equations;

    *a = (struct audit){.table = table, .set = set};
    arena_init(&a->arena);
    find_unknowns(a, with_all);
    equations = count_equations(a);
    if (!equations || (wide)equations * (wide)equations * (wide)a->unknowns > SUPPRESS_WORK_MAX)
        return false;
    a->rows = ARENA_ARRAY(&a->arena, uint32_t, equations * a->unknowns);
    for (unsigned coarser = 0; coarser < set; coarser++) {
        if (suppress_is_coarser(table, coarser, set))
            add_equations(a, coarser);
    }
    eliminate(a);
    return true;
}

bool suppress_derivable(struct suppress_table *table, unsigned set)
{
    struct audit hidden, margins;
    bool has_changed = false;

    if (audit_init(&hidden, table, set, false)) {
        if (audit_init(&margins, table, set, true))
            hidden.margins = &margins;
        has_changed = cover_known(&hidden);
        arena_free(&margins.arena);
    }
    arena_free(&hidden.arena);
    return has_changed;
}
