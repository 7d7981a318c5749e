/* Tables of responses: rows that are none, above all those of totals and signatures. */
#include "response_csv_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"

/* Below a table stand a few words, never a whole row. */
#define FOOTER_CELLS_MAX 4
#define LABEL_BYTES_MAX 200

/* With their marks: "Tổng công ty" is no total. Numbers may follow, or a noun behind some. */
static const struct total_word {
    const char *text;
    bool may_go_on;
} total_words[] = {
    {"tổng cộng", true},  {"tổng số", true},    {"tổng", false},    {"cộng", false},
    {"cộng chung", true}, {"tong cong", false}, {"tong so", false}, {"tong", false},
    {"cong", false},      {"total", false},     {"totals", false},  {"grand total", true},
    {"subtotal", true},   {"sub total", true},  {"sum", false},
};

/* Folded beginnings of what is written below a table. */
static const char *const signature_words[] = {
    "nguoi lap",
    "nguoi tong hop",
    "lap bieu",
    "nguoi kiem",
    "thu truong",
    "giam doc",
    "pho giam doc",
    "tong giam doc",
    "ke toan",
    "truong phong",
    "pho truong phong",
    "chu tich",
    "pho chu tich",
    "can bo",
    "ky ten",
    "ky ghi ro",
    "ky va ghi",
    "ky dong dau",
    "ky ho ten",
    "da ky",
    "dai dien",
    "noi nhan",
    "xac nhan",
    "tm ",
    "kt ",
    "tl ",
    "ghi chu",
    "prepared by",
    "approved by",
    "checked by",
    "signature",
    "signed",
    "note",
};

static bool begins_with_any(const char *text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return true;
    }
    return false;
}

/* Cheap, for nearly all cells begin otherwise, or are short. */
static bool may_be_total(const char *text, size_t len)
{
    return len >= 3 && len <= LABEL_BYTES_MAX && strchr("TtCcSsGg", *text) &&
           strchr("oOuUrR\xe1", text[1]);
}

/* Letters of a word at the beginning of a label, both normal; 0 if it begins otherwise. */
static size_t begins_with(const char *label, const char *word, struct arena *arena)
{
    const char *normal = text_identity(arena, word);
    size_t len = strlen(normal);

    return strncmp(label, normal, len) == 0 && (!label[len] || label[len] == ' ') ? len : 0;
}

static bool is_total(const char *text, size_t len, struct arena *arena)
{
    const char *label;

    if (!may_be_total(text, len))
        return false;
    label = text_identity(arena, text);
    for (size_t i = 0; i < ARRAY_SIZE(total_words); i++) {
        size_t begin = begins_with(label, total_words[i].text, arena);
        const char *rest = label + begin + (label[begin] == ' ');

        if (begin && (!*rest || (*rest >= '0' && *rest <= '9') || total_words[i].may_go_on))
            return true;
    }
    return false;
}

/* "Hải Phòng, ngày 01 tháng 9 năm 2026" */
static bool is_dated(const char *fold)
{
    return strstr(fold, "ngay") && strstr(fold, "thang") && strstr(fold, "nam");
}

static bool is_signature(const char *text, struct arena *arena)
{
    const char *fold;

    if (strlen(text) > LABEL_BYTES_MAX)
        return false;
    fold = text_fold(arena, text);
    return is_dated(fold) || begins_with_any(fold, signature_words, ARRAY_SIZE(signature_words));
}

/* ---- numbers of columns ---- */

#define COLUMN_NUMBERS_MIN 3

/* The number in "3", "(3)", "[3]" or "3."; -1: there is another text. */
static long column_number(const char *text)
{
    long number;
    char *end;

    text += strspn(text, " \t\r\n([");
    if (*text < '0' || *text > '9')
        return -1;
    number = strtol(text, &end, 10);
    return end[strspn(end, ")]. \t\r\n")] ? -1 : number;
}

/* The first columns may have letters: "A", "(B)". */
static bool is_column_letter(const char *text, size_t at)
{
    text += strspn(text, " \t\r\n([");
    return *text == 'A' + (char)at && !text[1 + strspn(text + 1, ")]. \t\r\n")];
}

bool response_csv_numbers_columns(const struct csv_row *row)
{
    size_t letters = 0, numbers = 0;

    while (letters < row->count && letters < 26 &&
           is_column_letter(row->fields[letters].text, letters))
        letters++;
    for (size_t i = letters; i < row->count; i++) {
        const char *text = row->fields[i].text;
        long number = column_number(text);

        if (!text[strspn(text, " \t\r\n")])
            continue;
        if (number != (long)(numbers + 1) && number != (long)(i + 1))
            return false;
        numbers++;
    }
    return letters + numbers >= COLUMN_NUMBERS_MIN;
}

/* The facts that tell which enterprise it is: no total has them. */
static bool says_who(const struct response_csv *csv, const struct column *column)
{
    static const enum fact_kind kinds[] = {FACT_TAX_CODE, FACT_CHOICE, FACT_AREA, FACT_SECTION,
                                           FACT_DATE};

    for (size_t i = 0; column->kind == COLUMN_FACT && i < ARRAY_SIZE(kinds); i++) {
        if (csv->facts->items[column->index].kind == kinds[i])
            return true;
    }
    return false;
}

static bool is_answer(const struct column *column)
{
    return column->kind == COLUMN_QUESTION || column->kind == COLUMN_SCALE_ROW;
}

/* What a row has. */
struct looks {
    size_t cells, who, answers;
    bool has_total;
};

static void look_at_cell(struct response_csv *csv, const struct column *column, struct looks *looks)
{
    const struct csv_field *field = &csv->row->fields[column->cell];

    if (!field->len)
        return;
    looks->cells++;
    looks->answers += is_answer(column);
    if (is_answer(column))
        return;
    if (is_total(field->text, field->len, &csv->row_arena))
        looks->has_total = true;
    else
        looks->who += says_who(csv, column);
}

/* Answers are looked at only where a row has little else: they are most of its cells. */
static struct looks look_at_row(struct response_csv *csv)
{
    struct looks looks = {.cells = 0};

    for (size_t i = 0; i < csv->count; i++) {
        if (!is_answer(&csv->columns[i]))
            look_at_cell(csv, &csv->columns[i], &looks);
    }
    for (size_t i = 0; i < csv->count && looks.cells <= FOOTER_CELLS_MAX; i++) {
        if (is_answer(&csv->columns[i]))
            look_at_cell(csv, &csv->columns[i], &looks);
    }
    return looks;
}

static bool has_signature(struct response_csv *csv)
{
    for (size_t i = 0; i < csv->row->count; i++) {
        const char *text = csv->row->fields[i].text;

        if (*text && is_signature(text, &csv->row_arena))
            return true;
    }
    return false;
}

enum row_role response_csv_role(struct response_csv *csv)
{
    enum row_role role = ROW_RESPONSE;
    struct looks looks;

    if (csv->row->count != csv->count)
        return role;
    looks = look_at_row(csv);
    if (looks.has_total)
        role = looks.who ? ROW_DOUBTFUL : ROW_FOOTER;
    else if (looks.cells <= FOOTER_CELLS_MAX && !looks.answers &&
             (has_signature(csv) || (csv->is_in_footer && !looks.who)))
        role = ROW_FOOTER; /* signatures, or the names below them */
    csv->is_in_footer |= role == ROW_FOOTER;
    return role;
}
