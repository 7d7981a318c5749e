#include "base/asset.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *name, const void *asset)
{
    return strcmp(name, ((const struct asset *)asset)->name);
}

const struct asset *asset_find(const struct asset *assets, size_t count, const char *name)
{
    return bsearch(name, assets, count, sizeof(*assets), by_name);
}
