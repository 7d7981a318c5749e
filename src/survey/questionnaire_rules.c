/* Rules over the answers: which questions are shown, which answers contradict each other. */
#include "questionnaire_parts.h"

#include <string.h>

#include "base/array.h"

static const struct json_field contradiction_fields[] = {
    {"if", JSON_IS(JSON_OBJECT), true},
    {"text", JSON_IS(JSON_OBJECT), true},
};

static const enum rule_type answer_types[QUESTION_TYPE__MAX] = {
    [QUESTION_SINGLE] = TYPE_TEXT,   [QUESTION_MULTIPLE] = TYPE_LIST, [QUESTION_SCALE] = TYPE_TEXT,
    [QUESTION_NUMBER] = TYPE_NUMBER, [QUESTION_YESNO] = TYPE_TEXT,    [QUESTION_TEXT] = TYPE_TEXT,
    [QUESTION_DATE] = TYPE_DATE,     [QUESTION_FILE] = TYPE_TEXT,
};

static size_t rule_slots(const struct question *question)
{
    return question->type == QUESTION_SCALE ? question->row_count : 1;
}

/* A question with faults may be of another type than it seems: nothing is said of its answers. */
static bool question_is_readable(const struct question *question)
{
    bool has_options = question->type <= QUESTION_SCALE || question->type == QUESTION_YESNO;

    return question->option_count || !has_options;
}

static void declare_answer(struct arena *arena, const struct question *question,
                           struct rule_fact *facts)
{
    const char **values = ARENA_ARRAY(arena, const char *, question->option_count);
    bool is_list = question->type == QUESTION_MULTIPLE;

    for (size_t i = 0; i < question->option_count; i++)
        values[i] = question->options[i].id;
    for (size_t i = 0; i < rule_slots(question); i++)
        facts[i] = (struct rule_fact){
            .name = question->type == QUESTION_SCALE
                        ? arena_printf(arena, "answers.%s.%s", question->id, question->rows[i].id)
                        : arena_printf(arena, "answers.%s", question->id),
            .type = question_is_readable(question) ? answer_types[question->type] : TYPE_ANY,
            .values = values,
            .value_count = is_list ? 0 : question->option_count};
}

static void build_schema(struct loader *l, const struct rule_schema *facts)
{
    struct questionnaire *q = l->q;
    size_t count = 0, at = 0;
    struct rule_fact *all;

    for (size_t i = 0; i < q->question_count; i++)
        count += rule_slots(&q->questions[i]);
    all = ARENA_ARRAY(l->base.arena, struct rule_fact, count + (facts ? facts->count : 0));
    for (size_t i = 0; i < q->question_count; i++) {
        declare_answer(l->base.arena, &q->questions[i], &all[at]);
        at += rule_slots(&q->questions[i]);
    }
    q->fact_offset = count;
    q->fact_schema = facts;
    if (facts && facts->count)
        memcpy(all + count, facts->facts, facts->count * sizeof(*all));
    rule_schema_init(&q->schema, l->base.arena, all, count + (facts ? facts->count : 0));
}

/* show_if may only look back, so that one pass in order decides what is shown. */
static void check_looks_back(struct loader *l, const struct rule_node *rule, size_t limit)
{
    if (rule->op == OP_FACT && rule->fact >= limit && rule->fact < l->q->fact_offset)
        faults_add(l->base.faults, json_place(rule->json, l->base.faults),
                   "'%s': 'show_if' chỉ được dựa vào câu hỏi đứng trước",
                   "'%s': 'show_if' may only look at questions that stand before", rule->name);
    for (size_t i = 0; i < rule->count; i++)
        check_looks_back(l, &rule->args[i], limit);
}

static void compile_rules(struct loader *l)
{
    size_t slot = 0;

    for (size_t i = 0; i < l->q->question_count; i++) {
        struct question *question = &l->questions[i];
        const struct json *rule = json_get(question->json, "show_if");

        if (rule) {
            l->q->has_conditions = true;
            question->show_if = rule_compile(l->base.arena, rule, &l->q->schema, l->base.faults);
            if (question->show_if)
                check_looks_back(l, question->show_if, slot);
        }
        slot += rule_slots(question);
    }
}

/* Rules over facts alone: nothing was answered yet when they are read. */
static void compile_prefills(struct loader *l, struct question *question,
                             const struct rule_schema *facts)
{
    const struct json *list = json_get(question->json, "prefill");
    struct prefill *prefills =
        ARENA_ARRAY(l->base.arena, struct prefill, question->prefill_count + 1);

    for (size_t i = 0; i < question->prefill_count; i++) {
        const struct json *rule = json_get(&list->items[i], "if");

        prefills[i] = question->prefills[i];
        if (rule)
            prefills[i].rule = rule_compile(l->base.arena, rule, facts, l->base.faults);
    }
    question->prefills = prefills;
}

static void compile_fact_rules(struct loader *l, const struct json *root,
                               const struct rule_schema *facts)
{
    const struct json *rates_if = json_get(root, "rates_if");

    for (size_t i = 0; i < l->q->question_count; i++) {
        if (l->questions[i].prefill_count)
            compile_prefills(l, &l->questions[i], facts);
    }
    if (rates_if)
        l->q->rates_if = rule_compile(l->base.arena, rates_if, facts, l->base.faults);
}

static void load_contradictions(struct loader *l, const struct json *list)
{
    struct contradiction *items;

    if (!list)
        return;
    items = ARENA_ARRAY(l->base.arena, struct contradiction, list->count);
    for (size_t i = 0; i < list->count; i++) {
        const struct json *json = &list->items[i], *rule;

        if (!json_check_members(json, contradiction_fields, ARRAY_SIZE(contradiction_fields),
                                l->base.faults))
            continue;
        rule = json_get(json, "if");
        if (rule)
            items[i].rule = rule_compile(l->base.arena, rule, &l->q->schema, l->base.faults);
        items[i].text = json_words(json_get(json, "text"), l->base.faults);
    }
    l->q->contradictions = items;
    l->q->contradiction_count = list->count;
}

void load_rules(struct loader *l, const struct json *root, const struct rule_schema *facts)
{
    struct rule_schema none;

    rule_schema_init(&none, l->base.arena, NULL, 0);
    build_schema(l, facts);
    compile_rules(l);
    compile_fact_rules(l, root, facts ? facts : &none);
    load_contradictions(l, json_get(root, "contradictions"));
}
