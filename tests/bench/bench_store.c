/*
 * Saves to a database again and again until a file is there: bench_store DATABASE END. Prints how
 * many saves there were, how many had to give up, and how long they took.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/database.h"
#include "base/clock.h"
#include "base/file.h"
#include "store/dossiers.h"

#define SAVES_MAX 200000
#define PAUSE_US 10000
#define SITE_WAIT_MS 2000 /* as src/web/site.c has it */

struct saving {
    struct arena arena;
    struct store *store;
    int64_t took_us[SAVES_MAX];
    size_t count, busy;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "bench_store: %s: %s\n", what, why);
    exit(1);
}

static void open_store(struct saving *s, const char *path)
{
    struct workspace *ws;
    struct database *db;
    struct err err;

    arena_init(&s->arena);
    if (workspace_open(&s->arena, NULL, &ws, &err) != OK ||
        database_open(&s->arena, ws, path, DB_WRITE, &db, &err) != OK)
        die(path, err.text[LANG_EN]);
    s->store = database_store(db);
    (void)db_set_wait(store_db(s->store), SITE_WAIT_MS);
}

/* One small row, committed. */
static void save(struct saving *s)
{
    int64_t begin_us = clock_us();
    struct err err;
    enum status status = measure_add(s->store, "2026-11-30", "bench", "saved", 1, &err);

    if (status != OK && status != BUSY)
        die("save", err.text[LANG_EN]);
    s->busy += status == BUSY;
    s->took_us[s->count++] = clock_us() - begin_us;
}

static int by_time(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return a < b ? -1 : a > b;
}

int main(int argc, char **argv)
{
    static struct saving s;

    if (argc != 3)
        die("usage", "bench_store DATABASE END");
    open_store(&s, argv[1]);
    while (s.count < SAVES_MAX && !file_exists(argv[2])) {
        save(&s);
        usleep(PAUSE_US);
    }
    qsort(s.took_us, s.count, sizeof(*s.took_us), by_time);
    printf("%zu %zu %.1f %.1f %.1f\n", s.count, s.busy, (double)s.took_us[s.count / 2] / 1000,
           (double)s.took_us[s.count * 99 / 100] / 1000, (double)s.took_us[s.count - 1] / 1000);
    return 0;
}
