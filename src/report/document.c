#include "document.h"

#include "base/text.h"

/* ---- values as people read them ---- */

const char *tell_number(const struct teller *t, struct ratio r, unsigned decimals)
{
    return ratio_is_valid(r) ? text_of_number_short(t->arena, r, decimals, t->lang) : "–";
}

const char *tell_percent(const struct teller *t, struct ratio percent, unsigned decimals)
{
    if (!ratio_is_valid(percent))
        return "–";
    return arena_printf(t->arena, "%s\u00a0%%", tell_number(t, percent, decimals));
}

const char *tell_change(const struct teller *t, struct ratio change)
{
    if (!ratio_is_valid(change))
        return "–";
    if (change.num < 0)
        return arena_printf(t->arena, "−%s", tell_number(t, ratio_sub(ratio_of(0), change), 2));
    return arena_printf(t->arena, "%s%s", change.num ? "+" : "", tell_number(t, change, 2));
}

const char *tell_count(const struct teller *t, size_t count)
{
    return tell_number(t, ratio_of((int64_t)count), 0);
}

const char *tell_money(const struct teller *t, int64_t dong)
{
    return text_of_money(t->arena, dong, t->lang);
}

const char *tell_day(const struct teller *t, day d)
{
    return d == DAY_NONE ? "–" : text_of_day(t->arena, d);
}

const char *tell_level(const struct teller *t, const struct level_rule *rule)
{
    if (!rule)
        return TELL(t, NOT_RATED, NULL);
    if (!rule->name.in[t->lang])
        return arena_printf(t->arena, "%d", rule->level);
    return arena_printf(t->arena, "%d – %s", rule->level, rule->name.in[t->lang]);
}

const char *tell_dimension_level(const struct teller *t, const struct report_dimension *dimension)
{
    if (!t->report->q->dimension_level_count || !ratio_is_valid(dimension->percent))
        return "–";
    return arena_printf(t->arena, "%d", dimension->level);
}

const char *tell_fact(const struct teller *t, const char *id)
{
    const struct applicant *applicant = t->report->source.match->applicant;
    const struct response *response = t->report->source.response;
    const struct facts *facts = applicant->catalogue->facts;
    size_t fact = facts_find(facts, id);
    day on = response->submitted_on != DAY_NONE ? response->submitted_on : applicant->on;

    if (fact == MAP_NONE || applicant->values[fact].kind == VALUE_UNKNOWN)
        return TELL(t, NOT_GIVEN, NULL);
    return fact_print(facts, fact, &applicant->values[fact], on, t->lang, t->arena);
}

const char *tell_size(const struct teller *t)
{
    int size = size_only(t->report->source.match->applicant->size.possible);

    return size < 0 ? TELL(t, SIZE_UNKNOWN, NULL) : size_words((enum size_class)size).in[t->lang];
}

const char *tell_answer(const struct teller *t, const struct question *question,
                        const struct answer *answer)
{
    const char *text = answer_print(question, answer, t->lang, t->arena);

    if (*text)
        return text;
    return answer->state == ANSWER_GIVEN ? TELL(t, NOTHING_CHOSEN, NULL)
                                         : TELL(t, NOT_ANSWERED, NULL);
}

const char *tell_sentence(const struct teller *t)
{
    const struct report *report = t->report;

    if (!report->level)
        return TELL(t, SENTENCE_NOT_RATED, NULL);
    return TELL(t, SENTENCE, "points", tell_number(t, report->points, 2), "max",
                tell_number(t, report->max, 2), "percent", tell_percent(t, report->percent, 1),
                "level", tell_level(t, report->level), NULL);
}

/* ---- documents ---- */

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
    t.anchors = ARENA_ARRAY(arena, unsigned, report->eligible_count + 1);
    for (size_t i = 0; i < report->eligible_count; i++)
        t.anchors[i] = flow_anchor(t.flow);
    for (size_t i = 0; i < wording->section_count; i++)
        sections[wording->sections[i]](&t);
    return flow_finish(t.flow, out, err);
}
