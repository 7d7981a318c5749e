/* Addresses of this site. */
#include "web/kit/path.h"

#include <string.h>

#include "web/kit/view.h"

#define PATH_BYTES_MAX ((size_t)4 << 10)

/* A value, percent-encoded. */
static void add_value(struct buf *out, const char *text)
{
    struct view v = {.out = out};

    view_url(&v, text);
}

static void add_part(struct buf *out, const struct path_part *part)
{
    struct view v = {.out = out};

    if (part->text)
        add_value(out, part->text);
    else
        view_int(&v, part->number);
}

static struct path finish(struct arena *arena, struct buf *out)
{
    struct path path = {arena_strdup(arena, buf_text(out))};

    buf_free(out);
    return path;
}

struct path path_make(struct arena *arena, const char *pattern, const struct path_part *parts)
{
    struct buf out;

    if (!strchr(pattern, ':'))
        return (struct path){pattern};
    buf_init(&out, PATH_BYTES_MAX);
    while (*pattern) {
        size_t len = strcspn(pattern, ":");

        buf_add(&out, pattern, len);
        pattern += len;
        if (!*pattern)
            break;
        add_part(&out, parts++);
        pattern += strcspn(pattern, "/");
    }
    return finish(arena, &out);
}

struct path path_at(struct arena *arena, struct path path, const char *id)
{
    struct buf out;

    buf_init(&out, PATH_BYTES_MAX);
    buf_puts(&out, path.text);
    buf_putc(&out, '#');
    add_value(&out, id);
    return finish(arena, &out);
}

struct path path_with(struct arena *arena, struct path path, const char *name, const char *value)
{
    struct buf out;

    buf_init(&out, PATH_BYTES_MAX);
    buf_puts(&out, path.text);
    buf_putc(&out, strchr(path.text, '?') ? '&' : '?');
    add_value(&out, name);
    buf_putc(&out, '=');
    add_value(&out, value);
    return finish(arena, &out);
}
