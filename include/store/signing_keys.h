#ifndef STORE_SIGNING_KEYS_H
#define STORE_SIGNING_KEYS_H

#include "base/sign.h"
#include "store/assessments.h"

/* Keys that verified reports are signed with. One is in use; those before it only verify. */

#define SIGNING_KEYS_MAX 100

struct signing_key {
    char id[SIGN_ID_CHARS + 1];
    unsigned char public_key[SIGN_PUBLIC_BYTES];
    unsigned char secret_key[SIGN_SECRET_BYTES]; /* zeros where only the public one is known */
    const char *since;      /* UTC */
    const char *retired_at; /* UTC; "": in use */
};

/* Adds a key that is in use from `key->since` on, and retires the one before it. LIMIT. */
MUST_USE enum status signing_key_add(struct store *store, const struct signing_key *key,
                                     struct err *err);
/* All, the one in use first, then the latest. */
MUST_USE enum status signing_key_list(struct store *store, struct arena *arena,
                                      struct signing_key **list, size_t *count, struct err *err);

#endif
