/* Page 8: how the level was computed, from what, and how to check it. */
#include "document.h"

#include <string.h>

#include "base/array.h"
#include "base/version.h"

#define HASH_SHOWN 12

/* ---- where the points come from ---- */

static void tell_segments(struct document *d)
{
    const struct report *report = d->report;
    const struct score *score = report->source.score;
    const size_t count = report->q->dimension_count;
    struct segment *items = ARENA_ARRAY(d->arena, struct segment, count + 1);
    struct segments *segments = ARENA_NEW(d->arena, struct segments);

    for (size_t i = 0; i < count; i++) {
        const struct score_part *part = &score->dimensions[i];

        items[i] = (struct segment){.name = report->q->dimensions[i].short_name.in[d->lang],
                                    .value = score_points(score, part),
                                    .max = score_max(score, part),
                                    .value_words = tell_points(d, score_points(score, part)),
                                    .max_words = tell_points(d, score_max(score, part))};
    }
    *segments = (struct segments){items, count};
    flow_heading(d->flow, 2, TELL(d, POINTS_FROM, "points", tell_points(d, report->points), NULL));
    flow_picture(d->flow, diagram_segments(segments), 0, phrase_bars_alt(d->t));
    flow_text(
        d->flow, FLOW_NOTE,
        report->q->total == AGGREGATE_POOLED
            ? TELL(d, POINTS_NOTE, "points", tell_points(d, report->points), "max",
                   tell_points(d, report->max), "percent", phrase_percent(d->t, report->percent, 1),
                   NULL)
            : TELL(d, POINTS_NOTE_MEAN, "percent", phrase_percent(d->t, report->percent, 1), NULL));
}

/* ---- the gates ---- */

static const char *bound_words(const struct document *d, const struct level_rule *rule)
{
    const char *bound;

    if (rule->kind == BOUND_NONE)
        return "";
    bound = rule->kind == BOUND_POINTS ? tell_points(d, rule->bound)
                                       : phrase_percent(d->t, rule->bound, 1);
    return arena_printf(d->arena, "%s %s",
                        rule->is_strict ? TELL(d, MORE_THAN, NULL) : TELL(d, AT_LEAST, NULL),
                        bound);
}

static struct gate gate_of(const struct document *d, const struct level_rule *rule)
{
    const struct report *report = d->report;
    const struct score *score = report->source.score;
    const int level = report->level ? report->level->level : LEVEL_NONE;

    return (struct gate){
        .level = phrase_level(d->t, rule),
        .value = rule->kind == BOUND_PERCENT ? report->percent : report->points,
        .bound = rule->kind == BOUND_NONE ? RATIO_NONE : rule->bound,
        .max = rule->kind == BOUND_PERCENT ? ratio_of(100) : report->max,
        .bound_words = bound_words(d, rule),
        .have = rule->at_least ? score_dimensions_at(score, rule->dimension_level) : 0,
        .at_least = rule->at_least,
        .of = report->q->dimension_count,
        .at_least_words = TELL(d, GATE_AT_LEAST, "count", phrase_count(d->t, rule->at_least), NULL),
        .is_passed = rule->level <= level,
        .is_current = rule->level == level};
}

static void tell_gates(struct document *d)
{
    const struct questionnaire *q = d->report->q;
    struct gate *items = ARENA_ARRAY(d->arena, struct gate, q->level_count + 1);
    struct gates *gates = ARENA_NEW(d->arena, struct gates);
    bool has_second = false;
    size_t count = 0;

    for (size_t i = q->level_count; i > 0; i--) {
        const struct level_rule *rule = &q->levels[i - 1];

        if (rule->kind == BOUND_NONE && !rule->at_least)
            continue;
        items[count++] = gate_of(d, rule);
        has_second |= rule->at_least > 0;
    }
    *gates = (struct gates){.items = items,
                            .count = count,
                            .first_words = TELL(d, GATE_FIRST, NULL),
                            .second_words = has_second ? TELL(d, GATE_SECOND, NULL) : NULL,
                            .not_yet = TELL(d, NOT_YET, NULL)};
    flow_heading(d->flow, 2, TELL(d, GATES_TITLE, NULL));
    flow_picture(d->flow, diagram_gates(gates), 0,
                 has_second ? TELL(d, METHOD_TWO, NULL) : TELL(d, METHOD_ONE, NULL));
}

/* "10, 20, 40, 60, 80" */
static const char *dimension_bounds(const struct document *d)
{
    const struct questionnaire *q = d->report->q;
    const char *text = "";

    for (size_t i = 0; i < q->dimension_level_count; i++) {
        if (q->dimension_levels[i].kind == BOUND_PERCENT)
            text =
                arena_printf(d->arena, "%s%s%d: %s", text, *text ? "; " : "",
                             q->dimension_levels[i].level, bound_words(d, &q->dimension_levels[i]));
    }
    return text;
}

/* How a score exactly at a bound was read. */
static void tell_method_notes(struct document *d)
{
    const struct report_source *source = &d->report->source;

    for (size_t i = 0; i < source->note_count; i++) {
        if (phrase_is_of_method(&source->notes[i]))
            flow_text(d->flow, FLOW_NOTE, source->notes[i].text.in[d->lang]);
    }
}

/* ---- what the levels mean ---- */

static void tell_meaning(struct document *d, const struct level_rule *rule, bool is_planned)
{
    const struct run runs[] = {
        {.text = TELL(d, LEVEL_TITLE, "level", phrase_level(d->t, rule), NULL), .face = FACE_BOLD},
        {.text = " "},
        {.text = rule->meaning.in[d->lang] ? rule->meaning.in[d->lang] : ""}};

    flow_rule(d->flow, is_planned);
    flow_runs(d->flow, FLOW_BODY, runs, ARRAY_SIZE(runs));
}

static void tell_meanings(struct document *d)
{
    static const double weights[] = {1, 1};
    const struct level_rule *next = d->report->demand.rule;

    if (!d->report->level)
        return;
    flow_columns_begin(d->flow, weights, next ? 2 : 1);
    tell_meaning(d, d->report->level, false);
    if (next) {
        flow_columns_next(d->flow);
        tell_meaning(d, next, true);
    }
    flow_columns_end(d->flow);
}

/* ---- basis and trust ---- */

static const char *basis_text(const struct document *d)
{
    const struct questionnaire *q = d->report->q;
    const char *text = "";

    for (size_t i = 0; i < q->basis_count; i++) {
        const struct basis *basis = &q->basis[i];

        text = arena_printf(d->arena, "%s%s%s", text, i ? "; " : "", basis->document);
        if (basis->date != DAY_NONE)
            text = arena_printf(d->arena, "%s (%s)", text, phrase_day(d->t, basis->date));
    }
    return *text ? text : "–";
}

static void tell_basis(struct document *d)
{
    const struct report *report = d->report;
    const char *peers = phrase_peers(d->t);

    flow_heading(d->flow, 2, TELL(d, BASIS_TITLE, NULL));
    flow_text(d->flow, FLOW_SMALL,
              TELL(d, BASIS_WORDS, "questionnaire", report->q->title.in[d->lang], "basis",
                   basis_text(d), NULL));
    flow_text(d->flow, FLOW_SMALL,
              TELL(d, BASIS_POLICIES, "day", phrase_day(d->t, report->source.on), NULL));
    if (peers)
        flow_text(d->flow, FLOW_SMALL, TELL(d, BASIS_PEERS, "peers", peers, NULL));
}

/* A long note is easier to read with a paragraph for each sentence. */
static void tell_sentences(struct document *d, const char *text)
{
    const char *end;

    for (; (end = strstr(text, ". ")) != NULL; text = end + 2)
        flow_text(d->flow, FLOW_SMALL, arena_printf(d->arena, "%.*s.", (int)(end - text), text));
    flow_text(d->flow, FLOW_SMALL, text);
}

static const char *who_answers_for_it(const struct document *d)
{
    const struct verification *verification = d->request->verification;
    const day submitted = d->report->source.response->submitted_on;

    if (verification)
        return TELL(d, TRUST_VERIFIED, "unit", verification->unit, "day",
                    phrase_day(d->t, verification->on), "reference", verification->reference,
                    NULL);
    return submitted == DAY_NONE
               ? TELL(d, TRUST_SELF, NULL)
               : TELL(d, TRUST_SELF_ON, "day", phrase_day(d->t, submitted), NULL);
}

static void tell_trust(struct document *d)
{
    const struct report *report = d->report;

    flow_heading(d->flow, 2, TELL(d, TRUST_TITLE, NULL));
    flow_text(d->flow, FLOW_SMALL, who_answers_for_it(d));
    if (report->q->status_note.in[d->lang])
        tell_sentences(d, report->q->status_note.in[d->lang]);
    flow_text(d->flow, FLOW_SMALL, TELL(d, TRUST_EXACT, NULL));
}

/* ---- how to check it ---- */

static void tell_check(struct document *d)
{
    const struct report *report = d->report;

    flow_text(d->flow, FLOW_STRONG, TELL(d, CHECK_TITLE, NULL));
    if (d->request->verification)
        tell_how_to_check(d);
    if (d->qr)
        flow_text(d->flow, FLOW_SMALL, TELL(d, CHECK_SCAN, NULL));
    flow_runs(d->flow, FLOW_SMALL,
              &(struct run){.text = arena_printf(d->arena,
                                                 "%s · %.*s…   %s %.*s…   dxready " DXREADY_VERSION,
                                                 report->q->ref, HASH_SHOWN, report->q->hash,
                                                 TELL(d, CATALOGUE, NULL), HASH_SHOWN,
                                                 report->source.match->applicant->catalogue->hash),
                            .anchor = d->request->kind == DOCUMENT_ANNEXED ? d->annex : 0},
              1);
    flow_text(d->flow, FLOW_SMALL,
              d->request->kind == DOCUMENT_ANNEXED ? TELL(d, CHECK_ANNEX, NULL)
                                                   : TELL(d, CHECK_ANNEX_WHERE, NULL));
}

static void tell_verification(struct document *d)
{
    static const double weights[] = {1, 5};

    flow_fill(d->flow);
    if (!d->qr) {
        flow_rule(d->flow, false);
        tell_check(d);
        return;
    }
    flow_columns_begin(d->flow, weights, 2);
    flow_picture(d->flow, qr_picture(d->qr), 74, TELL(d, QR_ALT, "uri", d->request->uri, NULL));
    flow_columns_next(d->flow);
    tell_check(d);
    flow_columns_end(d->flow);
}

/* ---- the page ---- */

static bool has_second_gate(const struct questionnaire *q)
{
    for (size_t i = 0; i < q->level_count; i++) {
        if (q->levels[i].at_least)
            return true;
    }
    return false;
}

void chapter_method(struct document *d)
{
    static const double weights[] = {1, 1};
    const struct questionnaire *q = d->report->q;
    const char *bounds = dimension_bounds(d);

    chapter_begin(d, TELL(d, PAGE_METHOD, NULL), TELL(d, ASKS_METHOD, NULL),
                  d->report->has_band  ? TELL(d, METHOD_BAND, NULL)
                  : has_second_gate(q) ? TELL(d, METHOD_TWO, NULL)
                                       : TELL(d, METHOD_ONE, NULL));
    tell_segments(d);
    if (!d->report->has_band)
        tell_gates(d);
    if (*bounds && !d->report->has_band)
        flow_text(d->flow, FLOW_NOTE, TELL(d, METHOD_BANDS, "bands", bounds, NULL));
    tell_method_notes(d);
    if (d->report->has_band && q->estimate.note.in[d->lang])
        flow_text(d->flow, FLOW_BODY, q->estimate.note.in[d->lang]);
    tell_meanings(d);
    flow_columns_begin(d->flow, weights, 2);
    tell_basis(d);
    flow_columns_next(d->flow);
    tell_trust(d);
    flow_columns_end(d->flow);
    tell_verification(d);
    chapter_next(d, TELL(d, NEXT_METHOD, "month", tell_month(d, 13), NULL));
}
