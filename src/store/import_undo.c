/* Taking an import back as a whole. */
#include "store/imports.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "statement.h"

#define BLOCK_ROWS 500

static void read_blocker(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct store_blocker *)item =
        (struct store_blocker){.why = (enum store_built_on)db_int(stmt, 0),
                               .name = statement_text(stmt, 1, arena),
                               .tax_code = statement_text(stmt, 2, arena)};
}

static enum status count_blockers(struct store *store, int64_t import, int64_t *total,
                                  struct err *err)
{
    bool has_row;

    return statement_int(store, SQL_IMPORT_COUNT_BUILT_ON, PARAMS(INT(import)), total, &has_row,
                         err);
}

enum status store_import_blockers(struct store *store, int64_t import, size_t max,
                                  struct arena *arena, struct store_blocker **list, size_t *count,
                                  int64_t *total, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct store_blocker), read_blocker};
    void *items = NULL;
    enum status status = count_blockers(store, import, total, err);

    if (status == OK)
        status = statement_list(store, SQL_IMPORT_BUILT_ON, PARAMS(INT(import), INT((int64_t)max)),
                                &kind, arena, &items, count, err);
    *list = items;
    return status;
}

/* ---- one assessment ---- */

struct undoing {
    struct store *store;
    int64_t import;
    struct store_undone *undone;
    struct arena arena; /* of one assessment */
};

static const char *name_in(const struct store *store, const struct response *response)
{
    size_t fact = store->fact_columns[FACT_COLUMN_NAME];
    const struct value *value = fact == MAP_NONE ? NULL : &response->values[fact];

    return value && value->kind == VALUE_TEXT ? value->text : NULL;
}

/* The name of an enterprise is that of its latest answers, which are these again. */
static enum status rename_back(struct undoing *u, int64_t assessment, struct err *err)
{
    struct store_item item;
    const char *name;
    enum status status = store_load(u->store, assessment, 0, NULL, &u->arena, &item, err);

    if (status != OK)
        return status;
    name = name_in(u->store, item.response);
    if (!name)
        return OK;
    return statement_write(u->store, SQL_ENTERPRISE_RENAME,
                           PARAMS(INT(store_enterprise_of(assessment)), TEXT(name),
                                  TEXT(text_fold(&u->arena, name)),
                                  TEXT(item.row.submitted_on ? item.row.submitted_on : "")),
                           NULL, err);
}

static enum status restore(struct undoing *u, int64_t assessment, int64_t before, struct err *err)
{
    enum status status =
        statement_write(u->store, SQL_REVISION_KEEP, PARAMS(INT(assessment)), NULL, err);

    if (status == OK)
        status = statement_write(u->store, SQL_IMPORT_RESTORE,
                                 PARAMS(INT(assessment), INT(before)), NULL, err);
    if (status == OK)
        status = rename_back(u, assessment, err);
    u->undone->restored++;
    return status;
}

static enum status undo_one(struct undoing *u, int64_t assessment, struct err *err)
{
    int64_t before = 0;
    bool has_row = false;
    enum status status = statement_int(u->store, SQL_IMPORT_BEFORE,
                                       PARAMS(INT(assessment), INT(u->import)), &before, &has_row,
                                       err);

    arena_reset(&u->arena);
    if (status == OK && has_row)
        status = restore(u, assessment, before, err);
    if (status == OK && !has_row) {
        u->undone->withdrawn++;
        status = statement_write(u->store, SQL_ASSESSMENT_WITHDRAW,
                                 PARAMS(INT(assessment), INT(1)), NULL, err);
    }
    if (status == OK)
        status =
            statement_write(u->store, SQL_CASE_DUE_ADD, PARAMS(INT(assessment)), NULL, err);
    return status;
}

/* ---- all of them ---- */

static void read_id(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(int64_t *)item = db_int(stmt, 0);
}

static enum status undo_all(struct undoing *u, struct err *err)
{
    static const struct list_kind kind = {sizeof(int64_t), read_id};
    int64_t last = 0;
    size_t count = BLOCK_ROWS;
    enum status status = OK;

    while (status == OK && count == BLOCK_ROWS) {
        struct arena block;
        void *ids;

        arena_init(&block);
        status = statement_list(u->store, SQL_IMPORT_ASSESSMENTS,
                                PARAMS(INT(u->import), INT(last), INT(BLOCK_ROWS)), &kind, &block,
                                &ids, &count, err);
        for (size_t i = 0; status == OK && i < count; i++) {
            last = ((const int64_t *)ids)[i];
            status = undo_one(u, last, err);
        }
        arena_free(&block);
    }
    return status;
}

/* What was undone before, or is built on, is left alone. */
static enum status check(struct undoing *u, struct err *err)
{
    struct store_import import;
    int64_t total = 0;
    enum status status = store_import_load(u->store, u->import, &u->arena, &import, err);

    if (status == OK && *import.undone_at)
        return err_set(err, CONFLICT, "lần nhập %lld đã được hoàn tác từ trước",
                       "import %lld was undone before", (long long)u->import);
    if (status == OK)
        status = count_blockers(u->store, u->import, &total, err);
    if (status != OK || !total)
        return status;
    return err_set(err, CONFLICT,
                   "không hoàn tác được: %" PRId64 " đánh giá của lần nhập này đã có việc làm tiếp "
                   "(thẩm định, sửa, hoặc nộp lại)",
                   "this cannot be undone: %" PRId64 " assessments of this import were built on "
                   "since (reviewed, revised or submitted again)",
                   total);
}

enum status store_import_undo(struct store *store, int64_t import, const char *at, const char *by,
                              struct store_undone *undone, struct err *err)
{
    struct undoing u = {.store = store, .import = import, .undone = undone};
    bool has_own, has_written;
    enum status status = store_enter(store, &has_own, err);

    *undone = (struct store_undone){0};
    if (status != OK)
        return status;
    arena_init(&u.arena);
    status = check(&u, err);
    has_written = status == OK;
    if (status == OK)
        status = statement_write(store, SQL_IMPORT_UNDO,
                                 PARAMS(INT(import), TEXT(at), TEXT(by)), NULL, err);
    if (status == OK)
        status = undo_all(&u, err);
    arena_free(&u.arena);
    return store_leave(store, has_own, has_written && status != OK, status, err);
}
