#include "web/kit/view.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"
#define SAY_BYTES_MAX ((size_t)1 << 20)

/* What a byte is in a text. */
enum kind { PLAIN, AMP, LT, GT, QUOT, APOS, CR, BAD, LONG };

static const unsigned char kinds[256] = {
    [0 ... 8] = BAD,                     /* PLAIN is 0: TAB, LF, FF and what is not named here */
    [0x0b] = BAD,           ['\r'] = CR, /* a parser would make it LF */
    [0x0e ... 0x1f] = BAD,  ['"'] = QUOT, ['&'] = AMP, ['\''] = APOS, ['<'] = LT, ['>'] = GT,
    [0x7f ... 0xc1] = BAD,  /* DEL; continuations, overlong forms */
    [0xc2 ... 0xf4] = LONG, /* leads of two, three and four bytes */
    [0xf5 ... 0xff] = BAD,
};

static const struct {
    char text[7];
    unsigned char len;
} references[] = {
    [AMP] = {"&amp;", 5},  [LT] = {"&lt;", 4},  [GT] = {"&gt;", 4},       [QUOT] = {"&quot;", 6},
    [APOS] = {"&#39;", 5}, [CR] = {"&#13;", 5}, [BAD] = {REPLACEMENT, 3},
};

/* Overlong forms, surrogates, U+FFFE and U+FFFF. */
static bool is_refused_of_three(const unsigned char *s)
{
    return (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
           (s[0] == 0xef && s[1] == 0xbf && s[2] >= 0xbe);
}

/* Bytes of the character that a lead byte begins; 0 if it is not one, or one that HTML forbids. */
static size_t long_length(const unsigned char *s)
{
    if ((s[1] & 0xc0) != 0x80)
        return 0;
    if (s[0] < 0xe0)
        return s[0] == 0xc2 && s[1] < 0xa0 ? 0 : 2; /* U+0080 to U+009F */
    if ((s[2] & 0xc0) != 0x80)
        return 0;
    if (s[0] < 0xf0)
        return is_refused_of_three(s) ? 0 : 3;
    if ((s[3] & 0xc0) != 0x80 || (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
        return 0;
    return 4;
}

/* The first byte that cannot be copied as it is: the NUL at the end, or one that `kind` tells. */
static const unsigned char *run_end(const unsigned char *s, enum kind *kind)
{
    for (;;) {
        size_t len;

        while (kinds[*s] == PLAIN)
            s++;
        *kind = (enum kind)kinds[*s];
        if (*kind != LONG)
            return s;
        len = long_length(s);
        if (len == 0) {
            *kind = BAD;
            return s;
        }
        s += len;
    }
}

/* Bytes that one U+FFFD stands for: a whole character that HTML forbids, or a stray byte. */
static size_t bad_length(const unsigned char *s)
{
    if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0)
        return 2;
    return s[0] == 0xef && s[1] == 0xbf && (s[2] == 0xbe || s[2] == 0xbf) ? 3 : 1;
}

void view_text(struct view *v, const char *text)
{
    const unsigned char *s = (const unsigned char *)text;

    while (s && *s) {
        enum kind kind;
        const unsigned char *end = run_end(s, &kind);

        buf_add(v->out, s, (size_t)(end - s));
        if (!*end)
            return;
        buf_add(v->out, references[kind].text, references[kind].len);
        s = end + (kind == BAD ? bad_length(end) : 1);
    }
}

static bool is_unreserved(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

void view_url(struct view *v, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *s = (const unsigned char *)text;

    while (s && *s) {
        const unsigned char *begin = s;

        while (is_unreserved(*s))
            s++;
        buf_add(v->out, begin, (size_t)(s - begin));
        for (; *s && !is_unreserved(*s); s++)
            buf_add(v->out, (char[]){'%', digits[*s >> 4], digits[*s & 15]}, 3);
    }
}

void view_int(struct view *v, int64_t number)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0)
        digits[--at] = '-';
    buf_add(v->out, digits + at, sizeof(digits) - at);
}

void view_path(struct view *v, struct path path)
{
    buf_puts(v->out, v->prefix);
    view_text(v, path.text);
}

void view_token(struct view *v)
{
    buf_puts(v->out, "<input type=\"hidden\" name=\"token\" value=\"");
    view_text(v, v->token);
    buf_puts(v->out, "\">");
}

void view_markup(struct view *v, const char *markup, size_t len)
{
    buf_add(v->out, markup, len);
}

/* Up to the next {n}, of which `value` tells the number; NULL after the last. Every brace of a text
 * is one of those: src/tools/textc.c sees to it. */
static const char *next_piece(const char *at, size_t *len, size_t *value)
{
    const char *brace = strchr(at, '{');

    *len = brace ? (size_t)(brace - at) : strlen(at);
    if (!brace)
        return NULL;
    *value = (size_t)(brace[1] - '1');
    return brace + 3;
}

void view_tr(struct view *v, enum web_text text, const char *const *values, size_t count)
{
    const char *at = web_texts_escaped[text].in[v->lang];

    while (at) {
        size_t len, value;
        const char *next = next_piece(at, &len, &value);

        buf_add(v->out, at, len);
        if (next && value < count)
            view_text(v, values[value]);
        at = next;
    }
}

const char *web_tr(enum lang lang, enum web_text text, struct arena *arena,
                    const char *const *values, size_t count)
{
    const char *at = web_texts[text].in[lang], *said;
    struct buf out;

    if (!strchr(at, '{'))
        return at;
    buf_init(&out, SAY_BYTES_MAX);
    while (at) {
        size_t len, value;
        const char *next = next_piece(at, &len, &value);

        buf_add(&out, at, len);
        if (next && value < count && values[value])
            buf_puts(&out, values[value]);
        at = next;
    }
    said = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return said;
}
