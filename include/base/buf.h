#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Growable bytes with a ceiling. Invariants: `data` is NULL or NUL-terminated at `len`;
 * `len <= max`. What would go over `max` is dropped and `is_full` stays set (sticky), so that a
 * writer checks once, at the end.
 */
struct buf {
    char *data;
    size_t len;
    size_t cap;
    size_t max;
    bool is_full;
};

/* A roomy ceiling for texts whose size the program itself bounds. */
#define BUF_MAX_DEFAULT ((size_t)256 << 20)

void buf_init(struct buf *buf, size_t max);
void buf_free(struct buf *buf);
/* Empties the buffer, keeps its memory, and clears `is_full`. */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, const void *data, size_t len);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* The text so far; "" when empty. Borrowed, valid until the next write. */
const char *buf_text(const struct buf *buf);

#endif
