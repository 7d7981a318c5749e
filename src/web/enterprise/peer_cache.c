#include "web/enterprise/peer_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct table {
    char *name;         /* of a questionnaire and a round; NULL: empty */
    struct arena arena; /* of the peers */
    const struct peers *peers; /* NULL: nobody was assessed yet */
    bool is_made, is_being_made; /* both: another one is made in its place */
    time_t made_at;
};

struct peer_cache {
    pthread_mutex_t lock;
    pthread_cond_t made;
    struct table tables[PEER_CACHE_TABLES];
};

static time_t seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec;
}

static void empty(struct table *table)
{
    free(table->name);
    arena_free(&table->arena);
    *table = (struct table){.name = NULL};
}

struct peer_cache *peer_cache_new(void)
{
    struct peer_cache *cache = xmalloc(sizeof(*cache));

    *cache = (struct peer_cache){.tables = {{.name = NULL}}};
    pthread_mutex_init(&cache->lock, NULL);
    pthread_cond_init(&cache->made, NULL);
    return cache;
}

void peer_cache_free(struct peer_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < PEER_CACHE_TABLES; i++)
        empty(&cache->tables[i]);
    pthread_cond_destroy(&cache->made);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static char *name_of(const struct peer_query *query)
{
    size_t first = strlen(query->questionnaire), second = strlen(query->round);
    char *name = xmalloc(first + second + 2);

    memcpy(name, query->questionnaire, first);
    name[first] = ' '; /* which neither of them has */
    memcpy(name + first + 1, query->round, second + 1);
    return name;
}

/* ---- with the lock ---- */

/* The table of this name; else an empty one, or the oldest, which becomes that. Those that are
 * being made stay: they are fewer than the tables, one for each thread at most. */
static struct table *table_for(struct peer_cache *cache, const char *name)
{
    struct table *oldest = NULL;

    for (size_t i = 0; i < PEER_CACHE_TABLES; i++) {
        struct table *table = &cache->tables[i];

        if (table->name && strcmp(table->name, name) == 0)
            return table;
        if (!table->is_being_made && (!oldest || table->made_at < oldest->made_at))
            oldest = table;
    }
    empty(oldest);
    oldest->name = xstrdup(name);
    arena_init(&oldest->arena);
    return oldest;
}

static bool is_fresh(const struct table *table)
{
    return table->is_made && seconds() - table->made_at < PEER_CACHE_SECONDS;
}

/* Lets go of the lock meanwhile. */
static enum status make(struct peer_cache *cache, struct table *table,
                        const struct app_context *app, const struct peer_query *query,
                        struct err *err)
{
    const struct peers *peers = NULL;
    struct arena arena;
    enum status status;

    table->is_being_made = true;
    pthread_mutex_unlock(&cache->lock);
    arena_init(&arena);
    status = peers_build(app, query->questionnaire, query->round, &arena, &peers, err);
    pthread_mutex_lock(&cache->lock);
    table->is_being_made = false;
    pthread_cond_broadcast(&cache->made);
    if (status != OK && status != NOT_FOUND) {
        arena_free(&arena);
        return status;
    }
    arena_free(&table->arena);
    table->arena = arena;
    table->peers = peers;
    table->is_made = true;
    table->made_at = seconds();
    return OK;
}

/* A fresh table; or the one before it while another thread makes that. */
static enum status find_table(struct peer_cache *cache, const struct app_context *app,
                              const struct peer_query *query, const char *name,
                              const struct table **out, struct err *err)
{
    struct table *table = table_for(cache, name);
    enum status status = OK;

    while (status == OK && !is_fresh(table) && !(table->is_being_made && table->is_made)) {
        if (table->is_being_made)
            pthread_cond_wait(&cache->made, &cache->lock);
        else
            status = make(cache, table, app, query, err);
        table = table_for(cache, name);
    }
    *out = table;
    return status;
}

/* ---- outside ---- */

enum status peer_cache_find(struct peer_cache *cache, const struct app_context *app,
                            const struct peer_query *query, struct peer_group *out, bool *is_found,
                            struct err *err)
{
    char *name = name_of(query);
    const struct table *table;
    enum status status;

    pthread_mutex_lock(&cache->lock);
    status = find_table(cache, app, query, name, &table, err);
    *is_found = status == OK && table->peers &&
                peers_find(table->peers, query->section, query->size, true, out);
    pthread_mutex_unlock(&cache->lock);
    free(name);
    return status;
}
