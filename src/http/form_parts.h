#ifndef SRC_HTTP_FORM_PARTS_H
#define SRC_HTTP_FORM_PARTS_H

#include "http/form.h"

/* What both encodings of a form share: declared fields and the values that go into them. */
struct form_reader {
    struct arena *arena;
    struct field *fields;
    size_t count;
    size_t sent; /* how many came so far, for FORM_FIELDS_MAX */
    struct err *err;
};

/* Nothing was sent: at the start, and again after a fault. */
void form_clear(struct field *fields, size_t count);

/* The field of a name that came, which counts it; else a fault: too many, a name that is too long,
 * unknown, repeated. */
MUST_USE enum status form_find(struct form_reader *r, const char *name, size_t len,
                               struct field **out);

/* Converts a value and puts it into its field. `value` belongs to the arena, has room for a NUL
 * at `len`, and is changed. */
MUST_USE enum status form_put(struct form_reader *r, struct field *field, char *value, size_t len);

/* The conversion alone. */
MUST_USE enum status form_convert(struct form_reader *r, const struct field *field, char *value,
                                  size_t len, const char **out);

/* Leaves out blanks at both ends, also those without width. `text` must be UTF-8. */
const char *form_trim(const char *text, size_t *len);

/* What was sent as a name, to be shown: at most `max` bytes of UTF-8 with '?' for what is no UTF-8,
 * for control characters, and for those that turn the direction of reading. */
const char *form_shown(struct arena *arena, const char *text, size_t len, size_t max);

#endif
