#ifndef SRC_SURVEY_QUESTIONNAIRE_PARTS_H
#define SRC_SURVEY_QUESTIONNAIRE_PARTS_H

#include "question_load.h"

/* The parts of loading a questionnaire, one file each. */
struct loader {
    struct question_loader base;
    struct questionnaire *q;
    struct dimension *dimensions;
    struct indicator *indicators;
    struct question *questions;
};

#define JSON_NUMERIC (JSON_IS(JSON_NUMBER) | JSON_IS(JSON_STRING))

/* Codes as files spell them. */
extern const char *const form_codes[LEGAL_FORM__MAX];
extern const char *const status_codes[SOURCE_STATUS__MAX];
extern const char *const aggregation_codes[AGGREGATION__MAX];

/* The index of a text among codes; `fallback` where it is absent or wrong (then a fault). */
int load_code(const struct json *value, const char *const *codes, size_t count, int fallback,
              struct faults *faults);

/* A level number from 0 to LEVELS_MAX; `fallback` after a fault. */
int load_level_number(const struct json *value, int fallback, struct faults *faults);

/* "levels" (is_whole) or "dimension_levels"; NULL where there are none. */
const struct level_rule *load_levels(struct loader *l, const struct json *list, bool is_whole,
                                     size_t *count);

/* Levels against the dimensions that they name. */
void check_levels(struct loader *l, const struct json *list);

/*
 * "dimensions" with all below them; that their ids are unique, and (only asked where all of the
 * file could be read, `is_whole`) that something is scored.
 */
void load_dimensions(struct loader *l, const struct json *list);
void check_dimensions(struct loader *l, const struct json *list, bool is_whole);

/* What rules may name, then show_if of every question and the contradictions. */
void load_rules(struct loader *l, const struct json *root, const struct rule_schema *facts);

#endif
