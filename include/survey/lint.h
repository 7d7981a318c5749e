#ifndef SURVEY_LINT_H
#define SURVEY_LINT_H

#include "survey/questionnaire.h"

/*
 * Advice on a questionnaire, as warnings: questions that are never shown, wording that stands
 * twice, weights that cannot matter, contradictions that can never be found. (Levels that cannot be
 * reached: score/lint.h. Texts missing in a language are found while loading.)
 */
void questionnaire_lint(struct arena *arena, const struct questionnaire *q, struct faults *faults);

#endif
