#include "app/enterprise/dossiers.h"

#include <stdio.h>
#include <string.h>

#include "app/enterprise/evidence.h"
#include "base/text.h"
#include "survey/convert.h"

/* ---- the response as a document, and back ---- */

struct response *dossier_content_read(const struct app_context *app, const char *content,
                                      struct arena *arena, struct err *err)
{
    struct faults *faults = ARENA_NEW(arena, struct faults);
    struct questionnaire_source source = loaded_data_source(app->loaded);
    const struct json *root;
    struct response *response = NULL;

    source.is_stored = true; /* a dossier opens, whatever newer rules say of what is in it */
    faults_init(faults, arena);
    root = json_parse(arena, "dossier", content, strlen(content), faults);
    if (root)
        response = response_read(arena, root, app->loaded->facts, source, NULL, faults);
    if (!response) {
        faults_to_err(faults, err);
        err->status = FAILED;
    }
    return response;
}

/* Progress is a bit set in a JSON object, so that more can stand beside it. */
static const char *write_progress(uint32_t done, struct arena *arena)
{
    return arena_printf(arena, "{\"done\":%u}", done);
}

static uint32_t read_progress(const char *progress)
{
    unsigned done = 0;

    return sscanf(progress, "{\"done\":%9u", &done) == 1 ? done : 0;
}

enum status open_dossier_read(const struct app_context *app, struct arena *arena,
                              struct open_dossier *opened, struct err *err)
{
    const struct dossier *dossier = &opened->dossier;

    opened->survey = loaded_data_find(app->loaded, dossier->questionnaire);
    if (!opened->survey)
        return err_set(err, FAILED, "%s: bộ câu hỏi %s không còn trên máy chủ",
                       "%s: the questionnaire %s is not on this server any more",
                       dossier->reference, dossier->questionnaire);
    opened->done = read_progress(dossier->progress);
    if (dossier->state == DOSSIER_ERASED)
        opened->response = response_new(arena, opened->survey->q, app->loaded->facts);
    else
        opened->response = dossier_content_read(app, dossier->content, arena, err);
    if (!opened->response)
        return err->status;
    response_activate(opened->response, arena);
    return OK;
}

enum status open_dossier_load(const struct app_context *app, const char *reference,
                              struct arena *arena, struct open_dossier *out, struct err *err)
{
    enum status status = dossier_find(app->store, reference, arena, &out->dossier, err);

    return status == OK ? open_dossier_read(app, arena, out, err) : status;
}

enum status open_dossier_save(const struct app_context *app, struct open_dossier *opened,
                              struct arena *arena, struct err *err)
{
    response_activate(opened->response, arena);
    opened->dossier.content = response_text(opened->response, DOSSIER_CONTENT_BYTES_MAX, arena);
    opened->dossier.progress = write_progress(opened->done, arena);
    return dossier_save(app->store, &opened->dossier, app->now, err);
}

bool open_dossier_is_open(const struct open_dossier *opened)
{
    return opened->dossier.state == DOSSIER_DRAFT || opened->dossier.state == DOSSIER_RETURNED;
}

/* ---- wanted ---- */

static enum status put_fact(const struct app_context *app, struct response *response,
                            const char *id, const char *text, struct arena *arena, struct err *err)
{
    size_t fact = facts_find(app->loaded->facts, id);
    struct faults *faults = ARENA_NEW(arena, struct faults);
    struct place place = {id, 0, ""};

    if (!text || !*text || fact == MAP_NONE)
        return OK;
    faults_init(faults, arena);
    if (fact_read_text(app->loaded->facts, fact, text, app->today, place, arena, faults,
                       &response->values[fact]))
        return OK;
    faults_to_err(faults, err);
    return err->status = BAD_INPUT;
}

enum status open_dossier_check_owner(const struct app_context *app,
                                     const struct open_dossier *opened, struct err *err)
{
    if (app->actor.kind == ACTOR_ENTERPRISE && app->actor.id == opened->dossier.id)
        return OK;
    return err_set(err, DENIED, "Chỉ chủ hồ sơ %s mới làm được việc này.",
                   "Only the owner of the dossier %s can do this.", opened->dossier.reference);
}

static enum status add_dossier(const struct app_context *app, struct response *response,
                               const struct new_dossier *wanted, int64_t before,
                               struct arena *arena, struct dossier *out, struct err *err)
{
    struct dossier_start start = {.questionnaire = response->questionnaire->ref,
                                  .now = app->now,
                                  .lang = wanted->lang,
                                  .earlier = before,
                                  .secret_hash = wanted->secret_hash,
                                  .token_hash = wanted->token_hash};
    struct dossier_event event = {
        .kind = "created", .actor = actor_code(app->actor), .at = app->now, .text = ""};
    enum status status;

    response->round = app->round;
    start.content = response_text(response, DOSSIER_CONTENT_BYTES_MAX, arena);
    status = dossier_add(app->store, &start, out, err);
    if (status == OK)
        status = dossier_event_add(app->store, out->id, &event, err);
    return status;
}

struct search {
    const char *questionnaire;
    bool is_found;
};

static bool take_result(void *context, const struct store_row *row)
{
    struct search *search = context;

    search->is_found |=
        !search->questionnaire || strcmp(row->questionnaire, search->questionnaire) == 0;
    return !search->is_found;
}

enum status tax_code_is_used(const struct app_context *app, const char *tax_code,
                             const char *questionnaire, struct arena *arena, bool *is_used,
                             struct err *err)
{
    struct search search = {.questionnaire = questionnaire};
    struct store_filter filter = STORE_FILTER_NONE;
    const struct store_page page = {.limit = 1};
    struct store_row row;
    enum status status = store_find(app->store, tax_code, app->round, arena, &row, err);

    *is_used = false;
    if (status == NOT_FOUND)
        return OK;
    if (status != OK)
        return status;
    filter.round = app->round;
    filter.questionnaire = questionnaire;
    filter.enterprise = row.enterprise_reference;
    status = store_list(app->store, &filter, &page, take_result, &search, err);
    *is_used = search.is_found;
    return status;
}

enum status dossier_begin(const struct app_context *app, const struct new_dossier *wanted,
                          struct arena *arena, struct dossier *out, struct err *err)
{
    struct response *response = response_new(arena, wanted->survey->q, app->loaded->facts);
    enum status status;

    status = put_fact(app, response, "form", legal_form_code(wanted->form), arena, err);
    if (status == OK)
        status = put_fact(app, response, "tax_code", wanted->tax_code, arena, err);
    if (status == OK)
        status = put_fact(app, response, "section", wanted->section, arena, err);
    if (status == OK)
        status = add_dossier(app, response, wanted, 0, arena, out, err);
    return status;
}

enum status dossier_begin_again(const struct app_context *app, const struct open_dossier *before,
                                const struct new_dossier *wanted, struct arena *arena,
                                struct dossier *out, struct err *err)
{
    const struct questionnaire *q = wanted->survey->q;
    bool is_next_round = q == before->survey->q;
    struct response *response = is_next_round
                                    ? response_new(arena, q, app->loaded->facts)
                                    : response_convert(arena, before->response, q).response;

    if (!before->dossier.assessment)
        return err_set(err, CONFLICT, "hồ sơ %s chưa nộp nên chưa có gì để so sánh",
                       "the dossier %s was not submitted: there is nothing to compare with",
                       before->dossier.reference);
    if (is_next_round) /* what was converted has them already */
        memcpy(response->values, before->response->values,
               app->loaded->facts->count * sizeof(*response->values));
    return add_dossier(app, response, wanted, is_next_round ? before->dossier.assessment : 0, arena,
                       out, err);
}

/* ---- another questionnaire ---- */

bool open_dossier_may_move(const struct open_dossier *opened)
{
    return opened->dossier.state == DOSSIER_DRAFT && !opened->dossier.assessment;
}

size_t open_dossier_kept_by(const struct open_dossier *opened,
                            const struct loaded_questionnaire *survey, struct arena *arena)
{
    const struct response *response = response_convert(arena, opened->response, survey->q).response;
    size_t kept = 0;

    for (size_t i = 0; i < survey->q->question_count; i++)
        kept += response->answers[i].state != ANSWER_NONE;
    return kept;
}

static enum status check_move(const struct app_context *app, const struct open_dossier *opened,
                              struct arena *arena, struct err *err)
{
    const struct evidence *files;
    size_t count;
    enum status status = open_dossier_check_owner(app, opened, err);

    if (status == OK && !open_dossier_may_move(opened))
        return err_set(err, CONFLICT, "Hồ sơ %s đã nộp nên không đổi bộ câu hỏi được nữa.",
                       "The application %s was submitted: its questionnaire stays.",
                       opened->dossier.reference);
    if (status == OK)
        status = open_dossier_evidence(app, opened, arena, &files, &count, err);
    if (status == OK && count)
        return err_set(err, CONFLICT,
                       "Hồ sơ có %zu tệp minh chứng gắn với câu hỏi. Hãy xóa các tệp ấy rồi đổi bộ "
                       "câu hỏi.",
                       "The application has files of evidence (%zu) that belong to questions. "
                       "Please take them away, then change the questionnaire.",
                       count);
    return status;
}

enum status open_dossier_move(const struct app_context *app, struct open_dossier *opened,
                              const struct loaded_questionnaire *survey, struct arena *arena,
                              struct err *err)
{
    enum status status = check_move(app, opened, arena, err);

    if (status != OK)
        return status;
    opened->response = response_convert(arena, opened->response, survey->q).response;
    opened->survey = survey;
    opened->dossier.questionnaire = survey->q->ref;
    opened->done &= UINT32_C(1) << SECTION_FACTS;
    return open_dossier_save(app, opened, arena, err);
}

/* ---- what changed in another window ---- */

static uint32_t fingerprint(const char *text)
{
    uint32_t hash = 2166136261u;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash ? hash : 1;
}

/* The answer as its document has it: equal texts are equal answers. */
uint32_t answer_fingerprint(const struct open_dossier *opened, size_t question,
                            const struct answer *answer)
{
    const struct question *q = &opened->survey->q->questions[question];
    struct json_writer w;
    struct buf out;
    uint32_t print;

    if (answer->state == ANSWER_NONE)
        return 0;
    buf_init(&out, DOSSIER_CONTENT_BYTES_MAX);
    json_writer_init(&w, &out);
    response_write_answer(&w, q, answer);
    print = fingerprint(buf_text(&out));
    buf_free(&out);
    return print;
}

uint32_t stored_answer_fingerprint(const struct open_dossier *opened, size_t question)
{
    return answer_fingerprint(opened, question, &opened->response->answers[question]);
}

uint32_t fact_fingerprint(const struct value *value)
{
    struct json_writer w;
    struct buf out;
    uint32_t print;

    if (value->kind == VALUE_UNKNOWN)
        return 0;
    buf_init(&out, DOSSIER_CONTENT_BYTES_MAX);
    json_writer_init(&w, &out);
    value_write(&w, value);
    print = fingerprint(buf_text(&out));
    buf_free(&out);
    return print;
}

uint32_t stored_fact_fingerprint(const struct open_dossier *opened, size_t fact)
{
    return fact_fingerprint(&opened->response->values[fact]);
}

size_t open_dossier_hidden_by(const struct open_dossier *opened, const struct answer *answers,
                              struct arena *arena, const size_t **questions)
{
    const struct questionnaire *q = opened->survey->q;
    struct response after = *opened->response;
    size_t *list = ARENA_ARRAY(arena, size_t, q->question_count);
    size_t count = 0;

    *questions = list;
    if (!q->has_conditions)
        return 0;
    after.answers = ARENA_ARRAY(arena, struct answer, q->question_count);
    memcpy(after.answers, answers, q->question_count * sizeof(*answers));
    response_activate(&after, arena);
    for (size_t i = 0; i < q->question_count; i++) {
        const struct answer *before = &opened->response->answers[i];

        if (before->is_active && before->state != ANSWER_NONE && !after.answers[i].is_active)
            list[count++] = i;
    }
    return count;
}
