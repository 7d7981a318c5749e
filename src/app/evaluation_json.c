/* Assessments as documents for machines: the contract of score --json and match --json. */
#include "app/evaluation.h"

#include <string.h>
#include "policy/combine.h"
#include "policy/reasons.h"
#include "policy/terms.h"

/* A level; null where there is none. */
static void member_level(struct json_writer *w, const char *key, int level)
{
    json_key(w, key);
    if (level != LEVEL_NONE)
        json_int(w, level);
    else
        json_null(w);
}

static void write_level(struct json_writer *w, const struct evaluation *a)
{
    const struct questionnaire *q = a->response->questionnaire;
    int number = score_level(&a->score);
    const struct level_rule *level = questionnaire_level(q, number);

    json_key(w, "level");
    json_begin_object(w);
    member_level(w, "level", number);
    if (level)
        json_member_words(w, "name", level->name);
    else
        json_member_string(w, "name", NULL);
    member_level(w, "by_total_only", level ? a->score.by_total_only : LEVEL_NONE);
    json_key(w, "held_back_by");
    json_begin_array(w);
    for (size_t d = 0; d < q->dimension_count && level; d++) {
        if (a->score.held_back_by >> d & 1)
            json_string(w, q->dimensions[d].id);
    }
    json_end_array(w);
    json_end_object(w);
}

/* Of an estimate only. */
static void write_band(struct json_writer *w, const struct evaluation *a)
{
    const struct estimate *estimate = &a->response->questionnaire->estimate;
    struct score_band band;

    if (!score_band(&a->score, a->response->answers, &band))
        return;
    json_key(w, "band");
    json_begin_object(w);
    json_member_string(w, "of", estimate->of);
    json_member_int(w, "low", band.low);
    json_member_int(w, "likely", band.likely);
    json_member_int(w, "high", band.high);
    json_member_words(w, "name", estimate->name);
    json_end_object(w);
}

static void write_dimension(struct json_writer *w, const struct evaluation *a, size_t index)
{
    const struct dimension *dimension = &a->response->questionnaire->dimensions[index];
    const struct score_part *part = &a->score.dimensions[index];

    json_begin_object(w);
    json_member_string(w, "id", dimension->id);
    json_member_words(w, "name", dimension->name);
    json_member_decimal(w, "points", score_points(&a->score, part));
    json_member_decimal(w, "max", score_max(&a->score, part));
    json_member_decimal(w, "percent", score_percent(part));
    member_level(w, "level", score_part_level(&a->score, part));
    json_member_decimal(w, "coverage", score_coverage(part));
    json_end_object(w);
}

static void write_inactive(struct json_writer *w, const struct evaluation *a)
{
    const struct questionnaire *q = a->response->questionnaire;

    json_key(w, "inactive");
    json_begin_array(w);
    for (size_t i = 0; i < q->question_count; i++) {
        if (evaluation_is_inactive(a, i))
            json_string(w, q->questions[i].id);
    }
    json_end_array(w);
}

static void write_notes(struct json_writer *w, const struct evaluation *a)
{
    json_key(w, "notes");
    json_begin_array(w);
    for (size_t i = 0; i < a->note_count; i++) {
        json_begin_object(w);
        json_member_string(w, "code", a->notes[i].code);
        json_member_words(w, "text", a->notes[i].text);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_flags(struct json_writer *w, const struct evaluation *a)
{
    json_key(w, "flags");
    json_begin_array(w);
    for (size_t i = 0; i < a->flag_count; i++) {
        json_begin_object(w);
        json_member_string(w, "code", quality_code(a->flags[i].kind));
        json_member_words(w, "text", a->flags[i].text);
        json_end_object(w);
    }
    json_end_array(w);
}

/* Exact fractions: the contributions add up to the total (1 is 100 %). */
static void write_ledger(struct json_writer *w, const struct evaluation *a, struct arena *arena)
{
    const struct questionnaire *q = a->response->questionnaire;
    struct score_line *lines = ARENA_ARRAY(arena, struct score_line, q->question_count);

    score_ledger(&a->score, a->response->answers, lines);
    json_key(w, "ledger");
    json_begin_array(w);
    for (size_t i = 0; i < q->question_count; i++) {
        if (!lines[i].counts)
            continue;
        json_begin_object(w);
        json_member_string(w, "question", q->questions[i].id);
        json_member_string(w, "dimension", q->dimensions[q->questions[i].dimension].id);
        json_member_fraction(w, "points", lines[i].points);
        json_member_fraction(w, "max", lines[i].max);
        json_member_fraction(w, "contribution", lines[i].contribution);
        json_end_object(w);
    }
    json_end_array(w);
}

void evaluation_write_score(struct json_writer *w, const struct evaluation *a, bool with_ledger,
                            struct arena *arena)
{
    const struct score_part *total = &a->score.total;

    json_begin_object(w);
    json_member_string(w, "questionnaire", a->response->questionnaire->ref);
    json_member_bool(w, "complete", a->score.is_complete);
    json_member_int(w, "asked", (int64_t)total->asked);
    json_member_int(w, "answered", (int64_t)total->answered);
    json_member_int(w, "not_applicable", (int64_t)total->not_applicable);
    json_key(w, "total");
    json_begin_object(w);
    json_member_decimal(w, "points", score_points(&a->score, total));
    json_member_decimal(w, "max", score_max(&a->score, total));
    json_member_decimal(w, "percent", score_percent(total));
    json_end_object(w);
    write_level(w, a);
    write_band(w, a);
    json_key(w, "dimensions");
    json_begin_array(w);
    for (size_t d = 0; d < a->response->questionnaire->dimension_count; d++)
        write_dimension(w, a, d);
    json_end_array(w);
    write_inactive(w, a);
    write_notes(w, a);
    write_flags(w, a);
    if (with_ledger)
        write_ledger(w, a, arena);
    json_end_object(w);
}

/* A class, "unknown", or null where the criterion cannot be applied. */
static void member_size(struct json_writer *w, const char *key, size_set set)
{
    int only = size_only(set);

    json_member_string(w, key,
                       !set       ? NULL
                       : only < 0 ? "unknown"
                                  : size_code((enum size_class)only));
}

static const char *truth_code(enum truth truth)
{
    return truth == TRUTH_TRUE ? "true" : truth == TRUTH_FALSE ? "false" : "unknown";
}

static void write_condition(struct json_writer *w, const struct applicant *applicant,
                            const struct policy *policy, const struct condition_result *result,
                            struct arena *arena)
{
    const struct condition *condition = result->condition;
    struct words text;

    for (int i = 0; i < LANG__MAX; i++)
        text.in[i] = condition_words(applicant, policy, condition, (enum lang)i, arena);
    json_begin_object(w);
    json_member_string(w, "id", condition->id);
    json_member_string(w, "verdict", truth_code(result->truth));
    json_member_words(w, "text", text);
    if (condition->because.in[LANG_VI])
        json_member_words(w, "because", condition->because);
    json_member_string(w, "legal", condition->legal);
    json_end_object(w);
}

static void member_amount(struct json_writer *w, const char *key, bool is_known, int64_t amount)
{
    json_key(w, key);
    if (is_known)
        json_int(w, amount);
    else
        json_null(w);
}

static void write_open(struct json_writer *w, const struct policy *policy)
{
    json_key(w, "open");
    json_begin_object(w);
    json_member_string(w, "state", openness_code(policy->open));
    if (policy->open_on != DAY_NONE) {
        json_member_day(w, "on", policy->open_on);
        json_member_words(w, "source", policy->open_source);
    }
    json_end_object(w);
}

static void write_better(struct json_writer *w, const struct policy_match *match)
{
    if (match->better_size < 0)
        return;
    json_key(w, "better_criterion");
    json_begin_object(w);
    json_member_string(w, "size_class", size_code((enum size_class)match->better_size));
    member_amount(w, "amount_vnd", match->better_amount_vnd >= 0, match->better_amount_vnd);
    json_member_string(w, "legal", "06/2022/TT-BKHĐT 3(2)");
    json_end_object(w);
}

/* What the content was compared with, so that it can be checked. */
static void write_certainty(struct json_writer *w, const struct policy *policy)
{
    json_member_string(w, "certainty", certainty_code(policy->certainty));
    if (policy->certainty_note.in[LANG_VI])
        json_member_words(w, "certainty_note", policy->certainty_note);
    json_key(w, "read");
    json_begin_array(w);
    for (size_t i = 0; i < policy->reading_count; i++) {
        json_begin_object(w);
        json_member_string(w, "document", policy->readings[i].document);
        json_member_string(w, "article", policy->readings[i].article);
        json_member_words(w, "copy", policy->readings[i].copy);
        json_member_day(w, "on", policy->readings[i].on);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_terms_case(struct json_writer *w, const struct facts *facts,
                             const struct policy_terms *terms, const struct policy_terms_case *one)
{
    json_begin_object(w);
    json_key(w, "if");
    json_begin_object(w);
    for (size_t i = 0; i < terms->fact_count; i++) {
        const char *id = facts->items[terms->facts[i]].id;

        if (one->assumed[i].kind == VALUE_TEXT)
            json_member_string(w, id, one->assumed[i].text);
        else
            json_member_bool(w, id, one->assumed[i].truth);
    }
    json_end_object(w);
    json_member_fraction(w, "rate", one->rate);
    member_amount(w, "cap_vnd", one->has_cap, one->cap_vnd);
    json_end_object(w);
}

/* Rate and ceiling for this enterprise, by case where facts are missing. */
static void write_terms(struct json_writer *w, const struct applicant *applicant,
                        const struct policy *policy, struct arena *arena)
{
    struct policy_terms terms;

    policy_terms_find(applicant, policy, arena, &terms);
    if (!terms.count)
        return;
    json_member_string(w, "cap_basis", cap_basis_code(policy->cap_basis));
    json_key(w, "terms");
    json_begin_array(w);
    for (size_t i = 0; i < terms.count; i++)
        write_terms_case(w, applicant->catalogue->facts, &terms, &terms.cases[i]);
    json_end_array(w);
}

static void write_policy(struct json_writer *w, const struct applicant *applicant,
                         const struct policy_match *match, struct arena *arena)
{
    const struct policy *policy = match->policy;

    json_begin_object(w);
    json_member_string(w, "id", policy->id);
    json_member_words(w, "name", policy->name);
    json_member_string(w, "verdict", verdict_code(match->verdict));
    json_member_string(w, "family", policy->family);
    write_open(w, policy);
    json_member_bool(w, "in_force", match->is_in_force);
    if (match->is_coming) {
        json_member_bool(w, "coming", true);
        json_member_day(w, "starts_on", policy->from);
    }
    json_member_string(w, "benefit", benefit_code(policy->benefit));
    member_amount(w, "amount_vnd", match->has_amount, match->amount_vnd);
    if (match->has_range && !match->has_amount) {
        json_member_int(w, "low_vnd", match->low_vnd);
        json_member_int(w, "high_vnd", match->high_vnd);
    }
    if (match->verdict != VERDICT_NOT_ELIGIBLE)
        write_terms(w, applicant, policy, arena);
    write_certainty(w, policy);
    write_better(w, match);
    json_key(w, "conditions");
    json_begin_array(w);
    for (size_t i = 0; i < policy->condition_count; i++)
        write_condition(w, applicant, policy, &match->conditions[i], arena);
    json_end_array(w);
    json_key(w, "missing");
    json_begin_array(w);
    for (size_t i = 0; i < match->missing_count; i++)
        json_string(w, applicant->catalogue->facts->items[match->missing[i]].id);
    json_end_array(w);
    json_end_object(w);
}

static void write_wanted(struct json_writer *w, const struct match *match)
{
    const struct facts *facts = match->applicant->catalogue->facts;

    json_key(w, "wanted");
    json_begin_array(w);
    for (size_t i = 0; i < match->wanted_count; i++) {
        json_begin_object(w);
        json_member_string(w, "fact", facts->items[match->wanted[i].fact].id);
        json_member_int(w, "policies", (int64_t)match->wanted[i].policies);
        json_member_int(w, "money_vnd", match->wanted[i].money_vnd);
        json_end_object(w);
    }
    json_end_array(w);
}

static void write_left_out(struct json_writer *w, const struct combined_policy *policy)
{
    json_begin_object(w);
    json_member_string(w, "id", policy->match->policy->id);
    json_member_string(w, "instead", policy->instead ? policy->instead->policy->id : NULL);
    json_member_string(w, "code", policy->code);
    if (policy->code)
        json_member_words(w, "because", exclusion_words(policy->code));
    json_end_object(w);
}

/* Policies that one thing stands in the way of, which the enterprise can change. */
static void write_almost(struct json_writer *w, const struct match *match, struct arena *arena)
{
    json_key(w, "almost");
    json_begin_array(w);
    for (size_t i = 0; i < match->count; i++) {
        const struct policy_match *one = &match->policies[i];
        const struct condition *failed;

        if (!match_is_almost(match->applicant, one, arena, &failed))
            continue;
        json_begin_object(w);
        json_member_string(w, "id", one->policy->id);
        json_member_string(w, "condition", failed ? failed->id : NULL);
        json_end_object(w);
    }
    json_end_array(w);
}

/* Which of the eligible policies to take together, and why not the others. */
static void write_combination(struct json_writer *w, const struct match *match, struct arena *arena)
{
    const struct combination *best = combine(match, arena);

    json_key(w, "combination");
    json_begin_object(w);
    json_member_bool(w, "exact", best->is_exact);
    json_member_int(w, "given_vnd", best->given_vnd);
    json_member_int(w, "promised_vnd", best->promised_vnd);
    json_member_int(w, "amounts_unknown", (int64_t)best->open);
    json_key(w, "chosen");
    json_begin_array(w);
    for (size_t i = 0; i < best->count; i++) {
        if (best->policies[i].is_chosen)
            json_string(w, best->policies[i].match->policy->id);
    }
    json_end_array(w);
    json_key(w, "left_out");
    json_begin_array(w);
    for (size_t i = 0; i < best->count; i++) {
        if (!best->policies[i].is_chosen)
            write_left_out(w, &best->policies[i]);
    }
    json_end_array(w);
    json_end_object(w);
}

void evaluation_write_match(struct json_writer *w, const struct evaluation *a, struct arena *arena)
{
    const struct applicant *applicant = a->match->applicant;

    json_begin_object(w);
    json_member_day(w, "on", a->on);
    json_key(w, "size_class");
    json_begin_object(w);
    member_size(w, "class", applicant->size.possible);
    member_size(w, "by_revenue", applicant->size.by_revenue);
    member_size(w, "by_capital", applicant->size.by_capital);
    json_end_object(w);
    json_key(w, "groups");
    json_begin_array(w);
    for (size_t i = 0; i < applicant->group_count; i++)
        json_string(w, applicant->groups[i]);
    json_end_array(w);
    json_key(w, "policies");
    json_begin_array(w);
    for (size_t i = 0; i < a->match->count; i++)
        write_policy(w, applicant, &a->match->policies[i], arena);
    json_end_array(w);
    write_combination(w, a->match, arena);
    write_almost(w, a->match, arena);
    write_wanted(w, a->match);
    json_end_object(w);
}
