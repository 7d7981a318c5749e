#ifndef WEB_KIT_PATH_H
#define WEB_KIT_PATH_H

#include <stdint.h>

#include "base/arena.h"

/*
 * Addresses of this site, made from the names of routes: path_page_file(arena, ref, n) for the row
 * of page_file. src/tools/routec.c makes one such function (web_paths.h) for each row of
 * include/web/WING/routes.h; nothing else makes a struct path, so that every link, form and
 * redirection leads to a page that is there.
 */
struct path {
    const char *text; /* "/ho-so/HP-7K2M/tep/3": without the prefix of a language */
};

/* What stands for a segment of a pattern, in its order: a text, or (NULL) a number. */
struct path_part {
    const char *text;
    int64_t number;
};

/* For web_paths.h alone: the pattern with its values, percent-encoded, in the arena (or constant).
 * `parts` has one for each ":" of the pattern. */
struct path path_make(struct arena *arena, const char *pattern, const struct path_part *parts);

/* The same page at an element, "#id"; and with one value of its query, "?name=value". */
struct path path_at(struct arena *arena, struct path path, const char *id);
struct path path_with(struct arena *arena, struct path path, const char *name, const char *value);

#endif
