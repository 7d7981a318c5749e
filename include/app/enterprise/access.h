#ifndef APP_ENTERPRISE_ACCESS_H
#define APP_ENTERPRISE_ACCESS_H

#include "app/enterprise/dossiers.h"

/*
 * Who may open a dossier: the secret that its owner keeps, the link with its token, and sessions of
 * a browser (store/dossiers.h says how long those last). Hashes are made by who asks: hashing a
 * secret is slow and has no place in the thread of the store.
 */

/* The dossier of a reference, if the session may open it. Whether there is one is told to nobody
 * else: `is_granted` is false for both. Reads only: where a use is due, access_note_uses() notes
 * it, see session_note_uses(). */
MUST_USE enum status access_enter(const struct app_context *app, const char *reference,
                                  const unsigned char *session, struct arena *arena,
                                  struct dossier *out, struct session_check *check,
                                  struct err *err);
MUST_USE enum status access_note_uses(const struct app_context *app, const unsigned char *sessions,
                                      size_t count, struct err *err);

/* The dossier of a reference with the hash of its secret; of a link's token. NOT_FOUND. */
MUST_USE enum status access_secret(const struct app_context *app, const char *reference,
                                   struct arena *arena, int64_t *dossier, const char **hash,
                                   struct err *err);
MUST_USE enum status access_link(const struct app_context *app, const unsigned char *token_hash,
                                 int64_t *dossier, struct err *err);
/* The reference of a dossier; NOT_FOUND. */
MUST_USE enum status access_reference(const struct app_context *app, int64_t dossier,
                                      struct arena *arena, const char **reference, struct err *err);

/* Lets a session open a dossier, under another name than before: all that it may open goes over. */
MUST_USE enum status access_grant(const struct app_context *app, const unsigned char *before,
                                  const unsigned char *after, int64_t dossier, struct err *err);
MUST_USE enum status access_end(const struct app_context *app, const unsigned char *session,
                                struct err *err);
/* Forgets sessions that are over, and limits that are full again. */
MUST_USE enum status access_sweep(const struct app_context *app, struct err *err);

/* Another secret and link for the owner's dossier: the old ones, and sessions other than this one,
 * are worth nothing from then on. DENIED for anybody else. */
MUST_USE enum status access_renew(const struct app_context *app, const struct open_dossier *opened,
                                  const char *secret_hash, const unsigned char *token_hash,
                                  const unsigned char *session, struct err *err);

/* Takes one of `size` tries that come back one every `seconds_each`; `wait` is 0, or the seconds
 * until there is one. What was tried rightly is given back. */
MUST_USE enum status access_try(const struct app_context *app, const char *key, int size,
                                int seconds_each, int *wait, struct err *err);
MUST_USE enum status access_was_right(const struct app_context *app, const char *key,
                                      struct err *err);

/* A key that stays the same for a database. */
MUST_USE enum status access_key(const struct app_context *app, const char *name,
                                unsigned char key[STORE_KEY_BYTES], struct err *err);

#endif
