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
 * file beside it, fsync, rename. A file that is replaced keeps its mode; a link to one is replaced
 * itself. "-" is standard output; a device or pipe is written to as it is.
 * On error nothing is left behind.
 */
MUST_USE enum status file_write(const char *path, const void *data, size_t len, struct err *err);

/* The same, for the owner's eyes only: mode 0600 at most. */
MUST_USE enum status file_write_private(const char *path, const void *data, size_t len,
                                        struct err *err);

/*
 * The same piece by piece: a reader sees nothing of the new file before the commit. What exists
 * and is no regular file (a device, a pipe) is written in place.
 */
struct file_sink;
MUST_USE enum status file_sink_open(const char *path, struct file_sink **out, struct err *err);
/* For the owner's eyes only: mode 0600 at most. */
MUST_USE enum status file_sink_open_private(const char *path, struct file_sink **out,
                                            struct err *err);
MUST_USE enum status file_sink_write(struct file_sink *sink, const void *data, size_t len,
                                     struct err *err);
/* Ends the sink, whether it succeeds or not. */
MUST_USE enum status file_sink_commit(struct file_sink *sink, struct err *err);
/* Ends it and leaves no file behind. NULL is fine. */
void file_sink_abandon(struct file_sink *sink);

/* Makes what was made or renamed at `path` last over a power cut: its folder is synced. A file
 * system that cannot do that is no fault. */
void file_sync_folder_of(const char *path);

/* Paths of the files of a folder that end in `suffix`, sorted by name; not recursive. */
MUST_USE enum status file_list(struct arena *arena, const char *folder, const char *suffix,
                               const char ***paths, size_t *count, struct err *err);

bool file_is_folder(const char *path);
bool file_exists(const char *path);
/* No folder, device or pipe. */
bool file_is_regular(const char *path);

/* Makes the folders of a path that are missing (mode 0755), the last one included. */
MUST_USE enum status file_make_folders(const char *path, struct err *err);

/* "folder/name", in the arena. */
const char *file_join(struct arena *arena, const char *folder, const char *name);

#endif
