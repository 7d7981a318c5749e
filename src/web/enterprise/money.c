/* What an enterprise may get, in numbers that are read at a glance. */
#include "web/enterprise/money.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/enterprise/result_page.h"

static bool is_given(const struct policy_match *match)
{
    enum benefit benefit = match->policy->benefit;

    return benefit != BENEFIT_LOAN && benefit != BENEFIT_GUARANTEE;
}

/* The planned spend that the amount is a share of; -1: none, or not given. */
static int64_t spend_of(const struct phraser *t, const struct policy_match *match)
{
    const struct value *values = t->report->source.match->applicant->values;
    size_t fact = match->policy->plan_fact;
    int64_t spend;

    if (fact == MAP_NONE || values[fact].kind != VALUE_NUMBER ||
        !ratio_to_int64(values[fact].number, &spend))
        return -1;
    return spend;
}

static int thousandths(int64_t part, int64_t of)
{
    return of > 0 ? (int)(part / (of / 1000 ? of / 1000 : 1)) : 0;
}

/* Known amounts first, the largest first; else as the report has them. */
static int compare(const void *a, const void *b)
{
    const struct policy_match *const *x = a, *const *y = b;

    if ((*x)->has_amount != (*y)->has_amount)
        return (*x)->has_amount ? -1 : 1;
    if ((*x)->has_amount && (*x)->amount_vnd != (*y)->amount_vnd)
        return (*x)->amount_vnd > (*y)->amount_vnd ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

/* Of the combination, what gives money; returns how many. */
static size_t find_lines(const struct report *report, const struct policy_match **found)
{
    const struct combination *best = report->combination;
    size_t count = 0;

    for (size_t i = 0; i < best->count; i++) {
        const struct policy_match *match = best->policies[i].match;

        if (best->policies[i].is_chosen && match->policy->amount && is_given(match) &&
            !(match->has_amount && match->amount_vnd == 0))
            found[count++] = match;
    }
    qsort(found, count, sizeof(const struct policy_match *), compare);
    return count;
}

static struct money_line line_of(const struct phraser *t, const struct policy_match *match,
                                 int64_t longest)
{
    int64_t spend = spend_of(t, match);
    struct money_line line = {.name = phrase_policy_name(t, match),
                              .anchor = result_anchor(t, match),
                              .apply_at = match->policy->apply_at.in[t->lang]};

    if (!match->has_amount) {
        line.words = phrase_amount(t, match);
        return line;
    }
    line.words = text_of_money_short(t->arena, match->amount_vnd, t->lang);
    line.part = thousandths(match->amount_vnd, longest);
    line.of = line.part;
    if (spend < match->amount_vnd)
        return line;
    line.whole = text_of_money_short(t->arena, spend, t->lang);
    line.of = thousandths(spend, longest);
    return line;
}

/* "220 triệu": the number, and what it counts. */
static void split(const struct phraser *t, struct money *money)
{
    const char *gap = strstr(money->sum, "\u00a0");

    money->number = money->sum;
    money->unit = "";
    if (!gap || *money->sum < '0' || *money->sum > '9')
        return;
    money->number = arena_strndup(t->arena, money->sum, (size_t)(gap - money->sum));
    money->unit = gap + strlen("\u00a0");
}

struct money money_of(const struct phraser *t)
{
    const struct report *report = t->report;
    const struct combination *best = report->combination;
    const struct policy_match **found =
        ARENA_ARRAY(t->arena, const struct policy_match *, best->count + 1);
    struct money money = {.count = find_lines(report, found), .eligible = report->eligible_count};
    struct money_line *lines = ARENA_ARRAY(t->arena, struct money_line, money.count + 1);
    int64_t longest = 1;

    for (size_t i = 0; i < money.count; i++) {
        int64_t spend = spend_of(t, found[i]);

        money.known += found[i]->has_amount;
        money.may_be_closed |= found[i]->policy->open != OPEN_YES;
        if (found[i]->has_amount && found[i]->amount_vnd > longest)
            longest = found[i]->amount_vnd;
        if (found[i]->has_amount && spend > longest)
            longest = spend;
    }
    for (size_t i = 0; i < money.count; i++)
        lines[i] = line_of(t, found[i], longest);
    money.lines = lines;
    money.others = money.eligible - money.count;
    money.is_known = best->given_vnd > 0;
    money.sum = text_of_money_short(t->arena, best->given_vnd, t->lang);
    split(t, &money);
    return money;
}
