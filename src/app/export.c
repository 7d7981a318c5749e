#include "app/export.h"

#include <string.h>

#include "base/file.h"
#include "base/json_write.h"
#include "survey/response_csv.h"

#define PIECE_BYTES ((size_t)256 << 10)

const char *export_format_code(enum export_format format)
{
    static const char *const codes[EXPORT_FORMAT__MAX] = {
        [EXPORT_CSV] = "csv", [EXPORT_LINES] = "jsonl"};

    return codes[format];
}

struct export
{
    struct workspace *ws;
    struct database *db;
    const struct store_filter *filter;
    enum export_format format;
    struct file_sink *sink;
    struct buf out;
    struct csv_writer csv;
    struct json_writer json;
    const struct questionnaire *q; /* of the table */
    struct arena arena;            /* of one assessment */
    enum status status;
    struct err *err;
};

/* ---- which questionnaire a table is of ---- */

struct ref_list {
    struct arena *arena;
    const struct store_filter *filter;
    struct store *store;
    const char *ref; /* NULL: none yet */
    const char *all; /* "a, b" */
    size_t count;
    enum status status;
    struct err *err;
};

static bool take_ref(void *context, const struct store_round *round)
{
    struct ref_list *list = context;
    struct store_filter filter = *list->filter;
    int64_t count = 0;

    if (list->ref && strcmp(list->ref, round->questionnaire) == 0)
        return true;
    if (filter.questionnaire && strcmp(filter.questionnaire, round->questionnaire) != 0)
        return true;
    filter.questionnaire = round->questionnaire;
    list->status = store_count(list->store, &filter, &count, list->err);
    if (list->status != OK)
        return false;
    if (!count)
        return true;
    list->ref = arena_strdup(list->arena, round->questionnaire);
    list->all =
        arena_printf(list->arena, "%s%s%s", list->all, list->count++ ? ", " : "", list->ref);
    return true;
}

static enum status find_questionnaire(struct export *e, struct arena *arena)
{
    struct store *store = database_store(e->db);
    struct ref_list list = {
        .arena = arena, .filter = e->filter, .store = store, .all = "", .err = e->err};
    enum status status = store_rounds(store, take_ref, &list, e->err);

    if (status == OK)
        status = list.status;
    if (status != OK)
        return status;
    if (list.count > 1)
        return err_set(e->err, BAD_USAGE,
                       "có đánh giá của nhiều bộ câu hỏi (%s): hãy chọn một bằng --questionnaire, "
                       "hoặc xuất dạng jsonl",
                       "there are assessments of several questionnaires (%s): choose one with "
                       "--questionnaire, or export jsonl",
                       list.all);
    if (!list.ref)
        return err_set(e->err, NOT_FOUND, "không có đánh giá nào để xuất",
                       "there are no assessments to export");
    return store_questionnaire(store, list.ref, &e->q, e->err);
}

/* ---- tables ---- */

static void put_result_name(struct export *e, const char *name)
{
    csv_put(&e->csv, arena_printf(&e->arena, RESPONSE_CSV_COMPUTED "%s", name));
}

/* Behind the response: what it came to. */
static void put_heading(struct export *e)
{
    static const char *const names[] = {"size_class", "points",   "max",     "percent",
                                        "level",      "complete", "coverage"};

    response_csv_write_header(&e->csv, e->q, workspace_reference(e->ws, e->err)->facts);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        put_result_name(e, names[i]);
    for (size_t i = 0; i < e->q->dimension_count; i++) {
        const char *id = e->q->dimensions[i].id;

        put_result_name(e, arena_printf(&e->arena, "%s.percent", id));
        put_result_name(e, arena_printf(&e->arena, "%s.level", id));
    }
    csv_end_row(&e->csv);
}

/* With a decimal comma, as the spreadsheet expects that reads semicolons. */
static void put_hundredths(struct export *e, int64_t hundredths)
{
    struct buf text;

    buf_init(&text, 64);
    if (hundredths != STORE_UNKNOWN)
        buf_printf(&text, "%lld,%02d", (long long)(hundredths / 100), (int)(hundredths % 100));
    csv_put(&e->csv, buf_text(&text));
    buf_free(&text);
}

static void put_level(struct export *e, int level)
{
    csv_put(&e->csv, arena_printf(&e->arena, "%d", level));
}

static void put_row(struct export *e, const struct store_item *item)
{
    const struct store_row *row = &item->row;

    response_csv_write(&e->csv, item->response);
    csv_put(&e->csv, row->size_class);
    put_hundredths(e, row->total_points);
    put_hundredths(e, row->total_max);
    put_hundredths(e, row->total_percent);
    put_level(e, row->level);
    csv_put(&e->csv, row->is_complete ? "có" : "không");
    put_hundredths(e, row->coverage);
    for (size_t i = 0; i < row->dimension_count; i++) {
        put_hundredths(e, row->dimensions[i].percent);
        put_level(e, row->dimensions[i].level);
    }
    csv_end_row(&e->csv);
}

/* ---- lines ---- */

static enum status put_line(struct export *e, const struct store_item *item)
{
    const struct scorer *scorer = database_scorer(e->db, item->response->questionnaire, e->err);
    struct assessment *a = ARENA_NEW(&e->arena, struct assessment);
    enum status status;

    if (!scorer)
        return e->err->status;
    status = assess_with(e->ws, scorer, &e->arena, item->response, false,
                         item->response->submitted_on == DAY_NONE ? today()
                                                                  : item->response->submitted_on,
                         a, e->err);
    if (status != OK)
        return status;
    json_begin_object(&e->json);
    response_write_members(&e->json, item->response);
    json_key(&e->json, "score");
    assessment_write_score(&e->json, a, false, &e->arena);
    json_end_object(&e->json);
    e->json.needs_comma = false;
    buf_putc(&e->out, '\n');
    return OK;
}

/* ---- all ---- */

static enum status flush(struct export *e, size_t at_least)
{
    enum status status = OK;

    if (e->out.len >= at_least)
        status = file_sink_write(e->sink, buf_text(&e->out), e->out.len, e->err);
    if (e->out.len >= at_least)
        buf_clear(&e->out);
    return status;
}

static bool take_item(void *context, const struct store_item *item)
{
    struct export *e = context;

    arena_reset(&e->arena);
    if (e->format == EXPORT_CSV)
        put_row(e, item);
    else
        e->status = put_line(e, item);
    if (e->status == OK)
        e->status = flush(e, PIECE_BYTES);
    return e->status == OK;
}

static enum status write_all(struct export *e)
{
    enum status status;

    if (e->format == EXPORT_CSV)
        put_heading(e);
    status = store_each(database_store(e->db), e->filter, STORE_FACTS | STORE_ANSWERS, take_item, e,
                        e->err);
    if (status == OK)
        status = e->status;
    return status == OK ? flush(e, 0) : status;
}

enum status export_assessments(struct arena *arena, struct workspace *ws, struct database *db,
                               const struct store_filter *filter, enum export_format format,
                               const char *path, struct err *err)
{
    struct export e = {.ws = ws, .db = db, .filter = filter, .format = format, .err = err};
    enum status status = format == EXPORT_CSV ? find_questionnaire(&e, arena) : OK;

    if (status == OK)
        status = file_sink_open(path, &e.sink, err);
    if (status != OK)
        return status;
    buf_init(&e.out, BUF_MAX_DEFAULT);
    csv_writer_init(&e.csv, &e.out, (struct csv_format){';', true, true});
    if (format != EXPORT_CSV)
        buf_clear(&e.out); /* the mark of a table */
    json_writer_init(&e.json, &e.out);
    status = write_all(&e);
    arena_free(&e.arena);
    buf_free(&e.out);
    if (status == OK)
        return file_sink_commit(e.sink, err);
    file_sink_abandon(e.sink);
    return status;
}
