/* Filters, blocks by key, counts, rounds. */
#include "store.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "row.h"
#include "statement.h"

/* ---- filters ---- */

#define FIRST_WORD_PARAM 9

static enum status split_words(const char *words, struct bound_filter *bound, struct err *err)
{
    struct buf fold;

    buf_init(&fold, BUF_MAX_DEFAULT);
    text_fold_to(&fold, words, strlen(words));
    for (const char *at = buf_text(&fold); *at; at += *at == ' ') {
        size_t len = strcspn(at, " ");

        buf_putc(&bound->words, '%'); /* folded words have neither % nor _ */
        buf_add(&bound->words, at, len);
        buf_add(&bound->words, "%", 2);
        bound->word_count++;
        at += len;
    }
    buf_free(&fold);
    if (bound->word_count > STORE_WORDS_MAX)
        return err_set(err, LIMIT, "chỉ tìm được tối đa %d từ", "at most %d words can be sought",
                       STORE_WORDS_MAX);
    return OK;
}

static void bind_texts(struct db_stmt *stmt, const struct store_filter *filter,
                       const struct bound_filter *bound)
{
    const char *texts[] = {filter->round,   filter->questionnaire, filter->area,
                           filter->section, filter->size_class,    filter->form};
    const char *word = bound->words.data;

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
        db_bind_text(stmt, (int)i + 1, texts[i]);
    if (filter->level == STORE_UNKNOWN)
        db_bind_null(stmt, 7);
    else
        db_bind_int(stmt, 7, filter->level);
    db_bind_text(stmt, 8, filter->enterprise);
    if (filter->only_incomplete)
        db_bind_int(stmt, 19, 1);
    else
        db_bind_null(stmt, 19);
    for (int i = 0; i < STORE_WORDS_MAX; i++) {
        bool has_word = (size_t)i < bound->word_count;

        db_bind_text(stmt, FIRST_WORD_PARAM + i, has_word ? word : NULL);
        if (has_word)
            word += strlen(word) + 1;
    }
}

static enum status prepare_filtered(struct store *store, enum sql_id sql,
                                    const struct store_filter *filter, struct bound_filter *bound,
                                    struct db_stmt **stmt, struct err *err)
{
    enum status status = OK;

    *bound = (struct bound_filter){0};
    buf_init(&bound->words, BUF_MAX_DEFAULT);
    if (filter->words)
        status = split_words(filter->words, bound, err);
    if (status == OK)
        status = db_prepare(store->db, sql, stmt, err);
    if (status == OK)
        bind_texts(*stmt, filter, bound);
    else
        buf_free(&bound->words);
    return status;
}

/* ---- blocks ---- */

enum status next_block(struct store *store, struct key_block *block, bool *has_block,
                       struct err *err)
{
    struct db_stmt *stmt;
    bool is_cut = false;
    enum status status;

    *has_block = block->to < block->last;
    if (!*has_block)
        return OK;
    status = db_prepare(store->db, SQL_BLOCK_END, &stmt, err);
    if (status != OK)
        return status;
    block->after = block->to;
    db_bind_int(stmt, 1, block->after);
    db_bind_int(stmt, 2, block->last);
    db_bind_int(stmt, 3, BLOCK_ROWS_MAX - 1);
    status = db_step(stmt, &is_cut, err);
    if (status == OK)
        block->to = is_cut ? db_int(stmt, 0) : block->last;
    db_done(stmt);
    return status;
}

enum status prepare_block(struct store *store, enum sql_id sql, const struct store_filter *filter,
                          const struct key_block *block, struct bound_filter *bound,
                          struct db_stmt **stmt, struct err *err)
{
    enum status status = prepare_filtered(store, sql, filter, bound, stmt, err);

    if (status != OK)
        return status;
    db_bind_int(*stmt, 17, block->after);
    db_bind_int(*stmt, 18, block->to);
    return OK;
}

void keep_row(struct db_stmt *stmt, unsigned parts, struct arena *arena, struct kept_row *kept)
{
    const char *minutes = db_text(stmt, ROW_MINUTES);
    const void *bytes;

    *kept = (struct kept_row){.minutes = minutes ? arena_strdup(arena, minutes) : NULL};
    read_row(stmt, &kept->row);
    store_keep_row(&kept->row, arena);
    if (parts & STORE_FACTS) {
        bytes = db_bytes(stmt, ROW_FACTS, &kept->facts_len);
        kept->facts = arena_strndup(arena, bytes, kept->facts_len);
    }
    if (parts & STORE_ANSWERS) {
        bytes = db_bytes(stmt, ROW_ANSWERS, &kept->answers_len);
        kept->answers = arena_strndup(arena, bytes, kept->answers_len);
    }
}

/* ---- counting ---- */

/* Adds the number that a bound statement gives, and ends its use. */
static enum status add_number(struct db_stmt *stmt, int64_t *sum, struct err *err)
{
    bool has_row = false;
    enum status status = db_step(stmt, &has_row, err);

    if (status == OK && has_row)
        *sum += db_int(stmt, 0);
    db_done(stmt);
    return status;
}

static enum status add_count(struct db_stmt *stmt, struct store_count *sum, struct err *err)
{
    bool has_row = false;
    enum status status = db_step(stmt, &has_row, err);

    if (status == OK && has_row)
        *sum = (struct store_count){sum->all + db_int(stmt, 0), sum->incomplete + db_int(stmt, 1),
                                    sum->unrated + db_int(stmt, 2)};
    db_done(stmt);
    return status;
}

static enum status count_block(struct store *store, const struct store_filter *filter,
                               const struct key_block *block, struct store_count *count,
                               struct err *err)
{
    struct bound_filter bound;
    struct db_stmt *stmt;
    enum status status = prepare_block(store, SQL_COUNT, filter, block, &bound, &stmt, err);

    if (status != OK)
        return status;
    status = add_count(stmt, count, err);
    buf_free(&bound.words);
    return status;
}

static bool count_item(void *context, const struct store_item *item)
{
    struct store_count *sum = context;

    sum->all++;
    sum->incomplete += !item->row.is_complete;
    sum->unrated += item->row.level == STORE_UNKNOWN;
    return true;
}

enum status store_count(struct store *store, const struct store_filter *filter,
                        struct store_count *count, struct err *err)
{
    struct key_block block = WHOLE_TABLE;
    struct store_count sum = {0};
    bool has_block = !filter->only_flagged; /* which the database does not know */
    enum status status =
        has_block ? OK : store_each(store, filter, STORE_FLAGS, count_item, &sum, err);

    while (status == OK && has_block) {
        status = store_begin_read(store, err);
        if (status == OK)
            status = next_block(store, &block, &has_block, err);
        if (status == OK && has_block)
            status = count_block(store, filter, &block, &sum, err);
        store_end_read(store);
    }
    if (status == OK)
        *count = sum;
    return status;
}

/* ---- rounds ---- */

struct known_round {
    struct store_round round;
    int64_t id;
};

static void read_round(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct known_round *known = item;

    known->round = (struct store_round){.questionnaire = arena_strdup(arena, db_text(stmt, 0)),
                                        .round = arena_strdup(arena, db_text(stmt, 1))};
    known->id = db_int(stmt, 2);
}

static enum status count_round(struct store *store, struct known_round *known, struct err *err)
{
    int64_t first = known->id << ENTERPRISE_BITS;
    struct key_block block = {.to = first - 1, .last = first + (INT64_C(1) << ENTERPRISE_BITS) - 1};
    bool has_block = true;
    enum status status = OK;

    while (status == OK && has_block) {
        struct db_stmt *stmt;

        status = store_begin_read(store, err);
        if (status == OK)
            status = next_block(store, &block, &has_block, err);
        if (status == OK && has_block)
            status = db_prepare(store->db, SQL_ROUND_COUNT, &stmt, err);
        if (status == OK && has_block) {
            db_bind_int(stmt, 1, block.after);
            db_bind_int(stmt, 2, block.to);
            status = add_number(stmt, &known->round.assessments, err);
        }
        store_end_read(store);
    }
    return status;
}

enum status store_rounds(struct store *store, store_round_callback *take, void *context,
                         struct err *err)
{
    static const struct list_kind kind = {sizeof(struct known_round), read_round};
    struct known_round *known;
    struct arena arena;
    void *items;
    size_t count = 0;
    enum status status;

    arena_init(&arena);
    status = statement_list(store, SQL_ROUND_LIST, PARAMS_NONE, &kind, &arena, &items, &count, err);
    known = status == OK ? items : NULL;
    for (size_t i = 0; i < count && status == OK; i++) {
        status = count_round(store, &known[i], err);
        if (status == OK && known[i].round.assessments && !take(context, &known[i].round))
            break;
    }
    arena_free(&arena);
    return status;
}

/* ---- legal persons ---- */

static void read_code(struct db_stmt *stmt, struct arena *arena, void *item)
{
    *(const char **)item = statement_text(stmt, 0, arena);
}

/* They come in their order. */
static size_t drop_repeated(const char **codes, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        if (!kept || strcmp(codes[kept - 1], codes[i]) != 0)
            codes[kept++] = codes[i];
    }
    return kept;
}

enum status store_branched(struct store *store, struct arena *arena, const char *const **codes,
                           size_t *count, struct err *err)
{
    static const struct list_kind kind = {sizeof(const char *), read_code};
    void *items = NULL;
    enum status status = statement_list(store, SQL_ENTERPRISE_BRANCHED, PARAMS_NONE, &kind, arena,
                                        &items, count, err);

    if (status == OK)
        *count = drop_repeated(items, *count);
    *codes = items;
    return status;
}
