/*
 * Runs a fuzz target over files and folders given as arguments (without any: over its corpus in
 * tests/fuzz/corpus/), without a fuzzing engine: so that every test run repeats what was found
 * before. Prints one TAP line per argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

#define INPUT_BYTES_MAX ((size_t)4 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    struct arena arena;
    struct err err;
    char *data;
    size_t len;

    arena_init(&arena);
    if (file_read(&arena, path, INPUT_BYTES_MAX, &data, &len, &err) != OK) {
        fprintf(stderr, "%s\n", err.text[LANG_EN]);
        arena_free(&arena);
        return 1;
    }
    {
        /* A block of its own size, so that a sanitizer sees reading beyond the end. */
        uint8_t *copy = malloc(len ? len : 1);

        for (size_t i = 0; copy && i < len; i++)
            copy[i] = (uint8_t)data[i];
        if (copy)
            LLVMFuzzerTestOneInput(copy, len);
        free(copy);
    }
    arena_free(&arena);
    return 0;
}

static int replay(const char *path, size_t *count)
{
    struct arena arena;
    struct err err;
    const char **paths;
    size_t files;
    int failed = 0;

    if (!file_is_folder(path)) {
        ++*count;
        return replay_file(path);
    }
    arena_init(&arena);
    if (file_list(&arena, path, "", &paths, &files, &err) != OK) {
        fprintf(stderr, "%s\n", err.text[LANG_EN]);
        failed = 1;
        files = 0;
    }
    for (size_t i = 0; i < files; i++)
        failed |= replay_file(paths[i]);
    *count += files;
    arena_free(&arena);
    return failed;
}

/* tests/fuzz/corpus/NAME of build/fuzz/NAME. */
static char *own_corpus(const char *program)
{
    static char path[4096];
    const char *slash = strrchr(program, '/');

    snprintf(path, sizeof(path), "tests/fuzz/corpus/%s", slash ? slash + 1 : program);
    return path;
}

int main(int argc, char **argv)
{
    char *only_own[] = {argv[0], own_corpus(argv[0]), NULL};
    int failures = 0;

    if (argc < 2) {
        argc = 2;
        argv = only_own;
    }
    printf("1..%d\n", argc - 1);
    for (int i = 1; i < argc; i++) {
        size_t count = 0;
        int failed = replay(argv[i], &count);

        if (!failed && !count) {
            fprintf(stderr, "%s: no inputs\n", argv[i]);
            failed = 1;
        }
        printf("%sok %d - %s: %zu inputs\n", failed ? "not " : "", i, argv[i], count);
        failures += failed;
    }
    return failures ? 1 : 0;
}
