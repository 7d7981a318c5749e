/* Options as people write them: by label, number or letter. */
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "survey/response.h"
#include "survey/typing.h"

/* The label alone, or behind the id: "2 - Có trang bán hàng". */
static bool is_labelled(const struct option *option, const char *wanted, struct arena *arena,
                        const char *(*fold)(struct arena *arena, const char *text))
{
    for (int lang = 0; lang < LANG__MAX; lang++) {
        const char *label = option->text.in[lang];

        if (!label || !*label)
            continue;
        if (strcmp(wanted, fold(arena, label)) == 0 ||
            strcmp(wanted, fold(arena, arena_printf(arena, "%s %s", option->id, label))) == 0)
            return true;
    }
    return false;
}

/* The one option that fits; MAP_NONE if none does or two do. */
static size_t only_one(const struct question *question, const char *wanted, struct arena *arena,
                       const char *(*fold)(struct arena *arena, const char *text))
{
    size_t found = MAP_NONE;

    for (size_t i = 0; *wanted && i < question->option_count; i++) {
        if (!is_labelled(&question->options[i], wanted, arena, fold))
            continue;
        if (found != MAP_NONE)
            return MAP_NONE;
        found = i;
    }
    return found;
}

/* In either language, with or without its id before it; all marks count where two labels differ in
 * nothing else. */
static size_t option_labelled(const struct question *question, const char *text,
                              struct arena *arena)
{
    size_t found = only_one(question, text_identity(arena, text), arena, text_identity);

    return found == MAP_NONE ? only_one(question, text_fold(arena, text), arena, text_fold) : found;
}

/* Letters of the longest label (or id) that the text begins with; 0 if it begins with none. */
static size_t longest_label(const struct question *question, const char *text, struct arena *arena,
                            size_t *option)
{
    size_t longest = 0;

    for (size_t i = 0; i < question->option_count; i++) {
        const struct option *at = &question->options[i];
        const char *const names[] = {at->text.in[LANG_VI], at->text.in[LANG_EN], at->id};

        for (size_t j = 0; j < ARRAY_SIZE(names); j++) {
            const char *label = text_identity(arena, names[j] ? names[j] : "");
            size_t len = strlen(label);

            if (len > longest && strncmp(text, label, len) == 0 &&
                (!text[len] || text[len] == ' ')) {
                longest = len;
                *option = i;
            }
        }
    }
    return longest;
}

bool options_labelled(const struct question *question, const char *text, struct arena *arena,
                      uint64_t *ticks)
{
    const char *at = text_identity(arena, text);
    uint64_t found = 0;

    while (*at) {
        size_t option = 0, len = longest_label(question, at, arena, &option);

        if (!len || found >> option & 1)
            return false;
        found |= UINT64_C(1) << option;
        at += len;
        at += *at == ' ';
    }
    *ticks = found;
    return found != 0;
}

size_t option_numbered(const struct question *question, struct ratio number)
{
    for (size_t i = 0; i < question->option_count; i++) {
        const char *id = question->options[i].id;
        struct ratio of_id;

        if (ratio_parse(id, strlen(id), false, &of_id) && ratio_cmp(of_id, number) == 0)
            return i;
    }
    if (question->type != QUESTION_YESNO || number.den != 1 || number.num < 0 || number.num > 1)
        return MAP_NONE;
    return question_find_option(question, number.num ? "yes" : "no");
}

/* "có", "1" and the like for a yes/no question whose options are "yes" and "no". */
static const char *yesno_id(const struct question *question, const char *text, struct arena *arena)
{
    static const char *const words[][2] = {{"co", "yes"},   {"true", "yes"}, {"1", "yes"},
                                           {"khong", "no"}, {"false", "no"}, {"0", "no"}};
    const char *folded;

    if (question_find_option(question, text) != MAP_NONE)
        return text;
    folded = text_fold(arena, text);
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (strcmp(folded, words[i][0]) == 0)
            return words[i][1];
    }
    return text;
}

size_t option_written(const struct question *question, const char *text, struct arena *arena)
{
    struct number_form form = number_form_typed(NUMBER_SMALL, (struct words){{NULL, NULL}});
    size_t at;
    struct ratio number;

    if (question->type == QUESTION_YESNO)
        text = yesno_id(question, text, arena);
    at = question_find_option(question, option_typed_id(question, text));
    if (at == MAP_NONE && number_read_typed(text, &form, &number) == NUMBER_READ)
        at = option_numbered(question, number);
    return at == MAP_NONE ? option_labelled(question, text, arena) : at;
}

bool question_number_form(const struct question *question, struct number_form *form)
{
    bool is_small =
        ratio_is_valid(question->max_value) && ratio_cmp(question->max_value, ratio_of(1000)) < 0;

    *form = number_form_typed(is_small ? NUMBER_SMALL : NUMBER_DECIMAL, question->unit);
    return question->type == QUESTION_NUMBER;
}
