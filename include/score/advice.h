#ifndef SCORE_ADVICE_H
#define SCORE_ADVICE_H

#include "base/err.h"
#include "score/plan.h"
#include "score/score.h"
#include "survey/packages.h"

/*
 * What an enterprise should do, in packages of work (survey/packages.h):
 *
 * The *minimum* is the least effort over packages that suit the enterprise and make the whole
 * level rule hold. It is a bound, no advice: often one page of paper lifts somebody over a line.
 * Found exactly by branch and bound; past ADVICE_WORK_MAX it is the best found, and says so.
 *
 * The *plan* is what an adviser would sign: base packages first (while an answer is below a
 * floor), then those with most points per week, the enterprise's own trade counting double, until
 * the level is reached with a margin and there are enough packages; what is still lacking is
 * added at the least effort. Months follow from the capacity of a month: work comes first, waiting
 * takes nobody's time. Where no packages reach the level, or not within two years, the plan is the
 * best of one year's capacity and says by how much it falls short.
 *
 * Effort: person-weeks of the firm's own people, by headcount; work already done costs less: effort
 * x (1 - done / 2n), done = answers at or above the package's option, rounded up to half weeks.
 * An answer rises by at most two options, counted from the present one; hidden and not applicable
 * questions stay as they are. A response's section letter is read as of its day.
 */

/* Nodes that one search may visit: about a quarter of a second. */
#define ADVICE_WORK_MAX 150000
#define ADVICE_MONTHS_OF_A_YEAR 12
/* Plans are laid out over at most so many months. */
#define ADVICE_MONTHS_MAX 120

/* One package of the plan. */
struct advice_item {
    const struct package *package;
    struct ratio effort; /* person-weeks, of this enterprise */
    struct ratio gain;   /* points of the total, after the packages before it */
    int first_month, months;
    int work; /* of these months, the first ones: work; then it waits for others */
    bool is_base, fits;
    const struct plan_step *steps; /* answers that it raises; `effort` of a step is not valid */
    size_t step_count;
};

struct advice {
    int from, to;
    const struct packages *packages;
    const struct advice_item *items; /* in the order of the plan */
    size_t count;
    const struct plan_step *steps; /* all raised answers, in the order of the questionnaire */
    size_t step_count;
    struct ratio effort, gain;
    struct ratio capacity;     /* person-weeks of a year */
    int months;                /* until the last package is done */
    bool is_over_a_year;       /* it takes more than a year, or its capacity */
    bool is_reached;           /* the level, by the whole rule */
    struct ratio short_points; /* of the total, to the level; 0 if reached */
    size_t short_dimensions;   /* likewise */
    struct {
        bool exists;   /* packages that suit reach the level */
        bool is_exact; /* found within ADVICE_WORK_MAX */
        struct ratio effort;
        const struct package *const *packages; /* in the order of the file */
        size_t count;
    } minimum;
    size_t wanted[PACKAGE_LIST_MAX]; /* facts that were not given and may change the plan */
    size_t wanted_count;
};

/*
 * Advises for a level above the present one. Errors: NOT_FOUND if the level does not exist or
 * nothing is rated, LIMIT if the questionnaire is too large to compute with.
 */
MUST_USE enum status advise(struct arena *arena, const struct packages *packages,
                            const struct score *score, const struct response *response, int to,
                            struct advice *out, struct err *err);

/* An answer of somebody at the top, and what of the total it lacks or is worth (0 to 1). */
struct kept_answer {
    size_t question;
    struct ratio part;
};

#define KEPT_ANSWERS_MAX 5

/* For those at the highest level: what to look after and what to show others. */
struct kept_level {
    struct kept_answer weak[KEPT_ANSWERS_MAX];   /* those that cost most, first */
    struct kept_answer strong[KEPT_ANSWERS_MAX]; /* full answers that evidence is asked for */
    size_t weak_count, strong_count;
};

/* Fills `out`. */
void advise_keeping(const struct score *score, const struct answer *answers,
                    struct kept_level *out);

#endif
