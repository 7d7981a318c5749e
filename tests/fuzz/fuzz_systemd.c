/* Any lines as what a service manager sets: LISTEN_PID ("self" is ours), LISTEN_FDS, NOTIFY_SOCKET. */
#include "fuzz.h"

#include <unistd.h>

#include "http/server.h"
#include "http/systemd.h"

static void set(const char *name, const char *value)
{
    if (value)
        setenv(name, value, 1);
    else
        unsetenv(name);
}

/* The next line, or NULL. */
static const char *take_line(char **rest)
{
    return strsep(rest, "\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *pid, *socket;
    struct arena arena;
    char *rest;

    arena_init(&arena);
    rest = arena_strndup(&arena, (const char *)data, size);
    pid = take_line(&rest);
    if (pid && strcmp(pid, "self") == 0)
        pid = arena_printf(&arena, "%ld", (long)getpid());
    set("LISTEN_PID", pid);
    set("LISTEN_FDS", take_line(&rest));
    socket = take_line(&rest);
    /* nobody's socket is disturbed */
    set("NOTIFY_SOCKET",
        socket && *socket == '/' ? arena_printf(&arena, "/nowhere%s", socket) : socket);
    MUST(server_inherited_socket() == -1); /* none of ours listens */
    MUST(!getenv("LISTEN_PID") && !getenv("LISTEN_FDS"));
    systemd_notify("READY=1");
    arena_free(&arena);
    return 0;
}
