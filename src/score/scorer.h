#ifndef SRC_SCORE_SCORER_H
#define SRC_SCORE_SCORER_H

#include "score/score.h"

/* One question, ready to be added up. */
struct scored_question {
    bool is_scored;
    enum question_type type;
    size_t dimension;
    const int64_t *points;  /* per option, column or band: points x weight, in units */
    const int64_t *without; /* multiple: points of an option whose prerequisites are missing */
    bool has_requires;
    int64_t ceiling; /* most points x weight, in units */
    int64_t weight;  /* in units, for means */
};

/* The smallest raw sum that meets a level's bound when nothing is left out. */
struct threshold {
    int64_t min_raw;
};

struct scorer {
    const struct questionnaire *q;
    int64_t unit;
    struct scored_question *questions;
    const size_t *required; /* questions that must be answered, scored or not */
    size_t required_count;
    int64_t dimension_ceilings[DIMENSIONS_MAX]; /* with every question shown and applicable */
    struct threshold dimension_levels[DIMENSIONS_MAX][LEVELS_MAX + 1];
};

/* The smallest raw sum whose share of `ceiling` meets a percentage bound. */
int64_t smallest_raw(const struct level_rule *rule, int64_t ceiling);

#endif
