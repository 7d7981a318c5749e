/* How long reviews take, and what waits. */
#include "app/review/desk_statistics.h"

#include <string.h>

#include "app/review/cases.h"
#include "store/case_times.h"

const int desk_ages[AGE_MAX - 1] = {5, 10, 20};

/* ---- working days ---- */

/* Further back than this no day is looked up: it counts as this one. */
#define DAYS_BACK_MAX 4000

struct workdays {
    day first;   /* of `before` */
    int *before; /* working days from the first day until each day */
};

static void count_workdays(const struct app_context *app, struct arena *arena, struct workdays *w)
{
    enum deadline_certainty ignored;
    const struct calendar *calendar = app->loaded->catalogue->calendar;
    day next;

    w->first = app->today - DAYS_BACK_MAX;
    w->before = ARENA_ARRAY(arena, int, DAYS_BACK_MAX + 1);
    next = calendar_deadline(calendar, w->first, 1, &ignored);
    for (int i = 1; i <= DAYS_BACK_MAX; i++) {
        w->before[i] = w->before[i - 1] + (w->first + i == next);
        if (w->first + i == next)
            next = calendar_deadline(calendar, next, 1, &ignored);
    }
}

static int place(const struct workdays *w, day d)
{
    day i = d - w->first;

    return (int)(i < 0 ? 0 : i > DAYS_BACK_MAX ? DAYS_BACK_MAX : i);
}

/* Working days from one time to another, 0 on one day; -1 where one was not told, or is before. */
static int days_between(const struct workdays *w, const char *from, const char *to)
{
    if (!*from || !*to || strcmp(to, from) < 0)
        return -1;
    return w->before[place(w, day_of_utc(to))] - w->before[place(w, day_of_utc(from))];
}

/* ---- counted ---- */

#define DAYS_COUNTED 500 /* longer ones count as this */

struct counting {
    struct desk_statistics *out;
    struct workdays workdays;
    const char *now;
    int64_t (*days)[DAYS_COUNTED + 1]; /* of each step: how many took so many days */
};

static void count_step(struct counting *c, enum desk_step step, const char *from,
                       const char *to)
{
    int days = days_between(&c->workdays, from, to);

    if (days < 0)
        return;
    c->days[step][days < DAYS_COUNTED ? days : DAYS_COUNTED]++;
    c->out->steps[step].count++;
}

static void count_backlog(struct counting *c, const struct case_times *times)
{
    int days = days_between(&c->workdays, times->made, c->now), age = 0;

    while (age < AGE_MAX - 1 && days > desk_ages[age])
        age++;
    c->out->backlog[age][times->state]++;
    c->out->open++;
    c->out->late += times->is_late;
}

static void count_case(void *context, const struct case_times *times)
{
    struct counting *c = context;

    if (times->state == CASE_STATE__MAX)
        return;
    c->out->all++;
    if (case_is_open(times->state))
        count_backlog(c, times);
    count_step(c, STEP_WAIT, times->made, times->begun);
    count_step(c, STEP_ASKED, times->asked, times->answered);
    c->out->objected += times->is_objected;
    if (times->state != CASE_VERIFIED)
        return;
    c->out->verified++;
    c->out->second += times->had_second;
    count_step(c, STEP_REVIEW, times->begun, times->had_second ? times->proposed : times->decided);
    count_step(c, STEP_WHOLE, times->made, times->decided);
    if (times->had_second)
        count_step(c, STEP_SECOND, times->proposed, times->decided);
}

/* The number of days that so many per cent of the cases took at most. */
static int percentile(const int64_t *days, int64_t count, int percent)
{
    int64_t rank = (count * percent + 99) / 100, seen = 0;
    int at = 0;

    while (at < DAYS_COUNTED && (seen += days[at]) < rank)
        at++;
    return at;
}

enum status desk_statistics(const struct app_context *app, const char *round,
                            struct desk_statistics *out, struct err *err)
{
    struct counting c = {.out = out, .now = app->now};
    struct arena arena;
    enum status status;

    *out = (struct desk_statistics){.all = 0};
    arena_init(&arena);
    c.days = arena_alloc(&arena, STEP__MAX, sizeof(*c.days));
    count_workdays(app, &arena, &c.workdays);
    status = case_times_each(app->store, areas_seen(app, &arena), round,
                             day_iso_text(&arena, app->today), count_case, &c, err);
    for (int i = 0; i < STEP__MAX; i++) {
        struct step_time *step = &out->steps[i];

        step->median = percentile(c.days[i], step->count, 50);
        step->slow = percentile(c.days[i], step->count, 90);
    }
    arena_free(&arena);
    return status;
}
