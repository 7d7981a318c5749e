#ifndef TESTS_FUZZ_FUZZ_SURVEY_H
#define TESTS_FUZZ_FUZZ_SURVEY_H

#include "fuzz.h"

#include "score/score.h"
#include "survey/response.h"

/* The questionnaire of every kind of question that responses are read for; loaded once. */
struct fuzz_survey {
    const struct questionnaire *q;
    const struct scorer *scorer;
};

static inline const struct fuzz_survey *fuzz_survey(void)
{
    static struct fuzz_survey survey;
    static struct arena arena;
    static struct faults faults;

    if (survey.q)
        return &survey;
    arena_init(&arena);
    faults_init(&faults, &arena);
    survey.q = questionnaire_load(&arena, "tests/data/all-types@1.json",
                                  &fuzz_reference()->facts->schema, &faults);
    MUST(survey.q);
    survey.scorer = scorer_new(&arena, survey.q, &faults);
    MUST(survey.scorer);
    return &survey;
}

static inline const struct questionnaire *fuzz_find_survey(void *context, const char *ref,
                                                           struct err *err)
{
    const struct questionnaire *q = fuzz_survey()->q;

    (void)context;
    if (strcmp(ref, q->ref) == 0)
        return q;
    err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s'", "there is no questionnaire '%s'", ref);
    return NULL;
}

#endif
