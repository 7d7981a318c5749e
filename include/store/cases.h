#ifndef STORE_CASES_H
#define STORE_CASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/assessments.h"

/*
 * Cases (hồ sơ thẩm định): assessments under review, a row for each, with what officers made of the
 * answers, what was verified, and what an officer may still take back. Which acts are possible when
 * is not decided here (app/review/case_machine.h).
 *
 * Everything runs in the transaction that is open or in one of its own; times as in
 * store/dossiers.h. What names a case that does not exist is NOT_FOUND.
 */

#define CASE_STATES(X)                                                                             \
    X(SUBMITTED, "submitted")                                                                      \
    X(IN_REVIEW, "in_review")                                                                      \
    X(ASKED, "asked")                                                                              \
    X(ANSWERED, "answered")                                                                        \
    X(PROPOSED, "proposed")                                                                        \
    X(VERIFIED, "verified")                                                                        \
    X(REOPENED, "reopened")                                                                        \
    X(WITHDRAWN, "withdrawn")                                                                      \
    X(REJECTED, "rejected")                                                                        \
    X(EXPIRED, "expired")

#define X(name, code) CASE_##name,
enum case_state { CASE_STATES(X) CASE_STATE__MAX };
#undef X

const char *case_state_code(enum case_state state); /* "submitted" */

/* What lists show of a case: made from its assessment. Texts are "" where nothing is known. */
struct case_shown {
    const char *round, *questionnaire; /* "id@version" */
    const char *name, *tax_code;
    const char *form, *section, *area, *size_class, *submitted_on;
    int64_t points, points_max; /* hundredths */
    int level;                  /* STORE_UNKNOWN: not rated */
    int margin;                 /* points, see 0007_cases.sql; 0: none near */
    const char *margin_in;      /* the dimensions, parted by blanks; "": the sum */
    int64_t support_vnd;
    int files, asked, answered; /* of queries: those that are open or were answered */
    int flag_count;
    unsigned flags; /* a bit for each enum quality_kind */
};

/* Where a case stands: what acts change, all together. */
struct case_standing {
    enum case_state state;
    int edition;
    int64_t assignee, proposer; /* accounts; 0: nobody */
    const char *due_on;         /* "" while the clock stands still, or when it is over */
    int days_left;              /* working days, while it stands still */
    const char *firm_due_on;    /* "" unless the enterprise is waited for */
    const char *reason_code, *reason;
    int64_t verified_points; /* hundredths; STORE_UNKNOWN: not verified */
    int verified_level;      /* STORE_UNKNOWN also where it is not rated */
};

struct case_row {
    int64_t id, assessment;
    int64_t version; /* grows by one with every change of what an act changes */
    int revision;    /* of the assessment, that is reviewed */
    struct case_standing at;
    const char *state_at;   /* since when it is in its state */
    const char *touched_at; /* when somebody last worked on it */
    struct case_shown shown;
    const char *objected_at; /* when the enterprise did not agree with what was verified; "" */
};

/* How the audit names a case: "case:412". */
#define CASE_OBJECT_BYTES 32
void case_object_name(int64_t id, char text[CASE_OBJECT_BYTES]);

/* ---- what is to be looked at ---- */

/* At most `max` assessments that were stored, revised or withdrawn since their case was made. */
MUST_USE enum status case_due_list(struct store *store, size_t max, struct arena *arena,
                                   const int64_t **assessments, size_t *count, struct err *err);
/* Notes one, so that its case is made or looked at anew; and forgets it. */
MUST_USE enum status case_due_add(struct store *store, int64_t assessment, struct err *err);
MUST_USE enum status case_due_done(struct store *store, int64_t assessment, struct err *err);

/* ---- cases ---- */

/* Adds row->assessment as a case in its standing; sets row->id and row->version. */
MUST_USE enum status case_add(struct store *store, struct case_row *row, const char *now,
                              struct err *err);
MUST_USE enum status case_load(struct store *store, int64_t id, struct arena *arena,
                               struct case_row *out, struct err *err);
/* NOT_FOUND where there is none yet. */
MUST_USE enum status case_of_assessment(struct store *store, int64_t assessment,
                                        struct arena *arena, struct case_row *out, struct err *err);
/* Writes revision and what lists show; not a change that a version tells of. */
MUST_USE enum status case_show(struct store *store, const struct case_row *row, struct err *err);
/* Writes row->at if the stored version is still row->version, then adds one to that. CONFLICT. */
MUST_USE enum status case_move(struct store *store, struct case_row *row, const char *now,
                               struct err *err);
/* The enterprise does not agree with what was verified: `now` is noted, once. CONFLICT: it was
 * before. */
MUST_USE enum status case_object(struct store *store, int64_t id, const char *now,
                                 struct err *err);
/* Somebody looks at it: `now` is noted, if it is the first look of this day. */
MUST_USE enum status case_look(struct store *store, int64_t id, const char *now, struct err *err);
/* Somebody works on it: `now` is noted. */
MUST_USE enum status case_touch(struct store *store, int64_t id, const char *now, struct err *err);
/* Takes away the case of an assessment with all that hangs on it; none: nothing. */
MUST_USE enum status case_forget(struct store *store, int64_t assessment, struct err *err);

/* ---- lists ---- */

enum case_sort {
    CASE_BY_DUE,
    CASE_BY_STATE,
    CASE_BY_NAME,
    CASE_BY_AREA,
    CASE_BY_SECTION,
    CASE_BY_POINTS,
    CASE_BY_LEVEL,
    CASE_BY_MARGIN, /* nearest first */
    CASE_BY_SUPPORT,
    CASE_BY_FILES,
    CASE_BY_FLAGS,
    CASE_BY_PLAN, /* the order of the plan that is filtered by */
    CASE_SORT__MAX
};

/* NULL, 0 and STORE_UNKNOWN filter nothing; "unknown" finds what was not given. */
struct case_filter {
    const char *areas;   /* that may be seen: "|chi-linh|nam-sach|"; NULL: all */
    int64_t mine;        /* seen beside them: what this account is to do; 0: nothing */
    const char *states;  /* "|submitted|asked|"; "objected": verified, and objected to since */
    int64_t assignee;    /* CASE_NOBODY: those of nobody */
    const char *area, *section, *size_class, *round;
    const char *words;   /* of the name, folded; or the beginning of the tax code */
    const char *due_by;  /* the day, or before it; those whose clock runs */
    const char *firm_due_before; /* an enterprise was waited for until a day before this */
    int level;
    unsigned flags;      /* at least one of these */
    bool only_without_files;
    int64_t plan;          /* a review plan; 0: whether they are in one is not asked */
    const char *plan_part; /* "sample", "risk" */
};
#define CASE_NOBODY (-1)
#define CASE_FILTER_NONE ((struct case_filter){.level = STORE_UNKNOWN})

struct case_window {
    enum case_sort sort;
    bool is_falling;
    int64_t limit, offset;
};

/* The cases of a page, and how many there are in all (`total` NULL: they are not counted); 50,000
 * of them in less than 100 ms. */
MUST_USE enum status case_list(struct store *store, const struct case_filter *filter,
                               const struct case_window *page, struct arena *arena,
                               struct case_row **rows, size_t *count, int64_t *total,
                               struct err *err);

/* Cases that are somebody's to work on, and that nobody touched since a time: at most `max`. */
MUST_USE enum status case_untouched(struct store *store, const char *before, size_t max,
                                    struct arena *arena, struct case_row **rows, size_t *count,
                                    struct err *err);

/* How many there are of what the views of a desk show, of those that may be seen. */
struct case_counts {
    int64_t all, mine, unassigned, answered, proposed;
    int64_t overdue;                 /* of all that are to be done */
    int64_t mine_overdue, mine_today, mine_answered;
    int64_t objected;                /* verified, and objected to since */
};
MUST_USE enum status case_count(struct store *store, const struct case_filter *seen,
                                int64_t account, const char *today, struct case_counts *out,
                                struct err *err);

/* ---- what officers made of answers ---- */

struct case_value {
    const char *item; /* "answers.4.1.3", "facts.employees" */
    int64_t version;  /* 0: there is none */
    const char *self; /* what it was answered as, JSON; "" for nothing */
    const char *value; /* JSON; "" where it stays as it was answered */
    const char *reason, *note;
    int64_t account;
    const char *at;
};

#define CASE_NOTE_BYTES_MAX 2000

MUST_USE enum status case_values(struct store *store, int64_t id, struct arena *arena,
                                 const struct case_value **list, size_t *count, struct err *err);
/* The cases of which a value was changed, by their ids. */
MUST_USE enum status case_changed_list(struct store *store, struct arena *arena,
                                       const int64_t **cases, size_t *count, struct err *err);
/* Writes one if the stored version is still value->version, and adds one to it. CONFLICT: somebody
 * was faster; LIMIT: the note is too long. */
MUST_USE enum status case_value_put(struct store *store, int64_t id, struct case_value *value,
                                    struct err *err);
/* ---- what may be taken back ---- */

struct case_undo {
    const char *act;
    int64_t account;
    int64_t until; /* seconds since 1970 */
    struct case_standing before;
};

/* Only the last act of a case may be taken back. */
MUST_USE enum status case_undo_put(struct store *store, int64_t id, const struct case_undo *undo,
                                   struct err *err);
/* NOT_FOUND: there is nothing. */
MUST_USE enum status case_undo_load(struct store *store, int64_t id, struct arena *arena,
                                    struct case_undo *out, struct err *err);
MUST_USE enum status case_undo_drop(struct store *store, int64_t id, struct err *err);

/* ---- what was verified ---- */

struct case_freeze {
    int edition;
    const char *at;
    int64_t proposer, decider; /* accounts; proposer 0: one person was enough */
    int revision;
    int64_t self_points, points, points_max; /* hundredths */
    int self_level, level;                   /* STORE_UNKNOWN: not rated */
    const char *questionnaire_hash, *catalogue_hash, *program_version;
    const char *response; /* the verified one: a document that response_read() takes */
    const char *changes;  /* [{"item","self","value","reason","note"}] as JSON */
};

MUST_USE enum status case_freeze_add(struct store *store, int64_t id,
                                     const struct case_freeze *freeze, struct err *err);
/* The one of an edition; 0: the last. NOT_FOUND. */
MUST_USE enum status case_freeze_load(struct store *store, int64_t id, int edition,
                                      struct arena *arena, struct case_freeze *out,
                                      struct err *err);
/* Takes one back that was made just now. */
MUST_USE enum status case_freeze_drop(struct store *store, int64_t id, int edition,
                                      struct err *err);

#endif
