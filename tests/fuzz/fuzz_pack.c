/* Any bytes as a backup: what can be read of it are plain files with short names, of the size that
 * was said; and the same bytes as its list and its end. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "../../src/app/backup_list.h"

#define FILES_MAX 1000
#define BYTES_MAX ((uint64_t)1 << 20)

static void read_file(struct pack_reader *pack, uint64_t bytes)
{
    unsigned char piece[4096];
    uint64_t got = 0;
    size_t len = 1;
    struct err err;

    while (len > 0 && got < BYTES_MAX) {
        if (pack_read(pack, piece, sizeof(piece), &len, &err) != OK)
            return;
        got += len;
    }
    MUST(got <= bytes);
}

static void read_all(const char *path, struct arena *arena)
{
    struct pack_reader *pack;
    struct err err;
    const char *name = "";
    uint64_t bytes;

    if (pack_reader_new(path, NULL, &pack, &err) != OK) {
        MUST(*err.text[LANG_VI] && *err.text[LANG_EN]);
        return;
    }
    for (int i = 0; i < FILES_MAX && name; i++) {
        if (pack_next(pack, arena, &name, &bytes, &err) != OK) {
            MUST(*err.text[LANG_VI] && *err.text[LANG_EN]);
            break;
        }
        MUST(!name || strlen(name) <= PACK_NAME_BYTES_MAX);
        if (name)
            read_file(pack, bytes);
    }
    pack_reader_free(pack);
}

static void read_texts(const char *text, size_t len, struct arena *arena)
{
    struct backup backup = {.files = 7};
    const char *hash;
    struct err err;

    if (backup_list_read(arena, "list", text, len, &backup, &hash, &err) == OK)
        MUST(hash && backup.files >= 0 && backup.bytes > 0 && *backup.made_at);
    backup.files = 7;
    if (backup_end_read(arena, "end", text, len, &backup, &err) == OK)
        MUST(backup.lost >= 0 && backup.lost <= 7);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct arena arena;
    int file = memfd_create("backup", 0);

    MUST(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
    arena_init(&arena);
    read_all(path, &arena);
    read_texts(arena_strndup(&arena, (const char *)data, size), size, &arena);
    arena_free(&arena);
    close(file);
    return 0;
}
