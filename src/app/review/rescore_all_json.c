/* The document of rescore over the store. */
#include "app/review/rescore_all.h"

static const char *const fates[RESCORE_FATE__MAX] = {
    [RESCORE_SEEN] = "not stored",     [RESCORE_REFUSED] = "refused",
    [RESCORE_INSERTED] = "inserted",   [RESCORE_REVISED] = "revised",
    [RESCORE_UNCHANGED] = "unchanged", [RESCORE_KEPT] = "kept",
};

static const char *const refusals[REFUSED__MAX] = {
    [REFUSED_FORM] = "not_for_form",
    [REFUSED_DAY] = "too_early",
    [REFUSED_EMPTY] = "no_answers",
};

static void member_number(struct json_writer *w, const char *key, struct ratio r, unsigned decimals)
{
    struct buf text;

    buf_init(&text, 100);
    if (ratio_is_valid(r))
        ratio_print(&text, r, decimals);
    json_member_string(w, key, ratio_is_valid(r) ? buf_text(&text) : NULL);
    buf_free(&text);
}

/* null where it was not rated */
static void member_level(struct json_writer *w, const char *key, int level)
{
    json_key(w, key);
    if (level >= 0)
        json_int(w, level);
    else
        json_null(w);
}

static void write_change(struct json_writer *w, const struct rescoring *r)
{
    const struct compared_part *total = &r->comparison->total;

    member_level(w, "level_before", total->level_before);
    member_level(w, "level_after", total->level_after);
    member_number(w, "percent_before", total->percent_before, 2);
    member_number(w, "percent_after", total->percent_after, 2);
    member_number(w, "change", total->change, 2);
    json_member_bool(w, "complete", r->after.score.is_complete);
    json_member_int(w, "answers_dropped", (int64_t)r->conversion.dropped);
    json_key(w, "dropped");
    json_begin_array(w);
    for (size_t i = 0; i < r->conversion.dropped; i++)
        json_string(w, r->conversion.lost[i]->id);
    json_end_array(w);
    json_member_int(w, "questions_unasked", (int64_t)r->conversion.unmatched);
    json_key(w, "items");
    json_begin_array(w);
    for (size_t i = 0; i < r->comparison->answer_count; i++) {
        const struct compared_answer *answer = &r->comparison->answers[i];

        if (!answer->change.num)
            continue;
        json_begin_object(w);
        json_member_string(w, "question", answer->after ? answer->after->id : answer->before->id);
        json_member_fraction(w, "change", answer->change);
        json_end_object(w);
    }
    json_end_array(w);
}

void rescored_write(struct json_writer *w, const struct rescored *one)
{
    const struct store_row *row = one->row;

    json_begin_object(w);
    json_member_string(w, "reference", row->reference);
    json_member_string(w, "tax_code", row->tax_code);
    json_member_string(w, "name", row->name);
    json_member_string(w, "round", row->round);
    json_member_string(w, "from", row->questionnaire);
    json_member_string(w, "outcome", fates[one->fate]);
    if (one->refusal)
        json_member_words(
            w, "reason",
            (struct words){{one->refusal->text[LANG_VI], one->refusal->text[LANG_EN]}});
    if (one->rescoring)
        write_change(w, one->rescoring);
    json_end_object(w);
}

static void write_item(struct json_writer *w, const struct rescore_item *item)
{
    json_begin_object(w);
    json_member_string(w, "question", item->question->id);
    json_member_int(w, "assessments", (int64_t)item->moved);
    json_member_int(w, "level_changes", (int64_t)item->moved_levels);
    member_number(w, "mean_change", ratio_make(item->change, (wide)10000 * (wide)item->moved), 2);
    json_end_object(w);
}

void rescore_summary_write_members(struct json_writer *w, const struct rescore_summary *s)
{
    json_member_string(w, "to", s->to->ref);
    json_member_bool(w, "stored", s->is_stored);
    json_member_int(w, "count", (int64_t)s->count);
    json_member_int(w, "level_up", (int64_t)s->level_up);
    json_member_int(w, "level_down", (int64_t)s->level_down);
    json_member_int(w, "level_same", (int64_t)s->level_same);
    json_member_int(w, "not_rated", (int64_t)s->not_rated);
    json_member_int(w, "percent_up", (int64_t)s->percent_up);
    json_member_int(w, "percent_down", (int64_t)s->percent_down);
    for (int i = RESCORE_REFUSED; i < RESCORE_FATE__MAX; i++)
        json_member_int(w, fates[i], (int64_t)s->fates[i]);
    for (int i = 0; i < REFUSED__MAX; i++)
        json_member_int(w, refusals[i], (int64_t)s->refused[i]);
    json_member_int(w, "with_dropped", (int64_t)s->with_dropped);
    json_member_int(w, "answers_dropped", (int64_t)s->dropped);
    json_key(w, "items");
    json_begin_array(w);
    for (size_t i = 0; i < s->item_count; i++)
        write_item(w, &s->items[i]);
    json_end_array(w);
}
