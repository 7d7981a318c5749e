#include "policy/rate_cap.h"

#include <string.h>

struct walk {
    const struct policy *policy;
    struct rule_data data;
    struct arena *arena;
    struct rate_cap *out;
};

static void widen(struct ratio *low, struct ratio *high, struct ratio value)
{
    if (!ratio_is_valid(*low) || ratio_cmp(value, *low) < 0)
        *low = value;
    if (!ratio_is_valid(*high) || ratio_cmp(value, *high) > 0)
        *high = value;
}

static bool begins_with(const char *name, const char *word)
{
    return strncmp(name, word, strlen(word)) == 0;
}

static void take(struct walk *w, size_t parameter)
{
    const struct value *value = &w->data.facts[w->policy->fact_count + parameter];
    const char *name = w->policy->parameters[parameter].name;

    if (value->kind != VALUE_NUMBER)
        return;
    if (begins_with(name, "rate") && ratio_cmp(value->number, ratio_of(1)) <= 0)
        widen(&w->out->rate_low, &w->out->rate_high, value->number);
    if (begins_with(name, "cap") && ratio_is_whole(value->number))
        widen(&w->out->cap_low, &w->out->cap_high, value->number);
}

static void visit(struct walk *w, const struct rule_node *node);

/* if, then, else if, then ..., else: the branch that holds; from an open one on, all that may. */
static void visit_branches(struct walk *w, const struct rule_node *node)
{
    size_t i = 0;

    for (; i + 1 < node->count; i += 2) {
        struct rule_result result;

        rule_eval(&node->args[i], &w->data, w->arena, &result);
        if (result.truth != TRUTH_FALSE)
            visit(w, &node->args[i + 1]);
        if (result.truth == TRUTH_TRUE)
            return;
    }
    if (i < node->count)
        visit(w, &node->args[i]);
}

static void visit(struct walk *w, const struct rule_node *node)
{
    if (node->op == OP_FACT && node->fact >= w->policy->fact_count) {
        take(w, node->fact - w->policy->fact_count);
    } else if (node->op == OP_IF) {
        visit_branches(w, node);
    } else {
        for (size_t i = 0; i < node->count; i++)
            visit(w, &node->args[i]);
    }
}

void policy_rate_and_cap(const struct policy_match *match, const struct applicant *applicant,
                         struct arena *arena, struct rate_cap *out)
{
    const struct policy *policy = match->policy;
    struct value *values = ARENA_ARRAY(arena, struct value, policy->schema.count + 1);
    struct walk w = {.policy = policy, .arena = arena, .out = out};
    bool is_open; /* the amount names none of them, or there is no amount */

    *out = (struct rate_cap){RATIO_NONE, RATIO_NONE, RATIO_NONE, RATIO_NONE};
    if (policy->fact_count)
        memcpy(values, applicant->values, policy->fact_count * sizeof(*values));
    policy_parameters(policy, applicant->values, applicant->on, values + policy->fact_count);
    w.data = (struct rule_data){.schema = &policy->schema, .facts = values};
    if (policy->amount)
        visit(&w, policy->amount);
    is_open = !ratio_is_valid(out->rate_low) && !ratio_is_valid(out->cap_low);
    for (size_t i = 0; is_open && i < policy->parameter_count; i++) {
        const char *name = policy->parameters[i].name;

        if (strcmp(name, "rate") == 0 || strcmp(name, "cap") == 0)
            take(&w, i);
    }
}
