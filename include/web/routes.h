/*
 * Every address of the site: a row for each, in the table of its wing.
 *   ROUTE(method, pattern, who, store, cookie, body, handler)
 * The handler is the name of the route: page_... for GET, post_... for POST. Links are made from it
 * (see web/kit/path.h). Patterns have ":ref" (a dossier), ":n" (a number), ":text" (one segment).
 */
#include "web/public/routes.h"
#include "web/enterprise/routes.h"
