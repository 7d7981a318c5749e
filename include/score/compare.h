#ifndef SCORE_COMPARE_H
#define SCORE_COMPARE_H

#include "score/score.h"

/*
 * Two scores side by side: of one enterprise at two times (T0, T1), or of the same answers under
 * two versions of a questionnaire. Dimensions and questions are matched by id; what stands in one
 * only is listed as such, never guessed.
 */

struct compared_part {
    const char *id;                             /* NULL for the total */
    const struct dimension *before, *after;     /* NULL where it is missing */
    struct ratio percent_before, percent_after; /* RATIO_NONE where not rated */
    struct ratio change;           /* in percent points; RATIO_NONE where one is missing */
    int level_before, level_after; /* -1 where not rated */
};

struct compared_answer {
    const struct question *before, *after; /* NULL where the question is missing */
    const struct answer *answer_before, *answer_after;
    struct ratio change; /* of its part of the total, in percent points */
    bool is_same;        /* the answer itself is the same; only what it is worth changed */
};

struct comparison {
    const struct score *before, *after;
    struct compared_part total;
    const struct compared_part
        *dimensions; /* in the order of `after`, then those of `before` only */
    size_t dimension_count;
    const struct compared_answer
        *answers; /* those that moved the score or changed, largest first */
    size_t answer_count;
};

/* Compares; everything lives in the arena, scores and answers are borrowed. */
const struct comparison *compare_scores(struct arena *arena, const struct score *before,
                                        const struct answer *answers_before,
                                        const struct score *after,
                                        const struct answer *answers_after);

#endif
