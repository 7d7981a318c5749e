#include "document.h"

/* How far the questionnaire's own text can be relied on. */
void tell_status(struct teller *t)
{
    const char *note = t->report->q->status_note.in[t->lang];

    if (!note)
        return;
    flow_box_begin(t->flow, &(struct flow_box){.tone = TONE_WARN,
                                               .title = TELL(t, STATUS_TITLE, NULL),
                                               .sign = SIGN_WARN});
    flow_text(t->flow, FLOW_BODY, note);
    flow_box_end(t->flow);
}

static const char *subject_name(const struct teller *t)
{
    return tell_fact(t, "name");
}

/* On every page: the round, and that the questionnaire is not an official text where it is not. */
static const char *header_right(const struct teller *t)
{
    const char *round = t->report->source.response->round;
    const char *text = round ? TELL(t, HEADER_ROUND, "round", round, NULL) : "";
    enum report_text status =
        t->report->q->status == STATUS_REPORTED ? TEXT_HEADER_REPORTED : TEXT_HEADER_OWN;

    if (t->report->q->status == STATUS_OFFICIAL)
        return text;
    return arena_printf(t->arena, "%s%s%s", text, *text ? " · " : "",
                        wording_say(t->wording, status, t->lang, t->arena, NULL));
}

struct flow *tell_new_flow(const struct teller *t, enum report_text title)
{
    const struct report_source *source = &t->report->source;
    const char *name = subject_name(t);
    struct flow_setup setup = {
        .info = {.title =
                     arena_printf(t->arena, "%s – %s",
                                  wording_say(t->wording, title, t->lang, t->arena, NULL), name),
                 .author = TELL(t, AUTHOR, NULL),
                 .subject = t->report->q->title.in[t->lang],
                 .keywords = TELL(t, KEYWORDS, NULL),
                 .date = source->on,
                 .lang = t->lang},
        .header_left = name,
        .header_right = header_right(t),
        .footer = TELL(t, FOOTER, "day", tell_day(t, source->on), NULL),
        .pairs = t->wording->pairs[t->lang]};

    return flow_new(t->arena, &setup);
}

static void tell_contents(struct teller *t)
{
    flow_page_break(t->flow);
    flow_text(t->flow, FLOW_STRONG, TELL(t, CONTENTS_TITLE, NULL));
    flow_contents(t->flow, 1);
    tell_status(t);
    tell_notes(t);
}

static void (*const sections[REPORT_SECTION__MAX])(struct teller *t) = {
    [SECTION_COVER] = tell_cover,           [SECTION_CONTENTS] = tell_contents,
    [SECTION_OVERVIEW] = tell_overview,     [SECTION_PROGRESS] = tell_progress,
    [SECTION_DIMENSIONS] = tell_dimensions, [SECTION_STEPS] = tell_steps,
    [SECTION_POLICIES] = tell_policies,     [SECTION_ACTIONS] = tell_actions,
    [SECTION_METHOD] = tell_method,         [SECTION_ANSWERS] = tell_answers,
};

enum status document_report(struct arena *arena, const struct report *report,
                            const struct wording *wording, enum lang lang, struct buf *out,
                            struct err *err)
{
    struct teller t = {.report = report, .wording = wording, .lang = lang, .arena = arena};

    t.flow = tell_new_flow(&t, TEXT_TITLE);
    t.anchors = ARENA_ARRAY(arena, unsigned, report->line_count + 1);
    for (size_t i = 0; i < report->line_count; i++)
        t.anchors[i] = flow_anchor(t.flow);
    for (size_t i = 0; i < wording->section_count; i++)
        sections[wording->sections[i]](&t);
    return flow_finish(t.flow, out, err);
}
