#include "dossier_fixture.h"

#include "store/plans.h"

/* Words that must be nowhere afterwards; long enough not to occur by chance. */
#define NAME "Hộ kinh doanh Nguyễn Thị Khuyết Danh"
#define FOLDED "nguyen thi khuyet danh"
#define TAX_CODE "0800291164"
#define SECRETS_COUNT 10
static const char *const secrets[SECRETS_COUNT] = {NAME,
                                                   FOLDED,
                                                   TAX_CODE,
                                                   "answer-of-somebody",
                                                   "reason-of-somebody",
                                                   "event-text-x",
                                                   "question-text-x",
                                                   "reply-text-x",
                                                   "evidence-name-x",
                                                   "plan-person-x"};

/* An assessment with everything that a person may have written. */
static const struct response *personal(const char *round, const char *more)
{
    return answered(
        arena_printf(&f.arena, "\"round\":\"%s\",\"submitted_on\":\"2026-11-01\",", round),
        "\"tax_code\":\"" TAX_CODE "\",\"name\":\"" NAME "\",\"employees\":7,"
        "\"area\":\"chi-linh\",\"women_managed\":true",
        arena_printf(&f.arena,
                     "\"yn\":\"yes\",\"rows\":{\"na\":\"reason-of-somebody\"},"
                     "\"words\":\"answer-of-somebody\"%s",
                     more));
}

static struct dossier submitted(struct store *store, int byte, int64_t assessment, int revision)
{
    struct dossier dossier = add_dossier(store, byte);
    struct dossier_event event = {"returned", NOW, "officer", "event-text-x"};
    struct dossier_question question = {
        .question = "yn", .text = "question-text-x", .asked_at = NOW, .due_on = ""};
    struct evidence evidence = {.question = "yn",
                                .type = "application/pdf",
                                .name = "evidence-name-x",
                                .size = 5,
                                .added_at = NOW};
    const struct dossier_question *asked;
    size_t count;
    int64_t id;

    evidence.hash = arena_printf(&f.arena, "%064d", byte);
    dossier.state = DOSSIER_SUBMITTED;
    dossier.content = "{\"name\":\"" NAME "\"}";
    dossier.assessment = assessment;
    dossier.revision = revision;
    dossier.submitted_at = NOW;
    ASSERT_OK(dossier_save(store, &dossier, NOW, &err));
    ASSERT_OK(dossier_event_add(store, dossier.id, &event, &err));
    ASSERT_OK(dossier_ask(store, dossier.id, &question, &err));
    ASSERT_OK(dossier_questions(store, dossier.id, &f.arena, &asked, &count, &err));
    ASSERT_OK(dossier_reply(store, dossier.id, asked[0].id, "reply-text-x", NOW, &err));
    ASSERT_OK(evidence_add(store, dossier.id, &evidence, 1 << 20, &id, &err));
    ASSERT_OK(session_grant(store, token(100 + byte), dossier.id, NOW, &err));
    return dossier;
}

/* What is left of assessments, as statistics see them. */
static bool take_item(void *context, const struct store_item *item)
{
    const char **all = context;
    const struct store_row *row = &item->row;

    *all = arena_printf(&f.arena, "%s%s %s r%d %s %s e%lld %d %d;", *all,
                        row->name ? row->name : "-", row->tax_code ? row->tax_code : "-",
                        row->revision, row->round, row->area ? row->area : "-",
                        (long long)row->employees, row->total_percent, row->level);
    return true;
}

static const char *all_of(struct store *store)
{
    struct store_filter filter = STORE_FILTER_NONE;
    const char *all = "";

    ASSERT_OK(store_each(store, &filter, STORE_FACTS | STORE_ANSWERS, take_item, &all, &err));
    return all;
}

static bool take_id(void *context, const struct store_row *row)
{
    *(int64_t *)context = row->assessment;
    return true;
}

static int64_t only_assessment(struct store *store, const char *round)
{
    struct store_filter filter = STORE_FILTER_NONE;
    int64_t id = 0;

    filter.round = round;
    ASSERT_OK(store_list(store, &filter, &(struct store_page){0}, take_id, &id, &err));
    return id;
}

static void check_dossier(struct store *store, const struct dossier *dossier)
{
    const struct dossier_event *events;
    const struct dossier_question *questions;
    const struct evidence *evidence;
    struct dossier found;
    const char *hash;
    size_t count;
    struct session_check check;
    int64_t id;

    ASSERT_OK(dossier_load(store, dossier->id, &f.arena, &found, &err));
    assert_int_equal(found.state, DOSSIER_ERASED);
    assert_int_equal(found.version, dossier->version);
    assert_int_equal(dossier->state, DOSSIER_ERASED);
    assert_string_equal(found.content, "");
    assert_string_equal(found.progress, "{}");
    assert_string_equal(found.submitted_at, NOW);
    assert_int_equal(found.assessment, 0);
    assert_int_equal(dossier->assessment, 0);
    ASSERT_OK(dossier_events(store, dossier->id, &f.arena, &events, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(events[0].kind, "returned");
    assert_string_equal(events[0].text, "");
    ASSERT_OK(dossier_questions(store, dossier->id, &f.arena, &questions, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(questions[0].text, "");
    assert_string_equal(questions[0].reply, "");
    ASSERT_OK(evidence_list(store, dossier->id, &f.arena, &evidence, &count, &err));
    assert_int_equal(count, 0);
    ASSERT_OK(session_check(store, token(101), dossier->id, NOW, &check, &err));
    assert_false(check.is_granted);
    ASSERT_FAILS(NOT_FOUND, "no such dossier", dossier_by_token(store, token(1), &id, &err));
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_secret(store, dossier->reference, &f.arena, &id, &hash, &err));
}

static void test_erase(void **state)
{
    struct store *store = open_store(path_of("e.db"));
    struct dossier dossier;
    struct store_put out;
    struct store_row row;
    struct store_item item;
    struct store_totals totals;
    struct plan_row plan = {.person = "plan-person-x",
                            .task = "",
                            .responsibility = "",
                            .authority = "",
                            .result = "",
                            .source = "",
                            .due_on = day_of(2027, 2, 24),
                            .done_on = DAY_NONE};
    const struct value *values;
    int64_t id, moved;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, personal("2026", ""), &out));
    ASSERT_OK(put(store, personal("2026", ",\"many\":[\"a\"]"), &out));
    assert_int_equal(out.revision, 2);
    dossier = submitted(store, 1, out.assessment, 2);
    plan.enterprise = store_enterprise_of(out.assessment);
    ASSERT_OK(plan_row_add(store, &plan, NOW, &err));
    for (size_t i = 0; i < SECRETS_COUNT; i++) {
        if (!database_has(store, secrets[i]))
            fail_msg("'%s' is not even there before", secrets[i]);
    }
    ASSERT_OK(dossier_erase(store, &dossier, "2026-12-01T00:00:00Z", &err));
    check_dossier(store, &dossier);
    for (size_t i = 0; i < SECRETS_COUNT; i++) {
        if (database_has(store, secrets[i]))
            fail_msg("'%s' is still in the file", secrets[i]);
    }
    /* What statistics need is there, of nobody. */
    moved = only_assessment(store, "2026");
    assert_int_not_equal(moved, out.assessment);
    ASSERT_OK(store_load(store, moved, 0, NULL, &f.arena, &item, &err));
    values = item.response->values;
    assert_int_equal(item.row.revision, 2);
    assert_null(item.row.name);
    assert_null(item.row.tax_code);
    assert_string_equal(item.row.submitted_on, "2026-11-01");
    assert_string_equal(item.row.area, "chi-linh");
    assert_int_equal(item.row.employees, 7);
    assert_int_equal(values[facts_find(f.facts, "name")].kind, VALUE_UNKNOWN);
    assert_int_equal(values[facts_find(f.facts, "tax_code")].kind, VALUE_UNKNOWN);
    assert_true(values[facts_find(f.facts, "women_managed")].truth);
    assert_string_equal(item.response->answers[questionnaire_find(f.q, "words")].text,
                        STORE_ERASED_TEXT);
    assert_int_equal(item.response->answers[questionnaire_find(f.q, "words")].state, ANSWER_GIVEN);
    assert_string_equal(item.response->answers[questionnaire_find(f.q, "rows")].text,
                        STORE_ERASED_TEXT);
    assert_int_equal(item.response->answers[questionnaire_find(f.q, "rows")].state, ANSWER_NA);
    ASSERT_OK(store_load(store, moved, 1, NULL, &f.arena, &item, &err));
    assert_int_equal(item.response->values[facts_find(f.facts, "name")].kind, VALUE_UNKNOWN);
    /* Nothing leads there: no tax code, no reference on paper, no dossier. */
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, TAX_CODE, NULL, &f.arena, &row, &err));
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, out.reference, NULL, &f.arena, &row, &err));
    ASSERT_OK(dossier_of_assessment(store, moved, &id, &err));
    assert_int_equal(id, 0);
    ASSERT_OK(store_totals(store, &totals, &err));
    assert_int_equal(totals.enterprises, 1);
    assert_int_equal(totals.assessments, 1);
    assert_int_equal(totals.revisions, 2);
    ASSERT_OK(db_check(store_db(store), &err));
    store_close(store);
}

/* Erased is erased. */
static void test_erased_takes_nothing(void **state)
{
    struct store *store = open_store(":memory:");
    struct dossier dossier, stale;
    struct dossier_question question = {
        .question = "yn", .text = "x", .asked_at = NOW, .due_on = ""};
    struct evidence evidence = {.question = "yn",
                                .hash = arena_printf(&f.arena, "%064d", 1),
                                .type = "",
                                .name = "",
                                .added_at = NOW};
    int64_t id;

    (void)state;
    dossier = submitted(store, 1, 0, 0);
    stale = dossier;
    ASSERT_OK(dossier_erase(store, &dossier, NOW, &err));
    check_dossier(store, &dossier);
    ASSERT_OK(dossier_erase(store, &dossier, NOW, &err)); /* again: nothing */
    ASSERT_FAILS(CONFLICT, "elsewhere", dossier_erase(store, &stale, NOW, &err));
    ASSERT_FAILS(CONFLICT, "elsewhere", dossier_save(store, &stale, NOW, &err));
    stale.version = dossier.version;
    ASSERT_FAILS(NOT_FOUND, "was erased", dossier_save(store, &stale, NOW, &err));
    ASSERT_FAILS(NOT_FOUND, "was erased",
                 dossier_set_secret(store, dossier.id, "x", token(7), NULL, &err));
    ASSERT_FAILS(NOT_FOUND, "was erased", session_grant(store, token(101), dossier.id, NOW, &err));
    ASSERT_FAILS(NOT_FOUND, "was erased", dossier_ask(store, dossier.id, &question, &err));
    ASSERT_FAILS(NOT_FOUND, "was erased", dossier_reply(store, dossier.id, 1, "x", NOW, &err));
    ASSERT_FAILS(NOT_FOUND, "was erased",
                 evidence_add(store, dossier.id, &evidence, 1000, &id, &err));
    ASSERT_OK(dossier_event_add(store, dossier.id,
                                &(struct dossier_event){"erased", NOW, "system", ""}, &err));
    stale.id = 5;
    ASSERT_FAILS(NOT_FOUND, "no such", dossier_erase(store, &stale, NOW, &err));
    ASSERT_FAILS(BAD_INPUT, "written as", dossier_erase(store, &stale, "", &err));
    store_close(store);
}

/* Other rounds, and other people's dossiers, stay as they are. */
static void test_others_stay(void **state)
{
    struct store *store = open_store(path_of("o.db"));
    struct dossier_start start = {.questionnaire = "all-types@1",
                                  .content = "",
                                  .now = NOW,
                                  .secret_hash = "x",
                                  .token_hash = token(50)};
    struct dossier dossier, later, found;
    struct store_put first, second, out;
    struct store_row row;
    int64_t id;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, personal("2025", ""), &first));
    ASSERT_OK(put(store, personal("2026", ""), &second));
    dossier = submitted(store, 1, second.assessment, 1);
    start.earlier = second.assessment;
    ASSERT_OK(dossier_add(store, &start, &later, &err));
    ASSERT_OK(dossier_erase(store, &dossier, NOW, &err));
    assert_string_equal(all_of(store), NAME " " TAX_CODE " r1 2025 chi-linh e7 556 0;"
                                            "- - r1 2026 chi-linh e7 556 0;");
    ASSERT_OK(store_find(store, TAX_CODE, NULL, &f.arena, &row, &err));
    assert_int_equal(row.assessment, first.assessment);
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, second.reference, NULL, &f.arena, &row, &err));
    /* What began from it does not know it any more. */
    ASSERT_OK(dossier_load(store, later.id, &f.arena, &found, &err));
    assert_int_equal(found.earlier, 0);
    assert_int_equal(found.version, later.version);
    /* The same enterprise may come again; it is another assessment. */
    ASSERT_OK(put(store, personal("2026", ""), &out));
    assert_int_equal(out.outcome, STORE_INSERTED);
    assert_int_equal(out.assessment, second.assessment);
    ASSERT_OK(dossier_of_assessment(store, out.assessment, &id, &err));
    assert_int_equal(id, 0);
    store_close(store);
}

/* Two without a name in one round; nobody is taken for them, no word finds them. */
static void test_nameless(void **state)
{
    struct store *store = open_store(path_of("n.db"));
    struct store_filter filter = STORE_FILTER_NONE;
    struct dossier one, two;
    struct store_put first, second, out;
    struct store_count count;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Alpha\"", ""), &first));
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"Beta\"", ""), &second));
    one = submitted(store, 1, first.assessment, 1);
    two = submitted(store, 2, second.assessment, 1);
    ASSERT_OK(store_begin(store, &err));
    ASSERT_OK(dossier_erase(store, &one, NOW, &err));
    ASSERT_OK(dossier_erase(store, &two, NOW, &err));
    ASSERT_OK(put(store, answered("\"round\":\"1\",", "\"name\":\"_ 3\"", ""), &out));
    ASSERT_OK(store_commit(store, &err));
    assert_int_equal(out.outcome, STORE_INSERTED);
    ASSERT_OK(store_count(store, &filter, &count, &err));
    assert_int_equal(count.all, 3);
    for (size_t i = 0; i < 4; i++) {
        filter.words = ((const char *const[]){"alpha", "beta", "_", "4"})[i];
        ASSERT_OK(store_count(store, &filter, &count, &err));
        assert_int_equal(count.all, i == 2 ? 3 : 0); /* "_" has no word in it */
    }
    store_close(store);
}

/* An assessment that another dossier was submitted as, too, stays with that one. */
static void test_shared(void **state)
{
    struct store *store = open_store(path_of("h.db"));
    struct dossier mine, other;
    struct store_put out;
    struct store_row row;
    int64_t id;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, personal("2026", ""), &out));
    mine = submitted(store, 1, out.assessment, 1);
    other = submitted(store, 2, out.assessment, 1);
    ASSERT_OK(dossier_erase(store, &other, NOW, &err));
    ASSERT_OK(store_find(store, TAX_CODE, NULL, &f.arena, &row, &err));
    assert_string_equal(row.name, NAME);
    ASSERT_OK(dossier_of_assessment(store, out.assessment, &id, &err));
    assert_int_equal(id, mine.id);
    /* The last one takes it along, whatever its caller says that it was submitted as. */
    mine.assessment = 0;
    ASSERT_OK(dossier_erase(store, &mine, NOW, &err));
    ASSERT_FAILS(NOT_FOUND, "no assessment",
                 store_find(store, TAX_CODE, NULL, &f.arena, &row, &err));
    assert_false(database_has(store, NAME));
    store_close(store);
}

/* Many rows: pages that were split, freed and filled again keep nothing either. */
static void test_erase_among_many(void **state)
{
    struct store *store = open_store(path_of("m.db"));
    char *long_text = arena_alloc(&f.arena, 1, 60001);
    struct dossier dossiers[40];
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    memset(long_text, 'x', 60000);
    ASSERT_OK(store_begin(store, &err));
    for (size_t i = 0; i < ARRAY_SIZE(dossiers); i++) {
        const char *name = arena_printf(&f.arena, "marked-%03zu-name", i);
        const char *facts = arena_printf(&f.arena, "\"name\":\"%s\"", name);

        for (int revision = 1; revision <= 5; revision++)
            ASSERT_OK(put(store,
                          answered("\"round\":\"1\",", facts,
                                   arena_printf(&f.arena, "\"words\":\"%s %.*s\"", name,
                                                300 * revision, long_text)),
                          &out));
        dossiers[i] = submitted(store, (int)i + 1, out.assessment, 5);
        for (int save = 0; save < 5; save++) {
            dossiers[i].content = arena_printf(&f.arena, "%s%.*s", name, 9000 * save, long_text);
            ASSERT_OK(dossier_save(store, &dossiers[i], NOW, &err));
        }
    }
    ASSERT_OK(store_commit(store, &err));
    for (size_t i = 0; i < ARRAY_SIZE(dossiers); i += 2)
        ASSERT_OK(dossier_erase(store, &dossiers[i], NOW, &err));
    for (size_t i = 0; i < ARRAY_SIZE(dossiers); i++) {
        const char *name = arena_printf(&f.arena, "marked-%03zu-name", i);
        bool is_there = database_has(store, name);

        if (is_there == (i % 2 == 0))
            fail_msg("'%s' is%s in the file", name, is_there ? "" : " not");
    }
    ASSERT_OK(db_check(store_db(store), &err));
    store_close(store);
}

/* Data that cannot be read is not passed over: nothing at all is erased then. */
static void test_damaged(void **state)
{
    struct store *store = open_store(path_of("d.db"));
    struct dossier dossier, found;
    struct store_put out;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    ASSERT_OK(put(store, personal("2026", ""), &out));
    dossier = submitted(store, 1, out.assessment, 1);
    ASSERT_OK(db_script(store_db(store), "UPDATE assessment SET answers = x'0102'", &err));
    ASSERT_FAILS(FAILED, "is damaged", dossier_erase(store, &dossier, NOW, &err));
    assert_int_equal(dossier.state, DOSSIER_SUBMITTED);
    ASSERT_OK(dossier_load(store, dossier.id, &f.arena, &found, &err));
    assert_int_equal(found.state, DOSSIER_SUBMITTED);
    assert_int_equal(found.version, dossier.version);
    store_close(store);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_erase, setup, teardown),
    cmocka_unit_test_setup_teardown(test_erased_takes_nothing, setup, teardown),
    cmocka_unit_test_setup_teardown(test_others_stay, setup, teardown),
    cmocka_unit_test_setup_teardown(test_nameless, setup, teardown),
    cmocka_unit_test_setup_teardown(test_shared, setup, teardown),
    cmocka_unit_test_setup_teardown(test_erase_among_many, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
};

RUN(tests)
