#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"

static const char *const lang_codes[LANG__MAX] = {
    [LANG_VI] = "vi",
    [LANG_EN] = "en",
};

static const int exit_codes[STATUS__MAX] = {
    [OK] = 0,     [BAD_INPUT] = 1, [BAD_USAGE] = 2, [NOT_FOUND] = 1, [CONFLICT] = 1,
    [DENIED] = 1, [LIMIT] = 1,     [BUSY] = 3,      [FAILED] = 3,   [READER_LEFT] = 0,
};

const char *lang_code(enum lang lang)
{
    return lang_codes[lang];
}

int lang_parse(const char *code, enum lang *lang)
{
    for (int i = 0; i < LANG__MAX; i++) {
        if (strcmp(code, lang_codes[i]) == 0) {
            *lang = (enum lang)i;
            return 0;
        }
    }
    return -1;
}

/* Room for a sentence that quotes input, before it is cut. */
#define WHOLE_TEXT_MAX (4 * ERR_TEXT_MAX)

static void keep_text(char *out, const char *whole)
{
    size_t len = text_cut(whole, strlen(whole), ERR_TEXT_MAX - 1);

    memcpy(out, whole, len);
    out[len] = '\0';
    text_tame(out);
}

enum status err_set(struct err *err, enum status status, const char *vi, const char *en, ...)
{
    char whole[WHOLE_TEXT_MAX];
    va_list args;

    if (!err)
        return status;
    err->status = status;
    va_start(args, en);
    vsnprintf(whole, sizeof(whole), vi, args);
    va_end(args);
    keep_text(err->text[LANG_VI], whole);
    va_start(args, en);
    vsnprintf(whole, sizeof(whole), en, args);
    va_end(args);
    keep_text(err->text[LANG_EN], whole);
    return status;
}

int err_exit_code(enum status status)
{
    return exit_codes[status];
}
