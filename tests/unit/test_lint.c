#include "fixture.h"

#include "policy/lint.h"
#include "score/lint.h"
#include "survey/lint.h"

static struct arena arena;
static struct faults faults;
static const struct catalogue *catalogue;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    faults_init(&faults, &arena);
    catalogue = catalogue_load_reference(&arena, "policies", NULL, &faults);
    assert_non_null(catalogue);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct json *parse(const char *text)
{
    const struct json *json;

    faults_init(&faults, &arena);
    json = json_parse(&arena, "t.json", arena_strdup(&arena, text), strlen(text), &faults);
    if (!json)
        fail_msg("%s: %s", faults.items[0].text[LANG_EN], text);
    return json;
}

static bool is_warned(const char *part)
{
    for (size_t i = 0; i < faults.count; i++) {
        if (faults.items[i].is_warning && strstr(faults.items[i].text[LANG_EN], part))
            return true;
    }
    return false;
}

struct policy_case {
    const char *parameters, *conditions, *amount;
    const char *warning; /* part of the advice; NULL: none at all */
};

#define SME "{\"id\":\"a\",\"if\":{\"in\":[{\"var\":\"size_class\"},[\"micro\",\"small\"]]}}"
#define CAP(value) "\"cap\":[{\"from\":\"2026-01-01\",\"value\":" value "}]"
#define AMOUNT "{\"min\":[{\"var\":\"plans.dx_solution_vnd\"},{\"var\":\"cap\"}]}"

static const struct policy_case policy_cases[] = {
    {CAP("{\"micro\":1,\"small\":2}"), SME, AMOUNT, NULL},
    {CAP("{\"micro\":1}"), SME, AMOUNT, "no value for 'small'"},
    {CAP("5"), SME, "5", "used nowhere"},
    {"\"cap\":[{\"from\":\"2026-02-01\",\"value\":5}]", SME, AMOUNT, "no value yet"},
    {"\"cap\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-31\",\"value\":5},"
     "{\"from\":\"2026-05-01\",\"value\":6}]",
     SME, AMOUNT, "days without a value"},
    {"\"cap\":[{\"from\":\"2026-01-01\",\"to\":\"2026-03-31\",\"value\":5}]", SME, AMOUNT,
     "expires before"},
    {"",
     "{\"id\":\"a\",\"if\":{\"and\":[{\">\":[{\"var\":\"employees\"},10]},"
     "{\"<\":[{\"var\":\"employees\"},10]}]}}",
     "5", "'a' is never true"},
    {"",
     "{\"id\":\"a\",\"if\":{\"or\":[{\">=\":[{\"var\":\"employees\"},10]},"
     "{\"<\":[{\"var\":\"employees\"},10]}]}}",
     "5", "'a' is always true"},
    {"", "{\"id\":\"a\",\"if\":{\"<=\":[10,{\"var\":\"employees\"},20]}}", "5", NULL},
    {"", SME ",{\"id\":\"b\",\"if\":{\"==\":[{\"var\":\"size_class\"},\"medium\"]}}", "5",
     "never hold together"},
    {"", SME ",{\"id\":\"b\",\"if\":{\"!=\":[{\"var\":\"size_class\"},\"not-sme\"]}}", "5",
     "'b' follows from the others"},
    {"",
     "{\"id\":\"a\",\"if\":{\"<\":[{\"var\":\"founded_on\"},\"2020-01-01\"]}},"
     "{\"id\":\"b\",\"if\":{\">\":[{\"var\":\"founded_on\"},\"2019-01-01\"]}}",
     "5", NULL},
    {"", SME, "{\"if\":[{\">\":[{\"var\":\"age_years\"},-1]},5,6]}", NULL},
    {"", SME,
     "{\"if\":[{\"in\":[{\"var\":\"form\"},[\"enterprise\",\"cooperative\",\"household\"]]},5,6]}",
     "always taken"},
    {"", SME,
     "{\"if\":[{\"and\":[{\">\":[{\"var\":\"employees\"},10]},"
     "{\"<\":[{\"var\":\"employees\"},10]}]},5,6]}",
     "never taken"},
    {"", SME ",{\"id\":\"b\",\"if\":{\"in\":[{\"var\":\"size_class\"},[\"micro\",\"small\"]]}}",
     "5", "follows from the others"},
    {"",
     "{\"id\":\"a\",\"if\":{\"<\":[{\"var\":\"female_employees\"},{\"var\":\"employees\"}]}},"
     "{\"id\":\"b\",\"if\":{\"<\":[{\"var\":\"female_employees\"},{\"var\":\"employees\"}]}}",
     "5", "'b' repeats the condition 'a'"},
    /* what compares facts with each other is not judged */
    {"", "{\"id\":\"a\",\"if\":{\"<\":[{\"var\":\"female_employees\"},{\"var\":\"employees\"}]}}",
     "5", NULL},
};

static void policies_get_advice(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(policy_cases); i++) {
        const struct policy_case *c = &policy_cases[i];
        const char *text = arena_printf(
            &arena,
            "{\"kind\":\"policy\",\"id\":\"t\",\"version\":\"1\",\"name\":{\"vi\":\"a\",\"en\":"
            "\"a\"},"
            "\"valid\":{\"from\":\"2026-01-01\"},\"legal\":{\"document\":\"1\",\"article\":\"1\"},"
            "\"example\":true,\"parameters\":{%s},\"conditions\":[%s],\"amount\":%s,"
            "\"tests\":[{\"facts\":{},\"verdict\":\"unknown\"}]}",
            c->parameters, c->conditions, c->amount);
        const struct policy *policy = policy_read(&arena, parse(text), catalogue->facts, &faults);

        if (!policy)
            fail_msg("case %zu: %s", i, faults.items[0].text[LANG_EN]);
        policy_lint(&arena, catalogue, policy, &faults);
        if (c->warning ? !is_warned(c->warning) : faults.warnings != 0)
            fail_msg("case %zu: %s", i,
                     faults.warnings ? faults.items[0].text[LANG_EN] : "nothing");
    }
}

/* More constants than situations are tried: nothing is claimed about what was not tried. */
static void what_is_not_tried_is_not_judged(void **state)
{
    const char *never = "";
    const struct policy *policy;
    const char *text;

    (void)state;
    for (int i = 1; i <= 40; i++)
        never = arena_printf(&arena,
                             "%s{\"and\":[{\"==\":[{\"var\":\"employees\"},%d]},"
                             "{\"==\":[{\"var\":\"employees\"},%d]}]},",
                             never, 1000 + 10 * i, 1005 + 10 * i);
    text = arena_printf(
        &arena,
        "{\"kind\":\"policy\",\"id\":\"t\",\"version\":\"1\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
        "\"valid\":{\"from\":\"2026-01-01\"},\"legal\":{\"document\":\"1\",\"article\":\"1\"},"
        "\"example\":true,\"conditions\":[{\"id\":\"a\",\"if\":{\"or\":[%s"
        "{\"==\":[{\"var\":\"employees\"},5000]}]}}],\"amount\":5,"
        "\"tests\":[{\"facts\":{},\"verdict\":\"unknown\"}]}",
        never);
    policy = policy_read(&arena, parse(text), catalogue->facts, &faults);
    assert_non_null(policy);
    policy_lint(&arena, catalogue, policy, &faults);
    assert_int_equal(faults.warnings, 0);
}

/* A fact without a question is one that nobody can supply. */
static void facts_that_nobody_can_supply_are_named(void **state)
{
    const char *text =
        "{\"kind\":\"policy\",\"id\":\"t\",\"version\":\"1\",\"name\":{\"vi\":\"a\",\"en\":\"a\"},"
        "\"valid\":{\"from\":\"2026-01-01\"},\"legal\":{\"document\":\"1\",\"article\":\"1\"},"
        "\"conditions\":[{\"id\":\"a\",\"if\":{\">\":[{\"var\":\"employees\"},3]}}],"
        "\"tests\":[{\"facts\":{},\"verdict\":\"unknown\"}]}";
    struct fact *items = ARENA_ARRAY(&arena, struct fact, catalogue->facts->count);
    struct facts facts = *catalogue->facts;
    struct catalogue mute = *catalogue;
    const struct policy *policy;

    (void)state;
    memcpy(items, facts.items, facts.count * sizeof(*items));
    items[facts_find(&facts, "employees")].ask = (struct words){{NULL, NULL}};
    facts.items = items;
    mute.facts = &facts;
    policy = policy_read(&arena, parse(text), &facts, &faults);
    assert_non_null(policy);
    policy_lint(&arena, catalogue, policy, &faults);
    assert_int_equal(faults.warnings, 0);
    policy_lint(&arena, &mute, policy, &faults);
    assert_true(is_warned("nobody is asked for 'employees'"));
}

#define WORDS(text) "{\"vi\":\"" text "\",\"en\":\"" text "\"}"
#define YESNO(id, text, more) "{\"id\":\"" id "\",\"type\":\"yesno\",\"text\":" WORDS(text) more "}"

struct form_case {
    const char *total, *weight, *questions, *levels, *warning;
};

#define LEVELS                                                                                     \
    "{\"level\":0,\"name\":" WORDS("a") "},{\"level\":1,\"name\":" WORDS(                          \
        "b") ",\"from_percent\":50}"

static const struct form_case form_cases[] = {
    {"pooled", "1", YESNO("a", "Một", "") "," YESNO("b", "Hai", ""), LEVELS, NULL},
    {"pooled", "1", YESNO("a", "Một", "") "," YESNO("b", "MỘT!", ""), LEVELS, "stands twice"},
    {"pooled", "2", YESNO("a", "Một", ""), LEVELS, "dimension 'd' has no effect"},
    {"mean", "2", YESNO("a", "Một", ""), LEVELS, "dimension 'd' has no effect"},
    {"pooled", "1",
     YESNO("a", "Một",
           ",\"options\":[{\"id\":\"yes\",\"points\":1,\"text\":" WORDS("Có") ",\"officer\":" WORDS(
               "Sổ") "},{\"id\":\"no\",\"points\":0,\"text\":" WORDS("Không") ",\"officer\":" WORDS(
               "Sổ.") "}]"),
     LEVELS, "stands twice"},
    {"mean", "1", YESNO("a", "Một", ",\"weight\":3"), LEVELS, "alone in its dimension"},
    {"pooled", "1",
     YESNO("a", "Một",
           "") ",{\"id\":\"t\",\"type\":\"text\",\"weight\":2,\"text\":" WORDS("Hai") "}",
     LEVELS, "it is not scored"},
    {"pooled", "1",
     YESNO("a", "Một", "") "," YESNO(
         "b", "Hai",
         ",\"show_if\":{\"and\":["
         "{\"==\":[{\"var\":\"answers.a\"},\"yes\"]},{\"==\":[{\"var\":\"answers.a\"},\"no\"]}]}"),
     LEVELS, "never shown"},
    {"pooled", "1",
     YESNO("a", "Một", "") "," YESNO("b", "Hai",
                                     ",\"show_if\":{\"in\":["
                                     "{\"var\":\"answers.a\"},[\"yes\",\"no\"]]}"),
     LEVELS, "always true"},
    {"pooled", "1", YESNO("a", "Một", ""),
     LEVELS ",{\"level\":2,\"name\":" WORDS("c") ",\"above_percent\":100}",
     "no answers reach level 2"},
    {"pooled", "1", YESNO("a", "Một", ""),
     LEVELS ",{\"level\":2,\"name\":" WORDS("c") ",\"from_percent\":50}", "level 1 is never given"},
    {"pooled", "1", YESNO("a", "Một", ""),
     LEVELS ",{\"level\":2,\"name\":" WORDS("c") ",\"above_percent\":50}", NULL},
};

static void questionnaires_get_advice(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(form_cases); i++) {
        const struct form_case *c = &form_cases[i];
        const char *text = arena_printf(
            &arena,
            "{\"kind\":\"questionnaire\",\"id\":\"q\",\"version\":\"1\",\"title\":" WORDS(
                "a") ",\"total\":\"%s\","
                     "\"levels\":[%s],\"dimensions\":[{\"id\":\"d\",\"name\":" WORDS(
                         "a") ",\"weight\":%s,\"indicators\":"
                              "[{\"id\":\"i\",\"name\":" WORDS("a") ",\"questions\":[%s]}]}]}",
            c->total, c->levels, c->weight, c->questions);
        const struct questionnaire *q =
            questionnaire_read(&arena, parse(text), &catalogue->facts->schema, &faults);

        if (!q)
            fail_msg("case %zu: %s", i, faults.items[0].text[LANG_EN]);
        questionnaire_lint(&arena, q, &faults);
        scorer_lint(scorer_new(&arena, q, &faults), &faults);
        if (c->warning ? !is_warned(c->warning) : faults.warnings != 0)
            fail_msg("case %zu: %s", i,
                     faults.warnings ? faults.items[0].text[LANG_EN] : "nothing");
    }
}

/* What officers read beside each option: a sentence of its own in both languages. */
static void check_officer(const struct question *question, enum lang lang)
{
    for (size_t i = 0; i < question->option_count; i++) {
        const struct words *officer = &question->options[i].officer;

        if (!officer->in[lang] || strcmp(officer->in[lang], officer->in[LANG__MAX - 1 - lang]) == 0)
            fail_msg("%s, option %zu: no text in %s", question->id, i, lang_code(lang));
        for (size_t j = 0; j < i; j++) {
            if (strcmp(officer->in[lang], question->options[j].officer.in[lang]) == 0)
                fail_msg("%s: options %zu and %zu: '%s'", question->id, j, i, officer->in[lang]);
        }
    }
}

static void officers_are_told_what_to_look_for(void **state)
{
    static const char *const files[] = {"questionnaires/dbi-sme@2021.json",
                                        "questionnaires/household-quick@1.json"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
        const struct questionnaire *q =
            questionnaire_load(&arena, files[i], &catalogue->facts->schema, &faults);

        assert_non_null(q);
        for (size_t j = 0; j < q->question_count; j++) {
            for (int lang = 0; q->questions[j].is_scored && lang < LANG__MAX; lang++)
                check_officer(&q->questions[j], (enum lang)lang);
        }
        questionnaire_lint(&arena, q, &faults);
        assert_int_equal(faults.warnings, 0);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(policies_get_advice, setup, teardown),
    cmocka_unit_test_setup_teardown(what_is_not_tried_is_not_judged, setup, teardown),
    cmocka_unit_test_setup_teardown(facts_that_nobody_can_supply_are_named, setup, teardown),
    cmocka_unit_test_setup_teardown(questionnaires_get_advice, setup, teardown),
    cmocka_unit_test_setup_teardown(officers_are_told_what_to_look_for, setup, teardown),
};

RUN(tests)
