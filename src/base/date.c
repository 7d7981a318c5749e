#include "base/date.h"

#include <string.h>

#include "base/array.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199

/* Howard Hinnant's "days_from_civil": eras of 400 years, years that start in March. */
day day_of(int year, int month, int mday)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

struct civil day_civil(day d)
{
    int z = d + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = z - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;

    return (struct civil){.year = yoe + era * 400 + (month <= 2),
                          .month = month,
                          .mday = doy - (153 * mp + 2) / 5 + 1};
}

static bool make_day(int year, int month, int mday, day *out)
{
    struct civil back;
    day d;

    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || mday < 1 || mday > 31)
        return false;
    d = day_of(year, month, mday);
    back = day_civil(d);
    if (back.month != month)
        return false;
    *out = d;
    return true;
}

/* Reads a number of min..max digits; -1 if there is none. */
static int read_number(const char **at, const char *end, int min, int max)
{
    int value = 0, count = 0;

    for (; *at < end && count < max && **at >= '0' && **at <= '9'; (*at)++, count++)
        value = value * 10 + (**at - '0');
    return count >= min ? value : -1;
}

bool day_parse_iso(const char *text, size_t len, day *out)
{
    const char *at = text, *end = text + len;
    int year, month, mday;

    if (len != 10 || text[4] != '-' || text[7] != '-')
        return false;
    year = read_number(&at, end, 4, 4);
    at++;
    month = read_number(&at, end, 2, 2);
    at++;
    mday = read_number(&at, end, 2, 2);
    return at == end && make_day(year, month, mday, out);
}

static bool is_separator(const char *at, const char *end)
{
    return at < end && (*at == '/' || *at == '-' || *at == '.');
}

/* Three numbers with separators between, as typed; the third up to the end. */
static bool read_parts(const char *text, const char *end, int parts[3], int year_digits_min)
{
    for (int i = 0; i < 3; i++) {
        parts[i] =
            i < 2 ? read_number(&text, end, 1, 2) : read_number(&text, end, year_digits_min, 4);
        if (parts[i] < 0)
            return false;
        if (i < 2 && !is_separator(text, end))
            return false;
        text += i < 2;
    }
    return text == end;
}

/* Spreadsheets write the midnight at which a day begins, too: " 0:00", "T00:00:00". */
static size_t without_midnight(const char *text, size_t len)
{
    static const char *const midnights[] = {" 00:00:00", " 0:00:00", " 00:00", " 0:00",
                                            "T00:00:00"};

    for (size_t i = 0; i < ARRAY_SIZE(midnights); i++) {
        size_t cut = strlen(midnights[i]);

        if (len > cut && memcmp(text + len - cut, midnights[i], cut) == 0)
            return len - cut;
    }
    return len;
}

bool day_parse_typed(const char *text, size_t len, day *out)
{
    int parts[3];

    len = without_midnight(text, len);
    if (day_parse_iso(text, len, out))
        return true;
    return read_parts(text, text + len, parts, 4) && make_day(parts[2], parts[1], parts[0], out);
}

bool day_is_month_first(const char *text, size_t len)
{
    const char *blank = memchr(text, ' ', len);
    int parts[3];

    return read_parts(text, blank ? blank : text + len, parts, 2) && parts[0] >= 1 &&
           parts[0] <= 12 && parts[1] > 12 && parts[1] <= 31;
}

day day_years_before(day d, int years)
{
    struct civil c = day_civil(d);
    day moved = day_of(c.year - years, c.month, c.mday);

    return day_civil(moved).month == c.month ? moved : moved - 1;
}

day day_month_end(day d, int months)
{
    struct civil c = day_civil(d);
    int month = c.month + months; /* from 0: the one after it */

    return day_of(c.year + month / 12, month % 12 + 1, 1) - 1;
}

int day_of_week(day d)
{
    int rest = (d + 3) % 7; /* 1970-01-01 was a Thursday */

    return rest < 0 ? rest + 7 : rest;
}

static void write_digits(char *text, int count, int number)
{
    for (int i = count - 1; i >= 0; i--, number /= 10)
        text[i] = (char)('0' + number % 10);
}

void day_write_iso(char text[DAY_ISO_CHARS + 1], day d)
{
    struct civil c = day_civil(d);

    memcpy(text, "0000-00-00", DAY_ISO_CHARS + 1);
    write_digits(text, 4, c.year);
    write_digits(text + 5, 2, c.month);
    write_digits(text + 8, 2, c.mday);
}

void day_print_iso(struct buf *buf, day d)
{
    char text[DAY_ISO_CHARS + 1];

    day_write_iso(text, d);
    buf_puts(buf, text);
}

const char *day_iso_text(struct arena *arena, day d)
{
    char text[DAY_ISO_CHARS + 1];

    if (d == DAY_NONE)
        return "";
    day_write_iso(text, d);
    return arena_strdup(arena, text);
}

void day_print(struct buf *buf, day d)
{
    struct civil c = day_civil(d);

    buf_printf(buf, "%02d/%02d/%04d", c.mday, c.month, c.year);
}
