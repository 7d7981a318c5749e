#ifndef BASE_JSON_SHAPE_H
#define BASE_JSON_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json_write.h"

/*
 * What a struct looks like as an object in JSON: a table of members, from which objects are written
 * and descriptions of them are checked, so that neither can lack a member that the other has.
 */

enum member_type {
    MEMBER_TEXT,  /* const char *; NULL is null */
    MEMBER_INT64, /* int64_t */
    MEMBER_SIZE,  /* size_t */
    MEMBER_INT,   /* int */
    MEMBER_FLAG,  /* bool */
    MEMBER_CODE,  /* an enum, told by `codes` */
    MEMBER_PART,  /* the struct at the offset, an object of `shape` */
    MEMBER_LIST,  /* a pointer to structs of `shape`, and at `count` a size_t: an array */
    MEMBER_TEXTS, /* a pointer to texts, and at `count` a size_t: an array */
    MEMBER_OTHER, /* a pointer to what `write` writes as a value (`shape`: an array of it); NULL is
                     null */
};

struct json_shape;

struct json_member {
    const char *name;
    enum member_type type;
    size_t offset, count;
    const struct json_shape *shape;
    const char *const *codes; /* NULL at the end; one may stand for several values */
    void (*write)(struct json_writer *w, const void *value);
    bool (*has)(const void *view); /* NULL: always; else the member is left out where it is false */
};

struct json_shape {
    const char *name; /* of its description (components/schemas of an OpenAPI document) */
    size_t size;      /* of the struct */
    const struct json_member *members;
    size_t member_count;
};

#define JSON_SHAPE(type, described, table)                                                         \
    {                                                                                              \
        described, sizeof(type), table, sizeof(table) / sizeof(*(table))                           \
    }

/* Rows of a table of members, by the struct and its member. */
#define JSON_VALUE(kind, owner, key, member)                                                       \
    {                                                                                              \
        .name = key, .type = kind, .offset = offsetof(owner, member)                               \
    }
#define JSON_CODED(owner, key, member, names)                                                      \
    {                                                                                              \
        .name = key, .type = MEMBER_CODE, .offset = offsetof(owner, member), .codes = names        \
    }
#define JSON_PARTS(owner, key, member, counted, of)                                                \
    {                                                                                              \
        .name = key, .type = MEMBER_LIST, .offset = offsetof(owner, member),                       \
        .count = offsetof(owner, counted), .shape = of                                             \
    }

#define JSON_TEXT_LIST(owner, key, member, counted)                                                \
    {                                                                                              \
        .name = key, .type = MEMBER_TEXTS, .offset = offsetof(owner, member),                      \
        .count = offsetof(owner, counted)                                                          \
    }

#define JSON_WRITTEN(owner, key, member, function, of)                                             \
    {                                                                                              \
        .name = key, .type = MEMBER_OTHER, .offset = offsetof(owner, member), .write = function,   \
        .shape = of                                                                                \
    }

/* Writes a struct as an object. */
void json_write_shape(struct json_writer *w, const struct json_shape *shape, const void *view);

#endif
