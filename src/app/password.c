/* Passwords: which are good enough, and their hashes. */
#include "app/password.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

#include "base/asset.h"
#include "base/text.h"

/* Lines of src/app/common_passwords.txt, in small letters, each between line ends. */
extern const struct asset passwords[];
extern const size_t passwords_count;

#define REST_CHARS_MIN 8 /* beside one's own names */
#define WORD_CHARS_MIN 4 /* shorter names are part of everything */

/* Of a password that nobody has. */
static const char nobody[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                             "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

const char *password_normal(struct arena *arena, const char *typed)
{
    size_t len;

    return text_nfc(arena, typed, strlen(typed), &len);
}

/* ---- which are good enough ---- */

/* Letters without marks and blanks, in small letters. */
static char *plain(struct arena *arena, const char *text)
{
    const char *folded = text_fold(arena, text);
    char *out = arena_alloc(arena, 1, strlen(folded) + 1);
    size_t len = 0;

    for (; *folded; folded++) {
        if (*folded != ' ')
            out[len++] = *folded;
    }
    return out;
}

static bool is_listed(struct arena *arena, const char *word, size_t len)
{
    const char *line = arena_printf(arena, "\n%.*s\n", (int)len, word);

    return memmem(passwords[0].data, passwords[0].len, line, strlen(line)) != NULL;
}

/* How long the shortest piece is that the text only repeats; its whole length if it does not. */
static size_t period(const char *text, size_t len)
{
    for (size_t p = 1; p <= len / 2; p++) {
        if (memcmp(text, text + p, len - p) == 0)
            return p;
    }
    return len;
}

/* "23456789", "hgfedcba": each a step from the one before. */
static bool is_row(const char *text, size_t len)
{
    int step = len > 1 ? text[1] - text[0] : 0;

    for (size_t i = 1; i < len; i++) {
        bool wraps = text[i - 1] == '9' && text[i] == '0';

        if (text[i] - text[i - 1] != step && !wraps)
            return false;
    }
    return step == 1 || step == -1;
}

/* Without what people put before and behind a word to make it longer. */
static const char *core(const char *text, size_t *len)
{
    while (*len && !isalpha((unsigned char)*text)) {
        text++;
        --*len;
    }
    while (*len && !isalpha((unsigned char)text[*len - 1]))
        --*len;
    return text;
}

static bool is_common(struct arena *arena, const char *text)
{
    size_t len = strlen(text), word_len = len, part = period(text, len);
    const char *word = core(text, &word_len);

    if (is_listed(arena, text, len) || is_listed(arena, text, part) || is_row(text, part) ||
        part < WORD_CHARS_MIN)
        return true;
    return word_len == 0 || is_listed(arena, word, word_len) ||
           is_listed(arena, word, period(word, word_len));
}

/* Takes the words of a name out of the text. */
static void take_out(struct arena *arena, char *text, const char *name)
{
    const char *rest = text_fold(arena, name);

    while (*rest) {
        size_t len = strcspn(rest, " .-_");
        const char *word = arena_strndup(arena, rest, len);
        char *at = len >= 2 ? strstr(text, word) : NULL;

        if (at)
            memmove(at, at + len, strlen(at + len) + 1);
        rest += len + strspn(rest + len, " .-_");
    }
}

enum password_fault password_check(struct arena *arena, const char *password,
                                   const char *const *names, size_t count)
{
    char *text = plain(arena, password);

    if (text_chars(password) < PASSWORD_CHARS_MIN)
        return PASSWORD_SHORT;
    if (is_common(arena, text))
        return PASSWORD_COMMON;
    for (size_t i = 0; i < count; i++)
        take_out(arena, text, names[i]);
    return strlen(text) < REST_CHARS_MIN ? PASSWORD_NAMED : PASSWORD_FINE;
}

/* ---- hashes ---- */

void hash_token(const char *token, unsigned char hash[TOKEN_HASH_BYTES])
{
    crypto_generichash(hash, TOKEN_HASH_BYTES, (const unsigned char *)token, strlen(token), NULL,
                       0);
}

void password_hash(const char *password, char hash[PASSWORD_HASH_BYTES])
{
    _Static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH_BYTES, "room for a hash");
    if (crypto_pwhash_str(hash, password, strlen(password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        hash[0] = '\0';
}

bool password_matches(const char *hash, const char *password)
{
    bool is_one = hash && *hash;
    bool is_right =
        crypto_pwhash_str_verify(is_one ? hash : nobody, password, strlen(password)) == 0;

    return is_one && is_right;
}
