/* One question on paper: what is asked, and where a pen answers. */
#include "paper_parts.h"

#include "base/text.h"
#include "survey/typing.h"

#define INDENT 20.0 /* of the text behind its number */
#define LETTER 15.0 /* of a letter behind its box */
#define OPTION 28.0 /* of an option behind its box */
#define OPTION_GAP 1.0
#define ROW_LABEL 118.0 /* of a scale; its boxes stand behind it */
#define LINE 20.0       /* to write on */

/* Where a block goes on. */
struct pen {
    struct paper *paper;
    struct point at;
    double width;
};

static void set(struct pen *pen, enum paper_type type, const char *text)
{
    if (text)
        pen->at.y += paper_set(pen->paper, pen->at, pen->width, type, text);
}

static void add_option(struct pen *pen, const char *letter, const char *text)
{
    struct point at = pen->at;

    paper_tick(pen->paper, (struct point){at.x, at.y + 1.5});
    paper_put(pen->paper, (struct point){at.x + LETTER, at.y}, SET_LETTER, letter);
    pen->at.y += paper_set(pen->paper, (struct point){at.x + OPTION, at.y}, pen->width - OPTION,
                           SET_OPTION, text) +
                 OPTION_GAP;
}

static void add_lines(struct pen *pen, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        pen->at.y += LINE;
        paper_rule(pen->paper, (struct point){pen->at.x, pen->at.y - 3}, pen->width, COLOUR_AXIS);
    }
}

/* The columns by their letters, then a box for each in every row. */
static void add_scale(struct pen *pen, const struct question *question)
{
    struct paper *paper = pen->paper;
    double step = (pen->width - ROW_LABEL) / (double)question->option_count;

    for (size_t i = 0; i < question->option_count; i++)
        set(pen, SET_OPTION,
            arena_printf(paper->arena, "%s  %s", option_code(question, i),
                         question->options[i].text.in[paper->lang]));
    pen->at.y += 3;
    for (size_t row = 0; row < question->row_count; row++) {
        double x = pen->at.x + ROW_LABEL + 4;

        for (size_t i = 0; i < question->option_count; i++, x += step) {
            paper_tick(paper, (struct point){x, pen->at.y + 1.5});
            paper_put(paper, (struct point){x + 11, pen->at.y}, SET_LETTER,
                      option_code(question, i));
        }
        pen->at.y += paper_set(paper, pen->at, ROW_LABEL, SET_OPTION,
                               question->rows[row].text.in[paper->lang]) +
                     2;
    }
}

static const char *bound(const struct paper *paper, struct ratio value)
{
    return ratio_is_valid(value) ? text_of_number_short(paper->arena, value, 4, paper->lang) : "…";
}

/* Digits, the unit behind them, and from where to where the number may be. */
static void add_number(struct pen *pen, const struct question *question)
{
    struct paper *paper = pen->paper;
    const char *unit = question->unit.in[paper->lang], *range = "";
    double width = paper_cells(paper, (struct point){pen->at.x, pen->at.y + 2}, 14, 16, "########");

    if (ratio_is_valid(question->min_value) || ratio_is_valid(question->max_value))
        range = arena_printf(paper->arena, " (%s–%s)", bound(paper, question->min_value),
                             bound(paper, question->max_value));
    paper_put(paper, (struct point){pen->at.x + width + 5, pen->at.y + 4}, SET_OPTION,
              arena_printf(paper->arena, "%s%s", unit ? unit : "", range));
    pen->at.y += LINE;
}

static void add_field(struct pen *pen, const struct question *question)
{
    enum lang lang = pen->paper->lang;

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
    case QUESTION_MULTIPLE:
        for (size_t i = 0; i < question->option_count; i++)
            add_option(pen, option_code(question, i), question->options[i].text.in[lang]);
        break;
    case QUESTION_SCALE:
        add_scale(pen, question);
        break;
    case QUESTION_NUMBER:
        add_number(pen, question);
        break;
    case QUESTION_DATE:
        paper_cells(pen->paper, (struct point){pen->at.x, pen->at.y + 2}, 14, 16, "## ## ####");
        pen->at.y += LINE;
        break;
    case QUESTION_FILE:
        set(pen, SET_SMALL, paper_tr(pen->paper, PAPER_FILE));
        add_lines(pen, 1);
        break;
    default:
        add_lines(pen, 3);
    }
}

/* The reason stands behind it. */
static void add_na(struct pen *pen)
{
    struct paper *paper = pen->paper;
    struct paper dry = {0};
    double said = OPTION + 6 + paper_put(&dry, pen->at, SET_OPTION, paper_tr(paper, PAPER_NA));
    double y = pen->at.y + 10;

    add_option(pen, "na", paper_tr(paper, PAPER_NA));
    paper_rule(paper, (struct point){pen->at.x + said, y}, pen->width - said, COLOUR_AXIS);
    pen->at.y += 2;
}

/* How it is to be answered, where that is not one box. */
static const char *hint_of(const struct paper *paper, const struct question *question)
{
    if (question->type == QUESTION_MULTIPLE)
        return paper_tr(paper, PAPER_MANY);
    if (question->type == QUESTION_SCALE)
        return paper_tr(paper, PAPER_ROWS);
    return question->is_required ? paper_tr(paper, PAPER_REQUIRED) : NULL;
}

double paper_question(struct paper *paper, struct point at, const struct question *question,
                      size_t number)
{
    struct pen pen = {paper, {at.x + INDENT, at.y}, PAPER_COLUMN - INDENT};
    const char *section = paper->setup->section;

    paper_put(paper, at, SET_NUMBER, arena_printf(paper->arena, "%zu", number));
    set(&pen, SET_QUESTION, question->text.in[paper->lang]);
    set(&pen, SET_SMALL, hint_of(paper, question));
    if (question->show_if)
        set(&pen, SET_SMALL, paper_condition(paper, question));
    if (section)
        set(&pen, SET_SMALL, question_help(question, section).in[paper->lang]);
    pen.at.y += 1;
    add_field(&pen, question);
    if (question->may_be_na)
        add_na(&pen);
    return pen.at.y - at.y;
}
