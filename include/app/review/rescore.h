#ifndef APP_REVIEW_RESCORE_H
#define APP_REVIEW_RESCORE_H

#include "app/evaluation.h"
#include "survey/convert.h"

/*
 * The answers of a response under another version of its questionnaire: what moves, and because of
 * which items. Nothing is stored; a result keeps the version that it was made with until somebody
 * decides otherwise.
 */
struct rescoring {
    struct evaluation before, after;
    struct conversion conversion; /* what could not be carried over */
    const struct comparison *comparison;
};

/*
 * Scores a response (from a file or from the store) under `to`, an "id@version" of the same
 * questionnaire. Errors: NOT_FOUND; BAD_INPUT for another questionnaire, whose ids may mean
 * something else, and where the version is not for the form of the response.
 */
MUST_USE enum status rescore(struct workspace *ws, struct arena *arena,
                             const struct response *response, const char *to, day on,
                             struct rescoring *out, struct err *err);

/* Its first check: whether the version is one of the response's questionnaire and for its form. */
MUST_USE enum status rescore_check(const struct response *response, const struct questionnaire *to,
                                   struct err *err);

/* The rest, with scorers at hand: `from` of the response's questionnaire, `to` of the version. */
MUST_USE enum status rescore_with(struct workspace *ws, struct arena *arena,
                                  const struct response *response, const struct scorer *from,
                                  const struct scorer *to, day on, struct rescoring *out,
                                  struct err *err);

/* The rescore command's document. */
void rescoring_write(struct json_writer *w, const struct rescoring *r, struct arena *arena);

#endif
