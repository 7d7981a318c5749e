/* A new code for an enterprise that lost its own, or whose tax code somebody else took. */
#include "web/officer/desk.h"
#include "case_words.h"
#include "web/handlers.h"
#include "web/officer/help_page.h"

#include <string.h>

#include <sodium.h>

#include "app/password.h"
#include "app/review/case_help.h"
#include "base/text.h"
#include "web_paths.h"
#include "web_views.h"

#define HOW_BYTES_MAX (4 * HELP_HOW_CHARS_MAX)

struct help {
    struct case_help of;
    enum help_kind kind;
    const char *how;
    char secret[SECRET_PRINTED_BYTES];
    char token[SESSION_TOKEN_CHARS + 1];
    char hash[PASSWORD_HASH_BYTES];
};

static enum work_queue show(struct request *rq, const struct help *help, const char *secret,
                            const struct form_faults *faults)
{
    struct desk_layout layout = desk_layout(rq, WEB_case_help_title);
    struct help_page page = {.token = rq->form_token,
                             .id = rq->number,
                             .faults = faults,
                             .reference = help->of.reference,
                             .how = help->how ? help->how : "",
                             .is_taken = help->kind == HELP_TAKEN,
                             .secret = secret};

    page.name = case_name(rq, help->of.row.shown.name, &page.form);
    page.tax_code = help->of.row.shown.tax_code;
    layout.layout.has_fault = faults->count > 0;
    request_page(rq, faults->count ? 422 : 200);
    view_case_help(&rq->view, &layout, &page);
    return QUEUE_DONE;
}

enum work_queue page_case_help(struct request *rq)
{
    static const struct form_faults none;
    struct help help = {.kind = HELP_LOST};
    struct err err;

    if (case_help_load(&rq->app, rq->number, rq->arena, &help.of, &err) != OK)
        return request_error(rq, &err);
    return show(rq, &help, NULL, &none);
}

/* ---- given ---- */

static enum work_queue refuse(struct request *rq, const struct help *help, const struct err *err)
{
    struct form_faults faults = {0};

    form_fault_add(&faults, "how", tr(rq, WEB_case_help_how),
                   arena_strdup(rq->arena, err->text[rq->lang]));
    return rq->wants_json ? request_faults_json(rq, &faults) : show(rq, help, NULL, &faults);
}

static enum work_queue store_code(struct request *rq)
{
    static const struct form_faults none;
    struct help *help = rq->page;
    unsigned char token_hash[TOKEN_HASH_BYTES];
    struct err err;

    hash_token(help->token, token_hash);
    if (case_help_give(&rq->app, &help->of, help->kind, help->how, help->hash, token_hash,
                       rq->arena, &err) != OK)
        return request_error(rq, &err);
    rq->x->event = help->kind == HELP_TAKEN ? "handed-over" : "code-reissued";
    return show(rq, help, help->secret, &none);
}

static enum work_queue hash_code(struct request *rq)
{
    struct help *help = rq->page;
    char plain[SECRET_CHARS + 1];

    if (secret_parse(help->secret, plain))
        secret_hash(plain, help->hash);
    return request_go(rq, QUEUE_WRITE, store_code);
}

static void make_code(struct help *help)
{
    unsigned char bytes[SESSION_TOKEN_BYTES];

    secret_make(help->secret);
    randombytes_buf(bytes, sizeof(bytes));
    sodium_bin2hex(help->token, sizeof(help->token), bytes, sizeof(bytes));
}

enum work_queue post_case_help(struct request *rq)
{
    struct field fields[] = {{.name = "kind", .max = 10},
                             {.name = "how", .max = HOW_BYTES_MAX, .has_lines = true}};
    struct help *help = ARENA_NEW(rq->arena, struct help);
    struct err err;

    if (!request_form(rq, fields, 2))
        return QUEUE_DONE;
    *help = (struct help){.kind = fields[0].value && strcmp(fields[0].value, "taken") == 0
                                      ? HELP_TAKEN
                                      : HELP_LOST,
                          .how = fields[1].value ? fields[1].value : ""};
    if (case_help_load(&rq->app, rq->number, rq->arena, &help->of, &err) != OK)
        return request_error(rq, &err);
    if (rq->stays) {
        static const struct form_faults none;

        return show(rq, help, NULL, &none);
    }
    if (!help->of.dossier || !*help->how || text_chars(help->how) > HELP_HOW_CHARS_MAX) {
        /* said before a code is made for nothing */
        if (*help->how && text_chars(help->how) > HELP_HOW_CHARS_MAX)
            err_set(&err, BAD_INPUT, "Ghi không quá %d ký tự.", "At most %d characters, please.",
                    HELP_HOW_CHARS_MAX);
        else if (case_help_give(&rq->app, &help->of, help->kind, help->how, "", NULL, rq->arena,
                                &err) == CONFLICT)
            return request_error(rq, &err);
        rq->must_undo = true;
        return refuse(rq, help, &err);
    }
    make_code(help);
    rq->page = help;
    return request_go(rq, QUEUE_SLOW, hash_code);
}
