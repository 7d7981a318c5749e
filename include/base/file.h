#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Reads a whole file (or "-" for standard input) of at most `max` bytes into `arena`,
 * NUL-terminated. A pipe is read to its end; a named one that nobody writes to counts as empty.
 * Errors: NOT_FOUND, LIMIT, BAD_INPUT (a folder), FAILED.
 */
MUST_USE enum status file_read(struct arena *arena, const char *path, size_t max, char **data,
                               size_t *len, struct err *err);

/*
 * Writes a file so that a reader sees the old one or the whole new one, never half: a temporary
 * file beside it, fsync, rename. "-" is standard output. On error nothing is left behind.
 */
MUST_USE enum status file_write(const char *path, const void *data, size_t len, struct err *err);

/* Paths of the files of a folder that end in `suffix`, sorted by name; not recursive. */
MUST_USE enum status file_list(struct arena *arena, const char *folder, const char *suffix,
                               const char ***paths, size_t *count, struct err *err);

bool file_is_folder(const char *path);
bool file_exists(const char *path);

/* Makes the folders of a path that are missing (mode 0755), the last one included. */
MUST_USE enum status file_make_folders(const char *path, struct err *err);

/* "folder/name", in the arena. */
const char *file_join(struct arena *arena, const char *folder, const char *name);

#endif
