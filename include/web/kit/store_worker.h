#ifndef WEB_KIT_STORE_WORKER_H
#define WEB_KIT_STORE_WORKER_H

#include "app/context.h"
#include "http/server.h"

struct request;
struct site;

/*
 * What each thread that touches the store has of its own (SERVER_WORKERS): a connection, and the
 * state of its batch. Number 0 writes; the others open the database for reading only, so that a
 * page that writes by mistake fails instead of waiting for a lock.
 */
struct store_worker {
    struct arena arena; /* of what its connection knows by heart */
    struct database *db;
    struct app_context app; /* of the server itself; of a request see there */
    bool is_broken; /* a part could not be undone: nothing of the batch is kept */
    bool is_busy;   /* another program has the database locked: nobody else waits for it */
};

/* Opens the databases of all workers, and makes it if there is none. */
MUST_USE enum status store_workers_open(struct site *site, struct workspace *ws, struct err *err);
void store_workers_close(struct site *site);

/* Begins and ends a batch, see struct server_handler; `context` is the site. */
void store_worker_begin(void *context, unsigned worker);
bool store_worker_end(void *context, unsigned worker);

/* Runs the step of a request (rq->step) with the store of the worker whose queue it is in: what it
 * wrote is undone if it failed half-way. */
enum work_queue store_worker_step(struct exchange *x);
/* In QUEUE_WRITE: whether anything can be kept. */
bool store_worker_can_keep(const struct request *rq);

/* The context of the server itself, in QUEUE_WRITE. */
struct app_context *site_app(struct site *site);

#endif
