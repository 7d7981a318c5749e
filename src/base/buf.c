#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define SHORT_BYTES 256

void buf_init(struct buf *buf, size_t max)
{
    *buf = (struct buf){.max = max};
}

void buf_free(struct buf *buf)
{
    free(buf->data);
    buf_init(buf, buf->max);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    buf->is_full = false;
    if (buf->data)
        buf->data[0] = '\0';
}

/* Makes room for `len` more bytes and the final NUL; false once the ceiling is met. */
static bool reserve(struct buf *buf, size_t len)
{
    size_t cap;

    if (buf->is_full || len > buf->max - buf->len) {
        buf->is_full = true;
        return false;
    }
    if (buf->len + len < buf->cap)
        return true;
    cap = buf->cap ? buf->cap * 2 : 256;
    while (cap <= buf->len + len)
        cap *= 2;
    buf->data = xrealloc(buf->data, cap);
    buf->cap = cap;
    return true;
}

void buf_add(struct buf *buf, const void *data, size_t len)
{
    if (!reserve(buf, len))
        return;
    if (len)
        memcpy(buf->data + buf->len, data, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
    char begin[SHORT_BYTES]; /* most texts are short: they are formatted once */
    va_list again;
    int len;

    va_copy(again, args);
    len = vsnprintf(begin, sizeof(begin), format, args);
    if (len > 0 && len < (int)sizeof(begin)) {
        buf_add(buf, begin, (size_t)len);
    } else if (len > 0 && reserve(buf, (size_t)len)) {
        vsnprintf(buf->data + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}

const char *buf_text(const struct buf *buf)
{
    return buf->data ? buf->data : "";
}
