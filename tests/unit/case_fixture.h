#ifndef TESTS_UNIT_CASE_FIXTURE_H
#define TESTS_UNIT_CASE_FIXTURE_H

#include "dossier_fixture.h"

#include "app/enterprise/dossiers.h"
#include "app/enterprise/history.h"
#include "app/enterprise/review.h"
#include "app/review/cases.h"
#include "store/accounts.h"

/* What tests of cases need: three people, and the case of a dossier that was submitted in Chí Linh
 * on Monday, 23 November 2026. */

#define GARMENT "tests/data/demo/responses/may-sen-vang.json"

static struct workspace *ws;
static struct loaded_data loaded;
static struct store *store;
static struct app_context app;
static struct account an, binh, chief;
static int64_t assessment, dossier_id;
static const char *const chi_linh[] = {"chi-linh"};
static const char *const everywhere[] = {ACCOUNT_AREA_ALL};

static inline struct account person(int64_t id, const char *name, const char *role,
                             const char *const *areas)
{
    return (struct account){
        .id = id, .name = name, .full_name = name, .role = role, .areas = areas, .area_count = 1};
}

static inline void now_is(const char *now)
{
    snprintf(app.now, sizeof(app.now), "%s", now);
    app.today = day_of_utc(now);
}

static inline void act_as(const struct account *account)
{
    app.actor = (struct actor){ACTOR_ACCOUNT, account->id};
    app.account = account;
}

/* A dossier that an enterprise has submitted, in Chí Linh. */
static inline void submit_dossier(void)
{
    struct faults faults;
    struct open_dossier opened;
    struct new_dossier wanted = {.form = 0, .lang = LANG_VI, .secret_hash = "secret",
                                 .token_hash = token(1)};
    struct response *from;
    struct dossier begun;

    faults_init(&faults, &f.arena);
    from = workspace_response(ws, &f.arena, GARMENT, NULL, &faults);
    assert_non_null(from);
    wanted.survey = loaded_data_find(&loaded, from->questionnaire->ref);
    ASSERT_OK(dossier_begin(&app, &wanted, &f.arena, &begun, &err));
    ASSERT_OK(open_dossier_load(&app, begun.reference, &f.arena, &opened, &err));
    app.actor = (struct actor){ACTOR_ENTERPRISE, begun.id};
    memcpy(opened.response->values, from->values,
           loaded.facts->count * sizeof(*from->values));
    memcpy(opened.response->answers, from->answers,
           from->questionnaire->question_count * sizeof(*from->answers));
    opened.response->values[facts_find(loaded.facts, "area")] =
        (struct value){.kind = VALUE_TEXT, .text = "chi-linh"};
    ASSERT_OK(open_dossier_submit(&app, &opened, "1", &f.arena, &err));
    assessment = opened.dossier.assessment;
    dossier_id = opened.dossier.id;
}

static inline int begin(void **state)
{
    bool left;

    setup(state);
    assert_int_equal(workspace_open(&f.arena, ".", &ws, &err), OK);
    ASSERT_OK(loaded_data_load(ws, &f.arena, &loaded, &err));
    store = open_store(":memory:");
    app = (struct app_context){.loaded = &loaded, .store = store, .round = "2026"};
    now_is("2026-11-23T08:00:00Z");
    an = person(1, "an", "officer", chi_linh);
    binh = person(2, "binh", "officer", everywhere);
    chief = person(3, "chief", "head", everywhere);
    submit_dossier();
    ASSERT_OK(cases_refresh(&app, 1000, &left, &err));
    assert_false(left);
    act_as(&an);
    return 0;
}

static inline int end(void **state)
{
    store_close(store);
    return teardown(state);
}

static inline struct open_case load(void)
{
    struct open_case c;

    ASSERT_OK(open_case_load(&app, 1, &f.arena, &c, &err));
    return c;
}

static inline enum status act(enum case_act what, const char *text)
{
    struct open_case c = load();
    const struct case_input input = {
        .version = c.row.version, .question = "4.1.3", .text = text, .code = "duplicate",
        .query = c.query_count ? c.queries[c.query_count - 1].id : 0};

    return open_case_act(&app, &c, what, &input, &f.arena, &err);
}

static inline void refresh(void)
{
    bool left;

    ASSERT_OK(cases_refresh(&app, 1000, &left, &err));
}

static inline size_t question_of(const struct open_case *c, const char *id)
{
    for (size_t i = 0; i < c->survey->q->question_count; i++) {
        if (strcmp(c->survey->q->questions[i].id, id) == 0)
            return i;
    }
    fail_msg("no question %s", id);
    return 0;
}

static inline enum status set(const char *id, int64_t version, const char *option, const char *reason,
                       const char *note)
{
    struct open_case c = load();
    const struct case_setting setting = {question_of(&c, id), version, option, reason, note};

    return open_case_set(&app, &c, &setting, &f.arena, &err);
}

/* What time does, at a time; all of it. */
static inline void watch_at(const char *now)
{
    struct actor actor = app.actor;
    const struct account *account = app.account;
    bool left;

    now_is(now);
    app.actor = (struct actor){ACTOR_SYSTEM, 0};
    app.account = NULL;
    ASSERT_OK(cases_watch(&app, &left, &err));
    assert_false(left);
    app.actor = actor;
    app.account = account;
}

#endif
