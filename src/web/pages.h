#ifndef SRC_WEB_PAGES_H
#define SRC_WEB_PAGES_H

#include "visit.h"
#include "web_texts.h"

/* What templates are given: everything is decided, nothing but printing is left. Texts are in the
 * language of the view. */

struct layout {
    const char *title;
    bool has_fault;        /* the title begins with "Lỗi:" */
    const char *form;      /* id of the form that the language button sends; NULL: a link does */
    const char *other;     /* the same page in the other language */
    bool is_owner;         /* somebody is in a dossier: they can leave it */
    const char *reference; /* of that */
    const char *token;
    const char *contact; /* NULL: nobody is named */
    bool has_script;
};

struct layout visit_layout(struct visit *v, enum web_text title);

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

struct choice_view {
    const char *id, *value, *label;
    const char *hint; /* NULL: none */
    bool is_chosen;
};

/* One control of a form, with its label and what stands in it. */
enum control {
    CONTROL_RADIOS,
    CONTROL_BOXES,
    CONTROL_SELECT,
    CONTROL_LINE,  /* one line of text */
    CONTROL_TEXT,  /* several lines */
    CONTROL_DATE,  /* day, month, year */
    CONTROL_TABLE, /* rows of radios that share columns */
    CONTROL_FILE,  /* is sent on a page of its own */
};

struct control_view {
    enum control kind;
    const char *name; /* of the field; also its id */
    const char *label;
    const char *hint;  /* NULL: none */
    const char *fault; /* NULL: none */
    const char *note;  /* what was understood: "12.000.000 ₫"; NULL: none */
    size_t number;     /* of a question in the questionnaire, from 1; 0: a fact */
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
    const char *base;     /* fingerprint of what is stored: "1a2b3c4d" */
    const char *evidence; /* what would prove it; NULL: none is asked for */
    const char *evidence_url;
    size_t evidence_count;
    const char *officer; /* what an officer asks about it; NULL: nothing */
};

#endif
