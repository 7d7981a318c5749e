#ifndef STORE_CASE_TIMES_H
#define STORE_CASE_TIMES_H

#include "store/cases.h"

/* When each step of a case was taken, for statistics of many: one row each, read in one pass. UTC;
 * "" where a step was not taken. */
struct case_times {
    enum case_state state;
    bool is_late, is_objected, had_second; /* had_second: two people decided */
    const char *made, *begun, *asked, *answered, *proposed, *decided;
};

/* Calls `each` with each case of a round (NULL: of all) in these areas (NULL: all); the texts are
 * good until it returns. 50,000 take less than 100 ms. `today`: "2026-12-01". */
MUST_USE enum status case_times_each(struct store *store, const char *areas, const char *round,
                                     const char *today,
                                     void (*each)(void *context, const struct case_times *times),
                                     void *context, struct err *err);

#endif
