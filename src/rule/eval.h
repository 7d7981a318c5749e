#ifndef SRC_RULE_EVAL_H
#define SRC_RULE_EVAL_H

#include "rule/rule.h"

/* One running evaluation. */
struct eval {
    const struct rule_data *data;
    const struct value *root; /* data of the moment: the item inside map, filter, ... */
    struct arena *arena;
    struct rule_result *result;
    size_t steps;
};

typedef struct value evaluator(struct eval *e, const struct rule_node *node);

/* Evaluates a node and, once it is decided, forgets what was missing on the way. */
struct value eval(struct eval *e, const struct rule_node *node);

/* Unknown for a reason that is not a missing fact. The first reason is kept. */
struct value unknown_because(struct eval *e, const struct words *reason);

/* The path that an operand of var or missing names. */
const char *eval_path(struct eval *e, const struct value *name);

extern const struct words reason_list, reason_number, reason_steps, reason_text;

/* Every operand, as a list. */
evaluator eval_array;
/* Lists: rule_lists.c. */
evaluator eval_missing, eval_missing_some, eval_quantifier, eval_map, eval_filter, eval_reduce,
    eval_merge;
/* Texts: rule_texts.c. */
evaluator eval_cat, eval_substr;

#endif
