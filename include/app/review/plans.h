#ifndef APP_REVIEW_PLANS_H
#define APP_REVIEW_PLANS_H

#include "app/review/cases.h"
#include "report/action_columns.h"
#include "store/plans.h"

/*
 * Action plans ("5 rõ"; docs/command-line.md): of an enterprise, and of the province. A row is
 * stored only when every column of reports/action-plan.json is filled in; one that lacks something,
 * or that somebody else has changed meanwhile, is refused where it stands, with the reason, and the
 * others are kept. Each row that was stored is an entry of the audit, in the transaction that is
 * open or one of its own.
 *
 * Who may see an enterprise is asked by the caller (app/permission.h); lists take the areas.
 */

/* A row as people typed it. A text that is NULL counts as empty. */
struct plan_typed {
    int64_t id;      /* 0: a new one */
    int64_t version; /* that was read; 0 for a new one */
    size_t number;   /* that people see beside it; 0: its place among those that are saved */
    bool is_province;
    const char *texts[ACTION_COLUMN__MAX]; /* the time as a day: "24/02/2027", "2027-02-24" */
    const char *state;  /* plan_state_code(); NULL: as it is, or not begun */
    const char *source; /* of a new one, see struct plan_row; NULL: nothing */
};

enum plan_result {
    PLAN_BLANK, /* a new row in which nothing was typed: no fault */
    PLAN_SAVED,
    PLAN_SAME, /* nothing of it is another than stored */
    PLAN_MISSING, /* columns lack */
    PLAN_REFUSED, /* a text too long, no such day or state */
    PLAN_STALE,   /* somebody else was faster: `row` is what they made of it */
    PLAN_RESULT__MAX
};

struct plan_outcome {
    enum plan_result result;
    unsigned missing;   /* PLAN_MISSING: a bit for each enum action_column */
    int fault;          /* PLAN_REFUSED: the column; ACTION_COLUMN__MAX: another part of it */
    struct words why;   /* a sentence, but for PLAN_BLANK, PLAN_SAVED and PLAN_SAME */
    struct plan_row row; /* as it is stored now; id 0 where it is not */
};

/*
 * Saves rows of one enterprise (0: of the province, none single) and says of each what became of
 * it; `outcomes` has `count` places. A row that belongs to another enterprise is NOT_FOUND, as one
 * that is not there; then, for LIMIT and where the database fails, nothing is stored.
 */
MUST_USE enum status plan_save(const struct app_context *app, const struct action_columns *columns,
                               int64_t enterprise, const struct plan_typed *rows, size_t count,
                               struct arena *arena, struct plan_outcome *outcomes,
                               struct err *err);

/* The enterprise of a tax code or reference (store_find()). NOT_FOUND. */
MUST_USE enum status plan_owner(const struct app_context *app, const char *key,
                                int64_t *enterprise, struct err *err);

/* That of a case. */
int64_t plan_owner_of(const struct case_row *row);

/* Rows by their due day, those of the window, in the arena; and how many there are. */
MUST_USE enum status plan_list(const struct app_context *app, const struct plan_filter *filter,
                               struct plan_window *window, struct arena *arena,
                               const struct plan_row **list, size_t *count, struct err *err);
/* One of them; NOT_FOUND. */
MUST_USE enum status plan_load(const struct app_context *app, int64_t id, struct arena *arena,
                               struct plan_row *row, struct err *err);
MUST_USE enum status plan_count(const struct app_context *app, const struct plan_filter *filter,
                                size_t *count, struct err *err);
/* How many there are by area; `areas` as in struct plan_filter. In the arena. */
MUST_USE enum status plan_sums(const struct app_context *app, const char *areas,
                               struct arena *arena, const struct plan_sum **list, size_t *count,
                               struct err *err);

/* What stands in a column of a row; the day as people read it. */
const char *plan_text(const struct plan_row *row, enum action_column column, struct arena *arena);

struct words plan_state_words(enum plan_state state); /* "Đang làm" */
/* "Đang làm", "Quá hạn", "Xong 28/10/2026" */
const char *plan_standing(const struct plan_row *row, day today, enum lang lang,
                          struct arena *arena);
/* Whose row it is: "May Minh Họa", "việc của tỉnh". */
const char *plan_owner_name(const struct plan_row *row, enum lang lang);
const char *plan_state_id(enum plan_state state);      /* "doing": plan_typed.state */

/* Not finished, and its day has passed. */
bool plan_is_overdue(const struct plan_row *row, day today);
/* What filters those: unfinished, due before today. */
struct plan_filter plan_overdue_filter(day today);

#endif
