#ifndef DRAW_FONT_H
#define DRAW_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/asset.h"

/*
 * The faces that reports are set in: Roboto, cut down while building to the characters of
 * src/report/characters.txt and packed into the program with their widths, so that measuring needs
 * no file, no library and no preparation. All of it is constant: threads and forks share it.
 *
 * A character has the same code in every face. Code 0 is the box that stands for everything that
 * the faces lack (emoji, Chinese, broken UTF-8): shown, never dropped, and extracted as U+25A1.
 * A few signs that Roboto lacks (arrows, check marks) are shown as the nearest one that it has, and
 * are still extracted as what they are.
 */
enum face { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE__MAX };

#define FONT_CODE_MISSING 0u

/* Characters that follow each other, with the code of the first one. */
struct font_range {
    uint32_t first, last;
    unsigned code;
};

struct font_face {
    const char *file; /* its name among font_files */
    /* In thousandths of the size, upwards from the base line. */
    int ascent, descent, cap_height;
    const unsigned short *widths; /* by code, in thousandths of the size */
};

/* Made while building, by src/tools/metrics.c and embed.c. */
extern const struct font_range font_ranges[];
extern const size_t font_range_count;
extern const unsigned font_codes; /* codes of characters that the faces have, the box included */
extern const struct font_face font_faces[];
extern const struct asset font_files[];
extern const size_t font_files_count;

/* The code of a character, at most font_code_last(). */
unsigned font_code(uint32_t character);
unsigned font_code_last(void);

/* What a code means (U+25A1 for the box), and the character whose picture it shows: the same,
 * except for stand-ins. */
uint32_t font_code_meaning(unsigned code);
uint32_t font_code_picture(unsigned code);

/* True for what takes no room and shows nothing: soft hyphens, joiners, direction marks. */
bool font_is_invisible(uint32_t character);

/* Reads a character of any bytes and moves on; a byte that is no UTF-8 gives U+FFFD. */
uint32_t font_next(const char **text, const char *end);

/* Width of a code, and of a text, at a size in points. */
double font_code_width(enum face face, double size, unsigned code);
double font_text_width(enum face face, double size, const char *text, size_t len);

/* Bytes of the longest prefix that is at most `width` points wide, whole characters only. */
size_t font_text_fit(enum face face, double size, const char *text, size_t len, double width);

#endif
