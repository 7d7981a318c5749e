#include "policy_fixture.h"

#include "base/file.h"

/*
 * tests/data/policies/seven.txt: cases of the seven policies that scripts rely on, written so that
 * a lawyer can check them: facts, verdict, amount, article.
 */
static const char *const names[][2] = {
    {"ngành", "section"},
    {"lđ", "employees"},
    {"nữ", "female_employees"},
    {"dt", "revenue_vnd"},
    {"vốn", "capital_vnd"},
    {"lập", "founded_on"},
    {"loại", "form"},
    {"vốnnữ", "women_capital_percent"},
    {"nữql", "women_managed"},
    {"dnxh", "social_enterprise"},
    {"khn", "innovative_startup"},
    {"cụm", "in_cluster"},
    {"chuỗi", "in_value_chain"},
    {"đbkk", "difficult_area"},
    {"quỹ", "smedf_confirmed"},
    {"tvcđs", "plans.dx_consulting_vnd"},
    {"gp", "plans.dx_solution_vnd"},
    {"tv", "plans.consulting_vnd"},
    {"hp", "plans.management_training_vnd"},
    {"đt", "plans.investment_vnd"},
    {"tự", "plans.equity_vnd"},
};

static size_t fact_named(const char *name)
{
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (strcmp(names[i][0], name) == 0)
            return facts_find(catalogue->facts, names[i][1]);
    }
    return MAP_NONE;
}

/* "40tr" is 40000000, "3tỷ" 3000000000; others stay as they are. */
static const char *without_unit(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    if (strcmp(text + digits, "tr") == 0)
        return arena_printf(&arena, "%.*s000000", (int)digits, text);
    if (strcmp(text + digits, "tỷ") == 0)
        return arena_printf(&arena, "%.*s000000000", (int)digits, text);
    return text;
}

static struct value read_one(size_t fact, const char *text)
{
    struct value value;

    if (!fact_read_text(catalogue->facts, fact, without_unit(text), DAY_NONE,
                        (struct place){"seven.txt", 0, ""}, &arena, &faults, &value))
        fail_with_faults(text);
    return value;
}

/* "80tr+120tr" are two contracts. */
static struct value read_value(size_t fact, char *text)
{
    struct value list = {.kind = VALUE_LIST};
    struct value *items = ARENA_ARRAY(&arena, struct value, FACT_LIST_MAX);
    char *rest = NULL;

    if (!strchr(text, '+'))
        return read_one(fact, text);
    for (char *one = strtok_r(text, "+", &rest); one; one = strtok_r(NULL, "+", &rest))
        items[list.count++] = read_one(fact, one);
    list.items = items;
    return list;
}

static const struct applicant *read_applicant(const char *text, day on)
{
    struct value *values = ARENA_ARRAY(&arena, struct value, catalogue->facts->count);
    char *copy = arena_strdup(&arena, text), *rest = NULL;

    for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(word, '=');
        size_t fact;

        assert_non_null(equals);
        *equals = '\0';
        fact = fact_named(word);
        if (fact == MAP_NONE)
            fail_msg("no fact '%s' in '%s'", word, text);
        values[fact] = read_value(fact, equals + 1);
    }
    return applicant_new(&arena, catalogue, values, DAY_NONE, on, NULL);
}

/* Where the verdict comes from: the policy's article, or that of the first condition that fails. */
static const char *basis_of(const struct policy_match *match)
{
    if (match->verdict != VERDICT_NOT_ELIGIBLE)
        return match->policy->article;
    if (!match->is_in_force)
        return "hiệu lực";
    for (size_t i = 0; i < match->policy->condition_count; i++) {
        if (match->conditions[i].truth == TRUTH_FALSE)
            return match->conditions[i].condition->legal;
    }
    return "?";
}

enum column { COLUMN_POLICY, COLUMN_ON, COLUMN_FACTS, COLUMN_VERDICT, COLUMN_AMOUNT, COLUMN_BASIS };
#define COLUMNS 6

static char *trimmed(char *text)
{
    size_t len;

    text += strspn(text, " ");
    for (len = strlen(text); len && text[len - 1] == ' '; len--)
        text[len - 1] = '\0';
    return text;
}

static void split(char *line, char *columns[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) {
        char *bar = strchr(line, '|');

        assert_true((bar != NULL) == (i + 1 < COLUMNS));
        if (bar)
            *bar = '\0';
        columns[i] = trimmed(line);
        line = bar ? bar + 1 : line;
    }
}

static void run_row(char *line, size_t number)
{
    const struct policy *policy;
    struct policy_match match;
    const char *amount;
    char *columns[COLUMNS];
    day on;

    split(line, columns);
    policy = catalogue_find(catalogue, columns[COLUMN_POLICY]);
    assert_non_null(policy);
    assert_true(day_parse_iso(columns[COLUMN_ON], strlen(columns[COLUMN_ON]), &on));
    policy_match_one(read_applicant(columns[COLUMN_FACTS], on), policy, &arena, &match);
    amount = match.has_amount ? arena_printf(&arena, "%lld", (long long)match.amount_vnd) : "-";
    if (strcmp(verdict_code(match.verdict), columns[COLUMN_VERDICT]) != 0 ||
        strcmp(amount, without_unit(columns[COLUMN_AMOUNT])) != 0 ||
        strcmp(basis_of(&match), columns[COLUMN_BASIS]) != 0)
        fail_msg("seven.txt:%zu: %s, %s: %s %s by %s, not %s %s by %s", number, policy->id,
                 columns[COLUMN_FACTS], verdict_code(match.verdict), amount, basis_of(&match),
                 columns[COLUMN_VERDICT], columns[COLUMN_AMOUNT], columns[COLUMN_BASIS]);
}

static void seven_policies_decide_as_the_table_says(void **state)
{
    size_t number = 0, rows = 0, len;
    struct err err;
    char *line;

    (void)state;
    assert_int_equal(file_read(&arena, "tests/data/policies/seven.txt", 1 << 20, &line, &len, &err),
                     OK);
    while (*line) {
        char *end = strchr(line, '\n');

        *end = '\0';
        number++;
        if (*line && *line != '#') {
            run_row(line, number);
            rows++;
        }
        line = end + 1;
    }
    assert_true(rows >= 120);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(seven_policies_decide_as_the_table_says, setup, teardown),
};

RUN(tests)
