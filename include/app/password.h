#ifndef APP_PASSWORD_H
#define APP_PASSWORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "store/dossiers.h"

/*
 * Passwords, and how what people know is kept: argon2id with 2 passes over 64 MiB (libsodium's
 * "interactive" limits: 67 ms on a core of 2020). There is no cheaper setting, for tests neither.
 * At most two are hashed at a time (QUEUE_SLOW): 128 MiB.
 */

#define PASSWORD_CHARS_MIN 12
#define PASSWORD_BYTES_MAX 400
#define PASSWORD_HASH_BYTES 128

enum password_fault {
    PASSWORD_FINE,
    PASSWORD_SHORT,
    PASSWORD_COMMON, /* one of those that everybody tries, perhaps with digits around it or twice */
    PASSWORD_NAMED,  /* little more than the names of its owner */
    PASSWORD_FAULT__MAX
};

/* The same letters typed on another system are the same password: NFC. In the arena. */
const char *password_normal(struct arena *arena, const char *typed);

/* Length and guesses, as NIST SP 800-63B has it: no rule of composition. `names` are those of the
 * owner. */
enum password_fault password_check(struct arena *arena, const char *password,
                                   const char *const *names, size_t count);

/* Of a random token of 128 bits or more, which nobody can guess: fast. */
void hash_token(const char *token, unsigned char hash[TOKEN_HASH_BYTES]);

/* Slow: these belong to QUEUE_SLOW. Without memory the hash is "", which nothing matches. */
void password_hash(const char *password, char hash[PASSWORD_HASH_BYTES]);
/* A hash that is NULL or "" matches nothing, after the same work: how long it takes tells nobody
 * who there is. */
bool password_matches(const char *hash, const char *password);

#endif
