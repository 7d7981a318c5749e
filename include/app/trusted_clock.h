#ifndef APP_TRUSTED_CLOCK_H
#define APP_TRUSTED_CLOCK_H

#include <stdbool.h>

#include "app/context.h"

/*
 * What ends by the calendar (drafts, sessions, files without a row) is erased only while the clock
 * of the machine can be believed: a board without a battery, or a mistyped year, would otherwise
 * erase everything at once. The store keeps the newest time at which something was looked at. A
 * clock that is more than CLOCK_AHEAD_DAYS ahead of it is doubted, until a process has gone on for
 * CLOCK_GRACE_HOURS in which nobody put it right (the site may have been off for long), or until
 * somebody says that it is right. One that is behind ends nothing early.
 */
#define CLOCK_AHEAD_DAYS 31
#define CLOCK_GRACE_HOURS 72

struct trusted_clock {
    bool is_doubted;
    int64_t doubted_ms;     /* when that began, of clock_ms() */
    char known[TIME_BYTES]; /* the newest time of the store at the last look, UTC */
};

/*
 * May what ends be erased now? `at_ms` is clock_ms(). Notes the time, about once an hour, where the
 * database may be written (`may_note`).
 */
MUST_USE enum status trusted_clock_look(struct trusted_clock *clock, const struct app_context *app,
                                        int64_t at_ms, bool may_note, struct err *err);

/* Somebody says that the clock is right. */
MUST_USE enum status trusted_clock_set(struct trusted_clock *clock, const struct app_context *app,
                                       struct err *err);

#endif
