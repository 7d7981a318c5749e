#ifndef WEB_PUBLIC_REPLIES_H
#define WEB_PUBLIC_REPLIES_H

#include "web/kit/views_json.h"

/* Replies in JSON of the pages for everybody. */
extern const struct json_shape shape_home, shape_policies, shape_policy, shape_verify;

#endif
