#ifndef TESTS_UNIT_ARENA_FIXTURE_H
#define TESTS_UNIT_ARENA_FIXTURE_H

#include "test.h"

#include "base/fault.h"

/* What tests need that make things in memory and find faults: an arena for each, and an empty list.
 */
static struct arena arena;
static struct faults faults __attribute__((unused));

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    faults_init(&faults, &arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

#endif
