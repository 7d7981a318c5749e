/* Codes of telephones, and recovery codes. */
#include "app/second_factor.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/crockford.h"

#define HASH_PASSES 2
#define HASH_BYTES ((size_t)19 << 20) /* OWASP's least for argon2id; the codes are random */
#define WINDOW 1                      /* steps before and behind */

/* ---- what follows from a seed ---- */

void second_factor_seed(unsigned char seed[DESK_SEED_BYTES])
{
    randombytes_buf(seed, DESK_SEED_BYTES);
}

static void derive(const unsigned char seed[DESK_SEED_BYTES], unsigned char number,
                   unsigned char *out, size_t len)
{
    crypto_generichash(out, len, &number, 1, seed, DESK_SEED_BYTES);
}

static void make_code(const unsigned char seed[DESK_SEED_BYTES], unsigned char number,
                      char code[RECOVERY_PRINTED_BYTES])
{
    unsigned char bytes[crypto_generichash_BYTES];
    size_t at = 0;

    derive(seed, number, bytes, sizeof(bytes));
    for (size_t i = 0; i < RECOVERY_CHARS; i++) {
        if (i == RECOVERY_CHARS / 2)
            code[at++] = '-';
        code[at++] = crockford_letter(bytes[i]); /* 256 is a multiple of 32: all are as likely */
    }
    code[at] = '\0';
}

void second_factor_make(const unsigned char seed[DESK_SEED_BYTES], struct second_factor *out)
{
    derive(seed, 0, out->key, sizeof(out->key));
    for (unsigned char i = 0; i < RECOVERY_CODES; i++)
        make_code(seed, (unsigned char)(i + 1), out->codes[i]);
}

/* ---- codes of a telephone ---- */

/* "" where liboath has no memory: then nothing can be set up, and nothing was lost. */
static const char *base32(struct arena *arena, const unsigned char key[TOTP_KEY_BYTES])
{
    char *text = NULL;
    const char *copy = "";

    if (oath_base32_encode((const char *)key, TOTP_KEY_BYTES, &text, NULL) == OATH_OK)
        copy = arena_strdup(arena, text);
    free(text);
    return copy;
}

const char *totp_key_text(struct arena *arena, const unsigned char key[TOTP_KEY_BYTES])
{
    const char *text = base32(arena, key);
    char *out = arena_alloc(arena, 1, strlen(text) * 5 / 4 + 2);
    size_t at = 0;

    for (size_t i = 0; text[i]; i++) {
        if (i && i % 4 == 0)
            out[at++] = ' ';
        out[at++] = text[i];
    }
    return out;
}

const char *totp_address(struct arena *arena, const unsigned char key[TOTP_KEY_BYTES],
                         const char *account)
{
    return arena_printf(arena, "otpauth://totp/dxready:%s?secret=%s&issuer=dxready", account,
                        base32(arena, key));
}

static bool read_digits(const char *typed, char digits[TOTP_DIGITS + 1])
{
    size_t used = 0;

    for (; *typed; typed++) {
        if (*typed == ' ')
            continue;
        if (*typed < '0' || *typed > '9' || used == TOTP_DIGITS)
            return false;
        digits[used++] = *typed;
    }
    digits[used] = '\0';
    return used == TOTP_DIGITS;
}

bool totp_matches(const unsigned char key[TOTP_KEY_BYTES], const char *typed, int64_t now,
                  int64_t *step)
{
    char digits[TOTP_DIGITS + 1];
    int away = 0;

    if (!read_digits(typed, digits) ||
        oath_totp_validate2((const char *)key, TOTP_KEY_BYTES, (time_t)now, TOTP_SECONDS, 0, WINDOW,
                            &away, digits) < 0)
        return false;
    *step = now / TOTP_SECONDS + away;
    return true;
}

/* ---- recovery codes ---- */

bool recovery_parse(const char *typed, char code[RECOVERY_CHARS + 1])
{
    return crockford_parse(typed, RECOVERY_CHARS, code);
}

bool recovery_hash(const char code[RECOVERY_CHARS + 1],
                   const unsigned char salt[RECOVERY_SALT_BYTES],
                   unsigned char hash[RECOVERY_HASH_BYTES])
{
    _Static_assert(RECOVERY_SALT_BYTES == crypto_pwhash_SALTBYTES, "a salt as argon2 takes it");
    return crypto_pwhash(hash, RECOVERY_HASH_BYTES, code, RECOVERY_CHARS, salt, HASH_PASSES,
                         HASH_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

bool recovery_hash_all(const struct second_factor *factor, struct recovery_set *out)
{
    char code[RECOVERY_CHARS + 1];

    randombytes_buf(out->salt, sizeof(out->salt));
    for (size_t i = 0; i < RECOVERY_CODES; i++) {
        if (!recovery_parse(factor->codes[i], code) ||
            !recovery_hash(code, out->salt, out->hashes[i]))
            return false;
    }
    return true;
}
