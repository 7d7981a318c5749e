#include "app/own_file.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"
#include "base/file.h"
#include "base/xlsx.h"

/* Columns of results stand behind hundreds of questions. */
#define BEGINNING_BYTES 65536

/* What the first line has, by what the file begins with. */
static const struct mark {
    const char *begins, *has;
} marks[] = {
    {"%PDF-", "%dxready"},
    {"\xef\xbb\xbfquestionnaire", "result."},
    {"{\"kind\":\"response\"", "\"score\":"},
    {"dxready-backup", "dxready"},
    {"# Khóa công khai", "dxready-report-key"},
};

static bool has_mark(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
        if (strncmp(text, marks[i].begins, strlen(marks[i].begins)) == 0 &&
            strstr(text, marks[i].has))
            return true;
    }
    return false;
}

static bool is_own(const char *path)
{
    char text[BEGINNING_BYTES + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_workbook;
    ssize_t len;

    if (fd < 0)
        return false;
    is_workbook = xlsx_is_by(fd, "dxready ");
    len = pread(fd, text, BEGINNING_BYTES, 0);
    close(fd);
    if (is_workbook)
        return true;
    text[len > 0 ? len : 0] = '\0';
    for (ssize_t i = 0; i < len; i++) /* a NUL ends the text, but not that of a PDF */
        text[i] = text[i] ? text[i] : ' ';
    return len == 0 || has_mark(text);
}

static bool is_same_file(const struct stat *file, const char *path)
{
    struct stat other;

    return stat(path, &other) == 0 && other.st_dev == file->st_dev && other.st_ino == file->st_ino;
}

static bool is_read(const struct stat *file, const struct output_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        if (inputs->paths[i] && is_same_file(file, inputs->paths[i]))
            return true;
    }
    return inputs->database && is_same_file(file, inputs->database);
}

enum status output_check(const char *path, bool is_forced, const struct output_inputs *inputs,
                         struct err *err)
{
    struct stat file, link;

    if (strcmp(path, "-") == 0 || stat(path, &file) || !S_ISREG(file.st_mode))
        return OK;
    if (is_read(&file, inputs))
        return err_set(err, BAD_USAGE,
                       "%s: đây là tệp đang đọc hoặc cơ sở dữ liệu, không ghi đè lên được; hãy nêu "
                       "tên khác",
                       "%s: this is what is being read, or the database, and cannot be "
                       "overwritten; choose another name",
                       path);
    if (is_forced)
        return OK;
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        return err_set(err, BAD_USAGE,
                       "%s: đây là một liên kết tới tệp khác; hãy nêu tên khác, hoặc --force để "
                       "thay liên kết",
                       "%s: this is a link to another file; choose another name, or --force to "
                       "replace the link",
                       path);
    if (is_own(path))
        return OK;
    return err_set(err, BAD_USAGE,
                   "%s: tệp đã có và không do dxready ghi ra; hãy nêu tên khác, hoặc --force để "
                   "ghi đè",
                   "%s: the file exists and was not written by dxready; choose another name, or "
                   "--force to overwrite it",
                   path);
}
