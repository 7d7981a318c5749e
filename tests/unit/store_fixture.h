#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include "fixture.h"

#include <unistd.h>

#include "base/file.h"
#include "store/assessments.h"
#include "survey/response_csv.h"

/* What tests of the store need: the fixture, a folder for files, and short ways to fill it. */

#define DBI "questionnaires/dbi-sme@2021.json"
#define ALL_TYPES "tests/data/all-types@1.json"
#define DEMO_CSV "tests/data/demo/doanh-nghiep-2026.csv"
#define NOW "2026-11-23T08:00:00Z"

static struct fixture f;
static struct err err;
static char folder[64];

static inline const char *path_of(const char *name)
{
    return arena_printf(&f.arena, "%s/%s", folder, name);
}

static inline int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    strcpy(folder, P_tmpdir "/dxready-store-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return 0;
}

static inline int teardown(void **state)
{
    const char **paths;
    size_t count = 0;

    (void)state;
    if (file_list(&f.arena, folder, "", &paths, &count, &err) == OK) {
        for (size_t i = 0; i < count; i++)
            unlink(paths[i]);
    }
    rmdir(folder);
    arena_free(&f.arena);
    return 0;
}

#define ASSERT_OK(call)                                                                            \
    do {                                                                                           \
        if ((call) != OK)                                                                          \
            fail_msg("%s: %s", #call, err.text[LANG_EN]);                                          \
    } while (0)

#define ASSERT_FAILS(expected, part, call)                                                         \
    do {                                                                                           \
        assert_int_equal((call), (expected));                                                      \
        if (!strstr(err.text[LANG_EN], (part)))                                                    \
            fail_msg("'%s' is not in '%s'", (part), err.text[LANG_EN]);                            \
        assert_string_not_equal(err.text[LANG_VI], err.text[LANG_EN]);                             \
    } while (0)

static inline enum status try_open(const char *path, enum db_mode mode, struct store **store)
{
    struct store_options options = {path, mode, f.facts, NOW};

    return store_open(store, &options, &err);
}

static inline struct store *open_store(const char *path)
{
    struct store *store = NULL;

    ASSERT_OK(try_open(path, DB_CREATE, &store));
    return store;
}

static inline enum status put(struct store *store, const struct response *response,
                              struct store_put *out)
{
    static const struct store_extra extra = {.replaces_newer = true,
                                             .size_class = "small",
                                             .catalogue_hash = "catalogue",
                                             .imported_at = NOW,
                                             .source = "test"};
    struct score score;

    score_answers(f.scorer, response->answers, &score);
    return store_put_response(store, response, &score, &extra, out, &err);
}

/* A response to ALL_TYPES from its facts and answers as JSON members. */
static inline struct response *answered(const char *head, const char *facts, const char *answers)
{
    struct response *response =
        fixture_response(&f, arena_printf(&f.arena,
                                          "{\"kind\":\"response\",%s\"questionnaire\":\"%s\","
                                          "\"enterprise\":{%s},\"answers\":{%s}}",
                                          head, f.q->ref, facts, answers));

    if (!response)
        fixture_fail(&f, facts);
    return response;
}

static inline const char *written(const struct response *response)
{
    struct json_writer w;
    struct buf text;
    const char *copy;

    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    response_write(&w, response);
    copy = arena_strdup(&f.arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

/* Stores the demo file; how many responses were new. */
static inline size_t import_demo(struct store *store)
{
    struct csv_reader *reader = csv_reader_open(DEMO_CSV, &f.faults);
    struct questionnaire_source source = {.find = fixture_find, .context = &f};
    struct response_csv_defaults defaults = {.questionnaire = f.q->ref};
    struct response_csv *csv = response_csv_open(reader, f.facts, source, defaults, &f.faults);
    struct response *response;
    size_t count = 0;

    assert_non_null(csv);
    ASSERT_OK(store_begin(store, &err));
    while (response_csv_next(csv, &response) == RESPONSE_CSV_ROW) {
        struct store_put out;

        ASSERT_OK(put(store, response, &out));
        count += out.outcome == STORE_INSERTED;
    }
    ASSERT_OK(store_commit(store, &err));
    response_csv_free(csv);
    csv_reader_free(reader);
    return count;
}

#endif
