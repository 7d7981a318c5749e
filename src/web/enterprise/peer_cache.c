#include "web/enterprise/peer_cache.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct table {
    struct arena arena;
    const char *questionnaire, *round; /* NULL: empty */
    const struct peers *peers;         /* NULL: nobody was assessed yet */
    time_t made_at;
};

struct peer_cache {
    struct table tables[PEER_CACHE_TABLES];
};

static time_t seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

struct peer_cache *peer_cache_new(void)
{
    struct peer_cache *cache = xmalloc(sizeof(*cache));

    *cache = (struct peer_cache){0};
    for (size_t i = 0; i < PEER_CACHE_TABLES; i++)
        arena_init(&cache->tables[i].arena);
    return cache;
}

void peer_cache_free(struct peer_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < PEER_CACHE_TABLES; i++)
        arena_free(&cache->tables[i].arena);
    free(cache);
}

/* The table of a questionnaire and round; else an empty one; else the oldest. */
static struct table *table_for(struct peer_cache *cache, const struct peer_query *query)
{
    struct table *best = &cache->tables[0];

    for (size_t i = 0; i < PEER_CACHE_TABLES; i++) {
        struct table *table = &cache->tables[i];

        if (!table->questionnaire)
            return table;
        if (strcmp(table->questionnaire, query->questionnaire) == 0 &&
            strcmp(table->round, query->round) == 0)
            return table;
        if (table->made_at < best->made_at)
            best = table;
    }
    return best;
}

static bool is_fresh(const struct table *table, const struct peer_query *query)
{
    return table->questionnaire && strcmp(table->questionnaire, query->questionnaire) == 0 &&
           strcmp(table->round, query->round) == 0 &&
           seconds() - table->made_at < PEER_CACHE_SECONDS;
}

static enum status make(struct table *table, const struct app_context *app,
                        const struct peer_query *query, struct err *err)
{
    enum status status;

    arena_free(&table->arena);
    *table = (struct table){0};
    arena_init(&table->arena);
    status =
        peers_build(app, query->questionnaire, query->round, &table->arena, &table->peers, err);
    if (status != OK && status != NOT_FOUND)
        return status;
    table->questionnaire = arena_strdup(&table->arena, query->questionnaire);
    table->round = arena_strdup(&table->arena, query->round);
    table->made_at = seconds();
    return OK;
}

enum status peer_cache_find(struct peer_cache *cache, const struct app_context *app,
                            const struct peer_query *query, struct peer_group *out, bool *is_found,
                            struct err *err)
{
    struct table *table = table_for(cache, query);

    *is_found = false;
    if (!is_fresh(table, query)) {
        enum status status = make(table, app, query, err);

        if (status != OK)
            return status;
    }
    *is_found = table->peers && peers_find(table->peers, query->section, query->size, true, out);
    return OK;
}
