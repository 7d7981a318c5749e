/* The tests that a policy file carries. */
#include "policy/match.h"

static void read_test_facts(const struct facts *facts, const struct json *object,
                            const char *prefix, day on, struct value *values, struct arena *arena,
                            struct faults *faults)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct json *json = &object->items[i];
        const char *name = arena_printf(arena, "%s%s", prefix, json->key);
        size_t fact = facts_find(facts, name);

        if (fact != MAP_NONE)
            fact_read_json(facts, fact, json, on, arena, faults, &values[fact]);
        else if (json->type == JSON_OBJECT && !*prefix)
            read_test_facts(facts, json, arena_printf(arena, "%s.", name), on, values, arena,
                            faults);
        else
            faults_add(faults, json_place(json, faults), "không có dữ kiện '%s'",
                       "there is no fact '%s'", name);
    }
}

void policy_test_facts(const struct facts *facts, const struct policy_test *test,
                       struct value *values, struct arena *arena, struct faults *faults)
{
    read_test_facts(facts, test->facts, "", test->on, values, arena, faults);
}

static const char *amount_text(bool has_amount, int64_t amount_vnd, struct arena *arena)
{
    return has_amount ? arena_printf(arena, "%lld", (long long)amount_vnd) : "null";
}

static void run_test(struct arena *arena, const struct catalogue *catalogue,
                     const struct policy *policy, const struct policy_test *test,
                     struct faults *faults)
{
    struct value *values = ARENA_ARRAY(arena, struct value, catalogue->facts->count);
    const struct applicant *applicant;
    struct policy_match match;
    size_t errors = faults->errors;

    policy_test_facts(catalogue->facts, test, values, arena, faults);
    if (faults->errors != errors)
        return;
    applicant = applicant_new(arena, catalogue, values, DAY_NONE, test->on, NULL);
    policy_match_one(applicant, policy, arena, &match);
    if (match.verdict != test->verdict)
        faults_add(faults, json_place(test->json, faults),
                   "phép thử cần kết quả '%s' nhưng quy tắc cho ra '%s'",
                   "the test expects the verdict '%s' but the rule gives '%s'",
                   verdict_code(test->verdict), verdict_code(match.verdict));
    if (test->names_amount && (match.has_amount != test->has_amount ||
                               (test->has_amount && match.amount_vnd != test->amount_vnd)))
        faults_add(faults, json_place(test->json, faults),
                   "phép thử cần số tiền %s nhưng quy tắc cho ra %s",
                   "the test expects the amount %s but the rule gives %s",
                   amount_text(test->has_amount, test->amount_vnd, arena),
                   amount_text(match.has_amount, match.amount_vnd, arena));
}

void policy_run_tests(struct arena *arena, const struct catalogue *catalogue,
                      const struct policy *policy, struct faults *faults)
{
    for (size_t i = 0; i < policy->test_count; i++)
        run_test(arena, catalogue, policy, &policy->tests[i], faults);
}
