/* Annex: the support policies as cards: eligible ones, almost, cannot tell yet, the rest. */
#include "document.h"

#include <string.h>

#include "base/array.h"

#define DOCUMENTS_MAX 300
/* More policies that lack the same condition are told in one paragraph. */
#define ALMOST_ITEMS_MAX 5

/* ---- the papers of all applications, each once ---- */

struct papers {
    const char *texts[DOCUMENTS_MAX];
    size_t count;
};

static size_t paper_number(struct papers *papers, const char *text)
{
    size_t i = 0;

    while (i < papers->count && strcmp(papers->texts[i], text) != 0)
        i++;
    if (i == papers->count && papers->count < DOCUMENTS_MAX)
        papers->texts[papers->count++] = text;
    return i + 1;
}

static const char *paper_numbers(const struct document *d, struct papers *papers,
                                 const struct policy *policy)
{
    const char *text = "";

    for (size_t i = 0; i < policy->document_count; i++)
        text = arena_printf(d->arena, "%s%s%zu", text, i ? ", " : "",
                            paper_number(papers, policy->documents[i].in[d->lang]));
    return text;
}

/* In two columns, down the left one first. */
static void tell_papers(struct document *d, const struct papers *papers)
{
    const struct flow_column columns[] = {{TELL(d, PAPERS_LEAD, NULL), 1, 0, false},
                                          {"", 1, 0, false}};
    const size_t half = (papers->count + 1) / 2;

    if (!papers->count)
        return;
    flow_heading(d->flow, 3, TELL(d, PAPERS_TITLE, NULL));
    flow_table_begin(d->flow,
                     &(struct flow_table){.columns = columns, .count = 2, .is_open = true});
    for (size_t i = 0; i < half; i++) {
        struct flow_cell cells[2];
        size_t count = 0;

        for (size_t k = i; k < papers->count && count < 2; k += half)
            cells[count++] = plain_cell(arena_printf(d->arena, "%zu. %s", k + 1, papers->texts[k]));
        flow_row(d->flow, ROW_PLAIN, cells, count);
    }
    flow_table_end(d->flow);
}

/* ---- eligible ---- */

/* What is told of a policy, and what most of them have in common is told once, over the cards. */
struct told {
    struct phrase_pair pairs[PHRASE_PAIRS_MAX];
    size_t count;
};

struct cards {
    const struct told *items; /* by line; of a family that of its first policy */
    size_t count;
    struct told common;
};

static const char *value_of(const struct told *told, const char *label)
{
    for (size_t i = 0; i < told->count; i++) {
        if (strcmp(told->pairs[i].label, label) == 0)
            return told->pairs[i].value;
    }
    return NULL;
}

static size_t count_same(const struct cards *cards, const struct phrase_pair *pair)
{
    size_t count = 0;

    for (size_t i = 0; i < cards->count; i++) {
        const char *value = value_of(&cards->items[i], pair->label);

        count += value && strcmp(value, pair->value) == 0;
    }
    return count;
}

static void find_common(struct cards *cards)
{
    for (size_t i = 0; i < cards->count; i++) {
        for (size_t k = 0; k < cards->items[i].count; k++) {
            const struct phrase_pair *pair = &cards->items[i].pairs[k];

            if (!value_of(&cards->common, pair->label) &&
                2 * count_same(cards, pair) > cards->count && cards->count > 1)
                cards->common.pairs[cards->common.count++] = *pair;
        }
    }
}

static void tell_common(struct document *d, const struct cards *cards)
{
    const char *text = TELL(d, CARDS_COMMON, NULL);

    for (size_t i = 0; i < cards->common.count; i++)
        text = arena_printf(d->arena, "%s %s: %s%s", text, cards->common.pairs[i].label,
                            cards->common.pairs[i].value, i + 1 < cards->common.count ? ";" : ".");
    if (cards->common.count)
        flow_text(d->flow, FLOW_SMALL, text);
}

/* A text in parts: labels and what they say in a row. */
struct card_text {
    struct run runs[3 + 4 * PHRASE_PAIRS_MAX];
    size_t count;
};

static void add_run(struct card_text *text, const char *words, enum face face, enum colour colour)
{
    if (text->count < ARRAY_SIZE(text->runs))
        text->runs[text->count++] = (struct run){.text = words, .face = face, .colour = colour};
}

static void add_labelled(const struct document *d, struct card_text *text, const char *label,
                         const char *value)
{
    add_run(text, arena_printf(d->arena, "\n%s: ", label), FACE_REGULAR, COLOUR_MUTED);
    add_run(text, value, FACE_REGULAR, COLOUR_INK);
}

/* What differs from the common values; "–" where a policy says nothing about one. */
static void add_own(const struct document *d, struct card_text *text, const struct cards *cards,
                    const struct told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        const char *usual = value_of(&cards->common, told->pairs[i].label);

        if (!usual || strcmp(usual, told->pairs[i].value) != 0)
            add_labelled(d, text, told->pairs[i].label, told->pairs[i].value);
    }
    for (size_t i = 0; i < cards->common.count; i++) {
        const char *label = cards->common.pairs[i].label;

        if (!value_of(told, label))
            add_labelled(d, text, label, "–");
    }
}

/* "Name: rate; cap – article", and the numbers of its papers. */
static const char *member_words(const struct document *d, const struct policy_match *match,
                                struct papers *papers)
{
    const char *how = phrase_rate_and_cap(d->t, match);
    const char *numbers = paper_numbers(d, papers, match->policy);

    return arena_printf(
        d->arena, "\n%s: %s – %s%s%s", phrase_policy_name(d->t, match),
        how ? how : phrase_amount(d->t, match), phrase_citation(d->t, match),
        *numbers ? arena_printf(d->arena, "; %s: ", TELL(d, POLICY_PAPERS, NULL)) : "", numbers);
}

/* A card as the cell of a table with two columns. */
static struct flow_cell card_cell(const struct document *d, const struct cards *cards, size_t index,
                                  struct papers *papers)
{
    const struct policy_line *line = &d->report->lines[index];
    const struct policy_match *first = line->policies[0];
    struct card_text *text = ARENA_NEW(d->arena, struct card_text);

    add_run(text, phrase_line(d->t, line), FACE_BOLD, COLOUR_TITLE);
    if (line->family) {
        for (size_t i = 0; i < line->count; i++)
            add_run(text, member_words(d, line->policies[i], papers), FACE_REGULAR, COLOUR_INK);
        return (struct flow_cell){.runs = text->runs, .run_count = text->count};
    }
    add_run(text, arena_printf(d->arena, " – %s", phrase_amount(d->t, first)), FACE_BOLD,
            COLOUR_ACCENT);
    add_run(text, arena_printf(d->arena, "\n%s", first->policy->summary.in[d->lang]), FACE_REGULAR,
            COLOUR_INK);
    add_own(d, text, cards, &cards->items[index]);
    return (struct flow_cell){.runs = text->runs, .run_count = text->count};
}

static void tell_cards(struct document *d, const struct cards *cards, struct papers *papers)
{
    const struct flow_column columns[] = {{TELL(d, ELIGIBLE_TABLE, NULL), 1, 0, false},
                                          {"", 1, 0, false}};

    flow_table_begin(d->flow,
                     &(struct flow_table){.columns = columns, .count = 2, .is_open = true});
    for (size_t i = 0; i < cards->count; i += 2) {
        struct flow_cell cells[2] = {card_cell(d, cards, i, papers)};

        if (i + 1 < cards->count)
            cells[1] = card_cell(d, cards, i + 1, papers);
        flow_row(d->flow, ROW_PLAIN, cells, i + 1 < cards->count ? 2 : 1);
    }
    flow_table_end(d->flow);
}

static void tell_combination(struct document *d)
{
    const struct combination *best = d->report->combination;
    bool has_left_out = false;

    for (size_t i = 0; i < best->count; i++)
        has_left_out |= !best->policies[i].is_chosen;
    if (!has_left_out)
        return;
    flow_text(d->flow, FLOW_STRONG, TELL(d, COMBINE_TITLE, NULL));
    flow_keep(d->flow);
    flow_text(d->flow, FLOW_SMALL, TELL(d, COMBINE_LEAD, NULL));
    for (size_t i = 0; i < best->count; i++) {
        const struct combined_policy *one = &best->policies[i];

        if (one->is_chosen || !one->instead)
            continue;
        flow_item(d->flow, NULL,
                  TELL(d, COMBINE_INSTEAD, "policy", phrase_policy_name(d->t, one->match),
                       "instead", phrase_policy_name(d->t, one->instead), "reason",
                       exclusion_words(one->code).in[d->lang], NULL));
    }
    flow_box_end(d->flow);
}

static void fill_cards(const struct document *d, struct cards *cards, struct papers *papers)
{
    const struct report *report = d->report;
    struct told *items = ARENA_ARRAY(d->arena, struct told, report->line_count + 1);

    for (size_t i = 0; i < report->line_count; i++) {
        const struct policy_match *first = report->lines[i].policies[0];

        items[i].count = phrase_policy_pairs(d->t, first, paper_numbers(d, papers, first->policy),
                                             items[i].pairs);
    }
    *cards = (struct cards){.items = items, .count = report->line_count};
    find_common(cards);
}

static void tell_eligible(struct document *d)
{
    struct papers *papers = ARENA_NEW(d->arena, struct papers);
    struct cards cards;

    flow_heading(d->flow, 3, TELL(d, ELIGIBLE_TITLE, NULL));
    if (!d->report->eligible_count) {
        flow_text(d->flow, FLOW_BODY, TELL(d, ELIGIBLE_NONE, NULL));
        return;
    }
    fill_cards(d, &cards, papers);
    flow_text(d->flow, FLOW_BODY, phrase_promise(d->t));
    tell_common(d, &cards);
    tell_cards(d, &cards, papers);
    tell_combination(d);
    tell_papers(d, papers);
}

/* ---- almost ---- */

static void tell_almost_group(struct document *d, const struct report_almost *group)
{
    const char *title =
        group->condition ? TELL(d, ALMOST_CONDITION, NULL) : TELL(d, ALMOST_LATER, NULL);
    const struct run runs[] = {
        {.text = title, .face = FACE_BOLD},
        {.text = group->condition ? ": " : ""},
        {.text =
             group->condition ? phrase_condition(d->t, group->policies[0], group->condition) : ""}};

    flow_runs(d->flow, FLOW_SMALL, runs, ARRAY_SIZE(runs));
    if (group->count > ALMOST_ITEMS_MAX)
        flow_text(d->flow, FLOW_SMALL, phrase_policy_list(d->t, group->policies, group->count));
    for (size_t i = 0; i < group->count && group->count <= ALMOST_ITEMS_MAX; i++) {
        const struct policy_match *match = group->policies[i];

        flow_text(d->flow, FLOW_SMALL,
                  TELL(d, ALMOST_POLICY, "policy", phrase_policy_name(d->t, match), "legal",
                       phrase_citation(d->t, match), "valid", phrase_validity(d->t, match->policy),
                       NULL));
    }
}

static void tell_almost(struct document *d)
{
    if (!d->report->almost_count)
        return;
    flow_heading(d->flow, 3, TELL(d, ALMOST_TITLE, NULL));
    for (size_t i = 0; i < d->report->almost_count; i++)
        tell_almost_group(d, &d->report->almost[i]);
}

/* ---- cannot tell yet ---- */

/* What decides whether the policy is for the enterprise comes first; how much it plans to spend is
 * of interest only then. */
static const char *first_missing(const struct document *d, const struct policy_match *match)
{
    const struct facts *facts = d->report->source.match->applicant->catalogue->facts;
    const char *text = "";

    for (size_t i = 0; i < match->missing_count; i++) {
        const struct fact *fact = &facts->items[match->missing[i]];

        if (strncmp(fact->id, "plans.", strlen("plans.")) != 0)
            text =
                arena_printf(d->arena, "%s%s%s", text, *text ? "; " : "", fact->label.in[d->lang]);
    }
    return *text ? text : phrase_missing(d->t, match);
}

/* The open policies that wait for the same facts as the one at `first`, in one row. */
static void tell_undecided_row(struct document *d, size_t first, bool *is_told)
{
    const struct report *report = d->report;
    const struct policy_match **same =
        ARENA_ARRAY(d->arena, const struct policy_match *, report->open_count);
    const char *missing = first_missing(d, report->open[first]);
    size_t count = 0;

    for (size_t i = first; i < report->open_count; i++) {
        if (strcmp(missing, first_missing(d, report->open[i])) != 0)
            continue;
        is_told[i] = true;
        same[count++] = report->open[i];
    }
    flow_row(d->flow, ROW_PLAIN,
             (struct flow_cell[]){plain_cell(missing),
                                  plain_cell(phrase_policy_list(d->t, same, count))},
             2);
}

static void tell_undecided(struct document *d)
{
    const struct report *report = d->report;
    bool *is_told = ARENA_ARRAY(d->arena, bool, report->open_count + 1);
    const struct flow_column columns[] = {
        {TELL(d, POLICY_NEEDED, NULL), 5, 0, false},
        {TELL(d, POLICY, NULL), 6, 0, false},
    };

    if (!report->open_count)
        return;
    flow_heading(d->flow, 3, TELL(d, OPEN_TITLE, NULL));
    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    for (size_t i = 0; i < report->open_count; i++) {
        if (!is_told[i])
            tell_undecided_row(d, i, is_told);
    }
    flow_table_end(d->flow);
}

/* ---- the rest ---- */

static void tell_refused(struct document *d)
{
    const struct report *report = d->report;
    const struct flow_column columns[] = {
        {TELL(d, REFUSED_REASON, NULL), 5, 0, false},
        {TELL(d, POLICY, NULL), 6, 0, false},
    };
    size_t all = 0;

    if (!report->refusal_count)
        return;
    for (size_t i = 0; i < report->refusal_count; i++)
        all += report->refusals[i].count;
    flow_heading(d->flow, 3, TELL(d, REFUSED_TITLE, "count", phrase_count(d->t, all), NULL));
    flow_table_begin(
        d->flow,
        &(struct flow_table){.columns = columns, .count = ARRAY_SIZE(columns), .is_open = true});
    for (size_t i = 0; i < report->refusal_count; i++) {
        const struct report_refusal *refusal = &report->refusals[i];

        flow_row(d->flow, ROW_PLAIN,
                 (struct flow_cell[]){
                     plain_cell(phrase_refusal(d->t, refusal->policies[0])),
                     plain_cell(phrase_policy_list(d->t, refusal->policies, refusal->count))},
                 2);
    }
    flow_table_end(d->flow);
}

/* "80/2021/NĐ-CP 5" as people cite it. */
static const char *size_citation(const struct document *d, const char *legal)
{
    return policy_citation(&(struct policy){.document = ""}, legal, d->lang, d->arena);
}

void annex_policies(struct document *d)
{
    const struct size_result *size = &d->report->source.match->applicant->size;

    flow_heading(d->flow, 2, TELL(d, POLICIES_TITLE, NULL));
    flow_text(d->flow, FLOW_BODY,
              TELL(d, POLICIES_LEAD, "day", phrase_day(d->t, d->report->source.on), "size",
                   phrase_size(d->t), "legal", size->legal ? size_citation(d, size->legal) : "–",
                   NULL));
    tell_eligible(d);
    tell_almost(d);
    tell_undecided(d);
    tell_refused(d);
    flow_text(d->flow, FLOW_NOTE, TELL(d, POLICIES_NOTE, NULL));
}
