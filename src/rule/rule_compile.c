#include "rule/rule.h"

#include <string.h>

#include "base/text.h"
#include "rule_ops.h"

const struct op_info rule_ops[OP__MAX] = {
    [OP_LITERAL] = {"", 0, 0, TYPE_ANY, TYPE_ANY, false},
    [OP_ARRAY] = {"", 0, OPERANDS_ANY, TYPE_ANY, TYPE_LIST, false},
    [OP_FACT] = {"", 0, 1, TYPE_ANY, TYPE_ANY, false},
    [OP_VAR] = {"var", 0, 2, TYPE_ANY, TYPE_ANY, false},
    [OP_AND] = {"and", 1, OPERANDS_ANY, TYPE_ANY, TYPE_ANY, false},
    [OP_OR] = {"or", 1, OPERANDS_ANY, TYPE_ANY, TYPE_ANY, false},
    [OP_NOT] = {"!", 1, 1, TYPE_ANY, TYPE_BOOL, false},
    [OP_TRUTHY] = {"!!", 1, 1, TYPE_ANY, TYPE_BOOL, false},
    [OP_EQ] = {"==", 2, 2, TYPE_ANY, TYPE_BOOL, false},
    [OP_NE] = {"!=", 2, 2, TYPE_ANY, TYPE_BOOL, false},
    [OP_SAME] = {"===", 2, 2, TYPE_ANY, TYPE_BOOL, false},
    [OP_NOT_SAME] = {"!==", 2, 2, TYPE_ANY, TYPE_BOOL, false},
    [OP_LT] = {"<", 2, 3, TYPE_ANY, TYPE_BOOL, false},
    [OP_LE] = {"<=", 2, 3, TYPE_ANY, TYPE_BOOL, false},
    [OP_GT] = {">", 2, 3, TYPE_ANY, TYPE_BOOL, false},
    [OP_GE] = {">=", 2, 3, TYPE_ANY, TYPE_BOOL, false},
    [OP_IN] = {"in", 2, 2, TYPE_ANY, TYPE_BOOL, false},
    [OP_MISSING] = {"missing", 0, OPERANDS_ANY, TYPE_ANY, TYPE_LIST, false},
    [OP_MISSING_SOME] = {"missing_some", 2, 2, TYPE_ANY, TYPE_LIST, false},
    [OP_IF] = {"if", 0, OPERANDS_ANY, TYPE_ANY, TYPE_ANY, false},
    [OP_ADD] = {"+", 0, OPERANDS_ANY, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_SUB] = {"-", 1, 2, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_MUL] = {"*", 1, OPERANDS_ANY, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_DIV] = {"/", 2, 2, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_MOD] = {"%", 2, 2, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_MIN] = {"min", 1, OPERANDS_ANY, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_MAX] = {"max", 1, OPERANDS_ANY, TYPE_NUMBER, TYPE_NUMBER, false},
    [OP_SOME] = {"some", 2, 2, TYPE_ANY, TYPE_BOOL, true},
    [OP_ALL] = {"all", 2, 2, TYPE_ANY, TYPE_BOOL, true},
    [OP_NONE] = {"none", 2, 2, TYPE_ANY, TYPE_BOOL, true},
    [OP_MAP] = {"map", 2, 2, TYPE_ANY, TYPE_LIST, true},
    [OP_FILTER] = {"filter", 2, 2, TYPE_ANY, TYPE_LIST, true},
    [OP_REDUCE] = {"reduce", 3, 3, TYPE_ANY, TYPE_ANY, true},
    [OP_MERGE] = {"merge", 0, OPERANDS_ANY, TYPE_ANY, TYPE_LIST, false},
    [OP_CAT] = {"cat", 0, OPERANDS_ANY, TYPE_ANY, TYPE_TEXT, false},
    [OP_SUBSTR] = {"substr", 2, 3, TYPE_ANY, TYPE_TEXT, false},
    [OP_YEARS_BEFORE] = {"years_before", 2, 2, TYPE_ANY, TYPE_DATE, false},
};

const char *rule_op_name(enum rule_op op)
{
    return rule_ops[op].name;
}

void rule_schema_init(struct rule_schema *schema, struct arena *arena,
                      const struct rule_fact *facts, size_t count)
{
    schema->facts = facts;
    schema->count = count;
    map_init(&schema->names, arena);
    for (size_t i = 0; i < count; i++)
        map_put(&schema->names, facts[i].name, strlen(facts[i].name), i);
}

size_t rule_schema_find(const struct rule_schema *schema, const char *name)
{
    return map_find(&schema->names, name);
}

struct compiler {
    struct arena *arena;
    const struct rule_schema *schema;
    struct faults *faults;
    int depth;
    size_t nodes;
    bool in_scope; /* inside map, filter, ...: names are paths into the item */
};

static void compile(struct compiler *c, const struct json *json, struct rule_node *node);

static const struct words type_names[TYPE__MAX] = {
    [TYPE_ANY] = {{"giá trị bất kỳ", "any value"}},
    [TYPE_BOOL] = {{"đúng/sai", "true/false"}},
    [TYPE_NUMBER] = {{"số", "a number"}},
    [TYPE_TEXT] = {{"văn bản", "text"}},
    [TYPE_DATE] = {{"ngày", "a date"}},
    [TYPE_LIST] = {{"danh sách", "a list"}},
};

static enum rule_type type_of_value(const struct value *value)
{
    static const enum rule_type types[VALUE__MAX] = {
        [VALUE_UNKNOWN] = TYPE_ANY, [VALUE_BOOL] = TYPE_BOOL, [VALUE_NUMBER] = TYPE_NUMBER,
        [VALUE_TEXT] = TYPE_TEXT,   [VALUE_LIST] = TYPE_LIST, [VALUE_OBJECT] = TYPE_ANY,
    };
    day d;

    return value_is_date(value, &d) ? TYPE_DATE : types[value->kind];
}

static void compile_literal(struct compiler *c, const struct json *json, struct rule_node *node)
{
    node->op = OP_LITERAL;
    node->literal = value_of_json(c->arena, json);
    node->type = type_of_value(&node->literal);
}

static void compile_args(struct compiler *c, const struct json *json, struct rule_node *node)
{
    struct rule_node *args;

    node->count = json->type == JSON_ARRAY ? json->count : 1;
    args = ARENA_ARRAY(c->arena, struct rule_node, node->count);
    for (size_t i = 0; i < node->count; i++) {
        bool outer = c->in_scope;

        /* reduce's start value and every scope's list are computed outside the scope */
        if (rule_ops[node->op].opens_scope && i == 1)
            c->in_scope = true;
        compile(c, json->type == JSON_ARRAY ? &json->items[i] : json, &args[i]);
        c->in_scope = outer;
    }
    node->args = args;
}

/* An array of literals is a literal: made once, not at each evaluation. */
static void compile_array(struct compiler *c, const struct json *json, struct rule_node *node)
{
    node->op = OP_ARRAY;
    node->type = TYPE_LIST;
    compile_args(c, json, node);
    for (size_t i = 0; i < node->count; i++) {
        if (node->args[i].op != OP_LITERAL)
            return;
    }
    compile_literal(c, json, node);
}

static enum rule_op find_op(const char *name)
{
    if (strcmp(name, "?:") == 0)
        return OP_IF;
    for (int op = OP_VAR; op < OP__MAX; op++) {
        if (strcmp(rule_ops[op].name, name) == 0)
            return (enum rule_op)op;
    }
    return OP__MAX;
}

static void refuse_operator(struct compiler *c, const struct json *item)
{
    const char *names[OP__MAX];
    const char *closest;

    for (int op = 0; op < OP__MAX; op++)
        names[op] = rule_ops[op].name;
    closest = text_closest(item->key, names, OP__MAX);
    faults_add(c->faults, json_place(item, c->faults),
               "không có phép toán '%s'%s%s%s; xem docs/rules.md",
               "there is no operator '%s'%s%s%s; see docs/rules.md", item->key,
               closest ? " (≈ '" : "", closest ? closest : "", closest ? "')" : "");
}

/* A name that is declared, or a fault. */
static size_t find_fact(struct compiler *c, const struct json *json, const char *name)
{
    size_t fact = rule_schema_find(c->schema, name);
    const char **names;
    const char *closest;

    if (fact != MAP_NONE)
        return fact;
    names = ARENA_ARRAY(c->faults->arena, const char *, c->schema->count);
    for (size_t i = 0; i < c->schema->count; i++)
        names[i] = c->schema->facts[i].name;
    closest = text_closest(name, names, c->schema->count);
    if (closest)
        faults_add(c->faults, json_place(json, c->faults),
                   "dữ kiện '%s' chưa được khai báo; có phải là '%s'?",
                   "the fact '%s' is not declared; is '%s' meant?", name, closest);
    else
        faults_add(c->faults, json_place(json, c->faults), "dữ kiện '%s' chưa được khai báo",
                   "the fact '%s' is not declared", name);
    return MAP_NONE;
}

/* {"var": name} of a declared fact: by index, with an optional default. */
static void compile_fact(struct compiler *c, const struct json *json, struct rule_node *node)
{
    const struct rule_node *name = node->count ? &node->args[0] : NULL;

    if (!name || name->op != OP_LITERAL || name->literal.kind != VALUE_TEXT) {
        faults_add(c->faults, json_place(json, c->faults),
                   "'var' cần tên một dữ kiện viết thẳng ra",
                   "'var' needs the written name of a fact");
        return;
    }
    node->fact = find_fact(c, json, name->literal.text);
    if (node->fact == MAP_NONE)
        return;
    node->op = OP_FACT;
    node->name = c->schema->facts[node->fact].name;
    node->type = c->schema->facts[node->fact].type;
    node->args++;
    node->count--;
}

/* Operands of `missing` that are written out must be declared facts. */
static void check_missing_names(struct compiler *c, const struct rule_node *node)
{
    const struct value *literal = &node->literal;

    if (node->op == OP_LITERAL && literal->kind == VALUE_TEXT)
        find_fact(c, node->json, literal->text);
    for (size_t i = 0; node->op == OP_LITERAL && i < literal->count; i++) {
        if (literal->items[i].kind == VALUE_TEXT)
            find_fact(c, node->json, literal->items[i].text);
    }
    for (size_t i = 0; i < node->count; i++)
        check_missing_names(c, &node->args[i]);
}

static bool is_text_like(enum rule_type type)
{
    return type == TYPE_TEXT || type == TYPE_DATE;
}

static bool are_comparable(const struct rule_node *a, const struct rule_node *b)
{
    if (a->type == TYPE_ANY || b->type == TYPE_ANY || a->type == b->type)
        return true;
    /* a text fact may hold a date; a date fact never holds another text */
    if (!is_text_like(a->type) || !is_text_like(b->type))
        return false;
    return !(a->op == OP_FACT && a->type == TYPE_DATE) &&
           !(b->op == OP_FACT && b->type == TYPE_DATE);
}

static void refuse_types(struct compiler *c, const struct json *json, const struct rule_node *a,
                         const struct rule_node *b)
{
    const struct words *x = &type_names[a->type], *y = &type_names[b->type];

    faults_add(c->faults, json_place(json, c->faults),
               "không so sánh được %1$s với %2$s%3$.0s%4$.0s",
               "%3$s cannot be compared with %4$s%1$.0s%2$.0s", x->in[LANG_VI], y->in[LANG_VI],
               x->in[LANG_EN], y->in[LANG_EN]);
}

/* A text that the fact can never be is a typing error ("enterprize"). */
static void check_fact_value(struct compiler *c, const struct rule_node *fact,
                             const struct value *value, const struct json *json)
{
    const struct rule_fact *declared;

    if (fact->op != OP_FACT || value->kind != VALUE_TEXT)
        return;
    declared = &c->schema->facts[fact->fact];
    for (size_t i = 0; i < declared->value_count; i++) {
        if (strcmp(declared->values[i], value->text) == 0)
            return;
    }
    if (declared->value_count)
        faults_add(c->faults, json_place(json, c->faults),
                   "dữ kiện '%s' không bao giờ có giá trị '%s'",
                   "the fact '%s' never has the value '%s'", declared->name, value->text);
}

static void check_equality(struct compiler *c, const struct json *json,
                           const struct rule_node *node)
{
    const struct rule_node *a = &node->args[0], *b = &node->args[1];

    if (!are_comparable(a, b))
        refuse_types(c, json, a, b);
    else if (b->op == OP_LITERAL)
        check_fact_value(c, a, &b->literal, json);
    else if (a->op == OP_LITERAL)
        check_fact_value(c, b, &a->literal, json);
}

static void check_order(struct compiler *c, const struct json *json, const struct rule_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        enum rule_type type = node->args[i].type;

        if (type == TYPE_ANY || type == TYPE_NUMBER || type == TYPE_DATE)
            continue;
        faults_add(c->faults, json_place(json, c->faults),
                   "'%1$s' so sánh số hoặc ngày, đây là %2$s%3$.0s",
                   "'%1$s' compares numbers or dates, this is %3$s%2$.0s", rule_ops[node->op].name,
                   type_names[type].in[LANG_VI], type_names[type].in[LANG_EN]);
        return;
    }
    for (size_t i = 1; i < node->count; i++) {
        if (!are_comparable(&node->args[i - 1], &node->args[i]))
            refuse_types(c, json, &node->args[i - 1], &node->args[i]);
    }
}

static void check_in(struct compiler *c, const struct json *json, const struct rule_node *node)
{
    const struct rule_node *item = &node->args[0], *list = &node->args[1];

    if (list->type != TYPE_ANY && list->type != TYPE_LIST && !is_text_like(list->type)) {
        faults_add(c->faults, json_place(json, c->faults),
                   "vế sau của 'in' phải là danh sách hoặc văn bản",
                   "the second operand of 'in' must be a list or a text");
        return;
    }
    for (size_t i = 0; list->op == OP_LITERAL && i < list->literal.count; i++) {
        struct rule_node one = {.op = OP_LITERAL, .literal = list->literal.items[i]};

        one.type = type_of_value(&one.literal);
        if (!are_comparable(item, &one))
            refuse_types(c, json, item, &one);
        else
            check_fact_value(c, item, &one.literal, json);
    }
}

static void check_arithmetic(struct compiler *c, const struct json *json,
                             const struct rule_node *node)
{
    /* {"+": "3"} turns a text into a number: said on purpose, so allowed */
    bool is_cast = node->op == OP_ADD && node->count == 1;

    for (size_t i = 0; i < node->count; i++) {
        enum rule_type type = node->args[i].type;

        if (type == TYPE_ANY || type == TYPE_NUMBER || (is_cast && type == TYPE_TEXT))
            continue;
        faults_add(c->faults, json_place(json, c->faults), "'%1$s' tính với số, đây là %2$s%3$.0s",
                   "'%1$s' computes with numbers, this is %3$s%2$.0s", rule_ops[node->op].name,
                   type_names[type].in[LANG_VI], type_names[type].in[LANG_EN]);
    }
}

static void check_types(struct compiler *c, const struct json *json, const struct rule_node *node)
{
    switch (node->op) {
    case OP_EQ:
    case OP_NE:
        check_equality(c, json, node);
        break;
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
        check_order(c, json, node);
        break;
    case OP_IN:
        check_in(c, json, node);
        break;
    case OP_MISSING:
    case OP_MISSING_SOME:
        for (size_t i = 0; c->schema && !c->in_scope && i < node->count; i++)
            check_missing_names(c, &node->args[i]);
        break;
    default:
        if (rule_ops[node->op].operands == TYPE_NUMBER)
            check_arithmetic(c, json, node);
    }
}

/* The type of what may come out of and, or, if: known only where all ways agree. */
static enum rule_type common_type(const struct rule_node *node)
{
    bool is_if = node->op == OP_IF;
    enum rule_type type = TYPE_ANY;

    for (size_t i = is_if ? 1 : 0; i < node->count; i++) {
        bool is_condition = is_if && i % 2 == 0 && i + 1 < node->count;

        if (is_condition)
            continue;
        if (node->args[i].type == TYPE_ANY || (type != TYPE_ANY && type != node->args[i].type))
            return TYPE_ANY;
        type = node->args[i].type;
    }
    return type;
}

static bool check_count(struct compiler *c, const struct json *item, const struct rule_node *node)
{
    const struct op_info *info = &rule_ops[node->op];

    if (node->count >= info->min && (info->max == OPERANDS_ANY || node->count <= info->max))
        return true;
    faults_add(c->faults, json_place(item, c->faults),
               "'%s' cần ít nhất %d và nhiều nhất %d vế, đây có %zu",
               "'%s' takes at least %d and at most %d operands, here are %zu", info->name,
               info->min, info->max, node->count);
    return false;
}

static void compile_operator(struct compiler *c, const struct json *json, struct rule_node *node)
{
    const struct json *item;
    size_t errors = c->faults->errors;

    if (json->count != 1) {
        faults_add(c->faults, json_place(json, c->faults),
                   "một phép toán là đối tượng có đúng một khóa, đây có %zu",
                   "an operator is an object with exactly one key, this has %zu", json->count);
        return;
    }
    item = &json->items[0];
    node->op = find_op(item->key);
    if (node->op == OP__MAX) {
        node->op = OP_LITERAL;
        refuse_operator(c, item);
        return;
    }
    compile_args(c, item, node);
    if (c->faults->errors != errors || !check_count(c, item, node))
        return;
    node->type = rule_ops[node->op].result;
    if (node->op == OP_VAR && c->schema && !c->in_scope)
        compile_fact(c, item, node);
    if (node->op == OP_AND || node->op == OP_OR || node->op == OP_IF)
        node->type = common_type(node);
    check_types(c, item, node);
}

static void compile(struct compiler *c, const struct json *json, struct rule_node *node)
{
    node->json = json;
    if (c->nodes++ == RULE_NODES_MAX)
        faults_add(c->faults, json_place(json, c->faults), "quy tắc có quá %d phần tử",
                   "the rule has more than %d parts", RULE_NODES_MAX);
    if (c->nodes > RULE_NODES_MAX)
        return;
    if (json->type != JSON_OBJECT && json->type != JSON_ARRAY) {
        compile_literal(c, json, node);
        return;
    }
    if (c->depth == RULE_DEPTH_MAX) {
        faults_add(c->faults, json_place(json, c->faults), "quy tắc lồng nhau quá %d tầng",
                   "the rule is nested more than %d levels deep", RULE_DEPTH_MAX);
        return;
    }
    c->depth++;
    if (json->type == JSON_ARRAY)
        compile_array(c, json, node);
    else
        compile_operator(c, json, node);
    c->depth--;
}

const struct rule_node *rule_compile(struct arena *arena, const struct json *json,
                                     const struct rule_schema *schema, struct faults *faults)
{
    struct compiler c = {.arena = arena, .schema = schema, .faults = faults};
    struct rule_node *root = ARENA_NEW(arena, struct rule_node);
    size_t errors = faults->errors;

    compile(&c, json, root);
    return faults->errors == errors ? root : NULL;
}
