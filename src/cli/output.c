#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "app/evaluation.h"
#include "app/database.h"
#include "app/own_file.h"
#include "base/text.h"
#include "base/text_clean.h"

enum status cli_refuse(struct cli *cli, struct err *err)
{
    (void)cli;
    return err_set(err, BAD_INPUT, "%s", "%s", "");
}

enum status cli_print(const struct buf *text, struct err *err)
{
    if (fwrite(buf_text(text), 1, text->len, stdout) == text->len && fflush(stdout) == 0)
        return OK;
    if (errno == EPIPE)
        return err_set(err, READER_LEFT, "%s", "%s", "");
    return err_set(err, FAILED, "không ghi được kết quả ra màn hình",
                   "the result could not be written to standard output");
}

enum status cli_evaluate(struct cli *cli, bool with_policies, struct evaluation *a, struct err *err)
{
    return cli_evaluate_file(cli, cli->args[0], with_policies, a, err);
}

enum status cli_response(struct cli *cli, struct workspace *ws, const char *path,
                         const struct response **out, struct err *err)
{
    *out =
        workspace_response(ws, &cli->arena, path, cli->values[OPTION_QUESTIONNAIRE], &cli->faults);
    return *out ? OK : cli_refuse(cli, err);
}

enum status cli_evaluate_file(struct cli *cli, const char *path, bool with_policies,
                            struct evaluation *a, struct err *err)
{
    struct workspace *ws;
    const struct response *response;
    enum status status = cli_workspace(cli, &ws, err);
    day on;

    if (status == OK)
        status = cli_on(cli, &on, err);
    if (status != OK)
        return status;
    status = cli_response(cli, ws, path, &response, err);
    return status == OK ? evaluate(ws, &cli->arena, response, with_policies, on, a, err) : status;
}

enum status cli_finish(struct buf *out, struct err *err)
{
    enum status status;

    if (out->len && out->data[out->len - 1] != '\n')
        buf_putc(out, '\n');
    status = cli_print(out, err);
    buf_free(out);
    return status;
}

enum status cli_check_output(struct cli *cli, const char *path, struct err *err)
{
    const char **paths = ARENA_ARRAY(&cli->arena, const char *, cli->arg_count + 1);
    struct output_inputs inputs = {paths, cli->arg_count + 1, database_url(cli->values[OPTION_DB])};

    for (size_t i = 0; i < cli->arg_count; i++)
        paths[i] = cli->args[i];
    paths[cli->arg_count] = cli->values[OPTION_BEFORE];
    return output_check(path, cli_has(cli, OPTION_FORCE), &inputs, err);
}

void table_init(struct table *table, struct arena *arena, const char *alignment)
{
    *table = (struct table){.arena = arena, .columns = strlen(alignment)};
    for (size_t i = 0; i < table->columns; i++)
        table->right[i] = alignment[i] == 'r';
}

void table_cell(struct table *table, const char *text)
{
    if (table->count == table->cap) {
        size_t cap = table->cap ? table->cap * 2 : 256;
        const char **cells = ARENA_ARRAY(table->arena, const char *, cap);

        if (table->count)
            memcpy(cells, table->cells, table->count * sizeof(*cells));
        table->cells = cells;
        table->cap = cap;
    }
    table->cells[table->count++] = text_tame(arena_strdup(table->arena, text));
}

static void pad(struct buf *out, size_t count)
{
    while (count--)
        buf_putc(out, ' ');
}

static void print_row(const struct table *table, size_t row, const size_t *widths, struct buf *out)
{
    for (size_t i = 0; i < table->columns; i++) {
        const char *text = table->cells[row * table->columns + i];
        size_t gap = widths[i] - text_chars(text);
        bool is_last = i + 1 == table->columns;

        if (table->right[i])
            pad(out, gap);
        buf_puts(out, text);
        if (!is_last)
            pad(out, (table->right[i] ? 0 : gap) + 2);
    }
    buf_putc(out, '\n');
}

void table_print(const struct table *table, struct buf *out)
{
    size_t widths[TABLE_COLUMNS_MAX] = {0};
    size_t rows = table->count / table->columns;

    for (size_t i = 0; i < rows * table->columns; i++) {
        size_t width = text_chars(table->cells[i]);

        if (width > widths[i % table->columns])
            widths[i % table->columns] = width;
    }
    for (size_t row = 0; row < rows; row++) {
        print_row(table, row, widths, out);
        if (row == 0) {
            for (size_t i = 0; i < table->columns; i++) {
                for (size_t j = 0; j < widths[i]; j++)
                    buf_puts(out, "─");
                buf_puts(out, i + 1 < table->columns ? "  " : "\n");
            }
        }
    }
}
