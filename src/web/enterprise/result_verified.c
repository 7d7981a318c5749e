/* What was verified beside what was answered: points, levels, what was changed and why. */
#include "result_verified.h"

#include <string.h>

#include "app/review/cases.h"
#include "submission.h"
#include "web_views.h"

static const char *part_points(const struct phraser *t, const struct score *score,
                               const struct score_part *part)
{
    return phrase_number(t, score_points(score, part), 2);
}

static const char *level_words(const struct phraser *t, int level)
{
    return level == LEVEL_NONE ? "–" : arena_printf(t->arena, "%d", level);
}

static struct verified_part view_part(const struct phraser *t, const struct score *self,
                                      const struct score_part *part,
                                      const struct score_part *verified, const char *name)
{
    const struct score *score = t->report->source.score;

    return (struct verified_part){
        .name = name,
        .self = part_points(t, self, part),
        .verified = part_points(t, score, verified),
        .max = phrase_number(t, score_max(score, verified), 2),
        .change = phrase_change(t, ratio_sub(score_points(score, verified),
                                             score_points(self, part))),
        .self_level = level_words(t, score_part_level(self, part)),
        .level = level_words(t, score_part_level(score, verified))};
}

static void view_parts(const struct phraser *t, const struct score *self,
                       struct verified_view *view)
{
    const struct questionnaire *q = t->report->q;
    const struct score *score = t->report->source.score;
    struct verified_part *parts =
        ARENA_ARRAY(t->arena, struct verified_part, q->dimension_count + 1);

    for (size_t i = 0; i < q->dimension_count; i++)
        parts[i] = view_part(t, self, &self->dimensions[i], &score->dimensions[i],
                             q->dimensions[i].name.in[t->lang]);
    view->parts = parts;
    view->part_count = q->dimension_count;
    view->total = view_part(t, self, &self->total, &score->total, "");
    view->total.self_level = level_words(t, score_level(self));
    view->total.level = level_words(t, score_level(score));
}

/* ---- what was changed ---- */

static const char *answer_words(struct request *rq, const struct question *question,
                                const char *json)
{
    struct faults *faults = ARENA_NEW(rq->arena, struct faults);
    struct answer answer = {.state = ANSWER_NONE};
    const struct json *value;

    faults_init(faults, rq->arena);
    if (!json || !*json)
        return tr(rq, WEB_not_answered);
    value = json_parse(rq->arena, question->id, json, strlen(json), faults);
    if (!value || !answer_read_json(question, value, rq->arena, faults, &answer))
        return "–";
    return answer_print(question, &answer, rq->lang, rq->arena);
}

/* Of "answers.4.1.3". */
static const struct question *question_of(const struct request *rq, const char *item)
{
    size_t index;

    return item && strncmp(item, "answers.", 8) == 0 ? request_question(rq, item + 8, &index)
                                                     : NULL;
}

static const struct json *changes_of(struct request *rq, const struct verified_result *verified)
{
    struct faults *faults = ARENA_NEW(rq->arena, struct faults);
    const char *text = verified->frozen.changes;

    faults_init(faults, rq->arena);
    return json_parse(rq->arena, "changes", text, strlen(text), faults);
}

static void view_changes(struct request *rq, const struct verified_result *verified,
                         struct verified_view *view)
{
    const struct json *list = changes_of(rq, verified);
    struct verified_change *changes =
        ARENA_ARRAY(rq->arena, struct verified_change, (list ? list->count : 0) + 1);

    for (size_t i = 0; list && i < list->count; i++) {
        const struct json *item = &list->items[i];
        const struct question *question = question_of(rq, json_text(item, "item"));
        const char *reason = json_text(item, "reason"), *note = json_text(item, "note");

        if (!question)
            continue;
        changes[view->change_count++] = (struct verified_change){
            .id = question->id,
            .label = question->label.in[rq->lang],
            .self = answer_words(rq, question, json_text(item, "self")),
            .verified = answer_words(rq, question, json_text(item, "value")),
            .reason = case_reason_words(reason ? reason : "").in[rq->lang],
            .note = note ? note : ""};
    }
    view->changes = changes;
}

const struct verified_view *verified_view_of(struct request *rq, const struct phraser *t,
                                             const struct verified_result *verified)
{
    struct verified_view *view = ARENA_NEW(rq->arena, struct verified_view);
    struct score self;

    score_answers(rq->opened.survey->scorer, verified->self->answers, &self);
    *view = (struct verified_view){.on = day_of_time(rq, verified->frozen.at),
                                   .is_reopened = verified->is_reopened};
    view_parts(t, &self, view);
    view_changes(rq, verified, view);
    return view;
}

/* ---- for programs ---- */

static void write_score(struct json_writer *w, const char *key, int64_t points, int level)
{
    json_key(w, key);
    json_begin_object(w);
    json_member_decimal(w, "points", ratio_make(points, 100));
    json_key(w, "level");
    if (level == STORE_UNKNOWN)
        json_null(w);
    else
        json_int(w, level);
    json_end_object(w);
}

static void write_changes(struct request *rq, const struct json *list, struct json_writer *w)
{
    json_key(w, "changes");
    json_begin_array(w);
    for (size_t i = 0; list && i < list->count; i++) {
        const struct json *item = &list->items[i];
        const struct question *question = question_of(rq, json_text(item, "item"));
        const char *self = json_text(item, "self"), *value = json_text(item, "value");

        if (!question)
            continue;
        json_begin_object(w);
        json_member_string(w, "question", question->id);
        json_key(w, "self");
        json_raw(w, self && *self ? self : "null");
        json_key(w, "verified");
        json_raw(w, value && *value ? value : "null");
        json_member_string(w, "reason", json_text(item, "reason"));
        json_member_string(w, "note", json_text(item, "note"));
        json_end_object(w);
    }
    json_end_array(w);
}

void verified_write(struct request *rq, const struct verified_result *verified,
                    struct json_writer *w)
{
    const struct case_freeze *frozen = verified ? &verified->frozen : NULL;

    json_key(w, "verified");
    if (!verified) {
        json_null(w);
        return;
    }
    json_begin_object(w);
    json_member_string(w, "at", frozen->at);
    json_member_int(w, "edition", frozen->edition);
    json_member_bool(w, "reopened", verified->is_reopened);
    write_score(w, "self", frozen->self_points, frozen->self_level);
    write_score(w, "result", frozen->points, frozen->level);
    write_changes(rq, changes_of(rq, verified), w);
    json_end_object(w);
}
