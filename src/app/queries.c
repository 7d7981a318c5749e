#include "app/queries.h"

#include <string.h>

bool query_is_open(const struct dossier_question *query)
{
    return !*query->closed_at && !*query->replied_at;
}

const struct dossier_event *event_last(const struct dossier_event *events, size_t count,
                                       const char *kind)
{
    for (size_t i = count; i > 0; i--) {
        if (strcmp(events[i - 1].kind, kind) == 0)
            return &events[i - 1];
    }
    return NULL;
}
