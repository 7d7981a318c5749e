#include "rule/value.h"

#include <stdlib.h>
#include <string.h>

struct value value_unknown(void)
{
    return (struct value){.kind = VALUE_UNKNOWN};
}

struct value value_bool(bool truth)
{
    return (struct value){.kind = VALUE_BOOL, .truth = truth};
}

struct value value_number(struct ratio number)
{
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_int(int64_t n)
{
    return value_number(ratio_of(n));
}

struct value value_text(const char *text)
{
    return text ? (struct value){.kind = VALUE_TEXT, .text = text} : value_unknown();
}

struct value value_day(struct arena *arena, day d)
{
    char *text;

    if (d == DAY_NONE)
        return value_unknown();
    text = arena_alloc(arena, DAY_ISO_CHARS + 1, 1);
    day_write_iso(text, d);
    return value_text(text);
}

static struct value of_items(struct arena *arena, const struct json *json)
{
    struct value *items = ARENA_ARRAY(arena, struct value, json->count);

    for (size_t i = 0; i < json->count; i++) {
        items[i] = value_of_json(arena, &json->items[i]);
        items[i].key = json->items[i].key;
    }
    return (struct value){.kind = json->type == JSON_ARRAY ? VALUE_LIST : VALUE_OBJECT,
                          .items = items,
                          .count = json->count};
}

struct value value_of_json(struct arena *arena, const struct json *json)
{
    struct ratio number;

    switch (json->type) {
    case JSON_BOOL:
        return value_bool(json->truth);
    case JSON_NUMBER:
        return json_ratio(json, false, &number) ? value_number(number) : value_unknown();
    case JSON_STRING:
        return value_text(json->text);
    case JSON_ARRAY:
    case JSON_OBJECT:
        return of_items(arena, json);
    default:
        return value_unknown();
    }
}

enum truth value_truth(const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        return value->truth ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_NUMBER:
        return value->number.num != 0 ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_TEXT:
        return *value->text ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_LIST:
        return value->count ? TRUTH_TRUE : TRUTH_FALSE;
    case VALUE_OBJECT:
        return TRUTH_TRUE;
    default:
        return TRUTH_UNKNOWN;
    }
}

bool value_equal(const struct value *a, const struct value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case VALUE_BOOL:
        return a->truth == b->truth;
    case VALUE_NUMBER:
        return ratio_cmp(a->number, b->number) == 0;
    case VALUE_TEXT:
        return strcmp(a->text, b->text) == 0;
    case VALUE_LIST:
    case VALUE_OBJECT:
        break;
    default:
        return false;
    }
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct value *x = &a->items[i], *y = &b->items[i];

        if (a->kind == VALUE_OBJECT && strcmp(x->key, y->key) != 0)
            return false;
        if (!value_equal(x, y))
            return false;
    }
    return true;
}

struct ratio value_sum(const struct value *list)
{
    struct ratio sum = ratio_of(0);

    for (size_t i = 0; i < list->count; i++)
        sum = ratio_add(sum, list->items[i].number);
    return sum;
}

bool value_is_date(const struct value *value, day *out)
{
    return value->kind == VALUE_TEXT && day_parse_iso(value->text, strlen(value->text), out);
}

/* A member of an object by name, or NULL. */
static const struct value *value_member(const struct value *object, const char *name, size_t len)
{
    if (object->kind != VALUE_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->count; i++) {
        const char *key = object->items[i].key;

        if (strncmp(key, name, len) == 0 && !key[len])
            return &object->items[i];
    }
    return NULL;
}

static const struct value *list_item(const struct value *list, const char *name, size_t len)
{
    size_t index = 0;

    if (!len || len > 6)
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (name[i] < '0' || name[i] > '9')
            return NULL;
        index = index * 10 + (size_t)(name[i] - '0');
    }
    return index < list->count ? &list->items[index] : NULL;
}

const struct value *value_path(const struct value *root, const char *path)
{
    if (!*path)
        return root;
    while (root) {
        size_t len = strcspn(path, ".");

        root =
            root->kind == VALUE_LIST ? list_item(root, path, len) : value_member(root, path, len);
        if (!path[len])
            break;
        path += len + 1;
    }
    return root;
}

static void write_number(struct json_writer *w, struct ratio number)
{
    struct buf text;

    buf_init(&text, 200);
    ratio_print_exact(&text, number);
    if (strchr(buf_text(&text), '/'))
        json_string(w, buf_text(&text));
    else
        json_raw(w, buf_text(&text));
    buf_free(&text);
}

void value_write(struct json_writer *w, const struct value *value)
{
    switch (value->kind) {
    case VALUE_BOOL:
        json_bool(w, value->truth);
        return;
    case VALUE_NUMBER:
        write_number(w, value->number);
        return;
    case VALUE_TEXT:
        json_string(w, value->text);
        return;
    case VALUE_LIST:
    case VALUE_OBJECT:
        break;
    default:
        json_null(w);
        return;
    }
    if (value->kind == VALUE_LIST)
        json_begin_array(w);
    else
        json_begin_object(w);
    for (size_t i = 0; i < value->count; i++) {
        if (value->kind == VALUE_OBJECT)
            json_key(w, value->items[i].key);
        value_write(w, &value->items[i]);
    }
    if (value->kind == VALUE_LIST)
        json_end_array(w);
    else
        json_end_object(w);
}
