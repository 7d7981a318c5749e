/*
 * Loaded before the C library (LD_PRELOAD): lets one call of a kind fail, the N-th of the process.
 *   TORTURE_KIND=memory|disk  TORTURE_AT=N  TORTURE_ERRNO=28 (0: it is killed instead)
 * TORTURE_STAYS=1: from then on all of them fail, as on a disk that is full.
 * TORTURE_COUNT=FILE: how many there were is written there at the end, a line for each process.
 * Calls for memory come from every library; those to the disk are what changes files.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { KIND_NONE, KIND_MEMORY, KIND_DISK };

static enum kind failing;
static long fails_at;
static int fails_with = ENOSPC;
static bool stays;
static atomic_long calls;

static long number_of(const char *name, long otherwise)
{
    const char *text = getenv(name);

    return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("TORTURE_KIND");

    fails_at = number_of("TORTURE_AT", 0);
    fails_with = (int)number_of("TORTURE_ERRNO", ENOSPC);
    stays = number_of("TORTURE_STAYS", 0) != 0;
    failing = !text ? KIND_NONE : strcmp(text, "memory") == 0 ? KIND_MEMORY : KIND_DISK;
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("TORTURE_COUNT");
    FILE *file;

    failing = KIND_NONE;
    file = path ? fopen(path, "a") : NULL;
    if (!file)
        return;
    fprintf(file, "%ld\n", (long)calls);
    fclose(file);
}

/* Whether this call is the one; errno is set then. */
static bool fails(enum kind of)
{
    long number;

    if (of != failing)
        return false;
    number = ++calls;
    if (!fails_at || number < fails_at || (number > fails_at && !stays))
        return false;
    if (!fails_with)
        (void)kill(getpid(), SIGKILL);
    errno = of == KIND_MEMORY ? ENOMEM : fails_with;
    return true;
}

/* ---- memory: a library of its own, since sanitizers have their own ---- */

#ifdef SHIM_MEMORY
void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

void *malloc(size_t size)
{
    return fails(KIND_MEMORY) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(KIND_MEMORY) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(KIND_MEMORY) ? NULL : __libc_realloc(old, size);
}
#endif

/* ---- the disk ---- */

static bool is_file(int fd)
{
    struct stat info;

    return failing == KIND_DISK && fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t len)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(write)(fd, data, len);
}

ssize_t pwrite64(int fd, const void *data, size_t len, off64_t at)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(pwrite64)(fd, data, len, at);
}

ssize_t pwrite(int fd, const void *data, size_t len, off_t at)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(pwrite)(fd, data, len, at);
}

int fsync(int fd)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(fsync)(fd);
}

int fdatasync(int fd)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(fdatasync)(fd);
}

int ftruncate64(int fd, off64_t len)
{
    return is_file(fd) && fails(KIND_DISK) ? -1 : NEXT(ftruncate64)(fd, len);
}

int rename(const char *from, const char *to)
{
    return fails(KIND_DISK) ? -1 : NEXT(rename)(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    return fails(KIND_DISK) ? -1 : NEXT(mkdir)(path, mode);
}

/* Opening to write; what is only read does not count. */
static bool opens(int flags)
{
    return (flags & (O_CREAT | O_WRONLY | O_RDWR)) != 0 && fails(KIND_DISK);
}

#define MODE(flags)                                                                                \
    __extension__({                                                                                \
        mode_t mode_given = 0;                                                                     \
        if ((flags) & O_CREAT) {                                                                   \
            va_list args;                                                                          \
            va_start(args, flags);                                                                 \
            mode_given = va_arg(args, mode_t);                                                     \
            va_end(args);                                                                          \
        }                                                                                          \
        mode_given;                                                                                \
    })

int open(const char *path, int flags, ...)
{
    mode_t mode = MODE(flags);

    return opens(flags) ? -1 : NEXT(open)(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    mode_t mode = MODE(flags);

    return opens(flags) ? -1 : NEXT(open64)(path, flags, mode);
}
