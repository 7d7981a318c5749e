#include "web/kit/site_log.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/database.h"
#include "base/log.h"
#include "web/kit/request.h"

#define REST_BYTES 700
#define LINE_START_BYTES 100

void site_log(const struct site *site, bool is_error, const char *event, const char *format, ...)
{
    char now[TIME_BYTES], rest[REST_BYTES], line[REST_BYTES + LINE_START_BYTES];
    va_list args;
    int len;

    if (site->options.log < 0)
        return;
    va_start(args, format);
    vsnprintf(rest, sizeof(rest), format, args);
    va_end(args);
    now_utc(now);
    len = snprintf(line, sizeof(line), "ts=%s lvl=%s evt=%s %s\n", now, is_error ? "err" : "info",
                   event, rest);
    if (len > 0 && (size_t)len < sizeof(line))
        (void)log_put(site->options.log, line, (size_t)len);
}

void site_log_failure(const struct site *site, const char *id, const char *route,
                      const struct err *err)
{
    char text[ERR_TEXT_MAX];

    snprintf(text, sizeof(text), "%s", err->text[LANG_EN]);
    for (char *at = text; *at; at++) {
        if (*at < ' ' || *at > '~' || *at == '"' || *at == '\\')
            *at = '?';
    }
    site_log(site, true, "failure", "%s%s%s%s%stext=\"%s\"", id ? "id=" : "", id ? id : "",
             route ? " route=" : "", route ? route : "", id || route ? " " : "", text);
}
