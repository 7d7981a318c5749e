#include "document.h"

/* How far the questionnaire's own text can be relied on. */
void phrase_status(struct phraser *t)
{
    const char *note = t->report->q->status_note.in[t->lang];

    if (!note)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_WARN,
                                               .title = PHRASE(t, STATUS_TITLE, NULL),
                                               .sign = SIGN_WARN});
    flow_text(t->flow, FLOW_BODY, note);
    flow_box_end(t->flow);
}

static const char *subject_name(const struct phraser *t)
{
    return phrase_fact(t, "name");
}

/* On every page: the round. How far the questionnaire can be relied on is told once, inside. */
static const char *header_right(const struct phraser *t)
{
    const char *round = t->report->source.response->round;

    return round ? PHRASE(t, HEADER_ROUND, "round", round, NULL) : "";
}

struct flow *phrase_new_flow(const struct phraser *t, enum report_text title)
{
    const struct report_source *source = &t->report->source;
    const char *name = subject_name(t);
    struct flow_setup setup = {
        .info = {.title =
                     arena_printf(t->arena, "%s – %s",
                                  wording_tr(t->wording, title, t->lang, t->arena, NULL), name),
                 .author = PHRASE(t, AUTHOR, NULL),
                 .subject = t->report->q->title.in[t->lang],
                 .keywords = PHRASE(t, KEYWORDS, NULL),
                 .date = source->on,
                 .lang = t->lang,
                 .mark = source->mark},
        .header_left = name,
        .header_right = header_right(t),
        .footer = PHRASE(t, FOOTER, "day", phrase_day(t, source->on), NULL),
        .pairs = t->wording->pairs[t->lang]};

    return flow_new(t->arena, &setup);
}

static void phrase_contents(struct phraser *t)
{
    flow_page_break(t->flow);
    flow_text(t->flow, FLOW_STRONG, PHRASE(t, CONTENTS_TITLE, NULL));
    flow_contents(t->flow, 1);
    phrase_status(t);
    phrase_notes(t);
}

static void (*const sections[REPORT_SECTION__MAX])(struct phraser *t) = {
    [SECTION_COVER] = phrase_cover,           [SECTION_CONTENTS] = phrase_contents,
    [SECTION_OVERVIEW] = phrase_overview,     [SECTION_PROGRESS] = phrase_progress,
    [SECTION_DIMENSIONS] = phrase_dimensions, [SECTION_STEPS] = phrase_steps,
    [SECTION_POLICIES] = phrase_policies,     [SECTION_ACTIONS] = phrase_actions,
    [SECTION_METHOD] = phrase_method,         [SECTION_ANSWERS] = phrase_answers,
};

enum status document_report(struct arena *arena, const struct report *report,
                            const struct wording *wording, enum lang lang, struct buf *out,
                            struct err *err)
{
    struct phraser t = {.report = report, .wording = wording, .lang = lang, .arena = arena};

    t.flow = phrase_new_flow(&t, TEXT_TITLE);
    t.anchors = ARENA_ARRAY(arena, unsigned, report->line_count + 1);
    for (size_t i = 0; i < report->line_count; i++)
        t.anchors[i] = flow_anchor(t.flow);
    for (size_t i = 0; i < wording->section_count; i++)
        sections[wording->sections[i]](&t);
    return flow_finish(t.flow, out, err);
}
