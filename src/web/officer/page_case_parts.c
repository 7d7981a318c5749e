/* Parts of a case's page: the open question, what was asked, what happened. */
#include "case_page.h"
#include "case_words.h"

#include <string.h>

#include "app/queries.h"
#include "base/text.h"
#include "web_paths.h"

/* ---- the open question ---- */

static const char *effect_text(const struct case_view *view, size_t option, const char **tone)
{
    const struct open_case *c = &view->c;
    struct option_effect effect;
    const char *points;

    open_case_effect(c, view->question, option, &effect);
    *tone = "";
    points = case_signed(view, effect.points);
    if (effect.level == score_level(&c->before.score))
        return ratio_cmp(effect.points, ratio_of(0)) == 0
                   ? tr(view->rq, WEB_case_effect_none)
                   : tr_with(view->rq, WEB_case_effect_same, points);
    *tone = "warn";
    return web_tr(view->rq->lang, WEB_case_effect_level, view->rq->arena,
                  (const char *[]){points, case_level_text(view->rq, effect.level)}, 2);
}

static void fill_options(const struct case_view *view, struct case_open_question *open)
{
    const struct open_case *c = &view->c;
    const struct question *q = &c->survey->q->questions[view->question];
    const struct answer *self = &c->self->answers[view->question];
    const struct answer *now = &c->verified->answers[view->question];
    struct case_option *options =
        ARENA_ARRAY(view->rq->arena, struct case_option, q->option_count + 1);

    if (q->type != QUESTION_SINGLE)
        return;
    for (size_t i = 0; i < q->option_count; i++) {
        struct case_option *out = &options[q->option_count - 1 - i]; /* the highest first */

        *out = (struct case_option){
            .id = q->options[i].id,
            .text = q->options[i].text.in[view->rq->lang],
            .look = q->options[i].officer.in[view->rq->lang],
            .is_self = self->state == ANSWER_GIVEN && self->option == i,
            .is_chosen = now->state == ANSWER_GIVEN && now->option == i};
        out->effect = effect_text(view, i, &out->tone);
    }
    open->options = options;
    open->option_count = q->option_count;
}

static void fill_reasons(const struct case_view *view, const struct case_value *value,
                         struct case_open_question *open)
{
    struct choice_view *reasons =
        ARENA_ARRAY(view->rq->arena, struct choice_view, case_reason_count);

    for (size_t i = 0; i < case_reason_count; i++)
        reasons[i] = (struct choice_view){
            case_reasons[i].code, case_reasons[i].text.in[view->rq->lang],
            value && strcmp(value->reason, case_reasons[i].code) == 0};
    open->reasons = reasons;
    open->reason_count = case_reason_count;
    open->reason = value ? case_reason_words(value->reason).in[view->rq->lang] : "";
}

static const char *size_text(struct request *rq, int64_t bytes)
{
    return arena_printf(rq->arena, "%s kB",
                        text_of_number_short(rq->arena, ratio_make(bytes, 1000), 0, rq->lang));
}

static void fill_files(const struct case_view *view, const char *id,
                       struct case_open_question *open)
{
    const struct open_case *c = &view->c;
    struct arena *arena = view->rq->arena;
    struct case_document *files = ARENA_ARRAY(arena, struct case_document, c->file_count + 1);

    for (size_t i = 0; i < c->file_count; i++) {
        const struct evidence *file = &c->files[i];

        if (strcmp(file->question, id) != 0)
            continue;
        files[open->file_count++] = (struct case_document){
            .id = file->id,
            .name = file->name,
            .size = size_text(view->rq, file->size),
            .path = path_page_case_file(arena, c->row.id,
                                        arena_printf(arena, "%lld", (long long)file->id)),
            .is_picture = strncmp(file->type, "image/", 6) == 0};
    }
    open->files = files;
}

void case_open_fill(const struct case_view *view, struct case_page *page)
{
    struct case_open_question *open = ARENA_NEW(view->rq->arena, struct case_open_question);
    const struct open_case *c = &view->c;
    const struct case_value *value;
    const struct question *q;

    if (view->question == SIZE_MAX)
        return;
    q = &c->survey->q->questions[view->question];
    value = c->by_question[view->question];
    *open = (struct case_open_question){
        .id = q->id,
        .text = q->text.in[view->rq->lang],
        .look = q->evidence.in[view->rq->lang],
        .note = value ? value->note : "",
        .version = value ? value->version : 0,
        .self_text = answer_print(q, &c->self->answers[view->question], view->rq->lang,
                                  view->rq->arena)};
    fill_options(view, open);
    fill_reasons(view, value, open);
    fill_files(view, q->id, open);
    page->open = open;
}

/* ---- queries, history ---- */

void case_threads_fill(const struct case_view *view, struct case_page *page)
{
    const struct open_case *c = &view->c;
    struct request *rq = view->rq;
    struct case_thread *threads = ARENA_ARRAY(rq->arena, struct case_thread, c->query_count + 1);

    for (size_t i = 0; i < c->query_count; i++) {
        const struct dossier_question *query = &c->queries[i];
        day due;
        bool has_day = day_parse_iso(query->due_on, strlen(query->due_on), &due);

        threads[i] = (struct case_thread){
            .id = query->id,
            .question = *query->question ? query->question : tr(rq, WEB_case_whole),
            .text = query->text,
            .asked_at = time_and_day(rq->arena, query->asked_at),
            .due_on = has_day ? text_of_day(rq->arena, due) : "",
            .reply = query->reply,
            .replied_at = *query->replied_at ? time_and_day(rq->arena, query->replied_at) : "",
            .closed_at = *query->closed_at ? time_and_day(rq->arena, query->closed_at) : "",
            .close_reason = query->close_reason,
            .is_open = query_is_open(query) && page->may_change};
    }
    page->threads = threads;
    page->thread_count = c->query_count;
}

/* "answers.4.1.3=3 (expired)" as people read it. */
static const char *told_value(struct request *rq, const char *after)
{
    const char *id = strncmp(after, "answers.", 8) == 0 ? after + 8 : after;
    const char *plain = arena_strndup(rq->arena, id, strcspn(id, "= "));

    return tr_with(rq, strchr(after, '=') ? WEB_case_told_value : WEB_case_told_kept, plain);
}

/* The reason of it is from whom. */
static bool is_taken_over(const struct audit_entry *entry)
{
    return strcmp(entry->act, case_rules[CASE_ACT_TAKE].code) == 0 && *entry->reason &&
           strncmp(entry->reason, CASE_RUN_PREFIX, sizeof(CASE_RUN_PREFIX) - 1) != 0;
}

static const char *told(struct request *rq, const struct audit_entry *entry)
{
    if (strcmp(entry->act, "case-opened") == 0)
        return tr(rq, WEB_case_told_opened);
    if (strcmp(entry->act, "undone") == 0)
        return tr(rq, WEB_case_told_undone);
    if (strcmp(entry->act, "warned") == 0)
        return tr(rq, WEB_case_told_warned);
    if (strcmp(entry->act, "released") == 0)
        return tr_with(rq, WEB_case_told_released, entry->before);
    if (strcmp(entry->act, "code-reissued") == 0)
        return tr(rq, WEB_case_told_reissued);
    if (strcmp(entry->act, "handed-over") == 0)
        return tr(rq, WEB_case_told_handed_over);
    if (is_taken_over(entry))
        return tr_with(rq, WEB_case_told_taken_over, entry->reason);
    if (strcmp(entry->act, case_rules[CASE_ACT_CORRECT].code) == 0)
        return told_value(rq, entry->after);
    for (int i = 0; i < CASE_ACT__MAX; i++) {
        if (strcmp(entry->act, case_rules[i].code) == 0)
            return case_rules[i].name.in[rq->lang];
    }
    return "–";
}

/* Of a bulk run: "theo lô 12 lý do". */
static const char *told_reason(struct request *rq, const struct audit_entry *entry)
{
    const char *reason = entry->reason;
    size_t prefix = sizeof(CASE_RUN_PREFIX) - 1, len;

    if (strcmp(entry->act, "undone") == 0 || is_taken_over(entry))
        return "";
    if (strncmp(reason, CASE_RUN_PREFIX, prefix) != 0)
        return reason;
    reason += prefix;
    len = strcspn(reason, " ");
    return web_tr(rq->lang, WEB_bulk_told, rq->arena,
                  (const char *[]){arena_strndup(rq->arena, reason, len),
                                   reason[len] ? reason + len + 1 : ""},
                  2);
}

enum status case_history_fill(const struct case_view *view, struct case_page *page,
                              struct err *err)
{
    struct request *rq = view->rq;
    struct case_history_line *lines;
    const struct audit_entry *entries;
    size_t count;
    enum status status =
        open_case_history(&rq->app, &view->c, rq->arena, &entries, &count, err);

    if (status != OK)
        return status;
    lines = ARENA_ARRAY(rq->arena, struct case_history_line, count + 1);
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct case_history_line){time_and_day(rq->arena, entries[i].at),
                                              entries[i].actor, told(rq, &entries[i]),
                                              told_reason(rq, &entries[i])};
    page->history = lines;
    page->history_count = count;
    return OK;
}
