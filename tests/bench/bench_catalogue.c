/*
 * The whole catalogue over 100,000 enterprises, of which most facts are known of some and few of
 * others: deriving what can be derived (size, groups, age), then every policy on columns; first in
 * memory, then from a store, where the facts are also read and decoded.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/policymaking/match_all.h"
#include "policy/batch.h"

#define ENTERPRISES 100000

static uint64_t state = 2026;

static uint32_t roll(uint32_t n)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % n;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* one core, whoever else runs */
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct value random_value(const struct fact *fact)
{
    static const char *const sections[] = {"A", "C", "F", "G", "H", "I"};

    switch (fact->kind) {
    case FACT_YESNO:
        return value_bool(roll(2));
    case FACT_INTEGER:
        return value_int(fact->min + roll(fact->max < 300 ? (uint32_t)fact->max : 300));
    case FACT_MONEY:
        return value_int((int64_t)roll(400) * (fact->is_plan ? 1000000 : 1000000000));
    case FACT_PERCENT:
        return value_int(roll(101));
    case FACT_SECTION:
        return value_text(sections[roll(6)]);
    default:
        return value_unknown();
    }
}

static void fill(const struct facts *facts, struct value *values)
{
    uint32_t known = 3 + roll(6);

    for (size_t i = 0; i < facts->count; i++) {
        values[i] = value_unknown();
        if (!facts->items[i].is_derived && roll(8) < known)
            values[i] = random_value(&facts->items[i]);
    }
}

static void run(struct policy_batch *batch, const struct catalogue *catalogue, day on)
{
    struct value *values = calloc(catalogue->facts->count, sizeof(*values));
    struct policy_outcome *outcomes = calloc(BATCH_ROWS * catalogue->count, sizeof(*outcomes));
    const struct applicant *none[BATCH_ROWS] = {NULL};
    size_t verdicts[VERDICT__MAX] = {0};
    double deriving = 0, matching = 0;
    struct arena arena;

    arena_init(&arena);
    for (size_t done = 0; done < ENTERPRISES; done += BATCH_ROWS) {
        double start, derived;

        for (size_t i = 0; i < BATCH_ROWS; i++) {
            fill(catalogue->facts, values);
            start = seconds();
            (void)policy_batch_put(batch, i,
                                   applicant_new(&arena, catalogue, values, DAY_NONE, on, NULL));
            deriving += seconds() - start;
            arena_reset(&arena);
        }
        derived = seconds();
        policy_batch_run(batch, none, BATCH_ROWS, &arena, outcomes);
        matching += seconds() - derived;
        for (size_t i = 0; i < BATCH_ROWS * catalogue->count; i++)
            verdicts[outcomes[i].verdict]++;
        arena_reset(&arena);
    }
    printf("catalogue %d enterprises x %zu policies: deriving %.2f s, matching %.2f s (%.1f M "
           "verdicts/s; %zu eligible, %zu not, %zu unknown)\n",
           ENTERPRISES, catalogue->count, deriving, matching,
           (double)ENTERPRISES * (double)catalogue->count / matching / 1e6,
           verdicts[VERDICT_ELIGIBLE], verdicts[VERDICT_NOT_ELIGIBLE], verdicts[VERDICT_UNKNOWN]);
    arena_free(&arena);
    free(outcomes);
    free(values);
}

/* ---- from a store ---- */

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench_catalogue: %s: %s\n", what, why);
    exit(1);
}

static void put_enterprises(struct store *store, const struct catalogue *catalogue,
                            const struct questionnaire *q, const struct scorer *scorer)
{
    static const struct store_extra extra = {
        .size_class = "small", .catalogue_hash = "bench", .imported_at = "2026-11-23T08:00:00Z",
        .source = "bench"};
    size_t tax_code = facts_find(catalogue->facts, "tax_code");
    struct arena arena;
    struct err err;

    arena_init(&arena);
    if (store_begin(store, &err) != OK)
        die("begin", err.text[LANG_EN]);
    for (int i = 0; i < ENTERPRISES; i++) {
        struct response *response = response_new(&arena, q, catalogue->facts);
        struct store_put out;
        struct score score;

        fill(catalogue->facts, response->values);
        response->values[tax_code] = value_text(arena_printf(&arena, "%012d", i + 1));
        response->round = "2026";
        response->submitted_on = day_of(2026, 11, 1);
        score_answers(scorer, response->answers, &score);
        if (store_put_response(store, response, &score, &extra, &out, &err) != OK)
            die("put", err.text[LANG_EN]);
        if (i % 1000 == 999)
            arena_reset(&arena);
    }
    if (store_commit(store, &err) != OK)
        die("commit", err.text[LANG_EN]);
    arena_free(&arena);
}

static void run_store(const struct catalogue *catalogue, struct arena *arena, struct faults *faults,
                      day on)
{
    const struct questionnaire *q = questionnaire_load(arena, "questionnaires/dbi-sme@2021.json",
                                                       &catalogue->facts->schema, faults);
    const struct scorer *scorer = q ? scorer_new(arena, q, faults) : NULL;
    const char *path = arena_printf(arena, P_tmpdir "/dxready-bench-%d.db", (int)getpid());
    struct store_options options = {path, DB_CREATE, catalogue->facts, "2026-11-23T08:00:00Z"};
    struct store_filter everybody = STORE_FILTER_NONE;
    struct match_totals totals;
    struct app_context app;
    struct store *store;
    struct err err;
    double start;

    if (!scorer)
        die("questionnaire", faults->items[0].text[LANG_EN]);
    if (store_open(&store, &options, &err) != OK)
        die("store", err.text[LANG_EN]);
    put_enterprises(store, catalogue, q, scorer);
    app = (struct app_context){.store = store, .today = on};
    start = seconds();
    if (match_store(&app, &everybody, catalogue, true, arena, &totals, &err) != OK)
        die("match", err.text[LANG_EN]);
    printf("catalogue %zu stored assessments x %zu policies: %.2f s\n", totals.matched,
           totals.count, seconds() - start);
    store_close(store);
    unlink(path);
}

int main(void)
{
    const struct catalogue *catalogue;
    struct policy_batch *batch;
    struct faults faults;
    struct arena arena;
    day on = day_of(2026, 11, 23);

    arena_init(&arena);
    faults_init(&faults, &arena);
    catalogue = catalogue_load(&arena, "policies", NULL, &faults);
    if (!catalogue) {
        fprintf(stderr, "bench_catalogue: policies: %s\n", faults.items[0].text[LANG_EN]);
        return 1;
    }
    batch = policy_batch_new(&arena, catalogue, on);
    run(batch, catalogue, on);
    run_store(catalogue, &arena, &faults, on);
    arena_free(&arena);
    return 0;
}
