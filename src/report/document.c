/* The pages of a report, in the order that the wording gives. */
#include "document.h"

#define TIGHTNESS_MAX 5

static const char *header_right(const struct document *d)
{
    const struct report_source *source = &d->report->source;
    const char *on = phrase_day(d->t, source->on), *round = source->response->round;

    return round ? TELL(d, HEADER_ROUND, "round", round, "day", on, NULL)
                 : TELL(d, HEADER_DAY, "day", on, NULL);
}

static const char *footer(const struct document *d)
{
    const struct verification *verification = d->request->verification;

    if (!verification)
        return TELL(d, FOOTER, NULL);
    return TELL(d, FOOTER_VERIFIED, "unit", verification->unit, "day",
                phrase_day(d->t, verification->on), NULL);
}

static struct flow *new_flow(const struct document *d)
{
    const bool is_summary = d->request->kind == DOCUMENT_SUMMARY;
    const char *title = is_summary ? TELL(d, SUMMARY_TITLE, NULL) : TELL(d, TITLE, NULL);
    const char *name = phrase_fact(d->t, "name");
    const struct questionnaire *q = d->report->q;
    struct flow_setup setup = {.info = {.title = arena_printf(d->arena, "%s – %s", title, name),
                                        .author = TELL(d, AUTHOR, NULL),
                                        .subject = q->title.in[d->lang],
                                        .keywords = TELL(d, KEYWORDS, NULL),
                                        .date = d->report->source.on,
                                        .lang = d->lang,
                                        .mark = d->report->source.mark},
                               .header_left = name,
                               .header_right = header_right(d),
                               .header_first = title,
                               .footer = footer(d),
                               .footer_right = arena_printf(d->arena, "dxready · %s", q->ref),
                               .pairs = d->t->wording->pairs[d->lang],
                               .is_compact = true};

    return flow_new(d->arena, &setup);
}

void chapter_begin(struct document *d, const char *name, const char *question, const char *finding)
{
    flow_chapter(d->flow, name);
    flow_text(d->flow, FLOW_KICKER, arena_printf(d->arena, "%zu · %s", ++d->chapters, question));
    flow_keep(d->flow);
    flow_heading(d->flow, 1, finding);
}

void chapter_next(struct document *d, const char *what)
{
    const struct run runs[] = {
        {.text = TELL(d, NEXT, NULL), .face = FACE_BOLD}, {.text = " "}, {.text = what}};

    flow_next_step(d->flow, runs, 3);
}

static void (*const pages[REPORT_SECTION__MAX])(struct document *d) = {
    [SECTION_RESULT] = chapter_result, [SECTION_WHERE] = chapter_where,
    [SECTION_WHY] = chapter_why,       [SECTION_FIRST] = chapter_first,
    [SECTION_WHEN] = chapter_when,     [SECTION_MONEY] = chapter_money,
    [SECTION_PAPERS] = chapter_papers, [SECTION_METHOD] = chapter_method,
    [SECTION_ANNEX] = chapter_annex,   [SECTION_SUMMARY] = chapter_summary,
};

static const struct section_list *sections_of(const struct document *d)
{
    const struct wording *wording = d->t->wording;

    if (d->request->kind == DOCUMENT_SUMMARY)
        return &wording->lists[LIST_SUMMARY];
    return &wording->lists[is_household(d) ? LIST_HOUSEHOLD : LIST_SECTIONS];
}

static void tell_all(struct document *d)
{
    const struct section_list *list = sections_of(d);

    for (size_t i = 0; i < list->count; i++)
        pages[list->items[i]](d);
    if (d->request->kind == DOCUMENT_ANNEXED)
        chapter_annex(d);
}

static enum status make_once(struct document *d, struct buf *out, struct err *err)
{
    d->chapters = 0;
    d->flow = new_flow(d);
    d->annex = flow_anchor(d->flow);
    tell_all(d);
    return flow_finish(d->flow, out, err);
}

/* A summary is one page: it tells less until it is. */
static enum status make_summary(struct document *d, struct buf *out, struct err *err)
{
    enum status status = OK;
    struct buf page;

    buf_init(&page, PDF_BYTES_MAX);
    for (; d->tightness <= TIGHTNESS_MAX; d->tightness++) {
        buf_clear(&page);
        status = make_once(d, &page, err);
        if (status != OK || flow_page_count(d->flow) == 1)
            break;
    }
    if (status == OK)
        buf_add(out, buf_text(&page), page.len);
    buf_free(&page);
    return status;
}

enum status document_make(struct arena *arena, const struct document_request *request,
                          struct buf *out, struct err *err)
{
    const struct phraser t = {.report = request->report,
                              .wording = request->wording,
                              .lang = request->lang,
                              .arena = arena};
    struct document d = {.t = &t,
                         .report = request->report,
                         .request = request,
                         .arena = arena,
                         .lang = request->lang};

    if (request->uri && qr_new(arena, request->uri, &d.qr, err) != OK)
        return err->status;
    document_fill(&d);
    return request->kind == DOCUMENT_SUMMARY ? make_summary(&d, out, err) : make_once(&d, out, err);
}
