#include "arena_fixture.h"

#include "base/json.h"
#include "rule/batch.h"

static const char *const sizes[] = {"micro", "small", "medium"};
static const struct rule_fact declared[] = {
    {"n", TYPE_NUMBER, NULL, 0},       {"m", TYPE_NUMBER, NULL, 0},
    {"percent", TYPE_NUMBER, NULL, 0}, {"flag", TYPE_BOOL, NULL, 0},
    {"size", TYPE_TEXT, sizes, 3},     {"since", TYPE_DATE, NULL, 0},
    {"rate", TYPE_NUMBER, NULL, 0}, /* fixed, as a parameter */
    {"until", TYPE_DATE, NULL, 0},
};
#define FACTS ARRAY_SIZE(declared)

static const struct batch_fact stored[FACTS] = {
    {true, 1, 1000000, 0},     {true, 1, INT64_C(9000000000000000), 0},
    {true, 10000, 1000000, 0}, {true, 1, 1, 0},
    {true, 1, 64, 0},          {true, 1, 100000, 0},
    {false, 1, 1, 0},          {true, 1, 100000, -100000}};

/* ---- random rules that policies could have ---- */

static void random_number(struct dice *dice, int depth, struct buf *out)
{
    static const char *const ops[] = {"+", "-", "min", "max", "*"};
    static const char *const names[] = {"n", "m", "percent", "rate"};

    switch (depth ? dice_roll(dice, 8) : dice_roll(dice, 2)) {
    case 0:
        buf_printf(out, "%zu", dice_roll(dice, 6));
        break;
    case 1:
        buf_printf(out, "{\"var\":\"%s\"}", names[dice_roll(dice, 4)]);
        break;
    case 2:
        buf_printf(out, "{\"*\":[%s,", dice_roll(dice, 2) ? "{\"var\":\"rate\"}" : "2.5");
        random_number(dice, depth - 1, out);
        buf_puts(out, "]}");
        break;
    case 3: /* as parameters picked by a choice are written out: nothing where there is none */
        buf_puts(out, "{\"if\":[{\"==\":[{\"var\":\"size\"},\"small\"]},");
        random_number(dice, depth - 1, out);
        buf_puts(out, ",{\"var\":\"flag\"},0.5,null]}");
        break;
    default:
        buf_printf(out, "{\"%s\":[", ops[dice_roll(dice, 5)]);
        random_number(dice, depth - 1, out);
        buf_putc(out, ',');
        random_number(dice, depth - 1, out);
        buf_puts(out, "]}");
    }
}

static void random_condition(struct dice *dice, int depth, struct buf *out)
{
    static const char *const compare[] = {"<", "<=", ">", ">=", "==", "!="};
    size_t kind = depth ? dice_roll(dice, 10) : 4 + dice_roll(dice, 6);

    switch (kind) {
    case 0:
    case 1:
        buf_printf(out, "{\"%s\":[", kind ? "or" : "and");
        for (size_t i = 0, n = 1 + dice_roll(dice, 3); i < n; i++) {
            buf_puts(out, i ? "," : "");
            random_condition(dice, depth - 1, out);
        }
        buf_puts(out, "]}");
        break;
    case 2:
        buf_puts(out, "{\"!\":");
        random_condition(dice, depth - 1, out);
        buf_putc(out, '}');
        break;
    case 3:
        buf_puts(out, "{\"if\":[");
        for (int i = 0; i < 3; i++) {
            buf_puts(out, i ? "," : "");
            random_condition(dice, depth - 1, out);
        }
        buf_puts(out, "]}");
        break;
    case 4:
        buf_puts(out, "{\"in\":[{\"var\":\"size\"},[\"micro\",\"medium\"]]}");
        break;
    case 5:
        buf_puts(out, "{\"==\":[{\"var\":\"flag\"},true]}");
        break;
    case 6:
        buf_printf(out, "{\"%s\":[{\"var\":\"since\"},\"2020-01-0%zu\"]}",
                   compare[dice_roll(dice, 4)], 1 + dice_roll(dice, 5));
        break;
    case 8:
        buf_printf(out, "{\"%s\":[{\"var\":\"since\"},{\"var\":\"until\"}]}",
                   compare[dice_roll(dice, 6)]);
        break;
    case 7:
        buf_printf(out, "{\"<=\":[1,{\"var\":\"n\"},%zu]}", dice_roll(dice, 6));
        break;
    default:
        buf_printf(out, "{\"%s\":[", compare[dice_roll(dice, 6)]);
        random_number(dice, 2, out);
        buf_putc(out, ',');
        random_number(dice, 2, out);
        buf_puts(out, "]}");
    }
}

static void random_row(struct dice *dice, struct value *values)
{
    for (size_t i = 0; i < FACTS; i++)
        values[i] = value_unknown();
    if (dice_roll(dice, 4))
        values[0] = value_int((int64_t)dice_roll(dice, 6));
    if (dice_roll(dice, 4))
        values[1] = value_int((int64_t)dice_roll(dice, 6));
    if (dice_roll(dice, 4))
        values[2] = value_number(ratio_make((wide)dice_roll(dice, 24), 4));
    if (dice_roll(dice, 4))
        values[3] = value_bool(dice_roll(dice, 2));
    if (dice_roll(dice, 4))
        values[4] = value_text(sizes[dice_roll(dice, 3)]);
    if (dice_roll(dice, 4))
        values[5] = value_day(&arena, day_of(2020, 1, 1) + (day)dice_roll(dice, 6));
    values[6] = value_number(ratio_make(1, 3));
    if (dice_roll(dice, 4))
        values[7] = value_day(&arena, day_of(2020, 1, 1) + (day)dice_roll(dice, 6));
}

#define ROWS 64

struct table {
    struct value values[ROWS][FACTS];
    int64_t cells[FACTS][ROWS];
    const int64_t *columns[FACTS];
};

static void fill(struct dice *dice, struct table *table)
{
    for (size_t row = 0; row < ROWS; row++) {
        random_row(dice, table->values[row]);
        for (size_t i = 0; i < FACTS; i++)
            assert_true(i == 6 || batch_encode(&declared[i], &stored[i], &table->values[row][i],
                                               &table->cells[i][row]));
    }
    for (size_t i = 0; i < FACTS; i++)
        table->columns[i] = table->cells[i];
}

static const struct rule_node *parse_rule(const struct rule_schema *schema, struct buf *text)
{
    const struct json *json =
        json_parse(&arena, "r", arena_strdup(&arena, buf_text(text)), text->len, &faults);
    const struct rule_node *rule = json ? rule_compile(&arena, json, schema, &faults) : NULL;

    if (!rule)
        fail_msg("%s: %s", buf_text(text), faults.items[0].text[LANG_EN]);
    return rule;
}

/* Compiled programs say what the interpreter says, on columns and on single rows. */
static void agrees_with_the_interpreter(void **state)
{
    static const enum batch_truth codes[] = {
        [TRUTH_FALSE] = BATCH_FALSE, [TRUTH_TRUE] = BATCH_TRUE, [TRUTH_UNKNOWN] = BATCH_OPEN};
    struct value fixed[FACTS] = {[6] = value_number(ratio_make(1, 3))};
    struct table *table = malloc(sizeof(*table));
    struct dice dice = {3090};
    size_t compiled = 0;
    struct buf text;

    (void)state;
    buf_init(&text, 1 << 20);
    for (int round = 0; round < 3000; round++) {
        struct rule_schema schema;
        struct batch_scratch *scratch = batch_scratch_new(&arena);
        const struct batch_program *program;
        const struct rule_node *rule;
        uint8_t out[ROWS];

        rule_schema_init(&schema, &arena, declared, FACTS);
        buf_clear(&text);
        random_condition(&dice, 3, &text);
        rule = parse_rule(&schema, &text);
        program = batch_compile(&arena, rule, &schema, stored, fixed);
        fill(&dice, table);
        if (program) {
            compiled++;
            batch_run_truth(program, table->columns, ROWS, scratch, out);
        }
        for (size_t row = 0; program && row < ROWS; row++) {
            struct rule_data data = {.schema = &schema, .facts = table->values[row]};
            struct rule_result result;
            int64_t cells[FACTS];

            for (size_t i = 0; i < FACTS; i++)
                cells[i] = table->cells[i][row];
            rule_eval(rule, &data, &arena, &result);
            if (out[row] != codes[result.truth] || batch_row_truth(program, cells) != out[row])
                fail_msg("round %d, row %zu: %s is %d, not %d", round, row, buf_text(&text),
                         out[row], codes[result.truth]);
        }
        arena_reset(&arena);
    }
    assert_true(compiled > 2000);
    buf_free(&text);
    free(table);
}

static void computes_numbers_exactly(void **state)
{
    struct value fixed[FACTS] = {[6] = value_number(ratio_make(1, 3))};
    struct table *table = malloc(sizeof(*table));
    struct dice dice = {11};
    size_t compiled = 0;
    struct buf text;

    (void)state;
    buf_init(&text, 1 << 20);
    for (int round = 0; round < 2000; round++) {
        struct rule_schema schema;
        struct batch_scratch *scratch = batch_scratch_new(&arena);
        const struct batch_program *program;
        const struct rule_node *rule;
        int64_t out[ROWS];

        rule_schema_init(&schema, &arena, declared, FACTS);
        buf_clear(&text);
        random_number(&dice, 3, &text);
        rule = parse_rule(&schema, &text);
        program = batch_compile(&arena, rule, &schema, stored, fixed);
        fill(&dice, table);
        if (!program)
            continue;
        compiled++;
        assert_true(batch_is_number(program));
        batch_run_number(program, table->columns, ROWS, scratch, out);
        for (size_t row = 0; row < ROWS; row++) {
            struct rule_data data = {.schema = &schema, .facts = table->values[row]};
            struct rule_result result;

            rule_eval(rule, &data, &arena, &result);
            if (result.value.kind != VALUE_NUMBER)
                assert_true(out[row] == BATCH_UNKNOWN);
            else
                assert_int_equal(ratio_cmp(ratio_make(out[row], batch_denominator(program)),
                                           result.value.number),
                                 0);
        }
        arena_reset(&arena);
    }
    assert_true(compiled > 1500);
    buf_free(&text);
    free(table);
}

/* What could overflow, or needs texts, is left to the interpreter. */
static void refuses_what_it_cannot_do_exactly(void **state)
{
    static const char *const rules[] = {
        "{\"*\":[{\"var\":\"m\"},{\"var\":\"n\"}]}",
        "{\"*\":[{\"var\":\"m\"},1000000]}",
        "{\"/\":[1,{\"var\":\"n\"}]}",
        "{\"%\":[{\"var\":\"n\"},2]}",
        "{\"<\":[{\"years_before\":[{\"var\":\"since\"},5]},\"2020-01-01\"]}",
        "{\"if\":[{\"var\":\"flag\"},1]}",
        "{\"missing\":[\"n\"]}",
    };
    struct rule_schema schema;

    (void)state;
    rule_schema_init(&schema, &arena, declared, FACTS);
    for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
        const struct json *json =
            json_parse(&arena, "r", arena_strdup(&arena, rules[i]), strlen(rules[i]), &faults);
        const struct rule_node *rule = rule_compile(&arena, json, &schema, &faults);

        assert_non_null(rule);
        if (batch_compile(&arena, rule, &schema, stored, NULL))
            fail_msg("%s was compiled", rules[i]);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(agrees_with_the_interpreter, setup, teardown),
    cmocka_unit_test_setup_teardown(computes_numbers_exactly, setup, teardown),
    cmocka_unit_test_setup_teardown(refuses_what_it_cannot_do_exactly, setup, teardown),
};

RUN(tests)
