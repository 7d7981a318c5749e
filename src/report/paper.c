/* A questionnaire on paper, and the sheet of facts that only some policies need. */
#include "paper_parts.h"

#include "base/text.h"

typedef void paper_part(struct paper *paper);

#define GAP 10.0
#define LAST 797.0 /* a page without a strip for the typist goes down to here */

static bool has_room(double end, double bottom)
{
    return end + GAP + PAPER_CLOSING <= bottom;
}

/* It is signed behind the questions; where that would cost a page, at the end of the first one if
 * there is room. */
static void print_questionnaire(struct paper *paper)
{
    struct paper dry = *paper;
    double end, who;
    bool is_first;

    dry.pdf = NULL;
    end = paper_questions(&dry);
    who = paper_who(paper);
    is_first = !has_room(end, PAPER_BOTTOM) && has_room(who, LAST);
    if (is_first)
        paper_closing(paper, who + GAP);
    end = paper_questions(paper);
    if (is_first)
        return;
    if (!has_room(end, PAPER_BOTTOM)) {
        paper_page(paper, NULL, NULL);
        end = PAPER_TOP - GAP;
    }
    paper_closing(paper, end + GAP);
}

/* Counts the pages first: each says how many there are. */
static void print_language(struct paper *paper, enum lang lang, paper_part *part)
{
    struct paper counted;

    paper->lang = lang;
    paper->page = 0;
    if (paper->setup->questionnaire)
        paper_measure(paper);
    counted = *paper;
    counted.pdf = NULL;
    part(&counted);
    paper->pages = counted.page;
    part(paper);
}

static enum status print(struct arena *arena, const struct paper_setup *setup, const char *title,
                         const char *name, paper_part *part, struct buf *out, struct err *err)
{
    struct paper paper = {.arena = arena, .setup = setup, .name = name};
    enum status status;

    paper.pdf =
        pdf_new(&(struct pdf_info){.title = title, .date = setup->on, .lang = setup->langs[0]});
    for (size_t i = 0; i < setup->lang_count; i++)
        print_language(&paper, setup->langs[i], part);
    status = pdf_finish(paper.pdf, out, err);
    pdf_free(paper.pdf);
    return status;
}

enum status paper_print(struct arena *arena, const struct paper_setup *setup, struct buf *out,
                        struct err *err)
{
    const struct questionnaire *q = setup->questionnaire;

    return print(arena, setup, q->title.in[setup->langs[0]], q->ref, print_questionnaire, out, err);
}

enum status paper_print_more(struct arena *arena, const struct paper_setup *setup, struct buf *out,
                             struct err *err)
{
    const struct paper paper = {.lang = setup->langs[0]};
    const char *title = paper_tr(&paper, PAPER_MORE_TITLE);

    return print(arena, setup, title, title, paper_more, out, err);
}
