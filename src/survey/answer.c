/* Single answers: from JSON and from text. */
#include "survey/response.h"

#include <string.h>

#include "answer_text.h"
#include "base/array.h"
#include "base/text.h"
#include "base/text_clean.h"
#include "survey/typing.h"

/* What may be said about options, so that a person can mend the answer at once. */
#define OPTIONS_NAMED_MAX 12

static const char *option_list(const struct question *question, struct arena *arena)
{
    const char *list = "";

    for (size_t i = 0; i < question->option_count && i < OPTIONS_NAMED_MAX; i++)
        list = arena_printf(arena, "%s%s%s", list, i ? ", " : "", question->options[i].id);
    return question->option_count > OPTIONS_NAMED_MAX ? arena_printf(arena, "%s, ...", list) : list;
}

static bool refuse_option(const struct question *question, const char *id, struct place place,
                          struct faults *faults)
{
    if (answer_is_spreadsheet_day(id)) {
        faults_add(faults, place,
                   "câu %s: Excel đã đổi lựa chọn thành ngày '%s'; hãy định dạng cột là Văn bản "
                   "(Text) rồi ghi lại, chọn một trong: %s",
                   "question %s: Excel has changed the option into a day, '%s'; format the column "
                   "as Text and write it again, one of: %s",
                   question->id, id, option_list(question, faults->arena));
        return false;
    }
    faults_add(faults, place, "câu %s: không có lựa chọn '%s'; chọn một trong: %s",
               "question %s: there is no option '%s'; choose one of: %s", question->id, id,
               option_list(question, faults->arena));
    return false;
}

static bool refuse_shape(const struct question *question, struct place place, struct words need,
                         struct faults *faults)
{
    faults_add(faults, place, "câu %1$s: cần %2$s%3$.0s", "question %1$s: %3$s is needed%2$.0s",
               question->id, need.in[LANG_VI], need.in[LANG_EN]);
    return false;
}

/* The option whose id is written like the number. */
static const char *find_written(const struct question *question, const char *number)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (strcmp(question->options[i].id, number) == 0)
            return question->options[i].id;
    }
    return NULL;
}

/* The id that a JSON answer names: a text, a number equal to it, or true / false for yesno. */
static const char *id_of_json(const struct question *question, const struct json *json,
                              struct arena *arena)
{
    struct ratio number;
    struct buf text;
    const char *id;
    size_t at;

    if (json->type == JSON_STRING)
        return json->text;
    if (json->type == JSON_BOOL && question->type == QUESTION_YESNO)
        return json->truth ? "yes" : "no";
    if (json->type != JSON_NUMBER)
        return NULL;
    id = find_written(question, json->text); /* nearly all are, and nothing is computed */
    if (id)
        return id;
    if (!json_ratio(json, false, &number))
        return NULL;
    at = option_numbered(question, number);
    if (at != MAP_NONE)
        return question->options[at].id;
    buf_init(&text, 200);
    ratio_print_exact(&text, number);
    id = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return id;
}

static bool set_option(const struct question *question, const char *id, struct place place,
                       struct faults *faults, unsigned *option)
{
    size_t at = question_find_option(question, id);

    if (at == MAP_NONE)
        return refuse_option(question, id, place, faults);
    *option = (unsigned)at;
    return true;
}

/* The same; its place is looked for only where it is needed. */
static bool set_option_json(const struct question *question, const char *id,
                            const struct json *json, struct faults *faults, unsigned *option)
{
    size_t at = question_find_option(question, id);

    if (at == MAP_NONE)
        return refuse_option(question, id, json_place(json, faults), faults);
    *option = (unsigned)at;
    return true;
}

static const struct words need_option = {{"id của một lựa chọn", "the id of an option"}};
static const struct words need_list = {{"một mảng các id", "an array of ids"}};
static const struct words need_rows = {{"một đối tượng dòng: cột", "an object row: column"}};
static const struct words need_number = {{"một số", "a number"}};
static const struct words need_text = {{"một văn bản", "a text"}};
static const struct words need_reason = {
    {"lý do không áp dụng: {\"na\": \"...\"}", "the reason for not applicable: {\"na\": \"...\"}"}};
static const struct words need_day = {
    {"một ngày có thật dạng YYYY-MM-DD", "a real day of the form YYYY-MM-DD"}};

/* An exclusive tick ("none of these") that does not stand alone; NULL. */
static const struct option *broken_exclusive(const struct question *question, uint64_t ticks)
{
    for (size_t i = 0; i < question->option_count; i++) {
        uint64_t bit = UINT64_C(1) << i;

        if (question->options[i].is_exclusive && (ticks & bit) && ticks != bit)
            return &question->options[i];
    }
    return NULL;
}

static bool check_exclusive(const struct question *question, uint64_t ticks, struct place place,
                            struct faults *faults)
{
    const struct option *broken = broken_exclusive(question, ticks);

    if (broken)
        faults_add(faults, place, "câu %1$s: đã chọn \"%2$s\" thì bỏ các mục khác%3$.0s",
                   "question %1$s: \"%3$s\" excludes all others%2$.0s", question->id,
                   broken->text.in[LANG_VI], broken->text.in[LANG_EN]);
    return !broken;
}

static bool tick(const struct question *question, const char *id, struct place place,
                 struct faults *faults, uint64_t *ticks)
{
    unsigned option = 0;

    if (!set_option(question, id, place, faults, &option))
        return false;
    if (*ticks >> option & 1) {
        faults_add(faults, place, "câu %s: lựa chọn '%s' được nêu hai lần",
                   "question %s: the option '%s' is named twice", question->id, id);
        return false;
    }
    *ticks |= UINT64_C(1) << option;
    return true;
}

static bool read_ticks(const struct question *question, const struct json *json,
                       struct arena *arena, struct faults *faults, struct answer *answer)
{
    if (json->type != JSON_ARRAY)
        return refuse_shape(question, json_place(json, faults), need_list, faults);
    for (size_t i = 0; i < json->count; i++) {
        struct place place = json_place(&json->items[i], faults);
        const char *id = id_of_json(question, &json->items[i], arena);

        if (!id)
            return refuse_shape(question, place, need_option, faults);
        if (!tick(question, id, place, faults, &answer->ticks))
            return false;
    }
    return check_exclusive(question, answer->ticks, json_place(json, faults), faults);
}

static bool refuse_twice(const struct question *question, size_t row, struct place place,
                         struct faults *faults)
{
    faults_add(faults, place, "câu %s, dòng %s: được trả lời hai lần",
               "question %s, row %s: is answered twice", question->id, question->rows[row].id);
    return false;
}

static bool set_row(const struct question *question, const char *row, const char *column,
                    struct place place, struct faults *faults, unsigned char *columns)
{
    size_t at = question_find_row(question, row);
    unsigned option = 0;

    if (at == MAP_NONE) {
        faults_add(faults, place, "câu %s: không có dòng '%s'", "question %s: there is no row '%s'",
                   question->id, row);
        return false;
    }
    if (columns[at] != COLUMN_NONE)
        return refuse_twice(question, at, place, faults);
    if (!set_option(question, column, place, faults, &option))
        return false;
    columns[at] = (unsigned char)option;
    return true;
}

static unsigned char *new_columns(const struct question *question, struct arena *arena)
{
    unsigned char *columns = ARENA_ARRAY(arena, unsigned char, question->row_count);

    memset(columns, COLUMN_NONE, question->row_count);
    return columns;
}

static bool read_rows(const struct question *question, const struct json *json, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);

    if (json->type != JSON_OBJECT)
        return refuse_shape(question, json_place(json, faults), need_rows, faults);
    for (size_t i = 0; i < json->count; i++) {
        struct place place = json_place(&json->items[i], faults);
        const char *column = id_of_json(question, &json->items[i], arena);

        if (!column)
            return refuse_shape(question, place, need_option, faults);
        if (!set_row(question, json->items[i].key, column, place, faults, columns))
            return false;
    }
    answer->columns = columns;
    return true;
}

static void print_bound(struct buf *text, struct ratio bound, const char *open)
{
    if (ratio_is_valid(bound))
        ratio_print_exact(text, bound);
    else
        buf_puts(text, open);
}

static bool is_within(const struct question *question, struct ratio number)
{
    bool is_low = ratio_is_valid(question->min_value) && ratio_cmp(number, question->min_value) < 0;
    bool is_high =
        ratio_is_valid(question->max_value) && ratio_cmp(number, question->max_value) > 0;

    return !is_low && !is_high;
}

static bool set_number(const struct question *question, struct ratio number, struct place place,
                       struct faults *faults, struct answer *answer)
{
    struct buf low, high;

    answer->number = number;
    if (is_within(question, number))
        return true;
    buf_init(&low, 100);
    buf_init(&high, 100);
    print_bound(&low, question->min_value, "-∞");
    print_bound(&high, question->max_value, "∞");
    faults_add(faults, place, "câu %s: cần một số từ %s đến %s",
               "question %s: a number from %s to %s is needed", question->id, buf_text(&low),
               buf_text(&high));
    buf_free(&low);
    buf_free(&high);
    return false;
}

/* Damaged on its way; said with the remedy. */
static bool is_sound(const struct question *question, const char *text, struct place place,
                     struct faults *faults)
{
    enum text_fault found = text_find_fault(text, strlen(text));
    struct words why = text_fault_words(found);

    if (found != TEXT_SOUND)
        faults_add(faults, place, "câu %1$s: %2$s%3$.0s", "question %1$s: %3$s%2$.0s", question->id,
                   why.in[LANG_VI], why.in[LANG_EN]);
    return found == TEXT_SOUND;
}

static bool set_text(const struct question *question, const char *text, struct place place,
                     struct faults *faults, struct answer *answer)
{
    if (!is_sound(question, text, place, faults))
        return false;
    if (text_chars(text) > ANSWER_TEXT_CHARS_MAX) {
        faults_add(faults, place, "câu %s: văn bản dài quá %d ký tự",
                   "question %s: the text is longer than %d characters", question->id,
                   ANSWER_TEXT_CHARS_MAX);
        return false;
    }
    answer->text = text;
    return true;
}

/* {"na": "reason"}; true if the answer is of that form (fine or not). */
static bool is_na(const struct json *json)
{
    return json->type == JSON_OBJECT && json->count == 1 && strcmp(json->items[0].key, "na") == 0;
}

static bool set_na(const struct question *question, const char *reason, struct place place,
                   struct faults *faults, struct answer *answer)
{
    if (!question->may_be_na) {
        faults_add(faults, place, "câu %s không cho phép trả lời 'không áp dụng'",
                   "question %s does not allow 'not applicable'", question->id);
        return false;
    }
    if (!reason || !reason[strspn(reason, " \t\r\n")])
        return refuse_shape(question, place, need_reason, faults);
    answer->state = ANSWER_NA;
    return set_text(question, reason, place, faults, answer);
}

static bool read_plain(const struct question *question, const struct json *json,
                       struct faults *faults, struct answer *answer)
{
    struct place place = json_place(json, faults);
    struct ratio number;
    day d;

    if (question->type == QUESTION_NUMBER) {
        if (!json_ratio(json, false, &number))
            return refuse_shape(question, place, need_number, faults);
        return set_number(question, number, place, faults, answer);
    }
    if (json->type != JSON_STRING)
        return refuse_shape(question, place, need_text, faults);
    if (question->type == QUESTION_DATE && !day_parse_iso(json->text, json->len, &d))
        return refuse_shape(question, place, need_day, faults);
    return set_text(question, json->text, place, faults, answer);
}

/* Nearly all are the id of an option: nothing else is asked of it. */
static bool is_ordinary(const struct question *question, const char *text)
{
    return question_find_option(question, text) != MAP_NONE;
}

static bool read_json(const struct question *question, const struct json *json, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    const char *id;

    if (is_na(json) && (question->may_be_na || question->type != QUESTION_SCALE))
        return set_na(question, json_text(json, "na"), json_place(json, faults), faults, answer);
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        id = id_of_json(question, json, arena);
        if (!id)
            return refuse_shape(question, json_place(json, faults), need_option, faults);
        return set_option_json(question, id, json, faults, &answer->option);
    case QUESTION_MULTIPLE:
        return read_ticks(question, json, arena, faults, answer);
    case QUESTION_SCALE:
        return read_rows(question, json, arena, faults, answer);
    default:
        return read_plain(question, json, faults, answer);
    }
}

/* White space around a text is no part of it, and nothing else is no answer. */
static bool tidy(struct answer *answer, bool is_read, struct arena *arena)
{
    if (!is_read || !answer->text)
        return is_read;
    answer->text = answer_text_trimmed(arena, answer->text);
    if (!*answer->text)
        *answer = (struct answer){.state = ANSWER_NONE};
    return true;
}

bool answer_read_json(const struct question *question, const struct json *json, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    *answer = (struct answer){.state = ANSWER_GIVEN};
    if (json->type == JSON_STRING && !is_ordinary(question, json->text) &&
        answer_text_refuse_na(question, json->text, json_place(json, faults), arena, faults))
        return false;
    return tidy(answer, read_json(question, json, arena, faults, answer), arena);
}

bool answer_is_allowed(const struct question *question, const struct answer *answer)
{
    if (answer->state == ANSWER_NA)
        return question->may_be_na;
    if (question->type == QUESTION_NUMBER)
        return is_within(question, answer->number);
    return question->type != QUESTION_MULTIPLE || !broken_exclusive(question, answer->ticks);
}

/* ---- from text: CSV cells and forms ---- */

static const char list_separators[] = ", ;|";

static bool set_option_text(const struct question *question, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, unsigned *option)
{
    size_t at = option_written(question, text, arena);

    if (at == MAP_NONE)
        return refuse_option(question, text, place, faults);
    *option = (unsigned)at;
    return true;
}

/* True if the words are ids, one and all. */
static bool are_ids(const struct question *question, const char *text, struct arena *arena)
{
    while (*(text += strspn(text, list_separators))) {
        size_t len = strcspn(text, list_separators);
        const char *id = option_typed_id(question, arena_strndup(arena, text, len));

        if (question_find_option(question, id) == MAP_NONE)
            return false;
        text += len;
    }
    return true;
}

static bool read_ticks_text(const struct question *question, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, struct answer *answer)
{
    if (!are_ids(question, text, arena) && options_labelled(question, text, arena, &answer->ticks))
        return check_exclusive(question, answer->ticks, place, faults);
    while (*(text += strspn(text, list_separators))) {
        size_t len = strcspn(text, list_separators);

        const char *id = option_typed_id(question, arena_strndup(arena, text, len));

        if (!tick(question, id, place, faults, &answer->ticks))
            return false;
        text += len;
    }
    return check_exclusive(question, answer->ticks, place, faults);
}

static size_t word_count(const char *text)
{
    size_t count = 0;

    for (; *(text += strspn(text, list_separators)); count++)
        text += strcspn(text, list_separators);
    return count;
}

/* "0 3 5 -": a column for each row, in their order; "-" leaves a row open. */
static bool read_all_rows(const struct question *question, const char *text, struct place place,
                          struct arena *arena, struct faults *faults, struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);

    for (size_t i = 0; i < question->row_count; i++) {
        size_t len;
        const char *word;

        text += strspn(text, list_separators);
        len = strcspn(text, list_separators);
        word = arena_strndup(arena, text, len);
        text += len;
        if (strcmp(word, "-") != 0 &&
            !set_row(question, question->rows[i].id, option_typed_id(question, word), place, faults,
                     columns))
            return false;
    }
    answer->columns = columns;
    return true;
}

static bool read_rows_text(const struct question *question, const char *text, struct place place,
                           struct arena *arena, struct faults *faults, struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);

    if (!strchr(text, '=') && word_count(text) == question->row_count)
        return read_all_rows(question, text, place, arena, faults, answer);
    while (*(text += strspn(text, list_separators))) {
        size_t len = strcspn(text, list_separators);
        char *pair = arena_strndup(arena, text, len);
        char *equals = strchr(pair, '=');

        if (!equals)
            return refuse_shape(question, place, need_rows, faults);
        *equals = '\0';
        if (!set_row(question, pair, option_typed_id(question, equals + 1), place, faults, columns))
            return false;
        text += len;
    }
    answer->columns = columns;
    return true;
}

static bool read_number_text(const struct question *question, const char *text,
                             const struct number_form *form, struct place place,
                             struct faults *faults, struct answer *answer)
{
    struct ratio number;

    switch (number_read_typed(text, form, &number)) {
    case NUMBER_READ:
        return set_number(question, number, place, faults, answer);
    case NUMBER_UNCLEAR:
        faults_add(faults, place, "câu %s: '%s' " NUMBER_UNCLEAR_VI,
                   "question %s: '%s' " NUMBER_UNCLEAR_EN, question->id, text);
        return false;
    default:
        return refuse_shape(question, place, need_number, faults);
    }
}

static bool read_plain_text(const struct question *question, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, struct answer *answer)
{
    day d;

    if (question->type == QUESTION_DATE) {
        if (!day_parse_typed(text, strlen(text), &d))
            return refuse_shape(question, place, need_day, faults);
        text = value_day(arena, d).text;
    }
    return set_text(question, text, place, faults, answer);
}

static bool read_text(const struct question *question, const char *text,
                      const struct number_form *form, struct place place, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    if (answer_text_is_na(question, text))
        return set_na(question, answer_text_trimmed(arena, text + strlen(ANSWER_NA_PREFIX)), place,
                      faults, answer);
    text = answer_text_unmarked(question, text);
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return set_option_text(question, text, place, arena, faults, &answer->option);
    case QUESTION_NUMBER:
        return read_number_text(question, text, form, place, faults, answer);
    case QUESTION_MULTIPLE:
        return read_ticks_text(question, text, place, arena, faults, answer);
    case QUESTION_SCALE:
        return read_rows_text(question, text, place, arena, faults, answer);
    default:
        return read_plain_text(question, text, place, arena, faults, answer);
    }
}

bool answer_read_cell(const struct question *question, const char *text,
                      const struct number_form *form, struct place place, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    *answer = (struct answer){.state = ANSWER_NONE};
    if (!*text)
        return true;
    if (!is_sound(question, text, place, faults))
        return false;
    answer->state = ANSWER_GIVEN;
    if (!is_ordinary(question, text) && answer_text_refuse_na(question, text, place, arena, faults))
        return false;
    return tidy(answer, read_text(question, text, form, place, arena, faults, answer), arena);
}

bool answer_read_text(const struct question *question, const char *text, struct place place,
                      struct arena *arena, struct faults *faults, struct answer *answer)
{
    struct number_form form;

    (void)question_number_form(question, &form);
    return answer_read_cell(question, text, &form, place, arena, faults, answer);
}

bool answer_read_row_text(const struct question *question, size_t row, const char *text,
                          struct place place, struct arena *arena, struct faults *faults,
                          struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);
    unsigned option = 0;

    if (!*text)
        return true;
    if (answer->state == ANSWER_NA ||
        (answer->state == ANSWER_GIVEN && answer->columns[row] != COLUMN_NONE))
        return refuse_twice(question, row, place, faults);
    if (answer->state == ANSWER_GIVEN)
        memcpy(columns, answer->columns, question->row_count);
    answer->state = ANSWER_GIVEN;
    answer->columns = columns;
    if (!is_sound(question, text, place, faults) ||
        !set_option_text(question, text, place, arena, faults, &option))
        return false;
    columns[row] = (unsigned char)option;
    return true;
}
