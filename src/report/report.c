#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "policy/reasons.h"

/* Dimensions that are named as strongest and weakest. */
#define EXTREMES_MAX 2

/* ---- dimensions ---- */

/* The rule of the next level of a dimension; NULL at the top, or where it is no percent. */
static const struct level_rule *next_threshold(const struct questionnaire *q, int level)
{
    for (size_t i = 0; i < q->dimension_level_count; i++) {
        const struct level_rule *rule = &q->dimension_levels[i];

        if (rule->level > level && rule->kind == BOUND_PERCENT)
            return rule;
    }
    return NULL;
}

static int dearest_first(const void *a, const void *b)
{
    const struct report_answer *x = a, *y = b;
    int order = ratio_cmp(y->line.lost, x->line.lost);

    return order ? order : (x->question > y->question) - (x->question < y->question);
}

static void find_costly(struct arena *arena, const struct report *report,
                        struct report_dimension *out)
{
    const struct dimension *dimension = &report->q->dimensions[out->index];
    struct report_answer *answers =
        ARENA_ARRAY(arena, struct report_answer, dimension->question_count + 1);
    size_t count = 0;

    for (size_t i = 0; i < dimension->question_count; i++) {
        size_t question = dimension->first_question + i;
        const struct score_line *line = &report->ledger[question];

        if (line->counts && ratio_is_valid(line->lost) && line->lost.num > 0)
            answers[count++] = (struct report_answer){question, *line};
    }
    qsort(answers, count, sizeof(*answers), dearest_first);
    out->costly = answers;
    out->costly_count = count < REPORT_COSTLY_MAX ? count : REPORT_COSTLY_MAX;
}

static void fill_dimensions(struct arena *arena, struct report *report)
{
    const struct questionnaire *q = report->q;

    report->dimensions = ARENA_ARRAY(arena, struct report_dimension, q->dimension_count);
    for (size_t i = 0; i < q->dimension_count; i++) {
        const struct score_part *part = &report->source.score->dimensions[i];
        const struct level_rule *next = report->has_band ? NULL : next_threshold(q, part->level);

        report->dimensions[i] =
            (struct report_dimension){.index = i,
                                      .percent = score_percent(part),
                                      .level = score_part_level(report->source.score, part),
                                      .threshold = next ? next->bound : RATIO_NONE,
                                      .is_strict = next && next->is_strict};
        find_costly(arena, report, &report->dimensions[i]);
    }
}

/* Rated dimensions in the order of their percent; equal ones as in the questionnaire. */
static size_t rank_dimensions(const struct report *report, size_t *order, int direction)
{
    size_t count = 0;

    for (size_t i = 0; i < report->q->dimension_count; i++) {
        size_t at = count;

        if (!ratio_is_valid(report->dimensions[i].percent))
            continue;
        while (at > 0 && direction * ratio_cmp(report->dimensions[i].percent,
                                               report->dimensions[order[at - 1]].percent) >
                             0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
        count++;
    }
    return count;
}

static void find_extremes(struct arena *arena, struct report *report)
{
    size_t *best = ARENA_ARRAY(arena, size_t, report->q->dimension_count + 1);
    size_t *worst = ARENA_ARRAY(arena, size_t, report->q->dimension_count + 1);
    size_t rated = rank_dimensions(report, best, 1), most = rated / 2;

    rank_dimensions(report, worst, -1);
    report->strongest = best;
    report->weakest = worst;
    /* where all are the same there is neither */
    if (rated &&
        ratio_cmp(report->dimensions[best[0]].percent, report->dimensions[worst[0]].percent) == 0)
        most = 0;
    report->strongest_count = report->weakest_count = most < EXTREMES_MAX ? most : EXTREMES_MAX;
}

/* ---- the next level ---- */

static const struct level_rule *next_rule(const struct report *report)
{
    int next = plan_next_level(report->source.score);

    return next < 0 ? NULL : questionnaire_level(report->q, next);
}

static void fill_demand(struct report *report)
{
    const struct score *score = report->source.score;
    struct report_demand *demand = &report->demand;

    demand->rule = next_rule(report);
    demand->bound = demand->present = RATIO_NONE;
    if (!demand->rule)
        return;
    demand->is_met_by_total = score_meets_bound(score, &score->total, demand->rule);
    if (demand->rule->kind != BOUND_NONE) {
        demand->bound = demand->rule->bound;
        demand->present = demand->rule->kind == BOUND_POINTS ? report->points : report->percent;
    }
    demand->at_least = demand->rule->at_least;
    demand->have = score_dimensions_at(score, demand->rule->dimension_level);
}

/* The part of the total that a step gains: its share of what the answer still lacks. */
static struct ratio step_gain(const struct report *report, const struct plan_step *step)
{
    const struct scorer *scorer = report->source.score->scorer;
    const struct answer *answer = &report->source.response->answers[step->question];
    int64_t raw = scorer_raw(scorer, step->question, answer);
    int64_t lacking = scorer_ceiling(scorer, step->question) - raw;

    if (lacking <= 0)
        return ratio_of(0);
    return ratio_mul(ratio_mul(report->ledger[step->question].lost, ratio_of(100)),
                     ratio_make(step->raw_gain, lacking));
}

static bool is_needed(const struct package *package, const char *content)
{
    for (size_t i = 0; content && i < package->need_count; i++) {
        if (strcmp(package->needs[i], content) == 0)
            return true;
    }
    return false;
}

/* What may pay for a package follows from what it needs, not from the answers that it raises. */
static void find_payers(struct arena *arena, const struct report *report,
                        struct report_package *package)
{
    const struct policy_match **pay =
        ARENA_ARRAY(arena, const struct policy_match *, report->eligible_count + 1);

    for (size_t i = 0; i < report->eligible_count; i++) {
        if (is_needed(package->item->package, report->eligible[i]->policy->content) &&
            report_is_chosen(report, report->eligible[i]))
            pay[package->pay_count++] = report->eligible[i];
    }
    package->pay = pay;
}

static void fill_packages(struct arena *arena, struct report *report)
{
    const struct advice *advice = report->source.advice;
    struct report_package *packages;

    if (!advice)
        return;
    packages = ARENA_ARRAY(arena, struct report_package, advice->count + 1);
    for (size_t i = 0; i < advice->count; i++) {
        packages[i].item = &advice->items[i];
        find_payers(arena, report, &packages[i]);
    }
    report->packages = packages;
    report->package_count = advice->count;
}

/* Most gain for the effort first; equal ones as in the questionnaire. */
static int best_step_first(const void *a, const void *b)
{
    const struct report_step *x = a, *y = b;
    struct ratio left = ratio_mul(x->gain, y->step->effort);
    struct ratio right = ratio_mul(y->gain, x->step->effort);
    int order = ratio_is_valid(left) && ratio_is_valid(right) ? ratio_cmp(right, left) : 0;

    return order
               ? order
               : (x->step->question > y->step->question) - (x->step->question < y->step->question);
}

static void fill_steps(struct arena *arena, struct report *report)
{
    const struct advice *advice = report->source.advice;
    const struct plan *plan = report->source.plan;
    const struct plan_step *from = advice ? advice->steps : plan ? plan->steps : NULL;
    size_t count = advice ? advice->step_count : plan ? plan->count : 0;
    struct report_step *steps;

    if (!count)
        return;
    steps = ARENA_ARRAY(arena, struct report_step, count);
    for (size_t i = 0; i < count; i++) {
        steps[i].step = &from[i];
        steps[i].dimension = report->q->questions[from[i].question].dimension;
        steps[i].gain = step_gain(report, &from[i]);
    }
    qsort(steps, count, sizeof(*steps), best_step_first);
    report->steps = steps;
    report->step_count = count;
}

/* ---- policies ---- */

bool report_is_chosen(const struct report *report, const struct policy_match *match)
{
    for (size_t i = 0; i < report->combination->count; i++) {
        if (report->combination->policies[i].match == match)
            return report->combination->policies[i].is_chosen;
    }
    return false;
}

/* Amounts of different kinds are not compared: grants first, in the order of enum benefit. */
static bool goes_before(const struct report *report, const struct policy_match *a,
                        const struct policy_match *b)
{
    bool a_chosen = report_is_chosen(report, a), b_chosen = report_is_chosen(report, b);

    if (a_chosen != b_chosen)
        return a_chosen;
    if (a->policy->benefit != b->policy->benefit)
        return a->policy->benefit < b->policy->benefit;
    if (a->has_amount != b->has_amount)
        return a->has_amount;
    return a->has_amount && a->amount_vnd > b->amount_vnd;
}

static void insert(const struct report *report, const struct policy_match **list, size_t *count,
                   const struct policy_match *match)
{
    size_t at = (*count)++;

    while (at > 0 && goes_before(report, match, list[at - 1])) {
        list[at] = list[at - 1];
        at--;
    }
    list[at] = match;
}

/* The list with one more, in the arena: groups are few and small. */
static const struct policy_match *const *append(struct arena *arena,
                                                const struct policy_match *const *list,
                                                size_t count, const struct policy_match *match)
{
    const struct policy_match **longer = ARENA_ARRAY(arena, const struct policy_match *, count + 1);

    if (count)
        memcpy(longer, list, count * sizeof(const struct policy_match *));
    longer[count] = match;
    return longer;
}

static void add_almost(struct arena *arena, struct report *report, struct report_almost *groups,
                       const struct condition *condition, const struct policy_match *match)
{
    struct report_almost *group = groups;

    while (group < groups + report->almost_count && !condition_is_same(group->condition, condition))
        group++;
    if (group == groups + report->almost_count) {
        report->almost_count++;
        group->condition = condition;
    }
    group->policies = append(arena, group->policies, group->count, match);
    group->count++;
}

static void add_refusal(struct arena *arena, struct report *report, struct report_refusal *groups,
                        const struct policy_match *match)
{
    struct report_refusal *group = groups;

    while (group < groups + report->refusal_count &&
           !match_has_same_reasons(group->policies[0], match))
        group++;
    report->refusal_count += group == groups + report->refusal_count;
    group->policies = append(arena, group->policies, group->count, match);
    group->count++;
}

struct lists {
    const struct policy_match **eligible, **open;
    struct report_almost *almost;
    struct report_refusal *refusals;
};

static void sort_policy(struct arena *arena, struct report *report, struct lists *lists,
                        const struct policy_match *one)
{
    const struct condition *failed;

    if (one->verdict == VERDICT_ELIGIBLE && one->policy->open != OPEN_NO)
        insert(report, lists->eligible, &report->eligible_count, one);
    else if (one->verdict == VERDICT_UNKNOWN && one->policy->open != OPEN_NO)
        lists->open[report->open_count++] = one;
    else if (match_is_almost(report->source.match->applicant, one, arena, &failed))
        add_almost(arena, report, lists->almost, failed, one);
    else
        add_refusal(arena, report, lists->refusals, one);
}

static void sort_policies(struct arena *arena, struct report *report)
{
    const struct match *match = report->source.match;
    size_t room = match->count + 1;
    struct lists lists = {.eligible = ARENA_ARRAY(arena, const struct policy_match *, room),
                          .open = ARENA_ARRAY(arena, const struct policy_match *, room),
                          .almost = ARENA_ARRAY(arena, struct report_almost, room),
                          .refusals = ARENA_ARRAY(arena, struct report_refusal, room)};

    for (size_t i = 0; i < match->count; i++)
        sort_policy(arena, report, &lists, &match->policies[i]);
    report->eligible = lists.eligible;
    report->lines = policy_lines(arena, match, report->eligible, report->eligible_count,
                                 FAMILY_ELIGIBLE_MIN, &report->line_count);
    report->open = lists.open;
    report->almost = lists.almost;
    report->refusals = lists.refusals;
}

const struct report *report_new(struct arena *arena, const struct report_source *source)
{
    struct report *report = ARENA_NEW(arena, struct report);
    const struct score *score = source->score;
    struct score_line *ledger;

    report->source = *source;
    report->q = source->response->questionnaire;
    report->points = score_points(score, &score->total);
    report->max = score_max(score, &score->total);
    report->percent = score_percent(&score->total);
    report->level = questionnaire_level(report->q, score_level(score));
    report->has_band = score_band(score, source->response->answers, &report->band);
    ledger = ARENA_ARRAY(arena, struct score_line, report->q->question_count);
    score_ledger(score, source->response->answers, ledger);
    report->ledger = ledger;
    fill_dimensions(arena, report);
    find_extremes(arena, report);
    report->combination = combine(source->match, arena);
    sort_policies(arena, report);
    fill_demand(report);
    fill_packages(arena, report);
    fill_steps(arena, report);
    return report;
}
