/* From a rule's tree to a flat program over columns. */
#include "batch_compiler.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

#define STEPS_MAX 300

static struct batch_step *add_step(struct compiler *c, enum batch_op op)
{
    if (c->count == STEPS_MAX)
        return NULL;
    c->steps[c->count] = (struct batch_step){.op = op};
    return &c->steps[c->count++];
}

/* A register of its own for each part: rules are small, and it keeps the compiler simple. */
static bool take_register(struct compiler *c, bool is_number, uint8_t *reg)
{
    uint8_t *used = is_number ? &c->numbers_used : &c->truths_used;

    if (*used == REGISTERS_MAX)
        return false;
    *reg = (*used)++;
    return true;
}

struct batch_step *compiler_add(struct compiler *c, enum batch_op op, bool is_number,
                                struct part *out)
{
    struct batch_step *step = add_step(c, op);

    *out = (struct part){.is_number = is_number, .denominator = 1};
    if (!step || !take_register(c, is_number, &out->reg))
        return NULL;
    step->out = out->reg;
    return step;
}

const struct value *compiler_constant(const struct compiler *c, const struct rule_node *node)
{
    if (node->op == OP_LITERAL)
        return &node->literal;
    if (node->op == OP_FACT && c->fixed && c->fixed[node->fact].kind != VALUE_UNKNOWN)
        return &c->fixed[node->fact];
    return NULL;
}

/* A fact that is stored in a column. */
static bool is_column(const struct compiler *c, const struct rule_node *node)
{
    return node->op == OP_FACT && !node->count && c->facts[node->fact].is_stored &&
           !compiler_constant(c, node);
}

/* ---- conditions ---- */

static bool to_truth(struct compiler *c, struct part *part)
{
    struct batch_step *step;
    struct part out;

    if (!part->is_number)
        return true;
    step = compiler_add(c, BATCH_TRUTH_NUMBER, false, &out);
    if (!step)
        return false;
    step->a = part->reg;
    *part = out;
    return true;
}

static bool truth_constant(struct compiler *c, enum truth truth, struct part *out)
{
    static const int64_t codes[] = {
        [TRUTH_FALSE] = BATCH_FALSE, [TRUTH_TRUE] = BATCH_TRUE, [TRUTH_UNKNOWN] = BATCH_OPEN};
    struct batch_step *step = compiler_add(c, BATCH_TRUTH_CONST, false, out);

    if (!step)
        return false;
    step->constant = codes[truth];
    out->is_unknown = truth == TRUTH_UNKNOWN;
    return true;
}

static bool compile_condition(struct compiler *c, const struct rule_node *node, struct part *out)
{
    return compile_part(c, node, out) && to_truth(c, out);
}

/* and, or: what they give must be a truth value, so operands are turned into one. */
static bool compile_junction(struct compiler *c, const struct rule_node *node, struct part *out)
{
    if (!compile_condition(c, &node->args[0], out))
        return false;
    for (size_t i = 1; i < node->count; i++) {
        struct part next, both;
        struct batch_step *step;

        if (!compile_condition(c, &node->args[i], &next))
            return false;
        step = compiler_add(c, node->op == OP_AND ? BATCH_AND : BATCH_OR, false, &both);
        if (!step)
            return false;
        step->a = out->reg;
        step->b = next.reg;
        *out = both;
    }
    return true;
}

static bool compile_not(struct compiler *c, const struct rule_node *node, struct part *out)
{
    struct part inner;
    struct batch_step *step;

    if (!compile_condition(c, &node->args[0], &inner))
        return false;
    if (node->op == OP_TRUTHY) {
        *out = inner;
        return true;
    }
    step = compiler_add(c, BATCH_NOT, false, out);
    if (!step)
        return false;
    step->a = inner.reg;
    return true;
}

/* The stored form of a constant beside a column; false if it cannot be compared exactly there. */
static bool encode_beside(const struct compiler *c, const struct rule_node *column,
                          const struct value *constant, int64_t *out)
{
    return constant->kind != VALUE_UNKNOWN &&
           batch_encode(&c->schema->facts[column->fact], &c->facts[column->fact], constant, out) &&
           *out != BATCH_UNKNOWN;
}

static enum rule_op mirrored(enum rule_op op)
{
    switch (op) {
    case OP_LT:
        return OP_GT;
    case OP_LE:
        return OP_GE;
    case OP_GT:
        return OP_LT;
    case OP_GE:
        return OP_LE;
    default:
        return op;
    }
}

static enum batch_op compare_op(enum rule_op op, bool with_constant)
{
    static const enum batch_op constants[OP__MAX] = {
        [OP_LT] = BATCH_LT_CONST,   [OP_LE] = BATCH_LE_CONST,      [OP_GT] = BATCH_GT_CONST,
        [OP_GE] = BATCH_GE_CONST,   [OP_EQ] = BATCH_EQ_CONST,      [OP_NE] = BATCH_NE_CONST,
        [OP_SAME] = BATCH_EQ_CONST, [OP_NOT_SAME] = BATCH_NE_CONST};
    static const enum batch_op registers[OP__MAX] = {
        [OP_LT] = BATCH_LT, [OP_LE] = BATCH_LE, [OP_GT] = BATCH_GT,   [OP_GE] = BATCH_GE,
        [OP_EQ] = BATCH_EQ, [OP_NE] = BATCH_NE, [OP_SAME] = BATCH_EQ, [OP_NOT_SAME] = BATCH_NE};

    return with_constant ? constants[op] : registers[op];
}

/* A column against a constant: the common case, one loop. */
static bool compare_column(struct compiler *c, enum rule_op op, const struct rule_node *column,
                           const struct value *constant, struct part *out)
{
    struct batch_step *step;
    int64_t encoded;

    if (!encode_beside(c, column, constant, &encoded))
        return false;
    step = compiler_add(c, compare_op(op, true), false, out);
    if (!step)
        return false;
    step->fact = column->fact;
    step->constant = encoded;
    return true;
}

/* A number, or a date column: days compare as numbers do. */
static bool compile_comparable(struct compiler *c, const struct rule_node *node, struct part *out)
{
    if (is_column(c, node) && c->schema->facts[node->fact].type == TYPE_DATE)
        return number_column(c, node, out);
    return compile_part(c, node, out) && part_to_number(c, out);
}

static bool compare_pair(struct compiler *c, enum rule_op op, const struct rule_node *a,
                         const struct rule_node *b, struct part *out)
{
    const struct value *left = compiler_constant(c, a), *right = compiler_constant(c, b);
    struct batch_step *step;
    struct part x, y;

    if (is_column(c, a) && right && compare_column(c, op, a, right, out))
        return true;
    if (left && is_column(c, b) && compare_column(c, mirrored(op), b, left, out))
        return true;
    if (!compile_comparable(c, a, &x) || !compile_comparable(c, b, &y) || !parts_align(c, &x, &y))
        return false;
    step = compiler_add(c, compare_op(op, false), false, out);
    if (!step)
        return false;
    step->a = x.reg;
    step->b = y.reg;
    return true;
}

static bool compile_comparison(struct compiler *c, const struct rule_node *node, struct part *out)
{
    struct batch_step *step;
    struct part second, both;

    if (!compare_pair(c, node->op, &node->args[0], &node->args[1], out))
        return false;
    if (node->count == 2)
        return true;
    if (!compare_pair(c, node->op, &node->args[1], &node->args[2], &second))
        return false;
    step = compiler_add(c, BATCH_AND, false, &both);
    if (!step)
        return false;
    step->a = out->reg;
    step->b = second.reg;
    *out = both;
    return true;
}

static bool compile_in(struct compiler *c, const struct rule_node *node, struct part *out)
{
    const struct rule_node *column = &node->args[0];
    const struct value *list = compiler_constant(c, &node->args[1]);
    struct batch_step *step;
    bool is_small = true;
    int64_t *encoded;

    if (!is_column(c, column) || !list || list->kind != VALUE_LIST || !list->count)
        return false;
    encoded = ARENA_ARRAY(c->arena, int64_t, list->count);
    for (size_t i = 0; i < list->count; i++) {
        if (!encode_beside(c, column, &list->items[i], &encoded[i]))
            return false;
        is_small &= encoded[i] >= 0 && encoded[i] < 64;
    }
    qsort(encoded, list->count, sizeof(*encoded), by_int64);
    step = compiler_add(c, is_small ? BATCH_IN_MASK : BATCH_IN_LIST, false, out);
    if (!step)
        return false;
    step->fact = column->fact;
    step->list = encoded;
    step->count = list->count;
    for (size_t i = 0; is_small && i < list->count; i++)
        step->mask |= UINT64_C(1) << encoded[i];
    return true;
}

static bool join_branches(struct compiler *c, const struct part *condition, struct part yes,
                          struct part no, struct part *out)
{
    struct batch_step *step;

    if (yes.is_number || no.is_number) {
        if (!part_to_number(c, &yes) || !part_to_number(c, &no) || !parts_align(c, &yes, &no))
            return false;
    }
    step = compiler_add(c, yes.is_number ? BATCH_IF_NUMBER : BATCH_IF_TRUTH, yes.is_number, out);
    if (!step)
        return false;
    step->a = yes.reg;
    step->b = no.reg;
    step->c = condition->reg;
    out->denominator = yes.denominator;
    out->low = yes.low < no.low ? yes.low : no.low;
    out->high = yes.high > no.high ? yes.high : no.high;
    return true;
}

/* if c1 then a1 else (if c2 then a2 else ...): must end in an else. */
static bool compile_if(struct compiler *c, const struct rule_node *node, size_t at,
                       struct part *out)
{
    struct part condition, yes, no;

    if (at + 1 == node->count)
        return compile_part(c, &node->args[at], out);
    return at + 1 < node->count && compile_condition(c, &node->args[at], &condition) &&
           compile_part(c, &node->args[at + 1], &yes) && compile_if(c, node, at + 2, &no) &&
           join_branches(c, &condition, yes, no, out);
}

static bool compile_literal(struct compiler *c, const struct value *value, struct part *out)
{
    if (value->kind == VALUE_NUMBER)
        return number_constant(c, value->number, out);
    return (value->kind == VALUE_BOOL || value->kind == VALUE_UNKNOWN) &&
           truth_constant(c, value_truth(value), out);
}

static bool compile_fact(struct compiler *c, const struct rule_node *node, struct part *out)
{
    enum rule_type type = c->schema->facts[node->fact].type;
    const struct value *constant = compiler_constant(c, node);
    struct batch_step *step;

    if (constant)
        return compile_literal(c, constant, out);
    if (!is_column(c, node))
        return false;
    if (type == TYPE_NUMBER)
        return number_column(c, node, out);
    if (type != TYPE_BOOL)
        return false;
    step = compiler_add(c, BATCH_TRUTH_COLUMN, false, out);
    if (!step)
        return false;
    step->fact = node->fact;
    return true;
}

bool compile_part(struct compiler *c, const struct rule_node *node, struct part *out)
{
    switch (node->op) {
    case OP_LITERAL:
        return compile_literal(c, &node->literal, out);
    case OP_FACT:
        return compile_fact(c, node, out);
    case OP_AND:
    case OP_OR:
        return compile_junction(c, node, out);
    case OP_NOT:
    case OP_TRUTHY:
        return compile_not(c, node, out);
    case OP_EQ:
    case OP_NE:
    case OP_SAME:
    case OP_NOT_SAME:
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        return compile_comparison(c, node, out);
    case OP_IN:
        return compile_in(c, node, out);
    case OP_IF:
        return compile_if(c, node, 0, out);
    case OP_ADD:
    case OP_SUB:
    case OP_MIN:
    case OP_MAX:
        return compile_sum(c, node, out);
    case OP_MUL:
    case OP_DIV:
        return compile_product(c, node, out);
    default:
        return false;
    }
}

const struct batch_program *batch_compile(struct arena *arena, const struct rule_node *rule,
                                          const struct rule_schema *schema,
                                          const struct batch_fact *facts, const struct value *fixed)
{
    struct batch_program *program = ARENA_NEW(arena, struct batch_program);
    struct compiler c = {.arena = arena,
                         .schema = schema,
                         .facts = facts,
                         .fixed = fixed,
                         .steps = ARENA_ARRAY(arena, struct batch_step, STEPS_MAX)};
    struct part result;

    if (!compile_part(&c, rule, &result))
        return NULL;
    program->steps = c.steps;
    program->count = c.count;
    program->is_number = result.is_number;
    program->out = result.reg;
    program->denominator = result.denominator;
    return program;
}
