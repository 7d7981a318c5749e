#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/*
 * Region of memory with one lifetime: a document, a request, a report. Allocate, never free
 * singly, release once. Everything in it is zeroed and aligned for any type.
 *
 * Running out of memory ends the program at once with a message and exit code 3: a transaction that
 * was open is rolled back by the next start, and no error path has to be written (or tested) for
 * each allocation.
 * Sizes that come from outside are held against a named limit before they reach an arena.
 */
struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used;                /* bytes handed out, for limits and tests */
};

/* Makes an empty arena; the first allocation takes memory. */
void arena_init(struct arena *arena);

/* Forgets all allocations but keeps one block for the next round: no malloc in a loop. */
void arena_reset(struct arena *arena);

/* Returns all memory. The arena is empty and usable again. */
void arena_free(struct arena *arena);

/* Zeroed memory for `count` things of `size` bytes; never NULL. Ends the program on overflow. */
void *arena_alloc(struct arena *arena, size_t count, size_t size);

/* NUL-terminated copies. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t len);

/* printf into the arena. */
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), (count), sizeof(type)))

/* malloc, realloc and strdup that end the program instead of returning NULL (see above). */
void *xmalloc(size_t size);
char *xstrdup(const char *text);
void *xrealloc(void *old, size_t size);

#endif
