#ifndef RULE_VALUE_H
#define RULE_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "base/json_write.h"
#include "base/ratio.h"

/*
 * What a fact or a rule is worth. UNKNOWN stands for every fact that was not given (and for JSON
 * null): it is never 0, false or "". A date is a text of the form YYYY-MM-DD.
 */
enum value_kind {
    VALUE_UNKNOWN,
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_TEXT,
    VALUE_LIST,
    VALUE_OBJECT,
    VALUE__MAX
};

struct value {
    enum value_kind kind;
    bool truth;                /* BOOL */
    struct ratio number;       /* NUMBER, valid */
    const char *text;          /* TEXT; borrowed */
    const struct value *items; /* LIST, OBJECT; borrowed */
    size_t count;
    const char *key; /* name as a member of an object, else NULL */
};

/* Kleene's three truth values. */
enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

struct value value_unknown(void);
struct value value_bool(bool truth);
struct value value_number(struct ratio number);
struct value value_int(int64_t n);
/* NULL gives UNKNOWN. */
struct value value_text(const char *text);
/* DAY_NONE gives UNKNOWN; the text is made in the arena. */
struct value value_day(struct arena *arena, day d);

/* The same value as a tree in the arena; texts are shared with the JSON document. */
struct value value_of_json(struct arena *arena, const struct json *json);

/* JsonLogic's truth: 0, "", [] are false; unknown stays unknown. */
enum truth value_truth(const struct value *value);

/* Equal kind and content; unknown equals nothing, and is not to be asked. */
bool value_equal(const struct value *a, const struct value *b);

bool value_is_date(const struct value *value, day *out);

/* The sum of a list of numbers. */
struct ratio value_sum(const struct value *list);

/* Follows "a.b.1" through objects and lists; "" is the value itself; NULL if there is none. */
const struct value *value_path(const struct value *root, const char *path);

/* Numbers that have no finite decimals are written as text ("1/3"): exact, not nearly. */
void value_write(struct json_writer *w, const struct value *value);

#endif
