#ifndef SCORE_PLAN_H
#define SCORE_PLAN_H

#include <stdint.h>

#include "base/err.h"
#include "score/score.h"

/*
 * The cheapest way to a level: the set of better answers with the least effort that makes the
 * whole level rule hold, the total as well as the dimensions. Found exactly, by dynamic
 * programming over effort: in each dimension the most that any effort can gain, then all
 * dimensions together with the number of them that reach the asked level.
 *
 * A step moves an answer up by one rung of its ladder (options in the order of their points, rows
 * of a scale, ticks, bands of a number) and costs the question's effort (default 1). Questions
 * that are hidden or not applicable stay as they are; an unanswered one starts at its lowest rung.
 * Of ways that cost the same the one with more points, then with fewer questions, is taken.
 */

#define PLAN_STEPS_MAX 400

/* Limits of the search; beyond them plan_find() says so. */
#define PLAN_EFFORT_MAX 5000 /* steps of all improvements together, in least common units */
#define PLAN_TICKS_MAX 20    /* open ticks of one question whose options require each other */

struct plan_step {
    size_t question;
    size_t row;       /* of a scale; MAP_NONE else */
    struct answer to; /* the improved answer (for a scale: of this row alone, in `option`) */
    struct ratio effort;
    int64_t raw_gain; /* points times weight, in units of the scorer */
};

struct plan {
    int from, to;                  /* levels */
    struct ratio effort;           /* of all steps */
    const struct plan_step *steps; /* in the order of the questionnaire */
    size_t count;                  /* 0: the level holds already */
};

/*
 * Finds the cheapest way from answers (activated and scored) to level `to`. Errors: NOT_FOUND if
 * the level does not exist, nothing is rated or no answers reach it, LIMIT if the search would be
 * too large.
 */
MUST_USE enum status plan_find(struct arena *arena, const struct score *score,
                               const struct answer *answers, int to, struct plan *plan,
                               struct err *err);

/* The next level above the score's, or -1 at the top. */
int plan_next_level(const struct score *score);

#endif
