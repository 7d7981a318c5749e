/*
 * Any bytes as stored answers or facts, as a damaged database would give them: refused, or content
 * that is written again as the same bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/codec.h"

#define INPUT_BYTES_MAX 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is decoded against: the questionnaire with every kind of question. */
static const struct questionnaire *questionnaire;
static const struct facts *facts;
static struct fact_keys keys;

static void load(void)
{
    static struct arena arena;
    static struct faults faults;

    faults_init(&faults, &arena);
    facts = facts_load(&arena, "policies", &faults);
    if (facts)
        questionnaire =
            questionnaire_load(&arena, "tests/data/all-types@1.json", &facts->schema, &faults);
    if (!questionnaire) {
        fprintf(stderr, "fuzz_answers_blob: run me in the folder of the sources\n");
        exit(1);
    }
    for (size_t i = 0; i < facts->count; i++) {
        if (!facts->items[i].is_derived)
            fact_keys_set(&keys, i, (uint32_t)i + 1);
    }
}

static void check_same(const struct buf *again, const uint8_t *data, size_t size)
{
    if (again->len != size || memcmp(again->data, data, size) != 0)
        abort();
}

static void try_answers(struct arena *arena, const uint8_t *data, size_t size)
{
    struct answer *answers = ARENA_ARRAY(arena, struct answer, questionnaire->question_count);
    struct buf again;

    if (!codec_read_answers(data, size, questionnaire, answers))
        return;
    buf_init(&again, CODEC_BYTES_MAX);
    codec_write_answers(&again, questionnaire, answers);
    check_same(&again, data, size);
    buf_free(&again);
}

/* Facts that are not known are passed over: what is written again is read as the same. */
static void try_facts(struct arena *arena, const uint8_t *data, size_t size)
{
    struct value *values = ARENA_ARRAY(arena, struct value, facts->count);
    struct value *copy = ARENA_ARRAY(arena, struct value, facts->count);
    struct buf again;

    if (!codec_read_facts(data, size, facts, &keys, arena, values))
        return;
    buf_init(&again, CODEC_BYTES_MAX);
    codec_write_facts(&again, facts, &keys, values);
    if (!codec_read_facts(again.data, again.len, facts, &keys, arena, copy))
        abort();
    for (size_t i = 0; i < facts->count; i++) {
        if (values[i].kind != copy[i].kind ||
            (values[i].kind != VALUE_UNKNOWN && !value_equal(&values[i], &copy[i])))
            abort();
    }
    buf_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    if (!facts)
        load();
    arena_init(&arena);
    try_answers(&arena, data, size);
    try_facts(&arena, data, size);
    arena_free(&arena);
    return 0;
}
