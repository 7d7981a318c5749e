#ifndef APP_REVIEW_REVIEW_PLAN_H
#define APP_REVIEW_REVIEW_PLAN_H

#include "app/context.h"
#include "insight/rate.h"
#include "insight/risk.h"
#include "store/review_plans.h"
#include "survey/quality.h"

/*
 * The review plan of a round (kế hoạch xem xét): nobody looks at thousands of files, so a head has
 * some chosen. A stratified random sample by section and size class (insight/sample.h) speaks for
 * the whole round; a risk list (insight/risk.h) finds what is worth changing, and speaks for itself
 * alone. A file is wrong where its verification needed a second person: another level, size
 * class or sum of support, or more than CASE_SECOND_PERCENT of the points.
 *
 * Everything runs in the thread that owns the store; docs/review.md explains it to officials.
 */

/* What an officer needs for a file as long as fewer than PLAN_EFFORTS_MIN were measured. */
#define PLAN_MINUTES 15
#define PLAN_EFFORTS_MIN 20
/* A measured look is one of at most so many minutes: longer ones had a pause in them. */
#define PLAN_MINUTES_MAX 240
/* The most files of a risk list. */
#define PLAN_RISK_MAX 2000

/* What a head wishes. */
struct plan_wish {
    const char *round;
    int half_width; /* 10,000ths: 100 to 2000 */
    int expected;   /* the rate that is expected, 10,000ths: 100 to 5000 */
    int risk_hours; /* for the risk list: 0 to 10000 */
    int blind_percent; /* of the sample, for a second, blind review: 0 to 100 */
    int64_t seed;   /* 0: the day as a number, 20261201, so that nobody chooses it */
};
#define PLAN_WISH_USUAL                                                                            \
    ((struct plan_wish){                                                                           \
        .half_width = 500, .expected = 1000, .risk_hours = 40, .blind_percent = 20})

/* Draws the sample, makes the risk list, and keeps both, with an entry in the audit. BAD_INPUT: a
 * number is out of its bounds; CONFLICT: the round has no file in the account's areas. */
MUST_USE enum status review_plan_make(const struct app_context *app, const struct plan_wish *wish,
                                      struct review_plan *out, struct err *err);

/* A plan as it stands. */
struct plan_standing {
    struct review_plan plan;
    bool sees_whole; /* the account may see all of its areas: the rate is told */
    struct plan_stratum *strata;
    size_t stratum_count;
    struct rate rate;
    int64_t out; /* of the sample: closed without a verification */
    struct plan_progress sample, risk; /* of what may be seen */
    struct plan_case *risks, *samples; /* all of them, in order */
    size_t risk_count, sample_count;
    int minutes;      /* that a file takes */
    bool is_measured; /* the median of looks; else PLAN_MINUTES */
    struct risk_learned learned;
};

/* The newest plan of a round (NULL: of any) of which the account may see something. NOT_FOUND. */
MUST_USE enum status review_plan_stand(const struct app_context *app, const char *round,
                                       struct arena *arena, struct plan_standing *out,
                                       struct err *err);
/* The newest plan alone. NOT_FOUND. */
MUST_USE enum status review_plan_find(const struct app_context *app, const char *round,
                                      struct arena *arena, struct review_plan *out,
                                      struct err *err);
/* How far what the account may see of it is. */
MUST_USE enum status review_plan_progress_of(const struct app_context *app, int64_t plan,
                                             struct plan_progress *sample,
                                             struct plan_progress *risk, struct err *err);
/* Rounds with files that the account may see, the last first. */
MUST_USE enum status review_rounds(const struct app_context *app, struct arena *arena,
                                   struct plan_round **list, size_t *count, struct err *err);
/* Files of a round that have a flag, by enum quality_kind: what the program found by itself. */
MUST_USE enum status review_flags(const struct app_context *app, const char *round,
                                  int64_t counts[QUALITY__MAX], int64_t *files, struct err *err);

#endif
