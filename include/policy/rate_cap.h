#ifndef POLICY_RATE_CAP_H
#define POLICY_RATE_CAP_H

#include "policy/match.h"

/*
 * The rate and the ceiling that hold for one enterprise: the parameters whose names begin with
 * "rate" and "cap" and that its own branch of the amount uses. Somebody of a priority group reads
 * 100 %, not the 70 % of everybody else. Where facts that decide the branch are missing, the lowest
 * and the highest that may come out. RATIO_NONE where the policy has no such number.
 */
struct rate_cap {
    struct ratio rate_low, rate_high; /* 0 to 1 */
    struct ratio cap_low, cap_high;   /* đồng */
};

void policy_rate_and_cap(const struct policy_match *match, const struct applicant *applicant,
                         struct arena *arena, struct rate_cap *out);

#endif
