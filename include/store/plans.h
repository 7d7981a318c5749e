#ifndef STORE_PLANS_H
#define STORE_PLANS_H

#include "base/date.h"
#include "store/assessments.h"

/*
 * Rows of action plans (kế hoạch hành động 5 rõ): who does what until when, who answers for it, and
 * what proves that it was done. The store keeps rows and their versions; which columns a row needs
 * is decided in app/review/plans.h. Everything runs in the transaction that is open or in one of
 * its own; times as in store/dossiers.h.
 */

#define PLAN_TEXT_CHARS_MAX 500 /* of one column */
#define PLAN_ROWS_MAX 200       /* of one enterprise */
#define PLAN_PROVINCE_ROWS_MAX 5000 /* of the province, that concern no single enterprise */

/* What a row was made from: one of these and an id. */
#define PLAN_FROM_PACKAGE "package:"
#define PLAN_FROM_STEP "step:" /* of a question */
#define PLAN_FROM_POLICY "policy:"

#define PLAN_STATES(X)                                                                             \
    X(OPEN, "open")       /* not begun */                                                          \
    X(DOING, "doing")                                                                              \
    X(DONE, "done")                                                                                \
    X(DROPPED, "dropped") /* it will not be done */

#define X(name, code) PLAN_##name,
enum plan_state { PLAN_STATES(X) PLAN_STATE__MAX };
#undef X

const char *plan_state_code(enum plan_state state); /* "open" */
/* PLAN_STATE__MAX for a word that is none. */
enum plan_state plan_state_find(const char *code);

/* Texts are never NULL. */
struct plan_row {
    int64_t id;
    int64_t version;    /* from 1; grows by one with each change */
    int64_t enterprise; /* 0: a task of the province that concerns no single one */
    bool is_province;   /* a task of the province, also where it concerns an enterprise */
    const char *person, *task, *responsibility, *result;
    const char *authority; /* "" where plans have five columns */
    day due_on;
    enum plan_state state;
    day done_on;        /* PLAN_DONE; else DAY_NONE */
    const char *source; /* what it was made from: "policy:ID", see above; "" */
    const char *changed_at;
    int64_t account; /* who changed it last; 0: the command line */
    /* Read only: of the enterprise, "" where there is none or nothing is known. */
    const char *name, *area;
    int64_t review_case; /* read only: the latest of the enterprise; 0: none */
};

/* Adds a row; sets id and version. NOT_FOUND: no such enterprise; LIMIT: see above. */
MUST_USE enum status plan_row_add(struct store *store, struct plan_row *row, const char *now,
                                  struct err *err);
MUST_USE enum status plan_row_load(struct store *store, int64_t id, struct arena *arena,
                                   struct plan_row *out, struct err *err);
/* Writes all but enterprise and source, if the stored version is still row->version, and adds one
 * to that. CONFLICT: somebody was faster; NOT_FOUND. */
MUST_USE enum status plan_row_change(struct store *store, struct plan_row *row, const char *now,
                                     struct err *err);

/* What a list holds; zeros, NULL and DAY_NONE filter nothing. */
struct plan_filter {
    int64_t enterprise;
    bool only_province;   /* tasks of the province */
    bool only_firms;      /* rows that enterprises do themselves */
    bool only_free;       /* of these three one at most: tasks that concern no single enterprise */
    const char *states;   /* "|open|doing|" */
    const char *person, *firm; /* what stands in the person, in the name; folded (text_fold()) */
    bool only_unfinished; /* open or being done */
    day due_from, due_to; /* inclusive */
    /* Areas that may be seen: "|chi-linh|nam-sach|". Rows of no enterprise are always seen. */
    const char *areas;
};
#define PLAN_FILTER_NONE ((struct plan_filter){.due_from = DAY_NONE, .due_to = DAY_NONE})

/* Which of them, and then how many there are in all; by due day. */
struct plan_window {
    size_t first, max;
    size_t total;
};

/* In the arena. What is filtered by words is read row by row, which takes its time. */
MUST_USE enum status plan_row_list(struct store *store, const struct plan_filter *filter,
                                   struct plan_window *window, struct arena *arena,
                                   const struct plan_row **list, size_t *count, struct err *err);
MUST_USE enum status plan_row_count(struct store *store, const struct plan_filter *filter,
                                    size_t *count, struct err *err);

/* How many rows there are of each area ("": none is known, or tasks of no single enterprise). */
struct plan_sum {
    const char *area;
    int64_t enterprises;               /* that have rows */
    int64_t states[PLAN_STATE__MAX];
    int64_t late;                      /* of the unfinished */
};

/* By area; `areas` as above. In the arena. */
MUST_USE enum status plan_row_sums(struct store *store, const char *areas, day today,
                                   struct arena *arena, const struct plan_sum **list,
                                   size_t *count, struct err *err);

#endif
