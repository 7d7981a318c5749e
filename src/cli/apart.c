/* A command in a process of its own: a library that dies for lack of memory takes only that. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A line of standard error; what is longer comes in parts. No memory is asked for: it is short. */
struct said {
    char text[2048];
    size_t len;
    bool is_foreign; /* libxlsxwriter's own words: "[ERROR][file:line]: ..." */
    bool is_begun;
};

static void flush_line(struct said *line)
{
    if (!line->is_begun)
        line->is_foreign = line->len && *line->text == '[';
    line->is_begun = line->len && line->text[line->len - 1] != '\n';
    if (!line->is_foreign)
        (void)fwrite(line->text, 1, line->len, stderr);
    line->len = 0;
}

/* What the child says, until it ends; what the library says is left out. */
static void pass_on(int from)
{
    struct said line = {.len = 0};
    char piece[512];
    ssize_t got;

    while ((got = read(from, piece, sizeof(piece))) > 0 || (got < 0 && errno == EINTR)) {
        for (ssize_t i = 0; i < got; i++) {
            line.text[line.len++] = piece[i];
            if (piece[i] == '\n' || line.len == sizeof(line.text))
                flush_line(&line);
        }
    }
    flush_line(&line);
}

static enum status fail(struct err *err)
{
    return err_set(err, FAILED, "không chạy thêm được tiến trình: %s",
                   "no further process can be started: %s", strerror(errno));
}

/* Its sentence is out already: no other one is left in `err`. */
static enum status status_of(int ended, const char *path, struct err *err)
{
    static const enum status statuses[] = {OK, BAD_INPUT, BAD_USAGE};

    if (WIFSIGNALED(ended))
        return err_set(err, FAILED,
                       "%s: phần ghi sổ tính dừng đột ngột (tín hiệu %d), thường vì thiếu bộ nhớ; "
                       "hãy lọc bớt (ví dụ --round), hoặc xuất dạng csv",
                       "%s: what writes the workbook ended abruptly (signal %d), as a rule for "
                       "lack of memory; filter (for instance by --round), or export csv",
                       path, WTERMSIG(ended));
    return WEXITSTATUS(ended) < 3 ? statuses[WEXITSTATUS(ended)] : FAILED;
}

static enum status wait_for(pid_t child, int errors, const char *path, struct err *err)
{
    int ended = 0;

    pass_on(errors);
    close(errors);
    while (waitpid(child, &ended, 0) < 0) {
        if (errno != EINTR)
            return fail(err);
    }
    return status_of(ended, path, err);
}

enum status cli_run_apart(struct cli *cli, enum status (*run)(struct cli *cli, struct err *err),
                          const char *path, struct err *err)
{
    pid_t parent = getpid(), child;
    int ends[2];

    fflush(NULL);
    if (pipe2(ends, O_CLOEXEC))
        return fail(err);
    child = fork();
    if (child < 0) {
        close(ends[0]);
        close(ends[1]);
        return fail(err);
    }
    if (child) {
        close(ends[1]);
        return wait_for(child, ends[0], path, err);
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* who ends the command ends all of it */
    if (getppid() != parent)
        _exit(3);
    (void)dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    return run(cli, err);
}
