/* The sentence of a condition, made from its rule. */
#include "policy/match.h"

#include <string.h>

#include "rule/words.h"

struct speaker_context {
    const struct applicant *applicant;
    const struct policy *policy;
};

static const char *speak_label(void *context, size_t fact, enum lang lang)
{
    const struct speaker_context *c = context;

    return fact < c->policy->fact_count ? c->applicant->catalogue->facts->items[fact].label.in[lang]
                                        : c->policy->parameters[fact - c->policy->fact_count].name;
}

static const char *speak_value(void *context, size_t fact, const struct value *value,
                               enum lang lang, struct arena *arena)
{
    const struct speaker_context *c = context;

    if (fact >= c->policy->fact_count)
        fact = c->policy->plan_fact;
    return fact == MAP_NONE ? ""
                            : fact_print(c->applicant->catalogue->facts, fact, value,
                                         c->applicant->on, lang, arena);
}

const char *condition_words(const struct applicant *applicant, const struct policy *policy,
                            const struct condition *condition, enum lang lang, struct arena *arena)
{
    struct speaker_context context = {applicant, policy};
    struct rule_speaker speaker = {speak_label, speak_value, &context};
    struct value *values = ARENA_ARRAY(arena, struct value, policy->schema.count);
    struct rule_data data = {.schema = &policy->schema, .facts = values};

    if (policy->fact_count)
        memcpy(values, applicant->values, policy->fact_count * sizeof(*values));
    policy_parameters(policy, values, applicant->on, values + policy->fact_count);
    return rule_words(condition->rule, &data, &speaker, lang, arena);
}
