/* dxready rescore without responses: what is stored, under another version. */
#include "cli/cli.h"

#include "app/review/rescore_all.h"
#include "base/text.h"

#define ITEMS_SHOWN_MAX 10
#define TOPIC_CHARS_MAX 60
#define DROPPED_SHOWN_MAX 20
#define NAME_CHARS_MAX 40

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

static const struct words refusals[REFUSED__MAX] = {
    [REFUSED_FORM] = {{"Phiên bản này không dành cho loại hình của đơn vị",
                       "The version is not for the form of the enterprise"}},
    [REFUSED_DAY] = {{"Trả lời từ trước khi có phiên bản này nên không lưu theo nó",
                      "Answered before there was such a version, so not stored under it"}},
    [REFUSED_EMPTY] = {{"Không còn câu trả lời nào dùng được nên không lưu",
                        "None of the answers goes along, so not stored"}},
};

static void print_refused(struct cli *cli, const struct rescore_summary *s, struct buf *out)
{
    for (int i = 0; i < REFUSED__MAX; i++) {
        if (s->refused[i])
            buf_printf(out, "%s: %s\n", refusals[i].in[cli->lang], count_text(cli, s->refused[i]));
    }
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
    print_refused(cli, s, out);
    print_stored(cli, s, out);
    print_items(cli, s, out);
}

/* ---- whose answers are lost ---- */

struct losses {
    struct cli *cli;
    struct table table;
    size_t shown;
};

static const char *lost_ids(struct arena *arena, const struct conversion *c)
{
    const char *text = "";

    for (size_t i = 0; i < c->dropped; i++)
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", c->lost[i]->id);
    return text;
}

static bool note_loss(void *context, const struct rescored *one)
{
    struct losses *losses = context;
    struct arena *arena = &losses->cli->arena;
    const struct conversion *c = one->rescoring ? &one->rescoring->conversion : NULL;

    if (!c || !c->dropped || losses->shown++ >= DROPPED_SHOWN_MAX)
        return true;
    table_cell(&losses->table, arena_strdup(arena, one->row->reference));
    table_cell(&losses->table,
               one->row->name ? cli_cut_text(arena, one->row->name, NAME_CHARS_MAX) : "–");
    table_cell(&losses->table, count_text(losses->cli, c->dropped));
    table_cell(&losses->table, cli_cut_text(arena, lost_ids(arena, c), TOPIC_CHARS_MAX));
    return true;
}

static void begin_losses(struct losses *losses, struct cli *cli)
{
    *losses = (struct losses){.cli = cli};
    table_init(&losses->table, &cli->arena, "llrl");
    table_cell(&losses->table, cli_say(cli, "Mã", "Reference"));
    table_cell(&losses->table, cli_say(cli, "Tên", "Name"));
    table_cell(&losses->table, cli_say(cli, "Số câu", "Answers"));
    table_cell(&losses->table, cli_say(cli, "Các câu", "Questions"));
}

static void print_losses(struct losses *losses, const struct rescore_summary *s, struct buf *out)
{
    struct cli *cli = losses->cli;

    if (!s->dropped)
        return;
    buf_puts(out, text_printf(&cli->arena, cli->lang,
                              "\nCâu trả lời mà phiên bản mới không có hoặc không nhận: %s, của %s "
                              "đánh giá\n",
                              "\nAnswers that the new version does not have or refuses: %s, of %s "
                              "assessments\n",
                              count_text(cli, s->dropped), count_text(cli, s->with_dropped)));
    table_print(&losses->table, out);
    if (losses->shown > DROPPED_SHOWN_MAX)
        buf_puts(out, text_printf(&cli->arena, cli->lang, "và %s đánh giá nữa (--json ghi đủ)\n",
                                  "and %s more (--json has them all)\n",
                                  count_text(cli, losses->shown - DROPPED_SHOWN_MAX)));
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

static enum status print_json(struct cli *cli, struct database *db,
                              const struct rescore_all_options *options, struct buf *out,
                              struct err *err)
{
    struct rows rows = {.out = out};
    struct rescore_summary summary;
    enum status status;

    json_writer_init(&rows.w, out);
    json_begin_object(&rows.w);
    json_key(&rows.w, "assessments");
    json_begin_array(&rows.w);
    status = rescore_all(&cli->arena, cli->workspace, db, options, write_row, &rows, &summary, err);
    if (status != OK)
        return status;
    json_end_array(&rows.w);
    rescore_summary_write_members(&rows.w, &summary);
    json_end_object(&rows.w);
    return OK;
}

static enum status print_all(struct cli *cli, struct database *db,
                             const struct rescore_all_options *options, struct buf *out,
                             struct err *err)
{
    struct rescore_summary summary;
    struct losses losses;
    enum status status;

    if (cli_has(cli, OPTION_JSON))
        return print_json(cli, db, options, out, err);
    begin_losses(&losses, cli);
    status =
        rescore_all(&cli->arena, cli->workspace, db, options, note_loss, &losses, &summary, err);
    if (status != OK)
        return status;
    print_summary(cli, &summary, out);
    print_losses(&losses, &summary, out);
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
