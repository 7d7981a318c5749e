#ifndef APP_REVIEW_BULK_H
#define APP_REVIEW_BULK_H

#include "app/review/cases.h"
#include "store/bulk.h"

/*
 * Acts on all that is filtered in the queue. A run is looked at before it is begun: which cases
 * can, and why others cannot, with the version that was seen. Begun, it goes on a few milliseconds
 * at a time (bulk_continue(), by the clock of the server and by who looks at it), each case for
 * itself: one that fails is named and stands in nobody's way, one that changed meanwhile is left
 * alone. All of it can be taken back for CASE_UNDO_SECONDS after it ended.
 *
 * Acts that ask for a look at each case are not among them: the second decision, rejecting,
 * reopening, queries. Approving "as answered" takes only what nothing speaks against: new or in
 * review, nothing changed, no open query, no flag; what the enterprise has just answered is to be
 * read first.
 */

#define BULK_ROWS_MAX 10000

#define BULK_KINDS(X) X(TAKE) X(GIVE) X(RELEASE) X(APPROVE) X(RESUME)
#define X(name) BULK_##name,
enum bulk_kind { BULK_KINDS(X) BULK_KIND__MAX };
#undef X

struct bulk_rule {
    const char *code; /* in addresses and in the database: "nhan" */
    enum case_act act;
    struct words name; /* "Nhận về mình" */
    struct words done; /* "đã nhận" */
    bool needs_values; /* the case is evaluated: some milliseconds each */
};
extern const struct bulk_rule bulk_rules[BULK_KIND__MAX];

/* BULK_KIND__MAX for a code that is none. */
enum bulk_kind bulk_find(const char *code);

/* What is to be done with which cases. */
struct bulk_wish {
    enum bulk_kind kind;
    int64_t target;     /* GIVE: to whom; 0 while it is not known */
    const char *reason; /* RESUME: that the firm or a colleague reads */
    const char *query;  /* of the queue */
    struct case_filter filter;
};

/* How many of what is filtered each kind could be done with. LIMIT: more than BULK_ROWS_MAX. */
struct bulk_counts {
    size_t total;
    size_t able[BULK_KIND__MAX]; /* 0 where the role may not, too */
};
MUST_USE enum status bulk_count(const struct app_context *app, const struct case_filter *filter,
                                struct arena *arena, struct bulk_counts *out, struct err *err);

/* Makes a run to be looked at, in place of one that was looked at before; its id in `id`.
 * BAD_INPUT: nobody to give them to, no reason; LIMIT; DENIED. */
MUST_USE enum status bulk_make(const struct app_context *app, const struct bulk_wish *wish,
                               struct arena *arena, int64_t *id, struct err *err);

/* A run with what became of its rows; of the account alone, else NOT_FOUND. */
struct bulk_view {
    struct bulk_run run;
    enum bulk_kind kind;
    const char *state; /* its code: "ready", "running", "done", "undoing", "undone" */
    const struct bulk_group *groups;
    size_t group_count;
    int64_t total, count[BULK_ROW_STATE__MAX];
    int64_t undo_left; /* seconds; 0: it cannot be taken back (any more) */
};
MUST_USE enum status bulk_see(const struct app_context *app, int64_t id, struct arena *arena,
                              struct bulk_view *out, struct err *err);
/* Rows of it, as bulk_rows() of the store; those of the account's own runs. */
MUST_USE enum status bulk_see_rows(const struct app_context *app, const struct bulk_view *view,
                                   const struct bulk_window *window, struct arena *arena,
                                   struct bulk_row **rows, size_t *count, struct err *err);
/* The newest runs of the account that were begun, at most `max`. */
MUST_USE enum status bulk_mine(const struct app_context *app, size_t max, struct arena *arena,
                               struct bulk_run **list, size_t *count, struct err *err);

/* Begins it; begins to take it back. CONFLICT where it is not ready, or it is too late. */
MUST_USE enum status bulk_begin(const struct app_context *app, const struct bulk_view *view,
                                struct err *err);
MUST_USE enum status bulk_take_back(const struct app_context *app, const struct bulk_view *view,
                                    struct err *err);

/* Goes on with the run that was begun first, for its account, for at most `ms` milliseconds in one
 * transaction; `left`: there is more. Without a run: nothing. */
MUST_USE enum status bulk_continue(const struct app_context *app, int64_t ms, bool *left,
                                   struct err *err);

#endif
