#ifndef INSIGHT_SUPPRESS_H
#define INSIGHT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * Which numbers of a table must not be published so that none gives a small group or a single firm
 * away, although sums over rows, columns and the whole are published too.
 *
 * A table has dimensions (area, section, level); it stands for itself and for every coarser table
 * that leaves dimensions out, down to the total, because those are or may be published as well. A
 * number is hidden
 *   - if it is unsafe: fewer than SUPPRESS_COUNT_MIN legal persons stand behind it; or, for money,
 * the largest could be estimated by the second largest within SUPPRESS_ESTIMATE_PERCENT (the p%
 * rule). Branches and their head office are one legal person (holdings);
 *   - if the coarser number that it is part of is hidden;
 *   - if else a hidden number could be computed: within every sum that is shown there are no hidden
 *     numbers, or at least two that are safe together; and where the tables are not too large
 *     (SUPPRESS_WORK_MAX), the linear equations of all sums that are shown determine no unsafe
 * number. A 0 that is shown is a number like others, and may be hidden to cover one; where nobody
 * can see that there is no such cell (a group that has nobody is not listed), there must be none.
 * What coarser tables give away by themselves (a row with one cell), a finer one cannot hide.
 */

#define SUPPRESS_COUNT_MIN 5
#define SUPPRESS_ESTIMATE_PERCENT 10
#define SUPPRESS_DIMS_MAX 8
/* Multiplications of one elimination. */
#define SUPPRESS_WORK_MAX 20000000

/* A legal person of whom several records may be here, and its money together. */
struct suppress_person {
    uint32_t id; /* not 0 */
    int64_t sum;
};

/* Those behind a number. Where it is no money five of them say all, and no more are kept. */
struct suppress_persons {
    const struct arena *owner;
    size_t records; /* of all of them */
    struct suppress_person *items; /* by id */
    size_t count, cap;
    bool has_money;
};

/* What stands behind a number. */
struct suppress_weight {
    size_t n;                   /* records */
    int64_t sum, first, second; /* money: together, and the two largest of those that are alone */
    const struct suppress_persons *persons; /* NULL: every record is a legal person of its own */
};

/* A record of the person `id` (0: of one who has no other; nothing is noted then). */
void suppress_note(struct suppress_persons **persons, struct arena *arena, uint32_t id,
                   int64_t amount, bool has_money);

struct suppress_cell {
    uint32_t at[SUPPRESS_DIMS_MAX]; /* where it stands in each dimension */
    struct suppress_weight weight;
    bool is_hidden;
};

/* One of the tables: the finest one, or one without some of its dimensions. */
struct suppress_margin {
    struct suppress_cell *cells;
    size_t count;
    uint32_t *of;  /* per cell of the finest table: the cell here that it is part of */
    uint32_t *any; /* per cell here: one of the finest table that is part of it */
};

struct suppress_table {
    struct arena *arena;
    size_t dims;
    unsigned
        needs[SUPPRESS_DIMS_MAX]; /* the dimensions that this one refines: no table is without */
    struct suppress_margin
        margins[1 << SUPPRESS_DIMS_MAX]; /* by the set of dimensions that it has */
};

/*
 * Decides for all tables; dims and needs are set before. `cells` are those of the finest one, none
 * of them with n = 0. One that comes hidden stays so, for reasons outside of the table.
 */
void suppress_solve(struct suppress_table *table, struct arena *arena,
                    const struct suppress_cell *cells, size_t count);

/* True if the cell of the finest table, or the coarser one that it is part of, is hidden. */
bool suppress_is_hidden(const struct suppress_table *table, unsigned dims, size_t cell);

bool suppress_is_safe(const struct suppress_weight *weight);
/* Persons of the sum are kept in the arena. */
void suppress_add(struct suppress_weight *sum, const struct suppress_weight *more,
                  struct arena *arena);

#endif
