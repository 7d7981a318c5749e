/* Dossiers themselves: references, adding, finding, saving. */
#include "dossier.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/date.h"

#define PREFIX "CDS"
#define NUMBER_DIGITS 8 /* two of the year, six within it */
#define YEAR_SCALE 1000000

static const char *const state_codes[DOSSIER_STATE__MAX] = {
    [DOSSIER_DRAFT] = "draft",         [DOSSIER_SUBMITTED] = "submitted",
    [DOSSIER_REVIEWING] = "reviewing", [DOSSIER_RETURNED] = "returned",
    [DOSSIER_VERIFIED] = "verified",   [DOSSIER_WITHDRAWN] = "withdrawn",
    [DOSSIER_ERASED] = "erased",
};

const char *dossier_state_code(enum dossier_state state)
{
    return state_codes[state];
}

static enum dossier_state state_of(const char *code)
{
    for (int i = 0; i < DOSSIER_STATE__MAX; i++) {
        if (strcmp(state_codes[i], code) == 0)
            return (enum dossier_state)i;
    }
    return DOSSIER_ERASED; /* of a newer program: nothing may be done with it here */
}

/* ---- what the files of dossiers share ---- */

/* A number of two digits; -1 if it is none, or more than `max`. */
static int read_two(const char *at, int max)
{
    int number;

    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return -1;
    number = (at[0] - '0') * 10 + at[1] - '0';
    return number <= max ? number : -1;
}

enum status time_read(const char *text, int64_t *seconds, struct err *err)
{
    int hour = -1, minute = -1, second = -1;
    day date;

    if (strlen(text) == 20 && day_parse_iso(text, DAY_ISO_CHARS, &date) && text[10] == 'T' &&
        text[13] == ':' && text[16] == ':' && text[19] == 'Z') {
        hour = read_two(text + 11, 23);
        minute = read_two(text + 14, 59);
        second = read_two(text + 17, 59);
    }
    if (hour < 0 || minute < 0 || second < 0)
        return err_set(err, BAD_INPUT, "thời điểm '%s' phải có dạng 2026-11-23T08:00:00Z",
                       "the time '%s' must be written as 2026-11-23T08:00:00Z", text);
    *seconds = (int64_t)date * 86400 + hour * 3600 + minute * 60 + second;
    return OK;
}

enum status dossier_not_found(struct err *err)
{
    return err_set(err, NOT_FOUND, "không có hồ sơ này, hoặc hồ sơ đã bị xóa",
                   "there is no such dossier, or it was erased");
}

enum status dossier_check_text(const char *text, struct err *err)
{
    if (strlen(text) <= DOSSIER_TEXT_BYTES_MAX)
        return OK;
    return err_set(err, LIMIT, "nội dung dài quá %u byte", "the text is longer than %u bytes",
                   DOSSIER_TEXT_BYTES_MAX);
}

static enum status refuse_version(struct err *err)
{
    return err_set(err, CONFLICT,
                   "hồ sơ đã được thay đổi ở nơi khác; hãy mở lại để xem bản mới nhất",
                   "the dossier was changed elsewhere; open it again to see how it stands now");
}

static enum status find_version(struct store *store, int64_t id, int64_t *version, bool *is_erased,
                                struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status =
        statement_first(store, SQL_DOSSIER_STATE, PARAMS(INT(id)), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row) {
        *is_erased = state_of(db_text(stmt, 0)) == DOSSIER_ERASED;
        *version = db_int(stmt, 1);
    }
    db_done(stmt);
    return has_row ? OK : dossier_not_found(err);
}

enum status dossier_is_open(struct store *store, int64_t id, struct err *err)
{
    int64_t version;
    bool is_erased = false;
    enum status status = find_version(store, id, &version, &is_erased, err);

    return status == OK && is_erased ? dossier_not_found(err) : status;
}

enum status dossier_check_version(struct store *store, const struct dossier *dossier,
                                  struct err *err)
{
    int64_t version = 0;
    bool is_erased = false;
    enum status status = find_version(store, dossier->id, &version, &is_erased, err);

    if (status == OK && version != dossier->version)
        return refuse_version(err);
    return status == OK && is_erased ? dossier_not_found(err) : status;
}

/* ---- references ---- */

/* ISO 7064 MOD 11,10. */
static int check_digit(const char *digits)
{
    int product = 10;

    for (int i = 0; i < NUMBER_DIGITS; i++) {
        int sum = (product + digits[i] - '0') % 10;

        product = (sum ? sum : 10) * 2 % 11;
    }
    return (11 - product) % 10;
}

static void compose(char reference[DOSSIER_REFERENCE_BYTES], const char *digits, char check)
{
    snprintf(reference, DOSSIER_REFERENCE_BYTES, PREFIX "-%.2s-%.6s%c", digits, digits + 2, check);
}

static void write_reference(char reference[DOSSIER_REFERENCE_BYTES], int64_t id)
{
    char digits[NUMBER_DIGITS + 1];

    for (int i = NUMBER_DIGITS - 1; i >= 0; i--, id /= 10)
        digits[i] = (char)('0' + id % 10);
    digits[NUMBER_DIGITS] = '\0';
    compose(reference, digits, (char)('0' + check_digit(digits)));
}

static char normal_char(char c)
{
    if (c >= 'a' && c <= 'z')
        c = (char)(c - 'a' + 'A');
    return c == 'O' ? '0' : c;
}

bool dossier_reference_parse(const char *typed, char reference[DOSSIER_REFERENCE_BYTES])
{
    char text[sizeof(PREFIX) + NUMBER_DIGITS + 1]; /* without hyphens */
    const char *digits = text + strlen(PREFIX);
    size_t len = 0;

    for (; *typed; typed++) {
        if (*typed == ' ' || *typed == '-')
            continue;
        if (len == sizeof(text) - 1)
            return false;
        text[len++] = normal_char(*typed);
    }
    text[len] = '\0';
    if (len != sizeof(text) - 1 || memcmp(text, PREFIX, strlen(PREFIX)) != 0 ||
        strspn(digits, "0123456789") != NUMBER_DIGITS + 1 ||
        digits[NUMBER_DIGITS] - '0' != check_digit(digits))
        return false;
    compose(reference, digits, digits[NUMBER_DIGITS]);
    return true;
}

int64_t dossier_id_of(const char *reference)
{
    char normal[DOSSIER_REFERENCE_BYTES];
    int64_t id = 0;

    if (!dossier_reference_parse(reference, normal))
        return 0;
    for (const char *at = normal + strlen(PREFIX); at[1]; at++) /* but the check digit */
        id = *at == '-' ? id : id * 10 + *at - '0';
    return id;
}

/* ---- adding ---- */

static enum status check_length(const char *text, struct err *err)
{
    if (strlen(text) <= DOSSIER_CONTENT_BYTES_MAX)
        return OK;
    return err_set(err, LIMIT, "hồ sơ dài quá %u byte", "the dossier is longer than %u bytes",
                   DOSSIER_CONTENT_BYTES_MAX);
}

/* The id of the next dossier of the year of `now`. */
static enum status next_id(struct store *store, const char *now, int64_t *id, struct err *err)
{
    int64_t base = (int64_t)read_two(now + 2, 99) * YEAR_SCALE, last = base;
    bool has_row;
    enum status status =
        statement_int(store, SQL_DOSSIER_LAST, PARAMS(INT(base), INT(base + DOSSIERS_PER_YEAR_MAX)),
                      &last, &has_row, err);

    if (status == OK && last == base + DOSSIERS_PER_YEAR_MAX)
        return err_set(err, LIMIT, "quá %d hồ sơ trong một năm", "more than %d dossiers in a year",
                       DOSSIERS_PER_YEAR_MAX);
    *id = last + 1;
    return status;
}

static enum status insert(struct store *store, const struct dossier_start *start, int64_t id,
                          struct err *err)
{
    const struct param params[] = {
        INT(id),
        TEXT(start->questionnaire),
        TEXT(start->content),
        TEXT("{}"),
        TEXT(lang_code(start->lang)),
        start->earlier ? INT(start->earlier) : TEXT(NULL),
        TEXT(start->now),
        TEXT(start->secret_hash),
        BYTES(start->token_hash, TOKEN_HASH_BYTES),
    };

    return statement_write(store, SQL_DOSSIER_ADD, (struct params){params, ARRAY_SIZE(params)},
                           NULL, err);
}

static void fill(struct dossier *out, const struct dossier_start *start, int64_t id)
{
    *out = (struct dossier){
        .id = id,
        .state = DOSSIER_DRAFT,
        .version = 1,
        .questionnaire = start->questionnaire,
        .content = start->content,
        .progress = "{}",
        .lang = start->lang,
        .earlier = start->earlier,
        .created_at = start->now,
        .changed_at = start->now,
        .submitted_at = "",
        .consent_at = "",
        .consent_version = "",
        .consent_ended_at = "",
        .erasure_asked_at = "",
    };
    write_reference(out->reference, id);
}

enum status dossier_add(struct store *store, const struct dossier_start *start, struct dossier *out,
                        struct err *err)
{
    int64_t id = 0, seconds;
    bool has_own;
    enum status status = time_read(start->now, &seconds, err);

    if (status == OK)
        status = check_length(start->content, err);
    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = next_id(store, start->now, &id, err);
    if (status == OK)
        status = insert(store, start, id, err);
    status = store_leave(store, has_own, false, status, err);
    if (status == OK)
        fill(out, start, id);
    return status;
}

/* ---- finding ---- */

/* The columns of SQL_DOSSIER_LOAD. */
static void read_dossier(struct db_stmt *stmt, struct arena *arena, struct dossier *out)
{
    *out = (struct dossier){
        .id = db_int(stmt, 0),
        .state = state_of(db_text(stmt, 1)),
        .version = db_int(stmt, 2),
        .questionnaire = statement_text(stmt, 3, arena),
        .content = statement_text(stmt, 4, arena),
        .progress = statement_text(stmt, 5, arena),
        .assessment = db_int(stmt, 7), /* 0 for NULL */
        .revision = (int)db_int(stmt, 8),
        .earlier = db_int(stmt, 9),
        .created_at = statement_text(stmt, 10, arena),
        .changed_at = statement_text(stmt, 11, arena),
        .submitted_at = statement_text(stmt, 12, arena),
        .consent_at = statement_text(stmt, 13, arena),
        .consent_version = statement_text(stmt, 14, arena),
        .consent_ended_at = statement_text(stmt, 15, arena),
        .erasure_asked_at = statement_text(stmt, 16, arena),
    };
    (void)lang_parse(db_text(stmt, 6), &out->lang);
    write_reference(out->reference, out->id);
}

enum status dossier_load(struct store *store, int64_t id, struct arena *arena, struct dossier *out,
                         struct err *err)
{
    bool has_row = false;
    struct db_stmt *stmt;
    enum status status =
        statement_first(store, SQL_DOSSIER_LOAD, PARAMS(INT(id)), &stmt, &has_row, err);

    if (status != OK)
        return status;
    if (has_row)
        read_dossier(stmt, arena, out);
    db_done(stmt);
    return has_row ? OK : dossier_not_found(err);
}

enum status dossier_find(struct store *store, const char *reference, struct arena *arena,
                         struct dossier *out, struct err *err)
{
    return dossier_load(store, dossier_id_of(reference), arena, out, err);
}

enum status dossier_of_assessment(struct store *store, int64_t assessment, int64_t *id,
                                  struct err *err)
{
    int64_t found = 0;
    bool has_row;
    enum status status = statement_int(store, SQL_DOSSIER_OF_ASSESSMENT, PARAMS(INT(assessment)),
                                       &found, &has_row, err);

    if (status == OK)
        *id = found;
    return status;
}

/* ---- walking over all ---- */

static void read_look(struct db_stmt *stmt, struct arena *arena, void *item)
{
    struct dossier_look *look = item;

    (void)arena;
    look->id = db_int(stmt, 0);
    look->is_idle = db_int(stmt, 1) != 0;
}

enum status dossier_look(struct store *store, int64_t after, const char *before, size_t max,
                         struct arena *arena, const struct dossier_look **list, size_t *count,
                         struct err *err)
{
    static const struct list_kind kind = {sizeof(struct dossier_look), read_look};
    int64_t seconds;
    void *items;
    enum status status = time_read(before, &seconds, err);

    if (status == OK)
        status = statement_list(store, SQL_DOSSIER_LOOK,
                                PARAMS(INT(after), TEXT(before), INT((int64_t)max)), &kind, arena,
                                &items, count, err);
    if (status == OK)
        *list = items;
    return status;
}

/* ---- saving ---- */

enum status dossier_touch(struct store *store, int64_t id, const char *now, struct err *err)
{
    int64_t seconds, changes = 0;
    enum status status = time_read(now, &seconds, err);

    if (status == OK)
        status = statement_write_alone(store, SQL_DOSSIER_TOUCH, PARAMS(INT(id), TEXT(now)),
                                       &changes, err);
    return status == OK && !changes ? dossier_not_found(err) : status;
}

static enum status update(struct store *store, const struct dossier *d, const char *now,
                          struct err *err)
{
    const struct param params[] = {
        INT(d->id),
        INT(d->version),
        TEXT(state_codes[d->state]),
        TEXT(d->content),
        TEXT(d->progress),
        d->assessment ? INT(d->assessment) : TEXT(NULL),
        INT(d->revision),
        TEXT(now),
        TEXT(d->submitted_at),
        TEXT(d->consent_at),
        TEXT(d->consent_version),
        TEXT(d->consent_ended_at),
        TEXT(d->erasure_asked_at),
        TEXT(d->questionnaire),
    };
    int64_t changes = 0;
    enum status status = statement_write(
        store, SQL_DOSSIER_SAVE, (struct params){params, ARRAY_SIZE(params)}, &changes, err);

    if (status != OK || changes)
        return status;
    status = dossier_check_version(store, d, err);
    return status == OK ? refuse_version(err) : status;
}

enum status dossier_save(struct store *store, struct dossier *dossier, const char *now,
                         struct err *err)
{
    int64_t seconds;
    bool has_own;
    enum status status = time_read(now, &seconds, err);

    if (status == OK && dossier->state == DOSSIER_ERASED)
        status = err_set(err, BAD_INPUT, "hồ sơ không bị xóa bằng cách lưu trạng thái",
                         "a dossier is not erased by saving its state");
    if (status == OK)
        status = check_length(dossier->content, err);
    if (status == OK)
        status = check_length(dossier->progress, err);
    if (status == OK)
        status = store_enter(store, &has_own, err);
    if (status != OK)
        return status;
    status = update(store, dossier, now, err);
    status = store_leave(store, has_own, false, status, err);
    if (status != OK)
        return status;
    dossier->version++;
    dossier->changed_at = now;
    return OK;
}
