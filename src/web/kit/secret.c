/* The secret of a dossier: 60 random bits that people can read to each other by telephone. */
#include "web/kit/request.h"

#include <sodium.h>

#include "app/password.h"
#include "base/crockford.h"

void secret_make(char text[SECRET_PRINTED_BYTES])
{
    size_t at = 0;

    for (size_t i = 0; i < SECRET_CHARS; i++) {
        if (i && i % 4 == 0)
            text[at++] = ' ';
        text[at++] = crockford_letter(randombytes_uniform(32));
    }
    text[at] = '\0';
}

bool secret_parse(const char *typed, char secret[SECRET_CHARS + 1])
{
    return crockford_parse(typed, SECRET_CHARS, secret);
}

/* 60 bits are not enough for a plain hash should the database be stolen (ASVS 6.5.2). */
void secret_hash(const char secret[SECRET_CHARS + 1], char hash[PASSWORD_HASH_BYTES])
{
    password_hash(secret, hash);
}

bool secret_matches(const char *hash, const char secret[SECRET_CHARS + 1])
{
    return password_matches(hash, secret);
}
