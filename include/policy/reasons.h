#ifndef POLICY_REASONS_H
#define POLICY_REASONS_H

#include "policy/match.h"

/* Why a policy is refused, and whether its owner can do something about it. */

/*
 * True if one thing alone stands in the way of a policy, and it is one that an enterprise can
 * change within a year (`changeable` in facts.json) or that a day brings: a policy that is in force
 * and fails for one condition, which is not certain to fail any more when the changeable facts are
 * left open; or one that only starts later. A programme that takes no applications never is.
 * `failed` gets the condition, NULL where the policy starts later.
 */
bool match_is_almost(const struct applicant *applicant, const struct policy_match *match,
                     struct arena *arena, const struct condition **failed);

/* True if two conditions are one rule, whatever their ids. */
bool condition_is_same(const struct condition *a, const struct condition *b);

/* True if two policies have one verdict for the same reasons in the same order: conditions that
 * certainly fail, or, where that is open, those that are. */
bool match_has_same_reasons(const struct policy_match *a, const struct policy_match *b);

#endif
