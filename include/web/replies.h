#ifndef WEB_REPLIES_H
#define WEB_REPLIES_H

#include "base/json_shape.h"

/* Every reply in JSON that is written from a shape, with all of its parts: what is checked against
 * src/web/api/openapi.json (tests/unit/test_replies.c). */
extern const struct json_shape *const web_replies[];
extern const size_t web_reply_count;

#endif
