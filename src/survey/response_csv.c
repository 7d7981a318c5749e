#include "response_csv_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"

/* So many rows of titles may stand above a header. */
#define TITLE_ROWS_MAX 30
/* Different texts that are remembered for a column of options. */
#define KNOWN_MAX 64

static struct place place_of(const struct response_csv *csv, int line, const char *pointer)
{
    return (struct place){csv_reader_name(csv->reader), line, pointer};
}

/* ---- cells ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A cell without white space around it and without the mark against formulas, in NFC as all texts
 * are. */
static const char *cell_text(const struct csv_field *field, struct arena *arena)
{
    const char *text = csv_unmark(field->text, field->len), *end = field->text + field->len;
    size_t len;

    while (is_space(*text))
        text++;
    if (end > text && is_space(end[-1])) {
        while (end > text && is_space(end[-1]))
            end--;
        text = arena_strndup(arena, text, (size_t)(end - text));
        end = text + strlen(text);
    }
    return text_nfc(arena, text, (size_t)(end - text), &len);
}

static bool is_empty(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->fields[i].text;

        while (is_space(*text))
            text++;
        if (*text)
            return false;
    }
    return true;
}

/* Reads on to a row with something in it. */
static enum csv_result next_row(struct response_csv *csv, struct faults *faults)
{
    enum csv_result result;

    do
        result = csv_reader_next(csv->reader, faults, &csv->row);
    while (result == CSV_ROW && is_empty(csv->row));
    return result;
}

const char *response_csv_cell(const struct csv_field *field, struct arena *arena)
{
    return text_one_line(arena, cell_text(field, arena));
}

static void copy_header(struct response_csv *csv)
{
    struct csv_field *fields = ARENA_ARRAY(&csv->arena, struct csv_field, csv->row->count);

    for (size_t i = 0; i < csv->row->count; i++) {
        fields[i].text =
            arena_strdup(&csv->arena, response_csv_cell(&csv->row->fields[i], &csv->arena));
        fields[i].len = strlen(fields[i].text);
    }
    csv->header = (struct csv_row){csv->row->line, fields, csv->row->count};
}

static size_t filled_cells(const struct csv_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        count += row->fields[i].text[strspn(row->fields[i].text, " \t\r\n")] != '\0';
    return count;
}

static bool is_header(struct response_csv *csv, bool is_first)
{
    size_t known = response_csv_count_headings(csv, csv->row);

    return known > 1 || (known == 1 && (is_first || filled_cells(csv->row) <= 2));
}

/* Titles may stand above the header; where no row looks like one it is the first. */
static enum csv_result find_header(struct response_csv *csv, struct faults *faults)
{
    enum csv_result result = next_row(csv, faults);
    int first = result == CSV_ROW ? csv->row->line : 0;

    for (size_t i = 0; result == CSV_ROW && i < TITLE_ROWS_MAX; i++) {
        if (is_header(csv, i == 0)) {
            csv->title_line = i ? first : 0;
            csv->titles = i;
            return result;
        }
        result = next_row(csv, faults);
    }
    if (result == CSV_BROKEN || !first)
        return result;
    return csv_reader_rewind(csv->reader, faults) ? next_row(csv, faults) : CSV_BROKEN;
}

/* The questionnaire that the first row or else the caller names. */
static const char *first_ref(struct response_csv *csv, struct arena *arena)
{
    for (size_t i = 0; i < csv->header.count && i < csv->row->count; i++) {
        const char *text;

        if (!response_csv_is_questionnaire(csv, csv->header.fields[i].text))
            continue;
        text = response_csv_cell(&csv->row->fields[i], arena);
        return *text ? text : csv->defaults.questionnaire;
    }
    return csv->defaults.questionnaire;
}

static bool find_questionnaire(struct response_csv *csv, struct questionnaire_source source,
                               struct faults *faults)
{
    const char *ref = first_ref(csv, &csv->arena);
    struct err err;

    if (!ref) {
        faults_add(
            faults, place_of(csv, csv->header.line, ""),
            "thiếu cột 'questionnaire' (ví dụ dbi-sme@2021); hoặc hãy nêu bộ câu hỏi khi nhập",
            "the column 'questionnaire' is missing (for instance dbi-sme@2021); or name the "
            "questionnaire when importing");
        return false;
    }
    csv->source = source;
    csv->q = source.find(source.context, ref, &err);
    if (!csv->q)
        faults_add(faults, place_of(csv, csv->row->line, "column questionnaire"), "%1$s%2$.0s",
                   "%2$s%1$.0s", err.text[LANG_VI], err.text[LANG_EN]);
    return csv->q != NULL;
}

static void note_titles(const struct response_csv *csv, struct faults *faults)
{
    if (csv->titles)
        faults_warn(faults, place_of(csv, csv->title_line, ""),
                    "%zu hàng tiêu đề ở trên bảng được bỏ qua",
                    "%zu rows of titles above the table are passed over", csv->titles);
}

/* A row that numbers the columns may stand below the header. */
static enum csv_result first_response(struct response_csv *csv, struct faults *faults)
{
    enum csv_result result = next_row(csv, faults);

    if (result != CSV_ROW || !response_csv_numbers_columns(csv->row))
        return result;
    csv->numbers_line = csv->row->line;
    faults_warn(faults, place_of(csv, csv->numbers_line, ""), "hàng đánh số các cột được bỏ qua",
                "the row that numbers the columns is passed over");
    return next_row(csv, faults);
}

static bool open_file(struct response_csv *csv, struct questionnaire_source source,
                      struct faults *faults)
{
    enum csv_result result = find_header(csv, faults);

    if (result == CSV_ROW) {
        copy_header(csv);
        result = first_response(csv, faults);
    }
    if (result == CSV_BROKEN)
        return false;
    if (result == CSV_END) {
        faults_add(faults, place_of(csv, 0, ""), "tệp không có hàng nào sau dòng tiêu đề",
                   "the file has no rows behind its header");
        return false;
    }
    csv->is_peeked = true;
    note_titles(csv, faults);
    if (csv->defaults.round &&
        !response_check_round(csv->defaults.round, place_of(csv, 0, ""), faults))
        return false;
    return find_questionnaire(csv, source, faults) && response_csv_load_columns(csv, faults) &&
           response_csv_scan(csv, faults);
}

struct response_csv *response_csv_open(struct csv_reader *reader, const struct facts *facts,
                                       struct questionnaire_source source,
                                       struct response_csv_defaults defaults, struct faults *faults)
{
    struct response_csv *csv = xmalloc(sizeof(*csv));

    *csv = (struct response_csv){.reader = reader, .facts = facts, .defaults = defaults};
    response_csv_take_meanings(csv);
    faults_init(&csv->faults, &csv->row_arena);
    if (open_file(csv, source, faults))
        return csv;
    response_csv_free(csv);
    return NULL;
}

void response_csv_free(struct response_csv *csv)
{
    if (!csv)
        return;
    arena_free(&csv->arena);
    arena_free(&csv->row_arena);
    free(csv);
}

/* ---- rows ---- */

static void read_special(struct response_csv *csv, const struct column *column, const char *text,
                         struct place place, struct response *response)
{
    if (!*text)
        return;
    switch (column->kind) {
    case COLUMN_QUESTIONNAIRE:
        if (strcmp(text, csv->q->ref) != 0)
            faults_add(&csv->faults, place,
                       "tệp này dành cho bộ câu hỏi %s; hàng của '%s' cần một tệp khác",
                       "this file is for the questionnaire %s; a row of '%s' needs another file",
                       csv->q->ref, text);
        break;
    case COLUMN_ROUND:
        response_check_round(text, place, &csv->faults);
        response->round = text;
        break;
    case COLUMN_SUBMITTED_ON:
        if (!day_parse_typed(text, strlen(text), &response->submitted_on))
            faults_add(&csv->faults, place, "cần một ngày có thật, ví dụ 25/11/2026",
                       "a real day is needed, for instance 25/11/2026");
        break;
    case COLUMN_MINUTES:
        if (number_read_typed(text, &column->form, &response->minutes) != NUMBER_READ ||
            response->minutes.num < 0)
            faults_add(&csv->faults, place, "cần số phút, ví dụ 25",
                       "a number of minutes is needed");
        break;
    default: /* COLUMN_NAMELESS */
        faults_add(&csv->faults, place, "ô có nội dung nhưng cột không có tên",
                   "the cell has content, but its column has no name");
    }
}

/* One character that names an option. */
static bool read_quickly(const struct column *column, const struct csv_field *field,
                         struct response *response)
{
    unsigned char c = (unsigned char)field->text[0];

    if (column->kind != COLUMN_QUESTION || field->len != 1 || c >= QUICK_MAX || !column->quick[c])
        return false;
    response->answers[column->index].state = ANSWER_GIVEN;
    response->answers[column->index].option = column->quick[c] - 1u;
    return true;
}

/* A label that was met before: labels are many letters to compare. */
static bool read_known(struct response_csv *csv, const struct column *column, const char *text,
                       struct response *response)
{
    size_t option = map_find(&column->known, text);

    (void)csv;
    if (option == MAP_NONE)
        return false;
    response->answers[column->index].state = ANSWER_GIVEN;
    response->answers[column->index].option = (unsigned)option;
    return true;
}

static void read_answer(struct response_csv *csv, struct column *column, const char *text,
                        struct place place, struct response *response)
{
    const struct question *question = &csv->q->questions[column->index];
    struct answer *answer = &response->answers[column->index];
    bool is_one = question->type == QUESTION_SINGLE || question->type == QUESTION_YESNO;

    if (is_one && read_known(csv, column, text, response))
        return;
    if (answer_read_cell(question, text, &column->form, place, &csv->row_arena, &csv->faults,
                         answer) &&
        is_one && answer->state == ANSWER_GIVEN && column->known.count < KNOWN_MAX) {
        text = arena_strdup(&csv->arena, text);
        map_put(&column->known, text, strlen(text), answer->option);
    }
}

/* No day of a column is guessed in which one can only have its month first. */
static bool refuse_months(struct response_csv *csv, const struct column *column, const char *text,
                          struct place place)
{
    if (!column->is_month_first || !*text)
        return false;
    faults_add(&csv->faults, place,
               "cột này có ngày ghi tháng trước (dòng %d), nên không ngày nào của cột được đoán; "
               "hãy ghi cả cột theo ngày/tháng/năm, ví dụ 25/11/2026",
               "this column has a day with its month first (line %d), so none of its days is "
               "guessed; write the whole column as day/month/year, for instance 25/11/2026",
               column->month_first_line);
    return true;
}

static void read_text(struct response_csv *csv, struct column *column, const char *text,
                      struct place place, struct response *response)
{
    struct arena *arena = &csv->row_arena;

    switch (column->kind) {
    case COLUMN_FACT:
        fact_read_cell(csv->facts, column->index, text, &column->form, response->submitted_on,
                       place, arena, &csv->faults, &response->values[column->index]);
        break;
    case COLUMN_QUESTION:
        read_answer(csv, column, text, place, response);
        break;
    case COLUMN_SCALE_ROW:
        answer_read_row_text(&csv->q->questions[column->index], column->row, text, place, arena,
                             &csv->faults, &response->answers[column->index]);
        break;
    default:
        read_special(csv, column, text_one_line(arena, text + (*text == '\'')), place, response);
    }
}

static void read_cell(struct response_csv *csv, struct column *column, struct response *response)
{
    const struct csv_field *field = &csv->row->fields[column->cell];
    size_t errors = csv->faults.errors;
    const char *text, *said;
    struct place place;

    if (column->kind == COLUMN_COMPUTED || read_quickly(column, field, response))
        return;
    place = place_of(csv, csv->row->line, column->pointer);
    text = cell_text(field, &csv->row_arena);
    said = response_csv_meaning(csv, column->id, text, &csv->row_arena);
    if (!column->has_days || !refuse_months(csv, column, text, place))
        read_text(csv, column, said ? said : text, place, response);
    if (csv->defaults.meanings && csv->faults.errors != errors && csv->faults.count)
        response_csv_note_bad(csv, column, text, &csv->faults.items[csv->faults.count - 1]);
}

static void read_row(struct response_csv *csv, struct response *response)
{
    struct place place = place_of(csv, csv->row->line, "");

    if (csv->row->count != csv->count) {
        faults_add(&csv->faults, place, "hàng có %zu ô, dòng tiêu đề có %zu",
                   "the row has %zu cells, the header has %zu", csv->row->count, csv->count);
        return;
    }
    if (csv->role == ROW_DOUBTFUL) {
        faults_add(&csv->faults, place,
                   "hàng này giống hàng cộng nhưng có cả thông tin của một đơn vị; hãy bỏ hàng, "
                   "hoặc ghi lại tên đơn vị",
                   "this row looks like one of totals, but says what an enterprise is, too; leave "
                   "it out, or write the name of the enterprise");
        return;
    }
    response->round = csv->defaults.round;
    for (size_t i = 0; i < csv->count; i++)
        read_cell(csv, &csv->columns[i], response);
    if (!csv->faults.errors && response_check(response, place, &csv->row_arena, &csv->faults))
        response_activate(response, &csv->row_arena);
}

/* Reads on to a row that is no footer. */
static enum csv_result next_response(struct response_csv *csv)
{
    enum csv_result result = csv->is_peeked ? CSV_ROW : next_row(csv, &csv->faults);

    csv->is_peeked = false;
    while (result == CSV_ROW && (csv->role = response_csv_role(csv)) == ROW_FOOTER) {
        faults_warn(&csv->faults, place_of(csv, csv->row->line, ""),
                    "hàng cộng hoặc hàng ký tên được bỏ qua",
                    "a row of totals or signatures is passed over");
        result = next_row(csv, &csv->faults);
    }
    return result;
}

enum response_csv_result response_csv_next(struct response_csv *csv, struct response **response)
{
    enum csv_result result;

    arena_reset(&csv->row_arena);
    faults_init(&csv->faults, &csv->row_arena);
    csv->bad = NULL;
    csv->bad_count = 0;
    result = next_response(csv);
    if (result == CSV_BROKEN)
        return RESPONSE_CSV_BROKEN;
    if (result == CSV_END)
        return RESPONSE_CSV_END;
    *response = response_new(&csv->row_arena, csv->q, csv->facts);
    (*response)->source = csv->source;
    read_row(csv, *response);
    return csv->faults.errors ? RESPONSE_CSV_REJECTED : RESPONSE_CSV_ROW;
}

const struct faults *response_csv_faults(const struct response_csv *csv)
{
    return &csv->faults;
}

const struct csv_row *response_csv_cells(const struct response_csv *csv)
{
    return csv->row;
}

const struct csv_row *response_csv_header(const struct response_csv *csv)
{
    return &csv->header;
}
