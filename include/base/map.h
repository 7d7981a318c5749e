#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/*
 * Text keys to small numbers (indexes of tables). Open addressing; the hash is keyed with a
 * random seed of the process, so that keys from outside cannot be chosen to collide.
 * Keys are borrowed: they must live as long as the map. Nothing is ever removed.
 */
struct map_slot {
    const char *key;
    size_t len;
    uint64_t hash;
    size_t value;
};

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t cap; /* 0 or a power of two */
    size_t count;
};

#define MAP_NONE ((size_t)-1)

void map_init(struct map *map, struct arena *arena);

/* Adds key -> value. Returns MAP_NONE, or the value that the key already has (then unchanged). */
size_t map_put(struct map *map, const char *key, size_t len, size_t value);

/* The value of a key, or MAP_NONE. */
size_t map_get(const struct map *map, const char *key, size_t len);
size_t map_find(const struct map *map, const char *key);

#endif
