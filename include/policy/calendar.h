#ifndef POLICY_CALENDAR_H
#define POLICY_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/json.h"

/*
 * Working days, for deadlines: Monday to Friday but for public holidays, and the Saturdays that are
 * worked instead of a swapped day (policies/holidays.json; Labour Code 2019 art. 111, 112).
 */
struct calendar {
    day from, to; /* the days that the file covers */
    const day *off;
    const bool *announced; /* of each day off: decided, or expected */
    size_t off_count;
    const day *working;
    size_t working_count;
};

/* Reads and checks the document; NULL after adding every fault. */
const struct calendar *calendar_read(struct arena *arena, const struct json *root,
                                     struct faults *faults);

/* Loads policies/holidays.json; NULL after adding every fault. */
const struct calendar *calendar_load(struct arena *arena, const char *path, struct faults *faults);

/* How sure a deadline is. */
enum deadline_certainty {
    DEADLINE_SURE,
    DEADLINE_EXPECTED, /* a holiday on the way is not announced yet */
    DEADLINE_BEYOND    /* the calendar ends before it: holidays after its end are not counted */
};

/* The n-th working day after `start` (n >= 1). */
day calendar_deadline(const struct calendar *calendar, day start, int n,
                      enum deadline_certainty *certainty);

/* Working days from today until a day: 0 today, below 0 after it; at most 400 are counted. */
int working_days_until(const struct calendar *calendar, day today, day due);

#endif
