/* Socket activation and readiness, as systemd describes them in sd_listen_fds(3) and sd_notify(3).
 */
#include "http/systemd.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "http/server.h"

#define FIRST_SOCKET 3 /* SD_LISTEN_FDS_START */
#define SOCKETS_MAX 64

/* A whole positive number, or 0. */
static long number_of(const char *text)
{
    char *end;
    long number;

    if (!text || *text < '1' || *text > '9')
        return 0;
    errno = 0;
    number = strtol(text, &end, 10);
    return errno || *end ? 0 : number;
}

static bool is_listening(int fd)
{
    int value = 0;
    socklen_t len = sizeof(value);

    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &value, &len) == 0 && value;
}

int server_inherited_socket(void)
{
    bool is_mine = number_of(getenv("LISTEN_PID")) == (long)getpid();
    long count = number_of(getenv("LISTEN_FDS"));

    unsetenv("LISTEN_PID"); /* programs that we start are not meant */
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    if (!is_mine || count < 1 || count > SOCKETS_MAX)
        return -1;
    for (int fd = FIRST_SOCKET; fd < FIRST_SOCKET + (int)count; fd++)
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    return is_listening(FIRST_SOCKET) ? FIRST_SOCKET : -1;
}

void systemd_notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t len = path ? strlen(path) : 0;
    int fd;

    if (len < 2 || len >= sizeof(address.sun_path) || !strchr("/@", *path))
        return;
    memcpy(address.sun_path, path, len);
    if (*path == '@')
        address.sun_path[0] = '\0'; /* an abstract name */
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    (void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&address,
                 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
    close(fd);
}
