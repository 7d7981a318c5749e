/* Answers in words: the white space around them, and what looks like "not applicable". */
#include "answer_text.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/text.h"
#include "survey/response.h"

static const char blanks[] = " \t\r\n";

const char *answer_text_trimmed(struct arena *arena, const char *text)
{
    size_t len;

    text += strspn(text, blanks);
    len = strlen(text);
    if (!len || !strchr(blanks, text[len - 1]))
        return text;
    while (len && strchr(blanks, text[len - 1]))
        len--;
    return arena_strndup(arena, text, len);
}

bool answer_text_needs_mark(const char *text)
{
    return strncmp(text + strspn(text, "'"), ANSWER_NA_PREFIX, strlen(ANSWER_NA_PREFIX)) == 0;
}

static bool is_free_text(const struct question *question)
{
    return question->type == QUESTION_TEXT || question->type == QUESTION_FILE;
}

const char *answer_text_unmarked(const struct question *question, const char *text)
{
    return is_free_text(question) && *text == '\'' && answer_text_needs_mark(text) ? text + 1
                                                                                   : text;
}

bool answer_text_is_na(const struct question *question, const char *text)
{
    return strncmp(text, ANSWER_NA_PREFIX, strlen(ANSWER_NA_PREFIX)) == 0 &&
           (question->may_be_na || !is_free_text(question));
}

static bool is_na_word(const struct question *question, const char *text, struct arena *arena)
{
    static const char *const words[] = {"n a",           "na",         "not applicable",
                                        "khong ap dung", "ko ap dung", "kad"};
    const char *folded;

    if (is_free_text(question) || answer_text_is_na(question, text) ||
        question_find_option(question, text) != MAP_NONE)
        return false;
    if (!text[strspn(text, "-\xe2\x80\x93\x94")]) /* hyphens and dashes */
        return *text && question->type != QUESTION_SCALE;
    folded = text_fold(arena, text);
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (strcmp(folded, words[i]) == 0)
            return true;
    }
    return false;
}

bool answer_text_refuse_na(const struct question *question, const char *text, struct place place,
                           struct arena *arena, struct faults *faults)
{
    if (!is_na_word(question, text, arena))
        return false;
    if (question->may_be_na)
        faults_add(faults, place,
                   "câu %s: '%s' cần lý do; hãy ghi \"na: lý do\" (trong JSON: {\"na\": \"lý "
                   "do\"})",
                   "question %s: '%s' needs a reason; write \"na: the reason\" (in JSON: {\"na\": "
                   "\"the reason\"})",
                   question->id, text);
    else
        faults_add(faults, place,
                   "câu %s không cho phép trả lời 'không áp dụng' (ở đây: '%s'); nếu chưa trả lời "
                   "thì để trống",
                   "question %s does not allow 'not applicable' (here: '%s'); leave it empty if it "
                   "was not answered",
                   question->id, text);
    return true;
}

/* ---- days that were none ---- */

static const char *past_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

bool answer_is_spreadsheet_day(const char *text)
{
    static const char *const months[] = {"Thg", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const char *day_end = past_digits(text), *month = day_end + (*day_end == '-');

    if (day_end - text > 2 || (day_end > text && *day_end != '-'))
        return false;
    for (size_t i = 0; i < ARRAY_SIZE(months); i++) {
        size_t len = strlen(months[i]);
        const char *end;

        if (strncasecmp(month, months[i], len) != 0)
            continue;
        end = past_digits(month + len + (month[len] == ' '));
        return (day_end > text && !*end) || (*end == '-' && end[1] && !*past_digits(end + 1));
    }
    return false;
}
