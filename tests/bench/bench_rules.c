/*
 * Rules per second of one rule with eight conditions (rules-js/rule.json), row by row and over
 * columns, on the same rows as rules-js/bench.js. Prints "what data rules-per-second eligible".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "rule/batch.h"

#define ROWS 100000
#define ROUNDS 7
#define PASSES 10

static const char *const forms[] = {"enterprise", "cooperative", "household"};
static const char *const sizes[] = {"micro", "small", "medium", "not-sme"};
static const char *const sections[] = {"A", "C", "F", "G", "H", "I", "J", "K", "L", "M"};

enum { FORM, SIZE, SECTION, EMPLOYEES, REVENUE, AGE, LEVEL, PRIVATE, FACTS };

static const struct rule_fact declared[FACTS] = {
    {"form", TYPE_TEXT, forms, 3},         {"size_class", TYPE_TEXT, sizes, 4},
    {"section", TYPE_TEXT, sections, 10},  {"employees", TYPE_NUMBER, NULL, 0},
    {"revenue_vnd", TYPE_NUMBER, NULL, 0}, {"age_years", TYPE_NUMBER, NULL, 0},
    {"level", TYPE_NUMBER, NULL, 0},       {"private_sector", TYPE_BOOL, NULL, 0},
};

static const struct batch_fact stored[FACTS] = {
    {true, 1, 3, 0},
    {true, 1, 4, 0},
    {true, 1, 10, 0},
    {true, 1, 1000000, 0},
    {true, 1, INT64_C(9000000000000000), 0},
    {true, 1, 300, 0},
    {true, 1, 20, 0},
    {true, 1, 1, 0},
};

static int64_t rows[ROWS][FACTS];
static int64_t columns[FACTS][ROWS];
static uint32_t state;

static uint32_t roll(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 16) % n;
}

static void make_row(int64_t *row, uint32_t percent)
{
    row[FORM] = roll(100) < percent ? 0 : 1 + roll(2);
    row[SIZE] = roll(100) < percent ? roll(3) : 3;
    row[SECTION] = roll(100) < percent ? roll(6) : 6 + roll(4);
    row[EMPLOYEES] = roll(100) < percent ? roll(201) : 201 + roll(800);
    row[REVENUE] = (int64_t)(roll(100) < percent ? roll(300) : 301 + roll(700)) * 1000000000;
    row[AGE] = roll(100) < percent ? 1 + roll(30) : 0;
    row[LEVEL] = roll(100) < percent ? 2 + roll(4) : roll(2);
    row[PRIVATE] = roll(100) < percent;
}

static void make_rows(uint32_t percent)
{
    state = 2026;
    for (size_t i = 0; i < ROWS; i++) {
        make_row(rows[i], percent);
        for (size_t j = 0; j < FACTS; j++)
            columns[j][i] = rows[i][j];
    }
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static size_t by_rows(const struct batch_program *program, struct batch_scratch *scratch)
{
    size_t eligible = 0;

    (void)scratch;
    for (size_t i = 0; i < ROWS; i++)
        eligible += batch_row_truth(program, rows[i]) == BATCH_TRUE;
    return eligible;
}

static size_t by_columns(const struct batch_program *program, struct batch_scratch *scratch)
{
    static uint8_t truths[BATCH_ROWS];
    size_t eligible = 0;

    for (size_t at = 0; at < ROWS; at += BATCH_ROWS) {
        size_t count = ROWS - at < BATCH_ROWS ? ROWS - at : BATCH_ROWS;
        const int64_t *block[FACTS];

        for (size_t j = 0; j < FACTS; j++)
            block[j] = &columns[j][at];
        batch_run_truth(program, block, count, scratch, truths);
        for (size_t i = 0; i < count; i++)
            eligible += truths[i] == BATCH_TRUE;
    }
    return eligible;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void measure(const char *what, const char *data,
                    size_t (*run)(const struct batch_program *, struct batch_scratch *),
                    const struct batch_program *program, struct batch_scratch *scratch)
{
    double rates[ROUNDS];
    size_t eligible = 0;

    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();

        for (int pass = 0; pass < PASSES; pass++)
            eligible = run(program, scratch);
        rates[round] = (double)ROWS * PASSES / (seconds() - start);
    }
    qsort(rates, ROUNDS, sizeof(*rates), by_size);
    printf("%s %s %.0f %zu\n", what, data, rates[ROUNDS / 2], eligible);
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "tests/bench/rules-js/rule.json";
    const struct batch_program *program;
    struct batch_scratch *scratch;
    struct rule_schema schema;
    const struct rule_node *rule;
    struct faults faults;
    struct arena arena;

    arena_init(&arena);
    faults_init(&faults, &arena);
    rule_schema_init(&schema, &arena, declared, FACTS);
    rule = rule_compile(&arena, json_load(&arena, path, &faults), &schema, &faults);
    program = rule ? batch_compile(&arena, rule, &schema, stored, NULL) : NULL;
    if (!program) {
        fprintf(stderr, "bench_rules: %s cannot be compiled\n", path);
        return 1;
    }
    scratch = batch_scratch_new(&arena);
    for (int all = 0; all < 2; all++) {
        make_rows(all ? 100 : 79);
        measure("dxready-rows", all ? "all-true" : "mixed", by_rows, program, scratch);
        measure("dxready-columns", all ? "all-true" : "mixed", by_columns, program, scratch);
    }
    arena_free(&arena);
    return 0;
}
