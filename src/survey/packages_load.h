#ifndef SRC_SURVEY_PACKAGES_LOAD_H
#define SRC_SURVEY_PACKAGES_LOAD_H

#include "questionnaire_parts.h"
#include "survey/packages.h"

/* What loading packages needs of the file around them. */
struct package_loader {
    struct arena *arena;
    struct faults *faults;
    const struct questionnaire *q;
    struct packages *out;
    struct package *items;
};

/* "micro", "small", "medium": bands as files spell them. */
extern const char *const headcount_codes[HEADCOUNT__MAX];

/* An object with one member for each band; false after a fault (or where there is none). */
bool package_check_bands(struct package_loader *l, const struct json *bands);

/* Weeks by band, each above 0. */
void package_load_weeks(struct package_loader *l, const struct json *bands,
                        struct ratio weeks[HEADCOUNT__MAX]);

/* One package; what names other packages is read afterwards. */
void package_load(struct package_loader *l, const struct json *json, struct package *package);

/* The index of the package that is named; MAP_NONE after a fault. */
size_t package_find(struct package_loader *l, const struct json *id);

/* "base" with its stand-ins, once all ids are known. */
void package_load_base(struct package_loader *l, struct package *package);

#endif
