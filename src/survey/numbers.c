/* Numbers as people type them. */
#include "survey/numbers.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/text_clean.h"

#define TYPED_BYTES_MAX 96
#define DONG "\xe2\x82\xab"
/* Excel shows six digits of a long number; what has fewer was not rounded to fit. */
#define SCIENTIFIC_DECIMALS_MAX 4
#define SCIENTIFIC_EXPONENT_MAX 17

struct number_form number_form_typed(enum number_kind kind, struct words unit)
{
    bool is_whole = kind == NUMBER_WHOLE || kind == NUMBER_MONEY;

    return (struct number_form){kind, unit, SIGN_GROUPS, is_whole ? SIGN_GROUPS : SIGN_DECIMAL};
}

/* ---- one number, of digits, blanks, points and commas ---- */

/* Plain digits, as programs write numbers. */
static bool parse_digits(const char *text, struct ratio *out)
{
    int64_t number = 0;
    size_t len = 0;

    for (; text[len] >= '0' && text[len] <= '9' && len < RATIO_DIGITS_MAX; len++)
        number = number * 10 + (text[len] - '0');
    if (!len || text[len])
        return false;
    *out = ratio_of(number);
    return true;
}

/* Groups of thousands: one to three digits, then groups of exactly three. */
static bool groups_are_right(const char *text, char separator)
{
    size_t run = strspn(text, "0123456789");

    if (run < 1 || run > 3)
        return false;
    text += run;
    while (*text == separator) {
        if (strspn(text + 1, "0123456789") != 3)
            return false;
        text += 4;
    }
    return true;
}

/* How often a character stands in a text. */
static size_t count_of(const char *text, char c)
{
    size_t count = 0;

    for (; *text; text++)
        count += *text == c;
    return count;
}

/* What a text shows of the signs in it. */
struct shape {
    char group;  /* parts thousands; 0: nothing does */
    char single; /* stands once and may be either; 0: none */
    char decimal;
};

/* "12.500": one to three digits, not a zero alone, and three more behind. */
static bool may_be_either(const char *digits, char sign)
{
    const char *at = strchr(digits, sign);

    return *digits != '0' && groups_are_right(digits, sign) && strlen(at) == 4;
}

static struct shape shape_of(const char *digits)
{
    size_t points = count_of(digits, '.'), commas = count_of(digits, ',');
    bool has_blanks = strchr(digits, ' ') != NULL;
    char sign = points ? '.' : ',';

    if (points && commas)
        return strrchr(digits, ',') > strrchr(digits, '.') ? (struct shape){'.', 0, ','}
                                                           : (struct shape){',', 0, '.'};
    if (points + commas == 0)
        return (struct shape){has_blanks ? ' ' : 0, 0, 0};
    if (points + commas > 1)
        return (struct shape){sign, 0, 0};
    if (has_blanks)
        return (struct shape){' ', 0, sign};
    return may_be_either(digits, sign) ? (struct shape){0, sign, 0} : (struct shape){0, 0, sign};
}

/* Removes the groups' sign, writes the decimal one as a point. */
static bool parse_shaped(const char *text, struct shape shape, struct ratio *out)
{
    const char *digits = text + (*text == '-');
    char plain[TYPED_BYTES_MAX];
    size_t used = 0;

    if (shape.group && !groups_are_right(digits, shape.group))
        return false;
    for (; *text; text++) {
        if (*text != shape.group)
            plain[used++] = *text == shape.decimal ? '.' : *text;
    }
    return ratio_parse(plain, used, false, out);
}

static enum number_sign sign_of(const struct number_form *form, char sign)
{
    if (form->kind == NUMBER_PERCENT || form->kind == NUMBER_SMALL)
        return SIGN_DECIMAL;
    return sign == '.' ? form->point : form->comma;
}

static enum number_result read_digits(const char *text, const struct number_form *form,
                                      struct ratio *out)
{
    struct shape shape = shape_of(text + (*text == '-'));

    if (shape.single) {
        enum number_sign sign = sign_of(form, shape.single);

        if (sign == SIGN_UNCLEAR)
            return NUMBER_UNCLEAR;
        shape.group = sign == SIGN_GROUPS ? shape.single : 0;
        shape.decimal = sign == SIGN_DECIMAL ? shape.single : 0;
    }
    return parse_shaped(text, shape, out) ? NUMBER_READ : NUMBER_NONE;
}

/* ---- what stands around it ---- */

/* Blanks of all kinds as one; false where it is too long for a number. */
static bool tidy(const char *text, char out[TYPED_BYTES_MAX])
{
    const char *end = text + strlen(text);
    size_t used = 0;

    if ((size_t)(end - text) >= TYPED_BYTES_MAX)
        return false;
    while (text < end) {
        const char *at = text;
        uint32_t code = text_next(&text, end);

        if (text_is_invisible(code))
            continue;
        if (!text_is_blank(code)) {
            memcpy(out + used, at, (size_t)(text - at));
            used += (size_t)(text - at);
        } else if (used && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
    }
    while (used && out[used - 1] == ' ')
        used--;
    out[used] = '\0';
    return true;
}

/* "1.5E+09", as Excel writes what is too long for a cell: exact if it kept all digits. */
static bool parse_scientific(const char *text, struct ratio *out)
{
    size_t len = strcspn(text, "E");
    const char *sign = strpbrk(text, ".,");
    char plain[TYPED_BYTES_MAX];
    int exponent;

    if (strncmp(text + len, "E+", 2) != 0 || strlen(text + len) != 4 ||
        strspn(text + len + 2, "0123456789") != 2)
        return false;
    exponent = (text[len + 2] - '0') * 10 + (text[len + 3] - '0');
    if (sign && (sign != text + 1 || len - 2 > SCIENTIFIC_DECIMALS_MAX))
        return false;
    if (exponent > SCIENTIFIC_EXPONENT_MAX || len < 1)
        return false;
    memcpy(plain, text, len);
    if (sign)
        plain[1] = '.';
    if (!ratio_parse(plain, len, false, out))
        return false;
    for (; exponent > 0; exponent--)
        *out = ratio_mul(*out, ratio_of(10));
    return true;
}

/* The part that is digits and signs, without the blank behind it. */
static size_t number_length(const char *text)
{
    size_t len = strspn(text, "-0123456789., ");

    while (len && text[len - 1] == ' ')
        len--;
    return len;
}

static const char *const people[] = {
    "nguoi",  "lao dong", "nguoi lao dong", "nhan vien", "nhan su", "cong nhan",
    "people", "person",   "persons",        "employees", "workers",
};
static const char *const currency[] = {"d", "dong", "vnd", "viet nam dong"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0)
            return true;
    }
    return false;
}

/* Folds the words up to the next digit; "?" for signs without a word. */
static const char *fold_word(const char **text, char out[TYPED_BYTES_MAX])
{
    const char *word = *text + strspn(*text, " ");
    size_t len = strcspn(word, "0123456789");
    struct buf folded;

    *text = word + len;
    while (len && word[len - 1] == ' ')
        len--;
    buf_init(&folded, TYPED_BYTES_MAX);
    if (len == strlen(DONG) && memcmp(word, DONG, len) == 0)
        buf_puts(&folded, "d");
    else
        text_fold_to(&folded, word, len);
    if (len && !folded.len)
        buf_puts(&folded, "?");
    memcpy(out, buf_text(&folded), folded.len + 1);
    buf_free(&folded);
    return out;
}

static bool is_unit(const char *word, struct words unit)
{
    char folded[TYPED_BYTES_MAX];
    bool counts_people = unit.in[LANG_VI] && strcmp(unit.in[LANG_VI], "người") == 0;

    for (int lang = 0; lang < LANG__MAX; lang++) {
        const char *at = unit.in[lang];

        if (at && strlen(at) < TYPED_BYTES_MAX && strcmp(fold_word(&at, folded), word) == 0)
            return true;
    }
    return counts_people && is_one_of(word, people, ARRAY_SIZE(people));
}

/* "%" folds to nothing. */
static bool is_percent_sign(const char *text)
{
    return strcmp(text + strspn(text, " "), "%") == 0;
}

static bool may_follow(const char *rest, const struct number_form *form)
{
    char word[TYPED_BYTES_MAX];
    const char *at = rest, *unit = form->unit.in[LANG_VI];
    bool is_percent = form->kind == NUMBER_PERCENT || (unit && strchr(unit, '%'));

    if (!*rest)
        return true;
    if (is_percent_sign(rest))
        return is_percent;
    fold_word(&at, word);
    return !*at && *word &&
           (is_unit(word, form->unit) || (is_percent && strcmp(word, "phan tram") == 0));
}

static enum number_result read_plain(const char *text, const struct number_form *form,
                                     struct ratio *out)
{
    char digits[TYPED_BYTES_MAX];
    size_t len = number_length(text);

    memcpy(digits, text, len);
    digits[len] = '\0';
    if (!may_follow(text + len, form))
        return NUMBER_NONE;
    return read_digits(digits, form, out);
}

/* ---- money ---- */

static const struct scale {
    const char *word;
    int64_t factor;
} scales[] = {
    {"ty", 1000000000}, {"ti", 1000000000}, {"trieu", 1000000},      {"tr", 1000000},
    {"nghin", 1000},    {"ngan", 1000},     {"billion", 1000000000}, {"million", 1000000},
};

/* What a piece is multiplied by: "tỷ", "triệu đồng", "đ", nothing; 0: it is no such word. */
static int64_t factor_of(const char *word, bool *has_currency)
{
    *has_currency = is_one_of(word, currency, ARRAY_SIZE(currency));
    if (!*word || *has_currency)
        return 1;
    for (size_t i = 0; i < ARRAY_SIZE(scales); i++) {
        size_t len = strlen(scales[i].word);

        if (strncmp(word, scales[i].word, len) != 0 || (word[len] && word[len] != ' '))
            continue;
        *has_currency = word[len] != '\0';
        return !word[len] || is_one_of(word + len + 1, currency, ARRAY_SIZE(currency))
                   ? scales[i].factor
                   : 0;
    }
    return 0;
}

struct amount {
    struct ratio sum;
    int64_t last; /* factor of the piece before; 0 at first */
    bool is_done; /* nothing may follow */
};

/* "2 tỷ", then " 300 triệu": each smaller than one of the piece before it. */
static enum number_result read_piece(const char **text, const struct number_form *form,
                                     struct amount *amount)
{
    struct number_form exact = *form;
    char digits[TYPED_BYTES_MAX], word[TYPED_BYTES_MAX];
    size_t len = number_length(*text);
    bool has_currency;
    int64_t factor;
    enum number_result result;
    struct ratio number;

    memcpy(digits, *text, len);
    digits[len] = '\0';
    *text += len;
    factor = factor_of(fold_word(text, word), &has_currency);
    if (!factor || amount->is_done || (factor == 1 && amount->last && !has_currency))
        return NUMBER_NONE;
    if (factor > 1)
        exact.point = exact.comma = SIGN_UNCLEAR; /* "1,500 tỷ" is 1.5 or 1500 of them */
    result = read_digits(digits, &exact, &number);
    if (result != NUMBER_READ)
        return result;
    number = ratio_mul(number, ratio_of(factor));
    if (amount->last && (number.num < 0 || ratio_cmp(number, ratio_of(amount->last)) >= 0 ||
                         !ratio_is_whole(ratio_div(amount->sum, ratio_of(amount->last)))))
        return NUMBER_NONE;
    *amount = (struct amount){ratio_add(amount->sum, number), factor, has_currency};
    return NUMBER_READ;
}

static enum number_result read_money(const char *text, const struct number_form *form,
                                     struct ratio *out)
{
    struct amount amount = {.sum = ratio_of(0), .last = 0, .is_done = false};

    if (strncmp(text, DONG, strlen(DONG)) == 0) {
        text += strlen(DONG);
        text += *text == ' ';
    }
    do {
        enum number_result result = read_piece(&text, form, &amount);

        if (result != NUMBER_READ)
            return result;
    } while (*text);
    *out = amount.sum;
    return ratio_is_valid(*out) ? NUMBER_READ : NUMBER_NONE;
}

enum number_result number_read_typed(const char *text, const struct number_form *form,
                                     struct ratio *out)
{
    char tidied[TYPED_BYTES_MAX];

    if (parse_digits(text, out))
        return NUMBER_READ;
    if (!tidy(text, tidied))
        return NUMBER_NONE;
    if (parse_scientific(tidied, out))
        return NUMBER_READ;
    return (form->kind == NUMBER_MONEY ? read_money : read_plain)(tidied, form, out);
}

/* ---- columns ---- */

/* "1.234" of a whole number has one reading: 1.234 is none. */
static bool is_whole_only_in_groups(const char *digits, char sign, enum number_kind kind)
{
    return kind == NUMBER_WHOLE && strcmp(strchr(digits, sign) + 1, "000") != 0;
}

void number_observe(const char *text, const struct number_form *form, struct number_evidence *seen)
{
    char tidied[TYPED_BYTES_MAX], *digits = tidied;
    struct shape shape;

    if (!strpbrk(text, ".,") || !tidy(text, tidied))
        return;
    digits += *digits == '-';
    digits[number_length(digits)] = '\0';
    shape = shape_of(digits);
    if (shape.single && is_whole_only_in_groups(digits, shape.single, form->kind))
        shape.group = shape.single;
    if (shape.group && shape.group != shape.single && !groups_are_right(digits, shape.group))
        return;
    seen->point_groups |= shape.group == '.';
    seen->point_decimal |= shape.decimal == '.';
    seen->comma_groups |= shape.group == ',';
    seen->comma_decimal |= shape.decimal == ',';
}

void number_decide(struct number_form *form, const struct number_evidence *seen, char separator)
{
    bool has_decimals = form->kind == NUMBER_DECIMAL;
    enum number_sign decimal = has_decimals ? SIGN_DECIMAL : SIGN_UNCLEAR;

    if (form->kind != NUMBER_WHOLE && !has_decimals)
        return;
    form->point = form->comma = SIGN_UNCLEAR;
    if (separator != ',' && !seen->point_decimal && !seen->comma_groups) {
        form->point = SIGN_GROUPS;
        form->comma = decimal;
    } else if (separator == ',' && !seen->comma_decimal && !seen->point_groups) {
        form->point = decimal;
        form->comma = seen->comma_groups ? SIGN_GROUPS : SIGN_UNCLEAR;
    }
}
