#ifndef REPORT_ATTESTATION_H
#define REPORT_ATTESTATION_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "base/ratio.h"

/*
 * What a province signs when an assessment was verified, in one line of plain letters that can
 * stand in an address:
 *
 *     1~0800291164~dbi-sme@2021~3~152~320~2026-11-30~7K2M9QXR~5TBN0A1C~HASH~NAME
 *
 * version, tax code ("" where the enterprise has none), questionnaire, level, points, their most,
 * day of verification, reference of the case, id of the key, BLAKE2b-256 of the PDF before it was
 * signed, name of the enterprise (hash and name in base64url). Nothing else of a case stands in it:
 * whoever has the report may read it.
 */
struct attestation {
    const char *tax_code, *questionnaire; /* "dbi-sme@2021" */
    int level;
    struct ratio points, max;
    day on;
    const char *reference, *key;
    const char *hash; /* of the PDF, SIGN_HASH_CHARS letters */
    const char *name;
};

/* Longer names are cut behind a word, with an ellipsis: the tax code says who it is. */
#define ATTESTATION_NAME_BYTES_MAX 120
#define ATTESTATION_PART_BYTES_MAX 60 /* of any other */

/* The line, in the arena. BAD_INPUT: a part is too long, or has letters that may not stand there.
 */
MUST_USE enum status attestation_write(struct arena *arena, const struct attestation *from,
                                       const char **line, struct err *err);

/* Reads such a line; false unless attestation_write() writes just these bytes for what was read. */
bool attestation_read(struct arena *arena, const char *line, size_t len, struct attestation *out);

#endif
