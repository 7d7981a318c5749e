#include "web/kit/site_log.h"

#include <stdarg.h>
#include <stdio.h>

#include "app/database.h"
#include "web/kit/request.h"

#define REST_BYTES 700

void site_log(const struct site *site, bool is_error, const char *event, const char *format, ...)
{
    char now[TIME_BYTES], rest[REST_BYTES];
    va_list args;

    if (site->options.log < 0)
        return;
    va_start(args, format);
    vsnprintf(rest, sizeof(rest), format, args);
    va_end(args);
    now_utc(now);
    dprintf(site->options.log, "ts=%s lvl=%s evt=%s %s\n", now, is_error ? "err" : "info", event,
            rest);
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
