/*
 * Queues. One lock guards both queues and the number of those that wait; a queue that sleeps is
 * woken by whoever fills its empty queue, and takes all that is there when it comes to it: under
 * load no one signals, and the more requests wait the larger are the batches of the store.
 */
#include "queues.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct queue {
    struct job *first, **end;
    unsigned sleepers;
    pthread_cond_t wake;
};

struct queues {
    struct server_handler handler;
    void (*finished)(struct job *job);
    unsigned waiting_max;
    pthread_mutex_t lock;
    unsigned waiting;
    bool is_closed;
    struct queue queues[QUEUE__MAX];
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
static void sleep_on(struct queues *queues, struct queue *queue, int64_t until_ms)
{
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};

    queue->sleepers++;
    if (until_ms)
        pthread_cond_timedwait(&queue->wake, &queues->lock, &until);
    else
        pthread_cond_wait(&queue->wake, &queues->lock);
    queue->sleepers--;
}

static bool is_over(const struct queues *queues)
{
    return queues->is_closed && queues->waiting == 0;
}

static void wake_all_if_over(struct queues *queues)
{
    if (!is_over(queues))
        return;
    for (int queue = 0; queue < QUEUE__MAX; queue++)
        pthread_cond_broadcast(&queues->queues[queue].wake);
}

/* ---- what queues do with jobs; the lock is not held ---- */

/*
 * Sends jobs on. Those that are done are resumed before their places are given back: when nobody
 * waits any more, nothing is suspended.
 */
static void hand_on(struct queues *queues, struct job *const *jobs, size_t count)
{
    struct job *onward[SERVER_BATCH_MAX];
    size_t moving = 0;

    for (size_t i = 0; i < count; i++) {
        if (jobs[i]->queue == QUEUE_DONE)
            queues->finished(jobs[i]);
        else
            onward[moving++] = jobs[i];
    }
    pthread_mutex_lock(&queues->lock);
    for (size_t i = 0; i < moving; i++)
        enqueue(&queues->queues[onward[i]->queue], onward[i]);
    queues->waiting -= (unsigned)(count - moving);
    wake_all_if_over(queues);
    pthread_mutex_unlock(&queues->lock);
}

static void run_batch(struct queues *queues, struct job *const *jobs, size_t count)
{
    const struct server_handler *handler = &queues->handler;

    handler->begin(handler->context);
    for (size_t i = 0; i < count; i++)
        job_step(jobs[i]);
    if (!handler->end(handler->context)) {
        for (size_t i = 0; i < count; i++) {
            job_clear_reply(jobs[i]);
            jobs[i]->x.next = NULL;
            jobs[i]->queue = QUEUE_DONE;
            handler->failed(&jobs[i]->x);
        }
    }
    hand_on(queues, jobs, count);
}

/* Waits for a batch, or for `until_ms`; 0: for either in vain. */
static size_t next_batch(struct queues *queues, struct job **jobs, int64_t until_ms)
{
    struct queue *queue = &queues->queues[QUEUE_STORE];
    size_t count;

    pthread_mutex_lock(&queues->lock);
    while (!queue->first && !is_over(queues) && (!until_ms || clock_ms() < until_ms))
        sleep_on(queues, queue, until_ms);
    count = dequeue(queue, jobs, SERVER_BATCH_MAX);
    pthread_mutex_unlock(&queues->lock);
    return count;
}

static bool are_over(struct queues *queues)
{
    bool result;

    pthread_mutex_lock(&queues->lock);
    result = is_over(queues);
    pthread_mutex_unlock(&queues->lock);
    return result;
}

/* Between two batches it is time for what is done by the clock, also where they go on and on. */
static int64_t tick_if_due(struct queues *queues, int64_t due_ms)
{
    if (!queues->handler.tick)
        return 0;
    if (due_ms && clock_ms() < due_ms)
        return due_ms;
    if (due_ms)
        queues->handler.tick(queues->handler.context);
    return clock_ms() + SERVER_TICK_MS;
}

static void *run_store(void *arg)
{
    struct queues *queues = arg;
    struct job *jobs[SERVER_BATCH_MAX];
    int64_t tick_ms = tick_if_due(queues, 0);

    while (!are_over(queues)) {
        size_t count = next_batch(queues, jobs, tick_ms);

        if (count)
            run_batch(queues, jobs, count);
        tick_ms = tick_if_due(queues, tick_ms);
    }
    return NULL;
}

static void *run_slow(void *arg)
{
    struct queues *queues = arg;
    struct queue *queue = &queues->queues[QUEUE_SLOW];
    struct job *job;

    for (;;) {
        pthread_mutex_lock(&queues->lock);
        while (!queue->first && !is_over(queues))
            sleep_on(queues, queue, 0);
        if (dequeue(queue, &job, 1) == 0)
            break;
        pthread_mutex_unlock(&queues->lock);
        job_step(job);
        hand_on(queues, &job, 1);
    }
    pthread_mutex_unlock(&queues->lock);
    return NULL;
}

/* ---- outside ---- */

struct queues *queues_new(const struct server_handler *handler, unsigned slow_threads,
                        unsigned waiting_max, void (*finished)(struct job *job))
{
    struct queues *queues = xmalloc(sizeof(*queues));

    *queues =
        (struct queues){.handler = *handler, .finished = finished, .waiting_max = waiting_max};
    pthread_mutex_init(&queues->lock, NULL);
    for (int queue = 0; queue < QUEUE__MAX; queue++)
        queue_init(&queues->queues[queue]);
    queues->slow = xmalloc(slow_threads * sizeof(*queues->slow));
    if (pthread_create(&queues->store, NULL, run_store, queues) == 0)
        queues->store_count = 1;
    while (queues->slow_count < slow_threads &&
           pthread_create(&queues->slow[queues->slow_count], NULL, run_slow, queues) == 0)
        queues->slow_count++;
    if (queues->store_count == 1 && queues->slow_count == slow_threads)
        return queues;
    queues_stop(queues);
    queues_free(queues);
    return NULL;
}

bool queues_enter(struct queues *queues)
{
    bool is_in;

    pthread_mutex_lock(&queues->lock);
    is_in = !queues->is_closed && queues->waiting < queues->waiting_max;
    queues->waiting += is_in;
    pthread_mutex_unlock(&queues->lock);
    return is_in;
}

void queues_push(struct queues *queues, struct job *job)
{
    pthread_mutex_lock(&queues->lock);
    enqueue(&queues->queues[job->queue], job);
    pthread_mutex_unlock(&queues->lock);
}

void queues_stop(struct queues *queues)
{
    pthread_mutex_lock(&queues->lock);
    queues->is_closed = true;
    wake_all_if_over(queues);
    pthread_mutex_unlock(&queues->lock);
    if (queues->store_count)
        pthread_join(queues->store, NULL);
    for (unsigned i = 0; i < queues->slow_count; i++)
        pthread_join(queues->slow[i], NULL);
}

void queues_free(struct queues *queues)
{
    for (int queue = 0; queue < QUEUE__MAX; queue++)
        pthread_cond_destroy(&queues->queues[queue].wake);
    pthread_mutex_destroy(&queues->lock);
    free(queues->slow);
    free(queues);
}
