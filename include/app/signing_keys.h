#ifndef APP_SIGNING_KEYS_H
#define APP_SIGNING_KEYS_H

#include "app/context.h"
#include "store/signing_keys.h"

/*
 * Keys that verified reports are signed with, as an administrator handles them. Whoever checks a
 * report elsewhere needs the public ones alone: a small text, one key a line, which is made by
 * signing_keys_export().
 */

/* Makes a key, which is in use from now on and retires the one before it. In the audit:
 * "signing-key-made". */
MUST_USE enum status signing_key_make(const struct app_context *app, struct signing_key *out,
                                      struct err *err);
/* All, the one in use first. */
MUST_USE enum status signing_keys_all(const struct app_context *app, struct arena *arena,
                                      struct signing_key **list, size_t *count, struct err *err);
/* The one in use; NOT_FOUND with a sentence that says how one is made. */
MUST_USE enum status signing_key_current(const struct app_context *app, struct arena *arena,
                                         struct signing_key *out, struct err *err);

/* The public keys as a text, in the arena. NOT_FOUND where there is none. */
MUST_USE enum status signing_keys_text(const struct app_context *app, struct arena *arena,
                                       const char **text, struct err *err);
/* The same for somebody who gives them to others. In the audit: "signing-keys-exported". */
MUST_USE enum status signing_keys_export(const struct app_context *app, struct arena *arena,
                                         const char **text, struct err *err);
/* Reads such a file; BAD_INPUT names the line. */
MUST_USE enum status signing_keys_read(struct arena *arena, const char *path,
                                       struct signing_key **list, size_t *count, struct err *err);

#endif
