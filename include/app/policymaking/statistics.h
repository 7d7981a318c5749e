#ifndef APP_POLICYMAKING_STATISTICS_H
#define APP_POLICYMAKING_STATISTICS_H

#include "app/database.h"
#include "base/json_write.h"
#include "insight/stats.h"

/*
 * Aggregates of what is stored. Assessments by different questionnaires have different dimensions,
 * and an enterprise answers once a round, so each questionnaire and round is a table of its own
 * (only the questionnaire, where rounds are what is compared). Policies are matched for everybody
 * on one day. What was not answered to its end is counted apart and left out unless the caller
 * wants it: open questions count 0 and would pull every mean down. Memory grows with the number of
 * groups, and by two bytes per score, not with what is stored.
 */
struct statistics_options {
    struct store_filter filter;
    enum stats_key by[STATS_KEY__MAX];
    size_t by_count;
    day on;
    bool is_internal; /* nothing is hidden */
    bool with_incomplete;
};

struct statistics_table {
    const struct questionnaire *q;
    const char *round; /* NULL: all, as groups */
    day last_on;       /* of the latest response: names of areas and sections are of that day */
    size_t incomplete; /* assessments that were left out, or are in it */
    struct stats stats;
};

struct statistics {
    const struct catalogue *catalogue;
    struct statistics_options options;
    struct statistics_table *tables; /* none where nothing passes the filter */
    size_t count;
};

MUST_USE enum status statistics_make(struct arena *arena, struct workspace *ws, struct database *db,
                                     const struct statistics_options *options,
                                     struct statistics *out, struct err *err);

/* The key of a group as people read it: the name of an area, of a level, ... */
const char *statistics_key_name(const struct statistics *s, const struct statistics_table *table,
                                enum stats_key key, const char *value, enum lang lang,
                                struct arena *arena);

/* What a policymaker takes from a table: sentences with exact numbers, none that is hidden. */
const char *statistics_summary(const struct statistics *s, const struct statistics_table *table,
                               enum lang lang, struct arena *arena);

/* The document of stats --json; what is hidden is null. */
void statistics_write(struct json_writer *w, const struct statistics *s, struct arena *arena);

#endif
