/* Replies in JSON and src/web/api/openapi.json, field by field: neither has what the other lacks.
 */
#include "test.h"

#include <string.h>

#include "base/json.h"
#include "web/replies.h"

static struct arena arena;
static const struct json *schemas;

static int setup(void **state)
{
    struct faults faults;

    (void)state;
    arena_init(&arena);
    faults_init(&faults, &arena);
    schemas = json_get(
        json_get(json_load(&arena, "src/web/api/openapi.json", &faults), "components"), "schemas");
    assert_non_null(schemas);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* What a reference leads to. */
static const struct json *follow(const struct json *schema)
{
    const char *reference = json_text(schema, "$ref");

    while (reference) {
        schema = json_get(schemas, strrchr(reference, '/') + 1);
        assert_non_null(schema);
        reference = json_text(schema, "$ref");
    }
    return schema;
}

static bool has_text(const struct json *list, const char *text)
{
    for (size_t i = 0; list && i < list->count; i++) {
        if (list->items[i].text && strcmp(list->items[i].text, text) == 0)
            return true;
    }
    return false;
}

/* "type": "x" or ["x", "null"]. */
static bool is_of_type(const struct json *schema, const char *type)
{
    const struct json *said = json_get(schema, "type");

    if (said && said->type == JSON_STRING)
        return strcmp(said->text, type) == 0;
    return has_text(said, type);
}

static void check_shape(const struct json *schema, const struct json_shape *shape,
                        const char *where);

/* The codes of an enum and no others. */
static void check_codes(const struct json *schema, const char *const *codes, const char *where)
{
    const struct json *said = json_get(schema, "enum");

    if (!said)
        fail_msg("%s: no enum", where);
    for (size_t i = 0; codes[i]; i++) {
        if (!has_text(said, codes[i]))
            fail_msg("%s: lacks the code %s", where, codes[i]);
    }
    for (size_t i = 0; i < said->count; i++) {
        size_t k = 0;

        while (codes[k] && strcmp(codes[k], said->items[i].text) != 0)
            k++;
        if (!codes[k])
            fail_msg("%s: there is no code %s", where, said->items[i].text);
    }
}

static void check_array(const struct json *schema, const struct json_shape *of, const char *where)
{
    const struct json *items = follow(json_get(schema, "items"));

    if (!is_of_type(schema, "array") || !items)
        fail_msg("%s: no array of something", where);
    if (of)
        check_shape(items, of, arena_printf(&arena, "%s[]", where));
    else if (!is_of_type(items, "string"))
        fail_msg("%s: no array of texts", where);
}

static void check_member(const struct json *schema, const struct json_member *member,
                         const char *where)
{
    static const char *const types[] = {[MEMBER_INT64] = "integer",
                                        [MEMBER_SIZE] = "integer",
                                        [MEMBER_INT] = "integer",
                                        [MEMBER_FLAG] = "boolean"};

    schema = follow(schema);
    switch (member->type) {
    case MEMBER_TEXT:
        if (!is_of_type(schema, "string") && !json_get(schema, "enum"))
            fail_msg("%s: no text", where);
        break;
    case MEMBER_CODE:
        check_codes(schema, member->codes, where);
        break;
    case MEMBER_PART:
        check_shape(schema, member->shape, where);
        break;
    case MEMBER_LIST:
        check_array(schema, member->shape, where);
        break;
    case MEMBER_TEXTS:
        check_array(schema, NULL, where);
        break;
    case MEMBER_OTHER:
        if (member->shape)
            check_array(schema, member->shape, where);
        break;
    default:
        if (!is_of_type(schema, types[member->type]))
            fail_msg("%s: no %s", where, types[member->type]);
    }
}

static bool has_member(const struct json_shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->member_count; i++) {
        if (strcmp(shape->members[i].name, name) == 0)
            return true;
    }
    return false;
}

static void check_shape(const struct json *schema, const struct json_shape *shape,
                        const char *where)
{
    const struct json *properties = json_get(schema, "properties");
    const struct json *required = json_get(schema, "required");

    if (!is_of_type(schema, "object") || !properties)
        fail_msg("%s: no object", where);
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct json_member *member = &shape->members[i];
        const char *at = arena_printf(&arena, "%s.%s", where, member->name);

        if (!json_get(properties, member->name))
            fail_msg("%s: is not described", at);
        if (member->has && has_text(required, member->name))
            fail_msg("%s: is required, and may be left out", at);
        check_member(json_get(properties, member->name), member, at);
    }
    for (size_t i = 0; i < properties->count; i++) {
        if (!has_member(shape, properties->items[i].key))
            fail_msg("%s.%s: is described, and never written", where, properties->items[i].key);
    }
}

static void every_reply_is_what_its_description_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < web_reply_count; i++) {
        const struct json *schema = json_get(schemas, web_replies[i]->name);

        if (!schema)
            fail_msg("%s: is not described", web_replies[i]->name);
        check_shape(schema, web_replies[i], web_replies[i]->name);
    }
}

/* ---- the writer ---- */

struct part {
    const char *name;
    int64_t count;
};

struct whole {
    const char *text, *none;
    int64_t big;
    size_t size;
    int small;
    bool flag;
    enum { RED, GREEN } colour;
    struct part part;
    const struct part *parts;
    size_t part_count;
    const char *const *texts;
    size_t text_count;
    const char *other;
};

static const struct json_member part_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct part, "name", name),
    JSON_VALUE(MEMBER_INT64, struct part, "count", count),
};
static const struct json_shape shape_part = JSON_SHAPE(struct part, NULL, part_members);

static bool is_flagged(const void *view)
{
    return ((const struct whole *)view)->flag;
}

static void write_other(struct json_writer *w, const void *value)
{
    json_string(w, value);
}

static void every_kind_of_member_is_written(void **state)
{
    static const char *const colours[] = {"red", "green", NULL};
    static const char *const texts[] = {"x", NULL};
    static const struct part parts[] = {{"a", 1}, {"b", -2}};
    static const struct json_member members[] = {
        JSON_VALUE(MEMBER_TEXT, struct whole, "text", text),
        JSON_VALUE(MEMBER_TEXT, struct whole, "none", none),
        JSON_VALUE(MEMBER_INT64, struct whole, "big", big),
        JSON_VALUE(MEMBER_SIZE, struct whole, "size", size),
        JSON_VALUE(MEMBER_INT, struct whole, "small", small),
        JSON_VALUE(MEMBER_FLAG, struct whole, "flag", flag),
        JSON_CODED(struct whole, "colour", colour, colours),
        {.name = "part",
         .type = MEMBER_PART,
         .offset = offsetof(struct whole, part),
         .shape = &shape_part},
        JSON_PARTS(struct whole, "parts", parts, part_count, &shape_part),
        JSON_TEXT_LIST(struct whole, "texts", texts, text_count),
        {.name = "other",
         .type = MEMBER_OTHER,
         .offset = offsetof(struct whole, other),
         .write = write_other},
        {.name = "left_out",
         .type = MEMBER_FLAG,
         .offset = offsetof(struct whole, flag),
         .has = is_flagged},
    };
    static const struct json_shape shape = JSON_SHAPE(struct whole, "Whole", members);
    const struct whole whole = {.text = "a<b",
                                .big = INT64_MIN,
                                .size = 7,
                                .small = -1,
                                .colour = GREEN,
                                .part = {"p", 3},
                                .parts = parts,
                                .part_count = 2,
                                .texts = texts,
                                .text_count = 2};
    struct json_writer w;
    struct buf out;

    (void)state;
    buf_init(&out, 10000);
    json_writer_init(&w, &out);
    json_write_shape(&w, &shape, &whole);
    assert_string_equal(
        buf_text(&out),
        "{\"text\":\"a\\u003cb\",\"none\":null,\"big\":-9223372036854775808,\"size\":7,"
        "\"small\":-1,\"flag\":false,\"colour\":\"green\",\"part\":{\"name\":\"p\",\"count\":3},"
        "\"parts\":[{\"name\":\"a\",\"count\":1},{\"name\":\"b\",\"count\":-2}],"
        "\"texts\":[\"x\",null],\"other\":null}");
    buf_free(&out);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_reply_is_what_its_description_says, setup, teardown),
    cmocka_unit_test_setup_teardown(every_kind_of_member_is_written, setup, teardown),
};

RUN(tests)
