#include "report/attestation.h"

#include <string.h>

#include "base/sign.h"
#include "base/text.h"

#define VERSION "1"
#define SEPARATOR '~'

enum part {
    PART_VERSION,
    PART_TAX_CODE,
    PART_QUESTIONNAIRE,
    PART_LEVEL,
    PART_POINTS,
    PART_MAX,
    PART_DAY,
    PART_REFERENCE,
    PART_KEY,
    PART_HASH,
    PART_NAME,
    PARTS
};

/* ---- writing ---- */

static const char *exact_number(struct arena *arena, struct ratio r)
{
    struct buf text;
    const char *copy;

    buf_init(&text, ATTESTATION_PART_BYTES_MAX);
    ratio_print_exact(&text, r);
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

/* Behind the last word that fits. */
static const char *short_name(struct arena *arena, const char *name)
{
    static const char ellipsis[] = "…";
    size_t len = strlen(name), cut;

    if (len <= ATTESTATION_NAME_BYTES_MAX)
        return name;
    cut = text_cut(name, len, ATTESTATION_NAME_BYTES_MAX - (sizeof(ellipsis) - 1));
    for (size_t i = cut; i > cut / 2; i--) {
        if (name[i] == ' ')
            return arena_printf(arena, "%.*s%s", (int)i, name, ellipsis);
    }
    return arena_printf(arena, "%.*s%s", (int)cut, name, ellipsis);
}

static bool is_plain(const char *text)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789@./_-";

    return strspn(text, allowed) == strlen(text);
}

static enum status check_parts(const char *const parts[PARTS], struct err *err)
{
    for (int i = 0; i < PART_NAME; i++) {
        if (!is_plain(parts[i]) || strlen(parts[i]) > ATTESTATION_PART_BYTES_MAX)
            return err_set(err, BAD_INPUT,
                           "'%s' không ký được: tối đa %d chữ không dấu, chữ số hoặc @ . / _ -",
                           "'%s' cannot be signed: at most %d plain letters, digits or @ . / _ -",
                           parts[i], ATTESTATION_PART_BYTES_MAX);
    }
    return OK;
}

enum status attestation_write(struct arena *arena, const struct attestation *from,
                              const char **line, struct err *err)
{
    const char *name = short_name(arena, from->name);
    char on[DAY_ISO_CHARS + 1];
    const char *const parts[PARTS] = {
        [PART_VERSION] = VERSION,
        [PART_TAX_CODE] = from->tax_code,
        [PART_QUESTIONNAIRE] = from->questionnaire,
        [PART_LEVEL] = arena_printf(arena, "%d", from->level),
        [PART_POINTS] = exact_number(arena, from->points),
        [PART_MAX] = exact_number(arena, from->max),
        [PART_DAY] = on,
        [PART_REFERENCE] = from->reference,
        [PART_KEY] = from->key,
        [PART_HASH] = from->hash,
        [PART_NAME] = base64_write(arena, name, strlen(name)),
    };
    const char *text = parts[0];
    enum status status;

    day_write_iso(on, from->on);
    status = check_parts(parts, err);
    for (int i = 1; i < PARTS && status == OK; i++)
        text = arena_printf(arena, "%s%c%s", text, SEPARATOR, parts[i]);
    if (status == OK)
        *line = text;
    return status;
}

/* ---- reading ---- */

static bool split(struct arena *arena, const char *line, size_t len, const char *parts[PARTS])
{
    const char *end = line + len;

    for (int i = 0; i < PARTS; i++) {
        const char *stop = memchr(line, SEPARATOR, (size_t)(end - line));

        if ((stop == NULL) != (i == PARTS - 1))
            return false;
        parts[i] = arena_strndup(arena, line, (size_t)((stop ? stop : end) - line));
        line = stop ? stop + 1 : end;
    }
    return true;
}

static bool read_number(const char *text, struct ratio *out)
{
    return ratio_parse(text, strlen(text), false, out);
}

static bool read_name(struct arena *arena, const char *text, const char **out)
{
    size_t len = 0;

    *out = base64_read(arena, text, strlen(text), &len);
    return *out && strlen(*out) == len && text_valid_utf8(*out, len) == len;
}

static bool is_the_same(struct arena *arena, const struct attestation *read, const char *line,
                        size_t len)
{
    const char *again = NULL;
    struct err ignored;

    return attestation_write(arena, read, &again, &ignored) == OK && strlen(again) == len &&
           memcmp(again, line, len) == 0;
}

bool attestation_read(struct arena *arena, const char *line, size_t len, struct attestation *out)
{
    const char *parts[PARTS];
    struct attestation read;
    struct ratio level;
    int64_t whole;

    if (!split(arena, line, len, parts) || !read_number(parts[PART_LEVEL], &level) ||
        !ratio_to_int64(level, &whole) || whole < 0 || whole > 99)
        return false;
    read = (struct attestation){.tax_code = parts[PART_TAX_CODE],
                                .questionnaire = parts[PART_QUESTIONNAIRE],
                                .level = (int)whole,
                                .reference = parts[PART_REFERENCE],
                                .key = parts[PART_KEY],
                                .hash = parts[PART_HASH]};
    if (!read_number(parts[PART_POINTS], &read.points) ||
        !read_number(parts[PART_MAX], &read.max) ||
        !day_parse_iso(parts[PART_DAY], strlen(parts[PART_DAY]), &read.on) ||
        strlen(read.hash) != SIGN_HASH_CHARS || !read_name(arena, parts[PART_NAME], &read.name) ||
        !is_the_same(arena, &read, line, len))
        return false;
    *out = read;
    return true;
}
