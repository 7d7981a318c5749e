/* Which numbers of the statistics are hidden: a table of cells for each kind of number. */
#include "insight/stats.h"

#include <stdlib.h>
#include <string.h>

/* The groups as places in the dimensions of the keys. */
struct hiding {
    struct stats *stats;
    struct arena arena;            /* of one table */
    uint32_t (*at)[SUPPRESS_DIMS_MAX]; /* by group */
    struct suppress_cell *cells;
    size_t count;
    size_t *cell_of; /* by group and category: its cell, or MAP_NONE */
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *key_of(const struct stats *stats, size_t group, size_t k)
{
    const char *key = stats->groups[group].keys[k];

    return key ? key : "";
}

/* The dimension of a key, whatever the order in which the keys were named. */
static size_t dimension_of(const struct stats *stats, size_t k)
{
    size_t before = 0;

    for (size_t i = 0; i < stats->shape.by_count; i++)
        before += stats->shape.by[i] < stats->shape.by[k];
    return before;
}

/* The rank of each key among all: the same in every table of the same enterprises. */
static void find_places(struct hiding *h, struct arena *arena)
{
    struct stats *stats = h->stats;
    const char **keys = ARENA_ARRAY(arena, const char *, stats->count + 1);

    h->at = arena_alloc(arena, stats->count + 1, sizeof(*h->at));
    for (size_t k = 0; k < stats->shape.by_count; k++) {
        struct map ranks;

        for (size_t i = 0; i < stats->count; i++)
            keys[i] = key_of(stats, i, k);
        if (stats->count)
            qsort(keys, stats->count, sizeof(*keys), by_text);
        map_init(&ranks, arena);
        for (size_t i = 0; i < stats->count; i++)
            (void)map_put(&ranks, keys[i], strlen(keys[i]), i);
        for (size_t i = 0; i < stats->count; i++)
            h->at[i][dimension_of(stats, k)] = (uint32_t)map_find(&ranks, key_of(stats, i, k));
    }
}

/* Without keys the total is the only group. */
static size_t group_count(const struct stats *stats)
{
    return stats->shape.by_count ? stats->count : 1;
}

static struct stats_group *group_at(struct stats *stats, size_t i)
{
    return stats->shape.by_count ? &stats->groups[i] : &stats->total;
}

static void begin(struct hiding *h, size_t categories)
{
    size_t max = group_count(h->stats) * categories;

    arena_reset(&h->arena);
    h->cells = ARENA_ARRAY(&h->arena, struct suppress_cell, max + 1);
    h->cell_of = ARENA_ARRAY(&h->arena, size_t, max + 1);
    memset(h->cell_of, 0xff, (max + 1) * sizeof(*h->cell_of));
    h->count = 0;
}

static void add_cell(struct hiding *h, size_t group, size_t category, size_t categories,
                     const struct suppress_weight *weight, bool must_hide)
{
    size_t by = h->stats->shape.by_count;
    struct suppress_cell *cell = &h->cells[h->count];

    if (!weight->n && categories == 1) /* nobody sees that there is none */
        return;
    if (by)
        memcpy(cell->at, h->at[group], sizeof(cell->at));
    if (categories > 1)
        cell->at[by] = (uint32_t)category;
    cell->weight = *weight;
    cell->is_hidden = must_hide;
    h->cell_of[group * categories + category] = h->count++;
}

/* Of a number that is a count. */
#define weight_of(count, of) ((struct suppress_weight){.n = (count), .persons = (of)})

/* A table with so many dimensions behind the keys. */
static struct suppress_table *new_table(struct hiding *h, size_t more)
{
    struct suppress_table *table = ARENA_NEW(&h->arena, struct suppress_table);

    table->dims = h->stats->shape.by_count + more;
    return table;
}

static struct suppress_table *solve(struct hiding *h, size_t more)
{
    struct suppress_table *table = new_table(h, more);

    suppress_solve(table, &h->arena, h->cells, h->count);
    return table;
}

/* The set of all keys, without the category. */
static unsigned key_set(const struct hiding *h)
{
    return (1u << h->stats->shape.by_count) - 1;
}

/* ---- levels, and with them the groups ---- */

/* The dimension of the level where groups are made by it, or MAP_NONE. */
static size_t level_dimension(const struct stats *stats)
{
    for (size_t k = 0; k < stats->shape.by_count; k++) {
        if (stats->shape.by[k] == STATS_LEVEL)
            return dimension_of(stats, k);
    }
    return MAP_NONE;
}

/*
 * Two dimensions: the lower or upper half of the levels, which people speak of ("level 2 or
 * below"), and the level, which refines it. What has no level comes last.
 */
static struct suppress_table *solve_levels(struct hiding *h)
{
    const struct stats *stats = h->stats;
    size_t by = stats->shape.by_count;
    struct suppress_table *table = new_table(h, 2);

    for (size_t i = 0; i < h->count; i++) {
        uint32_t level = h->cells[i].at[by];

        h->cells[i].at[by] = level > stats_level_split(stats->shape.levels);
        h->cells[i].at[by + 1] = level;
    }
    table->needs[by + 1] = 1u << by;
    suppress_solve(table, &h->arena, h->cells, h->count);
    return table;
}

/* The number of levels stands for none. */
static bool *hides_level(const struct stats *stats, struct stats_group *group, size_t level)
{
    return level < stats->shape.levels ? &group->hides_level[level] : &group->hides_unrated;
}

static void take_level(struct hiding *h, const struct suppress_table *table, size_t group,
                       size_t level)
{
    struct stats *stats = h->stats;
    size_t cell = h->cell_of[group * (stats->shape.levels + 1) + level];
    unsigned by = (unsigned)stats->shape.by_count;

    if (cell == MAP_NONE)
        return;
    group_at(stats, group)->is_hidden |= suppress_is_hidden(table, key_set(h), cell);
    stats->total.is_hidden |= suppress_is_hidden(table, 0, cell);
    stats->hides_split |= suppress_is_hidden(table, 1u << by, cell);
    *hides_level(stats, group_at(stats, group), level) |=
        suppress_is_hidden(table, key_set(h) | 3u << by, cell);
    *hides_level(stats, &stats->total, level) |= suppress_is_hidden(table, 3u << by, cell);
}

static void suppress_levels(struct hiding *h)
{
    struct stats *stats = h->stats;
    size_t levels = stats->shape.levels;
    struct suppress_table *table;

    begin(h, levels + 1);
    for (size_t g = 0; g < group_count(stats); g++) {
        const struct stats_group *group = group_at(stats, g);

        for (size_t l = 0; l < levels; l++)
            add_cell(h, g, l, levels + 1, &weight_of(group->levels[l], group->level_persons[l]),
                     false);
        if (group->unrated)
            add_cell(h, g, levels, levels + 1,
                     &weight_of(group->unrated, group->level_persons[levels]), false);
    }
    table = solve_levels(h);
    for (size_t g = 0; g < group_count(stats); g++) {
        for (size_t l = 0; l <= levels; l++)
            take_level(h, table, g, l);
    }
}

/* The level that all of a group are at; the number of levels if they have none. */
static size_t level_of(const struct stats *stats, const struct stats_group *group)
{
    size_t level = 0;

    while (level < stats->shape.levels && !group->levels[level])
        level++;
    return level;
}

/* Where groups are made by level, the key is the level, and only its half is a further dimension.
 */
static void suppress_level_groups(struct hiding *h, size_t dimension)
{
    struct stats *stats = h->stats;
    size_t by = stats->shape.by_count;
    struct suppress_table *table;

    begin(h, 1);
    for (size_t g = 0; g < stats->count; g++) {
        size_t level = level_of(stats, &stats->groups[g]);

        add_cell(h, g, 0, 1, &weight_of(stats->groups[g].count, stats->groups[g].persons), false);
        h->cells[g].at[by] = level > stats_level_split(stats->shape.levels);
    }
    table = new_table(h, 1);
    table->needs[dimension] = 1u << by;
    suppress_solve(table, &h->arena, h->cells, h->count);
    for (size_t g = 0; g < stats->count; g++) {
        size_t level = level_of(stats, &stats->groups[g]);

        stats->groups[g].is_hidden = suppress_is_hidden(table, key_set(h) | 1u << by, g);
        stats->total.is_hidden |= suppress_is_hidden(table, 0, g);
        stats->hides_split |= suppress_is_hidden(table, 1u << by, g);
        *hides_level(stats, &stats->total, level) |=
            suppress_is_hidden(table, 1u << dimension | 1u << by, g);
    }
}

/* ---- scores ---- */

static void suppress_score(struct hiding *h, size_t score)
{
    struct stats *stats = h->stats;
    struct suppress_table *table;

    begin(h, 1);
    for (size_t g = 0; g < group_count(stats); g++) {
        const struct stats_values *values = &group_at(stats, g)->values[score];

        add_cell(h, g, 0, 1, &weight_of(values->count, values->persons),
                 group_at(stats, g)->is_hidden);
    }
    table = solve(h, 0);
    for (size_t g = 0; g < group_count(stats); g++) {
        struct stats_group *group = group_at(stats, g);
        size_t cell = h->cell_of[g];

        group->values[score].is_hidden |=
            group->is_hidden || (cell != MAP_NONE && suppress_is_hidden(table, key_set(h), cell));
        if (cell != MAP_NONE)
            stats->total.values[score].is_hidden |= suppress_is_hidden(table, 0, cell);
    }
    stats->total.values[score].is_hidden |= stats->total.is_hidden;
}

/* ---- policies ---- */

static void suppress_verdicts(struct hiding *h, size_t policy)
{
    struct stats *stats = h->stats;
    size_t by = stats->shape.by_count;
    struct suppress_table *table;

    begin(h, STATS_VERDICT__MAX);
    for (size_t g = 0; g < group_count(stats); g++) {
        const struct stats_eligible *of = &group_at(stats, g)->policies[policy];

        for (size_t v = 0; v < STATS_VERDICT__MAX; v++)
            add_cell(h, g, v, STATS_VERDICT__MAX, &weight_of(of->counts[v], of->persons[v]),
                     group_at(stats, g)->is_hidden);
    }
    table = solve(h, 1);
    for (size_t g = 0; g < group_count(stats); g++) {
        for (size_t v = 0; v < STATS_VERDICT__MAX; v++) {
            size_t cell = h->cell_of[g * STATS_VERDICT__MAX + v];

            if (cell == MAP_NONE)
                continue;
            group_at(stats, g)->policies[policy].hides[v] |=
                suppress_is_hidden(table, key_set(h) | 1u << by, cell);
            stats->total.policies[policy].hides[v] |= suppress_is_hidden(table, 1u << by, cell);
        }
    }
}

/* Where the number of those who get it is hidden, the sum would tell it. */
static bool hides_eligible(const struct stats_group *group, size_t policy)
{
    return group->is_hidden || group->policies[policy].hides[STATS_ELIGIBLE];
}

static void suppress_amounts(struct hiding *h, size_t policy)
{
    struct stats *stats = h->stats;
    bool hides_total = hides_eligible(&stats->total, policy);
    struct suppress_table *table;

    begin(h, 1);
    for (size_t g = 0; g < group_count(stats); g++)
        add_cell(h, g, 0, 1, &group_at(stats, g)->policies[policy].amount,
                 hides_total || hides_eligible(group_at(stats, g), policy));
    table = solve(h, 0);
    for (size_t g = 0; g < group_count(stats); g++) {
        size_t cell = h->cell_of[g];

        group_at(stats, g)->policies[policy].hides_amount |=
            hides_eligible(group_at(stats, g), policy);
        if (cell == MAP_NONE)
            continue;
        group_at(stats, g)->policies[policy].hides_amount |=
            suppress_is_hidden(table, key_set(h), cell);
        hides_total |= suppress_is_hidden(table, 0, cell);
    }
    stats->total.policies[policy].hides_amount |= hides_total;
}

/* Within a group that is hidden nothing is shown. */
static void suppress_whole(struct stats *stats, struct stats_group *group)
{
    if (!group->is_hidden)
        return;
    memset(group->hides_level, true, stats->shape.levels * sizeof(*group->hides_level));
    for (size_t p = 0; p < stats->shape.policies; p++) {
        memset(group->policies[p].hides, true, sizeof(group->policies[p].hides));
        group->policies[p].hides_amount = true;
    }
}

void stats_suppress(struct stats *stats)
{
    struct hiding h = {.stats = stats};
    struct arena arena;

    arena_init(&arena);
    arena_init(&h.arena);
    find_places(&h, &arena);
    if (level_dimension(stats) == MAP_NONE)
        suppress_levels(&h);
    else
        suppress_level_groups(&h, level_dimension(stats));
    for (size_t i = 0; i < stats->shape.scores; i++)
        suppress_score(&h, i);
    for (size_t i = 0; i < stats->shape.policies; i++) {
        suppress_verdicts(&h, i);
        suppress_amounts(&h, i);
    }
    for (size_t g = 0; g < stats->count; g++)
        suppress_whole(stats, &stats->groups[g]);
    suppress_whole(stats, &stats->total);
    arena_free(&h.arena);
    arena_free(&arena);
}
