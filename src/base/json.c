/* The only user of cJSON's parser. json_scan.c has refused everything that cJSON lets pass. */
#include "base/json.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/file.h"
#include "base/map.h"
#include "base/text.h"
#include "json_scan.h"

/* cJSON's nodes live in an arena of the running parse: one bump instead of a malloc per node. */
static _Thread_local struct arena *parse_arena;
static pthread_once_t hooks_once = PTHREAD_ONCE_INIT;

static void *take(size_t size)
{
    return arena_alloc(parse_arena, size, 1);
}

static void keep(void *memory)
{
    (void)memory; /* the arena is released as a whole */
}

static void set_hooks(void)
{
    cJSON_Hooks hooks = {.malloc_fn = take, .free_fn = keep};

    cJSON_InitHooks(&hooks);
}

struct build {
    struct arena *arena;
    const char *file;
    const char *data;
    const struct json_mark *mark; /* of the next value */
    struct faults *faults;
};

static enum json_type type_of(const cJSON *node)
{
    if (cJSON_IsObject(node))
        return JSON_OBJECT;
    if (cJSON_IsArray(node))
        return JSON_ARRAY;
    if (cJSON_IsString(node))
        return JSON_STRING;
    if (cJSON_IsNumber(node))
        return JSON_NUMBER;
    return cJSON_IsBool(node) ? JSON_BOOL : JSON_NULL;
}

/* Objects with few members are searched one by one, larger ones with a map. */
#define FEW_MEMBERS 12

static void refuse_duplicate(struct build *b, const struct json *value)
{
    faults_add(b->faults, json_place(value, b->faults), "khóa '%s' xuất hiện hai lần",
               "the key '%s' stands twice", value->key);
}

static void check_duplicates(struct build *b, const struct json *object)
{
    struct map seen;

    if (object->count > FEW_MEMBERS) {
        map_init(&seen, b->arena);
        for (size_t i = 0; i < object->count; i++) {
            const struct json *item = &object->items[i];

            if (map_put(&seen, item->key, strlen(item->key), i) != MAP_NONE)
                refuse_duplicate(b, item);
        }
        return;
    }
    for (size_t i = 1; i < object->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(object->items[i].key, object->items[j].key) == 0)
                refuse_duplicate(b, &object->items[i]);
        }
    }
}

/* Fills `out` from a node; the marks come in the order in which values start, as we walk. */
static void build_value(struct build *b, const cJSON *node, struct json *out)
{
    const struct json_mark *mark = b->mark++;
    struct json *items;

    out->type = type_of(node);
    out->line = mark->line;
    out->file = b->file;
    if (out->type == JSON_NUMBER) {
        out->text = arena_strndup(b->arena, b->data + mark->offset, mark->len);
        out->len = mark->len;
    } else if (out->type == JSON_STRING) {
        out->text = text_nfc(b->arena, node->valuestring, strlen(node->valuestring), &out->len);
    } else if (out->type == JSON_BOOL) {
        out->truth = cJSON_IsTrue(node);
    }
    if (out->type < JSON_ARRAY)
        return;
    for (const cJSON *child = node->child; child; child = child->next)
        out->count++;
    items = ARENA_ARRAY(b->arena, struct json, out->count);
    out->items = items;
    for (const cJSON *child = node->child; child; child = child->next, items++) {
        items->parent = out;
        items->index = (size_t)(items - out->items);
        items->key = child->string;
        build_value(b, child, items);
    }
    if (out->type == JSON_OBJECT)
        check_duplicates(b, out);
}

static const struct json *build_tree(struct arena *arena, const char *file, const char *data,
                                     size_t len, const struct json_marks *marks,
                                     struct faults *faults)
{
    struct build b = {.arena = arena,
                      .file = arena_strdup(arena, file),
                      .data = data,
                      .mark = marks->items,
                      .faults = faults};
    size_t errors = faults->errors;
    struct json *root = ARENA_NEW(arena, struct json);
    cJSON *node;

    pthread_once(&hooks_once, set_hooks);
    parse_arena = arena;
    node = cJSON_ParseWithLengthOpts(data, len + 1, NULL, 1);
    parse_arena = NULL;
    if (!node) {
        faults_add(faults, (struct place){file, 1, ""}, "tài liệu JSON không đọc được",
                   "the JSON document cannot be read");
        return NULL;
    }
    build_value(&b, node, root);
    return faults->errors == errors ? root : NULL;
}

const struct json *json_parse(struct arena *arena, const char *file, const char *data, size_t len,
                              struct faults *faults)
{
    struct json_marks marks = {0};
    const struct json *root = NULL;

    if (len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
        data += 3;
        len -= 3;
    }
    if (json_scan(file, data, len, &marks, faults))
        root = build_tree(arena, file, data, len, &marks, faults);
    free(marks.items);
    return root;
}

const struct json *json_load(struct arena *arena, const char *path, struct faults *faults)
{
    struct err err;
    char *data;
    size_t len;

    if (file_read(arena, path, JSON_FILE_BYTES_MAX, &data, &len, &err) != OK) {
        size_t skip = strlen(path) + 2; /* the place already names the file */

        faults_add(faults, (struct place){path, 0, ""}, "%s%.0s", "%.0s%s",
                   err.text[LANG_VI] + skip, err.text[LANG_EN] + skip);
        return NULL;
    }
    return json_parse(arena, path, data, len, faults);
}

static const struct json *find_member(const struct json *object, const char *key)
{
    if (!object || object->type != JSON_OBJECT)
        return NULL;
    for (size_t i = 0; i < object->count; i++) {
        if (strcmp(object->items[i].key, key) == 0)
            return &object->items[i];
    }
    return NULL;
}

const struct json *json_get(const struct json *object, const char *key)
{
    const struct json *member = find_member(object, key);

    return member && !member->is_refused ? member : NULL;
}

bool json_has(const struct json *object, const char *key)
{
    return find_member(object, key) != NULL;
}

const char *json_text(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return value && value->type == JSON_STRING ? value->text : NULL;
}

/* The length of "/key" or "/0" for each step from the document down to the value (RFC 6901), and
 * the same written so that it ends at `end`, where that is not NULL. */
static size_t put_pointer(const struct json *value, char *end)
{
    size_t total = 0;

    for (; value->parent; value = value->parent) {
        char index[24];
        const char *name = value->key;
        size_t len;

        if (!name) {
            snprintf(index, sizeof(index), "%zu", value->index);
            name = index;
        }
        len = strlen(name);
        for (size_t i = len; i-- > 0;) {
            bool is_escaped = name[i] == '~' || name[i] == '/';

            total += is_escaped ? 2 : 1;
            if (end)
                *--end = !is_escaped ? name[i] : name[i] == '~' ? '0' : '1';
            if (end && is_escaped)
                *--end = '~';
        }
        total++;
        if (end)
            *--end = '/';
    }
    return total;
}

/* Every answer has its place taken, faulty or not: so this is measured and written, not grown. */
const char *json_pointer(const struct json *value, struct arena *arena)
{
    size_t len = put_pointer(value, NULL);
    char *pointer = arena_alloc(arena, len + 1, 1);

    put_pointer(value, pointer + len);
    return pointer;
}

struct place json_place(const struct json *value, struct faults *faults)
{
    return (struct place){value->file, value->line, json_pointer(value, faults->arena)};
}
