#ifndef INSIGHT_PEERS_H
#define INSIGHT_PEERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/ratio.h"
#include "survey/questionnaire.h"

/*
 * How the others do: medians of the total and of each dimension over the enterprises that answered
 * the same questionnaire in the same round, for a group that is like the one that asks. The group
 * is the finest of these that is large enough: same section and size class, same section, same size
 * class, all.
 *
 * What is protected. A group of fewer than PEERS_MIN others is never shown, nor a median that fewer
 * than PEERS_MIN others were rated for; a head office and its branches are one of them, whatever
 * they answered. Nothing but medians is told (no sums, means, extremes or
 * levels, which could be subtracted from each other), and as a median is the very value of some
 * firm where the group is odd, it is rounded to whole percents, half up. `n` is rounded down to a
 * multiple of PEERS_STEP. So the count or the values of the few firms by which a group differs from
 * the coarser one that it is part of, or from itself a day later, cannot be had by subtraction.
 *
 * What is not protected. The table does not hide groups as a set, as suppress.h does for tables of
 * sums: who sees two groups, or one at two times, may tell to which side of a median a firm lies
 * that is in one of them only. Firms that know their own results and pool them learn that much more
 * about the rest.
 */

#define PEERS_MIN 10
#define PEERS_STEP 5

/* Pairs of section and size class. policies/sections.json has 34 entries in both editions of VSIC,
 * there are 4 classes, and either may be unknown: 175. */
#define PEERS_CELLS_MAX 256

enum peer_kind { PEERS_SECTION_SIZE, PEERS_SECTION, PEERS_SIZE, PEERS_ALL, PEERS_KIND__MAX };

struct peer_group {
    enum peer_kind kind;
    size_t n; /* legal persons in it, rounded down: "at least so many" */
    size_t count;
    struct ratio total;                   /* in whole percents; RATIO_NONE: hidden */
    struct ratio medians[DIMENSIONS_MAX]; /* by dimension, likewise */
};

/*
 * The table is made in one pass and never changes after peers_finish(): threads may share it. While
 * it is made it holds a histogram of hundredths for each score of each pair of section and size
 * class that occurs, 40 kB each: at six dimensions and all of 175 pairs 49 MB, however many
 * enterprises there are, and a little for each branch. Then but the medians stay, in the arena.
 */
struct peers;

struct peers *peers_new(struct arena *arena, size_t dimensions);

/*
 * One enterprise; `scores` are hundredths of a percent, the total first, -1 where nothing was
 * rated. Section or size may be NULL: it then counts in no group that names what is not known.
 * `person` is the legal person, 0 where no other enterprise belongs to the same.
 * False if there are more pairs than PEERS_CELLS_MAX; it was then not added.
 */
bool peers_add(struct peers *peers, const char *section, const char *size, uint32_t person,
               const int *scores);
void peers_finish(struct peers *peers);

/* Frees what is not in the arena, where the making is broken off; not needed after peers_finish().
 */
void peers_drop(struct peers *peers);

/*
 * The group of a firm, with one look-up for each kind. `is_in`: its own result is one of those that
 * were added (and is not counted among the others). False if even all together are too few.
 */
bool peers_find(const struct peers *peers, const char *section, const char *size, bool is_in,
                struct peer_group *out);

#endif
