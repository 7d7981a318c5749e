#ifndef RULE_BATCH_H
#define RULE_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rule/rule.h"

/*
 * Rules over many rows at once. A rule is compiled to a flat program over typed columns of 64-bit
 * integers; running it over a block of rows is a few loops that the compiler turns into vector
 * code. The meaning is exactly rule_eval()'s: three truth values, exact numbers.
 *
 * Truth is stored as FALSE 0 < UNKNOWN 1 < TRUE 2, so that Kleene's `and` is the minimum, `or` the
 * maximum and `not` 2 - x. A number is a whole number of 1/denominator, fixed when the program is
 * made; what could overflow or needs text work is not compiled (batch_compile() returns NULL), and
 * the caller evaluates such rules row by row.
 */

#define BATCH_ROWS 1024
#define BATCH_UNKNOWN INT64_MIN

enum batch_truth { BATCH_FALSE = 0, BATCH_OPEN = 1, BATCH_TRUE = 2 };

/* How a fact is stored in its column. */
struct batch_fact {
    bool is_stored; /* false: rules that use it are not compiled */
    int64_t scale;  /* numbers: units in 1 (10,000 for percents); 1 for all others */
    int64_t max;    /* no stored number is larger, */
    int64_t min;    /* none is smaller: bounds what a program computes */
};

/* A column's value: numbers times scale, false/true as 0/1, choices by index, dates as days.
 * BATCH_UNKNOWN for unknown; false if the value cannot be stored exactly. */
bool batch_encode(const struct rule_fact *fact, const struct batch_fact *how,
                  const struct value *value, int64_t *out);

struct batch_program;

/*
 * Compiles a rule. `fixed` are values by index of the schema (parameters of the day), UNKNOWN where
 * a fact varies by row. NULL if it cannot be compiled.
 */
const struct batch_program *batch_compile(struct arena *arena, const struct rule_node *rule,
                                          const struct rule_schema *schema,
                                          const struct batch_fact *facts,
                                          const struct value *fixed);

/* Registers for one run; made once per thread and program set. */
struct batch_scratch;
struct batch_scratch *batch_scratch_new(struct arena *arena);

/* `columns[fact]` has `rows` (<= BATCH_ROWS) values. For programs whose rule is a condition. */
void batch_run_truth(const struct batch_program *program, const int64_t *const *columns,
                     size_t rows, struct batch_scratch *scratch, uint8_t *out);

/* For programs that compute a number: value * denominator, or BATCH_UNKNOWN. */
void batch_run_number(const struct batch_program *program, const int64_t *const *columns,
                      size_t rows, struct batch_scratch *scratch, int64_t *out);

/* One row, as `row[fact]`: what columns are held against; for tests and benches. */
enum batch_truth batch_row_truth(const struct batch_program *program, const int64_t *row);

bool batch_is_number(const struct batch_program *program);
int64_t batch_denominator(const struct batch_program *program);

#endif
