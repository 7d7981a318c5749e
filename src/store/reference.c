/*
 * References: the number of the enterprise in six characters, then 130 random bits, in Crockford's
 * base 32 (no i, l, o, u: they can be read aloud and typed from paper). The number finds the row
 * without an index, which would cost a tenth of an import; what follows cannot be guessed.
 */
#include "store.h"

#include <string.h>

#include <sodium.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

/* `count` characters for the lowest bits of a number. */
static void write_number(char *text, size_t count, int64_t number)
{
    while (count--) {
        text[count] = alphabet[number & 31];
        number >>= 5;
    }
}

/* A stream from a random key is as good as the system's random numbers, which cost a call each. */
static void refill(struct random_pool *pool)
{
    unsigned char seed[randombytes_SEEDBYTES];

    randombytes_buf(seed, sizeof(seed));
    randombytes_buf_deterministic(pool->bytes, sizeof(pool->bytes), seed);
    sodium_memzero(seed, sizeof(seed));
    pool->left = sizeof(pool->bytes);
}

void reference_make(struct random_pool *pool, int64_t enterprise, char text[REFERENCE_CHARS + 1])
{
    const unsigned char *random;

    if (pool->left < REFERENCE_RANDOM_CHARS)
        refill(pool);
    pool->left -= REFERENCE_RANDOM_CHARS;
    random = pool->bytes + pool->left;
    write_number(text, REFERENCE_NUMBER_CHARS, enterprise);
    for (size_t i = 0; i < REFERENCE_RANDOM_CHARS; i++)
        text[REFERENCE_NUMBER_CHARS + i] = alphabet[random[i] & 31];
    text[REFERENCE_CHARS] = '\0';
}

void reference_compose(char text[REFERENCE_BYTES], const char *enterprise, int64_t round)
{
    size_t digits = round < 32 ? 1 : round < 1024 ? 2 : 3;

    memcpy(text, enterprise, REFERENCE_CHARS);
    text[REFERENCE_CHARS] = '-';
    write_number(text + REFERENCE_CHARS + 1, digits, round);
    text[REFERENCE_CHARS + 1 + digits] = '\0';
}

static char normal_char(char c)
{
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + 'a' - 'A');
    return c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
}

static int64_t add_digit(int64_t number, char digit)
{
    return number << 5 | (strchr(alphabet, digit) - alphabet);
}

bool reference_parse(const char *typed, struct reference *reference)
{
    size_t len = 0;

    *reference = (struct reference){0};
    for (; *typed; typed++) {
        char c = normal_char(*typed);

        if (c == '-' || c == ' ')
            continue;
        if (!strchr(alphabet, c) || reference->round > STORE_ROUNDS_MAX)
            return false;
        if (len < REFERENCE_NUMBER_CHARS)
            reference->enterprise = add_digit(reference->enterprise, c);
        else if (len >= REFERENCE_CHARS)
            reference->round = add_digit(reference->round, c);
        if (len < REFERENCE_CHARS)
            reference->first[len] = c;
        len++;
    }
    return len >= REFERENCE_NUMBER_CHARS;
}
