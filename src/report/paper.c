#include "paper_parts.h"

#include "base/text.h"
#include "survey/typing.h"

/* Text in the first language, below it small the second one. */
static void add_text(struct paper *paper, enum flow_style style, struct words words)
{
    const char *other = paper_other(paper, words);

    if (words.in[paper->lead])
        flow_text(paper->flow, style, words.in[paper->lead]);
    if (other)
        flow_text(paper->flow, FLOW_NOTE, other);
}

/* What introduces a question must not stand alone at the end of a page. */
static void add_introduction(struct paper *paper, struct words words)
{
    const char *other = paper_other(paper, words);

    if (!words.in[paper->lead])
        return;
    flow_text(paper->flow, FLOW_BODY, words.in[paper->lead]);
    flow_keep(paper->flow);
    if (other) {
        flow_text(paper->flow, FLOW_NOTE, other);
        flow_keep(paper->flow);
    }
}

static void add_say(struct paper *paper, enum flow_style style, enum paper_text text)
{
    flow_text(paper->flow, style, paper_tr(paper, text));
    if (paper->has_other)
        flow_text(paper->flow, FLOW_NOTE, paper_tr_other(paper, text));
}

/* Both languages in one line: a heading must stand right above what it heads. */
static void add_heading(struct paper *paper, int level, const char *number, struct words words)
{
    const char *text = paper_both(paper, words);

    flow_heading(paper->flow, level,
                 *number ? arena_printf(paper->arena, "%s. %s", number, text) : text);
}

static void add_tick(struct paper *paper, const char *code, struct words words)
{
    const char *other = paper_other(paper, words);
    struct run runs[] = {{.text = words.in[paper->lead]},
                         {.text = other ? arena_printf(paper->arena, " – %s", other) : NULL,
                          .face = FACE_ITALIC,
                          .colour = COLOUR_MUTED}};

    flow_tick(paper->flow, code, runs, other ? 2 : 1);
}

/* ---- facts of the enterprise ---- */

/* Opens a row: the question on the left; the caller adds the field and calls end_row(). */
static void begin_row(struct paper *paper, struct words words, struct words help,
                      const char *column)
{
    static const double weights[] = {7, 6};
    const struct run runs[] = {
        {.text = words.in[paper->lead]},
        {.text = arena_printf(paper->arena, " [%s]", column), .colour = COLOUR_MUTED}};

    flow_columns_begin(paper->flow, weights, 2);
    flow_runs(paper->flow, FLOW_BODY, runs, 2);
    if (paper_other(paper, words))
        flow_text(paper->flow, FLOW_NOTE, paper_other(paper, words));
    if (help.in[paper->lead])
        flow_text(paper->flow, FLOW_SMALL, help.in[paper->lead]);
    flow_columns_next(paper->flow);
}

static void end_row(struct paper *paper)
{
    flow_columns_end(paper->flow);
}

static void add_choices(struct paper *paper, const struct fact *fact)
{
    static const struct choice yesno[] = {{"có", {{"Có", "Yes"}}}, {"không", {{"Không", "No"}}}};
    const struct choice *choices = fact->kind == FACT_YESNO ? yesno : fact->choices;
    size_t count = fact->kind == FACT_YESNO ? 2 : fact->choice_count;

    for (size_t i = 0; i < count; i++) {
        bool is_english = fact->kind == FACT_YESNO && paper->lead == LANG_EN;
        const char *code = is_english ? (i ? "no" : "yes") : choices[i].id;

        add_tick(paper, code, choices[i].text);
    }
}

static void add_fact_field(struct paper *paper, const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_CHOICE:
    case FACT_YESNO:
        add_choices(paper, fact);
        break;
    case FACT_TAX_CODE:
        paper_comb(paper, "############-###");
        break;
    case FACT_DATE:
        paper_comb(paper, "##/##/####");
        break;
    case FACT_MONEY:
        paper_lines(paper, 1, paper->lead == LANG_VI ? "đồng" : "dong");
        break;
    case FACT_PERCENT:
        paper_lines(paper, 1, "%");
        break;
    case FACT_INTEGER:
        paper_lines(paper, 1, fact->unit.in[paper->lead]);
        break;
    default:
        paper_lines(paper, 1, NULL);
    }
}

static void add_facts(struct paper *paper)
{
    static const struct words round = {{"Đợt đánh giá", "Assessment round"}};
    static const struct words submitted = {{"Ngày trả lời", "Date of the answers"}};
    static const struct words none = {{NULL, NULL}};
    const struct facts *facts = paper->setup->facts;

    flow_heading(paper->flow, 1, paper_both_tr(paper, PAPER_FACTS));
    add_say(paper, FLOW_BODY, PAPER_HOW_FACTS);
    begin_row(paper, round, none, "round");
    paper_lines(paper, 1, NULL);
    end_row(paper);
    begin_row(paper, submitted, none, "submitted_on");
    paper_comb(paper, "##/##/####");
    end_row(paper);
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = &facts->items[i];

        if (fact->is_derived)
            continue;
        begin_row(paper, fact->ask.in[LANG_VI] ? fact->ask : fact->label, fact->help, fact->id);
        add_fact_field(paper, fact);
        end_row(paper);
    }
}

/* ---- questions ---- */

static void add_scale(struct paper *paper, const struct question *question)
{
    struct flow_column columns[FLOW_COLUMNS_MAX] = {
        {.title = paper_tr(paper, PAPER_ITEM), .weight = 5, .minimum = 120}};
    size_t count = 1;

    for (size_t i = 0; i < question->option_count && count < FLOW_COLUMNS_MAX; i++)
        columns[count++] =
            (struct flow_column){.title = question->options[i].text.in[paper->lead], .weight = 1.4};
    flow_table_begin(paper->flow,
                     &(struct flow_table){.columns = columns, .count = count, .has_lines = true});
    for (size_t row = 0; row < question->row_count; row++) {
        struct flow_cell cells[FLOW_COLUMNS_MAX] = {
            {.text = paper_both(paper, question->rows[row].text)}};

        for (size_t i = 1; i < count; i++)
            cells[i] = (struct flow_cell){
                .text = option_code(question, i - 1), .sign = SIGN_BOX, .colour = COLOUR_INK};
        flow_row(paper->flow, ROW_PLAIN, cells, count);
    }
    flow_table_end(paper->flow);
}

static const char *bound_text(struct paper *paper, struct ratio bound)
{
    return ratio_is_valid(bound) ? text_of_number_short(paper->arena, bound, 4, paper->lead) : "…";
}

/* The unit at the end of the line, and from where to where the number may be. */
static void add_number(struct paper *paper, const struct question *question)
{
    const char *unit = question->unit.in[paper->lead], *range = NULL;

    if (ratio_is_valid(question->min_value) || ratio_is_valid(question->max_value))
        range = text_printf(paper->arena, paper->lead, "(từ %s đến %s)", "(%s to %s)",
                            bound_text(paper, question->min_value),
                            bound_text(paper, question->max_value));
    paper_lines(paper, 1,
               range
                   ? arena_printf(paper->arena, "%s%s%s", unit ? unit : "", unit ? " " : "", range)
                   : unit);
}

static void add_field(struct paper *paper, const struct question *question)
{
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
    case QUESTION_MULTIPLE:
        for (size_t i = 0; i < question->option_count; i++)
            add_tick(paper, option_code(question, i), question->options[i].text);
        break;
    case QUESTION_SCALE:
        add_scale(paper, question);
        break;
    case QUESTION_NUMBER:
        add_number(paper, question);
        break;
    case QUESTION_DATE:
        paper_comb(paper, "##/##/####");
        break;
    case QUESTION_FILE:
        flow_text(paper->flow, FLOW_SMALL, paper_both_tr(paper, PAPER_FILE));
        paper_lines(paper, 1, NULL);
        break;
    default:
        paper_lines(paper, 4, NULL);
    }
}

static const char *badge_of(const struct paper *paper, const struct question *question)
{
    if (question->type == QUESTION_MULTIPLE)
        return paper_tr(paper, PAPER_MANY);
    if (question->type == QUESTION_SCALE)
        return paper_tr(paper, PAPER_ROWS);
    return question->is_required ? paper_tr(paper, PAPER_REQUIRED) : NULL;
}

static void add_question(struct paper *paper, const struct question *question)
{
    const char *other = paper_other(paper, question->text);
    const char *help = question_help(question, paper->setup->section).in[paper->lead];
    const struct flow_box box = {
        .tone = TONE_PLAIN,
        .title = arena_printf(paper->arena, "%s  %s", question->id, question->text.in[paper->lead]),
        .badge = badge_of(paper, question)};

    flow_box_begin(paper->flow, &box);
    if (other)
        flow_text(paper->flow, FLOW_NOTE, other);
    if (question->show_if) {
        flow_text(paper->flow, FLOW_STRONG, paper_condition(paper, question, paper->lead));
        if (paper->has_other)
            flow_text(paper->flow, FLOW_NOTE, paper_condition(paper, question, paper->other));
    }
    if (help)
        flow_text(paper->flow, FLOW_SMALL, help);
    add_field(paper, question);
    if (question->may_be_na) {
        flow_tick(paper->flow, "na:", &(struct run){.text = paper_both_tr(paper, PAPER_NA)}, 1);
        paper_lines(paper, 1, NULL);
    }
    flow_box_end(paper->flow);
}

static void add_dimension(struct paper *paper, size_t index)
{
    const struct questionnaire *q = paper->setup->questionnaire;
    const struct dimension *dimension = &q->dimensions[index];

    add_heading(paper, 1, "", dimension->name);
    add_introduction(paper, dimension->meaning);
    for (size_t i = 0; i < dimension->indicator_count; i++) {
        const struct indicator *indicator = &q->indicators[dimension->first_indicator + i];

        if (dimension->indicator_count > 1)
            add_heading(paper, 2, indicator->id, indicator->name);
        for (size_t j = 0; j < indicator->question_count; j++)
            add_question(paper, &q->questions[indicator->first_question + j]);
    }
}

/* ---- around them ---- */

static const char *respondents(struct paper *paper)
{
    const struct questionnaire *q = paper->setup->questionnaire;
    const char *list = "";

    for (int i = 0; i < LEGAL_FORM__MAX; i++) {
        if (q->respondents[i])
            list = arena_printf(paper->arena, "%s%s%s", list, *list ? ", " : "",
                                legal_form_words((enum legal_form)i).in[paper->lead]);
    }
    return list;
}

static void add_opening(struct paper *paper)
{
    const struct questionnaire *q = paper->setup->questionnaire;

    flow_text(paper->flow, FLOW_SMALL,
              arena_printf(paper->arena, "%s · %s · %s: %s", paper_both_tr(paper, PAPER_KICKER),
                           q->ref, paper_tr(paper, PAPER_BACK_TO), respondents(paper)));
    flow_heading(paper->flow, 1, q->title.in[paper->lead]);
    if (paper_other(paper, q->title))
        flow_text(paper->flow, FLOW_NOTE, paper_other(paper, q->title));
    add_text(paper, FLOW_BODY, q->summary);
    flow_box_begin(paper->flow, &(struct flow_box){.tone = TONE_INFO});
    add_say(paper, FLOW_BODY, PAPER_HOW);
    flow_box_end(paper->flow);
}

static void add_closing(struct paper *paper)
{
    static const struct words minutes = {{"Số phút đã dùng để trả lời", "Minutes taken to answer"}};
    static const struct words none = {{NULL, NULL}};

    flow_heading(paper->flow, 1, paper_both_tr(paper, PAPER_SIGN));
    begin_row(paper, minutes, none, "minutes");
    paper_lines(paper, 1, NULL);
    end_row(paper);
    add_say(paper, FLOW_BODY, PAPER_SIGN_ANSWERED);
    paper_lines(paper, 2, NULL);
    add_say(paper, FLOW_BODY, PAPER_SIGN_TYPED);
    paper_lines(paper, 1, NULL);
    add_text(paper, FLOW_SMALL, paper->setup->questionnaire->status_note);
}

/* The entries of a dated list that hold on the day, two beside each other. */
static void add_terms(struct paper *paper, enum paper_text title, const struct terms *terms,
                      bool in_both)
{
    const struct flow_column columns[] = {{paper_tr(paper, PAPER_CODE), 2, 0, false},
                                          {paper_both_tr(paper, PAPER_NAME), 5, 0, false},
                                          {paper_tr(paper, PAPER_CODE), 2, 0, false},
                                          {paper_both_tr(paper, PAPER_NAME), 5, 0, false}};
    struct flow_cell cells[4];
    size_t used = 0;

    flow_table_begin(
        paper->flow,
        &(struct flow_table){.title = paper_both_tr(paper, title), .columns = columns, .count = 4});
    for (size_t i = 0; terms && i < terms->count; i++) {
        if (!term_holds(&terms->items[i], paper->setup->on))
            continue;
        cells[used++] = (struct flow_cell){.text = terms->items[i].id};
        cells[used++] = (struct flow_cell){.text = in_both ? paper_both(paper, terms->items[i].name)
                                                           : terms->items[i].name.in[paper->lead]};
        if (used == 4) {
            flow_row(paper->flow, ROW_PLAIN, cells, used);
            used = 0;
        }
    }
    if (used)
        flow_row(paper->flow, ROW_PLAIN, cells, used);
    flow_table_end(paper->flow);
}

enum status paper_print(struct arena *arena, const struct paper_setup *setup, struct buf *out,
                       struct err *err)
{
    const struct questionnaire *q = setup->questionnaire;
    struct paper paper = {.arena = arena,
                          .setup = setup,
                          .lead = setup->langs[0],
                          .other = setup->langs[setup->lang_count > 1],
                          .has_other = setup->lang_count > 1};
    const struct flow_setup pages = {
        .info = {.title = q->title.in[paper.lead], .date = setup->on, .lang = paper.lead},
        .header_left = q->title.in[paper.lead],
        .header_right = q->ref,
        .footer = arena_printf(arena, "%s · %.12s", q->ref, q->hash)};

    paper.flow = flow_new(arena, &pages);
    add_opening(&paper);
    add_facts(&paper);
    for (size_t d = 0; d < q->dimension_count; d++)
        add_dimension(&paper, d);
    add_closing(&paper);
    flow_heading(paper.flow, 1, paper_both_tr(&paper, PAPER_LISTS));
    add_terms(&paper, PAPER_SECTIONS, setup->facts->sections, true);
    add_terms(&paper, PAPER_AREAS, setup->facts->areas, false);
    return flow_finish(paper.flow, out, err);
}
