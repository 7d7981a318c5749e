#include "survey/typing.h"

#include <string.h>

#define LETTERS 26

static const char letters[LETTERS][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                         "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                         "s", "t", "u", "v", "w", "x", "y", "z"};

static bool has_letters(const struct question *question)
{
    bool is_long = false;

    for (size_t i = 0; i < question->option_count; i++) {
        size_t len = strlen(question->options[i].id);

        if (len == 1 && !strchr("0123456789", *question->options[i].id))
            return false; /* a letter must not mean two options */
        is_long |= len > TYPED_ID_BYTES_MAX;
    }
    return is_long && question->option_count <= LETTERS;
}

const char *option_code(const struct question *question, size_t option)
{
    return has_letters(question) ? letters[option] : question->options[option].id;
}

const char *option_typed_id(const struct question *question, const char *word)
{
    char letter = (char)(*word >= 'A' && *word <= 'Z' ? *word - 'A' + 'a' : *word);
    size_t at = letter >= 'a' && letter <= 'z' ? (size_t)(letter - 'a') : LETTERS;

    if (strlen(word) != 1 || at >= question->option_count || !has_letters(question))
        return word;
    return question->options[at].id;
}
