#include "http/form.h"

#include <stdint.h>
#include <string.h>

#include "base/array.h"

/* Where the end of a PDF is looked for (ISO 32000-1, annex H.3, note 18), and its trailer. */
#define PDF_END_BYTES 1024
#define PDF_TRAILER_BYTES 4096

struct bytes {
    const unsigned char *at;
    size_t len;
};

static bool starts_with(struct bytes data, const void *start, size_t len)
{
    return data.len >= len && memcmp(data.at, start, len) == 0;
}

static bool ends_with(struct bytes data, const void *end, size_t len)
{
    return data.len >= len && memcmp(data.at + data.len - len, end, len) == 0;
}

static struct bytes first_of(struct bytes data, size_t len)
{
    return (struct bytes){data.at, data.len < len ? data.len : len};
}

static struct bytes last_of(struct bytes data, size_t len)
{
    size_t kept = data.len < len ? data.len : len;

    return (struct bytes){data.at + data.len - kept, kept};
}

static struct bytes behind(struct bytes data, size_t offset)
{
    return (struct bytes){data.at + offset, data.len - offset};
}

/* From the first place of a word to the end; no bytes if it is not there. */
static struct bytes from_word(struct bytes data, const char *word)
{
    const unsigned char *found = memmem(data.at, data.len, word, strlen(word));

    return found ? behind(data, (size_t)(found - data.at)) : (struct bytes){data.at, 0};
}

/* ---- PDF ---- */

/* The key itself, not /EncryptMetadata or another name that begins like it. */
static bool has_encrypt_key(struct bytes data)
{
    static const char key[] = "/Encrypt";

    for (data = from_word(data, key); data.len; data = from_word(data, key)) {
        data = behind(data, sizeof(key) - 1);
        if (data.len && memchr(" \t\r\n\f\0<(/[%", *data.at, 11))
            return true;
    }
    return false;
}

/* What the last "startxref" of the file points to; no bytes if it points nowhere. */
static struct bytes pdf_xref(struct bytes data)
{
    static const char word[] = "startxref";
    struct bytes last = {data.at, 0};
    size_t offset = 0;

    for (struct bytes at = from_word(last_of(data, PDF_TRAILER_BYTES), word); at.len;
         at = from_word(behind(at, 1), word))
        last = behind(at, sizeof(word) - 1);
    while (last.len && memchr(" \t\r\n", *last.at, 4))
        last = behind(last, 1);
    for (; last.len && *last.at >= '0' && *last.at <= '9'; last = behind(last, 1)) {
        offset = offset * 10 + (size_t)(*last.at - '0');
        if (offset >= data.len)
            return (struct bytes){data.at, 0};
    }
    return offset ? behind(data, offset) : (struct bytes){data.at, 0};
}

/*
 * The trailer is a dictionary behind a table ("xref ... trailer << >>") or that of a stream; it
 * stands at the end, but in a file made for the web, where "startxref" points to the beginning.
 */
static bool is_pdf_locked(struct bytes data)
{
    struct bytes xref = pdf_xref(data);

    if (has_encrypt_key(last_of(data, PDF_TRAILER_BYTES)))
        return true;
    if (starts_with(xref, "xref", 4))
        xref = from_word(xref, "trailer");
    return has_encrypt_key(first_of(xref, PDF_TRAILER_BYTES));
}

static bool is_pdf(struct bytes data)
{
    return (starts_with(data, "%PDF-1.", 7) || starts_with(data, "%PDF-2.", 7)) &&
           from_word(last_of(data, PDF_END_BYTES), "%%EOF").len > 0;
}

/* ---- pictures ---- */

static uint32_t number_be(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static uint32_t number_le(const unsigned char *at)
{
    return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

/*
 * Samsung's cameras put data of their own behind the end of a JPEG: blocks, then a directory of
 * them, "SEFH" <version> <count> { <kind> <distance back to its block> <size> }..., then the length
 * of the directory and "SEFT". Numbers have 4 bytes, low ones first. Returns what stands before it.
 */
static struct bytes before_samsung_blocks(struct bytes data)
{
    struct bytes directory;
    size_t farthest = 0, len;

    if (data.len < 8 || !ends_with(data, "SEFT", 4))
        return data;
    len = number_le(data.at + data.len - 8);
    if (len < 12 || len > data.len - 8)
        return data;
    directory = (struct bytes){data.at + data.len - 8 - len, len};
    if (!starts_with(directory, "SEFH", 4) || number_le(directory.at + 8) != (len - 12) / 12)
        return data;
    for (size_t i = 12; i + 12 <= len; i += 12) {
        size_t distance = number_le(directory.at + i + 4);

        farthest = distance > farthest ? distance : farthest;
    }
    if (farthest > (size_t)(directory.at - data.at))
        return data;
    return (struct bytes){data.at, (size_t)(directory.at - data.at) - farthest};
}

/* Some cameras fill the last sector of their card with zeros. */
static struct bytes without_zeros(struct bytes data)
{
    while (data.len && !data.at[data.len - 1])
        data.len--;
    return data;
}

static bool is_jpeg(struct bytes data)
{
    if (!starts_with(data, "\xff\xd8\xff", 3) || data.len < 6 || data.at[3] < 0xc0)
        return false;
    return ends_with(without_zeros(before_samsung_blocks(data)), "\xff\xd9", 2);
}

/* The signature and the length and name of the first chunk; the last chunk with its checksum. */
static bool is_png(struct bytes data)
{
    return starts_with(data, "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16) && data.len >= 33 + 12 &&
           ends_with(data, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
}

/* ISO/IEC 23008-12: the first box names the brand. */
static bool is_heic(struct bytes data)
{
    static const char brands[][5] = {"heic", "heix", "heim", "heis", "hevc",
                                     "hevx", "hevm", "hevs", "mif1", "msf1"};
    size_t box;

    if (data.len < 16 || memcmp(data.at + 4, "ftyp", 4) != 0)
        return false;
    box = number_be(data.at);
    if (box < 16 || box > data.len)
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(brands); i++) {
        if (memcmp(data.at + 8, brands[i], 4) == 0)
            return true;
    }
    return false;
}

static const struct {
    bool (*is)(struct bytes data);
    const char *type, *suffix;
} kinds[FILE_KIND__MAX] = {
    [FILE_PDF] = {is_pdf, "application/pdf", "pdf"},
    [FILE_JPEG] = {is_jpeg, "image/jpeg", "jpg"},
    [FILE_PNG] = {is_png, "image/png", "png"},
    [FILE_HEIC] = {is_heic, "image/heic", "heic"},
};

enum file_kind file_kind_of(const unsigned char *data, size_t len, bool *is_locked)
{
    struct bytes all = {data, len};
    enum file_kind kind = FILE_OTHER;

    for (int i = FILE_OTHER + 1; len && i < FILE_KIND__MAX; i++) {
        if (kinds[i].is(all))
            kind = (enum file_kind)i;
    }
    *is_locked = kind == FILE_PDF && is_pdf_locked(all);
    return kind;
}

const char *file_kind_type(enum file_kind kind)
{
    return kinds[kind].type;
}

const char *file_kind_suffix(enum file_kind kind)
{
    return kinds[kind].suffix;
}
