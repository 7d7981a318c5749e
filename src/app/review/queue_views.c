/* Views of the queue that accounts named. */
#include "app/review/queue_views.h"

#include <string.h>

#include "store/accounts.h"

enum status queue_views_list(const struct app_context *app, struct arena *arena,
                             struct saved_view **list, size_t *count, struct err *err)
{
    return saved_views(app->store, app->account->id, arena, list, count, err);
}

static enum status check_name(const char *name, struct err *err)
{
    if (*name)
        return OK;
    return err_set(err, BAD_INPUT, "Tên khung nhìn: cần viết tên, ví dụ “Nam Sách, quá hạn”.",
                   "Name of the view: a name is needed, such as “Nam Sách, overdue”.");
}

static enum status check_room(const struct app_context *app, const char *name, struct err *err)
{
    struct saved_view *list;
    struct arena arena;
    size_t count = 0;
    bool is_known = false;
    enum status status;

    arena_init(&arena);
    status = queue_views_list(app, &arena, &list, &count, err);
    for (size_t i = 0; status == OK && i < count; i++)
        is_known |= strcmp(list[i].name, name) == 0;
    arena_free(&arena);
    if (status == OK && !is_known && count >= QUEUE_VIEWS_MAX)
        return err_set(err, CONFLICT,
                       "Mỗi người lưu được nhiều nhất %d khung nhìn: hãy xóa bớt một cái.",
                       "Everybody can save at most %d views: please delete one first.",
                       QUEUE_VIEWS_MAX);
    return status;
}

enum status queue_views_keep(const struct app_context *app, const char *name, const char *query,
                             struct err *err)
{
    const struct saved_view view = {.name = name, .query = query};
    enum status status = check_name(name, err);

    if (status == OK)
        status = check_room(app, name, err);
    return status == OK ? saved_view_put(app->store, app->account->id, &view, err) : status;
}

enum status queue_views_rename(const struct app_context *app, int64_t id, const char *name,
                               struct err *err)
{
    const struct saved_view view = {.id = id, .name = name};
    enum status status = check_name(name, err);

    return status == OK ? saved_view_rename(app->store, app->account->id, &view, err) : status;
}

enum status queue_views_drop(const struct app_context *app, int64_t id, struct err *err)
{
    return saved_view_delete(app->store, app->account->id, id, err);
}
