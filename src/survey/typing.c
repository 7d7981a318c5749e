#include "survey/typing.h"

#include <string.h>

#define LETTERS 26

static const char letters[LETTERS][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                         "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                         "s", "t", "u", "v", "w", "x", "y", "z"};

/* Not where an id is itself a letter: it must not mean two options. */
static bool has_letters(const struct question *question)
{
    for (size_t i = 0; i < question->option_count; i++) {
        const char *id = question->options[i].id;

        if (id[1] == '\0' && !strchr("0123456789", *id))
            return false;
    }
    return question->option_count <= LETTERS;
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
