#include "report/wording.h"

#include <stdarg.h>
#include <string.h>

#include "base/array.h"
#include "base/buf.h"
#include "base/map.h"

#define PAIRS_MAX 200
#define OWNERS_MAX 100
#define FILLED_BYTES_MAX ((size_t)64 << 10)

static const char *const section_names[REPORT_SECTION__MAX] = {
    [SECTION_RESULT] = "result", [SECTION_WHERE] = "where",   [SECTION_WHY] = "why",
    [SECTION_FIRST] = "first",   [SECTION_WHEN] = "when",     [SECTION_MONEY] = "money",
    [SECTION_PAPERS] = "papers", [SECTION_METHOD] = "method", [SECTION_SUMMARY] = "summary",
    [SECTION_ANNEX] = "annex",
};

static const char *const list_names[REPORT_LIST__MAX] = {
    [LIST_SECTIONS] = "sections",
    [LIST_HOUSEHOLD] = "household",
    [LIST_SUMMARY] = "summary",
};

/* A text's name, and the values that it may use, parted by spaces. */
static const struct slot {
    const char *key, *values;
} slots[REPORT_TEXT__MAX] = {
#define REPORT_TEXT(id, key, values) [TEXT_##id] = {key, values},
#include "report/wording_texts.h"
#undef REPORT_TEXT
};

static const struct json_field fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},
    {"id", JSON_IS(JSON_STRING), true},
    {"title", JSON_IS(JSON_OBJECT), true},
    {"note", JSON_IS(JSON_STRING), false},
    {"sections", JSON_IS(JSON_ARRAY), true},
    {"household", JSON_IS(JSON_ARRAY), true},
    {"summary", JSON_IS(JSON_ARRAY), true},
    {"texts", JSON_IS(JSON_OBJECT), true},
    {"keep_together", JSON_IS(JSON_OBJECT), false},
    {"owners", JSON_IS(JSON_ARRAY), false},
    {"steps_per_quarter", JSON_IS(JSON_NUMBER), false},
};

/* True if `name` is one of the words of `list`. */
static bool is_listed(const char *list, const char *name, size_t len)
{
    for (const char *at = list; *at;) {
        size_t word = strcspn(at, " ");

        if (word == len && memcmp(at, name, len) == 0)
            return true;
        at += word + (at[word] == ' ');
    }
    return false;
}

static void check_values(const struct json *json, const char *text, const char *allowed,
                         struct faults *faults)
{
    const char *open = text;

    while (open && (open = strchr(open, '{')) != NULL) {
        size_t len = strcspn(open + 1, "}");

        if (!open[1 + len]) {
            faults_add(faults, json_place(json, faults), "dấu '{' không có dấu '}' đóng lại",
                       "a '{' has no '}' behind it");
            return;
        }
        if (!is_listed(allowed, open + 1, len))
            faults_add(faults, json_place(json, faults),
                       "lời này không có giá trị {%.*s}; các giá trị dùng được: %s",
                       "this text gets no value {%.*s}; what it may use: %s", (int)len, open + 1,
                       *allowed ? allowed : "–");
        open += len + 1;
    }
}

static size_t find_slot(const char *key)
{
    for (size_t i = 0; i < REPORT_TEXT__MAX; i++) {
        if (strcmp(slots[i].key, key) == 0)
            return i;
    }
    return MAP_NONE;
}

static void read_text(struct wording *w, const struct json *json, struct faults *faults)
{
    size_t slot = find_slot(json->key);

    if (slot == MAP_NONE) {
        faults_add(faults, json_place(json, faults), "báo cáo không có lời nào tên '%s'",
                   "reports have no text of the name '%s'", json->key);
        return;
    }
    w->texts[slot] = json_words(json, faults);
    for (int lang = 0; lang < LANG__MAX; lang++)
        check_values(json, w->texts[slot].in[lang], slots[slot].values, faults);
}

static void read_texts(struct wording *w, const struct json *json, struct faults *faults)
{
    if (!json || json->type != JSON_OBJECT)
        return;
    for (size_t i = 0; i < json->count; i++)
        read_text(w, &json->items[i], faults);
    for (size_t i = 0; i < REPORT_TEXT__MAX; i++) {
        if (!json_get(json, slots[i].key))
            faults_add(faults, json_place(json, faults), "thiếu lời '%s'",
                       "the text '%s' is missing", slots[i].key);
    }
}

/* Names in an order, each at most once. */
static void read_list(const struct json *json, struct section_list *out, struct faults *faults)
{
    unsigned seen = 0;

    for (size_t i = 0; json && json->type == JSON_ARRAY && i < json->count; i++) {
        int index = json_one_of(&json->items[i], section_names, REPORT_SECTION__MAX, faults);

        if (index < 0)
            continue;
        if (seen >> index & 1) {
            faults_add(faults, json_place(&json->items[i], faults), "'%s' được nêu hai lần",
                       "'%s' stands there twice", section_names[index]);
            continue;
        }
        seen |= 1u << index;
        out->items[out->count++] = (enum report_section)index;
    }
}

static struct word_pairs read_pairs(struct arena *arena, const struct json *json,
                                    struct faults *faults)
{
    struct word_pairs pairs = {0};
    const char **items;

    if (!json)
        return pairs;
    if (json->type != JSON_ARRAY || json->count > PAIRS_MAX) {
        faults_add(faults, json_place(json, faults), "phải là danh sách không quá %d cụm từ",
                   "must be a list of at most %d phrases", PAIRS_MAX);
        return pairs;
    }
    items = ARENA_ARRAY(arena, const char *, json->count + 1);
    for (size_t i = 0; i < json->count; i++) {
        if (json->items[i].type == JSON_STRING)
            items[pairs.count++] = json->items[i].text;
        else
            faults_add(faults, json_place(&json->items[i], faults), "phải là chữ",
                       "must be a text");
    }
    pairs.items = items;
    return pairs;
}

static void read_keep_together(struct arena *arena, struct wording *w, const struct json *json,
                               struct faults *faults)
{
    static const struct json_field languages[] = {
        {"vi", JSON_IS(JSON_ARRAY), false},
        {"en", JSON_IS(JSON_ARRAY), false},
    };

    if (!json || !json_check_object(json, languages, 2, faults))
        return;
    for (int lang = 0; lang < LANG__MAX; lang++)
        w->pairs[lang] = read_pairs(arena, json_get(json, lang_code((enum lang)lang)), faults);
}

static void read_owners(struct arena *arena, struct wording *w, const struct json *json,
                        struct faults *faults)
{
    static const struct json_field owner_fields[] = {
        {"dimension", JSON_IS(JSON_STRING), true},
        {"who", JSON_IS(JSON_OBJECT), true},
    };
    struct wording_owner *owners;

    if (!json || json->type != JSON_ARRAY)
        return;
    if (json->count > OWNERS_MAX) {
        faults_add(faults, json_place(json, faults), "nhiều hơn %d dòng", "more than %d entries",
                   OWNERS_MAX);
        return;
    }
    owners = ARENA_ARRAY(arena, struct wording_owner, json->count + 1);
    for (size_t i = 0; i < json->count; i++) {
        const struct json *item = &json->items[i];

        if (!json_check_object(item, owner_fields, 2, faults))
            continue;
        owners[w->owner_count].dimension = json_text(item, "dimension");
        owners[w->owner_count++].who = json_words(json_get(item, "who"), faults);
    }
    w->owners = owners;
}

const struct wording *wording_read(struct arena *arena, const struct json *root,
                                   struct faults *faults)
{
    struct wording *w = ARENA_NEW(arena, struct wording);
    size_t errors = faults->errors;
    const struct json *steps;
    int64_t number = 3;

    if (!json_check_object(root, fields, ARRAY_SIZE(fields), faults))
        return NULL;
    w->file = root->file;
    w->title = json_words(json_get(root, "title"), faults);
    for (int i = 0; i < REPORT_LIST__MAX; i++)
        read_list(json_get(root, list_names[i]), &w->lists[i], faults);
    read_texts(w, json_get(root, "texts"), faults);
    read_keep_together(arena, w, json_get(root, "keep_together"), faults);
    read_owners(arena, w, json_get(root, "owners"), faults);
    steps = json_get(root, "steps_per_quarter");
    if (steps)
        (void)json_whole(steps, 1, 20, faults, &number);
    w->steps_per_quarter = (int)number;
    return faults->errors == errors ? w : NULL;
}

const struct wording *wording_load(struct arena *arena, const char *path, struct faults *faults)
{
    const struct json *root = json_load(arena, path, faults);

    return root ? wording_read(arena, root, faults) : NULL;
}

/* Appends the value of a name; the pairs end with NULL. */
static void put_value(struct buf *out, const char *name, size_t len, va_list values)
{
    for (const char *key; (key = va_arg(values, const char *)) != NULL;) {
        const char *value = va_arg(values, const char *);

        if (strlen(key) == len && memcmp(key, name, len) == 0) {
            buf_puts(out, value ? value : "");
            return;
        }
    }
}

const char *wording_tr(const struct wording *w, enum report_text text, enum lang lang,
                       struct arena *arena, ...)
{
    const char *at = w->texts[text].in[lang], *copy;
    struct buf out;

    buf_init(&out, FILLED_BYTES_MAX);
    while (at && *at) {
        size_t plain = strcspn(at, "{"), len;
        va_list values;

        buf_add(&out, at, plain);
        at += plain;
        if (!*at)
            break;
        len = strcspn(at + 1, "}");
        va_start(values, arena);
        put_value(&out, at + 1, len, values);
        va_end(values);
        at += len + 1 + (at[len + 1] == '}');
    }
    copy = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return copy;
}

const char *wording_owner(const struct wording *w, const char *dimension, enum lang lang)
{
    const char *any = "";

    for (size_t i = 0; i < w->owner_count; i++) {
        if (strcmp(w->owners[i].dimension, dimension) == 0)
            return w->owners[i].who.in[lang];
        if (strcmp(w->owners[i].dimension, "*") == 0)
            any = w->owners[i].who.in[lang];
    }
    return any;
}
