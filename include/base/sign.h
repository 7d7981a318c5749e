#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Signatures of texts (Ed25519, RFC 8032, by libsodium): who has the public key can tell that who
 * has the secret one signed exactly these bytes. The same key and text always give the same
 * signature. In texts, keys, hashes and signatures are written in base64url without padding (RFC
 * 4648, section 5), each in one way only: what reads otherwise is refused.
 */
#define SIGN_PUBLIC_BYTES 32
#define SIGN_SECRET_BYTES 64
#define SIGN_HASH_BYTES 32
#define SIGN_BYTES 64

/* Letters that so many bytes have in base64url. */
#define BASE64_CHARS(bytes) ((4 * (bytes) + 2) / 3)
#define SIGN_CHARS BASE64_CHARS(SIGN_BYTES)
#define SIGN_HASH_CHARS BASE64_CHARS(SIGN_HASH_BYTES)

/* By what people tell keys apart: BLAKE2b of the public one, 40 bits in Crockford's base 32. */
#define SIGN_ID_CHARS 8

/* FAILED: there is no randomness. */
MUST_USE enum status sign_make_keys(unsigned char public_key[SIGN_PUBLIC_BYTES],
                                    unsigned char secret_key[SIGN_SECRET_BYTES], struct err *err);
void sign_key_id(const unsigned char public_key[SIGN_PUBLIC_BYTES], char id[SIGN_ID_CHARS + 1]);

/* Writes the signature of a text, SIGN_CHARS letters and a NUL. */
void sign_text(const unsigned char secret_key[SIGN_SECRET_BYTES], const char *text,
               char signature[SIGN_CHARS + 1]);
/* True if these SIGN_CHARS letters are its signature. */
bool sign_holds(const unsigned char public_key[SIGN_PUBLIC_BYTES], const char *text,
                const char *signature);

/* Bytes as text, in the arena; and back: NULL if it is no such text. A NUL stands behind what is
 * read, so that texts can be read, too. */
const char *base64_write(struct arena *arena, const void *data, size_t len);
const char *base64_read(struct arena *arena, const char *text, size_t len, size_t *out_len);

/* BLAKE2b-256 of bytes of which some parts count as if something else stood there: `fill`. Parts
 * rise and do not overlap. */
struct hash_gap {
    size_t at, len;
    char fill;
};
void hash_with_gaps(const char *data, size_t len, const struct hash_gap *gaps, size_t count,
                    unsigned char hash[SIGN_HASH_BYTES]);

#endif
