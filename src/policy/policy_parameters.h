#ifndef POLICY_PARAMETERS_H
#define POLICY_PARAMETERS_H

#include "policy/policy.h"

/*
 * Loads the key "parameters" into the policy. Adds a fault for every one that has not values of one
 * type in rising order of their days, has two on one day, or the name of a fact.
 */
void policy_parameters_load(struct arena *arena, const struct json *root, const struct facts *facts,
                            struct policy *policy, struct faults *faults);

#endif
