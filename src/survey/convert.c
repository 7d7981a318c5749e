#include "survey/convert.h"

#include <string.h>

#include "base/array.h"

/* Each returns false if something of the answer has no match. */

static bool convert_option(const struct question *from, unsigned option, const struct question *to,
                           unsigned *out)
{
    size_t at = question_find_option(to, from->options[option].id);

    *out = (unsigned)at;
    return at != MAP_NONE;
}

static bool convert_ticks(const struct question *from, uint64_t ticks, const struct question *to,
                          uint64_t *out)
{
    bool is_whole = true;

    for (size_t i = 0; i < from->option_count; i++) {
        unsigned at;

        if (!(ticks >> i & 1))
            continue;
        if (convert_option(from, (unsigned)i, to, &at))
            *out |= UINT64_C(1) << at;
        else
            is_whole = false;
    }
    return is_whole;
}

static bool convert_rows(struct arena *arena, const struct question *from,
                         const unsigned char *columns, const struct question *to,
                         struct answer *out)
{
    unsigned char *converted = ARENA_ARRAY(arena, unsigned char, to->row_count);
    bool is_whole = true;

    memset(converted, COLUMN_NONE, to->row_count);
    for (size_t i = 0; i < from->row_count; i++) {
        size_t row = question_find_row(to, from->rows[i].id);
        unsigned column;

        if (columns[i] == COLUMN_NONE)
            continue;
        if (row != MAP_NONE && convert_option(from, columns[i], to, &column))
            converted[row] = (unsigned char)column;
        else
            is_whole = false;
    }
    out->columns = converted;
    return is_whole;
}

static bool convert_answer(struct arena *arena, const struct question *from,
                           const struct answer *answer, const struct question *to,
                           struct answer *out)
{
    *out = (struct answer){.state = answer->state, .number = answer->number, .text = answer->text};
    if (answer->state == ANSWER_NA)
        return true;
    if (from->type != to->type)
        return false;
    switch (from->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return convert_option(from, answer->option, to, &out->option);
    case QUESTION_MULTIPLE:
        return convert_ticks(from, answer->ticks, to, &out->ticks);
    case QUESTION_SCALE:
        return convert_rows(arena, from, answer->columns, to, out);
    default:
        return true;
    }
}

/* Some ticks or rows went along; without any it would be another answer: nothing ticked. */
static bool has_part(const struct question *to, const struct answer *converted)
{
    if (to->type == QUESTION_MULTIPLE)
        return converted->ticks != 0;
    for (size_t i = 0; to->type == QUESTION_SCALE && i < to->row_count; i++) {
        if (converted->columns[i] != COLUMN_NONE)
            return true;
    }
    return false;
}

/* An answer of which only a part has a match is kept as far as it goes, but a single choice or a
 * changed type cannot be kept at all, nor what nobody could answer here. */
static bool is_usable(const struct question *from, const struct question *to,
                      const struct answer *converted, bool is_whole)
{
    bool is_partial = !is_whole && converted->state == ANSWER_GIVEN && from->type == to->type &&
                      has_part(to, converted);

    return (is_whole || is_partial) && answer_is_allowed(to, converted);
}

static bool estimates(const struct questionnaire *q, const struct questionnaire *other)
{
    return q->estimate.of && strcmp(q->estimate.of, other->ref) == 0;
}

/* ---- the same but for its wording ---- */

/* A text in languages: {"vi": ..., "en": ...}. */
static bool is_words(const struct json *json)
{
    if (json->type != JSON_OBJECT)
        return false;
    for (size_t i = 0; i < json->count; i++) {
        const struct json *member = &json->items[i];

        if (member->type != JSON_STRING ||
            (strcmp(member->key, "vi") != 0 && strcmp(member->key, "en") != 0))
            return false;
    }
    return json->count > 0;
}

/* A member of an object that is only read by people. */
static bool is_wording(const struct json *member)
{
    static const char *const keys[] = {"status", "basis", "help_for", "descriptors", "minutes"};

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        if (strcmp(member->key, keys[i]) == 0)
            return true;
    }
    return is_words(member);
}

static bool are_alike(const struct json *a, const struct json *b);

static size_t count_members(const struct json *object)
{
    size_t count = 0;

    for (size_t i = 0; i < object->count; i++)
        count += !is_wording(&object->items[i]);
    return count;
}

/* Members in any order. */
static bool are_objects_alike(const struct json *a, const struct json *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct json *member = &a->items[i], *other;

        if (is_wording(member))
            continue;
        other = json_get(b, member->key);
        if (!other || !are_alike(member, other))
            return false;
    }
    return count_members(a) == count_members(b);
}

static bool are_alike(const struct json *a, const struct json *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == JSON_OBJECT)
        return are_objects_alike(a, b);
    if (a->type != JSON_ARRAY)
        return json_equal(a, b);
    for (size_t i = 0; i < a->count && i < b->count; i++) {
        if (!are_alike(&a->items[i], &b->items[i]))
            return false;
    }
    return a->count == b->count;
}

static const struct json *document_of(const struct questionnaire *q)
{
    const struct json *root = q->questions[0].json;

    while (root->parent)
        root = root->parent;
    return root;
}

bool questionnaires_score_alike(const struct questionnaire *a, const struct questionnaire *b)
{
    return strcmp(a->hash, b->hash) == 0 || are_alike(document_of(a), document_of(b));
}

/* ---- answers ---- */

bool response_may_convert(const struct questionnaire *from, const struct questionnaire *to)
{
    return strcmp(from->id, to->id) == 0 || estimates(from, to) || estimates(to, from);
}

size_t question_match(const struct questionnaire *from, const struct question *question,
                      const struct questionnaire *to)
{
    if (estimates(from, to))
        return question->criterion ? questionnaire_find(to, question->criterion) : MAP_NONE;
    if (estimates(to, from)) {
        for (size_t i = 0; i < to->question_count; i++) {
            const char *criterion = to->questions[i].criterion;

            if (criterion && strcmp(criterion, question->id) == 0)
                return i;
        }
        return MAP_NONE;
    }
    return strcmp(from->id, to->id) == 0 ? questionnaire_find(to, question->id) : MAP_NONE;
}

/* True if all of the answer went along. */
static bool convert_question(struct arena *arena, const struct response *response, size_t i,
                             struct response *to)
{
    const struct question *question = &response->questionnaire->questions[i], *match;
    size_t at = question_match(response->questionnaire, question, to->questionnaire);
    struct answer converted;
    bool is_whole, is_kept;

    if (at == MAP_NONE)
        return false;
    match = &to->questionnaire->questions[at];
    is_whole = convert_answer(arena, question, &response->answers[i], match, &converted);
    is_kept = is_usable(question, match, &converted, is_whole);
    if (is_kept)
        to->answers[at] = converted;
    return is_whole && is_kept;
}

struct conversion response_convert(struct arena *arena, const struct response *response,
                                   const struct questionnaire *to)
{
    const struct questionnaire *from = response->questionnaire;
    const struct question **lost =
        ARENA_ARRAY(arena, const struct question *, from->question_count);
    struct conversion c = {.response = response_new(arena, to, response->facts), .lost = lost};

    c.response->round = response->round;
    c.response->submitted_on = response->submitted_on;
    c.response->minutes = response->minutes;
    c.response->values = response->values;
    for (size_t i = 0; i < from->question_count; i++) {
        if (response->answers[i].state != ANSWER_NONE &&
            !convert_question(arena, response, i, c.response))
            lost[c.dropped++] = &from->questions[i];
    }
    for (size_t i = 0; i < to->question_count; i++)
        c.unmatched += question_match(to, &to->questions[i], from) == MAP_NONE;
    response_activate(c.response, arena);
    return c;
}
