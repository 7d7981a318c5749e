#ifndef POLICY_MATCH_H
#define POLICY_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "policy/catalogue.h"
#include "score/score.h"
#include "survey/response.h"

/*
 * Which policies an enterprise may have on a day, for how much, and why (or what is missing).
 *
 * Verdicts are certain: a fact that was not given leaves a policy "unknown" only if some value of
 * it would change the verdict. So beside the rule language's own logic, unknown yes/no facts and
 * an open size class are tried with every value that they could have (at most CASES_MAX cases):
 * what comes out the same in all cases is decided.
 */

#define MATCH_CASES_MAX 64
#define MATCH_GROUPS_MAX 8

/* One enterprise on one day, prepared once for all policies. */
struct applicant {
    const struct catalogue *catalogue;
    day on;
    struct value *values; /* all facts by index, also the derived ones */
    struct size_result size;
    const char *groups[MATCH_GROUPS_MAX]; /* priority groups that it certainly belongs to */
    size_t group_count;
};

struct condition_result {
    const struct condition *condition;
    enum truth truth;
};

struct policy_match {
    const struct policy *policy;
    enum verdict verdict;
    bool is_in_force; /* valid on the day; if not, not eligible whatever the conditions say */
    bool is_coming;   /* starts after the day */
    const struct condition_result *conditions; /* of the policy, in its order */
    bool has_amount;                           /* the amount is known, and is: */
    int64_t amount_vnd;
    bool has_range; /* it is open between (also while the verdict is unknown): */
    int64_t low_vnd, high_vnd;
    const size_t *missing; /* facts to ask for, by index, none derived; for verdict or amount */
    size_t missing_count;
    /* Law 04/2017 and TT 06/2022 art. 3(2) let the agency take the criterion (revenue or capital)
     * that favours the firm: the class that would give more, or -1. */
    int better_size;
    int64_t better_amount_vnd; /* with better_size; -1 if there is no amount */
};

/* A fact, and what knowing it could settle. */
struct wanted_fact {
    size_t fact;
    size_t policies;   /* verdicts or amounts that wait for it */
    int64_t money_vnd; /* the most that those could bring */
};

struct match {
    const struct applicant *applicant;
    const struct policy_match *policies; /* in the order of the catalogue */
    size_t count;
    const struct wanted_fact *wanted; /* those that settle most policies (then money) first */
    size_t wanted_count;
};

/*
 * Derives what can be derived (size, groups, age, sector, score) and returns the applicant.
 * `values` are the facts as given, by index (copied); `answered_on` is the day they were given
 * (areas and sections are read with that day's lists; DAY_NONE: the day of the match).
 * `score` may be NULL.
 */
const struct applicant *applicant_new(struct arena *arena, const struct catalogue *catalogue,
                                      const struct value *values, day answered_on, day on,
                                      const struct score *score);

/*
 * The size class alone, as applicant_new() finds it from the facts of a response: an import needs
 * nothing else of it. "micro" ... "not-sme", or "unknown" where more than one class is possible.
 * `values` are not changed.
 */
const char *applicant_size_code(const struct catalogue *catalogue, struct value *values,
                                day answered_on, day on);

/* Matches one policy. */
void policy_match_one(const struct applicant *applicant, const struct policy *policy,
                      struct arena *arena, struct policy_match *match);

/* Matches the whole catalogue. */
const struct match *match_all(const struct applicant *applicant, struct arena *arena);

/* The sentence of a condition, with the present value where it does not hold. */
const char *condition_words(const struct applicant *applicant, const struct policy *policy,
                            const struct condition *condition, enum lang lang, struct arena *arena);

/* The same for anybody: the condition alone, with the parameters of the applicant's day. */
const char *condition_bare_words(const struct applicant *applicant, const struct policy *policy,
                                 const struct condition *condition, enum lang lang,
                                 struct arena *arena);

/* The facts of a case, by index; a fault for each that does not exist or cannot be read. */
void policy_test_facts(const struct facts *facts, const struct policy_test *test,
                       struct value *values, struct arena *arena, struct faults *faults);

/* The cases that a policy carries as a Markdown table: day, facts, verdict, amount, paragraph. */
void policy_print_cases(const struct catalogue *catalogue, const struct policy *policy,
                        enum lang lang, struct arena *arena, struct buf *out);

/* Runs the tests that a policy file carries; a fault for each that gives something else. */
void policy_run_tests(struct arena *arena, const struct catalogue *catalogue,
                      const struct policy *policy, struct faults *faults);

#endif
