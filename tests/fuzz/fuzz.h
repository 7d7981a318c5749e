#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "policy/catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold, in every build: assert() may be compiled out. */
#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);          \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

/* The facts, areas, thresholds and holidays of the source tree; loaded once. */
static inline const struct catalogue *fuzz_reference(void)
{
    static const struct catalogue *catalogue;
    static struct arena arena;
    static struct faults faults;

    if (catalogue)
        return catalogue;
    arena_init(&arena);
    faults_init(&faults, &arena);
    catalogue = catalogue_load_reference(&arena, "policies", NULL, &faults);
    if (!catalogue) {
        fprintf(stderr, "run me in the folder of the sources\n");
        exit(1);
    }
    return catalogue;
}

/* Every fault has its file, a line, and a sentence in both languages that stays on its line. */
static inline void fuzz_check_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];

        MUST(*fault->place.file && fault->place.line >= 0);
        for (int lang = 0; lang < LANG__MAX; lang++) {
            const char *text = fault->text[lang];

            MUST(*text && !strchr(text, '\n') && !strchr(fault->place.pointer, '\n'));
            MUST(text_valid_utf8(text, strlen(text)) == strlen(text));
        }
    }
}

/* One sentence in both languages that stays on its line, whatever it quotes. */
static inline void fuzz_check_err(const struct err *err)
{
    MUST(err->status != OK);
    for (int lang = 0; lang < LANG__MAX; lang++) {
        const char *text = err->text[lang];

        MUST(*text && !strpbrk(text, "\n\r\t\033"));
        MUST(text_valid_utf8(text, strlen(text)) == strlen(text));
    }
}

/* Parses a copy that ends in a NUL, as files do. */
static inline const struct json *fuzz_parse(struct arena *arena, const uint8_t *data, size_t size,
                                            struct faults *faults)
{
    const char *text = arena_strndup(arena, (const char *)data, size);
    const struct json *root = json_parse(arena, "fuzz.json", text, size, faults);

    MUST(!root == (faults->errors > 0));
    return root;
}

#endif
