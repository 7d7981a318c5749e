#ifndef WEB_OFFICER_PAGES_H
#define WEB_OFFICER_PAGES_H

#include "web/kit/pages.h"

/* What the templates of those who sign in are given; see web/kit/pages.h. */

struct desk_layout {
    struct layout layout;
    const char *full_name, *role; /* who is in; NULL: nobody yet */
    bool sees_accounts, sees_cases, sees_inbox;
    bool sees_plans, counts_plans; /* counts: and nothing more */
    bool sees_audit;
    bool is_wide; /* all of the window: tables and reviews */
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

/* ---- cases ---- */

/* A view of the queue that has a name, and how many cases are in it. */
struct queue_view {
    const char *name;
    struct path path;
    size_t count;
    bool is_here;
    int64_t id;        /* of one that the account named; 0: there for everybody */
    const char *words; /* of such a one: what it filters */
    bool is_uncounted; /* the count is not known */
};

struct queue_views_page {
    const char *token;
    const struct form_faults *faults;
    const struct queue_view *views;
    size_t count;
};

struct queue_row {
    int64_t id;
    struct path path;
    const char *name, *form; /* the legal form behind the name, short */
    const char *state, *state_code, *state_tone;
    const char *due, *due_tone; /* "còn 3 ngày"; tones are classes of the style sheet */
    const char *area, *business, *points, *margin, *support, *asked, *flag;
    int level, level_top; /* -1: not rated */
    size_t files;
};

/* What one was told lately. */
struct queue_notice {
    const char *at, *text;
    struct path path;
};

struct queue_page {
    const char *sentence; /* what waits, in figures */
    const struct queue_view *views;
    size_t view_count;
    size_t total, page, pages;
    const struct queue_row *rows;
    size_t count;
    const void *list; /* struct list_view */
    const char *data_requests; /* those that wait, in figures; NULL: none */
    bool data_overdue;
    const struct queue_notice *notices;
    size_t notice_count;
    const char *words;
    const char *query; /* of the address, as it is kept in a view */
    bool may_keep;     /* something is filtered, and it is no view yet */
    bool has_own;      /* views that the account named */
    struct path csv, xlsx, print, letter, bulk;
    struct path first; /* the first case; no text: there is none */
};

/* Of a pillar, in the strip that never scrolls away. */
struct case_part {
    const char *name, *id, *points, *level;
    size_t percent;      /* of the bar */
    size_t bound;        /* where the level begins; 0: nowhere */
    const char *change;  /* "mức 3 → 2"; NULL: the same */
    size_t seen, asked;
    struct path path;
    bool is_here;
};

struct case_question {
    const char *id, *text, *self, *verified, *change, *note;
    const char *change_tone; /* "" or "warn" */
    size_t files;
    struct path path;
    bool is_open;
};

struct case_option {
    const char *id, *text, *effect, *tone;
    const char *look; /* what an officer looks for; NULL: the file does not say */
    bool is_self, is_chosen;
};

struct case_thread {
    int64_t id;
    const char *question, *text, *asked_at, *due_on, *reply, *replied_at, *closed_at, *close_reason;
    bool is_open;
};

struct case_document {
    int64_t id;
    const char *name, *size;
    struct path path;
    bool is_picture;
};

/* The question that is open, with what may be chosen. */
struct case_open_question {
    const char *id, *text, *look, *note, *reason;
    int64_t version;
    const struct case_option *options;
    size_t option_count;
    const struct choice_view *reasons;
    size_t reason_count;
    const struct case_document *files;
    size_t file_count;
    const char *self_text; /* of what is no single choice */
};

/* An act that is possible: its name says its result. */
struct case_act_view {
    const char *code, *label;
    bool is_main, needs_text;
};

struct case_history_line {
    const char *at, *who, *what, *reason;
};

struct case_page {
    const char *token;
    int64_t id, version;
    const char *name, *form, *who, *state, *state_tone, *due, *due_tone;
    int edition;
    struct path back, next, keep;
    struct path report; /* no text: nothing is verified */
    struct path plan;   /* of the enterprise; no text: not for this account */
    const char *points, *points_before, *points_max, *level, *level_before;
    const char *support, *sentence, *second;
    bool has_changed_level;
    const struct case_part *parts;
    size_t part_count;
    const struct choice_view *filters; /* value: the address */
    const struct path *filter_paths;
    size_t filter_count;
    const char *part_name, *part_id;
    size_t part_unseen;
    const struct case_question *questions;
    size_t question_count;
    const struct case_open_question *open; /* NULL: none */
    const struct case_thread *threads;
    size_t thread_count;
    const struct case_act_view *acts;
    size_t act_count;
    const char *const *hints; /* what is not possible yet, as sentences */
    size_t hint_count;
    bool may_undo, may_ask, may_change, may_help;
    size_t undo_minutes;
    const char *progress; /* "19/60 câu đã xem, 1 câu đổi." */
    const char *done;     /* what was just done; NULL: nothing */
    const struct case_history_line *history;
    size_t history_count;
    const char *objection, *objected_at; /* NULL: the firm has not objected */
    const char *imported; /* which file it came with, from whom; NULL: it came another way */
};

/* Somebody else was faster: what was seen, what one wanted, what is stored. */
struct conflict_page {
    int64_t id, version;
    const char *question_id, *lead;
    const char *base, *yours, *theirs;
    const char *yours_option, *yours_reason, *yours_note;
    const char *theirs_option, *theirs_reason, *theirs_note;
    const char *yours_reason_text, *theirs_reason_text;
    const char *yours_result, *theirs_result;
    struct path back;
};

#endif
