/* Files that are no tables or responses, told by name: what it is, and how to get one that is. */
#include "import.h"

#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/array.h"

/* In the order in which they are tried: the special before the general. */
static const struct foreign {
    const char *start;  /* of the file, behind white space and a byte order mark */
    size_t start_len;   /* 0: its length */
    const char *within; /* and somewhere in its first bytes; NULL: nothing */
    const char *ending; /* and of its name; NULL: any */
    struct words what;
} kinds[] = {
#define READ {{NULL, NULL}} /* no foreign kind: it is read */
#define SAVE_VI "hãy mở nó và chọn 'Lưu thành' kiểu 'CSV UTF-8'"
#define SAVE_EN "open it, choose 'Save as' and the type 'CSV UTF-8'"
    {"PK\x03\x04",
     0,
     "opendocument.spreadsheet",
     NULL,
     {{"đây là bảng tính ODS; " SAVE_VI, "this is an ODS workbook; " SAVE_EN}}},
    {"PK\x03\x04",
     0,
     "xl/",
     NULL,
     READ},
    {"PK\x03\x04",
     0,
     NULL,
     ".xlsx",
     READ},
    {"PK\x03\x04",
     0,
     "word/",
     NULL,
     {{"đây là văn bản Word (DOCX); hãy chép bảng sang bảng tính rồi lưu kiểu 'CSV UTF-8'",
       "this is a Word document (DOCX); copy its table into a spreadsheet and save it as 'CSV "
       "UTF-8'"}}},
    {"PK",
     2,
     NULL,
     NULL,
     {{"đây là tệp nén ZIP; hãy giải nén rồi nhập từng tệp bên trong",
       "this is a ZIP archive; unpack it and import the files in it"}}},
    {"\xd0\xcf\x11\xe0",
     0,
     NULL,
     NULL,
     {{"đây là tệp Excel cũ (XLS); " SAVE_VI, "this is an old Excel file (XLS); " SAVE_EN}}},
    {"%PDF-",
     0,
     NULL,
     NULL,
     {{"đây là tệp PDF, không phải bảng; hãy xin bảng gốc và lưu kiểu 'CSV UTF-8'",
       "this is a PDF, not a table; ask for the table it was made of and save it as 'CSV UTF-8'"}}},
#define IMAGE \
    { \
        { \
            "đây là hình ảnh, không phải bảng; hãy nhập số liệu vào bảng tính và lưu kiểu 'CSV " \
            "UTF-8'", \
                "this is an image, not a table; type it into a spreadsheet and save it as 'CSV " \
                "UTF-8'" \
        } \
    }
    {"\x89PNG", 0, NULL, NULL, IMAGE},
    {"\xff\xd8\xff", 0, NULL, NULL, IMAGE},
    {"GIF8", 0, NULL, NULL, IMAGE},
    {"RIFF", 0, "WEBP", NULL, IMAGE},
    {"II*\0", 4, NULL, NULL, IMAGE},
    {"MM\0*", 4, NULL, NULL, IMAGE},
    {"\0\0\0", 3, "ftyp", NULL, IMAGE},
    {"BM", 2, NULL, ".bmp", IMAGE},
    {"{\\rtf",
     0,
     NULL,
     NULL,
     {{"đây là văn bản RTF; hãy chép bảng sang bảng tính rồi lưu kiểu 'CSV UTF-8'",
       "this is an RTF document; copy its table into a spreadsheet and save it as 'CSV UTF-8'"}}},
    {"\x1f\x8b",
     0,
     NULL,
     NULL,
     {{"đây là tệp nén GZIP; hãy giải nén rồi nhập tệp bên trong",
       "this is a GZIP archive; unpack it and import what is in it"}}},
    {"7z\xbc\xaf",
     0,
     NULL,
     NULL,
     {{"đây là tệp nén 7z; hãy giải nén rồi nhập từng tệp bên trong",
       "this is a 7z archive; unpack it and import the files in it"}}},
    {"Rar!",
     0,
     NULL,
     NULL,
     {{"đây là tệp nén RAR; hãy giải nén rồi nhập từng tệp bên trong",
       "this is a RAR archive; unpack it and import the files in it"}}},
    {"SQLite format 3",
     0,
     NULL,
     NULL,
     {{"đây là cơ sở dữ liệu SQLite; hãy xuất bảng từ nó ra CSV",
       "this is an SQLite database; export a table of it as CSV"}}},
    {"<",
     0,
     "LimeSurvey",
     NULL,
     {{"đây là phiếu khảo sát của LimeSurvey, không phải câu trả lời; trong LimeSurvey hãy xuất "
       "câu trả lời dạng CSV với mã câu hỏi",
       "this is a survey of LimeSurvey, not its answers; export the responses there as CSV with "
       "question codes"}}},
    {"<",
     0,
     "urn:schemas-microsoft-com:office",
     NULL,
     {{"đây là bảng tính Excel dạng XML hoặc HTML; " SAVE_VI,
       "this is an Excel workbook as XML or HTML; " SAVE_EN}}},
#define ODK \
    { \
        { \
            "đây là tệp XML của ODK hoặc Kobo; hãy tải câu trả lời từ máy chủ dạng CSV, với tên " \
            "câu hỏi " \
            "trong dòng đầu", \
                "this is XML of ODK or Kobo; download the submissions from its server as CSV, " \
                "with the " \
                "names of the questions as headings" \
        } \
    }
    {"<", 0, "instanceID", NULL, ODK},
    {"<", 0, "xforms", NULL, ODK},
#define HTML \
    { \
        { \
            "đây là trang web HTML, dù tên tệp có thể là .xls; " SAVE_VI, \
                "this is an HTML page, even if it is named .xls; " SAVE_EN \
        } \
    }
    {"<", 0, "<html", NULL, HTML},
    {"<", 0, "<!doctype html", NULL, HTML},
    {"<", 0, "<table", NULL, HTML},
    {"<?xml",
     0,
     NULL,
     NULL,
     {{"đây là tệp XML; hãy mở bằng bảng tính và lưu kiểu 'CSV UTF-8'",
       "this is XML; open it in a spreadsheet and save it as 'CSV UTF-8'"}}},
    {"<",
     0,
     "</",
     NULL,
     {{"đây là tệp XML; hãy mở bằng bảng tính và lưu kiểu 'CSV UTF-8'",
       "this is XML; open it in a spreadsheet and save it as 'CSV UTF-8'"}}},
#define RESPONSES_VI "không phải câu trả lời; hãy xuất câu trả lời dạng CSV với mã câu hỏi"
#define RESPONSES_EN "not its answers; export the responses as CSV with the codes of the questions"
    {"{",
     0,
     "\"elements\"",
     NULL,
     {{"đây là biểu mẫu SurveyJS, " RESPONSES_VI, "this is a form of SurveyJS, " RESPONSES_EN}}},
    {"{",
     0,
     "\"components\"",
     NULL,
     {{"đây là biểu mẫu Form.io, " RESPONSES_VI, "this is a form of Form.io, " RESPONSES_EN}}},
#define KOBO \
    { \
        { \
            "đây là dữ liệu JSON của Kobo hoặc ODK; hãy tải câu trả lời dạng CSV và đặt tên cột " \
            "theo mã " \
            "câu hỏi", \
                "this is JSON of Kobo or ODK; download the submissions as CSV, with the codes of " \
                "the " \
                "questions as headings" \
        } \
    }
    {"{", 0, "\"_uuid\"", NULL, KOBO},
    {"[", 0, "\"_uuid\"", NULL, KOBO},
    {"{", 0, "\"_xform_id_string\"", NULL, KOBO},
    {"[", 0, "\"_xform_id_string\"", NULL, KOBO},
#define YAML \
    { \
        { \
            "đây là tệp YAML; hãy lưu thành JSON hoặc CSV", "this is YAML; save it as JSON or CSV" \
        } \
    }
    {"---\n", 0, NULL, NULL, YAML},
    {"---\r", 0, NULL, NULL, YAML},
    {"%YAML", 0, NULL, NULL, YAML},
    {"", 0, NULL, ".yaml", YAML},
    {"", 0, NULL, ".yml", YAML},
#define UTF_16 \
    { \
        { \
            "tệp được lưu dạng UTF-16; trong Excel hãy chọn 'Lưu thành' kiểu 'CSV UTF-8'", \
                "the file is UTF-16; in Excel choose 'Save as' and the type 'CSV UTF-8'" \
        } \
    }
    {"\xff\xfe", 0, NULL, NULL, UTF_16},
    {"\xfe\xff", 0, NULL, NULL, UTF_16},
#define OF_KOBO \
    {{"đây là bảng của Kobo hoặc ODK; hãy bỏ các cột của máy chủ (_uuid, instanceID …) và đặt " \
      "tên cột theo mã câu hỏi", \
      "this is a table of Kobo or ODK; leave out the columns of the server (_uuid, " \
      "instanceID ...) and name the others by the codes of the questions"}}
    {"", 0, "_submission_time", ".csv", OF_KOBO},
    {"", 0, "instanceID", ".csv", OF_KOBO},
    {"",
     0,
     "startlanguage",
     ".csv",
     {{"đây là bảng câu trả lời của LimeSurvey; hãy bỏ các cột của nó (submitdate, lastpage, "
       "startlanguage …) và đặt tên cột theo mã câu hỏi",
       "these are responses of LimeSurvey; leave out its columns (submitdate, lastpage, "
       "startlanguage ...) and name the others by the codes of the questions"}}},
};

struct look {
    const char *path, *data;
    size_t len;
};

/* Standard input is a table. */
static bool has_ending(const char *path, const char *ending)
{
    size_t len, end = strlen(ending);

    path = strcmp(path, "-") == 0 ? "-.csv" : path;
    len = strlen(path);

    return len >= end && strcasecmp(path + len - end, ending) == 0;
}

static bool has_within(const char *data, size_t len, const char *word)
{
    size_t need = strlen(word);

    for (size_t i = 0; i + need <= len; i++) {
        if (strncasecmp(data + i, word, need) == 0)
            return true;
    }
    return false;
}

static bool is_kind(const struct foreign *kind, struct look look)
{
    size_t len = kind->start_len ? kind->start_len : strlen(kind->start);

    return look.len >= len && memcmp(look.data, kind->start, len) == 0 &&
           (!kind->ending || has_ending(look.path, kind->ending)) &&
           (!kind->within || has_within(look.data, look.len, kind->within));
}

/* Our own documents say what they are; their texts may have any word in them. */
static bool is_own(struct look look)
{
    return (look.len && (*look.data == '{' || *look.data == '[')) &&
           (has_within(look.data, look.len, "\"questionnaire\"") ||
            has_within(look.data, look.len, "\"kind\""));
}

/* The first bytes of a pipe, which stay in it. */
static ssize_t look_into_pipe(int pipe, char *data, size_t room)
{
    ssize_t len = -1;
    int ends[2];

    if (pipe2(ends, O_CLOEXEC))
        return -1;
    if (tee(pipe, ends[1], room, 0) > 0)
        len = read(ends[0], data, room);
    (void)close(ends[0]);
    (void)close(ends[1]);
    return len;
}

/* Nothing is taken away: who reads it next finds all. */
static ssize_t look_at(const char *path, char *data, size_t room)
{
    bool is_input = strcmp(path, "-") == 0;
    int file = is_input                ? STDIN_FILENO
               : file_is_regular(path) ? open(path, O_RDONLY | O_CLOEXEC)
                                       : -1;
    ssize_t len = file < 0 ? -1 : pread(file, data, room, 0);

    if (is_input)
        return len < 0 ? look_into_pipe(file, data, room) : len;
    if (file >= 0)
        (void)close(file);
    return len;
}

bool import_foreign_kind(const char *name, const char *data, size_t len, struct words *what)
{
    struct look look = {name, data, len};

    if (look.len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0) {
        look.data += 3;
        look.len -= 3;
    }
    for (; look.len && strchr(" \t\r\n", *look.data) && *look.data; look.len--)
        look.data++;
    for (size_t i = 0; look.len && !is_own(look) && i < ARRAY_SIZE(kinds); i++) {
        if (!is_kind(&kinds[i], look))
            continue;
        *what = kinds[i].what;
        return what->in[LANG_VI] != NULL;
    }
    return false;
}

bool import_refuse_foreign(struct import *im)
{
    const char *path = im->file->path;
    char data[IMPORT_LOOK_BYTES];
    ssize_t len = look_at(path, data, sizeof(data));
    struct words what;

    if (!import_foreign_kind(path, data, len > 0 ? (size_t)len : 0, &what))
        return false;
    im->is_refused = true;
    faults_add(im->faults, (struct place){path, 1, ""}, "%1$s%2$.0s", "%2$s%1$.0s",
               what.in[LANG_VI], what.in[LANG_EN]);
    return true;
}
