#include "base/json_shape.h"

#include <string.h>

/* Members are read by copying, whatever their type. */
#define READ(type, from) (*(const type *)(from))

static void write_list(struct json_writer *w, const struct json_member *member, const char *at,
                       size_t count)
{
    const char *item = READ(char *, at);

    json_begin_array(w);
    for (size_t i = 0; i < count; i++, item += member->shape->size)
        json_write_shape(w, member->shape, item);
    json_end_array(w);
}

static void write_texts(struct json_writer *w, const char *at, size_t count)
{
    const char *const *texts = READ(char *const *, at);

    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
        json_string(w, texts[i]);
    json_end_array(w);
}

static void write_other(struct json_writer *w, const struct json_member *member, const char *at)
{
    const void *value = READ(void *, at);

    if (value)
        member->write(w, value);
    else
        json_null(w);
}

static void write_value(struct json_writer *w, const struct json_member *member, const void *view)
{
    const char *at = (const char *)view + member->offset;
    const char *count = (const char *)view + member->count;

    switch (member->type) {
    case MEMBER_TEXT:
        json_string(w, READ(char *, at));
        break;
    case MEMBER_INT64:
        json_int(w, READ(int64_t, at));
        break;
    case MEMBER_SIZE:
        json_int(w, (int64_t)READ(size_t, at));
        break;
    case MEMBER_INT:
        json_int(w, READ(int, at));
        break;
    case MEMBER_FLAG:
        json_bool(w, READ(bool, at));
        break;
    case MEMBER_CODE:
        json_string(w, member->codes[READ(unsigned, at)]);
        break;
    case MEMBER_PART:
        json_write_shape(w, member->shape, at);
        break;
    case MEMBER_LIST:
        write_list(w, member, at, READ(size_t, count));
        break;
    case MEMBER_TEXTS:
        write_texts(w, at, READ(size_t, count));
        break;
    case MEMBER_OTHER:
        write_other(w, member, at);
    }
}

void json_write_shape(struct json_writer *w, const struct json_shape *shape, const void *view)
{
    json_begin_object(w);
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct json_member *member = &shape->members[i];

        if (member->has && !member->has(view))
            continue;
        json_key(w, member->name);
        write_value(w, member, view);
    }
    json_end_object(w);
}
