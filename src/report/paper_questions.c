/* All questions in two columns of as many pages as they need, then consent and signatures. */
#include "paper_parts.h"

#include "base/array.h"

#define GAP 13.0 /* between questions */
#define HEADING_ROOM 24.0
#define STRIP 779.0 /* the typist's cells */
#define STRIP_STEP 41.0

/* A question, and the dimension that begins with it, or NULL. */
struct block {
    const struct question *question;
    const struct dimension *begins;
    double height;
};

struct blocks {
    const struct block *items;
    size_t count;
};

void paper_measure(struct paper *paper)
{
    const struct questionnaire *q = paper->setup->questionnaire;
    struct block *items = ARENA_ARRAY(paper->arena, struct block, q->question_count + 1);
    struct paper dry = *paper;

    dry.pdf = NULL;
    paper->blocks = items;
    for (size_t i = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];
        const struct dimension *dimension = &q->dimensions[question->dimension];

        items[i].question = question;
        items[i].begins = dimension->first_question == i ? dimension : NULL;
        items[i].height = paper_question(&dry, (struct point){0, 0}, question, i + 1);
    }
}

/* The height of blocks that stand below each other; the page says the dimension of its first. */
static double height_of(struct blocks blocks, size_t from, size_t to, bool is_first)
{
    double height = 0;

    for (size_t i = from; i < to; i++) {
        if (blocks.items[i].begins && !(is_first && i == from))
            height += HEADING_ROOM;
        height += blocks.items[i].height + (i > from ? GAP : 0);
    }
    return height;
}

/* How many blocks a column takes; one that is higher than a page stands alone. */
static size_t fill(struct blocks blocks, size_t from, bool is_first)
{
    size_t to = from;

    while (to < blocks.count &&
           (to == from || height_of(blocks, from, to + 1, is_first) <= PAPER_BOTTOM - PAPER_TOP))
        to++;
    return to;
}

/* Where the second column of the last page begins, so that both are about as high. */
static size_t balance(struct blocks blocks, size_t from, size_t middle)
{
    size_t best = middle;
    double least = 1e9;

    for (size_t at = from; at <= middle; at++) {
        double left = height_of(blocks, from, at, true);
        double right = height_of(blocks, at, blocks.count, false);
        double high = left > right ? left : right;

        if (high < least && right <= PAPER_BOTTOM - PAPER_TOP) {
            least = high;
            best = at;
        }
    }
    return best;
}

static double draw_heading(struct paper *paper, struct point at, const struct dimension *dimension)
{
    paper_set(paper, at, PAPER_COLUMN, SET_QUESTION, dimension->name.in[paper->lang]);
    paper_rule(paper, (struct point){at.x, at.y + 15}, PAPER_COLUMN, COLOUR_TITLE);
    return HEADING_ROOM;
}

/* Returns where it ends. */
static double draw_column(struct paper *paper, struct blocks blocks, size_t from, size_t to,
                          double x, bool is_first)
{
    struct point at = {x, PAPER_TOP};

    for (size_t i = from; i < to; i++) {
        const struct block *block = &blocks.items[i];

        at.y += i > from ? GAP : 0;
        if (block->begins && !(is_first && i == from))
            at.y += draw_heading(paper, at, block->begins);
        if (paper->pdf)
            paper_question(paper, at, block->question, i + 1);
        at.y += block->height;
    }
    return at.y;
}

static double cell_of(const struct question *question)
{
    return question->type == QUESTION_SINGLE || question->type == QUESTION_YESNO ? 13 : 25;
}

/* A cell for each question of the page, for who types it in; a long one for several letters. */
static void draw_strip(struct paper *paper, struct blocks blocks, size_t from, size_t to)
{
    double x = PAPER_LEFT, step;

    x += paper_put(paper, (struct point){x, STRIP + 3}, SET_SMALL, paper_tr(paper, PAPER_TYPIST)) +
         8;
    step = (PAPER_LEFT + PAPER_WIDTH - x) / (double)(to - from);
    if (step > STRIP_STEP)
        step = STRIP_STEP;
    for (size_t i = from; i < to; i++, x += step) {
        double width = paper_put(paper, (struct point){x, STRIP + 3}, SET_SMALL,
                                 arena_printf(paper->arena, "%zu", i + 1));

        paper_cells(paper, (struct point){x + width + 2, STRIP}, cell_of(blocks.items[i].question),
                    14, "#");
    }
}

static const char *range_of(const struct paper *paper, size_t from, size_t to, size_t all)
{
    const char *first = arena_printf(paper->arena, "%zu", from + 1);
    const char *last = arena_printf(paper->arena, "%zu", to);
    const char *total = arena_printf(paper->arena, "%zu", all);

    return to == from + 1 ? paper_tr_with(paper, PAPER_RANGE_ONE, first, total, NULL)
                          : paper_tr_with(paper, PAPER_RANGE, first, last, total);
}

static const struct dimension *dimension_of(const struct paper *paper, const struct block *block)
{
    return &paper->setup->questionnaire->dimensions[block->question->dimension];
}

/* ---- consent and signatures ---- */

static void draw_consents(struct paper *paper, struct point at)
{
    static const enum paper_text texts[] = {PAPER_CONSENT_OFFICE, PAPER_CONSENT_FIGURES,
                                            PAPER_CONSENT_NEWS};

    at.y += paper_set(paper, at, PAPER_COLUMN, SET_SMALL, paper_tr(paper, PAPER_CONSENT_LEAD)) + 2;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        paper_tick(paper, (struct point){at.x, at.y + 1.5});
        at.y += paper_set(paper, (struct point){at.x + 14, at.y}, PAPER_COLUMN - 14, SET_OPTION,
                          paper_tr(paper, texts[i])) +
                2;
    }
    paper_cells(paper, (struct point){at.x + 14, at.y}, 13, 14, "##########");
}

/* Who it was, and a line for the signature. */
static void draw_signature(struct paper *paper, struct point at, enum paper_text who,
                           enum paper_text hint)
{
    double width = paper_put(paper, at, SET_QUESTION, paper_tr(paper, who));

    paper_put(paper, (struct point){at.x + width + 5, at.y + 1}, SET_SMALL, paper_tr(paper, hint));
    paper_rule(paper, (struct point){at.x, at.y + 38}, PAPER_COLUMN, COLOUR_AXIS);
    paper_put(paper, (struct point){at.x, at.y + 40}, SET_SMALL, paper_tr(paper, PAPER_DAY));
}

void paper_closing(struct paper *paper, double y)
{
    const double second = PAPER_LEFT + PAPER_COLUMN + PAPER_GUTTER;

    paper_set(paper, (struct point){PAPER_LEFT, y}, PAPER_WIDTH, SET_HEADING,
              paper_tr(paper, PAPER_SIGN));
    paper_rule(paper, (struct point){PAPER_LEFT, y + 19}, PAPER_WIDTH, COLOUR_TITLE);
    y += 22;
    draw_consents(paper, (struct point){PAPER_LEFT, y});
    draw_signature(paper, (struct point){second, y}, PAPER_ANSWERED, PAPER_ANSWERED_HINT);
    draw_signature(paper, (struct point){second, y + 54}, PAPER_TYPED, PAPER_TYPED_HINT);
    paper_set(paper, (struct point){PAPER_LEFT, y + 111}, PAPER_WIDTH, SET_SMALL,
              paper_tr(paper, PAPER_RESULT));
}

double paper_questions(struct paper *paper)
{
    struct blocks blocks = {paper->blocks, paper->setup->questionnaire->question_count};
    double end = PAPER_BOTTOM;

    for (size_t from = 0, to; from < blocks.count; from = to) {
        size_t middle = fill(blocks, from, true);
        double left, right;

        to = fill(blocks, middle, false);
        if (to == blocks.count)
            middle = balance(blocks, from, middle);
        paper_page(paper, dimension_of(paper, &blocks.items[from])->name.in[paper->lang],
                   range_of(paper, from, to, blocks.count));
        left = draw_column(paper, blocks, from, middle, PAPER_LEFT, true);
        right =
            draw_column(paper, blocks, middle, to, PAPER_LEFT + PAPER_COLUMN + PAPER_GUTTER, false);
        draw_strip(paper, blocks, from, to);
        end = left > right ? left : right;
    }
    return end;
}
