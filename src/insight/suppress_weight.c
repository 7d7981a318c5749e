/* What stands behind a number, by legal persons, and whether that is enough. */
#include "insight/suppress.h"

#include <string.h>

#include "base/ratio.h"

/* ---- persons ---- */

/* Where the person stands, or would. */
static size_t place_of(const struct suppress_persons *persons, uint32_t id)
{
    size_t low = 0, high = persons->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (persons->items[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void make_room(struct suppress_persons *persons, struct arena *arena, size_t at)
{
    if (persons->count == persons->cap) {
        size_t cap = persons->cap ? 2 * persons->cap : SUPPRESS_COUNT_MIN;
        struct suppress_person *items = ARENA_ARRAY(arena, struct suppress_person, cap);

        if (persons->count)
            memcpy(items, persons->items, persons->count * sizeof(*items));
        persons->items = items;
        persons->cap = cap;
    }
    memmove(&persons->items[at + 1], &persons->items[at],
            (persons->count - at) * sizeof(*persons->items));
    persons->count++;
}

static void add_person(struct suppress_persons *persons, struct arena *arena, uint32_t id,
                       int64_t amount)
{
    size_t at = place_of(persons, id);

    if (at < persons->count && persons->items[at].id == id) {
        persons->items[at].sum += amount;
        return;
    }
    if (!persons->has_money && persons->count == SUPPRESS_COUNT_MIN)
        return;
    make_room(persons, arena, at);
    persons->items[at] = (struct suppress_person){id, amount};
}

static struct suppress_persons *persons_new(struct arena *arena, bool has_money)
{
    struct suppress_persons *persons = ARENA_NEW(arena, struct suppress_persons);

    persons->owner = arena;
    persons->has_money = has_money;
    return persons;
}

void suppress_note(struct suppress_persons **persons, struct arena *arena, uint32_t id,
                   int64_t amount, bool has_money)
{
    if (!id)
        return;
    if (!*persons)
        *persons = persons_new(arena, has_money);
    (*persons)->records++;
    add_person(*persons, arena, id, amount);
}

/* The union, in the arena: what belongs to others is copied first. */
static const struct suppress_persons *join(const struct suppress_persons *a,
                                           const struct suppress_persons *b, struct arena *arena)
{
    struct suppress_persons *sum;

    if (!b)
        return a;
    if (!a || a->owner != arena) {
        sum = persons_new(arena, b->has_money);
        if (a)
            sum = (struct suppress_persons *)join(sum, a, arena);
    } else {
        sum = (struct suppress_persons *)a; /* it was made here */
    }
    sum->records += b->records;
    for (size_t i = 0; i < b->count; i++)
        add_person(sum, arena, b->items[i].id, b->items[i].sum);
    return sum;
}

/* ---- weights ---- */

static size_t person_count(const struct suppress_weight *weight)
{
    const struct suppress_persons *persons = weight->persons;

    return persons ? weight->n - persons->records + persons->count : weight->n;
}

/* Adds one contributor to the two largest. */
static void take_largest(struct suppress_weight *two, int64_t amount)
{
    if (amount > two->first) {
        two->second = two->first;
        two->first = amount;
    } else if (amount > two->second) {
        two->second = amount;
    }
}

bool suppress_is_safe(const struct suppress_weight *weight)
{
    struct suppress_weight two = {.first = weight->first, .second = weight->second};
    wide rest;

    for (size_t i = 0; weight->persons && i < weight->persons->count; i++)
        take_largest(&two, weight->persons->items[i].sum);
    rest = (wide)weight->sum - two.first - two.second;
    return !weight->n || (person_count(weight) >= SUPPRESS_COUNT_MIN &&
                          rest * 100 >= (wide)two.first * SUPPRESS_ESTIMATE_PERCENT);
}

void suppress_add(struct suppress_weight *sum, const struct suppress_weight *more,
                  struct arena *arena)
{
    sum->n += more->n;
    sum->sum += more->sum;
    take_largest(sum, more->first);
    take_largest(sum, more->second);
    sum->persons = join(sum->persons, more->persons, arena);
}
