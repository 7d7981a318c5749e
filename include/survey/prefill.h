#ifndef SURVEY_PREFILL_H
#define SURVEY_PREFILL_H

#include "survey/response.h"

/*
 * What the facts of an enterprise say of a question already: an enterprise without a website need
 * not be asked how often it is updated. It is proposed, with its reason, and becomes an answer only
 * when people save it; an answer that was given is never changed.
 */

/* The prefill that holds for an open question; NULL where it is answered, hidden, or none holds
 * (a fact that is not known makes none hold). */
const struct prefill *response_prefill(const struct response *response, size_t question,
                                       struct arena *arena);

/*
 * True if the questionnaire can rate the enterprise, as far as its facts say: false also where they
 * are not known, so that nobody is led into one that gives no result. `values` are by index of the
 * facts that the questionnaire was loaded with.
 */
bool questionnaire_rates(const struct questionnaire *q, const struct value *values,
                         struct arena *arena);

#endif
