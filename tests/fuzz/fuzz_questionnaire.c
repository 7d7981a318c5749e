/*
 * Any bytes as a questionnaire: refused with places, or one that can be linted, scored and written
 * again.
 */
#include "fuzz.h"

#include "score/lint.h"
#include "survey/lint.h"

#define INPUT_BYTES_MAX 20000

/* Nobody has answered: no points, and a level of the file. */
static void score_nothing(struct arena *arena, const struct questionnaire *q,
                          const struct scorer *scorer)
{
    struct response *response = response_new(arena, q, fuzz_reference()->facts);
    struct score *score = ARENA_NEW(arena, struct score);
    struct score_line *lines = ARENA_ARRAY(arena, struct score_line, q->question_count);
    struct score_note notes[SCORE_NOTES_MAX];
    struct ratio sum = ratio_of(0), share;

    response_activate(response, arena);
    score_answers(scorer, response->answers, score);
    MUST(questionnaire_level(q, score->total.level));
    MUST(score_notes(score, arena, notes) <= SCORE_NOTES_MAX);
    score_ledger(score, response->answers, lines);
    for (size_t i = 0; i < q->question_count; i++)
        sum = ratio_add(sum, lines[i].contribution);
    share = score_percent(&score->total);
    MUST(!ratio_is_valid(share) || (ratio_is_valid(sum) && share.num == 0 && sum.num == 0) ||
         share.num > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct questionnaire *q = NULL;
    const struct scorer *scorer = NULL;
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root)
        q = questionnaire_read(&arena, root, &fuzz_reference()->facts->schema, &faults);
    MUST(!q == (faults.errors > 0));
    if (q) {
        questionnaire_lint(&arena, q, &faults);
        MUST(faults.errors == 0);
        scorer = scorer_new(&arena, q, &faults);
        MUST(!scorer == (faults.errors > 0));
    }
    if (scorer) {
        scorer_lint(scorer, &faults);
        score_nothing(&arena, q, scorer);
    }
    fuzz_check_faults(&faults);
    arena_free(&arena);
    return 0;
}
