#include "app/review/case_help.h"

#include "app/notices.h"
#include "case_parts.h"

enum status case_help_load(const struct app_context *app, int64_t id, struct arena *arena,
                           struct case_help *out, struct err *err)
{
    struct dossier dossier;
    enum status status = case_load_seen(app, id, arena, &out->row, err);

    out->reference = "";
    if (status == OK)
        status = dossier_of_assessment(app->store, out->row.assessment, &out->dossier, err);
    if (status != OK || !out->dossier)
        return status;
    status = dossier_load(app->store, out->dossier, arena, &dossier, err);
    if (status == OK)
        out->reference = arena_strdup(arena, dossier.reference);
    return status;
}

/* What is somebody else's. The server finds files that no row names (evidence_sweep_part()). */
static enum status drop_foreign(const struct app_context *app, int64_t dossier,
                                struct arena *arena, struct err *err)
{
    const struct evidence *list;
    size_t count = 0;
    enum status status = evidence_list(app->store, dossier, arena, &list, &count, err);

    for (size_t i = 0; status == OK && i < count; i++) {
        char hash[EVIDENCE_HASH_CHARS + 1];
        bool is_unused;

        status = evidence_remove(app->store, dossier, list[i].id, &is_unused, hash, err);
    }
    return status == OK
               ? mail_address_set(app->store, NOTICE_DOSSIER, dossier, "", app->now, err)
               : status;
}

static enum status give(const struct app_context *app, const struct case_help *help,
                        enum help_kind kind, const char *how, const char *secret_hash,
                        const unsigned char *token_hash, struct arena *arena, struct err *err)
{
    const char *what = kind == HELP_TAKEN ? "handed-over" : "code-reissued";
    const struct dossier_event event = {
        .kind = what, .at = app->now, .actor = actor_code(app->actor), .text = ""};
    enum status status =
        dossier_set_secret(app->store, help->dossier, secret_hash, token_hash, NULL, err);

    if (status == OK && kind == HELP_TAKEN)
        status = drop_foreign(app, help->dossier, arena, err);
    if (status == OK)
        status = dossier_event_add(app->store, help->dossier, &event, err);
    if (status == OK)
        status = case_due_add(app->store, help->row.assessment, err);
    return status == OK ? case_tell(app, help->row.id,
                                    &(struct audit_entry){.act = what,
                                                          .before = "",
                                                          .after = help->reference,
                                                          .reason = how},
                                    err)
                        : status;
}

enum status case_help_give(const struct app_context *app, const struct case_help *help,
                           enum help_kind kind, const char *how, const char *secret_hash,
                           const unsigned char *token_hash, struct arena *arena, struct err *err)
{
    bool is_own;
    enum status status;

    if (!help->dossier)
        return err_set(err, CONFLICT,
                       "Hồ sơ này nhập từ tệp, không có mã để cấp lại. Đơn vị tự bắt đầu một hồ sơ "
                       "trên trang là được.",
                       "This case came from a file and has no code. The firm may begin an "
                       "application of its own on the site.");
    if (!*how)
        return err_set(err, BAD_INPUT,
                       "Cần ghi đã kiểm tra đơn vị bằng cách nào: giấy đăng ký, ai đến, gọi số "
                       "nào.",
                       "How the firm was checked has to be written down: its registration, who "
                       "came, which number was called.");
    status = context_begin(app, &is_own, err);
    if (status != OK)
        return status;
    return context_end(app, is_own,
                       give(app, help, kind, how, secret_hash, token_hash, arena, err), err);
}
