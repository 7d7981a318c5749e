#ifndef POLICY_READINGS_H
#define POLICY_READINGS_H

#include "policy/policy.h"

/*
 * Loads the key "read" of a policy whose `certainty` and `document` stand already: the texts that
 * were compared with it. Adds a fault for each that does not say where, in which copy and when, and
 * one where the certainty is "read" but the document that grants the policy is not among them.
 */
void policy_readings_load(struct arena *arena, const struct json *root, struct policy *policy,
                          struct faults *faults);

#endif
