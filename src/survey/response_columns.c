#include "survey/response_columns.h"

const char *const response_special_ids[RESPONSE_SPECIAL_PARTS] = {
    [RESPONSE_QUESTIONNAIRE] = "questionnaire",
    [RESPONSE_ROUND] = "round",
    [RESPONSE_SUBMITTED_ON] = "submitted_on",
    [RESPONSE_MINUTES] = "minutes",
};

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
