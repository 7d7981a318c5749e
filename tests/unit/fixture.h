#ifndef TESTS_UNIT_FIXTURE_H
#define TESTS_UNIT_FIXTURE_H

#include "test.h"

#include "base/json.h"
#include "score/score.h"
#include "survey/facts.h"
#include "survey/questionnaire.h"
#include "survey/response.h"

/* What most tests of the survey need: an arena, faults, the facts, and one questionnaire. */
struct fixture {
    struct arena arena;
    struct faults faults;
    const struct facts *facts;
    const struct questionnaire *q;
    const struct scorer *scorer;
};

static inline void fixture_fail(const struct fixture *f, const char *what)
{
    fail_msg("%s: line %d %s: %s", what, f->faults.items[0].place.line,
             f->faults.items[0].place.pointer, f->faults.items[0].text[LANG_EN]);
}

/* The facts are loaded once: tests that draw at random begin anew thousands of times. */
static inline void fixture_init(struct fixture *f)
{
    static const struct facts *facts;
    static struct arena facts_arena;

    arena_init(&f->arena);
    faults_init(&f->faults, &f->arena);
    if (!facts)
        facts = facts_load(&facts_arena, "policies", &f->faults);
    f->facts = facts;
    f->q = NULL;
    f->scorer = NULL;
    if (!f->facts)
        fixture_fail(f, "facts");
}

static inline const struct json *fixture_json(struct fixture *f, const char *text)
{
    const struct json *json;

    faults_init(&f->faults, &f->arena);
    json =
        json_parse(&f->arena, "test.json", arena_strdup(&f->arena, text), strlen(text), &f->faults);
    if (!json)
        fixture_fail(f, text);
    return json;
}

/* Takes a questionnaire from a file of questionnaires/ or, if it starts with '{', from a text. */
static inline void fixture_questionnaire(struct fixture *f, const char *source)
{
    faults_init(&f->faults, &f->arena);
    if (*source == '{')
        f->q =
            questionnaire_read(&f->arena, fixture_json(f, source), &f->facts->schema, &f->faults);
    else
        f->q = questionnaire_load(&f->arena, source, &f->facts->schema, &f->faults);
    if (!f->q)
        fixture_fail(f, source);
    f->scorer = scorer_new(&f->arena, f->q, &f->faults);
    if (!f->scorer)
        fixture_fail(f, source);
}

static inline const struct questionnaire *fixture_find(void *context, const char *ref,
                                                       struct err *err)
{
    struct fixture *f = context;

    if (strcmp(ref, f->q->ref) == 0)
        return f->q;
    err_set(err, NOT_FOUND, "không có %s", "no %s", ref);
    return NULL;
}

/* Reads a response; NULL if it was refused (see f->faults). */
static inline struct response *fixture_response(struct fixture *f, const char *text)
{
    const struct json *json = fixture_json(f, text);
    struct questionnaire_source source = {.find = fixture_find, .context = f};

    return response_read(&f->arena, json, f->facts, source, NULL, &f->faults);
}

/* A response without answers, all questions shown. */
static inline struct response *fixture_empty(struct fixture *f)
{
    struct response *response = response_new(&f->arena, f->q, f->facts);

    response_activate(response, &f->arena);
    return response;
}

/* Sets a single answer by the ids of question and option. */
static inline void fixture_answer(struct fixture *f, struct response *response,
                                  const char *question, const char *option)
{
    size_t at = questionnaire_find(f->q, question);

    assert_int_not_equal(at, MAP_NONE);
    faults_init(&f->faults, &f->arena);
    if (!answer_read_text(&f->q->questions[at], option, (struct place){"t", 0, ""}, &f->arena,
                          &f->faults, &response->answers[at]))
        fixture_fail(f, question);
    response_activate(response, &f->arena);
}

static inline const char *fixture_ratio(struct fixture *f, struct ratio r, int decimals)
{
    struct buf buf;
    const char *text;

    buf_init(&buf, 200);
    if (decimals < 0)
        ratio_print_fraction(&buf, r);
    else
        ratio_print(&buf, r, (unsigned)decimals);
    text = arena_strdup(&f->arena, buf_text(&buf));
    buf_free(&buf);
    return text;
}

#endif
