#include "survey/response_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/text.h"

/* What a column holds, in the order in which the cells of a row are read: a day decides which
 * areas and sections there are; rows of a scale add to what its own column says. */
enum column_kind {
    COLUMN_QUESTIONNAIRE = RESPONSE_QUESTIONNAIRE,
    COLUMN_ROUND = RESPONSE_ROUND,
    COLUMN_SUBMITTED_ON = RESPONSE_SUBMITTED_ON,
    COLUMN_MINUTES = RESPONSE_MINUTES,
    COLUMN_FACT,
    COLUMN_QUESTION,
    COLUMN_SCALE_ROW,
    COLUMN_COMPUTED, /* what an export or a rejects file adds; passed over */
    COLUMN_NAMELESS, /* what a separator at the end of all lines makes; must be empty */
    COLUMN_KIND__MAX
};

#define QUICK_MAX 128

struct column {
    enum column_kind kind;
    size_t cell;  /* which cell of a row it is */
    size_t index; /* of the fact or question */
    size_t row;   /* of a scale */
    const char *pointer;
    /* Most cells of a questionnaire are one digit: index + 1 of the option that it names. */
    unsigned char quick[QUICK_MAX];
};

struct response_csv {
    struct csv_reader *reader;
    const struct facts *facts;
    const struct questionnaire *q;
    struct questionnaire_source source;
    struct response_csv_defaults defaults;
    struct arena arena; /* what lives as long as the file */
    struct csv_row header;
    struct column *columns; /* sorted by kind */
    size_t count;
    const struct csv_row *row;
    bool is_peeked; /* the first row was read to find the questionnaire */
    struct arena row_arena;
    struct faults faults;
};

static struct place place_of(const struct response_csv *csv, int line, const char *pointer)
{
    return (struct place){csv_reader_name(csv->reader), line, pointer};
}

/* ---- the header ---- */

static bool find_scale_row(const struct questionnaire *q, const char *name, struct column *column)
{
    for (const char *point = strchr(name, '.'); point; point = strchr(point + 1, '.')) {
        size_t at = map_get(&q->question_ids, name, (size_t)(point - name)), row;
        const struct question *question;

        if (at == MAP_NONE || q->questions[at].type != QUESTION_SCALE)
            continue;
        question = &q->questions[at];
        row = question_find_row(question, point + 1);
        if (row != MAP_NONE) {
            column->index = at;
            column->row = row;
            return true;
        }
    }
    return false;
}

static bool find_column(const struct response_csv *csv, const char *name, struct column *column)
{
    for (size_t i = 0; i < RESPONSE_SPECIAL_PARTS; i++) {
        if (strcmp(response_special_ids[i], name) == 0) {
            column->kind = (enum column_kind)i;
            return true;
        }
    }
    column->kind = *name ? COLUMN_FACT : COLUMN_NAMELESS;
    column->index = facts_find(csv->facts, name);
    if (!*name || column->index != MAP_NONE)
        return true;
    column->kind = COLUMN_QUESTION;
    column->index = questionnaire_find(csv->q, name);
    if (column->index != MAP_NONE)
        return true;
    column->kind = COLUMN_SCALE_ROW;
    if (find_scale_row(csv->q, name, column))
        return true;
    column->kind = COLUMN_COMPUTED;
    return strcmp(name, RESPONSE_CSV_REASON) == 0 ||
           strncmp(name, RESPONSE_CSV_COMPUTED, strlen(RESPONSE_CSV_COMPUTED)) == 0;
}

static void refuse_unknown(const struct response_csv *csv, const char *name, struct place place,
                           struct faults *faults)
{
    size_t max = RESPONSE_SPECIAL_PARTS + csv->facts->count + csv->q->question_count, count = 0;
    const char **names = ARENA_ARRAY(faults->arena, const char *, max);
    const char *closest;

    for (size_t i = 0; i < RESPONSE_SPECIAL_PARTS; i++)
        names[count++] = response_special_ids[i];
    for (size_t i = 0; i < csv->facts->count; i++) {
        if (!csv->facts->items[i].is_derived)
            names[count++] = csv->facts->items[i].id;
    }
    for (size_t i = 0; i < csv->q->question_count; i++)
        names[count++] = csv->q->questions[i].id;
    closest = text_closest(name, names, count);
    faults_add(faults, place, "không có dữ kiện hay câu hỏi nào tên '%s' trong %s%s%s%s",
               "there is no fact or question '%s' in %s%s%s%s", name, csv->q->ref,
               closest ? " (≈ '" : "", closest ? closest : "", closest ? "')" : "");
}

/* Fills the short way for options whose ids are one character. */
static void prepare_quick(const struct question *question, struct column *column)
{
    if (question->type != QUESTION_SINGLE && question->type != QUESTION_YESNO)
        return;
    for (size_t i = 0; i < question->option_count; i++) {
        const char *id = question->options[i].id;

        if (id[0] > 0 && !id[1])
            column->quick[(unsigned char)id[0]] = (unsigned char)(i + 1);
    }
}

static void load_column(struct response_csv *csv, size_t cell, struct map *names,
                        struct faults *faults)
{
    struct column *column = &csv->columns[cell];
    const char *name = csv->header.fields[cell].text;
    struct place place;

    column->cell = cell;
    column->pointer = *name ? arena_printf(&csv->arena, "column %s", name)
                            : arena_printf(&csv->arena, "column %zu", cell + 1);
    place = place_of(csv, csv->header.line, column->pointer);
    if (!find_column(csv, name, column))
        refuse_unknown(csv, name, place, faults);
    else if (column->kind == COLUMN_FACT && csv->facts->items[column->index].is_derived)
        faults_add(faults, place, "'%s' do phần mềm tính, không ghi vào phiếu",
                   "'%s' is computed, it does not belong into a response", name);
    else if (*name && map_put(names, name, strlen(name), cell) != MAP_NONE)
        faults_add(faults, place, "cột '%s' có hai lần", "the column '%s' stands there twice",
                   name);
    else if (column->kind == COLUMN_QUESTION)
        prepare_quick(&csv->q->questions[column->index], column);
}

static int by_kind(const void *a, const void *b)
{
    const struct column *x = a, *y = b;

    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->cell < y->cell ? -1 : x->cell > y->cell;
}

static bool load_columns(struct response_csv *csv, struct faults *faults)
{
    size_t errors = faults->errors;
    struct map names;

    map_init(&names, &csv->arena);
    csv->count = csv->header.count;
    csv->columns = ARENA_ARRAY(&csv->arena, struct column, csv->count);
    for (size_t i = 0; i < csv->count; i++)
        load_column(csv, i, &names, faults);
    qsort(csv->columns, csv->count, sizeof(*csv->columns), by_kind);
    return faults->errors == errors;
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

static void copy_header(struct response_csv *csv)
{
    struct csv_field *fields = ARENA_ARRAY(&csv->arena, struct csv_field, csv->row->count);

    for (size_t i = 0; i < csv->row->count; i++) {
        fields[i].text = arena_strdup(&csv->arena, cell_text(&csv->row->fields[i], &csv->arena));
        fields[i].len = strlen(fields[i].text);
    }
    csv->header = (struct csv_row){csv->row->line, fields, csv->row->count};
}

/* The questionnaire that the first row or else the caller names. */
static const char *first_ref(const struct response_csv *csv, struct arena *arena)
{
    for (size_t i = 0; i < csv->header.count && i < csv->row->count; i++) {
        const char *text;

        if (strcmp(csv->header.fields[i].text, response_special_ids[COLUMN_QUESTIONNAIRE]) != 0)
            continue;
        text = cell_text(&csv->row->fields[i], arena);
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

static bool open_file(struct response_csv *csv, struct questionnaire_source source,
                      struct faults *faults)
{
    enum csv_result result = next_row(csv, faults);

    if (result == CSV_ROW) {
        copy_header(csv);
        result = next_row(csv, faults);
    }
    if (result == CSV_BROKEN)
        return false;
    if (result == CSV_END) {
        faults_add(faults, place_of(csv, 0, ""), "tệp không có hàng nào sau dòng tiêu đề",
                   "the file has no rows behind its header");
        return false;
    }
    csv->is_peeked = true;
    if (csv->defaults.round &&
        !response_check_round(csv->defaults.round, place_of(csv, 0, ""), faults))
        return false;
    return find_questionnaire(csv, source, faults) && load_columns(csv, faults);
}

struct response_csv *response_csv_open(struct csv_reader *reader, const struct facts *facts,
                                       struct questionnaire_source source,
                                       struct response_csv_defaults defaults, struct faults *faults)
{
    struct response_csv *csv = xmalloc(sizeof(*csv));

    *csv = (struct response_csv){.reader = reader, .facts = facts, .defaults = defaults};
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
        if (!number_parse_typed(text, false, &response->minutes) || response->minutes.num < 0)
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

static void read_cell(struct response_csv *csv, const struct column *column,
                      struct response *response)
{
    const struct csv_field *field = &csv->row->fields[column->cell];
    struct arena *arena = &csv->row_arena;
    struct place place;
    const char *text;

    if (column->kind == COLUMN_COMPUTED || read_quickly(column, field, response))
        return;
    place = place_of(csv, csv->row->line, column->pointer);
    text = cell_text(field, arena);
    switch (column->kind) {
    case COLUMN_FACT:
        fact_read_text(csv->facts, column->index, text, response->submitted_on, place, arena,
                       &csv->faults, &response->values[column->index]);
        break;
    case COLUMN_QUESTION:
        answer_read_text(&csv->q->questions[column->index], text, place, arena, &csv->faults,
                         &response->answers[column->index]);
        break;
    case COLUMN_SCALE_ROW:
        answer_read_row_text(&csv->q->questions[column->index], column->row, text, place, arena,
                             &csv->faults, &response->answers[column->index]);
        break;
    default:
        read_special(csv, column, text, place, response);
    }
}

static void read_row(struct response_csv *csv, struct response *response)
{
    struct place place = place_of(csv, csv->row->line, "");

    if (csv->row->count != csv->count) {
        faults_add(&csv->faults, place, "hàng có %zu ô, dòng tiêu đề có %zu",
                   "the row has %zu cells, the header has %zu", csv->row->count, csv->count);
        return;
    }
    response->round = csv->defaults.round;
    for (size_t i = 0; i < csv->count; i++)
        read_cell(csv, &csv->columns[i], response);
    if (!csv->faults.errors && response_check(response, place, &csv->row_arena, &csv->faults))
        response_activate(response, &csv->row_arena);
}

enum response_csv_result response_csv_next(struct response_csv *csv, struct response **response)
{
    enum csv_result result = CSV_ROW;

    arena_reset(&csv->row_arena);
    faults_init(&csv->faults, &csv->row_arena);
    if (!csv->is_peeked)
        result = next_row(csv, &csv->faults);
    csv->is_peeked = false;
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
