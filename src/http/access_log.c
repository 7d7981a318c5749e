/* The access log; see access_log.h. */
#include "access_log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/log.h"

#define LINE_BYTES_MAX 1024
#define VALUE_BYTES_MAX 160

static bool is_plain(char c)
{
    char lower = (char)(c | 0x20);

    return (c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || (c && strchr("._:/@*-", c));
}

static void put_value(struct buf *line, const char *key, const char *value)
{
    size_t len = strnlen(value, VALUE_BYTES_MAX), plain = 0;

    while (plain < len && is_plain(value[plain]))
        plain++;
    buf_printf(line, " %s=", key);
    if (plain == len && len > 0) {
        buf_add(line, value, len);
        return;
    }
    buf_putc(line, '"');
    for (size_t i = 0; i < len; i++) {
        char c = value[i];

        buf_putc(line, c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
    }
    buf_putc(line, '"');
}

static void put_time(struct buf *line)
{
    struct timespec now;
    struct tm utc;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    buf_printf(line, "ts=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", utc.tm_year + 1900, utc.tm_mon + 1,
               utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, (int)(now.tv_nsec / 1000000));
}

static const char *level_of(unsigned status)
{
    return status >= 500 ? "err" : status >= 400 || status == 0 ? "warn" : "info";
}

static void put_line(struct buf *line, const struct access_entry *e)
{
    put_time(line);
    buf_printf(line, " lvl=%s evt=request id=%s", level_of(e->status), e->id);
    if (e->method)
        buf_printf(line, " method=%s", e->method);
    if (e->route)
        put_value(line, "route", e->route);
    buf_printf(line, " status=%u ms=%" PRIu64 ".%u bytes=%" PRIu64 " client=%06" PRIx64, e->status,
               e->micros / 1000, (unsigned)(e->micros % 1000 / 100), e->bytes,
               e->client & 0xffffff);
    if (e->subject)
        put_value(line, "subject", e->subject);
    if (e->event)
        put_value(line, "event", e->event);
    buf_putc(line, '\n');
}

/* Nobody reads: what waits is given up, so that there is room for what comes. */
static void give_up(struct access_log *log)
{
    for (size_t i = 0; i < log->lines.len; i++)
        log->lost += log->lines.data[i] == '\n';
    buf_clear(&log->lines);
}

static void put_lost(struct access_log *log)
{
    put_time(&log->lines);
    buf_printf(&log->lines, " lvl=warn evt=log lost=%zu\n", log->lost);
    log->lost = 0;
}

/* The lock is held. */
static void write_lines(struct access_log *log)
{
    struct buf *lines = &log->lines;
    size_t done = lines->len ? log_put(log->fd, lines->data, lines->len) : 0;

    if (done == lines->len) {
        buf_clear(lines);
        if (done && log->lost)
            put_lost(log);
        return;
    }
    lines->len -= done;
    memmove(lines->data, lines->data + done, lines->len);
    if (lines->len > ACCESS_LOG_BYTES - LINE_BYTES_MAX)
        give_up(log);
}

void access_log_init(struct access_log *log, int fd)
{
    *log = (struct access_log){.fd = fd};
    pthread_mutex_init(&log->lock, NULL);
    buf_init(&log->lines, ACCESS_LOG_BYTES);
}

void access_log_free(struct access_log *log)
{
    access_log_flush(log);
    buf_free(&log->lines);
    pthread_mutex_destroy(&log->lock);
}

void access_log_write(struct access_log *log, const struct access_entry *entry, bool may_wait)
{
    if (log->fd < 0)
        return;
    pthread_mutex_lock(&log->lock);
    put_line(&log->lines, entry);
    if (!may_wait || log->lines.len > ACCESS_LOG_BYTES - LINE_BYTES_MAX)
        write_lines(log);
    pthread_mutex_unlock(&log->lock);
}

void access_log_flush(struct access_log *log)
{
    pthread_mutex_lock(&log->lock);
    write_lines(log);
    pthread_mutex_unlock(&log->lock);
}
