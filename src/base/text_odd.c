#include "base/text_odd.h"

#include <string.h>

#include "base/array.h"
#include "base/text.h"

struct range {
    uint32_t first, last;
};

/* Characters that nobody sees, or that turn others around. */
static const struct range unseen[] = {
    {0x00, 0x09},     {0x0b, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},
    {0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
};

static bool is_unseen(uint32_t c)
{
    for (size_t i = 0; i < ARRAY_SIZE(unseen); i++) {
        if (c >= unseen[i].first && c <= unseen[i].last)
            return true;
    }
    return false;
}

static size_t letters(const char *text)
{
    size_t len = 0;

    while ((text[len] >= 'a' && text[len] <= 'z') || (text[len] >= 'A' && text[len] <= 'Z'))
        len++;
    return len;
}

/* "<b>", "</p>", "<br/>", "<a href=...>": the length of the tag that stands here, or 0. */
static size_t tag_length(const char *text)
{
    const char *name = text + 1 + (text[1] == '/'), *end;

    if (*text != '<' || !letters(name))
        return 0;
    end = strpbrk(name + 1, "<>");
    return end && *end == '>' && !memchr(text, '@', (size_t)(end - text))
               ? (size_t)(end - text) + 1
               : 0;
}

/* "&nbsp;", "&#160;", "&#xA0;", but not "R&D;": likewise. */
static size_t entity_length(const char *text)
{
    size_t len;

    if (*text != '&')
        return 0;
    len = text[1] == '#' ? 1 + strspn(text + 2, "xX0123456789abcdefABCDEF") : letters(text + 1);
    return len > 1 && text[1 + len] == ';' ? len + 2 : 0;
}

static void warn_unseen(uint32_t c, struct place place, struct faults *faults)
{
    faults_warn(faults, place,
                "văn bản có ký tự không hiện ra được (U+%04X), thường do chép từ nơi khác: hãy xóa",
                "the text has a character that cannot be seen (U+%04X), often copied from "
                "elsewhere: remove it",
                (unsigned)c);
}

static bool warn_markup(const char *text, struct place place, struct faults *faults)
{
    size_t tag = tag_length(text), len = tag ? tag : entity_length(text);

    if (len)
        faults_warn(faults, place,
                    "văn bản có mã HTML '%s', mọi người sẽ thấy nguyên như vậy: hãy viết chữ trơn",
                    "the text has the HTML '%s', which people will see as it stands: write plain "
                    "text",
                    arena_strndup(faults->arena, text, len < 40 ? len : text_cut(text, len, 40)));
    return len > 0;
}

bool text_is_odd(const char *text, size_t len)
{
    const char *at = text, *end = text + len;

    while (at < end) {
        if (tag_length(at) || entity_length(at) || is_unseen(text_next(&at, end)))
            return true;
    }
    return false;
}

void text_warn_odd(const char *text, size_t len, struct place place, struct faults *faults)
{
    const char *at = text, *end = text + len;
    bool has_markup = false, has_unseen = false;

    while (at < end) {
        uint32_t c;

        has_markup = has_markup || warn_markup(at, place, faults);
        c = text_next(&at, end);
        if (!has_unseen && is_unseen(c))
            warn_unseen(c, place, faults);
        has_unseen = has_unseen || is_unseen(c);
    }
}
