#ifndef RULE_LINT_H
#define RULE_LINT_H

#include <stdbool.h>

#include "rule/rule.h"

/*
 * What rules can come out as, by trying every situation that they can tell apart: each yes/no, each
 * choice, each side of every number or date that a fact is compared with. Only rules that compare
 * facts with constants are decided so; of others nothing is claimed.
 */

/* Situations tried at most; with more, nothing is claimed. */
#define LINT_SITUATIONS_MAX 60000

/* Called for each situation with the truth of every rule. */
typedef void lint_visit(void *context, const enum truth *truths, const struct value *values);

/*
 * Tries all situations of the rules together. `fixed` are values by index of the schema that do not
 * vary (parameters); UNKNOWN ones vary. False if the rules cannot be decided this way.
 */
bool lint_situations(const struct rule_node *const *rules, size_t count,
                     const struct rule_schema *schema, const struct value *fixed,
                     struct arena *arena, lint_visit *visit, void *context);

/* What one rule can be; all false if nothing can be claimed. */
struct lint_range {
    bool is_decided, can_be_true, can_be_false;
};

struct lint_range lint_rule(const struct rule_node *rule, const struct rule_schema *schema,
                            const struct value *fixed, struct arena *arena);

#endif
