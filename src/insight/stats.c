#include "insight/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const key_codes[STATS_KEY__MAX] = {
    [STATS_AREA] = "area",   [STATS_SECTION] = "section", [STATS_SIZE] = "size",
    [STATS_LEVEL] = "level", [STATS_FORM] = "form",       [STATS_ROUND] = "round",
};

const char *stats_key_code(enum stats_key key)
{
    return key_codes[key];
}

bool stats_key_parse(const char *code, enum stats_key *key)
{
    for (int i = 0; i < STATS_KEY__MAX; i++) {
        if (strcmp(code, key_codes[i]) == 0) {
            *key = (enum stats_key)i;
            return true;
        }
    }
    return false;
}

static void init_group(struct stats *stats, struct stats_group *group)
{
    group->levels = ARENA_ARRAY(stats->arena, size_t, stats->shape.levels);
    group->level_persons =
        ARENA_ARRAY(stats->arena, struct suppress_persons *, stats->shape.levels + 1);
    group->hides_level = ARENA_ARRAY(stats->arena, bool, stats->shape.levels);
    group->values = ARENA_ARRAY(stats->arena, struct stats_values, stats->shape.scores);
    group->policies = ARENA_ARRAY(stats->arena, struct stats_eligible, stats->shape.policies);
}

void stats_init(struct stats *stats, struct arena *arena, const struct stats_shape *shape)
{
    *stats = (struct stats){.arena = arena, .shape = *shape};
    map_init(&stats->index, arena);
    init_group(stats, &stats->total);
}

#define NAME_BYTES_MAX ((size_t)STATS_KEY__MAX * 256)

/* The keys of a group as one text, parted by a character that no key has. */
static size_t write_name(const struct stats *stats, const struct stats_record *record,
                         char name[NAME_BYTES_MAX])
{
    size_t len = 0;

    for (size_t i = 0; i < stats->shape.by_count; i++) {
        const char *key = record->keys[stats->shape.by[i]];
        int put = snprintf(name + len, NAME_BYTES_MAX - len, "%s\x1f", key ? key : "");

        len += (size_t)put < NAME_BYTES_MAX - len ? (size_t)put : NAME_BYTES_MAX - len - 1;
    }
    return len;
}

static struct stats_group *add_group(struct stats *stats, const struct stats_record *record)
{
    struct stats_group *group;

    if (stats->count == stats->cap) {
        size_t cap = stats->cap ? stats->cap * 2 : 64;
        struct stats_group *groups = ARENA_ARRAY(stats->arena, struct stats_group, cap);

        if (stats->count)
            memcpy(groups, stats->groups, stats->count * sizeof(*groups));
        stats->groups = groups;
        stats->cap = cap;
    }
    group = &stats->groups[stats->count++];
    init_group(stats, group);
    for (size_t i = 0; i < stats->shape.by_count; i++) {
        const char *key = record->keys[stats->shape.by[i]];

        group->keys[i] = key ? arena_strdup(stats->arena, key) : NULL;
    }
    return group;
}

static struct stats_group *group_of(struct stats *stats, const struct stats_record *record)
{
    char name[NAME_BYTES_MAX];
    size_t len = write_name(stats, record, name), at;

    at = map_get(&stats->index, name, len);
    if (at != MAP_NONE)
        return &stats->groups[at];
    if (stats->count == STATS_GROUPS_MAX) {
        stats->is_full = true;
        return NULL;
    }
    map_put(&stats->index, arena_strndup(stats->arena, name, len), len, stats->count);
    return add_group(stats, record);
}

static void add_value(struct stats *stats, struct stats_values *values, int score, uint32_t person)
{
    if (score < 0)
        return;
    if (values->count == values->cap) {
        size_t cap = values->cap ? values->cap * 2 : 16;
        uint16_t *items = ARENA_ARRAY(stats->arena, uint16_t, cap);

        if (values->count)
            memcpy(items, values->items, values->count * sizeof(*items));
        values->items = items;
        values->cap = cap;
    }
    values->items[values->count++] = (uint16_t)score;
    values->sum += score;
    suppress_note(&values->persons, stats->arena, person, 0, false);
}

/* What a person of whom there may be several gets is added up apart. */
static void add_amount(struct stats *stats, struct stats_eligible *sum, int64_t amount,
                       uint32_t person)
{
    int64_t alone = person ? 0 : amount;

    suppress_add(&sum->amount, &(struct suppress_weight){1, amount, alone, 0, NULL}, stats->arena);
    suppress_note(&sum->amount_persons, stats->arena, person, amount, true);
    sum->amount.persons = sum->amount_persons;
}

static void add_policy(struct stats *stats, struct stats_eligible *sum,
                       const struct stats_policy *policy, uint32_t person)
{
    enum stats_verdict verdict = policy->is_eligible  ? STATS_ELIGIBLE
                                 : policy->is_unknown ? STATS_UNKNOWN
                                                      : STATS_NOT_ELIGIBLE;

    sum->counts[verdict]++;
    suppress_note(&sum->persons[verdict], stats->arena, person, 0, false);
    if (policy->is_eligible && policy->has_amount)
        add_amount(stats, sum, policy->amount_vnd, person);
}

static void add_level(struct stats *stats, struct stats_group *group, int level, uint32_t person)
{
    size_t at = level >= 0 && (size_t)level < stats->shape.levels ? (size_t)level
                                                                  : stats->shape.levels;

    if (at < stats->shape.levels)
        group->levels[at]++;
    else
        group->unrated++;
    suppress_note(&group->level_persons[at], stats->arena, person, 0, false);
}

static void add_to(struct stats *stats, struct stats_group *group,
                   const struct stats_record *record)
{
    group->count++;
    suppress_note(&group->persons, stats->arena, record->person, 0, false);
    add_level(stats, group, record->level, record->person);
    for (size_t i = 0; i < stats->shape.scores; i++)
        add_value(stats, &group->values[i], record->scores[i], record->person);
    for (size_t i = 0; i < stats->shape.policies; i++)
        add_policy(stats, &group->policies[i], &record->policies[i], record->person);
}

void stats_add(struct stats *stats, const struct stats_record *record)
{
    struct stats_group *group = stats->shape.by_count ? group_of(stats, record) : NULL;

    add_to(stats, &stats->total, record);
    if (group)
        add_to(stats, group, record);
}

static int by_value(const void *a, const void *b)
{
    const uint16_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static void sort_values(const struct stats *stats, struct stats_group *group)
{
    for (size_t i = 0; i < stats->shape.scores; i++) {
        if (group->values[i].count)
            qsort(group->values[i].items, group->values[i].count, sizeof(uint16_t), by_value);
    }
}

/* Known keys in alphabetical order, unknown ones last. */
static int by_keys(const void *a, const void *b)
{
    const struct stats_group *x = a, *y = b;

    for (size_t i = 0; i < STATS_KEY__MAX; i++) {
        int order;

        if (!x->keys[i] || !y->keys[i]) {
            order = !x->keys[i] - !y->keys[i];
            if (order)
                return order;
            continue;
        }
        order = strcmp(x->keys[i], y->keys[i]);
        if (order)
            return order;
    }
    return 0;
}

void stats_finish(struct stats *stats)
{
    sort_values(stats, &stats->total);
    for (size_t i = 0; i < stats->count; i++)
        sort_values(stats, &stats->groups[i]);
    if (stats->count)
        qsort(stats->groups, stats->count, sizeof(*stats->groups), by_keys);
}

size_t stats_level_split(size_t levels)
{
    return levels ? (levels - 1) / 2 : 0;
}

struct ratio stats_mean(const struct stats_values *values)
{
    return values->count ? ratio_make(values->sum, 100 * (wide)values->count) : RATIO_NONE;
}

struct ratio stats_median(const struct stats_values *values)
{
    size_t middle = values->count / 2;

    if (!values->count)
        return RATIO_NONE;
    if (values->count % 2)
        return ratio_make(values->items[middle], 100);
    return ratio_make(values->items[middle - 1] + values->items[middle], 200);
}
