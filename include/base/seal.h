#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/*
 * A stream of bytes that only who has a secret key can read, and in which no byte can be changed,
 * left out or added: libsodium's sealed box for the key of the stream, its secretstream for the
 * rest, in pieces of SEAL_PIECE_BYTES. Whoever writes needs the public key alone, so that a server
 * that was broken into cannot read what it wrote before.
 */
#define SEAL_KEY_BYTES 32
#define SEAL_PIECE_BYTES ((size_t)64 << 10)
#define SEAL_MARK "dxready-backup-sealed 1\n" /* how such a stream begins */

struct seal_keys {
    unsigned char public_key[SEAL_KEY_BYTES], secret_key[SEAL_KEY_BYTES];
};

/* Makes a pair: NAME.pub for who writes, NAME.key (mode 0600) for who reads. CONFLICT where one of
 * them is there already. */
MUST_USE enum status seal_make_keys(const char *name, struct seal_keys *keys, struct err *err);
/* What such a file holds: of NAME.key both, of NAME.pub the public one. BAD_INPUT for anything
 * else. */
MUST_USE enum status seal_read_public(const char *path, struct seal_keys *keys, struct err *err);
MUST_USE enum status seal_read_secret(const char *path, struct seal_keys *keys, struct err *err);

/* Where bytes go; where they come from: `len` on return, 0 at the end. */
typedef enum status seal_put(void *context, const void *data, size_t len, struct err *err);
typedef enum status seal_get(void *context, void *data, size_t max, size_t *len, struct err *err);

struct seal_writer;

MUST_USE enum status seal_writer_new(const struct seal_keys *keys, seal_put *put, void *context,
                                     struct seal_writer **out, struct err *err);
MUST_USE enum status seal_write(struct seal_writer *writer, const void *data, size_t len,
                                struct err *err);
/* Writes what is left and the end: without it nobody can read the stream to its end. */
MUST_USE enum status seal_writer_finish(struct seal_writer *writer, struct err *err);
void seal_writer_free(struct seal_writer *writer); /* NULL is fine */

struct seal_reader;

/* DENIED: it was sealed for another key. BAD_INPUT: it is no such stream. */
MUST_USE enum status seal_reader_new(const struct seal_keys *keys, seal_get *get, void *context,
                                     struct seal_reader **out, struct err *err);
/* The next piece, borrowed until the next call; `len` 0 at the end. BAD_INPUT: something was
 * changed, or is missing at the end. */
MUST_USE enum status seal_read(struct seal_reader *reader, const unsigned char **data, size_t *len,
                               struct err *err);
void seal_reader_free(struct seal_reader *reader); /* NULL is fine */

#endif
