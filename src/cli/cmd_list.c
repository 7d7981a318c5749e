/* dxready list: the stored assessments, filtered and sorted. */
#include "cli/cli.h"

#include <string.h>

#include "app/review/stored_list.h"
#include "base/array.h"
#include "base/json_write.h"
#include "base/text.h"
#include "policy/size.h"

#define NAME_CHARS_MAX 44
/* Documents are written in pieces, so that memory does not grow with the list. */
#define PIECE_BYTES ((size_t)256 << 10)
/* And so are tables: each piece has its heading, and columns as wide as it needs. */
#define PIECE_ROWS 1000

struct list {
    struct cli *cli;
    const struct facts *facts; /* names of areas and sections; NULL: the table is not printed */
    struct table table;
    struct arena piece; /* of the table, of PIECE_ROWS at most */
    struct buf *out;
    struct json_writer w;
    enum status status;
    struct err *err;
    bool has_questionnaire; /* a column says which: there are several */
    int64_t shown;
};

static const char *const sort_names[] = {
    [STORE_BY_NAME] = "name",   [STORE_BY_SCORE] = "score",         [STORE_BY_LEVEL] = "level",
    [STORE_BY_AREA] = "area",   [STORE_BY_SECTION] = "section",     [STORE_BY_SIZE] = "size",
    [STORE_BY_ROUND] = "round", [STORE_BY_SUBMITTED] = "submitted",
};

static enum status parse_page(struct cli *cli, struct store_page *page, struct err *err)
{
    const char *key = cli->values[OPTION_SORT];
    enum status status =
        cli_number(cli, OPTION_LIMIT, 1, INT64_C(1000000000), 0, &page->limit, err);

    page->sort = STORE_BY_NAME;
    if (status != OK || !key)
        return status;
    page->is_falling = *key == '-';
    key += page->is_falling;
    for (int i = 0; i < STORE_SORT__MAX; i++) {
        if (strcmp(sort_names[i], key) == 0) {
            page->sort = (enum store_sort)i;
            return OK;
        }
    }
    return err_set(err, BAD_USAGE,
                   "--sort: không xếp theo '%s' được; hãy chọn name, score, level, area, section, "
                   "size, round, submitted (thêm '-' phía trước: giảm dần)",
                   "--sort: cannot sort by '%s'; choose name, score, level, area, section, size, "
                   "round, submitted ('-' in front: descending)",
                   key);
}

/* ---- for people ---- */

static void put_heading(struct list *list)
{
    static const char *const heads[][LANG__MAX] = {{"Mã", "ID"},        {"Mã số thuế", "Tax code"},
                                                   {"Tên", "Name"},     {"Đợt", "Round"},
                                                   {"Mức", "Level"},    {"Điểm %", "Score %"},
                                                   {"Địa bàn", "Area"}, {"Ngành", "Section"},
                                                   {"Quy mô", "Size"},  {"Ngày", "Date"}};

    table_init(&list->table, &list->piece, list->has_questionnaire ? "lllrrrlllll" : "lllrrrllll");
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(&list->table, heads[i][list->cli->lang]);
    if (list->has_questionnaire)
        table_cell(&list->table, cli_say(list->cli, "Bộ câu hỏi", "Questionnaire"));
}

static void put_text(struct list *list, const char *text)
{
    table_cell(&list->table, text ? arena_strdup(&list->piece, text) : "–");
}

/* The name of an area or section that held on the day of the answers; the id where it has none. */
static const char *term_text(struct list *list, const struct terms *terms, const char *id, day on)
{
    const struct term *term = terms && id ? terms_find_nearest(terms, id, on) : NULL;

    if (term)
        return term->name.in[list->cli->lang];
    return id ? arena_strdup(&list->piece, id) : "–";
}

static const char *size_text(struct list *list, const char *code)
{
    enum size_class size;

    return code && size_parse(code, &size) ? size_words(size).in[list->cli->lang]
                                           : cli_say(list->cli, "chưa rõ", "unknown");
}

static const char *percent_text(struct list *list, int hundredths)
{
    return hundredths == STORE_UNKNOWN
               ? "–"
               : cli_number_text(list->cli, &list->piece, ratio_make(hundredths, 100), 2);
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

static bool put_row(void *context, const struct store_row *row)
{
    struct list *list = context;
    struct table *table = &list->table;
    day on = DAY_NONE;

    if (list->shown && list->shown % PIECE_ROWS == 0 && !end_piece(list))
        return false;
    list->shown++;
    if (row->submitted_on)
        day_parse_iso(row->submitted_on, strlen(row->submitted_on), &on);
    table_cell(table, arena_strndup(&list->piece, row->reference, REFERENCE_NUMBER_CHARS));
    put_text(list, row->tax_code);
    table_cell(table, row->name ? cli_cut_text(&list->piece, row->name, NAME_CHARS_MAX) : "–");
    put_text(list, row->round);
    table_cell(table, cli_row_level_text(&list->piece, row));
    table_cell(table, percent_text(list, row->total_percent));
    table_cell(table, term_text(list, list->facts ? list->facts->areas : NULL, row->area, on));
    table_cell(table,
               term_text(list, list->facts ? list->facts->sections : NULL, row->section, on));
    table_cell(table, size_text(list, row->size_class));
    table_cell(table, on == DAY_NONE ? "–" : cli_day_text(list->cli, on));
    if (list->has_questionnaire)
        put_text(list, row->questionnaire);
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
}

static bool write_row(void *context, const struct store_row *row)
{
    struct list *list = context;

    list->shown++;
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

static enum status print_list(struct list *list, const struct app_context *app,
                              const struct store_filter *filter, const struct store_page *page,
                              const struct store_count *total, struct err *err)
{
    struct cli *cli = list->cli;
    bool has_several = false;
    enum status status = stored_has_several(app, &has_several, err);

    list->has_questionnaire = has_several && !filter->questionnaire;
    put_heading(list);
    if (status == OK)
        status = stored_list(app, filter, page, put_row, list, err);
    if (status == OK)
        status = list->status;
    if (status != OK)
        return status;
    if (list->shown) {
        table_print(&list->table, list->out);
        buf_putc(list->out, '\n');
    }
    buf_puts(list->out,
             list->shown == total->all
                 ? text_printf(&cli->arena, cli->lang, "%s đánh giá\n", "%s assessments\n",
                               cli_count_text(cli, total->all))
                 : text_printf(&cli->arena, cli->lang, "%s trong %s đánh giá\n",
                               "%s of %s assessments\n", cli_count_text(cli, list->shown),
                               cli_count_text(cli, total->all)));
    if (total->incomplete)
        buf_puts(list->out, text_printf(&cli->arena, cli->lang, "*: chưa trả lời đủ, %s đánh giá\n",
                                        "*: incomplete, %s assessments\n",
                                        cli_count_text(cli, total->incomplete)));
    if (total->unrated)
        buf_puts(list->out, text_printf(&cli->arena, cli->lang, "–: chưa xếp mức, %s đánh giá\n",
                                        "–: not rated, %s assessments\n",
                                        cli_count_text(cli, total->unrated)));
    return OK;
}

static enum status write_list(struct list *list, const struct app_context *app,
                              const struct store_filter *filter, const struct store_page *page,
                              const struct store_count *total, struct err *err)
{
    enum status status;

    json_begin_object(&list->w);
    json_member_int(&list->w, "total", total->all);
    json_member_int(&list->w, "incomplete", total->incomplete);
    json_member_int(&list->w, "unrated", total->unrated);
    json_key(&list->w, "assessments");
    json_begin_array(&list->w);
    status = stored_list(app, filter, page, write_row, list, err);
    json_end_array(&list->w);
    json_end_object(&list->w);
    return status == OK ? list->status : status;
}

static enum status load_names(struct list *list, struct err *err)
{
    const struct catalogue *reference;
    struct workspace *ws;
    enum status status = cli_workspace(list->cli, &ws, err);

    if (status != OK)
        return status;
    reference = workspace_reference(ws, err);
    list->facts = reference ? reference->facts : NULL;
    return reference ? OK : err->status;
}

enum status cmd_list(struct cli *cli, struct err *err)
{
    struct store_page page = {0};
    struct app_context app;
    struct store_filter filter;
    struct database *db = NULL;
    struct buf out;
    struct list list = {.cli = cli, .out = &out, .err = err};
    struct store_count total = {0};
    enum status status = parse_page(cli, &page, err);

    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK && cli_has(cli, OPTION_IMPORTS)) {
        status = cli_list_imports(cli, db, err);
        database_close(db);
        return status;
    }
    if (status == OK)
        status = cli_filter(cli, db, &filter, err);
    if (status == OK)
        app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    if (status == OK)
        status = load_names(&list, err);
    if (status == OK)
        status = stored_count(&app, &filter, &total, err);
    buf_init(&out, BUF_MAX_DEFAULT);
    arena_init(&list.piece);
    json_writer_init(&list.w, &out);
    if (status == OK)
        status = (cli_has(cli, OPTION_JSON) ? write_list : print_list)(&list, &app, &filter, &page,
                                                                       &total, err);
    database_close(db);
    arena_free(&list.piece);
    if (status == OK)
        return cli_finish(&out, err);
    buf_free(&out);
    return status;
}
