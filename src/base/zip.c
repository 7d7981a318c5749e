#include "zip.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <minizip/unzip.h>

#include "base/arena.h"

#define ANY_CASE 2 /* of unzLocateFile() */

struct zip {
    unzFile file;
};

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

struct zip *zip_open(int fd)
{
    zlib_filefunc64_def calls;
    struct zip *zip;
    unzFile file;

    fill_fopen64_filefunc(&calls);
    calls.zopen64_file = open_copy;
    calls.opaque = &fd;
    file = unzOpen2_64(NULL, &calls);
    if (!file)
        return NULL;
    zip = xmalloc(sizeof(*zip));
    zip->file = file;
    return zip;
}

void zip_close(struct zip *zip)
{
    if (zip)
        (void)unzClose(zip->file);
    free(zip);
}

uint64_t zip_count(const struct zip *zip)
{
    unz_global_info64 info;

    return unzGetGlobalInfo64(zip->file, &info) == UNZ_OK ? info.number_entry : 0;
}

bool zip_find(struct zip *zip, const char *name)
{
    return unzLocateFile(zip->file, name, ANY_CASE) == UNZ_OK;
}

bool zip_first(struct zip *zip)
{
    return unzGoToFirstFile(zip->file) == UNZ_OK;
}

bool zip_next(struct zip *zip, bool *is_end)
{
    int result = unzGoToNextFile(zip->file);

    *is_end = result == UNZ_END_OF_LIST_OF_FILE;
    return result == UNZ_OK;
}

bool zip_begin(struct zip *zip, uint64_t *packed)
{
    unz_file_info64 info;

    if (unzGetCurrentFileInfo64(zip->file, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return false;
    if (packed)
        *packed = info.compressed_size;
    return unzOpenCurrentFile(zip->file) == UNZ_OK;
}

int zip_read(struct zip *zip, void *data, size_t max)
{
    int got = unzReadCurrentFile(zip->file, data, (unsigned)max);

    return got < 0 ? -1 : got;
}

/* unzReadCurrentFile() is content with a part that ends early; unzeof() and, for the check sum,
 * unzCloseCurrentFile() are not. */
bool zip_end(struct zip *zip)
{
    bool is_read = unzeof(zip->file) == 1;

    return unzCloseCurrentFile(zip->file) == UNZ_OK && is_read;
}
