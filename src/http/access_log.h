#ifndef SRC_HTTP_ACCESS_LOG_H
#define SRC_HTTP_ACCESS_LOG_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/*
 * One line of logfmt per request. It tells what happened, never about whom: no paths, queries,
 * addresses or agents; the client is six digits of a hash whose key dies with the process.
 */
struct access_entry {
    const char *id;
    const char *method;  /* NULL if the request was not understood so far */
    const char *route;   /* pattern; NULL: none was found */
    const char *event;   /* may be NULL */
    const char *subject; /* may be NULL */
    unsigned status;     /* 0: no answer was sent */
    uint64_t micros;
    uint64_t bytes; /* of the body of the answer */
    uint64_t client;
};

/*
 * Lines wait in memory while other requests are being answered, ACCESS_LOG_BYTES of them at most,
 * and are written together: a write(2) for each was a twentieth of the cost of a page. A line is
 * never cut in two, and those of several threads do not mix.
 */
#define ACCESS_LOG_BYTES 16384

struct access_log {
    pthread_mutex_t lock;
    int fd; /* -1: nothing is written */
    struct buf lines;
    size_t lost; /* lines that nobody took, since the last one that says so */
};

void access_log_init(struct access_log *log, int fd);
/* Writes what waits, if it is taken at once. The file stays open. */
void access_log_free(struct access_log *log);

/* Adds a line; with `may_wait` it may stay in memory until the next one or access_log_flush().
 * Values with other characters than [A-Za-z0-9._:/@*-] stand in quotes; quotes, backslashes and
 * everything that is not printable ASCII become '?'. Lines that cannot be written are lost: a full
 * disk, or a pipe that nobody reads, must not stop the service. How many were not read is said
 * when somebody reads again. */
void access_log_write(struct access_log *log, const struct access_entry *entry, bool may_wait);
void access_log_flush(struct access_log *log);

#endif
