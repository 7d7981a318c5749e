#include "rule/words.h"

#include <string.h>

#include "base/text.h"

struct talk {
    const struct rule_data *data;
    const struct rule_speaker *speaker;
    enum lang lang;
    struct arena *arena;
};

typedef const char *phrase(struct talk *t, const struct rule_node *node);

static const char *tr(struct talk *t, const struct rule_node *node);

static const char *pick(const struct talk *t, const char *vi, const char *en)
{
    return t->lang == LANG_VI ? vi : en;
}

/* A plain value, without knowing of which fact: "100", "có", "a, b". */
static const char *say_value(struct talk *t, const struct value *value)
{
    struct buf number;
    const char *text = "";
    day d;

    switch (value->kind) {
    case VALUE_BOOL:
        return value->truth ? pick(t, "có", "yes") : pick(t, "không", "no");
    case VALUE_NUMBER:
        buf_init(&number, 100);
        text_number_short(&number, value->number, 4, t->lang);
        text = arena_strdup(t->arena, buf_text(&number));
        buf_free(&number);
        return text;
    case VALUE_TEXT:
        if (!value_is_date(value, &d))
            return value->text;
        buf_init(&number, 32);
        day_print(&number, d);
        text = arena_strdup(t->arena, buf_text(&number));
        buf_free(&number);
        return text;
    case VALUE_LIST:
        for (size_t i = 0; i < value->count; i++)
            text = arena_printf(t->arena, "%s%s%s", text, i ? ", " : "",
                                say_value(t, &value->items[i]));
        return text;
    default:
        return pick(t, "chưa có", "not given");
    }
}

/* A literal as the fact beside it would be written: choices by name, money with its sign. */
static const char *say_beside(struct talk *t, const struct rule_node *fact,
                              const struct rule_node *node)
{
    const char *text = "";

    if (node->op != OP_LITERAL || fact->op != OP_FACT)
        return tr(t, node);
    if (node->literal.kind != VALUE_LIST)
        return t->speaker->print(t->speaker->context, fact->fact, &node->literal, t->lang,
                                 t->arena);
    for (size_t i = 0; i < node->literal.count; i++)
        text = arena_printf(t->arena, "%s%s%s", text, i ? ", " : "",
                            t->speaker->print(t->speaker->context, fact->fact,
                                              &node->literal.items[i], t->lang, t->arena));
    return text;
}

static const struct value *fact_value(const struct talk *t, const struct rule_node *node)
{
    return t->data && t->data->facts && node->op == OP_FACT ? &t->data->facts[node->fact] : NULL;
}

/* ", vượt 45 người": how far a number is from the bound that it misses. */
static const char *say_gap(struct talk *t, const struct rule_node *fact, const struct value *now,
                           const struct value *bound)
{
    struct value gap;
    const char *text;

    if (now->kind != VALUE_NUMBER || bound->kind != VALUE_NUMBER)
        return "";
    gap = value_number(ratio_sub(now->number, bound->number));
    if (gap.number.num == 0)
        return "";
    if (gap.number.num < 0) {
        gap.number.num = -gap.number.num;
        text = t->speaker->print(t->speaker->context, fact->fact, &gap, t->lang, t->arena);
        return text_printf(t->arena, t->lang, ", thiếu %s", ", %s short", text);
    }
    text = t->speaker->print(t->speaker->context, fact->fact, &gap, t->lang, t->arena);
    return text_printf(t->arena, t->lang, ", vượt %s", ", %s over", text);
}

/* " (hiện có 145 người, vượt 45 người)" behind a comparison that does not hold. */
static const char *say_now(struct talk *t, const struct rule_node *node,
                           const struct rule_node *fact, const struct rule_node *other)
{
    const struct value *now = fact_value(t, fact);
    struct rule_result result, bound;
    const char *text;

    if (!now || !t->data)
        return "";
    rule_eval(node, t->data, t->arena, &result);
    if (result.truth == TRUTH_TRUE)
        return "";
    if (now->kind == VALUE_UNKNOWN)
        return pick(t, " (chưa có thông tin)", " (not given)");
    rule_eval(other, t->data, t->arena, &bound);
    text = t->speaker->print(t->speaker->context, fact->fact, now, t->lang, t->arena);
    return text_printf(t->arena, t->lang, " (hiện là %s%s)", " (now %s%s)", text,
                       say_gap(t, fact, now, &bound.value));
}

static const char *op_sign(enum rule_op op)
{
    switch (op) {
    case OP_EQ:
    case OP_SAME:
        return "=";
    case OP_NE:
    case OP_NOT_SAME:
        return "≠";
    case OP_LT:
        return "<";
    case OP_LE:
        return "≤";
    case OP_GT:
        return ">";
    case OP_GE:
        return "≥";
    case OP_MUL:
        return "×";
    case OP_DIV:
        return "÷";
    default:
        return rule_op_name(op);
    }
}

static const char *say_fact(struct talk *t, const struct rule_node *node)
{
    return t->speaker->label(t->speaker->context, node->fact, t->lang);
}

static const char *say_literal(struct talk *t, const struct rule_node *node)
{
    return say_value(t, &node->literal);
}

/* {"==": [fact, true]} reads "Fact: có". */
static const char *say_equality(struct talk *t, const struct rule_node *node,
                                const struct rule_node *fact, const struct rule_node *other)
{
    const char *sign = ":";

    if (node->op == OP_NE || node->op == OP_NOT_SAME)
        sign = pick(t, " không phải", " is not");
    return arena_printf(t->arena, "%s%s %s%s", tr(t, fact), sign, say_beside(t, fact, other),
                        say_now(t, node, fact, other));
}

static const char *say_comparison(struct talk *t, const struct rule_node *node)
{
    const struct rule_node *a = &node->args[0], *b = &node->args[1];
    const struct rule_node *fact = a->op == OP_FACT ? a : b;
    const struct rule_node *other = fact == a ? b : a;
    bool is_equality =
        node->op == OP_EQ || node->op == OP_NE || node->op == OP_SAME || node->op == OP_NOT_SAME;

    if (node->count == 3)
        return arena_printf(t->arena, "%s %s %s %s %s%s", say_beside(t, b, a), op_sign(node->op),
                            tr(t, b), op_sign(node->op), say_beside(t, b, &node->args[2]),
                            say_now(t, node, b, a));
    if (is_equality && fact->op == OP_FACT)
        return say_equality(t, node, fact, other);
    return arena_printf(t->arena, "%s %s %s%s", say_beside(t, b, a), op_sign(node->op),
                        say_beside(t, a, b), say_now(t, node, fact, other));
}

static const char *say_in(struct talk *t, const struct rule_node *node)
{
    const struct rule_node *item = &node->args[0], *list = &node->args[1];
    bool is_one = list->op == OP_LITERAL && list->literal.count == 1;

    return arena_printf(t->arena, "%s%s %s%s", tr(t, item),
                        is_one ? ":" : pick(t, " thuộc một trong:", " is one of:"),
                        say_beside(t, item, list), say_now(t, node, item, list));
}

/* A part that is itself "and" or "or" gets brackets. */
static const char *say_part(struct talk *t, const struct rule_node *node)
{
    bool is_joined = (node->op == OP_AND || node->op == OP_OR) && node->count > 1;

    return is_joined ? arena_printf(t->arena, "(%s)", tr(t, node)) : tr(t, node);
}

static const char *join(struct talk *t, const struct rule_node *node, const char *between)
{
    const char *text = "";

    for (size_t i = 0; i < node->count; i++)
        text =
            arena_printf(t->arena, "%s%s%s", text, i ? between : "", say_part(t, &node->args[i]));
    return text;
}

static const char *say_and(struct talk *t, const struct rule_node *node)
{
    return join(t, node, pick(t, " và ", " and "));
}

static const char *say_or(struct talk *t, const struct rule_node *node)
{
    return join(t, node, pick(t, " hoặc ", " or "));
}

static const char *say_not(struct talk *t, const struct rule_node *node)
{
    return text_printf(t->arena, t->lang, "không phải (%s)", "not (%s)", tr(t, &node->args[0]));
}

static const char *say_truthy(struct talk *t, const struct rule_node *node)
{
    return tr(t, &node->args[0]);
}

static const char *say_arithmetic(struct talk *t, const struct rule_node *node)
{
    if (node->count == 1)
        return node->op == OP_SUB ? arena_printf(t->arena, "-%s", tr(t, &node->args[0]))
                                  : tr(t, &node->args[0]);
    return join(t, node, arena_printf(t->arena, " %s ", op_sign(node->op)));
}

static const char *say_list(struct talk *t, const struct rule_node *node)
{
    return join(t, node, ", ");
}

static const char *say_extreme(struct talk *t, const struct rule_node *node)
{
    const char *which = node->op == OP_MIN ? pick(t, "số nhỏ nhất trong", "the least of")
                                           : pick(t, "số lớn nhất trong", "the greatest of");

    return arena_printf(t->arena, "%s (%s)", which, join(t, node, "; "));
}

static const char *say_if(struct talk *t, const struct rule_node *node)
{
    const char *text = "";
    size_t i = 0;

    for (; i + 1 < node->count; i += 2)
        text = text_printf(t->arena, t->lang, "%s%snếu %s thì %s", "%s%sif %s then %s", text,
                           i ? "; " : "", tr(t, &node->args[i]), tr(t, &node->args[i + 1]));
    if (i < node->count)
        text = arena_printf(t->arena, "%s%s%s", text,
                            i ? pick(t, "; còn lại ", "; otherwise ") : "", tr(t, &node->args[i]));
    return text;
}

static const char *say_years_before(struct talk *t, const struct rule_node *node)
{
    return text_printf(t->arena, t->lang, "%1$s lùi %2$s năm", "%2$s years before %1$s",
                       tr(t, &node->args[0]), tr(t, &node->args[1]));
}

/* Operators that policies hardly ever show to people: their name and what they work on. */
static const char *say_call(struct talk *t, const struct rule_node *node)
{
    return arena_printf(t->arena, "%s(%s)", rule_op_name(node->op), join(t, node, "; "));
}

static phrase *const phrases[OP__MAX] = {
    [OP_LITERAL] = say_literal,
    [OP_ARRAY] = say_list,
    [OP_FACT] = say_fact,
    [OP_AND] = say_and,
    [OP_OR] = say_or,
    [OP_NOT] = say_not,
    [OP_TRUTHY] = say_truthy,
    [OP_EQ] = say_comparison,
    [OP_NE] = say_comparison,
    [OP_SAME] = say_comparison,
    [OP_NOT_SAME] = say_comparison,
    [OP_LT] = say_comparison,
    [OP_LE] = say_comparison,
    [OP_GT] = say_comparison,
    [OP_GE] = say_comparison,
    [OP_IN] = say_in,
    [OP_IF] = say_if,
    [OP_ADD] = say_arithmetic,
    [OP_SUB] = say_arithmetic,
    [OP_MUL] = say_arithmetic,
    [OP_DIV] = say_arithmetic,
    [OP_MOD] = say_arithmetic,
    [OP_MIN] = say_extreme,
    [OP_MAX] = say_extreme,
    [OP_YEARS_BEFORE] = say_years_before,
};

static const char *tr(struct talk *t, const struct rule_node *node)
{
    return (phrases[node->op] ? phrases[node->op] : say_call)(t, node);
}

const char *rule_words(const struct rule_node *rule, const struct rule_data *data,
                       const struct rule_speaker *speaker, enum lang lang, struct arena *arena)
{
    struct talk t = {.data = data, .speaker = speaker, .lang = lang, .arena = arena};
    struct rule_result result;

    if (data) { /* of a rule that holds, the parts that do not are of no interest */
        rule_eval(rule, data, arena, &result);
        t.data = result.truth == TRUTH_TRUE ? NULL : data;
    }
    return tr(&t, rule);
}
