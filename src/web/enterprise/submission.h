#ifndef SRC_WEB_ENTERPRISE_SUBMISSION_H
#define SRC_WEB_ENTERPRISE_SUBMISSION_H

#include "report/card.h"
#include "web/kit/request.h"
#include "web/enterprise/submission_views.h"
#include "web/enterprise/replies.h"

/* What the pages share that follow a submission: status, data, evidence. */

/* An event, and a state of a dossier, in words; "" for one that has none. */
const char *event_words(struct request *rq, const char *kind);
const char *state_words(struct request *rq, enum dossier_state state);
/* "enterprise", "officer", "system" in words. */
const char *actor_words(struct request *rq, const char *by);
/* "1,2 MB", "340 kB". */
const char *bytes_words(struct request *rq, int64_t bytes);
/* The question of a dossier by its id, or NULL. */
const struct question *request_question(const struct request *rq, const char *id, size_t *index);
/* "30/11/2026" of "2026-11-30"; NULL if it is no day. */
const char *day_of_iso(struct request *rq, const char *iso);
/* The same of a time: its day in Vietnam. */
const char *day_of_time(struct request *rq, const char *utc);
/* The same as request_faults_json(), and nothing of the form is kept. */
enum work_queue faults_json(struct request *rq, const struct form_faults *faults);
/* 409: the dossier is not in a state for this. */
enum work_queue refuse_state(struct request *rq);
/* A form without fields of its own. */
bool request_press(struct request *rq);

/* A whole number above 0, as forms send it. */
bool number_read(const char *text, int64_t *out);

/* True if the present round can be begun from this dossier: it was submitted in another. */
bool may_begin_again(const struct request *rq);

/* The questionnaire that a submitted estimate may go on with, its answers taken along; NULL. */
const struct loaded_questionnaire *goes_on_with(const struct request *rq);

/*
 * The questionnaires that a draft may move to (open_dossier_may_move()): others that fit its form.
 * Returns how many were written to `list` (all that are loaded, at the most).
 */
size_t questionnaires_to_move_to(const struct request *rq,
                                 const struct loaded_questionnaire **list);

/* A page that asks first (see confirm.html) for this request: 200, or with faults 422. */
enum work_queue confirm_show(struct request *rq, enum web_text title, struct confirm_view *confirm,
                       const struct form_faults *faults);

/* What programs are told of the dossier itself. */
struct dossier_reply dossier_reply_of(const struct request *rq);

/* Everything that is held about a dossier, in the language of the request: for the page and for the
 * PDF alike, in the arena. Reads the store. */
MUST_USE enum status data_record(struct request *rq, struct data_export *out, struct err *err);
/* The same for programs: the whole reply. Reads the store. */
enum work_queue data_json(struct request *rq);

#endif

