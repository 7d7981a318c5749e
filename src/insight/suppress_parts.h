#ifndef SRC_INSIGHT_SUPPRESS_PARTS_H
#define SRC_INSIGHT_SUPPRESS_PARTS_H

#include "base/ratio.h"
#include "insight/suppress.h"

/* The cell of the coarser table that a cell of the table `set` is part of. */
uint32_t suppress_part_of(const struct suppress_table *table, unsigned set, size_t cell,
                          unsigned coarser);

/* True if there is such a table, and it is coarser than `set` (or any, with `set` all ones). */
bool suppress_is_coarser(const struct suppress_table *table, unsigned coarser, unsigned set);

/*
 * Which of two cells is hidden rather: the smaller, then the one whose place comes first. Nothing
 * else counts, so that a coarser table comes out the same by itself and as part of a finer one.
 */
bool suppress_precedes(const struct suppress_table *table, unsigned set, size_t a, size_t b);

/*
 * Hides more cells of the table `set` if its hidden ones follow from the sums that are shown; true
 * if it did. What cannot be helped is left.
 */
bool suppress_derivable(struct suppress_table *table, unsigned set);

#endif
