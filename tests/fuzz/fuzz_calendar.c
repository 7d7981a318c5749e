/* Any bytes as the calendar of holidays: refused with places, or deadlines that fall on workdays. */
#include "fuzz.h"

#include "policy/calendar.h"

#define INPUT_BYTES_MAX 20000
#define STEPS 40

static bool is_off(const struct calendar *calendar, day d)
{
    for (size_t i = 0; i < calendar->off_count; i++) {
        if (calendar->off[i] == d)
            return true;
    }
    return false;
}

/* Each further working day is a later one, and no holiday. */
static void check_deadlines(const struct calendar *calendar, day start)
{
    enum deadline_certainty certainty;
    day before = start;

    for (int n = 1; n <= STEPS; n++) {
        day d = calendar_deadline(calendar, start, n, &certainty);

        MUST(d > before && !is_off(calendar, d));
        MUST((d <= calendar->to && start >= calendar->from) || certainty == DEADLINE_BEYOND);
        before = d;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct calendar *calendar = NULL;
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root)
        calendar = calendar_read(&arena, root, &faults);
    MUST(!calendar == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (calendar) {
        check_deadlines(calendar, calendar->from);
        check_deadlines(calendar, calendar->to);
        if (calendar->off_count)
            check_deadlines(calendar, calendar->off[0] - 1);
    }
    arena_free(&arena);
    return 0;
}
