#ifndef APP_ENTERPRISE_PEERS_H
#define APP_ENTERPRISE_PEERS_H

#include "app/context.h"
#include "insight/peers.h"

/*
 * The table of peers (insight/peers.h) from all current assessments by one questionnaire
 * ("id@version") in one round, in one pass over the store. It lives in the arena and never changes:
 * made anew from time to time in the thread of the store, it may be read in all others.
 *
 * A questionnaire and round that nobody answered give a table in which nothing is found; one that
 * the store does not know is NOT_FOUND.
 */
MUST_USE enum status peers_build(const struct app_context *app, const char *questionnaire,
                                 const char *round, struct arena *arena, const struct peers **out,
                                 struct err *err);

#endif
