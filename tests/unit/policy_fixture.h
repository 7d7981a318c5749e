#ifndef TESTS_UNIT_POLICY_FIXTURE_H
#define TESTS_UNIT_POLICY_FIXTURE_H

#include "test.h"

#include "policy/match.h"

/* The project's own catalogue, loaded once; what a test makes besides lives in `arena`. */

#define TODAY day_of(2026, 11, 23)

static struct arena arena, catalogue_arena;
static struct faults faults;
static const struct catalogue *catalogue;

static inline void fail_with_faults(const char *what)
{
    for (size_t i = 0; i < faults.count; i++)
        print_error("%s:%d: %s: %s\n", faults.items[i].place.file, faults.items[i].place.line,
                    faults.items[i].place.pointer, faults.items[i].text[LANG_EN]);
    fail_msg("%s: %zu faults", what, faults.errors);
}

static inline int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    if (!catalogue) {
        faults_init(&faults, &catalogue_arena);
        catalogue = catalogue_load(&catalogue_arena, "policies", NULL, &faults);
    }
    if (!catalogue)
        fail_with_faults("policies");
    faults_init(&faults, &arena);
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* Facts from text: "employees=45 revenue_vnd=38000000000 form=enterprise". */
static inline struct value *facts_of(const char *text)
{
    struct value *values = ARENA_ARRAY(&arena, struct value, catalogue->facts->count);
    char *copy = arena_strdup(&arena, text);

    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
        char *equals = strchr(word, '=');
        size_t fact;

        *equals = '\0';
        fact = facts_find(catalogue->facts, word);
        if (fact == MAP_NONE)
            fail_msg("no fact %s", word);
        if (!fact_read_text(catalogue->facts, fact, equals + 1, DAY_NONE,
                            (struct place){"test", 0, ""}, &arena, &faults, &values[fact]))
            fail_with_faults(text);
    }
    return values;
}

static inline const struct applicant *applicant_on(const char *text, day on)
{
    return applicant_new(&arena, catalogue, facts_of(text), DAY_NONE, on, NULL);
}

/* Numbers near the bounds that laws draw, where mistakes live. */
static inline int64_t random_integer(struct dice *dice, const struct fact *fact)
{
    static const int64_t bounds[] = {0,   1,   3,    5,     10,     11,       50,
                                     100, 200, 1000, 20000, 500000, 100000000};
    int64_t n = bounds[dice_roll(dice, ARRAY_SIZE(bounds))] + (int64_t)dice_roll(dice, 3) - 1;

    if (fact->kind == FACT_MONEY && dice_roll(dice, 4))
        n = (int64_t)dice_roll(dice, 400) * (dice_roll(dice, 2) ? 1000000 : 500000000) +
            (int64_t)dice_roll(dice, 2);
    return n < fact->min ? fact->min : n > fact->max ? fact->max : n;
}

static inline struct value random_list(struct dice *dice, const struct fact *fact)
{
    struct value list = {.kind = VALUE_LIST, .count = dice_roll(dice, 4)};
    struct value *items = ARENA_ARRAY(&arena, struct value, list.count);

    for (size_t i = 0; i < list.count; i++)
        items[i] = value_int(random_integer(dice, fact));
    list.items = items;
    return list;
}

static inline struct value random_value(struct dice *dice, const struct fact *fact)
{
    static const char *const sections[] = {"A", "C", "F", "G", "K"};

    switch (fact->kind) {
    case FACT_YESNO:
        return value_bool(dice_roll(dice, 2));
    case FACT_INTEGER:
        return value_int(random_integer(dice, fact));
    case FACT_MONEY:
        return fact->is_plan && !dice_roll(dice, 5) ? random_list(dice, fact)
                                                    : value_int(random_integer(dice, fact));
    case FACT_PERCENT:
        return value_number(ratio_make((wide)(400 + dice_roll(dice, 20)), 8));
    case FACT_DATE:
        return value_day(&arena, day_of(2017, 1, 1) + (day)dice_roll(dice, 3700));
    case FACT_SECTION:
        return value_text(sections[dice_roll(dice, ARRAY_SIZE(sections))]);
    case FACT_CHOICE:
        return value_text(fact->choices[dice_roll(dice, fact->choice_count)].id);
    default:
        return value_unknown();
    }
}

/* The facts of an enterprise, of which about `known` in 8 are known. */
static inline struct value *random_values(struct dice *dice, size_t known)
{
    struct value *values = ARENA_ARRAY(&arena, struct value, catalogue->facts->count);

    for (size_t i = 0; i < catalogue->facts->count; i++) {
        const struct fact *fact = &catalogue->facts->items[i];

        if (!fact->is_derived && dice_roll(dice, 8) < known)
            values[i] = random_value(dice, fact);
    }
    return values;
}

static inline const struct applicant *random_applicant(struct dice *dice, size_t known, day on)
{
    return applicant_new(&arena, catalogue, random_values(dice, known), DAY_NONE, on, NULL);
}

#endif
