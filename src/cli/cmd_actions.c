/* dxready actions: action plans ("5 rõ") of enterprises and of the province, as tables. */
#include "cli/cli.h"

#include <string.h>

#include "app/database.h"
#include "app/review/plan_drafts.h"
#include "base/array.h"
#include "base/csv.h"
#include "base/json_write.h"
#include "base/text.h"

#define PROVINCE "province"
#define TEXT_CHARS_MAX 40 /* of a cell on a terminal */

/* One run: the database that was opened, and whose plan it is about. */
struct actions_run {
    struct cli *cli;
    struct workspace *ws;
    struct database *db;
    struct app_context app;
    const struct action_columns *columns;
    struct plan_filter filter;
};

struct action {
    const char *name;
    size_t min_args, max_args; /* behind the name of the action */
    enum db_mode mode;
    enum status (*run)(struct actions_run *run, struct err *err);
};

/* ---- what is printed ---- */

static void print_table(struct actions_run *run, const struct plan_row *list, size_t count,
                        struct buf *out)
{
    struct cli *cli = run->cli;
    struct table table;

    table_init(&table, &cli->arena,
               arena_printf(&cli->arena, "rl%.*sl", (int)run->columns->count, "llllll"));
    table_cell(&table, cli_say(cli, "Dòng", "Row"));
    table_cell(&table, cli_say(cli, "Đơn vị", "Enterprise"));
    for (size_t i = 0; i < run->columns->count; i++)
        table_cell(&table, run->columns->items[i].name.in[cli->lang]);
    table_cell(&table, cli_say(cli, "Trạng thái", "State"));
    for (size_t i = 0; i < count; i++) {
        table_cell(&table, arena_printf(&cli->arena, "%lld", (long long)list[i].id));
        table_cell(&table, cli_cut_text(&cli->arena, plan_owner_name(&list[i], cli->lang),
                                        TEXT_CHARS_MAX));
        for (size_t j = 0; j < run->columns->count; j++)
            table_cell(&table,
                       cli_cut_text(&cli->arena,
                                    plan_text(&list[i], run->columns->items[j].column,
                                              &cli->arena),
                                    TEXT_CHARS_MAX));
        table_cell(&table, plan_standing(&list[i], run->app.today, cli->lang, &cli->arena));
    }
    table_print(&table, out);
}

static void write_row(struct actions_run *run, const struct plan_row *row, struct json_writer *w)
{
    json_begin_object(w);
    json_member_int(w, "id", row->id);
    json_member_int(w, "version", row->version);
    json_member_string(w, "enterprise", row->enterprise ? row->name : NULL);
    json_member_bool(w, "province", row->is_province);
    for (size_t i = 0; i < run->columns->count; i++) {
        enum action_column column = run->columns->items[i].column;

        if (column == ACTION_TIME)
            json_member_day(w, action_column_code(column), row->due_on);
        else
            json_member_string(w, action_column_code(column),
                               plan_text(row, column, &run->cli->arena));
    }
    json_member_string(w, "state", plan_state_id(row->state));
    json_member_day(w, "done_on", row->done_on);
    json_member_bool(w, "overdue", plan_is_overdue(row, run->app.today));
    json_end_object(w);
}

/* A table that `add` takes again. */
static void print_csv(struct actions_run *run, const struct plan_row *list, size_t count,
                      struct buf *out)
{
    static const char *const heads[] = {"id", "version", "enterprise", "state"};
    struct csv_writer w;

    csv_writer_init(&w, out, (struct csv_format){',', true, true});
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        csv_put(&w, heads[i]);
    for (size_t i = 0; i < run->columns->count; i++)
        csv_put(&w, run->columns->items[i].name.in[run->cli->lang]);
    csv_end_row(&w);
    for (size_t i = 0; i < count; i++) {
        csv_put(&w, arena_printf(&run->cli->arena, "%lld", (long long)list[i].id));
        csv_put(&w, arena_printf(&run->cli->arena, "%lld", (long long)list[i].version));
        csv_put(&w, list[i].name);
        csv_put(&w, plan_state_id(list[i].state));
        for (size_t j = 0; j < run->columns->count; j++)
            csv_put(&w, plan_text(&list[i], run->columns->items[j].column,
                                  &run->cli->arena));
        csv_end_row(&w);
    }
}

static void write_list(struct actions_run *run, const struct plan_row *list, size_t count,
                       struct buf *out)
{
    struct json_writer w;

    json_writer_init(&w, out);
    json_begin_array(&w);
    for (size_t i = 0; i < count; i++)
        write_row(run, &list[i], &w);
    json_end_array(&w);
}

static enum status check_format(const struct cli *cli, struct err *err)
{
    const char *format = cli->values[OPTION_FORMAT];

    return !format || strcmp(format, "csv") == 0
               ? OK
               : err_set(err, BAD_USAGE, "--format: không có '%s' ở đây; chỉ có csv",
                         "--format: there is no '%s' here, only csv", format);
}

static enum status list_rows(struct actions_run *run, struct err *err)
{
    const struct plan_row *list;
    struct buf out;
    size_t count, all;
    struct plan_window window = {.first = 0};
    enum status status = plan_count(&run->app, &run->filter, &all, err);

    window.max = all;
    if (status == OK)
        status = plan_list(&run->app, &run->filter, &window, &run->cli->arena, &list, &count, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    if (cli_has(run->cli, OPTION_JSON))
        write_list(run, list, count, &out);
    else if (cli_has(run->cli, OPTION_FORMAT))
        print_csv(run, list, count, &out);
    else if (count)
        print_table(run, list, count, &out);
    else
        buf_puts(&out, cli_say(run->cli, "Không có dòng kế hoạch nào.\n", "There are no rows.\n"));
    return cli_finish(&out, err);
}

static enum status list_late(struct actions_run *run, struct err *err)
{
    struct plan_filter late = plan_overdue_filter(run->app.today);

    late.enterprise = run->filter.enterprise;
    late.only_province = run->filter.only_province;
    run->filter = late;
    return list_rows(run, err);
}

/* ---- drafts ---- */

static void print_drafts(struct actions_run *run, const struct plan_typed *list, size_t count,
                         struct buf *out)
{
    struct csv_writer w;

    csv_writer_init(&w, out, (struct csv_format){',', true, true});
    csv_put(&w, "source");
    for (size_t i = 0; i < run->columns->count; i++)
        csv_put(&w, run->columns->items[i].name.in[run->cli->lang]);
    csv_end_row(&w);
    for (size_t i = 0; i < count; i++) {
        csv_put(&w, list[i].source);
        for (size_t j = 0; j < run->columns->count; j++)
            csv_put(&w, list[i].texts[run->columns->items[j].column]);
        csv_end_row(&w);
    }
}

/* A table to be filled in and given to `add`. */
static enum status draft_rows(struct actions_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    struct arena *arena = &cli->arena;
    const struct plan_typed *list;
    struct stored stored;
    struct way way;
    struct buf out;
    size_t count;
    enum status status =
        database_load(run->db, arena, cli->args[1], NULL, run->app.today, &stored, err);

    if (status == OK)
        status = way_find(run->ws, arena, &stored.assessment, -1, false, &way, err);
    if (status == OK)
        status = plan_drafts(&run->app, run->filter.enterprise, &stored.assessment, &way,
                             cli->lang, arena, &list, &count, err);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    print_drafts(run, list, count, &out);
    return cli_finish(&out, err);
}

/* ---- what is read ---- */

/* What a column of a table may be besides those of the plan. */
enum other_column { COLUMN_ID, COLUMN_VERSION, COLUMN_STATE, COLUMN_SOURCE, OTHER_COLUMN__MAX };
static const char *const other_columns[OTHER_COLUMN__MAX] = {"id", "version", "state", "source"};

/* Where what stands in a table, by place from 0; COLUMNS_NONE: nowhere. */
#define COLUMNS_NONE SIZE_MAX
struct table_columns {
    size_t plan[ACTION_COLUMN__MAX], others[OTHER_COLUMN__MAX];
};

static bool is_heading(const struct actions_run *run, const char *text,
                       const struct action_heading *heading)
{
    struct arena *arena = &run->cli->arena;
    const char *typed = text_fold(arena, text);

    for (int lang = 0; lang < LANG__MAX; lang++) {
        if (strcmp(typed, text_fold(arena, heading->name.in[lang])) == 0 ||
            strcmp(typed, text_fold(arena, heading->missing.in[lang])) == 0)
            return true;
    }
    return strcmp(text, action_column_code(heading->column)) == 0;
}

static void read_heading(const struct actions_run *run, const struct csv_row *row,
                         struct table_columns *where)
{
    memset(where, 0xff, sizeof(*where)); /* COLUMNS_NONE */
    for (size_t i = row->count; i > 0; i--) {
        const char *text = row->fields[i - 1].text;

        for (size_t j = 0; j < run->columns->count; j++) {
            if (is_heading(run, text, &run->columns->items[j]))
                where->plan[run->columns->items[j].column] = i - 1;
        }
        for (size_t j = 0; j < OTHER_COLUMN__MAX; j++) {
            if (strcmp(other_columns[j], text) == 0)
                where->others[j] = i - 1;
        }
    }
}

static bool check_heading(const struct actions_run *run, const struct csv_row *row,
                          const struct table_columns *where, const char *path)
{
    struct faults *faults = &run->cli->faults;

    for (size_t i = 0; i < run->columns->count; i++) {
        const struct action_heading *heading = &run->columns->items[i];

        if (where->plan[heading->column] == COLUMNS_NONE)
            faults_add(faults, (struct place){path, row->line, ""},
                       "không có cột '%1$s' (hoặc '%3$s')%2$.0s",
                       "there is no column '%2$s' (or '%3$s')%1$.0s", heading->name.in[LANG_VI],
                       heading->name.in[LANG_EN], action_column_code(heading->column));
    }
    return !faults->errors;
}

static const char *field_of(const struct actions_run *run, const struct csv_row *row, size_t at)
{
    const struct csv_field *field = at < row->count ? &row->fields[at] : NULL;

    return field ? arena_strdup(&run->cli->arena, csv_unmark(field->text, field->len)) : "";
}

/* 0 where nothing is given; false after adding a fault. */
static bool read_number(const struct actions_run *run, const char *path, const struct csv_row *row,
                        size_t at, int64_t *out)
{
    const char *text = field_of(run, row, at);
    struct ratio number;

    *out = 0;
    if (!*text)
        return true;
    if (ratio_parse(text, strlen(text), false, &number) && ratio_to_int64(number, out) && *out > 0)
        return true;
    faults_add(&run->cli->faults, (struct place){path, row->line, ""},
               "'%s' không phải số của một dòng", "'%s' is no number of a row", text);
    return false;
}

static bool read_row(const struct actions_run *run, const char *path, const struct csv_row *row,
                     const struct table_columns *where, struct plan_typed *typed)
{
    const char *state = field_of(run, row, where->others[COLUMN_STATE]);

    *typed = (struct plan_typed){.state = *state ? state : NULL,
                                 .source = field_of(run, row, where->others[COLUMN_SOURCE])};
    for (int i = 0; i < ACTION_COLUMN__MAX; i++)
        typed->texts[i] = field_of(run, row, where->plan[i]);
    return read_number(run, path, row, where->others[COLUMN_ID], &typed->id) &&
           read_number(run, path, row, where->others[COLUMN_VERSION], &typed->version);
}

/* All rows of a table with their lines; false after adding faults. */
struct typed_rows {
    struct plan_typed items[PLAN_PROVINCE_ROWS_MAX];
    int lines[PLAN_PROVINCE_ROWS_MAX];
    size_t count;
};

static bool read_rows(const struct actions_run *run, struct csv_reader *reader, const char *path,
                      struct typed_rows *rows)
{
    struct faults *faults = &run->cli->faults;
    struct table_columns where;
    const struct csv_row *row;
    enum csv_result result = csv_reader_next(reader, faults, &row);

    if (result != CSV_ROW)
        return false;
    read_heading(run, row, &where);
    if (!check_heading(run, row, &where, path))
        return false;
    while ((result = csv_reader_next(reader, faults, &row)) == CSV_ROW) {
        if (rows->count == PLAN_PROVINCE_ROWS_MAX) {
            faults_add(faults, (struct place){path, row->line, ""}, "quá %d dòng",
                       "more than %d rows", PLAN_PROVINCE_ROWS_MAX);
            return false;
        }
        rows->lines[rows->count] = row->line;
        if (!read_row(run, path, row, &where, &rows->items[rows->count]))
            return false;
        rows->count++;
    }
    return result == CSV_END;
}

/* What became of them: how many as a line, and what was refused with its place. */
static enum status tell(struct actions_run *run, const char *path, const struct typed_rows *rows,
                        const struct plan_outcome *outcomes, struct err *err)
{
    struct cli *cli = run->cli;
    size_t counts[PLAN_RESULT__MAX] = {0}, refused;
    enum status status;
    struct buf out;

    for (size_t i = 0; i < rows->count; i++) {
        counts[outcomes[i].result]++;
        if (outcomes[i].why.in[LANG_VI])
            faults_add(&cli->faults, (struct place){path, rows->lines[i], ""}, "%1$s%2$.0s",
                       "%2$s%1$.0s", outcomes[i].why.in[LANG_VI], outcomes[i].why.in[LANG_EN]);
    }
    refused = counts[PLAN_MISSING] + counts[PLAN_REFUSED] + counts[PLAN_STALE];
    buf_init(&out, BUF_MAX_DEFAULT);
    buf_puts(&out, text_printf(&cli->arena, cli->lang,
                               "Đã lưu %s dòng, giữ nguyên %s, chưa lưu %s.\n",
                               "%s rows saved, %s as they were, %s not saved.\n",
                               cli_count_text(cli, (int64_t)counts[PLAN_SAVED]),
                               cli_count_text(cli, (int64_t)counts[PLAN_SAME]),
                               cli_count_text(cli, (int64_t)refused)));
    status = cli_finish(&out, err);
    return status == OK && refused ? cli_refuse(cli, err) : status;
}

static enum status add_rows(struct actions_run *run, struct err *err)
{
    struct cli *cli = run->cli;
    const char *path = cli->args[2];
    struct typed_rows *rows = ARENA_NEW(&cli->arena, struct typed_rows);
    struct csv_reader *reader = csv_reader_open(path, &cli->faults);
    bool is_read = reader && read_rows(run, reader, path, rows);
    struct plan_outcome *outcomes;
    enum status status;

    csv_reader_free(reader);
    if (!is_read)
        return cli_refuse(cli, err);
    outcomes = ARENA_ARRAY(&cli->arena, struct plan_outcome, rows->count + 1);
    status = plan_save(&run->app, run->columns, run->filter.enterprise, rows->items, rows->count,
                       &cli->arena, outcomes, err);
    return status == OK ? tell(run, path, rows, outcomes, err) : status;
}

/* ---- the command ---- */

static const struct action actions[] = {
    {"list", 0, 1, DB_READ, list_rows},
    {"late", 0, 1, DB_READ, list_late},
    {"draft", 1, 1, DB_READ, draft_rows},
    {"add", 2, 2, DB_WRITE, add_rows},
};

static enum status find_action(const struct cli *cli, const struct action **out, struct err *err)
{
    size_t given = cli->arg_count - 1;

    for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
        *out = &actions[i];
        if (strcmp(actions[i].name, cli->args[0]) == 0 && given >= actions[i].min_args &&
            given <= actions[i].max_args)
            return OK;
    }
    return err_set(err, BAD_USAGE, "cách dùng: dxready %s %s", "usage: dxready %s %s",
                   cli->command->name, cli->command->arguments);
}

/* Whose plan: that of a tax code or reference, or of the province; all where none is named. */
static enum status choose_owner(struct actions_run *run, struct err *err)
{
    const struct cli *cli = run->cli;

    run->filter = PLAN_FILTER_NONE;
    if (cli->arg_count < 2)
        return OK;
    run->filter.only_province = strcmp(cli->args[1], PROVINCE) == 0;
    return run->filter.only_province
               ? OK
               : plan_owner(&run->app, cli->args[1], &run->filter.enterprise, err);
}

enum status cmd_actions(struct cli *cli, struct err *err)
{
    struct actions_run run = {.cli = cli};
    const struct action *action = NULL;
    enum status status = find_action(cli, &action, err);

    if (status == OK)
        status = check_format(cli, err);
    if (status == OK)
        status = cli_choose_journal(cli, err);
    if (status == OK)
        status = cli_workspace(cli, &run.ws, err);
    if (status != OK)
        return status;
    run.columns = workspace_action_columns(run.ws, err);
    if (!run.columns)
        return err->status;
    status = database_open(&cli->arena, run.ws, cli->values[OPTION_DB], action->mode, &run.db, err);
    if (status != OK)
        return status;
    run.app = context_of(run.db, (struct actor){ACTOR_SYSTEM, 0});
    status = cli_on(cli, &run.app.today, err);
    if (status == OK)
        status = choose_owner(&run, err);
    if (status == OK)
        status = action->run(&run, err);
    database_close(run.db);
    return status;
}
