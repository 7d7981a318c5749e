/* Any text as the headers Cookie, Accept and Content-Type. */
#include "fuzz.h"

#include "http/form.h"

static void check_cookie(struct arena *arena, const char *header, const char *name)
{
    const char *value = cookie_find(arena, header, name), *again;

    if (!value)
        return;
    for (const char *c = value; *c; c++)
        MUST(*c > 0x20 && *c < 0x7f && !strchr("\",;\\", *c));
    again = cookie_find(arena, arena_printf(arena, "x=1; %s=%s", name, value), name);
    MUST(again && strcmp(again, value) == 0);
}

/* Where JSON is preferred it no longer is once HTML is named too, or the header is broken. */
static void check_accept(struct arena *arena, const char *header)
{
    if (!accept_prefers_json(header))
        return;
    MUST(strchr(header, '/'));
    MUST(!accept_prefers_json(arena_printf(arena, "%s, broken", header)));
    MUST(!accept_prefers_json(arena_printf(arena, "%s, text/html", header)));
}

/* Where gzip is taken it no longer is once it weighs nothing, or the header is broken. */
static void check_encoding(struct arena *arena, const char *header)
{
    if (!accept_takes_gzip(header))
        return;
    MUST(strpbrk(header, "gG*"));
    MUST(!accept_takes_gzip(arena_printf(arena, "%s, gzip;q=0", header)));
    MUST(!accept_takes_gzip(arena_printf(arena, "%s, bro ken", header)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *header;
    struct arena arena;

    arena_init(&arena);
    header = arena_strndup(&arena, (const char *)data, size);
    check_cookie(&arena, header, "sid");
    check_cookie(&arena, header, "a");
    check_accept(&arena, header);
    check_encoding(&arena, header);
    if (content_type_is(header, "multipart/form-data"))
        MUST(strpbrk(header, "mM"));
    arena_free(&arena);
    return 0;
}
