#ifndef SRC_WEB_ENTERPRISE_ASKED_H
#define SRC_WEB_ENTERPRISE_ASKED_H

#include "app/enterprise/review.h"
#include "controls.h"
#include "submission.h"

/* What officers ask, as it stands on the status page and at the answer. */

/* A reply that was sent and is not taken. */
struct refused_reply {
    int64_t id;
    const char *text;
    struct form_faults faults;
};

/* One query; `refused` may be NULL. */
struct asked_view asked_view_of(struct request *rq, const struct unlocked *unlocked,
                                const struct dossier_question *query,
                                const struct refused_reply *refused);

/* Sets what is asked at the controls of a page, as long as it is not closed (the last query of
 * each), and the threads that stand below. */
void show_asked(struct request *rq, const struct unlocked *unlocked, struct control_view *views,
                struct form_page *page);

/* True while officers ask about a question of the page, also where it was replied to. */
bool is_asked_about(struct request *rq, const struct controls *c);

/* What may be changed of a dossier that was given back, in a sentence; NULL: everything. */
const char *unlocked_words(struct request *rq, const struct unlocked *unlocked);
/* 409: what was sent is locked, and what is possible. */
enum work_queue refuse_locked(struct request *rq, const struct unlocked *unlocked);

#endif
