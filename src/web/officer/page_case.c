/* Reviewing a case: one page with the strip, the questions, the evidence, and what may be done. */
#include "case_page.h"
#include "case_words.h"
#include "web/officer/replies.h"
#include "web/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

/* ---- for programs ---- */

static const struct json_member part_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct case_part, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct case_part, "points", points),
    JSON_VALUE(MEMBER_TEXT, struct case_part, "level", level),
    JSON_VALUE(MEMBER_SIZE, struct case_part, "seen", seen),
    JSON_VALUE(MEMBER_SIZE, struct case_part, "asked", asked),
};
const struct json_shape shape_case_part =
    JSON_SHAPE(struct case_part, "DeskCasePart", part_members);

static const struct json_member question_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct case_question, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct case_question, "self", self),
    JSON_VALUE(MEMBER_TEXT, struct case_question, "verified", verified),
    JSON_VALUE(MEMBER_TEXT, struct case_question, "note", note),
    JSON_VALUE(MEMBER_SIZE, struct case_question, "files", files),
};
const struct json_shape shape_case_question =
    JSON_SHAPE(struct case_question, "DeskCaseQuestion", question_members);

static const struct json_member thread_members[] = {
    JSON_VALUE(MEMBER_INT64, struct case_thread, "id", id),
    JSON_VALUE(MEMBER_TEXT, struct case_thread, "question", question),
    JSON_VALUE(MEMBER_TEXT, struct case_thread, "text", text),
    JSON_VALUE(MEMBER_TEXT, struct case_thread, "reply", reply),
    JSON_VALUE(MEMBER_FLAG, struct case_thread, "is_open", is_open),
};
const struct json_shape shape_case_thread =
    JSON_SHAPE(struct case_thread, "DeskCaseQuery", thread_members);

static const struct json_member act_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct case_act_view, "act", code),
    JSON_VALUE(MEMBER_TEXT, struct case_act_view, "label", label),
    JSON_VALUE(MEMBER_FLAG, struct case_act_view, "needs_text", needs_text),
};
const struct json_shape shape_case_act =
    JSON_SHAPE(struct case_act_view, "DeskCaseAct", act_members);

static const struct json_member case_members[] = {
    JSON_VALUE(MEMBER_TEXT, struct case_page, "token", token),
    JSON_VALUE(MEMBER_INT64, struct case_page, "id", id),
    JSON_VALUE(MEMBER_INT64, struct case_page, "version", version),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "name", name),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "state", state),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "points", points),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "level", level),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "sentence", sentence),
    JSON_VALUE(MEMBER_TEXT, struct case_page, "progress", progress),
    JSON_PARTS(struct case_page, "parts", parts, part_count, &shape_case_part),
    JSON_PARTS(struct case_page, "questions", questions, question_count, &shape_case_question),
    JSON_PARTS(struct case_page, "queries", threads, thread_count, &shape_case_thread),
    JSON_PARTS(struct case_page, "acts", acts, act_count, &shape_case_act),
    JSON_TEXT_LIST(struct case_page, "hints", hints, hint_count),
    JSON_VALUE(MEMBER_FLAG, struct case_page, "may_undo", may_undo),
};
const struct json_shape shape_case = JSON_SHAPE(struct case_page, "DeskCase", case_members);

/* ---- what is looked at ---- */

#define LIST "ds"
#define PART "phan"
#define FILTER "loc"
#define QUESTION "cau"

enum { QUERY_QUESTION, QUERY_PART, QUERY_FILTER, QUERY_LIST, QUERY_DONE, QUERY_FIELDS };

static bool is_shown(const struct open_case *c, size_t question)
{
    const struct question *q = &c->survey->q->questions[question];

    return q->is_scored && c->verified->answers[question].is_active;
}

size_t case_view_files(const struct open_case *c, const char *id)
{
    size_t count = 0;

    for (size_t i = 0; i < c->file_count; i++)
        count += strcmp(c->files[i].question, id) == 0;
    return count;
}

static bool has_query(const struct open_case *c, const char *id)
{
    for (size_t i = 0; i < c->query_count; i++) {
        if (strcmp(c->queries[i].question, id) == 0)
            return true;
    }
    return false;
}

static bool is_in_part(const struct case_view *view, size_t i)
{
    return view->c.survey->q->questions[i].dimension == view->part;
}

static bool is_any(const struct case_view *view, size_t i)
{
    (void)view;
    (void)i;
    return true;
}

static bool is_changed(const struct case_view *view, size_t i)
{
    return view->c.by_question[i] && *view->c.by_question[i]->value;
}

static bool is_unseen(const struct case_view *view, size_t i)
{
    return !view->c.by_question[i];
}

static bool is_with_files(const struct case_view *view, size_t i)
{
    return case_view_files(&view->c, view->c.survey->q->questions[i].id) > 0;
}

static bool is_asked(const struct case_view *view, size_t i)
{
    return has_query(&view->c, view->c.survey->q->questions[i].id);
}

static const struct case_filter_kind {
    const char *code; /* in the query */
    enum web_text label;
    bool (*takes)(const struct case_view *view, size_t question);
} filter_kinds[] = {
    {"", WEB_case_filter_part, is_in_part},
    {"tat-ca", WEB_case_filter_all, is_any},
    {"co-tep", WEB_case_filter_files, is_with_files},
    {"da-doi", WEB_case_filter_changed, is_changed},
    {"chua-xem", WEB_case_filter_unseen, is_unseen},
    {"hoi-dap", WEB_case_filter_asked, is_asked},
};

static const struct case_filter_kind *kind_of(const struct case_view *view)
{
    for (size_t i = 0; i < ARRAY_SIZE(filter_kinds); i++) {
        if (strcmp(filter_kinds[i].code, view->filter) == 0)
            return &filter_kinds[i];
    }
    return &filter_kinds[0];
}

static size_t find_question(const struct open_case *c, const char *id)
{
    for (size_t i = 0; id && i < c->survey->q->question_count; i++) {
        if (strcmp(c->survey->q->questions[i].id, id) == 0 && is_shown(c, i))
            return i;
    }
    return SIZE_MAX;
}

static size_t find_part(const struct open_case *c, const char *id)
{
    for (size_t i = 0; id && i < c->survey->q->dimension_count; i++) {
        if (strcmp(c->survey->q->dimensions[i].id, id) == 0)
            return i;
    }
    return 0;
}

size_t case_view_next(const struct case_view *view, size_t question)
{
    const struct case_filter_kind *kind = kind_of(view);

    for (size_t i = question == SIZE_MAX ? 0 : question + 1;
         i < view->c.survey->q->question_count; i++) {
        if (is_shown(&view->c, i) && kind->takes(view, i))
            return i;
    }
    return SIZE_MAX;
}

/* The first that was not looked at yet, or the first. */
static size_t first_question(const struct case_view *view)
{
    size_t first = case_view_next(view, SIZE_MAX);

    for (size_t i = first; i != SIZE_MAX; i = case_view_next(view, i)) {
        if (is_unseen(view, i))
            return i;
    }
    return first;
}

enum status case_view_load(struct request *rq, struct case_view *view, struct err *err)
{
    struct field fields[QUERY_FIELDS] = {
        [QUERY_QUESTION] = {.name = QUESTION, .max = 64}, [QUERY_PART] = {.name = PART, .max = 64},
        [QUERY_FILTER] = {.name = FILTER, .max = 20},     [QUERY_LIST] = {.name = LIST, .max = 400},
        [QUERY_DONE] = {.name = "xong", .max = 20},
    };
    enum status status;

    query_read(rq->arena, rq->x->request.query, fields, QUERY_FIELDS);
    *view = (struct case_view){.rq = rq, .list = "", .filter = ""};
    status = open_case_load(&rq->app, rq->number, rq->arena, &view->c, err);
    if (status != OK)
        return status;
    if (fields[QUERY_LIST].value)
        view->list = fields[QUERY_LIST].value;
    if (fields[QUERY_FILTER].value)
        view->filter = fields[QUERY_FILTER].value;
    view->question = find_question(&view->c, fields[QUERY_QUESTION].value);
    view->part = view->question != SIZE_MAX
                     ? view->c.survey->q->questions[view->question].dimension
                     : find_part(&view->c, fields[QUERY_PART].value);
    if (view->question == SIZE_MAX)
        view->question = first_question(view);
    return OK;
}

/* ---- addresses ---- */

static struct path with_list(const struct case_view *view, struct path path)
{
    struct arena *arena = view->rq->arena;

    if (*view->filter)
        path = path_with(arena, path, FILTER, view->filter);
    return *view->list ? path_with(arena, path, LIST, view->list) : path;
}

struct path case_view_at(const struct case_view *view, size_t question)
{
    struct arena *arena = view->rq->arena;
    struct path path = path_page_case(arena, view->c.row.id);
    const char *id;

    if (question == SIZE_MAX)
        return with_list(view, path_with(arena, path, PART,
                                         view->c.survey->q->dimensions[view->part].id));
    id = view->c.survey->q->questions[question].id;
    path = with_list(view, path_with(arena, path, QUESTION, id));
    return path_at(arena, path, arena_printf(arena, "q-%s", id));
}

static struct path at_part(const struct case_view *view, size_t part)
{
    struct case_view other = *view;
    struct arena *arena = view->rq->arena;

    other.filter = "";
    return with_list(&other, path_with(arena, path_page_case(arena, view->c.row.id), PART,
                                       view->c.survey->q->dimensions[part].id));
}

/* ---- the strip ---- */

static const char *points_of(const struct case_view *view, const struct evaluation *a,
                             const struct score_part *part)
{
    return text_of_number_short(view->rq->arena, score_points(&a->score, part), 2,
                                view->rq->lang);
}

static const char *level_of(const struct case_view *view, const struct evaluation *a,
                            const struct score_part *part)
{
    return case_level_text(view->rq, score_part_level(&a->score, part));
}

static size_t whole_percent(struct ratio percent)
{
    int64_t whole = 0;

    if (ratio_is_valid(percent))
        ratio_to_int64(ratio_round(percent, 0), &whole);
    return whole < 0 ? 0 : whole > 100 ? 100 : (size_t)whole;
}

/* Where the level of a dimension begins, in per cent; 0 where that is no share. */
static size_t bound_of(const struct open_case *c, int level)
{
    const struct questionnaire *q = c->survey->q;

    for (size_t i = 0; i < q->dimension_level_count; i++) {
        if (q->dimension_levels[i].level == level && q->dimension_levels[i].kind == BOUND_PERCENT)
            return whole_percent(q->dimension_levels[i].bound);
    }
    return 0;
}

static struct case_part part_of(const struct case_view *view, size_t i)
{
    const struct open_case *c = &view->c;
    const struct score_part *before = &c->before.score.dimensions[i];
    const struct score_part *after = &c->after.score.dimensions[i];
    struct arena *arena = view->rq->arena;
    int was = score_part_level(&c->before.score, before);
    int is = score_part_level(&c->after.score, after);
    struct case_part part = {.id = c->survey->q->dimensions[i].id,
                             .name = c->survey->q->dimensions[i].name.in[view->rq->lang],
                             .level = level_of(view, &c->after, after),
                             .percent = whole_percent(score_percent(after)),
                             .bound = bound_of(c, is),
                             .path = at_part(view, i),
                             .is_here = i == view->part};

    part.points = arena_printf(
        arena, "%s/%s", points_of(view, &c->after, after),
        text_of_number_short(arena, score_max(&c->after.score, after), 2, view->rq->lang));
    if (was != is)
        part.change = arena_printf(arena, "%s → %d", case_level_text(view->rq, was), is);
    for (size_t k = 0; k < c->survey->q->question_count; k++) {
        if (c->survey->q->questions[k].dimension != i || !is_shown(c, k))
            continue;
        part.asked++;
        part.seen += c->by_question[k] != NULL;
    }
    return part;
}

/* "đổi mức, đổi trên 5 % số điểm" */
static const char *second_text(const struct case_view *view)
{
    static const enum web_text texts[] = {WEB_case_second_level, WEB_case_second_size,
                                          WEB_case_second_support, WEB_case_second_points};
    const char *list = "";

    if (!view->c.second || view->c.is_locked)
        return NULL;
    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        if (view->c.second >> i & 1)
            list = arena_printf(view->rq->arena, "%s%s%s", list, *list ? ", " : "",
                                tr(view->rq, texts[i]));
    }
    return tr_with(view->rq, WEB_case_second, list);
}

static void fill_strip(const struct case_view *view, struct case_page *page)
{
    const struct open_case *c = &view->c;
    const struct score_part *before = &c->before.score.total, *after = &c->after.score.total;
    struct case_part *parts =
        ARENA_ARRAY(view->rq->arena, struct case_part, c->survey->q->dimension_count);
    int was = score_level(&c->before.score), is = score_level(&c->after.score);

    page->points = points_of(view, &c->after, after);
    page->points_max = text_of_number_short(view->rq->arena, score_max(&c->after.score, after), 2,
                                            view->rq->lang);
    if (c->changed)
        page->points_before = points_of(view, &c->before, before);
    page->level = case_level_text(view->rq, is);
    page->level_before = case_level_text(view->rq, was);
    page->has_changed_level = was != is;
    page->support = text_of_money_short(view->rq->arena, c->support_after, view->rq->lang);
    page->sentence = evaluation_sentence(&c->after, view->rq->lang, view->rq->arena);
    page->second = second_text(view);
    for (size_t i = 0; i < c->survey->q->dimension_count; i++)
        parts[i] = part_of(view, i);
    page->parts = parts;
    page->part_count = c->survey->q->dimension_count;
}

/* ---- the questions ---- */

/* In a table: the option's id, else as people read it. */
static const char *short_answer(const struct case_view *view, size_t i, const struct answer *a)
{
    const struct question *q = &view->c.survey->q->questions[i];

    if (a->state == ANSWER_NONE)
        return "–";
    if (q->type == QUESTION_SINGLE && a->state == ANSWER_GIVEN)
        return q->options[a->option].id;
    return answer_print(q, a, view->rq->lang, view->rq->arena);
}

/* "+1", "−3", "0": with the signs that stand in texts. */
const char *case_signed(const struct case_view *view, struct ratio number)
{
    int sign = ratio_cmp(number, ratio_of(0));
    struct ratio size = sign < 0 ? ratio_sub(ratio_of(0), number) : number;

    return arena_printf(view->rq->arena, "%s%s", sign < 0 ? "−" : sign > 0 ? "+" : "",
                        text_of_number_short(view->rq->arena, size, 2, view->rq->lang));
}

static struct case_question question_of(const struct case_view *view, size_t i)
{
    const struct open_case *c = &view->c;
    const struct question *q = &c->survey->q->questions[i];
    const struct case_value *value = c->by_question[i];
    const char *text = q->label.in[view->rq->lang] ? q->label.in[view->rq->lang]
                                                   : q->text.in[view->rq->lang];
    struct case_question out = {.id = q->id,
                                .text = text,
                                .self = short_answer(view, i, &c->self->answers[i]),
                                .verified = "",
                                .change = "",
                                .change_tone = "",
                                .note = value ? value->note : "",
                                .files = case_view_files(c, q->id),
                                .path = case_view_at(view, i),
                                .is_open = i == view->question};
    int64_t moved;

    if (!value)
        return out;
    out.verified = short_answer(view, i, &c->verified->answers[i]);
    moved = scorer_raw(c->survey->scorer, i, &c->verified->answers[i]) -
            scorer_raw(c->survey->scorer, i, &c->self->answers[i]);
    out.change = case_signed(view, ratio_make(moved, scorer_unit(c->survey->scorer)));
    if (moved)
        out.change_tone = "warn";
    return out;
}

static void fill_questions(const struct case_view *view, struct case_page *page)
{
    const struct questionnaire *q = view->c.survey->q;
    struct case_question *list =
        ARENA_ARRAY(view->rq->arena, struct case_question, q->question_count);
    size_t count = 0;

    for (size_t i = case_view_next(view, SIZE_MAX); i != SIZE_MAX; i = case_view_next(view, i))
        list[count++] = question_of(view, i);
    page->questions = list;
    page->question_count = count;
    page->keep = with_list(view, path_post_case_part(view->rq->arena, view->c.row.id));
    if (kind_of(view) != &filter_kinds[0])
        return;
    page->part_name = q->dimensions[view->part].name.in[view->rq->lang];
    page->part_id = q->dimensions[view->part].id;
    page->part_unseen = page->parts[view->part].asked - page->parts[view->part].seen;
}

static void fill_filters(const struct case_view *view, struct case_page *page)
{
    struct arena *arena = view->rq->arena;
    struct choice_view *filters = ARENA_ARRAY(arena, struct choice_view, ARRAY_SIZE(filter_kinds));
    struct path *paths = ARENA_ARRAY(arena, struct path, ARRAY_SIZE(filter_kinds));

    for (size_t f = 0; f < ARRAY_SIZE(filter_kinds); f++) {
        struct case_view other = *view;
        size_t count = 0;

        other.filter = filter_kinds[f].code;
        for (size_t i = case_view_next(&other, SIZE_MAX); i != SIZE_MAX;
             i = case_view_next(&other, i))
            count++;
        filters[f] = (struct choice_view){
            .value = filter_kinds[f].code,
            .label = tr_with(view->rq, filter_kinds[f].label, arena_printf(arena, "%zu", count)),
            .is_chosen = kind_of(view) == &filter_kinds[f]};
        paths[f] = f == 0 ? at_part(view, view->part)
                          : with_list(&other, path_page_case(arena, view->c.row.id));
    }
    page->filters = filters;
    page->filter_paths = paths;
    page->filter_count = ARRAY_SIZE(filter_kinds);
}

/* ---- the page ---- */

/* Of a file from the command line nobody says who sent it, and the system's name tells nothing. */
static const char *imported_text(struct request *rq, const struct store_import *import)
{
    if (!import)
        return NULL;
    return web_tr(rq->lang, import->account ? WEB_case_let_in : WEB_case_imported, rq->arena,
                  (const char *[]){import->file, *import->sender ? import->sender : "–",
                                   text_of_day(rq->arena, day_of_utc(import->started_at)),
                                   import->actor},
                  4);
}

static void fill_head(const struct case_view *view, struct case_page *page)
{
    const struct open_case *c = &view->c;
    struct request *rq = view->rq;
    const struct case_shown *shown = &c->row.shown;
    const char *const who[] = {*shown->tax_code ? shown->tax_code : "–",
                               case_area(rq, shown->area), case_business(rq, shown),
                               shown->round};

    page->token = rq->form_token;
    page->id = c->row.id;
    page->version = c->row.version;
    page->edition = c->row.at.edition;
    page->name = case_name(rq, shown->name, &page->form);
    page->who = web_tr(rq->lang, WEB_case_who, rq->arena, who, ARRAY_SIZE(who));
    page->state = case_state_words(c->row.at.state).in[rq->lang];
    page->state_tone = case_state_tone(c->row.at.state);
    page->due = case_due(rq, &c->row.at, &page->due_tone);
    page->back = *view->list ? (struct path){arena_printf(rq->arena, "%s?%s",
                                                          path_page_queue(rq->arena).text,
                                                          view->list)}
                             : path_page_queue(rq->arena);
    if (c->row.at.verified_points != STORE_UNKNOWN)
        page->report = path_page_case_report(rq->arena, c->row.id);
    if (permission(&rq->desk.account, ACT_SEE_PLANS) != REACH_NONE)
        page->plan = path_page_firm_plan(rq->arena, c->row.id);
    page->next = queue_next(rq, view->list, c->row.id);
    page->may_help =
        c->dossier && permission(&rq->desk.account, ACT_HELP_CASES) != REACH_NONE;
    page->may_change = open_case_may(&rq->app, c, CASE_ACT_CORRECT, NULL);
    if (c->objection.is_open) {
        page->objection = c->objection.text;
        page->objected_at = time_and_day(rq->arena, c->objection.at);
    }
    page->progress = web_tr(rq->lang, WEB_case_progress, rq->arena,
                            (const char *[]){arena_printf(rq->arena, "%zu", c->seen),
                                             arena_printf(rq->arena, "%zu", c->asked),
                                             arena_printf(rq->arena, "%zu", c->changed)},
                            3);
    page->done = view->done;
    page->imported = imported_text(rq, c->import);
}

enum work_queue case_view_show(struct case_view *view, unsigned status,
                               const struct form_faults *faults)
{
    struct request *rq = view->rq;
    struct desk_layout layout = desk_layout(rq, WEB_queue_title);
    struct case_page page = {.token = NULL};
    struct err err;

    fill_head(view, &page);
    fill_strip(view, &page);
    fill_questions(view, &page);
    fill_filters(view, &page);
    case_open_fill(view, &page);
    case_threads_fill(view, &page);
    case_acts_fill(view, &page);
    if (case_history_fill(view, &page, &err) != OK)
        return request_error(rq, &err);
    layout.layout.title = page.name;
    layout.layout.has_fault = faults->count > 0;
    layout.is_wide = true;
    if (rq->wants_json)
        return faults->count ? request_faults_json(rq, faults)
                             : request_reply(rq, status, &shape_case, &page);
    request_page(rq, status);
    view_case(&rq->view, &layout, &page, faults);
    return QUEUE_DONE;
}

static enum work_queue read_and_show(struct request *rq)
{
    static const struct form_faults none;
    struct case_view view;
    struct err err;

    if (case_view_load(rq, &view, &err) != OK)
        return request_error(rq, &err);
    view.done = rq->page;
    return case_view_show(&view, 200, &none);
}

enum work_queue case_view_again(struct request *rq, const char *done)
{
    rq->page = (void *)(uintptr_t)done;
    return request_go(rq, QUEUE_READ, read_and_show);
}

enum work_queue page_case(struct request *rq)
{
    struct err err;

    return open_case_note(&rq->app, rq->number, &err) == OK ? case_view_again(rq, NULL)
                                                            : request_error(rq, &err);
}
