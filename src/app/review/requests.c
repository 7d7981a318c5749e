#include "app/review/requests.h"

#include "app/notices.h"
#include "app/permission.h"
#include "case_parts.h"

#define REQUESTS_MAX 200

enum status requests_list(const struct app_context *app, struct arena *arena,
                          const struct data_request **list, size_t *count, struct err *err)
{
    return data_requests(app->store, cases_areas(app, arena), 0, REQUESTS_MAX, arena, list, count,
                         err);
}

enum status requests_count(const struct app_context *app, struct arena *arena, int64_t *open,
                           int64_t *overdue, struct err *err)
{
    return data_request_count(app->store, cases_areas(app, arena),
                              day_iso_text(arena, app->today), open, overdue, err);
}

static enum status find(const struct app_context *app, int64_t id, struct arena *arena,
                        struct data_request *out, struct err *err)
{
    const struct data_request *list;
    size_t count = 0;
    enum status status = requests_list(app, arena, &list, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        if (list[i].id != id)
            continue;
        *out = list[i];
        return OK;
    }
    if (status != OK)
        return status;
    return err_set(err, NOT_FOUND, "không có yêu cầu này", "there is no such request");
}

/* Files that no row names any more are found by the server (evidence_sweep_part()). */
static enum status erase(const struct app_context *app, const struct data_request *request,
                         struct arena *arena, struct err *err)
{
    struct dossier dossier;
    enum status status = dossier_load(app->store, request->dossier, arena, &dossier, err);

    return status == OK ? dossier_erase(app->store, &dossier, app->now, err) : status;
}

static enum status tell(const struct app_context *app, const struct data_request *request,
                        bool is_erased, bool is_done, const char *answer, struct arena *arena,
                        struct err *err)
{
    const struct notice_told told = {
        .kind = NOTICE_DATA_ANSWERED,
        .name = arena_printf(arena, "request:%lld", (long long)request->id)};
    const struct dossier_event event = {
        .kind = "data-answered", .at = app->now, .actor = actor_code(app->actor), .text = answer};
    const struct audit_entry entry = {
        .act = is_done ? "data-request-done" : "data-request-refused",
        .object = arena_printf(arena, "data-request:%lld", (long long)request->id),
        .before = data_request_kind_code(request->kind),
        .after = "",
        .reason = answer};
    enum status status = OK;

    if (!is_erased)
        status = dossier_event_add(app->store, request->dossier, &event, err);
    if (status == OK && !is_erased)
        status = notice_tell_dossier(app, request->dossier, &told, arena, err);
    return status == OK ? context_tell(app, &entry, err) : status;
}

static enum status answer_now(const struct app_context *app, const struct data_request *request,
                              bool is_done, const char *answer, struct arena *arena,
                              struct err *err)
{
    bool is_erased = is_done && request->kind == REQUEST_ERASURE;
    enum status status = data_request_answer(app->store, request->id,
                                             is_done ? REQUEST_DONE : REQUEST_REFUSED, answer,
                                             app->account->id, app->now, err);

    if (status == OK && is_erased)
        status = erase(app, request, arena, err);
    return status == OK ? tell(app, request, is_erased, is_done, answer, arena, err) : status;
}

enum status request_answer(const struct app_context *app, int64_t id, bool is_done,
                           const char *answer, struct arena *arena, struct err *err)
{
    struct data_request request = {.id = 0};
    bool is_own;
    enum status status = find(app, id, arena, &request, err);

    if (status == OK && !*answer)
        return err_set(err, BAD_INPUT,
                       "Cần ghi trả lời: đã làm gì, hoặc vì sao không làm. Đơn vị sẽ đọc.",
                       "An answer is needed: what was done, or why not. The firm reads it.");
    if (status == OK)
        status = context_begin(app, &is_own, err);
    return status == OK ? context_end(app, is_own,
                                      answer_now(app, &request, is_done, answer, arena, err), err)
                        : status;
}
