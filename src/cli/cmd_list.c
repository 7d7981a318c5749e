/* dxready list: the stored assessments, filtered and sorted. */
#include "cli/cli.h"

#include <string.h>

#include "app/review/stored_list.h"
#include "base/array.h"
#include "base/json_write.h"
#include "base/text.h"
#include "row_names.h"

#define NAME_CHARS_MAX 44
#define PAGE_MAX INT64_C(1000000000)
/* Documents are written in pieces, so that memory does not grow with the list. */
#define PIECE_BYTES ((size_t)256 << 10)
/* And so are tables: each piece has its heading, and columns as wide as it needs. */
#define PIECE_ROWS 1000

struct list {
    struct cli *cli;
    struct row_names names;
    struct store_filter filter;
    struct store_page page;
    struct store_count total;
    struct table table;
    struct arena piece; /* of the table, of PIECE_ROWS at most */
    struct buf *out;
    struct json_writer w;
    bool has_begun; /* the document */
    enum status status;
    struct err *err;
    bool has_questionnaire; /* a column says which: there are several */
    int64_t shown;
};

static const char *const sort_names[] = {
    [STORE_BY_NAME] = "name",       [STORE_BY_SCORE] = "score",
    [STORE_BY_LEVEL] = "level",     [STORE_BY_AREA] = "area",
    [STORE_BY_SECTION] = "section", [STORE_BY_SIZE] = "size",
    [STORE_BY_ROUND] = "round",     [STORE_BY_SUBMITTED] = "date",
    [STORE_BY_FLAGS] = "flags",     [STORE_BY_INCOMPLETE] = "incomplete",
};

static enum status parse_sort(const char *key, struct store_page *page, struct err *err)
{
    page->is_falling = *key == '-';
    key += page->is_falling;
    for (int i = 0; i < STORE_SORT__MAX; i++) {
        if (strcmp(sort_names[i], key) == 0) {
            page->sort = (enum store_sort)i;
            return OK;
        }
    }
    if (strcmp(key, "submitted") == 0) { /* what the date was called first */
        page->sort = STORE_BY_SUBMITTED;
        return OK;
    }
    return err_set(err, BAD_USAGE,
                   "--sort: không xếp theo '%s' được; hãy chọn name, score, level, date, area, "
                   "section, size, round, flags, incomplete (thêm '-' phía trước: giảm dần)",
                   "--sort: cannot sort by '%s'; choose name, score, level, date, area, section, "
                   "size, round, flags, incomplete ('-' in front: descending)",
                   key);
}

static enum status parse_page(struct cli *cli, struct store_page *page, struct err *err)
{
    const char *key = cli->values[OPTION_SORT];
    enum status status = cli_number(cli, OPTION_LIMIT, 1, PAGE_MAX, 0, &page->limit, err);

    if (status == OK)
        status = cli_number(cli, OPTION_OFFSET, 0, PAGE_MAX, 0, &page->offset, err);
    page->sort = STORE_BY_NAME;
    return status == OK && key ? parse_sort(key, page, err) : status;
}

static bool shows_flags(const struct list *list)
{
    return list->filter.only_flagged || list->page.sort == STORE_BY_FLAGS;
}

/* ---- for people ---- */

static void put_heading(struct list *list)
{
    static const char *const heads[][LANG__MAX] = {
        {"Mã", "ID"},          {"Mã số thuế", "Tax code"},
        {"Tên", "Name"},       {"Đợt", "Round"},
        {"Mức", "Level"},      {"Điểm %", "Score %"},
        {"Địa bàn", "Area"},   {"Ngành", "Section"},
        {"Loại hình", "Form"}, {"Quy mô", "Size"},
        {"Ngày", "Date"}};
    const char *columns =
        arena_printf(&list->piece, "lllrlrlllll%s%s", list->has_questionnaire ? "l" : "",
                     shows_flags(list) ? "l" : "");

    table_init(&list->table, &list->piece, columns);
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(&list->table, heads[i][list->cli->lang]);
    if (list->has_questionnaire)
        table_cell(&list->table, cli_say(list->cli, "Bộ câu hỏi", "Questionnaire"));
    if (shows_flags(list))
        table_cell(&list->table, cli_say(list->cli, "Cần xem lại", "To be looked at"));
}

static void put_text(struct list *list, const char *text)
{
    table_cell(&list->table, text ? arena_strdup(&list->piece, text) : "–");
}

/* Prints what the table has, and begins another one. */
static bool end_piece(struct list *list)
{
    table_print(&list->table, list->out);
    buf_putc(list->out, '\n');
    list->status = cli_print(list->out, list->err);
    buf_clear(list->out);
    arena_reset(&list->piece);
    put_heading(list);
    return list->status == OK;
}

const char *cli_row_level_text(struct arena *arena, const struct store_row *row)
{
    const char *mark = row->is_complete ? "" : "*";

    return row->level == STORE_UNKNOWN ? arena_printf(arena, "–%s", mark)
                                       : arena_printf(arena, "%d%s", row->level, mark);
}

/* "3 Hình thành"; a star where it is incomplete. */
static const char *level_text(struct list *list, const struct store_row *row)
{
    const char *level = cli_row_level_text(&list->piece, row);

    return row->level == STORE_UNKNOWN
               ? level
               : arena_printf(&list->piece, "%s %s", level,
                              row_name(&list->names, row, ROW_CODE_LEVEL, list->cli->lang));
}

static const char *flags_text(struct list *list, const struct store_row *row)
{
    const char *text = "";

    for (int i = 0; i < QUALITY__MAX; i++) {
        if (row->has_flag >> i & 1)
            text = arena_printf(&list->piece, "%s%s%s", text, *text ? ", " : "",
                                quality_name((enum quality_kind)i).in[list->cli->lang]);
    }
    return *text ? text : "–";
}

/* A name of the row or of the workspace; the table outlives the row. */
static void put_name(struct list *list, const struct store_row *row, enum row_code kind)
{
    put_text(list, row_name(&list->names, row, kind, list->cli->lang));
}

static bool put_row(void *context, const struct store_row *row)
{
    struct list *list = context;
    struct table *table = &list->table;

    if (list->shown && list->shown % PIECE_ROWS == 0 && !end_piece(list))
        return false;
    list->shown++;
    table_cell(table, arena_strndup(&list->piece, row->reference, REFERENCE_NUMBER_CHARS));
    put_text(list, row->tax_code);
    table_cell(table, row->name ? cli_cut_text(&list->piece, row->name, NAME_CHARS_MAX) : "–");
    put_text(list, row->round);
    table_cell(table, level_text(list, row));
    table_cell(table, cli_hundredths_text(list->cli, &list->piece, row->total_percent));
    put_name(list, row, ROW_CODE_AREA);
    put_name(list, row, ROW_CODE_SECTION);
    put_name(list, row, ROW_CODE_FORM);
    put_name(list, row, ROW_CODE_SIZE);
    table_cell(table, cli_date_text(&list->piece, row->submitted_on));
    if (list->has_questionnaire)
        put_text(list, row->questionnaire);
    if (shows_flags(list))
        table_cell(table, flags_text(list, row));
    return true;
}

/* ---- for machines ---- */

static void member_hundredths(struct json_writer *w, const char *key, int64_t hundredths)
{
    struct buf text;

    json_key(w, key);
    if (hundredths == STORE_UNKNOWN) {
        json_null(w);
        return;
    }
    buf_init(&text, 40);
    ratio_print(&text, ratio_make(hundredths, 100), 2);
    json_string(w, buf_text(&text));
    buf_free(&text);
}

static void member_whole(struct json_writer *w, const char *key, int64_t number)
{
    json_key(w, key);
    if (number == STORE_UNKNOWN)
        json_null(w);
    else
        json_int(w, number);
}

static void write_flags(struct json_writer *w, const struct store_row *row)
{
    json_key(w, "flags");
    json_begin_array(w);
    for (int i = 0; i < QUALITY__MAX; i++) {
        if (row->has_flag >> i & 1)
            json_string(w, quality_code((enum quality_kind)i));
    }
    json_end_array(w);
}

void cli_write_row(struct json_writer *w, const struct store_row *row)
{
    json_member_string(w, "reference", row->reference);
    json_member_string(w, "tax_code", row->tax_code);
    json_member_string(w, "name", row->name);
    json_member_string(w, "questionnaire", row->questionnaire);
    json_member_string(w, "round", row->round);
    json_member_int(w, "revision", row->revision);
    json_member_string(w, "submitted_on", row->submitted_on);
    json_member_string(w, "form", row->form);
    json_member_string(w, "section", row->section);
    json_member_string(w, "area", row->area);
    json_member_string(w, "size_class", row->size_class);
    member_whole(w, "employees", row->employees);
    member_whole(w, "revenue_vnd", row->revenue_vnd);
    member_whole(w, "capital_vnd", row->capital_vnd);
    member_hundredths(w, "points", row->total_points);
    member_hundredths(w, "max", row->total_max);
    member_hundredths(w, "percent", row->total_percent);
    member_whole(w, "level", row->level);
    json_member_bool(w, "complete", row->is_complete);
    member_hundredths(w, "coverage", row->coverage);
    json_member_string(w, "imported_at", row->imported_at);
    json_member_string(w, "source", row->source);
    member_whole(w, "import", row->import);
    if (row->has_flags)
        write_flags(w, row);
}

/* What stands before the rows is known when the first one comes, or none. */
static void begin_document(struct list *list)
{
    if (list->has_begun)
        return;
    list->has_begun = true;
    json_begin_object(&list->w);
    json_member_int(&list->w, "total", list->total.all);
    json_member_int(&list->w, "incomplete", list->total.incomplete);
    json_member_int(&list->w, "unrated", list->total.unrated);
    json_member_int(&list->w, "offset", list->page.offset);
    json_key(&list->w, "assessments");
    json_begin_array(&list->w);
}

static bool write_row(void *context, const struct store_row *row)
{
    struct list *list = context;

    begin_document(list);
    list->shown++;
    row_names_note(&list->names, row);
    json_begin_object(&list->w);
    cli_write_row(&list->w, row);
    json_end_object(&list->w);
    if (list->out->len < PIECE_BYTES)
        return true;
    list->status = cli_print(list->out, list->err);
    buf_clear(list->out);
    return list->status == OK;
}

/* ---- */

/* "20 trong 1.000 đánh giá, sau 40 đánh giá đầu". */
static const char *count_text(struct list *list)
{
    struct cli *cli = list->cli;
    const char *all = cli_count_text(cli, list->total.all);
    const char *shown = cli_count_text(cli, list->shown);

    if (list->shown == list->total.all)
        return text_printf(&cli->arena, cli->lang, "%s đánh giá\n", "%s assessments\n", all);
    if (!list->page.offset)
        return text_printf(&cli->arena, cli->lang, "%s trong %s đánh giá\n",
                           "%s of %s assessments\n", shown, all);
    return text_printf(&cli->arena, cli->lang, "%s trong %s đánh giá, sau %s đánh giá đầu\n",
                       "%s of %s assessments, after the first %s\n", shown, all,
                       cli_count_text(cli, list->page.offset));
}

static void print_counts(struct list *list)
{
    struct cli *cli = list->cli;
    const struct store_count *total = &list->total;

    if (list->shown) {
        table_print(&list->table, list->out);
        buf_putc(list->out, '\n');
    }
    buf_puts(list->out, count_text(list));
    if (total->incomplete)
        buf_puts(list->out, text_printf(&cli->arena, cli->lang, "*: chưa trả lời đủ, %s đánh giá\n",
                                        "*: incomplete, %s assessments\n",
                                        cli_count_text(cli, total->incomplete)));
    if (total->unrated)
        buf_puts(list->out, text_printf(&cli->arena, cli->lang, "–: chưa xếp mức, %s đánh giá\n",
                                        "–: not rated, %s assessments\n",
                                        cli_count_text(cli, total->unrated)));
}

static enum status print_list(struct list *list, const struct app_context *app)
{
    bool has_several = false;
    enum status status = stored_has_several(app, &has_several, list->err);

    list->has_questionnaire = has_several && !list->filter.questionnaire;
    put_heading(list);
    if (status == OK)
        status = stored_list(app, &list->filter, &list->page, put_row, list, list->err);
    if (status == OK)
        status = list->status;
    if (status == OK)
        print_counts(list);
    return status;
}

static enum status write_list(struct list *list, const struct app_context *app)
{
    enum status status = stored_list(app, &list->filter, &list->page, write_row, list, list->err);

    if (status == OK)
        status = list->status;
    if (status != OK)
        return status;
    begin_document(list);
    json_end_array(&list->w);
    row_names_write(&list->names, &list->w);
    json_end_object(&list->w);
    return OK;
}

static enum status list_stored(struct cli *cli, struct database *db, struct list *list,
                               struct err *err)
{
    struct app_context app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    struct buf out;
    enum status status = cli_choose_rows(cli, db, &list->filter, err);

    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    list->out = &out;
    list->page.count = &list->total;
    arena_init(&list->piece);
    json_writer_init(&list->w, &out);
    status = row_names_init(&list->names, cli, &app, err);
    if (status == OK)
        status = (cli_has(cli, OPTION_JSON) ? write_list : print_list)(list, &app);
    row_names_free(&list->names);
    arena_free(&list->piece);
    if (status == OK)
        return cli_finish(&out, err);
    buf_free(&out);
    return status;
}

enum status cmd_list(struct cli *cli, struct err *err)
{
    struct list *list = ARENA_NEW(&cli->arena, struct list);
    struct database *db = NULL;
    enum status status;

    *list = (struct list){.cli = cli, .err = err};
    status = parse_page(cli, &list->page, err);
    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = cli_has(cli, OPTION_IMPORTS) ? cli_list_imports(cli, db, err)
                                              : list_stored(cli, db, list, err);
    database_close(db);
    return status;
}
