#ifndef STORE_REVIEW_PLANS_H
#define STORE_REVIEW_PLANS_H

#include "store/cases.h"

/*
 * Review plans of a round, blind second reviews, and what is counted of both. Areas are those of
 * struct case_filter: NULL is all. Lists live in the arena.
 */

struct review_plan {
    int64_t id;
    const char *round;
    const char *areas; /* whose files it is about, as in the database: "" all */
    int64_t seed;
    int half_width, expected; /* 10,000ths */
    int risk_hours, blind_percent, minutes;
    int64_t files;
    const char *made_at;
    int64_t account; /* 0: the command line */
};

struct plan_stratum {
    const char *section, *size_class;
    int64_t files, taken;
    int64_t seen, wrong, out; /* as they are now: verified; changed so that two decided; closed
                                 otherwise, which says nothing */
};

struct plan_case {
    int64_t id; /* of the case */
    bool is_risk, is_blind;
    size_t stratum;
    int64_t position;
    int64_t chance; /* millionths */
    int64_t expected_vnd;
};

/* A case that a plan may choose. */
struct plan_candidate {
    int64_t id;
    const char *section, *size_class;
    unsigned flags;
    int files, margin;
    int64_t support_vnd;
    bool is_open; /* it still waits for an officer */
};

/* The cases of a round, sorted by section and size class; without those that were withdrawn,
 * rejected or expired. */
MUST_USE enum status review_plan_candidates(struct store *store, const char *areas,
                                            const char *round, struct arena *arena,
                                            struct plan_candidate **list, size_t *count,
                                            struct err *err);
/* Adds one with all that belongs to it; sets plan->id. */
MUST_USE enum status review_plan_add(struct store *store, struct review_plan *plan,
                                     const struct plan_stratum *strata, size_t stratum_count,
                                     const struct plan_case *cases, size_t case_count,
                                     struct err *err);
/* The newest one of a round (NULL: of any) of which something may be seen. NOT_FOUND. */
MUST_USE enum status review_plan_newest(struct store *store, const char *areas, const char *round,
                                        struct arena *arena, struct review_plan *out,
                                        struct err *err);
MUST_USE enum status review_plan_strata(struct store *store, int64_t plan, struct arena *arena,
                                        struct plan_stratum **list, size_t *count,
                                        struct err *err);
/* Of one part, in order. */
MUST_USE enum status review_plan_cases(struct store *store, int64_t plan, bool is_risk,
                                       struct arena *arena, struct plan_case **list, size_t *count,
                                       struct err *err);

/* How many cases of a part there are that may be seen, and how many are decided, or closed. */
struct plan_progress {
    int64_t all, done;
};
MUST_USE enum status review_plan_progress(struct store *store, int64_t plan, const char *areas,
                                          struct plan_progress *sample, struct plan_progress *risk,
                                          struct err *err);

/* Files of all random samples that were verified, apart by what was odd about them. */
struct plan_learned {
    unsigned flags;
    bool has_files, is_near; /* near: the level hangs on at most PLAN_NEAR_POINTS */
    int64_t seen, wrong;
};
#define PLAN_NEAR_POINTS 2
MUST_USE enum status review_plan_learned(struct store *store, struct arena *arena,
                                         struct plan_learned **list, size_t *count,
                                         struct err *err);

/* From the first look at a case to its decision where both fell on one day: seconds of each. */
MUST_USE enum status review_plan_efforts(struct store *store, struct arena *arena, int64_t **list,
                                         size_t *count, struct err *err);

struct plan_round {
    const char *name;
    int64_t files;
};
/* Rounds with cases that may be seen, the last name first. */
MUST_USE enum status review_plan_rounds(struct store *store, const char *areas,
                                        struct arena *arena, struct plan_round **list,
                                        size_t *count, struct err *err);
/* How many cases of a round have which flags. */
struct plan_flags {
    unsigned flags;
    int64_t files;
};
MUST_USE enum status review_plan_flags(struct store *store, const char *areas, const char *round,
                                       struct arena *arena, struct plan_flags **list,
                                       size_t *count, struct err *err);

#endif
