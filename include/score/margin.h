#ifndef SCORE_MARGIN_H
#define SCORE_MARGIN_H

#include "score/score.h"

/*
 * How near a level is to another one: the fewest points that, lost or gained, change it. Of the
 * total and of what the rule of a level asks of dimensions; exact where points are pooled. What is
 * gained in dimensions counts for the total as well. Whether an enterprise could lose or gain them
 * is not asked.
 */
struct score_margin {
    int points;             /* below 0: lost */
    const char *dimensions; /* their ids, the nearest first, parted by blanks; "": the total */
};

/* False where nothing within `max` points changes the level, or it is not rated, or points are not
 * pooled. The text lives in the arena. */
bool score_margin(const struct score *score, int max, struct arena *arena,
                  struct score_margin *out);

#endif
