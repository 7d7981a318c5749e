/* Cases follow assessments: made, brought up to date. */
#include "case_parts.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "policy/combine.h"
#include "score/margin.h"
#include "survey/convert.h"

int64_t case_hundredths(struct ratio number)
{
    int64_t whole = 0;

    ratio_to_int64(ratio_round(ratio_mul(number, ratio_of(100)), 0), &whole);
    return whole;
}

int64_t case_support(const struct evaluation *a, struct arena *arena)
{
    return a->match ? combine(a->match, arena)->given_vnd : 0;
}

int case_level(const struct evaluation *a)
{
    int level = score_level(&a->score);

    return level == LEVEL_NONE ? STORE_UNKNOWN : level;
}

/* ---- the response ---- */

enum status case_response(const struct app_context *app, int64_t assessment, int revision,
                          struct arena *arena, const struct loaded_questionnaire **survey,
                          struct response **out, struct store_row *row, struct err *err)
{
    struct store_item *item = ARENA_NEW(arena, struct store_item);
    enum status status = store_load(app->store, assessment, revision, NULL, arena, item, err);

    if (status != OK)
        return status;
    *row = item->row;
    *survey = loaded_data_find(app->loaded, row->questionnaire);
    if (!*survey)
        return err_set(err, FAILED, "bộ câu hỏi %s không còn trên máy chủ",
                       "the questionnaire %s is not on this server any more", row->questionnaire);
    *out = response_convert(arena, item->response, (*survey)->q).response;
    return OK;
}

/* ---- what lists show ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static const char *text_of(const struct response *response, const char *fact)
{
    return or_empty(response_fact_text(response, fact));
}

static void fill_shown(const struct evaluation *a, const struct store_row *row,
                       struct arena *arena, struct case_shown *shown)
{
    const struct response *response = a->response;
    struct score_margin margin;

    *shown = (struct case_shown){.round = row->round,
                                 .questionnaire = row->questionnaire,
                                 .name = text_of(response, "name"),
                                 .tax_code = text_of(response, "tax_code"),
                                 .form = text_of(response, "form"),
                                 .section = text_of(response, "section"),
                                 .area = text_of(response, "area"),
                                 .size_class = or_empty(row->size_class),
                                 .submitted_on = or_empty(row->submitted_on),
                                 .points = row->total_points,
                                 .points_max = row->total_max,
                                 .level = row->level,
                                 .margin_in = "",
                                 .support_vnd = case_support(a, arena),
                                 .flag_count = (int)a->flag_count};
    for (size_t i = 0; i < a->flag_count; i++)
        shown->flags |= 1u << a->flags[i].kind;
    if (score_margin(&a->score, CASE_MARGIN_MAX, arena, &margin)) {
        shown->margin = margin.points;
        shown->margin_in = margin.dimensions;
    }
}

/* Files and queries hang on the dossier, if there is one. */
static enum status count_dossier(const struct app_context *app, int64_t dossier,
                                 struct arena *arena, struct case_shown *shown, struct err *err)
{
    const struct dossier_question *queries;
    const struct evidence *files;
    size_t file_count, count;
    enum status status;

    if (!dossier)
        return OK;
    status = evidence_list(app->store, dossier, arena, &files, &file_count, err);
    if (status == OK)
        status = dossier_questions(app->store, dossier, arena, &queries, &count, err);
    if (status != OK)
        return status;
    shown->files = (int)file_count;
    for (size_t i = 0; i < count; i++) {
        shown->asked += !*queries[i].closed_at;
        shown->answered += !*queries[i].closed_at && *queries[i].replied_at;
    }
    return OK;
}

/* ---- the clock ---- */

day case_day(const char *text)
{
    day d;

    return day_parse_iso(text, strlen(text), &d) ? d : DAY_NONE;
}

static const char *deadline(const struct app_context *app, int working_days, struct arena *arena)
{
    enum deadline_certainty certainty;

    return day_iso_text(arena, calendar_deadline(app->loaded->catalogue->calendar, app->today,
                                        working_days > 0 ? working_days : 1, &certainty));
}

void case_step(const struct app_context *app, enum case_act act, struct case_standing *at,
               struct arena *arena)
{
    const struct calendar *calendar = app->loaded->catalogue->calendar;

    at->state = case_after(act, at->state);
    switch (case_rules[act].clock) {
    case CLOCK_KEEPS:
        if (at->state == CASE_ASKED)
            return; /* the enterprise is still waited for */
        break;
    case CLOCK_STARTS:
        at->due_on = deadline(app, CASE_REVIEW_WORKING_DAYS, arena);
        break;
    case CLOCK_PAUSES:
        if (*at->due_on)
            at->days_left = working_days_until(calendar, app->today, case_day(at->due_on));
        at->due_on = "";
        at->firm_due_on = deadline(app, CASE_REPLY_WORKING_DAYS, arena);
        return;
    case CLOCK_RESUMES:
        at->due_on = deadline(app, at->days_left, arena);
        break;
    case CLOCK_ENDS:
        at->due_on = "";
        break;
    }
    at->firm_due_on = "";
}

/* ---- made, or followed ---- */

struct refreshed {
    struct case_row row;
    bool is_new, is_withdrawn;
};

static enum status find_case(const struct app_context *app, int64_t assessment,
                             struct arena *arena, struct refreshed *r, struct err *err)
{
    enum status status = case_of_assessment(app->store, assessment, arena, &r->row, err);

    if (status != NOT_FOUND)
        return status;
    r->is_new = true;
    r->row = (struct case_row){.assessment = assessment,
                               .at = {.state = CASE_SUBMITTED,
                                      .edition = 1,
                                      .due_on = "",
                                      .firm_due_on = "",
                                      .reason_code = "",
                                      .reason = "",
                                      .verified_points = STORE_UNKNOWN,
                                      .verified_level = STORE_UNKNOWN}};
    return OK;
}

/* What the enterprise did, as an act; CASE_ACT__MAX: nothing that moves the case. */
static enum case_act act_of(const struct refreshed *r, const struct store_row *row,
                            const struct case_shown *shown)
{
    enum case_state state = r->row.at.state;

    if (row->is_withdrawn)
        return case_may(CASE_ACT_WITHDRAW, state) ? CASE_ACT_WITHDRAW : CASE_ACT__MAX;
    if (state == CASE_WITHDRAWN)
        return CASE_ACT_RENEW;
    if (r->row.revision != row->revision && case_may(CASE_ACT_RENEW, state))
        return CASE_ACT_RENEW;
    if (state == CASE_ASKED && (shown->asked == shown->answered ||
                                (r->row.revision && r->row.revision != row->revision)))
        return CASE_ACT_REPLY;
    return CASE_ACT__MAX;
}

enum status case_follow(const struct app_context *app, struct case_row *row, enum case_act act,
                        struct arena *arena, struct err *err)
{
    enum case_state before = row->at.state;
    enum status status;

    case_step(app, act, &row->at, arena);
    status = case_move(app->store, row, app->now, err);
    return status == OK ? case_tell(app, row->id,
                                    &(struct audit_entry){.act = case_rules[act].code,
                                                          .before = case_state_code(before),
                                                          .after = case_state_code(row->at.state),
                                                          .reason = ""},
                                    err)
                        : status;
}

static enum status write_case(const struct app_context *app, struct refreshed *r,
                              const struct store_row *row, const struct case_shown *shown,
                              struct arena *arena, struct err *err)
{
    enum case_act act = r->is_new ? CASE_ACT__MAX : act_of(r, row, shown);
    enum status status;

    r->row.shown = *shown;
    r->row.revision = row->revision;
    if (r->is_new) {
        r->row.at.due_on = deadline(app, CASE_REVIEW_WORKING_DAYS, arena);
        return row->is_withdrawn ? OK : case_add(app->store, &r->row, app->now, err);
    }
    status = case_show(app->store, &r->row, err);
    return status == OK && act != CASE_ACT__MAX ? case_follow(app, &r->row, act, arena, err)
                                                : status;
}

static enum status refresh(const struct app_context *app, int64_t assessment, struct arena *arena,
                           struct err *err)
{
    struct refreshed r = {.is_new = false};
    struct evaluation a;
    struct store_row row;
    struct case_shown shown;
    struct response *response;
    const struct loaded_questionnaire *survey;
    int64_t dossier = 0;
    enum status status = case_response(app, assessment, 0, arena, &survey, &response, &row, err);

    if (status == OK)
        status = evaluate_with(app->loaded->ws, survey->scorer, arena, response, true, app->today,
                               &a, err);
    if (status == OK)
        status = dossier_of_assessment(app->store, assessment, &dossier, err);
    if (status != OK)
        return status;
    fill_shown(&a, &row, arena, &shown);
    status = count_dossier(app, dossier, arena, &shown, err);
    if (status == OK)
        status = find_case(app, assessment, arena, &r, err);
    return status == OK ? write_case(app, &r, &row, &shown, arena, err) : status;
}

/* What cannot be read (any more) makes no case, and does not stand in the way of others. */
static enum status refresh_due(const struct app_context *app, int64_t assessment, struct err *err)
{
    struct arena arena;
    enum status status;

    arena_init(&arena);
    status = refresh(app, assessment, &arena, err);
    arena_free(&arena);
    if (status != OK && status != NOT_FOUND && status != FAILED)
        return status;
    return case_due_done(app->store, assessment, err);
}

#define REFRESHED_AT_ONCE 200

enum status cases_refresh(const struct app_context *app, int64_t ms, bool *left, struct err *err)
{
    int64_t until = clock_ms() + ms;
    struct arena arena;
    const int64_t *due;
    size_t count = 0, done = 0;
    bool is_own;
    enum status status;

    *left = false;
    arena_init(&arena);
    status = case_due_list(app->store, REFRESHED_AT_ONCE, &arena, &due, &count, err);
    if (status == OK && count) {
        status = context_begin(app, &is_own, err);
        while (status == OK && done < count && clock_ms() < until)
            status = refresh_due(app, due[done++], err);
        status = context_end(app, is_own, status, err);
    }
    *left = done < count || count == REFRESHED_AT_ONCE;
    arena_free(&arena);
    return status;
}
