#ifndef SRC_RULE_RULE_OPS_H
#define SRC_RULE_RULE_OPS_H

#include "rule/rule.h"

#define OPERANDS_ANY 255

/* What the checker needs to know of an operator. */
struct op_info {
    const char *name;
    unsigned char min, max;  /* operands; OPERANDS_ANY for no ceiling */
    enum rule_type operands; /* what each must be; TYPE_ANY where the operator decides itself */
    enum rule_type result;
    bool opens_scope; /* its second operand sees one item at a time, not the facts */
};

extern const struct op_info rule_ops[OP__MAX];

#endif
