#include "policy/reasons.h"

#include <string.h>

/* How many conditions do not certainly hold, and the last of them that certainly fails. */
static size_t count_failures(const struct policy_match *match, const struct condition **failed)
{
    size_t count = 0;

    *failed = NULL;
    for (size_t i = 0; i < match->policy->condition_count; i++) {
        const struct condition_result *result = &match->conditions[i];

        count += result->truth != TRUTH_TRUE;
        if (result->truth == TRUTH_FALSE)
            *failed = result->condition;
    }
    return count;
}

static bool names_loose(const struct rule_node *rule, const bool *is_loose)
{
    if (rule->op == OP_FACT && is_loose[rule->fact])
        return true;
    for (size_t i = 0; i < rule->count; i++) {
        if (names_loose(&rule->args[i], is_loose))
            return true;
    }
    return false;
}

/* Which facts can be changed, or are derived from one that can; by index of the policy's schema. */
static const bool *find_loose(const struct facts *facts, const struct policy *policy,
                              struct arena *arena)
{
    bool *is_loose = ARENA_ARRAY(arena, bool, policy->schema.count);

    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];

        is_loose[i] = fact->is_changeable || (fact->rule && names_loose(fact->rule, is_loose));
    }
    return is_loose;
}

/* True if the condition names something that can be changed, and with all of that left open it is
 * not certain to fail. */
static bool is_changeable(const struct applicant *applicant, const struct policy *policy,
                          const struct condition *condition, struct arena *arena)
{
    const struct facts *facts = applicant->catalogue->facts;
    const bool *is_loose = find_loose(facts, policy, arena);
    struct value *values = ARENA_ARRAY(arena, struct value, policy->schema.count);
    struct rule_data data = {.schema = &policy->schema, .facts = values};
    struct rule_result result;

    if (!names_loose(condition->rule, is_loose))
        return false;
    for (size_t i = 0; i < facts->count; i++) {
        if (!is_loose[i])
            values[i] = applicant->values[i];
    }
    facts_derive(facts, values, arena);
    policy_parameters(policy, values, applicant->on, values + policy->fact_count);
    rule_eval(condition->rule, &data, arena, &result);
    return result.truth != TRUTH_FALSE;
}

bool match_is_almost(const struct applicant *applicant, const struct policy_match *match,
                     struct arena *arena, const struct condition **failed)
{
    size_t failures = count_failures(match, failed);

    if (match->verdict != VERDICT_NOT_ELIGIBLE || match->policy->open == OPEN_NO)
        return false;
    if (match->is_coming)
        return failures == 0;
    return match->is_in_force && failures == 1 && *failed &&
           is_changeable(applicant, match->policy, *failed, arena);
}

bool condition_is_same(const struct condition *a, const struct condition *b)
{
    return a && b ? json_equal(a->rule->json, b->rule->json) : a == b;
}

/* What a verdict comes from: the conditions that fail, or else those that are open. */
static bool is_reason(const struct policy_match *match, size_t condition)
{
    return match->conditions[condition].truth ==
           (match->verdict == VERDICT_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_FALSE);
}

bool match_has_same_reasons(const struct policy_match *a, const struct policy_match *b)
{
    size_t i = 0, j = 0;

    if (a->verdict != b->verdict || a->is_in_force != b->is_in_force ||
        (!a->is_in_force && a->policy->to != b->policy->to))
        return false;
    for (;; i++, j++) {
        while (i < a->policy->condition_count && !is_reason(a, i))
            i++;
        while (j < b->policy->condition_count && !is_reason(b, j))
            j++;
        if (i == a->policy->condition_count || j == b->policy->condition_count)
            return i == a->policy->condition_count && j == b->policy->condition_count;
        if (!condition_is_same(a->conditions[i].condition, b->conditions[j].condition))
            return false;
    }
}
