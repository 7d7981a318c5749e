#include "policy/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* ---- one case: every fact as it is, or as it is assumed to be ---- */

struct case_result {
    enum truth conditions[CONDITIONS_MAX];
    enum truth all;
    bool has_amount;
    int64_t amount_vnd;
};

/* What one policy is evaluated with: the facts, then its parameters on the day. */
struct bench {
    const struct applicant *applicant;
    const struct policy *policy;
    struct arena *arena;
    struct value *values;
    struct rule_data data;
};

static void bench_init(struct bench *b, const struct applicant *applicant,
                       const struct policy *policy, struct arena *arena)
{
    b->applicant = applicant;
    b->policy = policy;
    b->arena = arena;
    b->values = ARENA_ARRAY(arena, struct value, policy->schema.count);
    if (policy->fact_count)
        memcpy(b->values, applicant->values, policy->fact_count * sizeof(*b->values));
    b->data = (struct rule_data){.schema = &policy->schema, .facts = b->values};
}

static enum truth and_of(enum truth a, enum truth b)
{
    if (a == TRUTH_FALSE || b == TRUTH_FALSE)
        return TRUTH_FALSE;
    return a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_TRUE;
}

/* The amount rule on planned spend of several contracts: for each where the ceiling is for each,
 * on their sum where one ceiling is for all (Circular 06/2022 art. 3(5)). */
static struct ratio amount_of_contracts(struct bench *b, struct rule_result *result)
{
    struct value *plan = &b->values[b->policy->plan_fact];
    struct value list = *plan, sum = value_number(value_sum(plan));
    size_t count = cap_basis_is_each(b->policy->cap_basis) ? list.count : 1;
    struct ratio total = ratio_of(0);

    for (size_t i = 0; i < count; i++) {
        *plan = count > 1 || list.count == 1 ? list.items[i] : sum;
        rule_eval(b->policy->amount, &b->data, b->arena, result);
        total = result->value.kind == VALUE_NUMBER ? ratio_add(total, result->value.number)
                                                   : RATIO_NONE;
    }
    *plan = list;
    return total;
}

/* The amount in whole đồng, rounded half up once; negative amounts are none. */
static bool amount_of(struct bench *b, struct rule_result *result, int64_t *amount_vnd)
{
    struct ratio amount = RATIO_NONE;

    if (!b->policy->amount)
        return false;
    if (b->policy->plan_fact != MAP_NONE && b->values[b->policy->plan_fact].kind == VALUE_LIST) {
        amount = amount_of_contracts(b, result);
    } else {
        rule_eval(b->policy->amount, &b->data, b->arena, result);
        if (result->value.kind == VALUE_NUMBER)
            amount = result->value.number;
    }
    return ratio_is_valid(amount) && ratio_to_int64(ratio_round(amount, 0), amount_vnd) &&
           *amount_vnd >= 0;
}

static void run_case(struct bench *b, struct case_result *out)
{
    const struct policy *policy = b->policy;
    struct rule_result result;

    policy_parameters(policy, b->values, b->applicant->on, b->values + policy->fact_count);
    out->all = TRUTH_TRUE;
    for (size_t i = 0; i < policy->condition_count; i++) {
        rule_eval(policy->conditions[i].rule, &b->data, b->arena, &result);
        out->conditions[i] = result.truth;
        out->all = and_of(out->all, result.truth);
    }
    out->has_amount = amount_of(b, &result, &out->amount_vnd);
}

/* ---- all cases that the missing facts leave open ---- */

struct open_fact {
    size_t fact;
    struct value values[SIZE_CLASS__MAX];
    size_t count;
};

#define OPEN_FACTS_MAX 6

/* The unknown facts that a policy uses and that can only have few values. */
static size_t open_facts(const struct applicant *a, const struct policy *policy,
                         struct open_fact *open)
{
    size_t count = 0, cases = 1, size_fact = facts_find(a->catalogue->facts, "size_class");

    for (size_t i = 0; i < policy->fact_count && count < OPEN_FACTS_MAX; i++) {
        struct open_fact *o = &open[count];

        if (!policy->uses[i] || a->values[i].kind != VALUE_UNKNOWN)
            continue;
        *o = (struct open_fact){.fact = i};
        if (i == size_fact) {
            for (int size = 0; size < SIZE_CLASS__MAX; size++) {
                if (a->size.possible >> size & 1)
                    o->values[o->count++] = value_text(size_code((enum size_class)size));
            }
        } else if (a->catalogue->facts->items[i].kind == FACT_YESNO) {
            o->values[o->count++] = value_bool(false);
            o->values[o->count++] = value_bool(true);
        }
        if (!o->count || cases * o->count > MATCH_CASES_MAX)
            continue;
        cases *= o->count;
        count++;
    }
    return count;
}

static enum truth merge_truth(enum truth a, enum truth b)
{
    return a == b ? a : TRUTH_UNKNOWN;
}

static void merge_truths(const struct policy *policy, const struct case_result *one, bool is_first,
                         struct case_result *all)
{
    if (is_first) {
        *all = *one;
        return;
    }
    for (size_t i = 0; i < policy->condition_count; i++)
        all->conditions[i] = merge_truth(all->conditions[i], one->conditions[i]);
    all->all = merge_truth(all->all, one->all);
}

/* The amounts of all cases in which the conditions may hold. */
struct range {
    bool is_started, is_known;
    int64_t low, high;
};

static void widen(struct range *range, const struct case_result *one)
{
    if (one->all == TRUTH_FALSE)
        return;
    if (!range->is_started)
        *range = (struct range){true, one->has_amount, one->amount_vnd, one->amount_vnd};
    range->is_known = range->is_known && one->has_amount;
    range->low = one->amount_vnd < range->low ? one->amount_vnd : range->low;
    range->high = one->amount_vnd > range->high ? one->amount_vnd : range->high;
}

/* Counts through all combinations of the open facts, like a mileometer. */
static bool next_combination(const struct open_fact *open, size_t count, size_t *digits)
{
    for (size_t i = 0; i < count; i++) {
        if (++digits[i] < open[i].count)
            return true;
        digits[i] = 0;
    }
    return false;
}

static void run_all_cases(struct bench *b, struct case_result *all, struct range *range)
{
    struct open_fact open[OPEN_FACTS_MAX];
    size_t digits[OPEN_FACTS_MAX] = {0};
    size_t count = open_facts(b->applicant, b->policy, open);
    bool is_first = true;

    do {
        struct case_result one;

        for (size_t i = 0; i < count; i++)
            b->values[open[i].fact] = open[i].values[digits[i]];
        run_case(b, &one);
        merge_truths(b->policy, &one, is_first, all);
        widen(range, &one);
        is_first = false;
    } while (next_combination(open, count, digits));
    for (size_t i = 0; i < count; i++)
        b->values[open[i].fact] = value_unknown();
}

/* ---- missing facts ---- */

struct missing_list {
    bool *is_missing; /* by fact */
    const struct facts *facts;
    const struct applicant *applicant;
    struct arena *arena;
};

static void want(struct missing_list *list, const char *name);

/* The facts that the size class waits for. */
static void want_size(struct missing_list *list)
{
    static const char *const sources[] = {"section", "employees", "revenue_vnd", "capital_vnd"};

    for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
        want(list, sources[i]);
}

static void want_rule(struct missing_list *list, const struct rule_node *rule)
{
    struct rule_data data = {.schema = &list->facts->schema, .facts = list->applicant->values};
    struct rule_result result;

    rule_eval(rule, &data, list->arena, &result);
    for (size_t i = 0; i < result.missing_count; i++)
        want(list, result.missing[i]);
}

/* Adds a missing fact; of a derived one, the given facts that it is derived from. */
static void want(struct missing_list *list, const char *name)
{
    size_t fact = facts_find(list->facts, name);

    if (fact == MAP_NONE || list->applicant->values[fact].kind != VALUE_UNKNOWN ||
        list->is_missing[fact])
        return;
    if (!list->facts->items[fact].is_derived) {
        list->is_missing[fact] = true;
        return;
    }
    if (strcmp(name, "size_class") == 0)
        want_size(list);
    else if (strcmp(name, "sector") == 0)
        want(list, "section");
    else if (strcmp(name, "age_years") == 0)
        want(list, "founded_on");
    else if (list->facts->items[fact].rule)
        want_rule(list, list->facts->items[fact].rule);
}

/* What one rule waits for: facts, and the fact that picks a parameter's value. */
static void want_result(struct missing_list *list, const struct policy *policy,
                        const struct rule_result *result)
{
    for (size_t i = 0; i < result->missing_count; i++) {
        size_t at = rule_schema_find(&policy->schema, result->missing[i]);

        if (at < policy->fact_count)
            want(list, result->missing[i]);
        else if (at != MAP_NONE && policy->parameters[at - policy->fact_count].by_fact != MAP_NONE)
            want(list, list->facts->items[policy->parameters[at - policy->fact_count].by_fact].id);
    }
}

static void find_missing(struct bench *b, struct policy_match *match)
{
    const struct policy *policy = b->policy;
    struct missing_list list = {ARENA_ARRAY(b->arena, bool, policy->fact_count),
                                b->applicant->catalogue->facts, b->applicant, b->arena};
    size_t *missing = ARENA_ARRAY(b->arena, size_t, policy->fact_count);
    struct rule_result result;
    int64_t amount;

    policy_parameters(policy, b->values, b->applicant->on, b->values + policy->fact_count);
    for (size_t i = 0; match->verdict == VERDICT_UNKNOWN && i < policy->condition_count; i++) {
        rule_eval(policy->conditions[i].rule, &b->data, b->arena, &result);
        if (result.truth == TRUTH_UNKNOWN && match->conditions[i].truth == TRUTH_UNKNOWN)
            want_result(&list, policy, &result);
    }
    if (match->verdict != VERDICT_NOT_ELIGIBLE && policy->amount && !match->has_amount &&
        !amount_of(b, &result, &amount))
        want_result(&list, policy, &result);
    for (size_t i = 0; i < policy->fact_count; i++) {
        if (list.is_missing[i])
            missing[match->missing_count++] = i;
    }
    match->missing = missing;
}

/* ---- the criterion that favours the firm ---- */

/* Tries the classes by revenue alone and by capital alone where they differ from the class. */
static void find_better_size(struct bench *b, struct policy_match *match)
{
    const struct applicant *a = b->applicant;
    size_t fact = facts_find(a->catalogue->facts, "size_class");
    int classes[2] = {size_only(a->size.by_revenue), size_only(a->size.by_capital)};
    int64_t best = match->has_amount ? match->amount_vnd : -1;

    match->better_amount_vnd = -1;
    if (fact == MAP_NONE || !b->policy->uses[fact] || size_only(a->size.possible) < 0 ||
        match->verdict == VERDICT_UNKNOWN)
        return;
    for (int i = 0; i < 2; i++) {
        struct case_result one;
        int64_t amount;

        if (classes[i] < 0 || classes[i] == size_only(a->size.possible))
            continue;
        b->values[fact] = value_text(size_code((enum size_class)classes[i]));
        run_case(b, &one);
        amount = one.has_amount ? one.amount_vnd : -1;
        if (one.all != TRUTH_TRUE || (match->verdict == VERDICT_ELIGIBLE && amount <= best))
            continue;
        match->better_size = classes[i];
        match->better_amount_vnd = best = amount;
    }
    b->values[fact] = a->values[fact];
}

/* ---- one policy ---- */

static enum verdict verdict_of(const struct policy_match *match, enum truth all)
{
    if (!match->is_in_force || all == TRUTH_FALSE)
        return VERDICT_NOT_ELIGIBLE;
    return all == TRUTH_TRUE ? VERDICT_ELIGIBLE : VERDICT_UNKNOWN;
}

static const struct condition_result *
condition_results(const struct policy *policy, const struct case_result *all, struct arena *arena)
{
    struct condition_result *results =
        ARENA_ARRAY(arena, struct condition_result, policy->condition_count);

    for (size_t i = 0; i < policy->condition_count; i++)
        results[i] = (struct condition_result){&policy->conditions[i], all->conditions[i]};
    return results;
}

void policy_match_one(const struct applicant *applicant, const struct policy *policy,
                      struct arena *arena, struct policy_match *match)
{
    struct range range = {0};
    struct case_result all;
    struct bench b;

    *match = (struct policy_match){.policy = policy, .better_size = -1};
    bench_init(&b, applicant, policy, arena);
    match->is_coming = applicant->on < policy->from;
    match->is_in_force =
        !match->is_coming && (policy->to == DAY_NONE || applicant->on <= policy->to);
    run_all_cases(&b, &all, &range);
    match->verdict = verdict_of(match, all.all);
    match->conditions = condition_results(policy, &all, arena);
    match->has_range = match->verdict != VERDICT_NOT_ELIGIBLE && range.is_known;
    match->low_vnd = range.low;
    match->high_vnd = range.high;
    match->has_amount =
        match->verdict == VERDICT_ELIGIBLE && match->has_range && range.low == range.high;
    match->amount_vnd = match->has_amount ? range.low : 0;
    find_missing(&b, match);
    if (match->is_in_force)
        find_better_size(&b, match);
}

/* ---- all policies ---- */

static int by_weight(const void *a, const void *b)
{
    const struct wanted_fact *x = a, *y = b;

    if (x->policies != y->policies)
        return x->policies < y->policies ? 1 : -1;
    if (x->money_vnd != y->money_vnd)
        return x->money_vnd < y->money_vnd ? 1 : -1;
    return x->fact < y->fact ? -1 : x->fact > y->fact;
}

static void rank_wanted(struct match *match, struct arena *arena)
{
    size_t facts = match->applicant->catalogue->facts->count;
    struct wanted_fact *wanted = ARENA_ARRAY(arena, struct wanted_fact, facts);
    size_t count = 0;

    for (size_t i = 0; i < facts; i++)
        wanted[i].fact = i;
    for (size_t i = 0; i < match->count; i++) {
        const struct policy_match *one = &match->policies[i];

        for (size_t j = 0; j < one->missing_count; j++) {
            wanted[one->missing[j]].policies++;
            wanted[one->missing[j]].money_vnd += one->has_range ? one->high_vnd : 0;
        }
    }
    qsort(wanted, facts, sizeof(*wanted), by_weight);
    while (count < facts && wanted[count].policies)
        count++;
    match->wanted = wanted;
    match->wanted_count = count;
}

const struct match *match_all(const struct applicant *applicant, struct arena *arena)
{
    const struct catalogue *catalogue = applicant->catalogue;
    struct match *match = ARENA_NEW(arena, struct match);
    struct policy_match *policies = ARENA_ARRAY(arena, struct policy_match, catalogue->count);

    for (size_t i = 0; i < catalogue->count; i++)
        policy_match_one(applicant, catalogue->policies[i], arena, &policies[i]);
    match->applicant = applicant;
    match->policies = policies;
    match->count = catalogue->count;
    rank_wanted(match, arena);
    return match;
}
