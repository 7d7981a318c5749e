/* dxready.conf: what holds for every command of an installation, one setting a line. */
#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/file.h"
#include "base/text.h"

#define DEFAULT_FILE "dxready.conf"
#define KEY_SHOWN_MAX 60 /* bytes of an unknown key in its sentence */

/* Keys are names of options. */
static const enum option_id settings[] = {OPTION_AUTHORITY, OPTION_CONTACT, OPTION_LISTEN,
                                          OPTION_PUBLIC_URL, OPTION_SENDMAIL,
                                          OPTION_MAIL_FROM};

/* A file as it is read. */
struct reading {
    struct cli_config *config;
    struct arena *arena;
    const char *path;
    size_t line;
};

static const char *known_keys(struct arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < ARRAY_SIZE(settings); i++)
        list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", cli_options[settings[i]].name);
    return list;
}

/* What can be wrong with a line. */
enum line_fault {
    LINE_FORM,
    LINE_UNKNOWN,
    LINE_TWICE,
    LINE_EMPTY,
    LINE_LONG,
    LINE_CONTROL,
};

static enum status refuse(const struct reading *r, enum line_fault fault, const char *key,
                          struct err *err)
{
    const char *keys = known_keys(r->arena);

    switch (fault) {
    case LINE_FORM:
        return err_set(err, BAD_INPUT, "%s:%zu: cần dạng 'mục = giá trị'; các mục: %s",
                       "%s:%zu: lines have the form 'setting = value'; settings: %s", r->path,
                       r->line, keys);
    case LINE_UNKNOWN:
        return err_set(err, BAD_INPUT, "%s:%zu: không có mục '%s'; chỉ có: %s",
                       "%s:%zu: there is no setting '%s'; there are: %s", r->path, r->line, key,
                       keys);
    case LINE_TWICE:
        return err_set(err, BAD_INPUT, "%s:%zu: mục %s được nêu hai lần",
                       "%s:%zu: the setting %s is given twice", r->path, r->line, key);
    case LINE_EMPTY:
        return err_set(err, BAD_INPUT,
                       "%s:%zu: mục %s chưa có giá trị; hãy ghi sau dấu = hoặc xóa dòng này",
                       "%s:%zu: the setting %s has no value; write one behind = or delete the line",
                       r->path, r->line, key);
    case LINE_LONG:
        return err_set(err, BAD_INPUT, "%s:%zu: mục %s dài quá %d ký tự",
                       "%s:%zu: the setting %s is longer than %d characters", r->path, r->line, key,
                       CONFIG_VALUE_CHARS_MAX);
    default:
        return err_set(err, BAD_INPUT, "%s:%zu: mục %s có ký tự điều khiển; hãy xóa ký tự đó",
                       "%s:%zu: the setting %s has a control character; delete it", r->path,
                       r->line, key);
    }
}

static char *trim(char *text)
{
    size_t len;

    text += strspn(text, " \t");
    len = strlen(text);
    while (len && strchr(" \t\r", text[len - 1]))
        len--;
    text[len] = '\0';
    return text;
}

/* As shells have it: quotation marks around the whole are not of the value. */
static char *unquote(char *value)
{
    size_t len = strlen(value);

    if (len < 2 || *value != '"' || value[len - 1] != '"')
        return value;
    value[len - 1] = '\0';
    return trim(value + 1);
}

static enum option_id find_setting(const char *key)
{
    for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
        if (strcmp(cli_options[settings[i]].name, key) == 0)
            return settings[i];
    }
    return OPTION_ID__MAX;
}

static bool has_controls(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7f)
            return true;
    }
    return false;
}

static enum status take(const struct reading *r, const char *key, const char *value,
                        struct err *err)
{
    enum option_id id = find_setting(key);
    size_t len;

    if (id == OPTION_ID__MAX)
        return refuse(r, LINE_UNKNOWN,
                      arena_strndup(r->arena, key, text_cut(key, strlen(key), KEY_SHOWN_MAX)), err);
    if (r->config->values[id])
        return refuse(r, LINE_TWICE, key, err);
    if (!*value)
        return refuse(r, LINE_EMPTY, key, err);
    if (text_chars(value) > CONFIG_VALUE_CHARS_MAX)
        return refuse(r, LINE_LONG, key, err);
    if (has_controls(value))
        return refuse(r, LINE_CONTROL, key, err);
    r->config->values[id] = text_nfc(r->arena, value, strlen(value), &len);
    return OK;
}

static enum status read_line(const struct reading *r, char *line, struct err *err)
{
    char *equals;

    line = trim(line);
    if (!*line || *line == '#')
        return OK;
    equals = strchr(line, '=');
    if (!equals)
        return refuse(r, LINE_FORM, line, err);
    *equals = '\0';
    return take(r, trim(line), unquote(trim(equals + 1)), err);
}

enum status cli_config_read(struct arena *arena, const char *path, const char *text, size_t len,
                            struct cli_config *out, struct err *err)
{
    struct reading r = {.config = out, .arena = arena, .path = path};
    size_t valid = text_valid_utf8(text, len);
    char *copy, *line;
    enum status status = OK;

    *out = (struct cli_config){{NULL}};
    if (valid < len || memchr(text, '\0', len))
        return err_set(err, BAD_INPUT, "%s: cần là văn bản UTF-8, không có ký tự NUL",
                       "%s: it has to be text in UTF-8, without NUL", path);
    copy = arena_strndup(arena, text, len);
    if (strncmp(copy, "\xEF\xBB\xBF", 3) == 0)
        copy += 3;
    while (status == OK && (line = strsep(&copy, "\n"))) {
        r.line++;
        status = read_line(&r, line, err);
    }
    return status;
}

/* --config, then DXREADY_CONFIG, then dxready.conf in the present folder; NULL: there is none. */
static const char *find_file(const struct cli *cli)
{
    const char *environment = getenv("DXREADY_CONFIG");

    if (cli->values[OPTION_CONFIG])
        return cli->values[OPTION_CONFIG];
    if (environment)
        return *environment ? environment : NULL;
    return file_exists(DEFAULT_FILE) ? DEFAULT_FILE : NULL;
}

enum status cli_configure(struct cli *cli, struct err *err)
{
    const char *path;
    struct cli_config config;
    char *text;
    size_t len;
    enum status status;

    if (!(cli->command->options >> OPTION_CONFIG & 1))
        return OK;
    path = find_file(cli);
    if (!path)
        return OK;
    status = file_read(&cli->arena, path, CONFIG_BYTES_MAX, &text, &len, err);
    if (status == OK)
        status = cli_config_read(&cli->arena, path, text, len, &config, err);
    for (size_t i = 0; status == OK && i < ARRAY_SIZE(settings); i++) {
        enum option_id id = settings[i];

        if ((cli->command->options >> id & 1) && !cli->values[id])
            cli->values[id] = config.values[id];
    }
    return status;
}
