/* When each package is done: by the capacity of a month, and by what waits for what. */
#include "advice_parts.h"

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

/* Months that the work needs at the least: nobody has more than the capacity of a month. */
static int months_needed(struct ratio effort, struct ratio capacity, int months)
{
    while (months < PACKAGE_MONTHS_MAX &&
           ratio_cmp(effort, ratio_mul(capacity, ratio_of(months))) > 0)
        months++;
    return months;
}

/* The end of the earliest among those that bring what it waits for. */
static int earliest_month(const struct offer *offer, const struct advice_item *items,
                          const size_t *order, size_t before)
{
    int first = 0;

    for (size_t k = 0; k < offer->provider_count; k++) {
        int soonest = ADVICE_MONTHS_MAX;

        for (size_t i = 0; i < before; i++) {
            int end = items[i].first_month - 1 + items[i].months;

            if (offer->providers[k] >> order[i] & 1 && end < soonest)
                soonest = end;
        }
        first = soonest > first ? soonest : first;
    }
    return first;
}

/* In the order of the plan, each as soon as there is room for all of it. */
void lay_out(const struct offers *offers, struct advice *out, struct advice_item *items,
             const size_t *order)
{
    struct calendar_use *use = ARENA_NEW(offers->arena, struct calendar_use);
    struct ratio capacity = offers->packages->month[offers->band];
    int at_once = offers->packages->at_once[offers->band];

    for (int i = 0; i < ADVICE_MONTHS_MAX + PACKAGE_MONTHS_MAX; i++)
        use->load[i] = ratio_of(0);
    for (size_t i = 0; i < out->count; i++) {
        const struct offer *offer = &offers->list[order[i]];
        int months = months_needed(offer->effort, capacity, offer->months);
        int first = earliest_month(offer, items, order, i);
        struct ratio a_month = ratio_div(offer->effort, ratio_of(months));

        if (ratio_cmp(a_month, capacity) > 0)
            a_month = capacity;
        while (first < ADVICE_MONTHS_MAX &&
               !has_room(use, first, months, a_month, capacity, at_once))
            first++;
        for (int k = first; k < first + months; k++) {
            use->load[k] = ratio_add(use->load[k], a_month);
            use->at_once[k]++;
        }
        items[i].first_month = first + 1;
        items[i].months = months;
        if (first + months > out->months)
            out->months = first + months;
    }
}
