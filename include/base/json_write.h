#ifndef BASE_JSON_WRITE_H
#define BASE_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/ratio.h"

/*
 * Writes JSON text in the order of the calls. Commas are put by the writer; begin and end must
 * pair. Strings are escaped; they must be valid UTF-8. `<`, `>` and `&` are escaped as \u00XX so
 * that the text may stand in a page.
 */
struct json_writer {
    struct buf *out;
    bool needs_comma;
};

void json_writer_init(struct json_writer *w, struct buf *out);

void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);

/* The name of the next value. */
void json_key(struct json_writer *w, const char *key);
void json_key_part(struct json_writer *w, const char *key, size_t len);

void json_string(struct json_writer *w, const char *text); /* NULL writes null */
void json_int(struct json_writer *w, int64_t n);
void json_bool(struct json_writer *w, bool truth);
void json_null(struct json_writer *w);
/* Text that is JSON already (a number as written). */
void json_raw(struct json_writer *w, const char *json);

/* A parsed value again, in the order of its file and without white space. */
struct json;
void json_value(struct json_writer *w, const struct json *value);

/* Members, for the many cases where a key and its value go together. */
void json_member_string(struct json_writer *w, const char *key, const char *text);
void json_member_int(struct json_writer *w, const char *key, int64_t n);
/* "YYYY-MM-DD"; null for DAY_NONE. */
void json_member_day(struct json_writer *w, const char *key, day d);
void json_member_bool(struct json_writer *w, const char *key, bool truth);
/* A number with two decimals as text ("63.13"), null for RATIO_NONE. */
void json_member_decimal(struct json_writer *w, const char *key, struct ratio r);
/* An exact fraction as text ("3/320"); it must be valid. */
void json_member_fraction(struct json_writer *w, const char *key, struct ratio r);
void json_member_words(struct json_writer *w, const char *key, struct words words);

#endif
