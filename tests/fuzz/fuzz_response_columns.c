/*
 * Any bytes as a questionnaire: the columns of its tables. A response to it that is written as a
 * table is read again as the same one, unless the questionnaire was refused: also for ids that are
 * names of something else in a table.
 */
#include "fuzz.h"

#include "survey/response_csv.h"

#define INPUT_BYTES_MAX 20000

static const struct questionnaire *asked;

static const struct questionnaire *find(void *context, const char *ref, struct err *err)
{
    (void)context;
    if (strcmp(ref, asked->ref) == 0)
        return asked;
    err_set(err, NOT_FOUND, "không có bộ câu hỏi '%s'", "there is no questionnaire '%s'", ref);
    return NULL;
}

/* A table of one response that gives nothing but who answered. */
static void write_table(struct buf *out, struct arena *arena,
                        const struct response_columns *columns)
{
    struct response *response = response_new(arena, asked, columns->facts);
    struct csv_writer w;

    response->round = "2026";
    response->values[facts_find(columns->facts, "tax_code")] = value_text("0800291164");
    response_activate(response, arena);
    csv_writer_init(&w, out, (struct csv_format){.separator = ','});
    response_csv_write_header(&w, columns);
    csv_end_row(&w);
    response_csv_write(&w, columns, response);
    csv_end_row(&w);
}

static void read_table(const struct buf *table, const struct response_columns *columns,
                       struct faults *faults)
{
    struct csv_reader *reader = csv_reader_text("fuzz.csv", buf_text(table), table->len, faults);
    struct response_csv *csv =
        response_csv_open(reader, columns->facts, (struct questionnaire_source){.find = find},
                          (struct response_csv_defaults){0}, faults);
    struct response *response;

    MUST(csv && !faults->errors);
    MUST(response_csv_header(csv)->count == columns->count);
    MUST(response_csv_next(csv, &response) == RESPONSE_CSV_ROW);
    MUST(response->questionnaire == asked);
    MUST(response_csv_next(csv, &response) == RESPONSE_CSV_END);
    response_csv_free(csv);
    csv_reader_free(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct facts *facts = fuzz_reference()->facts;
    struct response_columns columns;
    const struct json *root;
    struct faults faults;
    struct arena arena;
    struct buf table;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    asked = root ? questionnaire_read(&arena, root, &facts->schema, &faults) : NULL;
    if (asked)
        questionnaire_check_ids(&arena, asked, &faults);
    if (asked && !faults.errors) {
        response_columns_init(&columns, &arena, asked, facts);
        buf_init(&table, BUF_MAX_DEFAULT);
        write_table(&table, &arena, &columns);
        read_table(&table, &columns, &faults);
        buf_free(&table);
    }
    arena_free(&arena);
    return 0;
}
