/*
 * Lanes. One lock guards both queues and the number of those that wait; a lane that sleeps is woken
 * by whoever fills its empty queue, and takes all that is there when it comes to it: under load no
 * one signals, and the more requests wait the larger are the batches of the store.
 */
#include "lanes.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct queue {
    struct job *first, **end;
    unsigned sleepers;
    pthread_cond_t wake;
};

struct lanes {
    struct httpd_handler handler;
    void (*finished)(struct job *job);
    unsigned waiting_max;
    pthread_mutex_t lock;
    unsigned waiting;
    bool is_closed;
    struct queue queues[LANE__MAX];
    pthread_t store, *slow;
    unsigned store_count, slow_count; /* threads that run */
};

/* ---- queues; the lock is held ---- */

static void queue_init(struct queue *queue)
{
    pthread_condattr_t attributes;

    *queue = (struct queue){.end = NULL};
    queue->end = &queue->first;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&queue->wake, &attributes);
    pthread_condattr_destroy(&attributes);
}

static void enqueue(struct queue *queue, struct job *job)
{
    job->next = NULL;
    *queue->end = job;
    queue->end = &job->next;
    if (queue->sleepers)
        pthread_cond_signal(&queue->wake);
}

static size_t dequeue(struct queue *queue, struct job **jobs, size_t max)
{
    size_t count = 0;

    while (queue->first && count < max) {
        jobs[count++] = queue->first;
        queue->first = queue->first->next;
    }
    if (!queue->first)
        queue->end = &queue->first;
    return count;
}

/* Sleeps until something comes; with a time (ms of clock_ms()) not longer. */
static void sleep_on(struct lanes *lanes, struct queue *queue, int64_t until_ms)
{
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};

    queue->sleepers++;
    if (until_ms)
        pthread_cond_timedwait(&queue->wake, &lanes->lock, &until);
    else
        pthread_cond_wait(&queue->wake, &lanes->lock);
    queue->sleepers--;
}

static bool is_over(const struct lanes *lanes)
{
    return lanes->is_closed && lanes->waiting == 0;
}

static void wake_all_if_over(struct lanes *lanes)
{
    if (!is_over(lanes))
        return;
    for (int lane = 0; lane < LANE__MAX; lane++)
        pthread_cond_broadcast(&lanes->queues[lane].wake);
}

/* ---- what lanes do with jobs; the lock is not held ---- */

/*
 * Sends jobs on. Those that are done are resumed before their places are given back: when nobody
 * waits any more, nothing is suspended.
 */
static void hand_on(struct lanes *lanes, struct job *const *jobs, size_t count)
{
    struct job *onward[HTTPD_BATCH_MAX];
    size_t moving = 0;

    for (size_t i = 0; i < count; i++) {
        if (jobs[i]->lane == LANE_DONE)
            lanes->finished(jobs[i]);
        else
            onward[moving++] = jobs[i];
    }
    pthread_mutex_lock(&lanes->lock);
    for (size_t i = 0; i < moving; i++)
        enqueue(&lanes->queues[onward[i]->lane], onward[i]);
    lanes->waiting -= (unsigned)(count - moving);
    wake_all_if_over(lanes);
    pthread_mutex_unlock(&lanes->lock);
}

static void run_batch(struct lanes *lanes, struct job *const *jobs, size_t count)
{
    const struct httpd_handler *handler = &lanes->handler;

    handler->begin(handler->context);
    for (size_t i = 0; i < count; i++)
        job_step(jobs[i]);
    if (!handler->end(handler->context)) {
        for (size_t i = 0; i < count; i++) {
            job_clear_reply(jobs[i]);
            jobs[i]->x.next = NULL;
            jobs[i]->lane = LANE_DONE;
            handler->failed(&jobs[i]->x);
        }
    }
    hand_on(lanes, jobs, count);
}

/* Waits for a batch and ticks meanwhile; 0 when the lanes are over. */
static size_t next_batch(struct lanes *lanes, struct job **jobs, int64_t *tick_ms)
{
    struct queue *queue = &lanes->queues[LANE_STORE];
    size_t count;

    pthread_mutex_lock(&lanes->lock);
    while (!queue->first && !is_over(lanes)) {
        if (lanes->handler.tick && clock_ms() >= *tick_ms) {
            pthread_mutex_unlock(&lanes->lock);
            lanes->handler.tick(lanes->handler.context);
            *tick_ms = clock_ms() + HTTPD_TICK_MS;
            pthread_mutex_lock(&lanes->lock);
            continue;
        }
        sleep_on(lanes, queue, lanes->handler.tick ? *tick_ms : 0);
    }
    count = dequeue(queue, jobs, HTTPD_BATCH_MAX);
    pthread_mutex_unlock(&lanes->lock);
    return count;
}

static void *run_store(void *arg)
{
    struct lanes *lanes = arg;
    struct job *jobs[HTTPD_BATCH_MAX];
    int64_t tick_ms = clock_ms() + HTTPD_TICK_MS;
    size_t count;

    while ((count = next_batch(lanes, jobs, &tick_ms)) > 0)
        run_batch(lanes, jobs, count);
    return NULL;
}

static void *run_slow(void *arg)
{
    struct lanes *lanes = arg;
    struct queue *queue = &lanes->queues[LANE_SLOW];
    struct job *job;

    for (;;) {
        pthread_mutex_lock(&lanes->lock);
        while (!queue->first && !is_over(lanes))
            sleep_on(lanes, queue, 0);
        if (dequeue(queue, &job, 1) == 0)
            break;
        pthread_mutex_unlock(&lanes->lock);
        job_step(job);
        hand_on(lanes, &job, 1);
    }
    pthread_mutex_unlock(&lanes->lock);
    return NULL;
}

/* ---- outside ---- */

struct lanes *lanes_new(const struct httpd_handler *handler, unsigned slow_threads,
                        unsigned waiting_max, void (*finished)(struct job *job))
{
    struct lanes *lanes = xmalloc(sizeof(*lanes));

    *lanes = (struct lanes){.handler = *handler, .finished = finished, .waiting_max = waiting_max};
    pthread_mutex_init(&lanes->lock, NULL);
    for (int lane = 0; lane < LANE__MAX; lane++)
        queue_init(&lanes->queues[lane]);
    lanes->slow = xmalloc(slow_threads * sizeof(*lanes->slow));
    if (pthread_create(&lanes->store, NULL, run_store, lanes) == 0)
        lanes->store_count = 1;
    while (lanes->slow_count < slow_threads &&
           pthread_create(&lanes->slow[lanes->slow_count], NULL, run_slow, lanes) == 0)
        lanes->slow_count++;
    if (lanes->store_count == 1 && lanes->slow_count == slow_threads)
        return lanes;
    lanes_stop(lanes);
    lanes_free(lanes);
    return NULL;
}

bool lanes_enter(struct lanes *lanes)
{
    bool is_in;

    pthread_mutex_lock(&lanes->lock);
    is_in = !lanes->is_closed && lanes->waiting < lanes->waiting_max;
    lanes->waiting += is_in;
    pthread_mutex_unlock(&lanes->lock);
    return is_in;
}

void lanes_push(struct lanes *lanes, struct job *job)
{
    pthread_mutex_lock(&lanes->lock);
    enqueue(&lanes->queues[job->lane], job);
    pthread_mutex_unlock(&lanes->lock);
}

void lanes_stop(struct lanes *lanes)
{
    pthread_mutex_lock(&lanes->lock);
    lanes->is_closed = true;
    wake_all_if_over(lanes);
    pthread_mutex_unlock(&lanes->lock);
    if (lanes->store_count)
        pthread_join(lanes->store, NULL);
    for (unsigned i = 0; i < lanes->slow_count; i++)
        pthread_join(lanes->slow[i], NULL);
}

void lanes_free(struct lanes *lanes)
{
    for (int lane = 0; lane < LANE__MAX; lane++)
        pthread_cond_destroy(&lanes->queues[lane].wake);
    pthread_mutex_destroy(&lanes->lock);
    free(lanes->slow);
    free(lanes);
}
