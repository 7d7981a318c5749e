#ifndef APP_REVIEW_DESK_STATISTICS_H
#define APP_REVIEW_DESK_STATISTICS_H

#include "app/context.h"
#include "app/review/case_machine.h"

/*
 * How long reviews take, and what waits: for the head who answers for it. Of cases, never of
 * people: no officer is told apart. Days are working days (policies/holidays.json), of the last
 * time that a step was taken; a case that is decided and opened again counts when it is decided
 * anew.
 */
enum desk_step {
    STEP_WAIT,   /* submitted -> somebody begins */
    STEP_REVIEW, /* begun -> proposed or decided */
    STEP_ASKED,  /* asked -> the firm has answered */
    STEP_SECOND, /* proposed -> decided */
    STEP_WHOLE,  /* submitted -> verified */
    STEP__MAX
};

struct step_time {
    int64_t count;
    int median, slow; /* working days: half, nine of ten of them took no longer (nearest rank) */
};

/* Open cases by the working days since they were submitted: up to 5, 10, 20, more. */
#define AGE_MAX 4
extern const int desk_ages[AGE_MAX - 1];

struct desk_statistics {
    struct step_time steps[STEP__MAX];
    int64_t backlog[AGE_MAX][CASE_STATE__MAX]; /* of states that are open */
    int64_t all, open, late, verified, second, objected;
};

/* Of a round (NULL: of all), of the areas of the account. */
MUST_USE enum status desk_statistics(const struct app_context *app, const char *round,
                                     struct desk_statistics *out, struct err *err);

#endif
