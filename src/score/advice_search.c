/*
 * The least effort that meets a goal: branch and bound over the offers.
 *
 * Of an answer that several packages raise the highest counts, so what a package adds only shrinks
 * as others are chosen. What is still lacking therefore costs at least what it would if every
 * package added in full what it adds now, in parts too: the fractional knapsack by gain per cost.
 * Ticks may help each other; there each package is credited with all that all of them could bring.
 */
#include "advice_parts.h"

#include <string.h>

#define COST_NONE INT64_MAX
/* One dimension, in the sum over all that are wanted. */
#define SHARE ((int64_t)1 << 30)

/* What an offer adds at a node, at the most. */
struct credit {
    size_t offer;
    int64_t cost, total, share;
    int64_t dimensions[DIMENSIONS_MAX];
};

struct node {
    uint64_t chosen, open; /* offers taken; those not yet decided */
    const struct progress *progress;
    struct credit credits[PACKAGES_MAX];
    size_t count;
    size_t lacking[DIMENSIONS_MAX]; /* dimensions below their level that can be reached */
    size_t lacking_count, wanted;   /* so many of them must be */
    int64_t total;                  /* lacking in the total */
};

struct search {
    const struct offers *offers;
    const struct goal *goal;
    struct found *found;
    size_t work;
    int64_t *tick_best;      /* by place: raw points with the ticks of all offers */
    struct progress *levels; /* at each depth */
    struct node *nodes;      /* likewise */
};

/* ---- credits ---- */

static void find_tick_best(struct search *s)
{
    const struct offers *offers = s->offers;

    for (size_t i = 0; i < offers->place_count; i++) {
        const struct place_of_answer *place = &offers->places[i];
        struct answer answer = {.state = ANSWER_GIVEN, .is_active = true, .ticks = place->ticks};

        for (size_t k = 0; place->is_multiple && k < offers->count; k++) {
            for (size_t r = 0; r < offers->list[k].raise_count; r++) {
                if (offers->list[k].raises[r].place == i)
                    answer.ticks |= offers->list[k].raises[r].ticks;
            }
        }
        if (place->is_multiple)
            s->tick_best[i] = scorer_raw(offers->scorer, place->question, &answer);
    }
}

static void credit_raise(const struct search *s, const struct node *node, const struct raise *raise,
                         struct credit *credit)
{
    const struct offers *offers = s->offers;
    const struct place_of_answer *place = &offers->places[raise->place];
    int64_t then = place->is_multiple ? s->tick_best[raise->place] : raise->raw;
    int64_t raw = then - node->progress->raw[raise->place];

    if (raw <= 0)
        return;
    credit->total += raw * scales_worth(offers->scales, place->question);
    credit->dimensions[offers->scorer->questions[place->question].dimension] +=
        raw * offers->scales->dimension_factor[place->question];
}

/* The part that a credit has in all dimensions that are wanted, each counted up to what it lacks.
 */
static int64_t share_of(const struct search *s, const struct node *node,
                        const struct credit *credit)
{
    int64_t share = 0;

    for (size_t i = 0; i < node->lacking_count; i++) {
        size_t d = node->lacking[i];
        int64_t need = s->goal->dimensions[d] - node->progress->dimensions[d];
        int64_t gain = credit->dimensions[d];

        share += gain >= need ? SHARE : (int64_t)(((wide)gain * SHARE + need - 1) / need);
    }
    return share;
}

static void list_lacking(const struct search *s, struct node *node)
{
    const struct goal *goal = s->goal;
    size_t reached = 0;

    node->lacking_count = 0;
    for (size_t d = 0; d < goal->dimension_count; d++) {
        bool is_wanted = goal->dimensions[d] > 0;

        if (is_wanted && node->progress->dimensions[d] >= goal->dimensions[d])
            reached++;
        else if (is_wanted)
            node->lacking[node->lacking_count++] = d;
    }
    node->wanted = reached < goal->wanted ? goal->wanted - reached : 0;
    node->total = goal->total - node->progress->total;
}

static void list_credits(const struct search *s, struct node *node)
{
    node->count = 0;
    for (size_t i = 0; i < s->offers->count; i++) {
        const struct offer *offer = &s->offers->list[i];
        struct credit *credit = &node->credits[node->count];

        if (!(node->open >> i & 1))
            continue;
        *credit = (struct credit){.offer = i, .cost = offer->cost};
        for (size_t k = 0; k < offer->raise_count; k++)
            credit_raise(s, node, &offer->raises[k], credit);
        if (node->wanted)
            credit->share = share_of(s, node, credit);
        node->count++;
    }
}

/* ---- bounds ---- */

struct part {
    int64_t gain, cost;
    size_t offer;
};

/* Most gain for the cost first. */
static size_t sort_parts(struct part *parts, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct part part = parts[i];
        size_t k = i;

        for (; k > 0 && (wide)part.gain * parts[k - 1].cost > (wide)parts[k - 1].gain * part.cost;
             k--)
            parts[k] = parts[k - 1];
        parts[k] = part;
    }
    return count;
}

/* The least cost of `need`, parts of packages allowed, rounded up; COST_NONE if all are too few.
 * *first is the offer with most gain for its cost. */
static int64_t fractional(struct part *parts, size_t count, int64_t need, size_t *first)
{
    int64_t cost = 0;

    sort_parts(parts, count);
    if (count)
        *first = parts[0].offer;
    for (size_t i = 0; i < count && need > 0; i++) {
        const struct part *part = &parts[i];

        if (part->gain >= need)
            return cost + (int64_t)(((wide)part->cost * need + part->gain - 1) / part->gain);
        need -= part->gain;
        cost += part->cost;
    }
    return need > 0 ? COST_NONE : cost;
}

enum { OF_TOTAL, OF_SHARES, OF_DIMENSION };

static int64_t bound_of(const struct node *node, int what, size_t dimension, int64_t need,
                        size_t *first)
{
    struct part parts[PACKAGES_MAX];
    size_t count = 0;

    for (size_t i = 0; i < node->count; i++) {
        const struct credit *credit = &node->credits[i];
        int64_t gain = what == OF_TOTAL    ? credit->total
                       : what == OF_SHARES ? credit->share
                                           : credit->dimensions[dimension];

        if (gain > 0)
            parts[count++] = (struct part){gain, credit->cost, credit->offer};
    }
    return fractional(parts, count, need, first);
}

/* So many dimensions must be reached: the dearest of the cheapest so many is paid at least. */
static int64_t bound_of_dimensions(const struct search *s, const struct node *node)
{
    int64_t costs[DIMENSIONS_MAX];
    size_t ignored;

    for (size_t i = 0; i < node->lacking_count; i++) {
        size_t d = node->lacking[i], k = i;
        int64_t cost = bound_of(node, OF_DIMENSION, d,
                                s->goal->dimensions[d] - node->progress->dimensions[d], &ignored);

        for (; k > 0 && costs[k - 1] > cost; k--)
            costs[k] = costs[k - 1];
        costs[k] = cost;
    }
    return costs[node->wanted - 1];
}

/* The dearest requirement that nobody chosen brings, at its cheapest provider. */
static int64_t bound_of_requirements(const struct search *s, const struct node *node, size_t *first)
{
    int64_t dearest = 0;

    for (size_t i = 0; i < s->offers->count; i++) {
        const struct offer *offer = &s->offers->list[i];

        for (size_t k = 0; node->chosen >> i & 1 && k < offer->provider_count; k++) {
            int64_t cheapest = COST_NONE;
            size_t provider = 0;

            if (offer->providers[k] & node->chosen)
                continue;
            for (uint64_t left = offer->providers[k] & node->open; left; left &= left - 1) {
                size_t at = (size_t)__builtin_ctzll(left);

                if (s->offers->list[at].cost < cheapest) {
                    cheapest = s->offers->list[at].cost;
                    provider = at;
                }
            }
            if (cheapest <= dearest)
                continue;
            dearest = cheapest;
            *first = provider;
        }
    }
    return dearest;
}

/* What a node costs more, at the least; *next is the offer to decide on. */
static int64_t bound(const struct search *s, const struct node *node, size_t *next)
{
    size_t first = MAP_NONE;
    int64_t most = bound_of_requirements(s, node, &first), other;

    *next = first;
    if (most == COST_NONE || node->wanted > node->lacking_count)
        return COST_NONE;
    if (node->total > 0) {
        other = bound_of(node, OF_TOTAL, 0, node->total, &first);
        if (other > most || *next == MAP_NONE)
            *next = first;
        most = other > most ? other : most;
    }
    if (node->wanted && most != COST_NONE) {
        other = bound_of(node, OF_SHARES, 0, (int64_t)node->wanted * SHARE, &first);
        if (other > most || *next == MAP_NONE)
            *next = first;
        most = other > most ? other : most;
        other = bound_of_dimensions(s, node);
        most = other > most ? other : most;
    }
    return most;
}

/* ---- branches ---- */

static void visit(struct search *s, uint64_t chosen, uint64_t open, int64_t cost, size_t depth)
{
    struct node *node = &s->nodes[depth];
    struct progress *then = &s->levels[depth + 1];
    struct found *found = s->found;
    size_t next = MAP_NONE;
    int64_t more;

    if (++s->work > ADVICE_WORK_MAX) {
        found->is_exact = false;
        return;
    }
    node->chosen = chosen;
    node->open = open;
    node->progress = &s->levels[depth];
    list_lacking(s, node);
    list_credits(s, node);
    more = bound(s, node, &next);
    if (more == COST_NONE || (found->exists && cost + more >= found->cost))
        return;
    if (next == MAP_NONE) { /* nothing is lacking */
        found->exists = true;
        found->chosen = chosen;
        found->cost = cost;
        return;
    }
    open &= ~OFFER_BIT(next);
    progress_copy(s->offers, then, node->progress);
    progress_apply(s->offers, then, &s->offers->list[next]);
    visit(s, chosen | OFFER_BIT(next), open, cost + s->offers->list[next].cost, depth + 1);
    progress_copy(s->offers, then, node->progress);
    visit(s, chosen, open, cost, depth + 1);
}

void search_least(const struct offers *offers, const struct goal *goal, uint64_t forced,
                  struct found *found)
{
    struct search *s = ARENA_NEW(offers->arena, struct search);
    uint64_t open = offers->count ? UINT64_MAX >> (64 - offers->count) : 0;
    int64_t cost = 0;

    *found = (struct found){.is_exact = true};
    s->offers = offers;
    s->goal = goal;
    s->found = found;
    s->levels = ARENA_ARRAY(offers->arena, struct progress, offers->count + 2);
    s->nodes = ARENA_ARRAY(offers->arena, struct node, offers->count + 2);
    for (size_t i = 0; i < offers->count + 2; i++)
        progress_start(offers, &s->levels[i]);
    s->tick_best = ARENA_ARRAY(offers->arena, int64_t, offers->place_count + 1);
    find_tick_best(s);
    for (size_t i = 0; i < offers->count; i++) {
        if (!(forced >> i & 1))
            continue;
        progress_apply(offers, &s->levels[0], &offers->list[i]);
        cost += offers->list[i].cost;
    }
    visit(s, forced, open & ~forced, cost, 0);
}
