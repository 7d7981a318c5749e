/* Any bytes as a form with a file: the first line is the Content-Type header, the rest the body. */
#include "fuzz.h"

#include "base/array.h"
#include "http/form.h"

static const struct field declared[] = {
    {.name = "a", .max = 40},
    {.name = "list", .max = 10, .is_list = true},
    {.name = "text", .max = 9000, .has_lines = true},
};
#define FIELDS ARRAY_SIZE(declared)

static void check_error(enum status status, const struct field *fields, const struct upload *file,
                        const struct err *err)
{
    MUST(status == err->status && (status == BAD_INPUT || status == LIMIT));
    MUST(!file->is_sent && !file->name && !file->data && !file->len);
    for (size_t i = 0; i < FIELDS; i++)
        MUST(!fields[i].is_sent && !fields[i].value && !fields[i].values && !fields[i].count);
    for (int lang = 0; lang < LANG__MAX; lang++)
        MUST(*err->text[lang] &&
             text_valid_utf8(err->text[lang], strlen(err->text[lang])) == strlen(err->text[lang]));
}

static void check_file(const struct upload *file, const char *body, size_t len)
{
    const char *at = (const char *)file->data;
    size_t name_len;

    MUST(strcmp(file->field, "file") == 0);
    if (!file->is_sent)
        return;
    MUST(at > body && at + file->len < body + len && memcmp(at - 4, "\r\n\r\n", 4) == 0);
    MUST(memcmp(at + file->len, "\r\n--", 4) == 0);
    name_len = strlen(file->name);
    MUST(name_len <= UPLOAD_NAME_BYTES_MAX && !strpbrk(file->name, "/\\\r\n\x1b"));
    MUST(text_valid_utf8(file->name, name_len) == name_len);
}

static void check_fields(const struct field *fields)
{
    for (size_t i = 0; i < FIELDS; i++) {
        MUST(fields[i].is_sent == (fields[i].count > 0));
        MUST(fields[i].count <= (fields[i].is_list ? FORM_LIST_MAX : 1));
        for (size_t j = 0; j < fields[i].count; j++) {
            const char *value = fields[i].values[j];

            MUST(strlen(value) <= fields[i].max && !strchr(value, '\r'));
            MUST(text_valid_utf8(value, strlen(value)) == strlen(value));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    struct upload file = {.field = "file"};
    struct field fields[FIELDS];
    struct arena arena;
    enum status status;
    struct err err;
    const char *type, *body;
    size_t len;

    if (!line)
        return 0;
    memcpy(fields, declared, sizeof(fields));
    arena_init(&arena);
    type = arena_strndup(&arena, (const char *)data, (size_t)(line - data));
    body = (const char *)line + 1;
    len = size - (size_t)(line + 1 - data);
    status = multipart_read(&arena, type, body, len, fields, FIELDS, &file, &err);
    if (status != OK) {
        check_error(status, fields, &file, &err);
    } else {
        check_file(&file, body, len);
        check_fields(fields);
    }
    arena_free(&arena);
    return 0;
}
