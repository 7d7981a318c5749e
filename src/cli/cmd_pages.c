/* dxready pages: at which pages of the site people stop, and which they get wrong. */
#include "cli/cli.h"

#include <string.h>

#include "app/database.h"
#include "app/page_metrics.h"
#include "base/array.h"
#include "base/text.h"

#define HIDDEN "×"
#define SUBJECT_CHARS_MAX 48

static const char *count_text(struct cli *cli, const struct page_count *page, int64_t count)
{
    return page->is_hidden ? HIDDEN : cli_count_text(cli, count);
}

static const char *percent_text(struct cli *cli, const struct page_count *page, struct ratio r)
{
    return page->is_hidden ? HIDDEN : cli_number_text(cli, &cli->arena, r, 1);
}

static void put_heads(struct cli *cli, struct table *table)
{
    static const char *const heads[][LANG__MAX] = {
        {"Trang", "Page"},     {"Hỏi gì", "Subject"}, {"Lượt mở", "Shown"},
        {"Đã lưu", "Saved"},   {"Có lỗi", "Faults"},  {"Đi tiếp %", "Went on %"},
        {"Lỗi %", "Faulty %"},
    };

    table_init(table, &cli->arena, "llrrrrr");
    for (size_t i = 0; i < ARRAY_SIZE(heads); i++)
        table_cell(table, heads[i][cli->lang]);
}

static void put_page(struct cli *cli, struct table *table, const struct page_metrics *counts,
                     const struct page_count *page)
{
    const char *subject = page_count_subject(counts, page, cli->lang, &cli->arena);

    table_cell(table, arena_printf(&cli->arena, "%s %lld",
                                   page->is_facts ? cli_say(cli, "Thông tin", "Facts")
                                                  : cli_say(cli, "Trang", "Page"),
                                   (long long)page->number));
    table_cell(table, cli_cut_text(&cli->arena, subject, SUBJECT_CHARS_MAX));
    table_cell(table, count_text(cli, page, page->shown));
    table_cell(table, count_text(cli, page, page->saved));
    table_cell(table, count_text(cli, page, page->faults));
    table_cell(table, percent_text(cli, page, page_count_went_on(page)));
    table_cell(table, percent_text(cli, page, page_count_faulty(page)));
}

/* The pages of one questionnaire, from `first` on; returns where the next one begins. */
static size_t print_questionnaire(struct cli *cli, const struct page_metrics *counts, size_t first,
                                  struct buf *out)
{
    const struct page_count *page = &counts->items[first];
    struct table table;
    size_t i = first;

    if (page->survey)
        buf_printf(out, "%s (%s)\n", page->survey->q->title.in[cli->lang], page->questionnaire);
    else
        buf_printf(out, "%s\n", page->questionnaire);
    put_heads(cli, &table);
    while (i < counts->count && strcmp(counts->items[i].questionnaire, page->questionnaire) == 0)
        put_page(cli, &table, counts, &counts->items[i++]);
    table_print(&table, out);
    return i;
}

static const char *day_text(struct cli *cli, const char *iso)
{
    day on = DAY_NONE;

    return day_parse_iso(iso, strlen(iso), &on) ? cli_day_text(cli, on) : iso;
}

static void print_all(struct cli *cli, const struct page_metrics *counts, struct buf *out)
{
    bool has_hidden = false;

    if (!counts->count) {
        buf_puts(out, cli_say(cli, "Chưa có số liệu nào về các trang.\n",
                              "Nothing was counted about pages.\n"));
        return;
    }
    buf_puts(out, text_printf(&cli->arena, cli->lang, "Từ %s đến %s\n", "From %s to %s\n",
                              day_text(cli, counts->first_on), day_text(cli, counts->last_on)));
    for (size_t i = 0; i < counts->count;) {
        buf_putc(out, '\n');
        i = print_questionnaire(cli, counts, i, out);
    }
    for (size_t i = 0; i < counts->count; i++)
        has_hidden |= counts->items[i].is_hidden;
    if (has_hidden)
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "\n%s: mở dưới %d lượt, có thể chỉ là một đơn vị.\n",
                                  "\n%s: shown fewer than %d times: it may have been one "
                                  "enterprise.\n",
                                  HIDDEN, PAGE_COUNT_MIN));
}

static enum status read_from(struct cli *cli, struct page_count_options *options, struct err *err)
{
    char *iso = ARENA_ARRAY(&cli->arena, char, DAY_ISO_CHARS + 1);
    day from;
    enum status status = cli_day(cli, OPTION_FROM, DAY_NONE, &from, err);

    if (status == OK && from != DAY_NONE)
        day_write_iso(iso, from);
    options->from = iso;
    return status;
}

static enum status load(struct cli *cli, const struct database *db,
                        const struct loaded_data *loaded, const struct page_count_options *options,
                        struct page_metrics *out, struct err *err)
{
    struct app_context app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});

    app.loaded = loaded;
    return page_metrics_load(&app, &cli->arena, options, out, err);
}

enum status cmd_pages(struct cli *cli, struct err *err)
{
    struct page_count_options options = {.questionnaire = cli->values[OPTION_QUESTIONNAIRE],
                                         .is_internal = cli_has(cli, OPTION_INTERNAL)};
    struct page_metrics counts;
    struct loaded_data loaded;
    struct database *db = NULL;
    struct json_writer w;
    struct buf out;
    enum status status = read_from(cli, &options, err);

    if (status == OK)
        status = cli_database(cli, &db, err);
    if (status == OK)
        status = loaded_data_load(cli->workspace, &cli->arena, &loaded, err);
    if (status == OK)
        status = load(cli, db, &loaded, &options, &counts, err);
    database_close(db);
    if (status != OK)
        return status;
    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        page_metrics_write(&w, &counts, &cli->arena);
    else
        print_all(cli, &counts, &out);
    return cli_finish(&out, err);
}
