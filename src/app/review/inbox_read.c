/* Reading a file of the inbox: its rows, what is wrong with them by kinds, what is to be asked. */
#include "inbox_parts.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/map.h"
#include "base/text.h"
#include "survey/response_csv.h"

/* Of one file. */
struct reader {
    struct arena *arena;
    const struct loaded_data *loaded;
    const struct inbox *inbox;
    struct inbox_reading *out;
    struct map kinds; /* of faults -> index */
    struct map seen;  /* enterprises -> index of the row */
    size_t cap;
    struct arena scratch; /* of one row */
};

static void fail(struct reader *r, const char *vi, const char *en)
{
    r->out->fault = (struct words){{arena_strdup(r->arena, vi), arena_strdup(r->arena, en)}};
}

static void fail_with(struct reader *r, const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        const char *at = fault->place.pointer;

        if (fault->is_warning)
            continue;
        fail(r, arena_printf(r->arena, "%s%s%s", at, *at ? ": " : "", fault->text[LANG_VI]),
             arena_printf(r->arena, "%s%s%s", at, *at ? ": " : "", fault->text[LANG_EN]));
        return;
    }
}

/* ---- rows ---- */

/* NULL after a fault of the whole file: there are too many. */
static struct inbox_row *add_row(struct reader *r)
{
    struct inbox_reading *out = r->out;

    if (out->count == INBOX_ROWS_MAX) {
        fail(r,
             arena_printf(r->arena,
                          "tệp có hơn %d dòng; hãy chia nhỏ, hoặc nhập bằng lệnh dxready import",
                          INBOX_ROWS_MAX),
             arena_printf(r->arena,
                          "the file has more than %d rows; split it, or use dxready import",
                          INBOX_ROWS_MAX));
        return NULL;
    }
    if (out->count == r->cap) {
        size_t cap = r->cap ? 2 * r->cap : 256;
        struct inbox_row *rows = ARENA_ARRAY(r->arena, struct inbox_row, cap);

        if (out->count)
            memcpy(rows, out->rows, out->count * sizeof(*rows));
        out->rows = rows;
        r->cap = cap;
    }
    out->rows[out->count] = (struct inbox_row){.number = (int64_t)out->count + 1,
                                               .name = "",
                                               .tax_code = "",
                                               .area = "",
                                               .stored_area = "",
                                               .reason = {{"", ""}},
                                               .cells = "",
                                               .response = ""};
    return &out->rows[out->count++];
}

static const char *text_of(struct reader *r, const struct response *response, const char *fact)
{
    const char *text = response_fact_text(response, fact);

    return text ? arena_strdup(r->arena, text) : "";
}

/* What was written, as a text of the reading. */
static const char *taken(struct reader *r, struct buf *text)
{
    const char *copy = arena_strdup(r->arena, buf_text(text));

    buf_free(text);
    return copy;
}

static void describe(struct reader *r, struct inbox_row *row, const struct response *response)
{
    row->name = text_of(r, response, "name");
    row->tax_code = text_of(r, response, "tax_code");
    row->area = text_of(r, response, "area");
}

static void refuse(struct reader *r, struct inbox_row *row, const char *vi, const char *en)
{
    row->outcome = INBOX_REFUSED;
    row->reason = (struct words){{arena_strdup(r->arena, vi), arena_strdup(r->arena, en)}};
}

static const char *written(struct reader *r, const struct response *response)
{
    struct json_writer w;
    struct buf text;

    buf_init(&text, RESPONSE_FILE_BYTES_MAX);
    json_writer_init(&w, &text);
    response_write(&w, response);
    return taken(r, &text);
}

/* The same enterprise a second time: the same again is nothing new, other content is refused. */
static void check_seen(struct reader *r, struct inbox_row *row, const struct response *response)
{
    const char *name = text_identity(&r->scratch, row->name);
    const char *who = *row->tax_code ? row->tax_code
                                     : arena_printf(&r->scratch, "%s|%s", name, row->area);
    const char *key = arena_printf(r->arena, "%s|%s|%s", response->questionnaire->ref,
                                   response->round ? response->round : "", who);
    size_t first = map_put(&r->seen, key, strlen(key), r->out->count - 1);

    if (first == MAP_NONE)
        return;
    if (strcmp(r->out->rows[first].response, row->response) == 0) {
        row->outcome = INBOX_SAME;
        row->response = "";
        return;
    }
    refuse(r, row, "đơn vị này đã có ở một dòng trước của cùng tệp, với nội dung khác",
           "this enterprise stands in an earlier row of the same file, with other content");
    row->response = "";
}

static void take(struct reader *r, struct inbox_row *row, struct response *response)
{
    struct err err;

    describe(r, row, response);
    if (!response->round && *r->inbox->round)
        response->round = r->inbox->round;
    if (import_check_answers(response, &err) != OK) {
        refuse(r, row, err.text[LANG_VI], err.text[LANG_EN]);
        return;
    }
    row->response = written(r, response);
    check_seen(r, row, response);
}

/* ---- faults by kinds ---- */

static struct inbox_fault *find_kind(struct reader *r, const char *key)
{
    struct inbox_reading *out = r->out;
    size_t at = map_find(&r->kinds, key);

    if (at != MAP_NONE)
        return &out->faults[at];
    if (out->fault_count == INBOX_FAULTS_MAX)
        return NULL;
    if (!out->faults)
        out->faults = ARENA_ARRAY(r->arena, struct inbox_fault, INBOX_FAULTS_MAX);
    key = arena_strdup(r->arena, key);
    map_put(&r->kinds, key, strlen(key), out->fault_count);
    out->faults[out->fault_count] = (struct inbox_fault){.item = ""};
    return &out->faults[out->fault_count++];
}

static void note_fault(struct reader *r, const struct fault *fault,
                       const struct response_bad_cell *cell, const struct inbox_row *row)
{
    const char *ref = r->inbox->questionnaire;
    bool is_open = cell && strlen(cell->text) <= INBOX_TEXT_BYTES_MAX &&
                   inbox_may_choose(r->loaded, ref, cell->item);
    const char *key = is_open ? arena_printf(&r->scratch, "%s\x1f%s", cell->item,
                                             text_identity(&r->scratch, cell->text))
                              : import_fault_kind(&r->scratch, fault);
    struct inbox_fault *kind = find_kind(r, key);

    if (!kind)
        return;
    if (!kind->cells)
        *kind = (struct inbox_fault){
            .item = cell ? arena_strdup(r->arena, cell->item) : "",
            .heading = cell ? arena_strdup(r->arena, cell->heading) : "",
            .text = cell ? arena_strndup(r->arena, cell->text,
                                         text_cut(cell->text, strlen(cell->text),
                                                  INBOX_TEXT_BYTES_MAX))
                         : "",
            .guess = is_open ? inbox_guess(r->loaded, ref, cell->item, cell->text, r->arena) : "",
            .is_open = is_open,
            .line = row->line,
            .fault = {{arena_strdup(r->arena, fault->text[LANG_VI]),
                       arena_strdup(r->arena, fault->text[LANG_EN])}}};
    kind->cells++;
    kind->bad_rows += kind->last != row->number;
    kind->last = row->number;
}

static void refuse_for(struct reader *r, struct inbox_row *row, const struct faults *faults,
                       const struct response_bad_cell *cells, size_t cell_count)
{
    refuse(r, row, import_reason(faults, LANG_VI, &r->scratch),
           import_reason(faults, LANG_EN, &r->scratch));
    for (size_t i = 0; i < faults->count; i++) {
        const struct response_bad_cell *cell = NULL;

        for (size_t j = 0; j < cell_count && !cell; j++)
            cell = cells[j].fault == &faults->items[i] ? &cells[j] : NULL;
        if (!faults->items[i].is_warning)
            note_fault(r, &faults->items[i], cell, row);
    }
}

/* ---- tables ---- */

static const char *csv_line(struct reader *r, const struct csv_row *row)
{
    struct csv_writer w;
    struct buf text;

    buf_init(&text, CSV_ROW_BYTES_MAX);
    csv_writer_init(&w, &text, (struct csv_format){*r->out->separator, false, true});
    for (size_t i = 0; i < row->count; i++)
        csv_put(&w, csv_unmark(row->fields[i].text, row->fields[i].len));
    csv_end_row(&w);
    return taken(r, &text);
}

static void take_headings(struct reader *r, const struct response_csv *csv,
                          const struct inbox_meaning *meanings, size_t meaning_count)
{
    struct inbox_reading *out = r->out;
    const struct response_heading *asked = response_csv_asked(csv, &out->heading_count);

    out->headings = ARENA_ARRAY(r->arena, struct inbox_heading, out->heading_count + 1);
    for (size_t i = 0; i < out->heading_count; i++) {
        struct inbox_heading *heading = &out->headings[i];

        *heading = (struct inbox_heading){
            .heading = arena_strdup(r->arena, asked[i].text),
            .meaning = asked[i].meaning ? arena_strdup(r->arena, asked[i].meaning) : "",
            .guess = arena_strdup(r->arena, asked[i].guess),
            .is_open = !asked[i].meaning};
        for (size_t j = 0; j < meaning_count; j++)
            heading->is_remembered |= !*meanings[j].item && meanings[j].is_remembered &&
                                      strcmp(meanings[j].text, heading->heading) == 0;
    }
}

static void read_rows(struct reader *r, struct response_csv *csv)
{
    enum response_csv_result result;
    struct response *response;

    while (!r->out->fault.in[LANG_VI] &&
           (result = response_csv_next(csv, &response)) != RESPONSE_CSV_END) {
        const struct response_bad_cell *cells;
        struct inbox_row *row;
        size_t cell_count;

        if (result == RESPONSE_CSV_BROKEN) {
            fail_with(r, response_csv_faults(csv));
            return;
        }
        row = add_row(r);
        if (!row)
            return;
        arena_reset(&r->scratch);
        row->line = response_csv_cells(csv)->line;
        row->cells = csv_line(r, response_csv_cells(csv));
        cells = response_csv_bad_cells(csv, &cell_count);
        if (result == RESPONSE_CSV_ROW) {
            take(r, row, response);
            continue;
        }
        describe(r, row, response);
        refuse_for(r, row, response_csv_faults(csv), cells, cell_count);
    }
}

static void read_table(struct reader *r, const char *path, const struct inbox_meaning *meanings,
                       size_t meaning_count)
{
    struct response_meaning *said =
        ARENA_ARRAY(r->arena, struct response_meaning, meaning_count + 1);
    const struct response_meanings all = {said, meaning_count};
    struct faults *faults = ARENA_NEW(r->arena, struct faults);
    struct csv_reader *reader;
    struct response_csv *csv = NULL;

    faults_init(faults, r->arena);
    for (size_t i = 0; i < meaning_count; i++)
        said[i] = (struct response_meaning){meanings[i].item, meanings[i].text,
                                            meanings[i].meaning};
    reader = csv_reader_open(path, faults);
    if (reader)
        csv = response_csv_open(
            reader, r->loaded->facts, loaded_data_source(r->loaded),
            (struct response_csv_defaults){r->inbox->questionnaire,
                                           *r->inbox->round ? r->inbox->round : NULL, &all},
            faults);
    if (csv) {
        r->out->separator = arena_printf(r->arena, "%c", csv_reader_separator(reader));
        r->out->header = csv_line(r, response_csv_header(csv));
        r->out->columns = (int64_t)response_csv_header(csv)->count;
        take_headings(r, csv, meanings, meaning_count);
        read_rows(r, csv);
    } else {
        fail_with(r, faults);
    }
    response_csv_free(csv);
    csv_reader_free(reader);
}

/* ---- JSON ---- */

static const char *json_line(struct reader *r, const struct json *value)
{
    struct json_writer w;
    struct buf text;

    buf_init(&text, RESPONSE_FILE_BYTES_MAX);
    json_writer_init(&w, &text);
    json_value(&w, value);
    return taken(r, &text);
}

static void take_document(struct reader *r, const struct json *root, int64_t line,
                          struct faults *faults)
{
    struct inbox_row *row = add_row(r);
    struct response *response;

    if (!row)
        return;
    row->line = line;
    root = root ? import_without_computed(root, &r->scratch) : NULL;
    row->cells = root ? json_line(r, root) : "";
    response = root ? response_read(&r->scratch, root, r->loaded->facts,
                                    loaded_data_source(r->loaded), r->inbox->questionnaire, faults)
                    : NULL;
    if (response)
        take(r, row, response);
    else
        refuse_for(r, row, faults, NULL, 0);
}

static void read_lines(struct reader *r, const char *text, size_t len)
{
    const char *end = text + len;

    for (int64_t line = 1; text < end && !r->out->fault.in[LANG_VI]; line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = (size_t)((stop ? stop : end) - text);
        const struct json *root;
        struct faults *faults;

        if (length && strspn(text, " \t\r") < length) {
            arena_reset(&r->scratch);
            faults = ARENA_NEW(&r->scratch, struct faults);
            faults_init(faults, &r->scratch);
            root = json_parse(&r->scratch, r->inbox->file, arena_strndup(&r->scratch, text, length),
                              length, faults);
            take_document(r, root, line, faults);
        }
        text += length + 1;
    }
    if (!r->out->count)
        fail(r, "tệp không có phiếu nào", "the file has no responses");
}

static void read_json(struct reader *r, const char *text, size_t len)
{
    struct faults *faults = ARENA_NEW(r->arena, struct faults);
    const struct json *root;

    faults_init(faults, r->arena);
    root = json_parse(r->arena, r->inbox->file, arena_strndup(r->arena, text, len), len, faults);
    if (!root) {
        fail_with(r, faults);
        return;
    }
    for (size_t i = 0; i < (root->type == JSON_ARRAY ? root->count : 1); i++) {
        const struct json *one = root->type == JSON_ARRAY ? &root->items[i] : root;
        struct faults *own;

        arena_reset(&r->scratch);
        own = ARENA_NEW(&r->scratch, struct faults);
        faults_init(own, &r->scratch);
        take_document(r, one, one->line, own);
    }
}

/* ---- any file ---- */

/* Readers of tables read files: one without a name, which is gone when it is closed. */
static void read_through_file(struct reader *r, const void *content, size_t len,
                              const struct inbox_meaning *meanings, size_t meaning_count)
{
    int file = memfd_create("inbox", MFD_CLOEXEC);
    const char *data = content;
    size_t done = 0;

    while (file >= 0 && done < len) {
        ssize_t wrote = write(file, data + done, len - done);

        if (wrote < 0 && errno != EINTR)
            break;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    if (file < 0 || done < len)
        fail(r, "không đủ bộ nhớ để đọc tệp; hãy thử lại sau",
             "there is no memory to read the file; try again later");
    else
        read_table(r, arena_printf(r->arena, "/proc/self/fd/%d", file), meanings, meaning_count);
    if (file >= 0)
        (void)close(file);
}

void inbox_read(struct arena *arena, const struct loaded_data *loaded, const struct inbox *inbox,
                const void *content, size_t len, const struct inbox_meaning *meanings,
                size_t meaning_count, struct inbox_reading *out)
{
    struct reader r = {.arena = arena, .loaded = loaded, .inbox = inbox, .out = out};
    size_t look = len < IMPORT_LOOK_BYTES ? len : IMPORT_LOOK_BYTES;
    struct words what;

    *out = (struct inbox_reading){.arena = arena, .separator = "", .header = ""};
    arena_init(&r.scratch);
    map_init(&r.kinds, arena);
    map_init(&r.seen, arena);
    if (import_foreign_kind(inbox->file, content, look, &what))
        fail(&r, what.in[LANG_VI], what.in[LANG_EN]);
    else if (import_ends_in(inbox->file, ".jsonl") || import_ends_in(inbox->file, ".ndjson"))
        read_lines(&r, content, len);
    else if (import_ends_in(inbox->file, ".json"))
        read_json(&r, content, len);
    else
        read_through_file(&r, content, len, meanings, meaning_count);
    arena_free(&r.scratch);
    if (out->fault.in[LANG_VI])
        out->count = out->fault_count = out->heading_count = 0;
}
