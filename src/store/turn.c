#include "turn.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"

#define SUFFIX "-lock"
#define WRITING 0 /* bytes of the file */
#define WANTING 1
#define SERVING 2
/* Who writes much waits no longer than this for those who go first, and then stands in line. */
#define YIELD_MS 200

struct turn {
    int file;
    bool is_taken;
};

/* As much of the rights of the database as the file itself needs: who may write may take turns. */
static int open_file(const char *database)
{
    size_t size = strlen(database) + sizeof(SUFFIX);
    char *path = xmalloc(size);
    struct stat info;
    int file;

    snprintf(path, size, "%s" SUFFIX, database);
    file = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (file >= 0 && stat(database, &info) == 0)
            (void)!fchmod(file, info.st_mode & 0666);
    }
    free(path);
    return file;
}

struct turn *turn_open(const char *database)
{
    int file = open_file(database);
    struct turn *turn;

    if (file < 0)
        return NULL;
    turn = xmalloc(sizeof(*turn));
    *turn = (struct turn){.file = file};
    return turn;
}

void turn_close(struct turn *turn)
{
    if (!turn)
        return;
    (void)close(turn->file);
    free(turn);
}

/*
 * Locks of the open file, not of the process: connections of one process take turns, too. False
 * while another has it; where a file system knows no locks there is nothing to wait for.
 */
static bool set_lock(const struct turn *turn, short kind, off_t byte)
{
    struct flock lock = {.l_type = kind, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

    return fcntl(turn->file, F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

static bool is_wanted(const struct turn *turn)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = WANTING, .l_len = 1};

    return fcntl(turn->file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool turn_claim(struct turn *turn)
{
    return set_lock(turn, F_WRLCK, SERVING);
}

void turn_pause(void)
{
    const struct timespec pause = {.tv_nsec = 1000000};

    (void)nanosleep(&pause, NULL);
}

bool turn_take(struct turn *turn, bool is_long, int64_t until_ms)
{
    int64_t yields_until_ms = is_long ? clock_ms() + YIELD_MS : 0;
    bool is_ours;

    if (!is_long)
        (void)set_lock(turn, F_RDLCK, WANTING);
    for (;;) {
        bool yields = is_long && is_wanted(turn) && clock_ms() < yields_until_ms;

        is_ours = !yields && set_lock(turn, F_WRLCK, WRITING);
        if (is_ours || clock_ms() >= until_ms)
            break;
        turn_pause();
    }
    if (!is_long)
        (void)set_lock(turn, F_UNLCK, WANTING);
    turn->is_taken = is_ours;
    return is_ours;
}

void turn_give(struct turn *turn)
{
    if (turn->is_taken)
        (void)set_lock(turn, F_UNLCK, WRITING);
    turn->is_taken = false;
}
