#ifndef APP_REVIEW_CASE_MACHINE_H
#define APP_REVIEW_CASE_MACHINE_H

#include "app/permission.h"
#include "base/lang.h"
#include "store/cases.h"

/*
 * Which act leads a case from which state to which: one table, from which acts are offered, done
 * and refused, and the diagram of docs/review.md is made. The table knows states only; what else
 * an act needs (no open query, a second person) is asked in app/review/cases.h.
 */

#define CASE_ACTS(X)                                                                               \
    X(TAKE)      /* an officer takes it, or takes it over */                                       \
    X(CORRECT)   /* a value is set, or kept */                                                     \
    X(ASK)       /* a query is sent to the enterprise */                                           \
    X(CLOSE)     /* a query is closed without waiting longer */                                    \
    X(RETURN)    /* what was asked is unlocked for the enterprise */                               \
    X(REPLY)     /* the enterprise has answered all that was asked */                              \
    X(VERIFY)    /* one person is enough */                                                        \
    X(PROPOSE)   /* a second person is needed */                                                   \
    X(AGREE)     /* the second person */                                                           \
    X(SEND_BACK) /* the second person does not agree */                                            \
    X(REJECT)    /* out of scope, or there twice */                                                \
    X(REOPEN)    /* looked at once more, as the next edition */                                    \
    X(EXPIRE)    /* the enterprise let its day pass */                                             \
    X(RESUME)    /* that is taken back */                                                          \
    X(WITHDRAW)  /* by the enterprise */                                                           \
    X(RENEW)     /* by the enterprise: it counts again, or was changed */                          \
    X(GIVE)      /* who leads gives it to somebody */                                              \
    X(RELEASE)   /* it is nobody's again */

#define X(name) CASE_ACT_##name,
enum case_act { CASE_ACTS(X) CASE_ACT__MAX };
#undef X

/* What becomes of the officer's working days. */
enum case_clock { CLOCK_KEEPS, CLOCK_STARTS, CLOCK_PAUSES, CLOCK_RESUMES, CLOCK_ENDS };

struct case_rule {
    const char *code;       /* in the audit: "asked" */
    struct words name;      /* "Hỏi đơn vị" */
    unsigned from;          /* a bit for each state */
    enum case_state to;     /* CASE_STATE__MAX: it stays */
    enum case_clock clock;
    enum act right;         /* ACT__MAX: not an act of who signs in */
    bool may_be_undone;     /* by its doer, CASE_UNDO_SECONDS long */
    bool needs_reason;
};

#define CASE_UNDO_SECONDS 600

extern const struct case_rule case_rules[CASE_ACT__MAX];

struct words case_state_words(enum case_state state); /* "Đang xem" */
const char *case_code(enum case_state state);         /* "in_review" */
bool case_may(enum case_act act, enum case_state state);
/* The state after it. */
enum case_state case_after(enum case_act act, enum case_state state);
/* True for states in which an officer has something to do, or waits. */
bool case_is_open(enum case_state state);
/* CONFLICT unless it may; the sentence says what is possible instead. */
MUST_USE enum status case_check_act(enum case_act act, enum case_state state, struct err *err);
#endif
