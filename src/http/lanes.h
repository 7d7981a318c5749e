#ifndef SRC_HTTP_LANES_H
#define SRC_HTTP_LANES_H

#include <stdbool.h>

#include "job.h"

/* The threads behind the lanes, and the queues before them. */
struct lanes;

/* `finished` is called by a lane for a job that is done; the job is not touched after that. NULL if
 * there can be no more threads. */
struct lanes *lanes_new(const struct httpd_handler *handler, unsigned slow_threads,
                        unsigned waiting_max, void (*finished)(struct job *job));

/* Reserves a place; false if there are too many, or if the lanes have been closed. */
bool lanes_enter(struct lanes *lanes);

/* Hands a job over to job->lane; its place must have been reserved. */
void lanes_push(struct lanes *lanes, struct job *job);

/* Closes the lanes, finishes what is in them, ends the threads. Others may still try to enter. */
void lanes_stop(struct lanes *lanes);

/* After lanes_stop(), when nobody enters any more. */
void lanes_free(struct lanes *lanes);

#endif
