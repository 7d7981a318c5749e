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
    struct path path;   /* of its page */
    bool may_see;       /* that page shows it now */
    bool is_here;       /* this is that page */
    bool may_change;    /* the answer is unlocked */
    const char *question; /* whose files may be added as a reply; NULL: none */
    const char *text, *asked_at;
    const char *due; /* "30/11/2026"; NULL: none, or not waited for */
    bool is_late;
    const char *reply;      /* what was replied, or what was typed and is wrong; "" */
    const char *replied_at; /* NULL: not yet */
    const char *closed_at;  /* by an officer, without waiting longer; NULL: not */
    const char *close_reason; /* "": withdrawn */
    const char *fault;
    bool may_reply;
};

/* A query with its thread, and the form that replies; `number`: of the question that the page is
 * about, 0: it is the status page. */
void view_asked(struct view *v, const char *reference, const struct asked_view *asked,
                int64_t number);

/* Something that happened. */
struct event_view {
    const char *at, *what, *by;
    const char *text; /* what who did it wrote; "" */
};

struct status_view {
    const char *reference;
    const char *state; /* one sentence: where it stands */
    const char *next;  /* what happens now, and when */
    const char *said;  /* what an officer wrote with it; NULL */
    const char *left;  /* days to reply, in words; NULL: none is waited for */
    bool may_mail;     /* reminders go out by mail */
    struct step_view steps[STATUS_STEPS];
    size_t step_count;
    const struct asked_view *asked; /* those that wait for a reply first */
    size_t asked_count;
    const struct event_view *events;
    size_t event_count;
    const char *contact; /* NULL: nobody is named */
    bool is_submitted;   /* there is a receipt and a result */
    bool is_open, is_returned, may_amend, may_withdraw, may_begin_again;
    const char *round; /* that can be begun */
    const char *object_by; /* last day to object to what was verified; NULL: not possible */
    const char *objected, *objected_at; /* what was; NULL */
    const char *objection, *objection_fault; /* typed, and wrong */
};

/* ---- what is held ---- */

/* What was asked for about one's data. */
struct data_asked_view {
    const char *kind, *at, *text, *answer; /* answer: what was said, or until when it will be */
};

struct data_view {
    const struct data_asked_view *asked;
    size_t asked_count;
    const struct form_faults *faults;
    const char *kind, *typed; /* of a request that is not taken */
    bool may_ask;

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
    bool may_go;       /* it may be taken away */
};

struct evidence_view {
    const char *reference;
    const char *question; /* id */
    const char *label, *hint;
    int64_t page; /* of the question */
    bool is_open;
    bool is_asked; /* only what officers ask about is open: back to it */
    int64_t number; /* of the question itself */
    const struct evidence_row *own, *other; /* of this question; of others, to use again */
    size_t own_count, other_count;
    const char *fault, *reuse_fault; /* NULL: none */
};

#endif
