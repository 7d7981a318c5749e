/* Ids of a questionnaire as names of columns, which nothing else may have. */
#include "survey/questionnaire.h"

#include <string.h>

#include "survey/response_columns.h"
#include "survey/response_csv.h"

enum name_owner { OWNER_COLUMN, OWNER_FACT, OWNER_QUESTION, OWNER_ROW, OWNER_DATE, OWNER__MAX };

static const struct words owner_words[OWNER__MAX] = {
    [OWNER_COLUMN] = {{"cột", "the column"}},
    [OWNER_FACT] = {{"dữ kiện", "the fact"}},
    [OWNER_QUESTION] = {{"câu hỏi", "the question"}},
    [OWNER_ROW] = {{"cột của dòng", "the column of the row"}},
    [OWNER_DATE] = {{"ô ngày, tháng, năm", "the field for day, month or year"}},
};

struct name {
    enum name_owner owner;
    const char *text;
};

struct names {
    struct arena *arena;
    struct faults *faults;
    struct map taken; /* in small letters: index of `items` */
    struct name *items;
    size_t count;
};

/* Ids are plain letters: people type them in capitals, and spreadsheets change them. */
static const char *small_letters(struct arena *arena, const char *text)
{
    char *small = arena_strdup(arena, text);

    for (char *at = small; *at; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return small;
}

/* `json` is where it is said if the name is taken; NULL for what no file gives. */
static void take(struct names *names, enum name_owner owner, const char *text,
                 const struct json *json)
{
    const char *small = small_letters(names->arena, text);
    size_t other = map_put(&names->taken, small, strlen(small), names->count);
    const struct name *first = other == MAP_NONE ? NULL : &names->items[other];

    names->items[names->count++] = (struct name){owner, text};
    if (first && json)
        faults_add(names->faults, json_place(json, names->faults),
                   "'%1$s' trùng với %2$s '%4$s'%3$.0s (không kể chữ hoa, chữ thường), nên một "
                   "bảng dữ liệu có hai cột cùng tên; hãy đặt id khác",
                   "'%1$s' is the name of %3$s '%4$s'%2$.0s, too (capitals aside), so that a table "
                   "has two columns of one name; choose another id",
                   text, owner_words[first->owner].in[LANG_VI],
                   owner_words[first->owner].in[LANG_EN], first->text);
}

static void take_outer(struct names *names, const struct rule_schema *facts)
{
    for (size_t i = 0; i < RESPONSE_SPECIAL_PARTS; i++)
        take(names, OWNER_COLUMN, response_special_ids[i], NULL);
    take(names, OWNER_COLUMN, RESPONSE_CSV_REASON, NULL);
    for (size_t i = 0; facts && i < facts->count; i++)
        take(names, OWNER_FACT, facts->facts[i].name, NULL);
}

static void take_parts(struct names *names, const struct question *question)
{
    static const char *const date_parts[] = {"d", "m", "y"}; /* fields of the form */

    for (size_t i = 0; i < question->row_count; i++)
        take(names, OWNER_ROW,
             arena_printf(names->arena, "%s.%s", question->id, question->rows[i].id),
             question->json);
    for (size_t i = 0; question->type == QUESTION_DATE && i < 3; i++)
        take(names, OWNER_DATE, arena_printf(names->arena, "%s.%s", question->id, date_parts[i]),
             question->json);
}

static void refuse_computed(struct names *names, const struct question *question)
{
    size_t len = strlen(RESPONSE_CSV_COMPUTED);

    if (strncmp(small_letters(names->arena, question->id), RESPONSE_CSV_COMPUTED, len) == 0)
        faults_add(names->faults, json_place(question->json, names->faults),
                   "'%s': cột có tên bắt đầu bằng '%s' dành cho kết quả do phần mềm tính; hãy đặt "
                   "id khác",
                   "'%s': columns whose names begin with '%s' are for results that the program "
                   "computes; choose another id",
                   question->id, RESPONSE_CSV_COMPUTED);
}

/* A scale that was answered in the row "na" alone would read as "not applicable". */
static void refuse_row_na(struct names *names, const struct question *question)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (strcmp(question->rows[i].id, "na") == 0)
            faults_add(names->faults, json_place(question->json, names->faults),
                       "dòng 'na' của câu '%s' trùng với cách ghi 'không áp dụng'; hãy đặt id khác",
                       "the row 'na' of question '%s' is how 'not applicable' is written; choose "
                       "another id",
                       question->id);
    }
}

static void check_case(struct names *names, const struct question *question, const char *a,
                       const char *b)
{
    if (strcmp(small_letters(names->arena, a), small_letters(names->arena, b)) == 0)
        faults_add(names->faults, json_place(question->json, names->faults),
                   "câu '%s': hai id '%s' và '%s' chỉ khác nhau ở chữ hoa, chữ thường",
                   "question '%s': the ids '%s' and '%s' differ in capitals only", question->id, a,
                   b);
}

static void check_options(struct names *names, const struct question *question)
{
    for (size_t i = 1; i < question->option_count; i++) {
        for (size_t j = 0; j < i; j++)
            check_case(names, question, question->options[j].id, question->options[i].id);
    }
}

static size_t most_names(const struct questionnaire *q)
{
    size_t facts = q->fact_schema ? q->fact_schema->count : 0;
    size_t count = RESPONSE_SPECIAL_PARTS + 1 + facts + 4 * q->question_count;

    for (size_t i = 0; i < q->question_count; i++)
        count += q->questions[i].row_count;
    return count;
}

void questionnaire_check_ids(struct arena *arena, const struct questionnaire *q,
                             struct faults *faults)
{
    struct names names = {.arena = arena,
                          .faults = faults,
                          .items = ARENA_ARRAY(arena, struct name, most_names(q))};

    map_init(&names.taken, arena);
    take_outer(&names, q->fact_schema);
    for (size_t i = 0; i < q->question_count; i++) {
        take(&names, OWNER_QUESTION, q->questions[i].id, q->questions[i].json);
        refuse_computed(&names, &q->questions[i]);
    }
    for (size_t i = 0; i < q->question_count; i++) {
        take_parts(&names, &q->questions[i]);
        refuse_row_na(&names, &q->questions[i]);
        check_options(&names, &q->questions[i]);
    }
}
