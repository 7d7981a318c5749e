#include "web/kit/request.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "http/address.h"
#include "base/asset.h"
#include "web/kit/page_meter.h"
#include "web/enterprise/peer_cache.h"
#include "web/enterprise/sample.h"
#include "web/kit/session_uses.h"
#include "web/kit/store_worker.h"
#include "app/batch.h"
#include "web/kit/assets.h"
#include "http/systemd.h"
#include "http/target.h"
#include "web/officer/desk.h"
#include "web_paths.h"

extern const struct asset web_api[];
extern const size_t web_api_count;

/* ---- one request ---- */

static enum work_queue reply_text(struct request *rq, unsigned status, const char *text)
{
    struct reply *reply = &rq->x->reply;

    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    reply->fixed = text;
    reply->fixed_len = strlen(text);
    request_secure(reply);
    reply_header(reply, "Cache-Control", "no-store");
    return QUEUE_DONE;
}

static enum work_queue say_ready(struct request *rq, bool is_ready)
{
    return reply_text(rq, is_ready ? 200 : 503, is_ready ? "ready\n" : "not ready\n");
}

static enum work_queue run_step(struct exchange *x)
{
    struct request *rq = x->state;

    return rq->step(rq);
}

enum work_queue request_go(struct request *rq, enum work_queue queue, request_handler *step)
{
    rq->step = step;
    rq->x->next = queue == QUEUE_SLOW ? run_step : store_worker_step;
    return queue;
}

/* What cannot be read any more is not quoted: the log would have it. */
static enum work_queue refuse_content(struct request *rq, const struct err *err)
{
    struct err damaged;

    if (!rq->opened.survey || rq->opened.response)
        return request_error(rq, err);
    err_set(&damaged, FAILED, "nội dung của hồ sơ %s bị hỏng",
            "the content of the dossier %s is damaged", rq->reference);
    return request_error(rq, &damaged);
}

static enum work_queue enter_dossier(struct request *rq)
{
    struct err err;
    struct session_check check;

    if (access_enter(&rq->app, rq->reference, rq->session_hash, rq->arena, &rq->opened.dossier,
                     &check, &err) != OK)
        return request_error(rq, &err);
    if (!check.is_granted)
        return request_ask_code(rq, 403, rq->reference);
    if (check.is_use_due)
        session_uses_note(rq->site->uses, rq->session_hash);
    rq->app.actor = (struct actor){ACTOR_ENTERPRISE, rq->opened.dossier.id};
    rq->x->subject = rq->opened.dossier.reference;
    /* Only now: what is in a dossier costs most to read. */
    if (open_dossier_read(&rq->app, rq->arena, &rq->opened, &err) != OK)
        return refuse_content(rq, &err);
    return rq->route->handler(rq);
}

static enum work_queue enter(struct request *rq)
{
    if (rq->route->access >= ACCESS_HALF)
        return desk_enter(rq);
    return rq->route->access == ACCESS_OWNER ? enter_dossier(rq) : rq->route->handler(rq);
}

enum work_queue request_replay(struct request *rq, const char *path, const char *body)
{
    const char *reference = rq->reference; /* of the dossier that was opened */
    bool other_method;

    rq->path = path;
    rq->body = body;
    rq->body_len = strlen(body);
    rq->was_carried = true;
    rq->route = route_find(rq, *body ? METHOD_POST : METHOD_GET, path, &other_method);
    if (!rq->route || rq->route->access != ACCESS_OWNER)
        return request_redirect(rq, path_page_tasks(rq->arena, reference));
    if (!*body)
        return request_redirect(rq, (struct path){path}); /* of the route that was found */
    return enter_dossier(rq);
}

/* ---- the first step, in the threads that serve connections ---- */

static void set_language(struct request *rq, const char *path)
{
    bool is_english = strcmp(path, "/en") == 0 || strncmp(path, "/en/", 4) == 0;

    rq->lang = is_english ? LANG_EN : LANG_VI;
    rq->prefix = is_english ? "/en" : "";
    rq->path = is_english ? (path[3] ? path + 3 : "/") : path;
}

static enum work_queue reply_asset(struct request *rq, const struct asset *asset)
{
    struct reply *reply = &rq->x->reply;

    reply->status = 200;
    reply->type = asset_type(asset);
    reply->fixed = asset->data;
    reply->fixed_len = asset->len;
    request_secure(reply);
    if (asset->gzip) {
        reply_header(reply, "Vary", "Accept-Encoding");
        if (accept_takes_gzip(rq->x->request.accept_encoding)) {
            reply_header(reply, "Content-Encoding", "gzip");
            reply->fixed = asset->gzip;
            reply->fixed_len = asset->gzip_len;
        }
    }
    /* The address has the hash of the content: it never changes. */
    reply_header(reply, "Cache-Control", "public, max-age=31536000, immutable");
    return QUEUE_DONE;
}

/* Dossiers are nobody's business who looks for pages. */
static enum work_queue reply_robots(struct request *rq)
{
    const char *dossiers = path_page_tasks(rq->arena, "").text;

    return reply_text(rq, 200,
                      arena_printf(rq->arena, "User-agent: *\nDisallow: %s\nDisallow: /en%s\n",
                                   dossiers, dossiers));
}

/* What programs may ask, told to programs. */
static enum work_queue reply_api(struct request *rq)
{
    const struct asset *api = asset_find(web_api, web_api_count, "openapi.json");
    enum work_queue queue = reply_text(rq, 200, "");
    struct reply *reply = &rq->x->reply;

    reply->type = "application/json";
    reply->fixed = api->data;
    reply->fixed_len = api->len;
    return queue;
}

static enum work_queue check_ready(struct exchange *x)
{
    struct request *rq = x->state;

    return say_ready(rq, store_worker_can_keep(rq));
}

static enum work_queue go_check_ready(struct request *rq)
{
    rq->x->next = check_ready;
    return QUEUE_WRITE;
}

/* What is for machines and browsers rather than people. True if it was that. */
static bool start_plain(struct request *rq, const char *path, enum work_queue *queue)
{
    const struct asset *asset = asset_for_path(path);

    if (asset)
        *queue = reply_asset(rq, asset);
    else if (strcmp(path, "/healthz") == 0)
        *queue = reply_text(rq, 200, "ok\n");
    else if (strcmp(path, "/readyz") == 0)
        *queue = go_check_ready(rq);
    else if (strcmp(path, "/openapi.json") == 0)
        *queue = reply_api(rq);
    else if (strcmp(path, "/robots.txt") == 0)
        *queue = reply_robots(rq);
    else
        return false;
    return true;
}

static enum work_queue refuse_method(struct request *rq)
{
    struct err err;

    err_set(&err, BAD_USAGE, "Địa chỉ này không nhận cách gửi đó (%s).",
            "This address does not take that method (%s).",
            rq->x->request.method == METHOD_POST ? "POST" : "GET");
    reply_header(&rq->x->reply, "Allow",
                 rq->x->request.method == METHOD_POST ? "GET, HEAD" : "POST");
    return request_fail(rq, 405, &err);
}

/* Who asks before anything is known; without the store, which belongs to another thread. */
static struct app_context visitor(const struct site *site)
{
    struct app_context app = {.actor = {ACTOR_VISITOR, 0},
                              .loaded = &site->loaded,
                              .evidence = site->workers[0].app.evidence,
                              .round = site->round};

    context_set_time(&app);
    return app;
}

static enum work_queue start(struct exchange *x)
{
    struct request *rq = ARENA_NEW(&x->arena, struct request);
    bool other_method = false;
    enum work_queue queue;

    *rq = (struct request){.site = x->context,
                           .app = visitor(x->context),
                           .x = x,
                           .arena = &x->arena,
                           .reference = "",
                           .segment = "",
                           .body = (const char *)x->request.body,
                           .body_len = x->request.body_len,
                           .wants_json = accept_prefers_json(x->request.accept)};
    x->state = rq;
    set_language(rq, x->request.path);
    if (x->request.method == METHOD_GET && start_plain(rq, x->request.path, &queue))
        return queue;
    rq->route = route_find(rq, x->request.method, rq->path, &other_method);
    session_read(rq);
    if (!rq->route)
        return other_method ? refuse_method(rq) : request_not_found(rq);
    x->route = rq->route->pattern;
    return rq->route->queue == QUEUE_DONE ? rq->route->handler(rq)
                                          : request_go(rq, rq->route->queue, enter);
}

static long body_limit(void *context, const struct http_request *head)
{
    struct request v = {0};
    long limit;

    (void)context;
    if (head->method != METHOD_POST)
        return -1;
    set_language(&v, head->path);
    limit = route_body_limit(v.path);
    /* Who sends a form to a page that there is not is told so, and not that it was too long. */
    return limit >= 0 ? limit : FORM_BYTES_MAX / 2;
}

/* ---- batches ---- */

/* Nothing of the batch was kept: forms are offered to be sent again. */
static void fail_batch(struct exchange *x)
{
    struct request *rq = x->state;

    if (rq->route)
        request_failed(rq);
    else
        (void)say_ready(rq, false);
}

/* Who sends mail has to be there before the first one waits. */
static enum status check_mail(struct site *site, struct err *err)
{
    const char *program = site->options.sendmail, *from = site->options.mail_from;
    const char *address;

    if (program && (*program != '/' || access(program, X_OK) != 0))
        return err_set(err, BAD_USAGE,
                       "--sendmail '%s': cần đường dẫn đầy đủ của một chương trình chạy được, ví "
                       "dụ /usr/sbin/sendmail",
                       "--sendmail '%s': the whole path of a program is needed, for instance "
                       "/usr/sbin/sendmail",
                       program);
    if (!from || mail_address_read(from, &site->arena, &address, err) == OK)
        return OK;
    return err->status = BAD_USAGE;
}

static void tick(void *context)
{
    struct site *site = context;
    struct app_context *app = site_app(site);
    int64_t wait_ms;

    store_worker_begin(site, 0);
    wait_ms = batch_hurry(app);
    maintenance_tick(site);
    batch_unhurry(app, wait_ms);
    batch_rest(app);
}

/* ---- start and stop ---- */

static enum status set_round(struct site *site, const char *round, struct err *err)
{
    struct faults *faults = ARENA_NEW(&site->arena, struct faults);
    char year[ROUND_BYTES_MAX + 1];

    snprintf(year, sizeof(year), "%d", day_civil(today()).year);
    faults_init(faults, &site->arena);
    if (!response_check_round(round ? round : year, (struct place){"--round", 0, ""}, faults)) {
        faults_to_err(faults, err);
        return err->status = BAD_USAGE;
    }
    snprintf(site->round, sizeof(site->round), "%s", round ? round : year);
    return OK;
}

enum status site_check_url(const char *url, struct err *err)
{
    bool is_secure = strncmp(url, "https://", 8) == 0;

    if ((is_secure || strncmp(url, "http://", 7) == 0) && host_is_valid(strstr(url, "://") + 3))
        return OK;
    return err_set(err, BAD_USAGE,
                   "--public-url '%s': cần dạng https://tên-miền, không có đường dẫn phía sau",
                   "--public-url '%s': https://NAME is needed, without a path behind it", url);
}

const char *site_account_link(struct arena *arena, const char *url, const char *link)
{
    return arena_printf(arena, "%s%s", url ? url : "http://" SITE_LISTEN_DEFAULT,
                        path_page_link(arena, link).text);
}

static enum status set_url(struct site *site, const char *url, struct err *err)
{
    enum status status = url ? site_check_url(url, err) : OK;

    if (!url || status != OK)
        return status;
    site->is_secure = strncmp(url, "https://", 8) == 0;
    site->url = arena_strdup(&site->arena, url);
    return OK;
}

static enum status open_store(struct site *site, struct workspace *ws, struct err *err)
{
    const struct app_context *app = site_app(site);
    enum status status = store_workers_open(site, ws, err);

    if (status == OK)
        status = access_key(app, "forms", site->form_key, err);
    return status == OK ? access_key(app, "codes", site->code_key, err) : status;
}

/* Threads come last: they read whatever of the site there is, at once if somebody waits already. */
static enum status start_server(struct site *site, struct err *err)
{
    struct server_options options = {
        .listen = site->options.listen ? site->options.listen : SITE_LISTEN_DEFAULT,
        .socket = site->options.socket,
        .threads = site->options.threads,
        .is_behind_proxy = site->options.is_behind_proxy,
        .log = site->options.log,
        .handler = {.context = site,
                    .body_limit = body_limit,
                    .start = start,
                    .begin = store_worker_begin,
                    .end = store_worker_end,
                    .failed = fail_batch,
                    .tick = tick,
                    .refused = request_refused},
    };
    enum status status = server_open(&options, &site->server, err);

    if (status != OK)
        return status;
    if (!site->url)
        site->url = arena_printf(&site->arena, "http://%s", server_address(site->server));
    return server_start(site->server, err);
}

enum status site_start(struct workspace *ws, const struct site_options *options, struct site **out,
                       struct err *err)
{
    struct site *site = xmalloc(sizeof(*site));
    enum status status;

    *site = (struct site){.options = *options, .cookie = "dxready",
                          .desk_cookie = "dxready-desk"};
    arena_init(&site->arena);
    if (sodium_init() < 0)
        status = err_set(err, FAILED, "không có nguồn số ngẫu nhiên", "there is no randomness");
    else
        status = set_round(site, options->round, err);
    if (status == OK)
        status = set_url(site, options->public_url, err);
    if (status == OK)
        status = check_mail(site, err);
    /* Known before a database is made for nothing. */
    if (status == OK && options->listen && options->socket < 0)
        status = address_check(options->listen, err);
    if (site->is_secure) {
        site->cookie = "__Host-dxready";
        site->desk_cookie = "__Host-dxready-desk";
    }
    if (status == OK)
        status = loaded_data_load(ws, &site->arena, &site->loaded, err);
    if (status == OK) {
        site->meter = page_meter_new(&site->loaded, &site->arena);
        site->uses = session_uses_new();
        site->peers = peer_cache_new();
        sample_make(site);
        status = open_store(site, ws, err);
    }
    if (status == OK)
        status = accounts_any(site_app(site), &site->has_accounts, err);
    if (status == OK)
        status = start_server(site, err);
    if (status != OK) {
        site_stop(site);
        return status;
    }
    *out = site;
    return OK;
}

const char *site_url(const struct site *site)
{
    return site->url;
}

bool site_has_accounts(const struct site *site)
{
    return site->has_accounts;
}

int site_inherited_socket(void)
{
    return server_inherited_socket();
}

void site_notify(const char *state)
{
    systemd_notify(state);
}

void site_stop(struct site *site)
{
    struct err err;

    if (!site)
        return;
    server_stop(site->server);
    mailer_stop(site);
    /* Counts of a minute: if they cannot be written, nothing that people gave is lost. */
    if (site->meter)
        (void)!page_meter_write(site->meter, site_app(site), &err);
    store_workers_close(site);
    peer_cache_free(site->peers);
    session_uses_free(site->uses);
    page_meter_free(site->meter);
    arena_free(&site->arena);
    free(site);
}
