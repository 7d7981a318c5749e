#include "survey/prefill.h"

/* Rules of prefills are compiled over the facts alone. */
static bool holds(const struct questionnaire *q, const struct rule_node *rule,
                  const struct value *values, struct arena *arena)
{
    struct rule_data data = {.schema = q->fact_schema, .facts = values};
    struct rule_result result;

    rule_eval(rule, &data, arena, &result);
    return result.truth == TRUTH_TRUE;
}

const struct prefill *response_prefill(const struct response *response, size_t question,
                                       struct arena *arena)
{
    const struct questionnaire *q = response->questionnaire;
    const struct question *asked = &q->questions[question];
    const struct answer *answer = &response->answers[question];

    if (!answer->is_active || answer->state != ANSWER_NONE)
        return NULL;
    for (size_t i = 0; i < asked->prefill_count; i++) {
        if (holds(q, asked->prefills[i].rule, response->values, arena))
            return &asked->prefills[i];
    }
    return NULL;
}

bool questionnaire_rates(const struct questionnaire *q, const struct value *values,
                         struct arena *arena)
{
    return !q->rates_if || holds(q, q->rates_if, values, arena);
}
