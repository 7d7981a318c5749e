#include "rule/lint.h"

#include <string.h>

#define FACTS_VARIED_MAX 12
#define VALUES_PER_FACT_MAX 64

struct varied {
    size_t fact;
    struct value values[VALUES_PER_FACT_MAX];
    size_t count;
};

struct enumerator {
    const struct rule_schema *schema;
    const struct value *fixed;
    struct arena *arena;
    struct varied *facts;
    size_t count;
    bool is_decided;
};

static bool is_fixed(const struct enumerator *e, const struct rule_node *node)
{
    return node->op == OP_FACT && e->fixed && e->fixed[node->fact].kind != VALUE_UNKNOWN;
}

static bool varies(const struct enumerator *e, const struct rule_node *node)
{
    if (node->op == OP_FACT)
        return !is_fixed(e, node);
    for (size_t i = 0; i < node->count; i++) {
        if (varies(e, &node->args[i]))
            return true;
    }
    return false;
}

static struct varied *varied_fact(struct enumerator *e, size_t fact)
{
    struct varied *varied;

    for (size_t i = 0; i < e->count; i++) {
        if (e->facts[i].fact == fact)
            return &e->facts[i];
    }
    if (e->count == FACTS_VARIED_MAX) {
        e->is_decided = false;
        return NULL;
    }
    varied = &e->facts[e->count++];
    *varied = (struct varied){.fact = fact};
    return varied;
}

static void add_value(struct enumerator *e, struct varied *varied, struct value value)
{
    if (!varied)
        return;
    for (size_t i = 0; i < varied->count; i++) {
        if (value_equal(&varied->values[i], &value))
            return;
    }
    if (varied->count == VALUES_PER_FACT_MAX)
        e->is_decided = false;
    else
        varied->values[varied->count++] = value;
}

/* The situations of a number or date around a constant: just below, on it, just above. */
static void add_around(struct enumerator *e, struct varied *varied, const struct value *constant)
{
    day d;

    if (constant->kind == VALUE_NUMBER) {
        struct ratio step = ratio_make(1, 1000);

        add_value(e, varied, value_number(ratio_sub(constant->number, step)));
        add_value(e, varied, *constant);
        add_value(e, varied, value_number(ratio_add(constant->number, step)));
    } else if (value_is_date(constant, &d)) {
        add_value(e, varied, value_day(e->arena, d - 1));
        add_value(e, varied, *constant);
        add_value(e, varied, value_day(e->arena, d + 1));
    } else {
        add_value(e, varied, *constant);
    }
}

/* What is always worth trying of a fact, whatever it is compared with. */
static void add_plain_values(struct enumerator *e, size_t fact)
{
    const struct rule_fact *declared = &e->schema->facts[fact];
    struct varied *varied = varied_fact(e, fact);

    if (declared->type == TYPE_BOOL) {
        add_value(e, varied, value_bool(false));
        add_value(e, varied, value_bool(true));
    } else if (declared->type == TYPE_LIST || declared->type == TYPE_ANY) {
        e->is_decided = false;
    }
    for (size_t i = 0; i < declared->value_count; i++)
        add_value(e, varied, value_text(declared->values[i]));
    if (declared->type == TYPE_TEXT && !declared->value_count)
        add_value(e, varied, value_text("\x01"));
}

static void add_constants(struct enumerator *e, size_t fact, const struct rule_node *constant)
{
    struct varied *varied = varied_fact(e, fact);
    struct rule_data data = {.schema = e->schema, .facts = e->fixed};
    struct value none[1] = {{0}};
    struct rule_result result;

    if (!e->fixed)
        data.facts = none;
    rule_eval(constant, &data, e->arena, &result);
    if (result.value.kind == VALUE_UNKNOWN)
        e->is_decided = false;
    else if (result.value.kind != VALUE_LIST)
        add_around(e, varied, &result.value);
    for (size_t i = 0; result.value.kind == VALUE_LIST && i < result.value.count; i++)
        add_around(e, varied, &result.value.items[i]);
}

static void scan(struct enumerator *e, const struct rule_node *node);

/* A comparison is decided by constants if at most one operand varies, and that is a plain fact. */
static void scan_comparison(struct enumerator *e, const struct rule_node *node)
{
    const struct rule_node *fact = NULL;

    for (size_t i = 0; i < node->count; i++) {
        if (!varies(e, &node->args[i]))
            continue;
        if (fact || node->args[i].op != OP_FACT || node->args[i].count) {
            e->is_decided = false;
            return;
        }
        fact = &node->args[i];
    }
    if (!fact)
        return;
    add_plain_values(e, fact->fact);
    for (size_t i = 0; i < node->count; i++) {
        if (&node->args[i] != fact)
            add_constants(e, fact->fact, &node->args[i]);
    }
}

static void scan(struct enumerator *e, const struct rule_node *node)
{
    switch (node->op) {
    case OP_LITERAL:
        return;
    case OP_FACT:
        if (!is_fixed(e, node))
            add_plain_values(e, node->fact);
        if (e->schema->facts[node->fact].type == TYPE_NUMBER && !is_fixed(e, node))
            add_around(e, varied_fact(e, node->fact),
                       &(struct value){.kind = VALUE_NUMBER, .number = {0, 1}});
        return;
    case OP_EQ:
    case OP_NE:
    case OP_SAME:
    case OP_NOT_SAME:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_IN:
        scan_comparison(e, node);
        return;
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_TRUTHY:
    case OP_IF:
        for (size_t i = 0; i < node->count; i++)
            scan(e, &node->args[i]);
        return;
    default:
        if (varies(e, node))
            e->is_decided = false;
    }
}

static bool next_situation(const struct enumerator *e, size_t *digits)
{
    for (size_t i = 0; i < e->count; i++) {
        if (++digits[i] < e->facts[i].count)
            return true;
        digits[i] = 0;
    }
    return false;
}

static bool is_small_enough(const struct enumerator *e)
{
    size_t situations = 1;

    for (size_t i = 0; i < e->count; i++) {
        if (!e->facts[i].count)
            return false;
        situations *= e->facts[i].count;
        if (situations > LINT_SITUATIONS_MAX)
            return false;
    }
    return true;
}

static void visit_all(const struct enumerator *e, const struct rule_node *const *rules,
                      size_t count, lint_visit *visit, void *context)
{
    struct value *values = ARENA_ARRAY(e->arena, struct value, e->schema->count);
    enum truth *truths = ARENA_ARRAY(e->arena, enum truth, count);
    struct rule_data data = {.schema = e->schema, .facts = values};
    size_t digits[FACTS_VARIED_MAX] = {0};
    struct arena scratch;

    arena_init(&scratch);
    if (e->fixed && e->schema->count)
        memcpy(values, e->fixed, e->schema->count * sizeof(*values));
    do {
        for (size_t i = 0; i < e->count; i++)
            values[e->facts[i].fact] = e->facts[i].values[digits[i]];
        for (size_t i = 0; i < count; i++) {
            struct rule_result result;

            rule_eval(rules[i], &data, &scratch, &result);
            truths[i] = result.truth;
        }
        visit(context, truths, values);
        arena_reset(&scratch);
    } while (next_situation(e, digits));
    arena_free(&scratch);
}

bool lint_situations(const struct rule_node *const *rules, size_t count,
                     const struct rule_schema *schema, const struct value *fixed,
                     struct arena *arena, lint_visit *visit, void *context)
{
    struct enumerator e = {.schema = schema,
                           .fixed = fixed,
                           .arena = arena,
                           .facts = ARENA_ARRAY(arena, struct varied, FACTS_VARIED_MAX),
                           .is_decided = true};

    for (size_t i = 0; i < count; i++)
        scan(&e, rules[i]);
    if (!e.is_decided || !is_small_enough(&e))
        return false;
    visit_all(&e, rules, count, visit, context);
    return true;
}

static void note_truth(void *context, const enum truth *truths, const struct value *values)
{
    struct lint_range *range = context;

    (void)values;
    range->can_be_true |= truths[0] == TRUTH_TRUE;
    range->can_be_false |= truths[0] == TRUTH_FALSE;
}

struct lint_range lint_rule(const struct rule_node *rule, const struct rule_schema *schema,
                            const struct value *fixed, struct arena *arena)
{
    struct lint_range range = {0};

    range.is_decided = lint_situations(&rule, 1, schema, fixed, arena, note_truth, &range);
    return range;
}
