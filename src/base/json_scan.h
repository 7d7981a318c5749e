#ifndef SRC_BASE_JSON_SCAN_H
#define SRC_BASE_JSON_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

/* Where a value stands in the text. */
struct json_mark {
    int line;
    uint32_t offset;
    uint32_t len;
};

struct json_marks {
    struct json_mark *items; /* in the order in which values start; owned, free() */
    size_t count, cap;
};

/*
 * Checks that the text is strict JSON within the limits of base/json.h and notes the place of
 * each value. On a fault adds one sentence and returns false; `marks->items` is to be freed in
 * both cases.
 */
bool json_scan(const char *file, const char *data, size_t len, struct json_marks *marks,
               struct faults *faults);

#endif
