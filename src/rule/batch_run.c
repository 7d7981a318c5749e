/* The loops: one per step over a block of rows. Compiled with -O3 (Makefile). */
#include "batch_program.h"

struct batch_scratch *batch_scratch_new(struct arena *arena)
{
    return ARENA_NEW(arena, struct batch_scratch);
}

/* The truth of a comparison where the row's value is known, else open. */
#define KNOWN(value, holds)                                                                        \
    ((value) == BATCH_UNKNOWN ? BATCH_OPEN : (holds) ? BATCH_TRUE : BATCH_FALSE)

#define COMPARE_CONST(sign)                                                                        \
    for (size_t i = 0; i < rows; i++)                                                              \
    out[i] = (uint8_t)KNOWN(column[i], column[i] sign constant)

static void compare_const(const struct batch_step *step, const int64_t *restrict column,
                          size_t rows, uint8_t *restrict out)
{
    int64_t constant = step->constant;

    switch (step->op) {
    case BATCH_LT_CONST:
        COMPARE_CONST(<);
        break;
    case BATCH_LE_CONST:
        COMPARE_CONST(<=);
        break;
    case BATCH_GT_CONST:
        COMPARE_CONST(>);
        break;
    case BATCH_GE_CONST:
        COMPARE_CONST(>=);
        break;
    case BATCH_EQ_CONST:
        COMPARE_CONST(==);
        break;
    default:
        COMPARE_CONST(!=);
    }
}

#define COMPARE(sign)                                                                              \
    for (size_t i = 0; i < rows; i++)                                                              \
    out[i] = (uint8_t)(a[i] == BATCH_UNKNOWN ? BATCH_OPEN : KNOWN(b[i], a[i] sign b[i]))

static void compare(enum batch_op op, const int64_t *restrict a, const int64_t *restrict b,
                    size_t rows, uint8_t *restrict out)
{
    switch (op) {
    case BATCH_LT:
        COMPARE(<);
        break;
    case BATCH_LE:
        COMPARE(<=);
        break;
    case BATCH_GT:
        COMPARE(>);
        break;
    case BATCH_GE:
        COMPARE(>=);
        break;
    case BATCH_EQ:
        COMPARE(==);
        break;
    default:
        COMPARE(!=);
    }
}

static void run_in(const struct batch_step *step, const int64_t *restrict column, size_t rows,
                   uint8_t *restrict out)
{
    uint64_t mask = step->mask;

    if (step->op == BATCH_IN_MASK) {
        for (size_t i = 0; i < rows; i++) {
            uint64_t bit = (uint64_t)column[i] < 64 ? mask >> (column[i] & 63) & 1 : 0;

            out[i] = (uint8_t)KNOWN(column[i], bit);
        }
        return;
    }
    for (size_t i = 0; i < rows; i++)
        out[i] = (uint8_t)KNOWN(column[i], batch_is_listed(step, column[i]));
}

static void run_logic(enum batch_op op, const uint8_t *restrict a, const uint8_t *restrict b,
                      size_t rows, uint8_t *restrict out)
{
    if (op == BATCH_AND) {
        for (size_t i = 0; i < rows; i++)
            out[i] = a[i] < b[i] ? a[i] : b[i];
    } else if (op == BATCH_OR) {
        for (size_t i = 0; i < rows; i++)
            out[i] = a[i] > b[i] ? a[i] : b[i];
    } else {
        for (size_t i = 0; i < rows; i++)
            out[i] = (uint8_t)(BATCH_TRUE - a[i]);
    }
}

#define EITHER_UNKNOWN(i) (a[i] == BATCH_UNKNOWN || b[i] == BATCH_UNKNOWN)

static void run_arithmetic(enum batch_op op, const int64_t *restrict a, const int64_t *restrict b,
                           size_t rows, int64_t *restrict out)
{
    switch (op) {
    case BATCH_ADD:
        for (size_t i = 0; i < rows; i++)
            out[i] = EITHER_UNKNOWN(i) ? BATCH_UNKNOWN : a[i] + b[i];
        break;
    case BATCH_SUB:
        for (size_t i = 0; i < rows; i++)
            out[i] = EITHER_UNKNOWN(i) ? BATCH_UNKNOWN : a[i] - b[i];
        break;
    case BATCH_MUL:
        for (size_t i = 0; i < rows; i++)
            out[i] = EITHER_UNKNOWN(i) ? BATCH_UNKNOWN : a[i] * b[i];
        break;
    case BATCH_MIN: /* unknown is the least number there is */
        for (size_t i = 0; i < rows; i++)
            out[i] = a[i] < b[i] ? a[i] : b[i];
        break;
    default:
        for (size_t i = 0; i < rows; i++)
            out[i] = EITHER_UNKNOWN(i) ? BATCH_UNKNOWN : a[i] > b[i] ? a[i] : b[i];
    }
}

static void run_truth_step(const struct batch_step *step, const int64_t *const *columns,
                           size_t rows, struct batch_scratch *s)
{
    uint8_t *out = s->truths[step->out];

    switch (step->op) {
    case BATCH_IN_MASK:
    case BATCH_IN_LIST:
        run_in(step, columns[step->fact], rows, out);
        break;
    case BATCH_TRUTH_COLUMN:
        for (size_t i = 0; i < rows; i++)
            out[i] = (uint8_t)KNOWN(columns[step->fact][i], columns[step->fact][i]);
        break;
    case BATCH_TRUTH_NUMBER:
        for (size_t i = 0; i < rows; i++)
            out[i] = (uint8_t)KNOWN(s->numbers[step->a][i], s->numbers[step->a][i]);
        break;
    case BATCH_TRUTH_CONST:
        for (size_t i = 0; i < rows; i++)
            out[i] = (uint8_t)step->constant;
        break;
    case BATCH_AND:
    case BATCH_OR:
    case BATCH_NOT:
        run_logic(step->op, s->truths[step->a], s->truths[step->b], rows, out);
        break;
    case BATCH_IF_TRUTH:
        for (size_t i = 0; i < rows; i++) {
            uint8_t condition = s->truths[step->c][i];

            out[i] = condition == BATCH_OPEN ? (uint8_t)BATCH_OPEN
                                             : s->truths[condition ? step->a : step->b][i];
        }
        break;
    default:
        if (step->op <= BATCH_NE_CONST)
            compare_const(step, columns[step->fact], rows, out);
        else
            compare(step->op, s->numbers[step->a], s->numbers[step->b], rows, out);
    }
}

static void run_number_step(const struct batch_step *step, const int64_t *const *columns,
                            size_t rows, struct batch_scratch *s)
{
    int64_t *out = s->numbers[step->out];
    const int64_t *a = s->numbers[step->a];

    switch (step->op) {
    case BATCH_NUMBER_COLUMN:
        for (size_t i = 0; i < rows; i++)
            out[i] = columns[step->fact][i];
        break;
    case BATCH_NUMBER_CONST:
        for (size_t i = 0; i < rows; i++)
            out[i] = step->constant;
        break;
    case BATCH_SCALE:
        for (size_t i = 0; i < rows; i++)
            out[i] = a[i] == BATCH_UNKNOWN ? BATCH_UNKNOWN : a[i] * step->constant;
        break;
    case BATCH_IF_NUMBER:
        for (size_t i = 0; i < rows; i++) {
            uint8_t condition = s->truths[step->c][i];

            out[i] = condition == BATCH_OPEN ? BATCH_UNKNOWN
                                             : s->numbers[condition ? step->a : step->b][i];
        }
        break;
    default:
        run_arithmetic(step->op, a, s->numbers[step->b], rows, out);
    }
}

static void run(const struct batch_program *program, const int64_t *const *columns, size_t rows,
                struct batch_scratch *scratch)
{
    for (size_t i = 0; i < program->count; i++) {
        const struct batch_step *step = &program->steps[i];

        if (step->op < BATCH_NUMBER_COLUMN)
            run_truth_step(step, columns, rows, scratch);
        else
            run_number_step(step, columns, rows, scratch);
    }
}

void batch_run_truth(const struct batch_program *program, const int64_t *const *columns,
                     size_t rows, struct batch_scratch *scratch, uint8_t *out)
{
    run(program, columns, rows, scratch);
    for (size_t i = 0; i < rows; i++)
        out[i] = scratch->truths[program->out][i];
}

void batch_run_number(const struct batch_program *program, const int64_t *const *columns,
                      size_t rows, struct batch_scratch *scratch, int64_t *out)
{
    run(program, columns, rows, scratch);
    for (size_t i = 0; i < rows; i++)
        out[i] = scratch->numbers[program->out][i];
}
