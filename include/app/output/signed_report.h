#ifndef APP_OUTPUT_SIGNED_REPORT_H
#define APP_OUTPUT_SIGNED_REPORT_H

#include "app/signing_keys.h"
#include "base/buf.h"
#include "report/document.h"

/*
 * A report that an authority has verified, signed: what it says most of all (report/attestation.h)
 * stands in a QR code on its first page and in the file, with a signature that no byte of the file
 * is outside of. app/output/verify.h tells whether one is as it was signed.
 */
struct signed_report_request {
    /* As for a report of its own (app/enterprise/result.h), made of the verified answers; with
     * `verification`, whose address is that of /xac-minh on the site. */
    struct document_request document;
    const struct signing_key *key; /* with its secret; see signing_key_current() */
};

/*
 * Appends the signed PDF to `out`. Equal input, the key too, gives equal bytes. Needs no workspace
 * and no store, and runs in any thread. BAD_INPUT: the result has no level, or the wording leaves
 * out both pages that a code stands on; LIMIT: the address is too long for the code; else those of
 * document_make().
 */
MUST_USE enum status signed_report_make(const struct signed_report_request *request,
                                        struct buf *out, struct err *err);

#endif
