/*
 * Responses scored per second: once they are parsed; from JSON text (parsed, checked, scored); and
 * the same against a given folder of responses. Prints "what responses-per-second sum-of-points".
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/workspace.h"
#include "base/file.h"

#define ROUNDS 5
#define SCORED 1000000
#define PARSED 50000
#define FILES_MAX 256

struct sample {
    struct workspace *ws;
    const struct facts *facts;
    size_t count;
    const char *names[FILES_MAX];
    char *texts[FILES_MAX];
    size_t lens[FILES_MAX];
    const struct response *responses[FILES_MAX];
    const struct scorer *scorers[FILES_MAX];
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench_score: %s: %s\n", what, why);
    exit(1);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* one core, whoever else runs */
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* From text to a response that was checked. */
static struct response *parse(const struct sample *s, size_t i, struct arena *arena)
{
    struct faults faults;
    struct response *response = NULL;
    const struct json *root;

    faults_init(&faults, arena);
    root = json_parse(arena, s->names[i], arena_strndup(arena, s->texts[i], s->lens[i]), s->lens[i],
                      &faults);
    if (root)
        response = response_read(arena, root, s->facts, workspace_source(s->ws), NULL, &faults);
    if (!response)
        die(s->names[i], faults.items[0].text[LANG_EN]);
    return response;
}

static void load(struct sample *s, struct arena *arena, const char *folder)
{
    const char **paths;
    struct err err;

    if (workspace_open(arena, NULL, &s->ws, &err) != OK)
        die("data", err.text[LANG_EN]);
    s->facts = workspace_reference(s->ws, &err)->facts;
    if (file_list(arena, folder, ".json", &paths, &s->count, &err) != OK)
        die(folder, err.text[LANG_EN]);
    if (s->count > FILES_MAX)
        s->count = FILES_MAX;
    for (size_t i = 0; i < s->count; i++) {
        s->names[i] = paths[i];
        if (file_read(arena, paths[i], RESPONSE_FILE_BYTES_MAX, &s->texts[i], &s->lens[i], &err) !=
            OK)
            die(paths[i], err.text[LANG_EN]);
        s->responses[i] = parse(s, i, arena);
        s->scorers[i] = workspace_scorer(s->ws, s->responses[i]->questionnaire->ref, &err);
    }
}

static int64_t score_one(const struct sample *s, size_t i, const struct answer *answers)
{
    struct score score;

    score_answers(s->scorers[i], answers, &score);
    return score.total.raw;
}

static int64_t score_parsed(const struct sample *s)
{
    int64_t sum = 0;

    for (size_t n = 0, i = 0; n < SCORED; n++, i = i + 1 == s->count ? 0 : i + 1)
        sum += score_one(s, i, s->responses[i]->answers);
    return sum;
}

static int64_t score_texts(const struct sample *s)
{
    struct arena arena;
    int64_t sum = 0;

    arena_init(&arena);
    for (size_t n = 0, i = 0; n < PARSED; n++, i = i + 1 == s->count ? 0 : i + 1) {
        sum += score_one(s, i, parse(s, i, &arena)->answers);
        arena_reset(&arena);
    }
    arena_free(&arena);
    return sum;
}

static void measure(const char *what, const struct sample *s, size_t count,
                    int64_t (*run)(const struct sample *))
{
    double rates[ROUNDS];
    int64_t sum = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();

        sum = run(s);
        rates[round] = (double)count / (seconds() - start);
    }
    qsort(rates, ROUNDS, sizeof(*rates), by_size);
    printf("%s %.0f %lld\n", what, rates[ROUNDS / 2], (long long)sum);
}

int main(int argc, char **argv)
{
    static struct sample sample;
    struct arena arena;

    arena_init(&arena);
    load(&sample, &arena, argc > 1 ? argv[1] : "tests/data/demo/responses");
    measure("parsed", &sample, SCORED, score_parsed);
    measure("text", &sample, PARSED, score_texts);
    arena_free(&arena);
    return 0;
}
