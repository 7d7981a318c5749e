#ifndef BASE_PACK_H
#define BASE_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/seal.h"

/*
 * Files in one file: a POSIX tar of libarchive's, as any `tar` reads it, which may be sealed for a
 * key. Only plain files with short names; what else such a file can hold is refused on reading.
 */
#define PACK_NAME_BYTES_MAX 255

struct pack_writer;

/* Nothing is seen at `path` before the commit; then it is its owner's only (mode 0600). `keys` has
 * the public key of who may read it; NULL: it is not sealed. */
MUST_USE enum status pack_writer_new(const char *path, const struct seal_keys *keys,
                                     struct pack_writer **out, struct err *err);
/* Begins a file of exactly so many bytes, which are added in one or more parts. */
MUST_USE enum status pack_begin(struct pack_writer *writer, const char *name, uint64_t bytes,
                                struct err *err);
MUST_USE enum status pack_add(struct pack_writer *writer, const void *data, size_t len,
                              struct err *err);
/* Ends the writer, whether it succeeds or not: the file is on the disk. */
MUST_USE enum status pack_commit(struct pack_writer *writer, struct err *err);
/* Ends it and leaves no file behind. NULL is fine. */
void pack_abandon(struct pack_writer *writer);

struct pack_reader;

/* Opens a file, sealed or not; `keys` may be NULL where it is not. BAD_USAGE: it is sealed, and
 * there are none. BAD_INPUT: it is no such file. */
MUST_USE enum status pack_reader_new(const char *path, const struct seal_keys *keys,
                                     struct pack_reader **out, struct err *err);
/* The next file, its name in the arena; NULL: there are no more. BAD_INPUT for what is no plain
 * file, or for damage. */
MUST_USE enum status pack_next(struct pack_reader *reader, struct arena *arena, const char **name,
                               uint64_t *bytes, struct err *err);
/* At most `max` bytes of it; `len` 0 at its end. */
MUST_USE enum status pack_read(struct pack_reader *reader, void *data, size_t max, size_t *len,
                               struct err *err);
void pack_reader_free(struct pack_reader *reader); /* NULL is fine */

#endif
