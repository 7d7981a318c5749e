/*
 * Any bytes as a response: refused with places, or one that scores within its bounds and is read
 * again as the same after it was written.
 */
#include "fuzz_survey.h"

#include "survey/quality.h"

#define INPUT_BYTES_MAX 20000

static struct response *read_text(struct arena *arena, const uint8_t *data, size_t size,
                                  struct faults *faults)
{
    const struct json *root = fuzz_parse(arena, data, size, faults);

    return root ? response_read(arena, root, fuzz_reference()->facts,
                                (struct questionnaire_source){.find = fuzz_find_survey}, NULL,
                                faults)
                : NULL;
}

static void check_score(const struct response *response, struct arena *arena)
{
    struct score *score = ARENA_NEW(arena, struct score);
    struct ratio percent;

    score_answers(fuzz_survey()->scorer, response->answers, score);
    percent = score_percent(&score->total);
    MUST(score->total.raw >= 0 && score->total.raw <= score->total.ceiling);
    MUST(!ratio_is_valid(percent) || (percent.num >= 0 && ratio_cmp(percent, ratio_of(100)) <= 0));
    MUST(score->total.answered + score->total.not_applicable <= score->total.asked);
}

static void write(struct buf *out, const struct response *response)
{
    struct json_writer w;

    buf_init(out, BUF_MAX_DEFAULT);
    json_writer_init(&w, out);
    response_write(&w, response);
}

static void check_again(const struct response *response, struct arena *arena)
{
    const struct response *copy;
    struct buf once, twice;
    struct faults faults;

    faults_init(&faults, arena);
    write(&once, response);
    copy = read_text(arena, (const uint8_t *)buf_text(&once), once.len, &faults);
    MUST(copy);
    write(&twice, copy);
    MUST(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
    buf_free(&once);
    buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct response *response;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    response = read_text(&arena, data, size, &faults);
    MUST(!response == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (response) {
        check_score(response, &arena);
        check_again(response, &arena);
    }
    arena_free(&arena);
    return 0;
}
