#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/lang.h"

/*
 * Errors are values. A function that can fail returns an enum status, writes its results only on
 * OK, and fills one full sentence in both languages; only the edges (cli/, web/) print it.
 */
enum status {
    OK,
    BAD_INPUT, /* what came in is wrong: exit code 1, HTTP 400 */
    BAD_USAGE, /* the command line is wrong: exit code 2 */
    NOT_FOUND, /* exit code 1, HTTP 404 */
    CONFLICT,  /* somebody else was first: exit code 1, HTTP 409 */
    DENIED,    /* exit code 1, HTTP 403 */
    LIMIT,     /* a named limit was met: exit code 1, HTTP 413 */
    BUSY,      /* try again: exit code 3, HTTP 503 */
    FAILED,    /* the system failed (disk, memory, database): exit code 3, HTTP 500 */
    READER_LEFT, /* who reads the output has seen enough (`| head`): exit code 0, no sentence */
    STATUS__MAX
};

#define MUST_USE __attribute__((warn_unused_result))

/* A sentence longer than this is cut at a whole character. */
#define ERR_TEXT_MAX 600

struct err {
    enum status status;
    char text[LANG__MAX][ERR_TEXT_MAX];
};

/*
 * Fills `err` (may be NULL) with a status and one sentence in both languages, and returns the
 * status so that a caller can `return err_set(...)`. Both formats take the same arguments.
 */
enum status err_set(struct err *err, enum status status, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* The exit code of the program for a status: 0, 1, 2 or 3 (see docs/command-line.md). */
int err_exit_code(enum status status);

#endif
