#ifndef SRC_RULE_BATCH_COMPILER_H
#define SRC_RULE_BATCH_COMPILER_H

#include "batch_program.h"

/* What the files that turn a rule into a flat program share. Every function is false (or NULL)
 * where the rule cannot be compiled; what was made by then is thrown away with the program. */

/* The result of a part of the rule: a register, and for numbers what is known of it. */
struct part {
    bool is_number;
    bool is_unknown; /* a literal "unknown": it can stand for a number as well */
    uint8_t reg;
    int64_t denominator;
    wide low, high; /* all that it can be, in 1/denominator */
};

struct compiler {
    struct arena *arena;
    const struct rule_schema *schema;
    const struct batch_fact *facts;
    const struct value *fixed;
    struct batch_step *steps;
    size_t count;
    uint8_t truths_used, numbers_used;
};

/* Any part of a rule. */
bool compile_part(struct compiler *c, const struct rule_node *node, struct part *out);

/* A new step with a register of its own for its result. */
struct batch_step *compiler_add(struct compiler *c, enum batch_op op, bool is_number,
                                struct part *out);

/* The value of a literal or of a fixed fact, else NULL. */
const struct value *compiler_constant(const struct compiler *c, const struct rule_node *node);

bool number_constant(struct compiler *c, struct ratio number, struct part *out);
bool number_column(struct compiler *c, const struct rule_node *node, struct part *out);

/* Where a number is needed: an unknown literal becomes an unknown number. */
bool part_to_number(struct compiler *c, struct part *part);

/* Brings two numbers to one denominator. */
bool parts_align(struct compiler *c, struct part *a, struct part *b);

/* + - min max, and * /. */
bool compile_sum(struct compiler *c, const struct rule_node *node, struct part *out);
bool compile_product(struct compiler *c, const struct rule_node *node, struct part *out);

#endif
