/* Drafts that nobody changes any more are erased, and nothing else is. */
#include "dossier_fixture.h"

#include "app/purge.h"
#include "app/trusted_clock.h"
#include "store/evidence_files.h"

#define KEEP 30

static struct store *store;
static const char *evidence;

static struct dossier draft(const char *changed_at)
{
    static int number;
    unsigned char token_hash[TOKEN_HASH_BYTES] = {0};
    struct dossier_start start = {.questionnaire = "all-types@1",
                                  .content = "{}",
                                  .now = changed_at,
                                  .lang = LANG_VI,
                                  .secret_hash = "secret",
                                  .token_hash = token_hash};
    struct dossier dossier;

    number++;
    memcpy(token_hash, &number, sizeof(number)); /* each has another one */
    ASSERT_OK(dossier_add(store, &start, &dossier, &err));
    return dossier;
}

static struct dossier in_state(const char *changed_at, enum dossier_state state,
                               const char *submitted_at)
{
    struct dossier dossier = draft(changed_at);

    dossier.state = state;
    dossier.submitted_at = submitted_at;
    ASSERT_OK(dossier_save(store, &dossier, changed_at, &err));
    return dossier;
}

static const char *attach(int64_t dossier, const char *content)
{
    char *hash = arena_alloc(&f.arena, 1, EVIDENCE_HASH_CHARS + 1);
    struct evidence file = {.question = "yn",
                            .hash = hash,
                            .type = "application/pdf",
                            .name = "a.pdf",
                            .size = (int64_t)strlen(content),
                            .added_at = NOW};
    int64_t id;

    ASSERT_OK(
        evidence_write(evidence, (const unsigned char *)content, strlen(content), hash, &err));
    ASSERT_OK(evidence_add(store, dossier, &file, 1 << 20, &id, &err));
    return arena_printf(&f.arena, "%s/%.2s/%s", evidence, hash, hash);
}

static enum dossier_state state_of(int64_t id)
{
    struct dossier dossier;

    ASSERT_OK(dossier_load(store, id, &f.arena, &dossier, &err));
    return dossier.state;
}

static day day_at(const char *iso)
{
    day on;

    assert_true(day_parse_iso(iso, strlen(iso), &on));
    return on;
}

static struct purge purge_of(int keep_days)
{
    return (struct purge){.keep_days = keep_days};
}

static struct app_context context_on(const char *on)
{
    return (struct app_context){
        .store = store, .evidence = evidence, .now = NOW, .today = day_at(on)};
}

static size_t run(struct purge *purge, const char *on)
{
    const struct app_context app = context_on(on);
    size_t pieces = 0;

    while (!purge->is_done) {
        ASSERT_OK(purge_some(purge, &app, &err));
        pieces++;
        assert_true(pieces < 1000);
    }
    return pieces;
}

static void open_it(const char *name)
{
    store = open_store(path_of(name));
    evidence = evidence_folder(&f.arena, path_of(name));
}

static void close_it(void)
{
    store_close(store);
    remove_evidence_parts(evidence);
}

/* Half past midnight in Vietnam is another day than in UTC. */
static void test_days(void **state)
{
    struct dossier dossier;

    (void)state;
    assert_int_equal(day_of_utc("2026-11-23T16:59:59Z"), day_at("2026-11-23"));
    assert_int_equal(day_of_utc("2026-11-23T17:00:00Z"), day_at("2026-11-24"));
    assert_int_equal(day_of_utc("2026-12-31T20:00:00Z"), day_at("2027-01-01"));
    assert_int_equal(day_of_utc(""), DAY_NONE);
    assert_int_equal(day_of_utc("2026-11-23"), DAY_NONE);
    assert_int_equal(day_of_utc("hôm qua"), DAY_NONE);
    open_it("d.db");
    dossier = draft("2026-11-23T17:00:00Z");
    assert_int_equal(draft_ends_on(&dossier, KEEP), day_at("2026-12-24"));
    assert_int_equal(draft_ends_on(&dossier, 1), day_at("2026-11-25"));
    assert_int_equal(draft_ends_on(&dossier, 0), DAY_NONE);
    dossier.submitted_at = NOW;
    assert_int_equal(draft_ends_on(&dossier, KEEP), DAY_NONE);
    dossier.submitted_at = "";
    dossier.assessment = 7;
    assert_int_equal(draft_ends_on(&dossier, KEEP), DAY_NONE);
    dossier.assessment = 0;
    dossier.state = DOSSIER_WITHDRAWN;
    assert_int_equal(draft_ends_on(&dossier, KEEP), DAY_NONE);
    close_it();
}

static void test_what_goes(void **state)
{
    const struct dossier_event *events;
    struct dossier old, last, next, touched, submitted, amended, returned, withdrawn;
    const char *file, *shared, *kept;
    struct purge purge;
    size_t count;

    (void)state;
    open_it("w.db");
    old = draft("2026-01-01T00:00:00Z");
    last = draft("2026-10-24T16:59:59Z"); /* the 24th: 30 days before the 23rd of November */
    next = draft("2026-10-24T17:00:00Z"); /* the 25th */
    touched = draft("2026-01-01T00:00:00Z");
    ASSERT_OK(dossier_touch(store, touched.id, "2026-11-01T00:00:00Z", &err));
    submitted = in_state("2026-01-01T00:00:00Z", DOSSIER_SUBMITTED, "2026-01-01T00:00:00Z");
    amended = in_state("2026-01-01T00:00:00Z", DOSSIER_DRAFT, "2026-01-01T00:00:00Z");
    returned = in_state("2026-01-01T00:00:00Z", DOSSIER_RETURNED, "2026-01-01T00:00:00Z");
    withdrawn = in_state("2026-01-01T00:00:00Z", DOSSIER_WITHDRAWN, "2026-01-01T00:00:00Z");
    file = attach(old.id, "of the old one");
    shared = attach(old.id, "of two");
    assert_string_equal(attach(next.id, "of two"), shared);
    kept = attach(submitted.id, "of another");
    ASSERT_OK(session_grant(store, token(77), old.id, NOW, &err));

    purge = purge_of(KEEP);
    purge.is_dry = true;
    run(&purge, "2026-11-23");
    assert_int_equal(purge.drafts, 2);
    assert_int_equal(state_of(old.id), DOSSIER_DRAFT);
    assert_true(file_exists(file));

    purge = purge_of(KEEP);
    assert_int_equal(run(&purge, "2026-11-23"), 1);
    assert_int_equal(purge.drafts, 2);
    assert_int_equal(purge.files, 1);
    assert_false(purge.has_left_files);
    assert_int_equal(state_of(old.id), DOSSIER_ERASED);
    assert_int_equal(state_of(last.id), DOSSIER_ERASED);
    assert_int_equal(state_of(next.id), DOSSIER_DRAFT);
    assert_int_equal(state_of(touched.id), DOSSIER_DRAFT);
    assert_int_equal(state_of(submitted.id), DOSSIER_SUBMITTED);
    assert_int_equal(state_of(amended.id), DOSSIER_DRAFT);
    assert_int_equal(state_of(returned.id), DOSSIER_RETURNED);
    assert_int_equal(state_of(withdrawn.id), DOSSIER_WITHDRAWN);
    assert_false(file_exists(file));
    assert_true(file_exists(shared));
    assert_true(file_exists(kept));
    ASSERT_OK(dossier_events(store, old.id, &f.arena, &events, &count, &err));
    assert_int_equal(count, 1);
    assert_string_equal(events[0].kind, "expired");
    assert_string_equal(events[0].actor, "system");
    assert_string_equal(events[0].at, NOW);
    ASSERT_OK(dossier_events(store, next.id, &f.arena, &events, &count, &err));
    assert_int_equal(count, 0);
    ASSERT_FAILS(NOT_FOUND, "no such dossier",
                 dossier_touch(store, old.id, "2026-11-01T00:00:00Z", &err));

    purge = purge_of(KEEP); /* again: nothing is left to do */
    run(&purge, "2026-11-23");
    assert_int_equal(purge.drafts, 0);
    purge = purge_of(KEEP); /* a day later the next one ends */
    run(&purge, "2026-11-24");
    assert_int_equal(purge.drafts, 1);
    assert_int_equal(state_of(next.id), DOSSIER_ERASED);
    assert_false(file_exists(shared));
    close_it();
}

/* Each piece is small, and all of them together miss nothing. */
static void test_pieces(void **state)
{
    struct app_context app;
    struct purge purge, dry;
    size_t pieces, erased = 0;

    (void)state;
    open_it("p.db");
    ASSERT_OK(store_begin(store, &err));
    for (int i = 0; i < PURGE_LOOKED + 70; i++)
        draft(i % 10 == 0 || i >= PURGE_LOOKED ? "2026-01-01T00:00:00Z" : "2026-11-20T00:00:00Z");
    ASSERT_OK(store_commit(store, &err));
    dry = purge_of(KEEP);
    dry.is_dry = true;
    assert_int_equal(run(&dry, "2026-11-23"), 2);
    purge = purge_of(KEEP);
    app = context_on("2026-11-23");
    for (pieces = 0; !purge.is_done; pieces++) {
        ASSERT_OK(purge_some(&purge, &app, &err));
        assert_true(purge.drafts - erased <= PURGE_ERASED);
        erased = purge.drafts;
    }
    assert_int_equal(erased, PURGE_LOOKED / 10 + 70);
    assert_int_equal(dry.drafts, erased);
    assert_true(pieces >= (PURGE_LOOKED / 10 + 70) / PURGE_ERASED);
    close_it();
}

/* Exactly as many as one look takes, the last of them idle. */
static void test_edges(void **state)
{
    struct purge purge;
    int64_t id = 0;

    (void)state;
    open_it("e.db");
    purge = purge_of(KEEP);
    assert_int_equal(run(&purge, "2026-11-23"), 1);
    ASSERT_OK(store_begin(store, &err));
    for (int i = 0; i < PURGE_LOOKED; i++)
        id = draft(i + 1 < PURGE_LOOKED ? "2026-11-20T00:00:00Z" : "2026-01-01T00:00:00Z").id;
    ASSERT_OK(store_commit(store, &err));
    purge = purge_of(KEEP);
    run(&purge, "2026-11-23");
    assert_int_equal(purge.drafts, 1);
    assert_int_equal(state_of(id), DOSSIER_ERASED);
    close_it();
}

#define HOUR_MS ((int64_t)3600 * 1000)

static bool is_doubted(struct trusted_clock *clock, const char *now, int64_t hours)
{
    struct app_context app = {.store = store, .today = day_of_utc(now)};

    snprintf(app.now, sizeof(app.now), "%s", now);
    ASSERT_OK(trusted_clock_look(clock, &app, hours * HOUR_MS, true, &err));
    return clock->is_doubted;
}

/* A clock that jumps is not believed for three days; one that is behind erases nothing anyhow. */
static void test_clock(void **state)
{
    struct trusted_clock clock = {.is_doubted = false};
    struct app_context app = {.store = NULL, .now = "2031-11-24T08:00:00Z"};

    (void)state;
    open_it("clock.db");
    assert_false(is_doubted(&clock, "2026-11-23T08:00:00Z", 0)); /* a new database */
    assert_string_equal(clock.known, "2026-11-23T08:00:00Z");
    assert_false(is_doubted(&clock, "2026-12-24T08:59:59Z", 1));
    assert_false(is_doubted(&clock, "2026-01-01T00:00:00Z", 2));
    assert_string_equal(clock.known, "2026-12-24T08:59:59Z");
    assert_true(is_doubted(&clock, "2031-11-24T08:00:00Z", 3));
    assert_true(is_doubted(&clock, "2031-11-27T07:00:00Z", 3 + CLOCK_GRACE_HOURS - 1));
    assert_false(is_doubted(&clock, "2026-12-25T00:00:00Z", 4)); /* put right */
    assert_true(is_doubted(&clock, "2027-11-24T08:00:00Z", 5)); /* and wrong again: from the start */
    assert_true(is_doubted(&clock, "2027-11-27T08:00:00Z", 4 + CLOCK_GRACE_HOURS));
    assert_false(is_doubted(&clock, "2027-11-27T09:00:00Z", 5 + CLOCK_GRACE_HOURS));
    assert_string_equal(clock.known, "2027-11-27T09:00:00Z");
    assert_true(is_doubted(&clock, "2031-11-24T08:00:00Z", 100));
    app.store = store;
    ASSERT_OK(trusted_clock_set(&clock, &app, &err)); /* somebody says so */
    assert_false(is_doubted(&clock, "2031-11-24T08:00:00Z", 101));
    close_it();
}

/* A database of before there were notes: when something was changed last is known. */
static void test_first_look(void **state)
{
    struct trusted_clock clock = {.is_doubted = false};

    (void)state;
    open_it("first.db");
    (void)draft("2026-10-01T00:00:00Z");
    assert_false(is_doubted(&clock, "2026-10-31T08:00:00Z", 0));
    (void)draft("2026-12-31T00:00:00Z"); /* what was noted goes before it */
    assert_true(is_doubted(&clock, "2027-01-01T00:00:00Z", 0));
    close_it();
}

static void test_most(void **state)
{
    struct purge purge = {.keep_days = KEEP, .drafts_max = 30};

    (void)state;
    open_it("most.db");
    for (int i = 0; i < 70; i++)
        (void)draft("2026-01-01T00:00:00Z");
    (void)run(&purge, "2026-11-23");
    assert_true(purge.has_more && purge.drafts >= 30 && purge.drafts < 30 + PURGE_ERASED);
    purge = purge_of(KEEP);
    (void)run(&purge, "2026-11-23");
    assert_false(purge.has_more);
    close_it();
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_days, setup, teardown),
    cmocka_unit_test_setup_teardown(test_what_goes, setup, teardown),
    cmocka_unit_test_setup_teardown(test_pieces, setup, teardown),
    cmocka_unit_test_setup_teardown(test_edges, setup, teardown),
    cmocka_unit_test_setup_teardown(test_clock, setup, teardown),
    cmocka_unit_test_setup_teardown(test_first_look, setup, teardown),
    cmocka_unit_test_setup_teardown(test_most, setup, teardown),
};

RUN(tests)
