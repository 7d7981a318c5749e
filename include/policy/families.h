#ifndef POLICY_FAMILIES_H
#define POLICY_FAMILIES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/lang.h"

/*
 * Families of policies (policies/families.json): what is many articles of law is one line and a
 * count for people, as "support for innovative start-ups (19)".
 */
struct family {
    const char *id;
    struct words name;
};

struct families {
    const struct family *items; /* in the order of the file */
    size_t count;
};

#define FAMILIES_MAX 100

/* Loads policies/families.json; where there is no such file there are none. NULL after adding every
 * fault. */
const struct families *families_load(struct arena *arena, const char *path, struct faults *faults);

/* A family by id, or NULL. */
const struct family *families_find(const struct families *families, const char *id);

#endif
