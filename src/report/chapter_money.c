/* Page 6: how much support there is; one table of money, by what one gets. */
#include "document.h"

#include <string.h>

#include "base/array.h"

/* Amounts that have a bar of their own under that of the sum where there is room; the largest. */
#define SPENDS_MAX 4
#define ROW_STRETCH 9.0

/* The document that most of the eligible policies stand in: named once, under the table. */
static const char *common_document(const struct document *d)
{
    const struct report *report = d->report;
    const char *best = NULL;
    size_t most = 1;

    for (size_t i = 0; i < report->eligible_count; i++) {
        const char *document = report->eligible[i]->policy->document;
        size_t count = 0;

        for (size_t k = 0; k < report->eligible_count; k++)
            count += strcmp(report->eligible[k]->policy->document, document) == 0;
        if (count > most) {
            most = count;
            best = document;
        }
    }
    return best;
}

/* "Article 11(2)": no document follows, and no comma. */
static const char *article_citation(const struct document *d, const char *article)
{
    const char *text =
        policy_citation(&(struct policy){.document = ""}, article, d->lang, d->arena);
    size_t len = strlen(text);

    while (len && (text[len - 1] == ' ' || text[len - 1] == ','))
        len--;
    return arena_printf(d->arena, "%.*s", (int)len, text);
}

/* The article alone where its document is the common one. */
static const char *short_citation(const struct document *d, const struct policy_line *line,
                                  const char *common)
{
    const struct policy *policy = line->policies[0]->policy;

    if (line->family || !common || strcmp(policy->document, common) != 0 || !*policy->article)
        return phrase_line_citation(d->t, line);
    return article_citation(d, policy->article);
}

/* ---- the picture ---- */

static struct spend spend_of(const struct document *d, const char *name, int64_t total,
                             int64_t paid, bool is_sum)
{
    return (struct spend){.name = name,
                          .total = ratio_of(total),
                          .paid = ratio_of(paid),
                          .total_words =
                              is_sum ? TELL(d, MILLIONS, "amount", tell_millions(d, total), NULL)
                                     : tell_millions(d, total),
                          .paid_words = tell_millions(d, paid),
                          .is_sum = is_sum};
}

/* Amounts that come from no planned spend of its own have no bar. */
static void tell_picture(struct document *d)
{
    const struct money_list *known = &d->money[MONEY_KNOWN];
    struct spends *spends = ARENA_NEW(d->arena, struct spends);
    struct spend *items = ARENA_ARRAY(d->arena, struct spend, known->count + 1);
    const char *alt = money_phrase(d);
    size_t count = 0;

    for (size_t i = 0; i < known->count; i++) {
        int64_t planned = planned_spend(d, known->items[i]);

        if (planned >= known->items[i]->amount_vnd)
            items[++count] = spend_of(d, short_policy_name(d, known->items[i]), planned,
                                      known->items[i]->amount_vnd, false);
    }
    if (!count || count < known->count)
        return;
    items[0] = spend_of(d, TELL(d, MONEY_SUM, "count", tell_count(d, known->count), NULL),
                        d->planned_vnd, d->paid_vnd, true);
    if (count > 1)
        count = 1 + (count < SPENDS_MAX ? count : SPENDS_MAX);
    else
        items++;
    *spends = (struct spends){.items = items,
                              .count = count,
                              .least = 1,
                              .paid_words = TELL(d, LEGEND_PAID, NULL),
                              .own_words = TELL(d, LEGEND_OWN_SPEND, NULL)};
    flow_picture(d->flow, diagram_spends(spends), 0, alt);
    flow_stretch(d->flow, diagram_spends_stretch(spends));
}

/* ---- the table ---- */

static const char *planned_words(const struct document *d, const struct policy_match *match,
                                 enum money_group group)
{
    int64_t planned = planned_spend(d, match);

    if (planned > 0)
        return tell_millions(d, planned);
    return group == MONEY_PLANNED || group == MONEY_LOAN ? TELL(d, NOT_TOLD, NULL) : "–";
}

/* What is free has no amounts: what it is takes their columns, too. */
static void tell_line(struct document *d, const struct policy_line *line, enum money_group group,
                      const char *common, size_t *number)
{
    const struct policy_match *match = line->policies[0];
    const char *rate = line->family ? NULL : phrase_rate_short(d->t, match);
    const bool has_amount = match->has_amount && match->amount_vnd > 0;
    struct flow_cell cells[] = {
        number_cell(d, arena_printf(d->arena, "%zu", ++*number)),
        plain_cell(line->family ? phrase_line(d->t, line) : short_policy_name(d, match)),
        plain_cell(rate ? rate : benefit_words(match->policy->benefit).in[d->lang]),
        plain_cell(planned_words(d, match, group)),
        plain_cell(has_amount && !line->family ? tell_millions(d, match->amount_vnd) : "–"),
        plain_cell(short_citation(d, line, common)),
    };

    if (group == MONEY_FREE) {
        cells[2].span = 3;
        cells[3] = cells[5];
    }
    flow_row(d->flow, ROW_PLAIN, cells, group == MONEY_FREE ? 4 : ARRAY_SIZE(cells));
}

static void tell_sum(struct document *d)
{
    flow_row(
        d->flow, ROW_TOTAL,
        (struct flow_cell[]){plain_cell(" "), plain_cell(TELL(d, TOTAL, NULL)), plain_cell(" "),
                             plain_cell(d->planned_vnd ? tell_millions(d, d->planned_vnd) : "–"),
                             plain_cell(tell_millions(d, d->paid_vnd)), plain_cell(" ")},
        6);
}

static void tell_group(struct document *d, enum money_group group, const char *title,
                       const char *common, size_t *number)
{
    const struct money_list *list = &d->money[group];
    size_t count;
    const struct policy_line *lines = policy_lines(d->arena, d->report->source.match, list->items,
                                                   list->count, FAMILY_OTHERS_MIN, &count);

    if (!list->count)
        return;
    flow_row(d->flow, ROW_GROUP, &(struct flow_cell){.text = title, .span = 6}, 1);
    for (size_t i = 0; i < count; i++)
        tell_line(d, &lines[i], group, common, number);
    if (group == MONEY_KNOWN && list->count > 1)
        tell_sum(d);
}

static void tell_table(struct document *d, const char *common)
{
    const struct flow_column columns[] = {
        {"", 0.4, 20, false},
        {TELL(d, MONEY_FOR, NULL), 4.6, 0, false},
        {TELL(d, MONEY_RATE, NULL), 4.1, 0, false},
        {TELL(d, MONEY_PLAN, NULL), 0.9, 48, true},
        {TELL(d, MONEY_UP_TO, NULL), 0.9, 48, true},
        {TELL(d, MONEY_LEGAL, NULL), 3.9, 0, false},
    };
    const char *const titles[MONEY_GROUP__MAX] = {
        [MONEY_KNOWN] = TELL(d, GROUP_KNOWN, NULL), [MONEY_PLANNED] = TELL(d, GROUP_PLANNED, NULL),
        [MONEY_FREE] = TELL(d, GROUP_FREE, NULL),   [MONEY_LOAN] = TELL(d, GROUP_LOAN, NULL),
        [MONEY_OTHER] = TELL(d, GROUP_OTHER, NULL),
    };
    size_t number = 0;

    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    flow_stretch(d->flow, ROW_STRETCH);
    for (int group = 0; group < MONEY_GROUP__MAX; group++)
        tell_group(d, (enum money_group)group, titles[group], common, &number);
    flow_table_end(d->flow);
}

/* ---- where, when, what to mind ---- */

static void tell_callout(struct document *d, const char *title, const char *words)
{
    flow_rule(d->flow, false);
    flow_text(d->flow, FLOW_STRONG, title);
    flow_text(d->flow, FLOW_SMALL, words);
}

/* Where the first of them is applied for, and when it is answered. */
static void tell_callouts(struct document *d)
{
    static const double weights[] = {1, 1, 1};
    const struct policy_match *first = d->report->eligible[0];
    const char *where = first->policy->apply_at.in[d->lang];
    const char *when = phrase_deadline(d->t, first->policy);

    flow_columns_begin(d->flow, weights, 3);
    tell_callout(d, TELL(d, WHERE_TITLE, NULL), where ? where : TELL(d, WHERE_ASK, NULL));
    flow_columns_next(d->flow);
    tell_callout(d, TELL(d, ANSWER_TITLE, NULL), when ? when : TELL(d, ANSWER_ASK, NULL));
    flow_columns_next(d->flow);
    tell_callout(d, TELL(d, MIND_TITLE, NULL), TELL(d, CAUTION, NULL));
    flow_columns_end(d->flow);
}

/* ---- the page ---- */

static const char *finding(const struct document *d)
{
    const size_t count = d->report->eligible_count;

    if (d->paid_vnd > 0 && d->planned_vnd >= d->paid_vnd)
        return TELL(d, MONEY_FINDING, "planned", tell_millions(d, d->planned_vnd), "paid",
                    tell_millions(d, d->paid_vnd), NULL);
    if (d->paid_vnd > 0)
        return TELL(d, MONEY_FINDING_PAID, "paid", tell_millions(d, d->paid_vnd), NULL);
    if (!count)
        return TELL(d, MONEY_NONE, NULL);
    return d->money[MONEY_PLANNED].count
               ? TELL(d, MONEY_NO_PLANS, "count", tell_count_first(d, count), NULL)
               : TELL(d, MONEY_FREE_ONLY, "count", tell_count_first(d, count), NULL);
}

void chapter_money(struct document *d)
{
    const char *common = common_document(d);

    chapter_begin(d, TELL(d, PAGE_MONEY, NULL), TELL(d, ASKS_MONEY, NULL), finding(d));
    if (!d->report->eligible_count) {
        flow_text(d->flow, FLOW_LEAD, TELL(d, ELIGIBLE_NONE, NULL));
        chapter_next(d, TELL(d, NEXT_PAPERS, NULL));
        return;
    }
    tell_picture(d);
    tell_table(d, common);
    flow_text(
        d->flow, FLOW_NOTE,
        common ? TELL(d, MONEY_NOTE, "day", phrase_day(d->t, d->report->source.on), "document",
                      policy_citation(&(struct policy){.document = common}, "", d->lang, d->arena),
                      NULL)
               : TELL(d, MONEY_NOTE_DAY, "day", phrase_day(d->t, d->report->source.on), NULL));
    tell_callouts(d);
    chapter_next(d, d->money[MONEY_KNOWN].count
                        ? TELL(d, NEXT_MONEY, "day", phrase_day(d->t, month_end(d, 1)), NULL)
                        : TELL(d, NEXT_MONEY_ASK, NULL));
}
