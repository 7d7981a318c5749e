/* Reading a tree against declared formats: objects, texts, numbers, days. */
#include "base/json.h"

#include <string.h>

#include "base/text.h"
#include "base/text_odd.h"

/* The word for a type in both languages ("số", "a number"). */
static struct words type_words(enum json_type type)
{
    static const struct words names[JSON_TYPE__MAX] = {
        [JSON_NULL] = {{"null", "null"}},
        [JSON_BOOL] = {{"true hoặc false", "true or false"}},
        [JSON_NUMBER] = {{"một số", "a number"}},
        [JSON_STRING] = {{"một văn bản", "a text"}},
        [JSON_ARRAY] = {{"một mảng [...]", "an array [...]"}},
        [JSON_OBJECT] = {{"một đối tượng {...}", "an object {...}"}},
    };

    return names[type];
}

/* "a number or a text" for a set of types. */
static const char *types_text(unsigned types, enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (int type = 0; type < JSON_TYPE__MAX; type++) {
        const char *name = type_words((enum json_type)type).in[lang];
        const char *or_text = lang == LANG_VI ? " hoặc " : " or ";

        if (types & JSON_IS(type))
            text = arena_printf(arena, "%s%s%s", text, *text ? or_text : "", name);
    }
    return text;
}

static bool check_type(const struct json *value, unsigned types, struct faults *faults)
{
    struct words found = type_words(value->type);

    if (types & JSON_IS(value->type))
        return true;
    faults_add(faults, json_place(value, faults), "cần %1$s, nhưng đây là %3$s%2$.0s%4$.0s",
               "%2$s is needed here, but this is %4$s%1$.0s%3$.0s",
               types_text(types, LANG_VI, faults->arena), types_text(types, LANG_EN, faults->arena),
               found.in[LANG_VI], found.in[LANG_EN]);
    return false;
}

static void refuse_unknown_key(const struct json *item, const struct json_field *fields,
                               size_t count, struct faults *faults)
{
    const char **names = ARENA_ARRAY(faults->arena, const char *, count);
    const char *closest;

    for (size_t i = 0; i < count; i++)
        names[i] = fields[i].key;
    closest = text_closest(item->key, names, count);
    if (closest)
        faults_add(faults, json_place(item, faults), "khóa lạ '%s'; có phải là '%s'?",
                   "unknown key '%s'; is '%s' meant?", item->key, closest);
    else
        faults_add(faults, json_place(item, faults), "khóa lạ '%s'", "unknown key '%s'", item->key);
}

static void check_member(const struct json *item, const struct json_field *fields, size_t count,
                         struct faults *faults)
{
    size_t at = 0;

    while (at < count && strcmp(fields[at].key, item->key) != 0)
        at++;
    if (at == count)
        refuse_unknown_key(item, fields, count, faults);
    else if (!check_type(item, fields[at].types, faults))
        ((struct json *)item)->is_refused = true; /* a note of the check, not of the document */
}

bool json_check_members(const struct json *value, const struct json_field *fields, size_t count,
                        struct faults *faults)
{
    if (!check_type(value, JSON_IS(JSON_OBJECT), faults))
        return false;
    for (size_t i = 0; i < value->count; i++)
        check_member(&value->items[i], fields, count, faults);
    for (size_t at = 0; at < count; at++) {
        if (fields[at].is_required && !json_has(value, fields[at].key))
            faults_add(faults, json_place(value, faults), "thiếu khóa '%s'",
                       "the key '%s' is missing", fields[at].key);
    }
    return true;
}

bool json_check_object(const struct json *value, const struct json_field *fields, size_t count,
                       struct faults *faults)
{
    size_t errors = faults->errors;

    return json_check_members(value, fields, count, faults) && faults->errors == errors;
}

bool json_ratio(const struct json *value, bool or_text, struct ratio *out)
{
    if (!value)
        return false;
    if (value->type == JSON_NUMBER)
        return ratio_parse(value->text, value->len, true, out);
    return or_text && value->type == JSON_STRING &&
           ratio_parse(value->text, value->len, false, out);
}

bool json_whole(const struct json *value, int64_t min, int64_t max, struct faults *faults,
                int64_t *out)
{
    struct ratio r;
    int64_t whole;

    if (!value)
        return false;
    if (json_ratio(value, false, &r) && ratio_to_int64(r, &whole) && whole >= min && whole <= max) {
        *out = whole;
        return true;
    }
    faults_add(faults, json_place(value, faults), "cần một số nguyên từ %lld đến %lld",
               "a whole number from %lld to %lld is needed", (long long)min, (long long)max);
    return false;
}

/* One language of a text for people. */
static const char *language_text(const struct json *value, enum lang lang, struct faults *faults)
{
    const struct json *text = json_get(value, lang_code(lang));

    if (!text) {
        faults_warn(faults, json_place(value, faults), "thiếu bản tiếng %1$s%2$.0s",
                    "the %2$s text is missing%1$.0s", lang == LANG_VI ? "Việt" : "Anh",
                    lang == LANG_VI ? "Vietnamese" : "English");
        return NULL;
    }
    if (text->type == JSON_STRING && text->len == 0)
        faults_add(faults, json_place(text, faults), "văn bản không được để trống",
                   "the text must not be empty");
    if (text->type == JSON_STRING && text_is_odd(text->text, text->len))
        text_warn_odd(text->text, text->len, json_place(text, faults), faults);
    return text->type == JSON_STRING ? text->text : NULL;
}

struct words json_words(const struct json *value, struct faults *faults)
{
    static const struct json_field fields[] = {
        {"vi", JSON_IS(JSON_STRING), false},
        {"en", JSON_IS(JSON_STRING), false},
    };
    struct words words = {{NULL, NULL}};

    if (!value || !json_check_object(value, fields, 2, faults))
        return words;
    if (!value->count) {
        faults_add(faults, json_place(value, faults), "cần văn bản \"vi\" và \"en\"",
                   "the texts \"vi\" and \"en\" are needed");
        return words;
    }
    for (int i = 0; i < LANG__MAX; i++)
        words.in[i] = language_text(value, (enum lang)i, faults);
    for (int i = 0; i < LANG__MAX; i++) {
        if (!words.in[i])
            words.in[i] = words.in[LANG__MAX - 1 - i];
    }
    return words;
}

day json_day(const struct json *value, struct faults *faults)
{
    day d;

    if (!value)
        return DAY_NONE;
    if (value->type == JSON_STRING && day_parse_iso(value->text, value->len, &d))
        return d;
    faults_add(faults, json_place(value, faults),
               "cần một ngày có thật dạng \"YYYY-MM-DD\", ví dụ \"2026-11-23\"",
               "a real day of the form \"YYYY-MM-DD\" is needed, for instance \"2026-11-23\"");
    return DAY_NONE;
}

int json_one_of(const struct json *value, const char *const *names, size_t count,
                struct faults *faults)
{
    const char *list = "";

    for (size_t i = 0; value && i < count; i++) {
        if (value->type == JSON_STRING && strcmp(value->text, names[i]) == 0)
            return (int)i;
        list = arena_printf(faults->arena, "%s%s\"%s\"", list, i ? ", " : "", names[i]);
    }
    if (value)
        faults_add(faults, json_place(value, faults), "giá trị phải là một trong: %s",
                   "the value must be one of: %s", list);
    return -1;
}

bool json_equal(const struct json *a, const struct json *b)
{
    if (a->type != b->type || a->count != b->count || a->truth != b->truth)
        return false;
    if ((a->type == JSON_STRING || a->type == JSON_NUMBER) && strcmp(a->text, b->text) != 0)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->type == JSON_OBJECT && strcmp(a->items[i].key, b->items[i].key) != 0)
            return false;
        if (!json_equal(&a->items[i], &b->items[i]))
            return false;
    }
    return true;
}
