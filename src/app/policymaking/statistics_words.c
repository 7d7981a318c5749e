/* Aggregates in words: names of groups, and the sentences that stand above the tables. */
#include <stdlib.h>
#include <string.h>

#include "app/policymaking/statistics.h"
#include "base/text.h"
#include "policy/match.h"

static const char *term_text(const struct terms *terms, const char *id, day on, enum lang lang)
{
    const struct term *term = terms_find_nearest(terms, id, on);

    return term ? term->name.in[lang] : id;
}

static const char *size_text(const char *code, enum lang lang)
{
    enum size_class size;

    return size_parse(code, &size) ? size_words(size).in[lang] : code;
}

static const char *form_text(const char *code, enum lang lang)
{
    enum legal_form form;

    return legal_form_parse(code, &form) ? legal_form_words(form).in[lang] : code;
}

const char *statistics_key_name(const struct statistics *s, const struct statistics_table *table,
                                enum stats_key key, const char *value, enum lang lang,
                                struct arena *arena)
{
    const struct facts *facts = s->catalogue->facts;
    const struct level_rule *level;

    if (!value)
        return lang == LANG_VI ? "chưa rõ" : "unknown";
    switch (key) {
    case STATS_AREA:
        return term_text(facts->areas, value, table->last_on, lang);
    case STATS_SECTION:
        return arena_printf(arena, "%s %s", value,
                            term_text(facts->sections, value, table->last_on, lang));
    case STATS_SIZE:
        return size_text(value, lang);
    case STATS_FORM:
        return form_text(value, lang);
    case STATS_LEVEL:
        level = questionnaire_level(table->q, (int)strtol(value, NULL, 10));
        return level && level->name.in[lang]
                   ? arena_printf(arena, "%s %s", value, level->name.in[lang])
                   : value;
    default:
        return value;
    }
}

/* ---- sentences ---- */

struct summary {
    const struct statistics *s;
    const struct statistics_table *table;
    enum lang lang;
    struct arena *arena;
    struct buf out;
};

static const char *number(struct summary *sum, struct ratio r, unsigned decimals)
{
    return text_of_number_short(sum->arena, r, decimals, sum->lang);
}

static const char *count(struct summary *sum, size_t n)
{
    return number(sum, ratio_of((int64_t)n), 0);
}

static const char *money(struct summary *sum, int64_t dong)
{
    return text_of_money(sum->arena, dong, sum->lang);
}

/* What is not answered to its end would lower every mean. */
static void say_incomplete(struct summary *sum)
{
    size_t n = sum->table->incomplete;

    if (n && sum->s->options.with_incomplete)
        buf_puts(&sum->out, text_printf(sum->arena, sum->lang,
                                        "Có tính %s phiếu chưa trả lời đủ. ",
                                        "%s incomplete responses are included. ", count(sum, n)));
    else if (n)
        buf_puts(&sum->out, text_printf(sum->arena, sum->lang,
                                        "Không tính %s phiếu chưa trả lời đủ. ",
                                        "%s incomplete responses are left out. ", count(sum, n)));
}

static void say_levels(struct summary *sum)
{
    const struct stats *stats = &sum->table->stats;
    size_t levels = stats->shape.levels, split = stats_level_split(levels), low = 0;
    size_t n = stats->total.count - stats->total.unrated;

    if (levels < 2 || stats->hides_split || stats->total.hides_unrated || !n)
        return;
    for (size_t i = 0; i < levels; i++) {
        low += i <= split ? stats->total.levels[i] : 0;
    }
    buf_puts(&sum->out,
             text_printf(sum->arena, sum->lang,
                         "%s %% của %s đơn vị được xếp mức (%s đơn vị) ở mức %zu trở xuống. ",
                         "%s %% of the %s rated enterprises (%s of them) are at level %zu or "
                         "below. ",
                         number(sum, ratio_make((wide)low * 100, (wide)n), 1), count(sum, n),
                         count(sum, low), split));
}

/* The dimension whose mean is lowest (or highest) of those that are shown; MAP_NONE. */
static size_t extreme(const struct stats *stats, int direction)
{
    size_t found = MAP_NONE;

    for (size_t i = 1; i < stats->shape.scores; i++) {
        const struct stats_values *values = &stats->total.values[i];

        if (values->is_hidden || !values->count)
            continue;
        if (found == MAP_NONE ||
            ratio_cmp(stats_mean(values), stats_mean(&stats->total.values[found])) * direction > 0)
            found = i;
    }
    return found;
}

static void say_scores(struct summary *sum)
{
    const struct stats *stats = &sum->table->stats;
    const struct stats_values *total = &stats->total.values[0];
    const struct dimension *dimensions = sum->table->q->dimensions;
    size_t weak = extreme(stats, -1), strong = extreme(stats, 1);

    if (!total->is_hidden && total->count)
        buf_puts(&sum->out,
                 text_printf(sum->arena, sum->lang, "Điểm trung bình là %s %%, trung vị %s %%",
                             "The mean score is %s %%, the median %s %%",
                             number(sum, stats_mean(total), 2),
                             number(sum, stats_median(total), 2)));
    if (!total->is_hidden && total->count && weak != MAP_NONE && weak != strong)
        buf_puts(&sum->out,
                 text_printf(sum->arena, sum->lang,
                             "; trụ cột yếu nhất là “%s” (%s %%), mạnh nhất là “%s” (%s %%)",
                             "; the weakest dimension is “%s” (%s %%), the strongest “%s” (%s %%)",
                             dimensions[weak - 1].name.in[sum->lang],
                             number(sum, stats_mean(&stats->total.values[weak]), 2),
                             dimensions[strong - 1].name.in[sum->lang],
                             number(sum, stats_mean(&stats->total.values[strong]), 2)));
    if (!total->is_hidden && total->count)
        buf_puts(&sum->out, ". ");
}

/* The policy of a kind that most are eligible for, of those that may be told; NULL. */
static const struct stats_eligible *find_widest(const struct summary *sum, enum benefit benefit,
                                                const struct policy **policy)
{
    const struct stats_eligible *found = NULL;

    for (size_t i = 0; i < sum->s->catalogue->count; i++) {
        const struct stats_eligible *one = &sum->table->stats.total.policies[i];

        if (sum->s->catalogue->policies[i]->benefit != benefit || one->hides[STATS_ELIGIBLE] ||
            !one->counts[STATS_ELIGIBLE])
            continue;
        if (found && one->counts[STATS_ELIGIBLE] <= found->counts[STATS_ELIGIBLE])
            continue;
        found = one;
        *policy = sum->s->catalogue->policies[i];
    }
    return found;
}

static const char *basis_text(const struct summary *sum, const struct policy *policy)
{
    const char *words = cap_basis_words(policy->cap_basis).in[sum->lang];

    return words ? arena_printf(sum->arena, " (%s)", words) : "";
}

static void say_benefit(struct summary *sum, enum benefit benefit)
{
    const struct policy *policy = NULL;
    const struct stats_eligible *widest = find_widest(sum, benefit, &policy);
    const char *name;

    if (!widest)
        return;
    name = policy->name.in[sum->lang];
    buf_puts(&sum->out,
             text_printf(sum->arena, sum->lang, "%s đơn vị đủ điều kiện hưởng chính sách “%s” (%s)",
                         "%s enterprises are eligible for “%s” (%s)",
                         count(sum, widest->counts[STATS_ELIGIBLE]), name,
                         benefit_words(policy->benefit).in[sum->lang]));
    if (widest->amount.n && !widest->hides_amount)
        buf_puts(&sum->out, text_printf(sum->arena, sum->lang,
                                        ", theo kế hoạch chi đã nêu tổng tối đa là %s%s",
                                        ", at most %s in all%s by the plans that they stated",
                                        money(sum, widest->amount.sum), basis_text(sum, policy)));
    if (!widest->hides[STATS_UNKNOWN] && widest->counts[STATS_UNKNOWN])
        buf_puts(&sum->out, text_printf(sum->arena, sum->lang,
                                        "; %s đơn vị nữa chưa kết luận được vì thiếu dữ liệu",
                                        "; for %s more it cannot be told for want of facts",
                                        count(sum, widest->counts[STATS_UNKNOWN])));
    buf_puts(&sum->out, ". ");
}

const char *statistics_summary(const struct statistics *s, const struct statistics_table *table,
                               enum lang lang, struct arena *arena)
{
    struct summary sum = {.s = s, .table = table, .lang = lang, .arena = arena};
    const char *text;

    buf_init(&sum.out, BUF_MAX_DEFAULT);
    if (table->stats.total.is_hidden) {
        buf_puts(&sum.out,
                 text_printf(arena, lang, "Dưới %d đơn vị: không công bố số liệu. ",
                             "Fewer than %d enterprises: nothing is published. ", STATS_GROUP_MIN));
    } else {
        say_levels(&sum);
        say_scores(&sum);
        for (int i = 0; i < BENEFIT__MAX; i++) /* of different kinds: never added together */
            say_benefit(&sum, (enum benefit)i);
    }
    say_incomplete(&sum);
    while (sum.out.len && sum.out.data[sum.out.len - 1] == ' ')
        sum.out.data[--sum.out.len] = '\0';
    text = arena_strdup(arena, buf_text(&sum.out));
    buf_free(&sum.out);
    return text;
}
