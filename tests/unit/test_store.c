#include "store_fixture.h"
#include "survey/convert.h"

#include <signal.h>
#include <sys/wait.h>

static bool take_texts(void *context, const struct store_row *row)
{
    const char **all = context;

    *all = arena_printf(&f.arena, "%s%s %s r%d %s;", *all, row->name, row->round, row->revision,
                        row->submitted_on ? row->submitted_on : "-");
    return true;
}

static void test_revisions(void **state)
{
    struct store *store = open_store(path_of("r.db"));
    const char *facts = "\"tax_code\":\"0800291164\",\"name\":\"Công ty A\",\"employees\":5";
    struct response *first, *second;
    struct store_put a, b, c;
    struct store_item item;
    struct store_totals totals;
    const char *all = "";

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    first =
        answered("\"round\":\"2026\",\"submitted_on\":\"2026-11-01\",", facts, "\"single\":\"10\"");
    second = answered("\"round\":\"2026\",\"submitted_on\":\"2026-11-02\",\"minutes\":7.25,", facts,
                      "\"single\":\"0\",\"many\":[\"a\"]");
    ASSERT_OK(put(store, first, &a));
    assert_int_equal(a.outcome, STORE_INSERTED);
    assert_int_equal(a.revision, 1);
    ASSERT_OK(put(store, first, &b));
    assert_int_equal(b.outcome, STORE_UNCHANGED);
    assert_string_equal(a.reference, b.reference);
    ASSERT_OK(put(store, second, &c));
    assert_int_equal(c.outcome, STORE_REVISED);
    assert_int_equal(c.revision, 2);
    assert_int_equal(c.assessment, a.assessment);
    assert_string_equal(c.reference, a.reference);
    ASSERT_OK(put(store, first, &c)); /* back again is a change, too */
    assert_int_equal(c.outcome, STORE_REVISED);
    assert_int_equal(c.revision, 3);
    ASSERT_OK(store_revisions(store, a.assessment, take_texts, &all, &err));
    assert_string_equal(all, "Công ty A 2026 r1 2026-11-01;Công ty A 2026 r2 2026-11-02;"
                             "Công ty A 2026 r3 2026-11-01;");
    ASSERT_OK(store_load(store, a.assessment, 2, NULL, &f.arena, &item, &err));
    assert_string_equal(written(item.response), written(second));
    assert_int_equal(item.row.level, 0);
    ASSERT_OK(store_load(store, a.assessment, 1, NULL, &f.arena, &item, &err));
    assert_string_equal(written(item.response), written(first));
    ASSERT_OK(store_load(store, a.assessment, 0, f.q, &f.arena, &item, &err));
    assert_int_equal(item.row.revision, 3);
    assert_string_equal(written(item.response), written(first));
    ASSERT_FAILS(NOT_FOUND, "no revision 4",
                 store_load(store, a.assessment, 4, NULL, &f.arena, &item, &err));
    ASSERT_OK(store_totals(store, &totals, &err));
    assert_int_equal(totals.enterprises, 1);
    assert_int_equal(totals.assessments, 1);
    assert_int_equal(totals.revisions, 3);
    assert_int_equal(totals.questionnaires, 1);
    assert_string_equal(totals.last_import, NOW);
    store_close(store);
}

/* Each fact that is compared, and each answer, makes a difference. */
static void test_changes(void **state)
{
    static const char *const same = "\"tax_code\":\"0800291164\",\"employees\":5";
    static const struct {
        const char *head, *facts, *answers;
    } others[] = {
        {"", "\"tax_code\":\"0800291164\",\"employees\":6", "\"single\":\"10\""},
        {"", "\"tax_code\":\"0800291164\"", "\"single\":\"10\""},
        {"", "\"tax_code\":\"0800291164\",\"employees\":5,\"women_managed\":false",
         "\"single\":\"10\""},
        {"", "\"tax_code\":\"0800291164\",\"employees\":5", "\"single\":\"0\""},
        {"", "\"tax_code\":\"0800291164\",\"employees\":5", ""},
        {"", "\"tax_code\":\"0800291164\",\"employees\":5", "\"single\":{\"na\":\"x\"}"},
        {"\"submitted_on\":\"2026-01-01\",", "\"tax_code\":\"0800291164\",\"employees\":5",
         "\"single\":\"10\""},
        {"\"minutes\":12.5,", "\"tax_code\":\"0800291164\",\"employees\":5", "\"single\":\"10\""},
    };
    struct store *store = open_store(":memory:");
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", same, "\"single\":\"10\""), &out));
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        struct response *response =
            answered(arena_printf(&f.arena, "\"round\":\"1\",%s", others[i].head), others[i].facts,
                     others[i].answers);

        ASSERT_OK(put(store, response, &out));
        if (out.outcome != STORE_REVISED)
            fail_msg("case %zu: outcome %d", i, out.outcome);
        ASSERT_OK(put(store, response, &out));
        assert_int_equal(out.outcome, STORE_UNCHANGED);
        ASSERT_OK(put(store, answered("\"round\":\"1\",", same, "\"single\":\"10\""), &out));
        assert_int_equal(out.outcome, STORE_REVISED);
    }
    store_close(store);
}

static void test_enterprises(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_put a, b, c, d;
    struct store_item item;
    struct store_row row;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    /* Without a tax code: the folded name in its area. */
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Tổ hợp tác Đại Phát\"", ""), &a));
    ASSERT_OK(
        put(store, answered("\"round\":\"2\",", "\"name\":\"TỔ HỢP  TÁC đại phát\"", ""), &b));
    ASSERT_OK(put(
        store,
        answered("\"round\":\"1\",", "\"name\":\"Tổ hợp tác Đại Phát\",\"area\":\"chi-linh\"", ""),
        &c));
    ASSERT_OK(put(store,
                  answered("\"round\":\"1\",",
                           "\"name\":\"Tổ hợp tác Đại Phát\","
                           "\"tax_code\":\"0800291164\"",
                           ""),
                  &d));
    assert_int_equal(b.outcome, STORE_INSERTED);
    assert_memory_equal(a.reference, b.reference, REFERENCE_CHARS);
    assert_string_not_equal(a.reference, b.reference);
    assert_int_equal(c.outcome, STORE_INSERTED);
    assert_memory_not_equal(a.reference, c.reference, REFERENCE_CHARS);
    assert_memory_not_equal(a.reference, d.reference, REFERENCE_CHARS);
    /* Another mark is another name; a tax code that comes later is the same enterprise. */
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Tổ hợp tác Dai Phát\"", ""), &d));
    assert_memory_not_equal(a.reference, d.reference, REFERENCE_CHARS);
    ASSERT_OK(put(store,
                  answered("\"round\":\"2\",",
                           "\"name\":\"Tổ hợp tác Đại Phát\",\"area\":\"chi-linh\","
                           "\"tax_code\":\"0800291157\"",
                           ""),
                  &d));
    assert_true(d.is_linked);
    assert_memory_equal(c.reference, d.reference, REFERENCE_CHARS);
    /* The name follows the latest day, not the latest import. */
    ASSERT_OK(put(store,
                  answered("\"round\":\"1\",\"submitted_on\":\"2026-05-01\",",
                           "\"name\":\"Mới\",\"tax_code\":\"0800291164\"", ""),
                  &d));
    ASSERT_OK(put(store,
                  answered("\"round\":\"2\",\"submitted_on\":\"2025-05-01\",",
                           "\"name\":\"Cũ\",\"tax_code\":\"0800291164\"", ""),
                  &d));
    ASSERT_OK(store_find(store, "0800291164", "2", &f.arena, &row, &err));
    assert_string_equal(row.name, "Mới");
    ASSERT_OK(store_load(store, row.assessment, 0, NULL, &f.arena, &item, &err));
    assert_string_equal(item.response->values[facts_find(f.facts, "name")].text, "Cũ");
    /* Somebody must have answered, in some round. */
    ASSERT_FAILS(BAD_INPUT, "tax code or a name",
                 put(store, answered("\"round\":\"1\",", "\"employees\":3", ""), &d));
    ASSERT_FAILS(BAD_INPUT, "tax code or a name",
                 put(store, answered("\"round\":\"1\",", "\"name\":\"...\"", ""), &d));
    ASSERT_FAILS(BAD_INPUT, "no round", put(store, answered("", "\"name\":\"A\"", ""), &d));
    store_close(store);
}

/* Each reference finds its own assessment, also where the number of the round needs more digits. */
static void test_references_of_many_rounds(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_put out;
    struct store_row row;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (int i = 1; i <= 34; i++) {
        const char *round = arena_printf(&f.arena, "%d", i);

        ASSERT_OK(
            put(store,
                answered(arena_printf(&f.arena, "\"round\":\"%s\",", round), "\"name\":\"A\"", ""),
                &out));
        ASSERT_OK(store_find(store, out.reference, NULL, &f.arena, &row, &err));
        assert_string_equal(row.round, round);
    }
    store_close(store);
}

static void test_questionnaire_conflict(void **state)
{
    struct store *store = open_store(path_of("q.db"));
    const struct questionnaire *stored;
    const struct response *response;
    struct store_put out;
    struct store_item item;
    char *text;
    size_t len;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    response = answered("\"round\":\"1\",", "\"name\":\"A\"", "\"yn\":\"yes\"");
    ASSERT_OK(put(store, response, &out));
    ASSERT_OK(store_questionnaire(store, "all-types@1", &stored, &err));
    assert_string_equal(stored->hash, f.q->hash);
    assert_string_equal(stored->questions[2].rows[1].text.in[LANG_VI], "dòng 2");
    ASSERT_FAILS(NOT_FOUND, "no questionnaire all-types@2",
                 store_questionnaire(store, "all-types@2", &stored, &err));
    /* The same version with another wording: what was stored first stays. */
    ASSERT_OK(file_read(&f.arena, ALL_TYPES, 1 << 20, &text, &len, &err));
    memcpy(strstr(text, "Choose one"), "Choose now", 10);
    fixture_questionnaire(&f, strchr(text, '{'));
    assert_string_not_equal(stored->hash, f.q->hash);
    assert_true(questionnaires_score_alike(stored, f.q));
    response = answered("\"round\":\"1\",", "\"name\":\"B\"", "\"yn\":\"yes\"");
    ASSERT_OK(put(store, response, &out));
    ASSERT_OK(store_load(store, out.assessment, 0, f.q, &f.arena, &item, &err));
    assert_string_equal(item.row.questionnaire_hash, stored->hash);
    /* With other points it is another questionnaire. */
    memcpy(strstr(text, "\"points\": "), "\"points\":9", 10);
    fixture_questionnaire(&f, strchr(text, '{'));
    assert_false(questionnaires_score_alike(stored, f.q));
    response = answered("\"round\":\"1\",", "\"name\":\"C\"", "");
    ASSERT_FAILS(CONFLICT, "stored with other questions", put(store, response, &out));
    ASSERT_FAILS(CONFLICT, "of another content",
                 store_load(store, out.assessment, 0, f.q, &f.arena, &item, &err));
    ASSERT_OK(store_load(store, out.assessment, 0, NULL, &f.arena, &item, &err));
    assert_string_equal(item.row.questionnaire, "all-types@1");
    store_close(store);
}

/* The process dies in the middle: nothing of the transaction is there afterwards. */
static void test_killed(void **state)
{
    const char *path = path_of("k.db");
    struct store *store = open_store(path);
    struct store_totals totals;
    struct store_put out;
    pid_t child;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"stays\"", ""), &out));
    store_close(store);
    child = fork();
    if (child == 0) {
        store = open_store(path);
        if (store_begin(store, &err) != OK)
            _exit(1);
        for (int i = 0; i < 3000; i++) {
            struct response *r =
                answered("\"round\":\"2\",", arena_printf(&f.arena, "\"name\":\"gone %d\"", i), "");

            if (put(store, r, &out) != OK)
                _exit(1);
        }
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    store = open_store(path);
    ASSERT_OK(db_check(store_db(store), &err));
    ASSERT_OK(store_totals(store, &totals, &err));
    assert_int_equal(totals.enterprises, 1);
    assert_int_equal(totals.assessments, 1);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"gone 1\"", ""), &out));
    assert_int_equal(out.outcome, STORE_INSERTED);
    store_close(store);
}

/* What a rolled back transaction had added is forgotten, also in memory. */
static void test_rollback(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_totals totals;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (int i = 0; i < 3; i++) {
        ASSERT_OK(store_begin(store, &err));
        ASSERT_OK(
            put(store, answered("\"round\":\"1\",", "\"name\":\"A\",\"employees\":3", ""), &out));
        assert_int_equal(out.outcome, STORE_INSERTED);
        if (i < 2)
            store_rollback(store);
        else
            ASSERT_OK(store_commit(store, &err));
        ASSERT_OK(store_totals(store, &totals, &err));
        assert_int_equal(totals.enterprises, i == 2);
        assert_int_equal(totals.questionnaires, i == 2);
    }
    store_close(store);
}

/* ---- whole responses ---- */

struct compared {
    struct map expected; /* tax code or name -> index of texts */
    const char *texts[100];
    size_t count;
};

static const char *who(const struct response *response)
{
    const struct value *code = &response->values[facts_find(f.facts, "tax_code")];

    return code->kind == VALUE_TEXT ? code->text
                                    : response->values[facts_find(f.facts, "name")].text;
}

static bool take_compared(void *context, const struct store_item *item)
{
    struct compared *compared = context;
    size_t at = map_find(&compared->expected, who(item->response));
    struct score score;

    assert_int_not_equal(at, MAP_NONE);
    assert_string_equal(written(item->response), compared->texts[at]);
    score_answers(f.scorer, item->response->answers, &score);
    assert_int_equal(score.total.level, item->row.level);
    assert_int_equal(score.by_total_only, item->row.by_total_only);
    assert_int_equal(score.is_complete, item->row.is_complete);
    assert_string_equal(fixture_ratio(&f, score_points(&score, &score.total), 2),
                        fixture_ratio(&f, ratio_make(item->row.total_points, 100), 2));
    assert_string_equal(fixture_ratio(&f, score_max(&score, &score.total), 2),
                        fixture_ratio(&f, ratio_make(item->row.total_max, 100), 2));
    assert_string_equal(fixture_ratio(&f, score_percent(&score.total), 2),
                        fixture_ratio(&f, ratio_make(item->row.total_percent, 100), 2));
    assert_string_equal(fixture_ratio(&f, score_coverage(&score.total), 2),
                        fixture_ratio(&f, ratio_make(item->row.coverage, 100), 2));
    assert_int_equal(item->row.dimension_count, f.q->dimension_count);
    for (size_t i = 0; i < item->row.dimension_count; i++) {
        assert_string_equal(fixture_ratio(&f, score_percent(&score.dimensions[i]), 2),
                            fixture_ratio(&f, ratio_make(item->row.dimensions[i].percent, 100), 2));
        assert_int_equal(score.dimensions[i].level, item->row.dimensions[i].level);
    }
    compared->count++;
    return true;
}

/* Everything that went in comes out again, with its score as it is printed. */
static void test_each(void **state)
{
    struct store *store = open_store(path_of("e.db"));
    struct store_filter filter = STORE_FILTER_NONE;
    struct csv_reader *reader;
    struct response_csv *csv;
    struct response *response;
    struct compared compared = {.count = 0};

    (void)state;
    fixture_questionnaire(&f, DBI);
    import_demo(store);
    store_close(store);
    map_init(&compared.expected, &f.arena);
    reader = csv_reader_open(DEMO_CSV, &f.faults);
    csv = response_csv_open(reader, f.facts,
                            (struct questionnaire_source){.find = fixture_find, .context = &f},
                            (struct response_csv_defaults){.questionnaire = f.q->ref}, &f.faults);
    while (response_csv_next(csv, &response) == RESPONSE_CSV_ROW) {
        const char *key = arena_strdup(&f.arena, who(response));

        compared.texts[compared.expected.count] = written(response);
        map_put(&compared.expected, key, strlen(key), compared.expected.count);
    }
    response_csv_free(csv);
    csv_reader_free(reader);
    ASSERT_OK(try_open(path_of("e.db"), DB_READ, &store));
    ASSERT_OK(
        store_each(store, &filter, STORE_FACTS | STORE_ANSWERS, take_compared, &compared, &err));
    assert_int_equal(compared.count, 48);
    store_close(store);
}

/* A questionnaire that was changed behind our back is not used. */
static void test_damaged_questionnaire(void **state)
{
    struct store *store = open_store(":memory:");
    const struct questionnaire *stored;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"A\"", ""), &out));
    ASSERT_OK(db_script(store_db(store),
                        "UPDATE questionnaire SET content ="
                        " replace(content, 'Choose one', 'Choose two')",
                        &err));
    ASSERT_FAILS(FAILED, "all-types@1 in the database is damaged",
                 store_questionnaire(store, "all-types@1", &stored, &err));
    store_close(store);
}

/* Damaged bytes of one assessment are told by its reference. */
static void test_damaged_bytes(void **state)
{
    struct store *store = open_store(":memory:");
    struct store_put out;
    struct store_item item;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"A\"", "\"yn\":\"no\""), &out));
    ASSERT_OK(db_script(store_db(store), "UPDATE assessment SET answers = x'0102'", &err));
    ASSERT_FAILS(FAILED, "is damaged",
                 store_load(store, out.assessment, 0, NULL, &f.arena, &item, &err));
    assert_non_null(strstr(err.text[LANG_EN], out.reference));
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_revisions, setup, teardown),
    cmocka_unit_test_setup_teardown(test_changes, setup, teardown),
    cmocka_unit_test_setup_teardown(test_enterprises, setup, teardown),
    cmocka_unit_test_setup_teardown(test_references_of_many_rounds, setup, teardown),
    cmocka_unit_test_setup_teardown(test_questionnaire_conflict, setup, teardown),
    cmocka_unit_test_setup_teardown(test_killed, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rollback, setup, teardown),
    cmocka_unit_test_setup_teardown(test_each, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged_questionnaire, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged_bytes, setup, teardown),
};

RUN(tests)
