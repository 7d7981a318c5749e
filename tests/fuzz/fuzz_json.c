/*
 * Any bytes as JSON: refused with a sentence, or a tree that can be written and read again as the
 * same text.
 */
#include "fuzz.h"

#include "base/json_write.h"

#define INPUT_BYTES_MAX 100000

static void write(struct buf *out, const struct json *root)
{
    struct json_writer w;

    buf_init(out, BUF_MAX_DEFAULT);
    json_writer_init(&w, out);
    json_value(&w, root);
    MUST(!out->is_full);
}

static size_t walk(const struct json *value, const char *file, struct arena *arena)
{
    size_t count = 1;

    MUST(value->line > 0 && strcmp(value->file, file) == 0 && json_pointer(value, arena));
    for (size_t i = 0; i < value->count; i++) {
        MUST(value->items[i].parent == value && value->items[i].index == i);
        MUST(value->type != JSON_OBJECT ||
             json_get(value, value->items[i].key) == &value->items[i]);
        count += walk(&value->items[i], file, arena);
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct json *root, *again;
    struct buf once, twice;
    struct faults faults;
    struct arena arena;

    if (size > INPUT_BYTES_MAX)
        return 0;
    arena_init(&arena);
    faults_init(&faults, &arena);
    root = fuzz_parse(&arena, data, size, &faults);
    fuzz_check_faults(&faults);
    if (root) {
        MUST(size > 2000 || walk(root, "fuzz.json", &arena) <= size);
        write(&once, root);
        again = fuzz_parse(&arena, (const uint8_t *)buf_text(&once), once.len, &faults);
        MUST(again);
        write(&twice, again);
        MUST(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
        buf_free(&once);
        buf_free(&twice);
    }
    arena_free(&arena);
    return 0;
}
