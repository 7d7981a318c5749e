/* What is said of a policy. */
#include "report/tell.h"

#include <string.h>

const char *tell_policy_name(const struct teller *t, const struct policy_match *match)
{
    return match->policy->name.in[t->lang];
}

const char *tell_line(const struct teller *t, const struct policy_line *line)
{
    if (!line->family)
        return tell_policy_name(t, line->policies[0]);
    return TELL(t, POLICY_FAMILY, "family", line->family->name.in[t->lang], "count",
                tell_count(t, line->count), NULL);
}

const char *tell_policy_list(const struct teller *t, const struct policy_match *const *policies,
                             size_t count)
{
    size_t line_count;
    const struct policy_line *lines =
        policy_lines(t->arena, t->report->source.match, policies, count, &line_count);
    const char *text = "";

    for (size_t i = 0; i < line_count; i++) {
        const char *name = tell_line(t, &lines[i]);

        if (!lines[i].family)
            name = arena_printf(t->arena, "%s (%s)", name, tell_citation(t, lines[i].policies[0]));
        text = arena_printf(t->arena, "%s%s%s", text, i ? "; " : "", name);
    }
    return text;
}

const char *tell_open(const struct teller *t, const struct policy *policy)
{
    if (!policy->open_source.in[t->lang])
        return openness_words(policy->open).in[t->lang];
    return TELL(t, POLICY_OPEN_TEXT, "state", openness_words(policy->open).in[t->lang], "source",
                policy->open_source.in[t->lang], "day", tell_day(t, policy->open_on), NULL);
}

const char *tell_promise(const struct teller *t)
{
    const struct report *report = t->report;
    const struct combination *best = report->combination;
    const char *count = tell_count(t, report->eligible_count), *text;
    bool may_be_closed = false;

    for (size_t i = 0; i < report->eligible_count; i++)
        may_be_closed |= report->eligible[i]->policy->open != OPEN_YES;
    text = best->promised_vnd > 0 ? TELL(t, ELIGIBLE_LEAD, "count", count, "amount",
                                         tell_money(t, best->promised_vnd), NULL)
                                  : TELL(t, ELIGIBLE_PLAIN, "count", count, NULL);
    if (best->given_vnd > best->promised_vnd)
        return arena_printf(t->arena, "%s %s", text,
                            TELL(t, ELIGIBLE_IF_OPEN, "amount",
                                 tell_money(t, best->given_vnd - best->promised_vnd), NULL));
    return may_be_closed ? arena_printf(t->arena, "%s %s", text, TELL(t, ELIGIBLE_ASK, NULL))
                         : text;
}

const char *tell_amount(const struct teller *t, const struct policy_match *match)
{
    if (match->has_amount)
        return tell_money(t, match->amount_vnd);
    if (match->has_range && match->low_vnd == match->high_vnd)
        return tell_money(t, match->low_vnd);
    if (match->has_range)
        return TELL(t, AMOUNT_RANGE, "low", tell_money(t, match->low_vnd), "high",
                    tell_money(t, match->high_vnd), NULL);
    return match->policy->amount ? TELL(t, AMOUNT_OPEN, NULL)
                                 : benefit_words(match->policy->benefit).in[t->lang];
}

/* A number among the parameters of the day, or RATIO_NONE. */
static struct ratio parameter(const struct teller *t, const struct policy_match *match,
                              const char *name)
{
    const struct policy *policy = match->policy;
    const struct applicant *applicant = t->report->source.match->applicant;
    struct value *values = ARENA_ARRAY(t->arena, struct value, policy->parameter_count + 1);

    policy_parameters(policy, applicant->values, applicant->on, values);
    for (size_t i = 0; i < policy->parameter_count; i++) {
        if (strcmp(policy->parameters[i].name, name) == 0 && values[i].kind == VALUE_NUMBER)
            return values[i].number;
    }
    return RATIO_NONE;
}

const char *tell_rate_and_cap(const struct teller *t, const struct policy_match *match)
{
    struct ratio rate = parameter(t, match, "rate"), cap = parameter(t, match, "cap");
    const char *rate_text = NULL, *cap_text = NULL;
    int64_t dong;

    if (ratio_is_valid(rate) && ratio_cmp(rate, ratio_of(1)) <= 0)
        rate_text =
            TELL(t, POLICY_RATE, "rate", tell_percent(t, ratio_mul(rate, ratio_of(100)), 2), NULL);
    if (ratio_is_valid(cap) && ratio_to_int64(cap, &dong))
        cap_text = TELL(t, POLICY_CAP, "cap", tell_money(t, dong), "basis",
                        cap_basis_words(match->policy->cap_basis).in[t->lang], NULL);
    if (rate_text && cap_text)
        return arena_printf(t->arena, "%s; %s", rate_text, cap_text);
    return rate_text ? rate_text : cap_text;
}

const char *tell_citation(const struct teller *t, const struct policy_match *match)
{
    return policy_citation(match->policy, match->policy->article, t->lang, t->arena);
}

const char *tell_missing(const struct teller *t, const struct policy_match *match)
{
    const struct facts *facts = t->report->source.match->applicant->catalogue->facts;
    const char *text = "";

    for (size_t i = 0; i < match->missing_count; i++)
        text = arena_printf(t->arena, "%s%s%s", text, i ? "; " : "",
                            facts->items[match->missing[i]].label.in[t->lang]);
    return text;
}

const char *tell_funding(const struct teller *t, const struct policy *policy)
{
    const char *text = "";

    for (int i = 0; i < FUNDING__MAX; i++) {
        if (policy->funding >> i & 1)
            text = arena_printf(t->arena, "%s%s%s", text, *text ? ", " : "",
                                funding_words((enum funding)i).in[t->lang]);
    }
    return *text ? text : "–";
}

const char *tell_validity(const struct teller *t, const struct policy *policy)
{
    return policy->to == DAY_NONE ? TELL(t, POLICY_SINCE, "from", tell_day(t, policy->from), NULL)
                                  : TELL(t, POLICY_FROM_TO, "from", tell_day(t, policy->from), "to",
                                         tell_day(t, policy->to), NULL);
}

const char *tell_certainty(const struct teller *t, const struct policy *policy)
{
    const char *words = certainty_words(policy->certainty).in[t->lang];
    const char *note = policy->certainty_note.in[t->lang];

    return note ? arena_printf(t->arena, "%s. %s", words, note) : words;
}

/* The last day for the answer, if the file is handed in on the day of the report. */
const char *tell_deadline(const struct teller *t, const struct policy *policy)
{
    const struct catalogue *catalogue = t->report->source.match->applicant->catalogue;
    enum deadline_certainty certainty;
    const char *days = arena_printf(t->arena, "%d", policy->answer_days);
    day last;

    if (!policy->answer_days)
        return NULL;
    last = calendar_deadline(catalogue->calendar, t->report->source.on, policy->answer_days,
                             &certainty);
    return certainty == DEADLINE_SURE
               ? TELL(t, POLICY_DEADLINE, "days", days, "from", tell_day(t, t->report->source.on),
                      "last", tell_day(t, last), NULL)
               : TELL(t, POLICY_DEADLINE_EXPECTED, "days", days, "from",
                      tell_day(t, t->report->source.on), "last", tell_day(t, last), NULL);
}

const char *tell_better(const struct teller *t, const struct policy_match *match)
{
    if (match->better_size < 0)
        return NULL;
    return TELL(t, POLICY_BETTER, "size",
                size_words((enum size_class)match->better_size).in[t->lang], "amount",
                match->better_amount_vnd >= 0 ? tell_money(t, match->better_amount_vnd)
                                              : TELL(t, POLICY_ELIGIBLE, NULL),
                NULL);
}

/* The planned spend that the amount comes from. */
const char *tell_plan(const struct teller *t, const struct policy *policy)
{
    const struct applicant *applicant = t->report->source.match->applicant;
    const struct facts *facts = applicant->catalogue->facts;

    if (policy->plan_fact == MAP_NONE || applicant->values[policy->plan_fact].kind == VALUE_UNKNOWN)
        return NULL;
    return arena_printf(t->arena, "%s: %s", facts->items[policy->plan_fact].label.in[t->lang],
                        fact_print(facts, policy->plan_fact, &applicant->values[policy->plan_fact],
                                   applicant->on, t->lang, t->arena));
}

const char *tell_condition(const struct teller *t, const struct policy_match *match,
                           const struct condition *condition)
{
    const char *text = condition_words(t->report->source.match->applicant, match->policy, condition,
                                       t->lang, t->arena);

    if (!condition->legal)
        return text;
    return arena_printf(t->arena, "%s – %s", text,
                        policy_citation(match->policy, condition->legal, t->lang, t->arena));
}

/* The reasons, as far as they certainly hold. */
const char *tell_refusal(const struct teller *t, const struct policy_match *match)
{
    const char *text = "";

    if (match->is_coming)
        return tell_validity(t, match->policy);
    if (match->is_in_force && match->policy->open == OPEN_NO)
        return tell_open(t, match->policy);
    if (!match->is_in_force)
        return TELL(t, REFUSED_PAST, "to", tell_day(t, match->policy->to), NULL);
    for (size_t i = 0; i < match->policy->condition_count; i++) {
        const struct condition_result *result = &match->conditions[i];

        if (result->truth == TRUTH_FALSE)
            text = arena_printf(t->arena, "%s%s%s", text, *text ? "; " : "",
                                condition_words(t->report->source.match->applicant, match->policy,
                                                result->condition, t->lang, t->arena));
    }
    return text;
}
