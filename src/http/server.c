/*
 * The server: libmicrohttpd's threads read requests, the guard looks at them, handlers answer in
 * queues. While a request is in a queue its connection is suspended; who finishes it resumes it,
 * and the thread that serves the connection sends the answer.
 */
#include "http/server.h"

#include <fcntl.h>
#include <sodium.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "access_log.h"
#include "base/array.h"
#include "http/address.h"
#include "http/connections.h"
#include "job.h"
#include "mhd.h"
#include "queues.h"
#include "http/guard.h"
#include "http/target.h"

#define THREADS_MAX 8
#define SLOW_THREADS 2
#define SPARE_FILES 256 /* open files that are no connections */
/* Headers, twice: as sent and parsed; and 72 bytes for each cookie, of which browsers keep up to
 * 180 for a site. Where it has no room for those the library closes without a word. */
#define CONNECTION_BYTES ((size_t)64 << 10)
#define CONNECTION_STEP_BYTES ((size_t)4 << 10)
#define DRAIN_PERIOD_MS 5
#define RETRY_SECONDS "2"

struct server {
    struct server_options options;
    struct MHD_Daemon *daemon;
    int socket;
    char address[ADDRESS_TEXT_MAX];
    struct connections connections;
    struct queues *queues;
    struct job_pool pool;
    struct access_log log;
    atomic_uint active; /* requests from their first line to the last byte of their answer */
    atomic_bool is_stopping;
};

/* ---- answers ---- */

static struct MHD_Response *body_of(struct reply *reply)
{
    struct MHD_Response *response;

    if (reply->file >= 0) {
        response = mhd.MHD_create_response_from_fd64(reply->file_len, reply->file);
        if (response)
            reply->file = -1; /* closed with the response */
        return response;
    }
    if (reply->fixed)
        return mhd.MHD_create_response_from_buffer(reply->fixed_len, (void *)reply->fixed,
                                                   MHD_RESPMEM_PERSISTENT);
    return mhd.MHD_create_response_from_buffer(reply->body.len, (void *)buf_text(&reply->body),
                                               MHD_RESPMEM_PERSISTENT);
}

static uint64_t length_of(const struct reply *reply)
{
    if (reply->file >= 0)
        return reply->file_len;
    return reply->fixed ? reply->fixed_len : reply->body.len;
}

/* Puts what the handler says about a fault of the server or of HTTP in place of the reply. */
static void say_refused(struct job *job, unsigned status)
{
    const struct server_handler *handler = &job->server->options.handler;

    job_clear_reply(job);
    handler->refused(handler->context, status, &job->x.reply, &job->x.arena);
    job->x.reply.status = status;
}

static bool add_headers(const struct job *job, struct MHD_Response *response)
{
    const struct reply *reply = &job->x.reply;
    bool must_close = job->refusal || atomic_load(&job->server->is_stopping);
    bool is_fine = true;

    if (reply->type)
        is_fine = mhd.MHD_add_response_header(response, "Content-Type", reply->type) == MHD_YES;
    for (size_t i = 0; i < reply->header_count && is_fine; i++)
        is_fine = mhd.MHD_add_response_header(response, reply->headers[i].name,
                                              reply->headers[i].value) == MHD_YES;
    if (must_close && is_fine)
        is_fine = mhd.MHD_add_response_header(response, "Connection", "close") == MHD_YES;
    return is_fine;
}

static enum MHD_Result send_reply(struct job *job)
{
    struct reply *reply = &job->x.reply;
    struct MHD_Response *response;
    enum MHD_Result result = MHD_NO;

    if (reply->status == 0 || reply->body.is_full)
        say_refused(job, 500);
    job->reply_bytes = job->x.request.is_head ? 0 : length_of(reply);
    response = body_of(reply);
    if (!response)
        return MHD_NO;
    connections_phase(&job->server->connections, job->connection, PHASE_REPLY);
    job->state = JOB_REPLIED;
    if (add_headers(job, response))
        result = mhd.MHD_queue_response(job->http, reply->status, response);
    mhd.MHD_destroy_response(response);
    return result;
}

/* Answers a request that does not start, and closes the connection. */
static enum MHD_Result refuse(struct job *job, unsigned status)
{
    job->refusal = status;
    say_refused(job, status);
    if (!job->x.event)
        job->x.event = "refused";
    if (status == 405)
        reply_header(&job->x.reply, "Allow", "GET, HEAD, POST");
    if (status == 503)
        reply_header(&job->x.reply, "Retry-After", RETRY_SECONDS);
    return send_reply(job);
}

/* ---- requests ---- */

/* May the body come? 0, or the status to refuse with; one that is not much too long is skipped. */
static unsigned admit_body(struct job *job)
{
    const struct server_handler *handler = &job->server->options.handler;
    uint64_t length = job->head.content_length;
    long limit;

    if (length == 0)
        return 0;
    limit = handler->body_limit(handler->context, &job->x.request);
    job->body_begin_ms = clock_ms();
    connections_body(&job->server->connections, job->connection, job->body_begin_ms, 0);
    if (limit >= 0 && length <= (uint64_t)limit) {
        if (connections_reserve(&job->server->connections, job->connection, job->x.request.client,
                                length))
            return 0;
        if (job->head.expects_continue)
            return 503;
        job->refusal = 503; /* when it has come: browsers show no answer while they send */
        return 0;
    }
    if (limit < 0 || length > SERVER_SKIPPED_BYTES_MAX || job->head.expects_continue)
        return 413;
    job->refusal = 413;
    return 0;
}

static enum MHD_Result take_head(struct job *job, const char *method, const char *version)
{
    struct http_request *request = &job->x.request;
    unsigned status = guard_head(job->http, method, version, job->target_len, request, &job->head);

    if (!status)
        status = job->refusal;
    if (status)
        return refuse(job, status);
    if (job->server->options.is_behind_proxy)
        request->client = address_forwarded(job->head.forwarded_for, request->client);
    job->state = JOB_BODY;
    status = admit_body(job);
    return status ? refuse(job, status) : MHD_YES;
}

static enum MHD_Result take_body(struct job *job, const char *data, size_t *len)
{
    if (!job->refusal)
        buf_add(&job->body, data, *len);
    job->received += *len;
    *len = 0;
    connections_body(&job->server->connections, job->connection, job->body_begin_ms, job->received);
    return MHD_YES;
}

/* The whole request is there: runs the first step, and sends the exchange on its way. */
static enum MHD_Result start(struct job *job)
{
    struct server *server = job->server;

    if (job->refusal)
        return refuse(job, job->refusal);
    job->x.request.body = (const unsigned char *)buf_text(&job->body);
    job->x.request.body_len = job->body.len;
    job->x.context = server->options.handler.context;
    job->x.next = server->options.handler.start;
    job_step(job);
    if (job->queue == QUEUE_DONE)
        return send_reply(job);
    if (!queues_enter(server->queues))
        return refuse(job, 503);
    connections_phase(&server->connections, job->connection, PHASE_WORK);
    job->state = JOB_LANES;
    mhd.MHD_suspend_connection(job->http); /* first: a queue may be done at once */
    queues_push(server->queues, job);      /* from here on the job is the queue's */
    return MHD_YES;
}

/* Called by a queue. */
static void on_finished(struct job *job)
{
    mhd.MHD_resume_connection(job->http);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *http, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *len, void **request)
{
    struct job *job = *request;

    (void)context;
    (void)http;
    (void)url;
    if (!job)
        return MHD_NO;
    switch (job->state) {
    case JOB_HEAD:
        return take_head(job, method, version);
    case JOB_BODY:
        return *len ? take_body(job, data, len) : start(job);
    case JOB_LANES:
        return send_reply(job); /* resumed */
    case JOB_REPLIED:
        break;
    }
    return MHD_NO;
}

static struct connection *connection_of(struct MHD_Connection *http)
{
    const union MHD_ConnectionInfo *info =
        mhd.MHD_get_connection_info(http, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

/* The request line is there: a request begins, and with it a job. The library still has the target
 * whole here; it cuts it up later. */
static void *on_target(void *context, const char *target, struct MHD_Connection *http)
{
    struct server *server = context;
    struct connection *connection = connection_of(http);
    struct job *job;

    if (!connection)
        return NULL;
    if (atomic_load(&connection->phase) == PHASE_IDLE)
        connections_phase(&server->connections, connection, PHASE_HEADERS);
    atomic_fetch_add(&server->active, 1);
    job = job_new(&server->pool);
    job->server = server;
    job->http = http;
    job->connection = connection;
    job->begin_us = clock_us();
    job->target_len = target ? strlen(target) : 0;
    job->x.request.client = connection->client;
    job->refusal = target_read(&job->x.arena, target ? target : "", &job->x.request.path,
                               &job->x.request.query);
    return job;
}

static void log_request(const struct job *job, bool is_complete, bool may_wait)
{
    const struct exchange *x = &job->x;

    access_log_write(&job->server->log,
                     &(struct access_entry){
                         .id = job->id,
                         .method = job->head.method,
                         .route = x->route,
                         .event = x->event || is_complete ? x->event : "cut",
                         .subject = x->subject,
                         .status = job->state == JOB_REPLIED ? x->reply.status : 0,
                         .micros = (uint64_t)(clock_us() - job->begin_us),
                         .bytes = job->reply_bytes,
                         .client = x->request.client,
                     },
                     may_wait);
}

static void on_completed(void *context, struct MHD_Connection *http, void **request,
                         enum MHD_RequestTerminationCode code)
{
    struct server *server = context;
    struct job *job = *request;
    bool are_others;

    (void)http;
    if (!job)
        return;
    *request = NULL;
    connections_release(&server->connections, job->connection);
    connections_phase(&server->connections, job->connection, PHASE_IDLE);
    are_others = atomic_fetch_sub(&server->active, 1) > 1;
    log_request(job, code == MHD_REQUEST_TERMINATED_COMPLETED_OK, are_others);
    job_free(&server->pool, job);
}

/* Lines that waited for a request which takes its time. */
static void flush_log(void *log)
{
    access_log_flush(log);
}

/* ---- connections ---- */

static enum MHD_Result on_accept(void *context, const struct sockaddr *address, socklen_t len)
{
    struct server *server = context;

    (void)len;
    return connections_allow(&server->connections, address_client(address)) ? MHD_YES : MHD_NO;
}

static void on_connection(void *context, struct MHD_Connection *http, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *server = context;
    const struct sockaddr *address;
    int fd;

    if (code == MHD_CONNECTION_NOTIFY_CLOSED) { /* the socket is still open */
        if (*socket_context)
            connections_remove(&server->connections, *socket_context);
        *socket_context = NULL;
        return;
    }
    address = mhd.MHD_get_connection_info(http, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
    fd = mhd.MHD_get_connection_info(http, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    *socket_context = connections_add(&server->connections, fd, address_client(address));
}

static size_t keep_escapes(void *context, struct MHD_Connection *http, char *text)
{
    (void)context;
    (void)http;
    return strlen(text); /* target_read() decodes */
}

/* ---- start and stop ---- */

static void set_defaults(struct server_options *options)
{
    struct server_limits *limits = &options->limits;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    const struct {
        unsigned *value, otherwise;
    } defaults[] = {
        {&limits->connections, SERVER_CONNECTIONS_MAX},
        {&limits->connections_per_client, SERVER_CONNECTIONS_PER_CLIENT_MAX},
        {&limits->waiting, SERVER_WAITING_MAX},
        {&limits->headers_ms, SERVER_HEADERS_SECONDS * 1000},
        {&limits->body_ms, SERVER_BODY_SECONDS * 1000},
        {&limits->body_grace_ms, SERVER_BODY_GRACE_SECONDS * 1000},
        {&limits->idle_ms, SERVER_IDLE_SECONDS * 1000},
        {&limits->reply_ms, SERVER_REPLY_SECONDS * 1000},
        {&limits->drain_ms, SERVER_DRAIN_SECONDS * 1000},
        {&options->slow_threads, SLOW_THREADS},
        {&options->threads, cores < 1             ? 1
                            : cores > THREADS_MAX ? THREADS_MAX
                                                  : (unsigned)cores},
    };

    for (size_t i = 0; i < ARRAY_SIZE(defaults); i++) {
        if (*defaults[i].value == 0)
            *defaults[i].value = defaults[i].otherwise;
    }
    if (options->threads > limits->connections)
        options->threads = limits->connections;
}

/* Room for all connections: the usual soft limit of open files is 1024. */
static void allow_files(unsigned connections)
{
    struct rlimit files;
    rlim_t wanted = connections + SPARE_FILES;

    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= wanted)
        return;
    files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
    (void)setrlimit(RLIMIT_NOFILE, &files);
}

static void ignore_log(void *context, const char *format, va_list args)
{
    (void)context;
    (void)format;
    (void)args;
}

static struct MHD_Daemon *start_daemon(struct server *server)
{
    const struct server_options *options = &server->options;

    return mhd.MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, on_accept, server, on_request,
        server, MHD_OPTION_EXTERNAL_LOGGER, ignore_log, NULL, MHD_OPTION_LISTEN_SOCKET,
        server->socket, MHD_OPTION_THREAD_POOL_SIZE, options->threads > 1 ? options->threads : 0,
        MHD_OPTION_CONNECTION_LIMIT, options->limits.connections,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, CONNECTION_STEP_BYTES, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_URI_LOG_CALLBACK, on_target,
        server, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, server, MHD_OPTION_END);
}

/* All threads of the server; false if one of them cannot be had. */
static bool start_threads(struct server *server)
{
    const struct server_options *options = &server->options;

    server->queues =
        queues_new(&options->handler, options->slow_threads, options->limits.waiting, on_finished);
    if (!server->queues)
        return false;
    if (connections_watch(&server->connections, flush_log, &server->log) &&
        (server->daemon = start_daemon(server)) != NULL)
        return true;
    queues_stop(server->queues);
    queues_free(server->queues);
    server->queues = NULL;
    return false;
}

static bool start_without_signals(struct server *server)
{
    sigset_t all, old;
    bool is_started;

    (void)signal(SIGPIPE, SIG_IGN);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old); /* threads inherit it */
    is_started = start_threads(server);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return is_started;
}

static void release(struct server *server)
{
    connections_free(&server->connections);
    job_pool_free(&server->pool);
    access_log_free(&server->log);
    close(server->socket);
    free(server);
}

static enum status open_socket(const struct server_options *options, int *fd, struct err *err)
{
    int flags;

    if (options->socket < 0)
        return address_listen(options->listen, fd, err);
    flags = fcntl(options->socket, F_GETFL);
    if (flags < 0 || fcntl(options->socket, F_SETFL, flags | O_NONBLOCK) != 0)
        return err_set(err, FAILED, "ổ cắm mạng được trao không dùng được",
                       "the socket that was handed over cannot be used");
    *fd = options->socket;
    return OK;
}

enum status server_open(const struct server_options *options, struct server **out, struct err *err)
{
    struct server *server;
    enum status status;
    int fd;

    if (sodium_init() < 0)
        return err_set(err, FAILED, "không có số ngẫu nhiên an toàn", "no secure random numbers");
    status = mhd_load(err);
    if (status == OK)
        status = open_socket(options, &fd, err);
    if (status != OK)
        return status;
    server = xmalloc(sizeof(*server));
    *server = (struct server){.options = *options, .socket = fd};
    set_defaults(&server->options);
    allow_files(server->options.limits.connections);
    address_print(fd, server->address);
    job_pool_init(&server->pool);
    access_log_init(&server->log, options->log);
    connections_init(&server->connections, &server->options.limits, !options->is_behind_proxy);
    *out = server;
    return OK;
}

enum status server_start(struct server *server, struct err *err)
{
    if (start_without_signals(server))
        return OK;
    return err_set(err, FAILED, "không khởi động được máy chủ web: thiếu luồng hay bộ nhớ",
                   "the web server cannot start: no threads or no memory");
}

const char *server_address(const struct server *server)
{
    return server->address;
}

static void sleep_ms(long ms)
{
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* Waits for the requests in progress; connections that are only kept open are closed. */
static void drain(struct server *server)
{
    int64_t end_ms = clock_ms() + server->options.limits.drain_ms;

    for (;;) {
        connections_cut(&server->connections, true);
        if (atomic_load(&server->active) == 0 || clock_ms() >= end_ms)
            return;
        sleep_ms(DRAIN_PERIOD_MS);
    }
}

static void stop_threads(struct server *server)
{
    atomic_store(&server->is_stopping, true);
    (void)mhd.MHD_quiesce_daemon(server->daemon);
    if (server->options.socket < 0)
        shutdown(server->socket, SHUT_RDWR); /* who connects now is told so at once */
    drain(server);
    connections_cut(&server->connections, false);
    queues_stop(server->queues); /* nothing is suspended after this */
    mhd.MHD_stop_daemon(server->daemon);
    queues_free(server->queues);
}

void server_stop(struct server *server)
{
    if (!server)
        return;
    if (server->daemon)
        stop_threads(server);
    release(server);
}
