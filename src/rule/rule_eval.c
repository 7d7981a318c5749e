#include "eval.h"

#include <string.h>

#include "rule_ops.h"

static const struct words reason_types = {
    {"so sánh hai giá trị khác loại", "two values of different types are compared"}};
static const struct words reason_order = {
    {"chỉ số và ngày mới có thứ tự", "only numbers and dates have an order"}};
const struct words reason_number = {{"phép tính cần số nhưng gặp giá trị khác",
                                     "a computation needs numbers but met another value"}};
const struct words reason_list = {{"phép toán cần một danh sách", "the operator needs a list"}};
static const struct words reason_range = {
    {"chia cho 0 hoặc kết quả quá lớn", "division by 0, or a result that is too large"}};
const struct words reason_text = {{"phép toán cần văn bản (không quá 65.536 byte)",
                                   "the operator needs a text (of at most 65,536 bytes)"}};
static const struct words reason_date = {{"phép toán cần một ngày", "the operator needs a date"}};
const struct words reason_steps = {{"quy tắc chạy quá nhiều bước", "the rule runs too many steps"}};

struct value unknown_because(struct eval *e, const struct words *reason)
{
    if (!e->result->reason.in[0])
        e->result->reason = *reason;
    return value_unknown();
}

static struct value missing_fact(struct eval *e, const char *name)
{
    struct rule_result *r = e->result;

    for (size_t i = 0; i < r->missing_count; i++) {
        if (strcmp(r->missing[i], name) == 0)
            return value_unknown();
    }
    if (r->missing_count < RULE_MISSING_MAX)
        r->missing[r->missing_count++] = name;
    return value_unknown();
}

static struct value eval_literal(struct eval *e, const struct rule_node *node)
{
    (void)e;
    return node->literal;
}

struct value eval_array(struct eval *e, const struct rule_node *node)
{
    struct value *items = ARENA_ARRAY(e->arena, struct value, node->count);

    for (size_t i = 0; i < node->count; i++)
        items[i] = eval(e, &node->args[i]);
    return (struct value){.kind = VALUE_LIST, .items = items, .count = node->count};
}

static struct value eval_fact(struct eval *e, const struct rule_node *node)
{
    const struct value *fact = &e->data->facts[node->fact];

    if (fact->kind != VALUE_UNKNOWN)
        return *fact;
    return node->count ? eval(e, &node->args[0]) : missing_fact(e, node->name);
}

const char *eval_path(struct eval *e, const struct value *name)
{
    struct buf text;
    const char *path;

    if (name->kind == VALUE_TEXT)
        return name->text;
    buf_init(&text, 64);
    if (name->kind == VALUE_NUMBER)
        ratio_print_exact(&text, name->number);
    path = arena_strdup(e->arena, buf_text(&text));
    buf_free(&text);
    return path;
}

static struct value eval_var(struct eval *e, const struct rule_node *node)
{
    struct value name = node->count ? eval(e, &node->args[0]) : value_unknown();
    const char *path = eval_path(e, &name);
    const struct value *found = e->root ? value_path(e->root, path) : NULL;

    if (found && found->kind != VALUE_UNKNOWN)
        return *found;
    return node->count > 1 ? eval(e, &node->args[1]) : missing_fact(e, path);
}

/* and / or: the first operand that decides, else unknown, else the last operand (JsonLogic). */
static struct value eval_junction(struct eval *e, const struct rule_node *node)
{
    enum truth deciding = node->op == OP_AND ? TRUTH_FALSE : TRUTH_TRUE;
    bool is_open = false;
    struct value value = value_unknown();

    for (size_t i = 0; i < node->count; i++) {
        enum truth truth;

        value = eval(e, &node->args[i]);
        truth = value_truth(&value);
        if (truth == deciding)
            return value;
        is_open |= truth == TRUTH_UNKNOWN;
    }
    return is_open ? value_unknown() : value;
}

static struct value eval_not(struct eval *e, const struct rule_node *node)
{
    struct value value = eval(e, &node->args[0]);
    enum truth truth = value_truth(&value);

    if (truth == TRUTH_UNKNOWN)
        return value_unknown();
    return value_bool((truth == TRUTH_TRUE) == (node->op == OP_TRUTHY));
}

static bool holds_unknown(const struct value *value)
{
    if (value->kind == VALUE_UNKNOWN)
        return true;
    for (size_t i = 0; i < value->count; i++) {
        if (holds_unknown(&value->items[i]))
            return true;
    }
    return false;
}

static enum truth equality(struct eval *e, const struct value *a, const struct value *b)
{
    if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN)
        return TRUTH_UNKNOWN;
    if (a->kind != b->kind) {
        unknown_because(e, &reason_types);
        return TRUTH_UNKNOWN;
    }
    if (holds_unknown(a) || holds_unknown(b))
        return TRUTH_UNKNOWN;
    return value_equal(a, b) ? TRUTH_TRUE : TRUTH_FALSE;
}

static struct value of_truth(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? value_unknown() : value_bool(truth == TRUTH_TRUE);
}

static enum truth negation(enum truth truth)
{
    return truth == TRUTH_UNKNOWN ? truth : truth == TRUTH_TRUE ? TRUTH_FALSE : TRUTH_TRUE;
}

static struct value eval_equal(struct eval *e, const struct rule_node *node)
{
    struct value a = eval(e, &node->args[0]), b = eval(e, &node->args[1]);
    enum truth truth = equality(e, &a, &b);

    return of_truth(node->op == OP_NE ? negation(truth) : truth);
}

/* === and !==: values of different types are simply not the same. */
static struct value eval_same(struct eval *e, const struct rule_node *node)
{
    struct value a = eval(e, &node->args[0]), b = eval(e, &node->args[1]);
    enum truth truth;

    if (a.kind != VALUE_UNKNOWN && b.kind != VALUE_UNKNOWN && a.kind != b.kind)
        truth = TRUTH_FALSE;
    else
        truth = equality(e, &a, &b);
    return of_truth(node->op == OP_NOT_SAME ? negation(truth) : truth);
}

/* Order of two numbers or two dates into *sign; false if there is none or one is unknown. */
static bool order(struct eval *e, const struct value *a, const struct value *b, int *sign)
{
    day x, y;

    if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN)
        return false;
    if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
        *sign = ratio_cmp(a->number, b->number);
        return true;
    }
    if (value_is_date(a, &x) && value_is_date(b, &y)) {
        *sign = (x > y) - (x < y);
        return true;
    }
    unknown_because(e, a->kind == b->kind ? &reason_order : &reason_types);
    return false;
}

static enum truth compare(struct eval *e, enum rule_op op, const struct value *a,
                          const struct value *b)
{
    bool holds;
    int sign;

    if (!order(e, a, b, &sign))
        return TRUTH_UNKNOWN;
    switch (op) {
    case OP_LT:
        holds = sign < 0;
        break;
    case OP_LE:
        holds = sign <= 0;
        break;
    case OP_GT:
        holds = sign > 0;
        break;
    default:
        holds = sign >= 0;
    }
    return holds ? TRUTH_TRUE : TRUTH_FALSE;
}

/* Two operands, or three for "between": a < b and b < c. */
static struct value eval_order(struct eval *e, const struct rule_node *node)
{
    struct value left = eval(e, &node->args[0]);
    enum truth all = TRUTH_TRUE;

    for (size_t i = 1; i < node->count; i++) {
        struct value right = eval(e, &node->args[i]);
        enum truth truth = compare(e, node->op, &left, &right);

        if (truth == TRUTH_FALSE || (truth == TRUTH_UNKNOWN && all == TRUTH_TRUE))
            all = truth;
        left = right;
    }
    return of_truth(all);
}

/* As SQL's IN: true if found, else unknown if something in question is, else false. */
static struct value eval_in(struct eval *e, const struct rule_node *node)
{
    struct value item = eval(e, &node->args[0]), list = eval(e, &node->args[1]);
    bool is_open = false;

    if (list.kind == VALUE_UNKNOWN)
        return value_unknown();
    if (list.kind == VALUE_TEXT) {
        if (item.kind == VALUE_UNKNOWN)
            return value_unknown();
        return item.kind == VALUE_TEXT ? value_bool(strstr(list.text, item.text) != NULL)
                                       : unknown_because(e, &reason_text);
    }
    if (list.kind != VALUE_LIST)
        return unknown_because(e, &reason_list);
    e->steps += list.count;
    for (size_t i = 0; i < list.count; i++) {
        enum truth truth = equality(e, &item, &list.items[i]);

        if (truth == TRUTH_TRUE)
            return value_bool(true);
        is_open |= truth == TRUTH_UNKNOWN;
    }
    return is_open ? value_unknown() : value_bool(false);
}

static struct value eval_if(struct eval *e, const struct rule_node *node)
{
    size_t i = 0;

    for (; i + 1 < node->count; i += 2) {
        struct value condition = eval(e, &node->args[i]);
        enum truth truth = value_truth(&condition);

        if (truth == TRUTH_UNKNOWN)
            return value_unknown();
        if (truth == TRUTH_TRUE)
            return eval(e, &node->args[i + 1]);
    }
    return i < node->count ? eval(e, &node->args[i]) : value_unknown();
}

/* Remainder with the sign of the dividend, as in JavaScript: -7 % 3 = -1. */
static struct ratio remainder_of(struct ratio a, struct ratio b)
{
    struct ratio quotient = ratio_div(a, b);
    struct ratio whole;

    if (!ratio_is_valid(quotient))
        return RATIO_NONE;
    whole = (struct ratio){quotient.num / quotient.den, 1};
    return ratio_sub(a, ratio_mul(whole, b));
}

static struct ratio apply(enum rule_op op, struct ratio a, struct ratio b)
{
    switch (op) {
    case OP_ADD:
        return ratio_add(a, b);
    case OP_SUB:
        return ratio_sub(a, b);
    case OP_MUL:
        return ratio_mul(a, b);
    case OP_DIV:
        return ratio_div(a, b);
    case OP_MOD:
        return remainder_of(a, b);
    case OP_MIN:
        return ratio_cmp(b, a) < 0 ? b : a;
    default:
        return ratio_cmp(b, a) > 0 ? b : a;
    }
}

/* {"+": "3.5"}: a text that is written as a number becomes one. */
static struct value cast_number(struct eval *e, const struct value *value)
{
    struct ratio number;

    if (value->kind == VALUE_TEXT && ratio_parse(value->text, strlen(value->text), true, &number))
        return value_number(number);
    return unknown_because(e, &reason_number);
}

/* Fills the numbers of all operands; false after noting why that failed. */
static bool numbers_of(struct eval *e, const struct rule_node *node, struct ratio *numbers)
{
    bool is_open = false;

    for (size_t i = 0; i < node->count; i++) {
        struct value value = eval(e, &node->args[i]);

        if (value.kind == VALUE_UNKNOWN) {
            is_open = true;
            continue;
        }
        if (node->op == OP_ADD && node->count == 1 && value.kind != VALUE_NUMBER)
            value = cast_number(e, &value);
        else if (value.kind != VALUE_NUMBER)
            value = unknown_because(e, &reason_number);
        is_open |= value.kind != VALUE_NUMBER;
        numbers[i] = value.number;
    }
    return !is_open;
}

static struct value eval_arithmetic(struct eval *e, const struct rule_node *node)
{
    struct ratio *numbers = ARENA_ARRAY(e->arena, struct ratio, node->count);
    struct ratio total = ratio_of(0);

    if (!numbers_of(e, node, numbers))
        return value_unknown();
    if (node->count)
        total = numbers[0];
    if (node->op == OP_SUB && node->count == 1)
        total = ratio_sub(ratio_of(0), total);
    for (size_t i = 1; i < node->count && ratio_is_valid(total); i++)
        total = apply(node->op, total, numbers[i]);
    return ratio_is_valid(total) ? value_number(total) : unknown_because(e, &reason_range);
}

static struct value eval_years_before(struct eval *e, const struct rule_node *node)
{
    struct value date = eval(e, &node->args[0]), years = eval(e, &node->args[1]);
    int64_t n;
    day d;

    if (date.kind == VALUE_UNKNOWN || years.kind == VALUE_UNKNOWN)
        return value_unknown();
    if (!value_is_date(&date, &d))
        return unknown_because(e, &reason_date);
    if (years.kind != VALUE_NUMBER || !ratio_to_int64(years.number, &n) || n < -200 || n > 200)
        return unknown_because(e, &reason_number);
    return value_day(e->arena, day_years_before(d, (int)n));
}

static evaluator *const evaluators[OP__MAX] = {
    [OP_LITERAL] = eval_literal,
    [OP_ARRAY] = eval_array,
    [OP_FACT] = eval_fact,
    [OP_VAR] = eval_var,
    [OP_AND] = eval_junction,
    [OP_OR] = eval_junction,
    [OP_NOT] = eval_not,
    [OP_TRUTHY] = eval_not,
    [OP_EQ] = eval_equal,
    [OP_NE] = eval_equal,
    [OP_SAME] = eval_same,
    [OP_NOT_SAME] = eval_same,
    [OP_LT] = eval_order,
    [OP_LE] = eval_order,
    [OP_GT] = eval_order,
    [OP_GE] = eval_order,
    [OP_IN] = eval_in,
    [OP_MISSING] = eval_missing,
    [OP_MISSING_SOME] = eval_missing_some,
    [OP_IF] = eval_if,
    [OP_ADD] = eval_arithmetic,
    [OP_SUB] = eval_arithmetic,
    [OP_MUL] = eval_arithmetic,
    [OP_DIV] = eval_arithmetic,
    [OP_MOD] = eval_arithmetic,
    [OP_MIN] = eval_arithmetic,
    [OP_MAX] = eval_arithmetic,
    [OP_SOME] = eval_quantifier,
    [OP_ALL] = eval_quantifier,
    [OP_NONE] = eval_quantifier,
    [OP_MAP] = eval_map,
    [OP_FILTER] = eval_filter,
    [OP_REDUCE] = eval_reduce,
    [OP_MERGE] = eval_merge,
    [OP_CAT] = eval_cat,
    [OP_SUBSTR] = eval_substr,
    [OP_YEARS_BEFORE] = eval_years_before,
};

struct value eval(struct eval *e, const struct rule_node *node)
{
    size_t mark = e->result->missing_count;
    struct words reason = e->result->reason;
    struct value value;

    if (++e->steps > RULE_STEPS_MAX)
        return unknown_because(e, &reason_steps);
    value = evaluators[node->op](e, node);
    /* What was missing on the way does not matter once it is decided. (The items of an array may
     * still be open: the operator around it knows.) */
    if (value.kind != VALUE_UNKNOWN && node->op != OP_ARRAY && e->steps <= RULE_STEPS_MAX) {
        e->result->missing_count = mark;
        e->result->reason = reason;
    }
    return value;
}

void rule_eval(const struct rule_node *rule, const struct rule_data *data, struct arena *arena,
               struct rule_result *result)
{
    struct eval e = {.data = data, .root = data->root, .arena = arena, .result = result};

    *result = (struct rule_result){0};
    result->value = eval(&e, rule);
    result->truth = value_truth(&result->value);
    if (result->truth != TRUTH_UNKNOWN)
        result->missing_count = 0;
}
