/* Values as columns store them, and what is known of a program. */
#include "batch_program.h"

#include <string.h>

static bool encode_choice(const struct rule_fact *fact, const char *text, int64_t *out)
{
    for (size_t i = 0; i < fact->value_count; i++) {
        if (strcmp(fact->values[i], text) == 0) {
            *out = (int64_t)i;
            return true;
        }
    }
    return false;
}

bool batch_encode(const struct rule_fact *fact, const struct batch_fact *how,
                  const struct value *value, int64_t *out)
{
    day d;

    *out = BATCH_UNKNOWN;
    switch (value->kind) {
    case VALUE_UNKNOWN:
        return true;
    case VALUE_BOOL:
        *out = value->truth;
        return fact->type == TYPE_BOOL;
    case VALUE_NUMBER:
        if (value->number.den == 1 && how->scale == 1 && value->number.num <= how->max &&
            value->number.num >= how->min) {
            *out = (int64_t)value->number.num; /* nearly all */
            return fact->type == TYPE_NUMBER;
        }
        return fact->type == TYPE_NUMBER &&
               ratio_to_int64(ratio_mul(value->number, ratio_of(how->scale)), out) &&
               *out <= how->max && *out >= how->min;
    case VALUE_TEXT:
        if (fact->type == TYPE_DATE && value_is_date(value, &d)) {
            *out = d;
            return true;
        }
        return fact->type == TYPE_TEXT && encode_choice(fact, value->text, out);
    default:
        return false;
    }
}

bool batch_is_number(const struct batch_program *program)
{
    return program->is_number;
}

int64_t batch_denominator(const struct batch_program *program)
{
    return program->denominator;
}
