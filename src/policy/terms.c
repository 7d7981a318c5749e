/* Rate and ceiling of an amount rule, found by trying it. */
#include "policy/terms.h"

#include <string.h>

#include "base/text.h"

/* Small enough to stay under every ceiling, and round. */
#define SMALL_SPEND INT64_C(10000)

struct trial {
    const struct applicant *applicant;
    const struct policy *policy;
    struct arena *arena;
    struct value *values; /* facts, then parameters */
    size_t spend;         /* the money that the amount is a share of; MAP_NONE */
};

static bool rule_uses(const struct policy *policy, const struct rule_node *rule, size_t fact)
{
    if (rule->op == OP_FACT && rule->fact == fact)
        return true;
    if (rule->op == OP_FACT && rule->fact >= policy->fact_count &&
        policy->parameters[rule->fact - policy->fact_count].by_fact == fact)
        return true;
    for (size_t i = 0; i < rule->count; i++) {
        if (rule_uses(policy, &rule->args[i], fact))
            return true;
    }
    return false;
}

/* The planned spend; else the only money that the amount names. Of what is counted (learners,
 * months) one is taken. */
static void find_spend(struct trial *t)
{
    const struct facts *facts = t->applicant->catalogue->facts;
    size_t count = 0;

    t->spend = MAP_NONE;
    for (size_t i = 0; i < t->policy->fact_count; i++) {
        if (facts->items[i].is_derived || !rule_uses(t->policy, t->policy->amount, i))
            continue;
        if (facts->items[i].kind == FACT_INTEGER)
            t->values[i] = value_int(1);
        if (facts->items[i].kind != FACT_MONEY)
            continue;
        t->spend = i;
        count++;
    }
    if (count != 1)
        t->spend = MAP_NONE;
}

static struct ratio amount_of(struct trial *t, int64_t spend)
{
    const struct rule_data data = {.schema = &t->policy->schema, .facts = t->values};
    struct rule_result result;

    t->values[t->spend] = value_int(spend);
    policy_parameters(t->policy, t->values, t->applicant->on, t->values + t->policy->fact_count);
    rule_eval(t->policy->amount, &data, t->arena, &result);
    return result.value.kind == VALUE_NUMBER ? result.value.number : RATIO_NONE;
}

/* A share of the spend, up to a ceiling: false if the amount is no such thing. */
static bool find_case(struct trial *t, struct policy_terms_case *one)
{
    struct ratio small = amount_of(t, SMALL_SPEND), twice = amount_of(t, 2 * SMALL_SPEND);
    struct ratio most = amount_of(t, FACT_MONEY_MAX);

    if (!ratio_is_valid(small) || !ratio_is_valid(most) || ratio_cmp(small, ratio_of(0)) <= 0 ||
        ratio_cmp(ratio_mul(small, ratio_of(2)), twice) != 0)
        return false;
    one->rate = ratio_div(small, ratio_of(SMALL_SPEND));
    one->has_cap = ratio_cmp(most, ratio_mul(one->rate, ratio_of(FACT_MONEY_MAX))) < 0;
    return !one->has_cap || ratio_to_int64(ratio_round(most, 0), &one->cap_vnd);
}

/* ---- the cases ---- */

/* The values that an unknown fact may have, for the few that have few. */
static size_t possible_values(const struct applicant *a, size_t fact, struct value *values)
{
    const struct fact *f = &a->catalogue->facts->items[fact];
    size_t count = 0;

    if (strcmp(f->id, "size_class") == 0) {
        for (int size = 0; size < SIZE_CLASS__MAX; size++) {
            if (a->size.possible >> size & 1)
                values[count++] = value_text(size_code((enum size_class)size));
        }
    } else if (f->kind == FACT_YESNO) {
        values[count++] = value_bool(true);
        values[count++] = value_bool(false);
    }
    return count;
}

static void find_facts(const struct trial *t, struct policy_terms *terms)
{
    struct value values[SIZE_CLASS__MAX];
    size_t cases = 1;

    for (size_t i = 0; i < t->policy->fact_count && terms->fact_count < TERMS_FACTS_MAX; i++) {
        size_t count;

        if (t->applicant->values[i].kind != VALUE_UNKNOWN ||
            !rule_uses(t->policy, t->policy->amount, i))
            continue;
        count = possible_values(t->applicant, i, values);
        if (!count || cases * count > TERMS_CASES_MAX)
            continue;
        cases *= count;
        terms->facts[terms->fact_count++] = i;
    }
}

static void find_cases(struct trial *t, struct policy_terms *terms, struct policy_terms_case *now,
                       size_t at)
{
    struct value values[SIZE_CLASS__MAX];
    size_t count;

    if (at == terms->fact_count) {
        if (find_case(t, now))
            terms->cases[terms->count++] = *now;
        return;
    }
    count = possible_values(t->applicant, terms->facts[at], values);
    for (size_t i = 0; i < count; i++) {
        now->assumed[at] = t->values[terms->facts[at]] = values[i];
        find_cases(t, terms, now, at + 1);
    }
}

static bool is_like(const struct policy_terms_case *a, const struct policy_terms_case *b)
{
    return ratio_cmp(a->rate, b->rate) == 0 && a->has_cap == b->has_cap &&
           (!a->has_cap || a->cap_vnd == b->cap_vnd);
}

static bool is_equal(const struct value *a, const struct value *b)
{
    return a->kind == VALUE_TEXT ? strcmp(a->text, b->text) == 0 : a->truth == b->truth;
}

/* Two cases that assume the same but for one fact. */
static bool are_beside(const struct policy_terms *terms, const struct policy_terms_case *a,
                       const struct policy_terms_case *b, size_t but)
{
    for (size_t i = 0; i < terms->fact_count; i++) {
        if (i != but && !is_equal(&a->assumed[i], &b->assumed[i]))
            return false;
    }
    return true;
}

static bool matters(const struct policy_terms *terms, size_t at)
{
    for (size_t i = 0; i < terms->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (are_beside(terms, &terms->cases[i], &terms->cases[j], at) &&
                !is_like(&terms->cases[i], &terms->cases[j]))
                return true;
        }
    }
    return false;
}

/* Forgets a fact: of cases that it alone told apart, the first stays. */
static void drop_fact(struct policy_terms *terms, size_t at)
{
    size_t kept = 0;

    for (size_t i = 0; i < terms->count; i++) {
        bool is_new = true;

        for (size_t j = 0; j < kept; j++)
            is_new &= !are_beside(terms, &terms->cases[i], &terms->cases[j], at);
        if (is_new)
            terms->cases[kept++] = terms->cases[i];
    }
    terms->count = kept;
    terms->fact_count--;
    for (size_t i = at; i < terms->fact_count; i++) {
        terms->facts[i] = terms->facts[i + 1];
        for (size_t j = 0; j < kept; j++)
            terms->cases[j].assumed[i] = terms->cases[j].assumed[i + 1];
    }
}

void policy_terms_find(const struct applicant *applicant, const struct policy *policy,
                       struct arena *arena, struct policy_terms *terms)
{
    struct trial t = {applicant, policy, arena,
                      ARENA_ARRAY(arena, struct value, policy->schema.count), MAP_NONE};
    struct policy_terms_case now = {.rate = RATIO_NONE};

    *terms = (struct policy_terms){.count = 0};
    if (!policy->amount)
        return;
    memcpy(t.values, applicant->values, policy->fact_count * sizeof(*t.values));
    find_spend(&t);
    if (t.spend == MAP_NONE)
        return;
    find_facts(&t, terms);
    find_cases(&t, terms, &now, 0);
    for (size_t i = terms->fact_count; i-- > 0;) {
        if (!matters(terms, i))
            drop_fact(terms, i);
    }
}

/* ---- words ---- */

static const char *percent_words(struct ratio rate, enum lang lang, struct arena *arena)
{
    return arena_printf(arena, "%s\u00a0%%",
                        text_of_number_short(arena, ratio_mul(rate, ratio_of(100)), 2, lang));
}

/* "đến 50 %"; the whole is the whole (a guarantee is up to it); of a subsidy of interest the rate
 * is a year's; tax and rent are lowered by it. */
static const char *rate_words(const struct policy_terms_case *one, const struct policy *policy,
                              enum lang lang, struct arena *arena)
{
    const char *rate = percent_words(one->rate, lang, arena);

    if (policy->benefit == BENEFIT_INTEREST)
        return arena_printf(arena, "%s %s", rate, cap_basis_words(policy->cap_basis).in[lang]);
    if (policy->benefit == BENEFIT_TAX)
        return text_printf(arena, lang, "giảm %s", "%s less", rate);
    if (policy->benefit != BENEFIT_GUARANTEE && ratio_cmp(one->rate, ratio_of(1)) == 0)
        return rate;
    return text_printf(arena, lang, "đến %s", "up to %s", rate);
}

static const char *case_words(const struct policy_terms_case *one, const struct policy *policy,
                              enum lang lang, struct arena *arena)
{
    const char *rate = rate_words(one, policy, lang, arena);

    if (!one->has_cap)
        return rate;
    return text_printf(arena, lang, "%s, không quá %s %s", "%s, at most %s %s", rate,
                       text_of_money_short(arena, one->cap_vnd, lang),
                       cap_basis_words(policy->cap_basis).in[lang]);
}

const char *policy_terms_words(const struct policy_terms *terms, const struct policy *policy,
                               enum lang lang, struct arena *arena)
{
    struct policy_terms_case most;

    if (!terms->count)
        return NULL;
    most = terms->cases[0];
    for (size_t i = 1; i < terms->count; i++) {
        const struct policy_terms_case *one = &terms->cases[i];

        if (ratio_cmp(one->rate, most.rate) > 0)
            most.rate = one->rate;
        most.has_cap &= one->has_cap;
        most.cap_vnd = one->cap_vnd > most.cap_vnd ? one->cap_vnd : most.cap_vnd;
    }
    if (terms->count == 1)
        return case_words(&most, policy, lang, arena);
    return text_printf(arena, lang, "%s (tùy trường hợp)", "%s (depending on the case)",
                       case_words(&most, policy, lang, arena));
}

static const char *assumption_words(const struct facts *facts, size_t fact,
                                    const struct value *value, day on, enum lang lang,
                                    struct arena *arena)
{
    const char *shown = fact_print(facts, fact, value, on, lang, arena);

    if (facts->items[fact].kind == FACT_CHOICE)
        return shown;
    return arena_printf(arena, "%s: %s", facts->items[fact].label.in[lang], shown);
}

static bool is_first_like_it(const struct policy_terms *terms, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (is_like(&terms->cases[i], &terms->cases[at]))
            return false;
    }
    return true;
}

/* Several facts that do not each make a difference: what may come of it, and what decides. */
static const char *mixed_words(const struct policy_terms *terms, const struct policy *policy,
                               const struct facts *facts, enum lang lang, struct arena *arena)
{
    const char *text = "", *labels = "";

    for (size_t i = 0; i < terms->count; i++) {
        if (is_first_like_it(terms, i))
            text = arena_printf(arena, "%s%s%s", text, i ? "; " : "",
                                case_words(&terms->cases[i], policy, lang, arena));
    }
    for (size_t i = 0; i < terms->fact_count; i++)
        labels = arena_printf(arena, "%s%s%s", labels, i ? ", " : "",
                              facts->items[terms->facts[i]].label.in[lang]);
    return text_printf(arena, lang, "%s (tùy: %s)", "%s (depending on: %s)", text, labels);
}

static const char *assumed_words(const struct policy_terms *terms, size_t at,
                                 const struct applicant *applicant, enum lang lang,
                                 struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < terms->fact_count; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            assumption_words(applicant->catalogue->facts, terms->facts[i],
                                             &terms->cases[at].assumed[i], applicant->on, lang,
                                             arena));
    return text;
}

const char *policy_terms_case_words(const struct policy_terms *terms, const struct policy *policy,
                                    const struct applicant *applicant, enum lang lang,
                                    struct arena *arena)
{
    const char *text = "";
    size_t distinct = 0;

    if (terms->count < 2)
        return policy_terms_words(terms, policy, lang, arena);
    for (size_t i = 0; i < terms->count; i++)
        distinct += is_first_like_it(terms, i);
    if (distinct < terms->count)
        return mixed_words(terms, policy, applicant->catalogue->facts, lang, arena);
    for (size_t i = 0; i < terms->count; i++)
        text = arena_printf(arena, "%s%s%s – %s", text, i ? "; " : "",
                            assumed_words(terms, i, applicant, lang, arena),
                            case_words(&terms->cases[i], policy, lang, arena));
    return text;
}
