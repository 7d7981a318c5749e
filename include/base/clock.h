#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* A clock that never jumps, for durations: milliseconds, microseconds. */
int64_t clock_ms(void);
int64_t clock_us(void);

#endif
