#ifndef WEB_OFFICER_PLAN_PAGES_H
#define WEB_OFFICER_PLAN_PAGES_H

#include "web/officer/pages.h"

/* What the templates of action plans ("5 rõ") are given. */

/* A column of a row: what stands in it, and, where it is open, what is wrong with it. */
struct plan_cell {
    const char *name;  /* of its field: "person" */
    const char *id;    /* of its control: "person-4" */
    const char *label; /* over its column: "Rõ người" */
    const char *gloss; /* "một người làm chính" */
    const char *text;
    const char *fault;  /* "Thiếu: rõ người"; NULL: nothing */
    const char *theirs; /* what somebody else has stored meanwhile, where it is another; NULL */
    bool is_task, is_time, is_brief; /* brief: a line; else lines */
};

struct plan_line {
    int64_t id, version;
    size_t number; /* in the plan, from 1 */
    const struct plan_cell *cells;
    size_t cell_count;
    const char *owner; /* in lists of several */
    const char *note;  /* what it was made from; "" */
    const char *source;
    const char *state, *tone, *due, *due_tone;
    const char *state_code;
    const char *why; /* a sentence: why it was not saved; NULL */
    struct path edit; /* where it is opened; no text: nowhere */
    bool is_open, is_province, is_late;
    const struct choice_view *states;
    size_t state_count;
};

struct plan_head {
    const char *name, *gloss;
};

/* The plan of one enterprise, or the tasks of the province that concern none. */
struct plan_page {
    const char *token;
    const char *title, *subject; /* subject: whose, and how it stands */
    const char *name;            /* of the enterprise; NULL: the province */
    int64_t id;                  /* of the case; 0: the province */
    const struct plan_head *heads;
    size_t head_count;
    const struct plan_line *lines;
    size_t count, open_count, refused;
    bool is_stale;      /* somebody else was faster with a row */
    const char *done;   /* what was saved; NULL */
    const char *hint;   /* why nothing can be taken over; NULL */
    struct path action; /* where the form is sent */
    struct path plain;  /* the page without anything open */
    struct path add, from_steps, from_policies; /* no text: there is nothing to take */
    size_t steps, policies;
    struct path csv, pdf, back;
    size_t left_out; /* rows of the province beyond those that are shown */
};

struct plans_page {
    const char *title;
    const struct queue_view *views;
    size_t view_count;
    const struct plan_head *heads;
    size_t head_count;
    const struct plan_line *lines;
    size_t count, total, page, pages;
    const void *list; /* struct list_view */
    const char *firm, *person; /* that are looked for */
    struct path csv, pdf;
};

struct plan_count_line {
    const char *area;
    int64_t enterprises, open, doing, done, dropped, late;
};

struct plan_counts_page {
    const struct plan_count_line *lines; /* the last is the sum */
    size_t count;
};

#endif
