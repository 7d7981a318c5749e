#include "policy_fixture.h"

#include "policy/terms.h"

#include "policy/combine.h"

static void policies_pass_their_own_tests(void **state)
{
    (void)state;
    assert_true(catalogue->count >= 7);
    for (size_t i = 0; i < catalogue->count; i++) {
        assert_true(catalogue->policies[i]->test_count >= 2);
        policy_run_tests(&arena, catalogue, catalogue->policies[i], &faults);
    }
    if (faults.errors)
        fail_with_faults("policy tests");
}

struct size_case {
    const char *facts;
    const char *size, *by_revenue, *by_capital; /* "unknown", or NULL where not applicable */
};

/* Decree 80/2021 art. 5, 8, 9: rows that a lawyer can check. bn = 000000000 */
#define BN "000000000"
static const struct size_case size_cases[] = {
    /* bounds are inclusive */
    {"section=C employees=10 revenue_vnd=3" BN " capital_vnd=4" BN, "micro", "micro", "small"},
    {"section=C employees=10 revenue_vnd=3000000001 capital_vnd=3000000001", "small", "small",
     "small"},
    {"section=C employees=11 revenue_vnd=1" BN " capital_vnd=1" BN, "small", "small", "small"},
    {"section=C employees=100 revenue_vnd=50" BN " capital_vnd=21" BN, "small", "small", "medium"},
    {"section=C employees=101 revenue_vnd=50" BN " capital_vnd=20" BN, "medium", "medium",
     "medium"},
    {"section=F employees=200 revenue_vnd=200" BN " capital_vnd=101" BN, "medium", "medium",
     "not-sme"},
    {"section=A employees=200 revenue_vnd=201" BN " capital_vnd=101" BN, "not-sme", "not-sme",
     "not-sme"},
    {"section=C employees=201 revenue_vnd=1" BN " capital_vnd=1" BN, "not-sme", "not-sme",
     "not-sme"},
    /* trade and services */
    {"section=G employees=10 revenue_vnd=10" BN " capital_vnd=99" BN, "micro", "micro", "medium"},
    {"section=G employees=50 revenue_vnd=100" BN " capital_vnd=99" BN, "small", "small", "medium"},
    {"section=I employees=51 revenue_vnd=1" BN " capital_vnd=1" BN, "medium", "medium", "medium"},
    {"section=H employees=101 revenue_vnd=1" BN " capital_vnd=1" BN, "not-sme", "not-sme",
     "not-sme"},
    /* first year or no revenue: capital alone */
    {"section=C employees=5 revenue_vnd=0 capital_vnd=5" BN, "small", NULL, "small"},
    {"section=C employees=5 revenue_vnd=1" BN " capital_vnd=5" BN " founded_on=2026-03-01", "small",
     NULL, "small"},
    {"section=C employees=5 revenue_vnd=1" BN " capital_vnd=5" BN " founded_on=2025-11-23", "micro",
     "micro", "small"},
    {"section=C employees=5 capital_vnd=2" BN " founded_on=2026-03-01", "micro", NULL, "micro"},
    /* absent facts: open only where they could change it */
    {"employees=300", "not-sme", "not-sme", "not-sme"},
    {"section=G employees=150", "not-sme", "not-sme", "not-sme"},
    {"employees=150", "unknown", "unknown", "unknown"},
    {"section=C employees=45 capital_vnd=12" BN, "small", "unknown", "small"},
    {"section=C employees=45 revenue_vnd=38" BN, "small", "small", "unknown"},
    {"section=C employees=5 capital_vnd=12" BN, "unknown", "unknown", "small"},
    {"section=C employees=45", "unknown", "unknown", "unknown"},
    {"employees=45 revenue_vnd=38" BN " capital_vnd=12" BN, "small", "small", "small"},
    {"employees=60 revenue_vnd=38" BN " capital_vnd=12" BN, "unknown", "unknown", "unknown"},
    {"section=C revenue_vnd=38" BN " capital_vnd=12" BN, "unknown", "unknown", "unknown"},
    {"section=C revenue_vnd=900" BN " capital_vnd=900" BN, "not-sme", "not-sme", "not-sme"},
    {"", "unknown", "unknown", "unknown"},
};

static void assert_size(const char *facts, const char *what, size_set set, const char *expected)
{
    int only = size_only(set);
    const char *found = !set ? NULL : only < 0 ? "unknown" : size_code((enum size_class)only);

    if ((!found) != (!expected) || (found && strcmp(found, expected) != 0))
        fail_msg("%s: %s is %s, not %s", facts, what, found ? found : "-",
                 expected ? expected : "-");
}

static void size_classes_follow_the_decree(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(size_cases); i++) {
        const struct size_case *c = &size_cases[i];
        const struct applicant *a = applicant_on(c->facts, TODAY);

        assert_size(c->facts, "class", a->size.possible, c->size);
        assert_size(c->facts, "by revenue", a->size.by_revenue, c->by_revenue);
        assert_size(c->facts, "by capital", a->size.by_capital, c->by_capital);
    }
}

static void groups_follow_the_law(void **state)
{
    static const struct {
        const char *facts, *groups;
    } cases[] = {
        {"women_capital_percent=51 women_managed=có", "women-owned "},
        {"women_capital_percent=50,9 women_managed=có", ""},
        {"women_capital_percent=80", ""},
        {"women_capital_percent=80 women_managed=không", ""},
        {"employees=99 female_employees=50", "women-employing "},
        {"employees=99 female_employees=49", ""},
        {"employees=100 female_employees=30", "women-employing "},
        {"employees=100 female_employees=29", ""},
        {"employees=98 female_employees=49", "women-employing "},
        {"employees=0 female_employees=0", ""},
        {"female_employees=30", ""},
        {"social_enterprise=có women_capital_percent=100 women_managed=có",
         "women-owned social-enterprise "},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct applicant *a = applicant_on(cases[i].facts, TODAY);
        const char *groups = "";

        for (size_t j = 0; j < a->group_count; j++)
            groups = arena_printf(&arena, "%s%s ", groups, a->groups[j]);
        if (strcmp(groups, cases[i].groups) != 0)
            fail_msg("%s: groups are %s", cases[i].facts, groups);
    }
}

static struct policy_match match_of(const char *facts, const char *id, day on)
{
    const struct policy *policy = catalogue_find(catalogue, id);
    struct policy_match match;

    assert_non_null(policy);
    policy_match_one(applicant_on(facts, on), policy, &arena, &match);
    return match;
}

static void validity_decides_before_conditions(void **state)
{
    const char *facts = "section=C employees=45 revenue_vnd=38" BN " capital_vnd=12" BN;
    struct policy_match before = match_of(facts, "nd80-art11-2", day_of(2021, 10, 14));
    struct policy_match after = match_of(facts, "nd80-art11-2", day_of(2021, 10, 15));

    (void)state;
    assert_int_equal(before.verdict, VERDICT_NOT_ELIGIBLE);
    assert_true(before.is_coming);
    assert_int_equal(after.verdict, VERDICT_ELIGIBLE);
    assert_false(after.is_coming);
}

static const char *missing_of(const struct policy_match *match)
{
    const char *list = "";

    for (size_t i = 0; i < match->missing_count; i++)
        list = arena_printf(&arena, "%s%s ", list, catalogue->facts->items[match->missing[i]].id);
    return list;
}

/* Missing facts are named as people can supply them, and only where they matter. */
static void missing_facts_are_named(void **state)
{
    struct policy_match match;

    (void)state;
    match = match_of("section=C employees=45", "nd80-art11-2", TODAY);
    assert_int_equal(match.verdict, VERDICT_UNKNOWN);
    assert_string_equal(missing_of(&match), "revenue_vnd capital_vnd plans.dx_solution_vnd ");
    match = match_of("section=C employees=45 capital_vnd=12" BN, "nd80-art11-2", TODAY);
    assert_int_equal(match.verdict, VERDICT_ELIGIBLE);
    assert_false(match.has_amount);
    assert_string_equal(missing_of(&match), "plans.dx_solution_vnd ");
    match = match_of("employees=300", "nd80-art11-2", TODAY);
    assert_int_equal(match.verdict, VERDICT_NOT_ELIGIBLE);
    assert_string_equal(missing_of(&match), "");
    match = match_of("section=C employees=45 capital_vnd=12" BN " plans.consulting_vnd=400000000",
                     "nd80-art13-2", TODAY);
    assert_int_equal(match.verdict, VERDICT_ELIGIBLE);
    assert_true(match.has_range);
    assert_int_equal(match.low_vnd, 100000000);
    assert_int_equal(match.high_vnd, 150000000);
    assert_non_null(strstr(missing_of(&match), "female_employees"));
}

/* Circular 06/2022 art. 3(2): the criterion that favours the firm is shown beside the class. */
static void the_better_criterion_is_shown(void **state)
{
    const char *micro_or_small = "section=C employees=8 revenue_vnd=2" BN " capital_vnd=5" BN
                                 " plans.dx_consulting_vnd=80000000 plans.dx_solution_vnd=80000000";
    struct policy_match match = match_of(micro_or_small, "nd80-art11-1", TODAY);

    (void)state;
    assert_int_equal(match.verdict, VERDICT_NOT_ELIGIBLE);
    assert_int_equal(match.better_size, SIZE_SMALL);
    assert_int_equal(match.better_amount_vnd, 40000000);
    match = match_of(micro_or_small, "nd80-art11-2", TODAY);
    assert_int_equal(match.amount_vnd, 20000000);
    assert_int_equal(match.better_size, SIZE_SMALL);
    assert_int_equal(match.better_amount_vnd, 40000000);
    match = match_of("section=C employees=45 revenue_vnd=38" BN " capital_vnd=12" BN
                     " plans.dx_solution_vnd=80000000",
                     "nd80-art11-2", TODAY);
    assert_int_equal(match.better_size, -1);
}

/* Either class gets it, but not the same: what tells the class is asked for. */
static void amounts_by_class_ask_for_the_class(void **state)
{
    struct policy_match match = match_of("section=C employees=8 capital_vnd=5" BN
                                         " plans.dx_solution_vnd=80000000",
                                         "nd80-art11-2", TODAY);

    (void)state;
    assert_int_equal(match.verdict, VERDICT_ELIGIBLE);
    assert_true(match.has_range);
    assert_int_equal(match.low_vnd, 20000000);
    assert_int_equal(match.high_vnd, 40000000);
    assert_string_equal(missing_of(&match), "revenue_vnd ");
}

/* A folder that cannot be opened is a fault of the folder, at no line. */
static void a_folder_that_is_not_there_is_said(void **state)
{
    (void)state;
    assert_null(catalogue_load(&arena, "no-such-folder", "policies", &faults));
    assert_int_equal(faults.errors, 1);
    assert_string_equal(faults.items[0].place.file, "no-such-folder");
    assert_int_equal(faults.items[0].place.line, 0);
    assert_string_equal(faults.items[0].text[LANG_VI],
                        "no-such-folder: không mở được thư mục (No such file or directory)");
    assert_string_equal(faults.items[0].text[LANG_EN],
                        "no-such-folder: the folder cannot be opened (No such file or directory)");
}

static void conditions_are_put_into_words(void **state)
{
    const struct policy *policy = catalogue_find(catalogue, "nd80-art11-1");
    const struct applicant *a = applicant_on("employees=300", TODAY);

    (void)state;
    assert_string_equal(condition_words(a, policy, &policy->conditions[1], LANG_VI, &arena),
                        "Quy mô doanh nghiệp thuộc một trong: Nhỏ, Vừa (hiện là Không phải doanh "
                        "nghiệp nhỏ và vừa)");
    assert_string_equal(condition_words(a, policy, &policy->conditions[0], LANG_EN, &arena),
                        "Form: Enterprise");
    policy = catalogue_find(catalogue, "smedf-loan");
    assert_string_equal(condition_words(a, policy, &policy->conditions[3], LANG_EN, &arena),
                        "Own equity in the project ≥ 20 % × Total investment of the project to be "
                        "financed (not given)");
    policy = catalogue_find(catalogue, "nd80-art11-1");
    assert_string_equal(policy_citation(policy, "11(1)", LANG_VI, &arena),
                        "Điều 11 khoản 1 Nghị định 80/2021/NĐ-CP");
    assert_string_equal(policy_citation(policy, "04/2017/QH14 2", LANG_EN, &arena),
                        "Article 2, Law 04/2017/QH14");
    assert_string_equal(policy_citation(policy, "", LANG_EN, &arena), "Decree 80/2021/NĐ-CP");
    policy = catalogue_find(catalogue, "nd141-art2-cit");
    assert_string_equal(
        condition_words(applicant_on("form=enterprise revenue_vnd=1200000000", TODAY), policy,
                        &policy->conditions[1], LANG_VI, &arena),
        "Doanh thu năm trước ≤ 1.000.000.000\u00a0₫ (hiện là 1.200.000.000\u00a0₫, "
        "vượt 200.000.000\u00a0₫)");
}

/* Several contracts: one ceiling for all (per year), or one for each (per contract). */
static void contracts_add_up_under_their_ceilings(void **state)
{
    static const struct {
        const char *id, *plans;
        int64_t amount_vnd;
    } cases[] = {
        {"nd80-art11-2", "\"dx_solution_vnd\":[40000000,30000000]", 35000000},
        {"nd80-art11-2", "\"dx_solution_vnd\":[80000000,80000000]", 50000000},
        {"nd80-art11-2", "\"dx_solution_vnd\":[80000000]", 40000000},
        {"nd80-art11-1", "\"dx_consulting_vnd\":[80000000,120000000]", 90000000},
        {"nd80-art11-1", "\"dx_consulting_vnd\":[33333333,1]", 16666667},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *text = arena_printf(&arena,
                                        "{\"kind\":\"policy\",\"facts\":{\"section\":\"C\","
                                        "\"employees\":45,\"revenue_vnd\":38" BN
                                        ",\"capital_vnd\":12" BN ",\"plans\":{%s}}}",
                                        cases[i].plans);
        const struct json *json = json_parse(&arena, "t", text, strlen(text), &faults);
        struct value *values = ARENA_ARRAY(&arena, struct value, catalogue->facts->count);
        const struct json *facts = json_get(json, "facts");
        struct policy_match match;

        for (size_t j = 0; j < facts->count; j++) {
            const struct json *member = &facts->items[j];
            bool is_plan = member->type == JSON_OBJECT;
            const struct json *value = is_plan ? &member->items[0] : member;
            const char *name = is_plan ? arena_printf(&arena, "plans.%s", value->key) : value->key;

            assert_true(fact_read_json(catalogue->facts, facts_find(catalogue->facts, name), value,
                                       DAY_NONE, &arena, &faults,
                                       &values[facts_find(catalogue->facts, name)]));
        }
        policy_match_one(applicant_new(&arena, catalogue, values, DAY_NONE, TODAY, NULL),
                         catalogue_find(catalogue, cases[i].id), &arena, &match);
        if (!match.has_amount || match.amount_vnd != cases[i].amount_vnd)
            fail_msg("%s with %s: %lld", cases[i].id, cases[i].plans, (long long)match.amount_vnd);
    }
}

/* Deadlines that an official can check on a wall calendar. */
static void deadlines_count_working_days(void **state)
{
    static const struct {
        int from[3], n, to[3];
        enum deadline_certainty certainty;
    } cases[] = {
        {{2026, 11, 20}, 1, {2026, 11, 23}, DEADLINE_SURE}, /* Friday -> Monday */
        {{2026, 11, 23}, 1, {2026, 11, 25}, DEADLINE_SURE}, /* the 24th is Culture Day */
        {{2026, 11, 23}, 14, {2026, 12, 14}, DEADLINE_SURE},
        {{2026, 2, 13}, 1, {2026, 2, 23}, DEADLINE_SURE}, /* over Tết */
        {{2026, 8, 21}, 1, {2026, 8, 22}, DEADLINE_SURE}, /* a Saturday that is worked */
        {{2026, 8, 28}, 1, {2026, 9, 3}, DEADLINE_SURE},
        {{2027, 2, 4}, 1, {2027, 2, 12}, DEADLINE_EXPECTED}, /* Tết 2027 is not announced */
        {{2027, 12, 30}, 5, {2028, 1, 6}, DEADLINE_BEYOND},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        enum deadline_certainty certainty;
        day from = day_of(cases[i].from[0], cases[i].from[1], cases[i].from[2]);
        struct civil to =
            day_civil(calendar_deadline(catalogue->calendar, from, cases[i].n, &certainty));

        if (to.year != cases[i].to[0] || to.month != cases[i].to[1] || to.mday != cases[i].to[2] ||
            certainty != cases[i].certainty)
            fail_msg("case %zu: %d-%d-%d, certainty %d", i, to.year, to.month, to.mday, certainty);
    }
}

static void exclusions_are_said_in_words(void **state)
{
    (void)state;
    assert_string_equal(exclusion_words("same-content-same-year").in[LANG_EN],
                        "the same content is supported from one source only in a year");
    assert_string_equal(exclusion_words("choose-one-level").in[LANG_EN],
                        "one level of support only may be chosen for the same content");
    assert_string_equal(exclusion_words("nd80-art15").in[LANG_VI], "nd80-art15");
}

/* A random set of eligible policies, some of which exclude each other. */
static struct match *random_match(struct dice *dice, size_t count)
{
    static const char *const contents[] = {"a", "b", NULL};
    static const char *const excluded[] = {"same-content-same-year"};
    struct match *match = ARENA_NEW(&arena, struct match);
    struct policy_match *list = ARENA_ARRAY(&arena, struct policy_match, count);

    for (size_t i = 0; i < count; i++) {
        struct policy *policy = ARENA_NEW(&arena, struct policy);
        const char **names = ARENA_ARRAY(&arena, const char *, 1);

        policy->id = arena_printf(&arena, "p%zu", i);
        policy->content = contents[dice_roll(dice, 3)];
        policy->amount = ARENA_NEW(&arena, struct rule_node);
        names[0] = arena_printf(&arena, "p%zu", dice_roll(dice, count));
        policy->excludes = dice_roll(dice, 2) ? excluded : names;
        policy->exclude_count = 1;
        list[i] = (struct policy_match){.policy = policy,
                                        .verdict = VERDICT_ELIGIBLE,
                                        .has_amount = true,
                                        .amount_vnd = (int64_t)dice_roll(dice, 100)};
    }
    match->policies = list;
    match->count = count;
    return match;
}

static int64_t best_of_all_subsets(const struct match *match)
{
    int64_t best = 0;

    for (unsigned set = 0; set < 1u << match->count; set++) {
        int64_t sum = 0;
        bool is_allowed = true;

        for (size_t i = 0; i < match->count && is_allowed; i++) {
            if (!(set >> i & 1))
                continue;
            sum += match->policies[i].amount_vnd;
            for (size_t j = 0; j < i && is_allowed; j++)
                is_allowed = !(set >> j & 1) || !policies_exclude(match->policies[i].policy,
                                                                  match->policies[j].policy, NULL);
        }
        if (is_allowed && sum > best)
            best = sum;
    }
    return best;
}

static void the_best_combination_is_exact(void **state)
{
    struct dice dice = {224};

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct match *match = random_match(&dice, 1 + dice_roll(&dice, 10));
        const struct combination *combination = combine(match, &arena);

        assert_int_equal(combination->given_vnd, best_of_all_subsets(match));
        for (size_t i = 0; i < combination->count; i++) {
            const struct combined_policy *one = &combination->policies[i];

            assert_true(one->is_chosen || one->match->amount_vnd == 0 ||
                        (one->instead && one->code));
            for (size_t j = 0; j < i; j++)
                assert_false(one->is_chosen && combination->policies[j].is_chosen &&
                             policies_exclude(one->match->policy,
                                              combination->policies[j].match->policy, NULL));
        }
    }
}

/* ---- properties ---- */

static const char *random_facts(struct dice *dice)
{
    static const char *const sections[] = {"A", "C", "F", "G", "I"};
    struct buf text;
    const char *copy;

    buf_init(&text, 2000);
    if (dice_roll(dice, 4))
        buf_printf(&text, " section=%s", sections[dice_roll(dice, 5)]);
    if (dice_roll(dice, 4))
        buf_printf(&text, " employees=%zu", dice_roll(dice, 260));
    if (dice_roll(dice, 4))
        buf_printf(&text, " revenue_vnd=%zu" BN, dice_roll(dice, 320));
    if (dice_roll(dice, 4))
        buf_printf(&text, " capital_vnd=%zu" BN, dice_roll(dice, 130));
    if (dice_roll(dice, 2))
        buf_printf(&text, " social_enterprise=%s", dice_roll(dice, 2) ? "có" : "không");
    if (dice_roll(dice, 2))
        buf_printf(&text, " female_employees=%zu", dice_roll(dice, 100));
    if (dice_roll(dice, 2))
        buf_printf(&text, " in_cluster=%s", dice_roll(dice, 2) ? "có" : "không");
    if (dice_roll(dice, 3))
        buf_printf(&text, " plans.dx_solution_vnd=%zu000000 plans.consulting_vnd=%zu000000",
                   dice_roll(dice, 400), dice_roll(dice, 700));
    copy = arena_strdup(&arena, *buf_text(&text) ? buf_text(&text) + 1 : "");
    buf_free(&text);
    return copy;
}

/* Adding a fact never turns a decided verdict into another one, nor a known amount into another. */
static void knowing_more_never_unsettles(void **state)
{
    static const char *const more[] = {" in_cluster=có", " innovative_startup=không",
                                       " women_capital_percent=60 women_managed=có",
                                       " form=enterprise", " founded_on=2015-01-01"};
    size_t level = facts_find(catalogue->facts, "level");
    struct dice dice = {2017};

    (void)state;
    for (int i = 0; i < 300; i++) {
        const char *facts = random_facts(&dice), *extra = more[dice_roll(&dice, ARRAY_SIZE(more))];
        const struct match *before, *after;

        if (strstr(facts, "in_cluster") && strstr(extra, "in_cluster"))
            continue;
        before = match_all(applicant_on(facts, TODAY), &arena);
        after = match_all(applicant_on(arena_printf(&arena, "%s%s", facts, extra), TODAY), &arena);
        for (size_t j = 0; j < before->count; j++) {
            const struct policy_match *x = &before->policies[j], *y = &after->policies[j];

            if (x->verdict != VERDICT_UNKNOWN && x->verdict != y->verdict)
                fail_msg("%s: '%s' changes with '%s'", x->policy->id, facts, extra);
            if (x->has_amount)
                assert_true(y->has_amount && y->amount_vnd == x->amount_vnd);
            /* the level is asked by a questionnaire, not by a single question */
            assert_true((x->verdict == VERDICT_UNKNOWN) <=
                        (x->missing_count > 0 || x->policy->uses[level]));
        }
        teardown(NULL);
        setup(NULL);
    }
}

/* No amount is above its ceiling, whatever the plans. */
static void amounts_never_exceed_caps(void **state)
{
    struct dice dice = {80};

    (void)state;
    for (int i = 0; i < 500; i++) {
        const char *facts = random_facts(&dice);
        struct policy_match solution = match_of(facts, "nd80-art11-2", TODAY);
        struct policy_match consulting = match_of(facts, "nd80-art13-2", TODAY);

        assert_true(!solution.has_amount || solution.amount_vnd <= 100000000);
        assert_true(!consulting.has_amount || consulting.amount_vnd <= 200000000);
        assert_true(!consulting.has_range || consulting.low_vnd <= consulting.high_vnd);
    }
}

/* ---- rate and ceiling of this enterprise ---- */

/* "low high" of the rate and of the ceiling, over all cases that missing facts leave open. */
static void check_rate_cap(const char *id, const char *facts, const char *rates, const char *caps)
{
    const struct applicant *applicant = applicant_on(facts, TODAY);
    const struct policy *policy = catalogue_find(catalogue, id);
    struct policy_terms terms;
    struct ratio low = RATIO_NONE, high = RATIO_NONE;
    int64_t least = INT64_MAX, most = 0;
    struct buf text;

    assert_non_null(policy);
    policy_terms_find(applicant, policy, &arena, &terms);
    assert_int_not_equal(terms.count, 0);
    for (size_t i = 0; i < terms.count; i++) {
        const struct policy_terms_case *one = &terms.cases[i];

        if (i == 0 || ratio_cmp(one->rate, low) < 0)
            low = one->rate;
        if (i == 0 || ratio_cmp(one->rate, high) > 0)
            high = one->rate;
        assert_int_equal(one->has_cap, caps != NULL);
        least = one->cap_vnd < least ? one->cap_vnd : least;
        most = one->cap_vnd > most ? one->cap_vnd : most;
    }
    buf_init(&text, 200);
    ratio_print_exact(&text, low);
    buf_putc(&text, ' ');
    ratio_print_exact(&text, high);
    assert_string_equal(buf_text(&text), rates);
    buf_free(&text);
    if (caps)
        assert_string_equal(arena_printf(&arena, "%lld %lld", (long long)least, (long long)most),
                            caps);
}

/* Decree 80/2021 art. 13(2) and 14(1): the priority group has its own rate and ceiling. */
static void rate_and_cap_are_those_of_the_enterprise(void **state)
{
    static const char medium[] = "form=enterprise section=C employees=150 revenue_vnd=150000000000 "
                                 "capital_vnd=80000000000 founded_on=2015-01-01 ";

    (void)state;
    check_rate_cap("nd80-art14-1",
                   arena_printf(&arena, "%swomen_capital_percent=60 women_managed=yes", medium),
                   "1 1", NULL);
    check_rate_cap("nd80-art13-2",
                   arena_printf(&arena, "%swomen_capital_percent=60 women_managed=yes", medium),
                   "0.3 0.3", "200000000 200000000");
    check_rate_cap("nd80-art13-2",
                   arena_printf(&arena,
                                "%swomen_capital_percent=0 women_managed=no "
                                "female_employees=5 social_enterprise=no",
                                medium),
                   "0.3 0.3", "150000000 150000000");
    check_rate_cap("nd80-art13-2", medium, "0.3 0.3", "150000000 200000000");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(exclusions_are_said_in_words),
    cmocka_unit_test_setup_teardown(rate_and_cap_are_those_of_the_enterprise, setup, teardown),
    cmocka_unit_test_setup_teardown(policies_pass_their_own_tests, setup, teardown),
    cmocka_unit_test_setup_teardown(size_classes_follow_the_decree, setup, teardown),
    cmocka_unit_test_setup_teardown(groups_follow_the_law, setup, teardown),
    cmocka_unit_test_setup_teardown(validity_decides_before_conditions, setup, teardown),
    cmocka_unit_test_setup_teardown(missing_facts_are_named, setup, teardown),
    cmocka_unit_test_setup_teardown(the_better_criterion_is_shown, setup, teardown),
    cmocka_unit_test_setup_teardown(amounts_by_class_ask_for_the_class, setup, teardown),
    cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_said, setup, teardown),
    cmocka_unit_test_setup_teardown(conditions_are_put_into_words, setup, teardown),
    cmocka_unit_test_setup_teardown(contracts_add_up_under_their_ceilings, setup, teardown),
    cmocka_unit_test_setup_teardown(deadlines_count_working_days, setup, teardown),
    cmocka_unit_test_setup_teardown(the_best_combination_is_exact, setup, teardown),
    cmocka_unit_test_setup_teardown(knowing_more_never_unsettles, setup, teardown),
    cmocka_unit_test_setup_teardown(amounts_never_exceed_caps, setup, teardown),
};

RUN(tests)
