#ifndef INSIGHT_STATS_H
#define INSIGHT_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/ratio.h"
#include "insight/suppress.h"

/*
 * Aggregates of many assessments: counts, levels, mean and median per dimension, how many are
 * eligible for each policy and for how much, by any of the keys below. Scores come in as integer
 * hundredths of a percent point; means and medians of those are exact.
 *
 * What is published gives nobody away (see suppress.h): groups, levels within them, verdicts, means
 * and sums of money are hidden where fewer than STATS_GROUP_MIN legal persons stand behind them, or
 * where such a number could be computed from what is shown in this table and in the ones that have
 * fewer keys. (n >= 5 is the practice of statistics offices.)
 */

#define STATS_GROUP_MIN SUPPRESS_COUNT_MIN
#define STATS_GROUPS_MAX 20000

enum stats_key {
    STATS_AREA,
    STATS_SECTION,
    STATS_SIZE,
    STATS_LEVEL,
    STATS_FORM,
    STATS_ROUND,
    STATS_KEY__MAX
};

/* "area", "section", ... as the command line spells them. */
const char *stats_key_code(enum stats_key key);
bool stats_key_parse(const char *code, enum stats_key *key);

/* What one policy means for one enterprise. */
struct stats_policy {
    bool is_eligible, is_unknown;
    bool has_amount;
    int64_t amount_vnd;
};

/* One assessment. */
struct stats_record {
    const char *keys[STATS_KEY__MAX]; /* NULL: not known */
    int level; /* -1: not rated */
    const int *scores; /* total, then dimensions: hundredths of a percent; -1: not rated */
    const struct stats_policy *policies;
    /* Of the legal person, where others of it may be among the records (branches; the same one in
     * other rounds), else 0: together they are one contributor. */
    uint32_t person;
};

struct stats_shape {
    enum stats_key by[STATS_KEY__MAX]; /* group by these, in this order */
    size_t by_count;
    size_t scores; /* total and dimensions */
    size_t levels; /* highest level + 1 */
    size_t policies;
};

/* Scores of one kind within a group. */
struct stats_values {
    uint16_t *items; /* sorted by stats_finish() */
    size_t count, cap;
    int64_t sum;
    struct suppress_persons *persons;
    bool is_hidden; /* mean and median */
};

enum stats_verdict { STATS_ELIGIBLE, STATS_UNKNOWN, STATS_NOT_ELIGIBLE, STATS_VERDICT__MAX };

struct stats_eligible {
    size_t counts[STATS_VERDICT__MAX];
    struct suppress_persons *persons[STATS_VERDICT__MAX];
    struct suppress_weight amount; /* of the eligible ones whose amount is known */
    struct suppress_persons *amount_persons;
    bool hides[STATS_VERDICT__MAX];
    bool hides_amount;
};

struct stats_group {
    const char *keys[STATS_KEY__MAX]; /* by the shape's `by`; NULL: not known */
    size_t count;
    struct suppress_persons *persons;
    size_t *levels;
    struct suppress_persons **level_persons; /* one more: of those without a level */
    bool *hides_level;
    size_t unrated; /* of count */
    bool hides_unrated;
    struct stats_values *values;
    struct stats_eligible *policies;
    bool is_hidden; /* after stats_suppress() */
};

struct stats {
    struct arena *arena;
    struct stats_shape shape;
    struct stats_group total;
    struct stats_group *groups; /* sorted by their keys after stats_finish() */
    size_t count, cap;
    struct map index;
    bool hides_split; /* how many are at stats_level_split() or below, of all */
    bool is_full;     /* more groups than STATS_GROUPS_MAX: the rest went into the total only */
};

void stats_init(struct stats *stats, struct arena *arena, const struct stats_shape *shape);
void stats_add(struct stats *stats, const struct stats_record *record);
/* Sorts groups and values; nothing is added afterwards. */
void stats_finish(struct stats *stats);

/* Decides what must not be published (see above). Without it everything is shown. */
void stats_suppress(struct stats *stats);

/* Of so many levels (0, 1, ...) the highest of the lower half: 2 of 0 to 5. */
size_t stats_level_split(size_t levels);

/* In percent; RATIO_NONE for an empty group. */
struct ratio stats_mean(const struct stats_values *values);
struct ratio stats_median(const struct stats_values *values);

#endif
