#include "survey/response_columns.h"

#include <string.h>

const char *const response_special_ids[RESPONSE_SPECIAL_PARTS] = {
    [RESPONSE_QUESTIONNAIRE] = "questionnaire",
    [RESPONSE_ROUND] = "round",
    [RESPONSE_SUBMITTED_ON] = "submitted_on",
    [RESPONSE_MINUTES] = "minutes",
};

const struct words response_result_names[RESULT_PART__MAX] = {
    [RESULT_SIZE_CLASS] = {{"Quy mô", "Size class"}},
    [RESULT_POINTS] = {{"Điểm", "Points"}},
    [RESULT_MAX] = {{"Điểm tối đa", "Maximum points"}},
    [RESULT_PERCENT] = {{"Điểm %", "Score %"}},
    [RESULT_LEVEL] = {{"Mức", "Level"}},
    [RESULT_COMPLETE] = {{"Trả lời đủ", "Complete"}},
    [RESULT_COVERAGE] = {{"Trả lời %", "Answered %"}},
    [RESULT_DIMENSION_PERCENT] = {{"điểm %", "score %"}},
    [RESULT_DIMENSION_LEVEL] = {{"mức", "level"}},
};

/* "NAME: PART", where the name is that of a dimension. */
static bool is_of_dimension(const char *name, const char *part, const struct questionnaire *q,
                            enum lang lang)
{
    for (size_t i = 0; i < q->dimension_count; i++) {
        const char *dimension = q->dimensions[i].name.in[lang];
        size_t len = strlen(dimension);

        if (strncmp(name, dimension, len) == 0 && strncmp(name + len, ": ", 2) == 0 &&
            strcmp(name + len + 2, part) == 0)
            return true;
    }
    return false;
}

bool response_is_result_name(const char *name, const struct questionnaire *q)
{
    for (int part = 0; part < RESULT_PART__MAX; part++) {
        for (int lang = 0; lang < LANG__MAX; lang++) {
            const char *known = response_result_names[part].in[lang];

            if (part < RESULT_DIMENSION_PERCENT ? strcmp(name, known) == 0
                                                : is_of_dimension(name, known, q, (enum lang)lang))
                return true;
        }
    }
    return false;
}

static size_t rows_of(const struct question *question)
{
    return question->type == QUESTION_SCALE ? question->row_count : 0;
}

static size_t most_columns(const struct questionnaire *q, const struct facts *facts)
{
    size_t count = RESPONSE_SPECIAL_PARTS + facts->count + q->question_count;

    for (size_t i = 0; i < q->question_count; i++)
        count += rows_of(&q->questions[i]);
    return count;
}

void response_columns_init(struct response_columns *columns, struct arena *arena,
                           const struct questionnaire *q, const struct facts *facts)
{
    struct response_column *at = ARENA_ARRAY(arena, struct response_column, most_columns(q, facts));

    *columns = (struct response_columns){.q = q, .facts = facts, .items = at};
    for (int i = 0; i < RESPONSE_SPECIAL_PARTS; i++)
        *at++ = (struct response_column){(enum response_part)i, response_special_ids[i], 0, 0};
    for (size_t i = 0; i < facts->count; i++) {
        if (!facts->items[i].is_derived)
            *at++ = (struct response_column){RESPONSE_FACT, facts->items[i].id, i, 0};
    }
    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];

        *at++ = (struct response_column){RESPONSE_ANSWER, question->id, i, 0};
        for (size_t row = 0; row < rows_of(question); row++)
            *at++ = (struct response_column){
                RESPONSE_SCALE_ROW,
                arena_printf(arena, "%s.%s", question->id, question->rows[row].id), i, row};
    }
    columns->count = (size_t)(at - columns->items);
}
