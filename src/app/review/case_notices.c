/* Who is told of what officers do. */
#include "case_parts.h"

#include "app/notices.h"
#include "base/array.h"
#include "base/text.h"
#include "store/accounts.h"

/* Acts that the enterprise is told of. */
static const struct {
    enum case_act act;
    enum notice kind;
} told_acts[] = {
    {CASE_ACT_ASK, NOTICE_ASKED},
    {CASE_ACT_RETURN, NOTICE_RETURNED},
    {CASE_ACT_VERIFY, NOTICE_VERIFIED},
    {CASE_ACT_AGREE, NOTICE_VERIFIED},
};


const char *case_account_name(const struct app_context *app, int64_t account, struct arena *arena)
{
    struct account found;
    struct err ignored;

    return account_load(app->store, account, arena, &found, &ignored) == OK ? found.name : "–";
}

/* Several queries of ten minutes are told of together, once the last may not be taken back. */
static const char *name_of(const struct app_context *app, const struct open_case *c,
                           struct arena *arena)
{
    return arena_printf(arena, "case:%lld:%lld", (long long)c->row.id,
                        (long long)(context_seconds(app) / CASE_UNDO_SECONDS));
}

static enum status tell_enterprise(const struct app_context *app, const struct open_case *c,
                                   enum notice kind, struct arena *arena, struct err *err)
{
    const struct notice_told told = {.kind = kind,
                                     .about = c->row.id,
                                     .name = name_of(app, c, arena),
                                     .while_state = case_state_code(c->row.at.state),
                                     .detail =
                                         text_of_day(arena, case_day(c->row.at.firm_due_on)),
                                     .wait_seconds = CASE_UNDO_SECONDS};
    enum status status = OK;

    if (kind == NOTICE_RETURNED)
        status = notice_supersede(app, c->dossier, NOTICE_ASKED, c->row.id, err);
    return status == OK ? notice_tell_dossier(app, c->dossier, &told, arena, err) : status;
}

static enum status tell_predecessor(const struct app_context *app, const struct open_case *c,
                                    int64_t before, struct arena *arena, struct err *err)
{
    const struct notice_told told = {
        .kind = NOTICE_TAKEN,
        .about = c->row.id,
        .name = arena_printf(arena, "case:%lld:%lld", (long long)c->row.id,
                             (long long)c->row.version),
        .detail = app->account->full_name};

    return notice_tell_account(app, before, &told, arena, err);
}

enum status case_notify(const struct app_context *app, const struct open_case *c, enum case_act act,
                        const struct case_standing *before, struct arena *arena, struct err *err)
{
    if (act == CASE_ACT_TAKE && before->assignee && before->assignee != app->account->id)
        return tell_predecessor(app, c, before->assignee, arena, err);
    for (size_t i = 0; i < ARRAY_SIZE(told_acts); i++) {
        if (told_acts[i].act == act)
            return tell_enterprise(app, c, told_acts[i].kind, arena, err);
    }
    return OK;
}
