#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/lang.h"

/* A calendar day as days since 1970-01-01 (Gregorian, no time zone). */
typedef int32_t day;

/* "Not given": smaller than every real day. */
#define DAY_NONE INT32_MIN

struct civil {
    int year, month, mday;
};

/* Accepted years: 1900 to 2199. What lies outside is a typing error, not a date. */
day day_of(int year, int month, int mday);
struct civil day_civil(day d);

/* Exactly "YYYY-MM-DD" and a day that exists. */
bool day_parse_iso(const char *text, size_t len, day *out);

/* As people type it: "d/m/yyyy", "dd-mm-yyyy", "dd.mm.yyyy", or ISO. */
bool day_parse_typed(const char *text, size_t len, day *out);

/* True for what can only be a day with its month first ("9/13/2026"), whatever stands behind it. */
bool day_is_month_first(const char *text, size_t len);

/* The same day n years before; 29 February becomes 28 February. */
day day_years_before(day d, int years);

/* The last day of the n-th month after that of the day (n >= 0). */
day day_month_end(day d, int months);

/* 0 = Monday ... 6 = Sunday. */
int day_of_week(day d);

#define DAY_ISO_CHARS 10

/* "YYYY-MM-DD" of a day of the accepted years. */
void day_write_iso(char text[DAY_ISO_CHARS + 1], day d);
void day_print_iso(struct buf *buf, day d);
/* The same as a text of its own in an arena; "" for DAY_NONE. */
const char *day_iso_text(struct arena *arena, day d);
/* dd/mm/yyyy in both languages (English gets it too: a day must not be misread as a month). */
void day_print(struct buf *buf, day d);

#endif
