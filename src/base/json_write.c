#include "base/json_write.h"

#include <string.h>

#include "base/json.h"

void json_writer_init(struct json_writer *w, struct buf *out)
{
    *w = (struct json_writer){.out = out};
}

static void start_value(struct json_writer *w)
{
    if (w->needs_comma)
        buf_putc(w->out, ',');
    w->needs_comma = true;
}

static void begin(struct json_writer *w, char open)
{
    start_value(w);
    buf_putc(w->out, open);
    w->needs_comma = false;
}

static void end(struct json_writer *w, char close)
{
    buf_putc(w->out, close);
    w->needs_comma = true;
}

void json_begin_object(struct json_writer *w)
{
    begin(w, '{');
}

void json_end_object(struct json_writer *w)
{
    end(w, '}');
}

void json_begin_array(struct json_writer *w)
{
    begin(w, '[');
}

void json_end_array(struct json_writer *w)
{
    end(w, ']');
}

static void put_escaped(struct buf *out, const char *text, size_t len)
{
    const char *end = text + len;
    static const char *const shorts[0x80] = {
        ['"'] = "\\\"", ['\\'] = "\\\\", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
    };

    buf_putc(out, '"');
    for (const char *run = text;; text++) {
        unsigned char c = text < end ? (unsigned char)*text : 0;
        bool is_special = c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';

        if (!is_special)
            continue;
        buf_add(out, run, (size_t)(text - run));
        if (text == end)
            break;
        if (shorts[c])
            buf_puts(out, shorts[c]);
        else
            buf_printf(out, "\\u%04x", c);
        run = text + 1;
    }
    buf_putc(out, '"');
}

void json_key(struct json_writer *w, const char *key)
{
    json_key_part(w, key, strlen(key));
}

void json_key_part(struct json_writer *w, const char *key, size_t len)
{
    start_value(w);
    put_escaped(w->out, key, len);
    buf_putc(w->out, ':');
    w->needs_comma = false;
}

void json_string(struct json_writer *w, const char *text)
{
    if (!text) {
        json_null(w);
        return;
    }
    start_value(w);
    put_escaped(w->out, text, strlen(text));
}

void json_raw(struct json_writer *w, const char *json)
{
    start_value(w);
    buf_puts(w->out, json);
}

void json_int(struct json_writer *w, int64_t n)
{
    start_value(w);
    buf_printf(w->out, "%lld", (long long)n);
}

void json_bool(struct json_writer *w, bool truth)
{
    json_raw(w, truth ? "true" : "false");
}

void json_null(struct json_writer *w)
{
    json_raw(w, "null");
}

static void write_items(struct json_writer *w, const struct json *value)
{
    for (size_t i = 0; i < value->count; i++) {
        if (value->type == JSON_OBJECT)
            json_key(w, value->items[i].key);
        json_value(w, &value->items[i]);
    }
}

void json_value(struct json_writer *w, const struct json *value)
{
    switch (value->type) {
    case JSON_BOOL:
        json_bool(w, value->truth);
        break;
    case JSON_NUMBER:
        json_raw(w, value->text);
        break;
    case JSON_STRING:
        json_string(w, value->text);
        break;
    case JSON_ARRAY:
        json_begin_array(w);
        write_items(w, value);
        json_end_array(w);
        break;
    case JSON_OBJECT:
        json_begin_object(w);
        write_items(w, value);
        json_end_object(w);
        break;
    default:
        json_null(w);
    }
}

void json_member_string(struct json_writer *w, const char *key, const char *text)
{
    json_key(w, key);
    json_string(w, text);
}

void json_member_day(struct json_writer *w, const char *key, day d)
{
    char text[DAY_ISO_CHARS + 1];

    if (d != DAY_NONE)
        day_write_iso(text, d);
    json_member_string(w, key, d == DAY_NONE ? NULL : text);
}

void json_member_int(struct json_writer *w, const char *key, int64_t n)
{
    json_key(w, key);
    json_int(w, n);
}

void json_member_bool(struct json_writer *w, const char *key, bool truth)
{
    json_key(w, key);
    json_bool(w, truth);
}

void json_member_words(struct json_writer *w, const char *key, struct words words)
{
    json_key(w, key);
    json_begin_object(w);
    for (int i = 0; i < LANG__MAX; i++)
        json_member_string(w, lang_code((enum lang)i), words.in[i]);
    json_end_object(w);
}

void json_member_decimal(struct json_writer *w, const char *key, struct ratio r)
{
    struct buf text;

    json_key(w, key);
    if (!ratio_is_valid(r)) {
        json_null(w);
        return;
    }
    buf_init(&text, 100);
    ratio_print(&text, r, 2);
    json_string(w, buf_text(&text));
    buf_free(&text);
}

void json_member_fraction(struct json_writer *w, const char *key, struct ratio r)
{
    struct buf text;

    buf_init(&text, 200);
    ratio_print_fraction(&text, r);
    json_member_string(w, key, buf_text(&text));
    buf_free(&text);
}
