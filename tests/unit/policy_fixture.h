#ifndef TESTS_UNIT_POLICY_FIXTURE_H
#define TESTS_UNIT_POLICY_FIXTURE_H

#include "test.h"

#include "policy/match.h"

/* The project's own catalogue, loaded anew for each test. */

#define TODAY day_of(2026, 11, 23)

static struct arena arena;
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
    faults_init(&faults, &arena);
    catalogue = catalogue_load(&arena, "policies", NULL, &faults);
    if (!catalogue)
        fail_with_faults("policies");
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

#endif
