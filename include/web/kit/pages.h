#ifndef WEB_KIT_PAGES_H
#define WEB_KIT_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "web/kit/view.h"

/* What templates are given: everything is decided, nothing but printing is left. Texts are in the
 * language of the view. */

struct layout {
    const char *title;
    bool has_fault;        /* the title begins with "Lỗi:" */
    const char *form;      /* id of the form that the language button sends; NULL: a link does */
    const char *path;      /* of the page, without the prefix of a language */
    bool is_owner;         /* somebody is in a dossier: they can leave it */
    const char *reference; /* of that */
    const char *authority; /* whose service it is; NULL: not named */
    const char *contact;   /* NULL: nobody is named */
    const char *notice;    /* NULL: none */
};

/* Small numbers for texts: "12"; "3–5", or "3" where both are the same. */
const char *web_count(struct view *v, size_t count);
const char *web_range(struct view *v, size_t first, size_t last);

/* The link to the same page in the other language. */
void view_other_language(struct view *v, const struct layout *layout);

/* Faults of a form: at the top with links, and at their fields. */
struct form_fault {
    const char *field; /* id of the control that the link leads to */
    const char *label; /* what it is about */
    const char *text;
};

#define FORM_FAULTS_MAX 40

struct form_faults {
    struct form_fault items[FORM_FAULTS_MAX];
    size_t count;
};

/* Adds one; more than there is room for are not told. */
void form_fault_add(struct form_faults *faults, const char *field, const char *label,
                    const char *text);
/* The text at a field, or NULL. */
const char *form_fault_at(const struct form_faults *faults, const char *field);

/* Where reminders go by mail. */
struct mail_page {
    const char *token, *address;
    const struct form_faults *faults;
    bool is_sent;  /* mail is sent from here at all */
    bool is_saved; /* just now */
};

struct choice_view {
    const char *value, *label;
    bool is_chosen;
};

/* One control of a form, with its label and what stands in it. */
enum control_kind {
    CONTROL_RADIOS,
    CONTROL_BOXES,
    CONTROL_SELECT,
    CONTROL_LINE,  /* one line of text */
    CONTROL_TEXT,  /* several lines */
    CONTROL_DATE,  /* day, month, year */
    CONTROL_TABLE, /* rows of radios that share columns */
    CONTROL_FILE,  /* is sent on a page of its own */
};

/* In a list of so many choices or more a script finds by name. */
#define CHOICES_TO_FIND 40

struct control_view {
    enum control_kind kind;
    const char *name; /* of the field; also its id */
    const char *label;
    const char *hint;      /* NULL: none */
    const char *fault;     /* NULL: none */
    const char *prefilled; /* chosen by what facts say, not saved yet: why; NULL: none */
    const char *note;      /* what was understood: "12.000.000 ₫"; NULL: none */
    size_t number;         /* of a question in the questionnaire, from 1; 0: a fact */
    bool is_optional;
    bool is_hidden; /* nothing of it is shown now */
    const struct choice_view *choices;
    size_t choice_count;
    const char *value;                     /* line, text */
    const char *unit;                      /* behind the line; NULL: none */
    const char *input_mode, *autocomplete; /* NULL: none */
    int length;                            /* characters that the line has room for */
    const char *day, *month, *year;
    const struct control_view *rows; /* table: each a CONTROL_RADIOS */
    size_t row_count;
    bool may_be_na;
    bool is_na;
    const char *na_reason;
    const char *base;      /* fingerprint of what is stored: "1a2b3c4d" */
    const char *evidence;  /* what would prove it; NULL: none is asked for */
    const char *reference; /* of the dossier that takes evidence; NULL: none is taken */
    size_t evidence_count;
    const char *officer; /* what an officer asks about it; NULL: nothing */
    int64_t query;       /* its number, whose thread stands below the form */
    const char *locked;  /* it may not be changed now: what is stored, in words; NULL: it may */
};

/* A form that could not be taken, to be sent again as it was. */
struct hidden_form {
    const char *path, *body;
};

/* How long a draft is kept that nobody changes; ends_on is NULL for what stays. */
struct retention {
    const char *days;     /* "180" */
    const char *ends_on;  /* "24/05/2027" */
    const char *ends_iso; /* "2027-05-24" */
    bool is_soon;
};

/* How far a dossier is: a segment for each part, as long as its questions, in 1000ths of a bar. */
struct progress_segment {
    int64_t left, width, done;
};

struct progress_view {
    const struct progress_segment *segments;
    size_t count;
    size_t settled, shown; /* questions */
};

/* ---- one per page; members that only programs are told stand first ---- */

struct home_page {
    const char *service, *round, *authority, *contact;
    const char *token; /* of the form that begins at once, with a tax code */
    const struct survey_view *surveys;
    size_t count;
    const struct survey_view *small, *household; /* what is proposed to those; NULL: nothing */
};

/* A questionnaire to choose. */
struct survey_view {
    const char *ref, *title, *summary, *status;
    int minutes;
    size_t questions;
    size_t kept; /* answers of a draft that it would keep */
    bool is_chosen;
};

struct begin_page {
    const char *token;
    const struct form_faults *faults;
    const struct control_view *controls;
    size_t count;
    const struct survey_view *surveys; /* to choose from, in the second step; NULL: the first */
    size_t survey_count;
    const char *form, *tax_code, *section, *size; /* of the first step, in the second */
    const char *used; /* what to know: the tax code handed in a result of this round; else NULL */
    bool has_no_code;
    bool is_code_settled; /* carried along, not asked for again */
};

struct code_page {
    const char *token;
    const char *reference;
    const char *secret; /* "7K2M 9QXR 4TBN"; NULL: only its owner knows it */
    const char *link;   /* that opens the dossier */
    const char *resume; /* where people type both */
    const void *qr;     /* struct qr, of `resume` with the reference */
    bool is_new;        /* the dossier was just begun */
    struct retention retention;
};

/* A struct qr as a picture, with what is said of it to who does not see it. */
void view_qr(struct view *v, const void *qr, const char *title, const char *description);

struct resume_page {
    const char *token;
    const struct form_faults *faults;
    const char *reference, *path, *body;
    bool is_kept;   /* a form waits to be taken */
    bool is_denied; /* an address was asked for that needs a code */
};

enum task_state { TASK_NOT_STARTED, TASK_STARTED, TASK_DONE, TASK__MAX };

struct task_view {
    const char *title;
    struct path path;
    enum task_state state;
    size_t settled, shown;
};

struct response;

struct tasks_page {
    const char *token, *state; /* "draft" */
    int64_t version;
    const struct response *response;
    struct retention retention;
    const char *reference, *questionnaire, *name;
    const struct task_view *tasks;
    size_t count;
    struct progress_view progress;
    int64_t next;  /* page of the next question without an answer; 0: none */
    bool is_fresh; /* nothing but how it began is known: facts come first */
    size_t fact_pages;
    bool is_open; /* answers may be changed */
    bool is_returned; /* only what is asked */
    bool was_submitted;
    const char *saved_at;
    const struct survey_view *others; /* questionnaires that this draft may move to */
    size_t other_count;
    size_t answered; /* answers given; the others say how many they keep */
};

struct asked_view;

struct form_page {
    const char *token;
    const char *reference;
    struct path path;
    int64_t number, total;
    const char *heading, *section, *lead;
    size_t first_question, last_question, question_count; /* 0: facts */
    const struct form_faults *faults;
    const struct control_view *controls;
    size_t count;
    struct progress_view progress;
    size_t minutes_left; /* for the questions that are open */
    const char *bases;   /* of all controls, one after the other */
    struct path back;
    const char *saved_at;
    const char *const *hidden; /* answers that would count no more */
    size_t hidden_count;
    struct path other;  /* the same questions, one a page (or several) */
    bool is_single;     /* one a page */
    bool is_from_check; /* opened by "change" of a page of answers */
    const struct asked_view *asked; /* what officers ask about these questions */
    size_t asked_count;
    int64_t asked_from; /* the question whose page replies lead back to */
    size_t locked_count; /* controls that may not be changed */
    const char *unlocked; /* what may be, in a sentence; NULL: all */
};

struct answer_view {
    const char *label, *value;
    struct path path; /* of the page that changes it */
    const char *kind; /* of that page and its number, for programs: "thong-tin", "trang" */
    int64_t number;
    const char *anchor;
    bool is_open; /* not answered */
    bool is_locked; /* it may not be changed now */
};

struct answers_view {
    const char *title;
    int64_t section;
    const struct answer_view *items;
    size_t count, settled;
};

struct check_page {
    const char *token;
    const char *reference;
    int64_t section; /* of a section; -1: all */
    const struct answers_view *groups;
    size_t group_count;
    const struct form_faults *faults;
    const struct answer_view *open; /* what has no answer */
    size_t open_count;
    const struct answer_view *open_facts; /* that were not told */
    size_t open_fact_count;
    bool was_submitted, is_returned;
    bool is_done; /* the section was said to be done */
    const char *consent_version;
    int64_t next_section; /* 0: none */
};

struct text_page {
    const char *contact;
};

#endif
