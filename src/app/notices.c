/* What people are told, and where. */
#include "app/notices.h"

#include <string.h>

#include "base/text.h"

static const char *const codes[NOTICE__MAX] = {
#define X(name, code) [NOTICE_##name] = code,
    NOTICES(X)
#undef X
};

enum notice notice_of(const struct outbox_row *row)
{
    int kind = 0;

    while (kind < NOTICE__MAX && strcmp(codes[kind], row->kind) != 0)
        kind++;
    return (enum notice)kind;
}

/* ---- told ---- */

static const char *full_name(enum notice kind, const char *name, struct arena *arena)
{
    return arena_printf(arena, "%s:%s", codes[kind], name);
}

static enum status tell(const struct app_context *app, struct outbox_row *row,
                        const struct notice_told *told, struct arena *arena, struct err *err)
{
    enum status status =
        mail_address_of(app->store, row->owner_kind, row->owner, arena, &row->address, err);

    if (status != OK)
        return status;
    row->name = full_name(told->kind, told->name, arena);
    row->kind = codes[told->kind];
    row->about = told->about;
    row->while_state = told->while_state ? told->while_state : "";
    row->made_at = app->now;
    row->state = app->sends_mail && *row->address ? OUTBOX_WAITING : OUTBOX_SCREEN;
    row->not_before = context_seconds(app) + told->wait_seconds;
    return outbox_add(app->store, row, NULL, err);
}

enum status notice_tell_dossier(const struct app_context *app, int64_t dossier,
                                const struct notice_told *told, struct arena *arena,
                                struct err *err)
{
    struct outbox_row row = {.owner_kind = NOTICE_DOSSIER, .owner = dossier};
    struct dossier about;
    enum status status;

    if (!dossier)
        return OK;
    status = dossier_load(app->store, dossier, arena, &about, err);
    if (status != OK)
        return status;
    row.lang = about.lang;
    row.detail = arena_printf(arena, "%s\n%s", about.reference, told->detail ? told->detail : "");
    return tell(app, &row, told, arena, err);
}

enum status notice_tell_account(const struct app_context *app, int64_t account,
                                const struct notice_told *told, struct arena *arena,
                                struct err *err)
{
    struct outbox_row row = {.owner_kind = NOTICE_ACCOUNT,
                             .owner = account,
                             .lang = LANG_VI,
                             .detail = told->detail ? told->detail : ""};

    return tell(app, &row, told, arena, err);
}

enum status notice_supersede(const struct app_context *app, int64_t dossier, enum notice kind,
                             int64_t about, struct err *err)
{
    return outbox_supersede(app->store, dossier, about, codes[kind], app->now, err);
}

enum status notice_told_at(const struct app_context *app, enum notice kind, const char *name,
                           struct arena *arena, const char **at, struct err *err)
{
    struct outbox_row row;
    enum status status =
        outbox_find(app->store, full_name(kind, name, arena), arena, &row, err);

    *at = status == OK ? row.made_at : "";
    return status == NOT_FOUND ? OK : status;
}

/* ---- addresses ---- */

/* What stands in addresses without quotation marks (RFC 5322, 3.2.3: atext, and dots). */
static bool is_plain(const char *text, size_t len)
{
    static const char marks[] = "!#$%&'*+-/=?^_`{|}~.";

    for (size_t i = 0; i < len; i++) {
        char c = text[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            !strchr(marks, c))
            return false;
    }
    return len > 0 && text[0] != '.' && text[0] != '-' && text[len - 1] != '.';
}

static bool is_domain(const char *text)
{
    return is_plain(text, strlen(text)) && strchr(text, '.') &&
           strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") ==
               strlen(text);
}

enum status mail_address_read(const char *typed, struct arena *arena, const char **address,
                              struct err *err)
{
    size_t len;
    const char *at;

    typed += strspn(typed, " ");
    len = strlen(typed);
    while (len && typed[len - 1] == ' ')
        len--;
    *address = arena_strndup(arena, typed, len);
    if (!len)
        return OK;
    at = strchr(*address, '@');
    if (len <= MAIL_ADDRESS_BYTES_MAX && at && is_plain(*address, (size_t)(at - *address)) &&
        is_domain(at + 1))
        return OK;
    return err_set(err, BAD_INPUT,
                   "Địa chỉ thư điện tử cần có dạng ten@don-vi.vn, không dấu, không khoảng trắng.",
                   "An e-mail address has the form name@business.vn, without blanks or accents.");
}

static enum notice_owner own_kind(const struct app_context *app)
{
    return app->actor.kind == ACTOR_ACCOUNT ? NOTICE_ACCOUNT : NOTICE_DOSSIER;
}

enum status own_mail_address(const struct app_context *app, struct arena *arena,
                             const char **address, struct err *err)
{
    return mail_address_of(app->store, own_kind(app), app->actor.id, arena, address, err);
}

enum status own_mail_address_set(const struct app_context *app, const char *address,
                                 struct err *err)
{
    return mail_address_set(app->store, own_kind(app), app->actor.id, address, app->now, err);
}

enum status own_notices(const struct app_context *app, int days, size_t max, struct arena *arena,
                        const struct outbox_row **list, size_t *count, struct err *err)
{
    return outbox_of(app->store, own_kind(app), app->actor.id,
                     day_iso_text(arena, app->today - days), max, arena, list, count, err);
}
