/* The review plan of a round: made, followed, downloaded. */
#include "case_page.h"
#include "case_words.h"
#include "review_plan_view.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <string.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

#define RISKS_SHOWN 20
#define CSV_ROWS_MAX 100000

static const struct json_member risk_members[] = {
    JSON_VALUE(MEMBER_SIZE, struct plan_risk_row, "place", place),
    JSON_VALUE(MEMBER_TEXT, struct plan_risk_row, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct plan_risk_row, "why", why),
    JSON_VALUE(MEMBER_TEXT, struct plan_risk_row, "chance", chance),
    JSON_VALUE(MEMBER_TEXT, struct plan_risk_row, "expected", expected),
};
const struct json_shape shape_plan_risk =
    JSON_SHAPE(struct plan_risk_row, "DeskPlanRisk", risk_members);

static const struct json_member bar_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct plan_bar, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct plan_bar, "seen", text),
};
const struct json_shape shape_plan_bar = JSON_SHAPE(struct plan_bar, "DeskPlanPart", bar_members);

static const struct json_member plan_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct review_plan_page, "token", token),
    JSON_VALUE(MEMBER_TEXT, struct review_plan_page, "round", round),
    JSON_VALUE(MEMBER_TEXT, struct review_plan_page, "sentence", sentence),
    JSON_VALUE(MEMBER_FLAG, struct review_plan_page, "has_plan", has_plan),
    JSON_PARTS(struct review_plan_page, "parts", bars, bar_count, &shape_plan_bar),
    JSON_PARTS(struct review_plan_page, "risks", risks, risk_count, &shape_plan_risk),
};
const struct json_shape shape_review_plan =
    JSON_SHAPE(struct review_plan_page, "DeskReviewPlan", plan_members);

/* ---- which round ---- */

/* That of the query, if there is one; else the first that has files. */
static enum status choose_round(struct request *rq, struct review_plan_page *page, struct err *err)
{
    struct field field = {.name = "round", .max = ROUND_BYTES_MAX};
    struct plan_round *rounds;
    struct choice_view *choices;
    size_t count;
    enum status status = review_rounds(&rq->app, rq->arena, &rounds, &count, err);

    if (status != OK)
        return status;
    query_read(rq->arena, rq->x->request.query, &field, 1);
    choices = ARENA_ARRAY(rq->arena, struct choice_view, count + 1);
    page->round = count ? rounds[0].name : "";
    for (size_t i = 0; i < count; i++) {
        choices[i] = (struct choice_view){rounds[i].name, rounds[i].name, false};
        if (field.value && strcmp(field.value, rounds[i].name) == 0)
            page->round = rounds[i].name;
    }
    for (size_t i = 0; i < count; i++)
        choices[i].is_chosen = choices[i].value == page->round;
    page->rounds = choices;
    page->round_count = count;
    return OK;
}

/* ---- cases of a part ---- */

static enum status list_part(struct request *rq, int64_t plan, const char *part, bool only_open,
                             int64_t most, struct case_row **rows, size_t *count, struct err *err)
{
    struct case_filter filter = CASE_FILTER_NONE;
    const struct case_window window = {.sort = CASE_BY_PLAN, .limit = most};

    filter.plan = plan;
    filter.plan_part = part;
    if (only_open)
        filter.states = "|submitted|in_review|asked|answered|proposed|reopened|";
    return cases_list(&rq->app, &filter, &window, rq->arena, rows, count, NULL, err);
}

static enum status fill_risks(struct request *rq, const struct plan_standing *s,
                              struct review_plan_page *page, struct err *err)
{
    struct plan_risk_row *views = ARENA_ARRAY(rq->arena, struct plan_risk_row, RISKS_SHOWN);
    struct case_row *rows;
    enum status status = list_part(rq, s->plan.id, "risk", true, RISKS_SHOWN, &rows,
                                   &page->risk_count, err);

    if (status != OK)
        return status;
    for (size_t i = 0; i < page->risk_count; i++) {
        const struct plan_case *risk = plan_case_of(s->risks, s->risk_count, rows[i].id);

        if (risk)
            views[i] = plan_risk_view(rq, &rows[i], risk);
    }
    page->risks = views;
    return OK;
}

static enum status fill_checks(struct request *rq, struct review_plan_page *page, struct err *err)
{
    struct plan_check_row *rows = ARENA_ARRAY(rq->arena, struct plan_check_row, QUALITY__MAX);
    int64_t counts[QUALITY__MAX], files;
    enum status status = review_flags(&rq->app, page->round, counts, &files, err);

    for (int i = 0; status == OK && i < QUALITY__MAX; i++)
        rows[i] = (struct plan_check_row){
            .name = text_capital(rq->arena, quality_name((enum quality_kind)i).in[rq->lang]),
            .count = counts[i],
            .path = path_with(rq->arena, path_page_queue(rq->arena), "co",
                              quality_code((enum quality_kind)i))};
    page->checks = rows;
    page->check_count = QUALITY__MAX;
    return status;
}

/* ---- the page ---- */

static void fill_form(struct request *rq, const struct plan_wish *wish,
                      struct review_plan_page *page)
{
    page->half_width = text_of_number_short(rq->arena, ratio_make(wish->half_width, 100), 2,
                                            rq->lang);
    page->expected = text_of_number_short(rq->arena, ratio_make(wish->expected, 100), 2, rq->lang);
    page->hours_wanted = arena_printf(rq->arena, "%d", wish->risk_hours);
    page->blind_percent = arena_printf(rq->arena, "%d", wish->blind_percent);
}

static enum status fill(struct request *rq, struct review_plan_page *page, struct err *err)
{
    struct plan_standing standing;
    enum status status = choose_round(rq, page, err);

    page->may_make = permission(&rq->desk.account, ACT_PLAN_REVIEWS) != REACH_NONE;
    page->may_export = permission(&rq->desk.account, ACT_EXPORT_CASES) != REACH_NONE;
    if (status != OK)
        return status;
    status = review_plan_stand(&rq->app, page->round, rq->arena, &standing, err);
    page->sentence = tr(rq, *page->round ? WEB_plan_none : WEB_plan_nothing);
    if (status == NOT_FOUND)
        return OK;
    if (status != OK)
        return status;
    page->has_plan = true;
    plan_view_fill(rq, &standing, page);
    status = fill_risks(rq, &standing, page, err);
    return status == OK ? fill_checks(rq, page, err) : status;
}

static enum work_queue show(struct request *rq, unsigned code, struct review_plan_page *page)
{
    static const struct form_faults none;
    struct desk_layout layout = desk_layout(rq, WEB_plan_nav);
    struct err err;

    page->token = rq->form_token;
    page->faults = page->faults ? page->faults : &none;
    if (fill(rq, page, &err) != OK)
        return request_error(rq, &err);
    if (*page->round)
        layout.layout.title = tr_with(rq, WEB_plan_title, page->round);
    layout.layout.has_fault = page->faults->count > 0;
    layout.is_wide = true;
    if (rq->wants_json)
        return request_reply(rq, code, &shape_review_plan, page);
    request_page(rq, code);
    view_review_plan(&rq->view, &layout, page);
    return QUEUE_DONE;
}

enum work_queue page_review_plan(struct request *rq)
{
    struct review_plan_page page = {.has_plan = false};

    fill_form(rq, &PLAN_WISH_USUAL, &page);
    return show(rq, 200, &page);
}

/* ---- made ---- */

enum { MAKE_ROUND, MAKE_HALF_WIDTH, MAKE_EXPECTED, MAKE_HOURS, MAKE_BLIND, MAKE_FIELDS };

/* What is typed, times `scale`; -1 (out of all bounds): no number. */
static int number_of(struct request *rq, const char *text, int scale)
{
    char *plain = arena_strdup(rq->arena, text ? text : "");
    int64_t whole;
    struct ratio r;

    for (char *p = plain; *p; p++)
        *p = *p == ',' ? '.' : *p;
    if (!ratio_parse(plain, strlen(plain), false, &r) ||
        !ratio_to_int64(ratio_round(ratio_mul(r, ratio_of(scale)), 0), &whole) || whole < 0 ||
        whole > 1000000)
        return -1;
    return (int)whole;
}

static enum work_queue refuse(struct request *rq, const struct field *fields,
                              const struct err *err)
{
    struct form_faults *faults = ARENA_NEW(rq->arena, struct form_faults);
    struct review_plan_page page = {.faults = faults};

    if (err->status != BAD_INPUT && err->status != CONFLICT)
        return request_error(rq, err);
    rq->must_undo = true;
    if (rq->wants_json)
        return request_fail(rq, err->status == BAD_INPUT ? 422 : 409, err);
    form_fault_add(faults, "half_width", tr(rq, WEB_plan_make),
                   arena_strdup(rq->arena, err->text[rq->lang]));
    page.half_width = fields[MAKE_HALF_WIDTH].value ? fields[MAKE_HALF_WIDTH].value : "";
    page.expected = fields[MAKE_EXPECTED].value ? fields[MAKE_EXPECTED].value : "";
    page.hours_wanted = fields[MAKE_HOURS].value ? fields[MAKE_HOURS].value : "";
    page.blind_percent = fields[MAKE_BLIND].value ? fields[MAKE_BLIND].value : "";
    return show(rq, err->status == BAD_INPUT ? 422 : 409, &page);
}

enum work_queue post_review_plan(struct request *rq)
{
    struct field fields[MAKE_FIELDS] = {
        [MAKE_ROUND] = {.name = "round", .max = ROUND_BYTES_MAX},
        [MAKE_HALF_WIDTH] = {.name = "half_width", .max = 8},
        [MAKE_EXPECTED] = {.name = "expected", .max = 8},
        [MAKE_HOURS] = {.name = "hours", .max = 8},
        [MAKE_BLIND] = {.name = "blind_percent", .max = 8},
    };
    struct review_plan made;
    struct plan_wish wish;
    struct err err;

    if (!request_form(rq, fields, MAKE_FIELDS))
        return QUEUE_DONE;
    wish = (struct plan_wish){
        .round = fields[MAKE_ROUND].value ? fields[MAKE_ROUND].value : "",
        .half_width = number_of(rq, fields[MAKE_HALF_WIDTH].value, 100),
        .expected = number_of(rq, fields[MAKE_EXPECTED].value, 100),
        .risk_hours = number_of(rq, fields[MAKE_HOURS].value, 1),
        .blind_percent = number_of(rq, fields[MAKE_BLIND].value, 1),
    };
    if (review_plan_make(&rq->app, &wish, &made, &err) != OK)
        return refuse(rq, fields, &err);
    return request_redirect(rq, path_with(rq->arena, path_page_review_plan(rq->arena), "round",
                                          wish.round));
}

/* ---- as a file ---- */

static void write_row(struct request *rq, struct csv_writer *w, const struct case_row *row,
                      const struct plan_case *c)
{
    struct plan_risk_row view = plan_risk_view(rq, row, c);
    const char *const cells[] = {
        tr(rq, c->is_risk ? WEB_plan_risk : WEB_plan_sample),
        arena_printf(rq->arena, "%zu", view.place),
        row->shown.tax_code,
        row->shown.name,
        view.area,
        case_business(rq, &row->shown),
        view.why,
        c->is_risk ? view.chance : "",
        c->is_risk ? view.expected : "",
        view.state,
    };

    for (size_t i = 0; i < ARRAY_SIZE(cells); i++)
        csv_put(w, cells[i]);
    csv_end_row(w);
}

static enum status write_part(struct request *rq, struct csv_writer *w,
                              const struct plan_standing *s, bool is_risk, struct err *err)
{
    const struct plan_case *cases = is_risk ? s->risks : s->samples;
    size_t case_count = is_risk ? s->risk_count : s->sample_count, count;
    struct case_row *rows;
    enum status status = list_part(rq, s->plan.id, is_risk ? "risk" : "sample", false,
                                   CSV_ROWS_MAX, &rows, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        const struct plan_case *c = plan_case_of(cases, case_count, rows[i].id);

        if (c)
            write_row(rq, w, &rows[i], c);
    }
    return status;
}

enum work_queue page_review_plan_csv(struct request *rq)
{
    static const enum web_text heads[] = {
        WEB_plan_part,      WEB_plan_position, WEB_queue_tax_code, WEB_queue_name,
        WEB_queue_area,     WEB_queue_business, WEB_plan_why,      WEB_plan_chance,
        WEB_plan_expected,  WEB_queue_state};
    struct review_plan_page page = {.has_plan = false};
    struct plan_standing standing;
    struct csv_writer w;
    struct err err;

    if (choose_round(rq, &page, &err) != OK ||
        review_plan_stand(&rq->app, page.round, rq->arena, &standing, &err) != OK)
        return request_error(rq, &err);
    request_attachment(rq, "text/csv; charset=utf-8", "ke-hoach-xem-xet.csv");
    csv_writer_init(&w, &rq->x->reply.body,
                    (struct csv_format){rq->lang == LANG_VI ? ';' : ',', true, true});
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        csv_put(&w, tr(rq, heads[i]));
    csv_end_row(&w);
    if (write_part(rq, &w, &standing, false, &err) != OK ||
        write_part(rq, &w, &standing, true, &err) != OK)
        return request_error(rq, &err);
    return QUEUE_DONE;
}
