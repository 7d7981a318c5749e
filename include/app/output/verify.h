#ifndef APP_OUTPUT_VERIFY_H
#define APP_OUTPUT_VERIFY_H

#include "app/signing_keys.h"
#include "report/attestation.h"

/* Whether a report was signed by this program and is as it was then. Reads nothing but what it is
 * given, so it works without a database, too. */

enum file_finding {
    FILE_HOLDS,
    FILE_NOT_SIGNED,  /* no report of this program that was signed */
    FILE_CUT,         /* it was one; its end is missing, or something stands behind it */
    FILE_CHANGED,     /* what is signed is whole, but the file is not the one that was signed */
    FILE_UNKNOWN_KEY, /* none of the keys at hand signed it */
    FILE_FORGED,      /* it names a key that did not sign this */
    FILE_RETIRED_KEY, /* it is dated after the key was retired */
    FILE_FINDING__MAX
};

struct verification_result {
    enum file_finding finding;
    bool has_content;           /* `content` was signed: FILE_HOLDS, FILE_CHANGED */
    struct attestation content; /* what it says, signed or not; key is "" where nothing was read */
};

/* Bytes of a file; larger ones are no reports of ours. */
#define SIGNED_FILE_BYTES_MAX ((size_t)64 << 20)

/* All lives in the arena. */
void verify_file(struct arena *arena, const char *pdf, size_t len, const struct signing_key *keys,
                 size_t count, struct verification_result *out);

/* The same for what a QR code carries, without the file: FILE_HOLDS means that this was signed,
 * FILE_NOT_SIGNED that it cannot be read. */
void verify_code(struct arena *arena, const char *code, const struct signing_key *keys,
                 size_t count, struct verification_result *out);

/* The finding in a sentence. */
struct words finding_words(enum file_finding finding);
const char *finding_code(enum file_finding finding); /* "holds" */

#endif
