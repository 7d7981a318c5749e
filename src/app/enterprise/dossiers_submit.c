/* Dossiers from submission on: what is stored, taken back, and erased. */
#include "app/enterprise/data_requests.h"
#include "app/enterprise/evidence.h"

#include <string.h>

#include "app/enterprise/review.h"
#include "policy/match.h"

static enum status add_event(const struct app_context *app, const struct open_dossier *opened,
                             const char *kind, struct err *err)
{
    struct dossier_event event = {
        .kind = kind, .actor = actor_code(app->actor), .at = app->now, .text = ""};

    return dossier_event_add(app->store, opened->dossier.id, &event, err);
}

/* Only what came from this dossier may be revised by it. */
static bool is_own_assessment(void *context, int64_t assessment)
{
    const struct open_dossier *opened = context;

    return opened->dossier.assessment == assessment;
}

static enum status store_assessment(const struct app_context *app, struct open_dossier *opened,
                                    struct store_put *put, struct err *err)
{
    const struct catalogue *catalogue = app->loaded->catalogue;
    struct response *response = opened->response;
    struct score score;
    struct store_extra extra = {.catalogue_hash = catalogue->hash,
                                .imported_at = app->now,
                                .source = "web",
                                .is_reviewed_too = true, /* what was returned to it */
                                .replaces_newer = true,  /* its own, and only they */
                                .may_revise = is_own_assessment,
                                .context = opened};

    response->submitted_on = app->today;
    score_answers(opened->survey->scorer, response->answers, &score);
    extra.size_class =
        applicant_size_code(catalogue, response->values, response->submitted_on, app->today);
    return store_put_response(app->store, response, &score, &extra, put, err);
}

static enum status refuse_second(const struct app_context *app, struct err *err)
{
    return err_set(
        err, CONFLICT,
        "Đợt %s đã có kết quả của đơn vị có mã số thuế, hoặc tên và địa bàn này. Nếu đó "
        "là hồ sơ của đơn vị, hãy mở lại bằng mã hồ sơ và mã bí mật cũ. Nếu chỉ trùng "
        "tên, hãy ghi mã số thuế hoặc tên đầy đủ hơn; nếu không được, hãy liên hệ cán bộ "
        "hỗ trợ.",
        "Round %s already has a result of an enterprise with this tax code, or this name "
        "and area. If that dossier is yours, open it with its reference and secret code. "
        "If only the names are the same, enter the tax code or a fuller name; otherwise "
        "please ask an officer for help.",
        app->round);
}

/* Who the enterprise is must be known, and its form must be one of the questionnaire's. */
static enum status check_whole(const struct app_context *app, const struct open_dossier *opened,
                               struct arena *arena, struct err *err)
{
    const struct value *values = opened->response->values;
    struct faults *faults = ARENA_NEW(arena, struct faults);

    if (values[facts_find(app->loaded->facts, "tax_code")].kind == VALUE_UNKNOWN &&
        values[facts_find(app->loaded->facts, "name")].kind == VALUE_UNKNOWN)
        return err_set(err, BAD_INPUT, "Cần có mã số thuế hoặc tên đơn vị trước khi nộp hồ sơ.",
                       "A tax code or a name is needed before the application can be submitted.");
    if (!response_has_answers(opened->response))
        return err_set(err, BAD_INPUT, "Hồ sơ chưa trả lời câu hỏi nào nên chưa nộp được.",
                       "No question is answered yet, so the application cannot be submitted.");
    faults_init(faults, arena);
    if (!response_check(opened->response, (struct place){"", 0, ""}, arena, faults)) {
        faults_to_err(faults, err);
        return err->status = BAD_INPUT;
    }
    return OK;
}

enum status open_dossier_submit(const struct app_context *app, struct open_dossier *opened,
                                const char *consent_version, struct arena *arena, struct err *err)
{
    bool is_first = !opened->dossier.assessment,
         is_returned = opened->dossier.state == DOSSIER_RETURNED;
    struct store_put put;
    enum status status;

    if (opened->dossier.state == DOSSIER_SUBMITTED)
        return OK;
    if (!open_dossier_is_open(opened))
        return err_set(err, CONFLICT, "Hồ sơ %s không còn ở bước điền nên không nộp được.",
                       "The application %s is not being filled in and cannot be submitted.",
                       opened->dossier.reference);
    status = check_whole(app, opened, arena, err);
    if (status == OK && is_returned)
        status = open_dossier_hand_back(app, opened, arena, err);
    if (status != OK)
        return status;
    status = store_assessment(app, opened, &put, err);
    if (status == BAD_INPUT || (status == OK && put.outcome == STORE_UNCHANGED &&
                                put.assessment != opened->dossier.assessment))
        return refuse_second(app, err);
    if (status != OK)
        return status;
    opened->dossier.assessment = put.assessment;
    opened->dossier.revision = put.revision;
    opened->dossier.state = is_returned ? DOSSIER_REVIEWING : DOSSIER_SUBMITTED;
    opened->dossier.submitted_at = app->now;
    opened->dossier.consent_at = app->now;
    opened->dossier.consent_version = consent_version;
    opened->dossier.consent_ended_at = "";
    status = open_dossier_save(app, opened, arena, err);
    return status == OK ? add_event(app, opened, is_first ? "submitted" : "amended", err) : status;
}

static enum status refuse_started(const struct open_dossier *opened, struct err *err)
{
    return err_set(err, CONFLICT,
                   "Hồ sơ %s đang được cán bộ xem hoặc đã xong, nên không làm được việc này.",
                   "The application %s is being reviewed or is finished, so this cannot be done.",
                   opened->dossier.reference);
}

enum status open_dossier_complete(const struct app_context *app, struct open_dossier *opened,
                                  struct arena *arena, struct err *err)
{
    struct store_put put;
    enum status status;

    if (opened->dossier.state == DOSSIER_DRAFT)
        return open_dossier_save(app, opened, arena, err);
    if (opened->dossier.state != DOSSIER_SUBMITTED)
        return refuse_started(opened, err);
    response_activate(opened->response, arena);
    status = check_whole(app, opened, arena, err);
    if (status == OK)
        status = store_assessment(app, opened, &put, err);
    if (status == BAD_INPUT || (status == OK && put.assessment != opened->dossier.assessment))
        return refuse_second(app, err);
    if (status != OK)
        return status;
    opened->dossier.revision = put.revision;
    return open_dossier_save(app, opened, arena, err);
}

enum status open_dossier_amend(const struct app_context *app, struct open_dossier *opened,
                               struct arena *arena, struct err *err)
{
    if (open_dossier_is_open(opened))
        return OK;
    if (opened->dossier.state != DOSSIER_SUBMITTED && opened->dossier.state != DOSSIER_WITHDRAWN)
        return refuse_started(opened, err);
    opened->dossier.state = DOSSIER_DRAFT;
    return open_dossier_save(app, opened, arena, err);
}

static enum status stop_counting(const struct app_context *app, struct open_dossier *opened,
                                 struct arena *arena, const char *event, struct err *err)
{
    enum status status = OK;

    opened->dossier.state = DOSSIER_WITHDRAWN;
    if (opened->dossier.assessment)
        status = store_withdraw(app->store, opened->dossier.assessment, true, err);
    if (status == OK)
        status = open_dossier_save(app, opened, arena, err);
    return status == OK ? add_event(app, opened, event, err) : status;
}

enum status open_dossier_withdraw(const struct app_context *app, struct open_dossier *opened,
                                  struct arena *arena, struct err *err)
{
    if (opened->dossier.state == DOSSIER_WITHDRAWN)
        return OK;
    if (opened->dossier.state != DOSSIER_SUBMITTED && !open_dossier_is_open(opened))
        return refuse_started(opened, err);
    return stop_counting(app, opened, arena, "withdrawn", err);
}

enum status open_dossier_end_consent(const struct app_context *app, struct open_dossier *opened,
                                     struct arena *arena, struct err *err)
{
    if (*opened->dossier.consent_ended_at || opened->dossier.state == DOSSIER_ERASED)
        return OK;
    opened->dossier.consent_ended_at = app->now;
    return stop_counting(app, opened, arena, "consent-withdrawn", err);
}

/* With its files, which are listed before it forgets them. */
static enum status erase(const struct app_context *app, struct open_dossier *opened,
                         struct arena *arena, struct err *err)
{
    const struct evidence *files;
    size_t count;
    enum status status = open_dossier_evidence(app, opened, arena, &files, &count, err);

    if (status == OK)
        status = dossier_erase(app->store, &opened->dossier, app->now, err);
    for (size_t i = 0; status == OK && i < count; i++)
        evidence_drop_later(app, files[i].hash);
    return status;
}

enum status open_dossier_ask_erasure(const struct app_context *app, struct open_dossier *opened,
                                     struct arena *arena, bool *is_erased, struct err *err)
{
    bool is_watched =
        opened->dossier.state == DOSSIER_REVIEWING || opened->dossier.state == DOSSIER_VERIFIED;
    enum status status;

    *is_erased = !is_watched;
    if (!is_watched)
        return erase(app, opened, arena, err);
    if (*opened->dossier.erasure_asked_at)
        return OK;
    opened->dossier.erasure_asked_at = app->now;
    status = open_dossier_save(app, opened, arena, err);
    if (status == OK)
        status = open_dossier_ask_data(app, opened, REQUEST_ERASURE, "", arena, err);
    return status == OK ? add_event(app, opened, "erasure-asked", err) : status;
}

/* ---- earlier responses ---- */

static enum status load_response(const struct app_context *app, int64_t assessment, int revision,
                                 struct arena *arena, const struct response **out, struct err *err)
{
    struct store_item *item = ARENA_NEW(arena, struct store_item);
    enum status status = store_load(app->store, assessment, revision, NULL, arena, item, err);

    if (status == OK) {
        response_activate(item->response, arena);
        *out = item->response;
    }
    return status;
}

static const char *answers_text(const struct response *response, struct arena *arena)
{
    struct json_writer w;
    struct buf out;
    const char *text;

    buf_init(&out, DOSSIER_CONTENT_BYTES_MAX);
    json_writer_init(&w, &out);
    response_write_answers(&w, response);
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

/* Revisions that only added facts are passed over: they are nothing to compare with. */
static enum status find_other_answers(const struct app_context *app,
                                      const struct open_dossier *opened, struct arena *arena,
                                      const struct response **before, struct err *err)
{
    const struct response *found = NULL;
    const char *now = "";
    int last = opened->dossier.revision;

    for (int i = 0; i <= REVISIONS_COMPARED_MAX && i < last; i++) {
        enum status status =
            load_response(app, opened->dossier.assessment, last - i, arena, &found, err);

        if (status != OK)
            return status;
        if (i == 0)
            now = answers_text(found, arena);
        else if (strcmp(now, answers_text(found, arena)) != 0) {
            *before = found;
            return OK;
        }
    }
    return OK;
}

enum status open_dossier_before(const struct app_context *app, const struct open_dossier *opened,
                                struct arena *arena, const struct response **before,
                                struct err *err)
{
    *before = NULL;
    if (opened->dossier.earlier)
        return load_response(app, opened->dossier.earlier, 0, arena, before, err);
    if (opened->dossier.assessment && opened->dossier.revision > 1)
        return find_other_answers(app, opened, arena, before, err);
    return OK;
}

enum status open_dossier_submitted(const struct app_context *app, const struct open_dossier *opened,
                                   struct arena *arena, const struct response **submitted,
                                   struct err *err)
{
    if (!opened->dossier.assessment)
        return err_set(err, NOT_FOUND, "Hồ sơ %s chưa nộp.",
                       "The application %s was not submitted.",
                       opened->dossier.reference);
    return load_response(app, opened->dossier.assessment, 0, arena, submitted, err);
}
