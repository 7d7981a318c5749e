/* How a review plan is told: sentences, bars, reasons. */
#include "review_plan_view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "case_page.h"
#include "case_words.h"
#include "web_paths.h"

static const char *tr_two(struct request *rq, enum web_text text, const char *a, const char *b)
{
    return web_tr(rq->lang, text, rq->arena, (const char *[]){a, b}, 2);
}

const char *plan_percent(struct request *rq, double share)
{
    struct ratio percent = ratio_make((wide)llround(share * 1000), 10);

    return arena_printf(rq->arena, "%s %%", text_of_number(rq->arena, percent, 1, rq->lang));
}

const struct plan_case *plan_case_of(const struct plan_case *list, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].id == id)
            return &list[i];
    }
    return NULL;
}

/* ---- why ---- */

struct reasons {
    struct request *rq;
    const char *text;
};

static void add_reason(struct reasons *r, const char *text)
{
    r->text = arena_printf(r->rq->arena, "%s%s%s", r->text, *r->text ? "; " : "", text);
}

static void add_margin(struct reasons *r, const struct case_shown *shown)
{
    struct arena *arena = r->rq->arena;

    if (!shown->margin)
        return;
    add_reason(r, web_tr(r->rq->lang, shown->margin < 0 ? WEB_plan_why_lose : WEB_plan_why_gain,
                         arena,
                         (const char *[]){arena_printf(arena, "%d", abs(shown->margin)),
                                          case_margin_names(r->rq, shown),
                                          arena_printf(arena, "%d", shown->level)},
                         3));
}

static const char *millions(struct request *rq, int64_t dong)
{
    return text_of_number_short(rq->arena, ratio_make(dong, 1000000), 1, rq->lang);
}

static const char *why(struct request *rq, const struct case_shown *shown)
{
    struct reasons r = {rq, ""};

    add_margin(&r, shown);
    for (int i = 0; i < QUALITY__MAX; i++) {
        if (shown->flags >> i & 1)
            add_reason(&r, quality_name((enum quality_kind)i).in[rq->lang]);
    }
    if (!shown->files)
        add_reason(&r, tr(rq, WEB_queue_no_evidence));
    if (shown->support_vnd)
        add_reason(&r, tr_with(rq, WEB_plan_why_support, millions(rq, shown->support_vnd)));
    return *r.text ? arena_printf(rq->arena, "%s.", text_capital(rq->arena, r.text)) : "";
}

struct plan_risk_row plan_risk_view(struct request *rq, const struct case_row *row,
                                    const struct plan_case *c)
{
    const struct case_shown *shown = &row->shown;
    struct plan_risk_row view = {
        .place = (size_t)c->position,
        .path = path_with(rq->arena, path_page_case(rq->arena, row->id), "ds",
                          c->is_risk ? QUEUE_PLAN "=rui-ro" : QUEUE_PLAN "=mau"),
        .area = case_area(rq, shown->area),
        .state = case_state_words(row->at.state).in[rq->lang],
        .state_tone = case_state_tone(row->at.state),
        .why = why(rq, shown),
        .chance = plan_percent(rq, (double)c->chance / 1e6),
        .stake = millions(rq, risk_stake(shown->support_vnd, shown->margin, CASE_MARGIN_MAX)),
        .expected = millions(rq, c->expected_vnd)};

    view.name = case_name(rq, shown->name, &view.form);
    return view;
}

/* ---- what was looked at ---- */

static struct plan_bar bar(struct request *rq, enum web_text name, enum web_text note,
                           const struct plan_progress *progress)
{
    return (struct plan_bar){
        .name = tr(rq, name),
        .note = tr(rq, note),
        .text = arena_printf(rq->arena, "%s/%s", desk_number(rq, progress->done),
                             desk_number(rq, progress->all)),
        .percent = (size_t)(progress->all ? 100 * progress->done / progress->all : 0)};
}

static void fill_bars(struct request *rq, const struct plan_standing *s,
                      struct review_plan_page *page)
{
    const struct plan_progress all = {s->plan.files, s->plan.files};
    struct plan_bar *bars = ARENA_ARRAY(rq->arena, struct plan_bar, 3);
    size_t n = 0;

    if (s->sees_whole)
        bars[n++] = bar(rq, WEB_plan_auto, WEB_plan_auto_note, &all);
    bars[n++] = bar(rq, WEB_plan_sample, WEB_plan_sample_note, &s->sample);
    bars[n++] = bar(rq, WEB_plan_risk, WEB_plan_risk_note, &s->risk);
    page->bars = bars;
    page->bar_count = n;
}

/* Hours of so many files, up. */
static int64_t hours_of(const struct plan_standing *s, int64_t files)
{
    return (files * s->minutes + 59) / 60;
}

static void fill_hours(struct request *rq, const struct plan_standing *s,
                       struct review_plan_page *page)
{
    int64_t sample = s->sample.all - s->sample.done, risk = s->risk.all - s->risk.done;
    const char *minutes = arena_printf(rq->arena, "%d", s->minutes);

    page->sample_hours = tr_two(rq, WEB_plan_left_hours, desk_number(rq, sample),
                                desk_number(rq, hours_of(s, sample)));
    page->risk_hours = tr_two(rq, WEB_plan_left_hours, desk_number(rq, risk),
                              desk_number(rq, hours_of(s, risk)));
    page->hours = tr_with(rq, WEB_plan_sum_hours, desk_number(rq, hours_of(s, sample + risk)));
    page->minutes = s->is_measured
                        ? tr_with(rq, WEB_plan_minutes_measured, minutes)
                        : tr_two(rq, WEB_plan_minutes_assumed, minutes,
                                 arena_printf(rq->arena, "%d", PLAN_EFFORTS_MIN));
}

/* ---- the estimate ---- */

static const char *sentence(struct request *rq, const struct plan_standing *s)
{
    const struct rate *rate = &s->rate;

    if (!s->sees_whole)
        return tr(rq, WEB_plan_rate_areas);
    if (!rate->is_known)
        return tr_two(rq, WEB_plan_rate_soon, desk_number(rq, (int64_t)rate->seen),
                      arena_printf(rq->arena, "%d", RATE_SEEN_MIN));
    return web_tr(rq->lang, WEB_plan_rate, rq->arena,
                  (const char *[]){plan_percent(rq, rate->rate), plan_percent(rq, rate->low),
                                   plan_percent(rq, rate->high)},
                  3);
}

static struct plan_section_row section_row(struct request *rq, const char *name,
                                           const struct plan_stratum *strata, size_t count)
{
    struct rate_stratum *parts = ARENA_ARRAY(rq->arena, struct rate_stratum, count + 1);
    struct plan_section_row row = {.name = name, .rate = "–"};
    int64_t taken = 0;
    struct rate rate;

    for (size_t i = 0; i < count; i++) {
        parts[i] = (struct rate_stratum){(size_t)strata[i].files, (size_t)strata[i].seen,
                                         (size_t)strata[i].wrong};
        taken += strata[i].taken;
    }
    rate_estimate(parts, count, &rate);
    row.files = desk_number(rq, (int64_t)rate.files);
    row.seen = arena_printf(rq->arena, "%s/%s", desk_number(rq, (int64_t)rate.seen),
                            desk_number(rq, taken));
    row.wrong = desk_number(rq, (int64_t)rate.wrong);
    row.has_rate = rate.is_known;
    if (!rate.is_known)
        return row;
    row.rate = text_of_number(rq->arena, ratio_make((wide)llround(rate.rate * 1000), 10), 1,
                              rq->lang);
    row.low = llround(rate.low * 1000);
    row.width = llround(rate.high * 1000) - row.low;
    row.middle = llround(rate.rate * 992); /* the tick is 8 wide */
    return row;
}

static const char *section_name(struct request *rq, const char *id)
{
    const struct term *term =
        *id ? terms_find(rq->site->loaded.facts->sections, id, rq->app.today) : NULL;

    return term ? arena_printf(rq->arena, "%s · %s", id, term->name.in[rq->lang])
           : *id ? id : tr(rq, WEB_case_unknown);
}

static void fill_sections(struct request *rq, const struct plan_standing *s,
                          struct review_plan_page *page)
{
    struct plan_section_row *rows =
        ARENA_ARRAY(rq->arena, struct plan_section_row, s->stratum_count + 1);
    size_t n = 0, end;

    if (!s->sees_whole)
        return;
    for (size_t i = 0; i < s->stratum_count; i = end) {
        end = i + 1;
        while (end < s->stratum_count &&
               strcmp(s->strata[end].section, s->strata[i].section) == 0)
            end++;
        rows[n++] = section_row(rq, section_name(rq, s->strata[i].section), &s->strata[i],
                                end - i);
    }
    rows[n++] = section_row(rq, tr(rq, WEB_plan_whole), s->strata, s->stratum_count);
    page->sections = rows;
    page->section_count = n;
}

void plan_view_fill(struct request *rq, const struct plan_standing *s,
                    struct review_plan_page *page)
{
    const struct review_plan *plan = &s->plan;
    struct path queue = path_page_queue(rq->arena);

    page->sentence = sentence(rq, s);
    page->lead = web_tr(
        rq->lang, WEB_plan_lead, rq->arena,
        (const char *[]){desk_number(rq, plan->files),
                         text_of_day(rq->arena, day_of_utc(plan->made_at)),
                         plan->account ? account_called(rq, plan->account) : "dxready",
                         desk_number(rq, hours_of(s, plan->files))},
        4);
    fill_bars(rq, s, page);
    fill_hours(rq, s, page);
    fill_sections(rq, s, page);
    page->risk_list = path_with(rq->arena, queue, QUEUE_PLAN, "rui-ro");
    page->sample_list = path_with(rq->arena, queue, QUEUE_PLAN, "mau");
    page->csv = path_with(rq->arena, path_page_review_plan_csv(rq->arena), "round", page->round);
    page->drawn = web_tr(
        rq->lang, WEB_plan_drawn, rq->arena,
        (const char *[]){arena_printf(rq->arena, "%lld", (long long)plan->seed),
                         text_of_number_short(rq->arena, ratio_make(plan->half_width, 100), 2,
                                              rq->lang),
                         plan_percent(rq, plan->expected / 10000.0), desk_number(rq, s->out)},
        4);
}
