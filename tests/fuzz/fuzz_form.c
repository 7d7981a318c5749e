/*
 * Any bytes as a form or a query: what is taken keeps the promises of web/form.h, and once it is
 * encoded and read again it is the same.
 */
#include "fuzz.h"

#include "base/array.h"
#include "http/form.h"

static const struct field declared[] = {
    {.name = "a", .max = 40},
    {.name = "list", .max = 10, .is_list = true},
    {.name = "text", .max = 9000, .has_lines = true},
    {.name = "raw", .max = 9000, .is_raw = true},
};
#define FIELDS ARRAY_SIZE(declared)

static void check_error(enum status status, const struct field *fields, const struct err *err)
{
    MUST(status == err->status && (status == BAD_INPUT || status == LIMIT));
    for (size_t i = 0; i < FIELDS; i++)
        MUST(!fields[i].is_sent && !fields[i].value && !fields[i].values && !fields[i].count);
    for (int lang = 0; lang < LANG__MAX; lang++)
        MUST(*err->text[lang] &&
             text_valid_utf8(err->text[lang], strlen(err->text[lang])) == strlen(err->text[lang]));
}

static void check_value(const struct field *field, const char *value)
{
    size_t len = strlen(value), nfc_len;
    struct arena arena;

    MUST(len <= field->max && text_valid_utf8(value, len) == len);
    if (field->is_raw)
        return;
    arena_init(&arena);
    MUST(text_nfc(&arena, value, len, &nfc_len) && nfc_len == len);
    arena_free(&arena);
    for (const char *c = value; *c; c++)
        MUST((unsigned char)*c >= 0x20 || (field->has_lines && (*c == '\n' || *c == '\t')));
    MUST(!len || (*value != ' ' && value[len - 1] != ' ' && value[len - 1] != '\n'));
}

static void check_fields(const struct field *fields, struct buf *again)
{
    for (size_t i = 0; i < FIELDS; i++) {
        const struct field *field = &fields[i];

        MUST(field->is_sent == (field->count > 0));
        MUST(field->count <= (field->is_list ? FORM_LIST_MAX : 1));
        MUST(!field->count || field->value == field->values[0]);
        for (size_t j = 0; j < field->count; j++) {
            check_value(field, field->values[j]);
            buf_printf(again, "%s%s=", again->len ? "&" : "", field->name);
            for (const char *c = field->values[j]; *c; c++)
                buf_printf(again, "%%%02X", (unsigned char)*c);
        }
    }
}

static void check_same(const struct field *fields, const struct field *copy)
{
    for (size_t i = 0; i < FIELDS; i++) {
        MUST(fields[i].count == copy[i].count);
        for (size_t j = 0; j < fields[i].count; j++)
            MUST(strcmp(fields[i].values[j], copy[i].values[j]) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct field fields[FIELDS], copy[FIELDS];
    struct arena arena;
    struct buf again;
    struct err err;
    enum status status;

    memcpy(fields, declared, sizeof(fields));
    memcpy(copy, declared, sizeof(copy));
    arena_init(&arena);
    status = form_read(&arena, (const char *)data, size, fields, FIELDS, &err);
    if (status != OK) {
        check_error(status, fields, &err);
    } else {
        buf_init(&again, BUF_MAX_DEFAULT);
        check_fields(fields, &again);
        if (again.len <= FORM_BYTES_MAX) {
            MUST(form_read(&arena, again.data, again.len, copy, FIELDS, &err) == OK);
            check_same(fields, copy);
        }
        buf_free(&again);
    }
    query_read(&arena, arena_strndup(&arena, (const char *)data, size), fields, FIELDS);
    arena_free(&arena);
    return 0;
}
