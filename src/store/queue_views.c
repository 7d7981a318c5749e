/* Views of the queue that accounts named. */
#include "store/queue_views.h"

#include "dossier.h"

static void read_view(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct saved_view *)item = (struct saved_view){.id = db_int(stmt, 0),
                                                     .name = statement_text(stmt, 1, arena),
                                                     .query = statement_text(stmt, 2, arena)};
}

enum status saved_views(struct store *store, int64_t account, struct arena *arena,
                        struct saved_view **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct saved_view), read_view};
    void *items;
    enum status status = statement_list(store, SQL_VIEW_LIST, PARAMS(INT(account)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

enum status saved_view_put(struct store *store, int64_t account, const struct saved_view *view,
                           struct err *err)
{
    return statement_write_alone(store, SQL_VIEW_ADD,
                                 PARAMS(INT(account), TEXT(view->name), TEXT(view->query)), NULL,
                                 err);
}

enum status saved_view_rename(struct store *store, int64_t account, const struct saved_view *view,
                              struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write_alone(
        store, SQL_VIEW_RENAME, PARAMS(INT(account), INT(view->id), TEXT(view->name)), &changes,
        err);

    if (status == OK && !changes)
        return err_set(err, CONFLICT, "Bạn đã có khung nhìn tên “%s”, hãy đặt tên khác.",
                       "You have a view named “%s” already, please choose another name.",
                       view->name);
    return status;
}

enum status saved_view_delete(struct store *store, int64_t account, int64_t id, struct err *err)
{
    return statement_write_alone(store, SQL_VIEW_DELETE, PARAMS(INT(account), INT(id)), NULL, err);
}
