/* The secret of a dossier: 60 random bits that people can read to each other by telephone. */
#include "web/kit/request.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

/* Crockford's base 32: nothing that is taken for something else. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void secret_make(char text[SECRET_PRINTED_BYTES])
{
    size_t at = 0;

    for (size_t i = 0; i < SECRET_CHARS; i++) {
        if (i && i % 4 == 0)
            text[at++] = ' ';
        text[at++] = alphabet[randombytes_uniform(32)];
    }
    text[at] = '\0';
}

static char letter_meant(char c)
{
    c = (char)toupper((unsigned char)c);
    return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
}

bool secret_parse(const char *typed, char secret[SECRET_CHARS + 1])
{
    size_t count = 0;

    for (; *typed; typed++) {
        char c = letter_meant(*typed);

        if (c == ' ' || c == '-')
            continue;
        if (!strchr(alphabet, c) || count == SECRET_CHARS)
            return false;
        secret[count++] = c;
    }
    secret[count] = '\0';
    return count == SECRET_CHARS;
}

/* 60 bits are not enough for a plain hash should the database be stolen (ASVS 6.5.2): argon2id with
 * 2 passes over 64 MiB. */
void secret_hash(const char secret[SECRET_CHARS + 1], char hash[128])
{
    _Static_assert(crypto_pwhash_STRBYTES <= 128, "room for a hash");
    if (crypto_pwhash_str(hash, secret, SECRET_CHARS, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        hash[0] = '\0'; /* no memory: nothing matches it */
}

bool secret_matches(const char *hash, const char secret[SECRET_CHARS + 1])
{
    return *hash && crypto_pwhash_str_verify(hash, secret, SECRET_CHARS) == 0;
}
