#ifndef SRC_RULE_BATCH_PROGRAM_H
#define SRC_RULE_BATCH_PROGRAM_H

#include "rule/batch.h"

#define REGISTERS_MAX 48

enum batch_op {
    BATCH_LT_CONST, /* truth[out] = column < constant, and so on */
    BATCH_LE_CONST,
    BATCH_GT_CONST,
    BATCH_GE_CONST,
    BATCH_EQ_CONST,
    BATCH_NE_CONST,
    BATCH_IN_MASK, /* truth[out] = bit `column` of the mask */
    BATCH_IN_LIST,
    BATCH_LT, /* truth[out] = number[a] < number[b], and so on */
    BATCH_LE,
    BATCH_GT,
    BATCH_GE,
    BATCH_EQ,
    BATCH_NE,
    BATCH_TRUTH_COLUMN, /* a yes/no column */
    BATCH_TRUTH_NUMBER, /* number[a] is not 0 */
    BATCH_TRUTH_CONST,
    BATCH_AND,
    BATCH_OR,
    BATCH_NOT,
    BATCH_IF_TRUTH, /* truth[out] = truth[c] ? truth[a] : truth[b]; open if truth[c] is */
    BATCH_NUMBER_COLUMN,
    BATCH_NUMBER_CONST,
    BATCH_ADD,
    BATCH_SUB,
    BATCH_MUL,
    BATCH_SCALE, /* number[out] = number[a] * constant */
    BATCH_MIN,
    BATCH_MAX,
    BATCH_IF_NUMBER,
};

struct batch_step {
    enum batch_op op;
    uint8_t out, a, b, c; /* registers */
    size_t fact;
    int64_t constant;
    uint64_t mask;
    const int64_t *list; /* sorted constants, or values by choice (BATCH_UNKNOWN: none) */
    size_t count;
};

/* Is a value among the constants of the step? */
static inline bool batch_is_listed(const struct batch_step *step, int64_t value)
{
    for (size_t i = 0; i < step->count; i++) {
        if (step->list[i] == value)
            return true;
    }
    return false;
}

struct batch_program {
    const struct batch_step *steps;
    size_t count;
    bool is_number;
    uint8_t out; /* register of the result */
    int64_t denominator;
};

struct batch_scratch {
    uint8_t truths[REGISTERS_MAX][BATCH_ROWS];
    int64_t numbers[REGISTERS_MAX][BATCH_ROWS];
};

#endif
