#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/kit/request.h"

/* The handlers that routes.h names. */
#define ROUTE(method, pattern, access, queue, needs_cookie, body_max, handler)                     \
    request_handler handler;
#include "web/routes.h"
#undef ROUTE

#endif

