#include "survey/response.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

static const struct json_field response_fields[] = {
    {"kind", JSON_IS(JSON_STRING), true},     {"questionnaire", JSON_IS(JSON_STRING), false},
    {"round", JSON_IS(JSON_STRING), false},   {"submitted_on", JSON_IS(JSON_STRING), false},
    {"minutes", JSON_IS(JSON_NUMBER), false}, {"enterprise", JSON_IS(JSON_OBJECT), true},
    {"answers", JSON_IS(JSON_OBJECT), true},
};

struct response *response_new(struct arena *arena, const struct questionnaire *questionnaire,
                              const struct facts *facts)
{
    struct response *response = ARENA_NEW(arena, struct response);

    response->questionnaire = questionnaire;
    response->submitted_on = DAY_NONE;
    response->facts = facts;
    response->values = ARENA_ARRAY(arena, struct value, facts->count);
    if (questionnaire)
        response->answers = ARENA_ARRAY(arena, struct answer, questionnaire->question_count);
    return response;
}

static void refuse_unknown_fact(const struct facts *facts, const struct json *json,
                                const char *name, struct faults *faults)
{
    const char **names = ARENA_ARRAY(faults->arena, const char *, facts->count);
    const char *closest;

    for (size_t i = 0; i < facts->count; i++)
        names[i] = facts->items[i].id;
    closest = text_closest(name, names, facts->count);
    faults_add(faults, json_place(json, faults), "không có dữ kiện '%s'%s%s%s",
               "there is no fact '%s'%s%s%s", name, closest ? " (≈ '" : "", closest ? closest : "",
               closest ? "')" : "");
}

/* True if facts stand in an object of that name ("plans" for "plans.dx_solution_vnd"). */
static bool is_group(const struct facts *facts, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < facts->count; i++) {
        if (strncmp(facts->items[i].id, name, len) == 0 && facts->items[i].id[len] == '.')
            return true;
    }
    return false;
}

static void read_fact(struct response *response, const char *name, const struct json *json,
                      struct arena *arena, struct faults *faults)
{
    const struct facts *facts = response->facts;
    size_t fact = facts_find(facts, name);

    if (fact == MAP_NONE)
        refuse_unknown_fact(facts, json, name, faults);
    else if (facts->items[fact].is_derived)
        faults_add(faults, json_place(json, faults), "'%s' do phần mềm tính, không ghi vào phiếu",
                   "'%s' is computed, it does not belong into a response", name);
    else if (response->values[fact].kind != VALUE_UNKNOWN)
        faults_add(faults, json_place(json, faults), "dữ kiện '%s' được nêu hai lần",
                   "the fact '%s' is given twice", name);
    else
        fact_read_json(facts, fact, json, response->submitted_on, arena, faults,
                       &response->values[fact]);
}

/* The members of "enterprise"; those of a nested object are facts "object.member". */
static void read_facts(struct response *response, const struct json *object, const char *prefix,
                       struct arena *arena, struct faults *faults)
{
    for (size_t i = 0; i < object->count; i++) {
        const struct json *json = &object->items[i];
        const char *name = *prefix ? arena_printf(arena, "%s%s", prefix, json->key) : json->key;

        if (json->type == JSON_OBJECT && !*prefix && is_group(response->facts, name))
            read_facts(response, json, arena_printf(arena, "%s.", name), arena, faults);
        else
            read_fact(response, name, json, arena, faults);
    }
}

static void refuse_unknown_question(const struct questionnaire *q, const struct json *json,
                                    struct faults *faults)
{
    const char **ids = ARENA_ARRAY(faults->arena, const char *, q->question_count);
    const char *closest;

    for (size_t i = 0; i < q->question_count; i++)
        ids[i] = q->questions[i].id;
    closest = text_closest(json->key, ids, q->question_count);
    faults_add(faults, json_place(json, faults), "bộ câu hỏi %s không có câu '%s'%s%s%s",
               "the questionnaire %s has no question '%s'%s%s%s", q->ref, json->key,
               closest ? " (≈ '" : "", closest ? closest : "", closest ? "')" : "");
}

/* One that cannot be read is not answered. */
static void read_answer(const struct question *question, const struct json *json,
                        struct arena *arena, struct faults *faults, struct answer *answer)
{
    if (!answer_read_json(question, json, arena, faults, answer))
        *answer = (struct answer){.state = ANSWER_NONE};
}

static void read_answers(struct response *response, const struct json *object, struct arena *arena,
                         struct faults *faults)
{
    const struct questionnaire *q = response->questionnaire;
    size_t next = 0;

    for (size_t i = 0; i < object->count; i++) {
        const struct json *json = &object->items[i];
        bool is_next = next < q->question_count && strcmp(q->questions[next].id, json->key) == 0;
        size_t at = is_next ? next : questionnaire_find(q, json->key);

        next = at + 1; /* mostly the order is that of the questionnaire: nothing to look up */
        if (at == MAP_NONE)
            refuse_unknown_question(q, json, faults);
        else
            read_answer(&q->questions[at], json, arena, faults, &response->answers[at]);
    }
}

static const struct questionnaire *find_questionnaire(const struct json *root,
                                                      struct questionnaire_source source,
                                                      const char *default_ref,
                                                      struct faults *faults)
{
    const struct json *named = json_get(root, "questionnaire");
    const char *ref = named ? named->text : default_ref;
    const struct questionnaire *q;
    struct err err;

    if (!ref && json_has(root, "questionnaire"))
        return NULL; /* it is no text, which was said */
    if (!ref) {
        faults_add(faults, json_place(root, faults),
                   "thiếu khóa 'questionnaire', ví dụ \"dbi-sme@2021\"",
                   "the key 'questionnaire' is missing, for instance \"dbi-sme@2021\"");
        return NULL;
    }
    q = source.find(source.context, ref, &err);
    if (!q)
        faults_add(faults, json_place(named ? named : root, faults), "%1$s%2$.0s", "%2$s%1$.0s",
                   err.text[LANG_VI], err.text[LANG_EN]);
    return q;
}

bool response_check_round(const char *round, struct place place, struct faults *faults)
{
    size_t len = strlen(round);

    if (text_is_id(round, len) && len <= ROUND_BYTES_MAX)
        return true;
    faults_add(faults, place, "đợt '%s' chỉ được gồm chữ không dấu, số và . _ - (tối đa %d byte)",
               "the round '%s' may only have plain letters, digits and . _ - (at most %d bytes)",
               round, ROUND_BYTES_MAX);
    return false;
}

/* A day of foundation after the response was given is a typing error. */
static void check_founded(const struct response *response, struct place place,
                          struct faults *faults)
{
    size_t fact = facts_find(response->facts, "founded_on");
    day founded;

    if (fact == MAP_NONE || !value_is_date(&response->values[fact], &founded))
        return;
    if (response->source.today && founded > response->source.today)
        faults_add(faults, place, "founded_on: ngày thành lập ở tương lai",
                   "founded_on: the day of foundation is in the future");
    if (response->submitted_on == DAY_NONE || founded <= response->submitted_on)
        return;
    faults_add(faults, place, "founded_on: ngày thành lập sau ngày trả lời",
               "founded_on: the day of foundation is after the day of the response");
}

bool response_check_exists(const struct response *response, const struct questionnaire *q,
                           struct place place, struct faults *faults)
{
    if (response->submitted_on == DAY_NONE || response->submitted_on >= q->exists_from)
        return true;
    faults_add(faults, place,
               "submitted_on: ngày trả lời %s đứng trước %s, ngày sớm nhất có thể có bộ câu hỏi %s",
               "submitted_on: the day of the response, %s, is before %s, when the questionnaire %s "
               "can have existed first",
               text_of_day(faults->arena, response->submitted_on),
               text_of_day(faults->arena, q->exists_from), q->ref);
    return false;
}

static void check_submitted(const struct response *response, struct place place,
                            struct faults *faults)
{
    if (response->questionnaire)
        (void)response_check_exists(response, response->questionnaire, place, faults);
    if (response->submitted_on != DAY_NONE && response->source.today &&
        response->submitted_on > response->source.today)
        faults_add(faults, place, "submitted_on: ngày trả lời ở tương lai",
                   "submitted_on: the day of the response is in the future");
}

/* Refuses a response whose form the questionnaire is not for, and names those that are. */
static void check_form(const struct response *response, struct place place, struct faults *faults);

bool response_check(const struct response *response, struct place place, struct arena *arena,
                    struct faults *faults)
{
    size_t errors = faults->errors;

    facts_check(response->facts, response->values, place, arena, faults);
    check_founded(response, place, faults);
    check_submitted(response, place, faults);
    check_form(response, place, faults);
    return faults->errors == errors;
}

static void read_head(struct response *response, const struct json *root, struct faults *faults)
{
    const struct json *minutes = json_get(root, "minutes");

    response->round = json_text(root, "round");
    if (response->round)
        response_check_round(response->round, json_place(json_get(root, "round"), faults), faults);
    response->submitted_on = json_day(json_get(root, "submitted_on"), faults);
    if (minutes && (!json_ratio(minutes, false, &response->minutes) || response->minutes.num < 0))
        faults_add(faults, json_place(minutes, faults), "cần số phút, không âm",
                   "a number of minutes, not negative, is needed");
}

struct response *response_read(struct arena *arena, const struct json *root,
                               const struct facts *facts, struct questionnaire_source source,
                               const char *default_ref, struct faults *faults)
{
    static const char *const kind = "response";
    const struct questionnaire *q;
    struct response *response;
    size_t errors = faults->errors;
    const struct json *enterprise;

    if (!json_check_members(root, response_fields, ARRAY_SIZE(response_fields), faults) &&
        (!source.is_stored || root->type != JSON_OBJECT))
        return NULL;
    json_one_of(json_get(root, "kind"), &kind, 1, faults);
    q = find_questionnaire(root, source, default_ref, faults);
    if (!q && source.is_stored)
        return NULL;
    enterprise = json_get(root, "enterprise");
    response = response_new(arena, q, facts);
    response->source = source;
    read_head(response, root, faults);
    if (enterprise)
        read_facts(response, enterprise, "", arena, faults);
    if (q && json_get(root, "answers"))
        read_answers(response, json_get(root, "answers"), arena, faults);
    if (enterprise && !source.is_stored)
        response_check(response, json_place(enterprise, faults), arena, faults);
    if (faults->errors != errors && !source.is_stored)
        return NULL;
    response_activate(response, arena);
    return response;
}

/* ---- what rules of the questionnaire see ---- */

static struct value list_of_ticks(const struct question *question, const struct answer *answer,
                                  struct arena *arena)
{
    struct value *items = ARENA_ARRAY(arena, struct value, question->option_count);
    size_t count = 0;

    for (size_t i = 0; i < question->option_count; i++) {
        if (answer->ticks >> i & 1)
            items[count++] = value_text(question->options[i].id);
    }
    return (struct value){.kind = VALUE_LIST, .items = items, .count = count};
}

static struct value answer_value(const struct question *question, const struct answer *answer,
                                 struct arena *arena)
{
    if (answer->state != ANSWER_GIVEN || !answer->is_active)
        return value_unknown();
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return value_text(question->options[answer->option].id);
    case QUESTION_MULTIPLE:
        return list_of_ticks(question, answer, arena);
    case QUESTION_NUMBER:
        return value_number(answer->number);
    default:
        return value_text(answer->text);
    }
}

/* Writes the values of one question from `slot` on; returns the next slot. */
static size_t put_answer(const struct question *question, const struct answer *answer,
                         struct arena *arena, struct value *values, size_t slot)
{
    if (question->type != QUESTION_SCALE) {
        values[slot] = answer_value(question, answer, arena);
        return slot + 1;
    }
    for (size_t i = 0; i < question->row_count; i++) {
        bool is_given =
            answer->state == ANSWER_GIVEN && answer->is_active && answer->columns[i] != COLUMN_NONE;

        values[slot + i] =
            is_given ? value_text(question->options[answer->columns[i]].id) : value_unknown();
    }
    return slot + question->row_count;
}

static struct value *facts_of(const struct response *response, struct arena *arena)
{
    const struct questionnaire *q = response->questionnaire;
    struct value *values = ARENA_ARRAY(arena, struct value, q->schema.count);

    if (q->fact_schema && q->fact_schema->count == response->facts->count)
        memcpy(values + q->fact_offset, response->values, response->facts->count * sizeof(*values));
    return values;
}

struct value *response_rule_values(const struct response *response, struct arena *arena)
{
    const struct questionnaire *q = response->questionnaire;
    struct value *values = facts_of(response, arena);
    size_t slot = 0;

    for (size_t i = 0; i < q->question_count; i++)
        slot = put_answer(&q->questions[i], &response->answers[i], arena, values, slot);
    return values;
}

void response_activate(struct response *response, struct arena *arena)
{
    const struct questionnaire *q = response->questionnaire;
    struct value *values = q->has_conditions ? facts_of(response, arena) : NULL;
    struct rule_data data = {.schema = &q->schema, .facts = values};
    size_t slot = 0;

    for (size_t i = 0; i < q->question_count; i++) {
        struct answer *answer = &response->answers[i];

        answer->is_active = true;
        if (!values)
            continue;
        if (q->questions[i].show_if) {
            struct rule_result result;

            rule_eval(q->questions[i].show_if, &data, arena, &result);
            answer->is_active = result.truth == TRUTH_TRUE;
        }
        slot = put_answer(&q->questions[i], answer, arena, values, slot);
    }
}

bool answer_is_settled(const struct question *question, const struct answer *answer)
{
    if (!answer->is_active || answer->state == ANSWER_NA)
        return true;
    return answer->state == ANSWER_GIVEN &&
           (question->type != QUESTION_SCALE ||
            !memchr(answer->columns, COLUMN_NONE, question->row_count));
}

bool response_has_answers(const struct response *response)
{
    for (size_t i = 0; i < response->questionnaire->question_count; i++) {
        if (response->answers[i].is_active && response->answers[i].state != ANSWER_NONE)
            return true;
    }
    return false;
}

/* ---- who answered ---- */

const char *response_fact_text(const struct response *response, const char *id)
{
    size_t fact = facts_find(response->facts, id);

    return fact != MAP_NONE && response->values[fact].kind == VALUE_TEXT
               ? response->values[fact].text
               : NULL;
}

enum legal_form response_form(const struct response *response, bool *is_assumed)
{
    size_t form_fact = facts_find(response->facts, "form");
    size_t code_fact = facts_find(response->facts, "tax_code");
    const struct value *code = code_fact == MAP_NONE ? NULL : &response->values[code_fact];
    enum legal_form form;

    *is_assumed = false;
    if (form_fact != MAP_NONE && response->values[form_fact].kind == VALUE_TEXT &&
        legal_form_parse(response->values[form_fact].text, &form))
        return form;
    *is_assumed = true;
    return code && code->kind == VALUE_TEXT && strlen(code->text) == 12 ? LEGAL_FORM_HOUSEHOLD
                                                                        : LEGAL_FORM_ENTERPRISE;
}

/* The questionnaires that are for a form, or NULL where nobody knows of any. */
static const char *fitting(const struct response *response, enum legal_form form,
                           struct arena *arena)
{
    const struct questionnaire_source *source = &response->source;
    const char *refs = source->fitting ? source->fitting(source->context, form, arena) : "";

    return *refs ? refs : NULL;
}

static void check_form(const struct response *response, struct place place, struct faults *faults)
{
    bool is_assumed;
    enum legal_form form = response_form(response, &is_assumed);
    struct words name = legal_form_words(form);
    const char *ref, *refs;

    if (!response->questionnaire || response->questionnaire->respondents[form])
        return;
    ref = response->questionnaire->ref;
    refs = fitting(response, form, faults->arena);
    if (refs)
        faults_add(faults, place, "bộ câu hỏi %1$s không dành cho %2$s%3$.0s; hãy dùng %4$s",
                   "the questionnaire %1$s is not for this form: %3$s%2$.0s; please use %4$s", ref,
                   name.in[LANG_VI], name.in[LANG_EN], refs);
    else
        faults_add(faults, place, "bộ câu hỏi %1$s không dành cho %2$s%3$.0s",
                   "the questionnaire %1$s is not for this form: %3$s%2$.0s", ref, name.in[LANG_VI],
                   name.in[LANG_EN]);
}
