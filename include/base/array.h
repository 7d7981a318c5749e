#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

/* How many elements an array has; of an array only, never of a pointer or parameter. */
#define ARRAY_SIZE(array) (sizeof(array) / sizeof(*(array)))

#endif
