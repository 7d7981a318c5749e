/* Operators on lists: missing, some, all, none, map, filter, reduce, merge. */
#include "eval.h"

#include <string.h>

static bool is_missing(struct eval *e, const char *name)
{
    const struct rule_data *data = e->data;
    const struct value *found;

    if (data->schema) {
        size_t fact = rule_schema_find(data->schema, name);

        return fact == MAP_NONE || data->facts[fact].kind == VALUE_UNKNOWN;
    }
    found = e->root ? value_path(e->root, name) : NULL;
    return !found || found->kind == VALUE_UNKNOWN || (found->kind == VALUE_TEXT && !*found->text);
}

/* The names among `names` that are missing, as a list. */
static struct value list_missing(struct eval *e, const struct value *names, size_t count)
{
    struct value *items = ARENA_ARRAY(e->arena, struct value, count);
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        const char *name = eval_path(e, &names[i]);

        if (is_missing(e, name))
            items[used++] = value_text(name);
    }
    return (struct value){.kind = VALUE_LIST, .items = items, .count = used};
}

struct value eval_missing(struct eval *e, const struct rule_node *node)
{
    struct value names = eval_array(e, node);

    if (names.count && names.items[0].kind == VALUE_LIST)
        names = names.items[0];
    return list_missing(e, names.items, names.count);
}

struct value eval_missing_some(struct eval *e, const struct rule_node *node)
{
    struct value need = eval(e, &node->args[0]), names = eval(e, &node->args[1]);
    struct value missing;

    if (need.kind != VALUE_NUMBER)
        return unknown_because(e, &reason_number);
    if (names.kind != VALUE_LIST)
        return unknown_because(e, &reason_list);
    missing = list_missing(e, names.items, names.count);
    if (ratio_cmp(ratio_of((int64_t)(names.count - missing.count)), need.number) >= 0)
        missing.count = 0;
    return missing;
}

/* Evaluates the second operand of a scope operator for one item. */
static struct value eval_item(struct eval *e, const struct rule_node *body,
                              const struct value *item)
{
    const struct value *outer = e->root;
    struct value value;

    e->root = item;
    value = eval(e, body);
    e->root = outer;
    return value;
}

/* The list that a scope operator works on; false (and unknown) if there is none. */
static bool list_of(struct eval *e, const struct rule_node *node, struct value *list)
{
    *list = eval(e, &node->args[0]);
    if (list->kind == VALUE_LIST)
        return true;
    if (list->kind != VALUE_UNKNOWN)
        unknown_because(e, &reason_list);
    return false;
}

/* some, all, none. Nothing is neither all nor some (JsonLogic): of an empty list only none holds.
 */
struct value eval_quantifier(struct eval *e, const struct rule_node *node)
{
    enum truth deciding = node->op == OP_ALL ? TRUTH_FALSE : TRUTH_TRUE;
    bool decided = node->op == OP_SOME;
    bool is_open = false;
    struct value list;

    if (!list_of(e, node, &list))
        return value_unknown();
    if (!list.count)
        return value_bool(node->op == OP_NONE);
    for (size_t i = 0; i < list.count; i++) {
        struct value value = eval_item(e, &node->args[1], &list.items[i]);
        enum truth truth = value_truth(&value);

        if (truth == deciding)
            return value_bool(decided);
        is_open |= truth == TRUTH_UNKNOWN;
    }
    return is_open ? value_unknown() : value_bool(!decided);
}

struct value eval_map(struct eval *e, const struct rule_node *node)
{
    struct value list;
    struct value *items;

    if (!list_of(e, node, &list))
        return value_unknown();
    items = ARENA_ARRAY(e->arena, struct value, list.count);
    for (size_t i = 0; i < list.count; i++)
        items[i] = eval_item(e, &node->args[1], &list.items[i]);
    return (struct value){.kind = VALUE_LIST, .items = items, .count = list.count};
}

struct value eval_filter(struct eval *e, const struct rule_node *node)
{
    struct value list;
    struct value *items;
    size_t used = 0;

    if (!list_of(e, node, &list))
        return value_unknown();
    items = ARENA_ARRAY(e->arena, struct value, list.count);
    for (size_t i = 0; i < list.count; i++) {
        struct value value = eval_item(e, &node->args[1], &list.items[i]);
        enum truth truth = value_truth(&value);

        if (truth == TRUTH_UNKNOWN)
            return value_unknown();
        if (truth == TRUTH_TRUE)
            items[used++] = list.items[i];
    }
    return (struct value){.kind = VALUE_LIST, .items = items, .count = used};
}

struct value eval_reduce(struct eval *e, const struct rule_node *node)
{
    struct value list, total;

    if (!list_of(e, node, &list))
        return value_unknown();
    total = eval(e, &node->args[2]);
    for (size_t i = 0; i < list.count; i++) {
        struct value pair[2] = {list.items[i], total};
        struct value scope = {.kind = VALUE_OBJECT, .items = pair, .count = 2};

        pair[0].key = "current";
        pair[1].key = "accumulator";
        total = eval_item(e, &node->args[1], &scope);
    }
    return total;
}

struct value eval_merge(struct eval *e, const struct rule_node *node)
{
    struct value parts = eval_array(e, node);
    struct value *items;
    size_t count = 0, used = 0;

    for (size_t i = 0; i < parts.count; i++) {
        if (parts.items[i].kind == VALUE_UNKNOWN)
            return value_unknown();
        count += parts.items[i].kind == VALUE_LIST ? parts.items[i].count : 1;
    }
    e->steps += count;
    if (e->steps > RULE_STEPS_MAX)
        return unknown_because(e, &reason_steps);
    items = ARENA_ARRAY(e->arena, struct value, count);
    for (size_t i = 0; i < parts.count; i++) {
        const struct value *part = &parts.items[i];

        if (part->kind != VALUE_LIST) {
            items[used++] = *part;
        } else if (part->count) {
            memcpy(items + used, part->items, part->count * sizeof(*items));
            used += part->count;
        }
    }
    return (struct value){.kind = VALUE_LIST, .items = items, .count = used};
}
