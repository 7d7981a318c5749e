/* When each package is done: by the capacity of a month, and by what waits for what. */
#include <limits.h>

#include "advice_parts.h"
#include "base/array.h"

struct calendar_use {
    struct ratio load[ADVICE_MONTHS_MAX + PACKAGE_MONTHS_MAX];
    int at_once[ADVICE_MONTHS_MAX + PACKAGE_MONTHS_MAX];
};

static bool has_room(const struct calendar_use *use, int first, int months, struct ratio a_month,
                     struct ratio capacity, int at_once)
{
    for (int i = first; i < first + months; i++) {
        if (use->at_once[i] >= at_once || ratio_cmp(ratio_add(use->load[i], a_month), capacity) > 0)
            return false;
    }
    return true;
}

/* Months of work, never more than so much in one. */
static int months_of_work(struct ratio effort, struct ratio a_month)
{
    int months = 1;

    while (months < PACKAGE_MONTHS_MAX &&
           ratio_cmp(effort, ratio_mul(a_month, ratio_of(months))) > 0)
        months++;
    return months;
}

/* Elapsed months: at least those that the work needs, since nobody has more than the capacity. */
static int elapsed_months(const struct offer *offer, struct ratio capacity)
{
    int least = months_of_work(offer->effort, capacity);

    return offer->months > least ? offer->months : least;
}

/* The end of the earliest among those that bring what it waits for. */
static int earliest_month(const struct offer *offer, const struct advice_item *items,
                          const size_t *order, const bool *is_placed, size_t count)
{
    int first = 0;

    for (size_t k = 0; k < offer->provider_count; k++) {
        int soonest = ADVICE_MONTHS_MAX;

        for (size_t i = 0; i < count; i++) {
            int end = items[i].first_month - 1 + items[i].months;

            if (is_placed[i] && offer->providers[k] >> order[i] & 1 && end < soonest)
                soonest = end;
        }
        first = soonest > first ? soonest : first;
    }
    return first;
}

struct layout {
    const struct offers *offers;
    struct advice *out;
    struct advice_item *items;
    const size_t *order;
    struct ratio capacity; /* of a month */
    int at_once;
    bool is_spread; /* work over all months of a package, not at their beginning */
    struct calendar_use use;
    bool is_placed[PACKAGES_MAX];
};

/*
 * Months of work: at the part of a month's capacity that falls to one of the packages beside each
 * other. What is left of the package's months is waiting (for an office, for partners, for two
 * quarters of figures), which takes nobody's time and no place.
 */
static int working_months(const struct layout *l, struct ratio effort, int months)
{
    int work = months_of_work(effort, ratio_div(l->capacity, ratio_of(l->at_once)));

    return l->is_spread || work > months ? months : work;
}

/* As soon as there is room. */
static void place_item(struct layout *l, size_t i)
{
    const struct offer *offer = &l->offers->list[l->order[i]];
    int months = elapsed_months(offer, l->capacity);
    int work = working_months(l, offer->effort, months);
    int first = earliest_month(offer, l->items, l->order, l->is_placed, l->out->count);
    struct ratio a_month = ratio_div(offer->effort, ratio_of(work));

    if (ratio_cmp(a_month, l->capacity) > 0)
        a_month = l->capacity;
    while (first < ADVICE_MONTHS_MAX &&
           !has_room(&l->use, first, work, a_month, l->capacity, l->at_once))
        first++;
    for (int k = first; k < first + work; k++) {
        l->use.load[k] = ratio_add(l->use.load[k], a_month);
        l->use.at_once[k]++;
    }
    l->items[i].first_month = first + 1;
    l->items[i].months = months;
    l->items[i].work = work;
    l->is_placed[i] = true;
    if (first + months > l->out->months)
        l->out->months = first + months;
}

static void clear(struct layout *l)
{
    l->out->months = 0;
    for (int i = 0; i < ADVICE_MONTHS_MAX + PACKAGE_MONTHS_MAX; i++) {
        l->use.load[i] = ratio_of(0);
        l->use.at_once[i] = 0;
    }
    for (size_t i = 0; i < l->out->count; i++)
        l->is_placed[i] = false;
}

/* Everything that it waits for, of the plan, has its place. */
static bool may_be_placed(const struct layout *l, size_t i)
{
    const struct offer *offer = &l->offers->list[l->order[i]];

    for (size_t k = 0; k < offer->provider_count; k++) {
        bool is_there = false;

        for (size_t j = 0; j < l->out->count && !is_there; j++)
            is_there = l->is_placed[j] && offer->providers[k] >> l->order[j] & 1;
        if (!is_there)
            return false;
    }
    return true;
}

/* The next one: base packages in their order, then what takes longest. */
static size_t longest(const struct layout *l)
{
    size_t next = MAP_NONE;
    int most = 0;

    for (size_t i = 0; i < l->out->count; i++) {
        int months = l->items[i].is_base
                         ? ADVICE_MONTHS_MAX
                         : elapsed_months(&l->offers->list[l->order[i]], l->capacity);

        if (l->is_placed[i] || months <= most || !may_be_placed(l, i))
            continue;
        next = i;
        most = months;
    }
    return next;
}

static void lay_out_once(struct layout *l, bool is_longest_first, bool is_spread)
{
    clear(l);
    l->is_spread = is_spread;
    for (size_t i = 0; i < l->out->count; i++)
        place_item(l, is_longest_first ? longest(l) : i);
}

/* In the order of the plan, if that is done within a year; else as is done soonest. */
void lay_out(const struct offers *offers, struct advice *out, struct advice_item *items,
             const size_t *order)
{
    static const struct {
        bool is_longest_first, is_spread;
    } ways[] = {{false, false}, {false, true}, {true, false}, {true, true}};
    struct layout *l = ARENA_NEW(offers->arena, struct layout);
    int soonest = INT_MAX;
    size_t best = 0;

    *l = (struct layout){.offers = offers,
                         .out = out,
                         .items = items,
                         .order = order,
                         .capacity = offers->packages->month[offers->band],
                         .at_once = offers->packages->at_once[offers->band]};
    for (size_t i = 0; i < ARRAY_SIZE(ways) && soonest > ADVICE_MONTHS_OF_A_YEAR; i++) {
        lay_out_once(l, ways[i].is_longest_first, ways[i].is_spread);
        if (out->months >= soonest)
            continue;
        soonest = out->months;
        best = i;
    }
    lay_out_once(l, ways[best].is_longest_first, ways[best].is_spread);
}
