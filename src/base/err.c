#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const lang_codes[LANG__MAX] = {
    [LANG_VI] = "vi",
    [LANG_EN] = "en",
};

static const int exit_codes[STATUS__MAX] = {
    [OK] = 0,     [BAD_INPUT] = 1, [BAD_USAGE] = 2, [NOT_FOUND] = 1, [CONFLICT] = 1,
    [DENIED] = 1, [LIMIT] = 1,     [BUSY] = 3,      [FAILED] = 3,
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

enum status err_set(struct err *err, enum status status, const char *vi, const char *en, ...)
{
    const char *formats[LANG__MAX] = {[LANG_VI] = vi, [LANG_EN] = en};
    char whole[4 * ERR_TEXT_MAX];

    if (!err)
        return status;
    err->status = status;
    for (int i = 0; i < LANG__MAX; i++) {
        va_list args;
        size_t len;

        va_start(args, en);
        vsnprintf(whole, sizeof(whole), formats[i], args);
        va_end(args);
        len = text_cut(whole, strlen(whole), ERR_TEXT_MAX - 1);
        memcpy(err->text[i], whole, len);
        err->text[i][len] = '\0';
    }
    return status;
}

int err_exit_code(enum status status)
{
    return exit_codes[status];
}
