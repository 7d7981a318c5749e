/* What is said of a policy. */
#include "report/phrase.h"

#include <string.h>

#include "base/text.h"
#include "policy/terms.h"

const char *phrase_policy_name(const struct phraser *t, const struct policy_match *match)
{
    return match->policy->name.in[t->lang];
}

const char *phrase_line(const struct phraser *t, const struct policy_line *line)
{
    if (!line->family)
        return phrase_policy_name(t, line->policies[0]);
    return PHRASE(t, POLICY_FAMILY, "family", line->family->name.in[t->lang], "count",
                  phrase_count(t, line->count), NULL);
}

const char *phrase_line_citation(const struct phraser *t, const struct policy_line *line)
{
    const char *text = "";

    if (!line->family)
        return phrase_citation(t, line->policies[0]);
    for (size_t i = 0; i < line->count; i++) {
        const struct policy *policy = line->policies[i]->policy;
        size_t before = 0;

        while (strcmp(line->policies[before]->policy->document, policy->document) != 0)
            before++;
        if (before == i) /* each document once */
            text = arena_printf(t->arena, "%s%s%s", text, *text ? "; " : "",
                                policy_citation(policy, "", t->lang, t->arena));
    }
    return text;
}

const char *phrase_policy_list(const struct phraser *t, const struct policy_match *const *policies,
                               size_t count)
{
    size_t line_count;
    const struct policy_line *lines = policy_lines(t->arena, t->report->source.match, policies,
                                                   count, FAMILY_OTHERS_MIN, &line_count);
    const char *text = "";

    for (size_t i = 0; i < line_count; i++) {
        const char *name = phrase_line(t, &lines[i]);

        if (!lines[i].family)
            name =
                arena_printf(t->arena, "%s (%s)", name, phrase_citation(t, lines[i].policies[0]));
        text = arena_printf(t->arena, "%s%s%s", text, i ? "; " : "", name);
    }
    return text;
}

/* Whether its programme takes applications, and where that is from. */
static const char *phrase_open(const struct phraser *t, const struct policy *policy)
{
    if (!policy->open_source.in[t->lang])
        return openness_words(policy->open).in[t->lang];
    return PHRASE(t, POLICY_OPEN_TEXT, "state", openness_words(policy->open).in[t->lang], "source",
                  policy->open_source.in[t->lang], "day", phrase_day(t, policy->open_on), NULL);
}

const char *phrase_promise(const struct phraser *t)
{
    const struct report *report = t->report;
    const struct combination *best = report->combination;
    const char *count = phrase_count(t, report->eligible_count), *text;
    bool may_be_closed = false;

    for (size_t i = 0; i < report->eligible_count; i++)
        may_be_closed |= report->eligible[i]->policy->open != OPEN_YES;
    text = best->promised_vnd > 0 ? PHRASE(t, ELIGIBLE_LEAD, "count", count, "amount",
                                           phrase_money(t, best->promised_vnd), NULL)
                                  : PHRASE(t, ELIGIBLE_PLAIN, "count", count, NULL);
    if (best->given_vnd > best->promised_vnd)
        return arena_printf(t->arena, "%s %s", text,
                            PHRASE(t, ELIGIBLE_IF_OPEN, "amount",
                                   phrase_money(t, best->given_vnd - best->promised_vnd), NULL));
    return may_be_closed ? arena_printf(t->arena, "%s %s", text, PHRASE(t, ELIGIBLE_ASK, NULL))
                         : text;
}

static void find_terms(const struct phraser *t, const struct policy_match *match,
                       struct policy_terms *terms)
{
    policy_terms_find(t->report->source.match->applicant, match->policy, t->arena, terms);
}

const char *phrase_amount(const struct phraser *t, const struct policy_match *match)
{
    struct policy_terms terms;

    if (match->has_amount)
        return phrase_money(t, match->amount_vnd);
    if (match->has_range && match->low_vnd == match->high_vnd)
        return phrase_money(t, match->low_vnd);
    if (match->has_range)
        return PHRASE(t, AMOUNT_RANGE, "low", phrase_money(t, match->low_vnd), "high",
                      phrase_money(t, match->high_vnd), NULL);
    if (!match->policy->amount)
        return benefit_words(match->policy->benefit).in[t->lang];
    find_terms(t, match, &terms);
    return terms.count ? policy_terms_words(&terms, match->policy, t->lang, t->arena)
                       : PHRASE(t, AMOUNT_OPEN, NULL);
}

const char *phrase_rate_and_cap(const struct phraser *t, const struct policy_match *match)
{
    struct policy_terms terms;

    find_terms(t, match, &terms);
    return policy_terms_case_words(&terms, match->policy, t->report->source.match->applicant,
                                   t->lang, t->arena);
}

const char *phrase_citation(const struct phraser *t, const struct policy_match *match)
{
    return policy_citation(match->policy, match->policy->article, t->lang, t->arena);
}

const char *phrase_missing(const struct phraser *t, const struct policy_match *match)
{
    const struct facts *facts = t->report->source.match->applicant->catalogue->facts;
    const char *text = "";

    for (size_t i = 0; i < match->missing_count; i++)
        text = arena_printf(t->arena, "%s%s%s", text, i ? "; " : "",
                            facts->items[match->missing[i]].label.in[t->lang]);
    return text;
}

static const char *phrase_funding(const struct phraser *t, const struct policy *policy)
{
    const char *text = "";

    for (int i = 0; i < FUNDING__MAX; i++) {
        if (policy->funding >> i & 1)
            text = arena_printf(t->arena, "%s%s%s", text, *text ? ", " : "",
                                funding_words((enum funding)i).in[t->lang]);
    }
    return *text ? text : "–";
}

const char *phrase_validity(const struct phraser *t, const struct policy *policy)
{
    return policy->to == DAY_NONE
               ? PHRASE(t, POLICY_SINCE, "from", phrase_day(t, policy->from), NULL)
               : PHRASE(t, POLICY_FROM_TO, "from", phrase_day(t, policy->from), "to",
                        phrase_day(t, policy->to), NULL);
}

/* One sentence where the content was not read in the text itself; NULL where it was. */
static const char *phrase_certainty(const struct phraser *t, const struct policy *policy)
{
    switch (policy->certainty) {
    case CERTAINTY_REPORTED:
        return PHRASE(t, POLICY_REPORTED, NULL);
    case CERTAINTY_RECALLED:
        return PHRASE(t, POLICY_RECALLED, NULL);
    default:
        return NULL;
    }
}

const char *phrase_deadline(const struct phraser *t, const struct policy *policy)
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
               ? PHRASE(t, POLICY_DEADLINE, "days", days, "from",
                        phrase_day(t, t->report->source.on), "last", phrase_day(t, last), NULL)
               : PHRASE(t, POLICY_DEADLINE_EXPECTED, "days", days, "from",
                        phrase_day(t, t->report->source.on), "last", phrase_day(t, last), NULL);
}

/* What another size class would get; NULL: not more. */
static const char *phrase_better(const struct phraser *t, const struct policy_match *match)
{
    if (match->better_size < 0)
        return NULL;
    return PHRASE(t, POLICY_BETTER, "size",
                  size_words((enum size_class)match->better_size).in[t->lang], "amount",
                  match->better_amount_vnd >= 0 ? phrase_money(t, match->better_amount_vnd)
                                                : PHRASE(t, POLICY_ELIGIBLE, NULL),
                  NULL);
}

/* The planned spend that the amount comes from; NULL: there is none, or it was not given. */
static const char *phrase_plan(const struct phraser *t, const struct policy *policy)
{
    const struct applicant *applicant = t->report->source.match->applicant;
    const struct facts *facts = applicant->catalogue->facts;

    if (policy->plan_fact == MAP_NONE || applicant->values[policy->plan_fact].kind == VALUE_UNKNOWN)
        return NULL;
    return arena_printf(t->arena, "%s: %s", facts->items[policy->plan_fact].label.in[t->lang],
                        fact_print(facts, policy->plan_fact, &applicant->values[policy->plan_fact],
                                   applicant->on, t->lang, t->arena));
}

const char *phrase_condition(const struct phraser *t, const struct policy_match *match,
                             const struct condition *condition)
{
    const char *text = condition_words(t->report->source.match->applicant, match->policy, condition,
                                       t->lang, t->arena);

    if (!condition->legal)
        return text;
    return arena_printf(t->arena, "%s – %s", text,
                        policy_citation(match->policy, condition->legal, t->lang, t->arena));
}

typedef const char *words_of_condition(const struct applicant *applicant,
                                       const struct policy *policy,
                                       const struct condition *condition, enum lang lang,
                                       struct arena *arena);

/* The conditions that certainly do not hold, as one of condition_words.c says them. */
static const char *failed_conditions(const struct phraser *t, const struct policy_match *match,
                                     words_of_condition *words)
{
    const char *text = "";

    for (size_t i = 0; i < match->policy->condition_count; i++) {
        const struct condition_result *result = &match->conditions[i];

        if (result->truth == TRUTH_FALSE)
            text = arena_printf(t->arena, "%s%s%s", text, *text ? "; " : "",
                                words(t->report->source.match->applicant, match->policy,
                                      result->condition, t->lang, t->arena));
    }
    return text;
}

/* Why no enterprise gets it now; NULL: some do. */
static const char *closed_words(const struct phraser *t, const struct policy_match *match)
{
    if (match->is_coming)
        return phrase_validity(t, match->policy);
    if (match->is_in_force && match->policy->open == OPEN_NO)
        return phrase_open(t, match->policy);
    return match->is_in_force
               ? NULL
               : PHRASE(t, REFUSED_PAST, "to", phrase_day(t, match->policy->to), NULL);
}

/* The reasons, as far as they certainly hold. */
const char *phrase_refusal(const struct phraser *t, const struct policy_match *match)
{
    const char *closed = closed_words(t, match);

    return closed ? closed : failed_conditions(t, match, condition_words);
}

/* A text without each of the parts, which are parted by '|'. */
static const char *without_parts(const struct phraser *t, const char *text, const char *parts)
{
    char *copy = arena_printf(t->arena, "%s", text);

    while (*parts) {
        size_t len = strcspn(parts, "|");
        const char *part = arena_printf(t->arena, "%.*s", (int)len, parts);

        for (char *at = len ? strstr(copy, part) : NULL; at; at = strstr(at, part))
            memmove(at, at + len, strlen(at + len) + 1);
        parts += len + (parts[len] == '|');
    }
    return copy;
}

const char *phrase_rate_short(const struct phraser *t, const struct policy_match *match)
{
    const char *text = phrase_rate_and_cap(t, match);

    return text ? without_parts(t, text, PHRASE(t, RATE_DROPPED, NULL)) : NULL;
}

const char *phrase_only_for(const struct phraser *t, const struct policy_match *match)
{
    const char *closed = closed_words(t, match);

    if (closed)
        return text_capital(t->arena, closed);
    return text_capital(t->arena,
                        without_parts(t, failed_conditions(t, match, condition_bare_words),
                                      PHRASE(t, REFUSED_DROPPED, NULL)));
}

/* ---- all of it ---- */

static void add_pair(struct phrase_pair *pairs, size_t *count, const char *label, const char *value)
{
    if (value && *value)
        pairs[(*count)++] = (struct phrase_pair){label, value};
}

size_t phrase_policy_pairs(const struct phraser *t, const struct policy_match *match,
                           const char *papers, struct phrase_pair pairs[PHRASE_PAIRS_MAX])
{
    const struct policy *policy = match->policy;
    size_t count = 0;

    add_pair(pairs, &count, PHRASE(t, POLICY_PLAN, NULL), phrase_plan(t, policy));
    add_pair(pairs, &count, PHRASE(t, POLICY_HOW, NULL), phrase_rate_and_cap(t, match));
    add_pair(pairs, &count, PHRASE(t, POLICY_NEEDED, NULL), phrase_missing(t, match));
    add_pair(pairs, &count, PHRASE(t, POLICY_BETTER_LABEL, NULL), phrase_better(t, match));
    add_pair(pairs, &count, PHRASE(t, POLICY_LEGAL, NULL), phrase_citation(t, match));
    add_pair(pairs, &count, PHRASE(t, POLICY_VALID, NULL), phrase_validity(t, policy));
    add_pair(pairs, &count, PHRASE(t, POLICY_PAPERS, NULL), papers);
    add_pair(pairs, &count, PHRASE(t, POLICY_WHERE, NULL), policy->apply_at.in[t->lang]);
    add_pair(pairs, &count, PHRASE(t, POLICY_WHEN, NULL), phrase_deadline(t, policy));
    add_pair(pairs, &count, PHRASE(t, POLICY_FUNDING, NULL), phrase_funding(t, policy));
    add_pair(pairs, &count, PHRASE(t, POLICY_OPEN, NULL), phrase_open(t, policy));
    if (policy->certainty != CERTAINTY_READ)
        add_pair(pairs, &count, PHRASE(t, POLICY_CERTAINTY, NULL), phrase_certainty(t, policy));
    return count;
}

const char *phrase_wanted_fact(const struct phraser *t, const struct wanted_fact *wanted)
{
    const struct facts *facts = t->report->source.match->applicant->catalogue->facts;
    const struct fact *fact = &facts->items[wanted->fact];
    const char *ask = fact->ask.in[t->lang] ? fact->ask.in[t->lang] : fact->label.in[t->lang];

    return PHRASE(t, WANTED_FACT, "question", ask, "count", phrase_count(t, wanted->policies),
                  NULL);
}
