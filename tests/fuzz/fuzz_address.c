/* Any text as an address to listen on and as the header X-Forwarded-For. */
#include "fuzz.h"

#include "http/address.h"

#define NOBODY UINT64_C(7)

/* What can be listened on has a host, a colon, and a port of digits; nothing around it. */
static void check_listen(struct arena *arena, const char *text)
{
    const char *colon = strrchr(text, ':');
    struct err err;

    if (address_check(text, &err) != OK) {
        MUST(err.status == BAD_USAGE);
        fuzz_check_err(&err);
        return;
    }
    MUST(colon && colon > text && strlen(colon + 1) >= 1 && strlen(colon + 1) <= 5);
    MUST(strspn(colon + 1, "0123456789") == strlen(colon + 1) && atol(colon + 1) <= 65535);
    MUST(address_check(arena_printf(arena, " %s", text), NULL) == BAD_USAGE);
    MUST(address_check(arena_printf(arena, "%s ", text), NULL) == BAD_USAGE);
    MUST(address_check(arena_printf(arena, "%s0000", text), NULL) == BAD_USAGE);
}

/* Only the last of a list counts: the ones before it are what the client says of itself. */
static void check_forwarded(struct arena *arena, const char *header)
{
    uint64_t who = address_forwarded(header, NOBODY);

    MUST(address_forwarded(arena_printf(arena, "203.0.113.7, %s", header), NOBODY) == who);
    MUST(address_forwarded(arena_printf(arena, ",%s", header), NOBODY) == who);
    MUST(address_forwarded(arena_printf(arena, "%s,", header), NOBODY) == NOBODY);
    if (who != NOBODY && !strchr(header, ',') && !strchr(header, ':')) /* the same client by IPv6 */
        MUST(address_forwarded(
                 arena_printf(arena, "::ffff:%s", header + strspn(header, " \t")), NOBODY) == who);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text;
    struct arena arena;

    arena_init(&arena);
    text = arena_strndup(&arena, (const char *)data, size);
    check_listen(&arena, text);
    check_forwarded(&arena, text);
    arena_free(&arena);
    return 0;
}
