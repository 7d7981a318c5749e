/* Answers and responses back as a document, and in words. */
#include "survey/response.h"

#include <string.h>

#include "base/text.h"

static void write_rows(struct json_writer *w, const struct question *question,
                       const struct answer *answer)
{
    json_begin_object(w);
    for (size_t i = 0; i < question->row_count; i++) {
        if (answer->columns[i] != COLUMN_NONE)
            json_member_string(w, question->rows[i].id, question->options[answer->columns[i]].id);
    }
    json_end_object(w);
}

static void write_given(struct json_writer *w, const struct question *question,
                        const struct answer *answer)
{
    struct value number;

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        json_string(w, question->options[answer->option].id);
        break;
    case QUESTION_MULTIPLE:
        json_begin_array(w);
        for (size_t i = 0; i < question->option_count; i++) {
            if (answer->ticks >> i & 1)
                json_string(w, question->options[i].id);
        }
        json_end_array(w);
        break;
    case QUESTION_SCALE:
        write_rows(w, question, answer);
        break;
    case QUESTION_NUMBER:
        number = value_number(answer->number);
        value_write(w, &number);
        break;
    default:
        json_string(w, answer->text);
    }
}

void response_write_answer(struct json_writer *w, const struct question *question,
                           const struct answer *answer)
{
    if (answer->state != ANSWER_NA) {
        write_given(w, question, answer);
        return;
    }
    json_begin_object(w);
    json_member_string(w, "na", answer->text);
    json_end_object(w);
}

void response_write_answers(struct json_writer *w, const struct response *response)
{
    json_begin_object(w);
    for (size_t i = 0; i < response->questionnaire->question_count; i++) {
        const struct question *question = &response->questionnaire->questions[i];
        const struct answer *answer = &response->answers[i];

        if (answer->state == ANSWER_NONE)
            continue;
        json_key(w, question->id);
        response_write_answer(w, question, answer);
    }
    json_end_object(w);
}

/* Facts "plans.x" go into a nested object, as they came. */
static void write_facts(struct json_writer *w, const struct response *response)
{
    const char *open = "";
    size_t open_len = 0;

    json_begin_object(w);
    for (size_t i = 0; i < response->facts->count; i++) {
        const struct fact *fact = &response->facts->items[i];
        const char *point = strchr(fact->id, '.');
        size_t len = point ? (size_t)(point - fact->id) : 0;

        if (fact->is_derived || response->values[i].kind == VALUE_UNKNOWN)
            continue;
        if (open_len && (len != open_len || strncmp(open, fact->id, len) != 0)) {
            json_end_object(w);
            open_len = 0;
        }
        if (point && !open_len) {
            open = fact->id;
            open_len = len;
            json_key_part(w, fact->id, len);
            json_begin_object(w);
        }
        json_key(w, point ? point + 1 : fact->id);
        value_write(w, &response->values[i]);
    }
    if (open_len)
        json_end_object(w);
    json_end_object(w);
}

void response_write(struct json_writer *w, const struct response *response)
{
    json_begin_object(w);
    response_write_members(w, response);
    json_end_object(w);
}

const char *response_text(const struct response *response, size_t max, struct arena *arena)
{
    struct json_writer w;
    struct buf out;
    const char *text;

    buf_init(&out, max);
    json_writer_init(&w, &out);
    response_write(&w, response);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

void response_write_members(struct json_writer *w, const struct response *response)
{
    json_member_string(w, "kind", "response");
    json_member_string(w, "questionnaire", response->questionnaire->ref);
    if (response->round)
        json_member_string(w, "round", response->round);
    if (response->submitted_on != DAY_NONE)
        json_member_day(w, "submitted_on", response->submitted_on);
    if (ratio_is_valid(response->minutes)) {
        struct value minutes = value_number(response->minutes);

        json_key(w, "minutes");
        value_write(w, &minutes);
    }
    json_key(w, "enterprise");
    write_facts(w, response);
    json_key(w, "answers");
    response_write_answers(w, response);
}

static const char *join_ticks(const struct question *question, uint64_t ticks, enum lang lang,
                              struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < question->option_count; i++) {
        if (ticks >> i & 1)
            text = arena_printf(arena, "%s%s%s", text, *text ? "; " : "",
                                question->options[i].text.in[lang]);
    }
    return text;
}

static const char *join_rows(const struct question *question, const unsigned char *columns,
                             enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < question->row_count; i++) {
        if (columns[i] != COLUMN_NONE)
            text = arena_printf(arena, "%s%s%s: %s", text, *text ? "; " : "",
                                question->rows[i].text.in[lang],
                                question->options[columns[i]].text.in[lang]);
    }
    return text;
}

static const char *number_with_unit(const struct question *question, struct ratio number,
                                    enum lang lang, struct arena *arena)
{
    const char *text = text_of_number_short(arena, number, 4, lang),
               *unit = question->unit.in[lang];

    return unit ? arena_printf(arena, "%s %s", text, unit) : text;
}

const char *answer_print(const struct question *question, const struct answer *answer,
                         enum lang lang, struct arena *arena)
{
    static const struct words na = {{"Không áp dụng", "Not applicable"}};

    if (answer->state == ANSWER_NONE)
        return "";
    if (answer->state == ANSWER_NA)
        return arena_printf(arena, "%s: %s", na.in[lang], answer->text);
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return question->options[answer->option].text.in[lang];
    case QUESTION_MULTIPLE:
        return join_ticks(question, answer->ticks, lang, arena);
    case QUESTION_SCALE:
        return join_rows(question, answer->columns, lang, arena);
    case QUESTION_NUMBER:
        return number_with_unit(question, answer->number, lang, arena);
    default:
        return answer->text;
    }
}
