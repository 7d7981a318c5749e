#ifndef WEB_ENTERPRISE_PEER_CACHE_H
#define WEB_ENTERPRISE_PEER_CACHE_H

#include "app/enterprise/peers.h"

/*
 * Tables of peers, one for each questionnaire and round that was asked for. Making one reads all
 * results of a round, so it is done at most every PEER_CACHE_SECONDS; meanwhile a result that was
 * just submitted may be missing. For all threads that read: one makes a table, the others are shown
 * the one before it, or wait for it where there is none. What they need of it is copied.
 */
struct peer_cache;

#define PEER_CACHE_SECONDS 300
#define PEER_CACHE_TABLES 16 /* the oldest one makes room */

struct peer_cache *peer_cache_new(void);
void peer_cache_free(struct peer_cache *cache); /* NULL is fine */

/* Whose group is looked for; section and size class may be NULL: not known. */
struct peer_query {
    const char *questionnaire, *round, *section, *size;
};

/*
 * Copies the group of an enterprise whose own result is in the store (peers_find, `is_in`: where
 * the table lacks it yet, one more than needed is left out, never one less). `is_found` says
 * whether there is one that is large enough to be shown.
 */
MUST_USE enum status peer_cache_find(struct peer_cache *cache, const struct app_context *app,
                                     const struct peer_query *query, struct peer_group *out,
                                     bool *is_found, struct err *err);

#endif
