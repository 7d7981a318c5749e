/* Open connections and their deadlines; see connections.h. */
#include "http/connections.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/array.h"

#define REAPER_PERIOD_MS 250

void connections_init(struct connections *cs, const struct server_limits *limits,
                      bool is_counted_per_client)
{
    pthread_condattr_t attributes;

    *cs = (struct connections){.limits = *limits, .is_counted_per_client = is_counted_per_client};
    pthread_mutex_init(&cs->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&cs->stop, &attributes);
    pthread_condattr_destroy(&attributes);
    cs->all = xmalloc(limits->connections * sizeof(*cs->all));
    for (unsigned i = 0; i < limits->connections; i++) {
        struct connection *c = &cs->all[i];

        c->fd = -1;
        c->body_bytes = c->body_client = 0;
        atomic_init(&c->phase, PHASE_HEADERS);
        atomic_init(&c->end_ms, INT64_MAX);
        c->next_unused = cs->unused;
        cs->unused = c;
    }
}

/* ---- the reaper ---- */

static void cut_late(struct connections *cs)
{
    int64_t now = clock_ms();

    for (unsigned i = 0; i < cs->limits.connections; i++) {
        struct connection *c = &cs->all[i];

        if (c->fd >= 0 && atomic_load(&c->end_ms) <= now)
            shutdown(c->fd, SHUT_RDWR);
    }
}

/* A quarter of the shortest phase, so that shortened ones (tests) are kept too. */
static int64_t reaper_period_ms(const struct server_limits *limits)
{
    const unsigned phases[] = {limits->headers_ms, limits->body_ms, limits->body_grace_ms,
                               limits->idle_ms, limits->reply_ms};
    int64_t period = REAPER_PERIOD_MS;

    for (size_t i = 0; i < ARRAY_SIZE(phases); i++) {
        if (phases[i] / 4 + 1 < period)
            period = phases[i] / 4 + 1;
    }
    return period;
}

static void *reap(void *arg)
{
    struct connections *cs = arg;
    int64_t period_ms = reaper_period_ms(&cs->limits);
    struct timespec wake;

    pthread_mutex_lock(&cs->lock);
    while (!cs->is_stopping) {
        clock_gettime(CLOCK_MONOTONIC, &wake);
        wake.tv_nsec += (long)period_ms * 1000000;
        if (wake.tv_nsec >= 1000000000) {
            wake.tv_nsec -= 1000000000;
            wake.tv_sec++;
        }
        pthread_cond_timedwait(&cs->stop, &cs->lock, &wake);
        cut_late(cs);
        cs->also(cs->context);
    }
    pthread_mutex_unlock(&cs->lock);
    return NULL;
}

bool connections_watch(struct connections *cs, void (*also)(void *context), void *context)
{
    cs->also = also;
    cs->context = context;
    if (pthread_create(&cs->reaper, NULL, reap, cs) == 0)
        return true;
    cs->is_stopping = true;
    return false;
}

void connections_free(struct connections *cs)
{
    bool is_watched;

    pthread_mutex_lock(&cs->lock);
    is_watched = !cs->is_stopping;
    cs->is_stopping = true;
    pthread_cond_signal(&cs->stop);
    pthread_mutex_unlock(&cs->lock);
    if (is_watched)
        pthread_join(cs->reaper, NULL);
    pthread_cond_destroy(&cs->stop);
    pthread_mutex_destroy(&cs->lock);
    free(cs->all);
}

/* ---- single connections ---- */

bool connections_allow(struct connections *cs, uint64_t client)
{
    unsigned count = 0;

    if (!cs->is_counted_per_client)
        return true;
    pthread_mutex_lock(&cs->lock);
    for (unsigned i = 0; i < cs->limits.connections; i++)
        count += cs->all[i].fd >= 0 && cs->all[i].client == client;
    pthread_mutex_unlock(&cs->lock);
    return count < cs->limits.connections_per_client;
}

struct connection *connections_add(struct connections *cs, int fd, uint64_t client)
{
    struct connection *c;

    pthread_mutex_lock(&cs->lock);
    c = cs->unused;
    if (c) {
        cs->unused = c->next_unused;
        c->client = client;
        connections_phase(cs, c, PHASE_HEADERS);
        c->fd = fd;
    }
    pthread_mutex_unlock(&cs->lock);
    return c;
}

void connections_remove(struct connections *cs, struct connection *c)
{
    pthread_mutex_lock(&cs->lock);
    c->fd = -1;
    c->next_unused = cs->unused;
    cs->unused = c;
    pthread_mutex_unlock(&cs->lock);
}

/* ---- room for bodies ---- */

/* The lock is held. */
static bool has_room(const struct connections *cs, uint64_t client, uint64_t bytes)
{
    uint64_t all = bytes, own = bytes;

    for (unsigned i = 0; i < cs->limits.connections; i++) {
        const struct connection *c = &cs->all[i];

        all += c->body_bytes;
        own += c->body_client == client ? c->body_bytes : 0;
    }
    return all <= SERVER_BODIES_BYTES_MAX && own <= SERVER_BODIES_PER_CLIENT_BYTES_MAX;
}

bool connections_reserve(struct connections *cs, struct connection *c, uint64_t client,
                         uint64_t bytes)
{
    bool is_fine;

    pthread_mutex_lock(&cs->lock);
    is_fine = has_room(cs, client, bytes);
    if (is_fine) {
        c->body_client = client;
        c->body_bytes = bytes;
    }
    pthread_mutex_unlock(&cs->lock);
    return is_fine;
}

void connections_release(struct connections *cs, struct connection *c)
{
    pthread_mutex_lock(&cs->lock);
    c->body_bytes = 0;
    pthread_mutex_unlock(&cs->lock);
}

static void set_end(struct connection *c, enum phase phase, int64_t end_ms)
{
    atomic_store_explicit(&c->phase, (int)phase, memory_order_relaxed);
    atomic_store_explicit(&c->end_ms, end_ms, memory_order_relaxed);
}

void connections_phase(const struct connections *cs, struct connection *c, enum phase phase)
{
    int64_t end_ms = INT64_MAX;

    if (phase == PHASE_HEADERS)
        end_ms = clock_ms() + cs->limits.headers_ms;
    else if (phase == PHASE_REPLY)
        end_ms = clock_ms() + cs->limits.reply_ms;
    else if (phase == PHASE_IDLE)
        end_ms = clock_ms() + cs->limits.idle_ms;
    set_end(c, phase, end_ms);
}

void connections_body(const struct connections *cs, struct connection *c, int64_t begin_ms,
                      uint64_t received)
{
    int64_t paid_ms = (int64_t)(received * 1000 / SERVER_BODY_BYTES_PER_SECOND);
    int64_t ms = paid_ms + cs->limits.body_grace_ms;

    set_end(c, PHASE_BODY, begin_ms + (ms < cs->limits.body_ms ? ms : cs->limits.body_ms));
}

void connections_cut(struct connections *cs, bool only_idle)
{
    pthread_mutex_lock(&cs->lock);
    for (unsigned i = 0; i < cs->limits.connections; i++) {
        struct connection *c = &cs->all[i];

        if (c->fd >= 0 && (!only_idle || atomic_load(&c->phase) == PHASE_IDLE))
            shutdown(c->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&cs->lock);
}
