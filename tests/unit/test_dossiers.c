#include "dossier_fixture.h"

#include "store/migrate.h"

/* ---- references ---- */

static void test_reference(void **state)
{
    static const char *const typed[] = {"CDS-26-0000179", "cds-26-0000179", " cds 26 0000179 ",
                                        "CDS260000179",   "Cds-26-oooO179", "C-D-S26 0000 179"};
    static const char *const wrong[] = {"",
                                        "CDS",
                                        "CDS-26-000017",
                                        "CDS-26-00001792",
                                        "26-0000179",
                                        "CDS-26-0000173",
                                        "ABC-26-0000179",
                                        "CDS-26-00001x2",
                                        "CDS-26-0000179; DROP TABLE dossier",
                                        "CDS-\xff\xff-0000172"};
    char reference[DOSSIER_REFERENCE_BYTES];

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(typed); i++) {
        if (!dossier_reference_parse(typed[i], reference))
            fail_msg("'%s' is refused", typed[i]);
        assert_string_equal(reference, "CDS-26-0000179");
    }
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        if (dossier_reference_parse(wrong[i], reference))
            fail_msg("'%s' is taken", wrong[i]);
    }
}

/* What ISO 7064 promises: every wrong digit is noticed, and nearly every swap of neighbours. */
static void test_check_digit(void **state)
{
    struct dice dice = {20261124};
    int swaps = 0, unnoticed = 0;
    char digits[10], typed[16], reference[DOSSIER_REFERENCE_BYTES];

    (void)state;
    for (int round = 0; round < 2000; round++) {
        int valid = 0;

        snprintf(digits, sizeof(digits), "%08zu0", dice_roll(&dice, 100000000));
        for (digits[8] = '0'; digits[8] <= '9'; digits[8]++) {
            snprintf(typed, sizeof(typed), "CDS%s", digits);
            valid += dossier_reference_parse(typed, reference);
            if (valid)
                break;
        }
        assert_int_equal(valid, 1); /* and the digits after it are refused below */
        for (int i = 0; i < 9; i++) {
            char right = digits[i];

            for (digits[i] = '0'; digits[i] <= '9'; digits[i]++) {
                snprintf(typed, sizeof(typed), "CDS%s", digits);
                assert_int_equal(dossier_reference_parse(typed, reference), digits[i] == right);
            }
            digits[i] = right;
            if (i == 8 || digits[i] == digits[i + 1])
                continue;
            snprintf(typed, sizeof(typed), "CDS%s", digits);
            typed[3 + i] = digits[i + 1];
            typed[4 + i] = digits[i];
            swaps++;
            unnoticed += dossier_reference_parse(typed, reference);
        }
    }
    assert_true(swaps > 10000);
    assert_true(unnoticed * 40 < swaps); /* fewer than 2.5 % */
}

/* ---- adding, finding, saving ---- */

static void test_add(void **state)
{
    struct store *store = open_store(path_of("a.db"));
    struct dossier first = add_dossier(store, 1), second = add_dossier(store, 2), other, found;
    int64_t id = 0;

    (void)state;
    assert_int_equal(first.id, 26000001);
    assert_int_equal(second.id, 26000002);
    assert_memory_equal(first.reference, "CDS-26-000001", 13);
    assert_int_equal(first.state, DOSSIER_DRAFT);
    assert_int_equal(first.version, 1);
    /* Another year begins anew, also when it is over already. */
    ASSERT_OK(try_add(store, "2027-01-01T00:00:00Z", 3, &other));
    assert_int_equal(other.id, 27000001);
    ASSERT_OK(try_add(store, "2026-12-31T23:59:59Z", 4, &other));
    assert_int_equal(other.id, 26000003);
    /* All of it is there again. */
    ASSERT_OK(dossier_find(store, first.reference, &f.arena, &found, &err));
    assert_int_equal(found.id, first.id);
    assert_string_equal(found.reference, first.reference);
    assert_string_equal(found.questionnaire, "all-types@1");
    assert_string_equal(found.content, "{\"kind\":\"response\"}");
    assert_string_equal(found.progress, "{}");
    assert_int_equal(found.lang, LANG_EN);
    assert_int_equal(found.assessment, 0);
    assert_int_equal(found.earlier, 0);
    assert_string_equal(found.created_at, NOW);
    assert_string_equal(found.changed_at, NOW);
    assert_string_equal(found.submitted_at, "");
    assert_string_equal(found.consent_at, "");
    assert_string_equal(found.consent_version, "");
    assert_string_equal(found.consent_ended_at, "");
    assert_string_equal(found.erasure_asked_at, "");
    ASSERT_OK(dossier_by_token(store, token(2), &id, &err));
    assert_int_equal(id, second.id);
    ASSERT_OK(dossier_load(store, id, &f.arena, &found, &err));
    assert_string_equal(found.reference, second.reference);
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_by_token(store, token(9), &id, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_load(store, 7, &f.arena, &found, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_find(store, "CDS-26-0000179", &f.arena, &found, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_find(store, "' OR 1=1", &f.arena, &found, &err));
    ASSERT_FAILS(CONFLICT, "constraint", try_add(store, NOW, 1, &other)); /* a token twice */
    store_close(store);
}

static void test_add_limits(void **state)
{
    static const char *const times[] = {"",
                                        "2026-11-23",
                                        "2026-11-23 08:00:00Z",
                                        "2026-11-23T24:00:00Z",
                                        "2026-02-30T08:00:00Z",
                                        "2026-11-23T08:00:00+"};
    struct store *store = open_store(path_of("l.db"));
    struct dossier dossier = add_dossier(store, 1);
    char *long_text = arena_alloc(&f.arena, 1, DOSSIER_CONTENT_BYTES_MAX + 2);

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(times); i++)
        ASSERT_FAILS(BAD_INPUT, "must be written as", try_add(store, times[i], 2, &dossier));
    memset(long_text, 'x', DOSSIER_CONTENT_BYTES_MAX + 1);
    dossier.content = long_text;
    ASSERT_FAILS(LIMIT, "longer than 1048576 bytes", dossier_save(store, &dossier, NOW, &err));
    dossier.content = "";
    dossier.progress = long_text;
    ASSERT_FAILS(LIMIT, "longer than 1048576 bytes", dossier_save(store, &dossier, NOW, &err));
    dossier.progress = "{}";
    dossier.content = long_text + 1;
    ASSERT_OK(dossier_save(store, &dossier, NOW, &err));
    /* The last number of the year. */
    ASSERT_OK(db_script(store_db(store), "UPDATE dossier SET id = 26999998", &err));
    ASSERT_OK(try_add(store, NOW, 2, &dossier));
    assert_int_equal(dossier.id, 26999999);
    ASSERT_FAILS(LIMIT, "more than 999999 dossiers", try_add(store, NOW, 3, &dossier));
    ASSERT_OK(try_add(store, "2027-01-01T00:00:00Z", 3, &dossier));
    store_close(store);
}

static void test_save(void **state)
{
    struct store *store = open_store(path_of("s.db"));
    struct dossier dossier = add_dossier(store, 1), other, found;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"A\"", ""), &out));
    other = dossier;
    dossier.state = DOSSIER_SUBMITTED;
    dossier.content = "{\"a\":\"é\"}";
    dossier.progress = "{\"b\":1}";
    dossier.assessment = out.assessment;
    dossier.revision = 3;
    dossier.submitted_at = "2026-11-24T01:00:00Z";
    dossier.consent_at = "2026-11-24T02:00:00Z";
    dossier.consent_version = "wording-1";
    dossier.consent_ended_at = "2026-11-24T03:00:00Z";
    dossier.erasure_asked_at = "2026-11-24T04:00:00Z";
    ASSERT_OK(dossier_save(store, &dossier, "2026-11-24T05:00:00Z", &err));
    assert_int_equal(dossier.version, 2);
    assert_string_equal(dossier.changed_at, "2026-11-24T05:00:00Z");
    ASSERT_OK(dossier_load(store, dossier.id, &f.arena, &found, &err));
    assert_int_equal(found.state, DOSSIER_SUBMITTED);
    assert_int_equal(found.version, 2);
    assert_string_equal(found.content, "{\"a\":\"é\"}");
    assert_string_equal(found.progress, "{\"b\":1}");
    assert_int_equal(found.assessment, out.assessment);
    assert_int_equal(found.revision, 3);
    assert_string_equal(found.submitted_at, "2026-11-24T01:00:00Z");
    assert_string_equal(found.consent_at, "2026-11-24T02:00:00Z");
    assert_string_equal(found.consent_version, "wording-1");
    assert_string_equal(found.consent_ended_at, "2026-11-24T03:00:00Z");
    assert_string_equal(found.erasure_asked_at, "2026-11-24T04:00:00Z");
    assert_string_equal(found.created_at, NOW);
    assert_string_equal(found.changed_at, "2026-11-24T05:00:00Z");
    /* Somebody else has the old version. */
    other.content = "late";
    ASSERT_FAILS(CONFLICT, "changed elsewhere", dossier_save(store, &other, NOW, &err));
    assert_int_equal(other.version, 1);
    ASSERT_OK(dossier_load(store, dossier.id, &f.arena, &found, &err));
    assert_string_equal(found.content, "{\"a\":\"é\"}");
    other.id = 5;
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_save(store, &other, NOW, &err));
    dossier.state = DOSSIER_ERASED;
    ASSERT_FAILS(BAD_INPUT, "not erased by saving", dossier_save(store, &dossier, NOW, &err));
    dossier.state = DOSSIER_DRAFT;
    ASSERT_FAILS(BAD_INPUT, "must be written as", dossier_save(store, &dossier, "now", &err));
    dossier.assessment = 12345; /* there is none */
    ASSERT_FAILS(CONFLICT, "constraint", dossier_save(store, &dossier, NOW, &err));
    store_close(store);
}

static void test_states(void **state)
{
    struct store *store = open_store(":memory:");
    struct dossier dossier = add_dossier(store, 1), found;

    (void)state;
    for (int i = 0; i < DOSSIER_ERASED; i++) {
        dossier.state = (enum dossier_state)i;
        ASSERT_OK(dossier_save(store, &dossier, NOW, &err));
        ASSERT_OK(dossier_load(store, dossier.id, &f.arena, &found, &err));
        assert_int_equal(found.state, i);
    }
    assert_string_equal(dossier_state_code(DOSSIER_DRAFT), "draft");
    assert_string_equal(dossier_state_code(DOSSIER_ERASED), "erased");
    store_close(store);
}

static void test_of_assessment(void **state)
{
    struct store *store = open_store(":memory:");
    struct dossier first = add_dossier(store, 1), second = add_dossier(store, 2);
    struct store_put out;
    int64_t id = 9;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"A\"", ""), &out));
    ASSERT_OK(dossier_of_assessment(store, out.assessment, &id, &err));
    assert_int_equal(id, 0);
    first.assessment = second.assessment = out.assessment;
    first.submitted_at = "2026-11-24T05:00:00Z";
    second.submitted_at = "2026-11-24T04:00:00Z";
    ASSERT_OK(dossier_save(store, &first, NOW, &err));
    ASSERT_OK(dossier_save(store, &second, NOW, &err));
    ASSERT_OK(dossier_of_assessment(store, out.assessment, &id, &err));
    assert_int_equal(id, first.id); /* the one submitted last */
    store_close(store);
}

/* ---- batches ---- */

/* Requests of one transaction that are refused harm no others. */
static void test_batch(void **state)
{
    struct store *store = open_store(path_of("b.db"));
    struct dossier first, second, stale, found;
    int64_t id;

    (void)state;
    ASSERT_OK(store_begin(store, &err));
    first = add_dossier(store, 1);
    stale = first;
    ASSERT_OK(dossier_save(store, &first, NOW, &err));
    ASSERT_FAILS(CONFLICT, "elsewhere", dossier_save(store, &stale, NOW, &err));
    ASSERT_FAILS(BAD_INPUT, "written as", try_add(store, "x", 2, &second));
    ASSERT_FAILS(CONFLICT, "constraint", try_add(store, NOW, 1, &second));
    ASSERT_FAILS(
        NOT_FOUND, "no such",
        dossier_event_add(store, 5, &(struct dossier_event){"created", NOW, "system", ""}, &err));
    ASSERT_FAILS(CONFLICT, "elsewhere", dossier_erase(store, &stale, NOW, &err));
    second = add_dossier(store, 2);
    assert_int_equal(second.id, 26000002);
    ASSERT_OK(store_commit(store, &err));
    ASSERT_OK(dossier_load(store, first.id, &f.arena, &found, &err));
    assert_int_equal(found.version, 2);
    ASSERT_OK(dossier_by_token(store, token(2), &id, &err));
    store_close(store);
}

/* A part is undone alone, with what the store knew of it by heart. */
static void test_savepoints(void **state)
{
    struct store *store = open_store(path_of("p.db"));
    const struct response *response;
    struct store_totals totals;
    struct store_put out, again;
    struct store_item item;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    response = answered("\"round\":\"1\",", "\"name\":\"A\",\"employees\":3", "");
    ASSERT_FAILS(FAILED, "no transaction is open", store_savepoint(store, &err));
    ASSERT_FAILS(FAILED, "no part", store_release(store, &err));
    ASSERT_OK(store_begin(store, &err));
    (void)add_dossier(store, 1);
    ASSERT_OK(store_savepoint(store, &err));
    ASSERT_FAILS(FAILED, "cannot be nested", store_savepoint(store, &err));
    ASSERT_OK(put(store, response, &out));
    (void)add_dossier(store, 2);
    ASSERT_OK(store_rollback_to(store, &err));
    ASSERT_OK(store_savepoint(store, &err)); /* the next part, of the same texts */
    ASSERT_OK(put(store, response, &again));
    assert_int_equal(again.outcome, STORE_INSERTED);
    ASSERT_OK(store_release(store, &err));
    assert_int_equal(add_dossier(store, 2).id, 26000002);
    ASSERT_OK(store_commit(store, &err));
    ASSERT_OK(store_totals(store, &totals, &err));
    assert_int_equal(totals.assessments, 1);
    ASSERT_OK(store_load(store, again.assessment, 0, NULL, &f.arena, &item, &err));
    assert_string_equal(written(item.response), written(response));
    /* A part that broke takes nothing with it. */
    ASSERT_OK(store_begin(store, &err));
    (void)add_dossier(store, 3);
    ASSERT_OK(store_savepoint(store, &err));
    ASSERT_OK(db_script(store_db(store), "DROP TABLE evidence; DROP TABLE store_key;", &err));
    assert_int_equal(store_key(store, "k", (unsigned char[STORE_KEY_BYTES]){0}, &err), FAILED);
    ASSERT_OK(store_rollback_to(store, &err));
    ASSERT_OK(store_key(store, "k", (unsigned char[STORE_KEY_BYTES]){0}, &err));
    ASSERT_OK(store_commit(store, &err));
    assert_int_equal(add_dossier(store, 4).id, 26000004);
    /* A rolled back or committed transaction leaves no open part. */
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(store_savepoint(store, &err));
    store_rollback(store);
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(store_savepoint(store, &err));
    ASSERT_OK(store_commit(store, &err));
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(store_savepoint(store, &err));
    store_rollback(store);
    store_close(store);
}

/* ---- withdrawn assessments ---- */

static bool count_row(void *context, const struct store_row *row)
{
    (void)row;
    ++*(int *)context;
    return true;
}

static bool count_item(void *context, const struct store_item *item)
{
    (void)item;
    ++*(int *)context;
    return true;
}

static bool sum_round(void *context, const struct store_round *round)
{
    *(int *)context += (int)round->assessments;
    return true;
}

/* How many assessments there are, by all ways to ask. */
static int count_all(struct store *store)
{
    struct store_filter filter = STORE_FILTER_NONE;
    int listed = 0, each = 0, rounds = 0;
    struct store_count counted;

    ASSERT_OK(store_list(store, &filter, &(struct store_page){0}, count_row, &listed, &err));
    ASSERT_OK(store_each(store, &filter, STORE_FACTS, count_item, &each, &err));
    ASSERT_OK(store_rounds(store, sum_round, &rounds, &err));
    ASSERT_OK(store_count(store, &filter, &counted, &err));
    assert_int_equal(listed, counted.all);
    assert_int_equal(each, counted.all);
    assert_int_equal(rounds, counted.all);
    return listed;
}

static void test_withdraw(void **state)
{
    struct store *store = open_store(path_of("w.db"));
    const struct response *response, *other;
    struct store_put first, second, out;
    struct store_row row;
    struct store_item item;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    response = answered("\"round\":\"1\",", "\"tax_code\":\"0800291164\",\"name\":\"A\"", "");
    other = answered("\"round\":\"1\",", "\"tax_code\":\"0800291164\",\"employees\":4", "");
    ASSERT_OK(put(store, response, &first));
    ASSERT_OK(put(store, answered("\"round\":\"2\",", "\"name\":\"B\"", ""), &second));
    assert_int_equal(count_all(store), 2);
    ASSERT_OK(store_withdraw(store, first.assessment, true, &err));
    assert_int_equal(count_all(store), 1);
    /* Whoever has the whole reference finds it; a tax code or a short number does not. */
    ASSERT_OK(store_find(store, first.reference, NULL, &f.arena, &row, &err));
    assert_true(row.is_withdrawn);
    ASSERT_OK(store_load(store, first.assessment, 0, NULL, &f.arena, &item, &err));
    assert_true(item.row.is_withdrawn);
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, "0800291164", NULL, &f.arena, &row, &err));
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, arena_strndup(&f.arena, first.reference, REFERENCE_NUMBER_CHARS),
                            NULL, &f.arena, &row, &err));
    ASSERT_OK(store_find(store, second.reference, NULL, &f.arena, &row, &err));
    assert_false(row.is_withdrawn);
    /* It comes back when it is put again, changed or not. */
    ASSERT_OK(put(store, response, &out));
    assert_int_equal(out.outcome, STORE_UNCHANGED);
    assert_int_equal(count_all(store), 2);
    ASSERT_OK(store_withdraw(store, first.assessment, true, &err));
    ASSERT_OK(put(store, other, &out));
    assert_int_equal(out.outcome, STORE_REVISED);
    assert_int_equal(count_all(store), 2);
    ASSERT_OK(store_withdraw(store, first.assessment, true, &err));
    ASSERT_OK(store_withdraw(store, first.assessment, false, &err));
    assert_int_equal(count_all(store), 2);
    ASSERT_FAILS(NOT_FOUND, "no such assessment", store_withdraw(store, 17, true, &err));
    store_close(store);
}

/* ---- databases of before, and two at a time ---- */

/* A database as the first version of the tables made it, with one assessment in it. */
static void make_schema_1(const char *path, const char *source)
{
    struct db *db;

    ASSERT_OK(db_open(path, DB_CREATE, &db, &err));
    ASSERT_OK(migrate(db, migrations, 1, NOW, &err));
    ASSERT_OK(db_script(
        db,
        arena_printf(
            &f.arena,
            "ATTACH '%s' AS source; INSERT INTO questionnaire SELECT * FROM source.questionnaire;"
            "INSERT INTO round SELECT * FROM source.round;"
            "INSERT INTO fact_key SELECT * FROM source.fact_key;"
            "INSERT INTO origin SELECT * FROM source.origin;"
            "INSERT INTO enterprise SELECT * FROM source.enterprise;"
            "INSERT INTO assessment SELECT id, enterprise, round, number, submitted_on, minutes,"
            " form, section, area, size_class, employees, revenue_vnd, capital_vnd, total_points,"
            " total_max, total_percent, level, by_total_only, is_complete, coverage, origin,"
            " imported_at, dimensions, facts, answers FROM source.assessment;"
            "INSERT INTO revision SELECT id, assessment, number, submitted_on, minutes, form,"
            " section, area, size_class, employees, revenue_vnd, capital_vnd, total_points,"
            " total_max, total_percent, level, by_total_only, is_complete, coverage, origin,"
            " imported_at, dimensions, facts, answers FROM source.revision; DETACH source",
            source),
        &err));
    db_close(db);
}

static void test_migration(void **state)
{
    const char *facts = "\"tax_code\":\"0800291164\",\"name\":\"A\"";
    struct store *store = open_store(path_of("new.db"));
    const struct response *first, *second;
    struct store_put out;
    struct store_item item;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    first = answered("\"round\":\"1\",", facts, "\"yn\":\"yes\"");
    second = answered("\"round\":\"1\",", facts, "\"yn\":\"no\"");
    ASSERT_OK(put(store, first, &out));
    ASSERT_OK(put(store, second, &out));
    store_close(store);
    make_schema_1(path_of("old.db"), path_of("new.db"));
    ASSERT_FAILS(BAD_INPUT, "older dxready", try_open(path_of("old.db"), DB_READ, &store));
    ASSERT_OK(try_open(path_of("old.db"), DB_WRITE, &store));
    assert_int_equal(count_all(store), 1);
    ASSERT_OK(store_load(store, out.assessment, 1, NULL, &f.arena, &item, &err));
    assert_string_equal(written(item.response), written(first));
    ASSERT_OK(store_load(store, out.assessment, 0, NULL, &f.arena, &item, &err));
    assert_string_equal(written(item.response), written(second));
    assert_false(item.row.is_withdrawn);
    ASSERT_OK(put(store, second, &out));
    assert_int_equal(out.outcome, STORE_UNCHANGED);
    (void)add_dossier(store, 1);
    store_close(store);
    ASSERT_OK(try_open(path_of("old.db"), DB_READ, &store));
    store_close(store);
}

/* The command line reads while the web writes: what is not committed is not seen. */
static void test_two_connections(void **state)
{
    struct store *web = open_store(path_of("t.db")), *reader;
    struct dossier dossier, found;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(try_open(path_of("t.db"), DB_READ, &reader));
    ASSERT_OK(store_begin(web, &err));
    dossier = add_dossier(web, 1);
    ASSERT_OK(put(web, answered("\"round\":\"1\",", "\"name\":\"A\"", ""), &out));
    assert_int_equal(count_all(reader), 0);
    ASSERT_FAILS(NOT_FOUND, "no such", dossier_load(reader, dossier.id, &f.arena, &found, &err));
    ASSERT_OK(store_commit(web, &err));
    assert_int_equal(count_all(reader), 1);
    ASSERT_OK(dossier_load(reader, dossier.id, &f.arena, &found, &err));
    ASSERT_FAILS(FAILED, "read-only", dossier_save(reader, &found, NOW, &err));
    ASSERT_OK(dossier_save(web, &dossier, NOW, &err));
    store_close(reader);
    store_close(web);
}

/* Two writers: the second one's version is old. */
static void test_two_writers(void **state)
{
    struct store *web = open_store(path_of("t.db")), *other = open_store(path_of("t.db"));
    struct dossier dossier = add_dossier(web, 1), same;

    (void)state;
    ASSERT_OK(dossier_load(other, dossier.id, &f.arena, &same, &err));
    ASSERT_OK(dossier_save(other, &same, NOW, &err));
    ASSERT_FAILS(CONFLICT, "elsewhere", dossier_save(web, &dossier, NOW, &err));
    assert_int_equal(add_dossier(other, 2).id, 26000002);
    assert_int_equal(add_dossier(web, 3).id, 26000003);
    store_close(other);
    store_close(web);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_reference),
    cmocka_unit_test(test_check_digit),
    cmocka_unit_test_setup_teardown(test_add, setup, teardown),
    cmocka_unit_test_setup_teardown(test_add_limits, setup, teardown),
    cmocka_unit_test_setup_teardown(test_save, setup, teardown),
    cmocka_unit_test_setup_teardown(test_states, setup, teardown),
    cmocka_unit_test_setup_teardown(test_of_assessment, setup, teardown),
    cmocka_unit_test_setup_teardown(test_batch, setup, teardown),
    cmocka_unit_test_setup_teardown(test_savepoints, setup, teardown),
    cmocka_unit_test_setup_teardown(test_withdraw, setup, teardown),
    cmocka_unit_test_setup_teardown(test_migration, setup, teardown),
    cmocka_unit_test_setup_teardown(test_two_connections, setup, teardown),
    cmocka_unit_test_setup_teardown(test_two_writers, setup, teardown),
};

RUN(tests)
