/* dxready verify: whether a report was signed by this program, and is as it was then. */
#include "cli/cli.h"

#include "app/database.h"
#include "app/output/verify.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/text.h"

struct keys {
    struct signing_key *list;
    size_t count;
};

static enum status stored_keys(struct cli *cli, struct keys *keys, struct err *err)
{
    struct database *db;
    struct app_context app;
    enum status status = cli_database(cli, &db, err);

    if (status != OK)
        return status;
    app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    status = signing_keys_all(&app, &cli->arena, &keys->list, &keys->count, err);
    database_close(db);
    return status;
}

/* ---- what is said ---- */

static void write_content(struct json_writer *w, const struct attestation *content)
{
    char on[DAY_ISO_CHARS + 1];

    day_write_iso(on, content->on);
    json_begin_object(w);
    json_member_string(w, "name", content->name);
    json_member_string(w, "tax_code", content->tax_code);
    json_member_string(w, "questionnaire", content->questionnaire);
    json_member_int(w, "level", content->level);
    json_member_decimal(w, "points", content->points);
    json_member_decimal(w, "max", content->max);
    json_member_string(w, "verified_on", on);
    json_member_string(w, "case", content->reference);
    json_member_string(w, "key", content->key);
    json_member_string(w, "hash", content->hash);
    json_end_object(w);
}

static void write_result(struct json_writer *w, const struct verification_result *result)
{
    json_begin_object(w);
    json_member_string(w, "finding", finding_code(result->finding));
    json_key(w, "signed");
    if (result->has_content)
        write_content(w, &result->content);
    else
        json_null(w);
    json_end_object(w);
}

static const char *number(const struct cli *cli, struct arena *arena, struct ratio r)
{
    return text_of_number_short(arena, r, 2, cli->lang);
}

/* "ABC (mã số thuế 0800291164) được xác minh ngày ... ở mức 3, 152/320 điểm ..." */
static const char *content_text(struct cli *cli, const struct attestation *content)
{
    struct arena *arena = &cli->arena;
    const char *code = *content->tax_code
                           ? text_printf(arena, cli->lang, " (mã số thuế %s)", " (tax code %s)",
                                         content->tax_code)
                           : "";

    return text_printf(arena, cli->lang,
                       "%s%s được xác minh ngày %s ở mức %d, %s/%s điểm theo %s; hồ sơ %s, khóa %s",
                       "%s%s was verified on %s at level %d, %s of %s points by %s; case %s, key "
                       "%s",
                       content->name, code, text_of_day(arena, content->on), content->level,
                       number(cli, arena, content->points), number(cli, arena, content->max),
                       content->questionnaire, content->reference, content->key);
}

static enum status print_result(struct cli *cli, const struct verification_result *result,
                                struct err *err)
{
    struct json_writer w;
    struct buf out;

    buf_init(&out, BUF_MAX_DEFAULT);
    json_writer_init(&w, &out);
    if (cli_has(cli, OPTION_JSON))
        write_result(&w, result);
    else if (result->finding == FILE_HOLDS)
        buf_puts(&out, arena_printf(&cli->arena, "%s: %s.\n",
                                    finding_words(FILE_HOLDS).in[cli->lang],
                                    content_text(cli, &result->content)));
    return cli_finish(&out, err);
}

/* The reason; where something was signed, what it says, to compare. */
static enum status refuse(struct cli *cli, const struct verification_result *result,
                          struct err *err)
{
    const struct words why = finding_words(result->finding);
    const char *more = "";

    if (result->has_content)
        more = text_printf(&cli->arena, cli->lang, ". Điều đã ký: %s", ". What was signed: %s",
                           content_text(cli, &result->content));
    else if (*result->content.key)
        more = text_printf(&cli->arena, cli->lang, " (khóa %s)", " (key %s)", result->content.key);
    return err_set(err, BAD_INPUT, "%1$s: %2$s%4$s%3$.0s", "%1$s: %3$s%4$s%2$.0s", cli->args[0],
                   why.in[LANG_VI], why.in[LANG_EN], more);
}

enum status cmd_verify(struct cli *cli, struct err *err)
{
    const char *key = cli->values[OPTION_KEY];
    struct verification_result result;
    struct keys keys = {NULL, 0};
    char *pdf;
    size_t len;
    enum status status =
        file_read(&cli->arena, cli->args[0], SIGNED_FILE_BYTES_MAX, &pdf, &len, err);

    if (status == OK)
        status = key ? signing_keys_read(&cli->arena, key, &keys.list, &keys.count, err)
                     : stored_keys(cli, &keys, err);
    if (status != OK)
        return status;
    verify_file(&cli->arena, pdf, len, keys.list, keys.count, &result);
    status = print_result(cli, &result, err);
    return status == OK && result.finding != FILE_HOLDS ? refuse(cli, &result, err) : status;
}
