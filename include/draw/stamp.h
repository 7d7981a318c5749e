#ifndef DRAW_STAMP_H
#define DRAW_STAMP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "draw/canvas.h"
#include "draw/qr.h"

/*
 * Room in a PDF for what can only be known once it is finished, for instance the signature of all
 * of it: a square picture of one bit for each module of a QR code, and a text behind all objects.
 * Both have a fixed size and stand in the file as they are, so that they are filled in without
 * anything being moved. A document has such room where stamp_picture() was drawn in it.
 *
 *     ... objects, the picture among them, cross-references ...
 *     %dxready-stamp PPPPPPPPPP TTT...TTT
 *     startxref
 *     12345
 *     %%EOF
 *
 * P is where the picture begins, in digits; T the text. A line that begins with "%" is a comment
 * (ISO 32000-1, 7.2.4): programs that show the document pass over it.
 */
#define STAMP_ROW_BYTES ((QR_STAMP_SIZE + 7) / 8)
#define STAMP_PICTURE_BYTES (QR_STAMP_SIZE * STAMP_ROW_BYTES)
#define STAMP_TEXT_BYTES 640
#define STAMP_BLANK ' ' /* of the text, where nothing is filled in; of the picture it is 0 */

struct stamp {
    size_t picture, text; /* where they begin */
};

/* The room as a picture: a white square with the quiet zone that a code needs. */
struct picture stamp_picture(void);

/* Appends the room for the text to a document, whose picture begins at `picture`. */
void stamp_put_text(struct buf *out, size_t picture);

/* Finds the room of a document, filled or not. False if none stands at its end: it never had any,
 * or something was cut off or added there. */
bool stamp_find(const char *pdf, size_t len, struct stamp *out);

/* Stands in the first lines of a document that has room: one that was cut off is told apart. */
#define STAMP_MARK "%dxready-stamped\n"
bool stamp_was_there(const char *pdf, size_t len);

/* Fills the picture: a code of qr_stamp(). */
void stamp_fill_picture(char picture[STAMP_PICTURE_BYTES], const struct qr *qr);

#endif
