/* Reads what stands in a workbook: whether all of it is there, and who made it. */
#include "xlsx_check.h"

#include "base/xlsx.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <minizip/unzip.h>

#define PIECE_BYTES ((size_t)64 << 10)
#define ENDS_BYTES 64
#define CORE_BYTES 8192 /* that are searched for the author, who stands near the beginning */

/* The first and the last bytes of a document. */
struct ends {
    char head[4 * ENDS_BYTES];
    char tail[ENDS_BYTES];
    size_t head_len, tail_len;
};

static void keep_ends(struct ends *ends, const char *data, size_t len)
{
    size_t head = sizeof(ends->head) - ends->head_len, tail = len, old;

    if (head > len)
        head = len;
    memcpy(ends->head + ends->head_len, data, head);
    ends->head_len += head;
    if (tail > sizeof(ends->tail))
        tail = sizeof(ends->tail);
    old = sizeof(ends->tail) - tail;
    if (old > ends->tail_len)
        old = ends->tail_len;
    memmove(ends->tail, ends->tail + ends->tail_len - old, old);
    memcpy(ends->tail + old, data + len - tail, tail);
    ends->tail_len = old + tail;
}

/* "<?xml ...?>\n<name ...": the document must end in "</name>" (and perhaps a line end). */
static bool is_closed(const struct ends *ends)
{
    const char *end = ends->head + ends->head_len, *last = ends->tail + ends->tail_len, *name;
    size_t len = 0, room;

    name = memmem(ends->head, ends->head_len, "?>\n<", 4);
    if (!name)
        return false;
    name += 4;
    while (name + len < end && !memchr(" >/", name[len], 3))
        len++;
    last -= last > ends->tail && last[-1] == '\n';
    room = (size_t)(last - ends->tail);
    return room >= len + 3 && last[-1] == '>' && memcmp(last - len - 1, name, len) == 0 &&
           memcmp(last - len - 3, "</", 2) == 0;
}

/* How often a cell begins, wherever the pieces are cut; no text holds a "<". */
struct cell_count {
    uint64_t cells;
    size_t seen; /* characters of CELL so far */
};

#define CELL "<c r="

static void count_cells(struct cell_count *count, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        count->seen = data[i] == CELL[count->seen] ? count->seen + 1 : data[i] == *CELL;
        if (count->seen == sizeof(CELL) - 1) {
            count->cells++;
            count->seen = 0;
        }
    }
}

/* unzReadCurrentFile() is content with a part that ends early; unzeof() and, for the check sum,
 * unzCloseCurrentFile() are not. */
static bool is_whole_part(unzFile archive, struct cell_count *count)
{
    char piece[PIECE_BYTES];
    struct ends ends = {0};
    bool is_read;
    int got;

    if (unzOpenCurrentFile(archive) != UNZ_OK)
        return false;
    while ((got = unzReadCurrentFile(archive, piece, sizeof(piece))) > 0) {
        keep_ends(&ends, piece, (size_t)got);
        count_cells(count, piece, (size_t)got);
    }
    is_read = got == 0 && unzeof(archive) == 1;
    return unzCloseCurrentFile(archive) == UNZ_OK && is_read && is_closed(&ends);
}

/* In place of a path: a stream of its own, which unzClose() closes. */
static voidpf open_copy(voidpf fd, const void *path, int mode)
{
    int copy = dup(*(int *)fd);
    FILE *file = copy < 0 ? NULL : fdopen(copy, "rb");

    (void)path, (void)mode;
    if (!file && copy >= 0)
        close(copy);
    return file;
}

static unzFile open_archive(int *fd)
{
    zlib_filefunc64_def calls;

    fill_fopen64_filefunc(&calls);
    calls.zopen64_file = open_copy;
    calls.opaque = fd;
    return unzOpen2_64(NULL, &calls);
}

bool xlsx_is_whole(int fd, uint64_t cells)
{
    unzFile archive = open_archive(&fd);
    struct cell_count count = {0};
    int result;

    if (!archive)
        return false;
    result = unzGoToFirstFile(archive);
    while (result == UNZ_OK && is_whole_part(archive, &count))
        result = unzGoToNextFile(archive);
    unzClose(archive);
    return result == UNZ_END_OF_LIST_OF_FILE && count.cells == cells;
}

bool xlsx_is_by(int fd, const char *author)
{
    static const char creator[] = "<dc:creator>";
    char core[CORE_BYTES + 1] = "";
    const char *name = NULL;
    unzFile archive = open_archive(&fd);
    int got;

    if (!archive)
        return false;
    if (unzLocateFile(archive, "docProps/core.xml", 1) == UNZ_OK &&
        unzOpenCurrentFile(archive) == UNZ_OK) {
        got = unzReadCurrentFile(archive, core, CORE_BYTES);
        core[got > 0 ? got : 0] = '\0';
        name = strstr(core, creator);
        (void)unzCloseCurrentFile(archive);
    }
    unzClose(archive);
    return name && strncmp(name + sizeof(creator) - 1, author, strlen(author)) == 0;
}
