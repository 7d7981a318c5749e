/* How long reviews take, and what waits: for heads. */
#include "web/officer/desk.h"
#include "web/officer/replies.h"
#include "web/officer/statistics_page.h"
#include "web/handlers.h"

#include "app/review/desk_statistics.h"
#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

static const struct json_member step_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct step_row, "step", name),
    JSON_VALUE(MEMBER_TEXT, struct step_row, "cases", count),
    JSON_VALUE(MEMBER_TEXT, struct step_row, "median_days", median),
    JSON_VALUE(MEMBER_TEXT, struct step_row, "slow_days", slow),
};
const struct json_shape shape_desk_step = JSON_SHAPE(struct step_row, "DeskStep", step_members);

static const struct json_member backlog_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct backlog_row, "state", name),
    JSON_VALUE(MEMBER_TEXT, struct backlog_row, "cases", sum),
};
const struct json_shape shape_desk_backlog =
    JSON_SHAPE(struct backlog_row, "DeskBacklog", backlog_members);

static const struct json_member statistics_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct desk_statistics_page, "finding", finding),
    JSON_PARTS(struct desk_statistics_page, "steps", steps, step_count, &shape_desk_step),
    JSON_PARTS(struct desk_statistics_page, "backlog", backlog, backlog_count,
               &shape_desk_backlog),
};
const struct json_shape shape_desk_statistics =
    JSON_SHAPE(struct desk_statistics_page, "DeskStatistics", statistics_members);

static const enum web_text step_names[STEP__MAX] = {
    [STEP_WAIT] = WEB_deskstats_wait,     [STEP_REVIEW] = WEB_deskstats_review,
    [STEP_ASKED] = WEB_deskstats_asked,   [STEP_SECOND] = WEB_deskstats_second,
    [STEP_WHOLE] = WEB_deskstats_whole,
};

static void fill_steps(struct request *rq, const struct desk_statistics *s,
                       struct desk_statistics_page *page)
{
    struct step_row *rows = ARENA_ARRAY(rq->arena, struct step_row, STEP__MAX);

    for (int i = 0; i < STEP__MAX; i++) {
        const struct step_time *step = &s->steps[i];

        rows[i] = (struct step_row){
            .name = tr(rq, step_names[i]),
            .count = desk_number(rq, step->count),
            .median = step->count ? desk_number(rq, step->median) : "–",
            .slow = step->count ? desk_number(rq, step->slow) : "–"};
    }
    page->steps = rows;
    page->step_count = STEP__MAX;
}

/* ---- what waits ---- */

static const char *age_text(struct request *rq, int age)
{
    int from = age ? desk_ages[age - 1] + 1 : 0;

    if (age == AGE_MAX - 1)
        return tr_with(rq, WEB_deskstats_age_more, arena_printf(rq->arena, "%d", from - 1));
    return tr_with(rq, WEB_deskstats_age,
                   arena_printf(rq->arena, "%d–%d", from, desk_ages[age]));
}

static struct backlog_row backlog_row(struct request *rq, const char *name, const char *state,
                                      const int64_t counts[AGE_MAX])
{
    const char **texts = ARENA_ARRAY(rq->arena, const char *, AGE_MAX);
    int64_t sum = 0;

    for (int age = 0; age < AGE_MAX; age++) {
        texts[age] = desk_number(rq, counts[age]);
        sum += counts[age];
    }
    return (struct backlog_row){
        .name = name,
        .sum = desk_number(rq, sum),
        .counts = texts,
        .path = path_with(rq->arena, path_page_queue(rq->arena), "tinh-trang", state)};
}

static void fill_backlog(struct request *rq, const struct desk_statistics *s,
                         struct desk_statistics_page *page)
{
    struct backlog_row *rows = ARENA_ARRAY(rq->arena, struct backlog_row, CASE_STATE__MAX + 1);
    const char **ages = ARENA_ARRAY(rq->arena, const char *, AGE_MAX);
    int64_t all[AGE_MAX] = {0};

    for (int age = 0; age < AGE_MAX; age++)
        ages[age] = age_text(rq, age);
    for (int i = 0; i < CASE_STATE__MAX; i++) {
        int64_t counts[AGE_MAX];

        if (!case_is_open((enum case_state)i))
            continue;
        for (int age = 0; age < AGE_MAX; age++)
            all[age] += counts[age] = s->backlog[age][i];
        rows[page->backlog_count++] =
            backlog_row(rq, case_state_words((enum case_state)i).in[rq->lang],
                        case_code((enum case_state)i), counts);
    }
    rows[page->backlog_count++] = backlog_row(rq, tr(rq, WEB_deskstats_all_open), "open", all);
    page->ages = ages;
    page->age_count = AGE_MAX;
    page->backlog = rows;
}

static void fill_sums(struct request *rq, const struct desk_statistics *s,
                      struct desk_statistics_page *page)
{
    const struct {
        enum web_text name;
        int64_t count;
    } sums[] = {{WEB_deskstats_cases, s->all},        {WEB_deskstats_open, s->open},
                {WEB_deskstats_late, s->late},        {WEB_deskstats_verified, s->verified},
                {WEB_deskstats_two, s->second},       {WEB_deskstats_objected, s->objected}};
    struct plan_bar *rows = ARENA_ARRAY(rq->arena, struct plan_bar, ARRAY_SIZE(sums));

    for (size_t i = 0; i < ARRAY_SIZE(sums); i++)
        rows[i] = (struct plan_bar){.name = tr(rq, sums[i].name),
                                    .text = desk_number(rq, sums[i].count)};
    page->sums = rows;
    page->sum_count = ARRAY_SIZE(sums);
}

/* ---- in a sentence ---- */

/* The step of the desk itself that nine of ten cases take longest for. */
static enum desk_step slowest(const struct desk_statistics *s)
{
    enum desk_step step = STEP_WAIT;

    for (int i = STEP_REVIEW; i < STEP_WHOLE; i++)
        step = s->steps[i].slow > s->steps[step].slow ? (enum desk_step)i : step;
    return step;
}

static const char *finding(struct request *rq, const struct desk_statistics *s)
{
    const struct step_time *whole = &s->steps[STEP_WHOLE];
    enum desk_step slow = slowest(s);
    const char *const late = desk_number(rq, s->late), *const open = desk_number(rq, s->open);

    if (!whole->count)
        return web_tr(rq->lang, WEB_deskstats_finding_none, rq->arena,
                      (const char *[]){open, late}, 2);
    return web_tr(rq->lang, WEB_deskstats_finding, rq->arena,
                  (const char *[]){desk_number(rq, whole->median), desk_number(rq, whole->slow),
                                   late, open, tr(rq, step_names[slow]),
                                   desk_number(rq, s->steps[slow].slow)},
                  6);
}

enum work_queue page_desk_statistics(struct request *rq)
{
    struct desk_layout layout = desk_layout(rq, WEB_deskstats_title);
    struct path queue = path_page_queue(rq->arena);
    struct desk_statistics_page page = {
        .overdue = path_with(rq->arena, queue, "han", "qua"),
        .objected = path_with(rq->arena, queue, "tinh-trang", "objected")};
    struct desk_statistics statistics;
    struct err err;

    if (desk_statistics(&rq->app, NULL, &statistics, &err) != OK)
        return request_error(rq, &err);
    page.finding = finding(rq, &statistics);
    fill_steps(rq, &statistics, &page);
    fill_backlog(rq, &statistics, &page);
    fill_sums(rq, &statistics, &page);
    layout.is_wide = true;
    if (rq->wants_json)
        return request_reply(rq, 200, &shape_desk_statistics, &page);
    request_page(rq, 200);
    view_desk_statistics(&rq->view, &layout, &page);
    return QUEUE_DONE;
}
