#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * The HTTP server. Behind it stands libmicrohttpd with a strict guard in front of it
 * (web/guard.h): what reaches a handler is one well-formed request of HTTP/1.1 with its whole
 * body. TLS, HTTP/2 and compression are the business of a reverse proxy.
 *
 * A request is answered in steps, each of which runs in a queue. Handlers never block a thread that
 * serves connections, and never share data between threads: what belongs to the store is touched by
 * workers only, each of which has its own connection.
 */

enum method { METHOD_GET, METHOD_POST, METHOD__MAX };

/* One request. All texts are NUL-terminated, live as long as the exchange, and are borrowed.
 * HEAD arrives as GET; the server leaves the body out. */
struct http_request {
    enum method method;
    bool is_head;
    const char *path;  /* decoded once: valid UTF-8 without control characters, begins with "/",
                          has no empty, "." or ".." segments and no backslash */
    const char *query; /* as sent, without "?"; "" if there is none */
    /* Headers; NULL if not sent. None is longer than SERVER_HEADER_BYTES_MAX or has control
     * characters. One that was sent twice was refused. */
    const char *host, *cookie, *content_type, *accept, *accept_language, *accept_encoding;
    const char *origin, *fetch_site, *user_agent, *if_none_match;
    const unsigned char *body; /* a NUL stands behind the last byte; "" if there is none */
    size_t body_len;
    const char *id;  /* of the request, in the log too: what people quote when something failed */
    uint64_t client; /* who asks, for limits: a keyed hash of the address (IPv6: its /64), with a
                        key of this process; behind a proxy that is trusted, of what it names */
};

#define REPLY_HEADERS_MAX 16

struct reply_header {
    const char *name, *value; /* borrowed; live as long as the exchange */
};

/*
 * What goes out. Made by the handlers; status 0, and a body that met its ceiling, become 500. The
 * server adds Date, Content-Length and, where it has to, Connection. 204 and 304 have no body.
 */
struct reply {
    unsigned status;
    const char *type;  /* Content-Type; NULL: none */
    struct buf body;   /* ready to be written to, at most SERVER_REPLY_BYTES_MAX (who puts
                          another here frees this one first); freed with the exchange ... */
    const void *fixed; /* ... or (not NULL) bytes that live as long as the program */
    size_t fixed_len;
    int file; /* ... or (not -1) an open file, closed by the server */
    uint64_t file_len;
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
};

struct exchange;

/* Where a step runs. */
enum work_queue {
    QUEUE_DONE,  /* nowhere: the reply is complete */
    QUEUE_WRITE, /* the one thread that writes to the database, in batches: struct server_handler */
    QUEUE_READ,  /* threads that only read it, each for itself: what takes long there does not stand
                    before what is saved */
    QUEUE_SLOW,  /* threads for what takes milliseconds: PDFs, hashing of secrets */
    QUEUE__MAX
};

/* Does its part, sets `next` if there is another part, and says in which queue that runs. */
typedef enum work_queue exchange_step(struct exchange *x);

struct exchange {
    struct http_request request;
    struct reply reply;
    struct arena arena;  /* of this exchange */
    exchange_step *next; /* the step that runs in the queue that was returned */
    void *context;       /* of the handler, see below */
    void *state;         /* of the steps, in the arena */
    const char *route;   /* pattern of the route, for the log: never what was in it; may be NULL */
    const char *event;   /* one word for the log, such as "denied"; may be NULL */
    const char *subject; /* whom it is about in the log, a public reference; may be NULL */
    unsigned worker;     /* that runs a step of QUEUE_WRITE or QUEUE_READ, see SERVER_WORKERS */
};

/* Threads that touch the store: number 0 is that of QUEUE_WRITE, the others those of QUEUE_READ. */
#define SERVER_READERS 2
#define SERVER_WORKERS (1 + SERVER_READERS)

struct server_handler {
    void *context;
    /*
     * How many bytes of body a request may have; asked when the headers are there and before a byte
     * of the body is read. Only method, path, query and headers are set. -1: this route takes no
     * body but an empty one (413 is answered and the connection closed). Runs in many threads.
     * A body that is longer than the limit, but not than SERVER_SKIPPED_BYTES_MAX, is read and
     * thrown away before 413 is answered: browsers show no answer that comes while they send.
     */
    long (*body_limit)(void *context, const struct http_request *head);
    /* The first step; runs in the threads that serve connections: may not block. */
    exchange_step *start;
    /*
     * QUEUE_WRITE takes all requests that wait, SERVER_BATCH_MAX at most, at a time. What they
     * answered goes out only after end() returned true, so that one commit serves all of them. If
     * it returns false nothing of the batch was kept: failed() replaces the reply of each.
     *
     * A worker of QUEUE_READ takes one request at a time, and sends its reply at once; between
     * begin() and end() are only requests that had come before begin(), so that one look at the
     * database serves all of them and nobody is shown what was true before it was told otherwise.
     */
    void (*begin)(void *context, unsigned worker);
    bool (*end)(void *context, unsigned worker);
    void (*failed)(struct exchange *x);
    /* Called by QUEUE_WRITE about every SERVER_TICK_MS between two batches; may be NULL. Those who
     * come to it meanwhile wait. */
    void (*tick)(void *context);
    /* A reply for what never reaches start(): faults of HTTP. In both languages, short. */
    void (*refused)(void *context, unsigned status, struct reply *reply, struct arena *arena);
};

/* Limits. Phases have absolute ends: a client that drips bytes is cut off all the same. */
#define SERVER_BATCH_MAX 256
#define SERVER_READS_MAX 32 /* between begin() and end() of a worker of QUEUE_READ */
#define SERVER_TICK_MS 1000
#define SERVER_CONNECTIONS_MAX 1024
#define SERVER_CONNECTIONS_PER_CLIENT_MAX 64
#define SERVER_HEADER_BYTES_MAX 4096
#define SERVER_HEADERS_BYTES_MAX 8192
#define SERVER_HEADERS_MAX 64
#define SERVER_PATH_BYTES_MAX 1024
#define SERVER_QUERY_BYTES_MAX 2048
#define SERVER_WAITING_MAX 512 /* exchanges in all queues; more are answered with 503 */
#define SERVER_REPLY_BYTES_MAX ((size_t)64 << 20)
#define SERVER_SKIPPED_BYTES_MAX (32 << 20)
/* Bodies that are in memory, being read or worked on: a quarter of the memory of the unit in dist/,
 * and half of that for one client (a class room that sends files at the same time). */
#define SERVER_BODIES_BYTES_MAX ((uint64_t)256 << 20)
#define SERVER_BODIES_PER_CLIENT_BYTES_MAX ((uint64_t)128 << 20)
#define SERVER_HEADERS_SECONDS 10
#define SERVER_BODY_SECONDS 600           /* at the most, and ... */
#define SERVER_BODY_BYTES_PER_SECOND 1000 /* ... as fast as this after the first ... */
#define SERVER_BODY_GRACE_SECONDS 20
#define SERVER_IDLE_SECONDS 15 /* between requests of a connection */
#define SERVER_REPLY_SECONDS 300
#define SERVER_DRAIN_SECONDS 10 /* that requests in progress get when the server stops */

/* The same for tests, which have no time, and for small machines; 0: the number from above. */
struct server_limits {
    unsigned connections, connections_per_client, waiting;
    unsigned headers_ms, body_ms, body_grace_ms, idle_ms, reply_ms, drain_ms;
};

struct server_options {
    const char *listen;    /* "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:80"; port 0: any free one */
    int socket;            /* -1, or a listening socket that was handed over (LISTEN_FDS) */
    unsigned threads;      /* that serve connections; 0: as many as there are cores, at most 8 */
    unsigned slow_threads; /* 0: 2 */
    bool is_behind_proxy;  /* X-Forwarded-For of the last hop names the client; then connections
                              are not counted per client: they are all the proxy's */
    int log;               /* file descriptor for one logfmt line per request; -1: none. Each line
                              is one write(2): open files with O_APPEND */
    struct server_limits limits;
    struct server_handler handler;
};

struct server;

/*
 * Listens, so that its address is known, and serves nobody yet. BAD_USAGE: the address cannot be
 * understood; FAILED: it cannot be had. The socket that was handed over is closed by server_stop().
 */
MUST_USE enum status server_open(const struct server_options *options, struct server **out,
                                 struct err *err);

/*
 * Starts the threads: from here on handlers run, also for who came before, so that all that they
 * read has to be there already. They take no signals; SIGPIPE is ignored in the whole process from
 * then on. FAILED: it can only be stopped.
 */
MUST_USE enum status server_start(struct server *server, struct err *err);

/* "127.0.0.1:8080", with the port that was found; lives as long as the server. */
const char *server_address(const struct server *server);

/* Stops to listen, lets requests in progress end (SERVER_DRAIN_SECONDS), then cuts off who still
 * sends or receives, ends the queues (what waits in them is still done) and frees everything. One
 * that never started, and NULL, are fine. */
void server_stop(struct server *server);

/* Adds a header to a reply. False (and nothing is added) for a value with a line break or another
 * control character, or if there are too many. */
bool reply_header(struct reply *reply, const char *name, const char *value);

/* The socket that systemd handed over (sd_listen_fds(3): LISTEN_PID, LISTEN_FDS), or -1. */
int server_inherited_socket(void);

#endif
