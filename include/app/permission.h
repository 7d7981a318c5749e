#ifndef APP_PERMISSION_H
#define APP_PERMISSION_H

#include <stdbool.h>

#include "base/lang.h"
#include "store/accounts.h"

/*
 * Who may do what: one table, role by act, from which the page "Ai được làm gì" and
 * docs/permissions.md are made. Every address for people who sign in names its act
 * (include/web/officer/routes.h), so that none is without a rule.
 */

enum role { ROLE_OFFICER, ROLE_HEAD, ROLE_POLICYMAKER, ROLE_ADMINISTRATOR, ROLE__MAX };

/* What may be done; in the order of the page. */
#define ACTS(X)                                                                                    \
    X(OWN_ACCOUNT)                                                                                 \
    X(READ_RIGHTS)                                                                                 \
    X(SEE_ACCOUNTS)                                                                                \
    X(CHANGE_ACCOUNTS)                                                                             \
    X(SEE_CASES)                                                                                   \
    X(EXPORT_CASES)                                                                                \
    X(IMPORT_FILES)                                                                                \
    X(REVIEW_CASES)                                                                                \
    X(ASSIGN_CASES)                                                                                \
    X(DECIDE_CASES)                                                                                \
    X(REOPEN_CASES)                                                                                \
    X(PLAN_REVIEWS)                                                                                \
    X(SEE_STATISTICS)                                                                              \
    X(SEE_PLANS)                                                                                   \
    X(CHANGE_PLANS)                                                                                \
    X(EXPORT_PLANS)                                                                                \
    X(COUNT_PLANS)                                                                                 \
    X(HELP_CASES)                                                                                  \
    X(SEE_DATA_CASES)                                                                              \
    X(ANSWER_DATA_CASES)                                                                           \
    X(SEE_AUDIT)                                                                                   \
    X(CHECK_AUDIT)                                                                                 \
    X(SEE_KEYS)                                                                                    \
    X(CHANGE_KEYS)

#define X(name) ACT_##name,
enum act { ACTS(X) ACT__MAX };
#undef X

/* How far a right reaches. */
enum reach {
    REACH_NONE,
    REACH_OWN,   /* what is one's own */
    REACH_AREAS, /* the areas of the account, with all that lies in them */
    REACH_ALL,
    REACH__MAX
};

struct right {
    const char *code; /* "own-account": in the audit */
    struct words name;
    bool asks_password; /* typed again, if that is long ago */
    enum reach reach[ROLE__MAX];
};

extern const struct right rights[ACT__MAX];

const char *role_code(enum role role); /* "officer" */
struct words role_words(enum role role);
struct words reach_words(enum reach reach);
/* False if there is no such role. */
bool role_parse(const char *code, enum role *role);
/* That of an account; one of a newer program, which this one does not know, may do nothing:
 * ROLE__MAX. */
enum role account_role(const struct account *account);
/* Whether a role is given for areas: officers and heads. */
bool role_has_areas(enum role role);

/* How far the right of an account reaches; REACH_NONE for one that is disabled. */
enum reach permission(const struct account *account, enum act act);

#endif
