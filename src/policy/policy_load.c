#include "policy/policy.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "policy_parameters.h"
#include "policy_readings.h"

static const struct json_field file_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"id", JSON_IS(JSON_STRING), true},
    {"version", JSON_IS(JSON_STRING), true},
    {"name", JSON_IS(JSON_OBJECT), true},
    {"summary", JSON_IS(JSON_OBJECT), false},
    {"level", JSON_IS(JSON_STRING), false},
    {"funding", JSON_IS(JSON_ARRAY), false},
    {"valid", JSON_IS(JSON_OBJECT), true},
    {"legal", JSON_IS(JSON_OBJECT), true},
    {"certainty", JSON_IS(JSON_STRING), false},
    {"certainty_note", JSON_IS(JSON_OBJECT), false},
    {"read", JSON_IS(JSON_ARRAY), false},
    {"example", JSON_IS(JSON_BOOL), false},
    {"family", JSON_IS(JSON_STRING), false},
    {"open", JSON_IS(JSON_OBJECT), false},
    {"benefit", JSON_IS(JSON_STRING), false},
    {"parameters", JSON_IS(JSON_OBJECT), false},
    {"conditions", JSON_IS(JSON_ARRAY), true},
    {"amount", JSON_IS(JSON_OBJECT) | JSON_IS(JSON_NUMBER), false},
    {"plan", JSON_IS(JSON_STRING), false},
    {"cap_basis", JSON_IS(JSON_STRING), false},
    {"content", JSON_IS(JSON_STRING), false},
    {"excludes", JSON_IS(JSON_ARRAY), false},
    {"addresses", JSON_IS(JSON_ARRAY), false},
    {"documents", JSON_IS(JSON_ARRAY), false},
    {"apply_at", JSON_IS(JSON_OBJECT), false},
    {"answer_within_working_days", JSON_IS(JSON_NUMBER), false},
    {"tests", JSON_IS(JSON_ARRAY), false},
};

static const struct json_field open_fields[] = {
    {"state", JSON_IS(JSON_STRING), true},
    {"on", JSON_IS(JSON_STRING), true},
    {"source", JSON_IS(JSON_OBJECT), true},
};

static const struct json_field valid_fields[] = {
    {"from", JSON_IS(JSON_STRING), true},
    {"to", JSON_IS(JSON_STRING), false},
};

static const struct json_field legal_fields[] = {
    {"document", JSON_IS(JSON_STRING), true},
    {"article", JSON_IS(JSON_STRING), true},
    {"date", JSON_IS(JSON_STRING), false},
};

static const struct json_field condition_fields[] = {
    {"id", JSON_IS(JSON_STRING), true},
    {"legal", JSON_IS(JSON_STRING), false},
    {"if", JSON_IS(JSON_OBJECT), true},
    {"because", JSON_IS(JSON_OBJECT), false},
};

static const struct json_field test_fields[] = {
    {"facts", JSON_IS(JSON_OBJECT), true},
    {"verdict", JSON_IS(JSON_STRING), true},
    {"amount_vnd", JSON_IS(JSON_NUMBER) | JSON_IS(JSON_NULL), false},
    {"on", JSON_IS(JSON_STRING), false},
    {"note", JSON_IS(JSON_OBJECT), false},
};

struct loader {
    struct arena *arena;
    struct faults *faults;
    const struct facts *facts;
    const struct json *root;
    struct policy *policy;
};

/* The index of a code of one of the tables of policy_words.c; `fallback` where it is absent. */
static int find_code(struct loader *l, const struct json *value, const char *(*code)(int),
                     int count, int fallback)
{
    const char *codes[16];
    int at;

    for (int i = 0; i < count; i++)
        codes[i] = code(i);
    at = value ? json_one_of(value, codes, (size_t)count, l->faults) : fallback;
    return at < 0 ? fallback : at;
}

static int load_code(struct loader *l, const char *key, const char *(*code)(int), int count,
                     int fallback)
{
    return find_code(l, json_get(l->root, key), code, count, fallback);
}

static const char *openness_of(int i)
{
    return openness_code((enum openness)i);
}

static const char *level_of(int i)
{
    return policy_level_code((enum policy_level)i);
}

static const char *benefit_of(int i)
{
    return benefit_code((enum benefit)i);
}

static const char *basis_of(int i)
{
    return cap_basis_code((enum cap_basis)i);
}

static const char *certainty_of(int i)
{
    return certainty_code((enum certainty)i);
}

static unsigned load_funding(struct loader *l)
{
    const struct json *list = json_get(l->root, "funding");
    const char *codes[FUNDING__MAX];
    unsigned set = 0;

    for (int i = 0; i < FUNDING__MAX; i++)
        codes[i] = funding_code((enum funding)i);
    for (size_t i = 0; list && i < list->count; i++) {
        int at = json_one_of(&list->items[i], codes, FUNDING__MAX, l->faults);

        set |= at < 0 ? 0 : 1u << at;
    }
    return set;
}

static const char *const *load_texts(struct loader *l, const char *key, size_t *count)
{
    const struct json *list = json_get(l->root, key);
    const char **texts = ARENA_ARRAY(l->arena, const char *, list ? list->count : 0);

    *count = 0;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct json *item = &list->items[i];

        if (item->type == JSON_STRING && text_is_id(item->text, item->len))
            texts[(*count)++] = item->text;
        else
            faults_add(l->faults, json_place(item, l->faults), "cần một id trong dấu ngoặc kép",
                       "an id in quotation marks is needed");
    }
    return texts;
}

static void load_excludes(struct loader *l)
{
    struct policy *policy = l->policy;

    policy->excludes = load_texts(l, "excludes", &policy->exclude_count);
    for (size_t i = 0; policy->id && i < policy->exclude_count; i++) {
        if (strcmp(policy->excludes[i], policy->id) == 0)
            faults_add(l->faults, json_place(json_get(l->root, "excludes"), l->faults),
                       "'excludes': chính sách không thể loại trừ chính nó ('%s')",
                       "'excludes': the policy cannot exclude itself ('%s')", policy->id);
    }
}

static void load_documents(struct loader *l)
{
    const struct json *list = json_get(l->root, "documents");
    struct words *documents = ARENA_ARRAY(l->arena, struct words, list ? list->count : 0);

    for (size_t i = 0; list && i < list->count; i++)
        documents[i] = json_words(&list->items[i], l->faults);
    l->policy->documents = documents;
    l->policy->document_count = list ? list->count : 0;
}

static void load_legal(struct loader *l)
{
    const struct json *valid = json_get(l->root, "valid"), *legal = json_get(l->root, "legal");
    struct policy *policy = l->policy;

    policy->from = policy->to = policy->document_date = DAY_NONE;
    if (valid && json_check_object(valid, valid_fields, ARRAY_SIZE(valid_fields), l->faults)) {
        policy->from = json_day(json_get(valid, "from"), l->faults);
        policy->to = json_day(json_get(valid, "to"), l->faults);
        if (policy->to != DAY_NONE && policy->to < policy->from)
            faults_add(l->faults, json_place(valid, l->faults), "'to' đứng trước 'from'",
                       "'to' is before 'from'");
    }
    if (legal && json_check_object(legal, legal_fields, ARRAY_SIZE(legal_fields), l->faults)) {
        policy->document = json_text(legal, "document");
        policy->article = json_text(legal, "article");
        policy->document_date = json_day(json_get(legal, "date"), l->faults);
    }
}

/* Without the key nobody looked. */
static void load_open(struct loader *l)
{
    const struct json *open = json_get(l->root, "open");
    struct policy *policy = l->policy;

    policy->open_on = DAY_NONE;
    if (!open || !json_check_object(open, open_fields, ARRAY_SIZE(open_fields), l->faults))
        return;
    policy->open = (enum openness)find_code(l, json_get(open, "state"), openness_of, OPENNESS__MAX,
                                            OPEN_UNKNOWN);
    policy->open_on = json_day(json_get(open, "on"), l->faults);
    policy->open_source = json_words(json_get(open, "source"), l->faults);
}

static void load_head(struct loader *l)
{
    static const char *const kind = "policy";
    const struct json *id = json_get(l->root, "id"), *days;
    struct policy *policy = l->policy;
    int64_t answer_days = 0;

    json_one_of(json_get(l->root, "kind"), &kind, 1, l->faults);
    policy->id = id ? id->text : NULL;
    if (id && !text_is_id(id->text, id->len))
        faults_add(l->faults, json_place(id, l->faults),
                   "id '%s' chỉ được gồm chữ không dấu, số và . _ -",
                   "the id '%s' may only have plain letters, digits and . _ -", id->text);
    policy->version = json_text(l->root, "version");
    policy->name = json_words(json_get(l->root, "name"), l->faults);
    policy->summary = json_words(json_get(l->root, "summary"), l->faults);
    policy->level =
        (enum policy_level)load_code(l, "level", level_of, POLICY_LEVEL__MAX, LEVEL_NATIONAL);
    policy->benefit =
        (enum benefit)load_code(l, "benefit", benefit_of, BENEFIT__MAX, BENEFIT_GRANT);
    policy->cap_basis =
        (enum cap_basis)load_code(l, "cap_basis", basis_of, CAP_BASIS__MAX, CAP_NONE);
    policy->certainty =
        (enum certainty)load_code(l, "certainty", certainty_of, CERTAINTY__MAX, CERTAINTY_RECALLED);
    policy->certainty_note = json_words(json_get(l->root, "certainty_note"), l->faults);
    policy->is_example = json_get(l->root, "example") && json_get(l->root, "example")->truth;
    policy->family = json_text(l->root, "family");
    load_open(l);
    policy->funding = load_funding(l);
    policy->apply_at = json_words(json_get(l->root, "apply_at"), l->faults);
    policy->content = json_text(l->root, "content");
    load_excludes(l);
    policy->addresses = load_texts(l, "addresses", &policy->address_count);
    load_documents(l);
    load_legal(l);
    policy_readings_load(l->arena, l->root, policy, l->faults);
    days = json_get(l->root, "answer_within_working_days");
    if (days && json_whole(days, 1, 365, l->faults, &answer_days))
        policy->answer_days = (int)answer_days;
}

/* ---- what rules see ---- */

/* Rules of a policy may name facts and its own parameters. */
static void build_schema(struct loader *l)
{
    struct policy *policy = l->policy;
    size_t count = l->facts->count + policy->parameter_count;
    struct rule_fact *all = ARENA_ARRAY(l->arena, struct rule_fact, count);

    memcpy(all, l->facts->schema.facts, l->facts->count * sizeof(*all));
    for (size_t i = 0; i < policy->parameter_count; i++)
        all[l->facts->count + i] = (struct rule_fact){.name = policy->parameters[i].name,
                                                      .type = policy->parameters[i].type};
    policy->fact_count = l->facts->count;
    rule_schema_init(&policy->schema, l->arena, all, count);
}

/* ---- conditions, amount, tests ---- */

static void note_uses(const struct policy *policy, const struct rule_node *rule, bool *uses)
{
    if (rule->op == OP_FACT && rule->fact < policy->fact_count)
        uses[rule->fact] = true;
    else if (rule->op == OP_FACT &&
             policy->parameters[rule->fact - policy->fact_count].by_fact != MAP_NONE)
        uses[policy->parameters[rule->fact - policy->fact_count].by_fact] = true;
    for (size_t i = 0; i < rule->count; i++)
        note_uses(policy, &rule->args[i], uses);
}

static void load_conditions(struct loader *l)
{
    const struct json *list = json_get(l->root, "conditions");
    struct condition *conditions;

    if (!list)
        return;
    if (!list->count || list->count > CONDITIONS_MAX) {
        faults_add(l->faults, json_place(list, l->faults), "cần từ 1 đến %d điều kiện",
                   "1 to %d conditions are needed", CONDITIONS_MAX);
        return;
    }
    conditions = ARENA_ARRAY(l->arena, struct condition, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i];

        if (!json_check_object(json, condition_fields, ARRAY_SIZE(condition_fields), l->faults))
            continue;
        conditions[i].id = json_text(json, "id");
        conditions[i].legal = json_text(json, "legal");
        conditions[i].because = json_words(json_get(json, "because"), l->faults);
        conditions[i].rule =
            rule_compile(l->arena, json_get(json, "if"), &l->policy->schema, l->faults);
        for (size_t j = 0; j < i; j++) {
            if (conditions[j].id && strcmp(conditions[i].id, conditions[j].id) == 0)
                faults_add(l->faults, json_place(json, l->faults),
                           "điều kiện '%s' xuất hiện hai lần", "the condition '%s' stands twice",
                           conditions[i].id);
        }
    }
    l->policy->conditions = conditions;
    l->policy->condition_count = list->count;
}

static void load_amount(struct loader *l)
{
    const struct json *amount = json_get(l->root, "amount"), *plan = json_get(l->root, "plan");
    struct policy *policy = l->policy;

    policy->plan_fact = MAP_NONE;
    if (amount) {
        policy->amount = rule_compile(l->arena, amount, &policy->schema, l->faults);
        if (policy->amount && policy->amount->type != TYPE_NUMBER &&
            policy->amount->type != TYPE_ANY)
            faults_add(l->faults, json_place(amount, l->faults), "'amount' phải cho ra một số",
                       "'amount' must give a number");
    }
    if (!plan)
        return;
    policy->plan_fact = facts_find(l->facts, plan->text);
    if (policy->plan_fact == MAP_NONE || l->facts->items[policy->plan_fact].kind != FACT_MONEY)
        faults_add(l->faults, json_place(plan, l->faults), "'plan' cần một dữ kiện loại 'money'",
                   "'plan' needs a fact of type 'money'");
}

static void load_test(struct loader *l, const struct json *json, struct policy_test *test)
{
    const char *codes[VERDICT__MAX];
    const struct json *amount;
    int verdict;

    if (!json_check_object(json, test_fields, ARRAY_SIZE(test_fields), l->faults))
        return;
    for (int i = 0; i < VERDICT__MAX; i++)
        codes[i] = verdict_code((enum verdict)i);
    verdict = json_one_of(json_get(json, "verdict"), codes, VERDICT__MAX, l->faults);
    test->json = json;
    test->facts = json_get(json, "facts");
    test->verdict = verdict < 0 ? VERDICT_UNKNOWN : (enum verdict)verdict;
    test->on = json_get(json, "on") ? json_day(json_get(json, "on"), l->faults) : l->policy->from;
    test->note = json_words(json_get(json, "note"), l->faults);
    amount = json_get(json, "amount_vnd");
    test->names_amount = amount != NULL;
    test->has_amount = amount && amount->type == JSON_NUMBER;
    if (test->has_amount)
        json_whole(amount, 0, FACT_MONEY_MAX, l->faults, &test->amount_vnd);
}

static void load_tests(struct loader *l)
{
    const struct json *list = json_get(l->root, "tests");
    struct policy_test *tests = ARENA_ARRAY(l->arena, struct policy_test, list ? list->count : 0);

    for (size_t i = 0; list && i < list->count; i++)
        load_test(l, &list->items[i], &tests[i]);
    l->policy->tests = tests;
    l->policy->test_count = list ? list->count : 0;
}

static void find_uses(struct loader *l)
{
    struct policy *policy = l->policy;
    bool *uses = ARENA_ARRAY(l->arena, bool, policy->fact_count);

    for (size_t i = 0; i < policy->condition_count; i++)
        note_uses(policy, policy->conditions[i].rule, uses);
    if (policy->amount)
        note_uses(policy, policy->amount, uses);
    policy->uses = uses;
}

const struct policy *policy_read(struct arena *arena, const struct json *root,
                                 const struct facts *facts, struct faults *faults)
{
    struct policy *policy = ARENA_NEW(arena, struct policy);
    struct loader l = {arena, faults, facts, root, policy};
    size_t errors = faults->errors;

    if (!json_check_members(root, file_fields, ARRAY_SIZE(file_fields), faults))
        return NULL;
    policy->file = root->file;
    policy->json = root;
    load_head(&l);
    policy_parameters_load(arena, root, facts, policy, faults);
    build_schema(&l);
    load_conditions(&l);
    load_amount(&l);
    load_tests(&l);
    if (faults->errors != errors)
        return NULL;
    find_uses(&l);
    return policy;
}
