/*
 * Every address of the site: a row for each, in the table of its wing.
 *   ROUTE(method, pattern, who, queue, cookie, body, handler)
 * The queue is DONE (it needs no store), READ, or WRITE for whatever changes something.
 * The handler is the name of the route: page_... for GET, post_... for POST. Links are made from it
 * (see web/kit/path.h). Patterns have ":ref" (a dossier), ":n" (a number), ":text" (one segment).
 */
#include "web/public/routes.h"
#include "web/enterprise/routes.h"
#include "web/officer/routes.h"
