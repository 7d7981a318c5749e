#include "store_fixture.h"

#include <sqlite3.h>

#include "base/text.h"

static const char *found_name(struct store *store, const char *key, const char *round)
{
    struct store_row row;
    enum status status = store_find(store, key, round, &f.arena, &row, &err);

    return status == OK ? row.name : status == NOT_FOUND ? "none" : err.text[LANG_EN];
}

static void test_find(void **state)
{
    struct store *store = open_store(":memory:");
    char typed[2 * REFERENCE_BYTES];
    struct store_put out, later;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store,
                  answered("\"round\":\"2026\",\"submitted_on\":\"2026-11-01\",",
                           "\"name\":\"A\",\"tax_code\":\"0800291164\"", ""),
                  &out));
    ASSERT_OK(put(store,
                  answered("\"round\":\"2025\",\"submitted_on\":\"2025-11-01\",",
                           "\"name\":\"A\",\"tax_code\":\"0800291164\"", ""),
                  &later));
    ASSERT_OK(put(store, answered("\"round\":\"2026\",", "\"name\":\"B\"", ""), &later));
    assert_int_equal(strlen(out.reference), REFERENCE_CHARS + 2);
    assert_memory_equal(out.reference, "000001", 6);
    assert_memory_equal(later.reference, "000002", 6);
    assert_string_equal(found_name(store, "0800291164", NULL), "A");
    assert_string_equal(found_name(store, "0800291164", "2025"), "A");
    assert_string_equal(found_name(store, "0800291164", "2024"), "none");
    assert_string_equal(found_name(store, "0102030405", NULL), "none");
    assert_string_equal(found_name(store, out.reference, NULL), "A");
    assert_string_equal(found_name(store, later.reference, NULL), "B");
    assert_string_equal(found_name(store, "000002", NULL), "B");
    assert_string_equal(found_name(store, "oooool", NULL), "A");
    assert_string_equal(found_name(store, "000-00 2", NULL), "B");
    assert_string_equal(found_name(store, "00000", NULL), "none");
    assert_string_equal(found_name(store, "000003", NULL), "none");
    assert_string_equal(found_name(store, "", NULL), "none");
    assert_string_equal(found_name(store, "không có", NULL), "none");
    /* As people copy it from paper. */
    snprintf(typed, sizeof(typed), "%.6s-%.4s %s", out.reference, out.reference + 6,
             out.reference + 10);
    for (char *c = typed; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c == '0' ? 'O' : *c);
    assert_string_equal(found_name(store, typed, NULL), "A");
    /* The right number with another random part is nobody. */
    strcpy(typed, out.reference);
    typed[20] = typed[20] == '7' ? '8' : '7';
    assert_string_equal(found_name(store, typed, NULL), "none");
    strcpy(typed, out.reference);
    strcpy(typed + REFERENCE_CHARS, "-9"); /* no such round */
    assert_string_equal(found_name(store, typed, NULL), "none");
    strcpy(typed + REFERENCE_CHARS, "-99999999");
    assert_string_equal(found_name(store, typed, NULL), "none");
    store_close(store);
}

struct listed {
    size_t count;
    const char *first, *second;
    const char *names; /* all, parted by "|" */
    int64_t last_key;
};

static bool take_listed(void *context, const struct store_row *row)
{
    struct listed *listed = context;

    if (listed->count == 0)
        listed->first = arena_strdup(&f.arena, row->name);
    if (listed->count == 1)
        listed->second = arena_strdup(&f.arena, row->name);
    listed->count++;
    listed->names = arena_printf(&f.arena, "%s%s|", listed->names ? listed->names : "", row->name);
    return true;
}

static struct listed list(struct store *store, struct store_filter filter, struct store_page page)
{
    struct listed listed = {0};
    struct store_count count;

    ASSERT_OK(store_list(store, &filter, &page, take_listed, &listed, &err));
    ASSERT_OK(store_count(store, &filter, &count, &err));
    if (!page.limit)
        assert_int_equal(count.all, listed.count);
    return listed;
}

static void test_filters(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_filter filter = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_NAME};
    size_t forms;

    (void)state;
    fixture_questionnaire(&f, DBI);
    assert_int_equal(import_demo(store), 48);
    assert_int_equal(import_demo(store), 0);
    assert_int_equal(list(store, filter, page).count, 48);
#define FILTERED(member, value)                                                                    \
    (filter = STORE_FILTER_NONE, filter.member = (value), list(store, filter, page).count)
    assert_int_equal(FILTERED(round, "2026"), 48);
    assert_int_equal(FILTERED(round, "2025"), 0);
    assert_int_equal(FILTERED(questionnaire, "dbi-sme@2021"), 48);
    assert_int_equal(FILTERED(questionnaire, "dbi-sme@2022"), 0);
    assert_int_equal(FILTERED(section, "unknown"), 1);
    assert_int_equal(FILTERED(area, "unknown"), 1);
    assert_int_equal(FILTERED(level, 5), 1);
    assert_int_equal(FILTERED(level, 19), 0);
    assert_int_equal(FILTERED(size_class, "small"), 48);
    assert_int_equal(FILTERED(size_class, "micro"), 0);
    forms = FILTERED(form, "enterprise");
    forms += FILTERED(form, "cooperative");
    forms += FILTERED(form, "household");
    assert_int_equal(forms, 48);
    assert_true(FILTERED(area, "hai-duong") >= 5);
    assert_true(FILTERED(section, "C") >= 5);
    forms = FILTERED(section, "C");
    filter.area = "hai-duong"; /* both */
    assert_true(list(store, filter, page).count < forms);
    /* Words, with and without marks, anywhere in the name, in any order. */
    assert_int_equal(FILTERED(words, "phan mem"), 1);
    assert_int_equal(FILTERED(words, "MỀM  số Phần"), 1);
    assert_int_equal(FILTERED(words, "phan mem banh"), 0);
    assert_true(FILTERED(words, "vi du") > 3);
    assert_int_equal(FILTERED(words, ""), 48);
    assert_int_equal(FILTERED(words, "%"), 48); /* folds to nothing */
    assert_int_equal(FILTERED(words, "_"), 48);
    filter = STORE_FILTER_NONE;
    filter.words = "a b c d e f g h i";
    ASSERT_FAILS(LIMIT, "at most 8 words",
                 store_list(store, &filter, &page, take_listed, &(struct listed){0}, &err));
    store_close(store);
}

/* The example of the design: words without marks find names with them. */
static void test_words(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_filter filter = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_NAME};
    struct store_put out;
    struct listed listed;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Công ty Đại Phát\"", ""), &out));
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"CÔNG TY ĐẠI PHONG\"", ""), &out));
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Bánh đậu\"", ""), &out));
    filter.words = "cong ty dai phat";
    listed = list(store, filter, page);
    assert_string_equal(listed.names, "Công ty Đại Phát|");
    filter.words = "đại công";
    assert_int_equal(list(store, filter, page).count, 2);
    filter.words = NULL;
    assert_string_equal(list(store, filter, page).names,
                        "Bánh đậu|Công ty Đại Phát|CÔNG TY ĐẠI PHONG|");
    filter.enterprise = arena_strndup(&f.arena, out.reference, REFERENCE_CHARS);
    assert_string_equal(list(store, filter, page).names, "Bánh đậu|");
    store_close(store);
}

static const char *key_of(const struct store_row *row, enum store_sort sort)
{
    static const char *const sizes[] = {"micro", "small", "medium", "not-sme"};
    int64_t number = STORE_UNKNOWN;

    switch (sort) {
    case STORE_BY_NAME:
        return text_fold(&f.arena, row->name);
    case STORE_BY_AREA:
        return row->area;
    case STORE_BY_SECTION:
        return row->section;
    case STORE_BY_ROUND:
        return row->round;
    case STORE_BY_SUBMITTED:
        return row->submitted_on;
    case STORE_BY_SCORE:
        number = row->total_percent;
        break;
    case STORE_BY_LEVEL:
        number = row->level;
        break;
    case STORE_BY_FLAGS:
        assert_true(row->has_flags);
        number = row->flag_count;
        break;
    case STORE_BY_INCOMPLETE:
        number = row->is_complete ? 0 : 10001 - row->coverage;
        break;
    default:
        for (size_t i = 0; row->size_class && i < ARRAY_SIZE(sizes); i++)
            number = strcmp(sizes[i], row->size_class) == 0 ? (int64_t)i : number;
    }
    return number == STORE_UNKNOWN ? NULL : arena_printf(&f.arena, "%09lld", (long long)number);
}

struct ordered {
    enum store_sort sort;
    int direction; /* 1 rising, -1 falling */
    const char *last;
    bool is_unknown;
    size_t count;
};

static bool take_ordered(void *context, const struct store_row *row)
{
    struct ordered *ordered = context;
    const char *key = key_of(row, ordered->sort);

    if (!key) {
        ordered->is_unknown = true; /* from here on all are */
    } else {
        assert_false(ordered->is_unknown);
        if (ordered->last && strcmp(ordered->last, key) * ordered->direction > 0)
            fail_msg("order %d: '%s' before '%s'", ordered->sort, ordered->last, key);
        ordered->last = arena_strdup(&f.arena, key);
    }
    ordered->count++;
    return true;
}

static void test_orders(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_filter filter = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_SCORE, .is_falling = true, .limit = 10};
    struct listed all, part;

    (void)state;
    fixture_questionnaire(&f, DBI);
    import_demo(store);
    for (int sort = 0; sort < STORE_SORT__MAX; sort++) {
        for (int falling = 0; falling < 2; falling++) {
            struct ordered ordered = {(enum store_sort)sort, falling ? -1 : 1, NULL, false, 0};
            struct store_count count = {0};
            struct store_page whole = {
                .sort = (enum store_sort)sort, .is_falling = falling, .count = &count};

            ASSERT_OK(store_list(store, &filter, &whole, take_ordered, &ordered, &err));
            assert_int_equal(ordered.count, 48);
            assert_int_equal(count.all, 48);
        }
    }
    all = list(store, filter, (struct store_page){.sort = STORE_BY_SCORE, .is_falling = true});
    part = list(store, filter, page);
    assert_int_equal(part.count, 10);
    assert_string_equal(part.first, all.first);
    page.offset = 1;
    assert_string_equal(list(store, filter, page).first, all.second);
    page.offset = 40;
    assert_int_equal(list(store, filter, page).count, 8);
    page.offset = 48;
    assert_int_equal(list(store, filter, page).count, 0);
    store_close(store);
}

/* With room for few keys the list is read in many passes, and is the same. */
static void test_little_memory(void **state)
{
    static const size_t rooms[] = {1, 100, 400, 2000};
    struct store *store = open_store(":memory:");
    struct store_filter filter = STORE_FILTER_NONE;

    (void)state;
    fixture_questionnaire(&f, DBI);
    import_demo(store);
    for (int sort = 0; sort < STORE_SORT__MAX; sort++) {
        for (int i = 0; i < 2 * (int)ARRAY_SIZE(rooms); i++) {
            struct store_count count = {0};
            struct store_page page = {
                .sort = (enum store_sort)sort, .is_falling = i % 2, .count = &count};
            const char *names = list(store, filter, page).names, *part;

            page.bytes = rooms[i / 2];
            assert_string_equal(list(store, filter, page).names, names);
            assert_int_equal(count.all, 48);
            page.limit = 40;
            page.offset = 3;
            part = list(store, filter, page).names;
            page.bytes = 0;
            assert_string_equal(list(store, filter, page).names, part);
        }
    }
    store_close(store);
}

static bool take_flagged(void *context, const struct store_row *row)
{
    size_t *count = context;

    assert_true(row->has_flags && row->flag_count > 0 && row->has_flag);
    ++*count;
    return true;
}

static bool count_flagged(void *context, const struct store_item *item)
{
    size_t *count = context;

    *count += item->row.flag_count > 0;
    return true;
}

/* What is to be looked at: flags are found again from the answers. */
static void test_to_be_looked_at(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_filter filter = STORE_FILTER_NONE, all = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_NAME};
    struct store_count count, complete;
    struct store_put hasty;
    size_t listed = 0, counted = 0, each = 0;

    (void)state;
    fixture_questionnaire(&f, DBI);
    import_demo(store);
    ASSERT_OK(put(store, answered("\"round\":\"1\",\"minutes\":0.01,", "\"name\":\"Nhanh\"",
                                  "\"1.1.1\":3"),
                  &hasty));
    filter.only_flagged = true;
    ASSERT_OK(store_list(store, &filter, &page, take_flagged, &listed, &err));
    ASSERT_OK(store_each(store, &all, STORE_FLAGS, count_flagged, &counted, &err));
    ASSERT_OK(store_each(store, &filter, 0, count_flagged, &each, &err));
    ASSERT_OK(store_count(store, &filter, &count, &err));
    assert_int_equal(listed, 1);
    assert_int_equal(listed, counted);
    assert_int_equal(listed, each);
    assert_int_equal(listed, count.all);
    assert_int_equal(count.incomplete, 1);
    assert_int_equal(count.unrated, 1);
    filter = (struct store_filter){.level = STORE_UNKNOWN, .only_incomplete = true};
    ASSERT_OK(store_count(store, &all, &complete, &err));
    ASSERT_OK(store_count(store, &filter, &count, &err));
    assert_int_equal(count.all, complete.incomplete);
    assert_int_equal(count.incomplete, count.all);
    assert_int_equal(list(store, filter, page).count, count.all);
    store_close(store);
}

#define MANY 1300 /* blocks of 500, and a rest */

static void put_many(struct store *store)
{
    ASSERT_OK(store_begin(store, &err));
    for (int i = 0; i < MANY; i++) {
        struct store_put out;

        ASSERT_OK(put(store,
                      answered("\"round\":\"1\",",
                               arena_printf(&f.arena, "\"name\":\"N %d\"", i * 7919 % MANY), ""),
                      &out));
    }
    ASSERT_OK(store_commit(store, &err));
}

/* True while another program could lock the whole file. */
static bool is_lockable(void)
{
    sqlite3 *raw;
    int code;

    assert_int_equal(sqlite3_open(path_of("b.db"), &raw), SQLITE_OK);
    code = sqlite3_exec(raw, "BEGIN EXCLUSIVE", NULL, NULL, NULL);
    (void)sqlite3_close(raw);
    return code == SQLITE_OK;
}

struct slow {
    int64_t last;
    size_t count, locked;
};

static bool take_slowly(void *context, const struct store_row *row)
{
    struct slow *slow = context;

    if (slow->count++ % 100 == 0)
        slow->locked += !is_lockable();
    slow->last = row->assessment;
    return true;
}

static bool take_item_slowly(void *context, const struct store_item *item)
{
    const struct slow *slow = context;

    assert_true(item->row.assessment > slow->last);
    return take_slowly(context, &item->row);
}

/* Nobody waits for who reads, however slow it is: a row is given on while nothing is locked. */
static void test_blocks(void **state)
{
    struct store *store = open_store(path_of("b.db")), *reader;
    struct store_filter filter = STORE_FILTER_NONE;
    struct store_page page = {.sort = STORE_BY_NAME, .limit = 10};
    struct slow rows = {0}, items = {0};
    struct listed all, part;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    put_many(store);
    all = list(store, filter, (struct store_page){.sort = STORE_BY_NAME});
    assert_int_equal(all.count, MANY);
    part = list(store, filter, page);
    assert_int_equal(part.count, 10);
    assert_memory_equal(part.names, all.names, strlen(part.names));
    part = list(store, filter, (struct store_page){.sort = STORE_BY_NAME, .limit = 700});
    assert_int_equal(part.count, 700); /* a block and a part of one */
    assert_memory_equal(part.names, all.names, strlen(part.names));
    ASSERT_OK(try_open(path_of("b.db"), DB_READ, &reader));
    ASSERT_OK(store_list(reader, &filter, &page, take_slowly, &rows, &err));
    assert_int_equal(rows.count, 10);
    ASSERT_OK(store_each(reader, &filter, STORE_FACTS, take_item_slowly, &items, &err));
    assert_int_equal(items.count, MANY);
    assert_int_equal(rows.locked + items.locked, 0);
    store_close(reader);
    store_close(store);
}

static bool take_round(void *context, const struct store_round *round)
{
    const char **all = context;

    *all = arena_printf(&f.arena, "%s%s %s %lld;", *all, round->questionnaire, round->round,
                        (long long)round->assessments);
    return true;
}

static void test_rounds(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_put out;
    const char *all = "";

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"2025\",", "\"name\":\"A\"", ""), &out));
    ASSERT_OK(put(store, answered("\"round\":\"2026\",", "\"name\":\"A\"", ""), &out));
    ASSERT_OK(put(store, answered("\"round\":\"2026\",", "\"name\":\"B\"", ""), &out));
    fixture_questionnaire(&f, DBI);
    ASSERT_OK(put(store, answered("\"round\":\"2026\",", "\"name\":\"A\"", ""), &out));
    ASSERT_OK(store_rounds(store, take_round, &all, &err));
    assert_string_equal(all, "all-types@1 2026 2;dbi-sme@2021 2026 1;all-types@1 2025 1;");
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_find, setup, teardown),
    cmocka_unit_test_setup_teardown(test_filters, setup, teardown),
    cmocka_unit_test_setup_teardown(test_words, setup, teardown),
    cmocka_unit_test_setup_teardown(test_orders, setup, teardown),
    cmocka_unit_test_setup_teardown(test_little_memory, setup, teardown),
    cmocka_unit_test_setup_teardown(test_to_be_looked_at, setup, teardown),
    cmocka_unit_test_setup_teardown(test_blocks, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rounds, setup, teardown),
};

RUN(tests)
