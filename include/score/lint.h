#ifndef SCORE_LINT_H
#define SCORE_LINT_H

#include "score/score.h"

/* Warns of levels that no answers reach, and of those that a higher level always covers. */
void scorer_lint(const struct scorer *scorer, struct faults *faults);

#endif
