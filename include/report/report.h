#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/arena.h"
#include "insight/peers.h"
#include "policy/combine.h"
#include "policy/match.h"
#include "score/compare.h"
#include "score/advice.h"
#include "score/plan.h"
#include "score/score.h"
#include "survey/quality.h"
#include "survey/response.h"

/*
 * The one model that every rendering of a result is made of (PDF, page, summary): what was found,
 * chosen and put in order, but not yet said. It holds no words of its own, so it serves both
 * languages; wording is data (report/wording.h).
 */

/* What it is made from; all borrowed. */
struct report_source {
    const struct response *response; /* activated */
    const struct score *score;
    const struct score_note *notes;
    size_t note_count;
    const struct match *match;
    const struct advice *advice;      /* packages of work to the next level; NULL: there are none */
    const struct plan *plan;          /* then single steps; NULL: at the top, or none found */
    const struct kept_level *keeping; /* at the top; else NULL */
    const struct quality_flag *flags; /* contradictions are told at the top */
    size_t flag_count;
    const struct comparison *change; /* against an earlier assessment; NULL: there is none */
    const char *before_round;        /* of that one, or NULL */
    day before_on;                   /* likewise, or DAY_NONE */
    const struct peer_group *peers;  /* to be shown beside the own result; NULL: none */
    const size_t *evidenced;         /* answers that have files; NULL: not known */
    day on;                          /* the day of the report */
    const char *mark;                /* see struct pdf_info; NULL: none */
};

/* An answer that counts, and what it costs. */
struct report_answer {
    size_t question;
    struct score_line line;
};

/* At most so many are told per dimension. */
#define REPORT_COSTLY_MAX 4

struct report_dimension {
    size_t index;
    struct ratio percent;   /* RATIO_NONE: not rated */
    struct ratio threshold; /* percent that its next level begins at (or lies above); RATIO_NONE */
    bool is_strict;         /* it lies above the threshold */
    int level;
    const struct report_answer *costly; /* answers that cost the total most, the dearest first */
    size_t costly_count;
};

/* An answer to be raised, by a package or as a single step. */
struct report_step {
    const struct plan_step *step;
    size_t dimension;
    struct ratio gain; /* of the total, in percent points */
};

/* A package of the plan. */
struct report_package {
    const struct advice_item *item;
    const struct policy_match *const *pay; /* eligible policies whose content it needs */
    size_t pay_count;
};

/* What the next level asks of the dimensions. */
struct report_demand {
    const struct level_rule *rule; /* NULL: at the top */
    bool is_met_by_total;          /* its bound of points or percent */
    struct ratio bound;            /* points or percent, as the rule has it; RATIO_NONE: none */
    struct ratio present;          /* what there is now, in the same unit */
    size_t at_least, have;         /* dimensions that must be, and are, at rule->dimension_level */
};

/* One policy, or a family of them that is told in one line. */
struct policy_line {
    const struct family *family; /* NULL: one policy */
    const struct policy_match *const *policies;
    size_t count;
};

/* Policies that fail for one and the same condition only, which the enterprise can change. */
struct report_almost {
    const struct condition *condition; /* of the first one; NULL: the policies start later */
    const struct policy_match *const *policies;
    size_t count;
};

/* Policies that are refused for the same conditions, or (none) since they are not in force. */
struct report_refusal {
    const struct policy_match *const *policies;
    size_t count;
};

struct report {
    struct report_source source;
    const struct questionnaire *q;
    const struct level_rule *level; /* of the whole; NULL if nothing was rated, or estimated */
    struct score_band band;         /* of an estimate, in place of the level */
    bool has_band;
    struct ratio points, max, percent;
    struct report_dimension *dimensions; /* in the order of the questionnaire */
    const size_t *strongest, *weakest; /* indexes of dimensions, rated ones, best or worst first */
    size_t strongest_count, weakest_count;
    struct report_demand demand;
    const struct report_package *packages; /* in the order of the plan */
    size_t package_count;
    /* Single steps, most gain for the effort first; with packages all answers that they raise. */
    const struct report_step *steps;
    size_t step_count;
    const struct combination *combination;
    /* Eligible: those of the best combination first, then by amount. */
    const struct policy_match *const *eligible;
    size_t eligible_count;
    const struct policy_line *lines; /* the same, as people read them */
    size_t line_count;
    const struct report_almost *almost;
    size_t almost_count;
    const struct policy_match *const *open; /* verdict unknown */
    size_t open_count;
    const struct report_refusal *refusals; /* the rest; also what takes no applications */
    size_t refusal_count;
    const struct score_line *ledger; /* one per question */
};

/* Makes the model in the arena. Needs score and match of the same response. */
const struct report *report_new(struct arena *arena, const struct report_source *source);

/*
 * Policies as lines, in the order of the first of each: `least` or more of a family (families.json)
 * are one, but for those with an amount of their own. Everything lives in the arena.
 */
const struct policy_line *policy_lines(struct arena *arena, const struct match *match,
                                       const struct policy_match *const *policies, size_t count,
                                       size_t least, size_t *line_count);

/* How many eligible policies stand behind the first so many lines. */
size_t report_policies_after(const struct report *report, size_t lines);

/* Fewer of a family stand with their own names: of what an enterprise may have more than of what it
 * may not. */
#define FAMILY_ELIGIBLE_MIN 8
#define FAMILY_OTHERS_MIN 3

/* True if the policy is in the best combination (policies that exclude nothing always are). */
bool report_is_chosen(const struct report *report, const struct policy_match *match);

#endif
