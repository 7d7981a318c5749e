#include "store/migrate.h"

#include <stdlib.h>
#include <string.h>

static int64_t number_of(const struct asset *migration)
{
    return strtoll(migration->name, NULL, 10);
}

static enum status refuse_newer(struct db *db, const char *name, struct err *err)
{
    return err_set(
        err, BAD_INPUT,
        "cơ sở dữ liệu '%s' do một bản dxready mới hơn tạo (có '%s'); hãy nâng cấp chương "
        "trình",
        "the database '%s' was made by a newer dxready (it has '%s'); update the program",
        db_name(db), name);
}

static enum status refuse_changed(struct db *db, const char *name, struct err *err)
{
    return err_set(
        err, BAD_INPUT,
        "cơ sở dữ liệu '%s' được tạo với '%s' khác với bản trong chương trình này; hãy dùng "
        "đúng bản dxready đã tạo ra nó",
        "the database '%s' was made with another '%s' than this program has; use the "
        "dxready that made it",
        db_name(db), name);
}

/* Compares what was applied with what the program has; `applied` counts them. */
static enum status compare(struct db *db, const struct asset *list, size_t count, size_t *applied,
                           struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(db, SQL_MIGRATION_LIST, &stmt, err);

    if (status != OK)
        return status;
    *applied = 0;
    while ((status = db_step(stmt, &has_row, err)) == OK && has_row) {
        const char *name = db_text(stmt, 1), *checksum = db_text(stmt, 2);

        if (*applied == count || number_of(&list[*applied]) != db_int(stmt, 0))
            status = refuse_newer(db, name, err);
        else if (strcmp(list[*applied].tag, checksum) != 0)
            status = refuse_changed(db, name, err);
        if (status != OK)
            break;
        ++*applied;
    }
    db_done(stmt);
    return status;
}

static enum status apply(struct db *db, const struct asset *migration, const char *now,
                         struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_script(db, (const char *)migration->data, err);

    if (status == OK)
        status = db_prepare(db, SQL_MIGRATION_ADD, &stmt, err);
    if (status != OK)
        return status;
    db_bind_int(stmt, 1, number_of(migration));
    db_bind_text(stmt, 2, migration->name);
    db_bind_text(stmt, 3, migration->tag);
    db_bind_text(stmt, 4, now);
    return db_run(stmt, NULL, err);
}

/* The next missing migration, decided with the write lock held: another process may be at it. */
static enum status apply_next(struct db *db, const struct asset *list, size_t count,
                              const char *now, bool *is_done, struct err *err)
{
    size_t applied = 0;
    enum status status = db_begin(db, err);

    if (status != OK)
        return status;
    status = compare(db, list, count, &applied, err);
    *is_done = applied == count;
    if (status == OK && !*is_done)
        status = apply(db, &list[applied], now, err);
    if (status == OK)
        status = db_commit(db, err);
    db_rollback(db);
    return status;
}

enum status migrate(struct db *db, const struct asset *list, size_t count, const char *now,
                    struct err *err)
{
    struct db_stmt *stmt;
    size_t applied;
    bool is_done;
    enum status status = db_prepare(db, SQL_MIGRATION_CREATE, &stmt, err);

    if (status == OK)
        status = db_run(stmt, NULL, err);
    if (status == OK)
        status = compare(db, list, count, &applied, err);
    is_done = status == OK && applied == count; /* as nearly always: no need to write */
    while (status == OK && !is_done)
        status = apply_next(db, list, count, now, &is_done, err);
    return status;
}

enum status migrate_check(struct db *db, const struct asset *list, size_t count, struct err *err)
{
    size_t applied;
    enum status status = compare(db, list, count, &applied, err);

    if (status == OK && applied < count)
        return err_set(
            err, BAD_INPUT,
            "cơ sở dữ liệu '%s' do một bản dxready cũ hơn tạo; hãy mở một lần để ghi (ví "
            "dụ dxready import) để nâng cấp nó",
            "the database '%s' was made by an older dxready; open it once for writing "
            "(for instance dxready import) to update it",
            db_name(db));
    return status;
}
