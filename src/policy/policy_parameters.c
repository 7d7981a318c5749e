/* Parameters of a policy: values that hold from a day on, or one for each case of a choice. */
#include "policy_parameters.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

#define JSON_PARAMETER                                                                             \
    (JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING) | JSON_IS(JSON_BOOL) | JSON_IS(JSON_OBJECT))

static const struct json_field value_fields[] = {
    {"from", JSON_IS(JSON_STRING), true},   {"to", JSON_IS(JSON_STRING), false},
    {"value", JSON_PARAMETER, true},        {"by", JSON_IS(JSON_STRING), false},
    {"legal", JSON_IS(JSON_STRING), false},
};

struct loader {
    struct arena *arena;
    struct faults *faults;
    const struct facts *facts;
};

/* A number, also written as text ("0.5", "1/3"); a truth value; or another text. */
static struct value load_scalar(const struct json *json)
{
    struct ratio number;

    if (json->type == JSON_BOOL)
        return value_bool(json->truth);
    if (json_ratio(json, true, &number))
        return value_number(number);
    return value_text(json->text);
}

static enum rule_type scalar_type(const struct value *value)
{
    day d;

    if (value->kind == VALUE_BOOL)
        return TYPE_BOOL;
    if (value->kind == VALUE_NUMBER)
        return TYPE_NUMBER;
    return value_is_date(value, &d) ? TYPE_DATE : TYPE_TEXT;
}

/* All values of a parameter must be of one type, so that rules can be checked. */
static void note_type(struct loader *l, const struct json *json, const struct value *value,
                      struct parameter *parameter)
{
    enum rule_type type = scalar_type(value);

    if (parameter->type == TYPE_ANY)
        parameter->type = type;
    else if (parameter->type != type)
        faults_add(l->faults, json_place(json, l->faults),
                   "các giá trị của một tham số phải cùng loại",
                   "all values of a parameter must be of one type");
}

/* {"micro": 20000000, ...}: one value per choice of the fact that `by` names (size_class). */
static void load_by(struct loader *l, const struct json *json, const char *by,
                    struct parameter *parameter, struct parameter_value *value)
{
    size_t fact = facts_find(l->facts, by ? by : "size_class");
    const struct fact *choices = fact == MAP_NONE ? NULL : &l->facts->items[fact];
    struct value *values;

    if (!choices || !choices->choice_count ||
        (parameter->by_fact != MAP_NONE && parameter->by_fact != fact)) {
        faults_add(l->faults, json_place(json, l->faults),
                   "'by' cần một dữ kiện loại 'choice', và chỉ một cho mỗi tham số",
                   "'by' needs a fact of type 'choice', and one only for a parameter");
        return;
    }
    parameter->by_fact = fact;
    values = ARENA_ARRAY(l->arena, struct value, choices->choice_count);
    value->by = values;
    for (size_t i = 0; i < json->count; i++) {
        size_t at = 0;

        while (at < choices->choice_count &&
               strcmp(choices->choices[at].id, json->items[i].key) != 0)
            at++;
        if (at == choices->choice_count || !(JSON_IS(json->items[i].type) & JSON_PARAMETER) ||
            json->items[i].type == JSON_OBJECT) {
            faults_add(l->faults, json_place(&json->items[i], l->faults),
                       "'%s' không phải một giá trị của '%s'", "'%s' is no value of '%s'",
                       json->items[i].key, choices->id);
            continue;
        }
        values[at] = load_scalar(&json->items[i]);
        note_type(l, &json->items[i], &values[at], parameter);
    }
}

static void load_value(struct loader *l, const struct json *json, struct parameter *parameter,
                       struct parameter_value *value)
{
    const struct json *given;

    if (!json_check_object(json, value_fields, ARRAY_SIZE(value_fields), l->faults))
        return;
    value->from = json_day(json_get(json, "from"), l->faults);
    value->to = json_day(json_get(json, "to"), l->faults);
    value->legal = json_text(json, "legal");
    given = json_get(json, "value");
    if (given->type == JSON_OBJECT) {
        load_by(l, given, json_text(json, "by"), parameter, value);
        return;
    }
    value->value = load_scalar(given);
    note_type(l, given, &value->value, parameter);
}

/* On no day two values hold. */
static void check_period(struct loader *l, const struct json *json,
                         const struct parameter_value *value, const struct parameter_value *before)
{
    if (value->to != DAY_NONE && value->to < value->from)
        faults_add(l->faults, json_place(json, l->faults), "'to' đứng trước 'from'",
                   "'to' is before 'from'");
    if (!before)
        return;
    if (value->from <= before->from)
        faults_add(l->faults, json_place(json, l->faults),
                   "các giá trị phải xếp theo ngày tăng dần",
                   "the values must stand in rising order of their days");
    else if (before->to != DAY_NONE && value->from <= before->to)
        faults_add(l->faults, json_place(json, l->faults),
                   "giá trị này bắt đầu ngày %s, khi giá trị trước còn hiệu lực đến %s; một ngày "
                   "chỉ được có một giá trị",
                   "the value begins on %s, while the one before still holds until %s; a day may "
                   "have one value only",
                   text_of_day(l->arena, value->from), text_of_day(l->arena, before->to));
}

static void load_parameter(struct loader *l, const struct json *json, struct parameter *parameter)
{
    struct parameter_value *values;

    parameter->name = json->key;
    parameter->json = json;
    parameter->by_fact = MAP_NONE;
    if (json->type != JSON_ARRAY || !json->count) {
        faults_add(l->faults, json_place(json, l->faults),
                   "cần một mảng các giá trị: [{\"from\": ngày, \"value\": ...}]",
                   "an array of values is needed: [{\"from\": day, \"value\": ...}]");
        return;
    }
    if (facts_find(l->facts, json->key) != MAP_NONE)
        faults_add(l->faults, json_place(json, l->faults), "tham số '%s' trùng tên với một dữ kiện",
                   "the parameter '%s' has the name of a fact", json->key);
    values = ARENA_ARRAY(l->arena, struct parameter_value, json->count);
    for (size_t i = 0; i < json->count; i++) {
        load_value(l, &json->items[i], parameter, &values[i]);
        check_period(l, &json->items[i], &values[i], i ? &values[i - 1] : NULL);
    }
    parameter->values = values;
    parameter->count = json->count;
}

void policy_parameters_load(struct arena *arena, const struct json *root, const struct facts *facts,
                            struct policy *policy, struct faults *faults)
{
    struct loader l = {arena, faults, facts};
    const struct json *object = json_get(root, "parameters");
    struct parameter *parameters;

    if (!object)
        return;
    if (object->count > PARAMETERS_MAX) {
        faults_add(faults, json_place(object, faults), "quá %d tham số", "more than %d parameters",
                   PARAMETERS_MAX);
        return;
    }
    parameters = ARENA_ARRAY(arena, struct parameter, object->count);
    for (size_t i = 0; i < object->count; i++)
        load_parameter(&l, &object->items[i], &parameters[i]);
    policy->parameters = parameters;
    policy->parameter_count = object->count;
}

/* ---- on a day ---- */

static struct value pick_value(const struct policy *policy, const struct parameter *parameter,
                               const struct parameter_value *value, const struct value *facts)
{
    const struct value *by;
    const struct rule_fact *declared;

    if (!value->by)
        return value->value;
    by = &facts[parameter->by_fact];
    declared = &policy->schema.facts[parameter->by_fact];
    for (size_t i = 0; by->kind == VALUE_TEXT && i < declared->value_count; i++) {
        if (strcmp(declared->values[i], by->text) == 0)
            return value->by[i];
    }
    return value_unknown();
}

void policy_parameters(const struct policy *policy, const struct value *facts, day on,
                       struct value *values)
{
    for (size_t i = 0; i < policy->parameter_count; i++) {
        const struct parameter *parameter = &policy->parameters[i];

        values[i] = value_unknown();
        for (size_t j = 0; j < parameter->count; j++) {
            const struct parameter_value *value = &parameter->values[j];

            if (on >= value->from && (value->to == DAY_NONE || on <= value->to))
                values[i] = pick_value(policy, parameter, value, facts);
        }
    }
}
