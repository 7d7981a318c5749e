/* What officers made of the answers of a case, and what was verified. */
#include "store/cases.h"

#include <string.h>

#include "dossier.h"

/* ---- values ---- */

static void read_value(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct case_value *)item = (struct case_value){.item = statement_text(stmt, 0, arena),
                                                     .version = db_int(stmt, 1),
                                                     .self = statement_text(stmt, 2, arena),
                                                     .value = statement_text(stmt, 3, arena),
                                                     .reason = statement_text(stmt, 4, arena),
                                                     .note = statement_text(stmt, 5, arena),
                                                     .account = db_int(stmt, 6),
                                                     .at = statement_text(stmt, 7, arena)};
}

enum status case_values(struct store *store, int64_t id, struct arena *arena,
                        const struct case_value **list, size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_value), read_value};
    void *items;
    enum status status = statement_list(store, SQL_CASE_VALUE_LIST, PARAMS(INT(id)), &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *list = items;
    return status;
}

static void read_id(struct db_stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(int64_t *)item = db_int(stmt, 0);
}

enum status case_changed_list(struct store *store, struct arena *arena, const int64_t **cases,
                              size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(int64_t), read_id};
    void *items;
    enum status status = statement_list(store, SQL_CASE_CHANGED_LIST, PARAMS_NONE, &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *cases = items;
    return status;
}

static enum status check_value(const struct case_value *value, struct err *err)
{
    enum status status = dossier_check_text(value->value, err);

    if (status == OK)
        status = dossier_check_text(value->self, err);
    if (status == OK && strlen(value->note) > CASE_NOTE_BYTES_MAX)
        return err_set(err, LIMIT, "Ghi chú dài hơn %d byte; hãy viết ngắn hơn.",
                       "The note is longer than %d bytes; please write less.",
                       CASE_NOTE_BYTES_MAX);
    return status;
}

enum status case_value_put(struct store *store, int64_t id, struct case_value *value,
                           struct err *err)
{
    int64_t changes = 0;
    enum status status = check_value(value, err);

    if (status != OK)
        return status;
    status = statement_write_alone(
        store, value->version ? SQL_CASE_VALUE_CHANGE : SQL_CASE_VALUE_ADD,
        PARAMS(INT(id), TEXT(value->item), INT(value->version), TEXT(value->self),
               TEXT(value->value), TEXT(value->reason), TEXT(value->note), INT(value->account),
               TEXT(value->at)),
        &changes, err);
    if (status == OK && !changes)
        return err_set(err, CONFLICT, "Câu này vừa được người khác sửa.",
                       "Somebody else has just changed this answer.");
    value->version++;
    return status;
}

/* ---- what was verified ---- */

static struct param level_param(int level)
{
    return level == STORE_UNKNOWN ? TEXT(NULL) : INT(level);
}

enum status case_freeze_add(struct store *store, int64_t id, const struct case_freeze *f,
                            struct err *err)
{
    return statement_write_alone(
        store, SQL_CASE_FREEZE_ADD,
        PARAMS(INT(id), INT(f->edition), TEXT(f->at), INT(f->proposer), INT(f->decider),
               INT(f->revision), INT(f->self_points), level_param(f->self_level), INT(f->points),
               INT(f->points_max), level_param(f->level), TEXT(f->questionnaire_hash),
               TEXT(f->catalogue_hash), TEXT(f->program_version), TEXT(f->response),
               TEXT(f->changes)),
        NULL, err);
}

static int level_at(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? STORE_UNKNOWN : (int)db_int(stmt, column);
}

static void read_freeze(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(struct case_freeze *)item =
        (struct case_freeze){.edition = (int)db_int(stmt, 0),
                             .at = statement_text(stmt, 1, arena),
                             .proposer = db_int(stmt, 2),
                             .decider = db_int(stmt, 3),
                             .revision = (int)db_int(stmt, 4),
                             .self_points = db_int(stmt, 5),
                             .self_level = level_at(stmt, 6),
                             .points = db_int(stmt, 7),
                             .points_max = db_int(stmt, 8),
                             .level = level_at(stmt, 9),
                             .questionnaire_hash = statement_text(stmt, 10, arena),
                             .catalogue_hash = statement_text(stmt, 11, arena),
                             .program_version = statement_text(stmt, 12, arena),
                             .response = statement_text(stmt, 13, arena),
                             .changes = statement_text(stmt, 14, arena)};
}

enum status case_freeze_load(struct store *store, int64_t id, int edition, struct arena *arena,
                             struct case_freeze *out, struct err *err)
{
    static const struct list_kind kind = {sizeof(struct case_freeze), read_freeze};
    void *items;
    size_t count;
    enum status status = statement_list(store, SQL_CASE_FREEZE_LOAD, PARAMS(INT(id), INT(edition)),
                                        &kind, arena, &items, &count, err);

    if (status == OK && !count)
        return err_set(err, NOT_FOUND, "hồ sơ này chưa được xác minh",
                       "this case was not verified yet");
    if (status == OK)
        *out = *(struct case_freeze *)items;
    return status;
}

enum status case_freeze_drop(struct store *store, int64_t id, int edition, struct err *err)
{
    return statement_write_alone(store, SQL_CASE_FREEZE_DROP, PARAMS(INT(id), INT(edition)), NULL,
                                 err);
}
