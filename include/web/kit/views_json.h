#ifndef WEB_KIT_VIEWS_JSON_H
#define WEB_KIT_VIEWS_JSON_H

#include "base/json_write.h"
#include "web/kit/pages.h"

/* Members of objects in JSON: what templates print, for programs. docs/api.md tells what they mean,
 * src/web/api/openapi.json what they look like. */

/* "controls": what a form asks, and by which fields it is answered. */
void json_controls(struct json_writer *w, const struct control_view *views, size_t count);

/* "questionnaires". */
void json_surveys(struct json_writer *w, const struct survey_view *surveys, size_t count);

/* "groups" of answers; each answer says which page of which dossier changes it. */
void json_answers(struct json_writer *w, const struct answers_view *groups, size_t count);

#endif
