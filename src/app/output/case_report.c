#include "app/output/case_report.h"

#include "app/enterprise/dossiers.h"


static enum status make_result(const struct app_context *app, const struct response *response,
                               day on, struct arena *arena, struct result *out, struct err *err)
{
    const struct loaded_questionnaire *survey =
        loaded_data_find(app->loaded, response->questionnaire->ref);
    const struct result_request request = {
        .response = response, .scorer = survey ? survey->scorer : NULL, .on = on};

    return result_make(app->loaded->ws, arena, &request, out, err);
}

static struct verification verification_of(const struct case_freeze *frozen, int64_t id,
                                           const char *unit, const char *address,
                                           struct arena *arena)
{
    return (struct verification){
        .on = day_of_utc(frozen->at),
        .unit = unit,
        .reference = arena_printf(arena, "HS-%lld-%d", (long long)id, frozen->edition),
        .self_level = frozen->self_level == STORE_UNKNOWN ? LEVEL_NONE : frozen->self_level,
        .self_points = ratio_make(frozen->self_points, 100),
        .address = address};
}

enum status case_report_load(const struct app_context *app, int64_t id, int edition,
                             const char *unit, const char *address, struct arena *arena,
                             struct case_report *out, struct err *err)
{
    struct case_freeze frozen;
    struct response *response;
    enum status status = case_freeze_load(app->store, id, edition, arena, &frozen, err);

    if (status == OK)
        status = signing_key_current(app, arena, &out->key, err);
    if (status != OK)
        return status;
    response = dossier_content_read(app, frozen.response, arena, err);
    if (!response)
        return err->status;
    response_activate(response, arena);
    out->verification = verification_of(&frozen, id, unit, address, arena);
    out->wording = app->loaded->wording;
    return make_result(app, response, out->verification.on, arena, &out->result, err);
}

enum status case_report_of(const struct app_context *app, int64_t assessment, const char *unit,
                           const char *address, struct arena *arena, struct case_report *out,
                           struct err *err)
{
    struct case_row row;
    enum status status = case_of_assessment(app->store, assessment, arena, &row, err);

    return status == OK ? case_report_load(app, row.id, 0, unit, address, arena, out, err) : status;
}

enum status case_report_make(const struct case_report *report, enum lang lang, struct buf *out,
                             struct err *err)
{
    const struct signed_report_request request = {
        .document = {.report = report->result.report,
                     .wording = report->wording,
                     .lang = lang,
                     .kind = DOCUMENT_REPORT,
                     .verification = &report->verification},
        .key = &report->key};

    return signed_report_make(&request, out, err);
}
