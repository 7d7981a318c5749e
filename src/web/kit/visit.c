#include "web/kit/visit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/kit/site_log.h"
#include "web_views.h"

#define COMMON_FIELDS 2

/* ---- replies ---- */

/* No script or style stands in a page, and nothing comes from elsewhere. */
static const char policy[] = "default-src 'none'; style-src 'self'; script-src 'self'; "
                             "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'";

void visit_secure(struct reply *reply)
{
    static const struct reply_header headers[] = {
        {"Content-Security-Policy", policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"}, /* without any, browsers say "Origin: null" */
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };

    for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
        reply_header(reply, headers[i].name, headers[i].value);
}

/* What was said about the request stays; what was said about the page goes. */
static void drop_headers(struct reply *reply)
{
    static const char *const staying[] = {"Set-Cookie", "Allow", "Retry-After"};
    size_t kept = 0;

    for (size_t i = 0; i < reply->header_count; i++) {
        for (size_t k = 0; k < sizeof(staying) / sizeof(*staying); k++) {
            if (strcmp(reply->headers[i].name, staying[k]) == 0)
                reply->headers[kept++] = reply->headers[i];
        }
    }
    reply->header_count = kept;
}

/* A page that was begun may turn out to be that of an error: it begins anew. */
static void begin_reply(struct visit *v, unsigned status, const char *type)
{
    struct reply *reply = &v->x->reply;

    buf_clear(&reply->body);
    drop_headers(reply);
    reply->status = status;
    reply->type = type;
    visit_secure(reply);
    /* Pages hold answers, or a token of their visitor. */
    reply_header(reply, "Cache-Control",
                 v->route && !v->route->needs_cookie ? "no-cache" : "no-store");
    reply_header(reply, "Vary", "Accept, Cookie");
}

void visit_page(struct visit *v, unsigned status)
{
    begin_reply(v, status, "text/html; charset=utf-8");
    v->view = (struct view){
        .out = &v->x->reply.body, .arena = v->arena, .lang = v->lang, .prefix = v->prefix};
}

static unsigned http_status(enum status status)
{
    static const unsigned numbers[STATUS__MAX] = {
        [OK] = 200,     [BAD_INPUT] = 400, [BAD_USAGE] = 400, [NOT_FOUND] = 404, [CONFLICT] = 409,
        [DENIED] = 403, [LIMIT] = 413,     [BUSY] = 503,      [FAILED] = 500};

    return numbers[status];
}

static enum work_queue fail_json(struct visit *v, unsigned status, const struct err *err)
{
    struct json_writer w;
    struct words words = {{err->text[LANG_VI], err->text[LANG_EN]}};

    visit_json(v, status, &w);
    json_begin_object(&w);
    json_member_words(&w, "error", words);
    json_end_object(&w);
    return QUEUE_DONE;
}

static enum work_queue show_error(struct visit *v, unsigned status, const struct err *err,
                            const struct hidden_form *form)
{
    struct layout layout = visit_layout(v, WEB_error_title);

    v->must_undo = true;
    if (v->wants_json)
        return fail_json(v, status, err);
    visit_page(v, status);
    view_error(&v->view, &layout, (int)status, err->text[v->lang], form);
    return QUEUE_DONE;
}

/*
 * The server could not do it: why is for who runs it, in the log (paths and words of the database
 * are nobody else's business); who sent a form about a dossier gets it back, to be sent again.
 */
static enum work_queue show_failure(struct visit *v, unsigned status)
{
    const struct request *request = &v->x->request;
    struct hidden_form form = {.path = v->path, .body = v->body};
    bool is_kept = request->method == METHOD_POST && *v->reference && v->body_len > 0 &&
                   content_type_is(request->content_type, "application/x-www-form-urlencoded");
    struct err err;

    if (is_kept)
        err_set(&err, BUSY, "Máy chủ chưa lưu được. Không có gì bị mất: hãy gửi lại sau ít phút.",
                "The server could not save this. Nothing is lost: please send it again in some "
                "minutes.");
    else
        err_set(&err, FAILED,
                "Máy chủ gặp sự cố nên chưa làm được việc này. Hãy thử lại sau ít phút. Nếu vẫn "
                "không được, hãy báo bộ phận hỗ trợ mã yêu cầu %s.",
                "The server met a problem and could not do this. Please try again in some minutes. "
                "If that does not help, tell support the number of the request: %s.",
                request->id);
    v->x->event = "failed";
    return show_error(v, status, &err, is_kept ? &form : NULL);
}

void visit_failed(struct visit *v)
{
    show_failure(v, 503);
}

enum work_queue visit_fail(struct visit *v, unsigned status, const struct err *err)
{
    if (status < 500)
        return show_error(v, status, err, NULL);
    site_log_failure(v->site, v->x->request.id, v->x->route, err);
    return show_failure(v, status);
}

enum work_queue visit_error(struct visit *v, const struct err *err)
{
    return visit_fail(v, http_status(err->status), err);
}

enum work_queue visit_not_found(struct visit *v)
{
    struct err err;

    err_set(&err, NOT_FOUND, "Không có trang này. Hãy kiểm tra lại địa chỉ, hoặc về trang đầu.",
            "There is no such page. Please check the address, or go to the first page.");
    return visit_error(v, &err);
}

enum work_queue visit_redirect(struct visit *v, const char *format, ...)
{
    char path[256];
    va_list args;

    va_start(args, format);
    vsnprintf(path, sizeof(path), format, args);
    va_end(args);
    begin_reply(v, v->wants_json ? 200 : 303, "text/plain; charset=utf-8");
    if (v->wants_json) {
        struct json_writer w;

        v->x->reply.type = "application/json";
        json_writer_init(&w, &v->x->reply.body);
        json_begin_object(&w);
        json_member_string(&w, "next", arena_printf(v->arena, "%s%s", v->prefix, path));
        json_end_object(&w);
        return QUEUE_DONE;
    }
    reply_header(&v->x->reply, "Location", arena_printf(v->arena, "%s%s", v->prefix, path));
    return QUEUE_DONE;
}

void visit_json(struct visit *v, unsigned status, struct json_writer *w)
{
    begin_reply(v, status, "application/json");
    json_writer_init(w, &v->x->reply.body);
}

void visit_write_faults(struct json_writer *w, const struct form_faults *faults)
{
    json_key(w, "faults");
    json_begin_array(w);
    for (size_t i = 0; i < faults->count; i++) {
        json_begin_object(w);
        json_member_string(w, "field", faults->items[i].field);
        json_member_string(w, "label", faults->items[i].label);
        json_member_string(w, "text", faults->items[i].text);
        json_end_object(w);
    }
    json_end_array(w);
}

enum work_queue visit_faults_json(struct visit *v, const struct form_faults *faults)
{
    struct json_writer w;

    visit_json(v, 422, &w);
    json_begin_object(&w);
    visit_write_faults(&w, faults);
    json_end_object(&w);
    return QUEUE_DONE;
}

void visit_attachment(struct visit *v, const char *type, const char *name)
{
    begin_reply(v, 200, type);
    reply_header(&v->x->reply, "Content-Disposition",
                 arena_printf(v->arena, "attachment; filename=\"%s\"", name));
}

void visit_download(struct visit *v, const char *type, const char *plain, const char *name)
{
    struct view encoded = {.arena = v->arena};
    struct buf out;

    begin_reply(v, 200, type);
    buf_init(&out, 3 * UPLOAD_NAME_BYTES_MAX + 1);
    encoded.out = &out;
    view_url(&encoded, name);
    /* RFC 6266: the second name for those that understand it, the first for all others. */
    reply_header(&v->x->reply, "Content-Disposition",
                 arena_printf(v->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                              buf_text(&out)));
    buf_free(&out);
}

/* ---- pages ---- */

const char *say(const struct visit *v, enum web_text text)
{
    return web_say(v->lang, text, v->arena, NULL, 0);
}

const char *say_with(const struct visit *v, enum web_text text, const char *value)
{
    return web_say(v->lang, text, v->arena, &value, 1);
}

struct layout visit_layout(struct visit *v, enum web_text title)
{
    return (struct layout){.title = say(v, title),
                           .path = v->path,
                           .is_owner = v->filled.response != NULL,
                           .reference = v->reference,
                           .token = v->form_token,
                           .contact = v->site->options.contact};
}

void form_fault_add(struct form_faults *faults, const char *field, const char *label,
                    const char *text)
{
    if (faults->count < FORM_FAULTS_MAX)
        faults->items[faults->count++] = (struct form_fault){field, label, text};
}

const char *form_fault_at(const struct form_faults *faults, const char *field)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (strcmp(faults->items[i].field, field) == 0)
            return faults->items[i].text;
    }
    return NULL;
}

const char *web_count(struct view *v, size_t count)
{
    return arena_printf(v->arena, "%zu", count);
}

const char *web_range(struct view *v, size_t first, size_t last)
{
    return first == last ? web_count(v, first) : arena_printf(v->arena, "%zu–%zu", first, last);
}

void view_other_language(struct view *v, const struct layout *layout)
{
    static const char open[] = "<a href=\"", hreflang[] = "\" hreflang=\"", lang[] = "\" lang=\"",
                      end[] = "\">", close[] = "</a>";
    const char *code = web_say(v->lang, WEB_other_code, v->arena, NULL, 0);

    view_markup(v, open, sizeof(open) - 1);
    view_text(v, *v->prefix ? "" : "/en");
    view_text(v, layout->path);
    view_markup(v, hreflang, sizeof(hreflang) - 1);
    view_text(v, code);
    view_markup(v, lang, sizeof(lang) - 1);
    view_text(v, code);
    view_markup(v, end, sizeof(end) - 1);
    view_text(v, web_say(v->lang, WEB_other_name, v->arena, NULL, 0));
    view_markup(v, close, sizeof(close) - 1);
}

/* ---- forms ---- */

static void switch_language(struct visit *v, const char *code)
{
    enum lang lang;

    if (!code || lang_parse(code, &lang) != 0)
        return;
    v->lang = lang;
    v->prefix = lang == LANG_EN ? "/en" : "";
    v->stays = true;
}

static bool refuse_form(struct visit *v, enum status status, const char *vi, const char *en)
{
    struct err err;

    err_set(&err, status, "%1$s%2$.0s", "%2$s%1$.0s", vi, en);
    v->x->event = "denied";
    visit_error(v, &err);
    return false;
}

static bool check_sender(struct visit *v, const char *token)
{
    if (v->was_carried)
        return true;
    if (!session_is_same_site(v))
        return refuse_form(v, DENIED,
                           "Biểu mẫu này được gửi từ một trang khác nên không được nhận.",
                           "This form was sent by another site and is not accepted.");
    if (!token || strcmp(token, v->form_token) != 0)
        return refuse_form(v, DENIED,
                           "Biểu mẫu này thuộc về một phiên khác. Hãy tải lại trang rồi gửi lại.",
                           "This form belongs to another session. Please reload the page and send "
                           "it again.");
    return true;
}

static const struct field common[COMMON_FIELDS] = {
    {.name = "token", .max = SESSION_TOKEN_CHARS},
    {.name = "lang", .max = 2},
};

/* Reads declared and common fields together; NULL after answering with an error. */
static struct field *read_fields(struct visit *v, const char *data, size_t len,
                                 struct field *fields, size_t count, const struct field *more,
                                 size_t more_count)
{
    struct field *all = ARENA_ARRAY(v->arena, struct field, count + more_count);
    struct err err;

    if (count)
        memcpy(all, fields, count * sizeof(*all));
    if (more_count)
        memcpy(all + count, more, more_count * sizeof(*all));
    if (form_read(v->arena, data, len, all, count + more_count, &err) != OK) {
        visit_error(v, &err);
        return NULL;
    }
    if (count)
        memcpy(fields, all, count * sizeof(*all));
    return all;
}

bool visit_form(struct visit *v, struct field *fields, size_t count)
{
    const struct request *request = &v->x->request;
    struct field *all;

    if (!v->was_carried &&
        !content_type_is(request->content_type, "application/x-www-form-urlencoded")) {
        struct err err;

        err_set(&err, BAD_INPUT,
                "Trang này chỉ nhận biểu mẫu loại application/x-www-form-urlencoded.",
                "This page takes forms of the type application/x-www-form-urlencoded only.");
        visit_fail(v, 415, &err);
        return false;
    }
    all = read_fields(v, v->body, v->body_len, fields, count, common, COMMON_FIELDS);
    if (!all || !check_sender(v, all[count].value))
        return false;
    switch_language(v, all[count + 1].value);
    return true;
}

bool visit_multipart(struct visit *v, struct upload *upload)
{
    const struct request *request = &v->x->request;
    struct field fields[COMMON_FIELDS];
    struct err err;

    memcpy(fields, common, sizeof(fields));
    if (multipart_read(v->arena, request->content_type, (const char *)request->body,
                       request->body_len, fields, COMMON_FIELDS, upload, &err) != OK) {
        visit_error(v, &err);
        return false;
    }
    if (!check_sender(v, fields[0].value))
        return false;
    switch_language(v, fields[1].value);
    return true;
}

bool visit_query(struct visit *v, struct field *fields, size_t count)
{
    const char *query = v->x->request.query;

    return read_fields(v, query, strlen(query), fields, count, NULL, 0) != NULL;
}

/* ---- times ---- */

#define VIETNAM_HOURS 7

/* "2026-11-23T18:30:00Z" is half past one of the next day in Vietnam. */
static bool local_time(const char *utc, struct civil *date, int *hour, int *minute)
{
    int second;
    day d;

    if (sscanf(utc, "%4d-%2d-%2dT%2d:%2d:%2dZ", &date->year, &date->month, &date->mday, hour,
               minute, &second) != 6)
        return false;
    d = day_of(date->year, date->month, date->mday);
    *hour += VIETNAM_HOURS;
    if (*hour >= 24) {
        *hour -= 24;
        d++;
    }
    *date = day_civil(d);
    return true;
}

const char *time_of_day(struct arena *arena, const char *utc)
{
    struct civil date;
    int hour, minute;

    return local_time(utc, &date, &hour, &minute) ? arena_printf(arena, "%02d:%02d", hour, minute)
                                                  : "";
}

const char *time_and_day(struct arena *arena, const char *utc)
{
    struct civil date;
    int hour, minute;

    if (!local_time(utc, &date, &hour, &minute))
        return "";
    return arena_printf(arena, "%02d:%02d %02d/%02d/%04d", hour, minute, date.mday, date.month,
                        date.year);
}

/* ---- what HTTP itself refuses ---- */

void visit_refused(void *context, unsigned status, struct reply *reply, struct arena *arena)
{
    static const char text[] = "Yêu cầu này không đọc được nên không được nhận.\n"
                               "This request cannot be read and was not taken.\n";

    (void)context;
    (void)arena;
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    reply->fixed = text;
    reply->fixed_len = sizeof(text) - 1;
    visit_secure(reply);
    reply_header(reply, "Cache-Control", "no-store");
}
