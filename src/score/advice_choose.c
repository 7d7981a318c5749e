/* Which packages an adviser would sign. */
#include "advice_parts.h"

/* The own trade counts so many times in the order and when a plan is filled. */
#define FITS_FACTOR 2

void choose(const struct planner *p, struct chosen *chosen, size_t at)
{
    chosen->set |= OFFER_BIT(at);
    chosen->count++;
    chosen->cost += p->offers->list[at].cost;
    progress_apply(p->offers, &chosen->progress, &p->offers->list[at]);
}

static void choose_all(const struct planner *p, struct chosen *chosen, uint64_t set)
{
    for (uint64_t left = set & ~chosen->set; left; left &= left - 1)
        choose(p, chosen, (size_t)__builtin_ctzll(left));
}

void choose_none(const struct planner *p, struct chosen *chosen)
{
    *chosen = (struct chosen){0};
    progress_start(p->offers, &chosen->progress);
}

bool offer_is_ready(const struct offer *offer, uint64_t set)
{
    for (size_t i = 0; i < offer->provider_count; i++) {
        if (!(offer->providers[i] & set))
            return false;
    }
    return true;
}

/* Gain for the cost, the own trade counting more: a before b? Equal ones as in the file. */
static bool is_better(const struct offer *a, int64_t gain_a, const struct offer *b, int64_t gain_b)
{
    wide left = (wide)gain_a * (a->fits ? FITS_FACTOR : 1) * b->cost;
    wide right = (wide)gain_b * (b->fits ? FITS_FACTOR : 1) * a->cost;

    return left > right;
}

size_t choose_best(const struct planner *p, const struct chosen *chosen, uint64_t candidates,
                   int64_t least, int64_t cost_max)
{
    const struct offers *offers = p->offers;
    size_t best = MAP_NONE;
    int64_t best_gain = 0;

    for (uint64_t left = candidates & ~chosen->set; left; left &= left - 1) {
        size_t at = (size_t)__builtin_ctzll(left);
        const struct offer *offer = &offers->list[at];
        int64_t gain = progress_gain(offers, &chosen->progress, offer);

        if (gain < least || offer->cost > cost_max || !offer_is_ready(offer, chosen->set))
            continue;
        if (best == MAP_NONE || is_better(offer, gain, &offers->list[best], best_gain)) {
            best = at;
            best_gain = gain;
        }
    }
    return best;
}

static uint64_t all_offers(const struct offers *offers)
{
    return offers->count ? UINT64_MAX >> (64 - offers->count) : 0;
}

/* ---- which packages ---- */

/* Each floor by its own package, or by one that does the same and is worth more for its cost. */
static void choose_base(const struct planner *p, struct chosen *chosen)
{
    struct offers *offers = p->offers;
    struct chosen nothing;

    choose_none(p, &nothing);
    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *own = &offers->list[i];
        size_t best = i;

        if (!own->base)
            continue;
        if (own->stand_ins)
            best = choose_best(p, &nothing, own->stand_ins | OFFER_BIT(i), 0, INT64_MAX);
        if (!offers->list[best].base || own->base < offers->list[best].base)
            offers->list[best].base = own->base;
        choose_all(p, chosen, OFFER_BIT(best));
    }
}

/* Adds what the chosen ones still wait for, the cheapest first. */
static void add_providers(const struct planner *p, struct chosen *chosen)
{
    const struct offers *offers = p->offers;

    for (size_t i = 0; i < offers->count; i++) {
        const struct offer *offer = &offers->list[i];

        for (size_t k = 0; chosen->set >> i & 1 && k < offer->provider_count; k++) {
            size_t cheapest = MAP_NONE;

            if (offer->providers[k] & chosen->set)
                continue;
            for (uint64_t left = offer->providers[k]; left; left &= left - 1) {
                size_t at = (size_t)__builtin_ctzll(left);

                if (cheapest == MAP_NONE || offers->list[at].cost < offers->list[cheapest].cost)
                    cheapest = at;
            }
            choose(p, chosen, cheapest);
            add_providers(p, chosen); /* which may wait for others; circles were refused */
        }
    }
}

/* Fills up by gain for the cost, within a year, to `count` packages that gain `least` each. */
static void fill(const struct planner *p, struct chosen *chosen, size_t count, int64_t least)
{
    while (chosen->count < count) {
        size_t at = choose_best(p, chosen, all_offers(p->offers), least, p->year - chosen->cost);

        if (at == MAP_NONE)
            return;
        choose(p, chosen, at);
    }
}

/* What beginners begin with, the best of it first. */
static void add_first_things(const struct planner *p, struct chosen *chosen)
{
    const struct packages *packages = p->offers->packages;
    uint64_t first = 0;

    if (p->offers->scales->score->total.level > packages->beginners_level)
        return;
    for (size_t i = 0; i < p->offers->count; i++) {
        if (packages->beginners >> (p->offers->list[i].package - packages->items) & 1)
            first |= OFFER_BIT(i);
    }
    while ((size_t)__builtin_popcountll(first & chosen->set) < packages->beginners_at_least) {
        size_t at = choose_best(p, chosen, first, 1, INT64_MAX);

        if (at == MAP_NONE)
            return;
        choose(p, chosen, at);
    }
}

/* What is lacking at the least effort, with the margin where that can be. */
static void complete(const struct planner *p, struct chosen *chosen)
{
    struct found found;

    search_least(p->offers, &p->with_margin, chosen->set, &found);
    if (!found.exists)
        search_least(p->offers, &p->goal, chosen->set, &found);
    if (found.exists)
        choose_all(p, chosen, found.chosen);
}

/* Those that are worth most first, then what is lacking; if that is too much for a year, the other
 * way round. */
static void reach(const struct planner *p, struct chosen *chosen)
{
    size_t at_least = p->offers->packages->at_least;
    struct chosen other;

    choose_none(p, &other);
    choose_all(p, &other, chosen->set);
    fill(p, chosen, at_least, p->fill_min);
    complete(p, chosen);
    if (chosen->cost <= p->year)
        return;
    complete(p, &other);
    fill(p, &other, at_least, p->fill_min);
    if (other.cost < chosen->cost)
        *chosen = other;
}

void choose_plan(const struct planner *p, bool is_reachable, struct chosen *chosen)
{
    choose_none(p, chosen);
    choose_base(p, chosen);
    add_providers(p, chosen);
    add_first_things(p, chosen);
    if (is_reachable) {
        reach(p, chosen);
        return;
    }
    fill(p, chosen, p->offers->count, p->fill_min);
    fill(p, chosen, p->offers->packages->at_least, 1);
}
