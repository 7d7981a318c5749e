#ifndef BASE_TEXT_ODD_H
#define BASE_TEXT_ODD_H

#include "base/fault.h"

/*
 * What people would see as it stands, or not at all, in a text for them: HTML tags and entities, as
 * editors of surveys and Word leave them, and characters without a shape (controls but for the line
 * break, zero width, marks of direction). `text` is valid UTF-8 and ends with a NUL.
 */
bool text_is_odd(const char *text, size_t len);

/* Adds a warning for the first of each kind. */
void text_warn_odd(const char *text, size_t len, struct place place, struct faults *faults);

#endif
