/*
 * Runs a fuzz target over files and folders given as arguments, without a fuzzing engine: so that
 * every test run repeats what was found before. Prints one TAP line per argument.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

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

int main(int argc, char **argv)
{
    int failures = 0;

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
