/*
 * A server for tests: every queue, every kind of reply. Prints "listening ADDRESS", serves until
 * SIGTERM, then prints what it counted.
 *
 *   probe_server [NAME=NUMBER...] [listen=ADDRESS] [log=FILE] [journal=FILE] [file=FILE] [proxy=1]
 */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "http/server.h"
#include "http/systemd.h"

#define PAGE_BYTES 14000
#define BIG_BYTES ((size_t)20 << 20)
#define ECHO_BYTES_MAX 1000000
#define ADD_BYTES_MAX 100
#define SHOWN 2000

struct probe {
    int journal;      /* what the store queue keeps */
    struct buf batch; /* what end() writes */
    bool is_failing;
    char *page, *big;
    const char *file;
    unsigned store_ms;
    atomic_ulong started, ticks;
    unsigned long batches, stored, largest, in_batch, adding; /* of the queue that writes only */
    unsigned long seen[SERVER_WORKERS];                       /* of each reader only */
    atomic_ulong kept;
};

static void sleep_ms(unsigned ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static enum work_queue tr(struct exchange *x, unsigned status, const char *text)
{
    x->reply.status = status;
    x->reply.type = "text/plain; charset=utf-8";
    buf_puts(&x->reply.body, text);
    return QUEUE_DONE;
}

/* ---- store queue ---- */

static void begin(void *context, unsigned worker)
{
    struct probe *p = context;

    if (worker) {
        p->seen[worker] = atomic_load(&p->kept);
        return;
    }
    p->batches++;
    p->in_batch = 0;
    p->is_failing = false;
    p->adding = 0;
    buf_clear(&p->batch);
}

static bool keep(struct probe *p)
{
    if (p->batch.len == 0)
        return true;
    if (write(p->journal, p->batch.data, p->batch.len) != (ssize_t)p->batch.len)
        return false;
    atomic_fetch_add(&p->kept, p->adding);
    return true;
}

static bool end(void *context, unsigned worker)
{
    struct probe *p = context;

    if (worker)
        return true;
    if (p->in_batch > p->largest)
        p->largest = p->in_batch;
    if (p->store_ms)
        sleep_ms(p->store_ms);
    return !p->is_failing && keep(p);
}

static void failed(struct exchange *x)
{
    x->event = "store-failed";
    (void)tr(x, 500, "not kept\n");
}

static void tick(void *context)
{
    atomic_fetch_add(&((struct probe *)context)->ticks, 1);
}

static struct probe *in_store(struct exchange *x)
{
    struct probe *p = x->context;

    p->stored++;
    p->in_batch++;
    return p;
}

static enum work_queue store_page(struct exchange *x)
{
    struct probe *p = in_store(x);

    x->reply.status = 200;
    x->reply.type = "text/html; charset=utf-8";
    buf_add(&x->reply.body, p->page, PAGE_BYTES);
    return QUEUE_DONE;
}

static enum work_queue store_add(struct exchange *x)
{
    struct probe *p = in_store(x);

    p->adding++;
    buf_printf(&p->batch, "%s\n", (const char *)x->request.body);
    return tr(x, 200, "kept\n");
}

/* How many had been kept when the worker began to look. */
static enum work_queue read_kept(struct exchange *x)
{
    struct probe *p = x->context;

    return tr(x, 200, arena_printf(&x->arena, "%lu\n", p->seen[x->worker]));
}

static enum work_queue read_long(struct exchange *x)
{
    sleep_ms(500);
    return read_kept(x);
}

static enum work_queue store_fail(struct exchange *x)
{
    in_store(x)->is_failing = true;
    return store_add(x);
}

static enum work_queue store_last(struct exchange *x)
{
    (void)in_store(x);
    return tr(x, 200, x->state);
}

static enum work_queue slow_middle(struct exchange *x)
{
    sleep_ms(20);
    x->state = arena_printf(&x->arena, "%s slow", (const char *)x->state);
    x->next = store_last;
    return QUEUE_WRITE;
}

static enum work_queue store_first(struct exchange *x)
{
    (void)in_store(x);
    x->state = arena_strdup(&x->arena, "store");
    x->next = slow_middle;
    return QUEUE_SLOW;
}

static enum work_queue slow_only(struct exchange *x)
{
    sleep_ms(50);
    return tr(x, 200, "slow\n");
}

/* ---- handlers ---- */

static const char *shown(const char *text)
{
    return text ? text : "-";
}

static enum work_queue show_echo(struct exchange *x)
{
    const struct http_request *r = &x->request;
    struct buf *out = &x->reply.body;

    (void)tr(x, 200, r->method == METHOD_POST ? "POST" : r->is_head ? "HEAD" : "GET");
    buf_printf(out, " %s\nquery=%s\nhost=%s\ncookie=%s\ntype=%s\naccept=%s\n", r->path, r->query,
               shown(r->host), shown(r->cookie), shown(r->content_type), shown(r->accept));
    buf_printf(out, "language=%s\norigin=%s\nsite=%s\nif-none-match=%s\nclient=%016" PRIx64 "\n",
               shown(r->accept_language), shown(r->origin), shown(r->fetch_site),
               shown(r->if_none_match), r->client);
    buf_printf(out, "id=%s\nbody=%zu:%.*s\n", r->id, r->body_len, SHOWN, (const char *)r->body);
    return QUEUE_DONE;
}

static enum work_queue send_page(struct exchange *x)
{
    struct probe *p = x->context;

    x->reply.status = 200;
    x->reply.type = "text/html; charset=utf-8";
    x->reply.fixed = p->page;
    x->reply.fixed_len = PAGE_BYTES;
    return QUEUE_DONE;
}

static enum work_queue send_big(struct exchange *x)
{
    struct probe *p = x->context;

    x->reply.status = 200;
    x->reply.fixed = p->big;
    x->reply.fixed_len = BIG_BYTES;
    return QUEUE_DONE;
}

static enum work_queue send_file(struct exchange *x)
{
    struct probe *p = x->context;

    x->reply.file = open(p->file, O_RDONLY | O_CLOEXEC);
    if (x->reply.file < 0)
        return tr(x, 404, "no file\n");
    x->reply.file_len = (uint64_t)lseek(x->reply.file, 0, SEEK_END);
    lseek(x->reply.file, 0, SEEK_SET);
    x->reply.status = 200;
    return QUEUE_DONE;
}

static enum work_queue send_tagged(struct exchange *x)
{
    const char *tag = x->request.if_none_match;

    reply_header(&x->reply, "ETag", "\"one\"");
    if (!tag || strcmp(tag, "\"one\"") != 0)
        return tr(x, 200, "tagged\n");
    x->reply.status = 304;
    return QUEUE_DONE;
}

/* What a handler must not be able to do to the answer or to the log. */
static enum work_queue inject(struct exchange *x)
{
    bool is_added = reply_header(&x->reply, "X-One", "a\r\nSet-Cookie: b=c") ||
                    reply_header(&x->reply, "X-Two\r\nX-Three", "a") ||
                    reply_header(&x->reply, "", "a");

    x->route = "/inject \"quoted\"\nlvl=forged";
    x->event = "two words\r\nevt=forged";
    x->subject = "CDS-26-Đại\x1b[31m";
    return tr(x, is_added ? 500 : 200, "fine\n");
}

static enum work_queue answer_nothing(struct exchange *x)
{
    (void)x;
    return QUEUE_DONE;
}

static enum work_queue overflow(struct exchange *x)
{
    x->reply.body.max = 10;
    return tr(x, 200, "more than ten bytes\n");
}

/* ---- routes ---- */

static const struct route {
    const char *path;
    enum method method;
    exchange_step *step;
    enum work_queue queue;
    long body_limit;
} routes[] = {
    {"/echo", METHOD_GET, show_echo, QUEUE_DONE, -1},
    {"/echo", METHOD_POST, show_echo, QUEUE_DONE, ECHO_BYTES_MAX},
    {"/none", METHOD_POST, show_echo, QUEUE_DONE, -1},
    {"/page", METHOD_GET, send_page, QUEUE_DONE, -1},
    {"/store", METHOD_GET, store_page, QUEUE_WRITE, -1},
    {"/add", METHOD_POST, store_add, QUEUE_WRITE, ADD_BYTES_MAX},
    {"/fail", METHOD_POST, store_fail, QUEUE_WRITE, ADD_BYTES_MAX},
    {"/read", METHOD_GET, read_kept, QUEUE_READ, -1},
    {"/long", METHOD_GET, read_long, QUEUE_READ, -1},
    {"/slow", METHOD_GET, slow_only, QUEUE_SLOW, -1},
    {"/ways", METHOD_GET, store_first, QUEUE_WRITE, -1},
    {"/big", METHOD_GET, send_big, QUEUE_DONE, -1},
    {"/file", METHOD_GET, send_file, QUEUE_DONE, -1},
    {"/tagged", METHOD_GET, send_tagged, QUEUE_DONE, -1},
    {"/inject", METHOD_GET, inject, QUEUE_DONE, -1},
    {"/nothing", METHOD_GET, answer_nothing, QUEUE_DONE, -1},
    {"/overflow", METHOD_GET, overflow, QUEUE_DONE, -1},
};

static const struct route *route_of(const struct http_request *r)
{
    for (size_t i = 0; i < ARRAY_SIZE(routes); i++) {
        if (r->method == routes[i].method && strcmp(r->path, routes[i].path) == 0)
            return &routes[i];
    }
    return NULL;
}

static long body_limit(void *context, const struct http_request *head)
{
    const struct route *route = route_of(head);

    (void)context;
    return route ? route->body_limit : -1;
}

static enum work_queue start(struct exchange *x)
{
    struct probe *p = x->context;
    const struct route *route = route_of(&x->request);

    atomic_fetch_add(&p->started, 1);
    if (strncmp(x->request.path, "/echo/", 6) == 0)
        return show_echo(x);
    if (!route)
        return tr(x, 404, "nothing here\n");
    x->route = route->path;
    if (route->queue == QUEUE_DONE)
        return route->step(x);
    x->next = route->step;
    return route->queue;
}

static void refused(void *context, unsigned status, struct reply *reply, struct arena *arena)
{
    (void)context;
    reply->type = "text/plain; charset=utf-8";
    buf_puts(&reply->body, arena_printf(arena, "refused %u\n", status));
}

/* ---- main ---- */

static unsigned number(const char *text)
{
    return (unsigned)strtoul(text, NULL, 10);
}

static int open_for_append(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    if (fd < 0) {
        perror(path);
        exit(2);
    }
    return fd;
}

static void read_option(char *option, struct server_options *o, struct probe *p)
{
    const struct {
        const char *name;
        unsigned *value;
    } numbers[] = {
        {"threads", &o->threads},
        {"slow", &o->slow_threads},
        {"connections", &o->limits.connections},
        {"per_client", &o->limits.connections_per_client},
        {"waiting", &o->limits.waiting},
        {"headers_ms", &o->limits.headers_ms},
        {"body_ms", &o->limits.body_ms},
        {"body_grace_ms", &o->limits.body_grace_ms},
        {"idle_ms", &o->limits.idle_ms},
        {"reply_ms", &o->limits.reply_ms},
        {"drain_ms", &o->limits.drain_ms},
        {"store_ms", &p->store_ms},
    };
    char *value = strchr(option, '=');

    if (!value)
        exit(2);
    *value++ = '\0';
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        if (strcmp(option, numbers[i].name) == 0)
            *numbers[i].value = number(value);
    }
    if (strcmp(option, "listen") == 0)
        o->listen = value;
    else if (strcmp(option, "log") == 0)
        o->log = open_for_append(value);
    else if (strcmp(option, "journal") == 0)
        p->journal = open_for_append(value);
    else if (strcmp(option, "file") == 0)
        p->file = value;
    else if (strcmp(option, "proxy") == 0)
        o->is_behind_proxy = true;
}

/* Before it says that it is ready: a signal that comes at once must wait, too. */
static void block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGTERM);
    sigaddset(ends, SIGINT);
    sigprocmask(SIG_BLOCK, ends, NULL);
}

static void release(struct probe *p)
{
    buf_free(&p->batch);
    free(p->page);
    free(p->big);
}

int main(int argc, char **argv)
{
    struct probe p = {.journal = -1, .file = "Makefile"};
    struct server_options options = {.listen = "127.0.0.1:0", .log = -1};
    struct server *server;
    sigset_t ends;
    int caught;
    struct err err;

    block_ends(&ends);
    for (int i = 1; i < argc; i++)
        read_option(argv[i], &options, &p);
    buf_init(&p.batch, BUF_MAX_DEFAULT);
    p.page = memset(xmalloc(PAGE_BYTES), 'p', PAGE_BYTES);
    p.big = memset(xmalloc(BIG_BYTES), 'b', BIG_BYTES);
    options.socket = server_inherited_socket();
    options.handler =
        (struct server_handler){&p, body_limit, start, begin, end, failed, tick, refused};
    if (server_open(&options, &server, &err) != OK || server_start(server, &err) != OK) {
        fprintf(stderr, "%d %s\n", err.status, err.text[LANG_EN]);
        release(&p);
        return 2;
    }
    printf("listening %s\n", server_address(server));
    fflush(stdout);
    systemd_notify("READY=1");
    sigwait(&ends, &caught);
    systemd_notify("STOPPING=1");
    server_stop(server);
    printf("started=%lu batches=%lu stored=%lu largest=%lu ticks=%lu\n", atomic_load(&p.started),
           p.batches, p.stored, p.largest, atomic_load(&p.ticks));
    release(&p);
    return 0;
}
