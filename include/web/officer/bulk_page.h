#ifndef WEB_OFFICER_BULK_PAGE_H
#define WEB_OFFICER_BULK_PAGE_H

#include "web/officer/pages.h"

/* Acts on all that is filtered in the queue: chosen, looked at, done. */

struct bulk_act_view {
    const char *code, *name;
    size_t able;
    bool is_chosen, needs_account, needs_reason;
};

struct bulk_run_view {
    int64_t id;
    const char *name, *made_at, *state;
};

struct bulk_choose_page {
    const char *token;
    const struct form_faults *faults;
    const char *filters, *query, *reason;
    size_t total;
    const struct bulk_act_view *acts;
    size_t act_count;
    const struct choice_view *accounts; /* whom they can be given to */
    size_t account_count;
    bool may_give;
    const struct bulk_run_view *runs; /* the last that one began */
    size_t run_count;
    struct path back;
};

struct bulk_line {
    const char *name, *tax_code, *state, *tone, *why;
    struct path path;
};

/* For one reason: how many, and the first of them. */
struct bulk_group_view {
    const char *state, *tone, *why; /* why: "" */
    size_t count;
    const struct bulk_line *examples;
    size_t example_count;
};

struct bulk_page {
    const char *token;
    const struct form_faults *faults;
    int64_t id;
    const char *act, *name, *to, *reason, *filters, *state; /* to: "" unless it is given */
    const char *sentence;
    size_t total, able, done, failed, left, waiting;
    const struct bulk_group_view *groups;
    size_t group_count;
    const struct bulk_line *lines;
    size_t line_count;
    struct path more, back; /* more: the next lines; no text: there are none */
    bool is_ready, is_running, may_undo;
    size_t undo_minutes;
};

#endif
