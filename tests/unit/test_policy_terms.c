#include "policy_fixture.h"

#include "base/text.h"
#include "policy/terms.h"

#define BN "000000000"
#define SMALL "section=C employees=45 revenue_vnd=38" BN " capital_vnd=12" BN

struct terms_sentence {
    const char *facts, *policy;
    const char *words; /* by case, in Vietnamese; NULL: no terms */
};

/* Rate and ceiling as the articles have them, for this firm. */
static const struct terms_sentence sentences[] = {
    {SMALL, "nd80-art11-2", "đến 50\u00a0%, không quá 50\u00a0triệu đồng mỗi năm"},
    {SMALL, "nd80-art11-1", "đến 50\u00a0%, không quá 50\u00a0triệu đồng mỗi hợp đồng mỗi năm"},
    {"section=G employees=9 revenue_vnd=5" BN, "nd80-art11-2",
     "đến 50\u00a0%, không quá 20\u00a0triệu đồng mỗi năm"},
    {SMALL " social_enterprise=true", "nd80-art13-2",
     "đến 50\u00a0%, không quá 150\u00a0triệu đồng mỗi năm"},
    {SMALL, "nd80-art13-2",
     "Thuộc nhóm ưu tiên: Có – đến 50\u00a0%, không quá 150\u00a0triệu đồng mỗi năm; Thuộc nhóm ưu "
     "tiên: Không – đến 50\u00a0%, không quá 100\u00a0triệu đồng mỗi năm"},
    {"section=C employees=9", "nd80-art11-2",
     "Siêu nhỏ – đến 50\u00a0%, không quá 20\u00a0triệu đồng mỗi năm; Nhỏ – đến 50\u00a0%, không "
     "quá 50\u00a0triệu đồng mỗi năm; Vừa – đến 50\u00a0%, không quá 100\u00a0triệu đồng mỗi năm"},
    {SMALL, "nd80-art14-1",
     "100\u00a0%; đến 70\u00a0% (tùy: Ở địa bàn đặc biệt khó khăn, Thuộc nhóm ưu tiên)"},
    {SMALL, "nd80-art22-training", "đến 50\u00a0%, không quá 5\u00a0triệu đồng mỗi học viên"},
    {SMALL " learners=3", "nd80-art25-learners",
     "đến 50\u00a0%, không quá 10\u00a0triệu đồng mỗi học viên"},
    {SMALL, "nd80-art22-1b", "đến 50\u00a0%, không quá 5\u00a0triệu đồng mỗi tháng"},
    {SMALL, "nd80-art22-ecommerce-account", "đến 50\u00a0%, không quá 50\u00a0triệu đồng mỗi năm"},
    {SMALL, "nd80-art22-contest", "đến 50\u00a0%, không quá 30\u00a0triệu đồng mỗi cuộc thi"},
    {SMALL, "nd80-art26-startup", "2\u00a0% mỗi năm"},
    {SMALL, "nq198-land-rent", "giảm 30\u00a0%"},
    {SMALL, "nd34-guarantee", "đến 100\u00a0%, không quá 15\u00a0tỷ đồng mỗi dự án"},
    {SMALL, "smedf-loan", "đến 80\u00a0%, không quá 300\u00a0tỷ đồng mỗi dự án"},
    {SMALL, "nd20-art10", NULL},
    {"employees=300", "nd80-art11-2", NULL},
};

static void terms_are_those_of_the_firm(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(sentences); i++) {
        const struct applicant *a = applicant_on(sentences[i].facts, TODAY);
        const struct policy *policy = catalogue_find(catalogue, sentences[i].policy);
        struct policy_terms terms;
        const char *words;

        assert_non_null(policy);
        policy_terms_find(a, policy, &arena, &terms);
        words = policy_terms_case_words(&terms, policy, a, LANG_VI, &arena);
        if ((!words) != (!sentences[i].words) || (words && strcmp(words, sentences[i].words) != 0))
            fail_msg("%s, %s: \"%s\"", sentences[i].policy, sentences[i].facts,
                     words ? words : "-");
    }
}

static void cases_are_told_in_short(void **state)
{
    const struct applicant *a = applicant_on("section=C employees=9", TODAY);
    const struct policy *policy = catalogue_find(catalogue, "nd80-art11-2");
    struct policy_terms terms;

    (void)state;
    policy_terms_find(a, policy, &arena, &terms);
    assert_int_equal(terms.count, 3);
    assert_string_equal(
        policy_terms_words(&terms, policy, LANG_EN, &arena),
        "up to 50\u00a0%, at most 100\u00a0million VND per year (depending on the case)");
}

static void money_is_told_by_scale(void **state)
{
    (void)state;
    assert_string_equal(text_of_money_short(&arena, 80000000, LANG_VI), "80\u00a0triệu đồng");
    assert_string_equal(text_of_money_short(&arena, 1500000000, LANG_VI), "1,5\u00a0tỷ đồng");
    assert_string_equal(text_of_money_short(&arena, 12345678, LANG_VI), "12.345.678\u00a0₫");
    assert_string_equal(text_of_money_short(&arena, 300000000000, LANG_EN),
                        "300\u00a0billion VND");
}

/* Whatever the spend, the amount is the rate of it up to the ceiling. */
static void terms_give_the_amounts(void **state)
{
    struct dice dice = {4711};
    size_t seen = 0;

    (void)state;
    for (int round = 0; round < 60; round++) {
        const struct match *match = match_all(random_applicant(&dice, 7, TODAY), &arena);

        for (size_t i = 0; i < match->count; i++) {
            const struct policy_match *one = &match->policies[i];
            const struct value *plan;
            struct policy_terms terms;
            struct ratio amount, cap;
            int64_t dong;

            if (!one->has_amount || one->policy->plan_fact == MAP_NONE)
                continue;
            plan = &match->applicant->values[one->policy->plan_fact];
            policy_terms_find(match->applicant, one->policy, &arena, &terms);
            if (plan->kind != VALUE_NUMBER || terms.count != 1)
                continue;
            amount = ratio_mul(terms.cases[0].rate, plan->number);
            cap = ratio_of(terms.cases[0].cap_vnd);
            if (terms.cases[0].has_cap && ratio_cmp(cap, amount) < 0)
                amount = cap;
            assert_true(ratio_to_int64(ratio_round(amount, 0), &dong));
            assert_int_equal(dong, one->amount_vnd);
            seen++;
        }
    }
    assert_true(seen > 100);
}

static void readings_are_cited(void **state)
{
    const struct policy *policy = catalogue_find(catalogue, "nd80-art11-2");
    const char *words = policy_readings_words(policy, LANG_EN, &arena);

    (void)state;
    assert_string_equal(words, "Article 11(2), Decree 80/2021/NĐ-CP; Article 3(5), Circular "
                               "06/2022/TT-BKHĐT; Article 7, Circular 06/2022/TT-BKHĐT (unofficial "
                               "codified text of 13/05/2026, read on 30/11/2026)");
    assert_null(policy_readings_words(catalogue_find(catalogue, "nd13-cit"), LANG_VI, &arena));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(terms_are_those_of_the_firm, setup, teardown),
    cmocka_unit_test_setup_teardown(cases_are_told_in_short, setup, teardown),
    cmocka_unit_test_setup_teardown(money_is_told_by_scale, setup, teardown),
    cmocka_unit_test_setup_teardown(terms_give_the_amounts, setup, teardown),
    cmocka_unit_test_setup_teardown(readings_are_cited, setup, teardown),
};

RUN(tests)
