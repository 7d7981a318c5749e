#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <ctype.h>
#include <string.h>

#include <utf8proc.h>

#include "base/array.h"

#define ID_BYTES_MAX 64

const char *text_printf(struct arena *arena, enum lang lang, const char *vi, const char *en, ...)
{
    struct buf text;
    const char *copy;
    va_list args;

    buf_init(&text, BUF_MAX_DEFAULT);
    va_start(args, en);
    if (lang == LANG_VI)
        buf_vprintf(&text, vi, args);
    else
        buf_vprintf(&text, en, args);
    va_end(args);
    copy = arena_strndup(arena, buf_text(&text), text.len);
    buf_free(&text);
    return copy;
}

/* Length of the valid UTF-8 character at `at`, 0 if it is none. */
static size_t char_length(const unsigned char *at, size_t left)
{
    unsigned char first = at[0];
    unsigned char low = 0x80, high = 0xbf; /* range of the second byte */
    size_t len;

    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    len = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (left < len)
        return 0;
    if (first == 0xe0)
        low = 0xa0; /* overlong */
    else if (first == 0xed)
        high = 0x9f; /* surrogates */
    else if (first == 0xf0)
        low = 0x90; /* overlong */
    else if (first == 0xf4)
        high = 0x8f; /* beyond U+10FFFF */
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    return len;
}

size_t text_valid_utf8(const char *text, size_t len)
{
    size_t at = 0;

    while (at < len) {
        size_t step = char_length((const unsigned char *)text + at, len - at);

        if (!step)
            break;
        at += step;
    }
    return at;
}

uint32_t text_next(const char **text, const char *end)
{
    const unsigned char *at = (const unsigned char *)*text;
    uint32_t code;
    size_t len;

    if (*text >= end)
        return 0;
    len = char_length(at, (size_t)(end - *text));
    *text += len ? len : 1;
    if (len <= 1)
        return len ? at[0] : 0xfffd;
    code = at[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++)
        code = code << 6 | (at[i] & 0x3fu);
    return code;
}

/* True for text that is NFC for certain without asking: no code point above U+02FF but for the
 * block U+1E00-1EFF of precomposed (Vietnamese) letters and general punctuation. */
static bool is_plainly_nfc(const char *text, size_t len)
{
    const unsigned char *at = (const unsigned char *)text;

    for (size_t i = 0; i < len;) {
        if (at[i] < 0x80)
            i++;
        else if (at[i] < 0xcc)
            i += 2;
        else if (at[i] == 0xe1 && i + 1 < len && at[i + 1] >= 0xb8 && at[i + 1] <= 0xbb)
            i += 3;
        else if (at[i] == 0xe2 && i + 1 < len && at[i + 1] == 0x80)
            i += 3;
        else
            return false;
    }
    return true;
}

const char *text_nfc(struct arena *arena, const char *text, size_t len, size_t *out_len)
{
    utf8proc_uint8_t *normal = NULL;
    utf8proc_ssize_t size;
    const char *copy;

    *out_len = len;
    if (is_plainly_nfc(text, len))
        return text;
    size = utf8proc_map((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &normal,
                        UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (size < 0)
        return text;
    copy = arena_strndup(arena, (const char *)normal, (size_t)size);
    *out_len = (size_t)size;
    free(normal);
    return copy;
}

/* Also marks of class 0: some of them (U+0F73) are taken apart into others. */
static bool is_mark(uint32_t code)
{
    const utf8proc_property_t *property;

    if (code < 0x300)
        return false;
    property = utf8proc_get_property((utf8proc_int32_t)code);
    return property->combining_class != 0 || (property->category >= UTF8PROC_CATEGORY_MN &&
                                              property->category <= UTF8PROC_CATEGORY_ME);
}

size_t text_marks_run(const char *text, size_t len)
{
    const char *end = text + len;
    size_t run = 0, longest = 0;

    while (text < end) {
        run = is_mark(text_next(&text, end)) ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

#define LATIN_FIRST 0xc0
#define VIETNAMESE_FIRST 0x1e00

/* What fold_char() finds for the letters of Vietnamese names, ten times faster; '.' where it has
 * to be asked (a test compares them). */
static const char latin_letters[] =
    "aaaaaa.ceeeeiiii.nooooo..uuuuy.saaaaaa.ceeeeiiii.nooooo..uuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghh..iiiiiiiii...jjkk.llllll."
    "...nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs"
    "................................oo.............uu...............";
static const char vietnamese_letters[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyas..s.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/* The letter that a character folds to, or 0 if that is not known at once. */
static char known_letter(uint32_t code)
{
    char letter = '.';

    if (code - LATIN_FIRST < sizeof(latin_letters) - 1)
        letter = latin_letters[code - LATIN_FIRST];
    else if (code - VIETNAMESE_FIRST < sizeof(vietnamese_letters) - 1)
        letter = vietnamese_letters[code - VIETNAMESE_FIRST];
    return letter == '.' ? 0 : letter;
}

/* The base letter of a code point in lower case; 0 for what the fold drops, ' ' for what parts. */
static uint32_t fold_char(uint32_t code)
{
    utf8proc_int32_t parts[8];
    utf8proc_ssize_t count;
    int boundary = 0;
    utf8proc_category_t category;

    if (code < 0x80) {
        if (code >= 'A' && code <= 'Z')
            return code + 32;
        return (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') ? code : ' ';
    }
    if (code == 0x110 || code == 0x111) /* Đ đ: a letter of its own, does not decompose */
        return 'd';
    count = utf8proc_decompose_char((utf8proc_int32_t)code, parts, 8,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
                                    &boundary);
    if (count < 1)
        return 0;
    category = utf8proc_category(parts[0]);
    if (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME)
        return 0;
    return category >= UTF8PROC_CATEGORY_PC ? ' ' : (uint32_t)parts[0];
}

/* Folded characters on their way to the buffer, many at a time. */
struct fold_window {
    struct buf *out;
    char bytes[256];
    size_t len;
    bool is_parted; /* the last character was a space, or there was none */
};

static void fold_flush(struct fold_window *window)
{
    buf_add(window->out, window->bytes, window->len);
    window->len = 0;
}

size_t text_put(char *to, uint32_t code)
{
    if (code == 0 || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff)
        return 0;
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)to);
}

static void fold_put(struct fold_window *window, uint32_t code)
{
    utf8proc_uint8_t *at = (utf8proc_uint8_t *)window->bytes + window->len;

    if (code == 0 || (code == ' ' && window->is_parted))
        return;
    window->is_parted = code == ' ';
    if (code < 0x80) {
        *at = (utf8proc_uint8_t)code;
        window->len++;
    } else {
        window->len += (size_t)utf8proc_encode_char((utf8proc_int32_t)code, at);
    }
    if (window->len > sizeof(window->bytes) - 4)
        fold_flush(window);
}

void text_fold_to(struct buf *buf, const char *text, size_t len)
{
    struct fold_window window = {.out = buf, .len = 0, .is_parted = true};
    const char *end = text + len;
    size_t start = buf->len;

    while (text < end) {
        uint32_t code = (unsigned char)*text;
        char letter = 0;

        if (code < 0x80)
            text++;
        else
            letter = known_letter(code = text_next(&text, end));
        fold_put(&window, letter ? (uint32_t)letter : fold_char(code));
    }
    fold_flush(&window);
    if (buf->len > start && buf->data[buf->len - 1] == ' ')
        buf->data[--buf->len] = '\0';
}

const char *text_fold(struct arena *arena, const char *text)
{
    struct buf folded;
    const char *copy;

    buf_init(&folded, BUF_MAX_DEFAULT);
    text_fold_to(&folded, text, strlen(text));
    copy = arena_strndup(arena, buf_text(&folded), folded.len);
    buf_free(&folded);
    return copy;
}

#define TONES_MAX 16

/* The marks of the five tones; circumflex, breve and horn belong to the letter. */
static bool is_tone(int32_t code)
{
    return code == 0x300 || code == 0x301 || code == 0x303 || code == 0x309 || code == 0x323;
}

struct identity {
    struct fold_window window;
    uint32_t tones[TONES_MAX]; /* of the syllable that is read */
    size_t count;
};

static void end_syllable(struct identity *id)
{
    for (size_t i = 0; i < id->count; i++)
        fold_put(&id->window, id->tones[i]);
    id->count = 0;
}

static void put_identity(struct identity *id, int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);

    if (is_tone(code) && id->count < TONES_MAX) {
        id->tones[id->count++] = (uint32_t)code;
        return;
    }
    if (category >= UTF8PROC_CATEGORY_PC) {
        end_syllable(id);
        code = ' ';
    }
    fold_put(&id->window, (uint32_t)code);
}

const char *text_identity(struct arena *arena, const char *text)
{
    const char *at = text, *end = text + strlen(text);
    struct buf out;
    struct identity id = {.window = {.out = &out, .len = 0, .is_parted = true}};
    const char *copy;
    size_t len;

    buf_init(&out, BUF_MAX_DEFAULT);
    while (at < end) {
        utf8proc_int32_t parts[8];
        int boundary = 0;
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)text_next(&at, end), parts, 8,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundary);

        for (utf8proc_ssize_t i = 0; i < count && i < 8; i++)
            put_identity(&id, parts[i]);
    }
    end_syllable(&id);
    fold_flush(&id.window);
    len = out.len;
    if (len && out.data[len - 1] == ' ')
        len--;
    copy = arena_strndup(arena, buf_text(&out), len);
    buf_free(&out);
    return copy;
}

bool text_is_id(const char *text, size_t len)
{
    if (len == 0 || len > ID_BYTES_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (!is_plain && (i == 0 || (c != '.' && c != '_' && c != '-')))
            return false;
    }
    return true;
}

size_t text_chars(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static bool is_letter_or_digit(uint32_t c)
{
    if (c < 0x80)
        return isalnum((int)c);
    return c >= 0xc0 && (c < 0x2000 || c > 0x206f); /* no dashes, quotes and dots */
}

size_t text_syllables(const char *text)
{
    size_t count = 0;
    bool is_counted = false;

    for (const char *end = text + strlen(text); text < end;) {
        uint32_t c = text_next(&text, end);

        if (c == ' ' || c == '\n' || c == '\t') {
            is_counted = false;
        } else if (!is_counted && is_letter_or_digit(c)) {
            is_counted = true;
            count++;
        }
    }
    return count;
}

const char *text_capital(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);

    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char)(*copy - 'a' + 'A');
    return copy;
}

size_t text_cut(const char *text, size_t len, size_t max)
{
    if (len <= max)
        return len;
    while (max && ((unsigned char)text[max] & 0xc0) == 0x80)
        max--;
    return max;
}

/* Levenshtein distance of two short names; names over 40 bytes count as far apart. */
static size_t distance(const char *a, const char *b)
{
    size_t len_a = strlen(a), len_b = strlen(b);
    size_t row[41];

    if (len_a > 40 || len_b > 40)
        return 41;
    for (size_t j = 0; j <= len_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= len_a; i++) {
        size_t diagonal = row[0];

        row[0] = i;
        for (size_t j = 1; j <= len_b; j++) {
            size_t above = row[j];
            size_t best = diagonal + (a[i - 1] != b[j - 1]);

            best = above + 1 < best ? above + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = above;
            row[j] = best;
        }
    }
    return row[len_b];
}

const char *text_closest(const char *name, const char *const *names, size_t count)
{
    size_t third = strlen(name) / 3;
    size_t best = (third > 2 ? third : 2) + 1;
    const char *closest = NULL;

    for (size_t i = 0; i < count; i++) {
        size_t far = distance(name, names[i]);

        if (far < best && far < strlen(name)) {
            best = far;
            closest = names[i];
        }
    }
    return closest;
}

struct separators {
    char thousands, decimal;
};

static const struct separators separators[LANG__MAX] = {
    [LANG_VI] = {'.', ','},
    [LANG_EN] = {',', '.'},
};

/* Re-writes "-1234567.50" with the separators of a language. */
static void punctuate(struct buf *buf, const char *plain, enum lang lang)
{
    size_t whole;

    if (*plain == '-')
        buf_putc(buf, *plain++);
    whole = strcspn(plain, ".");
    for (size_t i = 0; i < whole; i++) {
        if (i && (whole - i) % 3 == 0)
            buf_putc(buf, separators[lang].thousands);
        buf_putc(buf, plain[i]);
    }
    if (plain[whole]) {
        buf_putc(buf, separators[lang].decimal);
        buf_puts(buf, plain + whole + 1);
    }
}

static void print_number(struct buf *buf, struct ratio r, unsigned decimals, enum lang lang)
{
    struct buf plain;

    buf_init(&plain, 256);
    ratio_print(&plain, r, decimals);
    punctuate(buf, buf_text(&plain), lang);
    buf_free(&plain);
}

void text_number_short(struct buf *buf, struct ratio r, unsigned decimals, enum lang lang)
{
    while (decimals && ratio_cmp(ratio_round(r, decimals), ratio_round(r, decimals - 1)) == 0)
        decimals--;
    print_number(buf, r, decimals, lang);
}

#define NO_BREAK_SPACE "\xc2\xa0"
#define DONG_SIGN "\xe2\x82\xab"

void text_money(struct buf *buf, int64_t dong, enum lang lang)
{
    if (lang == LANG_EN)
        buf_puts(buf, DONG_SIGN);
    print_number(buf, ratio_of(dong), 0, lang);
    if (lang == LANG_VI)
        buf_puts(buf, NO_BREAK_SPACE DONG_SIGN);
}

struct scale {
    int64_t unit;
    const char *name[LANG__MAX];
};

static const struct scale money_scales[] = {
    {1000000000, {[LANG_VI] = "tỷ đồng", [LANG_EN] = "billion VND"}},
    {1000000, {[LANG_VI] = "triệu đồng", [LANG_EN] = "million VND"}},
};

static void print_money_short(struct buf *buf, int64_t dong, enum lang lang)
{
    for (size_t i = 0; i < ARRAY_SIZE(money_scales); i++) {
        const struct scale *scale = &money_scales[i];

        if (dong < scale->unit || dong % (scale->unit / 100))
            continue;
        text_number_short(buf, ratio_make(dong, scale->unit), 2, lang);
        buf_puts(buf, NO_BREAK_SPACE);
        buf_puts(buf, scale->name[lang]);
        return;
    }
    text_money(buf, dong, lang);
}

/* ---- texts of their own ---- */

static const char *keep(struct arena *arena, struct buf *text)
{
    const char *copy = arena_strndup(arena, buf_text(text), text->len);

    buf_free(text);
    return copy;
}

#define SHORT_TEXT_MAX 300

const char *text_of_number(struct arena *arena, struct ratio r, unsigned decimals, enum lang lang)
{
    struct buf text;

    buf_init(&text, SHORT_TEXT_MAX);
    print_number(&text, r, decimals, lang);
    return keep(arena, &text);
}

const char *text_of_number_short(struct arena *arena, struct ratio r, unsigned decimals,
                                 enum lang lang)
{
    struct buf text;

    buf_init(&text, SHORT_TEXT_MAX);
    text_number_short(&text, r, decimals, lang);
    return keep(arena, &text);
}

const char *text_of_money(struct arena *arena, int64_t dong, enum lang lang)
{
    struct buf text;

    buf_init(&text, SHORT_TEXT_MAX);
    text_money(&text, dong, lang);
    return keep(arena, &text);
}

const char *text_of_money_short(struct arena *arena, int64_t dong, enum lang lang)
{
    struct buf text;

    buf_init(&text, SHORT_TEXT_MAX);
    print_money_short(&text, dong, lang);
    return keep(arena, &text);
}

const char *text_of_day(struct arena *arena, day d)
{
    struct buf text;

    buf_init(&text, SHORT_TEXT_MAX);
    day_print(&text, d);
    return keep(arena, &text);
}
