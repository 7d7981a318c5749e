/* Codes of enterprises: which may exist, and what people and spreadsheets make of them. */
#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"
#include "survey/facts.h"

/* Weights of the nine digits before the check digit. */
static const int tax_weights[9] = {31, 29, 23, 19, 17, 13, 7, 5, 3};

static bool all_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    return true;
}

/* A personal id begins with the code of the province where its birth was registered: 001 to 096. */
static bool is_province(const char *code)
{
    return strncmp("000", code, 3) < 0 && strncmp(code, "096", 3) <= 0;
}

bool tax_code_is_valid(const char *code)
{
    size_t len = strlen(code);
    int sum = 0;

    if (len == 12)
        return all_digits(code, 12) && is_province(code);
    if ((len != 10 && len != 14) || !all_digits(code, 10))
        return false;
    if (len == 14 &&
        (code[10] != '-' || !all_digits(code + 11, 3) || strcmp(code + 11, "000") == 0))
        return false;
    if (strncmp(code, "00", 2) == 0 || strncmp(code + 2, "0000000", 7) == 0)
        return false;
    for (int i = 0; i < 9; i++)
        sum += tax_weights[i] * (code[i] - '0');
    return 10 - sum % 11 == code[9] - '0'; /* sum % 11 == 0 would be 10: never issued */
}

/* ---- as it was typed ---- */

#define CODE_DIGITS_MAX 13

struct typed_code {
    char digits[CODE_DIGITS_MAX + 1];
    size_t len;
    size_t dash; /* digits before the last dash; 0: there is none */
};

static bool is_dash(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

/* Blanks, dots and dashes part its digits; an apostrophe keeps a spreadsheet from counting it. */
static bool is_between(uint32_t code)
{
    return code == '.' || code == '\'' || code == 0x2019 || text_is_blank(code) ||
           text_is_invisible(code);
}

/* False where there is anything else, or too much. */
static bool take_apart(const char *text, struct typed_code *code)
{
    const char *end = text + strlen(text);

    *code = (struct typed_code){.len = 0};
    while (text < end) {
        uint32_t c = text_next(&text, end);

        if (is_dash(c))
            code->dash = code->len;
        else if (c >= '0' && c <= '9' && code->len < CODE_DIGITS_MAX)
            code->digits[code->len++] = (char)c;
        else if (!is_between(c))
            return false;
    }
    return true;
}

/* A spreadsheet took it for a number: nine digits, or those before "-001", with a zero in front
 * whose check digit is right. NULL: that is not what happened. */
static const char *restore(const struct typed_code *code, struct arena *arena)
{
    const char *whole = NULL;

    if (code->len == 9)
        whole = arena_printf(arena, "0%s", code->digits);
    else if (code->len == 12 && code->dash == 9)
        whole = arena_printf(arena, "0%.9s-%s", code->digits, code->digits + 9);
    return whole && tax_code_is_valid(whole) ? whole : NULL;
}

const char *tax_code_typed(const char *text, const char *id, struct place place,
                           struct arena *arena, struct faults *faults)
{
    struct typed_code code;
    const char *restored;

    if (!take_apart(text, &code))
        return text;
    restored = restore(&code, arena);
    if (restored) {
        faults_warn(faults, place,
                    "%s: mã số thuế mất số 0 ở đầu (bảng tính coi là số); đã thêm lại vì số kiểm "
                    "tra đúng",
                    "%s: the tax code had lost the zero in front (a spreadsheet took it for a "
                    "number); it was put back, since the check digit is right",
                    id);
        return restored;
    }
    if (code.len == 13)
        return arena_printf(arena, "%.10s-%s", code.digits, code.digits + 10);
    return arena_strdup(arena, code.digits);
}
