/* What a row of the inbox would change, side by side. */
#include "inbox_parts.h"

#include <string.h>

#include "survey/response.h"

static struct response *decode(const struct app_context *app, const struct inbox_row *row,
                               struct arena *arena, struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    struct response *response = NULL;
    const struct json *root;

    faults_init(faults, arena);
    root = json_parse(arena, "inbox", arena_strdup(arena, row->response), strlen(row->response),
                      faults);
    if (root)
        response = response_read(arena, root, app->loaded->facts, loaded_data_source(app->loaded),
                                 NULL, faults);
    if (!response)
        (void)!faults_to_err(faults, err);
    return response;
}

static void add(struct inbox_changes *out, const char *name, const char *before, const char *after)
{
    if (out->count < INBOX_CHANGES_SHOWN)
        out->items[out->count++] = (struct inbox_change){name, before, after};
    out->total++;
}

static const char *fact_text(const struct response *response, size_t fact, enum lang lang,
                             struct arena *arena)
{
    const struct value *value = &response->values[fact];

    return value->kind == VALUE_UNKNOWN ? NULL
                                        : fact_print(response->facts, fact, value,
                                                     response->submitted_on, lang, arena);
}

static const char *answer_text(const struct response *response, size_t question,
                               struct arena *arena)
{
    const struct answer *answer = &response->answers[question];
    const struct question *about = &response->questionnaire->questions[question];
    struct json_writer w;
    struct buf text;
    const char *copy;

    if (answer->state == ANSWER_NONE)
        return NULL;
    if (answer->state == ANSWER_GIVEN &&
        (about->type == QUESTION_SINGLE || about->type == QUESTION_YESNO))
        return about->options[answer->option].id;
    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    response_write_answer(&w, about, answer);
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void compare(struct inbox_changes *out, const struct response *before,
                    const struct response *after, enum lang lang, struct arena *arena)
{
    const struct facts *facts = after->facts;
    const struct questionnaire *q = after->questionnaire;

    for (size_t i = 0; i < facts->count; i++) {
        const char *old = fact_text(before, i, lang, arena);
        const char *new = fact_text(after, i, lang, arena);

        if (!facts->items[i].is_derived && !is_same(old, new))
            add(out, facts->items[i].label.in[lang], old, new);
    }
    for (size_t i = 0; i < q->question_count; i++) {
        const char *old = answer_text(before, i, arena), *new = answer_text(after, i, arena);

        if (!is_same(old, new))
            add(out, q->questions[i].id, old, new);
    }
}

enum status inbox_row_changes(const struct app_context *app, const struct inbox_row *row,
                              enum lang lang, struct arena *arena, struct inbox_changes *out,
                              struct err *err)
{
    struct response *response = decode(app, row, arena, err);
    const struct loaded_questionnaire *survey;
    struct store_item stored;
    struct score score;
    enum status status;

    *out = (struct inbox_changes){.points_before = RATIO_NONE};
    if (!response)
        return err->status;
    survey = loaded_data_find(app->loaded, response->questionnaire->ref);
    score_answers(survey->scorer, response->answers, &score);
    out->points = score_points(&score, &score.total);
    out->level = score_level(&score);
    if (!row->assessment)
        return OK;
    status = store_load(app->store, row->assessment, 0, survey->q, arena, &stored, err);
    if (status != OK)
        return status == CONFLICT ? OK : status;
    score_answers(survey->scorer, stored.response->answers, &score);
    out->points_before = score_points(&score, &score.total);
    compare(out, stored.response, response, lang, arena);
    return OK;
}
