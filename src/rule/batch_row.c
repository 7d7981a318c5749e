/* A program on a single row: the same steps, one value each. */
#include "batch_program.h"

static uint8_t known(int64_t value, bool holds)
{
    return value == BATCH_UNKNOWN ? BATCH_OPEN : holds ? BATCH_TRUE : BATCH_FALSE;
}

static uint8_t compare(enum batch_op op, int64_t a, int64_t b)
{
    if (a == BATCH_UNKNOWN)
        return BATCH_OPEN;
    switch (op) {
    case BATCH_LT:
        return known(b, a < b);
    case BATCH_LE:
        return known(b, a <= b);
    case BATCH_GT:
        return known(b, a > b);
    case BATCH_GE:
        return known(b, a >= b);
    case BATCH_EQ:
        return known(b, a == b);
    default:
        return known(b, a != b);
    }
}

static int64_t combine(enum batch_op op, int64_t a, int64_t b)
{
    if (a == BATCH_UNKNOWN || b == BATCH_UNKNOWN)
        return BATCH_UNKNOWN;
    switch (op) {
    case BATCH_ADD:
        return a + b;
    case BATCH_SUB:
        return a - b;
    case BATCH_MUL:
        return a * b;
    case BATCH_MIN:
        return a < b ? a : b;
    default:
        return a > b ? a : b;
    }
}

static uint8_t truth_step(const struct batch_step *s, const int64_t *row, const uint8_t *truths,
                          const int64_t *numbers)
{
    int64_t v = s->op <= BATCH_IN_LIST || s->op == BATCH_TRUTH_COLUMN ? row[s->fact] : 0;

    switch (s->op) {
    case BATCH_LT_CONST:
        return known(v, v < s->constant);
    case BATCH_LE_CONST:
        return known(v, v <= s->constant);
    case BATCH_GT_CONST:
        return known(v, v > s->constant);
    case BATCH_GE_CONST:
        return known(v, v >= s->constant);
    case BATCH_EQ_CONST:
        return known(v, v == s->constant);
    case BATCH_NE_CONST:
        return known(v, v != s->constant);
    case BATCH_IN_MASK:
        return known(v, (uint64_t)v < 64 && (s->mask >> v & 1));
    case BATCH_IN_LIST:
        return known(v, batch_is_listed(s, v));
    case BATCH_TRUTH_COLUMN:
        return known(v, v != 0);
    case BATCH_TRUTH_NUMBER:
        return known(numbers[s->a], numbers[s->a] != 0);
    case BATCH_TRUTH_CONST:
        return (uint8_t)s->constant;
    case BATCH_AND:
        return truths[s->a] < truths[s->b] ? truths[s->a] : truths[s->b];
    case BATCH_OR:
        return truths[s->a] > truths[s->b] ? truths[s->a] : truths[s->b];
    case BATCH_NOT:
        return (uint8_t)(BATCH_TRUE - truths[s->a]);
    case BATCH_IF_TRUTH:
        return truths[s->c] == BATCH_OPEN ? (uint8_t)BATCH_OPEN
                                          : truths[truths[s->c] ? s->a : s->b];
    default:
        return compare(s->op, numbers[s->a], numbers[s->b]);
    }
}

static int64_t number_step(const struct batch_step *s, const int64_t *row, const uint8_t *truths,
                           const int64_t *numbers)
{
    switch (s->op) {
    case BATCH_NUMBER_COLUMN:
        return row[s->fact];
    case BATCH_NUMBER_CONST:
        return s->constant;
    case BATCH_SCALE:
        return numbers[s->a] == BATCH_UNKNOWN ? BATCH_UNKNOWN : numbers[s->a] * s->constant;
    case BATCH_IF_NUMBER:
        return truths[s->c] == BATCH_OPEN ? BATCH_UNKNOWN : numbers[truths[s->c] ? s->a : s->b];
    default:
        return combine(s->op, numbers[s->a], numbers[s->b]);
    }
}

enum batch_truth batch_row_truth(const struct batch_program *program, const int64_t *row)
{
    uint8_t truths[REGISTERS_MAX];
    int64_t numbers[REGISTERS_MAX];

    for (size_t i = 0; i < program->count; i++) {
        const struct batch_step *step = &program->steps[i];

        if (step->op < BATCH_NUMBER_COLUMN)
            truths[step->out] = truth_step(step, row, truths, numbers);
        else
            numbers[step->out] = number_step(step, row, truths, numbers);
    }
    return (enum batch_truth)truths[program->out];
}
