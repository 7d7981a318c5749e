#include "base/log.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static bool is_ready(int fd)
{
    struct pollfd look = {.fd = fd, .events = POLLOUT};

    return poll(&look, 1, 0) == 1;
}

/* A pipe that is ready takes PIPE_BUF bytes at once; the journal is a socket. */
static ssize_t put_now(int fd, const char *text, size_t len)
{
    ssize_t put = send(fd, text, len, MSG_DONTWAIT | MSG_NOSIGNAL);

    if (put >= 0 || errno != ENOTSOCK)
        return put;
    if (is_ready(fd))
        return write(fd, text, len);
    errno = EAGAIN;
    return -1;
}

/* As many lines as a pipe takes at once; of one that is longer the beginning. */
static size_t piece_of(const char *text, size_t len)
{
    const char *end;

    if (len <= PIPE_BUF)
        return len;
    end = memrchr(text, '\n', PIPE_BUF);
    return end ? (size_t)(end - text) + 1 : PIPE_BUF;
}

size_t log_put(int fd, const char *text, size_t len)
{
    size_t done = 0;

    pthread_mutex_lock(&lock);
    while (done < len) {
        ssize_t put = put_now(fd, text + done, piece_of(text + done, len - done));

        if (put < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            break;
        if (put <= 0) {
            done = len; /* a full disk, a reader that has gone */
            break;
        }
        done += (size_t)put;
    }
    pthread_mutex_unlock(&lock);
    return done;
}
