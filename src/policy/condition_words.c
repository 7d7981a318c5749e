/* The sentence of a condition, made from its rule. */
#include "policy/match.h"

#include <string.h>

#include "base/text.h"
#include "rule/words.h"

struct speaker_context {
    const struct applicant *applicant;
    const struct policy *policy;
    const struct value *values; /* facts, then the parameters of the day */
    struct arena *arena;
};

/* Parameters have no unit, but nothing of a law other than đồng is counted in millions. */
#define MONEY_FROM 1000000

/* A parameter is called by its value: "20 %", "1.000.000.000 ₫" rather than a name that only the
 * file knows. */
static const char *parameter_words(const struct speaker_context *c, size_t fact, enum lang lang)
{
    const struct value *value = &c->values[fact];
    bool is_share;
    struct ratio shown;
    int64_t dong;

    if (value->kind != VALUE_NUMBER)
        return c->policy->parameters[fact - c->policy->fact_count].name;
    if (ratio_is_whole(value->number) && ratio_to_int64(value->number, &dong) && dong >= MONEY_FROM)
        return text_of_money(c->arena, dong, lang);
    is_share =
        ratio_cmp(value->number, ratio_of(0)) > 0 && ratio_cmp(value->number, ratio_of(1)) < 0;
    shown = is_share ? ratio_mul(value->number, ratio_of(100)) : value->number;
    return arena_printf(c->arena, "%s%s", text_of_number_short(c->arena, shown, 4, lang),
                        is_share ? " %" : "");
}

static const char *speak_label(void *context, size_t fact, enum lang lang)
{
    const struct speaker_context *c = context;

    return fact < c->policy->fact_count ? c->applicant->catalogue->facts->items[fact].label.in[lang]
                                        : parameter_words(c, fact, lang);
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

static const char *put_into_words(const struct applicant *applicant, const struct policy *policy,
                                  const struct condition *condition, bool is_bare, enum lang lang,
                                  struct arena *arena)
{
    struct value *values = ARENA_ARRAY(arena, struct value, policy->schema.count);
    struct speaker_context context = {applicant, policy, values, arena};
    struct rule_speaker speaker = {speak_label, speak_value, &context};
    struct rule_data data = {.schema = &policy->schema, .facts = values};

    if (policy->fact_count)
        memcpy(values, applicant->values, policy->fact_count * sizeof(*values));
    policy_parameters(policy, values, applicant->on, values + policy->fact_count);
    return rule_words(condition->rule, is_bare ? NULL : &data, &speaker, lang, arena);
}

const char *condition_words(const struct applicant *applicant, const struct policy *policy,
                            const struct condition *condition, enum lang lang, struct arena *arena)
{
    return put_into_words(applicant, policy, condition, false, lang, arena);
}

const char *condition_bare_words(const struct applicant *applicant, const struct policy *policy,
                                 const struct condition *condition, enum lang lang,
                                 struct arena *arena)
{
    return put_into_words(applicant, policy, condition, true, lang, arena);
}
