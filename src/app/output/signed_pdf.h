#ifndef SRC_APP_OUTPUT_SIGNED_PDF_H
#define SRC_APP_OUTPUT_SIGNED_PDF_H

#include "base/sign.h"
#include "draw/stamp.h"

/*
 * How a signed report is made, shared by who signs and who verifies. The room of the stamp
 * (draw/stamp.h) is filled with
 *
 *     text:     CODE, blanks, SEAL
 *     picture:  the QR code of ADDRESS?t=CODE
 *
 * CODE is an attestation (report/attestation.h), "~" and its signature; the attestation holds the
 * hash of the document with blank room. SEAL is the signature of "dxready-file~" and the hash of
 * all of the file, with a blank seal. So no byte is outside of what is signed, the picture of the
 * code among them.
 */
#define SEAL_CHARS SIGN_CHARS
#define CODE_BYTES_MAX (STAMP_TEXT_BYTES - SEAL_CHARS - 1)
#define CODE_SEPARATOR '~'

/* Hash of the document as it was drawn, in base64url. */
const char *signed_pdf_hash(struct arena *arena, const char *pdf, size_t len,
                            const struct stamp *stamp);
/* What the seal signs. */
const char *signed_pdf_sealed(struct arena *arena, const char *pdf, size_t len,
                              const struct stamp *stamp);
static inline size_t seal_at(const struct stamp *stamp)
{
    return stamp->text + STAMP_TEXT_BYTES - SEAL_CHARS;
}

#endif
