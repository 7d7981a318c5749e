/* Reading: rows for lists, whole responses for reports, everything for aggregates. */
#include "store.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "row.h"

/* ---- rows ---- */

static int64_t read_int(struct db_stmt *stmt, int column)
{
    return db_is_null(stmt, column) ? STORE_UNKNOWN : db_int(stmt, column);
}

static void read_dimensions(struct db_stmt *stmt, struct store_row *row)
{
    size_t len;
    const unsigned char *bytes = db_bytes(stmt, ROW_DIMENSIONS, &len);

    row->dimension_count = len / 3 < DIMENSIONS_MAX ? len / 3 : DIMENSIONS_MAX;
    for (size_t i = 0; i < row->dimension_count; i++) {
        int percent = bytes[3 * i] << 8 | bytes[3 * i + 1];

        row->dimensions[i].percent = percent == 0xffff ? STORE_UNKNOWN : percent;
        row->dimensions[i].level =
            row->level == STORE_UNKNOWN || percent == 0xffff ? STORE_UNKNOWN : bytes[3 * i + 2];
    }
}

void read_row(struct db_stmt *stmt, struct store_row *row)
{
    row->assessment = db_int(stmt, ROW_ASSESSMENT);
    row->enterprise_reference = db_text(stmt, ROW_ENTERPRISE_REFERENCE);
    reference_compose(row->reference, row->enterprise_reference,
                      row->assessment >> ENTERPRISE_BITS);
    row->tax_code = db_text(stmt, ROW_TAX_CODE);
    row->name = db_text(stmt, ROW_NAME);
    row->questionnaire = db_text(stmt, ROW_QUESTIONNAIRE);
    row->round = db_text(stmt, ROW_ROUND);
    row->revision = (int)db_int(stmt, ROW_REVISION);
    row->submitted_on = db_text(stmt, ROW_SUBMITTED_ON);
    row->form = db_text(stmt, ROW_FORM);
    row->section = db_text(stmt, ROW_SECTION);
    row->area = db_text(stmt, ROW_AREA);
    row->size_class = db_text(stmt, ROW_SIZE_CLASS);
    row->employees = read_int(stmt, ROW_EMPLOYEES);
    row->revenue_vnd = read_int(stmt, ROW_REVENUE);
    row->capital_vnd = read_int(stmt, ROW_CAPITAL);
    row->total_points = db_int(stmt, ROW_POINTS);
    row->total_max = db_int(stmt, ROW_MAX);
    row->total_percent = (int)read_int(stmt, ROW_PERCENT);
    row->level = (int)read_int(stmt, ROW_LEVEL);
    row->by_total_only = (int)read_int(stmt, ROW_BY_TOTAL_ONLY);
    row->is_complete = db_int(stmt, ROW_IS_COMPLETE) != 0;
    row->coverage = (int)db_int(stmt, ROW_COVERAGE);
    row->imported_at = db_text(stmt, ROW_IMPORTED_AT);
    row->questionnaire_hash = db_text(stmt, ROW_HASH);
    row->catalogue_hash = db_text(stmt, ROW_CATALOGUE_HASH);
    row->program_version = db_text(stmt, ROW_PROGRAM_VERSION);
    row->source = db_text(stmt, ROW_SOURCE);
    row->is_withdrawn = db_int(stmt, ROW_IS_WITHDRAWN) != 0;
    row->import = read_int(stmt, ROW_IMPORT);
    row->has_flags = false;
    row->flag_count = 0;
    row->has_flag = 0;
    read_dimensions(stmt, row);
}

void store_keep_row(struct store_row *row, struct arena *arena)
{
    const char **texts[] = {
        &row->enterprise_reference,
        &row->tax_code,
        &row->name,
        &row->questionnaire,
        &row->round,
        &row->submitted_on,
        &row->form,
        &row->section,
        &row->area,
        &row->size_class,
        &row->imported_at,
        &row->questionnaire_hash,
        &row->catalogue_hash,
        &row->program_version,
        &row->source,
    };

    for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
        if (*texts[i])
            *texts[i] = arena_strdup(arena, *texts[i]);
    }
}

/* Gives every row of a bound statement to the taker, and ends its use. */
static enum status take_rows(struct db_stmt *stmt, store_row_callback *take, void *context,
                             struct err *err)
{
    bool has_row = false, goes_on = true;
    struct store_row row;
    enum status status = OK;

    while (goes_on && (status = db_step(stmt, &has_row, err)) == OK && has_row) {
        read_row(stmt, &row);
        goes_on = take(context, &row);
    }
    db_done(stmt);
    return status;
}

/* ---- finding one ---- */

/* The id that a bound statement finds, if it finds one. */
static enum status read_id(struct db_stmt *stmt, int64_t *id, bool *is_found, struct err *err)
{
    enum status status = db_step(stmt, is_found, err);

    if (status == OK && *is_found)
        *id = db_int(stmt, 0);
    db_done(stmt);
    return status;
}

static enum status find_by_tax_code(struct store *store, const char *code, int64_t *enterprise,
                                    bool *is_found, struct err *err)
{
    struct db_stmt *stmt;
    enum status status;

    if (!tax_code_is_valid(code))
        return OK;
    status = db_prepare(store->db, SQL_ENTERPRISE_BY_TAX_CODE, &stmt, err);
    if (status != OK)
        return status;
    db_bind_text(stmt, 1, code);
    return read_id(stmt, enterprise, is_found, err);
}

static enum status find_by_reference(struct store *store, const char *key, int64_t *enterprise,
                                     int64_t *round, bool *is_found, struct err *err)
{
    struct reference reference;
    struct db_stmt *stmt;
    enum status status;

    if (!reference_parse(key, &reference))
        return OK;
    status = db_prepare(store->db, SQL_ENTERPRISE_BY_REFERENCE, &stmt, err);
    if (status != OK)
        return status;
    *round = reference.round;
    db_bind_int(stmt, 1, reference.enterprise);
    db_bind_text(stmt, 2, reference.first);
    return read_id(stmt, enterprise, is_found, err);
}

/* The assessment of a round (its number, or 0; its name, or NULL), or the one submitted last. */
static enum status find_assessment(struct store *store, int64_t enterprise, int64_t round,
                                   const char *name, struct arena *arena, struct store_row *row,
                                   bool *is_found, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(store->db, SQL_FIND, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, enterprise);
    db_bind_text(stmt, 2, name);
    if (round)
        db_bind_int(stmt, 3, round);
    else
        db_bind_null(stmt, 3);
    status = db_step(stmt, is_found, err);
    if (status == OK && *is_found) {
        read_row(stmt, row);
        store_keep_row(row, arena);
    }
    db_done(stmt);
    return status;
}

enum status store_find(struct store *store, const char *key, const char *round, struct arena *arena,
                       struct store_row *row, struct err *err)
{
    struct store_row found;
    int64_t enterprise = 0, number = 0;
    bool is_found = false;
    enum status status = find_by_tax_code(store, key, &enterprise, &is_found, err);

    if (status == OK && !is_found)
        status = find_by_reference(store, key, &enterprise, &number, &is_found, err);
    if (status == OK && is_found)
        status = find_assessment(store, enterprise, number, round, arena, &found, &is_found, err);
    if (status != OK)
        return status;
    if (!is_found)
        return err_set(
            err, NOT_FOUND,
            "không có đánh giá nào của mã số thuế hay mã tham chiếu '%1$s'%2$s%4$s%3$.0s",
            "there is no assessment of the tax code or reference '%1$s'%3$s%4$s%2$.0s", key,
            round ? " trong đợt " : "", round ? " in the round " : "", round ? round : "");
    *row = found;
    return OK;
}

/* ---- all revisions, rounds, totals ---- */

enum status store_revisions(struct store *store, int64_t assessment, store_row_callback *take,
                            void *context, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(store->db, SQL_LIST_REVISIONS, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, assessment);
    return take_rows(stmt, take, context, err);
}

enum status store_assessments_of(struct store *store, int64_t enterprise, store_row_callback *take,
                                 void *context, struct err *err)
{
    struct db_stmt *stmt;
    enum status status = db_prepare(store->db, SQL_LIST_OF_ENTERPRISE, &stmt, err);

    if (status != OK)
        return status;
    db_bind_int(stmt, 1, enterprise);
    return take_rows(stmt, take, context, err);
}

enum status store_totals(struct store *store, struct store_totals *totals, struct err *err)
{
    struct db_stmt *stmt;
    bool has_row = false;
    enum status status = db_prepare(store->db, SQL_TOTALS, &stmt, err);

    if (status != OK)
        return status;
    status = db_step(stmt, &has_row, err);
    if (status == OK && has_row) {
        const char *last = db_text(stmt, 4);

        *totals = (struct store_totals){db_int(stmt, 0), db_int(stmt, 1), db_int(stmt, 2),
                                        db_int(stmt, 3), db_int(stmt, 5), ""};
        snprintf(totals->last_import, sizeof(totals->last_import), "%s", last ? last : "");
    }
    db_done(stmt);
    return status;
}
