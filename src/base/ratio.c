#include "base/ratio.h"

#include <string.h>

static wide gcd(wide a, wide b)
{
    if (a < 0)
        a = -a;
    while (b) {
        wide rest = a % b;

        a = b;
        b = rest;
    }
    return a;
}

struct ratio ratio_of(int64_t whole)
{
    return (struct ratio){whole, 1};
}

struct ratio ratio_make(wide num, wide den)
{
    wide common;

    if (den == 0)
        return RATIO_NONE;
    if (den < 0) {
        num = -num;
        den = -den;
    }
    if (den == 1)
        return (struct ratio){num, 1};
    common = gcd(num, den);
    return (struct ratio){num / common, den / common};
}

bool ratio_is_valid(struct ratio r)
{
    return r.den != 0;
}

bool ratio_is_whole(struct ratio r)
{
    return r.den == 1;
}

/* a + sign * b. Works with the greatest common divisor of the denominators, to stay small. */
static struct ratio add_signed(struct ratio a, struct ratio b, int sign)
{
    wide common, left, right, sum, den;

    if (!a.den || !b.den)
        return RATIO_NONE;
    if (a.den == 1 && b.den == 1) {
        if (__builtin_add_overflow(a.num, sign * b.num, &sum))
            return RATIO_NONE;
        return (struct ratio){sum, 1};
    }
    common = gcd(a.den, b.den);
    if (__builtin_mul_overflow(a.num, b.den / common, &left) ||
        __builtin_mul_overflow(b.num, sign * (a.den / common), &right) ||
        __builtin_add_overflow(left, right, &sum) ||
        __builtin_mul_overflow(a.den, b.den / common, &den))
        return RATIO_NONE;
    return ratio_make(sum, den);
}

struct ratio ratio_add(struct ratio a, struct ratio b)
{
    return add_signed(a, b, 1);
}

struct ratio ratio_sub(struct ratio a, struct ratio b)
{
    return add_signed(a, b, -1);
}

struct ratio ratio_mul(struct ratio a, struct ratio b)
{
    wide left, right, num, den;

    if (!a.den || !b.den)
        return RATIO_NONE;
    if (a.num == 0 || b.num == 0)
        return ratio_of(0);
    left = gcd(a.num, b.den); /* cancel across before multiplying */
    right = gcd(b.num, a.den);
    if (__builtin_mul_overflow(a.num / left, b.num / right, &num) ||
        __builtin_mul_overflow(a.den / right, b.den / left, &den))
        return RATIO_NONE;
    return (struct ratio){num, den};
}

struct ratio ratio_div(struct ratio a, struct ratio b)
{
    if (!a.den || !b.den || b.num == 0)
        return RATIO_NONE;
    return ratio_mul(a, b.num > 0 ? (struct ratio){b.den, b.num} : (struct ratio){-b.den, -b.num});
}

static wide floor_div(wide num, wide den)
{
    wide whole = num / den;

    return num % den < 0 ? whole - 1 : whole;
}

int ratio_cmp(struct ratio a, struct ratio b)
{
    int sign = 1;

    if (a.den == 1 && b.den == 1)
        return a.num < b.num ? -1 : a.num > b.num;
    /* Compares whole parts, then the reciprocals of the rests: Euclid's steps, no products. */
    for (;;) {
        wide whole_a = floor_div(a.num, a.den), whole_b = floor_div(b.num, b.den);
        wide rest_a = a.num - whole_a * a.den, rest_b = b.num - whole_b * b.den;

        if (whole_a != whole_b)
            return whole_a < whole_b ? -sign : sign;
        if (rest_a == 0 || rest_b == 0)
            return rest_a == rest_b ? 0 : rest_a == 0 ? -sign : sign;
        a = (struct ratio){a.den, rest_a};
        b = (struct ratio){b.den, rest_b};
        sign = -sign;
    }
}

struct ratio ratio_floor(struct ratio r)
{
    return r.den ? (struct ratio){floor_div(r.num, r.den), 1} : RATIO_NONE;
}

static wide power_of_ten(unsigned exponent)
{
    wide power = 1;

    while (exponent--)
        power *= 10;
    return power;
}

struct ratio ratio_round(struct ratio r, unsigned decimals)
{
    struct ratio scale = {power_of_ten(decimals), 1};
    struct ratio half = {1, 2};

    return ratio_div(ratio_floor(ratio_add(ratio_mul(r, scale), half)), scale);
}

/* Reads up to RATIO_DIGITS_MAX digits; returns how many there were, or -1 if there are more. */
static int read_digits(const char **at, const char *end, wide *value)
{
    int count = 0;

    for (; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
        if (++count > RATIO_DIGITS_MAX)
            return -1;
        *value = *value * 10 + (**at - '0');
    }
    return count;
}

/* Applies "e-3" and the like; false if it is malformed or too large. */
static bool read_exponent(const char **at, const char *end, struct ratio *r)
{
    wide exponent = 0;
    bool is_negative;
    int digits;

    (*at)++;
    is_negative = *at < end && **at == '-';
    if (*at < end && (**at == '-' || **at == '+'))
        (*at)++;
    digits = read_digits(at, end, &exponent);
    if (digits < 1 || exponent > RATIO_DIGITS_MAX)
        return false;
    *r = is_negative ? ratio_div(*r, (struct ratio){power_of_ten((unsigned)exponent), 1})
                     : ratio_mul(*r, (struct ratio){power_of_ten((unsigned)exponent), 1});
    return ratio_is_valid(*r);
}

/* What follows the first digits: a fraction's digits go on with `num`, or a denominator. */
static bool read_rest(const char **at, const char *end, wide *num, wide *den)
{
    const char *first;

    *den = 1;
    if (*at == end || (**at != '.' && **at != '/'))
        return true;
    first = ++*at;
    if (first[-1] == '.') {
        if (read_digits(at, end, num) < 1)
            return false;
        *den = power_of_ten((unsigned)(*at - first));
        return true;
    }
    *den = 0;
    return read_digits(at, end, den) >= 1 && *den != 0;
}

bool ratio_parse(const char *text, size_t len, bool allow_exponent, struct ratio *out)
{
    const char *at = text, *end = text + len;
    bool is_negative = len && *text == '-';
    wide num = 0, den;
    struct ratio r;

    at += is_negative;
    if (read_digits(&at, end, &num) < 1 || !read_rest(&at, end, &num, &den))
        return false;
    r = ratio_make(is_negative ? -num : num, den);
    if (allow_exponent && at < end && (*at == 'e' || *at == 'E') && !read_exponent(&at, end, &r))
        return false;
    if (at != end)
        return false;
    *out = r;
    return true;
}

bool ratio_to_int64(struct ratio r, int64_t *out)
{
    if (r.den != 1 || r.num > INT64_MAX || r.num < INT64_MIN)
        return false;
    *out = (int64_t)r.num;
    return true;
}

static void print_wide(struct buf *buf, wide n)
{
    char digits[48];
    size_t at = sizeof(digits);
    bool is_negative = n < 0;

    do {
        int digit = (int)(n % 10);

        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        n /= 10;
    } while (n);
    if (is_negative)
        digits[--at] = '-';
    buf_add(buf, digits + at, sizeof(digits) - at);
}

/* Writes scaled / 10^decimals. */
static void print_scaled(struct buf *buf, wide scaled, unsigned decimals)
{
    wide unit = power_of_ten(decimals);
    wide rest;

    if (scaled < 0) {
        buf_putc(buf, '-');
        scaled = -scaled;
    }
    print_wide(buf, scaled / unit);
    if (!decimals)
        return;
    buf_putc(buf, '.');
    rest = scaled % unit;
    for (unit /= 10; unit > 1 && rest < unit; unit /= 10)
        buf_putc(buf, '0');
    print_wide(buf, rest);
}

void ratio_print(struct buf *buf, struct ratio r, unsigned decimals)
{
    struct ratio scaled =
        ratio_mul(ratio_round(r, decimals), (struct ratio){power_of_ten(decimals), 1});

    if (ratio_is_valid(scaled))
        print_scaled(buf, scaled.num, decimals);
    else
        buf_puts(buf, "?");
}

/* How many decimals write a denominator exactly; -1 if they never end or are too many. */
static int decimals_for(wide den)
{
    for (int decimals = 0; decimals <= RATIO_DIGITS_MAX; decimals++) {
        if (power_of_ten((unsigned)decimals) % den == 0)
            return decimals;
    }
    return -1;
}

void ratio_print_exact(struct buf *buf, struct ratio r)
{
    int decimals = r.den ? decimals_for(r.den) : -1;

    if (decimals >= 0 &&
        ratio_is_valid(ratio_mul(r, (struct ratio){power_of_ten((unsigned)decimals), 1})))
        ratio_print(buf, r, (unsigned)decimals);
    else
        ratio_print_fraction(buf, r);
}

void ratio_print_fraction(struct buf *buf, struct ratio r)
{
    if (!ratio_is_valid(r)) {
        buf_puts(buf, "?");
        return;
    }
    print_wide(buf, r.num);
    if (r.den != 1) {
        buf_putc(buf, '/');
        print_wide(buf, r.den);
    }
}

double ratio_approximate(struct ratio r)
{
    return r.den ? (double)r.num / (double)r.den : 0;
}
