/*
 * Any bytes as packages of work for the questionnaire of every kind of question: refused with
 * places, or advice for somebody who has answered nothing, whatever it is.
 */
#include "fuzz_survey.h"

#include "score/advice.h"

#define INPUT_BYTES_MAX 20000

static void check_advice(struct arena *arena, const struct packages *packages)
{
    struct response *response = response_new(arena, packages->q, fuzz_reference()->facts);
    struct score *score = ARENA_NEW(arena, struct score);
    struct advice advice;
    struct err err;

    response_activate(response, arena);
    score_answers(fuzz_survey()->scorer, response->answers, score);
    if (advise(arena, packages, score, response, 1, &advice, &err) != OK) {
        fuzz_check_err(&err);
        return;
    }
    MUST(advice.count <= packages->count && advice.minimum.count <= packages->count);
    MUST(advice.months >= 0 && advice.months <= ADVICE_MONTHS_MAX);
    MUST(advice.is_reached == (ratio_cmp(advice.short_points, ratio_of(0)) == 0 &&
                               advice.short_dimensions == 0));
    for (size_t i = 0; i < advice.count; i++)
        MUST(ratio_cmp(advice.items[i].effort, ratio_of(0)) >= 0 && advice.items[i].months >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct packages *packages = NULL;
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root) {
        (void)packages_questionnaire(root);
        packages = packages_read(&arena, root, fuzz_survey()->q, &faults);
    }
    MUST(!packages == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (packages)
        check_advice(&arena, packages);
    arena_free(&arena);
    return 0;
}
