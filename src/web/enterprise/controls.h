#ifndef SRC_WEB_ENTERPRISE_CONTROLS_H
#define SRC_WEB_ENTERPRISE_CONTROLS_H

#include "app/enterprise/review.h"
#include "web/kit/request.h"

/*
 * Facts and questions as controls of a form: which fields they have, how what was typed becomes a
 * value, and how a value (or what was typed and is wrong) is shown again.
 */
struct control {
    bool is_fact;
    size_t index;              /* of the fact, or of the question */
    size_t first_field, count; /* of the form, see controls_fields() */
    struct answer answer;      /* what was read ... */
    struct value value;        /* ... of a fact */
    bool is_wrong;             /* it could not be read: what was typed is shown again */
};

struct controls {
    struct request *rq;
    struct control *items;
    size_t count;
    struct field *fields; /* all of them, then room for those of the page */
    size_t field_count;
    struct form_faults faults;
    size_t conflicts;          /* faults that are about changes in another window */
    const char *const *hidden; /* labels of answers that would count no more */
    size_t hidden_count;
    const struct unlocked *unlocked; /* what may be changed; NULL: all */
};

/* Room for fields that the page itself declares, behind those of the controls. */
#define PAGE_FIELDS_MAX 8

/* Controls for facts (or questions), with the fields of their form declared. */
void controls_facts(struct controls *c, struct request *rq, const size_t *facts, size_t count);
void controls_questions(struct controls *c, struct request *rq, size_t first, size_t count);
/* Declares a field of the page itself; returns its index in `fields`. */
size_t controls_declare(struct controls *c, const char *name, size_t max);

/* Reads what may be changed now: without it, all. */
MUST_USE enum status controls_lock(struct controls *c, struct err *err);
/* True for what may not. */
bool control_is_locked(const struct controls *c, const struct control *control);
/* True if one that is locked was sent with another value than is stored. */
bool controls_has_broken_lock(const struct controls *c);

/* Reads what was sent into values; what cannot be read becomes a fault. */
void controls_read(struct controls *c);

/* True if the form sent something for this control. */
bool control_was_sent(const struct controls *c, const struct control *control);

/*
 * Takes what was read and is right into the response of the dossier (which the caller then saves);
 * returns how many values changed. `bases` are the fingerprints that the form was made with
 * (control_view.base, one after the other), NULL where a program sent it: then what it sent is
 * taken. Facts that contradict others become faults and are not taken. An answer that would hide
 * others is taken only with `may_hide`; else c->hidden says which.
 */
size_t controls_apply(struct controls *c, const char *bases, bool may_hide);

/* How they are shown: what is stored, or (after controls_read) what was sent. */
const struct control_view *controls_view(struct controls *c, bool was_sent);

/* Choices of a control that has none yet (room: CHOICES_MAX, given by the caller): one, and those
 * of a dated list that hold today. */
#define CHOICES_MAX 400
void choice_add(struct control_view *view, const char *value, const char *label, bool is_chosen);
void choices_add_terms(struct request *rq, struct control_view *view, const struct terms *terms,
                       const char *chosen);

/* The field of a fault that is about a fact or question, and its label. */
const char *control_name(const struct request *rq, const struct control *control);
const char *control_label(const struct request *rq, const struct control *control);
/* What is stored, in words. */
const char *control_stored(const struct controls *c, const struct control *control);

/* A fault's text without the id that files name it by: "employees: 'x' is no number". */
const char *fault_for_people(const char *text, struct arena *arena);

#endif

