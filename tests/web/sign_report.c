/* Signs the report of a response as if it was verified, for tests of what checks such reports:
 * sign_report DATABASE RESPONSE.json FILE.pdf [ADDRESS [vi|en [report]]]. */
#include <stdio.h>
#include <string.h>

#include "app/enterprise/result.h"
#include "app/output/signed_report.h"
#include "base/file.h"

static enum status read_key(struct arena *arena, struct workspace *ws, const char *url,
                            struct signing_key *key, struct err *err)
{
    struct database *db;
    struct app_context app;
    enum status status = database_open(arena, ws, url, DB_READ, &db, err);

    if (status != OK)
        return status;
    app = context_of(db, (struct actor){ACTOR_SYSTEM, 0});
    status = signing_key_current(&app, arena, key, err);
    database_close(db);
    return status;
}

static enum status sign(struct arena *arena, int count, char **args, struct err *err)
{
    struct verification verification = {.on = day_of(2020, 11, 28), /* before any key is retired */
                                        .unit = "Phòng Kinh tế số",
                                        .reference = "7K2M9QXR",
                                        .self_level = 4,
                                        .self_points = ratio_of(201),
                                        .address = count > 3 ? args[3] : "https://example.vn"};
    struct result_request wanted = {.on = day_of(2026, 11, 30)};
    struct signed_report_request request = {.document = {.verification = &verification}};
    struct signing_key key;
    struct workspace *ws;
    struct faults faults;
    struct result result;
    struct buf out;

    faults_init(&faults, arena);
    if (workspace_open(arena, NULL, &ws, err) != OK || read_key(arena, ws, args[0], &key, err) != OK)
        return err->status;
    wanted.response = workspace_response(ws, arena, args[1], NULL, &faults);
    if (!wanted.response)
        return err_set(err, BAD_INPUT, "phiếu có lỗi", "the response has faults");
    if (result_make(ws, arena, &wanted, &result, err) != OK)
        return err->status;
    request.key = &key;
    request.document.report = result.report;
    request.document.wording = workspace_wording(ws, err);
    request.document.lang = count > 4 && strcmp(args[4], "en") == 0 ? LANG_EN : LANG_VI;
    request.document.kind = count > 5 ? DOCUMENT_REPORT : DOCUMENT_SUMMARY;
    buf_init(&out, PDF_BYTES_MAX);
    if (signed_report_make(&request, &out, err) == OK)
        (void)!file_write(args[2], out.data, out.len, err);
    buf_free(&out);
    return err->status;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct err err = {.status = OK};

    if (argc < 4)
        return 2;
    arena_init(&arena);
    if (sign(&arena, argc - 1, argv + 1, &err) != OK)
        fprintf(stderr, "%s\n", err.text[LANG_EN]);
    arena_free(&arena);
    return err.status == OK ? 0 : 1;
}
