#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"

/*
 * What templates write to. Templates (src/web/templates/NAME.html) are compiled by
 * src/tools/tmplc.c to functions view_NAME() when the program is built; docs/templates.md tells
 * how they are written. Values are escaped by where they stand; there is no way to write them raw.
 */
struct view {
    struct buf *out;
    struct arena *arena;
    enum lang lang;
    const char *prefix; /* of all URLs in this language: "" (Vietnamese) or "/en" */
};

/* Escapes & < > " ' and appends; also takes out what HTML forbids (control characters become
 * U+FFFD). NULL writes nothing. */
void view_text(struct view *v, const char *text);
/* A component of a URL: everything but unreserved characters as %XX. */
void view_url(struct view *v, const char *text);
void view_int(struct view *v, int64_t number);
/* Markup that stands in a template itself; never anything else. */
void view_markup(struct view *v, const char *markup, size_t len);

#endif
