/* Reads what stands in a workbook: whether all of it is there, and who made it. */
#include "xlsx_check.h"

#include "base/xlsx.h"
#include "zip.h"

#include <string.h>

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
    static const char begin[] = "?>\n<";
    const char *end = ends->head + ends->head_len, *last = ends->tail + ends->tail_len, *name;
    size_t len = 0, room;

    name = memmem(ends->head, ends->head_len, begin, strlen(begin));
    if (!name)
        return false;
    name += strlen(begin);
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

static bool is_whole_part(struct zip *archive, struct cell_count *count)
{
    char piece[PIECE_BYTES];
    struct ends ends = {0};
    int got;

    if (!zip_begin(archive, NULL))
        return false;
    while ((got = zip_read(archive, piece, sizeof(piece))) > 0) {
        keep_ends(&ends, piece, (size_t)got);
        count_cells(count, piece, (size_t)got);
    }
    return zip_end(archive) && got == 0 && is_closed(&ends);
}

bool xlsx_is_whole(int fd, uint64_t cells)
{
    struct zip *archive = zip_open(fd);
    struct cell_count count = {0};
    bool has_part, is_end = false;

    if (!archive)
        return false;
    has_part = zip_first(archive);
    while (has_part && is_whole_part(archive, &count))
        has_part = zip_next(archive, &is_end);
    zip_close(archive);
    return is_end && count.cells == cells;
}

bool xlsx_is_by(int fd, const char *author)
{
    static const char creator[] = "<dc:creator>";
    char core[CORE_BYTES + 1] = "";
    const char *name = NULL;
    struct zip *archive = zip_open(fd);
    int got;

    if (!archive)
        return false;
    if (zip_find(archive, "docProps/core.xml") && zip_begin(archive, NULL)) {
        got = zip_read(archive, core, CORE_BYTES);
        core[got > 0 ? got : 0] = '\0';
        name = strstr(core, creator);
        (void)zip_end(archive);
    }
    zip_close(archive);
    return name && strncmp(name + sizeof(creator) - 1, author, strlen(author)) == 0;
}
