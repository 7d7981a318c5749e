#include "web/kit/request.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "web/kit/site_log.h"
#include "web/kit/views_json.h"
#include "web_views.h"

#define COMMON_FIELDS 2

/* ---- replies ---- */

/* No script or style stands in a page, and nothing comes from elsewhere. */
static const char policy[] = "default-src 'none'; style-src 'self'; script-src 'self'; "
                             "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
                             "base-uri 'none'; frame-ancestors 'none'";

void request_secure(struct reply *reply)
{
    static const struct reply_header headers[] = {
        {"Content-Security-Policy", policy},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"}, /* without any, browsers say "Origin: null" */
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
    };

    for (size_t i = 0; i < ARRAY_SIZE(headers); i++)
        reply_header(reply, headers[i].name, headers[i].value);
}

/* What was said about the request stays; what was said about the page goes. */
static void drop_headers(struct reply *reply)
{
    static const char *const staying[] = {"Set-Cookie", "Allow", "Retry-After"};
    size_t kept = 0;

    for (size_t i = 0; i < reply->header_count; i++) {
        for (size_t k = 0; k < ARRAY_SIZE(staying); k++) {
            if (strcmp(reply->headers[i].name, staying[k]) == 0)
                reply->headers[kept++] = reply->headers[i];
        }
    }
    reply->header_count = kept;
}

/* A page that was begun may turn out to be that of an error: it begins anew. */
static void begin_reply(struct request *rq, unsigned status, const char *type)
{
    struct reply *reply = &rq->x->reply;

    buf_clear(&reply->body);
    drop_headers(reply);
    reply->status = status;
    reply->type = type;
    request_secure(reply);
    /* Pages hold answers, or a token of their visitor. */
    reply_header(reply, "Cache-Control",
                 rq->route && !rq->route->needs_cookie ? "no-cache" : "no-store");
    reply_header(reply, "Vary", "Accept, Cookie");
}

void request_page(struct request *rq, unsigned status)
{
    begin_reply(rq, status, "text/html; charset=utf-8");
    rq->view = (struct view){
        .out = &rq->x->reply.body, .arena = rq->arena, .lang = rq->lang, .prefix = rq->prefix,
        .token = rq->form_token};
}

static unsigned http_status(enum status status)
{
    static const unsigned numbers[STATUS__MAX] = {
        [OK] = 200,     [BAD_INPUT] = 400, [BAD_USAGE] = 400, [NOT_FOUND] = 404, [CONFLICT] = 409,
        [DENIED] = 403, [LIMIT] = 413,     [BUSY] = 503,      [FAILED] = 500,
        [READER_LEFT] = 500};

    return numbers[status];
}

static enum work_queue fail_json(struct request *rq, unsigned status, const struct err *err)
{
    const struct words words = {{err->text[LANG_VI], err->text[LANG_EN]}};
    const struct error_reply reply = {&words};

    return request_reply(rq, status, &shape_error_reply, &reply);
}

static enum work_queue show_error(struct request *rq, unsigned status, const struct err *err,
                            const struct hidden_form *form)
{
    struct layout layout = request_layout(rq, WEB_error_title);

    rq->must_undo = true;
    if (rq->wants_json)
        return fail_json(rq, status, err);
    request_page(rq, status);
    view_error(&rq->view, &layout, (int)status, err->text[rq->lang], form);
    return QUEUE_DONE;
}

/*
 * The server could not do it: why is for who runs it, in the log (paths and words of the database
 * are nobody else's business); who sent a form about a dossier gets it back, to be sent again.
 */
static enum work_queue show_failure(struct request *rq, unsigned status)
{
    const struct http_request *request = &rq->x->request;
    struct hidden_form form = {.path = rq->path, .body = rq->body};
    bool is_kept = request->method == METHOD_POST && *rq->reference && rq->body_len > 0 &&
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
    rq->x->event = "failed";
    return show_error(rq, status, &err, is_kept ? &form : NULL);
}

void request_failed(struct request *rq)
{
    show_failure(rq, 503);
}

enum work_queue request_fail(struct request *rq, unsigned status, const struct err *err)
{
    if (status < 500)
        return show_error(rq, status, err, NULL);
    site_log_failure(rq->site, rq->x->request.id, rq->x->route, err);
    return show_failure(rq, status);
}

enum work_queue request_error(struct request *rq, const struct err *err)
{
    return request_fail(rq, http_status(err->status), err);
}

enum work_queue request_not_found(struct request *rq)
{
    struct err err;

    err_set(&err, NOT_FOUND, "Không có trang này. Hãy kiểm tra lại địa chỉ, hoặc về trang đầu.",
            "There is no such page. Please check the address, or go to the first page.");
    return request_error(rq, &err);
}

const char *request_path(const struct request *rq, struct path path)
{
    return arena_printf(rq->arena, "%s%s", rq->prefix, path.text);
}

const char *request_address(const struct request *rq, struct path path)
{
    return arena_printf(rq->arena, "%s%s%s", rq->site->url, rq->prefix, path.text);
}

enum work_queue request_redirect(struct request *rq, struct path path)
{
    const struct next_reply next = {request_path(rq, path)};

    if (rq->wants_json)
        return request_reply(rq, 200, &shape_next_reply, &next);
    begin_reply(rq, 303, "text/plain; charset=utf-8");
    reply_header(&rq->x->reply, "Location", next.next);
    return QUEUE_DONE;
}

void request_json(struct request *rq, unsigned status, struct json_writer *w)
{
    begin_reply(rq, status, "application/json");
    json_writer_init(w, &rq->x->reply.body);
}

enum work_queue request_reply(struct request *rq, unsigned status, const struct json_shape *shape,
                              const void *view)
{
    struct json_writer w;

    request_json(rq, status, &w);
    json_write_shape(&w, shape, view);
    return QUEUE_DONE;
}

enum work_queue request_faults_json(struct request *rq, const struct form_faults *faults)
{
    const struct faults_reply reply = {faults};

    return request_reply(rq, 422, &shape_faults_reply, &reply);
}

void request_attachment(struct request *rq, const char *type, const char *name)
{
    begin_reply(rq, 200, type);
    reply_header(&rq->x->reply, "Content-Disposition",
                 arena_printf(rq->arena, "attachment; filename=\"%s\"", name));
}

void request_download(struct request *rq, const char *type, const char *plain, const char *name)
{
    struct view encoded = {.arena = rq->arena};
    struct buf out;

    begin_reply(rq, 200, type);
    buf_init(&out, 3 * UPLOAD_NAME_BYTES_MAX + 1);
    encoded.out = &out;
    view_url(&encoded, name);
    /* RFC 6266: the second name for those that understand it, the first for all others. */
    reply_header(&rq->x->reply, "Content-Disposition",
                 arena_printf(rq->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain,
                              buf_text(&out)));
    buf_free(&out);
}

/* ---- pages ---- */

const char *tr(const struct request *rq, enum web_text text)
{
    return web_tr(rq->lang, text, rq->arena, NULL, 0);
}

const char *tr_with(const struct request *rq, enum web_text text, const char *value)
{
    return web_tr(rq->lang, text, rq->arena, &value, 1);
}

struct layout request_layout(struct request *rq, enum web_text title)
{
    return (struct layout){.title = tr(rq, title),
                           .path = rq->path,
                           .is_owner = rq->opened.response != NULL,
                           .reference = rq->reference,
                           .authority = rq->site->options.authority,
                           .notice = rq->site->options.notice,
                           .contact = rq->site->options.contact};
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
    const char *code = web_tr(v->lang, WEB_other_code, v->arena, NULL, 0);

    view_markup(v, open, sizeof(open) - 1);
    view_text(v, *v->prefix ? "" : "/en");
    view_text(v, layout->path);
    view_markup(v, hreflang, sizeof(hreflang) - 1);
    view_text(v, code);
    view_markup(v, lang, sizeof(lang) - 1);
    view_text(v, code);
    view_markup(v, end, sizeof(end) - 1);
    view_text(v, web_tr(v->lang, WEB_other_name, v->arena, NULL, 0));
    view_markup(v, close, sizeof(close) - 1);
}

/* ---- forms ---- */

static void switch_language(struct request *rq, const char *code)
{
    enum lang lang;

    if (!code || lang_parse(code, &lang) != 0)
        return;
    rq->lang = lang;
    rq->prefix = lang == LANG_EN ? "/en" : "";
    rq->stays = true;
}

static bool refuse_form(struct request *rq, enum status status, const char *vi, const char *en)
{
    struct err err;

    err_set(&err, status, "%1$s%2$.0s", "%2$s%1$.0s", vi, en);
    rq->x->event = "denied";
    request_error(rq, &err);
    return false;
}

static bool check_sender(struct request *rq, const char *token)
{
    if (rq->was_carried)
        return true;
    if (!session_is_same_site(rq))
        return refuse_form(rq, DENIED,
                           "Biểu mẫu này được gửi từ một trang khác nên không được nhận.",
                           "This form was sent by another site and is not accepted.");
    if (!rq->x->request.cookie)
        return refuse_form(rq, DENIED,
                           "Trình duyệt không gửi kèm cookie nên chưa nhận được biểu mẫu. Hãy cho "
                           "phép cookie của trang này trong phần cài đặt của trình duyệt, tải lại "
                           "trang rồi gửi lại. Trang chỉ dùng cookie để giữ phiên làm việc.",
                           "The browser sent no cookie, so the form could not be taken. Please "
                           "allow cookies of this site in the settings of the browser, reload the "
                           "page and send it again. The site uses them for your session only.");
    if (!token || strlen(token) != SESSION_TOKEN_CHARS ||
        sodium_memcmp(token, rq->form_token, SESSION_TOKEN_CHARS) != 0)
        return refuse_form(rq, DENIED,
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
static struct field *read_fields(struct request *rq, struct field *fields, size_t count)
{
    struct field *all = ARENA_ARRAY(rq->arena, struct field, count + COMMON_FIELDS);
    struct err err;

    if (count)
        memcpy(all, fields, count * sizeof(*all));
    memcpy(all + count, common, sizeof(common));
    if (form_read(rq->arena, rq->body, rq->body_len, all, count + COMMON_FIELDS, &err) != OK) {
        request_error(rq, &err);
        return NULL;
    }
    if (count)
        memcpy(fields, all, count * sizeof(*all));
    return all;
}

bool request_form(struct request *rq, struct field *fields, size_t count)
{
    const struct http_request *request = &rq->x->request;
    struct field *all;

    if (!rq->was_carried &&
        !content_type_is(request->content_type, "application/x-www-form-urlencoded")) {
        struct err err;

        err_set(&err, BAD_INPUT,
                "Trang này chỉ nhận biểu mẫu loại application/x-www-form-urlencoded.",
                "This page takes forms of the type application/x-www-form-urlencoded only.");
        request_fail(rq, 415, &err);
        return false;
    }
    all = read_fields(rq, fields, count);
    if (!all || !check_sender(rq, all[count].value))
        return false;
    switch_language(rq, all[count + 1].value);
    return true;
}

bool request_multipart(struct request *rq, struct field *own, size_t count, struct upload *upload)
{
    const struct http_request *request = &rq->x->request;
    struct field *fields = ARENA_ARRAY(rq->arena, struct field, count + COMMON_FIELDS);
    struct err err;

    if (!content_type_is(request->content_type, "multipart/form-data")) {
        err_set(&err, BAD_INPUT, "Trang này chỉ nhận biểu mẫu kèm tệp, loại multipart/form-data.",
                "This page takes forms with a file only, of the type multipart/form-data.");
        request_fail(rq, 415, &err);
        return false;
    }
    if (count)
        memcpy(fields, own, count * sizeof(*fields));
    memcpy(fields + count, common, sizeof(common));
    if (multipart_read(rq->arena, request->content_type, (const char *)request->body,
                       request->body_len, fields, count + COMMON_FIELDS, upload, &err) != OK) {
        request_error(rq, &err);
        return false;
    }
    if (count)
        memcpy(own, fields, count * sizeof(*fields));
    if (!check_sender(rq, fields[count].value))
        return false;
    switch_language(rq, fields[count + 1].value);
    return true;
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

const char *time_of_seconds(struct arena *arena, int64_t seconds)
{
    int64_t local = seconds + VIETNAM_HOURS * 3600;
    struct civil date = day_civil((day)(local / 86400));
    int minutes = (int)(local % 86400 / 60);

    return arena_printf(arena, "%02d:%02d %02d/%02d/%04d", minutes / 60, minutes % 60, date.mday,
                        date.month, date.year);
}

/* ---- what HTTP itself refuses ---- */

void request_refused(void *context, unsigned status, struct reply *reply, struct arena *arena)
{
    static const struct {
        unsigned status;
        const char *text;
    } texts[] = {
        {431, "Trình duyệt gửi kèm quá nhiều cookie. Hãy xóa cookie của trang này trong phần cài "
              "đặt của trình duyệt, rồi mở lại trang.\n"
              "The browser sends too many cookies. Please delete the cookies of this site in the "
              "settings of the browser, then open the page again.\n"},
        {503, "Máy chủ đang quá bận nên chưa nhận. Không có gì bị mất ở các trang đã lưu: hãy quay "
              "lại trang trước và gửi lại sau ít phút.\n"
              "The server is too busy and did not take this. What was saved before is safe: please "
              "go back and send it again in a few minutes.\n"},
        {0, "Yêu cầu này không đọc được nên không được nhận.\n"
            "This request cannot be read and was not taken.\n"},
    };
    size_t at = 0;

    (void)context;
    (void)arena;
    while (texts[at].status && texts[at].status != status)
        at++;
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    reply->fixed = texts[at].text;
    reply->fixed_len = strlen(texts[at].text);
    request_secure(reply);
    reply_header(reply, "Cache-Control", "no-store");
}

