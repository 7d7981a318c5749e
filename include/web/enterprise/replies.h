#ifndef WEB_ENTERPRISE_REPLIES_H
#define WEB_ENTERPRISE_REPLIES_H

#include "web/kit/views_json.h"

/* Replies in JSON of the pages for enterprises, each beside its page. */
extern const struct json_shape shape_begin, shape_begin_again, shape_resume, shape_code,
    shape_tasks, shape_form, shape_saved, shape_check, shape_confirm, shape_status, shape_evidence,
    shape_data, shape_money;

/* A struct response as the document of the contract; for MEMBER_OTHER. */
void json_write_response(struct json_writer *w, const void *response);

/* Parts of several replies. */
extern const struct json_shape shape_dossier; /* struct dossier_reply */
extern const struct json_shape shape_event;   /* struct dossier_event */
extern const struct json_shape shape_asked;   /* struct dossier_question */
extern const struct json_shape shape_file;    /* struct evidence */

struct dossier_reply {
    const char *reference, *state, *questionnaire, *round;
    const char *created_at, *changed_at, *submitted_at;
    int revision;
    const char *consent_at, *consent_version, *consent_ended_at, *erasure_asked_at;
    const char *draft_ends_on;
};

#endif
