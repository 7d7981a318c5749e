/*
 * Any bytes as the target of a request: what is taken is a clean path, and means what it meant when
 * it is written again, with everything that may be escaped escaped.
 */
#include "fuzz.h"
#include "http/server.h"
#include "http/target.h"

#define INPUT_BYTES_MAX 4000

/* No ".", ".." or empty segments, said in another way than the reader does. */
static void check_path(const char *path)
{
    size_t len = strlen(path);
    char *slashed = malloc(len + 2);

    MUST(slashed && *path == '/' && len <= SERVER_PATH_BYTES_MAX);
    MUST(text_valid_utf8(path, len) == len);
    memcpy(slashed, path, len);
    memcpy(slashed + len, "/", 2);
    MUST(!strstr(slashed, "/./") && !strstr(slashed, "/../"));
    slashed[len] = '\0';
    MUST(!strstr(slashed, "//") && !strchr(slashed, '\\'));
    for (const char *c = slashed; *c; c++)
        MUST((unsigned char)*c >= ' ' && *c != 0x7f);
    free(slashed);
}

static void check_again(struct arena *arena, const char *path)
{
    const char *again, *query;
    struct buf raw;
    unsigned status;

    buf_init(&raw, BUF_MAX_DEFAULT);
    for (const char *c = path; *c; c++)
        buf_printf(&raw, *c == '/' ? "/" : "%%%02X", (unsigned)(unsigned char)*c);
    status = target_read(arena, buf_text(&raw), &again, &query);
    if (raw.len > SERVER_PATH_BYTES_MAX)
        MUST(status == 414);
    else
        MUST(status == 0 && strcmp(again, path) == 0 && *query == '\0');
    buf_free(&raw);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = NULL, *query = NULL, *raw;
    struct arena arena;
    uint64_t length;
    unsigned status;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    raw = arena_strndup(&arena, (const char *)data, size);
    status = target_read(&arena, raw, &path, &query);
    MUST(status == 0 || status == 400 || status == 414);
    MUST(!path == (status != 0) && !query == (status != 0));
    if (path) {
        check_path(path);
        check_again(&arena, path);
        MUST(strlen(query) <= SERVER_QUERY_BYTES_MAX && !strchr(query, ' '));
    }
    if (host_is_valid(raw))
        MUST(!strpbrk(raw, "/@, \r\n\\?#") && strlen(raw) <= 255);
    if (header_value_is_valid((const char *)data, size))
        MUST(!memchr(data, '\n', size) && !memchr(data, '\r', size) && !memchr(data, 0, size));
    if (content_length_read(raw, &length))
        MUST(strspn(raw, "0123456789") == strlen(raw) && length == strtoull(raw, NULL, 10));
    arena_free(&arena);
    return 0;
}
