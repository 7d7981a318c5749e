/* Reads a workbook that was just packed, part by part. */
#include "xlsx_check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

/* What a part of an archive begins with (APPNOTE.TXT 4.3.7); the sizes are there, not behind it. */
#define PART_HEADER_BYTES 30
#define PART_SIGNATURE 0x04034b50u
#define DIRECTORY_SIGNATURE 0x02014b50u
#define PIECE_BYTES ((size_t)64 << 10)
#define ENDS_BYTES 64

/* The first and the last bytes of a document. */
struct ends {
    char head[4 * ENDS_BYTES];
    char tail[ENDS_BYTES];
    size_t head_len, tail_len;
};

static uint32_t number_at(const unsigned char *bytes, int count)
{
    uint32_t number = 0;

    while (count--)
        number = number << 8 | bytes[count];
    return number;
}

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

/* Unpacks `left` bytes from `at` on. */
static bool unpack(int fd, off_t at, uint32_t left, z_stream *stream, struct ends *ends)
{
    static const size_t piece = PIECE_BYTES;
    unsigned char *in = malloc(2 * piece), *out = in ? in + piece : NULL;
    int result = Z_OK;

    while (in && result == Z_OK && left) {
        ssize_t got = pread(fd, in, left < piece ? left : piece, at);

        if (got <= 0)
            break;
        at += got;
        left -= (uint32_t)got;
        stream->next_in = in;
        stream->avail_in = (uInt)got;
        do {
            stream->next_out = out;
            stream->avail_out = (uInt)piece;
            result = inflate(stream, Z_NO_FLUSH);
            if (stream->avail_out < piece)
                keep_ends(ends, (char *)out, piece - stream->avail_out);
        } while (result == Z_OK && !stream->avail_out);
        if (result == Z_BUF_ERROR) /* nothing was left to do */
            result = Z_OK;
    }
    free(in);
    return result == Z_STREAM_END && !left;
}

static bool is_whole_part(int fd, off_t at, uint32_t len)
{
    z_stream stream = {0};
    struct ends ends = {0};
    bool is_whole;

    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        return false;
    is_whole = unpack(fd, at, len, &stream, &ends) && is_closed(&ends);
    inflateEnd(&stream);
    return is_whole;
}

bool xlsx_is_whole(int fd)
{
    unsigned char header[PART_HEADER_BYTES];
    off_t at = 0;

    while (pread(fd, header, sizeof(header), at) == (ssize_t)sizeof(header) &&
           number_at(header, 4) == PART_SIGNATURE) {
        uint32_t len = number_at(header + 18, 4);

        at +=
            PART_HEADER_BYTES + (off_t)number_at(header + 26, 2) + (off_t)number_at(header + 28, 2);
        if (!is_whole_part(fd, at, len))
            return false;
        at += len;
    }
    return at && number_at(header, 4) == DIRECTORY_SIGNATURE;
}
