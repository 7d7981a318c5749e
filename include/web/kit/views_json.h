#ifndef WEB_KIT_VIEWS_JSON_H
#define WEB_KIT_VIEWS_JSON_H

#include "base/json_shape.h"
#include "web/kit/pages.h"

/*
 * What templates print, for programs: the same structs as objects in JSON. docs/api.md tells what
 * they mean, src/web/api/openapi.json what they look like; a test holds both together, for every
 * shape that web/replies.h lists.
 */
extern const struct json_shape shape_control; /* struct control_view: what a form asks */
extern const struct json_shape shape_survey;  /* struct survey_view */
extern const struct json_shape shape_answers; /* struct answers_view */
extern const struct json_shape shape_fault;   /* struct form_fault */

/* The array of a struct form_faults; for MEMBER_OTHER. */
void json_write_faults(struct json_writer *w, const void *faults);

/* A row of a table of members, for the faults that a struct points to. */
#define JSON_FAULTS(owner, member)                                                                 \
    {                                                                                              \
        .name = "faults", .type = MEMBER_OTHER, .offset = offsetof(owner, member),                 \
        .write = json_write_faults, .shape = &shape_fault                                          \
    }

/* ---- replies that many pages have ---- */

struct faults_reply {
    const struct form_faults *faults;
};

struct next_reply {
    const char *next;
};

struct error_reply {
    const struct words *error;
};

extern const struct json_shape shape_faults_reply, shape_next_reply, shape_error_reply;

#endif
