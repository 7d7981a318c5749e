#ifndef SURVEY_LINT_H
#define SURVEY_LINT_H

#include "survey/questionnaire.h"

/*
 * Advice on a questionnaire, as warnings: questions that are never shown, wording that stands
 * twice, weights that cannot matter, contradictions that can never be found. (Levels that cannot be
 * reached: score/lint.h. Texts missing in a language are found while loading.)
 */
void questionnaire_lint(struct arena *arena, const struct questionnaire *q, struct faults *faults);

/*
 * An estimate against the questionnaire that it estimates: every `criterion` is a question there,
 * and every option is one of its options, so that answers can be taken along. Adds faults.
 */
void estimate_check(const struct questionnaire *q, const struct questionnaire *original,
                    struct faults *faults);

#endif
