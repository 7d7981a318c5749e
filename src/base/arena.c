#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Small enough for a single response, large enough that a report takes few blocks. */
#define BLOCK_BYTES ((size_t)32 << 10)
/* Each block is twice as large as the one before: the last, which arena_reset() keeps, is then
 * enough for another round of the same size. */
#define BLOCK_BYTES_MAX ((size_t)1 << 20)
#define POPULATED_BYTES_MIN ((size_t)256 << 10)
#define ALIGNMENT 16
#define SHORT_BYTES 256

struct arena_block {
    struct arena_block *next;
    size_t cap;
    size_t used;
    size_t padding; /* keeps `data` aligned */
    char data[];
};

static void out_of_memory(size_t size)
{
    fprintf(stderr, "dxready: hết bộ nhớ khi cần %zu byte / out of memory (%zu bytes)\n", size,
            size);
    _exit(3); /* as any failure of the system: see err_exit_code() */
}

void *xmalloc(size_t size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        out_of_memory(size);
    return memory;
}

char *xstrdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(xmalloc(size), text, size);
}

void *xrealloc(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        out_of_memory(size);
    return memory;
}

void arena_init(struct arena *arena)
{
    *arena = (struct arena){0};
}

/* Pages of a large block are asked for at once: one by one, as they are touched first, each costs a
 * trap into the kernel, which under a hypervisor was a fifth of a whole command. */
static void populate(void *memory, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t begin = ((uintptr_t)memory + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)memory + bytes) / page * page;

    (void)madvise((void *)begin, end - begin, MADV_POPULATE_WRITE); /* else they come one by one */
#else
    (void)memory;
    (void)bytes;
#endif
}

static struct arena_block *add_block(struct arena *arena, size_t need)
{
    size_t cap = arena->blocks ? arena->blocks->cap * 2 : BLOCK_BYTES;
    struct arena_block *block;

    if (cap > BLOCK_BYTES_MAX)
        cap = BLOCK_BYTES_MAX;
    if (cap < need)
        cap = need;
    block = xmalloc(sizeof(*block) + cap);
    if (cap >= POPULATED_BYTES_MIN)
        populate(block, sizeof(*block) + cap);
    block->next = arena->blocks;
    block->cap = cap;
    block->used = 0;
    arena->blocks = block;
    return block;
}

static size_t aligned(size_t bytes)
{
    if (bytes > SIZE_MAX / 2)
        out_of_memory(SIZE_MAX);
    return (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* Memory that is not zeroed, for what is written over at once. */
static void *take(struct arena *arena, size_t bytes)
{
    struct arena_block *block = arena->blocks;
    void *memory;

    bytes = aligned(bytes);
    if (!block || block->cap - block->used < bytes)
        block = add_block(arena, bytes);
    memory = block->data + block->used;
    block->used += bytes;
    arena->used += bytes;
    return memory;
}

void *arena_alloc(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        out_of_memory(SIZE_MAX);
    return memset(take(arena, bytes), 0, aligned(bytes));
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;

    if (!kept)
        return;
    for (struct arena_block *block = kept->next, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    kept->next = NULL;
    kept->used = 0;
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    for (struct arena_block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    arena_init(arena);
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
    char *copy = take(arena, len + 1);

    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    char begin[SHORT_BYTES]; /* most texts are short: they are formatted once */
    va_list args, again;
    int len;
    char *text;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(begin, sizeof(begin), format, args);
    va_end(args);
    if (len < (int)sizeof(begin)) {
        text = arena_strndup(arena, begin, (size_t)(len < 0 ? 0 : len));
    } else {
        text = take(arena, (size_t)len + 1);
        vsnprintf(text, (size_t)len + 1, format, again);
    }
    va_end(again);
    return text;
}
