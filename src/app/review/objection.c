/* What an enterprise says against what was verified, as officers read it. */
#include "app/review/objection.h"

#include <string.h>

enum status open_case_objection(const struct app_context *app, const struct open_case *c,
                                struct arena *arena, struct case_objection *out, struct err *err)
{
    const struct dossier_event *events;
    size_t count = 0;
    enum status status = OK;

    *out = (struct case_objection){.at = c->row.objected_at, .text = ""};
    out->is_open = *out->at && c->row.at.state == CASE_VERIFIED &&
                   strcmp(out->at, c->row.state_at) >= 0;
    if (*out->at && c->dossier)
        status = dossier_events(app->store, c->dossier, arena, &events, &count, err);
    for (size_t i = 0; status == OK && i < count; i++) {
        if (strcmp(events[i].kind, "objected") == 0)
            out->text = events[i].text;
    }
    return status;
}
