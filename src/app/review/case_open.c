/* One case with all that an officer sees of it. */
#include "case_parts.h"

#include <string.h>

#include "app/queries.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "store/evidence_files.h"

/* ---- answers as texts ---- */

const char *case_answer_text(const struct question *question, const struct answer *answer,
                             struct arena *arena)
{
    struct json_writer w;
    struct buf out;
    const char *text;

    if (answer->state == ANSWER_NONE)
        return "";
    buf_init(&out, DOSSIER_TEXT_BYTES_MAX);
    json_writer_init(&w, &out);
    response_write_answer(&w, question, answer);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

bool case_answer_read(const struct question *question, const char *text, struct arena *arena,
                      struct answer *answer)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    const struct json *json;

    faults_init(faults, arena);
    json = json_parse(arena, question->id, text, strlen(text), faults);
    return json && answer_read_json(question, json, arena, faults, answer);
}

const char *case_item(const struct question *question, struct arena *arena)
{
    return arena_printf(arena, "answers.%s", question->id);
}

/* ---- who may see what ---- */

#define AREA_DEPTH_MAX 8

static bool has_area(const struct account *account, const char *area)
{
    for (size_t i = 0; i < account->area_count; i++) {
        if (strcmp(account->areas[i], area) == 0)
            return true;
    }
    return false;
}

/* True if an area is one of the account's, or lies in one. Communes name the district that they
 * lay in, whose id today's commune often has: then the id means the commune, and not its
 * neighbours. */
static bool covers(const struct app_context *app, const char *area)
{
    const struct terms *areas = app->loaded->facts->areas;
    const char *at = area;

    if (!*area || has_area(app->account, area))
        return *area != '\0';
    for (int depth = 0; depth < AREA_DEPTH_MAX && at; depth++) {
        const struct term *term = terms_find_nearest(areas, at, app->today);

        at = term ? term->parent : NULL;
        if (at && has_area(app->account, at) && !terms_find(areas, at, app->today))
            return true;
    }
    return false;
}

static bool sees_all(const struct account *account)
{
    for (size_t i = 0; i < account->area_count; i++) {
        if (strcmp(account->areas[i], ACCOUNT_AREA_ALL) == 0)
            return true;
    }
    return false;
}

const char *areas_seen(const struct app_context *app, struct arena *arena)
{
    const struct terms *areas = app->loaded->facts->areas;
    const char *list = "|";

    if (!app->account || sees_all(app->account))
        return NULL;
    for (size_t i = 0; i < areas->count; i++) {
        if (covers(app, areas->items[i].id))
            list = arena_printf(arena, "%s%s|", list, areas->items[i].id);
    }
    return list;
}

/* As filter->areas and filter->mine. */
static void limit_to_seen(const struct app_context *app, struct arena *arena,
                          struct case_filter *filter)
{
    filter->mine = app->account->id;
    filter->areas = areas_seen(app, arena);
}

const char *cases_areas(const struct app_context *app, struct arena *arena)
{
    struct case_filter seen = CASE_FILTER_NONE;

    limit_to_seen(app, arena, &seen);
    return seen.areas;
}

enum status cases_list(const struct app_context *app, const struct case_filter *filter,
                       const struct case_window *page, struct arena *arena, struct case_row **rows,
                       size_t *count, int64_t *total, struct err *err)
{
    struct case_filter seen = *filter;

    limit_to_seen(app, arena, &seen);
    return case_list(app->store, &seen, page, arena, rows, count, total, err);
}

enum status cases_count(const struct app_context *app, struct arena *arena,
                        struct case_counts *out, struct err *err)
{
    struct case_filter seen = CASE_FILTER_NONE;

    limit_to_seen(app, arena, &seen);
    return case_count(app->store, &seen, app->account->id, day_iso_text(arena, app->today), out,
                      err);
}

static bool may_see(const struct app_context *app, const struct case_row *row)
{
    const struct account *account = app->account;

    return account && permission(account, ACT_SEE_CASES) != REACH_NONE &&
           (sees_all(account) || row->at.assignee == account->id ||
            covers(app, row->shown.area));
}

/* ---- what officers made of it ---- */

static void apply(struct open_case *c, size_t question, const struct case_value *value,
                  struct arena *arena)
{
    const struct question *q = &c->survey->q->questions[question];
    struct answer *answer = &c->verified->answers[question];
    bool is_active = answer->is_active;
    struct answer read = {.state = ANSWER_NONE};

    /* another answer came since: it has to be looked at again */
    if (strcmp(value->self, case_answer_text(q, &c->self->answers[question], arena)) != 0)
        return;
    c->by_question[question] = value;
    if (!*value->value || !case_answer_read(q, value->value, arena, &read))
        return;
    *answer = read;
    answer->is_active = is_active;
}

static void count_values(struct open_case *c)
{
    const struct questionnaire *q = c->survey->q;

    for (size_t i = 0; i < q->question_count; i++) {
        if (!c->verified->answers[i].is_active || !q->questions[i].is_scored)
            continue;
        c->asked++;
        c->seen += c->by_question[i] != NULL;
        c->changed += c->by_question[i] && *c->by_question[i]->value;
    }
}

static enum status load_values(const struct app_context *app, struct open_case *c,
                               struct arena *arena, struct err *err)
{
    const struct questionnaire *q = c->survey->q;
    enum status status =
        case_values(app->store, c->row.id, arena, &c->values, &c->value_count, err);

    if (status != OK)
        return status;
    c->by_question = ARENA_ARRAY(arena, const struct case_value *, q->question_count);
    c->verified = ARENA_NEW(arena, struct response);
    *c->verified = *c->self;
    c->verified->answers = ARENA_ARRAY(arena, struct answer, q->question_count);
    memcpy(c->verified->answers, c->self->answers,
           q->question_count * sizeof(*c->verified->answers));
    for (size_t i = 0; i < q->question_count; i++) {
        const char *item = case_item(&q->questions[i], arena);

        for (size_t k = 0; k < c->value_count; k++) {
            if (strcmp(c->values[k].item, item) == 0)
                apply(c, i, &c->values[k], arena);
        }
    }
    response_activate(c->verified, arena);
    count_values(c);
    return OK;
}

/* ---- what comes of it ---- */

static unsigned second_reasons(const struct open_case *c)
{
    struct ratio before = score_points(&c->before.score, &c->before.score.total);
    struct ratio after = score_points(&c->after.score, &c->after.score.total);
    struct ratio max = score_max(&c->before.score, &c->before.score.total);
    struct ratio moved = ratio_sub(after, before);
    struct ratio limit = ratio_mul(max, ratio_make(CASE_SECOND_PERCENT, 100));
    unsigned reasons = 0;

    if (ratio_cmp(moved, ratio_of(0)) < 0)
        moved = ratio_sub(ratio_of(0), moved);
    if (case_level(&c->before) != case_level(&c->after))
        reasons |= SECOND_LEVEL;
    if (c->before.applicant->size.possible != c->after.applicant->size.possible)
        reasons |= SECOND_SIZE;
    if (c->support_before != c->support_after)
        reasons |= SECOND_SUPPORT;
    if (ratio_cmp(moved, limit) > 0)
        reasons |= SECOND_POINTS;
    return reasons;
}

static enum status evaluate_both(const struct app_context *app, struct open_case *c,
                                 struct arena *arena, struct err *err)
{
    const struct scorer *scorer = c->survey->scorer;
    enum status status = evaluate_with(app->loaded->ws, scorer, arena, c->self, true, app->today,
                                       &c->before, err);

    if (status == OK)
        status = evaluate_with(app->loaded->ws, scorer, arena, c->verified, true, app->today,
                               &c->after, err);
    if (status != OK)
        return status;
    c->support_before = case_support(&c->before, arena);
    c->support_after = case_support(&c->after, arena);
    c->second = second_reasons(c);
    return OK;
}

/* ---- what hangs on its dossier ---- */

static enum status load_dossier(const struct app_context *app, struct open_case *c,
                                struct arena *arena, struct err *err)
{
    enum status status = dossier_of_assessment(app->store, c->row.assessment, &c->dossier, err);

    if (status != OK || !c->dossier)
        return status;
    status = dossier_questions(app->store, c->dossier, arena, &c->queries, &c->query_count, err);
    for (size_t i = 0; status == OK && i < c->query_count; i++)
        c->open_queries += query_is_open(&c->queries[i]);
    return status == OK
               ? evidence_list(app->store, c->dossier, arena, &c->files, &c->file_count, err)
               : status;
}

/* What the enterprise says against it; one that was answered by verifying anew is not open. */
static enum status load_objection(const struct app_context *app, struct open_case *c,
                                  struct arena *arena, struct err *err)
{
    const struct dossier_event *events, *event = NULL;
    const char *at = c->row.objected_at;
    size_t count = 0;
    enum status status = OK;

    if (*at && c->dossier)
        status = dossier_events(app->store, c->dossier, arena, &events, &count, err);
    if (status == OK && count)
        event = event_last(events, count, "objected");
    c->objection = (struct case_objection){
        .at = at,
        .text = event ? event->text : "",
        .is_open = *at && c->row.at.state == CASE_VERIFIED && strcmp(at, c->row.state_at) >= 0};
    return status;
}

static enum status load_undo(const struct app_context *app, struct open_case *c,
                             struct arena *arena, struct err *err)
{
    enum status status = case_undo_load(app->store, c->row.id, arena, &c->undo, err);

    if (status == NOT_FOUND)
        return OK;
    c->has_undo = status == OK && c->undo.account == app->account->id &&
                  c->undo.until > context_seconds(app);
    return status;
}

/* The row alone, of a case that the account may see. */
enum status case_load_seen(const struct app_context *app, int64_t id, struct arena *arena,
                             struct case_row *row, struct err *err)
{
    enum status status = case_load(app->store, id, arena, row, err);

    if (status == OK && !may_see(app, row))
        return err_set(err, NOT_FOUND, "không có hồ sơ thẩm định này", "there is no such case");
    return status;
}

enum status open_case_load_row(const struct app_context *app, int64_t id, struct arena *arena,
                               struct open_case *out, struct err *err)
{
    enum status status;

    *out = (struct open_case){.support_before = 0};
    status = case_load_seen(app, id, arena, &out->row, err);
    if (status == OK)
        status = dossier_of_assessment(app->store, out->row.assessment, &out->dossier, err);
    out->is_locked = true; /* nothing is known of its values */
    return status == OK ? load_undo(app, out, arena, err) : status;
}

enum status open_case_load(const struct app_context *app, int64_t id, struct arena *arena,
                           struct open_case *out, struct err *err)
{
    struct store_row row;
    struct response *self;
    enum status status;

    *out = (struct open_case){.support_before = 0};
    status = case_load_seen(app, id, arena, &out->row, err);
    if (status == OK)
        status = case_response(app, out->row.assessment, out->row.revision, arena, &out->survey,
                               &self, &row, err);
    if (status != OK)
        return status;
    out->self = self;
    out->is_locked = !case_may(CASE_ACT_CORRECT, out->row.at.state);
    status = load_values(app, out, arena, err);
    if (status == OK)
        status = evaluate_both(app, out, arena, err);
    if (status == OK)
        status = load_dossier(app, out, arena, err);
    if (status == OK)
        status = load_objection(app, out, arena, err);
    if (status == OK && row.import != STORE_UNKNOWN) {
        struct store_import *import = ARENA_NEW(arena, struct store_import);

        status = store_import_load(app->store, row.import, arena, import, err);
        out->import = import;
    }
    return status == OK ? load_undo(app, out, arena, err) : status;
}

void open_case_effect(const struct open_case *c, size_t question, size_t option,
                      struct option_effect *effect)
{
    struct answer kept = c->verified->answers[question];
    struct score score;

    /* it is read by nobody else meanwhile, and is put back */
    c->verified->answers[question] = (struct answer){
        .state = ANSWER_GIVEN, .is_active = kept.is_active, .option = (unsigned)option};
    score_answers(c->survey->scorer, c->verified->answers, &score);
    c->verified->answers[question] = kept;
    effect->points = ratio_sub(score_points(&score, &score.total),
                               score_points(&c->before.score, &c->before.score.total));
    effect->level = score_level(&score);
}

/* ---- the audit ---- */

enum status case_tell(const struct app_context *app, int64_t id, const struct audit_entry *entry,
                      struct err *err)
{
    struct audit_entry told = *entry;
    char object[CASE_OBJECT_BYTES];

    case_object_name(id, object);
    told.object = object;
    return context_tell(app, &told, err);
}

static enum status load_history(const struct app_context *app, int64_t id, struct arena *arena,
                                const struct audit_entry **list, size_t *count, struct err *err)
{
    char object[CASE_OBJECT_BYTES];

    case_object_name(id, object);
    return audit_of(app->store, object, 200, arena, list, count, err);
}

enum status open_case_history(const struct app_context *app, const struct open_case *c,
                              struct arena *arena, const struct audit_entry **list, size_t *count,
                              struct err *err)
{
    return load_history(app, c->row.id, arena, list, count, err);
}

#define NOTED_SECONDS 600

enum status open_case_note(const struct app_context *app, int64_t id, struct err *err)
{
    const struct audit_entry *list;
    struct case_row row;
    struct arena arena;
    size_t count = 0;
    int64_t at;
    bool is_noted = false;
    enum status status;

    arena_init(&arena);
    status = case_load_seen(app, id, &arena, &row, err);
    if (status == OK)
        status = load_history(app, id, &arena, &list, &count, err);
    for (size_t i = 0; status == OK && i < count && !is_noted; i++) {
        struct err ignored;

        is_noted = list[i].account == app->account->id &&
                   time_read(list[i].at, &at, &ignored) == OK &&
                   context_seconds(app) - at < NOTED_SECONDS;
    }
    arena_free(&arena);
    if (status != OK || is_noted)
        return status;
    status = case_look(app->store, id, app->now, err);
    if (status != OK)
        return status;
    return case_tell(app, id,
                     &(struct audit_entry){
                         .act = "case-opened", .before = "", .after = "", .reason = ""},
                     err);
}
