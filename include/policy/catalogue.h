#ifndef POLICY_CATALOGUE_H
#define POLICY_CATALOGUE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/fault.h"
#include "policy/calendar.h"
#include "policy/families.h"
#include "policy/policy.h"
#include "policy/size.h"
#include "survey/facts.h"
#include "survey/packages.h"

/* Everything of a `policies/` folder, loaded once and then shared. */
struct catalogue {
    const struct facts *facts;
    const struct size_rules *sizes;
    const struct calendar *calendar;
    const struct families *families;
    const struct policy *const *policies; /* sorted by id; no examples */
    size_t count;
    /* Files that show how a policy is written: no law, so nothing is matched with them. */
    const struct policy *const *examples; /* sorted by id */
    size_t example_count;
    char hash[65]; /* of all policies and size classes: what a stored match was made with */
};

/*
 * Loads facts.json, areas.json, sections.json, size-classes.json and holidays.json of `folder` (of
 * `fallback` where the folder lacks them; may be NULL) and every policy in it and its subfolders.
 * Returns NULL after adding every fault. Files of a kind that it does not know are left alone.
 */
const struct catalogue *catalogue_load(struct arena *arena, const char *folder,
                                       const char *fallback, struct faults *faults);

/* The same without the policies: enough to derive facts and the size class. */
const struct catalogue *catalogue_load_reference(struct arena *arena, const char *folder,
                                                 const char *fallback, struct faults *faults);

/* A policy or an example by id, or NULL; for tests. */
const struct policy *catalogue_find(const struct catalogue *catalogue, const char *id);

/* Adds a fault if the policy names a family that families.json does not have. */
void catalogue_check_family(const struct catalogue *catalogue, const struct policy *policy,
                            struct faults *faults);

/*
 * Adds a warning for everything that the policy excludes which is neither the id of a policy nor a
 * code that another one names, too: in the catalogue, or among those that are checked with it.
 */
void catalogue_check_excludes(const struct catalogue *catalogue,
                              const struct policy *const *checked, size_t count,
                              const struct policy *policy, struct faults *faults);

/* Adds a fault for every need of a package that is the `content` of no policy. */
void catalogue_check_needs(const struct catalogue *catalogue, const struct packages *packages,
                           struct faults *faults);

#endif
