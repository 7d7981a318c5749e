#ifndef SRC_WEB_ACCESS_LOG_H
#define SRC_WEB_ACCESS_LOG_H

#include <stdint.h>

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

/* Writes the line with one write(2), so that lines of several threads do not mix. Values with
 * other characters than [A-Za-z0-9._:/@*-] stand in quotes; quotes, backslashes and everything that
 * is not printable ASCII become '?'. */
void access_log_write(int fd, const struct access_entry *entry);

#endif
