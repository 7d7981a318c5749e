/* Whole responses again: decoded with the questionnaire that they were given to. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include "row.h"

/* ---- questionnaires ---- */

static enum status fail_content(const char *ref, struct err *err)
{
    return err_set(err, FAILED, "nội dung bộ câu hỏi %s trong cơ sở dữ liệu bị hỏng",
                   "the content of the questionnaire %s in the database is damaged", ref);
}

/* Copies hash and content of a stored questionnaire into the store's memory. */
static enum status fetch_content(struct store *store, const char *ref, const char **hash,
                                 char **content, struct err *err)
{
    const char *at = strchr(ref, '@');
    char *name = arena_strndup(&store->arena, ref, at ? (size_t)(at - ref) : strlen(ref));
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(store->db, SQL_QUESTIONNAIRE_FIND, &stmt, err);

    if (status != OK)
        return status;
    db_bind_text(stmt, 1, name);
    db_bind_text(stmt, 2, at ? at + 1 : "");
    status = db_step(stmt, &has_row, err);
    if (status == OK && has_row) {
        *hash = arena_strdup(&store->arena, db_text(stmt, 1));
        *content = arena_strdup(&store->arena, db_text(stmt, 2));
    } else if (status == OK) {
        status = err_set(err, NOT_FOUND, "trong cơ sở dữ liệu không có bộ câu hỏi %s",
                         "there is no questionnaire %s in the database", ref);
    }
    db_done(stmt);
    return status;
}

static void remember(struct store *store, const struct questionnaire *q)
{
    if (store->loaded_count == store->loaded_cap) {
        store->loaded_cap = store->loaded_cap ? 2 * store->loaded_cap : 8;
        store->loaded = xrealloc(store->loaded, store->loaded_cap * sizeof(*store->loaded));
    }
    map_put(&store->questionnaires, q->ref, strlen(q->ref), store->loaded_count);
    store->loaded[store->loaded_count++] = q;
}

enum status store_questionnaire(struct store *store, const char *ref,
                                const struct questionnaire **q, struct err *err)
{
    size_t known = map_find(&store->questionnaires, ref);
    const struct questionnaire *loaded = NULL;
    const struct json *root;
    const char *hash = NULL;
    char *content = NULL;
    struct faults *faults;
    enum status status;

    if (known != MAP_NONE) {
        *q = store->loaded[known];
        return OK;
    }
    status = fetch_content(store, ref, &hash, &content, err);
    if (status != OK)
        return status;
    faults = ARENA_NEW(&store->arena, struct faults);
    faults_init(faults, &store->arena);
    root = json_parse(&store->arena, arena_strdup(&store->arena, ref), content, strlen(content),
                      faults);
    if (root)
        loaded = questionnaire_read(&store->arena, root, &store->facts->schema, faults);
    if (!loaded) /* facts that its rules name may be gone */
        return faults_to_err(faults, err);
    if (strcmp(loaded->hash, hash) != 0)
        return fail_content(ref, err);
    remember(store, loaded);
    *q = loaded;
    return OK;
}

/* ---- decoding ---- */

/* Where a response comes from and goes to. */
struct decoding {
    struct store *store;
    struct db_stmt *stmt;
    struct arena *arena;
    bool keeps; /* the bytes must outlive the statement */
    unsigned parts;
};

static const void *part_bytes(struct decoding *d, int column, size_t *len)
{
    const void *bytes = db_bytes(d->stmt, column, len);

    return d->keeps ? arena_strndup(d->arena, bytes, *len) : bytes;
}

static enum status fail_row(const struct store_row *row, struct err *err)
{
    return err_set(err, FAILED, "đánh giá %s, bản %d: dữ liệu trong cơ sở dữ liệu bị hỏng",
                   "assessment %s, revision %d: its data in the database is damaged",
                   row->reference, row->revision);
}

static enum status decode(struct decoding *d, const struct questionnaire *q,
                          struct store_item *item, struct err *err)
{
    struct store *store = d->store;
    struct response *response = response_new(d->arena, q, store->facts);
    const struct store_row *row = &item->row;
    const char *minutes = db_text(d->stmt, ROW_MINUTES);
    const void *bytes;
    size_t len;

    response->round = row->round;
    if (minutes && !ratio_parse(minutes, strlen(minutes), false, &response->minutes))
        return fail_row(row, err);
    if (row->submitted_on &&
        !day_parse_iso(row->submitted_on, strlen(row->submitted_on), &response->submitted_on))
        return fail_row(row, err);
    if ((d->parts & STORE_FACTS) || q->has_conditions) { /* facts decide what is shown */
        bytes = part_bytes(d, ROW_FACTS, &len);
        if (!codec_read_facts(bytes, len, store->facts, &store->keys, d->arena, response->values))
            return fail_row(row, err);
    }
    if (d->parts & STORE_ANSWERS) {
        bytes = part_bytes(d, ROW_ANSWERS, &len);
        if (!codec_read_answers(bytes, len, q, response->answers))
            return fail_row(row, err);
        response_activate(response, d->arena);
    }
    item->response = response;
    return OK;
}

static enum status take_items(struct decoding *d, store_item_taker *take, void *context,
                              struct err *err)
{
    bool has_row = false, goes_on = true;
    struct store_item item;
    enum status status = OK;

    while (goes_on && status == OK && (status = db_step(d->stmt, &has_row, err)) == OK && has_row) {
        const struct questionnaire *q;

        arena_reset(d->arena);
        read_row(d->stmt, &item.row);
        status = store_questionnaire(d->store, item.row.questionnaire, &q, err);
        if (status == OK)
            status = decode(d, q, &item, err);
        if (status == OK)
            goes_on = take(context, &item);
    }
    return status;
}

enum status store_each(struct store *store, const struct store_filter *filter, unsigned parts,
                       store_item_taker *take, void *context, struct err *err)
{
    struct decoding d = {.store = store, .parts = parts};
    struct bound_filter bound;
    struct arena arena;
    enum status status = store_find_keys(store, false, err);

    if (status == OK)
        status = prepare_filtered(store, SQL_EACH, filter, &bound, &d.stmt, err);
    if (status != OK)
        return status;
    arena_init(&arena);
    d.arena = &arena;
    status = take_items(&d, take, context, err);
    db_done(d.stmt);
    arena_free(&arena);
    buf_free(&bound.words);
    return status;
}

static enum status refuse_content(const struct questionnaire *q, const struct store_row *row,
                                  struct err *err)
{
    return err_set(
        err, CONFLICT,
        "đánh giá %s được thực hiện với bộ câu hỏi %s có nội dung khác với bản %s được nêu",
        "the assessment %s was made with a questionnaire %s of another content than "
        "the %s that was given",
        row->reference, row->questionnaire, q->ref);
}

static enum status load_item(struct decoding *d, const struct questionnaire *q,
                             struct store_item *item, struct err *err)
{
    enum status status = OK;

    read_row(d->stmt, &item->row);
    store_keep_row(&item->row, d->arena);
    if (!q)
        status = store_questionnaire(d->store, item->row.questionnaire, &q, err);
    else if (strcmp(q->hash, item->row.questionnaire_hash) != 0)
        status = refuse_content(q, &item->row, err);
    return status == OK ? decode(d, q, item, err) : status;
}

enum status store_load(struct store *store, int64_t assessment, int revision,
                       const struct questionnaire *questionnaire, struct arena *arena,
                       struct store_item *item, struct err *err)
{
    struct decoding d = {
        .store = store, .arena = arena, .keeps = true, .parts = STORE_FACTS | STORE_ANSWERS};
    bool has_row = false;
    enum status status = store_find_keys(store, false, err);

    if (status == OK)
        status =
            db_prepare(store->db, revision ? SQL_LOAD_REVISION : SQL_LOAD_CURRENT, &d.stmt, err);
    if (status != OK)
        return status;
    db_bind_int(d.stmt, 1, assessment);
    if (revision)
        db_bind_int(d.stmt, 2, revision);
    status = db_step(d.stmt, &has_row, err);
    if (status == OK && !has_row)
        status = err_set(err, NOT_FOUND, "không có bản %d của đánh giá này",
                         "there is no revision %d of this assessment", revision);
    else if (status == OK)
        status = load_item(&d, questionnaire, item, err);
    db_done(d.stmt);
    return status;
}
