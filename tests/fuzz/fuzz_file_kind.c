/* Any bytes as a file: it is of one kind, by its first bytes, and only a PDF is locked. What may do
 * something by itself has a name that says so. */
#include "fuzz.h"

#include "http/form.h"

static const struct {
    const char *signature;
    size_t at;
} signatures[FILE_KIND__MAX] = {
    [FILE_OTHER] = {"", 0},          [FILE_PDF] = {"%PDF-", 0}, [FILE_JPEG] = {"\xff\xd8\xff", 0},
    [FILE_PNG] = {"\x89PNG\r\n", 0}, [FILE_HEIC] = {"ftyp", 4},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool is_locked = true;
    enum file_kind kind = file_kind_of(data, size, &is_locked);
    size_t len;

    MUST((unsigned)kind < FILE_KIND__MAX);
    len = strlen(signatures[kind].signature);
    MUST(size >= signatures[kind].at + len);
    MUST(!len || memcmp(data + signatures[kind].at, signatures[kind].signature, len) == 0);
    MUST(!is_locked || kind == FILE_PDF);
    MUST(!file_kind_type(kind) == (kind == FILE_OTHER));
    MUST(!pdf_is_active(data, size) || memchr(data, '/', size));
    return 0;
}
