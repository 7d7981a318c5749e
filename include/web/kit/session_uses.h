#ifndef WEB_KIT_SESSION_USES_H
#define WEB_KIT_SESSION_USES_H

#include "app/enterprise/access.h"

/*
 * Sessions that were used and whose last use has to be noted: collected by whichever thread reads,
 * written by the one that writes, about a second later. What is only nice to write never stands in
 * the way of a page: where there is no room, or nothing can be written, the next use says it again.
 */
#define SESSION_USES_MAX 256

struct session_uses;

struct session_uses *session_uses_new(void);
void session_uses_free(struct session_uses *uses); /* NULL is fine */

/* From any thread. */
void session_uses_note(struct session_uses *uses, const unsigned char hash[TOKEN_HASH_BYTES]);
/* Writes them in a transaction of its own, and forgets them. */
MUST_USE enum status session_uses_write(struct session_uses *uses, const struct app_context *app,
                                        struct err *err);

#endif
