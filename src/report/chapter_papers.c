/* Page 7: which papers are needed, and what else an answer may open. */
#include "document.h"

#include <string.h>

#include "base/array.h"

#define WANTED_MAX 5
#define WANTED_HOUSEHOLD 3
#define REFUSALS_MAX 4
#define ALMOST_MAX 2
#define PAPER_ROWS_MAX 60
#define ROW_STRETCH 7.0
/* Names over the columns, where there are no more; a household's page has the table above. */
#define NAMED_COLUMNS_MAX 7
#define NAMED_ROWS_MAX 8

/* ---- papers ---- */

/* "Không cần hồ sơ" is what a policy says that asks for none. */
static bool is_paper(const struct document *d, const struct words *paper)
{
    return strcmp(paper->in[d->lang], TELL(d, NO_PAPERS, NULL)) != 0;
}

size_t count_papers(const struct document *d, const struct policy *policy)
{
    size_t count = 0;

    for (size_t i = 0; i < policy->document_count; i++)
        count += is_paper(d, &policy->documents[i]);
    return count;
}

struct paper_list {
    struct paper_row *rows;
    size_t row_count;
    struct paper_column *columns;
    size_t column_count;
};

static struct paper_row *row_of(struct paper_list *list, const char *name)
{
    for (size_t i = 0; i < list->row_count; i++) {
        if (strcmp(list->rows[i].name, name) == 0)
            return &list->rows[i];
    }
    if (list->row_count == PAPER_ROWS_MAX)
        return NULL;
    list->rows[list->row_count].name = name;
    return &list->rows[list->row_count++];
}

static void add_application(const struct document *d, struct paper_list *list,
                            const struct policy_match *match, size_t number, bool is_marked)
{
    const struct policy *policy = match->policy;

    if (list->column_count == PAPER_COLUMNS_MAX || !count_papers(d, policy))
        return;
    for (size_t i = 0; i < policy->document_count; i++) {
        struct paper_row *row;

        if (!is_paper(d, &policy->documents[i]))
            continue;
        row = row_of(list, policy->documents[i].in[d->lang]);
        if (row)
            row->columns |= (uint64_t)1 << list->column_count;
    }
    list->columns[list->column_count++] =
        (struct paper_column){.number = arena_printf(d->arena, "%zu", number),
                              .name = short_policy_name(d, match),
                              .is_marked = is_marked};
}

static int bits(uint64_t columns)
{
    int count = 0;

    for (; columns; columns &= columns - 1)
        count++;
    return count;
}

/* Those that most applications need come first. */
static void sort_rows(struct paper_list *list)
{
    for (size_t i = 1; i < list->row_count; i++) {
        struct paper_row row = list->rows[i];
        size_t at = i;

        while (at > 0 && bits(list->rows[at - 1].columns) < bits(row.columns)) {
            list->rows[at] = list->rows[at - 1];
            at--;
        }
        list->rows[at] = row;
    }
}

/* Numbers are those of the table of money: its lines, group by group. */
static void find_papers(const struct document *d, struct paper_list *list)
{
    size_t number = 0;

    list->rows = ARENA_ARRAY(d->arena, struct paper_row, PAPER_ROWS_MAX + 1);
    list->columns = ARENA_ARRAY(d->arena, struct paper_column, PAPER_COLUMNS_MAX + 1);
    for (int group = 0; group < MONEY_OTHER; group++) {
        const struct money_list *money = &d->money[group];
        size_t count;
        const struct policy_line *lines =
            policy_lines(d->arena, d->report->source.match, money->items, money->count,
                         FAMILY_OTHERS_MIN, &count);

        for (size_t i = 0; i < count; i++)
            add_application(d, list, lines[i].policies[0], ++number, group == MONEY_KNOWN);
    }
    sort_rows(list);
}

static const char *papers_alt(const struct document *d, const struct paper_list *list)
{
    const char *alt = TELL(d, PAPERS_SUM, NULL);

    for (size_t i = 0; i < list->row_count; i++)
        alt = arena_printf(d->arena, "%s%s %s (%d)", alt, i ? ";" : ":", list->rows[i].name,
                           bits(list->rows[i].columns));
    return alt;
}

static void tell_papers(struct document *d, struct paper_list *list)
{
    struct papers_matrix *matrix = ARENA_NEW(d->arena, struct papers_matrix);
    const bool has_names = list->column_count <= NAMED_COLUMNS_MAX &&
                           list->row_count <= NAMED_ROWS_MAX && !is_household(d);

    for (size_t i = 0; i < list->column_count && !has_names; i++)
        list->columns[i].name = NULL;
    for (size_t i = 0; i < list->row_count; i++)
        list->rows[i].name = arena_printf(d->arena, "%zu. %s", i + 1, list->rows[i].name);
    *matrix = (struct papers_matrix){.columns = list->columns,
                                     .column_count = list->column_count,
                                     .rows = list->rows,
                                     .row_count = list->row_count,
                                     .sum_words = TELL(d, PAPERS_SUM, NULL)};
    flow_picture(d->flow, diagram_papers(matrix), 0, papers_alt(d, list));
    flow_stretch(d->flow, ROW_STRETCH * (double)list->row_count);
    if (!has_names)
        flow_text(d->flow, FLOW_NOTE, TELL(d, PAPERS_NUMBERS, NULL));
}

/* ---- what else may open ---- */

static const char *fact_question(const struct document *d, const struct wanted_fact *wanted)
{
    const struct facts *facts = d->report->source.match->applicant->catalogue->facts;
    const struct fact *fact = &facts->items[wanted->fact];

    return fact->ask.in[d->lang] ? fact->ask.in[d->lang] : fact->label.in[d->lang];
}

static void tell_wanted(struct document *d)
{
    const struct match *match = d->report->source.match;
    const size_t most = is_household(d) ? WANTED_HOUSEHOLD : WANTED_MAX;
    size_t count = match->wanted_count < most ? match->wanted_count : most;
    struct count_bar *items = ARENA_ARRAY(d->arena, struct count_bar, WANTED_MAX);
    struct count_bars *bars = ARENA_NEW(d->arena, struct count_bars);
    const char *alt = TELL(d, WANTED_NOTE, NULL);

    if (!count)
        return;
    for (size_t i = 0; i < count; i++) {
        items[i] = (struct count_bar){.name = fact_question(d, &match->wanted[i]),
                                      .count = match->wanted[i].policies,
                                      .words = phrase_count(d->t, match->wanted[i].policies)};
        if (match->wanted[i].money_vnd > 0)
            items[i].note =
                TELL(d, WANTED_MONEY, "amount", tell_millions(d, match->wanted[i].money_vnd), NULL);
        alt = arena_printf(d->arena, "%s %s %s.", alt, items[i].name, items[i].words);
    }
    *bars = (struct count_bars){items, count};
    flow_heading(d->flow, 2,
                 TELL(d, WANTED_TITLE, "count", tell_count_first(d, count), "open",
                      phrase_count(d->t, d->report->open_count), NULL));
    flow_picture(d->flow, diagram_counts(bars), 0, alt);
    flow_text(d->flow, FLOW_NOTE, TELL(d, WANTED_NOTE, NULL));
}

static void tell_almost(struct document *d)
{
    const struct report *report = d->report;

    if (!report->almost_count)
        return;
    flow_heading(d->flow, 2, TELL(d, ALMOST_TITLE, NULL));
    for (size_t i = 0; i < report->almost_count && i < ALMOST_MAX; i++) {
        const struct report_almost *group = &report->almost[i];
        const char *what = group->condition
                               ? phrase_condition(d->t, group->policies[0], group->condition)
                               : TELL(d, ALMOST_LATER, NULL);
        const struct run runs[] = {
            {.text = TELL(d, ALMOST_COUNT, "count", phrase_count(d->t, group->count), NULL),
             .face = FACE_BOLD},
            {.text = " "},
            {.text = what}};

        flow_item_runs(d->flow, NULL, runs, ARRAY_SIZE(runs));
    }
}

/* The largest groups of refused policies, by what refuses them. */
static void tell_refused(struct document *d)
{
    const struct report *report = d->report;
    bool *is_told = ARENA_ARRAY(d->arena, bool, report->refusal_count + 1);
    size_t all = 0, told = 0;

    for (size_t i = 0; i < report->refusal_count; i++)
        all += report->refusals[i].count;
    if (!all)
        return;
    flow_heading(d->flow, 2, TELL(d, REFUSED_TITLE, "count", phrase_count(d->t, all), NULL));
    flow_text(d->flow, FLOW_SMALL, TELL(d, REFUSED_FOR, NULL));
    for (int n = 0; n < REFUSALS_MAX; n++) {
        const struct report_refusal *best = NULL;
        size_t at = 0;

        for (size_t i = 0; i < report->refusal_count; i++) {
            if (!is_told[i] && (!best || report->refusals[i].count > best->count)) {
                best = &report->refusals[i];
                at = i;
            }
        }
        if (!best)
            break;
        is_told[at] = true;
        told += best->count;
        flow_item(d->flow, phrase_count(d->t, best->count),
                  phrase_only_for(d->t, best->policies[0]));
    }
    if (told < all)
        flow_item(d->flow, phrase_count(d->t, all - told), TELL(d, REFUSED_OTHERS, NULL));
}

/* ---- the page ---- */

void chapter_papers(struct document *d)
{
    const bool has_wanted = d->report->source.match->wanted_count > 0;
    struct paper_list list = {0};
    const char *finding;

    find_papers(d, &list);
    finding = list.row_count
                  ? TELL(d, PAPERS_FINDING, "papers", tell_count_first(d, list.row_count), "files",
                         tell_count(d, list.column_count), NULL)
                  : TELL(d, PAPERS_NONE, NULL);
    chapter_begin(d, TELL(d, PAGE_PAPERS, NULL), TELL(d, ASKS_PAPERS, NULL), finding);
    flow_join(d->flow);
    if (list.row_count)
        tell_papers(d, &list);
    tell_wanted(d);
    tell_almost(d);
    tell_refused(d);
    chapter_next(d, has_wanted ? TELL(d, NEXT_WANTED, NULL) : TELL(d, NEXT_NO_WANTED, NULL));
}
