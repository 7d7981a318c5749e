/*
 * Queues. One lock guards all queues and the number of those that wait; a queue that sleeps is
 * woken by whoever fills its empty queue. The one that writes takes all that is there when it comes
 * to it: under load no one signals, and the more requests wait the larger are its batches.
 */
#include "queues.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct queue {
    struct job *first, **end;
    uint64_t came; /* jobs, since the start */
    unsigned sleepers;
    pthread_cond_t wake;
};

/* A thread that touches the store, see SERVER_WORKERS. */
struct worker {
    struct queues *queues;
    unsigned number;
    pthread_t thread;
};

struct queues {
    struct server_handler handler;
    void (*finished)(struct job *job);
    unsigned waiting_max;
    pthread_mutex_t lock;
    unsigned waiting;
    bool is_closed;
    struct queue queues[QUEUE__MAX];
    struct worker workers[SERVER_WORKERS];
    pthread_t *slow;
    unsigned worker_count, slow_count; /* threads that run */
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
    job->place = queue->came++;
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

static void run_batch(const struct worker *worker, struct job *const *jobs, size_t count)
{
    struct queues *queues = worker->queues;
    const struct server_handler *handler = &queues->handler;

    handler->begin(handler->context, worker->number);
    for (size_t i = 0; i < count; i++) {
        jobs[i]->x.worker = worker->number;
        job_step(jobs[i]);
    }
    if (!handler->end(handler->context, worker->number)) {
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
    struct queue *queue = &queues->queues[QUEUE_WRITE];
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

static void *run_writer(void *arg)
{
    const struct worker *worker = arg;
    struct queues *queues = worker->queues;
    struct job *jobs[SERVER_BATCH_MAX];
    int64_t tick_ms = tick_if_due(queues, 0);

    while (!are_over(queues)) {
        size_t count = next_batch(queues, jobs, tick_ms);

        if (count)
            run_batch(worker, jobs, count);
        tick_ms = tick_if_due(queues, tick_ms);
    }
    return NULL;
}

/* The first job of a queue, and how many had come to it by then. NULL: there is none; if one waits,
 * there will be no more. */
static struct job *next_job(struct queues *queues, enum work_queue of, bool may_wait,
                            uint64_t *came)
{
    struct queue *queue = &queues->queues[of];
    struct job *job = NULL;

    pthread_mutex_lock(&queues->lock);
    while (may_wait && !queue->first && !is_over(queues))
        sleep_on(queues, queue, 0);
    (void)dequeue(queue, &job, 1);
    *came = queue->came;
    pthread_mutex_unlock(&queues->lock);
    return job;
}

/* What is open between begin() and end() of a reader. */
struct look {
    bool is_open;
    uint64_t came; /* jobs, before it was begun */
    unsigned jobs; /* that it has served */
};

static void end_look(const struct worker *worker, struct look *look)
{
    const struct server_handler *handler = &worker->queues->handler;

    if (look->is_open)
        (void)handler->end(handler->context, worker->number);
    look->is_open = false;
}

static void look_for(const struct worker *worker, struct look *look, const struct job *job,
                     uint64_t came)
{
    const struct server_handler *handler = &worker->queues->handler;

    if (look->is_open && (job->place >= look->came || look->jobs == SERVER_READS_MAX))
        end_look(worker, look);
    if (!look->is_open) {
        *look = (struct look){.is_open = true, .came = came};
        handler->begin(handler->context, worker->number);
    }
    look->jobs++;
}

static void *run_reader(void *arg)
{
    const struct worker *worker = arg;
    struct look look = {.is_open = false};
    uint64_t came;
    bool goes_on = true;

    while (goes_on) {
        struct job *job = next_job(worker->queues, QUEUE_READ, !look.is_open, &came);

        if (job) {
            look_for(worker, &look, job, came);
            job->x.worker = worker->number;
            job_step(job);
            hand_on(worker->queues, &job, 1);
        } else {
            goes_on = look.is_open; /* it did not wait */
            end_look(worker, &look);
        }
    }
    return NULL;
}

static void *run_slow(void *arg)
{
    struct queues *queues = arg;
    struct job *job;
    uint64_t came;

    while ((job = next_job(queues, QUEUE_SLOW, true, &came))) {
        job_step(job);
        hand_on(queues, &job, 1);
    }
    return NULL;
}

/* ---- outside ---- */

static bool start_threads(struct queues *queues, unsigned slow_threads)
{
    for (unsigned i = 0; i < SERVER_WORKERS; i++) {
        struct worker *worker = &queues->workers[i];

        *worker = (struct worker){.queues = queues, .number = i};
        if (pthread_create(&worker->thread, NULL, i == 0 ? run_writer : run_reader, worker) != 0)
            return false;
        queues->worker_count++;
    }
    while (queues->slow_count < slow_threads) {
        if (pthread_create(&queues->slow[queues->slow_count], NULL, run_slow, queues) != 0)
            return false;
        queues->slow_count++;
    }
    return true;
}

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
    if (start_threads(queues, slow_threads))
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
    for (unsigned i = 0; i < queues->worker_count; i++)
        pthread_join(queues->workers[i].thread, NULL);
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
