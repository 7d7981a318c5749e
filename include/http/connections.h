#ifndef HTTP_CONNECTIONS_H
#define HTTP_CONNECTIONS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "http/server.h"

/*
 * All open connections, what each is doing, and until when it may. libmicrohttpd only knows how
 * long nothing came (a client that drips a byte every second is never cut off), so a thread of its
 * own looks for those whose phase has passed its end and shuts their sockets down; the library then
 * sees a closed connection.
 *
 * A socket is shut down only under the lock under which it is added and removed, and removed before
 * it is closed: never a stranger's socket of the same number.
 */
enum phase {
    PHASE_HEADERS, /* absolute, from the connect or the request line on */
    PHASE_BODY,
    PHASE_WORK, /* ours: no end */
    PHASE_REPLY,
    PHASE_IDLE, /* between two requests, up to the end of the next request line */
};

struct connection {
    int fd; /* -1: unused */
    uint64_t client;
    _Atomic int phase;
    _Atomic int64_t end_ms; /* of the phase; INT64_MAX: none */
    uint64_t body_client, body_bytes; /* who sends a body that is being kept; 0 bytes: none */
    struct connection *next_unused;
};

struct connections {
    struct server_limits limits; /* no zeros any more */
    bool is_counted_per_client;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool is_stopping;
    pthread_t reaper;
    void (*also)(void *context);
    void *context;
    struct connection *all, *unused;
};

void connections_init(struct connections *cs, const struct server_limits *limits,
                      bool is_counted_per_client);
/* Starts the thread that cuts off who is late, and then calls what else is due now and then. False
 * if there can be no more threads. */
bool connections_watch(struct connections *cs, void (*also)(void *context), void *context);
/* Ends it, if it was started, and frees everything. */
void connections_free(struct connections *cs);

/* May this client have one more? */
bool connections_allow(struct connections *cs, uint64_t client);
/* NULL if all are taken. */
struct connection *connections_add(struct connections *cs, int fd, uint64_t client);
void connections_remove(struct connections *cs, struct connection *c);

/* Begins a phase; for PHASE_BODY with what has come so far, to be called with every piece. */
void connections_phase(const struct connections *cs, struct connection *c, enum phase phase);
void connections_body(const struct connections *cs, struct connection *c, int64_t begin_ms,
                      uint64_t received);

/*
 * Room in memory for a body: SERVER_BODIES_BYTES_MAX for all together, and of those
 * SERVER_BODIES_PER_CLIENT_BYTES_MAX for one client; false if there is none now. `client` is who
 * asks, which may be another than the one that is connected (a proxy).
 */
bool connections_reserve(struct connections *cs, struct connection *c, uint64_t client,
                         uint64_t bytes);
/* The body is not kept any more; also if none was. */
void connections_release(struct connections *cs, struct connection *c);

/* Shuts down those that wait for a request, or all. */
void connections_cut(struct connections *cs, bool only_idle);

#endif
