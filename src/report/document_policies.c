/* The support policies: eligible ones, almost, cannot tell yet, the rest. */
#include "document.h"

#include <string.h>

#include "base/array.h"

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

static const char *paper_numbers(const struct phraser *t, struct papers *papers,
                                 const struct policy *policy)
{
    const char *text = "";

    for (size_t i = 0; i < policy->document_count; i++)
        text = arena_printf(t->arena, "%s%s%zu", text, i ? ", " : "",
                            paper_number(papers, policy->documents[i].in[t->lang]));
    return text;
}

static void phrase_papers(struct phraser *t, const struct papers *papers)
{
    if (!papers->count)
        return;
    flow_heading(t->flow, 2, PHRASE(t, PAPERS_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY, PHRASE(t, PAPERS_LEAD, NULL));
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

static void phrase_eligible_row(struct phraser *t, size_t index)
{
    const struct policy_line *line = &t->report->lines[index];
    bool is_chosen = has_chosen(t->report, line);
    struct run name = {.text = phrase_line(t, line), .anchor = t->anchors[index]};
    const struct flow_cell cells[] = {
        {.runs = &name,
         .run_count = 1,
         .sign = is_chosen ? SIGN_YES : SIGN_INFO,
         .colour = is_chosen ? COLOUR_GOOD : COLOUR_INFO},
        plain_cell(phrase_amount(t, line->policies[0])),
        plain_cell(phrase_line_citation(t, line)),
    };

    flow_row(t->flow, ROW_PLAIN, cells, ARRAY_SIZE(cells));
}

static void phrase_eligible_table(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, POLICY, NULL), 5, 0, false},
        {PHRASE(t, POLICY_AMOUNT, NULL), 2, 96, true},
        {PHRASE(t, POLICY_LEGAL, NULL), 4, 0, false},
    };

    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, ELIGIBLE_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->line_count; i++)
        phrase_eligible_row(t, i);
    flow_table_end(t->flow);
}

static void add_pair(struct flow_pair *pairs, size_t *count, const char *label, const char *value)
{
    if (value && *value)
        pairs[(*count)++] = (struct flow_pair){label, value, NULL};
}

static void phrase_policy_card(struct phraser *t, size_t index, struct papers *papers)
{
    const struct policy_match *match = t->report->lines[index].policies[0];
    const struct policy *policy = match->policy;
    struct phrase_pair told[PHRASE_PAIRS_MAX];
    struct flow_pair pairs[PHRASE_PAIRS_MAX];
    size_t count = phrase_policy_pairs(t, match, paper_numbers(t, papers, policy), told);

    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct flow_pair){told[i].label, told[i].value, NULL};
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = phrase_policy_name(t, match),
                                               .sign = SIGN_YES,
                                               .badge = phrase_amount(t, match),
                                               .anchor = t->anchors[index]});
    flow_text(t->flow, FLOW_BODY, policy->summary.in[t->lang]);
    flow_pairs(t->flow, pairs, count, 1);
    flow_box_end(t->flow);
}

/* "Name: rate; cap – article", and the numbers of its papers. */
static void phrase_family_member(struct phraser *t, const struct policy_match *match,
                               struct papers *papers)
{
    const char *how = phrase_rate_and_cap(t, match);
    const char *numbers = paper_numbers(t, papers, match->policy);

    flow_item(t->flow, NULL,
              arena_printf(
                  t->arena, "%s: %s – %s%s%s", phrase_policy_name(t, match),
                  how ? how : phrase_amount(t, match), phrase_citation(t, match),
                  *numbers ? arena_printf(t->arena, "; %s: ", PHRASE(t, POLICY_PAPERS, NULL)) : "",
                  numbers));
}

/* What all of a family have in common is told once. */
static void phrase_family_card(struct phraser *t, size_t index, struct papers *papers)
{
    const struct policy_line *line = &t->report->lines[index];
    const struct policy *first = line->policies[0]->policy;
    struct flow_pair pairs[3];
    size_t count = 0;

    add_pair(pairs, &count, PHRASE(t, POLICY_WHERE, NULL), first->apply_at.in[t->lang]);
    add_pair(pairs, &count, PHRASE(t, POLICY_OPEN, NULL), phrase_open(t, first));
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_GOOD,
                                               .title = phrase_line(t, line),
                                               .sign = SIGN_YES,
                                               .anchor = t->anchors[index]});
    for (size_t i = 0; i < line->count; i++)
        phrase_family_member(t, line->policies[i], papers);
    flow_pairs(t->flow, pairs, count, 1);
    flow_box_end(t->flow);
}

static void phrase_combination(struct phraser *t)
{
    const struct combination *best = t->report->combination;
    bool has_left_out = false;

    for (size_t i = 0; i < best->count; i++)
        has_left_out |= !best->policies[i].is_chosen;
    if (!has_left_out)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = PHRASE(t, COMBINE_TITLE, NULL),
                                               .sign = SIGN_INFO});
    flow_text(t->flow, FLOW_BODY, PHRASE(t, COMBINE_LEAD, NULL));
    for (size_t i = 0; i < best->count; i++) {
        const struct combined_policy *one = &best->policies[i];

        if (one->is_chosen || !one->instead)
            continue;
        flow_item(t->flow, NULL,
                  PHRASE(t, COMBINE_INSTEAD, "policy", phrase_policy_name(t, one->match), "instead",
                       phrase_policy_name(t, one->instead), "reason",
                       exclusion_words(one->code).in[t->lang], NULL));
    }
    flow_box_end(t->flow);
}

static void phrase_eligible(struct phraser *t)
{
    const struct report *report = t->report;
    struct papers *papers = ARENA_NEW(t->arena, struct papers);

    flow_heading(t->flow, 2, PHRASE(t, ELIGIBLE_TITLE, NULL));
    if (!report->eligible_count) {
        flow_text(t->flow, FLOW_BODY, PHRASE(t, ELIGIBLE_NONE, NULL));
        return;
    }
    flow_text(t->flow, FLOW_LEAD, phrase_promise(t));
    phrase_eligible_table(t);
    phrase_combination(t);
    for (size_t i = 0; i < report->line_count; i++)
        (report->lines[i].family ? phrase_family_card : phrase_policy_card)(t, i, papers);
    phrase_papers(t, papers);
}

/* ---- almost ---- */

static void phrase_almost_group(struct phraser *t, const struct report_almost *group)
{
    const char *title =
        group->condition ? PHRASE(t, ALMOST_CONDITION, NULL) : PHRASE(t, ALMOST_LATER, NULL);

    flow_box_begin(t->flow,
                   &(struct flow_box){.tone = TONE_WARN, .title = title, .sign = SIGN_ALMOST});
    if (group->condition)
        flow_text(t->flow, FLOW_BODY, phrase_condition(t, group->policies[0], group->condition));
    if (group->count > ALMOST_ITEMS_MAX)
        flow_text(t->flow, FLOW_BODY, phrase_policy_list(t, group->policies, group->count));
    for (size_t i = 0; i < group->count && group->count <= ALMOST_ITEMS_MAX; i++) {
        const struct policy_match *match = group->policies[i];

        flow_item(t->flow, NULL,
                  PHRASE(t, ALMOST_POLICY, "policy", phrase_policy_name(t, match), "legal",
                         phrase_citation(t, match), "valid", phrase_validity(t, match->policy),
                         NULL));
    }
    flow_box_end(t->flow);
}

static void phrase_almost(struct phraser *t)
{
    if (!t->report->almost_count)
        return;
    flow_heading(t->flow, 2, PHRASE(t, ALMOST_TITLE, NULL));
    for (size_t i = 0; i < t->report->almost_count; i++)
        phrase_almost_group(t, &t->report->almost[i]);
}

/* ---- cannot tell yet ---- */

static void phrase_wanted(struct phraser *t)
{
    const struct match *match = t->report->source.match;

    if (!match->wanted_count)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_INFO,
                                               .title = PHRASE(t, WANTED_TITLE, NULL),
                                               .sign = SIGN_UNKNOWN});
    for (size_t i = 0; i < match->wanted_count && i < WANTED_MAX; i++)
        flow_item(t->flow, arena_printf(t->arena, "%zu.", i + 1),
                  phrase_wanted_fact(t, &match->wanted[i]));
    flow_box_end(t->flow);
}

/* What decides whether the policy is for the enterprise comes first; how much it plans to spend is
 * of interest only then. */
static const char *first_missing(const struct phraser *t, const struct policy_match *match)
{
    const struct facts *facts = t->report->source.match->applicant->catalogue->facts;
    const char *text = "";

    for (size_t i = 0; i < match->missing_count; i++) {
        const struct fact *fact = &facts->items[match->missing[i]];

        if (strncmp(fact->id, "plans.", strlen("plans.")) != 0)
            text =
                arena_printf(t->arena, "%s%s%s", text, *text ? "; " : "", fact->label.in[t->lang]);
    }
    return *text ? text : phrase_missing(t, match);
}

/* The open policies that wait for the same facts as the one at `first`, in one row. */
static void phrase_undecided_row(struct phraser *t, size_t first, bool *is_told)
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
                                  plain_cell(phrase_policy_list(t, same, count))},
             2);
}

static void phrase_undecided(struct phraser *t)
{
    const struct report *report = t->report;
    bool *is_told = ARENA_ARRAY(t->arena, bool, report->open_count + 1);
    const struct flow_column columns[] = {
        {PHRASE(t, POLICY_NEEDED, NULL), 3, 0, false},
        {PHRASE(t, POLICY, NULL), 6, 0, false},
    };

    if (!report->open_count && !report->source.match->wanted_count)
        return;
    flow_heading(t->flow, 2, PHRASE(t, OPEN_TITLE, NULL));
    phrase_wanted(t);
    if (!report->open_count)
        return;
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, OPEN_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->open_count; i++) {
        if (!is_told[i])
            phrase_undecided_row(t, i, is_told);
    }
    flow_table_end(t->flow);
}

/* ---- the rest ---- */

static void phrase_refused(struct phraser *t)
{
    const struct report *report = t->report;
    const struct flow_column columns[] = {
        {PHRASE(t, REFUSED_REASON, NULL), 3, 0, false},
        {PHRASE(t, POLICY, NULL), 7, 0, false},
    };

    if (!report->refusal_count)
        return;
    flow_heading(t->flow, 2, PHRASE(t, REFUSED_TITLE, NULL));
    flow_table_begin(t->flow, &(struct flow_table){.title = PHRASE(t, REFUSED_TABLE, NULL),
                                                   .columns = columns,
                                                   .count = ARRAY_SIZE(columns)});
    for (size_t i = 0; i < report->refusal_count; i++) {
        const struct report_refusal *refusal = &report->refusals[i];

        flow_row(t->flow, ROW_PLAIN,
                 (struct flow_cell[]){
                     plain_cell(phrase_refusal(t, refusal->policies[0])),
                     plain_cell(phrase_policy_list(t, refusal->policies, refusal->count))},
                 2);
    }
    flow_table_end(t->flow);
}

/* "80/2021/NĐ-CP 5" as people cite it. */
static const char *size_citation(const struct phraser *t, const char *legal)
{
    return policy_citation(&(struct policy){.document = ""}, legal, t->lang, t->arena);
}

void phrase_policies(struct phraser *t)
{
    const struct size_result *size = &t->report->source.match->applicant->size;

    flow_heading(t->flow, 1, PHRASE(t, POLICIES_TITLE, NULL));
    flow_text(t->flow, FLOW_BODY,
              PHRASE(t, POLICIES_LEAD, "day", phrase_day(t, t->report->source.on), "size",
                     phrase_size(t), "legal", size->legal ? size_citation(t, size->legal) : "–",
                     NULL));
    phrase_eligible(t);
    phrase_almost(t);
    phrase_undecided(t);
    phrase_refused(t);
    flow_text(t->flow, FLOW_NOTE, PHRASE(t, POLICIES_NOTE, NULL));
}
