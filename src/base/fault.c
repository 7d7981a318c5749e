#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/text_clean.h"

/* One message; a longer one quotes too much input and is cut. */
#define MESSAGE_BYTES_MAX 2000

void faults_init(struct faults *faults, struct arena *arena)
{
    faults->arena = arena;
    faults->count = 0;
    faults->errors = 0;
    faults->warnings = 0;
}

__attribute__((format(printf, 2, 0))) static const char *
format_text(struct arena *arena, const char *format, va_list args)
{
    char text[MESSAGE_BYTES_MAX];

    vsnprintf(text, sizeof(text), format, args);
    /* Three bytes less than there is room for: the last character may have been cut. */
    return text_tame(arena_strndup(arena, text, text_cut(text, strlen(text), sizeof(text) - 4)));
}

static struct fault *new_fault(struct faults *faults, struct place place, bool is_warning)
{
    struct fault *fault;

    if (is_warning)
        faults->warnings++;
    else
        faults->errors++;
    if (faults->count == FAULTS_MAX)
        return NULL;
    fault = &faults->items[faults->count++];
    fault->is_warning = is_warning;
    fault->place.file = arena_strdup(faults->arena, place.file ? place.file : "");
    fault->place.line = place.line;
    fault->place.pointer =
        text_tame(arena_strdup(faults->arena, place.pointer ? place.pointer : ""));
    return fault;
}

/* The body of both public functions; a macro because a va_list can be walked only once. */
#define FILL(fault, faults, vi, en)                                                                \
    do {                                                                                           \
        va_list args;                                                                              \
        va_start(args, en);                                                                        \
        (fault)->text[LANG_VI] = format_text((faults)->arena, vi, args);                           \
        va_end(args);                                                                              \
        va_start(args, en);                                                                        \
        (fault)->text[LANG_EN] = format_text((faults)->arena, en, args);                           \
        va_end(args);                                                                              \
    } while (0)

void faults_add(struct faults *faults, struct place place, const char *vi, const char *en, ...)
{
    struct fault *fault = new_fault(faults, place, false);

    if (fault)
        FILL(fault, faults, vi, en);
}

void faults_warn(struct faults *faults, struct place place, const char *vi, const char *en, ...)
{
    struct fault *fault = new_fault(faults, place, true);

    if (fault)
        FILL(fault, faults, vi, en);
}

enum status faults_to_err(const struct faults *faults, struct err *err)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        const struct place *at = &fault->place;

        if (fault->is_warning)
            continue;
        return err_set(err, BAD_INPUT, "%1$s:%2$d: %3$s%4$s%5$s%6$.0s",
                       "%1$s:%2$d: %3$s%4$s%5$.0s%6$s", at->file, at->line, at->pointer,
                       *at->pointer ? ": " : "", fault->text[LANG_VI], fault->text[LANG_EN]);
    }
    return OK;
}
