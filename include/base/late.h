#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * A library that few commands need, loaded at its first use. Whatever the program is linked with is
 * loaded and set up at every start, with all that it is linked with itself: the libraries of HTTP,
 * of workbooks and of archives were three quarters of the time of a short command.
 *
 * Its functions are named once, and called through pointers of their own types:
 *
 *     #define FUNCTIONS(F) F(archive_read_new) F(archive_read_free)
 *     static struct { FUNCTIONS(LATE_POINTER) } lib;
 *     static const char *const names[] = {FUNCTIONS(LATE_NAME)};
 *     static struct late_library library = LATE_LIBRARY(LATE_ARCHIVE, names, lib);
 *     ...
 *     status = late_load(&library, err);
 *     ... lib.archive_read_new() ...
 *
 * The names of the files, LATE_ARCHIVE and so on, are those that the linker would have noted; the
 * build writes them to late_names.h.
 */
#define LATE_POINTER(name) __typeof__(name) *name;
#define LATE_NAME(name) #name,

struct late_library {
    const char *file;         /* "libarchive.so.13" */
    const char *const *names; /* of functions */
    size_t count;
    void *pointers; /* one for each name, in the same order */
    atomic_bool is_loaded;
};

#define LATE_LIBRARY(file, names, lib)                                                             \
    {                                                                                              \
        file, names, sizeof(names) / sizeof(*(names)), &(lib), false                               \
    }

/* Loads the library, unless that was done; from any thread. It stays until the program ends. FAILED
 * if it, or a function of it, is not there: a sentence that names the file. */
enum status late_load(struct late_library *library, struct err *err);

#endif
