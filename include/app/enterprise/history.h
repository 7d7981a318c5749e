#ifndef APP_ENTERPRISE_HISTORY_H
#define APP_ENTERPRISE_HISTORY_H

#include "app/enterprise/dossiers.h"

/* What happened to a dossier, the oldest first; and what officers ask. In the arena. */
struct dossier_history {
    const struct dossier_event *events;
    size_t event_count;
    const struct dossier_question *questions;
    size_t question_count;
};

MUST_USE enum status open_dossier_history(const struct app_context *app,
                                          const struct open_dossier *opened, struct arena *arena,
                                          struct dossier_history *out, struct err *err);

/* The questions alone. */
MUST_USE enum status open_dossier_questions(const struct app_context *app,
                                            const struct open_dossier *opened, struct arena *arena,
                                            const struct dossier_question **questions,
                                            size_t *count, struct err *err);

/* How often it was submitted: revisions that only added facts are not counted. */
MUST_USE enum status open_dossier_submissions(const struct app_context *app,
                                              const struct open_dossier *opened,
                                              struct arena *arena, int *times, struct err *err);

/* The owner's reply to a question of an officer. NOT_FOUND if it is another dossier's; DENIED for
 * anybody else. */
MUST_USE enum status open_dossier_reply(const struct app_context *app,
                                        const struct open_dossier *opened, int64_t question,
                                        const char *reply, struct err *err);

#endif
