#include "app/trusted_clock.h"

#include <string.h>

#include "store/dossiers.h"

#define HOUR_MS ((int64_t)3600 * 1000)

/* Times of this form are in the order of their letters; its hour is in its first 13. */
static bool is_hour_later(const char *now, const char *known)
{
    return strncmp(now, known, sizeof("2026-11-23T08") - 1) > 0;
}

static bool is_ahead(const struct app_context *app, const char *known)
{
    day last = day_of_utc(known);

    return last != DAY_NONE && app->today - last > CLOCK_AHEAD_DAYS;
}

enum status trusted_clock_set(struct trusted_clock *clock, const struct app_context *app,
                              struct err *err)
{
    enum status status = store_note_time(app->store, app->now, err);

    if (status != OK)
        return status;
    memcpy(clock->known, app->now, sizeof(clock->known));
    clock->is_doubted = false;
    return OK;
}

/* The clock says what cannot be, and still says so after long enough. */
static bool is_over(struct trusted_clock *clock, int64_t at_ms)
{
    if (!clock->is_doubted)
        clock->doubted_ms = at_ms;
    clock->is_doubted = true;
    return at_ms - clock->doubted_ms >= CLOCK_GRACE_HOURS * HOUR_MS;
}

enum status trusted_clock_look(struct trusted_clock *clock, const struct app_context *app,
                               int64_t at_ms, bool may_note, struct err *err)
{
    enum status status = store_known_time(app->store, clock->known, err);

    if (status != OK)
        return status;
    if (is_ahead(app, clock->known) && !is_over(clock, at_ms))
        return OK;
    clock->is_doubted = false;
    return may_note && is_hour_later(app->now, clock->known) ? trusted_clock_set(clock, app, err)
                                                             : OK;
}
