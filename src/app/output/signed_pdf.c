#include "signed_pdf.h"

const char *signed_pdf_hash(struct arena *arena, const char *pdf, size_t len,
                            const struct stamp *stamp)
{
    const struct hash_gap gaps[] = {{stamp->picture, STAMP_PICTURE_BYTES, 0},
                                    {stamp->text, STAMP_TEXT_BYTES, STAMP_BLANK}};
    unsigned char hash[SIGN_HASH_BYTES];

    hash_with_gaps(pdf, len, gaps, 2, hash);
    return base64_write(arena, hash, sizeof(hash));
}

const char *signed_pdf_sealed(struct arena *arena, const char *pdf, size_t len,
                              const struct stamp *stamp)
{
    const struct hash_gap gap = {seal_at(stamp), SEAL_CHARS, STAMP_BLANK};
    unsigned char hash[SIGN_HASH_BYTES];

    hash_with_gaps(pdf, len, &gap, 1, hash);
    return arena_printf(arena, "dxready-file%c%s", CODE_SEPARATOR,
                        base64_write(arena, hash, sizeof(hash)));
}
