#include "app/enterprise/history.h"

#include <string.h>

#include "store/cases.h"

enum status open_dossier_questions(const struct app_context *app, const struct open_dossier *opened,
                                   struct arena *arena, const struct dossier_question **questions,
                                   size_t *count, struct err *err)
{
    return dossier_questions(app->store, opened->dossier.id, arena, questions, count, err);
}

enum status open_dossier_history(const struct app_context *app, const struct open_dossier *opened,
                                 struct arena *arena, struct dossier_history *out, struct err *err)
{
    enum status status =
        dossier_events(app->store, opened->dossier.id, arena, &out->events, &out->event_count, err);

    return status == OK ? open_dossier_questions(app, opened, arena, &out->questions,
                                                 &out->question_count, err)
                        : status;
}

enum status open_dossier_submissions(const struct app_context *app,
                                     const struct open_dossier *opened, struct arena *arena,
                                     int *times, struct err *err)
{
    const struct dossier_event *events;
    size_t count;
    enum status status =
        dossier_events(app->store, opened->dossier.id, arena, &events, &count, err);

    *times = 0;
    for (size_t i = 0; status == OK && i < count; i++) {
        if (strcmp(events[i].kind, "submitted") == 0 || strcmp(events[i].kind, "amended") == 0)
            ++*times;
    }
    return status;
}

enum status open_dossier_reply(const struct app_context *app, const struct open_dossier *opened,
                               int64_t question, const char *reply, struct err *err)
{
    enum status status = open_dossier_check_owner(app, opened, err);

    if (status == OK)
        status = dossier_reply(app->store, opened->dossier.id, question, reply, app->now, err);
    return status == OK && opened->dossier.assessment
               ? case_due_add(app->store, opened->dossier.assessment, err)
               : status;
}
