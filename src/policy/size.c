#include "policy/size.h"

#include <string.h>

#include "base/array.h"
#include "base/json.h"

static const char *const codes[SIZE_CLASS__MAX] = {
    [SIZE_MICRO] = "micro",
    [SIZE_SMALL] = "small",
    [SIZE_MEDIUM] = "medium",
    [SIZE_NOT_SME] = "not-sme",
};

static const struct words names[SIZE_CLASS__MAX] = {
    [SIZE_MICRO] = {{"siêu nhỏ", "micro"}},
    [SIZE_SMALL] = {{"nhỏ", "small"}},
    [SIZE_MEDIUM] = {{"vừa", "medium"}},
    [SIZE_NOT_SME] = {{"không phải doanh nghiệp nhỏ và vừa", "not an SME"}},
};

const char *size_code(enum size_class size)
{
    return codes[size];
}

struct words size_words(enum size_class size)
{
    return names[size];
}

bool size_parse(const char *code, enum size_class *size)
{
    for (int i = 0; i < SIZE_CLASS__MAX; i++) {
        if (strcmp(code, codes[i]) == 0) {
            *size = (enum size_class)i;
            return true;
        }
    }
    return false;
}

int size_only(size_set set)
{
    return set && !(set & (set - 1)) ? __builtin_ctz(set) : -1;
}

/* ---- loading ---- */

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"title", JSON_IS(JSON_OBJECT), false},
    {"versions", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field version_fields[] = {
    {"from", JSON_IS(JSON_STRING), true},  {"to", JSON_IS(JSON_STRING), false},
    {"legal", JSON_IS(JSON_STRING), true}, {"certainty", JSON_IS(JSON_STRING), true},
    {"note", JSON_IS(JSON_OBJECT), false}, {"sectors", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field sector_fields[] = {
    {"sectors", JSON_IS(JSON_ARRAY), true},
    {"micro", JSON_IS(JSON_OBJECT), true},
    {"small", JSON_IS(JSON_OBJECT), true},
    {"medium", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field bounds_fields[] = {
    {"employees", JSON_IS(JSON_NUMBER), true},
    {"revenue_vnd", JSON_IS(JSON_NUMBER), true},
    {"capital_vnd", JSON_IS(JSON_NUMBER), true},
};

static void load_bounds(const struct json *json, struct size_bounds *bounds, struct faults *faults)
{
    if (!json_check_object(json, bounds_fields, ARRAY_SIZE(bounds_fields), faults))
        return;
    json_whole(json_get(json, "employees"), 1, 1000000, faults, &bounds->employees);
    json_whole(json_get(json, "revenue_vnd"), 1, FACT_MONEY_MAX, faults, &bounds->revenue_vnd);
    json_whole(json_get(json, "capital_vnd"), 1, FACT_MONEY_MAX, faults, &bounds->capital_vnd);
}

static void load_sector(const struct json *json, struct size_sector *sector, struct faults *faults)
{
    const struct json *list;

    if (!json_check_object(json, sector_fields, ARRAY_SIZE(sector_fields), faults))
        return;
    list = json_get(json, "sectors");
    for (size_t i = 0; i < list->count && i < SIZE_SECTORS_MAX; i++) {
        if (list->items[i].type == JSON_STRING)
            sector->sectors[sector->sector_count++] = list->items[i].text;
    }
    for (int i = 0; i < SIZE_NOT_SME; i++)
        load_bounds(json_get(json, codes[i]), &sector->bounds[i], faults);
}

static void load_version(struct arena *arena, const struct json *json, struct size_version *version,
                         struct faults *faults)
{
    const struct json *list;
    struct size_sector *sectors;

    if (!json_check_object(json, version_fields, ARRAY_SIZE(version_fields), faults))
        return;
    version->from = json_day(json_get(json, "from"), faults);
    version->to = json_day(json_get(json, "to"), faults);
    version->legal = json_text(json, "legal");
    list = json_get(json, "sectors");
    sectors = ARENA_ARRAY(arena, struct size_sector, list->count);
    for (size_t i = 0; i < list->count; i++)
        load_sector(&list->items[i], &sectors[i], faults);
    version->sectors = sectors;
    version->sector_count = list->count;
}

const struct size_rules *size_rules_load(struct arena *arena, const char *path,
                                         struct faults *faults)
{
    static const char *const kind = "size-classes";
    const struct json *root = json_load(arena, path, faults), *list;
    struct size_rules *rules = ARENA_NEW(arena, struct size_rules);
    struct size_version *versions;
    size_t errors = faults->errors;

    if (!root || !json_check_object(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    list = json_get(root, "versions");
    versions = ARENA_ARRAY(arena, struct size_version, list->count);
    for (size_t i = 0; i < list->count; i++)
        load_version(arena, &list->items[i], &versions[i], faults);
    rules->file = path;
    rules->versions = versions;
    rules->count = list->count;
    return faults->errors == errors ? rules : NULL;
}

/* ---- determining ---- */

static const struct size_version *version_on(const struct size_rules *rules, day on)
{
    for (size_t i = 0; i < rules->count; i++) {
        const struct size_version *version = &rules->versions[i];

        if (on >= version->from && (version->to == DAY_NONE || on <= version->to))
            return version;
    }
    return NULL;
}

static bool is_of_sector(const struct size_sector *sector, const char *id)
{
    for (size_t i = 0; i < sector->sector_count; i++) {
        if (strcmp(sector->sectors[i], id) == 0)
            return true;
    }
    return false;
}

/* Which criteria count besides the number of employees. */
enum criteria { BY_EITHER, BY_REVENUE, BY_CAPITAL };

/* The class of one sector for numbers that are all known. */
static enum size_class classify(const struct size_sector *sector, enum criteria criteria,
                                int64_t employees, int64_t revenue, int64_t capital)
{
    for (int i = 0; i < SIZE_NOT_SME; i++) {
        const struct size_bounds *b = &sector->bounds[i];
        bool by_revenue = criteria != BY_CAPITAL && revenue <= b->revenue_vnd;
        bool by_capital = criteria != BY_REVENUE && capital <= b->capital_vnd;

        if (employees <= b->employees && (by_revenue || by_capital))
            return (enum size_class)i;
    }
    return SIZE_NOT_SME;
}

/* A number, or if it is unknown one number of each interval between the bounds of a sector. */
struct samples {
    int64_t values[SIZE_NOT_SME + 1];
    size_t count;
};

static struct samples samples_of(int64_t known, int64_t micro, int64_t small, int64_t medium)
{
    if (known >= 0)
        return (struct samples){{known}, 1};
    return (struct samples){{micro, small, medium, medium + 1}, 4};
}

static size_set classes_of(const struct size_sector *sector, enum criteria criteria,
                           const struct size_facts *facts)
{
    const struct size_bounds *b = sector->bounds;
    struct samples e = samples_of(facts->employees, b[0].employees, b[1].employees, b[2].employees);
    struct samples r =
        samples_of(facts->revenue_vnd, b[0].revenue_vnd, b[1].revenue_vnd, b[2].revenue_vnd);
    struct samples c =
        samples_of(facts->capital_vnd, b[0].capital_vnd, b[1].capital_vnd, b[2].capital_vnd);
    size_set set = 0;

    for (size_t i = 0; i < e.count; i++) {
        for (size_t j = 0; j < r.count; j++) {
            for (size_t k = 0; k < c.count; k++)
                set |= 1u << classify(sector, criteria, e.values[i], r.values[j], c.values[k]);
        }
    }
    return set;
}

void size_determine(const struct size_rules *rules, const struct size_facts *facts, day on,
                    struct size_result *result)
{
    const struct size_version *version = version_on(rules, on);
    bool capital_only = facts->is_first_year || facts->revenue_vnd == 0;

    *result = (struct size_result){0};
    if (!version) {
        result->possible = result->by_revenue = result->by_capital = (1u << SIZE_CLASS__MAX) - 1;
        return;
    }
    result->legal = version->legal;
    for (size_t i = 0; i < version->sector_count; i++) {
        const struct size_sector *sector = &version->sectors[i];

        if (facts->sector && !is_of_sector(sector, facts->sector))
            continue;
        result->possible |= classes_of(sector, capital_only ? BY_CAPITAL : BY_EITHER, facts);
        result->by_capital |= classes_of(sector, BY_CAPITAL, facts);
        if (!capital_only)
            result->by_revenue |= classes_of(sector, BY_REVENUE, facts);
    }
}
