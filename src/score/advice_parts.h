#ifndef SRC_SCORE_ADVICE_PARTS_H
#define SRC_SCORE_ADVICE_PARTS_H

#include "plan_scales.h"
#include "score/advice.h"

/* An answer that packages may raise: a question, or a row of a scale. */
struct place_of_answer {
    size_t question, row; /* row: MAP_NONE where it is no scale */
    bool is_multiple;
    int64_t now;    /* raw points of the present answer */
    uint64_t ticks; /* `multiple`: present ticks that stay */
};

/* What one package does to one answer. */
struct raise {
    size_t place;
    int64_t raw;     /* raw points afterwards */
    unsigned option; /* likewise */
    uint64_t ticks;  /* `multiple`: added */
};

/* A package that suits the enterprise, with what it does for it. */
struct offer {
    const struct package *package;
    struct raise *raises;
    size_t raise_count;
    struct ratio effort;
    int64_t cost; /* the same in units */
    int months;
    bool fits;
    int base;           /* place among the base packages of this enterprise; 0: none of them */
    uint64_t stand_ins; /* offers that bring the same to the floor */
    /* For each requirement that is not there yet: the offers that bring it. */
    uint64_t providers[PACKAGE_LIST_MAX];
    size_t provider_count;
};

/* Everything that suits, and the scales that gains are counted in. */
struct offers {
    struct arena *arena;
    const struct packages *packages;
    const struct scorer *scorer;
    const struct answer *answers;
    const struct scales *scales;
    struct place_of_answer *places;
    size_t place_count;
    struct offer list[PACKAGES_MAX];
    size_t count;
    int64_t unit; /* cost units in one week */
    enum headcount band;
};

/* Answers after some packages. */
struct progress {
    int64_t total;                      /* gained, in units of the total ... */
    int64_t dimensions[DIMENSIONS_MAX]; /* ... and of each dimension */
    int64_t *raw;                       /* by place */
    uint64_t *ticks;
    unsigned *option;
};

/* What is wanted: units of the total, and so many more dimensions at their level. */
struct goal {
    int64_t total;
    int64_t dimensions[DIMENSIONS_MAX]; /* what each lacks; 0: nothing, -1: can never be */
    size_t dimension_count, wanted;
};

/* Finds what suits; wanted facts go to `advice`. */
enum status offers_make(struct offers *offers, const struct response *response,
                        struct advice *advice, struct err *err);

void progress_start(const struct offers *offers, struct progress *progress);

/* What a package would add to the total. */
int64_t progress_gain(const struct offers *offers, const struct progress *progress,
                      const struct offer *offer);

void progress_apply(const struct offers *offers, struct progress *progress,
                    const struct offer *offer);
void progress_copy(const struct offers *offers, struct progress *to, const struct progress *from);

struct found {
    uint64_t chosen;
    int64_t cost;
    bool exists, is_exact;
};

/* The least effort that meets the goal and has the packages `forced`. */
void search_least(const struct offers *offers, const struct goal *goal, uint64_t forced,
                  struct found *found);

/* A set of packages and what comes of it. */
struct chosen {
    uint64_t set;
    size_t count;
    int64_t cost;
    struct progress progress;
};

struct planner {
    struct offers *offers;
    struct goal goal, with_margin;
    int64_t year;     /* cost units that a firm has */
    int64_t fill_min; /* units of the total that a package which only fills gains */
};

/* An empty set, and one more package in it. */
void choose_none(const struct planner *p, struct chosen *chosen);
void choose(const struct planner *p, struct chosen *chosen, size_t at);

/* Everything that it needs is there or brought by the set. */
bool offer_is_ready(const struct offer *offer, uint64_t set);

/*
 * Of the candidates the one with most gain for its cost, the own trade counting more; only those
 * that are ready, gain at least `least` and cost at most `cost_max`. MAP_NONE if there is none.
 */
size_t choose_best(const struct planner *p, const struct chosen *chosen, uint64_t candidates,
                   int64_t least, int64_t cost_max);

/* The packages of the plan. Marks base packages, also those that stand in for one. */
void choose_plan(const struct planner *p, bool is_reachable, struct chosen *chosen);

/* Months of the plan's items, whose offers are `order`. */
void lay_out(const struct offers *offers, struct advice *out, struct advice_item *items,
             const size_t *order);

#define OFFER_BIT(i) (UINT64_C(1) << (i))

#endif
