#ifndef WEB_KIT_SITE_LOG_H
#define WEB_KIT_SITE_LOG_H

#include <stdbool.h>

#include "base/err.h"

struct site;

/*
 * Lines of the log that are no requests (access_log.h): what the server did by itself, and why it
 * failed. Each is one write(2), so that lines of several threads do not mix.
 */

/* "ts=... lvl=info evt=EVENT ...": the format gives the rest, of plain words and numbers only. */
void site_log(const struct site *site, bool is_error, const char *event, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Why something failed, in the words of the program: "evt=failure text=...", with the request where
 * there is one (id and route may be NULL). Errors that end here quote nothing that people gave. */
void site_log_failure(const struct site *site, const char *id, const char *route,
                      const struct err *err);

#endif
