/* Writing: a response becomes an enterprise, an assessment and a revision, or changes nothing. */
#include "store.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "statement.h"

/* One response on its way in. */
struct incoming {
    struct store *store;
    const struct response *response;
    const struct score *score;
    const struct store_extra *extra;
    const char *tax_code, *name, *area;   /* NULL where not given */
    char submitted_on[DAY_ISO_CHARS + 1]; /* "" where not given */
    int64_t round, origin, enterprise;
    bool is_new_enterprise;
    bool is_linked;      /* known by its name only until now */
    bool has_other_name; /* than the enterprise has so far */
    bool is_withdrawn;   /* until now */
    bool has_written;
    bool is_reviewed; /* refused for that */
    char newer[DAY_ISO_CHARS + 1];       /* the day of the current revision where it is later */
    char reference[REFERENCE_CHARS + 1]; /* of the enterprise */
    int64_t assessment, revision;
    unsigned char dimensions[3 * DIMENSIONS_MAX];
};

static const struct value *column_value(const struct incoming *in, enum column_fact column)
{
    static const struct value unknown;
    size_t fact = in->store->fact_columns[column];

    return fact == MAP_NONE ? &unknown : &in->response->values[fact];
}

static const char *column_text(const struct incoming *in, enum column_fact column)
{
    const struct value *value = column_value(in, column);

    return value->kind == VALUE_TEXT ? value->text : NULL;
}

/* The name as it is searched and compared; made only where it is needed. */
static const char *folded_name(struct incoming *in)
{
    struct buf *fold = &in->store->name_fold;

    buf_clear(fold);
    if (in->name)
        text_fold_to(fold, in->name, strlen(in->name));
    return buf_text(fold);
}

static enum status prepare(struct incoming *in, struct err *err)
{
    in->tax_code = column_text(in, FACT_COLUMN_TAX_CODE);
    in->name = column_text(in, FACT_COLUMN_NAME);
    in->area = column_text(in, FACT_COLUMN_AREA);
    if (in->response->submitted_on != DAY_NONE)
        day_write_iso(in->submitted_on, in->response->submitted_on);
    if (!in->tax_code && !*folded_name(in))
        return err_set(err, BAD_INPUT, "cần mã số thuế hoặc tên để biết đơn vị nào trả lời",
                       "a tax code or a name is needed to know who answered");
    if (!in->response->round)
        return err_set(err, BAD_INPUT, "phiếu chưa nêu đợt đánh giá (ví dụ 2026)",
                       "the response names no round (for instance 2026)");
    return OK;
}

/* ---- the enterprise ---- */

/* Takes the enterprise that a statement is at. */
static void take_enterprise(struct incoming *in, struct db_stmt *stmt)
{
    const char *name = db_text(stmt, 1);

    in->enterprise = db_int(stmt, 0);
    in->has_other_name = in->name && (!name || strcmp(name, in->name) != 0);
    snprintf(in->reference, sizeof(in->reference), "%s", db_text(stmt, 2));
}

static enum status look_up_tax_code(struct incoming *in, bool *is_found, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(in->store->db, SQL_ENTERPRISE_BY_TAX_CODE, &stmt, err);

    if (status != OK)
        return status;
    db_bind_text(stmt, 1, in->tax_code);
    status = db_step(stmt, is_found, err);
    if (status == OK && *is_found)
        take_enterprise(in, stmt);
    db_done(stmt);
    return status;
}

static bool is_same_name(const char *a, const char *b)
{
    struct arena arena;
    bool is_same;

    if (strcmp(a, b) == 0)
        return true;
    arena_init(&arena);
    is_same = strcmp(text_identity(&arena, a), text_identity(&arena, b)) == 0;
    arena_free(&arena);
    return is_same;
}

/* Of those without a tax code; the index knows folded names, which several may share. */
static enum status look_up_name(struct incoming *in, bool *is_found, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status;

    *is_found = false;
    if (!*folded_name(in))
        return OK;
    status = db_prepare(in->store->db, SQL_ENTERPRISE_BY_NAME, &stmt, err);
    if (status != OK)
        return status;
    db_bind_text(stmt, 1, folded_name(in));
    db_bind_text(stmt, 2, in->area ? in->area : "");
    while (!*is_found && (status = db_step(stmt, &has_row, err)) == OK && has_row) {
        const char *name = db_text(stmt, 1);

        *is_found = name && is_same_name(name, in->name);
        if (*is_found)
            take_enterprise(in, stmt);
    }
    db_done(stmt);
    return status;
}

static enum status link_enterprise(struct incoming *in, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(in->store->db, SQL_ENTERPRISE_LINK, &stmt, err);

    if (status != OK)
        return status;
    in->has_written = true;
    db_bind_int(stmt, 1, in->enterprise);
    db_bind_text(stmt, 2, in->tax_code);
    return db_run(stmt, NULL, err);
}

/* It is not there: that was looked up in the same transaction. */
static enum status add_enterprise(struct incoming *in, struct err *err)
{
    struct store *store = in->store;
    struct db_stmt *stmt;
    int64_t changes = 0;
    enum status status;

    if (store->next_enterprise > STORE_ENTERPRISES_MAX)
        return err_set(err, LIMIT, "quá %d đơn vị", "more than %d enterprises",
                       STORE_ENTERPRISES_MAX);
    status = db_prepare(store->db, SQL_ENTERPRISE_ADD, &stmt, err);
    if (status != OK)
        return status;
    reference_make(&store->pool, store->next_enterprise, in->reference);
    db_bind_int(stmt, 1, store->next_enterprise);
    db_bind_text(stmt, 2, in->reference);
    db_bind_text(stmt, 3, in->tax_code);
    db_bind_text(stmt, 4, in->name);
    db_bind_text(stmt, 5, folded_name(in));
    db_bind_text(stmt, 6, in->tax_code || !in->area ? "" : in->area);
    db_bind_text(stmt, 7, in->extra->imported_at);
    status = db_run(stmt, &changes, err);
    if (status == OK && changes != 1)
        return err_set(err, FAILED, "không thêm được đơn vị vào cơ sở dữ liệu",
                       "the enterprise could not be added to the database");
    if (status != OK)
        return status;
    in->has_written = in->is_new_enterprise = true;
    in->enterprise = store->next_enterprise++;
    return OK;
}

/* By tax code, or else by name and area among those without one. */
static enum status find_enterprise(struct incoming *in, struct err *err)
{
    bool is_found = false;
    enum status status = OK;

    if (in->tax_code)
        status = look_up_tax_code(in, &is_found, err);
    if (status != OK || is_found)
        return status;
    /* A name alone is no reason to give somebody's answers to a tax code. */
    if (in->area || !in->tax_code)
        status = look_up_name(in, &is_found, err);
    in->is_linked = is_found && in->tax_code;
    if (status == OK && !is_found)
        status = add_enterprise(in, err);
    return status;
}

/* Its name is that of the response with the latest day, whatever is imported last. */
static enum status rename_enterprise(struct incoming *in, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(in->store->db, SQL_ENTERPRISE_RENAME, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, in->enterprise);
    db_bind_text(stmt, 2, in->name);
    db_bind_text(stmt, 3, folded_name(in));
    db_bind_text(stmt, 4, in->submitted_on);
    return db_run(stmt, NULL, err);
}

/* ---- the result ---- */

/* Half up; percent and points are never negative. */
static int64_t hundredths(struct ratio number)
{
    int64_t whole = 0;
    struct ratio rounded = ratio_mul(ratio_round(number, 2), ratio_of(100));

    return ratio_to_int64(rounded, &whole) ? whole : STORE_UNKNOWN;
}

/* The same of a share of whole numbers, without making fractions of them: an import asks often. */
static int64_t scaled(int64_t part, int64_t whole, int scale)
{
    return (int64_t)(((wide)part * scale * 2 + whole) / ((wide)whole * 2));
}

static int64_t percent_hundredths(const struct score_part *part)
{
    if (part->aggregation == AGGREGATE_POOLED && part->ceiling > 0)
        return scaled(part->raw, part->ceiling, 10000);
    return hundredths(score_percent(part));
}

static int64_t coverage_hundredths(const struct score_part *part)
{
    return part->asked ? scaled((int64_t)part->answered, (int64_t)part->asked, 10000) : 0;
}

/* Of the total: what was earned, or the most there could be. */
static int64_t points_hundredths(const struct score *score, bool is_max)
{
    const struct score_part *total = &score->total;

    if (total->aggregation == AGGREGATE_POOLED)
        return scaled(is_max ? total->ceiling : total->raw, scorer_unit(score->scorer), 100);
    return hundredths(is_max ? score_max(score, total) : score_points(score, total));
}

/* Per dimension: its percent in two bytes (the high one first; 65535 unknown), and its level. */
static size_t pack_dimensions(const struct score *score, unsigned char *bytes)
{
    size_t count = scorer_questionnaire(score->scorer)->dimension_count;

    for (size_t i = 0; i < count; i++) {
        int64_t percent = percent_hundredths(&score->dimensions[i]);

        bytes[3 * i] = (unsigned char)(percent >> 8 & 0xff);
        bytes[3 * i + 1] = (unsigned char)(percent & 0xff);
        bytes[3 * i + 2] = (unsigned char)score->dimensions[i].level; /* 255: LEVEL_NONE */
    }
    return 3 * count;
}

static void bind_whole(struct db_stmt *stmt, int n, const struct value *value)
{
    int64_t whole;

    if (value->kind == VALUE_NUMBER && ratio_to_int64(value->number, &whole))
        db_bind_int(stmt, n, whole);
    else
        db_bind_null(stmt, n);
}

static void bind_known(struct db_stmt *stmt, int n, int64_t number)
{
    if (number == STORE_UNKNOWN)
        db_bind_null(stmt, n);
    else
        db_bind_int(stmt, n, number);
}

static void bind_score(struct db_stmt *stmt, const struct score *score)
{
    const struct score_part *total = &score->total;
    int level = score_level(score);

    db_bind_int(stmt, 11, points_hundredths(score, false));
    db_bind_int(stmt, 12, points_hundredths(score, true));
    bind_known(stmt, 13, percent_hundredths(total));
    bind_known(stmt, 14, level);
    bind_known(stmt, 15, level == LEVEL_NONE ? STORE_UNKNOWN : score->by_total_only);
    db_bind_int(stmt, 16, score->is_complete);
    db_bind_int(stmt, 17, coverage_hundredths(total));
}

/* What adding and revising an assessment have in common: $1 to $24. */
static void bind_result(struct incoming *in, struct db_stmt *stmt)
{
    struct store *store = in->store;

    db_bind_int(stmt, 1, in->assessment);
    db_bind_int(stmt, 2, in->revision);
    db_bind_text(stmt, 3, *in->submitted_on ? in->submitted_on : NULL);
    db_bind_text(stmt, 4, column_text(in, FACT_COLUMN_FORM));
    db_bind_text(stmt, 5, column_text(in, FACT_COLUMN_SECTION));
    db_bind_text(stmt, 6, in->area);
    db_bind_text(stmt, 7, in->extra->size_class);
    bind_whole(stmt, 8, column_value(in, FACT_COLUMN_EMPLOYEES));
    bind_whole(stmt, 9, column_value(in, FACT_COLUMN_REVENUE));
    bind_whole(stmt, 10, column_value(in, FACT_COLUMN_CAPITAL));
    bind_score(stmt, in->score);
    db_bind_int(stmt, 18, in->origin);
    db_bind_text(stmt, 19, in->extra->imported_at);
    db_bind_bytes(stmt, 20, in->dimensions, pack_dimensions(in->score, in->dimensions));
    db_bind_bytes(stmt, 21, store->facts_bytes.data, store->facts_bytes.len);
    db_bind_bytes(stmt, 22, store->answers_bytes.data, store->answers_bytes.len);
    db_bind_text(stmt, 23, store->minutes.len ? buf_text(&store->minutes) : NULL);
    if (in->extra->import)
        db_bind_int(stmt, 24, in->extra->import);
    else
        db_bind_null(stmt, 24);
}

/* ---- the assessment ---- */

static bool is_same_bytes(struct db_stmt *stmt, int column, const struct buf *bytes)
{
    size_t len;
    const void *data = db_bytes(stmt, column, &len);

    return len == bytes->len && memcmp(data, bytes->data, len) == 0;
}

static bool is_same_text(struct db_stmt *stmt, int column, const char *text)
{
    const char *stored = db_text(stmt, column);

    return strcmp(stored ? stored : "", text) == 0;
}

/* What the assessment holds now; `put` says what is to be done. */
static enum status compare_current(struct incoming *in, struct store_put *put, struct err *err)
{
    struct store *store = in->store;
    struct db_stmt *stmt;
    bool is_found = false;
    enum status status = db_prepare(store->db, SQL_ASSESSMENT_CURRENT, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, in->assessment);
    status = db_step(stmt, &is_found, err);
    if (status == OK && is_found) {
        bool is_same = is_same_text(stmt, 1, in->submitted_on) &&
                       is_same_text(stmt, 2, buf_text(&store->minutes)) &&
                       is_same_bytes(stmt, 3, &store->facts_bytes) &&
                       is_same_bytes(stmt, 4, &store->answers_bytes);

        const char *current = db_text(stmt, 1);

        /* What an undone import brought comes with this one from now on. */
        is_same &= !(in->extra->import && db_int(stmt, 6));
        put->outcome = is_same ? STORE_UNCHANGED : STORE_REVISED;
        if (current && strcmp(in->submitted_on, current) < 0)
            snprintf(in->newer, sizeof(in->newer), "%s", current);
        in->revision = db_int(stmt, 0) + !is_same;
        in->is_withdrawn = db_int(stmt, 5) != 0;
    }
    db_done(stmt);
    if (status == OK && in->revision > STORE_REVISIONS_MAX)
        return err_set(err, LIMIT, "một đánh giá không được sửa quá %d lần",
                       "an assessment cannot have more than %d revisions", STORE_REVISIONS_MAX);
    return status;
}

static enum status add_assessment(struct incoming *in, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(in->store->db, SQL_ASSESSMENT_ADD, &stmt, err);

    if (status != OK)
        return status;
    bind_result(in, stmt);
    db_bind_int(stmt, 25, in->enterprise);
    db_bind_int(stmt, 26, in->round);
    return db_run(stmt, NULL, err);
}

/* Moves the current revision to the older ones and puts the new one in its place. */
static enum status revise_assessment(struct incoming *in, struct err *err)
{
    struct db *db = in->store->db;
    struct db_stmt *stmt;
    enum status status = db_prepare(db, SQL_REVISION_KEEP, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, in->assessment);
    status = db_run(stmt, NULL, err);
    if (status == OK)
        status = db_prepare(db, SQL_ASSESSMENT_REVISE, &stmt, err);
    if (status != OK)
        return status;
    bind_result(in, stmt);
    return db_run(stmt, NULL, err);
}

static enum status set_withdrawn(struct store *store, int64_t assessment, bool is_withdrawn,
                                 struct err *err)
{
    int64_t changes = 0;
    enum status status = statement_write(store, SQL_ASSESSMENT_WITHDRAW,
                                         PARAMS(INT(assessment), INT(is_withdrawn)), &changes, err);

    if (status == OK && !changes)
        return err_set(err, NOT_FOUND, "không có đánh giá này", "there is no such assessment");
    if (status == OK)
        status = statement_write(store, SQL_CASE_DUE_ADD, PARAMS(INT(assessment)), NULL, err);
    return status;
}

enum status store_withdraw(struct store *store, int64_t assessment, bool is_withdrawn,
                           struct err *err)
{
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = set_withdrawn(store, assessment, is_withdrawn, err);
    return store_leave(store, has_own, false, status, err);
}

static enum status refuse_older(const struct incoming *in, struct err *err)
{
    const char *own = *in->submitted_on ? in->submitted_on : "–";

    return err_set(err, BAD_INPUT,
                   "đơn vị này đã có câu trả lời ngày %s, mới hơn phiếu này (%s); nếu đúng là muốn "
                   "thay, hãy nhập lại với --replace",
                   "this enterprise has answers of %s, which are newer than these (%s); to replace "
                   "them all the same, import with --replace",
                   in->newer, own);
}

/* Somebody works on it, or has verified it: a file does not change that behind their back. */
static enum status refuse_reviewed(struct incoming *in, struct err *err)
{
    int64_t id;
    bool is_reviewed;
    enum status status = statement_int(in->store, SQL_CASE_IS_REVIEWED, PARAMS(INT(in->assessment)),
                                       &id, &is_reviewed, err);

    in->is_reviewed = status == OK && is_reviewed;
    if (!in->is_reviewed)
        return status;
    return err_set(err, BAD_INPUT,
                   "đơn vị này đang được thẩm định hoặc đã xác minh (hồ sơ số %lld), nên tệp không "
                   "thay được câu trả lời; hãy để cán bộ thẩm định ghi vào hồ sơ",
                   "this enterprise is being reviewed or was verified (case %lld), so a file does "
                   "not replace its answers; let the reviewing officer enter them",
                   (long long)id);
}

static enum status check_revision(struct incoming *in, struct err *err)
{
    const struct store_extra *extra = in->extra;

    if (extra->may_revise && !extra->may_revise(extra->context, in->assessment))
        return err_set(err, BAD_INPUT,
                       "đơn vị này đã có ở một dòng trước của cùng tệp, với nội dung khác",
                       "this enterprise stands in an earlier row of the same file, with other "
                       "content");
    if (*in->newer && !extra->replaces_newer)
        return refuse_older(in, err);
    return extra->is_reviewed_too ? OK : refuse_reviewed(in, err);
}

static enum status put_assessment(struct incoming *in, struct store_put *put, struct err *err)
{
    enum status status = OK;

    in->assessment = in->round << ENTERPRISE_BITS | in->enterprise;
    in->revision = 1;
    put->outcome = STORE_INSERTED;
    put->assessment = in->assessment;
    if (!in->is_new_enterprise)
        status = compare_current(in, put, err);
    if (status == OK && put->outcome == STORE_REVISED)
        status = check_revision(in, err);
    in->has_written |= status == OK && (put->outcome != STORE_UNCHANGED || in->is_withdrawn);
    if (status == OK && put->outcome == STORE_INSERTED)
        status = add_assessment(in, err);
    if (status == OK && put->outcome == STORE_REVISED)
        status = revise_assessment(in, err);
    if (status == OK && put->outcome == STORE_UNCHANGED && in->is_withdrawn)
        status = set_withdrawn(in->store, in->assessment, false, err);
    else if (status == OK && put->outcome != STORE_UNCHANGED)
        status = statement_write(in->store, SQL_CASE_DUE_ADD, PARAMS(INT(in->assessment)), NULL,
                                 err);
    reference_compose(put->reference, in->reference, in->round);
    put->revision = (int)in->revision;
    return status;
}

static enum status encode(struct incoming *in, struct err *err)
{
    struct store *store = in->store;
    enum status status = store_find_keys(store, true, err);

    if (status != OK)
        return status;
    buf_clear(&store->facts_bytes);
    buf_clear(&store->answers_bytes);
    buf_clear(&store->minutes);
    if (ratio_is_valid(in->response->minutes))
        ratio_print_fraction(&store->minutes, in->response->minutes);
    codec_write_facts(&store->facts_bytes, store->facts, &store->keys, in->response->values);
    codec_write_answers(&store->answers_bytes, in->response->questionnaire, in->response->answers);
    if (store->facts_bytes.is_full || store->answers_bytes.is_full)
        return err_set(err, LIMIT, "phiếu trả lời dài quá %zu byte",
                       "the response is longer than %zu bytes", CODEC_BYTES_MAX);
    return OK;
}

static enum status put_response(struct incoming *in, struct store_put *put, struct err *err)
{
    struct store *store = in->store;
    enum status status = prepare(in, err);

    if (status == OK)
        status = encode(in, err);
    if (status == OK)
        status = store_find_round(store, in->response->questionnaire, in->response->round,
                                  &in->round, err);
    if (status == OK)
        status = store_find_origin(store, in->extra, &in->origin, err);
    if (status == OK)
        status = find_enterprise(in, err);
    if (status == OK)
        status = put_assessment(in, put, err);
    if (status == OK && in->is_linked)
        status = link_enterprise(in, err);
    put->is_linked = in->is_linked;
    if (status == OK && in->has_other_name)
        status = rename_enterprise(in, err);
    return status;
}

enum status store_put_response(struct store *store, const struct response *response,
                               const struct score *score, const struct store_extra *extra,
                               struct store_put *put, struct err *err)
{
    struct incoming in = {.store = store, .response = response, .score = score, .extra = extra};
    struct store_put result = {0};
    bool has_own;
    enum status status = store_enter(store, &has_own, err);

    if (status != OK)
        return status;
    status = put_response(&in, &result, err);
    status = store_leave(store, has_own, in.has_written, status, err);
    result.is_reviewed = in.is_reviewed;
    result.was_withdrawn = in.is_withdrawn;
    if (status == OK || in.is_reviewed)
        *put = result;
    return status;
}
