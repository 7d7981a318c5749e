/* The compare command's document. */
#include "app/evaluation.h"

static void write_part(struct json_writer *w, const struct compared_part *part)
{
    json_begin_object(w);
    if (part->id)
        json_member_string(w, "id", part->id);
    json_member_decimal(w, "before", part->percent_before);
    json_member_decimal(w, "after", part->percent_after);
    json_member_decimal(w, "change", part->change);
    if (part->level_before >= 0)
        json_member_int(w, "level_before", part->level_before);
    if (part->level_after >= 0)
        json_member_int(w, "level_after", part->level_after);
    json_end_object(w);
}

static void write_answer(struct json_writer *w, const struct compared_answer *answer,
                         struct arena *arena)
{
    struct words before = {{NULL, NULL}}, after = {{NULL, NULL}};
    struct buf change;

    for (int i = 0; i < LANG__MAX; i++) {
        if (answer->before)
            before.in[i] = answer_print(answer->before, answer->answer_before, (enum lang)i, arena);
        if (answer->after)
            after.in[i] = answer_print(answer->after, answer->answer_after, (enum lang)i, arena);
    }
    json_begin_object(w);
    json_member_string(w, "question", answer->after ? answer->after->id : answer->before->id);
    json_member_words(w, "before", before);
    json_member_words(w, "after", after);
    json_member_bool(w, "same_answer", answer->is_same);
    buf_init(&change, 200);
    ratio_print_fraction(&change, answer->change);
    json_member_string(w, "change", buf_text(&change));
    buf_free(&change);
    json_end_object(w);
}

void comparison_write(struct json_writer *w, const struct comparison *c, struct arena *arena)
{
    json_begin_object(w);
    json_member_string(w, "before", scorer_questionnaire(c->before->scorer)->ref);
    json_member_string(w, "after", scorer_questionnaire(c->after->scorer)->ref);
    json_key(w, "total");
    write_part(w, &c->total);
    json_key(w, "dimensions");
    json_begin_array(w);
    for (size_t i = 0; i < c->dimension_count; i++)
        write_part(w, &c->dimensions[i]);
    json_end_array(w);
    json_key(w, "answers");
    json_begin_array(w);
    for (size_t i = 0; i < c->answer_count; i++)
        write_answer(w, &c->answers[i], arena);
    json_end_array(w);
    json_end_object(w);
}
