#include "report_pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

/* Jobs that wait for a thread: enough that none is idle, few enough to need little memory. */
#define WAITING_PER_THREAD 2

struct report_pool {
    struct report_pool_setup setup;
    pthread_mutex_t lock;
    pthread_cond_t has_job, has_room;
    struct report_job *first, **end;
    unsigned waiting, started;
    pthread_t *threads;
    bool is_closed;
    struct report_pool_counts counts;
    enum status status; /* of what ended it */
    struct err err;
};

struct report_job *report_job_new(void)
{
    struct report_job *job = xmalloc(sizeof(*job));

    *job = (struct report_job){.next = NULL};
    arena_init(&job->arena);
    return job;
}

void report_job_free(struct report_job *job)
{
    arena_free(&job->arena);
    free(job);
}

/* ---- in the threads ---- */

static enum status write_report(const struct report_pool *pool, const struct report_job *job,
                                struct err *err)
{
    struct buf pdf;
    enum status status;

    buf_init(&pdf, PDF_BYTES_MAX);
    status = result_pdf(&(struct document_request){.report = job->report,
                                                   .wording = pool->setup.wording,
                                                   .lang = pool->setup.lang,
                                                   .kind = pool->setup.kind,
                                                   .contact = pool->setup.contact},
                        &pdf, err);
    if (status == OK)
        status = file_write(job->path, buf_text(&pdf), pdf.len, err);
    buf_free(&pdf);
    if (status == OK && job->old)
        (void)unlink(job->old);
    return status;
}

/* The lock is held. One report that is too long is its own fault; a full disk ends everything. */
static void count_report(struct report_pool *pool, const struct report_job *job, enum status status,
                         const struct err *err)
{
    if (status == OK) {
        pool->counts.written++;
        pool->counts.renamed += job->old != NULL;
    } else if (status == LIMIT) {
        pool->counts.failed++;
        faults_add(pool->setup.faults,
                   (struct place){arena_strdup(pool->setup.faults->arena, job->path), 0, ""},
                   "%1$s%2$.0s", "%2$s%1$.0s", err->text[LANG_VI], err->text[LANG_EN]);
    } else if (pool->status == OK) {
        pool->status = status;
        pool->err = *err;
    }
}

/* The lock is held. NULL when there is nothing more to come. */
static struct report_job *next_job(struct report_pool *pool)
{
    struct report_job *job;

    while (!pool->first && !pool->is_closed)
        pthread_cond_wait(&pool->has_job, &pool->lock);
    job = pool->first;
    if (!job)
        return NULL;
    pool->first = job->next;
    if (!pool->first)
        pool->end = &pool->first;
    pool->waiting--;
    pthread_cond_signal(&pool->has_room);
    return job;
}

static void *work(void *context)
{
    struct report_pool *pool = context;
    struct report_job *job;

    pthread_mutex_lock(&pool->lock);
    while ((job = next_job(pool))) {
        bool is_wanted = pool->status == OK;
        struct err err;
        enum status status = OK;

        pthread_mutex_unlock(&pool->lock);
        if (is_wanted)
            status = write_report(pool, job, &err);
        pthread_mutex_lock(&pool->lock);
        if (is_wanted)
            count_report(pool, job, status, &err);
        report_job_free(job);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* ---- in the caller's ---- */

enum status report_pool_open(struct report_pool **out, const struct report_pool_setup *setup,
                             struct err *err)
{
    struct report_pool *pool = xmalloc(sizeof(*pool));

    *pool = (struct report_pool){.setup = *setup};
    pool->end = &pool->first;
    pool->threads = xmalloc(setup->threads * sizeof(*pool->threads));
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->has_job, NULL);
    pthread_cond_init(&pool->has_room, NULL);
    for (unsigned i = 0; i < setup->threads; i++)
        pool->started += pthread_create(&pool->threads[pool->started], NULL, work, pool) == 0;
    if (!pool->started) {
        struct report_pool_counts none;
        struct err ignored;

        (void)!report_pool_close(pool, &none, &ignored);
        return err_set(err, FAILED, "không tạo được luồng nào để lập báo cáo",
                       "no thread could be started to write reports");
    }
    *out = pool;
    return OK;
}

bool report_pool_add(struct report_pool *pool, struct report_job *job)
{
    bool is_open;

    pthread_mutex_lock(&pool->lock);
    while (pool->status == OK && pool->waiting >= WAITING_PER_THREAD * pool->started)
        pthread_cond_wait(&pool->has_room, &pool->lock);
    is_open = pool->status == OK;
    if (is_open) {
        job->next = NULL;
        *pool->end = job;
        pool->end = &job->next;
        pool->waiting++;
        pthread_cond_signal(&pool->has_job);
    }
    pthread_mutex_unlock(&pool->lock);
    if (!is_open)
        report_job_free(job);
    return is_open;
}

struct report_pool_counts report_pool_counts(struct report_pool *pool)
{
    struct report_pool_counts counts;

    pthread_mutex_lock(&pool->lock);
    counts = pool->counts;
    pthread_mutex_unlock(&pool->lock);
    return counts;
}

enum status report_pool_close(struct report_pool *pool, struct report_pool_counts *counts,
                              struct err *err)
{
    enum status status;

    pthread_mutex_lock(&pool->lock);
    pool->is_closed = true;
    pthread_cond_broadcast(&pool->has_job);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        pthread_join(pool->threads[i], NULL);
    status = pool->status;
    *counts = pool->counts;
    if (status != OK)
        *err = pool->err;
    pthread_cond_destroy(&pool->has_room);
    pthread_cond_destroy(&pool->has_job);
    pthread_mutex_destroy(&pool->lock);
    free(pool->threads);
    free(pool);
    return status;
}
