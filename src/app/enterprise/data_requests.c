/* What an enterprise asks for about its own data, beside what it can do itself. */
#include "app/enterprise/data_requests.h"

#include "policy/calendar.h"

enum status open_dossier_ask_data(const struct app_context *app, const struct open_dossier *opened,
                                  enum data_request_kind kind, const char *text,
                                  struct arena *arena, struct err *err)
{
    enum deadline_certainty certainty;
    day due = calendar_deadline(app->loaded->catalogue->calendar, app->today,
                                DATA_REQUEST_WORKING_DAYS, &certainty);
    const struct data_request request = {.dossier = opened->dossier.id,
                                         .kind = kind,
                                         .text = text,
                                         .asked_at = app->now,
                                         .due_on = day_iso_text(arena, due)};
    enum status status = open_dossier_check_owner(app, opened, err);

    return status == OK ? data_request_add(app->store, &request, err) : status;
}

enum status open_dossier_data_asked(const struct app_context *app,
                                    const struct open_dossier *opened, struct arena *arena,
                                    const struct data_request **list, size_t *count,
                                    struct err *err)
{
    return data_requests(app->store, NULL, opened->dossier.id, DATA_REQUESTS_SHOWN, arena, list,
                         count, err);
}
