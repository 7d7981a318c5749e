/* What a text from outside must not have. */
#include "base/text_clean.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

bool text_is_blank(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
           code == 0x202f || code == 0x205f || code == 0x3000;
}

bool text_is_invisible(uint32_t code)
{
    return code == 0xad || code == 0x200b || code == 0x2060 || code == 0xfeff;
}

/* True for ASCII without tabs, line ends and blanks to be dropped: most texts are. */
static bool is_one_line(const char *text)
{
    char last = ' ';

    for (; *text; last = *text++) {
        if ((unsigned char)*text >= 0x80 || (*text >= '\t' && *text <= '\r') ||
            (*text == ' ' && last == ' '))
            return false;
    }
    return last != ' ';
}

const char *text_one_line(struct arena *arena, const char *text)
{
    const char *end = text + strlen(text);
    char *copy, *out;

    if (!*text || is_one_line(text))
        return text;
    copy = out = arena_strdup(arena, text);
    while (text < end) {
        const char *at = text;
        uint32_t code = text_next(&text, end);

        if (text_is_blank(code) && out > copy && out[-1] != ' ')
            *out++ = ' ';
        for (; !text_is_blank(code) && !text_is_invisible(code) && at < text; at++)
            *out++ = *at;
    }
    if (out > copy && out[-1] == ' ')
        out--;
    *out = '\0';
    return copy;
}

/* ---- letters that became question marks ---- */

/* What tells a letter lost from a question asked. */
struct word {
    const char *at;
    size_t len;
    bool is_last;
};

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_letter_byte(char c)
{
    return is_ascii_letter(c) || (unsigned char)c >= 0x80;
}

static bool is_address(struct word word)
{
    return memchr(word.at, '=', word.len) || memchr(word.at, '/', word.len) ||
           memchr(word.at, '@', word.len);
}

/* "Th?": letters without a vowel, then only question marks. */
static bool is_stump(struct word word)
{
    size_t letters = 0;

    while (letters < word.len && is_ascii_letter(word.at[letters]))
        letters++;
    for (size_t i = 0; i < letters; i++) {
        if (strchr("aeiouyAEIOUY", word.at[i]))
            return false;
    }
    for (size_t i = letters; i < word.len; i++) {
        if (word.at[i] != '?')
            return false;
    }
    return letters > 0;
}

/* "Nguy?n", "?ng", "H?" before another word; not "sao?", nor an address with a query. */
static bool has_lost_letters(struct word word)
{
    const char *mark = memchr(word.at, '?', word.len), *end = word.at + word.len;

    if (!mark || is_address(word))
        return false;
    for (const char *at = mark; at + 1 < end; at++) {
        if (*at == '?' && is_letter_byte(at[1]))
            return true;
    }
    return !word.is_last && is_stump(word);
}

static bool has_questions(const char *text, size_t len)
{
    const char *end = text + len;

    if (!memchr(text, '?', len))
        return false;
    while (text < end) {
        struct word word;

        text += strspn(text, " \t\r\n");
        word = (struct word){text, strcspn(text, " \t\r\n"), false};
        text += word.len;
        word.is_last = !text[strspn(text, " \t\r\n?.!")];
        if (!word.len || has_lost_letters(word))
            return word.len > 0;
    }
    return false;
}

/* ---- UTF-8 that was read as Windows-1252 ---- */

/* Code points of the bytes 0x80 to 0x9f. */
static const uint16_t windows_1252[32] = {
    0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
    0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
};

/* The byte that was read as this character; 0: none was. */
static unsigned char byte_of(uint32_t code)
{
    if (code == 0x102)
        return 0xc3; /* by the code page 1258 */
    if (code >= 0x80 && code <= 0xff)
        return (unsigned char)code;
    for (size_t i = 0; code > 0xff && i < ARRAY_SIZE(windows_1252); i++) {
        if (windows_1252[i] == code)
            return (unsigned char)(0x80 + i);
    }
    return 0;
}

/* Letters and quotation marks that Vietnamese texts have and that two or three bytes make. */
static bool is_vietnamese(uint32_t code)
{
    static const uint16_t letters[] = {0x102, 0x103, 0x110, 0x111, 0x128, 0x129,
                                       0x168, 0x169, 0x1a0, 0x1a1, 0x1af, 0x1b0};

    for (size_t i = 0; i < ARRAY_SIZE(letters); i++) {
        if (letters[i] == code)
            return true;
    }
    return (code >= 0xc0 && code <= 0xff) || (code >= 0x1ea0 && code <= 0x1ef9) ||
           (code >= 0x2010 && code <= 0x2026) || (code >= 0x300 && code <= 0x323);
}

/* True if the bytes that were read as the characters from here on are a letter of UTF-8. */
static bool is_letter_twice(const char *text, const char *end)
{
    unsigned char lead = byte_of(text_next(&text, end));
    int more = lead >= 0xe1 && lead <= 0xe2 ? 2 : lead >= 0xc3 && lead <= 0xcc ? 1 : 0;
    uint32_t code = lead & (more == 2 ? 0xfu : 0x1fu);

    if (!more)
        return false;
    for (; more; more--) {
        unsigned char byte = text < end ? byte_of(text_next(&text, end)) : 0;

        if (byte < 0x80 || byte > 0xbf)
            return false;
        code = code << 6 | (byte & 0x3fu);
    }
    return is_vietnamese(code);
}

static bool is_encoded_twice(const char *text, size_t len)
{
    const char *end = text + len;

    for (; text < end; text++) {
        if ((unsigned char)*text >= 0xc2 && is_letter_twice(text, end))
            return true;
    }
    return false;
}

/* ---- fonts of before Unicode ---- */

/* So many signs of an old font are no accident. */
#define OLD_FONT_SIGNS 2

/* Latin-1, as all that is looked for here. */
/* Signs that stand for letters within a word: «¬®©ª¨¸¹µ¶¼½¾÷»(soft hyphen) */
#define TCVN3_INSIDE "\xab\xac\xae\xa9\xaa\xa8\xb8\xb9\xb5\xb6\xbc\xbd\xbe\xf7\xbb\xad"
/* ... and at its end: ª¨¸¹µ¶¼½¾÷¬ */
#define TCVN3_LAST "\xaa\xa8\xb8\xb9\xb5\xb6\xbc\xbd\xbe\xf7\xac"
/* ... and at its beginning: §¡¢£¤¥¦ */
#define TCVN3_FIRST "\xa7\xa1\xa2\xa3\xa4\xa5\xa6"
/* Capitals that Vietnamese does not have: ÆÇËÎÏÐÑÖØÜÞ */
#define TCVN3_FOREIGN "\xc6\xc7\xcb\xce\xcf\xd0\xd1\xd6\xd8\xdc\xde"
/* ... and that it has: ÈÉÊÌÒÓÔÕÝ */
#define TCVN3_CAPITAL "\xc8\xc9\xca\xcc\xd2\xd3\xd4\xd5\xdd"
/* Marks of VNI that no language writes behind a vowel: äåøÄÅØ */
#define VNI_RARE "\xe4\xe5\xf8\xc4\xc5\xd8"
/* ... that few do: ùûõïÙÛÕÏ */
#define VNI_TONE "\xf9\xfb\xf5\xef\xd9\xdb\xd5\xcf"
/* ... behind a and e: ùûõïâêàáãéèúüëÙÛÕÏÂÊÀÁÃÉÈÚÜË */
#define VNI_AE                                                                                     \
    "\xf9\xfb\xf5\xef\xe2\xea\xe0\xe1\xe3\xe9\xe8\xfa\xfc\xeb"                                     \
    "\xd9\xdb\xd5\xcf\xc2\xca\xc0\xc1\xc3\xc9\xc8\xda\xdc\xcb"

struct window {
    uint32_t before, code, after;
    const char *rest; /* from `after` on */
};

static bool is_small(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 0xdf && code <= 0xff && code != 0xf7);
}

static bool is_letter(uint32_t code)
{
    return (code < 0x80 && is_ascii_letter((char)code)) ||
           (code >= 0xc0 && code < 0x250 && code != 0xd7 && code != 0xf7) ||
           (code >= 0x1e00 && code < 0x1f00);
}

static bool is_in(uint32_t code, const char *codes)
{
    return code && code <= 0xff && strchr(codes, (int)code);
}

/* One or two small letters, then no letter: the end of a syllable. */
static bool is_syllable_end(const char *rest)
{
    size_t len = 0;

    while (rest[len] >= 'a' && rest[len] <= 'z')
        len++;
    return len >= 1 && len <= 2 && !is_letter_byte(rest[len]);
}

/* TCVN3: "C«ng ty tr¸ch nhiÖm h÷u h¹n", "NguyÔn ThÞ". */
static int tcvn3_signs(const struct window *w)
{
    if (is_in(w->code, TCVN3_INSIDE) && is_letter(w->before))
        return is_small(w->after) ? 2 : is_in(w->code, TCVN3_LAST) && !is_letter(w->after);
    if (is_in(w->code, TCVN3_FIRST))
        return is_letter(w->after);
    if (w->before < 'a' || w->before > 'z')
        return 0;
    if (is_in(w->code, TCVN3_FOREIGN))
        return 2;
    return is_in(w->code, TCVN3_CAPITAL) ? 1 + is_syllable_end(w->rest) : 0;
}

/* VNI: "Coâng ty traùch nhieäm höõu haïn": the mark stands behind its letter. */
static int vni_signs(const struct window *w)
{
    bool is_ae = is_in(w->before, "aeAE"), is_ou = is_in(w->before, "ouOU");

    if (is_in(w->code, "\xf1\xd1"))
        return is_small(w->after);
    if ((is_ae || is_ou) && is_in(w->code, VNI_RARE))
        return 2;
    if (is_in(w->before, "\xf6\xd6") && is_in(w->code, VNI_TONE "\xf8\xd8"))
        return 2;
    if (is_ae && is_in(w->code, VNI_AE))
        return 1;
    return is_ou && is_in(w->code, VNI_TONE) ? 1
                                             : is_in(w->before, "oO") && is_in(w->code, "\xe2\xc2");
}

static bool is_old_font(const char *text, size_t len)
{
    const char *end = text + len;
    struct window w = {0, 0, text_next(&text, end), text};
    int tcvn3 = 0, vni = 0;
    bool is_done = false;

    while (!is_done) {
        const char *at = text;

        is_done = text >= end;
        w = (struct window){w.code, w.after, is_done ? 0 : text_next(&text, end), at};
        if (w.code < 0x80 || w.code > 0xff)
            continue;
        tcvn3 += tcvn3_signs(&w);
        vni += vni_signs(&w);
    }
    return tcvn3 >= OLD_FONT_SIGNS || vni >= OLD_FONT_SIGNS;
}

/* ---- all of it ---- */

static bool is_control(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n' && code != '\r';
    return (code >= 0x7f && code <= 0x9f) || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

static bool has_code(const char *text, size_t len, bool (*is_wanted)(uint32_t code))
{
    for (const char *end = text + len; text < end;) {
        if (is_wanted(text_next(&text, end)))
            return true;
    }
    return false;
}

static bool is_replacement(uint32_t code)
{
    return code == 0xfffd;
}

/* True for ASCII without question marks and controls, as most cells are. */
static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] < ' ' || text[i] == '?' || text[i] == 0x7f)
            return false;
    }
    return true;
}

enum text_fault text_find_fault(const char *text, size_t len)
{
    if (is_plain(text, len))
        return TEXT_SOUND;
    if (is_encoded_twice(text, len))
        return TEXT_ENCODED_TWICE;
    if (is_old_font(text, len))
        return TEXT_OLD_FONT;
    if (has_code(text, len, is_replacement))
        return TEXT_REPLACED;
    if (has_questions(text, len))
        return TEXT_QUESTIONS;
    return has_code(text, len, is_control) ? TEXT_CONTROL : TEXT_SOUND;
}

struct words text_fault_words(enum text_fault fault)
{
    static const struct words words[TEXT_FAULT__MAX] = {
        [TEXT_SOUND] = {{"", ""}},
        [TEXT_CONTROL] = {{"có ký tự điều khiển không nhìn thấy được; hãy gõ lại ô này",
                           "it has a control character, which nobody sees; type it again"}},
        [TEXT_QUESTIONS] =
            {{"chữ tiếng Việt đã mất, chỉ còn dấu hỏi: tệp được lưu không có chữ tiếng Việt; hãy "
              "mở tệp gốc và lưu lại kiểu 'CSV UTF-8'",
              "its Vietnamese letters are lost, question marks stand for them: it was saved "
              "without Vietnamese letters; open the original and save it as 'CSV UTF-8'"}},
        [TEXT_REPLACED] =
            {{"chữ tiếng Việt đã mất, chỉ còn ký tự thay thế: tệp được đổi sai bảng mã; hãy mở "
              "tệp gốc và lưu lại kiểu 'CSV UTF-8'",
              "its letters are lost, replacement characters stand for them: it was converted "
              "wrongly; open the original and save it as 'CSV UTF-8'"}},
        [TEXT_ENCODED_TWICE] =
            {{"chữ tiếng Việt bị đọc sai bảng mã rồi lưu lại (UTF-8 đọc như Windows-1252); hãy mở "
              "tệp gốc và lưu lại kiểu 'CSV UTF-8'",
              "its Vietnamese letters were read in the wrong code page and saved (UTF-8 read as "
              "Windows-1252); open the original and save it as 'CSV UTF-8'"}},
        [TEXT_OLD_FONT] =
            {{"văn bản gõ bằng phông cũ (TCVN3 hoặc VNI); hãy chuyển sang Unicode, ví dụ bằng "
              "Unikey, rồi lưu lại kiểu 'CSV UTF-8'",
              "it is typed in an old font (TCVN3 or VNI); convert it to Unicode, with Unikey for "
              "instance, and save it as 'CSV UTF-8'"}},
    };

    return words[fault];
}

/* ---- for terminals ---- */

/* U+202A to U+202E and U+2066 to U+2069, which turn the direction of writing. */
static bool turns(const char *at)
{
    unsigned char last = at[0] && at[1] ? (unsigned char)at[2] : 0;

    return (strncmp(at, "\xe2\x80", 2) == 0 && last >= 0xaa && last <= 0xae) ||
           (strncmp(at, "\xe2\x81", 2) == 0 && last >= 0xa6 && last <= 0xa9);
}

char *text_tame(char *text)
{
    for (char *c = text, *valid = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        bool is_c1 = byte == 0xc2 && (unsigned char)c[1] >= 0x80 && (unsigned char)c[1] < 0xa0;

        if (c == valid) /* the end of what is known to be text */
            valid += text_valid_utf8(c, strlen(c));
        if (byte < 0x20 || byte == 0x7f || c == valid)
            *c = '?';
        else if (is_c1)
            c[0] = c[1] = '?';
        else if (turns(c))
            c[0] = c[1] = c[2] = '?';
        valid += c == valid;
    }
    return text;
}
