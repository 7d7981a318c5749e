/* The plan command's document, and steps as ids. */
#include "app/assess.h"

static const char *tick_ids(const struct question *question, uint64_t ticks, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < question->option_count; i++) {
        if (ticks >> i & 1)
            text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", question->options[i].id);
    }
    return text;
}

static const char *number_text(struct ratio number, struct arena *arena)
{
    struct buf text;
    const char *copy;

    buf_init(&text, 200);
    ratio_print_exact(&text, number);
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static const char *answer_id(const struct question *question, const struct answer *answer,
                             struct arena *arena)
{
    if (question->type == QUESTION_MULTIPLE)
        return tick_ids(question, answer->ticks, arena);
    if (question->type == QUESTION_NUMBER)
        return number_text(answer->number, arena);
    return question->options[answer->option].id;
}

const char *plan_step_from(const struct assessment *a, const struct plan_step *step,
                           struct arena *arena)
{
    const struct question *question = &a->response->questionnaire->questions[step->question];
    const struct answer *answer = &a->response->answers[step->question];
    unsigned char column;

    if (answer->state != ANSWER_GIVEN)
        return NULL;
    if (step->row == MAP_NONE)
        return answer_id(question, answer, arena);
    column = answer->columns[step->row];
    return column == COLUMN_NONE ? NULL : question->options[column].id;
}

const char *plan_step_to(const struct assessment *a, const struct plan_step *step,
                         struct arena *arena)
{
    const struct question *question = &a->response->questionnaire->questions[step->question];

    return step->row == MAP_NONE ? answer_id(question, &step->to, arena)
                                 : question->options[step->to.option].id;
}

static void member_effort(struct json_writer *w, struct ratio effort)
{
    struct value value = value_number(effort);

    json_key(w, "effort");
    value_write(w, &value);
}

void assessment_write_plan(struct json_writer *w, const struct assessment *a,
                           const struct plan *plan, struct arena *arena)
{
    const struct questionnaire *q = a->response->questionnaire;

    json_begin_object(w);
    json_member_int(w, "from", plan->from);
    json_member_int(w, "to", plan->to);
    member_effort(w, plan->effort);
    json_key(w, "steps");
    json_begin_array(w);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_step *step = &plan->steps[i];

        json_begin_object(w);
        json_member_string(w, "question", q->questions[step->question].id);
        if (step->row != MAP_NONE)
            json_member_string(w, "row", q->questions[step->question].rows[step->row].id);
        json_member_string(w, "from", plan_step_from(a, step, arena));
        json_member_string(w, "to", plan_step_to(a, step, arena));
        member_effort(w, step->effort);
        json_end_object(w);
    }
    json_end_array(w);
    json_end_object(w);
}
