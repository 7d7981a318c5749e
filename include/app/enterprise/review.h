#ifndef APP_ENTERPRISE_REVIEW_H
#define APP_ENTERPRISE_REVIEW_H

#include "app/enterprise/history.h"
#include "app/queries.h"
#include "store/cases.h"

/*
 * The enterprise's side of a review (docs/review.md): what is asked, what may be changed meanwhile,
 * what was verified, and what it says against that. Everything here runs in the thread that owns
 * the store.
 */

/* Working days from verification on; the program's own, no law sets them. */
#define OBJECTION_WORKING_DAYS 10

/* Where the review of a dossier stands. */
struct dossier_review {
    struct dossier_history history;
    size_t open_queries; /* that wait for a reply */
    bool has_case;       /* false: not submitted, or only just */
    struct case_row row; /* where it has one */
    const char *state;   /* its code, as the enterprise is told; "" where it has none */
    int days_left;       /* working days to reply, 0 on the last one; -1: it does not run */
    const char *object_by; /* the last day to object, YYYY-MM-DD; "" where it is not possible now */
};

MUST_USE enum status open_dossier_review(const struct app_context *app,
                                         const struct open_dossier *opened, struct arena *arena,
                                         struct dossier_review *out, struct err *err);

/* ---- what may be changed ---- */

/*
 * A draft may be changed as a whole. One that was given back only in what it was given back for:
 * the answers that were asked and open then, or are asked since, and questions that come to be
 * shown by them; as a whole where something about the whole is asked. While an officer asks without
 * giving it back, files may be added to what is asked. Else nothing.
 */
struct unlocked {
    bool all;
    size_t answer_count;  /* that may be changed, where not all */
    const bool *answers;  /* by question; NULL: none */
    /* By question: NULL takes no files; else those that came from then on may be taken away. */
    const char *const *files_since;
};

MUST_USE enum status open_dossier_unlocked(const struct app_context *app,
                                           const struct open_dossier *opened, struct arena *arena,
                                           struct unlocked *out, struct err *err);
bool unlocked_answer(const struct unlocked *unlocked, size_t question);
bool unlocked_takes_files(const struct unlocked *unlocked, size_t question);
bool unlocked_gives_up(const struct unlocked *unlocked, size_t question,
                       const struct evidence *file);

/*
 * Before a dossier that was given back is submitted again: what is locked becomes what it was, and
 * queries whose answer was changed, or for which files came, are replied to by that. CONFLICT: a
 * query is open all the same.
 */
MUST_USE enum status open_dossier_hand_back(const struct app_context *app,
                                            struct open_dossier *opened, struct arena *arena,
                                            struct err *err);

/* What the files that came for a query since it was asked say as its reply ("Đã gửi tệp: a.pdf"),
 * in the language of the dossier; "" where none came. */
MUST_USE enum status open_dossier_files_reply(const struct app_context *app,
                                              const struct open_dossier *opened,
                                              const struct dossier_question *query,
                                              struct arena *arena, const char **text,
                                              struct err *err);

/* ---- what was verified ---- */

struct verified_result {
    struct case_freeze frozen;
    bool is_reopened;                       /* it is looked at once more */
    const struct response *response, *self; /* verified, and as it was answered; activated */
};

/* NOT_FOUND: nothing was, or it was submitted anew since. */
MUST_USE enum status open_dossier_verified(const struct app_context *app,
                                           const struct open_dossier *opened, struct arena *arena,
                                           struct verified_result *out, struct err *err);

/* The owner does not agree with it: noted for officers, once for each case. CONFLICT: it is not
 * verified, was objected to before, or its days are over; DENIED for anybody else. */
MUST_USE enum status open_dossier_object(const struct app_context *app,
                                         const struct open_dossier *opened, const char *text,
                                         struct arena *arena, struct err *err);

#endif
