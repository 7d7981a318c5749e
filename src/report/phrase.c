/* Values and steps as people read them. */
#include "report/phrase.h"

#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"

/* ---- values as people read them ---- */

const char *phrase_number(const struct phraser *t, struct ratio r, unsigned decimals)
{
    return ratio_is_valid(r) ? text_of_number_short(t->arena, r, decimals, t->lang) : "–";
}

const char *phrase_percent(const struct phraser *t, struct ratio percent, unsigned decimals)
{
    if (!ratio_is_valid(percent))
        return "–";
    return arena_printf(t->arena, "%s\u00a0%%", phrase_number(t, percent, decimals));
}

const char *phrase_change(const struct phraser *t, struct ratio change)
{
    if (!ratio_is_valid(change))
        return "–";
    if (change.num < 0)
        return arena_printf(t->arena, "−%s", phrase_number(t, ratio_sub(ratio_of(0), change), 2));
    return arena_printf(t->arena, "%s%s", change.num ? "+" : "", phrase_number(t, change, 2));
}

const char *phrase_count(const struct phraser *t, size_t count)
{
    return phrase_number(t, ratio_of((int64_t)count), 0);
}

const char *phrase_money(const struct phraser *t, int64_t dong)
{
    return text_of_money(t->arena, dong, t->lang);
}

const char *phrase_day(const struct phraser *t, day d)
{
    return d == DAY_NONE ? "–" : text_of_day(t->arena, d);
}

static const char *phrase_whole(const struct phraser *t, int number)
{
    return arena_printf(t->arena, "%d", number);
}

const char *phrase_level(const struct phraser *t, const struct level_rule *rule)
{
    if (!rule && t->report->has_band)
        return PHRASE(t, BAND, "likely", phrase_whole(t, t->report->band.likely), "low",
                      phrase_whole(t, t->report->band.low), "high",
                      phrase_whole(t, t->report->band.high), "name",
                      t->report->q->estimate.name.in[t->lang], NULL);
    if (!rule)
        return PHRASE(t, NOT_RATED, NULL);
    if (!rule->name.in[t->lang])
        return arena_printf(t->arena, "%d", rule->level);
    return arena_printf(t->arena, "%d – %s", rule->level, rule->name.in[t->lang]);
}

const char *phrase_dimension_level(const struct phraser *t,
                                   const struct report_dimension *dimension)
{
    if (!t->report->q->dimension_level_count || dimension->level == LEVEL_NONE)
        return "–";
    return arena_printf(t->arena, "%d", dimension->level);
}

const char *phrase_fact(const struct phraser *t, const char *id)
{
    const struct applicant *applicant = t->report->source.match->applicant;
    const struct response *response = t->report->source.response;
    const struct facts *facts = applicant->catalogue->facts;
    size_t fact = facts_find(facts, id);
    day on = response->submitted_on != DAY_NONE ? response->submitted_on : applicant->on;

    if (fact == MAP_NONE || applicant->values[fact].kind == VALUE_UNKNOWN)
        return PHRASE(t, NOT_GIVEN, NULL);
    /* names of several lines were stored once */
    return text_one_line(t->arena,
                         fact_print(facts, fact, &applicant->values[fact], on, t->lang, t->arena));
}

const char *phrase_size(const struct phraser *t)
{
    int size = size_only(t->report->source.match->applicant->size.possible);

    return size < 0 ? PHRASE(t, SIZE_UNKNOWN, NULL) : size_words((enum size_class)size).in[t->lang];
}

const char *phrase_answer(const struct phraser *t, const struct question *question,
                          const struct answer *answer)
{
    const char *text = answer_print(question, answer, t->lang, t->arena);

    if (*text)
        return text;
    return answer->state == ANSWER_GIVEN ? PHRASE(t, NOTHING_CHOSEN, NULL)
                                         : PHRASE(t, NOT_ANSWERED, NULL);
}

const char *phrase_sentence(const struct phraser *t)
{
    const struct report *report = t->report;

    if (report->has_band)
        return PHRASE(t, SENTENCE_BAND, "likely",
                      phrase_level(t, questionnaire_level(report->q, report->band.likely)), "low",
                      phrase_whole(t, report->band.low), "high", phrase_whole(t, report->band.high),
                      "name", report->q->estimate.name.in[t->lang], NULL);
    if (!report->level)
        return PHRASE(t, SENTENCE_NOT_RATED, NULL);
    return PHRASE(t, SENTENCE, "points", phrase_number(t, report->points, 2), "max",
                  phrase_number(t, report->max, 2), "percent",
                  phrase_percent(t, report->percent, 1), "level", phrase_level(t, report->level),
                  NULL);
}

const char *phrase_steps_lead(const struct phraser *t)
{
    const struct report *report = t->report;

    if (report->has_band)
        return PHRASE(t, STEPS_LEAD_BAND, "steps", phrase_count(t, report->step_count), "name",
                      report->q->estimate.name.in[t->lang], NULL);
    return PHRASE(t, STEPS_LEAD, "steps", phrase_count(t, report->step_count), "effort",
                  phrase_number(t, report->source.plan->effort, 2), "level",
                  phrase_level(t, report->demand.rule), NULL);
}

/* ---- a step in words ---- */

const struct question *phrase_step_question(const struct phraser *t, const struct report_step *step)
{
    return &t->report->q->questions[step->step->question];
}

static const char *column_text(const struct phraser *t, const struct question *question,
                               unsigned column)
{
    return column >= question->option_count ? PHRASE(t, NOT_ANSWERED, NULL)
                                            : question->options[column].text.in[t->lang];
}

const char *phrase_step_from(const struct phraser *t, const struct report_step *step)
{
    const struct question *question = phrase_step_question(t, step);
    const struct answer *answer = &t->report->source.response->answers[step->step->question];

    if (step->step->row == MAP_NONE || answer->state != ANSWER_GIVEN)
        return phrase_answer(t, question, answer);
    return column_text(t, question, answer->columns[step->step->row]);
}

const char *phrase_step_to(const struct phraser *t, const struct report_step *step)
{
    const struct question *question = phrase_step_question(t, step);

    return step->step->row == MAP_NONE ? phrase_answer(t, question, &step->step->to)
                                       : column_text(t, question, step->step->to.option);
}

const char *phrase_step_label(const struct phraser *t, const struct report_step *step)
{
    const struct question *question = phrase_step_question(t, step);

    if (step->step->row == MAP_NONE)
        return question->label.in[t->lang];
    return arena_printf(t->arena, "%s: %s", question->label.in[t->lang],
                        question->rows[step->step->row].text.in[t->lang]);
}

/* ---- what changed ---- */

const char *phrase_progress_lead(const struct phraser *t)
{
    const struct report_source *source = &t->report->source;
    const struct compared_part *total = &source->change->total;

    return PHRASE(t, PROGRESS_LEAD, "before", phrase_percent(t, total->percent_before, 1), "after",
                  phrase_percent(t, total->percent_after, 1), "change",
                  phrase_change(t, total->change), "round",
                  source->before_round ? source->before_round : "–", "day",
                  phrase_day(t, source->before_on), NULL);
}

const char *phrase_answer_before(const struct phraser *t, const struct compared_answer *answer)
{
    return answer->before ? phrase_answer(t, answer->before, answer->answer_before) : "–";
}

const char *phrase_answer_now(const struct phraser *t, const struct compared_answer *answer)
{
    return answer->after ? phrase_answer(t, answer->after, answer->answer_after) : "–";
}

/* ---- notes on the result ---- */

bool phrase_is_of_method(const struct score_note *note)
{
    return strcmp(note->code, "at-bound") == 0;
}

size_t phrase_count_notes(const struct phraser *t, bool is_of_method)
{
    const struct report_source *source = &t->report->source;
    size_t count = 0;

    for (size_t i = 0; i < source->note_count; i++)
        count += phrase_is_of_method(&source->notes[i]) == is_of_method;
    return count;
}
