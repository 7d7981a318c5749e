/* The queue as files: what is filtered is what is downloaded. */
#include "queue_list.h"
#include "web/handlers.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/csv.h"
#include "base/text.h"
#include "base/xlsx.h"

/* ---- as a table for spreadsheets ---- */

static void write_csv(struct request *rq, const struct case_row *rows, size_t count,
                      struct buf *out)
{
    struct csv_writer w;

    csv_writer_init(&w, out, (struct csv_format){rq->lang == LANG_VI ? ';' : ',', true, true});
    csv_put(&w, tr(rq, WEB_queue_tax_code));
    for (size_t i = 0; i < QUEUE_COLUMNS; i++)
        csv_put(&w, tr(rq, queue_columns[i].title));
    csv_end_row(&w);
    for (size_t i = 0; i < count; i++) {
        struct queue_row row = queue_row_of(rq, &rows[i]);
        const char *const cells[] = {
            rows[i].shown.tax_code,
            rows[i].at.due_on,
            row.state,
            rows[i].shown.name,
            row.area,
            row.business,
            row.points,
            row.level < 0 ? "" : arena_printf(rq->arena, "%d", row.level),
            row.margin,
            row.support,
            arena_printf(rq->arena, "%zu", row.files),
            row.asked,
            row.flag,
        };

        for (size_t k = 0; k < ARRAY_SIZE(cells); k++)
            csv_put(&w, cells[k]);
        csv_end_row(&w);
    }
}

enum work_queue page_queue_csv(struct request *rq)
{
    struct queue_asked asked;
    struct case_row *rows;
    struct err err;
    size_t count;

    queue_read(rq, rq->x->request.query, &asked);
    if (queue_rows(rq, &asked, QUEUE_FILE_ROWS_MAX, &rows, &count, &err) != OK)
        return request_error(rq, &err);
    request_attachment(rq, "text/csv; charset=utf-8", "hang-cho.csv");
    write_csv(rq, rows, count, &rq->x->reply.body);
    return QUEUE_DONE;
}

/* ---- as a workbook ---- */

struct workbook {
    struct queue_asked asked;
    struct case_row *rows;
    size_t count;
};

static const unsigned widths[QUEUE_COLUMNS] = {12, 16, 40, 18, 16, 9, 7, 28, 14, 7, 9, 34};

static void put_row(struct request *rq, struct xlsx *x, const struct case_row *row)
{
    const struct queue_row view = queue_row_of(rq, row);
    const struct case_shown *shown = &row->shown;
    day due;

    xlsx_text(x, shown->tax_code, XLSX_PLAIN);
    xlsx_day(x, day_parse_iso(row->at.due_on, strlen(row->at.due_on), &due) ? due : DAY_NONE);
    xlsx_text(x, view.state, XLSX_PLAIN);
    xlsx_text(x, shown->name, XLSX_PLAIN);
    xlsx_text(x, view.area, XLSX_PLAIN);
    xlsx_text(x, view.business, XLSX_PLAIN);
    xlsx_number(x, ratio_make(shown->points, 100), XLSX_HUNDREDTHS);
    xlsx_number(x, view.level < 0 ? RATIO_NONE : ratio_of(view.level), XLSX_PLAIN);
    xlsx_text(x, view.margin, XLSX_PLAIN);
    xlsx_number(x, ratio_make(shown->support_vnd, 1000000), XLSX_PLAIN);
    xlsx_number(x, ratio_of(shown->files), XLSX_PLAIN);
    xlsx_text(x, view.asked, XLSX_PLAIN);
    xlsx_text(x, view.flag, XLSX_PLAIN);
}

static enum status put_cases(struct request *rq, struct xlsx *x, const struct workbook *book,
                             struct err *err)
{
    struct xlsx_column columns[1 + QUEUE_COLUMNS] = {{tr(rq, WEB_queue_tax_code), 14}};
    enum status status;

    for (size_t i = 0; i < QUEUE_COLUMNS; i++)
        columns[1 + i] = (struct xlsx_column){tr(rq, queue_columns[i].title), widths[i]};
    status = xlsx_begin_sheet(x, tr(rq, WEB_queue_title), columns, ARRAY_SIZE(columns), err);
    for (size_t i = 0; i < book->count && status == OK; i++) {
        put_row(rq, x, &book->rows[i]);
        status = xlsx_end_row(x, err);
    }
    return status;
}

static enum status put_pair(struct xlsx *x, const char *name, const char *value, struct err *err)
{
    xlsx_text(x, name, XLSX_PLAIN);
    xlsx_text(x, value, XLSX_WRAPPED);
    return xlsx_end_row(x, err);
}

/* What was asked for, when and by whom: a list without it speaks for nothing. */
static enum status put_about(struct request *rq, struct xlsx *x, const struct workbook *book,
                             struct err *err)
{
    const struct xlsx_column columns[] = {{tr(rq, WEB_queue_about_what), 24},
                                          {tr(rq, WEB_queue_about_value), 60}};
    enum status status = xlsx_begin_sheet(x, tr(rq, WEB_queue_about), columns,
                                          ARRAY_SIZE(columns), err);

    if (status == OK)
        status = put_pair(x, tr(rq, WEB_queue_about_made),
                          time_and_day(rq->arena, rq->app.now), err);
    if (status == OK)
        status = put_pair(x, tr(rq, WEB_queue_about_by), rq->desk.account.full_name, err);
    if (status == OK)
        status = put_pair(x, tr(rq, WEB_queue_about_filters), queue_words(rq, &book->asked), err);
    return status == OK ? put_pair(x, tr(rq, WEB_queue_about_count),
                                   arena_printf(rq->arena, "%zu", book->count), err)
                        : status;
}

static enum status write_xlsx(struct request *rq, const struct workbook *book, const char *path,
                              struct err *err)
{
    const struct xlsx_properties properties = {.title = tr(rq, WEB_queue_title),
                                               .created = rq->app.today};
    struct xlsx *x;
    enum status status = xlsx_open(path, &x, err);

    if (status != OK)
        return status;
    status = put_cases(rq, x, book, err);
    if (status == OK)
        status = put_about(rq, x, book, err);
    if (status == OK)
        return xlsx_finish(x, &properties, err);
    xlsx_abandon(x);
    return status;
}

/* Where it is written before it is sent: a folder of this reply alone, gone at once. */
static bool make_folder(struct request *rq, const char **folder, struct err *err)
{
    const char *tmp = getenv("TMPDIR");
    char *name = arena_printf(rq->arena, "%s/dxready-XXXXXX", tmp && *tmp ? tmp : "/tmp");

    *folder = mkdtemp(name);
    if (!*folder)
        err_set(err, FAILED, "không tạo được thư mục tạm để ghi tệp Excel",
                "no temporary folder could be made for the workbook");
    return *folder != NULL;
}

static enum work_queue send_xlsx(struct request *rq)
{
    const struct workbook *book = rq->page;
    const char *folder, *path;
    struct stat stat;
    struct err err;
    enum status status;
    int file = -1;

    if (!make_folder(rq, &folder, &err))
        return request_error(rq, &err);
    path = arena_printf(rq->arena, "%s/hang-cho.xlsx", folder);
    status = write_xlsx(rq, book, path, &err);
    if (status == OK && ((file = open(path, O_RDONLY | O_CLOEXEC)) < 0 || fstat(file, &stat) != 0))
        status = err_set(&err, FAILED, "không đọc lại được tệp Excel vừa ghi",
                         "the workbook that was just written cannot be read");
    (void)unlink(path);
    (void)rmdir(folder);
    if (status != OK) {
        if (file >= 0)
            close(file);
        return request_error(rq, &err);
    }
    request_attachment(rq, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                       "hang-cho.xlsx");
    rq->x->reply.file = file;
    rq->x->reply.file_len = (uint64_t)stat.st_size;
    return QUEUE_DONE;
}

enum work_queue page_queue_xlsx(struct request *rq)
{
    struct workbook *book = ARENA_NEW(rq->arena, struct workbook);
    struct err err;

    queue_read(rq, rq->x->request.query, &book->asked);
    if (queue_rows(rq, &book->asked, QUEUE_FILE_ROWS_MAX, &book->rows, &book->count, &err) != OK)
        return request_error(rq, &err);
    rq->page = book;
    return request_go(rq, QUEUE_SLOW, send_xlsx);
}
