#ifndef BASE_TEXT_CLEAN_H
#define BASE_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/lang.h"

/* What a text from outside must not have, and what was lost or added on its way. */

/* White space of any kind: also no-break and narrow blanks, line ends, tabs. */
bool text_is_blank(uint32_t code);

/* What nobody sees and Excel, Word or a web page left: zero-width blanks, soft hyphens, marks of
 * byte order. Joiners, which emoji are made of, are none. */
bool text_is_invisible(uint32_t code);

/* The text on one line: white space as single blanks and none around, nothing invisible. Returns
 * `text` itself where nothing is to be done, else a copy in the arena. */
const char *text_one_line(struct arena *arena, const char *text);

enum text_fault {
    TEXT_SOUND,
    TEXT_CONTROL,       /* a control character, or one that turns the direction of writing */
    TEXT_QUESTIONS,     /* letters became question marks: saved in a code page that lacks them */
    TEXT_REPLACED,      /* letters became U+FFFD */
    TEXT_ENCODED_TWICE, /* UTF-8 was read as Windows-1252, once or more, and saved */
    TEXT_OLD_FONT,      /* TCVN3 (.VnTime) or VNI, letters of a font rather than a code */
    TEXT_FAULT__MAX
};

/* The first fault of a text (UTF-8), TEXT_SOUND if there is none. Tabs and line ends are sound. */
enum text_fault text_find_fault(const char *text, size_t len);

/* What it is and what to do, as a sentence without a place. */
struct words text_fault_words(enum text_fault fault);

/*
 * Puts '?' in place of control characters (also those of U+0080 to U+009F) and of bytes that are no
 * UTF-8, so that a message that quotes input stays on its line, is text everywhere it goes, and no
 * terminal obeys it. Returns `text`.
 */
char *text_tame(char *text);

#endif
