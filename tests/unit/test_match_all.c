#include "store_fixture.h"

#include "app/policymaking/match_all.h"

/* Each stored response matched alone, and counted. */
struct counted {
    const struct catalogue *catalogue;
    day on;
    size_t responses;
    size_t *verdicts; /* per policy */
    int64_t *amounts;
};

static bool count_alone(void *context, const struct store_item *item)
{
    struct counted *c = context;
    struct value *values = ARENA_ARRAY(&f.arena, struct value, c->catalogue->facts->count);
    const struct applicant *applicant;

    memcpy(values, item->response->values, c->catalogue->facts->count * sizeof(*values));
    values[facts_find(c->catalogue->facts, "level")] = value_int(item->row.level);
    values[facts_find(c->catalogue->facts, "total_percent")] =
        value_number(ratio_make(item->row.total_percent, 100));
    applicant =
        applicant_new(&f.arena, c->catalogue, values, item->response->submitted_on, c->on, NULL);
    for (size_t i = 0; i < c->catalogue->count; i++) {
        struct policy_match match;

        policy_match_one(applicant, c->catalogue->policies[i], &f.arena, &match);
        c->verdicts[i * VERDICT__MAX + match.verdict]++;
        c->amounts[i] += match.has_amount ? match.amount_vnd : 0;
    }
    c->responses++;
    return true;
}

static void everybody_is_matched_as_if_alone(void **state)
{
    const struct catalogue *catalogue = catalogue_load(&f.arena, "policies", NULL, &f.faults);
    struct store_filter all = STORE_FILTER_NONE;
    struct match_totals totals;
    struct counted counted;
    struct store *store;
    size_t eligible = 0;
    day on = day_of(2026, 11, 23);
    struct app_context app;

    (void)state;
    fixture_questionnaire(&f, DBI);
    store = open_store(path_of("all.db"));
    app = (struct app_context){.store = store, .today = on};
    assert_true(import_demo(store) > 20);
    counted = (struct counted){catalogue, on, 0,
                               ARENA_ARRAY(&f.arena, size_t, catalogue->count * VERDICT__MAX),
                               ARENA_ARRAY(&f.arena, int64_t, catalogue->count)};
    ASSERT_OK(store_each(store, &all, STORE_FACTS, count_alone, &counted, &err));
    ASSERT_OK(match_store(&app, &all, catalogue, true, &f.arena, &totals, &err));
    assert_int_equal(totals.matched, counted.responses);
    assert_int_equal(totals.count, catalogue->count);
    for (size_t i = 0; i < totals.count; i++) {
        for (size_t v = 0; v < VERDICT__MAX; v++)
            assert_int_equal(totals.policies[i].verdicts[v],
                             counted.verdicts[i * VERDICT__MAX + v]);
        assert_int_equal(totals.policies[i].amount_vnd, counted.amounts[i]);
        eligible += totals.policies[i].verdicts[VERDICT_ELIGIBLE];
    }
    assert_true(eligible > 50);
    assert_true(totals.by_benefit[BENEFIT_GRANT] > 0);
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(everybody_is_matched_as_if_alone, setup, teardown),
};

RUN(tests)
