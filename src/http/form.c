#include "form_parts.h"

#include <stdint.h>
#include <string.h>

void form_clear(struct field *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fields[i].is_sent = false;
        fields[i].value = NULL;
        fields[i].values = NULL;
        fields[i].count = 0;
    }
}

static struct field *declared(const struct form_reader *r, const char *name, size_t len)
{
    for (size_t i = 0; i < r->count; i++) {
        struct field *field = &r->fields[i];

        if (strncmp(field->name, name, len) == 0 && field->name[len] == '\0')
            return field;
    }
    return NULL;
}

static enum status name_too_long(struct form_reader *r, const char *name, size_t len)
{
    return err_set(r->err, LIMIT, "Tên trường bắt đầu bằng \"%s\" dài quá %d byte.",
                   "The field name that starts with \"%s\" is longer than %d bytes.",
                   form_shown(r->arena, name, len, 40), FORM_NAME_BYTES_MAX);
}

enum status form_find(struct form_reader *r, const char *name, size_t len, struct field **out)
{
    struct field *field;

    if (++r->sent > FORM_FIELDS_MAX)
        return err_set(r->err, LIMIT, "Biểu mẫu có quá %d trường.",
                       "The form has more than %d fields.", FORM_FIELDS_MAX);
    if (len > FORM_NAME_BYTES_MAX)
        return name_too_long(r, name, len);
    field = memchr(name, '\0', len) ? NULL : declared(r, name, len);
    if (!field)
        return err_set(r->err, BAD_INPUT, "Biểu mẫu này không có trường \"%s\".",
                       "This form has no field \"%s\".",
                       form_shown(r->arena, name, len, FORM_NAME_BYTES_MAX));
    if (field->is_sent && !field->is_list)
        return err_set(r->err, BAD_INPUT,
                       "Trường \"%s\" được gửi hai lần; mỗi trường chỉ được có một giá trị.",
                       "Field \"%s\" was sent twice; each field may have one value only.",
                       field->name);
    if (field->count == FORM_LIST_MAX)
        return err_set(r->err, LIMIT, "Trường \"%s\" có quá %d giá trị.",
                       "Field \"%s\" has more than %d values.", field->name, FORM_LIST_MAX);
    *out = field;
    return OK;
}

/* Adds to a list, whose room doubles at every power of two. */
static void append(struct form_reader *r, struct field *field, const char *value)
{
    const char **values = (const char **)(void *)(uintptr_t)field->values;

    if ((field->count & (field->count - 1)) == 0) {
        const char **wider = ARENA_ARRAY(r->arena, const char *, field->count * 2 + 1);

        if (field->count)
            memcpy(wider, values, field->count * sizeof(*wider));
        values = wider;
    }
    values[field->count++] = value;
    field->values = values;
}

enum status form_put(struct form_reader *r, struct field *field, char *value, size_t len)
{
    const char *converted;
    enum status status = form_convert(r, field, value, len, &converted);

    if (status != OK)
        return status;
    if (!field->is_sent)
        field->value = converted;
    field->is_sent = true;
    append(r, field, converted);
    return OK;
}

/* ---- application/x-www-form-urlencoded ---- */

/* The value of a hex digit, or -1. */
static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes that a text has once it is decoded; false if a '%' is not followed by two hex digits. */
static bool measure(const char *text, size_t len, size_t *out)
{
    size_t decoded = 0;

    for (size_t i = 0; i < len; i++, decoded++) {
        if (text[i] != '%')
            continue;
        if (len - i < 3 || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
            return false;
        i += 2;
    }
    *out = decoded;
    return true;
}

/* Decodes what was measured. */
static void decode(const char *text, size_t len, char *out)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '%') {
            *out++ = (char)(hex(text[i + 1]) << 4 | hex(text[i + 2]));
            i += 2;
        } else {
            *out++ = (char)(text[i] == '+' ? ' ' : text[i]);
        }
    }
}

static enum status broken_escape(struct form_reader *r, const char *name, size_t len)
{
    return err_set(r->err, BAD_INPUT,
                   "Trường \"%s\" có dấu %% không kèm hai chữ số thập lục phân; dấu %% phải được "
                   "viết là %%25.",
                   "Field \"%s\" has a %% without two hex digits behind it; a %% must be written "
                   "as %%25.",
                   form_shown(r->arena, name, len, FORM_NAME_BYTES_MAX));
}

static enum status find_encoded(struct form_reader *r, const char *name, size_t len,
                                struct field **field)
{
    char decoded[FORM_NAME_BYTES_MAX];
    size_t decoded_len;

    if (!measure(name, len, &decoded_len))
        return broken_escape(r, name, len);
    if (decoded_len > sizeof(decoded))
        return name_too_long(r, name, len);
    decode(name, len, decoded);
    return form_find(r, decoded, decoded_len, field);
}

static enum status read_pair(struct form_reader *r, const char *pair, size_t len)
{
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    const char *sent = equals ? equals + 1 : pair + len;
    size_t sent_len = (size_t)(pair + len - sent), value_len;
    struct field *field;
    enum status status = find_encoded(r, pair, name_len, &field);
    char *value;

    if (status != OK)
        return status;
    if (!measure(sent, sent_len, &value_len))
        return broken_escape(r, field->name, strlen(field->name));
    value = arena_alloc(r->arena, value_len + 1, 1);
    decode(sent, sent_len, value);
    return form_put(r, field, value, value_len);
}

static enum status read_pairs(struct form_reader *r, const char *data, size_t len)
{
    const char *end = data + len;
    enum status status = OK;

    while (status == OK) {
        const char *next = memchr(data, '&', (size_t)(end - data));

        status = read_pair(r, data, (size_t)((next ? next : end) - data));
        if (!next)
            break;
        data = next + 1;
    }
    return status;
}

enum status form_read(struct arena *arena, const char *data, size_t len, struct field *fields,
                      size_t count, struct err *err)
{
    struct form_reader r = {.arena = arena, .fields = fields, .count = count, .err = err};
    enum status status;

    form_clear(fields, count);
    if (len > FORM_BYTES_MAX)
        return err_set(err, LIMIT, "Biểu mẫu dài %zu byte; tối đa là %d byte.",
                       "The form has %zu bytes; at most %d are allowed.", len, FORM_BYTES_MAX);
    if (!len)
        return OK;
    status = read_pairs(&r, data, len);
    if (status != OK)
        form_clear(fields, count);
    return status;
}

/* ---- queries ---- */

/* The declared field of a name as it was sent. */
static struct field *declared_encoded(const struct form_reader *r, const char *name, size_t len)
{
    char decoded[FORM_NAME_BYTES_MAX];
    size_t decoded_len;

    if (!measure(name, len, &decoded_len) || decoded_len > sizeof(decoded))
        return NULL;
    decode(name, len, decoded);
    return memchr(decoded, '\0', decoded_len) ? NULL : declared(r, decoded, decoded_len);
}

void query_read(struct arena *arena, const char *query, struct field *fields, size_t count)
{
    struct err ignored;
    struct form_reader r = {.arena = arena, .fields = fields, .count = count, .err = &ignored};

    form_clear(fields, count);
    for (size_t len; *query; query += len + (query[len] == '&')) {
        len = strcspn(query, "&");
        if (declared_encoded(&r, query, strcspn(query, "=&")))
            (void)!read_pair(&r, query, len);
    }
}
