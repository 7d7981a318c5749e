#include "fixture.h"

#include "base/file.h"
#include "base/text_clean.h"
#include "survey/response_csv.h"

#define DBI "questionnaires/dbi-sme@2021.json"
#define ALL_TYPES "tests/data/all-types@1.json"
#define DEMO "tests/data/demo/"

static struct fixture f;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&f.arena);
    return 0;
}

static const char *written(const struct response *response)
{
    struct json_writer w;
    struct buf text;
    const char *copy;

    buf_init(&text, BUF_MAX_DEFAULT);
    json_writer_init(&w, &text);
    response_write(&w, response);
    copy = arena_strdup(&f.arena, buf_text(&text));
    buf_free(&text);
    return copy;
}

static const char *tax_code(const struct response *response)
{
    return response->values[facts_find(f.facts, "tax_code")].text;
}

static struct response_csv *open_csv(struct csv_reader *reader, const char *ref, const char *round)
{
    struct questionnaire_source source = {.find = fixture_find, .context = &f};
    struct response_csv_defaults defaults = {ref, round};

    return response_csv_open(reader, f.facts, source, defaults, &f.faults);
}

/* The file that Vietnamese Excel wrote says the same as the single documents. */
static void test_demo(void **state)
{
    const char **paths;
    size_t files, same = 0;
    struct map expected;
    const char *texts[100];
    struct csv_reader *reader;
    struct response_csv *csv;
    struct response *response;
    struct err err;

    (void)state;
    fixture_questionnaire(&f, DBI);
    map_init(&expected, &f.arena);
    assert_int_equal(file_list(&f.arena, DEMO "responses", ".json", &paths, &files, &err), OK);
    for (size_t i = 0; i < files; i++) {
        const struct json *json = json_load(&f.arena, paths[i], &f.faults);

        if (strcmp(json_text(json, "round"), "2026") != 0)
            continue;
        response = response_read(&f.arena, json, f.facts,
                                 (struct questionnaire_source){.find = fixture_find, .context = &f},
                                 NULL, &f.faults);
        assert_non_null(response);
        texts[expected.count] = written(response);
        map_put(&expected, tax_code(response), strlen(tax_code(response)), expected.count);
    }
    assert_int_equal(expected.count, 48);
    reader = csv_reader_open(DEMO "doanh-nghiep-2026.csv", &f.faults);
    csv = open_csv(reader, f.q->ref, NULL);
    assert_non_null(csv);
    while (response_csv_next(csv, &response) == RESPONSE_CSV_ROW) {
        size_t at = map_find(&expected, tax_code(response));

        assert_int_not_equal(at, MAP_NONE);
        assert_string_equal(written(response), texts[at]);
        same++;
    }
    if (response_csv_faults(csv)->errors)
        fail_msg("line %d: %s", response_csv_faults(csv)->items[0].place.line,
                 response_csv_faults(csv)->items[0].text[LANG_EN]);
    assert_int_equal(same, 48);
    response_csv_free(csv);
    csv_reader_free(reader);
}

static void add_errors(const struct faults *row)
{
    for (size_t i = 0; i < row->count; i++) {
        const struct fault *fault = &row->items[i];

        if (!fault->is_warning)
            faults_add(&f.faults, fault->place, "%s", "%s", fault->text[LANG_EN]);
    }
}

/* Reads a text: per row the answers as JSON or "LINE POINTER: fault", parted by line ends. */
static const char *read_text(const char *text, const char *ref)
{
    struct csv_reader *reader;
    struct response_csv *csv;
    struct response *response;
    enum response_csv_result result;
    const char *all = "";

    faults_init(&f.faults, &f.arena);
    reader = csv_reader_text("t.csv", text, strlen(text), &f.faults);
    csv = open_csv(reader, ref, "2026");
    while (csv && (result = response_csv_next(csv, &response)) != RESPONSE_CSV_END) {
        struct json_writer w;
        struct buf out;

        if (result == RESPONSE_CSV_ROW) {
            buf_init(&out, BUF_MAX_DEFAULT);
            json_writer_init(&w, &out);
            response_write_answers(&w, response);
            all = arena_printf(&f.arena, "%s%s\n", all, buf_text(&out));
            buf_free(&out);
            continue;
        }
        add_errors(response_csv_faults(csv));
        if (result == RESPONSE_CSV_BROKEN)
            break;
    }
    for (size_t i = 0; i < f.faults.count; i++) {
        const struct fault *fault = &f.faults.items[i];

        if (!fault->is_warning)
            all = arena_printf(&f.arena, "%s%d %s: %s\n", all, fault->place.line,
                               fault->place.pointer, fault->text[LANG_EN]);
    }
    response_csv_free(csv);
    csv_reader_free(reader);
    return all;
}

#define NAMED "name;"
#define ROW(cells) "X;" cells "\n"

static const struct {
    const char *text, *result;
} cases[] = {
    {NAMED "single;many;rows;num;yn;words;when\n" ROW(
         "10;a, b;r1=yes r2=no;1.234,5;có;\"Đại \"\"Phát\"\"\";1/2/2026"),
     "{\"single\":\"10\",\"many\":[\"a\",\"b\"],\"rows\":{\"r1\":\"yes\",\"r2\":\"no\"},\"yn\":"
     "\"yes\","
     "\"num\":1234.5,\"words\":\"Đại \\\"Phát\\\"\",\"when\":\"2026-02-01\"}\n"},
    {"rows.r2;name;rows.r1;single;yn\nyes;X;no;0;no\n;X;yes;;\n",
     "{\"single\":\"0\",\"rows\":{\"r1\":\"no\",\"r2\":\"yes\"},\"yn\":\"no\"}\n"
     "{\"rows\":{\"r1\":\"yes\"}}\n"},
    {"name;rows.r1;rows;single\nX;;na: chưa làm;na: không có\n",
     "{\"single\":{\"na\":\"không có\"},\"rows\":{\"na\":\"chưa làm\"}}\n"},
    {"name;rows\nX;r2=no r1=yes r2=yes\nX;r1=no r1=no\n",
     "2 column rows: question rows, row r2: is answered twice\n"
     "3 column rows: question rows, row r1: is answered twice\n"},
    {"name;rows.r1;rows\nX;no;r1=yes\n",
     "2 column rows.r1: question rows, row r1: is answered twice\n"},
    {"name;rows.r1;rows\nX;no;na: y\n",
     "2 column rows.r1: question rows, row r1: is answered twice\n"},
    {"name;single;\nX;0;\n;;\n\nX;10;\nX;0;stray\n",
     "{\"single\":\"0\"}\n{\"single\":\"10\"}\n"
     "6 column 3: the cell has content, but its column has no name\n"},
    {"name;single\nX;7\nX; 10 \nX;\" 10\n\"\nX;3\n",
     "{\"single\":\"10\"}\n{\"single\":\"10\"}\n"
     "2 column single: question single: there is no option '7'; choose one of: 0, 10\n"
     "6 column single: question single: there is no option '3'; choose one of: 0, 10\n"},
    {"name;employees;founded_on\nX;12 cái;31/02/2020\n",
     "2 column employees: employees: '12 cái' is no number\n"
     "2 column founded_on: founded_on: there is no day 31/02/2020; a real day is needed, for "
     "instance 25/11/2026\n"},
    {"name;revenue_vnd;founded_on\nX;2,4 xu;25/11/20\n",
     "2 column revenue_vnd: revenue_vnd: '2,4 xu' cannot be read; write the amount in full, for "
     "example 2,400,000,000\n"
     "2 column founded_on: founded_on: write the year with 4 digits, for instance 25/11/2026\n"},
    {"name;revenue_vnd;founded_on\nX;1,5;/11/2020\n",
     "2 column revenue_vnd: revenue_vnd: the amount is too large, negative or has a fraction; "
     "write whole đồng, for example 2,400,000,000\n"
     "2 column founded_on: founded_on: day, month or year is missing; write all, for instance "
     "25/11/2026\n"},
    {"name;employees;female_employees\nX;3;4\n",
     "2 : female_employees: there are more women than employees\n"},
    {"name;submitted_on;founded_on;form\nX;01/02/2026;02/02/2026;enterprise\n",
     "2 : founded_on: the day of foundation is after the day of the response\n"},
    {"name;submitted_on;founded_on;form\nX;01/02/2026;01/02/2026;enterprise\n", "{}\n"},
    {"name;single\nX\nX;0;1\n",
     "2 : the row has 1 cells, the header has 2\n3 : the row has 3 cells, the header has 2\n"},
    {"name;minutes\nX;12,5\nX;-1\nX;long\n", "{}\n3 column minutes: a number of minutes is needed\n"
                                             "4 column minutes: a number of minutes is needed\n"},
    /* what Excel makes of "1-2" is told, and nothing else */
    {"name;single\nX;2-Jan\nX;02Jan\nX;123-Jan\nX;Jan-26\nX;02-Thg1\n",
     "2 column single: question single: Excel has changed the option into a day, '2-Jan'; format "
     "the column as Text and write it again, one of: 0, 10\n"
     "3 column single: question single: there is no option '02Jan'; choose one of: 0, 10\n"
     "4 column single: question single: there is no option '123-Jan'; choose one of: 0, 10\n"
     "5 column single: question single: Excel has changed the option into a day, 'Jan-26'; format "
     "the column as Text and write it again, one of: 0, 10\n"
     "6 column single: question single: Excel has changed the option into a day, '02-Thg1'; format "
     "the column as Text and write it again, one of: 0, 10\n"},
    /* the first fault of a list is told, and nothing behind it */
    {"name;many\nX;2-Jan 3-Jan\nX;x y\nX;a b a\n",
     "2 column many: question many: Excel has changed the option into a day, '2-Jan'; format the "
     "column as Text and write it again, one of: a, b, none\n"
     "3 column many: question many: there is no option 'x'; choose one of: a, b, none\n"
     "4 column many: question many: the option 'a' is named twice\n"},
    /* labels, each once, also where one of them stands twice */
    {"name;many\nX;không\nX;none none\nX;không none\n",
     "{\"many\":[\"none\"]}\n"
     "3 column many: question many: the option 'none' is named twice\n"
     "4 column many: question many: there is no option 'không'; choose one of: a, b, none\n"},
    {"name;submitted_on;round\nX;32/1/2026;a b\n",
     "2 column round: the round 'a b' may only have plain letters, digits and . _ - (at most 32 "
     "bytes)\n2 column submitted_on: a real day is needed, for instance 25/11/2026\n"},
    {"name;questionnaire\nX;all-types@1\nX;other@1\nX;\n",
     "{}\n{}\n3 column questionnaire: this file is for the questionnaire all-types@1; a row of "
     "'other@1' "
     "needs another file\n"},
    /* Faults of the whole file. */
    {"name;singel;employes;name;size_class;x.y\nX;0;1;Y;small;1\n",
     "1 column singel: there is no fact or question 'singel' in all-types@1 (≈ 'single')\n"
     "1 column employes: there is no fact or question 'employes' in all-types@1 (≈ 'employees')\n"
     "1 column name: the column 'name' stands there twice\n"
     "1 column size_class: 'size_class' is computed, it does not belong into a response\n"
     "1 column x.y: there is no fact or question 'x.y' in all-types@1\n"},
    {"name;Số lao động tham gia BHXH bnh quân năm\nX;1\n",
     "1 column Số lao động tham gia BHXH bnh quân năm: there is no fact or question 'Số lao động "
     "tham gia BHXH bnh quân năm' in all-types@1 (≈ 'Số lao động tham gia BHXH bình quân năm' / "
     "'employees')\n"},
    {"name;questionnaire\nX;other@1\n", "2 column questionnaire: no other@1\n"},
    {"name;single\n", "0 : the file has no rows behind its header\n"},
    {"", "0 : the file has no rows behind its header\n"},
    {"name;single\nX;0\nX;\"10\nX;0\n",
     "{\"single\":\"0\"}\n3 : the quotation mark that opens here is not closed\n"},
};

static void test_cells(void **state)
{
    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const char *result = read_text(cases[i].text, "all-types@1");

        if (strcmp(result, cases[i].result) != 0)
            fail_msg("case %zu: got '%s', not '%s'", i, result, cases[i].result);
    }
    assert_string_equal(read_text("name;questionnaire\nX;all-types@1\n", NULL), "{}\n");
    assert_string_equal(read_text("name;single\nX;0\n", NULL),
                        "1 : the column 'questionnaire' is missing (for instance dbi-sme@2021); or "
                        "name the questionnaire when importing\n");
}

/* How a column of a file is written; UNCLEAR as a number: it has two readings. */
static const struct {
    const char *column; /* its cells, parted by '|' */
    enum number_kind kind;
    char separator;     /* of the file; 0: a form that stands alone */
    const char *number; /* what the first cell is; NULL: refused */
} numbers[] = {
    {"0", NUMBER_MONEY, 0, "0"},
    {"1234567890", NUMBER_MONEY, 0, "1234567890"},
    {"999999999999999999", NUMBER_MONEY, 0, "999999999999999999"},
    {"9999999999999999999", NUMBER_MONEY, 0, NULL},
    {"1.234.567", NUMBER_MONEY, 0, "1234567"},
    {"1,234,567", NUMBER_MONEY, 0, "1234567"},
    {"12 000 000 ₫", NUMBER_MONEY, 0, "12000000"},
    {"₫1,234,567", NUMBER_MONEY, 0, "1234567"},
    {"12.000.000 VNĐ", NUMBER_MONEY, 0, "12000000"},
    {"12.000.000đ", NUMBER_MONEY, 0, "12000000"},
    {"12.000.000 đồng", NUMBER_MONEY, 0, "12000000"},
    {"1\u202f234\u00a0567", NUMBER_MONEY, 0, "1234567"},
    {"1 2345", NUMBER_MONEY, 0, NULL},
    {"12$", NUMBER_MONEY, 0, NULL},
    {"1,5 tỷ", NUMBER_MONEY, 0, "1500000000"},
    {"1.5 tỷ đồng", NUMBER_MONEY, ',', "1500000000"},
    {"500 triệu", NUMBER_MONEY, 0, "500000000"},
    {"2 tỷ 300 triệu", NUMBER_MONEY, 0, "2300000000"},
    {"2 tỷ 300", NUMBER_MONEY, 0, NULL},
    {"300 triệu 2 tỷ", NUMBER_MONEY, 0, NULL},
    {"2,5 tỷ 300 triệu", NUMBER_MONEY, 0, NULL},
    {"1,500 tỷ", NUMBER_MONEY, 0, "unclear"},
    {"1.5E+09", NUMBER_MONEY, ',', "1500000000"},
    {"1,5E+09", NUMBER_MONEY, ';', "1500000000"},
    {"1.23457E+11", NUMBER_MONEY, ',', NULL},
    {"500,000", NUMBER_MONEY, ',', "500000"},
    {"1.234,5", NUMBER_DECIMAL, 0, "2469/2"},
    {"1,234.5", NUMBER_DECIMAL, 0, "2469/2"},
    {"51,5", NUMBER_DECIMAL, 0, "103/2"},
    {"51.5%", NUMBER_PERCENT, 0, "103/2"},
    {"12,500", NUMBER_PERCENT, ';', "25/2"},
    {"51%", NUMBER_WHOLE, 0, NULL},
    {"1.234", NUMBER_DECIMAL, 0, "1234"},
    {"-5", NUMBER_DECIMAL, 0, "-5"},
    {"-12.500", NUMBER_DECIMAL, ';', "-12500"},
    {"-1,234.5", NUMBER_DECIMAL, 0, "-2469/2"},
    {"", NUMBER_DECIMAL, 0, NULL},
    {"12a", NUMBER_MONEY, 0, NULL},
    {"1.2.3", NUMBER_DECIMAL, 0, NULL},
    {"1/2", NUMBER_DECIMAL, 0, NULL},
    {"8 người", NUMBER_WHOLE, ';', "8"},
    {"8 lao động", NUMBER_WHOLE, ';', "8"},
    {"8 tháng", NUMBER_WHOLE, ';', NULL},
    {"8 \u00a0", NUMBER_WHOLE, ';', "8"},
    {"12.500", NUMBER_DECIMAL, ',', "25/2"},
    {"12.500|1.234.567", NUMBER_DECIMAL, ',', "unclear"},
    {"1,000", NUMBER_DECIMAL, ',', "unclear"},
    {"1,000|1,234,567", NUMBER_DECIMAL, ',', "1000"},
    {"1,000|2,5", NUMBER_DECIMAL, ',', "unclear"},
    {"12.500", NUMBER_DECIMAL, ';', "12500"},
    {"12345,5", NUMBER_DECIMAL, ';', "24691/2"},
    {"12345.5", NUMBER_DECIMAL, ',', "24691/2"},
    {"12.500|12.5", NUMBER_DECIMAL, ';', "unclear"},
    {"12,500", NUMBER_DECIMAL, '\t', "25/2"},
    {"12.500", NUMBER_SMALL, ';', "25/2"},
    {"1,000", NUMBER_WHOLE, ',', "unclear"},
    {"1,000|1,234", NUMBER_WHOLE, ',', "1000"},
    {"2.000", NUMBER_WHOLE, ';', "2000"},
    {"2.000|3.00", NUMBER_WHOLE, ';', "unclear"},
    {"2,000", NUMBER_WHOLE, ';', "unclear"},
};

/* All cells are seen before the first is read. */
static const char *read_column(const char *column, enum number_kind kind, char separator)
{
    struct number_form form = number_form_typed(kind, (struct words){{"người", "people"}});
    struct number_evidence seen = {false, false, false, false};
    const char *first = arena_strndup(&f.arena, column, strcspn(column, "|"));
    struct ratio number;

    for (const char *at = column, *end = at; *end; at = end + 1) {
        end = at + strcspn(at, "|");
        number_observe(arena_strndup(&f.arena, at, (size_t)(end - at)), &form, &seen);
    }
    if (separator)
        number_decide(&form, &seen, separator);
    switch (number_read_typed(first, &form, &number)) {
    case NUMBER_READ:
        return fixture_ratio(&f, number, -1);
    case NUMBER_UNCLEAR:
        return "unclear";
    default:
        return "refused";
    }
}

static void test_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        const char *got = read_column(numbers[i].column, numbers[i].kind, numbers[i].separator);

        if (strcmp(got, numbers[i].number ? numbers[i].number : "refused") != 0)
            fail_msg("'%s' is %s", numbers[i].column, got);
    }
}

/* The unit of a number, in either language, and no other word. */
static void test_units(void **state)
{
    static const struct {
        const char *text, *number;
    } units[] = {
        {"8 tấn", "8"},    {"8 TẤN ", "8"},   {"8 tonnes", "8"},
        {"8 tonne", NULL}, {"8 người", NULL}, {"8%", NULL},
    };
    struct number_form form = number_form_typed(NUMBER_WHOLE, (struct words){{"tấn", "tonnes"}});
    struct number_form share = number_form_typed(NUMBER_PERCENT, (struct words){{"%", "%"}});
    struct ratio number;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
        bool is_read = number_read_typed(units[i].text, &form, &number) == NUMBER_READ;

        if (is_read != (units[i].number != NULL) ||
            (is_read && strcmp(fixture_ratio(&f, number, -1), units[i].number) != 0))
            fail_msg("'%s'", units[i].text);
    }
    assert_int_equal(number_read_typed("8 phần trăm", &share, &number), NUMBER_READ);
    assert_int_equal(number_read_typed("8 tấn", &share, &number), NUMBER_NONE);
}

static const struct {
    const char *text;
    enum text_fault fault;
} damaged[] = {
    {"Hộ kinh doanh Nguyễn Thị Hà", TEXT_SOUND},
    {"HỘ KINH DOANH ĐẶNG THỊ HƯỜNG", TEXT_SOUND},
    {"Ärzte Müller Gärtner & Söhne", TEXT_SOUND},
    {"Café «CHEZ NOÉ»", TEXT_SOUND},
    {"Quán Ăn Gì Đây?", TEXT_SOUND},
    {"Có nên làm không? Tôi nghĩ là có", TEXT_SOUND},
    {"https://a.vn/?q=b", TEXT_SOUND},
    {"Việt Nam® · Hà Nội™", TEXT_SOUND},
    {"Hai dòng\nở đây", TEXT_SOUND},
    {"H? kinh doanh Nguy?n Th? ???m", TEXT_QUESTIONS},
    {"H? Lan", TEXT_QUESTIONS},
    {"C?a hàng s? 5", TEXT_QUESTIONS},
    {"?inh Lan", TEXT_QUESTIONS},
    {"C\uFFFDng ty", TEXT_REPLACED},
    {"Há»™ kinh doanh", TEXT_ENCODED_TWICE},
    {"CÃ´ng ty", TEXT_ENCODED_TWICE},
    {"Ä‘iá»‡n", TEXT_ENCODED_TWICE},
    {"HÃ¡Â»â„¢", TEXT_ENCODED_TWICE},
    {"C«ng ty tr¸ch nhiÖm h÷u h¹n", TEXT_OLD_FONT},
    {"NguyÔn ThÞ Lan", TEXT_OLD_FONT},
    {"Coâng ty traùch nhieäm höõu haïn", TEXT_OLD_FONT},
    {"Hoä kinh doanh Lan", TEXT_OLD_FONT},
    {"NguyÔn Lan", TEXT_OLD_FONT}, /* one sign is enough at the end of a syllable */
    {"NguyÔnLan", TEXT_SOUND},
    {"Hộ \x07 A", TEXT_CONTROL},
    {"Hộ \u202e A", TEXT_CONTROL},
    {"Hộ \xc2\x85 A", TEXT_CONTROL},
};

static void test_damaged(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(damaged); i++) {
        if (text_find_fault(damaged[i].text, strlen(damaged[i].text)) != damaged[i].fault)
            fail_msg("'%s' is %d", damaged[i].text,
                     (int)text_find_fault(damaged[i].text, strlen(damaged[i].text)));
    }
    assert_string_equal(text_one_line(&f.arena, "\tCông\u00a0 ty\r\nA\u200bB "), "Công ty AB");
    assert_string_equal(text_one_line(&f.arena, "Plain text"), "Plain text");
}

static const struct {
    const char *text, *code;
} codes[] = {
    {"0899024197", "0899024197"},
    {"'0899024197", "0899024197"},
    {"0899 024\u00a0197", "0899024197"},
    {"0899.024.197", "0899024197"},
    {"899024197", "0899024197"},
    {"899024198", "899024198"},
    {"0899011617-001", "0899011617-001"},
    {"0899011617–001", "0899011617-001"},
    {"0899011617001", "0899011617-001"},
    {"899011617-001", "0899011617-001"},
    {"08A9", "08A9"},
    {"030085001234", "030085001234"},
};

static void test_codes(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
        assert_string_equal(tax_code_typed(codes[i].text, "tax_code", (struct place){"t", 0, ""},
                                           &f.arena, &f.faults),
                            codes[i].code);
}

/* Which codes may exist: check digits, branches, and provinces 001 to 096 of personal ids. */
static void test_codes_that_exist(void **state)
{
    static const char *const right[] = {"0800291164",   "0899011617-001", "0899011617-999",
                                        "001085001234", "096085001234",   "030085001234"};
    static const char *const wrong[] = {"0800291165",   "0899011617-000", "0899011617_001",
                                        "000085001234", "097085001234",   "08002911640",
                                        "03008500123x", "0899011617-01x", "0000000000"};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(right); i++)
        assert_true(tax_code_is_valid(right[i]));
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
        assert_false(tax_code_is_valid(wrong[i]));
}

/* Letters that were typed with separate marks become the same words as all others. */
static void test_nfc(void **state)
{
    const char *text = "name;single\nĐa\xcc\xa3i;0\n";
    struct csv_reader *reader;
    struct response_csv *csv;
    struct response *response;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    reader = csv_reader_text("t.csv", text, strlen(text), &f.faults);
    csv = open_csv(reader, "all-types@1", NULL);
    assert_int_equal(response_csv_next(csv, &response), RESPONSE_CSV_ROW);
    assert_string_equal(response->values[facts_find(f.facts, "name")].text, "Đại");
    assert_null(response->round);
    assert_int_equal(response->submitted_on, DAY_NONE);
    assert_int_equal(response->values[facts_find(f.facts, "employees")].kind, VALUE_UNKNOWN);
    assert_string_equal(response_csv_header(csv)->fields[1].text, "single");
    assert_string_equal(response_csv_cells(csv)->fields[1].text, "0");
    response_csv_free(csv);
    csv_reader_free(reader);
}

/* Of a file with nothing but bad rows, every row is reported and memory stays as it was. */
static void test_many_bad_rows(void **state)
{
    size_t rejected = 0, before;
    struct csv_reader *reader;
    struct response_csv *csv;
    struct response *response;
    struct buf text;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    buf_init(&text, BUF_MAX_DEFAULT);
    buf_puts(&text, "name,single,employees\n");
    for (int i = 0; i < 1000; i++)
        buf_puts(&text, "X,9,many\n");
    reader = csv_reader_text("t.csv", text.data, text.len, &f.faults);
    csv = open_csv(reader, "all-types@1", NULL);
    before = f.arena.used;
    while (response_csv_next(csv, &response) == RESPONSE_CSV_REJECTED) {
        rejected++;
        assert_int_equal(response_csv_faults(csv)->errors, 2);
    }
    assert_int_equal(rejected, 1000);
    assert_int_equal(f.arena.used, before);
    response_csv_free(csv);
    csv_reader_free(reader);
    buf_free(&text);
}

/* An answer is read or has a fault, never both, nor neither: by itself, as text and as JSON. */
static void test_answers_are_read_or_have_a_fault(void **state)
{
    static const struct {
        const char *question, *text, *json; /* NULL: not tried */
        bool is_fine;
    } answers[] = {
        {"single", "10", "\"10\"", true},
        {"single", "na: x", "{\"na\":\"x\"}", true},
        {"single", "11", "\"11\"", false},
        {"single", "2-Jan", "\"2-Jan\"", false},
        {"single", "na:", "{\"na\":\" \"}", false},
        {"single", "na: C\uFFFDng", "{\"na\":\"C\uFFFDng\"}", false},
        {"single", NULL, "[\"10\"]", false},
        {"many", "a b", "[\"a\",\"b\"]", true},
        {"many", "a none", "[\"a\",\"none\"]", false},
        {"many", "a a", "[\"a\",\"a\"]", false},
        {"many", "a x", "[\"a\",\"x\"]", false},
        {"many", NULL, "\"a\"", false},
        {"many", NULL, "[1.5]", false},
        {"rows", "r1=yes r2=no", "{\"r1\":\"yes\",\"r2\":\"no\"}", true},
        {"rows", "r1=yes r3=no", "{\"r1\":\"yes\",\"r3\":\"no\"}", false},
        {"rows", "r1=yes r2=maybe", "{\"r1\":\"yes\",\"r2\":\"maybe\"}", false},
        {"rows", "r1=yes r1=no", NULL, false},
        {"rows", "r1=yes yes no", NULL, false},
        {"rows", NULL, "\"yes\"", false},
        {"yn", "có", "\"yes\"", true},
        {"yn", "na: x", "{\"na\":\"x\"}", false},
        {"num", "1,5", "1.5", true},
        {"num", "1,5x", "\"x\"", false},
        {"words", "hai\nba", "\"hai\\nba\"", true},
        {"words", "C\uFFFDng ty", "\"C\uFFFDng ty\"", false},
        {"words", NULL, "1", false},
        {"when", "1/2/2026", "\"2026-02-01\"", true},
        {"when", "31/2/2026", "\"2026-02-31\"", false},
    };

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
        const struct question *question =
            &f.q->questions[questionnaire_find(f.q, answers[i].question)];
        struct answer answer;
        bool is_read;

        faults_init(&f.faults, &f.arena);
        is_read = !answers[i].text
                      ? answers[i].is_fine
                      : answer_read_text(question, answers[i].text, (struct place){"t", 0, ""},
                                         &f.arena, &f.faults, &answer);
        if (is_read != answers[i].is_fine || f.faults.errors != (answers[i].text && !is_read))
            fail_msg("%s: '%s': %d, %zu faults", answers[i].question, answers[i].text, is_read,
                     f.faults.errors);
        if (!answers[i].json)
            continue;
        is_read = answer_read_json(question, fixture_json(&f, answers[i].json), &f.arena, &f.faults,
                                   &answer);
        if (is_read != answers[i].is_fine || f.faults.errors != !is_read)
            fail_msg("%s: %s: %d, %zu faults", answers[i].question, answers[i].json, is_read,
                     f.faults.errors);
    }
}

/* What stands beside the boxes of a paper form: letters for long ids, columns in the order of rows.
 * An id always means itself. */
static const struct {
    const char *column, *cell, *result;
} code_cases[] = {
    {"q3", "a c J", "{\"q3\":[\"connectivity\",\"web-forms\",\"management-systems\"]}\n"},
    {"q3", "website,d", "{\"q3\":[\"website\",\"chat\"]}\n"},
    {"q3", "k", "2 column q3: question q3: there is no option 'k'"},
    {"q7", "a b", "2 column q7: question q7"}, /* b stands alone */
    {"q9", "0 5 - 1 2",
     "{\"q9\":{\"nlp\":\"0\",\"vision\":\"5\",\"robotics\":\"1\",\"business-intelligence\":\"2\"}}"
     "\n"},
    {"q9", "a f - B c",
     "{\"q9\":{\"nlp\":\"0\",\"vision\":\"5\",\"robotics\":\"1\",\"business-intelligence\":\"2\"}}"
     "\n"},
    {"q9", "A f - B c",
     "{\"q9\":{\"nlp\":\"0\",\"vision\":\"5\",\"robotics\":\"1\",\"business-intelligence\":\"2\"}}"
     "\n"},
    {"q9", "a f - b g", "2 column q9: question q9"},
    {"q9", "0 5 1 2", "2 column q9: question q9"},
    {"q9", "0 5 - 1 6", "2 column q9: question q9"},
    {"q11", "a b C yes no",
     "{\"q11\":{\"strategy\":\"no\",\"management-system\":\"partially\",\"procurement\":\"yes\","
     "\"energy\":\"yes\",\"reuse\":\"no\"}}\n"},
    {"q11", "reuse=b", "{\"q11\":{\"reuse\":\"partially\"}}\n"},
    {"q11.reuse", "c", "{\"q11\":{\"reuse\":\"yes\"}}\n"},
};

static void test_codes_of_paper(void **state)
{
    (void)state;
    fixture_questionnaire(&f, "questionnaires/eu-dma-sme@2023.json");
    for (size_t i = 0; i < ARRAY_SIZE(code_cases); i++) {
        const char *text = arena_printf(&f.arena, "form;name;%s\nenterprise;X;\"%s\"\n",
                                        code_cases[i].column, code_cases[i].cell);
        const char *result = read_text(text, f.q->ref);

        if (strncmp(result, code_cases[i].result, strlen(code_cases[i].result)) != 0)
            fail_msg("%s: %s", code_cases[i].cell, result);
    }
}

/* Rows below a header that number its columns, and those that do not. */
static void test_rows_of_numbers(void **state)
{
    static const struct {
        const char *row;
        bool is_passed_over;
    } rows[] = {
        {"1;2;3;4", true},  {"(1);(2);(3);(4)", true}, {"A;B;1;2", true},  {"A;(B);3;4", true},
        {"1;;3;4", true},   {"1;;2;3", true},          {"0;1;2;3", false}, {"2;3;4;5", false},
        {"A;B;0;1", false}, {"A;C;1;2", false},        {"1;2;4;5", false},
    };

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
        const char *text =
            arena_printf(&f.arena, "name;words;num;employees\n%s\nX;;7;8\n", rows[i].row);
        const char *result = read_text(text, f.q->ref);

        if ((strcmp(result, "{\"num\":7}\n") == 0) != rows[i].is_passed_over)
            fail_msg("%s: %s", rows[i].row, result);
    }
}

/* Below a table: sums, who signed and when, and the names of those below that. */
static void test_rows_below_a_table(void **state)
{
    static const struct {
        const char *rows;
        size_t read; /* as responses */
    } below[] = {
        {"Tổng cộng;;48;7;;", 0},
        {"TỔNG SỐ 25;;48;7;;", 0},
        {"Tổng cộng: 25 hộ;;48;7;;", 0},
        {"Cộng;;48;7;;", 0},
        {"tong cong 25;;48;7;;", 0},
        {"Grand total of all;;48;7;;", 0},
        {"Sum;;48;7;;", 0},
        {"Tổng công ty;;48;7;;", 1},
        {"Tổng hợp;;48;7;;", 1},
        {"Tổng;;48;7;;0", 0},
        {"Người lập biểu;;;;;", 0},
        {"Note;;1;1;1;", 0},
        {"Note;;1;1;1;0", 1},
        {"Note;1;1;1;1;", 1},
        {"TM. Giám đốc;;;;;", 0},
        {"Hải Phòng, ngày 01 tháng 9 năm 2026;;;;;", 0},
        {"Hải Phòng, tháng 9 năm 2026;;;;;", 1},
        {"Nguyễn Văn A;;;;;", 1},
        {"Người lập biểu;;;;;\nNguyễn Văn A;;;;;", 0},
        {"Người lập biểu;;;;;\nNguyễn Văn A;;;;;0", 1},
    };

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(below); i++) {
        const char *text = arena_printf(&f.arena,
                                        "name;capital_vnd;employees;female_employees;"
                                        "revenue_vnd;single\nX;;;;;10\n%s\n",
                                        below[i].rows);
        const char *result = read_text(text, f.q->ref);
        size_t lines = 0;

        for (const char *at = result; (at = strchr(at, '\n')); at++)
            lines++;
        if (lines != 1 + below[i].read || strncmp(result, "{\"single\":\"10\"}\n", 16) != 0)
            fail_msg("%s: %s", below[i].rows, result);
    }
}

/* The words behind a number that a fact knows as its own. */
static void test_facts_have_units(void **state)
{
    const struct fact *heads = &f.facts->items[facts_find(f.facts, "employees")];

    (void)state;
    assert_string_equal(heads->unit.in[LANG_VI], "người");
    assert_string_equal(heads->unit.in[LANG_EN], "people");
}

/* One sentence for every type of question, as they are in JSON. */
static void test_not_applicable_is_not_always_allowed(void **state)
{
    static const char *const questions[] = {"yn", "num", "when"};

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(questions); i++) {
        const char *text = arena_printf(&f.arena,
                                        "{\"kind\":\"response\",\"questionnaire\":\"%s\","
                                        "\"round\":\"1\",\"enterprise\":{\"name\":\"A\"},"
                                        "\"answers\":{\"%s\":{\"na\":\"x\"}}}",
                                        f.q->ref, questions[i]);
        const char *want =
            arena_printf(&f.arena, "question %s does not allow 'not applicable'", questions[i]);

        faults_init(&f.faults, &f.arena);
        (void)fixture_response(&f, text);
        assert_int_equal(f.faults.errors, 1);
        assert_string_equal(f.faults.items[0].text[LANG_EN], want);
    }
}

static void test_shares_are_printed(void **state)
{
    size_t share = facts_find(f.facts, "women_capital_percent");
    struct value value = {.kind = VALUE_NUMBER, .number = ratio_make(205, 4)};

    (void)state;
    assert_string_equal(fact_print(f.facts, share, &value, DAY_NONE, LANG_VI, &f.arena),
                        "51,25\u00a0%");
}

/* One amount of a list stays a list. */
static void test_lists_are_written(void **state)
{
    static const char *const cells[] = {"30000000|", "30000000|50000000", "1|2|3", "30000000"};
    struct response_columns columns;

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    response_columns_init(&columns, &f.arena, f.q, f.facts);
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        const char *text = arena_printf(&f.arena, "name;plans.dx_solution_vnd\nX;%s\n", cells[i]);
        struct csv_reader *reader = csv_reader_text("t.csv", text, strlen(text), &f.faults);
        struct response_csv *csv = open_csv(reader, f.q->ref, "2026");
        struct csv_writer w;
        struct response *response;
        struct buf out;

        assert_int_equal(response_csv_next(csv, &response), RESPONSE_CSV_ROW);
        buf_init(&out, BUF_MAX_DEFAULT);
        csv_writer_init(&w, &out, (struct csv_format){.separator = ';'});
        response_csv_write(&w, &columns, response);
        text = arena_printf(&f.arena, ";%s;", cells[i]);
        if (!strstr(buf_text(&out), text))
            fail_msg("%s: %s", cells[i], buf_text(&out));
        buf_free(&out);
        response_csv_free(csv);
        csv_reader_free(reader);
    }
}

/* What spoke for another reading was stored: the row that was put aside says what its cell has. */
static void test_rows_that_were_put_aside(void **state)
{
    static const char *const cells[][3] = {
        {"num: '2.000' has two readings", "2.000", "3 column num: question num: '2.000' has two"},
        {"num: '2.000' has two readings", "2000", "{\"num\":2000}"}, /* mended */
        {"num: '3.000' has two readings", "2.000", "{\"num\":2000}"},
        {"num: '2.5' is too much", "2.5", "{\"num\":2.5}"},
        {"", "2.000", "{\"num\":2000}"},
    };

    (void)state;
    fixture_questionnaire(&f, ALL_TYPES);
    for (size_t i = 0; i < ARRAY_SIZE(cells); i++) {
        const char *text =
            arena_printf(&f.arena, "reason;name;num\n;X;1\n%s;Y;%s\n", cells[i][0], cells[i][1]);

        if (!strstr(read_text(text, f.q->ref), cells[i][2]))
            fail_msg("%s: %s", cells[i][1], read_text(text, f.q->ref));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_demo, setup, teardown),
    cmocka_unit_test_setup_teardown(test_cells, setup, teardown),
    cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
    cmocka_unit_test_setup_teardown(test_units, setup, teardown),
    cmocka_unit_test_setup_teardown(test_damaged, setup, teardown),
    cmocka_unit_test_setup_teardown(test_codes, setup, teardown),
    cmocka_unit_test_setup_teardown(test_codes_that_exist, setup, teardown),
    cmocka_unit_test_setup_teardown(test_nfc, setup, teardown),
    cmocka_unit_test_setup_teardown(test_many_bad_rows, setup, teardown),
    cmocka_unit_test_setup_teardown(test_answers_are_read_or_have_a_fault, setup, teardown),
    cmocka_unit_test_setup_teardown(test_codes_of_paper, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rows_of_numbers, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rows_below_a_table, setup, teardown),
    cmocka_unit_test_setup_teardown(test_facts_have_units, setup, teardown),
    cmocka_unit_test_setup_teardown(test_not_applicable_is_not_always_allowed, setup, teardown),
    cmocka_unit_test_setup_teardown(test_shares_are_printed, setup, teardown),
    cmocka_unit_test_setup_teardown(test_lists_are_written, setup, teardown),
    cmocka_unit_test_setup_teardown(test_rows_that_were_put_aside, setup, teardown),
};

RUN(tests)
