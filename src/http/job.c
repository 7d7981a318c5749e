/* Exchanges: their memory and their steps. */
#include "job.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http/target.h"

/* What is kept for another round; what is larger goes back at once. */
#define POOL_JOBS_MAX 128
#define POOL_BYTES_MAX ((size_t)256 << 10)

void job_pool_init(struct job_pool *pool)
{
    *pool = (struct job_pool){0};
    pthread_mutex_init(&pool->lock, NULL);
    randombytes_buf(&pool->next_id, sizeof(pool->next_id));
}

static void destroy(struct job *job)
{
    arena_free(&job->x.arena);
    buf_free(&job->x.reply.body);
    buf_free(&job->body);
    free(job);
}

void job_pool_free(struct job_pool *pool)
{
    for (struct job *job = pool->unused, *next; job; job = next) {
        next = job->next;
        destroy(job);
    }
    pthread_mutex_destroy(&pool->lock);
}

struct job *job_new(struct job_pool *pool)
{
    struct job *job;
    uint64_t id;

    pthread_mutex_lock(&pool->lock);
    id = pool->next_id++;
    job = pool->unused;
    if (job) {
        pool->unused = job->next;
        pool->count--;
    }
    pthread_mutex_unlock(&pool->lock);
    if (!job) {
        job = xmalloc(sizeof(*job));
        *job = (struct job){0};
        arena_init(&job->x.arena);
        buf_init(&job->x.reply.body, SERVER_REPLY_BYTES_MAX);
        buf_init(&job->body, SIZE_MAX / 2);
    }
    job->x.reply.file = -1;
    snprintf(job->id, sizeof(job->id), "%016" PRIx64, id);
    job->x.request.id = job->id;
    return job;
}

static void empty(struct buf *buf, size_t max)
{
    if (buf->cap > POOL_BYTES_MAX)
        buf_free(buf);
    buf_clear(buf);
    buf->max = max; /* a handler may have put another one in its place */
}

void job_clear_reply(struct job *job)
{
    struct reply *reply = &job->x.reply;
    struct buf body;

    if (reply->file >= 0)
        close(reply->file);
    empty(&reply->body, SERVER_REPLY_BYTES_MAX);
    body = reply->body;
    *reply = (struct reply){.body = body, .file = -1};
}

void job_free(struct job_pool *pool, struct job *job)
{
    struct arena arena;
    struct buf reply_body, body;

    job_clear_reply(job);
    empty(&job->body, SIZE_MAX / 2);
    if (job->x.arena.used > POOL_BYTES_MAX)
        arena_free(&job->x.arena);
    arena_reset(&job->x.arena);
    arena = job->x.arena;
    reply_body = job->x.reply.body;
    body = job->body;
    *job = (struct job){.x = {.arena = arena, .reply = {.body = reply_body}}, .body = body};

    pthread_mutex_lock(&pool->lock);
    if (pool->count < POOL_JOBS_MAX) {
        job->next = pool->unused;
        pool->unused = job;
        pool->count++;
        job = NULL;
    }
    pthread_mutex_unlock(&pool->lock);
    if (job)
        destroy(job);
}

void job_step(struct job *job)
{
    exchange_step *step = job->x.next;

    job->x.next = NULL;
    job->queue = step ? step(&job->x) : QUEUE_DONE;
    if (!job->x.next)
        job->queue = QUEUE_DONE; /* no further part: nothing to wait for */
}

bool reply_header(struct reply *reply, const char *name, const char *value)
{
    if (reply->header_count >= REPLY_HEADERS_MAX || !header_name_is_valid(name, strlen(name)) ||
        !header_value_is_valid(value, strlen(value)))
        return false;
    reply->headers[reply->header_count++] = (struct reply_header){name, value};
    return true;
}
