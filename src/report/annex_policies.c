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

static void tell_papers(struct document *d, const struct papers *papers)
{
    if (!papers->count)
        return;
    flow_heading(d->flow, 3, TELL(d, PAPERS_TITLE, NULL));
    flow_text(d->flow, FLOW_BODY, TELL(d, PAPERS_LEAD, NULL));
    for (size_t i = 0; i < papers->count; i++)
        flow_item(d->flow, arena_printf(d->arena, "%zu.", i + 1), papers->texts[i]);
}

/* ---- eligible ---- */

static bool has_chosen(const struct report *report, const struct policy_line *line)
{
    for (size_t i = 0; i < line->count; i++) {
        if (report_is_chosen(report, line->policies[i]))
            return true;
    }
    return false;
}

static void tell_eligible_row(struct document *d, size_t index)
{
    const struct policy_line *line = &d->report->lines[index];
    bool is_chosen = has_chosen(d->report, line);
    struct run name = {.text = phrase_line(d->t, line), .anchor = d->anchors[index]};
    const struct flow_cell cells[] = {
        {.runs = &name,
         .run_count = 1,
         .sign = is_chosen ? SIGN_YES : SIGN_INFO,
         .colour = is_chosen ? COLOUR_GOOD : COLOUR_INFO},
        plain_cell(phrase_amount(d->t, line->policies[0])),
        plain_cell(phrase_line_citation(d->t, line)),
    };

    flow_row(d->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

static void tell_eligible_table(struct document *d)
{
    const struct report *report = d->report;
    const struct flow_column columns[] = {
        {TELL(d, POLICY, NULL), 5, 0, false},
        {TELL(d, POLICY_AMOUNT, NULL), 2, 96, true},
        {TELL(d, POLICY_LEGAL, NULL), 4, 0, false},
    };

    flow_table_begin(d->flow, &(struct flow_table){.title = TELL(d, ELIGIBLE_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->line_count; i++)
        tell_eligible_row(d, i);
    flow_table_end(d->flow);
}

static void add_pair(struct flow_pair *pairs, size_t *count, const char *label, const char *value)
{
    if (value && *value)
        pairs[(*count)++] = (struct flow_pair){label, value, NULL};
}

static void tell_policy_card(struct document *d, size_t index, struct papers *papers)
{
    const struct policy_match *match = d->report->lines[index].policies[0];
    const struct policy *policy = match->policy;
    struct phrase_pair told[PHRASE_PAIRS_MAX];
    struct flow_pair pairs[PHRASE_PAIRS_MAX];
    size_t count = phrase_policy_pairs(d->t, match, paper_numbers(d, papers, policy), told);

    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct flow_pair){told[i].label, told[i].value, NULL};
    flow_box_begin(d->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = phrase_policy_name(d->t, match),
                                               .sign = SIGN_YES,
                                               .badge = phrase_amount(d->t, match),
                                               .anchor = d->anchors[index]});
    flow_text(d->flow, FLOW_BODY, policy->summary.in[d->lang]);
    flow_pairs(d->flow, pairs, count, 1);
    flow_box_end(d->flow);
}

/* "Name: rate; cap – article", and the numbers of its papers. */
static void tell_family_member(struct document *d, const struct policy_match *match,
                               struct papers *papers)
{
    const char *how = phrase_rate_and_cap(d->t, match);
    const char *numbers = paper_numbers(d, papers, match->policy);

    flow_item(
        d->flow, NULL,
        arena_printf(d->arena, "%s: %s – %s%s%s", phrase_policy_name(d->t, match),
                     how ? how : phrase_amount(d->t, match), phrase_citation(d->t, match),
                     *numbers ? arena_printf(d->arena, "; %s: ", TELL(d, POLICY_PAPERS, NULL)) : "",
                     numbers));
}

/* What all of a family have in common is told once. */
static void tell_family_card(struct document *d, size_t index, struct papers *papers)
{
    const struct policy_line *line = &d->report->lines[index];
    const struct policy *first = line->policies[0]->policy;
    struct flow_pair pairs[3];
    size_t count = 0;

    add_pair(pairs, &count, TELL(d, POLICY_WHERE, NULL), first->apply_at.in[d->lang]);
    add_pair(pairs, &count, TELL(d, POLICY_OPEN, NULL), phrase_open(d->t, first));
    flow_box_begin(d->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = phrase_line(d->t, line),
                                               .sign = SIGN_YES,
                                               .anchor = d->anchors[index]});
    for (size_t i = 0; i < line->count; i++)
        tell_family_member(d, line->policies[i], papers);
    flow_pairs(d->flow, pairs, count, 1);
    flow_box_end(d->flow);
}

static void tell_combination(struct document *d)
{
    const struct combination *best = d->report->combination;
    bool has_left_out = false;

    for (size_t i = 0; i < best->count; i++)
        has_left_out |= !best->policies[i].is_chosen;
    if (!has_left_out)
        return;
    flow_box_begin(d->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = TELL(d, COMBINE_TITLE, NULL),
                                               .sign = SIGN_INFO});
    flow_text(d->flow, FLOW_BODY, TELL(d, COMBINE_LEAD, NULL));
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

static void tell_eligible(struct document *d)
{
    const struct report *report = d->report;
    struct papers *papers = ARENA_NEW(d->arena, struct papers);

    flow_heading(d->flow, 3, TELL(d, ELIGIBLE_TITLE, NULL));
    if (!report->eligible_count) {
        flow_text(d->flow, FLOW_BODY, TELL(d, ELIGIBLE_NONE, NULL));
        return;
    }
    flow_text(d->flow, FLOW_LEAD, phrase_promise(d->t));
    tell_eligible_table(d);
    tell_combination(d);
    for (size_t i = 0; i < report->line_count; i++)
        (report->lines[i].family ? tell_family_card : tell_policy_card)(d, i, papers);
    tell_papers(d, papers);
}

/* ---- almost ---- */

static void tell_almost_group(struct document *d, const struct report_almost *group)
{
    const char *title =
        group->condition ? TELL(d, ALMOST_CONDITION, NULL) : TELL(d, ALMOST_LATER, NULL);

    flow_box_begin(d->flow,
                   &(struct flow_box){.tone = TONE_WARN, .title = title, .sign = SIGN_ALMOST});
    if (group->condition)
        flow_text(d->flow, FLOW_BODY, phrase_condition(d->t, group->policies[0], group->condition));
    if (group->count > ALMOST_ITEMS_MAX)
        flow_text(d->flow, FLOW_BODY, phrase_policy_list(d->t, group->policies, group->count));
    for (size_t i = 0; i < group->count && group->count <= ALMOST_ITEMS_MAX; i++) {
        const struct policy_match *match = group->policies[i];

        flow_item(d->flow, NULL,
                  TELL(d, ALMOST_POLICY, "policy", phrase_policy_name(d->t, match), "legal",
                       phrase_citation(d->t, match), "valid", phrase_validity(d->t, match->policy),
                       NULL));
    }
    flow_box_end(d->flow);
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
             (struct flow_cell[]){{.text = missing, .sign = SIGN_UNKNOWN, .colour = COLOUR_INFO},
                                  plain_cell(phrase_policy_list(d->t, same, count))},
             2);
}

static void tell_undecided(struct document *d)
{
    const struct report *report = d->report;
    bool *is_told = ARENA_ARRAY(d->arena, bool, report->open_count + 1);
    const struct flow_column columns[] = {
        {TELL(d, POLICY_NEEDED, NULL), 3, 0, false},
        {TELL(d, POLICY, NULL), 6, 0, false},
    };

    if (!report->open_count)
        return;
    flow_heading(d->flow, 3, TELL(d, OPEN_TITLE, NULL));
    flow_table_begin(d->flow, &(struct flow_table){.title = TELL(d, OPEN_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
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
        {TELL(d, REFUSED_REASON, NULL), 3, 0, false},
        {TELL(d, POLICY, NULL), 7, 0, false},
    };

    if (!report->refusal_count)
        return;
    flow_heading(d->flow, 3, TELL(d, REFUSED_TITLE, NULL));
    flow_table_begin(d->flow, &(struct flow_table){.title = TELL(d, REFUSED_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
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
