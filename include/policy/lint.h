#ifndef POLICY_LINT_H
#define POLICY_LINT_H

#include "policy/catalogue.h"

/*
 * Advice on a policy file, as warnings: conditions that can never or always hold or that the others
 * imply, branches that are never taken, parameters that are unused, missing on a day of validity,
 * or missing for a choice that the conditions let through, facts that nobody can supply, no tests.
 */
void policy_lint(struct arena *arena, const struct catalogue *catalogue,
                 const struct policy *policy, struct faults *faults);

#endif
