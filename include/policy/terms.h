#ifndef POLICY_TERMS_H
#define POLICY_TERMS_H

#include "policy/match.h"

/*
 * What a policy gives at most of a spend that is not known yet: "up to 50 %, at most 100 million
 * đồng a year". Found from the amount rule itself, so it is that of this enterprise: its size, its
 * priority groups. Where a fact that decides it is unknown, there is one case for each value.
 */

#define TERMS_FACTS_MAX 3
#define TERMS_CASES_MAX 16

struct policy_terms_case {
    struct value assumed[TERMS_FACTS_MAX]; /* of `facts`, in its order */
    struct ratio rate;                     /* of the spend: 1/2 for 50 % */
    bool has_cap;
    int64_t cap_vnd; /* for each of what `cap_basis` counts */
};

struct policy_terms {
    size_t facts[TERMS_FACTS_MAX]; /* unknown ones on which the terms depend */
    size_t fact_count;
    struct policy_terms_case cases[TERMS_CASES_MAX];
    size_t count; /* 0: the amount is in no proportion to a single spend, or not known at all */
};

/* Whether the conditions hold is not looked at. Texts and lists live in the arena. */
void policy_terms_find(const struct applicant *applicant, const struct policy *policy,
                       struct arena *arena, struct policy_terms *terms);

/* In one phrase; of several cases the most of each, and that it depends. NULL where count is 0. */
const char *policy_terms_words(const struct policy_terms *terms, const struct policy *policy,
                               enum lang lang, struct arena *arena);

/* Each case with its terms, parted by semicolons; one case as policy_terms_words() says it. */
const char *policy_terms_case_words(const struct policy_terms *terms, const struct policy *policy,
                                    const struct applicant *applicant, enum lang lang,
                                    struct arena *arena);

#endif
