/* A stratified random sample: its size, its shares, its drawing. */
#include "insight/sample.h"

#include <stdlib.h>

#include "base/arena.h"

size_t sample_size(size_t files, struct ratio half_width, struct ratio rate)
{
    struct ratio z2 = ratio_mul(ratio_make(196, 100), ratio_make(196, 100));
    struct ratio spread = ratio_mul(rate, ratio_sub(ratio_of(1), rate));
    struct ratio first = ratio_div(ratio_mul(z2, spread), ratio_mul(half_width, half_width));
    struct ratio among = ratio_div(ratio_sub(first, ratio_of(1)), ratio_of((int64_t)files));
    struct ratio wanted = ratio_div(first, ratio_add(ratio_of(1), among));
    int64_t size;

    /* up: minus the floor of its negative */
    wanted = ratio_sub(ratio_of(0), ratio_floor(ratio_sub(ratio_of(0), wanted)));
    if (!files || !ratio_to_int64(wanted, &size) || size < 0)
        return 0;
    return (size_t)size < files ? (size_t)size : files;
}

/* ---- shares ---- */

/* One more for the stratum with the largest remainder that was not rounded up yet. */
static size_t largest(const size_t *rest, size_t strata)
{
    size_t best = 0;

    for (size_t i = 1; i < strata; i++)
        best = rest[i] > rest[best] ? i : best;
    return best;
}

void sample_allocate(const size_t *files, size_t strata, size_t wanted, size_t *taken)
{
    size_t all = 0, given = 0;
    struct arena arena;
    size_t *rest;

    arena_init(&arena);
    rest = ARENA_ARRAY(&arena, size_t, strata + 1);
    for (size_t i = 0; i < strata; i++)
        all += files[i];
    wanted = wanted < all ? wanted : all;
    for (size_t i = 0; i < strata; i++) {
        taken[i] = files[i] * wanted / all;
        rest[i] = files[i] * wanted % all;
        given += taken[i];
    }
    for (; given < wanted; given++) {
        size_t best = largest(rest, strata);

        taken[best]++;
        rest[best] = 0;
    }
    for (size_t i = 0; i < strata; i++) {
        size_t least = files[i] < SAMPLE_STRATUM_MIN ? files[i] : SAMPLE_STRATUM_MIN;

        taken[i] = taken[i] < least ? least : taken[i];
    }
    arena_free(&arena);
}

/* ---- drawn ---- */

uint64_t sample_number(uint64_t seed, uint64_t id)
{
    uint64_t z = seed * 0x9e3779b97f4a7c15u + id + 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct drawn {
    struct sample_file *file;
    uint64_t number;
    size_t rank, taken; /* its place among those of its stratum, and how many those are */
};

static int by_stratum(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;

    if (x->file->stratum != y->file->stratum)
        return x->file->stratum < y->file->stratum ? -1 : 1;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return x->file->id < y->file->id ? -1 : x->file->id > y->file->id;
}

/* The middle of its share of the stratum: (rank + 1/2) / taken. */
static int by_share(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;
    size_t left = (2 * x->rank + 1) * y->taken, right = (2 * y->rank + 1) * x->taken;

    if (left != right)
        return left < right ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

void sample_draw(uint64_t seed, struct sample_file *files, size_t count, const size_t *taken,
                 size_t strata)
{
    struct arena arena;
    struct drawn *all;
    size_t *seen, kept = 0;

    arena_init(&arena);
    all = ARENA_ARRAY(&arena, struct drawn, count + 1);
    seen = ARENA_ARRAY(&arena, size_t, strata + 1);
    for (size_t i = 0; i < count; i++) {
        all[i] = (struct drawn){.file = &files[i],
                                .number = sample_number(seed, (uint64_t)files[i].id)};
        files[i].position = 0;
    }
    qsort(all, count, sizeof(*all), by_stratum);
    for (size_t i = 0; i < count; i++) {
        size_t stratum = all[i].file->stratum;

        all[i].rank = seen[stratum]++;
        all[i].taken = taken[stratum];
        if (all[i].rank < all[i].taken)
            all[kept++] = all[i];
    }
    qsort(all, kept, sizeof(*all), by_share);
    for (size_t i = 0; i < kept; i++)
        all[i].file->position = i + 1;
    arena_free(&arena);
}
