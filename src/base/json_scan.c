/* The strict half of JSON loading: grammar and limits. cJSON then builds the tree (json.c). */
#include "json_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/ratio.h"
#include "base/text.h"

struct scan {
    const char *file;
    const char *data, *at, *end;
    int line;
    int depth;
    size_t
        saved; /* bytes by which the escapes of the present text are longer than what they mean */
    struct json_marks *marks;
    struct faults *faults;
};

/* Reports and stops: the first fault of grammar makes everything behind it doubtful. */
#define REFUSE(s, vi, ...)                                                                         \
    (faults_add((s)->faults, (struct place){(s)->file, (s)->line, ""}, vi, __VA_ARGS__), false)

static bool scan_value(struct scan *s);

static void skip_space(struct scan *s)
{
    for (; s->at < s->end; s->at++) {
        if (*s->at == '\n')
            s->line++;
        else if (*s->at != ' ' && *s->at != '\t' && *s->at != '\r')
            return;
    }
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Reads the XXXX of \uXXXX; -1 if it is malformed. */
static int read_unicode(struct scan *s)
{
    char digits[5] = "";

    if (s->end - s->at < 6 || s->at[0] != '\\' || s->at[1] != 'u')
        return -1;
    memcpy(digits, s->at + 2, 4);
    for (int i = 0; i < 4; i++) {
        if (!is_hex(digits[i]))
            return -1;
    }
    s->at += 6;
    return (int)strtol(digits, NULL, 16);
}

static bool scan_unicode_escape(struct scan *s)
{
    int code = read_unicode(s);

    if (code < 0)
        return REFUSE(s, "dãy \\u cần đúng bốn chữ số thập lục phân",
                      "\\u needs exactly four hexadecimal digits");
    if (code == 0)
        return REFUSE(s, "không được dùng ký tự \\u0000 trong văn bản",
                      "the character \\u0000 is not allowed in a text");
    if (code < 0xd800 || code > 0xdfff) {
        s->saved += code < 0x80 ? 5 : code < 0x800 ? 4 : 3;
        return true;
    }
    if (code < 0xdc00) {
        int low = read_unicode(s);

        s->saved += 8;
        if (low >= 0xdc00 && low <= 0xdfff)
            return true;
    }
    return REFUSE(s, "nửa cặp surrogate \\u%04x đứng một mình",
                  "the surrogate \\u%04x stands alone, its other half is missing", code);
}

static bool scan_escape(struct scan *s)
{
    if (s->end - s->at >= 2 && s->at[1] == 'u')
        return scan_unicode_escape(s);
    if (s->end - s->at < 2 || !strchr("\"\\/bfnrt", s->at[1]))
        return REFUSE(s, "sau dấu \\ chỉ được là \" \\ / b f n r t hoặc u",
                      "after \\ only \" \\ / b f n r t or u may stand");
    s->at += 2;
    s->saved++;
    return true;
}

static bool scan_string(struct scan *s, size_t max)
{
    const char *start = ++s->at;
    size_t len;

    s->saved = 0;
    while (s->at < s->end && *s->at != '"') {
        if ((unsigned char)*s->at < 0x20)
            return REFUSE(s, "ký tự điều khiển (hoặc xuống dòng) trong văn bản: hãy viết \\n",
                          "a control character (or line break) in a text: write \\n");
        if (*s->at != '\\')
            s->at++;
        else if (!scan_escape(s))
            return false;
    }
    if (s->at >= s->end)
        return REFUSE(s, "văn bản thiếu dấu \" kết thúc", "a text lacks its closing \"");
    len = (size_t)(s->at - start) - s->saved;
    if (len > max)
        return REFUSE(s, "văn bản dài %zu byte, giới hạn là %zu",
                      "a text of %zu bytes is over the limit of %zu", len, max);
    s->at++;
    return true;
}

static bool is_digit(const struct scan *s)
{
    return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

static void skip_digits(struct scan *s)
{
    while (is_digit(s))
        s->at++;
}

/* What may follow the whole part: ".25", "e-3". */
static bool scan_fraction(struct scan *s)
{
    if (s->at == s->end || *s->at != '.')
        return true;
    s->at++;
    if (!is_digit(s))
        return REFUSE(s, "sau dấu thập phân phải là chữ số",
                      "a digit must follow the decimal point");
    skip_digits(s);
    return true;
}

static bool scan_exponent(struct scan *s)
{
    if (s->at == s->end || (*s->at != 'e' && *s->at != 'E'))
        return true;
    s->at++;
    s->at += s->at < s->end && (*s->at == '+' || *s->at == '-');
    if (!is_digit(s))
        return REFUSE(s, "số mũ phải có chữ số", "an exponent needs digits");
    skip_digits(s);
    return true;
}

static bool scan_number(struct scan *s)
{
    const char *start = s->at;
    struct ratio value;

    s->at += *s->at == '-';
    if (!is_digit(s))
        return REFUSE(s, "sau dấu trừ phải là chữ số", "a digit must follow the minus sign");
    if (*s->at == '0' && s->at + 1 < s->end && s->at[1] >= '0' && s->at[1] <= '9')
        return REFUSE(s, "số không được bắt đầu bằng 0; mã số phải đặt trong dấu ngoặc kép",
                      "a number must not start with 0; put codes in quotation marks");
    skip_digits(s);
    if (!scan_fraction(s) || !scan_exponent(s))
        return false;
    if (!ratio_parse(start, (size_t)(s->at - start), true, &value))
        return REFUSE(s, "số quá lớn hoặc quá nhiều chữ số (tối đa %d)",
                      "the number is too large or has too many digits (at most %d)",
                      RATIO_DIGITS_MAX);
    return true;
}

static bool scan_word(struct scan *s)
{
    static const char *const words[] = {"true", "false", "null"};

    for (size_t i = 0; i < 3; i++) {
        size_t len = strlen(words[i]);

        if ((size_t)(s->end - s->at) >= len && memcmp(s->at, words[i], len) == 0) {
            s->at += len;
            return true;
        }
    }
    return REFUSE(s, "cần một giá trị JSON ở đây, nhưng gặp '%.*s'",
                  "a JSON value is needed here, but found '%.*s'",
                  (int)text_cut(s->at, (size_t)(s->end - s->at), 20), s->at);
}

static bool scan_key(struct scan *s)
{
    if (s->at >= s->end)
        return REFUSE(s, "tệp bị cắt: thiếu một khóa", "the file is cut off: a key is missing");
    if (*s->at != '"')
        return REFUSE(s, "cần tên khóa trong dấu ngoặc kép (có dấu phẩy thừa?)",
                      "a key in quotation marks is needed here (a comma too many?)");
    if (!scan_string(s, JSON_KEY_BYTES_MAX))
        return false;
    skip_space(s);
    if (s->at >= s->end || *s->at != ':')
        return REFUSE(s, "thiếu dấu hai chấm sau tên khóa", "a colon must follow the key");
    s->at++;
    skip_space(s);
    return true;
}

/* The members of an object (`close` is '}') or the values of an array. */
static bool scan_items(struct scan *s, char close)
{
    s->at++;
    skip_space(s);
    if (s->at < s->end && *s->at == close) {
        s->at++;
        return true;
    }
    for (;;) {
        if (close == '}' && !scan_key(s))
            return false;
        if (!scan_value(s))
            return false;
        skip_space(s);
        if (s->at < s->end && *s->at == close) {
            s->at++;
            return true;
        }
        if (s->at >= s->end)
            return REFUSE(s, "tệp bị cắt: thiếu '%c'", "the file is cut off: '%c' is missing",
                          close);
        if (*s->at != ',')
            return REFUSE(s, "thiếu dấu phẩy hoặc '%c'", "a comma or '%c' is missing", close);
        s->at++;
        skip_space(s);
    }
}

static struct json_mark *add_mark(struct scan *s)
{
    struct json_marks *marks = s->marks;

    if (marks->count == marks->cap) {
        marks->cap = marks->cap ? marks->cap * 2 : 256;
        marks->items = xrealloc(marks->items, marks->cap * sizeof(*marks->items));
    }
    marks->items[marks->count] =
        (struct json_mark){.line = s->line, .offset = (uint32_t)(s->at - s->data)};
    return &marks->items[marks->count++];
}

static bool scan_nested(struct scan *s, char close)
{
    bool is_fine;

    if (++s->depth > JSON_DEPTH_MAX)
        return REFUSE(s, "lồng nhau quá %d tầng", "nested more than %d levels deep",
                      JSON_DEPTH_MAX);
    is_fine = scan_items(s, close);
    s->depth--;
    return is_fine;
}

static bool scan_value(struct scan *s)
{
    size_t mark = s->marks->count;
    bool is_fine;

    if (s->at >= s->end)
        return REFUSE(s, "tệp bị cắt: thiếu một giá trị",
                      "the file is cut off: a value is missing");
    if (mark >= JSON_VALUES_MAX)
        return REFUSE(s, "quá %d giá trị trong một tệp", "more than %d values in one file",
                      JSON_VALUES_MAX);
    add_mark(s);
    if (*s->at == '{')
        is_fine = scan_nested(s, '}');
    else if (*s->at == '[')
        is_fine = scan_nested(s, ']');
    else if (*s->at == '"')
        is_fine = scan_string(s, JSON_STRING_BYTES_MAX);
    else if (*s->at == '-' || is_digit(s))
        is_fine = scan_number(s);
    else
        is_fine = scan_word(s);
    s->marks->items[mark].len = (uint32_t)(s->at - s->data) - s->marks->items[mark].offset;
    return is_fine;
}

static int count_lines(const char *data, size_t len)
{
    int lines = 1;

    for (size_t i = 0; i < len; i++)
        lines += data[i] == '\n';
    return lines;
}

static bool check_encoding(struct scan *s)
{
    size_t len = (size_t)(s->end - s->at);
    size_t valid;
    const char *nul;

    if (len >= 2 && (memcmp(s->at, "\xff\xfe", 2) == 0 || memcmp(s->at, "\xfe\xff", 2) == 0 ||
                     s->at[0] == '\0' || s->at[1] == '\0'))
        return REFUSE(s, "tệp ở dạng UTF-16: hãy lưu lại dạng UTF-8",
                      "the file is UTF-16: save it as UTF-8");
    valid = text_valid_utf8(s->at, len);
    nul = memchr(s->at, '\0', valid);
    if (nul) {
        s->line = count_lines(s->at, (size_t)(nul - s->at));
        return REFUSE(s, "tệp có byte 0, không phải văn bản JSON",
                      "the file has a zero byte, it is no JSON text");
    }
    if (valid == len)
        return true;
    s->line = count_lines(s->at, valid);
    return REFUSE(s, "byte 0x%02x không phải UTF-8: hãy lưu lại tệp dạng UTF-8",
                  "the byte 0x%02x is not UTF-8: save the file as UTF-8",
                  (unsigned char)s->at[valid]);
}

bool json_scan(const char *file, const char *data, size_t len, struct json_marks *marks,
               struct faults *faults)
{
    struct scan s = {.file = file,
                     .data = data,
                     .at = data,
                     .end = data + len,
                     .line = 1,
                     .marks = marks,
                     .faults = faults};

    if (!check_encoding(&s))
        return false;
    skip_space(&s);
    if (s.at == s.end)
        return REFUSE(&s, "tệp rỗng, cần một tài liệu JSON",
                      "the file is empty, a JSON document is needed");
    if (!scan_value(&s))
        return false;
    skip_space(&s);
    if (s.at != s.end)
        return REFUSE(&s, "còn chữ thừa sau khi tài liệu JSON kết thúc",
                      "there is text after the end of the JSON document");
    return true;
}
