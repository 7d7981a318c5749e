#ifndef WEB_ENTERPRISE_SUBMISSION_VIEWS_H
#define WEB_ENTERPRISE_SUBMISSION_VIEWS_H

#include "report/card.h"
#include "web/kit/pages.h"

/* What templates of the pages about a submitted dossier, its data and its evidence are given. */

/* ---- asking first ---- */

#define CONFIRM_POINTS 4

/* A page that says what an act means, with the button that does it. */
struct confirm_view {
    const char *title, *lead;
    const char *points[CONFIRM_POINTS]; /* what follows from it; NULL: no more */
    /* For programs, set by confirm_show(). */
    const char *reference, *token;
    const char *const *point_list; /* the same points */
    size_t point_count;
    struct path action;                 /* where the form is sent to */
    const char *button;
    struct path back; /* the page before */
    bool has_typing;  /* the reference is typed to confirm */
    const char *typed, *fault;
};

/* ---- where a dossier stands ---- */

enum step_state { STEP_DONE, STEP_NOW, STEP_LATER };

struct step_view {
    const char *name;
    const char *at; /* "14:05 24/11/2026"; NULL: not yet */
    enum step_state state;
};

#define STATUS_STEPS 4

/* What an officer asks, beside the answer that it is about. */
struct asked_view {
    int64_t id;
    const char *label;  /* of the question of the questionnaire; NULL: about the whole */
    const char *answer; /* in words; NULL if it is about the whole */
    int64_t page;       /* where the answer can be changed; 0: nowhere now */
    const char *text, *asked_at;
    const char *due; /* "30/11/2026"; NULL: open */
    bool is_late;
    const char *reply;      /* what was replied, or what was typed and is wrong; "" */
    const char *replied_at; /* NULL: not yet */
    const char *fault;
    bool may_reply;
};

struct status_view {
    const char *reference;
    const char *state; /* one sentence: where it stands */
    const char *next;  /* what happens now, and when */
    struct step_view steps[STATUS_STEPS];
    const struct asked_view *asked;
    size_t asked_count;
    const char *contact; /* NULL: nobody is named */
    bool is_submitted;   /* there is a receipt and a result */
    bool is_open, may_amend, may_withdraw, may_begin_again;
    const char *round; /* that can be begun */
};

/* ---- what is held ---- */

struct data_view {
    const char *reference;
    const struct data_export *record;
    bool may_end_consent;
    const char *erasure_asked_at; /* NULL: not asked for */
    const char *keep_days;        /* of drafts; NULL: for ever */
};

/* ---- evidence ---- */

struct evidence_row {
    int64_t id;
    const char *name, *size, *added_at;
    const char *label; /* of the question that it was sent for */
};

struct evidence_view {
    const char *reference;
    const char *question; /* id */
    const char *label, *hint;
    int64_t page; /* of the question */
    bool is_open;
    const struct evidence_row *own, *other; /* of this question; of others, to use again */
    size_t own_count, other_count;
    const char *fault, *reuse_fault; /* NULL: none */
};

#endif
