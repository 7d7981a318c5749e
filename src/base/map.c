#include "base/map.h"

#include <pthread.h>
#include <string.h>

#include <sodium.h>

/* SipHash with a key of the process: callers from outside cannot aim for one slot. */
static unsigned char seed[crypto_shorthash_KEYBYTES];
static pthread_once_t seed_once = PTHREAD_ONCE_INIT;

static void make_seed(void)
{
    randombytes_buf(seed, sizeof(seed));
}

static uint64_t hash_of(const char *key, size_t len)
{
    unsigned char out[crypto_shorthash_BYTES];
    uint64_t hash;

    pthread_once(&seed_once, make_seed);
    crypto_shorthash(out, (const unsigned char *)key, len, seed);
    memcpy(&hash, out, sizeof(hash));
    return hash;
}

void map_init(struct map *map, struct arena *arena)
{
    *map = (struct map){.arena = arena};
}

static struct map_slot *find_slot(const struct map *map, const char *key, size_t len, uint64_t hash)
{
    size_t mask = map->cap - 1;

    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        struct map_slot *slot = &map->slots[i];

        if (!slot->key)
            return slot;
        if (slot->hash == hash && slot->len == len && memcmp(slot->key, key, len) == 0)
            return slot;
    }
}

static void grow(struct map *map)
{
    struct map bigger = {.arena = map->arena, .cap = map->cap ? map->cap * 2 : 16};

    bigger.slots = ARENA_ARRAY(map->arena, struct map_slot, bigger.cap);
    for (size_t i = 0; i < map->cap; i++) {
        const struct map_slot *slot = &map->slots[i];

        if (slot->key)
            *find_slot(&bigger, slot->key, slot->len, slot->hash) = *slot;
    }
    bigger.count = map->count;
    *map = bigger;
}

size_t map_put(struct map *map, const char *key, size_t len, size_t value)
{
    uint64_t hash = hash_of(key, len);
    struct map_slot *slot;

    if (map->count * 2 >= map->cap)
        grow(map);
    slot = find_slot(map, key, len, hash);
    if (slot->key)
        return slot->value;
    *slot = (struct map_slot){.key = key, .len = len, .hash = hash, .value = value};
    map->count++;
    return MAP_NONE;
}

size_t map_get(const struct map *map, const char *key, size_t len)
{
    const struct map_slot *slot;

    if (!map->cap)
        return MAP_NONE;
    slot = find_slot(map, key, len, hash_of(key, len));
    return slot->key ? slot->value : MAP_NONE;
}

size_t map_find(const struct map *map, const char *key)
{
    return map_get(map, key, strlen(key));
}
