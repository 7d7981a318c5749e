#ifndef POLICY_COMBINE_H
#define POLICY_COMBINE_H

#include "policy/match.h"

/*
 * The best allowed combination of the policies that an enterprise is eligible for: of policies that
 * exclude each other, those are taken that bring most together. Found exactly (branch and bound
 * over the groups of policies that exclude each other; COMBINE_GROUP_MAX in one group).
 *
 * Two policies exclude each other if they name the same code in `excludes` and are for the same
 * content ("same-content-same-year", "choose-one-level": Decree 224/2026 art. 73(2), 75), or if one
 * names the other's id. Programmes that take no applications are left out. Loans and guarantees
 * are not money given: they are weighed last, and never added to grants. Only what is certainly
 * open is promised; what may be closed is counted apart.
 */

#define COMBINE_GROUP_MAX 24

struct combined_policy {
    const struct policy_match *match;
    bool is_chosen;
    /* Of one that was not chosen: a chosen policy that excludes it. NULL if it was chosen. */
    const struct policy_match *instead;
    const char *code; /* why: the shared code, or the id */
};

struct combination {
    const struct combined_policy *policies; /* eligible ones, in the order of the catalogue */
    size_t count;
    int64_t given_vnd; /* grants, services, interest and taxes of the chosen ones, known amounts */
    int64_t promised_vnd; /* of those, what comes from programmes that are certainly open */
    size_t open;          /* chosen ones whose amount is not known */
    bool is_exact;        /* false if a group was too large and was taken greedily */
};

/* Everything lives in the arena. */
const struct combination *combine(const struct match *match, struct arena *arena);

/* True if the two may not be used together; `code` (may be NULL) gets the reason.
 * Public for tests, which hold combinations against it. */
bool policies_exclude(const struct policy *a, const struct policy *b, const char **code);

/* "same-content-same-year" in words; the code itself if it is not known. */
struct words exclusion_words(const char *code);

#endif
