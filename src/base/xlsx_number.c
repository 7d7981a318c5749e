/* Numbers of a workbook as people see them, without leaving the decimal digits of the file. */
#include "xlsx_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

#define DIGITS_MAX 15 /* that spreadsheets keep and show */
#define EXPONENT_MAX 30
#define DAY_LAST 2958465 /* 31/12/9999 */

/* 0.DIGITS x 10^point */
struct decimal {
    bool is_negative;
    char digits[DIGITS_MAX + 2];
    int count, point;
};

/* The digits of "123.45E-2", rounded to DIGITS_MAX of them, half up; false if it is no number. */
static bool take_digits(const char **text, struct decimal *d, int *next)
{
    bool has_point = false, has_digit = false;

    for (; **text; ++*text) {
        char c = **text;

        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        has_digit = true;
        if (d->count == 0 && c == '0') { /* no digit yet: where the point is moves */
            d->point -= has_point;
            continue;
        }
        if (d->count < DIGITS_MAX)
            d->digits[d->count++] = c;
        else if (*next < 0)
            *next = c - '0';
        d->point += !has_point;
    }
    return has_digit;
}

static bool take_exponent(const char *text, struct decimal *d)
{
    char *end;
    long exponent;

    if (!*text)
        return true;
    if (*text != 'E' && *text != 'e')
        return false;
    exponent = strtol(text + 1, &end, 10);
    if (end == text + 1 || *end || exponent < -400 || exponent > 400)
        return false;
    d->point += (int)exponent;
    return true;
}

static void round_up(struct decimal *d)
{
    int at = d->count - 1;

    while (at >= 0 && d->digits[at] == '9')
        at--;
    if (at >= 0) {
        d->digits[at]++;
        d->count = at + 1;
        return;
    }
    d->digits[0] = '1';
    d->count = 1;
    d->point++;
}

static bool parse(const char *text, struct decimal *d)
{
    int next = -1;

    *d = (struct decimal){.is_negative = *text == '-'};
    text += *text == '-' || *text == '+';
    if (!take_digits(&text, d, &next) || !take_exponent(text, d))
        return false;
    if (next >= 5)
        round_up(d);
    while (d->count && d->digits[d->count - 1] == '0')
        d->count--;
    if (!d->count)
        d->point = 0;
    return d->point >= -EXPONENT_MAX && d->point <= EXPONENT_MAX;
}

static void print(struct buf *out, const struct decimal *d)
{
    int decimals = d->count - d->point;

    if (d->is_negative && d->count)
        buf_putc(out, '-');
    if (d->point <= 0)
        buf_putc(out, '0');
    for (int i = 0; i < d->point; i++)
        buf_putc(out, i < d->count ? d->digits[i] : '0');
    if (decimals > 0)
        buf_putc(out, '.');
    for (int i = d->point; i < d->count; i++)
        buf_putc(out, i < 0 ? '0' : d->digits[i]);
    if (decimals == 3)
        buf_putc(out, '0');
}

/* Days since the last one of 1899; Excel believes in a 29/02/1900, which is its number 60. */
static const char *print_day(struct arena *arena, const struct decimal *d, bool is_1904)
{
    char *text;
    long serial = 0;

    if (d->is_negative || d->point > 7)
        return NULL;
    for (int i = 0; i < d->point; i++)
        serial = 10 * serial + (i < d->count ? d->digits[i] - '0' : 0);
    if (is_1904)
        serial += 1462;
    if (serial < 1 || serial == 60 || serial > DAY_LAST)
        return NULL;
    text = arena_alloc(arena, 1, DAY_ISO_CHARS + 1);
    day_write_iso(text, day_of(1899, 12, serial < 60 ? 31 : 30) + (day)serial);
    return text;
}

const char *xlsx_number_text(struct arena *arena, const char *digits, enum xlsx_look look,
                             bool is_1904)
{
    const char *text;
    struct decimal d;
    struct buf out;

    if (!parse(digits, &d))
        return "";
    text = look == XLSX_LOOK_DAY ? print_day(arena, &d, is_1904) : NULL;
    if (text)
        return text;
    if (look == XLSX_LOOK_PERCENT && d.count)
        d.point += 2;
    buf_init(&out, BUF_MAX_DEFAULT);
    print(&out, &d);
    if (look == XLSX_LOOK_PERCENT)
        buf_puts(&out, " %");
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}
