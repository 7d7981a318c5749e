/* dxready rescore without responses: what is stored, under another version. */
#include "cli/cli.h"

#include "app/review/rescore_all.h"
#include "base/text.h"

#define ITEMS_SHOWN_MAX 10
#define TOPIC_CHARS_MAX 60

/* ---- for people ---- */

static const char *count_text(struct cli *cli, size_t count)
{
    return cli_count_text(cli, (int64_t)count);
}

static const char *change_text(struct cli *cli, const struct rescore_item *item)
{
    struct ratio mean = ratio_make(item->change, (wide)10000 * (wide)item->moved);
    const char *text = cli_number_text(cli, &cli->arena, mean, 2);

    return mean.num > 0 ? arena_printf(&cli->arena, "+%s", text) : text;
}

static void print_items(struct cli *cli, const struct rescore_summary *s, struct buf *out)
{
    struct table table;

    if (!s->item_count)
        return;
    buf_printf(out, "\n%s\n",
               cli_say(cli, "Câu làm thay đổi điểm nhiều nhất (điểm phần trăm)",
                       "What moves the scores most (percentage points)"));
    table_init(&table, &cli->arena, "llrrr");
    table_cell(&table, cli_say(cli, "Câu", "Question"));
    table_cell(&table, cli_say(cli, "Nội dung", "Topic"));
    table_cell(&table, cli_say(cli, "Số đánh giá", "Assessments"));
    table_cell(&table, cli_say(cli, "Trong đó đổi mức", "Level changes"));
    table_cell(&table, cli_say(cli, "Trung bình", "Mean change"));
    for (size_t i = 0; i < s->item_count && i < ITEMS_SHOWN_MAX; i++) {
        const struct question *question = s->items[i].question;

        table_cell(&table, question->id);
        table_cell(&table,
                   cli_cut_text(&cli->arena, question->label.in[cli->lang], TOPIC_CHARS_MAX));
        table_cell(&table, count_text(cli, s->items[i].moved));
        table_cell(&table, count_text(cli, s->items[i].moved_levels));
        table_cell(&table, change_text(cli, &s->items[i]));
    }
    table_print(&table, out);
}

static void print_stored(struct cli *cli, const struct rescore_summary *s, struct buf *out)
{
    if (!s->is_stored) {
        buf_puts(out, cli_say(cli, "Không lưu gì (thêm --store để lưu).\n",
                              "Nothing was stored (--store does).\n"));
        return;
    }
    buf_puts(out,
             text_printf(&cli->arena, cli->lang,
                         "Đã lưu: %s mới, %s sửa, %s không đổi; %s để nguyên vì đã có đánh giá "
                         "khác theo phiên bản này. Đánh giá cũ vẫn còn.\n",
                         "Stored: %s new, %s revised, %s unchanged; %s left because another "
                         "assessment under this version stands there. The old ones stay.\n",
                         count_text(cli, s->fates[RESCORE_INSERTED]),
                         count_text(cli, s->fates[RESCORE_REVISED]),
                         count_text(cli, s->fates[RESCORE_UNCHANGED]),
                         count_text(cli, s->fates[RESCORE_KEPT])));
}

static void print_summary(struct cli *cli, const struct rescore_summary *s, struct buf *out)
{
    buf_puts(out, text_printf(&cli->arena, cli->lang, "%s đánh giá, chấm lại theo %s\n",
                              "%s assessments, scored again by %s\n", count_text(cli, s->count),
                              s->to->ref));
    buf_puts(out,
             text_printf(&cli->arena, cli->lang, "Đổi mức: %s (lên %s, xuống %s); giữ mức: %s\n",
                         "Levels that change: %s (%s up, %s down); the same: %s\n",
                         count_text(cli, s->level_up + s->level_down), count_text(cli, s->level_up),
                         count_text(cli, s->level_down), count_text(cli, s->level_same)));
    buf_puts(out, text_printf(&cli->arena, cli->lang, "Điểm tăng: %s; giảm: %s\n",
                              "Scores that rise: %s; that fall: %s\n",
                              count_text(cli, s->percent_up), count_text(cli, s->percent_down)));
    if (s->not_rated)
        buf_puts(out, text_printf(&cli->arena, cli->lang, "Không so được mức: %s\n",
                                  "Levels that cannot be compared: %s\n",
                                  count_text(cli, s->not_rated)));
    if (s->fates[RESCORE_REFUSED])
        buf_puts(out, text_printf(&cli->arena, cli->lang,
                                  "Phiên bản này không dành cho loại hình của đơn vị: %s\n",
                                  "The version is not for the form of the enterprise: %s\n",
                                  count_text(cli, s->fates[RESCORE_REFUSED])));
    print_stored(cli, s, out);
    print_items(cli, s, out);
}

/* ---- all ---- */

struct rows {
    struct json_writer w;
    struct buf *out;
};

static bool write_row(void *context, const struct rescored *one)
{
    struct rows *rows = context;

    rescored_write(&rows->w, one);
    return !rows->out->is_full;
}

static enum status open_database(struct cli *cli, struct database **db, struct err *err)
{
    struct workspace *ws;
    enum status status;

    if (!cli_has(cli, OPTION_STORE))
        return cli_database(cli, db, err);
    status = cli_workspace(cli, &ws, err);
    return status == OK ? database_open(&cli->arena, ws, cli->values[OPTION_DB], DB_WRITE, db, err)
                        : status;
}

static enum status print_all(struct cli *cli, struct database *db,
                             const struct rescore_all_options *options, struct buf *out,
                             struct err *err)
{
    struct rows rows = {.out = out};
    struct rescore_summary summary;
    bool is_json = cli_has(cli, OPTION_JSON);
    enum status status;

    json_writer_init(&rows.w, out);
    if (is_json) {
        json_begin_object(&rows.w);
        json_key(&rows.w, "assessments");
        json_begin_array(&rows.w);
    }
    status = rescore_all(&cli->arena, cli->workspace, db, options, is_json ? write_row : NULL,
                         &rows, &summary, err);
    if (status != OK)
        return status;
    if (!is_json) {
        print_summary(cli, &summary, out);
        return OK;
    }
    json_end_array(&rows.w);
    rescore_summary_write_members(&rows.w, &summary);
    json_end_object(&rows.w);
    return OK;
}

enum status cli_rescore_all(struct cli *cli, struct err *err)
{
    struct rescore_all_options options = {.to = cli->values[OPTION_TO],
                                          .stores = cli_has(cli, OPTION_STORE)};
    struct database *db = NULL;
    enum status status = open_database(cli, &db, err);
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    if (status == OK)
        status = cli_filter(cli, db, &options.filter, err);
    if (status == OK)
        status = print_all(cli, db, &options, &out, err);
    database_close(db);
    if (status == OK)
        return cli_finish(&out, err);
    buf_free(&out);
    return status;
}
