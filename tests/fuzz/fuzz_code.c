/*
 * Any text as a number that somebody types from paper: a tax code, the reference of a dossier, its
 * secret. One digit that is wrong is noticed wherever there is a check digit.
 */
#include "fuzz.h"

#include "store/dossiers.h"
#include "survey/facts.h"
#include "web/kit/request.h"

#define TAX_CODE_DIGITS 10

/* The same text with one digit that is another one. */
static const char *with_another(struct arena *arena, const char *text, size_t at, int by)
{
    char *other = arena_strdup(arena, text);

    other[at] = (char)('0' + (text[at] - '0' + by) % 10);
    return other;
}

static void check_tax_code(struct arena *arena, const char *text)
{
    size_t len = strlen(text);

    if (!tax_code_is_valid(text))
        return;
    MUST(strspn(text, "0123456789-") == len && (len == 10 || len == 12 || len == 14));
    for (size_t i = 0; len != 12 && i < TAX_CODE_DIGITS; i++) {
        for (int by = 1; by < 10; by++)
            MUST(!tax_code_is_valid(with_another(arena, text, i, by)));
    }
}

static void check_reference(struct arena *arena, const char *text)
{
    char reference[DOSSIER_REFERENCE_BYTES], again[DOSSIER_REFERENCE_BYTES];

    if (!dossier_reference_parse(text, reference))
        return;
    MUST(dossier_reference_parse(reference, again) && strcmp(reference, again) == 0);
    for (size_t i = strlen("CDS-"); reference[i]; i++) {
        for (int by = 1; reference[i] != '-' && by < 10; by++)
            MUST(!dossier_reference_parse(with_another(arena, reference, i, by), again));
    }
}

static void check_secret(struct arena *arena, const char *text)
{
    char secret[SECRET_CHARS + 1], again[SECRET_CHARS + 1];

    if (!secret_parse(text, secret))
        return;
    MUST(strlen(secret) == SECRET_CHARS);
    MUST(strspn(secret, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") == SECRET_CHARS);
    MUST(secret_parse(secret, again) && strcmp(secret, again) == 0);
    MUST(secret_parse(arena_printf(arena, " %.4s-%s ", secret, secret + 4), again));
    MUST(strcmp(secret, again) == 0);
    MUST(!secret_parse(arena_printf(arena, "%s0", secret), again));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text;
    struct arena arena;

    arena_init(&arena);
    text = arena_strndup(&arena, (const char *)data, size);
    check_tax_code(&arena, text);
    check_reference(&arena, text);
    check_secret(&arena, text);
    arena_free(&arena);
    return 0;
}
