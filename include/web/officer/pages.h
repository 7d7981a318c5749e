#ifndef WEB_OFFICER_PAGES_H
#define WEB_OFFICER_PAGES_H

#include "web/kit/pages.h"

/* What the templates of those who sign in are given; see web/kit/pages.h. */

struct desk_layout {
    struct layout layout;
    const char *full_name, *role; /* who is in; NULL: nobody yet */
    bool sees_accounts;
    const char *here; /* the path of the item of the menu where one is; "" if none */
};

/* A form with one or two fields that lets one further in. */
struct sign_in_page {
    const char *token;
    const struct form_faults *faults;
    const char *name;
    const char *path, *body; /* where to go on, and a form that waits to be taken */
    bool is_denied;          /* an address was asked for that needs somebody signed in */
    struct path other;       /* of the second factor: the other way to prove it */
};

struct link_page {
    const char *token;
    const struct form_faults *faults;
    const char *link, *name, *full_name;
    bool has_password; /* it was chosen before, and is asked for */
};

struct setup_page {
    const char *token;
    const struct form_faults *faults;
    const char *name, *key; /* "JBSW Y3DP ..." */
    const void *qr;         /* struct qr; NULL: none */
    const char *const *codes;
    size_t code_count;
    bool is_kept; /* the box was ticked */
};

struct session_view {
    int64_t id;
    const char *browser, *started_at, *used_at;
    bool is_this;
};

struct account_page {
    const char *token;
    const struct form_faults *faults;
    const char *name, *full_name, *role, *areas; /* "" where it has none */
    const char *signed_in_at, *password_on, *factor_on;
    size_t codes_left;
    const struct session_view *sessions;
    size_t session_count;
    const char *done; /* what was just done; NULL: nothing */
};

struct codes_page {
    const char *const *codes;
    size_t code_count;
};

struct right_view {
    const char *name;
    const char *const *reaches; /* by role */
    size_t reach_count;
    bool asks_password;
};

struct rights_page {
    const char *const *roles;
    size_t role_count;
    size_t own; /* the role of who asks */
    const struct right_view *rights;
    size_t count;
};

/* Accounts as the administrator sees them. */
struct account_line {
    int64_t id;
    const char *name, *full_name, *role, *state, *areas, *signed_in_on;
};

struct accounts_page {
    size_t total, page, pages;
    const struct account_line *accounts;
    size_t count;
    const void *list; /* struct list_view */
};

struct one_account_page {
    const char *token;
    struct account_line line;
    bool is_disabled, is_own;
    const char *link; /* that was just made; NULL: none */
    const char *done;
};

#endif
