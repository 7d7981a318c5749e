#ifndef APP_SECOND_FACTOR_H
#define APP_SECOND_FACTOR_H

#include <stdint.h>

#include "base/arena.h"
#include "store/accounts.h"

/*
 * What beside the password proves who one is: codes of a telephone (TOTP, RFC 6238: six digits, 30
 * seconds, SHA-1, by liboath) and ten recovery codes of 40 bits. While it is being set up all of
 * them follow from a seed, so that the page can be loaded again and nothing half-done is kept.
 */

#define TOTP_SECONDS 30
#define TOTP_DIGITS 6
#define RECOVERY_CHARS 8
#define RECOVERY_PRINTED_BYTES (RECOVERY_CHARS + 2)

struct second_factor {
    unsigned char key[TOTP_KEY_BYTES];
    char codes[RECOVERY_CODES][RECOVERY_PRINTED_BYTES]; /* "7QKM-2HXD" */
};

/* Random. */
void second_factor_seed(unsigned char seed[DESK_SEED_BYTES]);
void second_factor_make(const unsigned char seed[DESK_SEED_BYTES], struct second_factor *out);

/* The key as people type it: "JBSW Y3DP EHPK 3PXP MAUV IDUM ..."; and as a telephone reads it from
 * a QR code (otpauth://, as Google Authenticator defined it). In the arena. */
const char *totp_key_text(struct arena *arena, const unsigned char key[TOTP_KEY_BYTES]);
const char *totp_address(struct arena *arena, const unsigned char key[TOTP_KEY_BYTES],
                         const char *account);

/*
 * Whether the code is that of now, or of the step before or behind (clocks differ, people type
 * slowly); `step` is which. Blanks in it do not matter. A step that was used before is the
 * caller's to refuse, see account_use_step().
 */
bool totp_matches(const unsigned char key[TOTP_KEY_BYTES], const char *typed, int64_t now,
                  int64_t *step);

/* What was typed as a recovery code; false if it can be none. */
bool recovery_parse(const char *typed, char code[RECOVERY_CHARS + 1]);
/* Argon2id with the account's salt, 2 passes over 19 MiB: slow, belongs to QUEUE_SLOW. False:
 * there is no memory. */
bool recovery_hash(const char code[RECOVERY_CHARS + 1],
                   const unsigned char salt[RECOVERY_SALT_BYTES],
                   unsigned char hash[RECOVERY_HASH_BYTES]);
/* Of all codes, with a new salt; ten times as slow. */
bool recovery_hash_all(const struct second_factor *factor, struct recovery_set *out);

#endif
