#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/ratio.h"

/*
 * Strict JSON (RFC 8259) with places. The tree comes from cJSON, which is lenient; everything that
 * it lets pass is refused here before: duplicate keys, "\u0000" (it would cut the string), lone
 * surrogates, invalid UTF-8, control characters, 0123, 1e999, trailing text, UTF-16. A UTF-8 byte
 * order mark is accepted. Keys are looked up with exact case. All texts are NFC.
 */

/* Limits for everything that comes from outside. */
#define JSON_DEPTH_MAX 160          /* a rule may nest 64 operators, each an object and an array */
#define JSON_KEY_BYTES_MAX 256      /* the longest key of any format has 40 */
#define JSON_STRING_BYTES_MAX 65536 /* one text; a PDF string cannot be longer */
#define JSON_VALUES_MAX 400000      /* values in one document */
#define JSON_FILE_BYTES_MAX (8u << 20)

enum json_type {
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
    JSON_TYPE__MAX
};

/* A value. Immutable after loading; lives as long as the arena it was loaded into. */
struct json {
    enum json_type type;
    int line;                  /* where the value starts, 1-based */
    const char *file;          /* as the user named it */
    const char *key;           /* name in the parent object, else NULL */
    size_t index;              /* position in the parent */
    const struct json *parent; /* NULL for the document */
    const char *text;          /* string: the value; number: as written; else NULL */
    size_t len;                /* bytes of text */
    bool truth;                /* bool: the value */
    bool is_refused;           /* json_check_members() reported that its type is wrong */
    const struct json *items;  /* array, object: the values in the order of the file */
    size_t count;
};

/*
 * Parses `len` bytes (data[len] must be NUL). `file` names the source in faults. Returns NULL and
 * adds one fault if it is not strict JSON or meets a limit. Texts may point into `data`, which
 * must live as long as the arena.
 */
const struct json *json_parse(struct arena *arena, const char *file, const char *data, size_t len,
                              struct faults *faults);

/* Reads and parses a file of at most JSON_FILE_BYTES_MAX; an unreadable file is a fault too. */
const struct json *json_load(struct arena *arena, const char *path, struct faults *faults);

/*
 * The member of an object, or NULL (also where `object` is NULL or no object). One whose type was
 * refused counts as absent: it was reported, and nobody may read it as what it is not.
 */
const struct json *json_get(const struct json *object, const char *key);

/* True if the key stands there, also with a value that was refused. */
bool json_has(const struct json *object, const char *key);

/* The same for a member that must be text: its value, or NULL. */
const char *json_text(const struct json *object, const char *key);

/* File, line and JSON pointer of a value; the pointer is made in the arena of `faults`. */
struct place json_place(const struct json *value, struct faults *faults);

/* RFC 6901 pointer, "" for the document; public for tests. */
const char *json_pointer(const struct json *value, struct arena *arena);

#define JSON_IS(type) (1u << (type))
#define JSON_ANY ((1u << JSON_TYPE__MAX) - 1)

/* What an object may hold. Tables of these are the formats: input is declared before it is read. */
struct json_field {
    const char *key;
    unsigned types; /* JSON_IS(...) | ... */
    bool is_required;
};

/*
 * Checks that `value` is an object with just these members, and reports every unknown key (with
 * the nearest known one), every missing one and every wrong type. True if there was no fault.
 */
bool json_check_object(const struct json *value, const struct json_field *fields, size_t count,
                       struct faults *faults);

/*
 * The same for readers that go on after a fault, so that an author sees all of them at once: true
 * if `value` is an object at all. Required members may then be absent, and members of a wrong type
 * are absent for json_get().
 */
bool json_check_members(const struct json *value, const struct json_field *fields, size_t count,
                        struct faults *faults);

/* A number of the file exactly; with `or_text` also text such as "1/3" or "0.5". */
bool json_ratio(const struct json *value, bool or_text, struct ratio *out);

/* A whole number between min and max; else a fault and false. NULL gives false. */
bool json_whole(const struct json *value, int64_t min, int64_t max, struct faults *faults,
                int64_t *out);

/*
 * A text for people: {"vi": "...", "en": "..."}. A language that is missing is a warning, and the
 * other one stands in for it; no language at all, an empty text or another key is a fault. NULL
 * gives members that are NULL.
 */
struct words json_words(const struct json *value, struct faults *faults);

/* A day of the form YYYY-MM-DD; else a fault and DAY_NONE. NULL gives DAY_NONE. */
day json_day(const struct json *value, struct faults *faults);

/* The index of a text among `names`; else a fault that lists them, and -1. NULL gives -1. */
int json_one_of(const struct json *value, const char *const *names, size_t count,
                struct faults *faults);

/* The same value written in the same way: members in the same order, numbers in the same digits. */
bool json_equal(const struct json *a, const struct json *b);

#endif
