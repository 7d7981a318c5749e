#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stdint.h>

/* How many elements an array has; of an array only, never of a pointer or parameter. */
#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))

/* The order of int64_t values, for qsort() and bsearch(). */
static inline int by_int64(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

#endif
