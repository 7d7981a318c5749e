#ifndef APP_QUERIES_H
#define APP_QUERIES_H

#include "store/dossiers.h"

/* What both sides of a review ask of queries and of what happened to a dossier. */

/* True while a reply to it is waited for: not replied to, not closed by an officer. */
bool query_is_open(const struct dossier_question *query);
/* The last event of a kind; NULL: there is none. */
const struct dossier_event *event_last(const struct dossier_event *events, size_t count,
                                       const char *kind);

#endif
