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

/* The array of a struct form_faults, for JSON_WRITTEN. */
void json_write_faults(struct json_writer *w, const void *faults);

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
