/*
 * Any bytes as a report to be verified, as the code of one, and as a file of public keys. What
 * holds has been signed with the key below (the corpus has some), so nothing that differs from it in
 * a single bit may hold.
 */
#include "fuzz.h"

#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/output/verify.h"

static struct signing_key key_of(unsigned char seed_byte)
{
    struct signing_key key = {.since = "2026-01-01T00:00:00Z", .retired_at = ""};
    unsigned char seed[crypto_sign_SEEDBYTES];

    memset(seed, seed_byte, sizeof(seed));
    MUST(crypto_sign_seed_keypair(key.public_key, key.secret_key, seed) == 0);
    sign_key_id(key.public_key, key.id);
    return key;
}

static void check_result(const struct verification_result *result)
{
    MUST(result->finding < FILE_FINDING__MAX && *finding_code(result->finding));
    MUST(result->has_content == (result->finding == FILE_HOLDS) ||
         result->finding == FILE_CHANGED);
    MUST(!result->has_content || text_valid_utf8(result->content.name,
                                                 strlen(result->content.name)) ==
                                     strlen(result->content.name));
}

/* Some bits of what holds, other ones for each input. */
static void check_bits(struct arena *arena, const struct signing_key *key, const uint8_t *data,
                       size_t size)
{
    char *copy = arena_strndup(arena, (const char *)data, size);
    struct verification_result result;

    memcpy(copy, data, size);
    for (size_t i = 0; i < 64; i++) {
        size_t at = (i * 2654435761u + data[size / 2]) % size;

        copy[at] ^= (char)(1 << i % 8);
        verify_file(arena, copy, size, key, 1, &result);
        MUST(result.finding != FILE_HOLDS);
        copy[at] ^= (char)(1 << i % 8);
    }
}

static void check_code(struct arena *arena, const struct signing_key *key, const char *text)
{
    struct verification_result result;
    struct attestation read;
    const char *again = NULL;
    struct err err;

    verify_code(arena, text, key, 1, &result);
    check_result(&result);
    MUST(result.finding != FILE_CHANGED && result.finding != FILE_CUT);
    if (!attestation_read(arena, text, strlen(text), &read))
        return;
    MUST(attestation_write(arena, &read, &again, &err) == OK && strcmp(again, text) == 0);
}

static void check_keys(struct arena *arena, const uint8_t *data, size_t size)
{
    int file = memfd_create("keys", MFD_CLOEXEC);
    struct signing_key *list;
    size_t count = 0;
    struct err err;

    MUST(file >= 0 && write(file, data, size) == (ssize_t)size);
    if (signing_keys_read(arena, arena_printf(arena, "/proc/self/fd/%d", file), &list, &count,
                          &err) != OK)
        fuzz_check_err(&err);
    else
        MUST(count > 0 && count <= SIGNING_KEYS_MAX);
    for (size_t i = 0; i < count; i++) {
        char id[SIGN_ID_CHARS + 1];

        sign_key_id(list[i].public_key, id);
        MUST(strcmp(list[i].id, id) == 0);
    }
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct signing_key key = key_of(7);
    struct verification_result result;
    struct arena arena;

    arena_init(&arena);
    verify_file(&arena, (const char *)data, size, &key, 1, &result);
    check_result(&result);
    if (result.finding == FILE_HOLDS)
        check_bits(&arena, &key, data, size);
    check_code(&arena, &key, arena_strndup(&arena, (const char *)data, size));
    check_keys(&arena, data, size);
    arena_free(&arena);
    return 0;
}
