/*
 * Any bytes as [rule, data]: compiled as plain JsonLogic and evaluated, and compiled against the
 * facts of enterprises, evaluated without any, and put into words.
 */
#include "fuzz.h"

#include "rule/lint.h"
#include "rule/words.h"

#define INPUT_BYTES_MAX 8000

static void check_result(const struct rule_result *result)
{
    struct json_writer w;
    struct buf out;

    MUST(result->missing_count <= RULE_MISSING_MAX);
    MUST(result->truth == TRUTH_UNKNOWN || result->value.kind != VALUE_UNKNOWN);
    MUST(result->value.kind != VALUE_NUMBER || ratio_is_valid(result->value.number));
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    value_write(&w, &result->value);
    buf_free(&out);
}

static void try_plain(struct arena *arena, const struct json *rule, const struct json *data)
{
    struct rule_result *result = ARENA_NEW(arena, struct rule_result);
    const struct rule_node *node;
    struct faults faults;
    struct value root;

    faults_init(&faults, arena);
    node = rule_compile(arena, rule, NULL, &faults);
    MUST(!node == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (!node)
        return;
    root = value_of_json(arena, data);
    rule_eval(node, &(struct rule_data){.root = &root}, arena, result);
    check_result(result);
}

static const char *label(void *context, size_t fact, enum lang lang)
{
    const struct facts *facts = context;

    return facts->items[fact].label.in[lang];
}

static const char *print(void *context, size_t fact, const struct value *value, enum lang lang,
                         struct arena *arena)
{
    return fact_print(context, fact, value, DAY_NONE, lang, arena);
}

static void try_facts(struct arena *arena, const struct json *rule)
{
    const struct facts *facts = fuzz_reference()->facts;
    struct value *values = ARENA_ARRAY(arena, struct value, facts->count);
    struct rule_data data = {.schema = &facts->schema, .facts = values};
    struct rule_speaker speaker = {label, print, (void *)(uintptr_t)facts};
    struct rule_result *result = ARENA_NEW(arena, struct rule_result);
    const struct rule_node *node;
    struct faults faults;

    faults_init(&faults, arena);
    node = rule_compile(arena, rule, &facts->schema, &faults);
    MUST(!node == (faults.errors > 0));
    fuzz_check_faults(&faults);
    if (!node)
        return;
    rule_eval(node, &data, arena, result);
    check_result(result);
    for (int lang = 0; lang < LANG__MAX; lang++)
        MUST(rule_words(node, &data, &speaker, (enum lang)lang, arena));
    (void)lint_rule(node, &facts->schema, values, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct json *root;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    if (root && root->type == JSON_ARRAY && root->count == 2) {
        try_plain(&arena, &root->items[0], &root->items[1]);
        try_facts(&arena, &root->items[0]);
    }
    arena_free(&arena);
    return 0;
}
