/* Single answers: from JSON, from text, and back. */
#include "survey/response.h"

#include <string.h>

#include "base/text.h"

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

/* The id that a JSON answer names: a text, a number equal to it, or true / false for yesno. */
static const char *id_of_json(const struct question *question, const struct json *json,
                              struct arena *arena)
{
    struct ratio number;
    struct buf text;
    const char *id;

    if (json->type == JSON_STRING)
        return json->text;
    if (json->type == JSON_BOOL && question->type == QUESTION_YESNO)
        return json->truth ? "yes" : "no";
    if (json->type != JSON_NUMBER || !json_ratio(json, false, &number))
        return NULL;
    buf_init(&text, 200);
    ratio_print_exact(&text, number); /* 3.0 means option "3" */
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

static const struct words need_option = {{"id của một lựa chọn", "the id of an option"}};
static const struct words need_list = {{"một mảng các id", "an array of ids"}};
static const struct words need_rows = {{"một đối tượng dòng: cột", "an object row: column"}};
static const struct words need_number = {{"một số", "a number"}};
static const struct words need_text = {{"một văn bản", "a text"}};
static const struct words need_reason = {
    {"lý do không áp dụng: {\"na\": \"...\"}", "the reason for not applicable: {\"na\": \"...\"}"}};
static const struct words need_day = {
    {"một ngày có thật dạng YYYY-MM-DD", "a real day of the form YYYY-MM-DD"}};

/* An exclusive tick ("none of these") stands alone. */
static bool check_exclusive(const struct question *question, uint64_t ticks, struct place place,
                            struct faults *faults)
{
    for (size_t i = 0; i < question->option_count; i++) {
        uint64_t bit = UINT64_C(1) << i;

        if (!question->options[i].is_exclusive || !(ticks & bit) || ticks == bit)
            continue;
        faults_add(faults, place, "câu %s: lựa chọn '%s' phải đứng một mình",
                   "question %s: the option '%s' excludes all others", question->id,
                   question->options[i].id);
        return false;
    }
    return true;
}

static bool tick(const struct question *question, const char *id, struct place place,
                 struct faults *faults, uint64_t *ticks)
{
    unsigned option;

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

static size_t find_row(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->row_count; i++) {
        if (strcmp(question->rows[i].id, id) == 0)
            return i;
    }
    return MAP_NONE;
}

static bool set_row(const struct question *question, const char *row, const char *column,
                    struct place place, struct faults *faults, unsigned char *columns)
{
    size_t at = find_row(question, row);
    unsigned option;

    if (at == MAP_NONE) {
        faults_add(faults, place, "câu %s: không có dòng '%s'", "question %s: there is no row '%s'",
                   question->id, row);
        return false;
    }
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

static bool set_number(const struct question *question, struct ratio number, struct place place,
                       struct faults *faults, struct answer *answer)
{
    bool is_low = ratio_is_valid(question->min_value) && ratio_cmp(number, question->min_value) < 0;
    bool is_high =
        ratio_is_valid(question->max_value) && ratio_cmp(number, question->max_value) > 0;
    struct buf low, high;

    answer->number = number;
    if (!is_low && !is_high)
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

static bool set_text(const struct question *question, const char *text, struct place place,
                     struct faults *faults, struct answer *answer)
{
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
    if (!reason || !*reason)
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

bool answer_read_json(const struct question *question, const struct json *json, struct arena *arena,
                      struct faults *faults, struct answer *answer)
{
    const char *id;

    *answer = (struct answer){.state = ANSWER_GIVEN};
    if (is_na(json) && (question->may_be_na || question->type != QUESTION_SCALE))
        return set_na(question, json_text(json, "na"), json_place(json, faults), faults, answer);
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        id = id_of_json(question, json, arena);
        if (!id)
            return refuse_shape(question, json_place(json, faults), need_option, faults);
        return set_option(question, id, json_place(json, faults), faults, &answer->option);
    case QUESTION_MULTIPLE:
        return read_ticks(question, json, arena, faults, answer);
    case QUESTION_SCALE:
        return read_rows(question, json, arena, faults, answer);
    default:
        return read_plain(question, json, faults, answer);
    }
}

/* ---- from text: CSV cells and forms ---- */

static const char list_separators[] = ", ;|";

static bool read_ticks_text(const struct question *question, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, struct answer *answer)
{
    while (*(text += strspn(text, list_separators))) {
        size_t len = strcspn(text, list_separators);

        if (!tick(question, arena_strndup(arena, text, len), place, faults, &answer->ticks))
            return false;
        text += len;
    }
    return check_exclusive(question, answer->ticks, place, faults);
}

static bool read_rows_text(const struct question *question, const char *text, struct place place,
                           struct arena *arena, struct faults *faults, struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);

    while (*(text += strspn(text, list_separators))) {
        size_t len = strcspn(text, list_separators);
        char *pair = arena_strndup(arena, text, len);
        char *equals = strchr(pair, '=');

        if (!equals)
            return refuse_shape(question, place, need_rows, faults);
        *equals = '\0';
        if (!set_row(question, pair, equals + 1, place, faults, columns))
            return false;
        text += len;
    }
    answer->columns = columns;
    return true;
}

static bool read_plain_text(const struct question *question, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, struct answer *answer)
{
    struct ratio number;
    day d;

    if (question->type == QUESTION_NUMBER) {
        if (!number_parse_typed(text, false, &number))
            return refuse_shape(question, place, need_number, faults);
        return set_number(question, number, place, faults, answer);
    }
    if (question->type == QUESTION_DATE) {
        if (!day_parse_typed(text, strlen(text), &d))
            return refuse_shape(question, place, need_day, faults);
        text = value_day(arena, d).text;
    }
    return set_text(question, text, place, faults, answer);
}

/* "có" and the like for a yes/no question whose options are "yes" and "no". */
static const char *yesno_id(const char *text, struct arena *arena)
{
    const char *folded = text_fold(arena, text);

    if (strcmp(folded, "co") == 0 || strcmp(folded, "true") == 0)
        return "yes";
    if (strcmp(folded, "khong") == 0 || strcmp(folded, "false") == 0)
        return "no";
    return text;
}

bool answer_read_text(const struct question *question, const char *text, struct place place,
                      struct arena *arena, struct faults *faults, struct answer *answer)
{
    *answer = (struct answer){.state = ANSWER_NONE};
    if (!*text)
        return true;
    answer->state = ANSWER_GIVEN;
    if (strncmp(text, "na:", 3) == 0)
        return set_na(question, text + 3 + strspn(text + 3, " "), place, faults, answer);
    switch (question->type) {
    case QUESTION_SINGLE:
        return set_option(question, text, place, faults, &answer->option);
    case QUESTION_YESNO:
        return set_option(question, yesno_id(text, arena), place, faults, &answer->option);
    case QUESTION_MULTIPLE:
        return read_ticks_text(question, text, place, arena, faults, answer);
    case QUESTION_SCALE:
        return read_rows_text(question, text, place, arena, faults, answer);
    default:
        return read_plain_text(question, text, place, arena, faults, answer);
    }
}

bool answer_read_row_text(const struct question *question, size_t row, const char *text,
                          struct place place, struct arena *arena, struct faults *faults,
                          struct answer *answer)
{
    unsigned char *columns = new_columns(question, arena);

    if (!*text)
        return true;
    if (answer->state == ANSWER_NA ||
        (answer->state == ANSWER_GIVEN && answer->columns[row] != COLUMN_NONE)) {
        faults_add(faults, place, "câu %s, dòng %s: được trả lời hai lần",
                   "question %s, row %s: is answered twice", question->id, question->rows[row].id);
        return false;
    }
    if (answer->state == ANSWER_GIVEN)
        memcpy(columns, answer->columns, question->row_count);
    answer->state = ANSWER_GIVEN;
    answer->columns = columns;
    return set_row(question, question->rows[row].id, text, place, faults, columns);
}

/* ---- back: as a document, and in words ---- */

static void write_rows(struct json_writer *w, const struct question *question,
                       const struct answer *answer)
{
    json_begin_object(w);
    for (size_t i = 0; i < question->row_count; i++) {
        if (answer->columns[i] != COLUMN_NONE)
            json_member_string(w, question->rows[i].id, question->options[answer->columns[i]].id);
    }
    json_end_object(w);
}

static void write_answer(struct json_writer *w, const struct question *question,
                         const struct answer *answer)
{
    struct value number;

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        json_string(w, question->options[answer->option].id);
        break;
    case QUESTION_MULTIPLE:
        json_begin_array(w);
        for (size_t i = 0; i < question->option_count; i++) {
            if (answer->ticks >> i & 1)
                json_string(w, question->options[i].id);
        }
        json_end_array(w);
        break;
    case QUESTION_SCALE:
        write_rows(w, question, answer);
        break;
    case QUESTION_NUMBER:
        number = value_number(answer->number);
        value_write(w, &number);
        break;
    default:
        json_string(w, answer->text);
    }
}

void response_write_answers(struct json_writer *w, const struct response *response)
{
    json_begin_object(w);
    for (size_t i = 0; i < response->questionnaire->question_count; i++) {
        const struct question *question = &response->questionnaire->questions[i];
        const struct answer *answer = &response->answers[i];

        if (answer->state == ANSWER_NONE)
            continue;
        json_key(w, question->id);
        if (answer->state == ANSWER_NA) {
            json_begin_object(w);
            json_member_string(w, "na", answer->text);
            json_end_object(w);
        } else {
            write_answer(w, question, answer);
        }
    }
    json_end_object(w);
}

/* Facts "plans.x" go into a nested object, as they came. */
static void write_facts(struct json_writer *w, const struct response *response)
{
    const char *open = "";
    size_t open_len = 0;

    json_begin_object(w);
    for (size_t i = 0; i < response->facts->count; i++) {
        const struct fact *fact = &response->facts->items[i];
        const char *point = strchr(fact->id, '.');
        size_t len = point ? (size_t)(point - fact->id) : 0;

        if (fact->is_derived || response->values[i].kind == VALUE_UNKNOWN)
            continue;
        if (open_len && (len != open_len || strncmp(open, fact->id, len) != 0)) {
            json_end_object(w);
            open_len = 0;
        }
        if (point && !open_len) {
            open = fact->id;
            open_len = len;
            json_key_part(w, fact->id, len);
            json_begin_object(w);
        }
        json_key(w, point ? point + 1 : fact->id);
        value_write(w, &response->values[i]);
    }
    if (open_len)
        json_end_object(w);
    json_end_object(w);
}

void response_write(struct json_writer *w, const struct response *response)
{
    json_begin_object(w);
    response_write_members(w, response);
    json_end_object(w);
}

void response_write_members(struct json_writer *w, const struct response *response)
{
    struct buf submitted;

    json_member_string(w, "kind", "response");
    json_member_string(w, "questionnaire", response->questionnaire->ref);
    if (response->round)
        json_member_string(w, "round", response->round);
    if (response->submitted_on != DAY_NONE) {
        buf_init(&submitted, 32);
        day_print_iso(&submitted, response->submitted_on);
        json_member_string(w, "submitted_on", buf_text(&submitted));
        buf_free(&submitted);
    }
    if (ratio_is_valid(response->minutes)) {
        struct value minutes = value_number(response->minutes);

        json_key(w, "minutes");
        value_write(w, &minutes);
    }
    json_key(w, "enterprise");
    write_facts(w, response);
    json_key(w, "answers");
    response_write_answers(w, response);
}

static const char *join_ticks(const struct question *question, uint64_t ticks, enum lang lang,
                              struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < question->option_count; i++) {
        if (ticks >> i & 1)
            text = arena_printf(arena, "%s%s%s", text, *text ? "; " : "",
                                question->options[i].text.in[lang]);
    }
    return text;
}

static const char *join_rows(const struct question *question, const unsigned char *columns,
                             enum lang lang, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < question->row_count; i++) {
        if (columns[i] != COLUMN_NONE)
            text = arena_printf(arena, "%s%s%s: %s", text, *text ? "; " : "",
                                question->rows[i].text.in[lang],
                                question->options[columns[i]].text.in[lang]);
    }
    return text;
}

static const char *number_with_unit(const struct question *question, struct ratio number,
                                    enum lang lang, struct arena *arena)
{
    struct buf text;
    const char *copy;

    buf_init(&text, 200);
    text_number_short(&text, number, 4, lang);
    if (question->unit.in[lang])
        buf_printf(&text, " %s", question->unit.in[lang]);
    copy = arena_strdup(arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

const char *answer_print(const struct question *question, const struct answer *answer,
                         enum lang lang, struct arena *arena)
{
    static const struct words na = {{"Không áp dụng", "Not applicable"}};

    if (answer->state == ANSWER_NONE)
        return "";
    if (answer->state == ANSWER_NA)
        return arena_printf(arena, "%s: %s", na.in[lang], answer->text);
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        return question->options[answer->option].text.in[lang];
    case QUESTION_MULTIPLE:
        return join_ticks(question, answer->ticks, lang, arena);
    case QUESTION_SCALE:
        return join_rows(question, answer->columns, lang, arena);
    case QUESTION_NUMBER:
        return number_with_unit(question, answer->number, lang, arena);
    default:
        return answer->text;
    }
}
