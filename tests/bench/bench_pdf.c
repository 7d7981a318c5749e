/*
 * Reports of one response, or of all of a folder, made again and again in one process or in forked
 * workers, from the parsed response to the bytes of the file. Prints "workers reports
 * seconds-of-the- processor wall-seconds bytes-of-the-largest". bench_pdf PATH COUNT WORKERS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/output/report.h"
#include "base/file.h"
#include "draw/pdf.h"

#define WORKERS_MAX 16

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench_pdf: %s: %s\n", what, why);
    exit(1);
}

static double wall_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double cpu_seconds(int who)
{
    struct rusage usage;

    getrusage(who, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

struct sample {
    struct workspace *ws;
    const struct response **responses;
    size_t count;
};

static void load(struct sample *s, struct arena *arena, const char *path)
{
    const char **paths = &path;
    struct faults faults;
    struct err err;

    s->count = 1;
    if (workspace_open(arena, NULL, &s->ws, &err) != OK ||
        (file_is_folder(path) && file_list(arena, path, ".json", &paths, &s->count, &err) != OK))
        die(path, err.text[LANG_EN]);
    s->responses = ARENA_ARRAY(arena, const struct response *, s->count);
    faults_init(&faults, arena);
    for (size_t i = 0; i < s->count; i++) {
        s->responses[i] = workspace_response(s->ws, arena, paths[i], NULL, &faults);
        if (!s->responses[i])
            die(paths[i], faults.items[0].text[LANG_EN]);
    }
}

/* Returns the bytes of the largest. */
static size_t make(const struct sample *s, size_t count)
{
    struct report_request request = {.on = day_of(2026, 11, 23), .lang = LANG_VI};
    struct arena arena;
    struct buf pdf;
    struct err err;
    size_t most = 0;

    arena_init(&arena);
    buf_init(&pdf, PDF_BYTES_MAX);
    for (size_t i = 0; i < count; i++) {
        request.response = s->responses[i % s->count];
        if (report_make(s->ws, &arena, &request, &pdf, &err) != OK)
            die("report", err.text[LANG_EN]);
        most = pdf.len > most ? pdf.len : most;
        buf_clear(&pdf);
        arena_reset(&arena);
    }
    buf_free(&pdf);
    arena_free(&arena);
    return most;
}

static void make_in_workers(const struct sample *s, size_t count, size_t workers)
{
    for (size_t i = 0; i < workers; i++) {
        pid_t pid = fork();

        if (pid < 0)
            die("fork", "failed");
        if (pid == 0) {
            make(s, count / workers);
            _exit(0);
        }
    }
    for (size_t i = 0; i < workers; i++) {
        int status;

        if (wait(&status) < 0 || status != 0)
            die("worker", "failed");
    }
}

int main(int argc, char **argv)
{
    struct sample sample = {0};
    struct arena arena;
    size_t count, workers, most;
    double wall, cpu;

    if (argc != 4)
        die("usage", "bench_pdf PATH COUNT WORKERS");
    count = strtoul(argv[2], NULL, 10);
    workers = strtoul(argv[3], NULL, 10);
    arena_init(&arena);
    load(&sample, &arena, argv[1]);
    most = make(&sample, sample.count); /* loads what is needed */
    wall = wall_seconds();
    cpu = cpu_seconds(RUSAGE_SELF);
    if (workers > 1 && workers <= WORKERS_MAX) {
        make_in_workers(&sample, count, workers);
        cpu = cpu_seconds(RUSAGE_CHILDREN);
        count = count / workers * workers;
    } else {
        make(&sample, count);
        cpu = cpu_seconds(RUSAGE_SELF) - cpu;
    }
    printf("%zu %zu %.6f %.6f %zu\n", workers, count, cpu, wall_seconds() - wall, most);
    arena_free(&arena);
    return 0;
}
