/* Import of JSON: one response, an array of them, or one a line. */
#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "survey/response_csv.h"

/* What an export and a file of rejects add beside the response; passed over, as computed columns of
 * a table are. */
static const char *const computed[] = {"score", "reason"};

static bool is_computed(const struct json *member)
{
    for (size_t i = 0; i < ARRAY_SIZE(computed); i++) {
        if (strcmp(member->key, computed[i]) == 0)
            return true;
    }
    return false;
}

/* What is read of several: where its rejects go, and the memory of one. */
struct series {
    struct import *im;
    struct rejects rejects;
    struct arena arena;
    struct faults faults;
};

/* The document without its computed members. Its values still know their place in the file. */
const struct json *import_without_computed(const struct json *root, struct arena *arena)
{
    struct json *copy, *items;
    size_t kept = 0;

    if (root->type != JSON_OBJECT)
        return root;
    copy = ARENA_NEW(arena, struct json);
    items = ARENA_ARRAY(arena, struct json, root->count);
    for (size_t i = 0; i < root->count; i++) {
        if (!is_computed(&root->items[i]))
            items[kept++] = root->items[i];
    }
    *copy = *root;
    copy->items = items;
    copy->count = kept;
    return copy;
}

/* Reads and stores one document; BAD_INPUT after adding to `faults`. */
static enum status take(struct import *im, const struct json *root, struct arena *arena,
                        struct faults *faults, struct err *err)
{
    struct response *response =
        response_read(arena, import_without_computed(root, arena), im->reference->facts,
                      workspace_source(im->ws), im->options->questionnaire, faults);
    enum status status;

    if (!response)
        return BAD_INPUT;
    if (!response->round && im->options->round) {
        if (!response_check_round(im->options->round, (struct place){root->file, 0, "--round"},
                                  faults))
            return BAD_INPUT;
        response->round = im->options->round;
    }
    status = import_put(im, response, err);
    if (status == BAD_INPUT || status == CONFLICT)
        import_add_fault(faults, json_place(root, faults), err);
    return status;
}

/* A whole file that is one response: its faults are the file's. */
static enum status take_single(struct import *im, const struct json *root, struct arena *arena,
                               struct err *err)
{
    enum status status;

    import_progress(im);
    status = take(im, root, arena, im->faults, err);
    if (status != BAD_INPUT && status != CONFLICT)
        return status;
    im->is_refused = true;
    return OK;
}

/* ---- several ---- */

static void series_init(struct series *s, struct import *im)
{
    *s = (struct series){.im = im};
    arena_init(&s->arena);
    faults_init(&s->faults, &s->arena);
    rejects_init(&s->rejects, im, ".jsonl");
}

static enum status series_finish(struct series *s, enum status status, struct err *err)
{
    arena_free(&s->arena);
    if (status == OK && !s->im->is_refused)
        return rejects_finish(&s->rejects, err);
    rejects_abandon(&s->rejects);
    return status;
}

/* Keeps the text as it was. */
static enum status reject_text(struct series *s, const char *text, size_t len, struct err *err)
{
    import_say(s->im, &s->faults);
    s->im->file->counts.rejected++;
    if (s->im->options->is_strict) {
        s->im->is_refused = true;
        return OK;
    }
    buf_add(&s->rejects.out, text, len);
    buf_putc(&s->rejects.out, '\n');
    return rejects_write(&s->rejects, err);
}

/* Keeps the document with the reason before it. */
static enum status reject_value(struct series *s, const struct json *value, struct err *err)
{
    struct json_writer w;
    struct buf text;
    enum status status;

    buf_init(&text, JSON_FILE_BYTES_MAX);
    json_writer_init(&w, &text);
    if (value->type == JSON_OBJECT) {
        json_begin_object(&w);
        json_member_string(&w, RESPONSE_CSV_REASON,
                           import_reason(&s->faults, s->im->options->lang, &s->arena));
        for (size_t i = 0; i < value->count; i++) {
            if (is_computed(&value->items[i]))
                continue;
            json_key(&w, value->items[i].key);
            json_value(&w, &value->items[i]);
        }
        json_end_object(&w);
    } else {
        json_value(&w, value);
    }
    status = reject_text(s, buf_text(&text), text.len, err);
    buf_free(&text);
    return status;
}

/* What was refused for the file's sake rather than its own. */
static bool is_conflict(struct series *s, enum status status)
{
    if (status != CONFLICT)
        return false;
    import_say(s->im, &s->faults);
    s->im->is_refused = true;
    return true;
}

static enum status take_array(struct import *im, const struct json *root, struct err *err)
{
    enum status status = OK;
    struct series s;

    series_init(&s, im);
    for (size_t i = 0; i < root->count && status == OK && !im->is_refused; i++) {
        arena_reset(&s.arena);
        faults_init(&s.faults, &s.arena);
        import_progress(im);
        status = take(im, &root->items[i], &s.arena, &s.faults, err);
        if (is_conflict(&s, status))
            status = OK;
        else if (status == BAD_INPUT)
            status = reject_value(&s, &root->items[i], err);
    }
    return series_finish(&s, status, err);
}

enum status import_json(struct import *im, struct err *err)
{
    struct arena arena;
    const struct json *root;
    enum status status = OK;

    arena_init(&arena);
    root = json_load(&arena, im->file->path, im->faults);
    if (!root)
        im->is_refused = true;
    else if (root->type == JSON_ARRAY)
        status = take_array(im, root, err);
    else
        status = take_single(im, root, &arena, err);
    arena_free(&arena);
    return status;
}

/* ---- one a line ---- */

enum line_result { LINE_READ, LINE_END, LINE_LONG };

/* A line without its end. */
static enum line_result read_line(FILE *file, struct buf *line)
{
    int c;

    buf_clear(line);
    while ((c = getc_unlocked(file)) != EOF && c != '\n')
        buf_putc(line, (char)c);
    if (line->is_full)
        return LINE_LONG;
    return c == EOF && !line->len ? LINE_END : LINE_READ;
}

static bool is_blank(const struct buf *line)
{
    return strspn(buf_text(line), " \t\r") == line->len;
}

/* Faults of one line know their place in it; here it gets the line in the file. */
static void shift_lines(struct faults *faults, int line)
{
    for (size_t i = 0; i < faults->count; i++)
        faults->items[i].place.line = line;
}

static enum status take_line(struct series *s, const struct buf *line, int number, struct err *err)
{
    const char *text = buf_text(line);
    bool has_mark = number == 1 && strncmp(text, "\xef\xbb\xbf", 3) == 0;
    size_t len = line->len - (has_mark ? 3 : 0);
    enum status status = BAD_INPUT;
    const struct json *root;

    text += has_mark ? 3 : 0;
    arena_reset(&s->arena);
    faults_init(&s->faults, &s->arena);
    import_progress(s->im);
    root = json_parse(&s->arena, s->im->file->path, arena_strndup(&s->arena, text, len), len,
                      &s->faults);
    if (root)
        status = take(s->im, root, &s->arena, &s->faults, err);
    shift_lines(&s->faults, number);
    if (is_conflict(s, status))
        return OK;
    if (status != BAD_INPUT)
        return status;
    return root ? reject_value(s, root, err) : reject_text(s, text, len, err);
}

static enum status take_lines(struct series *s, FILE *file, struct err *err)
{
    struct buf line;
    enum line_result result;
    enum status status = OK;
    int number = 0;

    buf_init(&line, RESPONSE_FILE_BYTES_MAX);
    while (status == OK && !s->im->is_refused && (result = read_line(file, &line)) != LINE_END) {
        number++;
        if (result == LINE_LONG) {
            s->im->is_refused = true;
            faults_add(s->im->faults, (struct place){s->im->file->path, number, ""},
                       "dòng dài quá %u byte", "the line is longer than %u bytes",
                       RESPONSE_FILE_BYTES_MAX);
        } else if (!is_blank(&line)) {
            status = take_line(s, &line, number, err);
        }
    }
    buf_free(&line);
    if (status == OK && ferror(file))
        status = err_set(err, FAILED, "%s: không đọc được tệp: %s",
                         "%s: the file cannot be read: %s", s->im->file->path, strerror(errno));
    return status;
}

enum status import_lines(struct import *im, struct err *err)
{
    FILE *file = fopen(im->file->path, "re");
    struct series s;
    enum status status;

    if (!file) {
        im->is_refused = true;
        faults_add(im->faults, (struct place){im->file->path, 0, ""}, "không mở được tệp: %s",
                   "the file cannot be opened: %s", strerror(errno));
        return OK;
    }
    series_init(&s, im);
    status = take_lines(&s, file, err);
    fclose(file);
    status = series_finish(&s, status, err);
    if (status == OK && !im->is_refused && !im->file->counts.rows) {
        im->is_refused = true;
        faults_add(im->faults, (struct place){im->file->path, 0, ""}, "tệp không có phiếu nào",
                   "the file has no responses");
    }
    return status;
}
