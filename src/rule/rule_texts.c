/* Operators on texts: cat, substr. */
#include "eval.h"

#include <string.h>

#include "base/text.h"

/* A text that a rule builds; the longest that any document may hold. */
#define TEXT_BYTES_MAX JSON_STRING_BYTES_MAX

static bool append_text(struct buf *text, const struct value *value)
{
    switch (value->kind) {
    case VALUE_TEXT:
        buf_puts(text, value->text);
        return true;
    case VALUE_NUMBER:
        ratio_print_exact(text, value->number);
        return true;
    case VALUE_BOOL:
        buf_puts(text, value->truth ? "true" : "false");
        return true;
    default:
        return false;
    }
}

struct value eval_cat(struct eval *e, const struct rule_node *node)
{
    bool is_open = false, is_fine = true;
    struct value value;
    struct buf text;

    buf_init(&text, TEXT_BYTES_MAX);
    for (size_t i = 0; i < node->count; i++) {
        value = eval(e, &node->args[i]);
        is_open |= value.kind == VALUE_UNKNOWN;
        is_fine &= value.kind == VALUE_UNKNOWN || append_text(&text, &value);
    }
    if (is_open)
        value = value_unknown();
    else if (!is_fine || text.is_full)
        value = unknown_because(e, &reason_text);
    else
        value = value_text(arena_strndup(e->arena, buf_text(&text), text.len));
    buf_free(&text);
    return value;
}

/* The byte at which character number `index` starts. */
static size_t char_offset(const char *text, int64_t index)
{
    const char *at = text, *end = text + strlen(text);

    while (index-- > 0 && at < end)
        (void)text_next(&at, end);
    return (size_t)(at - text);
}

/* substr(text, start, length): negative start counts from the end, negative length leaves off. */
/* As JsonLogic and JavaScript count: from the end where negative; cut to what there is. */
static void substr_range(int64_t chars, int64_t *start, int64_t *length)
{
    if (*start < 0)
        *start = *start < -chars ? 0 : chars + *start;
    if (*start > chars)
        *start = chars;
    if (*length < 0)
        *length = chars - *start + (*length < -chars ? -chars : *length);
    if (*length < 0)
        *length = 0;
    if (*length > chars)
        *length = chars;
}

struct value eval_substr(struct eval *e, const struct rule_node *node)
{
    struct value text = eval(e, &node->args[0]), from = eval(e, &node->args[1]);
    struct value len = node->count > 2 ? eval(e, &node->args[2]) : value_int(INT32_MAX);
    int64_t start, length;
    size_t first, last;

    if (text.kind == VALUE_UNKNOWN || from.kind == VALUE_UNKNOWN || len.kind == VALUE_UNKNOWN)
        return value_unknown();
    if (text.kind != VALUE_TEXT)
        return unknown_because(e, &reason_text);
    if (from.kind != VALUE_NUMBER || !ratio_to_int64(from.number, &start) ||
        len.kind != VALUE_NUMBER || !ratio_to_int64(len.number, &length))
        return unknown_because(e, &reason_number);
    substr_range((int64_t)text_chars(text.text), &start, &length);
    first = char_offset(text.text, start);
    last = char_offset(text.text, start + length);
    return value_text(arena_strndup(e->arena, text.text + first, last - first));
}
