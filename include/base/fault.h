#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * All faults of an input at once, each with its place, so that an author mends a file in one go.
 * Printed as `FILE:LINE: POINTER: message`.
 */

/* After this many faults the rest are only counted: a broken file must not fill a disk. */
#define FAULTS_MAX 200

struct place {
    const char *file;    /* as the user named it */
    int line;            /* 1-based; 0 where the fault belongs to the whole file */
    const char *pointer; /* JSON pointer, "row 3, column x", or "" for the whole document */
};

struct fault {
    struct place place;
    bool is_warning; /* worth mending, but the file is usable */
    const char *text[LANG__MAX];
};

struct faults {
    struct arena *arena; /* holds the copies of all texts */
    struct fault items[FAULTS_MAX];
    size_t count;    /* kept in items */
    size_t errors;   /* how many there were in all, kept or not */
    size_t warnings; /* likewise */
};

/* Starts an empty list whose texts live in `arena`. */
void faults_init(struct faults *faults, struct arena *arena);

/* Adds an error; both formats take the same arguments. Copies everything that it keeps. */
void faults_add(struct faults *faults, struct place place, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Adds a warning: reported by `check`, never a reason to refuse the file. */
void faults_warn(struct faults *faults, struct place place, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* The first error as a sentence with its place, for callers that can only say one thing. */
enum status faults_to_err(const struct faults *faults, struct err *err);

#endif
