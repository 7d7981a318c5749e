#include "web/kit/mailer.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "web/kit/request.h"
#include "web/kit/site_log.h"

#define MAIL_END_MS 10000    /* for those under way when the server ends */
#define MAIL_BYTES_MAX 16384 /* a pipe holds it whole: nobody waits for its reader */

static const char *const outcome_words[] = {
    [MAIL_SENT] = "sent", [MAIL_REFUSED] = "refused", [MAIL_LOST] = "unknown"};

/* ---- a child ---- */

static const char *host_of(const struct site *site)
{
    const char *from = strstr(site->url, "://");

    return from ? from + 3 : site->url;
}

static bool compose(const struct site *site, const struct mail_job *job, struct arena *arena,
                    struct buf *out)
{
    const char *host = host_of(site);
    struct mail_words words;
    struct mail mail;

    if (!mail_words_of(site, &job->row, arena, &words))
        return false;
    mail = (struct mail){.from = site->options.mail_from,
                         .to = job->row.address,
                         .subject = words.subject,
                         .text = words.text,
                         .host = arena_strndup(arena, host, strcspn(host, ":/")),
                         .id = job->row.id,
                         .now = site->workers[0].app.now};
    mail_write(&mail, out);
    return true;
}

/* Its standard input is the mail; what it says is nobody's. Signals are as a program expects. */
static int spawn(const char *program, int input, pid_t *child)
{
    char *const args[] = {(char *)(uintptr_t)program, "-t", NULL};
    extern char **environ;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    int code;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                              POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    code = posix_spawn(child, program, &actions, &attributes, args, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return code;
}

/* False: no child was begun, so nothing was sent. */
static bool hand_over(const struct site *site, struct mail_job *job, const struct buf *mail)
{
    int ends[2];
    size_t len = strlen(buf_text(mail));
    ssize_t written = -1;

    if (pipe2(ends, O_CLOEXEC))
        return false;
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0)
        written = write(ends[1], buf_text(mail), len);
    if (written != (ssize_t)len || spawn(site->options.sendmail, ends[0], &job->child) != 0)
        job->child = 0;
    close(ends[0]);
    close(ends[1]);
    return job->child != 0;
}

/* Tried again at the next tick where the database is taken; what can never be noted stays as being
 * sent, and is not sent again. */
static void settle(struct site *site, struct mail_job *job)
{
    struct outbox_row row = job->row;
    struct err err;
    enum status status = mail_settle(site_app(site), &row, job->outcome, &err);

    if (status == BUSY)
        return;
    if (status != OK)
        site_log_failure(site, NULL, NULL, &err);
    site_log(site, job->outcome != MAIL_SENT, "mail", "id=%" PRId64 " kind=%s result=%s try=%d",
             row.id, row.kind, outcome_words[job->outcome], row.attempts);
    job->is_busy = false;
    arena_free(&job->arena);
}

static void end(struct site *site, struct mail_job *job, enum mail_outcome outcome)
{
    job->child = 0;
    job->outcome = outcome;
    settle(site, job);
}

static void begin(struct site *site, struct mail_job *job)
{
    struct arena arena;
    struct buf mail;
    bool is_begun;

    arena_init(&arena);
    buf_init(&mail, MAIL_BYTES_MAX);
    is_begun = compose(site, job, &arena, &mail) && hand_over(site, job, &mail);
    buf_free(&mail);
    arena_free(&arena);
    job->until_ms = clock_ms() + (int64_t)MAIL_SECONDS_MAX * 1000;
    if (!is_begun)
        end(site, job, MAIL_REFUSED);
}

/* ---- looked after ---- */

static enum mail_outcome outcome_of(int ended)
{
    if (!WIFEXITED(ended))
        return MAIL_LOST;
    return WEXITSTATUS(ended) == 0 ? MAIL_SENT : MAIL_REFUSED;
}

/* A child that takes too long may have sent it already: it is ended, and nobody knows. */
static void look(struct site *site, struct mail_job *job)
{
    int ended = 0;
    pid_t found;

    if (!job->child) {
        settle(site, job);
        return;
    }
    found = waitpid(job->child, &ended, WNOHANG);
    if (found == 0 && clock_ms() >= job->until_ms) {
        kill(-job->child, SIGKILL);
        while ((found = waitpid(job->child, &ended, 0)) < 0 && errno == EINTR)
            ;
        ended = SIGKILL;
    }
    if (found)
        end(site, job, found > 0 ? outcome_of(ended) : MAIL_LOST);
}

/* The next one, if one is due; false: none is. */
static bool take(struct site *site, struct mail_job *job)
{
    struct err err;
    enum status status;

    arena_init(&job->arena);
    status = mail_take(site_app(site), &job->arena, &job->row, &err);
    if (status == OK) {
        job->is_busy = true;
        begin(site, job);
        return true;
    }
    arena_free(&job->arena);
    if (status != NOT_FOUND && status != BUSY)
        site_log_failure(site, NULL, NULL, &err);
    return false;
}

/* Once: what was being sent when the program ended is not sent again. */
static bool recover(struct site *site)
{
    int64_t lost = 0;
    struct err err;

    if (site->mailer.is_begun)
        return true;
    if (mail_recover(site_app(site), &lost, &err) != OK)
        return false;
    site->mailer.is_begun = true;
    if (lost)
        site_log(site, true, "mail", "result=unknown count=%" PRId64, lost);
    return true;
}

void mailer_tick(struct site *site)
{
    struct mailer *mailer = &site->mailer;
    bool may_take = true;

    if (!site->options.sendmail || !recover(site))
        return;
    for (size_t i = 0; i < MAILS_AT_ONCE; i++) {
        if (mailer->jobs[i].is_busy)
            look(site, &mailer->jobs[i]);
        if (!mailer->jobs[i].is_busy && may_take)
            may_take = take(site, &mailer->jobs[i]);
    }
}

void mailer_stop(struct site *site)
{
    static const struct timespec moment = {.tv_nsec = 20000000};
    int64_t end_ms = clock_ms() + MAIL_END_MS;

    for (size_t i = 0; i < MAILS_AT_ONCE; i++) {
        struct mail_job *job = &site->mailer.jobs[i];

        if (job->until_ms > end_ms)
            job->until_ms = end_ms;
        while (job->is_busy && clock_ms() < end_ms + MAIL_END_MS) {
            look(site, job);
            if (job->is_busy)
                nanosleep(&moment, NULL);
        }
    }
}
