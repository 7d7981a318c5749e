/* Who answers: the facts that every form asks for on one page, the others on a sheet of their own.
 */
#include "paper_parts.h"

#include "base/array.h"

#define LABEL 26.0  /* of a row: behind its number */
#define FIELD 232.0 /* where its field begins */
#define CELL 14.0
#define CELL_HEIGHT 16.0
#define ROW_GAP 4.0
#define LIST_COLUMNS 3
#define MORE_FIELD 296.0
#define YESNO 84.0 /* room for both boxes */

/* A row is numbered, has its label on the left and its field on the right. */
struct row {
    struct paper *paper;
    struct point at;     /* its upper left corner */
    double width, field; /* of all; where its field begins, from the left */
};

static double field_width(const struct row *row)
{
    return row->width - row->field;
}

static struct point field_at(const struct row *row)
{
    return (struct point){row->at.x + row->field, row->at.y};
}

/* ---- fields ---- */

static double add_cells(const struct row *row, const char *pattern, const char *end)
{
    struct point at = field_at(row);
    double width = paper_cells(row->paper, at, CELL, CELL_HEIGHT, pattern);

    if (end)
        paper_put(row->paper, (struct point){at.x + width + 5, at.y + 2}, SET_BODY, end);
    return CELL_HEIGHT;
}

/* Boxes beside each other, on as many lines as they need. */
static double add_ticks(const struct row *row, const char *const *texts, size_t count)
{
    struct paper dry = {0}, *paper = row->paper;
    struct point at = field_at(row);

    for (size_t i = 0; i < count; i++) {
        double width = 14 + paper_put(&dry, at, SET_BODY, texts[i]) + 14;

        if (i && at.x + width - 14 > row->at.x + row->width) {
            at.x = row->at.x + row->field;
            at.y += CELL_HEIGHT;
        }
        paper_tick(paper, (struct point){at.x, at.y + 3.5});
        paper_put(paper, (struct point){at.x + 14, at.y + 1.5}, SET_BODY, texts[i]);
        at.x += width;
    }
    return at.y - row->at.y + CELL_HEIGHT;
}

static double add_yesno(const struct row *row)
{
    const char *const texts[] = {paper_tr(row->paper, PAPER_YES), paper_tr(row->paper, PAPER_NO)};

    return add_ticks(row, texts, ARRAY_SIZE(texts));
}

static double add_choices(const struct row *row, const struct fact *fact)
{
    const char **texts = ARENA_ARRAY(row->paper->arena, const char *, fact->choice_count + 1);

    for (size_t i = 0; i < fact->choice_count; i++)
        texts[i] = fact->choices[i].text.in[row->paper->lang];
    return add_ticks(row, texts, fact->choice_count);
}

static double add_line(const struct row *row)
{
    struct point at = field_at(row);

    paper_rule(row->paper, (struct point){at.x, at.y + CELL_HEIGHT - 2}, field_width(row),
               COLOUR_AXIS);
    return CELL_HEIGHT;
}

static double add_field(const struct row *row, const struct fact *fact)
{
    struct paper *paper = row->paper;

    switch (fact->kind) {
    case FACT_CHOICE:
        return add_choices(row, fact);
    case FACT_YESNO:
        return add_yesno(row);
    case FACT_TAX_CODE:
        return add_cells(row, "############", NULL);
    case FACT_DATE:
        return add_cells(row, "## ## ####", paper_tr(paper, PAPER_DATE_PARTS));
    case FACT_MONEY:
        return add_cells(row, "### ### ### ###", paper_tr(paper, PAPER_DONG));
    case FACT_PERCENT:
        return add_cells(row, "###", "%");
    case FACT_INTEGER:
        return add_cells(row, "######", fact->unit.in[paper->lang]);
    case FACT_SECTION:
        return add_cells(row, "#", paper_tr(paper, PAPER_LETTER));
    default:
        return add_line(row);
    }
}

/* ---- sections by their letters ---- */

static size_t sections_of(const struct paper *paper, const struct term **list)
{
    const struct terms *sections = paper->setup->facts->sections;
    size_t count = 0;

    for (size_t i = 0; sections && i < sections->count; i++) {
        if (term_holds(&sections->items[i], paper->setup->on))
            list[count++] = &sections->items[i];
    }
    return count;
}

static double add_section(struct paper *paper, struct point at, double width,
                          const struct term *section)
{
    paper_put(paper, at, SET_LIST, section->id);
    return paper_set(paper, (struct point){at.x + 12, at.y}, width - 16, SET_LIST,
                     section->name.in[paper->lang]);
}

/* Down the columns, as lists are read, all about as high. */
static double add_sections(struct paper *paper, double y)
{
    const struct terms *sections = paper->setup->facts->sections;
    const struct term **list =
        ARENA_ARRAY(paper->arena, const struct term *, (sections ? sections->count : 0) + 1);
    double width = (PAPER_WIDTH - LABEL) / LIST_COLUMNS, all = 0, highest = 0;
    struct point at = {PAPER_LEFT + LABEL, y};
    struct paper dry = *paper;
    size_t count = sections_of(paper, list);

    dry.pdf = NULL;
    for (size_t i = 0; i < count; i++)
        all += add_section(&dry, at, width, list[i]);
    for (size_t i = 0; i < count; i++) {
        double height = add_section(&dry, at, width, list[i]);

        if (at.y - y + height / 2 > all / LIST_COLUMNS)
            at = (struct point){at.x + width, y};
        at.y += add_section(paper, at, width, list[i]);
        highest = at.y - y > highest ? at.y - y : highest;
    }
    return highest + 3;
}

/* ---- rows ---- */

/* Returns how high it is. */
static double add_row(const struct row *row, size_t number, const struct fact *fact)
{
    struct paper *paper = row->paper;
    struct point label = {row->at.x + LABEL, row->at.y + 2};
    double left, right;

    paper_put(paper, (struct point){row->at.x, row->at.y + 2}, SET_NUMBER,
              arena_printf(paper->arena, "%zu", number));
    left = 2 + paper_set(paper, label, row->field - LABEL - 8, SET_QUESTION,
                         fact->label.in[paper->lang]);
    right = add_field(row, fact);
    left = left > right ? left : right;
    return fact->kind == FACT_SECTION ? left + 2 + add_sections(paper, row->at.y + left + 2) : left;
}

/* Two facts that are answered yes or no stand beside each other. */
static double add_pair(const struct row *row, size_t number, const struct fact *const *facts)
{
    double width = (row->width - PAPER_GUTTER) / 2;
    struct row half = {row->paper, row->at, width, width - YESNO};
    double left = add_row(&half, number, facts[0]), right;

    half.at.x += width + PAPER_GUTTER;
    right = add_row(&half, number + 1, facts[1]);
    return left > right ? left : right;
}

static size_t add_line_of(struct row *row, size_t number, const struct fact *const *facts,
                          size_t count)
{
    bool is_pair = count > 1 && facts[0]->kind == FACT_YESNO && facts[1]->kind == FACT_YESNO;

    row->at.y +=
        (is_pair ? add_pair(row, number, facts) : add_row(row, number, facts[0])) + ROW_GAP;
    paper_rule(row->paper, (struct point){row->at.x, row->at.y - 1}, row->width, COLOUR_GRID);
    row->at.y += ROW_GAP - 1;
    return is_pair ? 2 : 1;
}

static bool is_asked(const struct fact *fact, bool is_first)
{
    return !fact->is_derived && (fact->page > 0) == is_first;
}

static const struct fact **facts_of(const struct paper *paper, bool is_first, size_t *count)
{
    const struct facts *facts = paper->setup->facts;
    const struct fact **list = ARENA_ARRAY(paper->arena, const struct fact *, facts->count + 1);

    *count = 0;
    for (size_t i = 0; i < facts->count; i++) {
        if (is_asked(&facts->items[i], is_first))
            list[(*count)++] = &facts->items[i];
    }
    return list;
}

/* ---- the page ---- */

static double add_how(struct paper *paper, double y)
{
    static const enum paper_text texts[] = {PAPER_CROSS, PAPER_CORRECT, PAPER_DIGITS};
    double x = PAPER_LEFT;

    x += paper_put(paper, (struct point){x, y}, SET_QUESTION, paper_tr(paper, PAPER_HOW)) + 12;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        x += paper_put(paper, (struct point){x, y}, SET_OPTION, paper_tr(paper, texts[i])) + 12;
    paper_rule(paper, (struct point){PAPER_LEFT, y + 16}, PAPER_WIDTH, COLOUR_GRID);
    return y + 22;
}

static const char *lead_of(const struct paper *paper)
{
    const struct questionnaire *q = paper->setup->questionnaire;
    struct arena *arena = paper->arena;

    return paper_tr_with(paper, PAPER_LEAD, arena_printf(arena, "%zu", paper->pages),
                         arena_printf(arena, "%zu", q->question_count),
                         arena_printf(arena, "%d", q->minutes));
}

double paper_who(struct paper *paper)
{
    size_t count;
    const struct fact **list = facts_of(paper, true, &count);
    struct row row = {paper, {PAPER_LEFT, 52}, PAPER_WIDTH, FIELD};

    paper_page(paper, NULL, NULL);
    row.at.y += paper_set(paper, row.at, PAPER_WIDTH, SET_TITLE, paper_tr(paper, PAPER_WHO));
    row.at.y += paper_set(paper, row.at, PAPER_WIDTH, SET_LEAD, lead_of(paper)) + 4;
    row.at.y = add_how(paper, row.at.y);
    for (size_t i = 0; i < count;)
        i += add_line_of(&row, i + 1, list + i, count - i);
    return row.at.y +
           paper_set(paper, row.at, PAPER_WIDTH, SET_SMALL, paper_tr(paper, PAPER_MORE_SHEET));
}

void paper_more(struct paper *paper)
{
    size_t count;
    const struct fact **list = facts_of(paper, false, &count);
    struct row row = {paper, {PAPER_LEFT, PAPER_TOP}, PAPER_WIDTH, MORE_FIELD};
    struct paper dry = *paper;

    dry.pdf = NULL;
    paper_page(paper, paper_tr(paper, PAPER_MORE_TITLE), NULL);
    row.at.y -= 6;
    row.at.y +=
        paper_set(paper, row.at, PAPER_WIDTH, SET_BODY, paper_tr(paper, PAPER_MORE_LEAD)) + 8;
    for (size_t i = 0; i < count;) {
        struct row measured = row;

        measured.paper = &dry;
        add_line_of(&measured, i + 1, list + i, count - i);
        if (measured.at.y > PAPER_BOTTOM + 24) {
            paper_page(paper, paper_tr(paper, PAPER_MORE_TITLE), NULL);
            row.at.y = PAPER_TOP - 6;
        }
        i += add_line_of(&row, i + 1, list + i, count - i);
    }
}
