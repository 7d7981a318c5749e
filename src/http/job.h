#ifndef SRC_HTTP_JOB_H
#define SRC_HTTP_JOB_H

#include <pthread.h>
#include <stdint.h>

#include "http/connections.h"
#include "http/guard.h"
#include "http/server.h"

/* An exchange with what the server keeps beside it. */
enum job_state {
    JOB_HEAD,    /* the request line is there */
    JOB_BODY,    /* the headers were fine */
    JOB_LANES,   /* suspended; belongs to the queues until they have finished it */
    JOB_REPLIED, /* the answer was handed to libmicrohttpd */
};

#define JOB_ID_CHARS 16

struct job {
    struct exchange x; /* first: an exchange is a job */
    struct server *server;
    struct MHD_Connection *http;
    struct connection *connection;
    struct job *next; /* in a queue or the pool */
    enum job_state state;
    enum work_queue queue;   /* where the next step runs */
    uint64_t place;          /* of all jobs that ever came to that queue */
    unsigned refusal; /* a status that is answered instead of starting; 0: none */
    size_t target_len;
    struct head head;
    struct buf body;
    uint64_t received;
    int64_t body_begin_ms, begin_us;
    uint64_t reply_bytes;
    char id[JOB_ID_CHARS + 1];
};

/* Jobs that are used again, with the memory that they have, so that a request costs few mallocs. */
struct job_pool {
    pthread_mutex_t lock;
    struct job *unused;
    size_t count;
    uint64_t next_id;
};

void job_pool_init(struct job_pool *pool);
void job_pool_free(struct job_pool *pool);

struct job *job_new(struct job_pool *pool);
void job_free(struct job_pool *pool, struct job *job);

/* Runs the next step of a job, which says where the one after it runs. */
void job_step(struct job *job);

/* Takes back what was answered so far. */
void job_clear_reply(struct job *job);

#endif
