#ifndef APP_OWN_FILE_H
#define APP_OWN_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* What the caller reads meanwhile, and must never be replaced, not even if it is told so. */
struct output_inputs {
    const char *const *paths; /* "-" and what does not exist are passed over */
    size_t count;
    const char *database; /* a path, or a URL of a server; NULL: none */
};

/*
 * BAD_USAGE with a sentence where `path` must not be written. A file that exists is replaced only
 * where this program wrote it, which its beginning tells: a PDF with the mark of pdf_save.c, a
 * table with columns "result.…", lines of JSON with a score; and of a workbook its author.
 * Everything else, and a link, stays as it is unless `is_forced`. "-" and devices are always fine.
 */
MUST_USE enum status output_check(const char *path, bool is_forced,
                                  const struct output_inputs *inputs, struct err *err);

#endif
