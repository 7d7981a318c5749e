#ifndef WEB_KIT_VIEW_H
#define WEB_KIT_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"
#include "web/kit/path.h"
#include "web_texts.h" /* generated: enum web_text */

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
    const char *token;  /* that forms send back; NULL: the page has none */
};

/*
 * Appends a text that means the same in HTML, in an element or in a quoted attribute: & < > " ' and
 * CR become references; what HTML forbids becomes U+FFFD (control characters but TAB, LF and FF,
 * U+FFFE, U+FFFF; bytes that are not UTF-8). NULL writes nothing.
 */
void view_text(struct view *v, const char *text);
/* A component of a URL: every byte but those of unreserved characters (RFC 3986, 2.3) as %XX. NULL
 * writes nothing. */
void view_url(struct view *v, const char *text);
void view_int(struct view *v, int64_t number);
/* An address of this site, in the language of the view. */
void view_path(struct view *v, struct path path);
/* The token of a form, as a hidden field. */
void view_token(struct view *v);
/* Markup that stands in a template itself; never anything else. */
void view_markup(struct view *v, const char *markup, size_t len);

/*
 * A text of the pages (src/web/texts) in the language of the view, escaped, with its values in
 * place of {1}, {2} ... Values that are missing or NULL write nothing.
 */
void view_tr(struct view *v, enum web_text text, const char *const *values, size_t count);

/* The same for C code: a text as it is, not escaped, in the arena (or constant). */
const char *web_tr(enum lang lang, enum web_text text, struct arena *arena,
                    const char *const *values, size_t count);

#endif
