#include "app/legal_person.h"

#include <stdlib.h>
#include <string.h>

#define OWNER_DIGITS 10 /* of a tax code: the legal person */

enum status legal_persons_load(struct store *store, struct arena *arena, struct legal_persons *out,
                               struct err *err)
{
    return store_branched(store, arena, &out->codes, &out->count, err);
}

static int by_code(const void *key, const void *item)
{
    return strncmp(key, *(const char *const *)item, OWNER_DIGITS);
}

uint32_t legal_person_of(const struct legal_persons *persons, const struct store_row *row)
{
    const char *const *found = row->tax_code && persons->count
                                   ? bsearch(row->tax_code, persons->codes, persons->count,
                                             sizeof(*persons->codes), by_code)
                                   : NULL;

    return found ? (uint32_t)(found - persons->codes) + 1 : 0;
}
