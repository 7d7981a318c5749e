/* Packages of work: the file as a whole, and what holds between its packages. */
#include "packages_load.h"

#include <string.h>

#include "base/array.h"

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},  {"questionnaire", JSON_IS(JSON_STRING), true},
    {"note", JSON_IS(JSON_OBJECT), false}, {"plan", JSON_IS(JSON_OBJECT), true},
    {"ask", JSON_IS(JSON_ARRAY), false},   {"packages", JSON_IS(JSON_ARRAY), true},
};

static const struct json_field plan_fields[] = {
    {"margin_points", JSON_NUMERIC, true},
    {"at_least", JSON_IS(JSON_NUMBER), true},
    {"fill_min_points", JSON_NUMERIC, true},
    {"capacity_weeks_per_year", JSON_IS(JSON_OBJECT), true},
    {"capacity_weeks_per_month", JSON_IS(JSON_OBJECT), true},
    {"at_once", JSON_IS(JSON_OBJECT), true},
    {"beginners", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field beginners_fields[] = {
    {"up_to_level", JSON_IS(JSON_NUMBER), true},
    {"at_least", JSON_IS(JSON_NUMBER), true},
    {"packages", JSON_IS(JSON_ARRAY), true},
};

const char *packages_questionnaire(const struct json *root)
{
    return json_text(root, "questionnaire");
}

/* ---- how a plan is made ---- */

static struct ratio load_points(struct package_loader *l, const struct json *plan, const char *key)
{
    struct ratio points = load_ratio(plan, key, ratio_of(0), l->faults);

    if (ratio_cmp(points, ratio_of(0)) < 0)
        faults_add(l->faults, json_place(json_get(plan, key), l->faults), "'%s' phải từ 0 trở lên",
                   "'%s' must be 0 or more", key);
    return points;
}

static void load_at_once(struct package_loader *l, const struct json *bands)
{
    int64_t count = 1;

    for (int i = 0; i < HEADCOUNT__MAX; i++) {
        json_whole(json_get(bands, headcount_codes[i]), 1, PACKAGES_MAX, l->faults, &count);
        l->out->at_once[i] = (int)count;
    }
}

static void load_plan(struct package_loader *l, const struct json *plan)
{
    int64_t at_least = 0;

    if (!plan || !json_check_members(plan, plan_fields, ARRAY_SIZE(plan_fields), l->faults))
        return;
    l->out->margin = load_points(l, plan, "margin_points");
    l->out->fill_min_points = load_points(l, plan, "fill_min_points");
    json_whole(json_get(plan, "at_least"), 0, PACKAGES_MAX, l->faults, &at_least);
    l->out->at_least = (size_t)at_least;
    package_load_weeks(l, json_get(plan, "capacity_weeks_per_year"), l->out->year);
    package_load_weeks(l, json_get(plan, "capacity_weeks_per_month"), l->out->month);
    if (package_check_bands(l, json_get(plan, "at_once")))
        load_at_once(l, json_get(plan, "at_once"));
}

/* ---- facts that the packages hang on ---- */

static const struct json_field ask_fields[] = {
    {"fact", JSON_IS(JSON_STRING), true},
    {"if", JSON_IS(JSON_OBJECT), false},
};

static bool load_ask(struct package_loader *l, const struct json *json, struct package_fact *ask)
{
    const char *name;

    if (!json_check_object(json, ask_fields, ARRAY_SIZE(ask_fields), l->faults))
        return false;
    name = json_text(json, "fact");
    ask->fact = l->q->fact_schema ? rule_schema_find(l->q->fact_schema, name) : MAP_NONE;
    if (ask->fact == MAP_NONE)
        faults_add(l->faults, json_place(json_get(json, "fact"), l->faults),
                   "không có dữ kiện '%s' trong facts.json", "there is no fact '%s' in facts.json",
                   name);
    if (json_get(json, "if"))
        ask->when = rule_compile(l->arena, json_get(json, "if"), &l->q->schema, l->faults);
    return ask->fact != MAP_NONE;
}

static void load_asks(struct package_loader *l, const struct json *list)
{
    struct package_fact *asks;

    if (!list || !load_length(list, PACKAGE_LIST_MAX, l->faults))
        return;
    asks = ARENA_ARRAY(l->arena, struct package_fact, list->count);
    for (size_t i = 0; i < list->count; i++)
        l->out->ask_count += load_ask(l, &list->items[i], &asks[l->out->ask_count]);
    l->out->asks = asks;
}

/* ---- between packages ---- */

static void load_beginners(struct package_loader *l, const struct json *beginners)
{
    const struct json *list;
    int64_t at_least = 0;

    if (!beginners ||
        !json_check_members(beginners, beginners_fields, ARRAY_SIZE(beginners_fields), l->faults))
        return;
    l->out->beginners_level = load_level_number(json_get(beginners, "up_to_level"), 0, l->faults);
    json_whole(json_get(beginners, "at_least"), 1, PACKAGES_MAX, l->faults, &at_least);
    l->out->beginners_at_least = (size_t)at_least;
    list = json_get(beginners, "packages");
    for (size_t i = 0; list && i < list->count; i++) {
        size_t at = package_find(l, &list->items[i]);

        if (at != MAP_NONE)
            l->out->beginners |= UINT64_C(1) << at;
    }
}

/* True if the package can bring the answer to what is asked (or above). */
static bool brings(const struct packages *packages, const struct package *package,
                   const struct package_answer *asked)
{
    const struct option *options = packages->q->questions[asked->question].options;

    for (size_t i = 0; i < package->question_count; i++) {
        const struct package_question *raised = &package->questions[i];

        if (raised->question != asked->question || raised->row != asked->row)
            continue;
        for (size_t k = 0; k < raised->tick_count; k++) {
            if (raised->ticks[k] == asked->option)
                return true;
        }
        if (!raised->tick_count &&
            ratio_cmp(options[raised->option].points, options[asked->option].points) >= 0)
            return true;
    }
    return false;
}

static bool may_wait_for(const struct packages *packages, size_t waiting, size_t other)
{
    const struct package *package = &packages->items[waiting];

    for (size_t i = 0; waiting != other && i < package->require_count; i++) {
        if (brings(packages, &packages->items[other], &package->requires[i]))
            return true;
    }
    return false;
}

/* Takes away, again and again, what waits for nothing that is left: a circle is what stays. */
static void check_circles(struct package_loader *l)
{
    const struct packages *packages = l->out;
    bool is_left[PACKAGES_MAX], has_changed = true;

    for (size_t i = 0; i < packages->count; i++)
        is_left[i] = true;
    while (has_changed) {
        has_changed = false;
        for (size_t i = 0; i < packages->count; i++) {
            bool waits = false;

            for (size_t j = 0; is_left[i] && j < packages->count && !waits; j++)
                waits = is_left[j] && may_wait_for(packages, i, j);
            has_changed |= is_left[i] && !waits;
            is_left[i] = is_left[i] && waits;
        }
    }
    for (size_t i = 0; i < packages->count; i++) {
        if (is_left[i])
            faults_add(
                l->faults, json_place(json_get(packages->items[i].json, "requires"), l->faults),
                "gói '%s' phải chờ chính nó, qua các gói khác: hãy bỏ một điều kiện 'requires'",
                "the package '%s' waits for itself over others: please drop a 'requires'",
                packages->items[i].id);
    }
}

static void check_unique(struct package_loader *l)
{
    for (size_t i = 0; i < l->out->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(l->items[i].id, l->items[j].id) == 0)
                faults_add(l->faults, json_place(l->items[i].json, l->faults),
                           "gói '%s' khai báo hai lần", "the package '%s' stands twice",
                           l->items[i].id);
        }
    }
}

static void load_list(struct package_loader *l, const struct json *list)
{
    if (!list || !load_length(list, PACKAGES_MAX, l->faults))
        return;
    l->items = ARENA_ARRAY(l->arena, struct package, list->count);
    l->out->items = l->items;
    l->out->count = list->count;
    for (size_t i = 0; i < list->count; i++)
        package_load(l, &list->items[i], &l->items[i]);
    check_unique(l);
    for (size_t i = 0; i < list->count; i++)
        package_load_base(l, &l->items[i]);
    load_beginners(l, json_get(json_get(list->parent, "plan"), "beginners"));
}

const struct packages *packages_read(struct arena *arena, const struct json *root,
                                     const struct questionnaire *q, struct faults *faults)
{
    static const char *const kind = "packages";
    struct packages *out = ARENA_NEW(arena, struct packages);
    struct package_loader l = {.arena = arena, .faults = faults, .q = q, .out = out};
    size_t errors = faults->errors;
    const char *ref = packages_questionnaire(root);

    if (!json_check_members(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    out->file = root->file;
    out->q = q;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    if (ref && strcmp(ref, q->ref) != 0)
        faults_add(faults, json_place(json_get(root, "questionnaire"), faults),
                   "các gói này là của '%s', không phải của '%s'",
                   "these packages are for '%s', not for '%s'", ref, q->ref);
    json_words(json_get(root, "note"), faults);
    load_plan(&l, json_get(root, "plan"));
    load_asks(&l, json_get(root, "ask"));
    load_list(&l, json_get(root, "packages"));
    if (faults->errors == errors)
        check_circles(&l);
    return faults->errors == errors ? out : NULL;
}
