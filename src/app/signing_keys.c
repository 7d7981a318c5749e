/* Keys that verified reports are signed with: made, listed, given to who checks reports. */
#include "app/signing_keys.h"

#include <string.h>

#include "base/file.h"
#include "store/audit.h"

#define FILE_BYTES_MAX ((size_t)32 << 10)
#define LINE_BEGINS "dxready-report-key"
#define IN_USE "-"

/* ---- made ---- */

static enum status tell(const struct app_context *app, const char *act, const char *object,
                        const char *before, struct err *err)
{
    return context_tell(
        app,
        &(struct audit_entry){
            .act = act, .object = object, .before = before, .after = "", .reason = ""},
        err);
}

static enum status make(const struct app_context *app, struct arena *arena,
                        struct signing_key *key, struct err *err)
{
    struct signing_key *list;
    const char *before = "";
    size_t count;
    enum status status = sign_make_keys(key->public_key, key->secret_key, err);

    if (status == OK)
        status = signing_key_list(app->store, arena, &list, &count, err);
    if (status != OK)
        return status;
    if (count && !*list[0].retired_at)
        before = arena_printf(arena, "signing-key:%s", list[0].id);
    sign_key_id(key->public_key, key->id);
    key->since = app->now;
    key->retired_at = "";
    status = signing_key_add(app->store, key, err);
    if (status != OK)
        return status;
    return tell(app, "signing-key-made", arena_printf(arena, "signing-key:%s", key->id), before,
                err);
}

enum status signing_key_make(const struct app_context *app, struct signing_key *out,
                             struct err *err)
{
    struct arena arena;
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    arena_init(&arena);
    status = make(app, &arena, out, err);
    arena_free(&arena);
    return context_end(app, is_own, status, err);
}

/* ---- which there are ---- */

enum status signing_keys_all(const struct app_context *app, struct arena *arena,
                             struct signing_key **list, size_t *count, struct err *err)
{
    return signing_key_list(app->store, arena, list, count, err);
}

static enum status refuse_none(struct err *err)
{
    return err_set(err, NOT_FOUND, "chưa có khóa ký báo cáo; tạo bằng lệnh: dxready key new",
                   "there is no key to sign reports with; make one: dxready key new");
}

enum status signing_key_current(const struct app_context *app, struct arena *arena,
                                struct signing_key *out, struct err *err)
{
    struct signing_key *list;
    size_t count;
    enum status status = signing_key_list(app->store, arena, &list, &count, err);

    if (status != OK)
        return status;
    if (!count || *list[0].retired_at)
        return refuse_none(err);
    *out = list[0];
    return OK;
}

/* ---- given to others ---- */

static const char *write_keys(struct arena *arena, const struct signing_key *list, size_t count)
{
    const char *text = "# Khóa công khai để kiểm tra báo cáo đã xác minh: dxready verify TỆP.pdf "
                       "--key TỆP_NÀY\n"
                       "# Public keys to check verified reports with: dxready verify FILE.pdf "
                       "--key THIS_FILE\n";

    for (size_t i = 0; i < count; i++)
        text = arena_printf(arena, "%s%s %s %s %s %s\n", text, LINE_BEGINS, list[i].id,
                            base64_write(arena, list[i].public_key, SIGN_PUBLIC_BYTES),
                            list[i].since, *list[i].retired_at ? list[i].retired_at : IN_USE);
    return text;
}

enum status signing_keys_text(const struct app_context *app, struct arena *arena,
                              const char **text, struct err *err)
{
    struct signing_key *list;
    size_t count;
    enum status status = signing_key_list(app->store, arena, &list, &count, err);

    if (status == OK && !count)
        status = refuse_none(err);
    if (status == OK)
        *text = write_keys(arena, list, count);
    return status;
}

enum status signing_keys_export(const struct app_context *app, struct arena *arena,
                                const char **text, struct err *err)
{
    bool is_own;
    enum status status = context_begin(app, &is_own, err);

    if (status != OK)
        return status;
    status = signing_keys_text(app, arena, text, err);
    if (status == OK)
        status = tell(app, "signing-keys-exported", "signing-keys", "", err);
    return context_end(app, is_own, status, err);
}

/* ---- read by them ---- */

/* The next word of a line, which ends at a blank or the end of the line. */
static const char *take_word(struct arena *arena, const char **at)
{
    size_t len = strcspn(*at, " \r\n");
    const char *word = arena_strndup(arena, *at, len);

    *at += len;
    *at += strspn(*at, " ");
    return word;
}

static bool is_time(const char *text)
{
    return strlen(text) < TIME_BYTES && day_of_utc(text) != DAY_NONE;
}

static bool read_key(struct arena *arena, const char *line, struct signing_key *key)
{
    char id[SIGN_ID_CHARS + 1];
    const char *given, *letters, *bytes;
    size_t len = 0;

    if (strcmp(take_word(arena, &line), LINE_BEGINS) != 0)
        return false;
    given = take_word(arena, &line);
    letters = take_word(arena, &line);
    key->since = take_word(arena, &line);
    key->retired_at = take_word(arena, &line);
    if (strcmp(key->retired_at, IN_USE) == 0)
        key->retired_at = "";
    else if (!is_time(key->retired_at))
        return false;
    bytes = base64_read(arena, letters, strlen(letters), &len);
    if (!bytes || len != SIGN_PUBLIC_BYTES || !is_time(key->since) || line[strspn(line, "\r")])
        return false;
    memcpy(key->public_key, bytes, len);
    sign_key_id(key->public_key, id);
    memcpy(key->id, id, sizeof(id));
    return strcmp(id, given) == 0;
}

static enum status refuse_line(const char *path, int line, struct err *err)
{
    return err_set(err, BAD_INPUT,
                   "%s:%d: đây không phải dòng khóa công khai do 'dxready key export' ghi",
                   "%s:%d: this is no line with a public key that 'dxready key export' wrote", path,
                   line);
}

enum status signing_keys_read(struct arena *arena, const char *path, struct signing_key **list,
                              size_t *count, struct err *err)
{
    struct signing_key *keys = ARENA_ARRAY(arena, struct signing_key, SIGNING_KEYS_MAX);
    size_t found = 0, len;
    char *text, *next;
    int line = 0;
    enum status status = file_read(arena, path, FILE_BYTES_MAX, &text, &len, err);

    if (status != OK)
        return status;
    for (char *at = text; at < text + len; at = next) {
        size_t line_len = strcspn(at, "\n");

        next = at + line_len + 1;
        at[line_len] = '\0';
        line++;
        if (*at == '#' || !at[strspn(at, " \r")])
            continue;
        if (found == SIGNING_KEYS_MAX || !read_key(arena, at, &keys[found++]))
            return refuse_line(path, line, err);
    }
    if (!found)
        return err_set(err, BAD_INPUT, "%s: trong tệp không có khóa công khai nào của dxready",
                       "%s: there is no public key of dxready in the file", path);
    *list = keys;
    *count = found;
    return OK;
}
