/* Levels of the whole and of dimensions, and what they take. */
#include "questionnaire_parts.h"

#include "base/array.h"

#define LEVEL_FIELDS                                                                               \
    {"level", JSON_IS(JSON_NUMBER), true}, {"above_points", JSON_NUMERIC, false},                  \
        {"from_points", JSON_NUMERIC, false}, {"above_percent", JSON_NUMERIC, false},              \
        {"from_percent", JSON_NUMERIC, false},                                                     \
    {                                                                                              \
        "rounded_to", JSON_IS(JSON_NUMBER), false                                                  \
    }

static const struct json_field dimension_level_fields[] = {
    LEVEL_FIELDS,
    {"name", JSON_IS(JSON_OBJECT), false},
    {"at_bound", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field level_fields[] = {
    LEVEL_FIELDS,
    {"name", JSON_IS(JSON_OBJECT), true},
    {"meaning", JSON_IS(JSON_OBJECT), false},
    {"dimensions", JSON_IS(JSON_OBJECT), false},
    {"if_held_back", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field level_dimension_fields[] = {
    {"at_least", JSON_IS(JSON_NUMBER), true},
    {"level", JSON_IS(JSON_NUMBER), true},
};

struct bound_key {
    const char *key;
    enum bound_kind kind;
    bool is_strict;
};

static const struct bound_key bound_keys[] = {
    {"above_points", BOUND_POINTS, true},
    {"from_points", BOUND_POINTS, false},
    {"above_percent", BOUND_PERCENT, true},
    {"from_percent", BOUND_PERCENT, false},
};

int load_level_number(const struct json *value, int fallback, struct faults *faults)
{
    int64_t level = fallback;

    json_whole(value, 0, LEVELS_MAX, faults, &level);
    return (int)level;
}

static void load_bound(const struct json *json, struct level_rule *rule, struct faults *faults)
{
    int64_t decimals;

    for (size_t i = 0; i < ARRAY_SIZE(bound_keys); i++) {
        const struct bound_key *key = &bound_keys[i];
        const struct json *value = json_get(json, key->key);

        if (!value)
            continue;
        if (rule->kind != BOUND_NONE)
            faults_add(faults, json_place(value, faults), "một mức chỉ có một giới hạn",
                       "a level has one bound only");
        rule->kind = key->kind;
        rule->is_strict = key->is_strict;
        rule->bound = load_ratio(json, key->key, ratio_of(0), faults);
        if (rule->bound.num < 0 ||
            (key->kind == BOUND_PERCENT && ratio_cmp(rule->bound, ratio_of(100)) > 0))
            faults_add(faults, json_place(value, faults), "giới hạn phải từ 0 (phần trăm: đến 100)",
                       "a bound must be from 0 on (a percentage: to 100)");
    }
    rule->rounded_to = -1;
    if (json_get(json, "rounded_to") &&
        json_whole(json_get(json, "rounded_to"), 0, 6, faults, &decimals))
        rule->rounded_to = (int)decimals;
}

static void load_level_dimensions(struct loader *l, const struct json *json,
                                  struct level_rule *rule)
{
    struct faults *faults = l->base.faults;
    int64_t at_least;

    if (!json || !json_check_members(json, level_dimension_fields,
                                     ARRAY_SIZE(level_dimension_fields), faults))
        return;
    if (json_whole(json_get(json, "at_least"), 1, DIMENSIONS_MAX, faults, &at_least))
        rule->at_least = (size_t)at_least;
    rule->dimension_level = load_level_number(json_get(json, "level"), 0, faults);
}

/* `previous` is the level before: one that cannot be read is taken as the next. */
static void load_level(struct loader *l, const struct json *json, bool is_whole, int previous,
                       struct level_rule *rule)
{
    struct faults *faults = l->base.faults;
    bool is_object = is_whole
                         ? json_check_members(json, level_fields, ARRAY_SIZE(level_fields), faults)
                         : json_check_members(json, dimension_level_fields,
                                              ARRAY_SIZE(dimension_level_fields), faults);

    rule->json = json;
    rule->level = previous + 1;
    if (!is_object)
        return;
    rule->level = load_level_number(json_get(json, "level"), previous + 1, faults);
    rule->name = json_words(json_get(json, "name"), faults);
    rule->meaning = json_words(json_get(json, "meaning"), faults);
    rule->at_bound = json_words(json_get(json, "at_bound"), faults);
    rule->if_held_back = json_words(json_get(json, "if_held_back"), faults);
    load_bound(json, rule, faults);
    load_level_dimensions(l, json_get(json, "dimensions"), rule);
    if (!is_whole && !json_has(json, "above_percent") && !json_has(json, "from_percent"))
        faults_add(faults, json_place(json, faults),
                   "mức của trụ cột cần 'above_percent' hoặc 'from_percent'",
                   "a level of dimensions needs 'above_percent' or 'from_percent'");
}

const struct level_rule *load_levels(struct loader *l, const struct json *list, bool is_whole,
                                     size_t *count)
{
    struct level_rule *rules;

    *count = 0;
    if (!list)
        return NULL;
    if (list->count > LEVELS_MAX + 1 || (is_whole && !list->count)) {
        faults_add(l->base.faults, json_place(list, l->base.faults), "cần từ 1 đến %d mức",
                   "1 to %d levels are needed", LEVELS_MAX + 1);
        return NULL;
    }
    rules = ARENA_ARRAY(l->base.arena, struct level_rule, list->count);
    for (size_t i = 0; i < list->count; i++) {
        load_level(l, &list->items[i], is_whole, i ? rules[i - 1].level : -1, &rules[i]);
        if (i && rules[i].level <= rules[i - 1].level)
            faults_add(l->base.faults, json_place(&list->items[i], l->base.faults),
                       "các mức phải xếp tăng dần", "the levels must rise");
    }
    *count = list->count;
    return rules;
}

static bool has_dimension_level(const struct questionnaire *q, int level)
{
    for (size_t i = 0; i < q->dimension_level_count; i++) {
        if (q->dimension_levels[i].level == level)
            return true;
    }
    return level == 0;
}

void check_levels(struct loader *l, const struct json *list)
{
    struct faults *faults = l->base.faults;

    for (size_t i = 0; i < l->q->level_count; i++) {
        const struct level_rule *rule = &l->q->levels[i];

        if (rule->at_least > l->q->dimension_count)
            faults_add(faults, json_place(&list->items[i], faults),
                       "mức %d đòi %zu trụ cột nhưng chỉ có %zu",
                       "level %d asks for %zu dimensions but there are %zu", rule->level,
                       rule->at_least, l->q->dimension_count);
        if (rule->at_least && !has_dimension_level(l->q, rule->dimension_level))
            faults_add(faults, json_place(&list->items[i], faults),
                       "'dimension_levels' không có mức %d", "'dimension_levels' has no level %d",
                       rule->dimension_level);
    }
}
