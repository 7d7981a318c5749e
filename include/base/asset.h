#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include <stddef.h>

/* A file that was packed into the program by src/tools/embed.c. */
struct asset {
    const char *name;          /* file name without folders */
    const unsigned char *data; /* a NUL stands behind the last byte */
    size_t len;
    const char *tag; /* hash of the content, 16 hex digits */
    const unsigned char
        *gzip; /* the same, compressed; NULL if that was not asked for or is not shorter */
    size_t gzip_len;
};

/* Tables are sorted by name; NULL if there is no such asset. */
const struct asset *asset_find(const struct asset *assets, size_t count, const char *name);

#endif
