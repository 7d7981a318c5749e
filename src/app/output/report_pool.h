#ifndef SRC_APP_OUTPUT_REPORT_POOL_H
#define SRC_APP_OUTPUT_REPORT_POOL_H

#include "app/enterprise/result.h"
#include "base/fault.h"

/* Threads that draw and write reports, which one other thread makes. */
struct report_pool;

/* A report on its way to a file; all of it in its arena, which the pool frees. */
struct report_job {
    struct report_job *next;
    struct arena arena;
    const struct report *report;
    const char *path;
    const char *old; /* of another name, that goes when this is written; NULL: none */
};

struct report_pool_setup {
    const struct wording *wording;
    enum lang lang;
    enum document_kind kind;
    const char *contact;
    unsigned threads;
    struct faults *faults; /* touched by the pool alone until it is closed */
};

struct report_pool_counts {
    int64_t written, renamed, failed;
};

/* FAILED where not a single thread can be started. */
enum status report_pool_open(struct report_pool **out, const struct report_pool_setup *setup,
                             struct err *err);

struct report_job *report_job_new(void);
void report_job_free(struct report_job *job);

/* Waits until there is room. False after a failure that ends everything: the job is freed then,
 * too. */
bool report_pool_add(struct report_pool *pool, struct report_job *job);

struct report_pool_counts report_pool_counts(struct report_pool *pool);

/* Waits for what was added, and frees the pool; the first failure that ended it. */
enum status report_pool_close(struct report_pool *pool, struct report_pool_counts *counts,
                              struct err *err);

#endif
