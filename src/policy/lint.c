#include "policy/lint.h"

#include <string.h>

#include "base/json_write.h"
#include "rule/lint.h"

struct linter {
    struct arena *arena;
    const struct catalogue *catalogue;
    const struct policy *policy;
    struct faults *faults;
    struct value *fixed; /* parameters on the last day at which one changes */
};

static struct place place_of(const struct linter *l, const struct json *json)
{
    return json_place(json ? json : l->policy->json, l->faults);
}

/* The day from which the newest values hold. */
static day last_change(const struct policy *policy)
{
    day last = policy->from;

    for (size_t i = 0; i < policy->parameter_count; i++) {
        const struct parameter *parameter = &policy->parameters[i];

        if (parameter->values[parameter->count - 1].from > last)
            last = parameter->values[parameter->count - 1].from;
    }
    return last;
}

/* ---- parameters ---- */

static bool is_used(const struct rule_node *rule, size_t fact)
{
    if (rule->op == OP_FACT && rule->fact == fact)
        return true;
    for (size_t i = 0; i < rule->count; i++) {
        if (is_used(&rule->args[i], fact))
            return true;
    }
    return false;
}

static void lint_use(struct linter *l, size_t index)
{
    const struct policy *policy = l->policy;
    size_t fact = policy->fact_count + index;

    for (size_t i = 0; i < policy->condition_count; i++) {
        if (is_used(policy->conditions[i].rule, fact))
            return;
    }
    if (policy->amount && is_used(policy->amount, fact))
        return;
    faults_warn(l->faults, place_of(l, policy->parameters[index].json),
                "tham số '%s' không được dùng ở đâu", "the parameter '%s' is used nowhere",
                policy->parameters[index].name);
}

static void lint_dates(struct linter *l, const struct parameter *parameter)
{
    const struct policy *policy = l->policy;
    const struct parameter_value *last = &parameter->values[parameter->count - 1];

    if (parameter->values[0].from > policy->from)
        faults_warn(l->faults, place_of(l, parameter->json),
                    "tham số '%s' chưa có giá trị khi chính sách bắt đầu có hiệu lực",
                    "the parameter '%s' has no value yet when the policy starts", parameter->name);
    for (size_t i = 0; i + 1 < parameter->count; i++) {
        const struct parameter_value *value = &parameter->values[i];

        if (value->to != DAY_NONE && value->to + 1 < value[1].from)
            faults_warn(l->faults, place_of(l, parameter->json),
                        "tham số '%s' có khoảng ngày không có giá trị",
                        "the parameter '%s' has days without a value", parameter->name);
    }
    if (last->to != DAY_NONE && (policy->to == DAY_NONE || last->to < policy->to))
        faults_warn(l->faults, place_of(l, parameter->json),
                    "tham số '%s' hết hạn trước chính sách",
                    "the parameter '%s' expires before the policy", parameter->name);
}

/* ---- conditions ---- */

struct findings {
    size_t count;
    bool can_be_true[CONDITIONS_MAX], can_be_false[CONDITIONS_MAX];
    bool is_needed[CONDITIONS_MAX]; /* fails somewhere where all others hold */
    bool can_all_hold;
};

static void note_situation(void *context, const enum truth *truths, const struct value *values)
{
    struct findings *f = context;
    size_t failing = 0, which = 0;

    (void)values;
    for (size_t i = 0; i < f->count; i++) {
        f->can_be_true[i] |= truths[i] == TRUTH_TRUE;
        f->can_be_false[i] |= truths[i] == TRUTH_FALSE;
        if (truths[i] != TRUTH_TRUE) {
            failing++;
            which = i;
        }
    }
    f->can_all_hold |= failing == 0;
    if (failing == 1)
        f->is_needed[which] = true;
}

static void lint_each_condition(struct linter *l)
{
    for (size_t i = 0; i < l->policy->condition_count; i++) {
        const struct condition *condition = &l->policy->conditions[i];
        struct lint_range range =
            lint_rule(condition->rule, &l->policy->schema, l->fixed, l->arena);

        if (range.is_decided && !range.can_be_true)
            faults_warn(l->faults, place_of(l, condition->rule->json),
                        "điều kiện '%s' không bao giờ đúng", "the condition '%s' is never true",
                        condition->id);
        if (range.is_decided && !range.can_be_false)
            faults_warn(l->faults, place_of(l, condition->rule->json),
                        "điều kiện '%s' lúc nào cũng đúng", "the condition '%s' is always true",
                        condition->id);
    }
}

/* Where situations decide nothing: conditions that are written twice. */
static void lint_repeated(struct linter *l)
{
    const struct policy *policy = l->policy;

    for (size_t i = 1; i < policy->condition_count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (!json_equal(policy->conditions[i].rule->json, policy->conditions[j].rule->json))
                continue;
            faults_warn(l->faults, place_of(l, policy->conditions[i].rule->json),
                        "điều kiện '%s' viết lại điều kiện '%s'",
                        "the condition '%s' repeats the condition '%s'", policy->conditions[i].id,
                        policy->conditions[j].id);
        }
    }
}

static void lint_conditions_together(struct linter *l)
{
    const struct policy *policy = l->policy;
    const struct rule_node *rules[CONDITIONS_MAX];
    struct findings findings = {.count = policy->condition_count};

    for (size_t i = 0; i < policy->condition_count; i++)
        rules[i] = policy->conditions[i].rule;
    if (!lint_situations(rules, policy->condition_count, &policy->schema, l->fixed, l->arena,
                         note_situation, &findings)) {
        lint_repeated(l);
        return;
    }
    if (!findings.can_all_hold)
        faults_warn(l->faults, place_of(l, json_get(policy->json, "conditions")),
                    "các điều kiện không bao giờ cùng đúng",
                    "the conditions can never hold together");
    for (size_t i = 0; findings.can_all_hold && i < findings.count; i++) {
        if (findings.is_needed[i] || !findings.can_be_false[i])
            continue;
        faults_warn(l->faults, place_of(l, policy->conditions[i].rule->json),
                    "điều kiện '%s' đã nằm trong các điều kiện khác",
                    "the condition '%s' follows from the others", policy->conditions[i].id);
    }
}

/* ---- branches ---- */

static void lint_branches(struct linter *l, const struct rule_node *rule)
{
    for (size_t i = 0; rule->op == OP_IF && i + 1 < rule->count; i += 2) {
        struct lint_range range = lint_rule(&rule->args[i], &l->policy->schema, l->fixed, l->arena);

        if (!range.is_decided || (range.can_be_true && range.can_be_false))
            continue;
        if (range.can_be_true)
            faults_warn(l->faults, place_of(l, rule->args[i].json),
                        "nhánh này lúc nào cũng được chọn", "this branch is always taken");
        else
            faults_warn(l->faults, place_of(l, rule->args[i].json),
                        "nhánh này không bao giờ được chọn", "this branch is never taken");
    }
    for (size_t i = 0; i < rule->count; i++)
        lint_branches(l, &rule->args[i]);
}

/* ---- facts, and parameters by choice ---- */

static void lint_facts(struct linter *l)
{
    for (size_t i = 0; i < l->policy->fact_count; i++) {
        const struct fact *fact = &l->catalogue->facts->items[i];

        if (l->policy->uses[i] && !fact->is_derived && !fact->ask.in[LANG_VI])
            faults_warn(l->faults, place_of(l, NULL),
                        "không ai được hỏi về '%s' (facts.json thiếu 'ask')",
                        "nobody is asked for '%s' (facts.json lacks its 'ask')", fact->id);
    }
}

struct gap_search {
    struct linter *linter;
    const struct parameter *parameter;
    size_t conditions;
    bool reported[64];
};

/* Where all conditions hold, a parameter picked by a choice must have a value for it. */
static void note_gap(void *context, const enum truth *truths, const struct value *values)
{
    struct gap_search *search = context;
    struct linter *l = search->linter;
    const struct rule_fact *fact = &l->policy->schema.facts[search->parameter->by_fact];
    const struct value *by = &values[search->parameter->by_fact];

    for (size_t i = 0; i < search->conditions; i++) {
        if (truths[i] != TRUTH_TRUE)
            return;
    }
    for (size_t i = 0; by->kind == VALUE_TEXT && i < fact->value_count && i < 64; i++) {
        const struct parameter_value *last =
            &search->parameter->values[search->parameter->count - 1];

        if (strcmp(fact->values[i], by->text) != 0 || search->reported[i] || !last->by ||
            last->by[i].kind != VALUE_UNKNOWN)
            continue;
        search->reported[i] = true;
        faults_warn(l->faults, place_of(l, search->parameter->json),
                    "tham số '%s' không có giá trị cho '%s', nên số tiền không tính được",
                    "the parameter '%s' has no value for '%s', so no amount can be computed",
                    search->parameter->name, by->text);
    }
}

static void lint_choices(struct linter *l, const struct parameter *parameter)
{
    const struct policy *policy = l->policy;
    const struct rule_node *rules[CONDITIONS_MAX];
    struct gap_search search = {
        .linter = l, .parameter = parameter, .conditions = policy->condition_count};

    if (parameter->by_fact == MAP_NONE)
        return;
    for (size_t i = 0; i < policy->condition_count; i++)
        rules[i] = policy->conditions[i].rule;
    (void)lint_situations(rules, policy->condition_count, &policy->schema, l->fixed, l->arena,
                          note_gap, &search);
}

/* ---- cases ---- */

#define MONEY_CASES_MIN 4

/* A policy that gives money shows by cases when it does, how much, and when not. */
static void lint_cases(struct linter *l)
{
    const struct policy *policy = l->policy;
    size_t counts[VERDICT__MAX] = {0};
    bool has_amount = false;

    for (size_t i = 0; i < policy->test_count; i++) {
        counts[policy->tests[i].verdict]++;
        has_amount |= policy->tests[i].has_amount && policy->tests[i].amount_vnd > 0;
    }
    if (!policy->amount || policy->is_example ||
        (policy->test_count >= MONEY_CASES_MIN && has_amount && counts[VERDICT_NOT_ELIGIBLE] &&
         counts[VERDICT_UNKNOWN]))
        return;
    faults_warn(
        l->faults, place_of(l, json_get(policy->json, "tests")),
        "chính sách cho tiền cần ít nhất %d phép thử, trong đó có số tiền, có trường hợp bị "
        "từ chối và có trường hợp chưa biết",
        "a policy that gives money needs at least %d tests, one with an amount, one that "
        "is refused and one that is unknown",
        MONEY_CASES_MIN);
}

void policy_lint(struct arena *arena, const struct catalogue *catalogue,
                 const struct policy *policy, struct faults *faults)
{
    struct linter l = {arena, catalogue, policy, faults,
                       ARENA_ARRAY(arena, struct value, policy->schema.count)};

    policy_parameters(policy, l.fixed, last_change(policy), l.fixed + policy->fact_count);
    for (size_t i = 0; i < policy->parameter_count; i++) {
        lint_use(&l, i);
        lint_dates(&l, &policy->parameters[i]);
        lint_choices(&l, &policy->parameters[i]);
    }
    lint_each_condition(&l);
    lint_conditions_together(&l);
    for (size_t i = 0; i < policy->condition_count; i++)
        lint_branches(&l, policy->conditions[i].rule);
    if (policy->amount)
        lint_branches(&l, policy->amount);
    lint_facts(&l);
    lint_cases(&l);
    if (!policy->test_count)
        faults_warn(faults, place_of(&l, NULL), "chính sách chưa có phép thử nào trong 'tests'",
                    "the policy has no tests");
}
