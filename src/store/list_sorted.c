/* Sorted lists: what they are sorted by is read first, then the rows of the page. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "row.h"

/* Of the keys of one pass: 1.3 million enterprises with names of usual length. */
#define LIST_BYTES_MAX ((size_t)64 << 20)
/* Never met: a single text is shorter than what is left. */
#define TEXT_BYTES_MAX (2 * LIST_BYTES_MAX)

/* Who takes the rows. */
struct list_taker {
    store_row_callback *take;
    void *context;
    bool is_done; /* wants no more */
};

/* A row of a list before it is read: what it is sorted by. */
struct list_key {
    int64_t id;
    int64_t value; /* the number, or where the text stands; STORE_UNKNOWN: not given */
};

struct sorting {
    const struct store_page *page;
    struct list_key *keys;
    size_t count, cap;
    struct buf texts; /* one after the other, each with its NUL */
    int64_t skipped, shown;
    size_t wanted; /* of these keys, to end the page; SIZE_MAX: all */
    size_t most;   /* that are kept: as many, or what memory has room for */
    bool has_before;
    struct list_key before; /* the last key of an earlier pass */
    struct buf before_text;
    struct store_count sum;
    bool is_first_pass;
};

/* ---- what is sorted by ---- */

static int64_t size_number(const char *size_class)
{
    static const char *const rising[] = {"micro", "small", "medium", "not-sme"};

    for (size_t i = 0; size_class && i < ARRAY_SIZE(rising); i++) {
        if (strcmp(rising[i], size_class) == 0)
            return (int64_t)i;
    }
    return STORE_UNKNOWN;
}

/* Complete ones first, then the more the less was answered. */
static int64_t lack_of(const struct store_row *row)
{
    return row->is_complete ? 0 : 1 + 10000 - row->coverage;
}

static int64_t number_of(const struct store_row *row, enum store_sort sort)
{
    switch (sort) {
    case STORE_BY_SCORE:
        return row->total_percent;
    case STORE_BY_LEVEL:
        return row->level;
    case STORE_BY_SIZE:
        return size_number(row->size_class);
    case STORE_BY_FLAGS:
        return row->flag_count;
    default:
        return lack_of(row);
    }
}

/* NULL where it is not given. */
static const char *text_of(const struct store_row *row, const char *name_fold, enum store_sort sort)
{
    switch (sort) {
    case STORE_BY_NAME:
        return name_fold;
    case STORE_BY_AREA:
        return row->area;
    case STORE_BY_SECTION:
        return row->section;
    case STORE_BY_ROUND:
        return row->round;
    default:
        return row->submitted_on;
    }
}

static bool is_by_text(enum store_sort sort)
{
    return sort == STORE_BY_NAME || sort == STORE_BY_AREA || sort == STORE_BY_SECTION ||
           sort == STORE_BY_ROUND || sort == STORE_BY_SUBMITTED;
}

/* ---- order ---- */

static const char *key_text(const struct sorting *s, const struct list_key *key)
{
    return is_by_text(s->page->sort) && key->value != STORE_UNKNOWN ? s->texts.data + key->value
                                                                    : NULL;
}

static int compare_values(const struct list_key *a, const char *a_text, const struct list_key *b,
                          const char *b_text)
{
    if (a_text)
        return strcmp(a_text, b_text);
    return a->value < b->value ? -1 : a->value > b->value;
}

/* Unknown comes last in both directions; what is equal stands in the order of the keys. */
static int compare(const struct sorting *s, const struct list_key *a, const char *a_text,
                   const struct list_key *b, const char *b_text)
{
    bool has_a = a->value != STORE_UNKNOWN;
    int order;

    if (has_a != (b->value != STORE_UNKNOWN))
        return has_a ? -1 : 1;
    order = has_a ? compare_values(a, a_text, b, b_text) : 0;
    if (order)
        return s->page->is_falling ? -order : order;
    return a->id < b->id ? -1 : a->id > b->id;
}

static int compare_keys(const void *left, const void *right, void *context)
{
    return compare(context, left, key_text(context, left), right, key_text(context, right));
}

static void sort_keys(struct sorting *s)
{
    if (s->count)
        qsort_r(s->keys, s->count, sizeof(*s->keys), compare_keys, s);
}

/* ---- keeping keys ---- */

static int64_t keep_text(struct buf *texts, const char *text)
{
    int64_t at = (int64_t)texts->len;

    buf_add(texts, text, strlen(text) + 1);
    return at;
}

/* Keeps the first `most` keys and the texts that they need. */
static void drop_last(struct sorting *s)
{
    struct buf kept;

    sort_keys(s);
    s->count = s->count < s->most ? s->count : s->most;
    if (!is_by_text(s->page->sort))
        return;
    buf_init(&kept, TEXT_BYTES_MAX);
    for (size_t i = 0; i < s->count; i++) {
        if (s->keys[i].value != STORE_UNKNOWN)
            s->keys[i].value = keep_text(&kept, s->texts.data + s->keys[i].value);
    }
    buf_free(&s->texts);
    s->texts = kept;
}

/*
 * The first page of a long list needs little memory, and the whole of a very long one no more than
 * page->bytes: what has no room waits for another pass.
 */
static void make_room(struct sorting *s)
{
    size_t bytes = s->page->bytes ? s->page->bytes : LIST_BYTES_MAX;
    bool is_over = s->texts.len + s->count * sizeof(*s->keys) > bytes;

    if (is_over && s->most > s->count / 2 + 1)
        s->most = s->count / 2 + 1;
    if (is_over || (s->count / 2 > s->most && s->count / 2 - s->most >= BLOCK_ROWS_MAX))
        drop_last(s);
}

static void push_key(struct sorting *s, struct list_key key)
{
    if (s->count == s->cap) {
        s->cap = s->cap ? s->cap + s->cap / 2 : 1024;
        s->keys = xrealloc(s->keys, s->cap * sizeof(*s->keys));
    }
    s->keys[s->count++] = key;
}

/* In an earlier pass. */
static bool was_shown(const struct sorting *s, const struct list_key *key, const char *text)
{
    return s->has_before && compare(s, key, text, &s->before, buf_text(&s->before_text)) <= 0;
}

static void add_key(struct sorting *s, const struct store_row *row, const char *name_fold)
{
    enum store_sort sort = s->page->sort;
    const char *text = is_by_text(sort) ? text_of(row, name_fold, sort) : NULL;
    struct list_key key = {.id = row->assessment, .value = text ? 0 : STORE_UNKNOWN};

    if (!is_by_text(sort))
        key.value = number_of(row, sort);
    if (was_shown(s, &key, text))
        return;
    if (text)
        key.value = keep_text(&s->texts, text);
    push_key(s, key);
    make_room(s);
}

static void count_row(struct sorting *s, const struct store_row *row)
{
    if (!s->is_first_pass)
        return;
    s->sum.all++;
    s->sum.incomplete += !row->is_complete;
    s->sum.unrated += row->level == STORE_UNKNOWN;
}

/* ---- finding keys ---- */

static int64_t int_or_unknown(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? STORE_UNKNOWN : db_int(stmt, column);
}

/* A row of SQL_LIST_KEYS: what a list can be sorted by, and no more. */
static void take_key(struct sorting *s, struct db_stmt *stmt)
{
    struct store_row row = {.assessment = db_int(stmt, 0),
                            .total_percent = (int)int_or_unknown(stmt, 2),
                            .level = (int)int_or_unknown(stmt, 3),
                            .area = db_text(stmt, 4),
                            .section = db_text(stmt, 5),
                            .size_class = db_text(stmt, 6),
                            .round = db_text(stmt, 7),
                            .submitted_on = db_text(stmt, 8),
                            .is_complete = db_int(stmt, 9) != 0,
                            .coverage = (int)db_int(stmt, 10)};

    count_row(s, &row);
    add_key(s, &row, db_text(stmt, 1));
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
        take_key(s, stmt);
    db_done(stmt);
    buf_free(&bound.words);
    return status;
}

static enum status add_blocks(struct store *store, const struct store_filter *filter,
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
    return status;
}

static bool take_looked_at(void *context, const struct store_item *item)
{
    struct sorting *s = context;
    const struct store_row *row = &item->row;
    struct arena arena;

    arena_init(&arena);
    count_row(s, row);
    add_key(s, row, row->name ? text_fold(&arena, row->name) : "");
    arena_free(&arena);
    return true;
}

static bool looks_at_flags(const struct store_filter *filter, const struct store_page *page)
{
    return filter->only_flagged || page->sort == STORE_BY_FLAGS;
}

static enum status find_keys(struct store *store, const struct store_filter *filter,
                             struct sorting *s, struct err *err)
{
    enum status status = looks_at_flags(filter, s->page)
                             ? store_each(store, filter, STORE_FLAGS, take_looked_at, s, err)
                             : add_blocks(store, filter, s, err);

    if (s->count > s->most)
        drop_last(s);
    else
        sort_keys(s);
    return status;
}

/* ---- taking rows ---- */

/* What takes the rows of a list, a block at a time. */
struct fetching {
    struct store *store;
    bool with_flags;
    struct kept_row *rows;
    struct arena arena;
    struct list_taker *taker;
};

static enum status fetch(struct fetching *f, int64_t id, struct kept_row *kept, bool *is_there,
                         struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(f->store->db, SQL_LOAD_CURRENT, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, id);
    status = db_step(stmt, is_there, err);
    if (status == OK && *is_there)
        keep_row(stmt, f->with_flags ? STORE_FACTS | STORE_ANSWERS : 0, &f->arena, kept);
    db_done(stmt);
    *is_there = status == OK && *is_there && !kept->row.is_withdrawn;
    return status;
}

static enum status take_row(struct fetching *f, struct kept_row *kept, struct err *err)
{
    struct arena one;
    enum status status = OK;

    arena_init(&one);
    if (f->with_flags)
        status = look_at_flags(f->store, kept, &one, err);
    if (status == OK)
        f->taker->is_done = !f->taker->take(f->taker->context, &kept->row);
    arena_free(&one);
    return status;
}

/* Reads some rows while the lock is held, and gives them on when it is free again. */
static enum status take_some(struct fetching *f, const struct list_key *keys, size_t count,
                             struct err *err)
{
    size_t found = 0;
    bool is_there;
    enum status status = store_begin_read(f->store, err);

    arena_reset(&f->arena);
    for (size_t i = 0; i < count && status == OK; i++) {
        status = fetch(f, keys[i].id, &f->rows[found], &is_there, err);
        found += status == OK && is_there; /* or it was withdrawn meanwhile */
    }
    store_end_read(f->store);
    for (size_t i = 0; i < found && status == OK && !f->taker->is_done; i++)
        status = take_row(f, &f->rows[i], err);
    return status;
}

static enum status take_sorted(struct fetching *f, struct sorting *s, struct err *err)
{
    int64_t left_out = s->page->offset - s->skipped;
    size_t at = left_out < (int64_t)s->count ? (size_t)left_out : s->count, end = s->count;
    enum status status = OK;

    s->skipped += (int64_t)at;
    s->shown += (int64_t)(end - at);
    for (; at < end && status == OK && !f->taker->is_done; at += BLOCK_ROWS_MAX) {
        size_t count = end - at < BLOCK_ROWS_MAX ? end - at : BLOCK_ROWS_MAX;

        status = take_some(f, s->keys + at, count, err);
    }
    return status;
}

/* ---- passes ---- */

/* Another pass begins behind the last key of this one. */
static void go_on(struct sorting *s)
{
    s->has_before = true;
    s->before = s->keys[s->count - 1];
    buf_clear(&s->before_text);
    if (is_by_text(s->page->sort) && s->before.value != STORE_UNKNOWN)
        buf_puts(&s->before_text, s->texts.data + s->before.value);
    s->count = 0;
    buf_clear(&s->texts);
}

/* How many keys the page still needs. */
static size_t wanted(const struct sorting *s)
{
    const struct store_page *page = s->page;
    int64_t left;

    if (!page->limit || page->limit >= INT32_MAX || page->offset >= INT32_MAX)
        return SIZE_MAX;
    left = page->limit + page->offset - s->skipped - s->shown;
    return left > 0 ? (size_t)left : 0;
}

static enum status list_pass(struct store *store, const struct store_filter *filter,
                             struct sorting *s, struct fetching *f, bool *is_last, struct err *err)
{
    enum status status;

    s->wanted = s->most = wanted(s);
    status = find_keys(store, filter, s, err);
    if (status != OK)
        return status;
    if (s->is_first_pass && s->page->count)
        *s->page->count = s->sum;
    s->is_first_pass = false;
    *is_last = s->most == s->wanted || s->count < s->most;
    status = take_sorted(f, s, err);
    *is_last = *is_last || f->taker->is_done || wanted(s) == 0;
    if (!*is_last)
        go_on(s);
    return status;
}

enum status store_list(struct store *store, const struct store_filter *filter,
                       const struct store_page *page, store_row_callback *take, void *context,
                       struct err *err)
{
    struct list_taker taker = {take, context, false};
    struct sorting s = {.page = page, .is_first_pass = true};
    struct fetching f = {.store = store,
                         .with_flags = looks_at_flags(filter, page),
                         .rows = xmalloc(BLOCK_ROWS_MAX * sizeof(*f.rows)),
                         .taker = &taker};
    bool is_last = false;
    enum status status = OK;

    arena_init(&f.arena);
    buf_init(&s.texts, TEXT_BYTES_MAX);
    buf_init(&s.before_text, BUF_MAX_DEFAULT);
    while (status == OK && !is_last)
        status = list_pass(store, filter, &s, &f, &is_last, err);
    buf_free(&s.before_text);
    buf_free(&s.texts);
    free(s.keys);
    arena_free(&f.arena);
    free(f.rows);
    return status;
}
