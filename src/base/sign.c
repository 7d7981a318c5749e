#include "base/sign.h"

#include <sodium.h>
#include <string.h>

#include "base/crockford.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES, "keys of libsodium");
_Static_assert(SIGN_SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "keys of libsodium");
_Static_assert(SIGN_BYTES == crypto_sign_BYTES, "signatures of libsodium");

/* libsodium 1.0.18 also reads some bytes above 0x7F as if they were letters: only what it would
 * write itself is read. `size` is the room for bytes. */
static bool decode(const char *text, size_t len, unsigned char *bytes, size_t size, size_t *out_len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] > 0x7E)
            return false;
    }
    return sodium_base642bin(bytes, size, text, len, NULL, out_len, NULL, BASE64) == 0;
}

enum status sign_make_keys(unsigned char public_key[SIGN_PUBLIC_BYTES],
                           unsigned char secret_key[SIGN_SECRET_BYTES], struct err *err)
{
    if (sodium_init() < 0)
        return err_set(err, FAILED, "không có nguồn số ngẫu nhiên", "there is no randomness");
    (void)crypto_sign_keypair(public_key, secret_key);
    return OK;
}

void sign_key_id(const unsigned char public_key[SIGN_PUBLIC_BYTES], char id[SIGN_ID_CHARS + 1])
{
    unsigned char hash[crypto_generichash_BYTES_MIN];
    uint64_t bits = 0;

    (void)crypto_generichash(hash, sizeof(hash), public_key, SIGN_PUBLIC_BYTES, NULL, 0);
    for (int i = 0; i < 5; i++)
        bits = bits << 8 | hash[i];
    for (int i = 0; i < SIGN_ID_CHARS; i++)
        id[i] = crockford_letter((unsigned)(bits >> 5 * (SIGN_ID_CHARS - 1 - i) & 31));
    id[SIGN_ID_CHARS] = '\0';
}

void sign_text(const unsigned char secret_key[SIGN_SECRET_BYTES], const char *text,
               char signature[SIGN_CHARS + 1])
{
    unsigned char bytes[SIGN_BYTES];

    (void)crypto_sign_detached(bytes, NULL, (const unsigned char *)text, strlen(text), secret_key);
    sodium_bin2base64(signature, SIGN_CHARS + 1, bytes, sizeof(bytes), BASE64);
}

bool sign_holds(const unsigned char public_key[SIGN_PUBLIC_BYTES], const char *text,
                const char *signature)
{
    unsigned char bytes[SIGN_BYTES];
    size_t len = 0;

    return decode(signature, SIGN_CHARS, bytes, sizeof(bytes), &len) && len == SIGN_BYTES &&
           crypto_sign_verify_detached(bytes, (const unsigned char *)text, strlen(text),
                                       public_key) == 0;
}

const char *base64_write(struct arena *arena, const void *data, size_t len)
{
    const size_t size = BASE64_CHARS(len) + 1;

    return sodium_bin2base64(arena_alloc(arena, size, 1), size, data, len, BASE64);
}

const char *base64_read(struct arena *arena, const char *text, size_t len, size_t *out_len)
{
    char *bytes = arena_alloc(arena, len + 1, 1);

    if (!decode(text, len, (unsigned char *)bytes, len, out_len))
        return NULL;
    bytes[*out_len] = '\0';
    return bytes;
}

static void hash_part(crypto_generichash_state *state, const char *data, size_t len)
{
    (void)crypto_generichash_update(state, (const unsigned char *)data, len);
}

static void hash_fill(crypto_generichash_state *state, char fill, size_t len)
{
    char piece[256];

    memset(piece, fill, sizeof(piece));
    for (size_t part; len > 0; len -= part) {
        part = len < sizeof(piece) ? len : sizeof(piece);
        hash_part(state, piece, part);
    }
}

void hash_with_gaps(const char *data, size_t len, const struct hash_gap *gaps, size_t count,
                    unsigned char hash[SIGN_HASH_BYTES])
{
    crypto_generichash_state state;
    size_t at = 0;

    (void)crypto_generichash_init(&state, NULL, 0, SIGN_HASH_BYTES);
    for (size_t i = 0; i < count; i++) {
        hash_part(&state, data + at, gaps[i].at - at);
        hash_fill(&state, gaps[i].fill, gaps[i].len);
        at = gaps[i].at + gaps[i].len;
    }
    hash_part(&state, data + at, len - at);
    (void)crypto_generichash_final(&state, hash, SIGN_HASH_BYTES);
}
