/* Values of facts: from JSON, from what people type, and back into words. */
#include "survey/facts.h"

#include <ctype.h>
#include <string.h>

#include "base/array.h"
#include "base/text.h"
#include "base/text_clean.h"

static bool refuse(struct faults *faults, struct place place, const struct fact *fact,
                   struct words why)
{
    faults_add(faults, place, "%1$s: %2$s%3$.0s", "%1$s: %3$s%2$.0s", fact->id, why.in[LANG_VI],
               why.in[LANG_EN]);
    return false;
}

/* By its id, or as people write it. */
static const struct choice *find_choice(const struct fact *fact, const char *text,
                                        struct arena *arena)
{
    const char *fold;

    for (size_t i = 0; i < fact->choice_count; i++) {
        if (strcmp(fact->choices[i].id, text) == 0)
            return &fact->choices[i];
    }
    fold = text_fold(arena, text);
    for (size_t i = 0; i < fact->choice_count; i++) {
        const struct choice *choice = &fact->choices[i];

        if (strcmp(fold, text_fold(arena, choice->id)) == 0 ||
            strcmp(fold, text_fold(arena, choice->text.in[LANG_VI])) == 0 ||
            strcmp(fold, text_fold(arena, choice->text.in[LANG_EN])) == 0)
            return choice;
    }
    return NULL;
}

static bool read_choice(const struct fact *fact, const char *text, struct place place,
                        struct faults *faults, struct value *value)
{
    const struct choice *choice = find_choice(fact, text, faults->arena);
    const char *list = "";

    if (choice) {
        *value = value_text(choice->id);
        return true;
    }
    for (size_t i = 0; i < fact->choice_count; i++)
        list = arena_printf(faults->arena, "%s%s%s", list, i ? ", " : "", fact->choices[i].id);
    faults_add(faults, place, "%s: '%s' phải là một trong: %s", "%s: '%s' must be one of: %s",
               fact->id, text, list);
    return false;
}

/* Why what was typed is no day, in words that say what to do. */
static struct words why_no_day(const char *text, struct arena *arena)
{
    const char *first = strpbrk(text, "/-."), *second = first ? strpbrk(first + 1, "/-.") : NULL;
    size_t year = second ? strlen(second + 1) : 0;

    if (!second || first == text || second == first + 1 || !year)
        return (struct words){
            {"thiếu ngày, tháng hoặc năm; hãy ghi đủ, ví dụ 25/11/2026",
             "day, month or year is missing; write all, for instance 25/11/2026"}};
    if (year != 4)
        return (struct words){{"viết năm đủ 4 số, ví dụ 25/11/2026",
                               "write the year with 4 digits, for instance 25/11/2026"}};
    return (struct words){
        {arena_printf(arena, "không có ngày %s; hãy ghi một ngày có thật, ví dụ 25/11/2026", text),
         arena_printf(arena, "there is no day %s; a real day is needed, for instance 25/11/2026",
                      text)}};
}

static bool read_date(const struct fact *fact, const char *text, bool is_typed, struct place place,
                      struct arena *arena, struct faults *faults, struct value *value)
{
    static const struct words iso = {
        {"cần một ngày có thật dạng YYYY-MM-DD", "a real day of the form YYYY-MM-DD is needed"}};
    bool is_day;
    day d;

    is_day = (is_typed ? day_parse_typed : day_parse_iso)(text, strlen(text), &d);
    if (!is_day)
        return refuse(faults, place, fact, is_typed ? why_no_day(text, arena) : iso);
    *value = value_day(arena, d);
    return true;
}

static bool read_tax_code(const struct fact *fact, const char *text, day on, struct place place,
                          struct faults *faults, struct value *value)
{
    if (!tax_code_is_valid(text)) {
        faults_add(faults, place,
                   "%s: '%s' không phải mã số thuế (10 số có số kiểm tra đúng, 10 số-001, hoặc với "
                   "hộ kinh doanh 12 số mà ba số đầu từ 001 đến 096)",
                   "%s: '%s' is no tax code (10 digits with the right check digit, 10 digits-001, "
                   "or of a household business 12 digits, the first three from 001 to 096)",
                   fact->id, text);
        return false;
    }
    if (strlen(text) == 12 && on != DAY_NONE && on < day_of(2025, 7, 1)) {
        faults_add(faults, place,
                   "%s: mã số thuế 12 số chỉ có từ ngày 01/7/2025, nhưng phiếu lập trước ngày đó",
                   "%s: tax codes of 12 digits exist since 01/07/2025 only, but the response is "
                   "from before",
                   fact->id);
        return false;
    }
    *value = value_text(text);
    return true;
}

/* Nothing is named so: what is nearly. */
static void refuse_area(const struct facts *facts, const struct fact *fact, const char *text,
                        day on, struct place place, struct faults *faults)
{
    const struct term *closest = terms_closest(facts->areas, text, on, faults->arena);

    faults_add(faults, place,
               "%1$s: không có địa bàn '%2$s'; hãy ghi tên phường, xã, đặc khu%3$s%4$s%6$s%5$.0s",
               "%1$s: there is no area '%2$s'; write the name of a ward, commune or special "
               "zone%3$s%5$s%6$s%4$.0s",
               fact->id, text, closest ? " (≈ " : "", closest ? closest->name.in[LANG_VI] : "",
               closest ? closest->name.in[LANG_EN] : "", closest ? ")" : "");
}

static void refuse_two(const struct fact *fact, const char *text, const struct term *term,
                       const struct term *other, struct place place, struct faults *faults)
{
    faults_add(faults, place,
               "%1$s: '%2$s' là %3$s (mã %7$s) hay %4$s (mã %8$s)? Hãy ghi mã%5$.0s%6$.0s",
               "%1$s: is '%2$s' %5$s (code %7$s) or %6$s (code %8$s)? Write the code%3$.0s%4$.0s",
               fact->id, text, term->name.in[LANG_VI], other->name.in[LANG_VI],
               term->name.in[LANG_EN], other->name.in[LANG_EN], term->id, other->id);
}

/* A unit of before whose id another one has now: the old name does not mean the new unit. */
static bool is_another_now(const struct terms *areas, const struct term *term, day on)
{
    return on != DAY_NONE && !term_holds(term, on) && terms_find(areas, term->id, on);
}

/* By id, or as people write it; a fault where that is nothing or two things. */
static const struct term *find_area(const struct facts *facts, const struct fact *fact,
                                    const char *text, day on, struct place place,
                                    struct faults *faults)
{
    const struct term *term = terms_find_nearest(facts->areas, text, on), *other = NULL;

    if (!term)
        term = terms_search(facts->areas, text, on, faults->arena, &other);
    if (!term || is_another_now(facts->areas, term, on)) {
        refuse_area(facts, fact, text, on, place, faults);
        return NULL;
    }
    if (!other)
        return term;
    refuse_two(fact, text, term, other, place, faults);
    return NULL;
}

/* An area that did not exist on the day is kept: names changed, people do not follow at once. */
static bool read_area(const struct facts *facts, const struct fact *fact, const char *text, day on,
                      struct place place, struct faults *faults, struct value *value)
{
    const struct term *term = find_area(facts, fact, text, on, place, faults);

    if (!term)
        return false;
    if (on != DAY_NONE && !term_holds(term, on))
        faults_warn(faults, place, "%s: địa bàn '%s' không có vào ngày trả lời",
                    "%s: the area '%s' did not exist on the day of the response", fact->id, text);
    *value = value_text(term->id);
    return true;
}

static bool read_section(const struct facts *facts, const struct fact *fact, const char *text,
                         day on, struct place place, struct faults *faults, struct value *value)
{
    const struct term *other = NULL, *term = terms_find(facts->sections, text, on);

    if (!term)
        term = terms_named(facts->sections, text, on, faults->arena, &other);
    if (other) {
        refuse_two(fact, text, term, other, place, faults);
        return false;
    }
    if (!term) {
        faults_add(faults, place, "%s: '%s' không phải ngành cấp 1 vào ngày đó (chữ A, B, C, ...)",
                   "%s: '%s' is no VSIC section on that day (a letter A, B, C, ...)", fact->id,
                   text);
        return false;
    }
    *value = value_text(term->id);
    return true;
}

static bool is_in_range(const struct fact *fact, struct ratio number)
{
    if (ratio_is_whole(number))
        return number.num >= fact->min && number.num <= fact->max;
    return fact->kind == FACT_PERCENT && ratio_cmp(number, ratio_of(fact->min)) >= 0 &&
           ratio_cmp(number, ratio_of(fact->max)) <= 0;
}

static bool read_number(const struct fact *fact, struct ratio number, struct place place,
                        struct faults *faults, struct value *value)
{
    bool is_whole = fact->kind != FACT_PERCENT;

    if (!is_in_range(fact, number)) {
        faults_add(faults, place, "%1$s: cần một số%2$s từ %4$lld đến %5$lld%3$.0s",
                   "%1$s: a %3$snumber from %4$lld to %5$lld is needed%2$.0s", fact->id,
                   is_whole ? " nguyên" : "", is_whole ? "whole " : "", (long long)fact->min,
                   (long long)fact->max);
        return false;
    }
    *value = value_number(number);
    return true;
}

static bool read_plain_text(const struct fact *fact, const char *text, struct place place,
                            struct arena *arena, struct faults *faults, struct value *value)
{
    text = text_one_line(arena, text);
    if (!*text || strlen(text) > FACT_TEXT_BYTES_MAX) {
        faults_add(faults, place, "%s: cần một văn bản từ 1 đến %d byte",
                   "%s: a text of 1 to %d bytes is needed", fact->id, FACT_TEXT_BYTES_MAX);
        return false;
    }
    *value = value_text(text);
    return true;
}

/* What the kinds that are texts have in common, from JSON and typed. */
static bool read_words(const struct facts *facts, const struct fact *fact, const char *text,
                       bool is_typed, day on, struct place place, struct arena *arena,
                       struct faults *faults, struct value *value)
{
    enum text_fault found = text_find_fault(text, strlen(text));

    if (found != TEXT_SOUND)
        return refuse(faults, place, fact, text_fault_words(found));
    switch (fact->kind) {
    case FACT_CHOICE:
        return read_choice(fact, text, place, faults, value);
    case FACT_DATE:
        return read_date(fact, text, is_typed, place, arena, faults, value);
    case FACT_TAX_CODE:
        return read_tax_code(fact, text, on, place, faults, value);
    case FACT_AREA:
        return read_area(facts, fact, text, on, place, faults, value);
    case FACT_SECTION:
        return read_section(facts, fact, text, on, place, faults, value);
    default:
        return read_plain_text(fact, text, place, arena, faults, value);
    }
}

static bool is_number_kind(enum fact_kind kind)
{
    return kind == FACT_INTEGER || kind == FACT_PERCENT || kind == FACT_MONEY;
}

bool fact_number_form(const struct fact *fact, struct number_form *form)
{
    static const enum number_kind kinds[FACT_KIND__MAX] = {[FACT_INTEGER] = NUMBER_WHOLE,
                                                           [FACT_PERCENT] = NUMBER_PERCENT,
                                                           [FACT_MONEY] = NUMBER_MONEY};

    *form = number_form_typed(kinds[fact->kind], fact->unit);
    return is_number_kind(fact->kind);
}

/* "plans.x": [30000000, 50000000]: several contracts or courses, kept apart for ceilings of each.
 */
static bool read_list(const struct fact *fact, const struct json *json, struct arena *arena,
                      struct faults *faults, struct value *value)
{
    struct value *items = ARENA_ARRAY(arena, struct value, json->count);

    if (!json->count || json->count > FACT_LIST_MAX) {
        faults_add(faults, json_place(json, faults), "%s: cần từ 1 đến %d khoản",
                   "%s: 1 to %d amounts are needed", fact->id, FACT_LIST_MAX);
        return false;
    }
    for (size_t i = 0; i < json->count; i++) {
        struct place place = json_place(&json->items[i], faults);
        struct ratio number;

        if (!json_ratio(&json->items[i], false, &number)) {
            faults_add(faults, place, "%s: cần một số", "%s: a number is needed", fact->id);
            return false;
        }
        if (!read_number(fact, number, place, faults, &items[i]))
            return false;
    }
    *value = (struct value){.kind = VALUE_LIST, .items = items, .count = json->count};
    return true;
}

bool fact_read_json(const struct facts *facts, size_t index, const struct json *json, day on,
                    struct arena *arena, struct faults *faults, struct value *value)
{
    static const struct words need_bool = {{"cần true hoặc false", "true or false is needed"}};
    static const struct words need_text = {
        {"cần một văn bản trong dấu ngoặc kép", "a text in quotation marks is needed"}};
    static const struct words need_number = {{"cần một số", "a number is needed"}};
    const struct fact *fact = &facts->items[index];
    struct place place = json_place(json, faults);
    struct ratio number;

    if (fact->kind == FACT_YESNO) {
        if (json->type != JSON_BOOL)
            return refuse(faults, place, fact, need_bool);
        *value = value_bool(json->truth);
        return true;
    }
    if (fact->kind == FACT_MONEY && fact->is_plan && json->type == JSON_ARRAY)
        return read_list(fact, json, arena, faults, value);
    if (is_number_kind(fact->kind)) {
        if (!json_ratio(json, false, &number))
            return refuse(faults, place, fact, need_number);
        return read_number(fact, number, place, faults, value);
    }
    if (json->type != JSON_STRING)
        return refuse(faults, place, fact, need_text);
    return read_words(facts, fact, json->text, false, on, place, arena, faults, value);
}

struct yesno_word {
    const char *word;
    bool truth;
};

/* Folded, but for the two that are in nearly all files: these need not be folded to be known. */
static const struct yesno_word yesno_words[] = {
    {"có", true},     {"không", false}, {"co", true},   {"yes", true},    {"true", true},
    {"1", true},      {"x", true},      {"dung", true}, {"khong", false}, {"no", false},
    {"false", false}, {"0", false},     {"sai", false},
};

static const struct yesno_word *find_yesno(const char *text)
{
    for (size_t i = 0; i < ARRAY_SIZE(yesno_words); i++) {
        if (strcmp(yesno_words[i].word, text) == 0)
            return &yesno_words[i];
    }
    return NULL;
}

static bool read_yesno(const struct fact *fact, const char *text, struct place place,
                       struct faults *faults, struct value *value)
{
    const struct yesno_word *word = find_yesno(text);

    if (!word)
        word = find_yesno(text_fold(faults->arena, text));
    if (word) {
        *value = value_bool(word->truth);
        return true;
    }
    faults_add(faults, place, "%s: cần 'có' hoặc 'không', nhưng gặp '%s'",
               "%s: 'có' or 'không' (yes or no) is needed, but found '%s'", fact->id, text);
    return false;
}

static const struct words no_money = {
    {"số tiền quá lớn, âm hoặc có phần lẻ; hãy viết số đồng tròn, ví dụ 2.400.000.000",
     "the amount is too large, negative or has a fraction; write whole đồng, for example "
     "2,400,000,000"}};

static bool refuse_number(const struct fact *fact, const char *text, enum number_result why,
                          struct place place, struct faults *faults)
{
    if (why == NUMBER_UNCLEAR)
        faults_add(faults, place, "%s: '%s' " NUMBER_UNCLEAR_VI, "%s: '%s' " NUMBER_UNCLEAR_EN,
                   fact->id, text);
    else if (fact->kind == FACT_MONEY)
        faults_add(faults, place, "%s: '%s' chưa đọc được; viết đủ số đồng, ví dụ 2.400.000.000",
                   "%s: '%s' cannot be read; write the amount in full, for example 2,400,000,000",
                   fact->id, text);
    else
        faults_add(faults, place, "%s: '%s' không phải là số", "%s: '%s' is no number", fact->id,
                   text);
    return false;
}

static bool read_typed_number(const struct fact *fact, const char *text,
                              const struct number_form *form, struct place place,
                              struct faults *faults, struct value *value)
{
    struct ratio number;
    enum number_result result = number_read_typed(text, form, &number);

    if (result != NUMBER_READ)
        return refuse_number(fact, text, result, place, faults);
    if (fact->kind == FACT_MONEY && !is_in_range(fact, number))
        return refuse(faults, place, fact, no_money);
    return read_number(fact, number, place, faults, value);
}

/* The amounts of several contracts in one cell: "30.000.000 | 50.000.000". */
static bool read_list_text(const struct fact *fact, const char *text,
                           const struct number_form *form, struct place place, struct arena *arena,
                           struct faults *faults, struct value *value)
{
    struct value *items = ARENA_ARRAY(arena, struct value, FACT_LIST_MAX);
    size_t count = 0;

    for (const char *at = text, *end; at; at = *end && end[1] ? end + 1 : NULL) {
        const char *piece;
        struct ratio number;

        end = at + strcspn(at, "|");
        piece = arena_strndup(arena, at, (size_t)(end - at));
        if (count == FACT_LIST_MAX || number_read_typed(piece, form, &number) != NUMBER_READ) {
            faults_add(faults, place, "%s: '%s' không phải là 1 đến %d khoản, cách nhau bằng '|'",
                       "%s: '%s' are not 1 to %d amounts parted by '|'", fact->id, text,
                       FACT_LIST_MAX);
            return false;
        }
        if (!read_number(fact, number, place, faults, &items[count++]))
            return false;
    }
    *value = (struct value){.kind = VALUE_LIST, .items = items, .count = count};
    return true;
}

bool fact_read_cell(const struct facts *facts, size_t index, const char *text,
                    const struct number_form *form, day on, struct place place, struct arena *arena,
                    struct faults *faults, struct value *value)
{
    const struct fact *fact = &facts->items[index];

    if (!*text) {
        *value = value_unknown();
        return true;
    }
    if (fact->kind == FACT_YESNO)
        return read_yesno(fact, text, place, faults, value);
    if (fact->kind == FACT_MONEY && fact->is_plan && strchr(text, '|'))
        return read_list_text(fact, text, form, place, arena, faults, value);
    if (is_number_kind(fact->kind))
        return read_typed_number(fact, text, form, place, faults, value);
    if (fact->kind == FACT_TAX_CODE)
        text = tax_code_typed(text, fact->id, place, arena, faults);
    else if (fact->kind != FACT_TEXT)
        text = text_one_line(arena, text + (*text == '\''));
    return read_words(facts, fact, text, true, on, place, arena, faults, value);
}

bool fact_read_text(const struct facts *facts, size_t index, const char *text, day on,
                    struct place place, struct arena *arena, struct faults *faults,
                    struct value *value)
{
    struct number_form form;

    (void)fact_number_form(&facts->items[index], &form);
    return fact_read_cell(facts, index, text, &form, on, place, arena, faults, value);
}

static const char *term_name(const struct terms *terms, const char *id, day on, enum lang lang)
{
    const struct term *term = terms_find_nearest(terms, id, on);

    return term ? term->name.in[lang] : id;
}

static const char *choice_name(const struct fact *fact, const char *id, enum lang lang)
{
    for (size_t i = 0; i < fact->choice_count; i++) {
        if (strcmp(fact->choices[i].id, id) == 0)
            return fact->choices[i].text.in[lang];
    }
    return id;
}

static void print_number(struct buf *buf, const struct fact *fact, struct ratio number,
                         enum lang lang)
{
    int64_t whole;

    if (fact->kind == FACT_MONEY && ratio_to_int64(number, &whole)) {
        text_money(buf, whole, lang);
        return;
    }
    text_number_short(buf, number, 2, lang);
    if (fact->kind == FACT_PERCENT)
        buf_puts(buf, "\xc2\xa0%");
    else if (fact->unit.in[lang])
        buf_printf(buf, "\xc2\xa0%s", fact->unit.in[lang]);
}

static void print_list(struct buf *buf, const struct fact *fact, const struct value *list,
                       enum lang lang)
{
    for (size_t i = 0; i < list->count; i++) {
        buf_puts(buf, i ? " + " : "");
        print_number(buf, fact, list->items[i].number, lang);
    }
}

const char *fact_print(const struct facts *facts, size_t index, const struct value *value, day on,
                       enum lang lang, struct arena *arena)
{
    static const struct words yes = {{"Có", "Yes"}}, no = {{"Không", "No"}};
    static const struct words unknown = {{"chưa có", "not given"}};
    const struct fact *fact = &facts->items[index];
    struct buf buf;
    const char *text;
    day d;

    if (value->kind == VALUE_UNKNOWN)
        return unknown.in[lang];
    if (value->kind == VALUE_BOOL)
        return value->truth ? yes.in[lang] : no.in[lang];
    if (value->kind == VALUE_TEXT && fact->kind == FACT_AREA)
        return term_name(facts->areas, value->text, on, lang);
    if (value->kind == VALUE_TEXT && fact->kind == FACT_SECTION)
        return term_name(facts->sections, value->text, on, lang);
    if (value->kind == VALUE_TEXT && fact->kind == FACT_CHOICE)
        return choice_name(fact, value->text, lang);
    buf_init(&buf, FACT_TEXT_BYTES_MAX + 100);
    if (value->kind == VALUE_NUMBER)
        print_number(&buf, fact, value->number, lang);
    else if (value->kind == VALUE_LIST)
        print_list(&buf, fact, value, lang);
    else if (fact->kind == FACT_DATE && value_is_date(value, &d))
        day_print(&buf, d);
    else
        buf_puts(&buf, value->text ? value->text : "");
    text = arena_strdup(arena, buf_text(&buf));
    buf_free(&buf);
    return text;
}
