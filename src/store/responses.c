/* Whole responses again: decoded with the questionnaire that they were given to. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include "row.h"
#include "survey/convert.h"
#include "survey/quality.h"

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

static enum status fail_row(const struct store_row *row, struct err *err)
{
    return err_set(err, FAILED, "đánh giá %s, bản %d: dữ liệu trong cơ sở dữ liệu bị hỏng",
                   "assessment %s, revision %d: its data in the database is damaged",
                   row->reference, row->revision);
}

/* Texts of the response point into the kept row. */
static enum status decode(struct store *store, const struct kept_row *kept,
                          const struct questionnaire *q, unsigned parts, struct arena *arena,
                          struct store_item *item, struct err *err)
{
    struct response *response = response_new(arena, q, store->facts);
    const struct store_row *row = &kept->row;

    response->round = row->round;
    if (kept->minutes &&
        !ratio_parse(kept->minutes, strlen(kept->minutes), false, &response->minutes))
        return fail_row(row, err);
    if (row->submitted_on &&
        !day_parse_iso(row->submitted_on, strlen(row->submitted_on), &response->submitted_on))
        return fail_row(row, err);
    /* Facts decide what is shown. */
    if (((parts & STORE_FACTS) || q->has_conditions) &&
        !codec_read_facts(kept->facts, kept->facts_len, store->facts, &store->keys, arena,
                          response->values))
        return fail_row(row, err);
    if (parts & STORE_ANSWERS) {
        if (!codec_read_answers(kept->answers, kept->answers_len, q, response->answers))
            return fail_row(row, err);
        response_activate(response, arena);
    }
    *item = (struct store_item){.row = *row, .response = response};
    return OK;
}

/* ---- flags ---- */

static void set_flags(struct store_row *row, const struct response *response, struct arena *arena)
{
    struct quality_flag flags[QUALITY_FLAGS_MAX];
    size_t count = response_quality(response, arena, flags);

    row->has_flags = true;
    row->flag_count = (int)count;
    row->has_flag = 0;
    for (size_t i = 0; i < count; i++)
        row->has_flag |= 1u << flags[i].kind;
}

enum status look_at_flags(struct store *store, struct kept_row *kept, struct arena *arena,
                          struct err *err)
{
    const struct questionnaire *q;
    struct store_item item;
    enum status status = store_find_keys(store, false, err);

    if (status == OK)
        status = store_questionnaire(store, kept->row.questionnaire, &q, err);
    if (status == OK)
        status = decode(store, kept, q, STORE_FACTS | STORE_ANSWERS, arena, &item, err);
    if (status == OK)
        set_flags(&kept->row, item.response, arena);
    return status;
}

/* ---- all of them, in blocks ---- */

struct each {
    struct store *store;
    const struct store_filter *filter;
    unsigned parts;
    store_item_callback *take;
    void *context;
    struct kept_row *rows; /* of one block */
    size_t count;
    struct arena block, one;
    bool is_done; /* the taker wants no more */
};

static enum status read_block(struct each *e, const struct key_block *block, struct err *err)
{
    struct bound_filter bound;
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = prepare_block(e->store, SQL_EACH, e->filter, block, &bound, &stmt, err);

    if (status != OK)
        return status;
    arena_reset(&e->block);
    e->count = 0;
    while (e->count < BLOCK_ROWS_MAX && (status = db_step(stmt, &has_row, err)) == OK && has_row)
        keep_row(stmt, e->parts | STORE_FACTS, &e->block, &e->rows[e->count++]);
    db_done(stmt);
    buf_free(&bound.words);
    return status;
}

static void take_item(struct each *e, struct store_item *item)
{
    if (e->parts & STORE_FLAGS)
        set_flags(&item->row, item->response, &e->one);
    if (item->row.flag_count || !e->filter->only_flagged)
        e->is_done = !e->take(e->context, item);
}

static enum status take_block(struct each *e, struct err *err)
{
    enum status status = OK;

    for (size_t i = 0; i < e->count && status == OK && !e->is_done; i++) {
        const struct kept_row *kept = &e->rows[i];
        const struct questionnaire *q;
        struct store_item item;

        arena_reset(&e->one);
        status = store_questionnaire(e->store, kept->row.questionnaire, &q, err);
        if (status == OK)
            status = decode(e->store, kept, q, e->parts, &e->one, &item, err);
        if (status == OK)
            take_item(e, &item);
    }
    return status;
}

static enum status each_block(struct each *e, struct err *err)
{
    struct key_block block = WHOLE_TABLE;
    bool has_block = true;
    enum status status = OK;

    while (status == OK && has_block && !e->is_done) {
        status = store_begin_read(e->store, err);
        if (status == OK)
            status = next_block(e->store, &block, &has_block, err);
        if (status == OK && has_block)
            status = read_block(e, &block, err);
        store_end_read(e->store);
        if (status == OK && has_block)
            status = take_block(e, err);
    }
    return status;
}

enum status store_each(struct store *store, const struct store_filter *filter, unsigned parts,
                       store_item_callback *take, void *context, struct err *err)
{
    struct each e = {
        .store = store, .filter = filter, .parts = parts, .take = take, .context = context};
    enum status status = store_find_keys(store, false, err);

    if (status != OK)
        return status;
    if (filter->only_flagged)
        e.parts |= STORE_FLAGS;
    if (e.parts & STORE_FLAGS)
        e.parts |= STORE_FACTS | STORE_ANSWERS;
    e.rows = xmalloc(BLOCK_ROWS_MAX * sizeof(*e.rows));
    arena_init(&e.block);
    arena_init(&e.one);
    status = each_block(&e, err);
    arena_free(&e.one);
    arena_free(&e.block);
    free(e.rows);
    return status;
}

/* ---- one of them ---- */

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

static enum status load_item(struct store *store, const struct kept_row *kept,
                             const struct questionnaire *q, struct arena *arena,
                             struct store_item *item, struct err *err)
{
    const struct questionnaire *stored = NULL;
    enum status status = OK;

    if (!q || strcmp(q->hash, kept->row.questionnaire_hash) != 0)
        status = store_questionnaire(store, kept->row.questionnaire, &stored, err);
    if (status == OK && q && stored && !questionnaires_score_alike(stored, q))
        status = refuse_content(q, &kept->row, err);
    q = q ? q : stored;
    return status == OK ? decode(store, kept, q, STORE_FACTS | STORE_ANSWERS, arena, item, err)
                        : status;
}

/* NOT_FOUND. */
static enum status fetch_revision(struct store *store, int64_t assessment, int revision,
                                  struct arena *arena, struct kept_row *kept, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status =
        db_prepare(store->db, revision ? SQL_LOAD_REVISION : SQL_LOAD_CURRENT, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, assessment);
    if (revision)
        db_bind_int(stmt, 2, revision);
    status = db_step(stmt, &has_row, err);
    if (status == OK && has_row)
        keep_row(stmt, STORE_FACTS | STORE_ANSWERS, arena, kept);
    db_done(stmt);
    return status == OK && !has_row
               ? err_set(err, NOT_FOUND, "không có bản %d của đánh giá này",
                         "there is no revision %d of this assessment", revision)
               : status;
}

enum status store_load(struct store *store, int64_t assessment, int revision,
                       const struct questionnaire *questionnaire, struct arena *arena,
                       struct store_item *item, struct err *err)
{
    struct kept_row kept;
    enum status status = store_find_keys(store, false, err);

    if (status == OK)
        status = fetch_revision(store, assessment, revision, arena, &kept, err);
    return status == OK ? load_item(store, &kept, questionnaire, arena, item, err) : status;
}
