/* Tables of responses: what all cells of a column say together of how it is written. */
#include "response_csv_parts.h"

#include <string.h>

/* What was seen of one column. */
struct watched {
    struct column *column;
    struct number_evidence numbers;
    size_t cells;   /* with a number */
    size_t shares;  /* of them: above 0 and at most 1, without a percent sign */
    size_t below;   /* of those: below 1 */
    int share_line; /* where the first stands */
};

static bool is_percent(const struct column *column)
{
    return column->has_numbers && column->form.kind == NUMBER_PERCENT;
}

/* "0,51" in a column of percents: Excel keeps 51 % so. */
static void observe_share(struct watched *w, const char *text, int line)
{
    struct ratio number;

    if (number_read_typed(text, &w->column->form, &number) != NUMBER_READ || number.num == 0)
        return;
    w->cells++;
    if (number.num < 0 || ratio_cmp(number, ratio_of(1)) > 0 || strchr(text, '%'))
        return;
    w->share_line = w->shares ? w->share_line : line;
    w->shares++;
    w->below += ratio_cmp(number, ratio_of(1)) < 0;
}

/* What an import said of the row that it put aside; "" where it is of no such file. */
static const char *reason_of(const struct response_csv *csv)
{
    for (size_t i = 0; i < csv->header.count; i++) {
        if (strcmp(csv->header.fields[i].text, RESPONSE_CSV_REASON) == 0)
            return csv->row->fields[i].text;
    }
    return "";
}

/* "2.000" of a rejects file that nobody mended: what spoke for another reading was stored, and is
 * not in this file. */
static void observe_reason(struct response_csv *csv, const char *text, struct watched *w)
{
    struct number_form form = w->column->form;
    const char *reason = reason_of(csv);
    struct ratio number;

    form.point = form.comma = SIGN_UNCLEAR;
    if (!*reason || number_read_typed(text, &form, &number) != NUMBER_UNCLEAR)
        return;
    if (strstr(reason, arena_printf(&csv->row_arena, "'%s'", text)))
        w->numbers = (struct number_evidence){true, true, true, true};
}

static void observe(struct response_csv *csv, struct watched *w)
{
    struct column *column = w->column;
    const struct csv_field *field = &csv->row->fields[column->cell];

    if (column->has_days && !column->is_month_first && field->len) {
        const char *text = response_csv_cell(field, &csv->row_arena);

        column->is_month_first = day_is_month_first(text, strlen(text));
        column->month_first_line = csv->row->line;
    }
    if (column->has_numbers && strpbrk(field->text, ".,")) {
        number_observe(field->text, &column->form, &w->numbers);
        observe_reason(csv, response_csv_cell(field, &csv->row_arena), w);
    }
    if (is_percent(column) && field->len)
        observe_share(w, field->text, csv->row->line);
}

static void note_shares(const struct response_csv *csv, const struct watched *w,
                        struct faults *faults)
{
    bool is_all = w->shares == w->cells;
    struct place place = {csv_reader_name(csv->reader), w->share_line, w->column->pointer};

    if (is_percent(w->column) && (is_all ? w->shares : w->below))
        faults_warn(faults, place,
                    "%zu ô lớn hơn 0 và không quá 1 được đọc là phần trăm (0,51 là 0,51 %%); nếu "
                    "là 51 %% hãy ghi 51",
                    "%zu cells above 0 and at most 1 are read as per cent (0.51 is 0.51 %%); if it "
                    "is 51 %%, write 51",
                    is_all ? w->shares : w->below);
}

static size_t find_watched(struct response_csv *csv, struct watched *watched)
{
    size_t count = 0;

    for (size_t i = 0; i < csv->count; i++) {
        if (csv->columns[i].has_numbers || csv->columns[i].has_days)
            watched[count++] = (struct watched){.column = &csv->columns[i]};
    }
    return count;
}

/* Up to the header, or the numbers below it; false after a fault. */
static bool go_back(struct response_csv *csv, struct faults *faults)
{
    int last = csv->numbers_line ? csv->numbers_line : csv->header.line;

    if (!csv_reader_rewind(csv->reader, faults))
        return false;
    do {
        if (csv_reader_next(csv->reader, faults, &csv->row) != CSV_ROW)
            return false;
    } while (csv->row->line < last);
    csv->is_peeked = false;
    return true;
}

/* What cannot be read is said when it is read again: what stands before it may be stored. */
static void watch_rows(struct response_csv *csv, struct watched *watched, size_t count)
{
    enum csv_result result = CSV_ROW;

    while (result == CSV_ROW) {
        for (size_t i = 0; i < count && csv->row->count == csv->count; i++)
            observe(csv, &watched[i]);
        arena_reset(&csv->row_arena);
        faults_init(&csv->faults, &csv->row_arena);
        result = csv_reader_next(csv->reader, &csv->faults, &csv->row);
    }
}

bool response_csv_scan(struct response_csv *csv, struct faults *faults)
{
    struct watched *watched = ARENA_ARRAY(&csv->arena, struct watched, csv->count);
    size_t count = find_watched(csv, watched);

    if (!count)
        return true;
    watch_rows(csv, watched, count);
    for (size_t i = 0; i < count; i++) {
        if (watched[i].column->has_numbers)
            number_decide(&watched[i].column->form, &watched[i].numbers,
                          csv_reader_separator(csv->reader));
        note_shares(csv, &watched[i], faults);
    }
    return go_back(csv, faults);
}
