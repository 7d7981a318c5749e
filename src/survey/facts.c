#include "survey/facts.h"

#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/text.h"

static const char *const kind_names[FACT_KIND__MAX] = {
    [FACT_TEXT] = "text",       [FACT_CHOICE] = "choice",     [FACT_INTEGER] = "integer",
    [FACT_PERCENT] = "percent", [FACT_MONEY] = "money",       [FACT_YESNO] = "yesno",
    [FACT_DATE] = "date",       [FACT_TAX_CODE] = "tax-code", [FACT_AREA] = "area",
    [FACT_SECTION] = "section",
};

static const enum rule_type rule_types[FACT_KIND__MAX] = {
    [FACT_TEXT] = TYPE_TEXT,      [FACT_CHOICE] = TYPE_TEXT,   [FACT_INTEGER] = TYPE_NUMBER,
    [FACT_PERCENT] = TYPE_NUMBER, [FACT_MONEY] = TYPE_NUMBER,  [FACT_YESNO] = TYPE_BOOL,
    [FACT_DATE] = TYPE_DATE,      [FACT_TAX_CODE] = TYPE_TEXT, [FACT_AREA] = TYPE_TEXT,
    [FACT_SECTION] = TYPE_TEXT,
};

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"title", JSON_IS(JSON_OBJECT), false},
    {"facts", JSON_IS(JSON_ARRAY), true},
    {"checks", JSON_IS(JSON_ARRAY), false},
};

static const struct json_field fact_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},      {"type", JSON_IS(JSON_STRING), true},
    {"label", JSON_IS(JSON_OBJECT), true},   {"ask", JSON_IS(JSON_OBJECT), false},
    {"help", JSON_IS(JSON_OBJECT), false},   {"unit", JSON_IS(JSON_OBJECT), false},
    {"choices", JSON_IS(JSON_ARRAY), false}, {"min", JSON_IS(JSON_NUMBER), false},
    {"max", JSON_IS(JSON_NUMBER), false},    {"derived", JSON_IS(JSON_BOOL), false},
    {"personal", JSON_IS(JSON_BOOL), false}, {"rule", JSON_IS(JSON_OBJECT), false},
    {"group", JSON_IS(JSON_STRING), false},  {"legal", JSON_IS(JSON_STRING), false},
    {"page", JSON_IS(JSON_NUMBER), false},   {"changeable", JSON_IS(JSON_BOOL), false},
    {"also", JSON_IS(JSON_ARRAY), false},
};

static const struct json_field choice_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"text", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field check_fields[] = {
    {"fact", JSON_IS(JSON_STRING), true},
    {"if", JSON_IS(JSON_OBJECT), true},
    {"message", JSON_IS(JSON_OBJECT), true},
};

static bool is_true(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return value && value->truth;
}

static void load_choices(struct arena *arena, const struct json *list, struct fact *fact,
                         struct faults *faults)
{
    struct choice *choices = ARENA_ARRAY(arena, struct choice, list->count);

    for (size_t i = 0; i < list->count; i++) {
        choices[i].id = "";
        if (!json_check_object(&list->items[i], choice_fields, ARRAY_SIZE(choice_fields), faults))
            continue;
        choices[i].id = json_text(&list->items[i], "id");
        choices[i].text = json_words(json_get(&list->items[i], "text"), faults);
    }
    fact->choices = choices;
    fact->choice_count = list->count;
}

static void load_range(const struct json *json, struct fact *fact, struct faults *faults)
{
    const struct json *min = json_get(json, "min"), *max = json_get(json, "max");

    fact->min = 0;
    fact->max = fact->kind == FACT_PERCENT ? 100 : FACT_MONEY_MAX;
    if (min)
        json_whole(min, -FACT_MONEY_MAX, FACT_MONEY_MAX, faults, &fact->min);
    if (max)
        json_whole(max, fact->min, FACT_MONEY_MAX, faults, &fact->max);
}

static void load_page(const struct json *json, struct fact *fact, struct faults *faults)
{
    int64_t page = 0;

    if (!json_get(json, "page"))
        return;
    json_whole(json_get(json, "page"), 1, FACT_PAGES_MAX, faults, &page);
    fact->page = (int)page;
    if (fact->is_derived)
        faults_add(faults, json_place(json, faults),
                   "dữ kiện suy ra '%s' không được hỏi: hãy bỏ khóa 'page'",
                   "the derived fact '%s' is not asked for: please remove the key 'page'",
                   fact->id);
}

/* Other headings of tables that mean it. */
static void load_also(struct arena *arena, const struct json *list, struct fact *fact,
                      struct faults *faults)
{
    const char **also = ARENA_ARRAY(arena, const char *, list->count);

    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type == JSON_STRING)
            also[fact->also_count++] = list->items[i].text;
        else
            faults_add(faults, json_place(&list->items[i], faults), "cần một văn bản",
                       "a text is needed");
    }
    fact->also = also;
}

static void load_fact(struct arena *arena, const struct json *json, struct fact *fact,
                      struct faults *faults)
{
    int kind;

    if (!json_check_object(json, fact_fields, ARRAY_SIZE(fact_fields), faults))
        return;
    kind = json_one_of(json_get(json, "type"), kind_names, FACT_KIND__MAX, faults);
    if (kind < 0)
        return;
    fact->id = json_text(json, "id");
    fact->kind = (enum fact_kind)kind;
    fact->label = json_words(json_get(json, "label"), faults);
    fact->ask = json_words(json_get(json, "ask"), faults);
    fact->help = json_words(json_get(json, "help"), faults);
    fact->unit = json_words(json_get(json, "unit"), faults);
    fact->is_plan = strncmp(fact->id, "plans.", 6) == 0;
    fact->is_derived = is_true(json, "derived");
    fact->is_personal = is_true(json, "personal");
    fact->is_changeable = is_true(json, "changeable");
    fact->group = json_text(json, "group");
    fact->legal = json_text(json, "legal");
    load_range(json, fact, faults);
    load_page(json, fact, faults);
    if (json_get(json, "also"))
        load_also(arena, json_get(json, "also"), fact, faults);
    if (json_get(json, "choices"))
        load_choices(arena, json_get(json, "choices"), fact, faults);
    else if (fact->kind == FACT_CHOICE)
        faults_add(faults, json_place(json, faults), "loại 'choice' cần khóa 'choices'",
                   "the type 'choice' needs the key 'choices'");
    if (!text_is_id(fact->id, strlen(fact->id)))
        faults_add(faults, json_place(json, faults),
                   "id '%s' chỉ được gồm chữ không dấu, số và . _ -",
                   "the id '%s' may only have plain letters, digits and . _ -", fact->id);
}

/* What rules may say about the facts. */
static void build_schema(struct arena *arena, struct facts *facts)
{
    struct rule_fact *declared = ARENA_ARRAY(arena, struct rule_fact, facts->count);

    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];
        const char **values = ARENA_ARRAY(arena, const char *, fact->choice_count);

        for (size_t j = 0; j < fact->choice_count; j++)
            values[j] = fact->choices[j].id;
        declared[i] = (struct rule_fact){.name = fact->id,
                                         .type = rule_types[fact->kind],
                                         .values = values,
                                         .value_count = fact->choice_count};
    }
    rule_schema_init(&facts->schema, arena, declared, facts->count);
}

static void load_checks(struct arena *arena, const struct json *list, struct facts *facts,
                        struct faults *faults)
{
    struct fact_check *checks;

    if (!list)
        return;
    checks = ARENA_ARRAY(arena, struct fact_check, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i];

        if (!json_check_object(json, check_fields, ARRAY_SIZE(check_fields), faults))
            continue;
        checks[i].fact = json_text(json, "fact");
        checks[i].rule = rule_compile(arena, json_get(json, "if"), &facts->schema, faults);
        checks[i].message = json_words(json_get(json, "message"), faults);
    }
    facts->checks = checks;
    facts->check_count = list->count;
}

static void load_list(struct arena *arena, const struct json *list, struct facts *facts,
                      struct faults *faults)
{
    struct fact *items = ARENA_ARRAY(arena, struct fact, list->count);

    for (size_t i = 0; i < list->count; i++)
        load_fact(arena, &list->items[i], &items[i], faults);
    facts->items = items;
    facts->count = list->count;
    for (size_t i = 0; i < list->count; i++) {
        if (!items[i].id)
            return;
        for (size_t j = 0; j < i; j++) {
            if (strcmp(items[i].id, items[j].id) == 0)
                faults_add(faults, json_place(&list->items[i], faults),
                           "dữ kiện '%s' khai báo hai lần", "the fact '%s' is declared twice",
                           items[i].id);
        }
    }
    build_schema(arena, facts);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *rule = json_get(&list->items[i], "rule");

        if (rule)
            items[i].rule = rule_compile(arena, rule, &facts->schema, faults);
    }
}

const struct facts *facts_load(struct arena *arena, const char *folder, struct faults *faults)
{
    static const char *const kind = "facts";
    size_t errors = faults->errors;
    struct facts *facts = ARENA_NEW(arena, struct facts);
    const struct json *root = json_load(arena, file_join(arena, folder, "facts.json"), faults);

    facts->areas = terms_load(arena, file_join(arena, folder, "areas.json"), "areas", faults);
    facts->sections =
        terms_load(arena, file_join(arena, folder, "sections.json"), "sections", faults);
    if (!root || !json_check_object(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    if (json_get(root, "facts")->count > FACTS_MAX) {
        faults_add(faults, json_place(root, faults), "quá %d dữ kiện", "more than %d facts",
                   FACTS_MAX);
        return NULL;
    }
    load_list(arena, json_get(root, "facts"), facts, faults);
    if (faults->errors == errors)
        load_checks(arena, json_get(root, "checks"), facts, faults);
    return faults->errors == errors ? facts : NULL;
}

size_t facts_find(const struct facts *facts, const char *id)
{
    return rule_schema_find(&facts->schema, id);
}

bool facts_check(const struct facts *facts, const struct value *values, struct place place,
                 struct arena *arena, struct faults *faults)
{
    struct rule_data data = {.schema = &facts->schema, .facts = values};
    bool is_fine = true;

    for (size_t i = 0; i < facts->check_count; i++) {
        const struct fact_check *check = &facts->checks[i];
        struct rule_result result;

        rule_eval(check->rule, &data, arena, &result);
        if (result.truth != TRUTH_FALSE)
            continue;
        is_fine = false;
        faults_add(faults, place, "%1$s: %2$s%3$.0s", "%1$s: %3$s%2$.0s", check->fact,
                   check->message.in[LANG_VI], check->message.in[LANG_EN]);
    }
    return is_fine;
}

void facts_derive(const struct facts *facts, struct value *values, struct arena *arena)
{
    struct rule_data data = {.schema = &facts->schema, .facts = values};

    for (size_t i = 0; i < facts->count; i++) {
        struct rule_result result;

        if (!facts->items[i].rule || values[i].kind != VALUE_UNKNOWN)
            continue;
        rule_eval(facts->items[i].rule, &data, arena, &result);
        values[i] = result.value;
    }
}
