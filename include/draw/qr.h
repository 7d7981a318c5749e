#ifndef DRAW_QR_H
#define DRAW_QR_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "draw/canvas.h"

/*
 * A QR code (ISO/IEC 18004) of a text, in byte mode at level M: 15 % of it may be unreadable. Dark
 * on white whatever lies below, with the quiet zone of four modules that readers need.
 */
struct qr {
    int size;                     /* modules a side, without the quiet zone: 21, 25, ... */
    const unsigned char *modules; /* row by row; 1 is dark */
};

/* Bytes of the text. Such a code has 65 modules a side, which phones read from paper at 4 cm. */
#define QR_TEXT_BYTES_MAX 250
#define QR_QUIET 4

/* In the arena. BAD_INPUT: no text; LIMIT: it is too long. */
MUST_USE enum status qr_new(struct arena *arena, const char *text, const struct qr **out,
                            struct err *err);

/*
 * A code that always has the same size, for a stamp (stamp.h): version 15 at level L, which holds
 * twice the bytes; 7 % of it may be unreadable. Printed at 4 cm a module has 0.47 mm.
 */
#define QR_STAMP_SIZE 77
#define QR_STAMP_TEXT_BYTES_MAX 520
MUST_USE enum status qr_stamp(struct arena *arena, const char *text, const struct qr **out,
                              struct err *err);

/* False outside of the code: the quiet zone is white. Public for tests. */
bool qr_is_dark(const struct qr *qr, int x, int y);

/* A square with the quiet zone; the code is borrowed. */
struct picture qr_picture(const struct qr *qr);

#endif
