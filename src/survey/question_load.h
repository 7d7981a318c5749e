#ifndef SRC_SURVEY_QUESTION_LOAD_H
#define SRC_SURVEY_QUESTION_LOAD_H

#include "survey/questionnaire.h"

/* What loading one question needs of the file around it. */
struct question_loader {
    struct arena *arena;
    struct faults *faults;
    const struct json *scales; /* shared option sets by name, or NULL */
};

/* Reads one question; its rule is compiled later, when all questions are known. */
void question_load(struct question_loader *loader, const struct json *json,
                   struct question *question);

/* Reads an id; adds a fault if it is malformed. */
const char *load_id(const struct json *object, struct faults *faults);

/* Reads an exact number, also written as text ("1/3"); `fallback` where the key is absent. */
struct ratio load_ratio(const struct json *object, const char *key, struct ratio fallback,
                        struct faults *faults);

#endif
