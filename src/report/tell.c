/* Values and steps as people read them. */
#include "report/tell.h"

#include "base/text.h"

/* ---- values as people read them ---- */

const char *tell_number(const struct teller *t, struct ratio r, unsigned decimals)
{
    return ratio_is_valid(r) ? text_of_number_short(t->arena, r, decimals, t->lang) : "–";
}

const char *tell_percent(const struct teller *t, struct ratio percent, unsigned decimals)
{
    if (!ratio_is_valid(percent))
        return "–";
    return arena_printf(t->arena, "%s\u00a0%%", tell_number(t, percent, decimals));
}

const char *tell_change(const struct teller *t, struct ratio change)
{
    if (!ratio_is_valid(change))
        return "–";
    if (change.num < 0)
        return arena_printf(t->arena, "−%s", tell_number(t, ratio_sub(ratio_of(0), change), 2));
    return arena_printf(t->arena, "%s%s", change.num ? "+" : "", tell_number(t, change, 2));
}

const char *tell_count(const struct teller *t, size_t count)
{
    return tell_number(t, ratio_of((int64_t)count), 0);
}

const char *tell_money(const struct teller *t, int64_t dong)
{
    return text_of_money(t->arena, dong, t->lang);
}

const char *tell_day(const struct teller *t, day d)
{
    return d == DAY_NONE ? "–" : text_of_day(t->arena, d);
}

const char *tell_level(const struct teller *t, const struct level_rule *rule)
{
    if (!rule)
        return TELL(t, NOT_RATED, NULL);
    if (!rule->name.in[t->lang])
        return arena_printf(t->arena, "%d", rule->level);
    return arena_printf(t->arena, "%d – %s", rule->level, rule->name.in[t->lang]);
}

const char *tell_dimension_level(const struct teller *t, const struct report_dimension *dimension)
{
    if (!t->report->q->dimension_level_count || !ratio_is_valid(dimension->percent))
        return "–";
    return arena_printf(t->arena, "%d", dimension->level);
}

const char *tell_fact(const struct teller *t, const char *id)
{
    const struct applicant *applicant = t->report->source.match->applicant;
    const struct response *response = t->report->source.response;
    const struct facts *facts = applicant->catalogue->facts;
    size_t fact = facts_find(facts, id);
    day on = response->submitted_on != DAY_NONE ? response->submitted_on : applicant->on;

    if (fact == MAP_NONE || applicant->values[fact].kind == VALUE_UNKNOWN)
        return TELL(t, NOT_GIVEN, NULL);
    return fact_print(facts, fact, &applicant->values[fact], on, t->lang, t->arena);
}

const char *tell_size(const struct teller *t)
{
    int size = size_only(t->report->source.match->applicant->size.possible);

    return size < 0 ? TELL(t, SIZE_UNKNOWN, NULL) : size_words((enum size_class)size).in[t->lang];
}

const char *tell_answer(const struct teller *t, const struct question *question,
                        const struct answer *answer)
{
    const char *text = answer_print(question, answer, t->lang, t->arena);

    if (*text)
        return text;
    return answer->state == ANSWER_GIVEN ? TELL(t, NOTHING_CHOSEN, NULL)
                                         : TELL(t, NOT_ANSWERED, NULL);
}

const char *tell_sentence(const struct teller *t)
{
    const struct report *report = t->report;

    if (!report->level)
        return TELL(t, SENTENCE_NOT_RATED, NULL);
    return TELL(t, SENTENCE, "points", tell_number(t, report->points, 2), "max",
                tell_number(t, report->max, 2), "percent", tell_percent(t, report->percent, 1),
                "level", tell_level(t, report->level), NULL);
}

/* ---- a step in words ---- */

const struct question *tell_step_question(const struct teller *t, const struct report_step *step)
{
    return &t->report->q->questions[step->step->question];
}

static const char *column_text(const struct teller *t, const struct question *question,
                               unsigned column)
{
    return column >= question->option_count ? TELL(t, NOT_ANSWERED, NULL)
                                            : question->options[column].text.in[t->lang];
}

const char *tell_step_from(const struct teller *t, const struct report_step *step)
{
    const struct question *question = tell_step_question(t, step);
    const struct answer *answer = &t->report->source.response->answers[step->step->question];

    if (step->step->row == MAP_NONE || answer->state != ANSWER_GIVEN)
        return tell_answer(t, question, answer);
    return column_text(t, question, answer->columns[step->step->row]);
}

const char *tell_step_to(const struct teller *t, const struct report_step *step)
{
    const struct question *question = tell_step_question(t, step);

    return step->step->row == MAP_NONE ? tell_answer(t, question, &step->step->to)
                                       : column_text(t, question, step->step->to.option);
}

const char *tell_step_label(const struct teller *t, const struct report_step *step)
{
    const struct question *question = tell_step_question(t, step);

    if (step->step->row == MAP_NONE)
        return question->label.in[t->lang];
    return arena_printf(t->arena, "%s: %s", question->label.in[t->lang],
                        question->rows[step->step->row].text.in[t->lang]);
}
