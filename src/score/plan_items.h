#ifndef SRC_SCORE_PLAN_ITEMS_H
#define SRC_SCORE_PLAN_ITEMS_H

#include "score/plan.h"
#include "scorer.h"

/* One way to improve an item, and what it costs in whole effort units. */
struct choice_to {
    int cost;
    int64_t raw_gain;
    unsigned option; /* single, yesno, row of a scale: the better option; number: the band */
    uint64_t ticks;  /* multiple: all ticks afterwards */
};

/* A question, or a row of a scale, that can be improved. */
struct item {
    size_t question, row;
    struct choice_to *choices;
    size_t count;
};

struct items {
    struct item *list;
    size_t count;
    int64_t unit; /* effort units in 1 */
};

/* All items of a questionnaire, by question; false (and a sentence) past a limit. */
enum status plan_items(struct arena *arena, const struct score *score, const struct answer *answers,
                       struct items *items, struct err *err);

#endif
