/* Taking an import back, with its entry in the audit. */
#include "app/review/import_undo.h"

#include <inttypes.h>

#include "store/accounts.h"
#include "store/audit.h"
#include "store/inbox.h"

#define BLOCKERS_NAMED 3

static const struct words reasons[BUILT_ON__MAX] = {
    [BUILT_ON_REVIEW] = {{"đang hoặc đã thẩm định", "is being or was reviewed"}},
    [BUILT_ON_REVISION] = {{"đã có câu trả lời đến sau", "was answered anew since"}},
    [BUILT_ON_DOSSIER] = {{"đơn vị đã tự nộp đúng như vậy trên trang web",
                           "the enterprise submitted the same on the site"}},
};

enum status import_look(const struct app_context *app, int64_t id, struct arena *arena,
                        struct store_import *import, struct import_blockers *blockers,
                        struct err *err)
{
    enum status status = store_import_load(app->store, id, arena, import, err);

    if (status != OK)
        return status;
    return store_import_blockers(app->store, id, IMPORT_BLOCKERS_SHOWN, arena, &blockers->items,
                                 &blockers->count, &blockers->total, err);
}

/* "Sen Vàng (0899014946): đang thẩm định; …" */
static const char *names_of(const struct import_blockers *blockers, enum lang lang,
                            struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < blockers->count && i < BLOCKERS_NAMED; i++) {
        const struct store_blocker *blocker = &blockers->items[i];
        const char *name = *blocker->name ? blocker->name : blocker->tax_code;

        text = arena_printf(arena, "%s%s%s (%s)", text, i ? "; " : "", *name ? name : "–",
                            reasons[blocker->why].in[lang]);
    }
    return blockers->total > BLOCKERS_NAMED ? arena_printf(arena, "%s; …", text) : text;
}

static enum status refuse_built_on(const struct import_blockers *blockers, struct arena *arena,
                                   struct err *err)
{
    return err_set(err, CONFLICT,
                   "không hoàn tác được cả lần nhập: %1$" PRId64 " đánh giá của nó đã có việc làm "
                   "tiếp: %2$s%3$.0s",
                   "this import cannot be undone as a whole: %1$" PRId64 " of its assessments were "
                   "built on since: %3$s%2$.0s",
                   blockers->total, names_of(blockers, LANG_VI, arena),
                   names_of(blockers, LANG_EN, arena));
}

/* The file of the inbox that it was may be read and let in again. */
static enum status note_undone(const struct app_context *app, const struct store_import *import,
                               struct arena *arena, struct err *err)
{
    struct inbox inbox;
    enum status status = inbox_load(app->store, import->inbox, arena, &inbox, err);

    if (status == OK && inbox.state == INBOX_ENTERING)
        return err_set(err, CONFLICT,
                       "Tệp này đang được cho vào; hãy chờ xong rồi hoàn tác.",
                       "This file is being let in; undo it when that is done.");
    if (status != OK || inbox.state == INBOX_DISCARDED)
        return status;
    inbox.state = INBOX_UNDONE;
    return inbox_set(app->store, &inbox, err);
}

static enum status undo(const struct app_context *app, int64_t id, struct arena *arena,
                        struct store_undone *undone, struct err *err)
{
    struct import_blockers blockers;
    struct store_import import;
    enum status status = import_look(app, id, arena, &import, &blockers, err);

    if (status == OK && blockers.total && !*import.undone_at)
        status = refuse_built_on(&blockers, arena, err);
    if (status == OK)
        status = store_import_undo(app->store, id, app->now,
                                   app->account ? app->account->name : "dxready", undone, err);
    if (status == OK && import.inbox)
        status = note_undone(app, &import, arena, err);
    if (status != OK)
        return status;
    return context_tell(
        app,
        &(struct audit_entry){.act = "import-undone",
                              .object = arena_printf(arena, "import:%" PRId64, id),
                              .before = import.file,
                              .after = arena_printf(arena,
                                                    "withdrawn=%" PRId64 " restored=%" PRId64,
                                                    undone->withdrawn, undone->restored),
                              .reason = ""},
        err);
}

enum status import_undo(const struct app_context *app, int64_t id, struct store_undone *undone,
                        struct err *err)
{
    struct arena arena;
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = undo(app, id, &arena, undone, err);
    arena_free(&arena);
    return context_end(app, is_own, status, err);
}
