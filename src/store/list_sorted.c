/* Sorted lists: what they are sorted by is read first, then the rows of the page. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "row.h"

/* Who takes the rows. */
struct list_taker {
    store_row_callback *take;
    void *context;
    bool is_done; /* wants no more */
};

/* A row of a list before it is read: what it is sorted by. */
struct list_key {
    int64_t id;
    int64_t number;   /* STORE_UNKNOWN: not given */
    const char *text; /* NULL: not given, or sorted by number */
};

/* The column of SQL_LIST_KEYS that a list is sorted by. */
static const struct {
    int column;
    bool is_text;
} list_keys[STORE_SORT__MAX] = {
    [STORE_BY_NAME] = {1, true},  [STORE_BY_SCORE] = {2, false},    [STORE_BY_LEVEL] = {3, false},
    [STORE_BY_AREA] = {4, true},  [STORE_BY_SECTION] = {5, true},   [STORE_BY_SIZE] = {6, false},
    [STORE_BY_ROUND] = {7, true}, [STORE_BY_SUBMITTED] = {8, true},
};

static const char *const sizes_rising[] = {"micro", "small", "medium", "not-sme"};

struct sorting {
    const struct store_page *page;
    struct list_key *keys;
    size_t count, cap;
    size_t wanted; /* no more than these are ever shown; 0: all */
    struct arena texts;
};

static int64_t size_number(const char *size_class)
{
    for (size_t i = 0; size_class && i < ARRAY_SIZE(sizes_rising); i++) {
        if (strcmp(sizes_rising[i], size_class) == 0)
            return (int64_t)i;
    }
    return STORE_UNKNOWN;
}

static int compare_known(const struct list_key *a, const struct list_key *b, bool is_text)
{
    if (is_text)
        return strcmp(a->text, b->text);
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_given(const struct list_key *key, bool is_text)
{
    return is_text ? key->text != NULL : key->number != STORE_UNKNOWN;
}

/* Unknown comes last in both directions; what is equal stands in the order of the keys. */
static int compare_keys(const void *left, const void *right, void *context)
{
    const struct store_page *page = context;
    const struct list_key *a = left, *b = right;
    bool is_text = list_keys[page->sort].is_text, has_a = is_given(a, is_text);
    int order;

    if (has_a != is_given(b, is_text))
        return has_a ? -1 : 1;
    order = has_a ? compare_known(a, b, is_text) : 0;
    if (order)
        return page->is_falling ? -order : order;
    return a->id < b->id ? -1 : a->id > b->id;
}

static void sort_keys(struct sorting *s)
{
    if (s->count)
        qsort_r(s->keys, s->count, sizeof(*s->keys), compare_keys, (void *)(uintptr_t)s->page);
}

/* Keeps what may be shown, so that the first page of a long list needs little memory. */
static void drop_last(struct sorting *s)
{
    struct arena kept;

    sort_keys(s);
    s->count = s->wanted;
    arena_init(&kept);
    for (size_t i = 0; i < s->count; i++) {
        if (s->keys[i].text)
            s->keys[i].text = arena_strdup(&kept, s->keys[i].text);
    }
    arena_free(&s->texts);
    s->texts = kept;
}

static void add_key(struct sorting *s, struct db_stmt *stmt)
{
    enum store_sort sort = s->page->sort;
    int column = list_keys[sort].column;
    struct list_key key = {.id = db_int(stmt, 0), .number = STORE_UNKNOWN};

    if (s->wanted && s->count >= 2 * s->wanted + BLOCK_ROWS_MAX)
        drop_last(s);
    if (list_keys[sort].is_text) {
        const char *text = db_text(stmt, column);

        key.text = text ? arena_strdup(&s->texts, text) : NULL;
    } else if (sort == STORE_BY_SIZE) {
        key.number = size_number(db_text(stmt, column));
    } else if (!db_is_null(stmt, column)) {
        key.number = db_int(stmt, column);
    }
    if (s->count == s->cap) {
        s->cap = s->cap ? s->cap + s->cap / 2 : 1024;
        s->keys = xrealloc(s->keys, s->cap * sizeof(*s->keys));
    }
    s->keys[s->count++] = key;
}

static enum status add_block(struct store *store, const struct store_filter *filter,
                             const struct key_block *block, struct sorting *s, struct err *err)
{
    struct bound_filter bound;
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = prepare_block(store, SQL_LIST_KEYS, filter, block, &bound, &stmt, err);

    if (status != OK)
        return status;
    while ((status = db_step(stmt, &has_row, err)) == OK && has_row)
        add_key(s, stmt);
    db_done(stmt);
    buf_free(&bound.words);
    return status;
}

static enum status find_keys(struct store *store, const struct store_filter *filter,
                             struct sorting *s, struct err *err)
{
    struct key_block block = WHOLE_TABLE;
    bool has_block = true;
    enum status status = OK;

    while (status == OK && has_block) {
        status = store_begin_read(store, err);
        if (status == OK)
            status = next_block(store, &block, &has_block, err);
        if (status == OK && has_block)
            status = add_block(store, filter, &block, s, err);
        store_end_read(store);
    }
    sort_keys(s);
    return status;
}

static enum status fetch(struct store *store, int64_t id, struct arena *arena,
                         struct kept_row *kept, bool *is_there, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(store->db, SQL_LOAD_CURRENT, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, id);
    status = db_step(stmt, is_there, err);
    if (status == OK && *is_there)
        keep_row(stmt, 0, arena, kept);
    db_done(stmt);
    *is_there = status == OK && *is_there && !kept->row.is_withdrawn;
    return status;
}

/* Reads some rows while the lock is held, and gives them on when it is free again. */
static enum status take_some(struct store *store, const struct list_key *keys, size_t count,
                             struct kept_row *rows, struct arena *arena, struct list_taker *taker,
                             struct err *err)
{
    size_t found = 0;
    bool is_there;
    enum status status = store_begin_read(store, err);

    arena_reset(arena);
    for (size_t i = 0; i < count && status == OK; i++) {
        status = fetch(store, keys[i].id, arena, &rows[found], &is_there, err);
        found += status == OK && is_there; /* or it was withdrawn meanwhile */
    }
    store_end_read(store);
    for (size_t i = 0; i < found && status == OK && !taker->is_done; i++)
        taker->is_done = !taker->take(taker->context, &rows[i].row);
    return status;
}

static enum status take_sorted(struct store *store, const struct sorting *s,
                               struct list_taker *taker, struct err *err)
{
    size_t at = (size_t)s->page->offset, end = s->count;
    struct kept_row *rows = xmalloc(BLOCK_ROWS_MAX * sizeof(*rows));
    struct arena arena;
    enum status status = OK;

    if (s->wanted && end > s->wanted)
        end = s->wanted;
    arena_init(&arena);
    for (; at < end && status == OK && !taker->is_done; at += BLOCK_ROWS_MAX) {
        size_t count = end - at < BLOCK_ROWS_MAX ? end - at : BLOCK_ROWS_MAX;

        status = take_some(store, s->keys + at, count, rows, &arena, taker, err);
    }
    arena_free(&arena);
    free(rows);
    return status;
}

enum status store_list(struct store *store, const struct store_filter *filter,
                       const struct store_page *page, store_row_callback *take, void *context,
                       struct err *err)
{
    struct list_taker taker = {take, context, false};
    struct sorting s = {.page = page};
    enum status status;

    if (page->limit && page->limit < INT32_MAX && page->offset < INT32_MAX)
        s.wanted = (size_t)(page->limit + page->offset);
    arena_init(&s.texts);
    status = find_keys(store, filter, &s, err);
    if (status == OK)
        status = take_sorted(store, &s, &taker, err);
    arena_free(&s.texts);
    free(s.keys);
    return status;
}
