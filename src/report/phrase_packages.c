/* Packages of work in words. */
#include "report/phrase.h"

#include <string.h>

/* Policies that are named as paying for one package. */
#define PAYERS_MAX 3

const char *phrase_months(const struct phraser *t, const struct advice_item *item)
{
    int last = item->first_month + item->months - 1;

    return last == item->first_month ? arena_printf(t->arena, "%d", last)
                                     : arena_printf(t->arena, "%d–%d", item->first_month, last);
}

const char *phrase_payers(const struct phraser *t, const struct report_package *package)
{
    const char *text = "";

    for (size_t i = 0; i < package->pay_count && i < PAYERS_MAX; i++)
        text = arena_printf(t->arena, "%s%s%s", text, i ? "; " : "",
                            phrase_policy_name(t, package->pay[i]));
    return text;
}

const char *phrase_minimum(const struct phraser *t)
{
    const struct advice *advice = t->report->source.advice;
    const char *level = arena_printf(t->arena, "%d", advice->to), *names = "";

    if (!advice->minimum.exists)
        return PHRASE(t, PACKAGES_BEYOND, "level", level, NULL);
    for (size_t i = 0; i < advice->minimum.count; i++)
        names = arena_printf(t->arena, "%s%s%s", names, i ? "; " : "",
                             advice->minimum.packages[i]->name.in[t->lang]);
    return PHRASE(t, PACKAGES_MINIMUM, "level", level, "weeks",
                  phrase_number(t, advice->minimum.effort, 2), "packages", names, NULL);
}

static const char *shortfall(const struct phraser *t, const struct advice *advice)
{
    return PHRASE(t, PACKAGES_SHORT, "points", phrase_number(t, advice->short_points, 2),
                  "dimensions", phrase_count(t, advice->short_dimensions), NULL);
}

const char *phrase_same_year(const struct phraser *t)
{
    const struct advice *advice = t->report->source.advice;
    const char *count = phrase_count(t, advice->count);
    const char *weeks = phrase_number(t, advice->effort, 2);
    const char *months = phrase_count(t, (size_t)advice->months);
    const char *gain = phrase_number(t, advice->gain, 2);
    const char *text =
        advice->is_over_a_year
            ? PHRASE(t, PACKAGES_LONGER, "count", count, "weeks", weeks, "months", months, "gain",
                     gain, "capacity", phrase_number(t, advice->capacity, 2), NULL)
            : PHRASE(t, PACKAGES_SAME_YEAR, "count", count, "weeks", weeks, "months", months,
                     "gain", gain, NULL);

    if (advice->is_reached || t->report->has_band)
        return text;
    return arena_printf(t->arena, "%s %s", text, shortfall(t, advice));
}

const char *phrase_kept_answer(const struct phraser *t, const struct kept_answer *answer)
{
    const struct question *question = &t->report->q->questions[answer->question];

    return arena_printf(t->arena, "%s %s", question->id, question->label.in[t->lang]);
}

const char *phrase_contradiction(const struct phraser *t, size_t flag)
{
    const struct quality_flag *flags = t->report->source.flags;

    return flags[flag].kind == QUALITY_CONTRADICTION ? flags[flag].text.in[t->lang] : NULL;
}
