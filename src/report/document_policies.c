/* The support policies: eligible ones, almost, cannot tell yet, the rest. */
#include "document.h"

#include <string.h>

/* Facts that are asked for by name; "the three that matter most". */
#define WANTED_MAX 3
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

static const char *paper_numbers(const struct teller *t, struct papers *papers,
                                 const struct policy *policy)
{
    const char *text = "";

    for (size_t i = 0; i < policy->document_count; i++)
        text = arena_printf(t->arena, "%s%s%zu", text, i ? ", " : "",
                            paper_number(papers, policy->documents[i].in[t->lang]));
    return text;
}

static void tell_papers(struct teller *t, const struct papers *papers)
{
    if (!papers->count)
        return;
    flow_heading(t->flow, 2, TELL(t, PAPERS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, TELL(t, PAPERS_LEAD, NULL));
    for (size_t i = 0; i < papers->count; i++)
        flow_item(t->flow, arena_printf(t->arena, "%zu.", i + 1), papers->texts[i]);
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

static void tell_eligible_row(struct teller *t, size_t index)
{
    const struct policy_line *line = &t->report->lines[index];
    bool is_chosen = has_chosen(t->report, line);
    struct run name = {.text = tell_line(t, line), .anchor = t->anchors[index]};
    const struct flow_cell cells[] = {
        {.runs = &name,
         .run_count = 1,
         .sign = is_chosen ? SIGN_YES : SIGN_INFO,
         .colour = is_chosen ? COLOUR_GOOD : COLOUR_INFO},
        plain_cell(tell_amount(t, line->policies[0])),
        plain_cell(tell_citation(t, line->policies[0])),
    };

    flow_row(t->flow, ROW_PLAIN, cells, COUNT_OF(cells));
}

static void tell_eligible_table(struct teller *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {TELL(t, POLICY, NULL), 5, 0, false},
        {TELL(t, POLICY_AMOUNT, NULL), 2, 96, true},
        {TELL(t, POLICY_LEGAL, NULL), 4, 0, false},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, ELIGIBLE_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < report->line_count; i++)
        tell_eligible_row(t, i);
    flow_table_end(t->flow);
}

static void add_pair(struct flow_pair *pairs, size_t *count, const char *label, const char *value)
{
    if (value && *value)
        pairs[(*count)++] = (struct flow_pair){label, value, NULL};
}

static void tell_policy_card(struct teller *t, size_t index, struct papers *papers)
{
    const struct policy_match *match = t->report->lines[index].policies[0];
    const struct policy *policy = match->policy;
    struct flow_pair pairs[13];
    size_t count = 0;

    add_pair(pairs, &count, TELL(t, POLICY_PLAN, NULL), tell_plan(t, policy));
    add_pair(pairs, &count, TELL(t, POLICY_HOW, NULL), tell_rate_and_cap(t, match));
    add_pair(pairs, &count, TELL(t, POLICY_NEEDED, NULL), tell_missing(t, match));
    add_pair(pairs, &count, TELL(t, POLICY_BETTER_LABEL, NULL), tell_better(t, match));
    add_pair(pairs, &count, TELL(t, POLICY_LEGAL, NULL), tell_citation(t, match));
    add_pair(pairs, &count, TELL(t, POLICY_VALID, NULL), tell_validity(t, policy));
    add_pair(pairs, &count, TELL(t, POLICY_PAPERS, NULL), paper_numbers(t, papers, policy));
    add_pair(pairs, &count, TELL(t, POLICY_WHERE, NULL), policy->apply_at.in[t->lang]);
    add_pair(pairs, &count, TELL(t, POLICY_WHEN, NULL), tell_deadline(t, policy));
    add_pair(pairs, &count, TELL(t, POLICY_FUNDING, NULL), tell_funding(t, policy));
    add_pair(pairs, &count, TELL(t, POLICY_OPEN, NULL), tell_open(t, policy));
    add_pair(pairs, &count, TELL(t, POLICY_CERTAINTY, NULL), tell_certainty(t, policy));
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = tell_policy_name(t, match),
                                               .sign = SIGN_YES,
                                               .badge = tell_amount(t, match),
                                               .anchor = t->anchors[index]});
    flow_text(t->flow, FLOW_BODY, policy->summary.in[t->lang]);
    flow_pairs(t->flow, pairs, count, 1);
    flow_box_end(t->flow);
}

/* "Name: rate; cap – article", and the numbers of its papers. */
static void tell_family_member(struct teller *t, const struct policy_match *match,
                               struct papers *papers)
{
    const char *how = tell_rate_and_cap(t, match);
    const char *numbers = paper_numbers(t, papers, match->policy);

    flow_item(
        t->flow, NULL,
        arena_printf(t->arena, "%s: %s – %s%s%s", tell_policy_name(t, match),
                     how ? how : tell_amount(t, match), tell_citation(t, match),
                     *numbers ? arena_printf(t->arena, "; %s: ", TELL(t, POLICY_PAPERS, NULL)) : "",
                     numbers));
}

/* What all of a family have in common is told once. */
static void tell_family_card(struct teller *t, size_t index, struct papers *papers)
{
    const struct policy_line *line = &t->report->lines[index];
    const struct policy *first = line->policies[0]->policy;
    struct flow_pair pairs[3];
    size_t count = 0;

    add_pair(pairs, &count, TELL(t, POLICY_WHERE, NULL), first->apply_at.in[t->lang]);
    add_pair(pairs, &count, TELL(t, POLICY_OPEN, NULL), tell_open(t, first));
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = tell_line(t, line),
                                               .sign = SIGN_YES,
                                               .anchor = t->anchors[index]});
    for (size_t i = 0; i < line->count; i++)
        tell_family_member(t, line->policies[i], papers);
    flow_pairs(t->flow, pairs, count, 1);
    flow_box_end(t->flow);
}

static void tell_combination(struct teller *t)
{
    const struct combination *best = t->report->combination;
    bool has_left_out = false;

    for (size_t i = 0; i < best->count; i++)
        has_left_out |= !best->policies[i].is_chosen;
    if (!has_left_out)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = TELL(t, COMBINE_TITLE, NULL),
                                               .sign = SIGN_INFO});
    flow_text(t->flow, FLOW_BODY, TELL(t, COMBINE_LEAD, NULL));
    for (size_t i = 0; i < best->count; i++) {
        const struct combined_policy *one = &best->policies[i];

        if (one->is_chosen || !one->instead)
            continue;
        flow_item(t->flow, NULL,
                  TELL(t, COMBINE_INSTEAD, "policy", tell_policy_name(t, one->match), "instead",
                       tell_policy_name(t, one->instead), "reason",
                       exclusion_words(one->code).in[t->lang], NULL));
    }
    flow_box_end(t->flow);
}

static void tell_eligible(struct teller *t)
{
    const struct report *report = t->report;
    struct papers *papers = ARENA_NEW(t->arena, struct papers);

    flow_heading(t->flow, 2, TELL(t, ELIGIBLE_TITLE, NULL));
    if (!report->eligible_count) {
        flow_text(t->flow, FLOW_BODY, TELL(t, ELIGIBLE_NONE, NULL));
        return;
    }
    flow_text(t->flow, FLOW_LEAD, tell_promise(t));
    tell_eligible_table(t);
    tell_combination(t);
    for (size_t i = 0; i < report->line_count; i++)
        (report->lines[i].family ? tell_family_card : tell_policy_card)(t, i, papers);
    tell_papers(t, papers);
}

/* ---- almost ---- */

static void tell_almost_group(struct teller *t, const struct report_almost *group)
{
    const char *title =
        group->condition ? TELL(t, ALMOST_CONDITION, NULL) : TELL(t, ALMOST_LATER, NULL);

    flow_box_begin(t->flow,
                   &(struct flow_box){.tone = TONE_WARN, .title = title, .sign = SIGN_ALMOST});
    if (group->condition)
        flow_text(t->flow, FLOW_BODY, tell_condition(t, group->policies[0], group->condition));
    if (group->count > ALMOST_ITEMS_MAX)
        flow_text(t->flow, FLOW_BODY, tell_policy_list(t, group->policies, group->count));
    for (size_t i = 0; i < group->count && group->count <= ALMOST_ITEMS_MAX; i++) {
        const struct policy_match *match = group->policies[i];

        flow_item(t->flow, NULL,
                  TELL(t, ALMOST_POLICY, "policy", tell_policy_name(t, match), "legal",
                       tell_citation(t, match), "valid", tell_validity(t, match->policy), NULL));
    }
    flow_box_end(t->flow);
}

static void tell_almost(struct teller *t)
{
    if (!t->report->almost_count)
        return;
    flow_heading(t->flow, 2, TELL(t, ALMOST_TITLE, NULL));
    for (size_t i = 0; i < t->report->almost_count; i++)
        tell_almost_group(t, &t->report->almost[i]);
}

/* ---- cannot tell yet ---- */

static void tell_wanted(struct teller *t)
{
    const struct match *match = t->report->source.match;
    const struct facts *facts = match->applicant->catalogue->facts;

    if (!match->wanted_count)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = TELL(t, WANTED_TITLE, NULL),
                                               .sign = SIGN_UNKNOWN});
    for (size_t i = 0; i < match->wanted_count && i < WANTED_MAX; i++) {
        const struct wanted_fact *wanted = &match->wanted[i];
        const struct fact *fact = &facts->items[wanted->fact];
        const char *ask = fact->ask.in[t->lang] ? fact->ask.in[t->lang] : fact->label.in[t->lang];

        flow_item(
            t->flow, arena_printf(t->arena, "%zu.", i + 1),
            TELL(t, WANTED_FACT, "question", ask, "count", tell_count(t, wanted->policies), NULL));
    }
    flow_box_end(t->flow);
}

/* What decides whether the policy is for the enterprise comes first; how much it plans to spend is
 * of interest only then. */
static const char *first_missing(const struct teller *t, const struct policy_match *match)
{
    const struct facts *facts = t->report->source.match->applicant->catalogue->facts;
    const char *text = "";

    for (size_t i = 0; i < match->missing_count; i++) {
        const struct fact *fact = &facts->items[match->missing[i]];

        if (strncmp(fact->id, "plans.", strlen("plans.")) != 0)
            text =
                arena_printf(t->arena, "%s%s%s", text, *text ? "; " : "", fact->label.in[t->lang]);
    }
    return *text ? text : tell_missing(t, match);
}

/* The open policies that wait for the same facts as the one at `first`, in one row. */
static void tell_undecided_row(struct teller *t, size_t first, bool *is_told)
{
    const struct report *report = t->report;
    const struct policy_match **same =
        ARENA_ARRAY(t->arena, const struct policy_match *, report->open_count);
    const char *missing = first_missing(t, report->open[first]);
    size_t count = 0;

    for (size_t i = first; i < report->open_count; i++) {
        if (strcmp(missing, first_missing(t, report->open[i])) != 0)
            continue;
        is_told[i] = true;
        same[count++] = report->open[i];
    }
    flow_row(t->flow, ROW_PLAIN,
             (struct flow_cell[]){{.text = missing, .sign = SIGN_UNKNOWN, .colour = COLOUR_INFO},
                                  plain_cell(tell_policy_list(t, same, count))},
             2);
}

static void tell_undecided(struct teller *t)
{
    const struct report *report = t->report;
    bool *is_told = ARENA_ARRAY(t->arena, bool, report->open_count + 1);
    const struct flow_column columns[] = {
        {TELL(t, POLICY_NEEDED, NULL), 3, 0, false},
        {TELL(t, POLICY, NULL), 6, 0, false},
    };

    if (!report->open_count && !report->source.match->wanted_count)
        return;
    flow_heading(t->flow, 2, TELL(t, OPEN_TITLE, NULL));
    tell_wanted(t);
    if (!report->open_count)
        return;
    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, OPEN_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < report->open_count; i++) {
        if (!is_told[i])
            tell_undecided_row(t, i, is_told);
    }
    flow_table_end(t->flow);
}

/* ---- the rest ---- */

static void tell_refused(struct teller *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {TELL(t, REFUSED_REASON, NULL), 3, 0, false},
        {TELL(t, POLICY, NULL), 7, 0, false},
    };

    if (!report->refusal_count)
        return;
    flow_heading(t->flow, 2, TELL(t, REFUSED_TITLE, NULL));
    flow_table_begin(t->flow, &(struct flow_table){.title = TELL(t, REFUSED_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = COUNT_OF(columns)});
    for (size_t i = 0; i < report->refusal_count; i++) {
        const struct report_refusal *refusal = &report->refusals[i];

        flow_row(t->flow, ROW_PLAIN,
                 (struct flow_cell[]){
                     plain_cell(tell_refusal(t, refusal->policies[0])),
                     plain_cell(tell_policy_list(t, refusal->policies, refusal->count))},
                 2);
    }
    flow_table_end(t->flow);
}

/* "80/2021/NĐ-CP 5" as people cite it. */
static const char *size_citation(const struct teller *t, const char *legal)
{
    return policy_citation(&(struct policy){.document = ""}, legal, t->lang, t->arena);
}

void tell_policies(struct teller *t)
{
    const struct size_result *size = &t->report->source.match->applicant->size;

    flow_heading(t->flow, 1, TELL(t, POLICIES_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY,
              TELL(t, POLICIES_LEAD, "day", tell_day(t, t->report->source.on), "size", tell_size(t),
                   "legal", size->legal ? size_citation(t, size->legal) : "–", NULL));
    tell_eligible(t);
    tell_almost(t);
    tell_undecided(t);
    tell_refused(t);
    flow_text(t->flow, FLOW_NOTE, TELL(t, POLICIES_NOTE, NULL));
}
