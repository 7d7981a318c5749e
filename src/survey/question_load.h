#ifndef SRC_SURVEY_QUESTION_LOAD_H
#define SRC_SURVEY_QUESTION_LOAD_H

#include "survey/questionnaire.h"

/* What loading one question needs of the file around it. */
struct question_loader {
    struct arena *arena;
    struct faults *faults;
    struct shared_scale *scales; /* option sets that questions share */
    size_t scale_count;
};

/* Read once, so that a fault in it is reported once and not for each question that uses it. */
struct shared_scale {
    const struct json *list;
    const struct option *options;
    size_t count;
    bool is_refused; /* it has faults, all of them reported */
};

/* Reads the member "scales" of a questionnaire (NULL: there is none). */
void scales_load(struct question_loader *loader, const struct json *scales);

/* Reads one question; its rule is compiled later, when all questions are known. */
void question_load(struct question_loader *loader, const struct json *json,
                   struct question *question);

/* Reads "help_for" and "prefill" (NULL: there is none); the options of the question are known. */
void load_help_variants(struct question_loader *loader, const struct json *list,
                        struct question *question);
void load_prefills(struct question_loader *loader, const struct json *list,
                   struct question *question);

/* Reads an id; adds a fault if it is malformed. "" where it is absent. */
const char *load_id(const struct json *object, struct faults *faults);

/* A yes/no member; `fallback` where it is absent. */
bool load_flag(const struct json *object, const char *key, bool fallback);

/* True if a list has 1 to `max` entries; else a fault. */
bool load_length(const struct json *list, size_t max, struct faults *faults);

/* What holds for a list of options whatever question uses it; NULL if it has faults. */
const struct option *load_options(struct question_loader *loader, const struct json *list);

/* Gives a question its options, or the shared scale of that name, and checks that they fit it. */
void use_options(struct question_loader *loader, const struct json *list,
                 const struct option *options, struct question *question);
void use_scale(struct question_loader *loader, const struct json *name, struct question *question);

/* Index of an option by id, or MAP_NONE. */
size_t option_find(const struct option *options, size_t count, const char *id);

/* Reads an exact number, also written as text ("1/3"); `fallback` where the key is absent. */
struct ratio load_ratio(const struct json *object, const char *key, struct ratio fallback,
                        struct faults *faults);

#endif
