/* Arithmetic of flat programs: exact, with what every part can be known, so nothing overflows. */
#include "batch_compiler.h"

/* Numbers in programs stay below this, so that sums of two never overflow. */
#define NUMBER_MAX ((wide)1 << 61)

static bool fits(wide n)
{
    return n < NUMBER_MAX && n > -NUMBER_MAX;
}

static bool range_fits(const struct part *part)
{
    return fits(part->low) && fits(part->high);
}

static wide larger(wide a, wide b)
{
    return a > b ? a : b;
}

static wide smaller(wide a, wide b)
{
    return a < b ? a : b;
}

/* The range of a product: its ends are among the products of the ends. */
static void multiply_ranges(struct part *out, const struct part *a, wide low, wide high)
{
    wide w = a->low * low, x = a->low * high, y = a->high * low, z = a->high * high;

    out->low = smaller(smaller(w, x), smaller(y, z));
    out->high = larger(larger(w, x), larger(y, z));
}

bool number_constant(struct compiler *c, struct ratio number, struct part *out)
{
    struct batch_step *step;

    if (!fits(number.num) || !fits(number.den))
        return false;
    step = compiler_add(c, BATCH_NUMBER_CONST, true, out);
    if (!step)
        return false;
    step->constant = (int64_t)number.num;
    out->denominator = (int64_t)number.den;
    out->low = out->high = number.num;
    return true;
}

bool number_column(struct compiler *c, const struct rule_node *node, struct part *out)
{
    struct batch_step *step = compiler_add(c, BATCH_NUMBER_COLUMN, true, out);

    if (!step)
        return false;
    step->fact = node->fact;
    out->denominator = c->facts[node->fact].scale;
    out->low = c->facts[node->fact].min;
    out->high = c->facts[node->fact].max;
    return true;
}

/* Multiplies a part by a whole number. */
static bool scale(struct compiler *c, struct part *part, wide by)
{
    struct batch_step *step;
    struct part out, scaled = {0};

    if (by == 1)
        return true;
    if (!fits(by))
        return false;
    multiply_ranges(&scaled, part, by, by);
    if (!range_fits(&scaled))
        return false;
    step = compiler_add(c, BATCH_SCALE, true, &out);
    if (!step)
        return false;
    step->a = part->reg;
    step->constant = (int64_t)by;
    out.denominator = part->denominator;
    out.low = scaled.low;
    out.high = scaled.high;
    *part = out;
    return true;
}

bool part_to_number(struct compiler *c, struct part *part)
{
    struct batch_step *step;

    if (!part->is_unknown)
        return part->is_number;
    step = compiler_add(c, BATCH_NUMBER_CONST, true, part);
    if (step)
        step->constant = BATCH_UNKNOWN;
    return step != NULL;
}

bool parts_align(struct compiler *c, struct part *a, struct part *b)
{
    struct ratio reduced = ratio_make(a->denominator, b->denominator);
    wide common = (wide)a->denominator * reduced.den;

    if (!fits(common) || !scale(c, a, common / a->denominator) ||
        !scale(c, b, common / b->denominator))
        return false;
    a->denominator = b->denominator = (int64_t)common;
    return true;
}

static void combine_ranges(enum batch_op op, struct part *out, const struct part *a,
                           const struct part *b)
{
    switch (op) {
    case BATCH_ADD:
        out->low = a->low + b->low;
        out->high = a->high + b->high;
        break;
    case BATCH_SUB:
        out->low = a->low - b->high;
        out->high = a->high - b->low;
        break;
    case BATCH_MIN:
        out->low = smaller(a->low, b->low);
        out->high = smaller(a->high, b->high);
        break;
    default:
        out->low = larger(a->low, b->low);
        out->high = larger(a->high, b->high);
    }
}

/* a op b for + - min max. */
static bool combine(struct compiler *c, enum batch_op op, struct part *a, struct part b)
{
    struct batch_step *step;
    struct part out;

    if (!part_to_number(c, a) || !part_to_number(c, &b) || !parts_align(c, a, &b))
        return false;
    step = compiler_add(c, op, true, &out);
    if (!step)
        return false;
    step->a = a->reg;
    step->b = b.reg;
    out.denominator = a->denominator;
    combine_ranges(op, &out, a, &b);
    *a = out;
    return range_fits(&out);
}

bool compile_sum(struct compiler *c, const struct rule_node *node, struct part *out)
{
    static const enum batch_op ops[OP__MAX] = {
        [OP_ADD] = BATCH_ADD, [OP_SUB] = BATCH_SUB, [OP_MIN] = BATCH_MIN, [OP_MAX] = BATCH_MAX};

    if (!node->count || !compile_part(c, &node->args[0], out) || !part_to_number(c, out))
        return false;
    if (node->op == OP_SUB && node->count == 1)
        return scale(c, out, -1);
    for (size_t i = 1; i < node->count; i++) {
        struct part next;

        if (!compile_part(c, &node->args[i], &next) || !combine(c, ops[node->op], out, next))
            return false;
    }
    return true;
}

/* a * b; both vary by row, so what they can be must leave room. */
static bool multiply(struct compiler *c, struct part *a, struct part b)
{
    struct batch_step *step;
    struct part out, product = {0};

    multiply_ranges(&product, a, b.low, b.high);
    if (!range_fits(&product) || !fits((wide)a->denominator * b.denominator))
        return false;
    step = compiler_add(c, BATCH_MUL, true, &out);
    if (!step)
        return false;
    step->a = a->reg;
    step->b = b.reg;
    out.denominator = a->denominator * b.denominator;
    out.low = product.low;
    out.high = product.high;
    *a = out;
    return true;
}

/* The operands of a product that are not constants, multiplied; the constants go to `factor`. */
static bool compile_factors(struct compiler *c, const struct rule_node *node, struct ratio *factor,
                            struct part *out, bool *varies)
{
    for (size_t i = 0; i < node->count; i++) {
        const struct value *constant = compiler_constant(c, &node->args[i]);
        bool is_divisor = node->op == OP_DIV && i == 1;
        struct part next;

        if (constant && constant->kind == VALUE_NUMBER) {
            *factor = is_divisor ? ratio_div(*factor, constant->number)
                                 : ratio_mul(*factor, constant->number);
            continue;
        }
        if (is_divisor || !compile_part(c, &node->args[i], &next) || !part_to_number(c, &next) ||
            (*varies && !multiply(c, out, next)))
            return false;
        if (!*varies)
            *out = next;
        *varies = true;
    }
    return ratio_is_valid(*factor);
}

/* A product, or a quotient by a constant. */
bool compile_product(struct compiler *c, const struct rule_node *node, struct part *out)
{
    struct ratio factor = ratio_of(1);
    bool varies = false;

    if (!compile_factors(c, node, &factor, out, &varies))
        return false;
    if (!varies)
        return number_constant(c, factor, out);
    if (!scale(c, out, factor.num) || !fits((wide)out->denominator * factor.den))
        return false;
    out->denominator = (int64_t)((wide)out->denominator * factor.den);
    return true;
}
