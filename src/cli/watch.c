/* Progress for a person who watches. */
#include "cli/cli.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Who waits longer than this sees how far it is. */
#define AFTER_SECONDS 1
#define EVERY_SECONDS 0.2

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void watch_init(struct watch *watch, const struct cli *cli, struct words unit)
{
    *watch = (struct watch){
        .cli = cli, .unit = unit, .is_terminal = isatty(STDERR_FILENO), .first = seconds()};
}

/* How far it is, and how long it still takes at this pace. */
static void print_line(const struct watch *watch, int64_t done, int64_t all, double elapsed)
{
    enum lang lang = watch->cli->lang;
    const char *unit = watch->unit.in[lang];
    double share = all ? (double)done / (double)all : 0;

    if (all > done)
        fprintf(stderr,
                lang == LANG_VI ? "\r\033[K%s: %.0f %%, còn khoảng %.0f giây (%lld %s)"
                                : "\r\033[K%s: %.0f %%, about %.0f seconds left (%lld %s)",
                watch->what, 100 * share, share > 0 ? elapsed / share - elapsed : 0,
                (long long)done, unit);
    else
        fprintf(stderr,
                lang == LANG_VI ? "\r\033[K%s: %lld %s (%.0f %s/giây)"
                                : "\r\033[K%s: %lld %s (%.0f %s a second)",
                watch->what, (long long)done, unit, (double)done / elapsed, unit);
    fflush(stderr);
}

void watch_show(struct watch *watch, const char *what, int64_t done, int64_t all)
{
    double now;

    if (!watch->is_terminal)
        return;
    now = seconds();
    if (what != watch->what) {
        watch->what = what;
        watch->start = now;
    }
    if (now - watch->first < AFTER_SECONDS || now - watch->last < EVERY_SECONDS ||
        now - watch->start < EVERY_SECONDS)
        return;
    watch->last = now;
    watch->has_line = true;
    print_line(watch, done, all, now - watch->start);
}

void watch_end(struct watch *watch)
{
    if (watch->has_line)
        fputs("\r\033[K", stderr);
    watch->has_line = false;
}
