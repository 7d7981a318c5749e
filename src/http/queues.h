#ifndef SRC_HTTP_QUEUES_H
#define SRC_HTTP_QUEUES_H

#include <stdbool.h>

#include "job.h"

/* The threads behind the queues, and the queues before them. */
struct queues;

/* `finished` is called by a queue for a job that is done; the job is not touched after that. NULL
 * if there can be no more threads. */
struct queues *queues_new(const struct server_handler *handler, unsigned slow_threads,
                        unsigned waiting_max, void (*finished)(struct job *job));

/* Reserves a place; false if there are too many, or if the queues have been closed. */
bool queues_enter(struct queues *queues);

/* Hands a job over to job->queue; its place must have been reserved. */
void queues_push(struct queues *queues, struct job *job);

/* Closes the queues, finishes what is in them, ends the threads. Others may still try to enter. */
void queues_stop(struct queues *queues);

/* After queues_stop(), when nobody enters any more. */
void queues_free(struct queues *queues);

#endif
