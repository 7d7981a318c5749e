/* The plan command's document, and steps as ids. */
#include "app/way.h"

#include <string.h>

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

const char *way_step_from(const struct evaluation *a, const struct plan_step *step,
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

const char *way_step_to(const struct evaluation *a, const struct plan_step *step,
                        struct arena *arena)
{
    const struct question *question = &a->response->questionnaire->questions[step->question];

    return step->row == MAP_NONE ? answer_id(question, &step->to, arena)
                                 : question->options[step->to.option].id;
}

static void member_number(struct json_writer *w, const char *key, struct ratio number)
{
    struct value value = value_number(number);

    json_key(w, key);
    value_write(w, &value);
}

static void write_steps(struct json_writer *w, const struct evaluation *a,
                        const struct plan_step *steps, size_t count, struct arena *arena)
{
    const struct questionnaire *q = a->response->questionnaire;

    json_key(w, "steps");
    json_begin_array(w);
    for (size_t i = 0; i < count; i++) {
        const struct plan_step *step = &steps[i];

        json_begin_object(w);
        json_member_string(w, "question", q->questions[step->question].id);
        if (step->row != MAP_NONE)
            json_member_string(w, "row", q->questions[step->question].rows[step->row].id);
        json_member_string(w, "from", way_step_from(a, step, arena));
        json_member_string(w, "to", way_step_to(a, step, arena));
        if (ratio_is_valid(step->effort))
            member_number(w, "effort", step->effort);
        json_end_object(w);
    }
    json_end_array(w);
}

/* ---- packages ---- */

static void write_item(struct json_writer *w, const struct questionnaire *q,
                       const struct advice_item *item)
{
    json_begin_object(w);
    json_member_string(w, "id", item->package->id);
    json_member_words(w, "name", item->package->name);
    member_number(w, "effort", item->effort);
    member_number(w, "gain", item->gain);
    json_key(w, "questions");
    json_begin_array(w);
    for (size_t i = 0; i < item->step_count; i++) {
        if (!i || item->steps[i].question != item->steps[i - 1].question)
            json_string(w, q->questions[item->steps[i].question].id);
    }
    json_end_array(w);
    json_member_int(w, "first_month", item->first_month);
    json_member_int(w, "months", item->months);
    json_member_bool(w, "base", item->is_base);
    json_end_object(w);
}

static void write_minimum(struct json_writer *w, const struct advice *advice)
{
    json_key(w, "minimum");
    if (!advice->minimum.exists) {
        json_null(w);
        return;
    }
    json_begin_object(w);
    member_number(w, "effort", advice->minimum.effort);
    json_key(w, "packages");
    json_begin_array(w);
    for (size_t i = 0; i < advice->minimum.count; i++)
        json_string(w, advice->minimum.packages[i]->id);
    json_end_array(w);
    json_member_bool(w, "exact", advice->minimum.is_exact);
    json_end_object(w);
}

static void write_shortfall(struct json_writer *w, const struct advice *advice)
{
    json_key(w, "short_by");
    if (advice->is_reached) {
        json_null(w);
        return;
    }
    json_begin_object(w);
    member_number(w, "points", advice->short_points);
    json_member_int(w, "dimensions", (int64_t)advice->short_dimensions);
    json_end_object(w);
}

static void write_advice(struct json_writer *w, const struct evaluation *a,
                         const struct advice *advice, struct arena *arena)
{
    member_number(w, "effort", advice->effort);
    member_number(w, "gain", advice->gain);
    json_member_int(w, "months", advice->months);
    member_number(w, "capacity", advice->capacity);
    json_key(w, "packages");
    json_begin_array(w);
    for (size_t i = 0; i < advice->count; i++)
        write_item(w, a->response->questionnaire, &advice->items[i]);
    json_end_array(w);
    write_steps(w, a, advice->steps, advice->step_count, arena);
    write_minimum(w, advice);
    write_shortfall(w, advice);
    json_key(w, "wanted");
    json_begin_array(w);
    for (size_t i = 0; i < advice->wanted_count; i++)
        json_string(w, a->response->facts->items[advice->wanted[i]].id);
    json_end_array(w);
}

static void write_answers(struct json_writer *w, const char *key, const struct questionnaire *q,
                          const struct kept_answer *answers, size_t count)
{
    json_key(w, key);
    json_begin_array(w);
    for (size_t i = 0; i < count; i++)
        json_string(w, q->questions[answers[i].question].id);
    json_end_array(w);
}

static void write_words(struct json_writer *w, struct words words)
{
    json_begin_object(w);
    json_member_string(w, "vi", words.in[LANG_VI]);
    json_member_string(w, "en", words.in[LANG_EN]);
    json_end_object(w);
}

static void write_keeping(struct json_writer *w, const struct evaluation *a,
                          const struct kept_level *keeping)
{
    const struct questionnaire *q = a->response->questionnaire;

    json_key(w, "keep");
    json_begin_object(w);
    write_answers(w, "weak", q, keeping->weak, keeping->weak_count);
    json_key(w, "contradictions");
    json_begin_array(w);
    for (size_t i = 0; i < a->flag_count; i++) {
        if (a->flags[i].kind == QUALITY_CONTRADICTION)
            write_words(w, a->flags[i].text);
    }
    json_end_array(w);
    write_answers(w, "show", q, keeping->strong, keeping->strong_count);
    json_end_object(w);
}

void way_write(struct json_writer *w, const struct evaluation *a, const struct way *way,
               struct arena *arena)
{
    json_begin_object(w);
    json_member_int(w, "from", way->from);
    json_member_int(w, "to", way->to);
    if (way->advice) {
        write_advice(w, a, way->advice, arena);
    } else {
        member_number(w, "effort", way->plan->effort);
        write_steps(w, a, way->plan->steps, way->plan->count, arena);
    }
    if (way->keeping)
        write_keeping(w, a, way->keeping);
    json_end_object(w);
}
