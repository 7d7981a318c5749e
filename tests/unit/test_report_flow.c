#include "report_tools.h"

#include "draw/chart.h"

/* A document in the making, and what came out. */
struct sheet {
    struct arena arena;
    struct flow *flow;
    struct buf pdf, text;
    struct buf pages; /* the whole text as it is: starting pdftotext for every word takes long */
};

static void sheet_begin(struct sheet *sheet, const struct flow_setup *setup)
{
    arena_init(&sheet->arena);
    buf_init(&sheet->pdf, PDF_BYTES_MAX);
    buf_init(&sheet->text, BUF_MAX_DEFAULT);
    buf_init(&sheet->pages, BUF_MAX_DEFAULT);
    sheet->flow = flow_new(&sheet->arena, setup);
}

static void sheet_end(struct sheet *sheet)
{
    buf_free(&sheet->pages);
    buf_free(&sheet->text);
    buf_free(&sheet->pdf);
    arena_free(&sheet->arena);
}

static const char *page_text(struct sheet *sheet, int page)
{
    char options[60];

    snprintf(options, sizeof(options), "-f %d -l %d", page, page);
    text_of(&sheet->pdf, options, &sheet->text);
    flatten(&sheet->text);
    return buf_text(&sheet->text);
}

static const char *all_text(struct sheet *sheet)
{
    text_of(&sheet->pdf, "", &sheet->text);
    flatten(&sheet->text);
    return buf_text(&sheet->text);
}

/* "từ17a ": a word that stands nowhere else. */
static const char *word(struct sheet *sheet, size_t number)
{
    return arena_printf(&sheet->arena, "từ%zua", number);
}

static const char *words(struct sheet *sheet, size_t first, size_t count)
{
    struct buf buf;
    const char *text;

    buf_init(&buf, 1 << 20);
    for (size_t i = 0; i < count; i++)
        buf_printf(&buf, "%s%s", i ? " " : "", word(sheet, first + i));
    text = arena_strdup(&sheet->arena, buf_text(&buf));
    buf_free(&buf);
    return text;
}

/* The page, from 1, on which a word stands; it must stand there only, and once. Pages end with a
 * form feed in what pdftotext prints. */
static int page_of(struct sheet *sheet, const char *text)
{
    const char *at;
    int page = 1;

    if (!sheet->pages.len)
        text_of(&sheet->pdf, "", &sheet->pages);
    if (count_of(buf_text(&sheet->pages), text) != 1)
        fail_msg("%s stands %zu times", text, count_of(buf_text(&sheet->pages), text));
    at = strstr(buf_text(&sheet->pages), text);
    for (const char *c = buf_text(&sheet->pages); c < at; c++)
        page += *c == '\f';
    return page;
}

struct area {
    double left, top, right, bottom;
};

#define AREAS_MAX 4000

static bool overlap(const struct area *a, const struct area *b)
{
    return a->left + 1 < b->right && b->left + 1 < a->right && a->top + 2 < b->bottom &&
           b->top + 2 < a->bottom;
}

/* All words lie within the margins and none on another, by the boxes that poppler meter. */
static void assert_tidy(struct sheet *sheet)
{
    static struct area areas[AREAS_MAX];
    size_t count = 0;

    assert_int_equal(tool("pdftotext -bbox", &sheet->pdf, "-", &sheet->text), 0);
    for (const char *at = buf_text(&sheet->text); (at = strchr(at, '<')) != NULL; at++) {
        struct area *area = &areas[count];

        if (strncmp(at, "<page", 5) == 0)
            count = 0;
        if (strncmp(at, "<word xMin=\"", 12) != 0)
            continue;
        *area = (struct area){atof(at + 12), atof(strstr(at, "yMin=\"") + 6),
                              atof(strstr(at, "xMax=\"") + 6), atof(strstr(at, "yMax=\"") + 6)};
        if (area->left < 53 || area->right > 595.28 - 53 || area->top < 30 || area->bottom > 815)
            fail_msg("in the margin: %.120s", at);
        for (size_t i = 0; i < count; i++)
            if (overlap(&areas[i], area))
                fail_msg("on another word: %.120s", at);
        assert_true(++count < AREAS_MAX);
    }
}

static void wrapped_text_can_be_copied(void **state)
{
    static const char sentence[] =
        "Doanh nghiệp được hỗ trợ tối đa 50% giá trị hợp đồng thuê, mua các giải pháp chuyển đổi "
        "số để tự động hóa, nâng cao hiệu quả quy trình kinh doanh, quy trình quản trị, quy trình "
        "sản xuất, quy trình công nghệ trong doanh nghiệp nhỏ và vừa.";
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_text(sheet.flow, FLOW_BODY, sentence);
    flow_item(sheet.flow, NULL, sentence);
    flow_box_begin(sheet.flow, &(struct flow_box){.tone = TONE_GOOD, .title = sentence});
    flow_box_end(sheet.flow);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_int_equal(count_of(all_text(&sheet), sentence), 3);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void add_table(struct sheet *sheet, size_t rows)
{
    const struct flow_column columns[] = {
        {"TT", 1, 0, true}, {"Nội dung cột", 6, 0, false}, {"Số tiền", 2, 0, true}};

    flow_table_begin(sheet->flow,
                     &(struct flow_table){.title = "Bảng 1", .columns = columns, .count = 3});
    for (size_t i = 0; i < rows; i++)
        flow_row(sheet->flow, ROW_PLAIN,
                 (struct flow_cell[]){{.text = arena_printf(&sheet->arena, "%zu", i)},
                                      {.text = words(sheet, 40 * i, 1 + i % 31)},
                                      {.text = "1.000.000"}},
                 3);
    flow_table_end(sheet->flow);
}

static void long_tables_repeat_their_header(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;
    int pages;

    (void)state;
    sheet_begin(&sheet, &setup);
    add_table(&sheet, 300);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    pages = pages_of(&sheet.pdf);
    assert_true(pages > 8);
    for (int page = 1; page <= pages; page++) {
        const char *text = page_text(&sheet, page);

        assert_int_equal(count_of(text, "Nội dung cột"), 1);
        assert_int_equal(count_of(text, "Bảng 1 (tiếp theo)"), page > 1);
    }
    all_text(&sheet);
    for (size_t i = 0; i < 300; i++)
        for (size_t k = 0; k < 1 + i % 31; k++)
            if (count_of(buf_text(&sheet.text), word(&sheet, 40 * i + k)) != 1)
                fail_msg("row %zu has lost a word", i);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

/* Weights say that the second column is narrow; its words say that it cannot be. */
static void columns_have_room_for_their_words(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    const struct flow_column columns[] = {{"Một", 20, 0, false}, {"Trách nhiệm", 1, 0, false}};
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_table_begin(sheet.flow, &(struct flow_table){.columns = columns, .count = 2});
    flow_row(sheet.flow, ROW_PLAIN,
             (struct flow_cell[]){{.text = words(&sheet, 0, 60)}, {.text = "80/2021/NĐ-CP"}}, 2);
    flow_row(sheet.flow, ROW_PLAIN,
             (struct flow_cell[]){{.text = "x"}, {.text = "Quý\u00A0III/2027", .sign = SIGN_YES}},
             2);
    flow_table_end(sheet.flow);
    finish(sheet.flow, &sheet.pdf);
    assert_contains(all_text(&sheet), "80/2021/NĐ-CP");
    assert_contains(buf_text(&sheet.text), "Quý III/2027");
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void rows_stay_whole(void **state)
{
    struct flow_setup setup = plain_setup(LANG_EN);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    add_table(&sheet, 80);
    finish(sheet.flow, &sheet.pdf);
    for (size_t i = 30; i < 80; i += 31) /* rows of several lines */
        assert_int_equal(page_of(&sheet, word(&sheet, 40 * i)),
                         page_of(&sheet, word(&sheet, 40 * i + i % 31)));
    assert_contains(page_text(&sheet, 2), "Bảng 1 (continued)");
    sheet_end(&sheet);
}

static void rows_longer_than_a_page_go_on(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    const struct flow_column columns[] = {{"A", 1, 0, false}, {"B", 2, 0, false}};
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_table_begin(sheet.flow, &(struct flow_table){.columns = columns, .count = 2});
    flow_row(sheet.flow, ROW_PLAIN,
             (struct flow_cell[]){{.text = "câu"}, {.text = words(&sheet, 0, 2000)}}, 2);
    flow_row(sheet.flow, ROW_TOTAL, (struct flow_cell[]){{.text = "hếtbảng", .span = 2}}, 1);
    flow_table_end(sheet.flow);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    all_text(&sheet);
    for (size_t i = 0; i < 2000; i++)
        if (count_of(buf_text(&sheet.text), word(&sheet, i)) != 1)
            fail_msg("word %zu is lost", i);
    assert_int_equal(count_of(buf_text(&sheet.text), "hếtbảng"), 1);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void long_words_do_not_leave_the_page(void **state)
{
    static const char word80[] =
        "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochLlanfairpwllgwyngyllgo";
    struct flow_setup setup = plain_setup(LANG_VI);
    struct flow_column columns[8];
    struct flow_cell cells[8];
    struct sheet sheet;

    (void)state;
    for (size_t i = 0; i < 8; i++) {
        columns[i] = (struct flow_column){"Tiêuđềcộtkhôngcódấucách", 1, 0, i % 2};
        cells[i] = (struct flow_cell){.text = word80};
    }
    setup.header_left = setup.header_right = setup.footer = word80;
    sheet_begin(&sheet, &setup);
    flow_heading(sheet.flow, 1, word80);
    flow_text(sheet.flow, FLOW_LEAD, word80);
    flow_item(sheet.flow, "100.", word80);
    flow_pairs(sheet.flow, (struct flow_pair[]){{word80, word80, NULL}, {word80, word80, NULL}}, 2,
               3);
    flow_pairs(sheet.flow, (struct flow_pair[]){{word80, word80, NULL}}, 1, 1);
    flow_box_begin(sheet.flow, &(struct flow_box){.title = word80, .badge = "Đủ điều kiện"});
    flow_text(sheet.flow, FLOW_BODY, word80);
    flow_table_begin(sheet.flow,
                     &(struct flow_table){.title = word80, .columns = columns, .count = 8});
    flow_row(sheet.flow, ROW_PLAIN, cells, 8);
    flow_table_end(sheet.flow);
    flow_box_end(sheet.flow);
    flow_contents(sheet.flow, 3);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void headings_stay_with_their_text(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    for (size_t i = 0; i < 60; i++) {
        flow_heading(sheet.flow, 1 + (int)(i % 3), arena_printf(&sheet.arena, "đềmục%zua", i));
        flow_box_begin(sheet.flow, &(struct flow_box){.title = NULL});
        flow_text(sheet.flow, FLOW_BODY, words(&sheet, 1000 * (i + 1), 90 + 37 * (i % 11)));
        flow_box_end(sheet.flow);
    }
    finish(sheet.flow, &sheet.pdf);
    for (size_t i = 0; i < 60; i += 2)
        assert_int_equal(page_of(&sheet, arena_printf(&sheet.arena, "đềmục%zua", i)),
                         page_of(&sheet, word(&sheet, 1000 * (i + 1))));
    sheet_end(&sheet);
}

/* Of paragraphs of three lines none is parted: one line alone would be left somewhere. They stand
 * in one row of a list each, so that only the middle of a paragraph is left for a break. */
static void no_line_stands_alone(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);

    (void)state;
    for (size_t before = 1; before < 8; before++) {
        struct sheet sheet;

        sheet_begin(&sheet, &setup);
        for (size_t i = 0; i < before; i++)
            flow_text(sheet.flow, FLOW_LEAD, "x");
        for (size_t i = 0; i < 14; i++)
            flow_text(sheet.flow, FLOW_BODY,
                      arena_printf(&sheet.arena, "%s\n%s\n%s:", word(&sheet, 3 * i),
                                   word(&sheet, 3 * i + 1), word(&sheet, 3 * i + 2)));
        flow_text(sheet.flow, FLOW_BODY, "x");
        finish(sheet.flow, &sheet.pdf);
        assert_int_equal(pages_of(&sheet.pdf), 2);
        for (size_t i = 0; i < 14; i++) {
            assert_int_equal(page_of(&sheet, word(&sheet, 3 * i)),
                             page_of(&sheet, word(&sheet, 3 * i + 1)));
            assert_int_equal(page_of(&sheet, word(&sheet, 3 * i + 1)),
                             page_of(&sheet, word(&sheet, 3 * i + 2)));
        }
        sheet_end(&sheet);
    }
}

static void cards_stay_whole(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    for (size_t i = 0; i < 30; i++) {
        flow_box_begin(
            sheet.flow,
            &(struct flow_box){.title = word(&sheet, 100000 + i), .sign = SIGN_YES, .badge = "Đủ"});
        flow_text(sheet.flow, FLOW_BODY, words(&sheet, 1000 * (i + 1), 30 + 10 * (i % 7)));
        flow_item(sheet.flow, NULL, word(&sheet, 200000 + i));
        flow_box_end(sheet.flow);
    }
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_lacks(all_text(&sheet), "(tiếp theo)");
    for (size_t i = 0; i < 30; i += 2)
        assert_int_equal(page_of(&sheet, word(&sheet, 100000 + i)),
                         page_of(&sheet, word(&sheet, 200000 + i)));
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void cards_longer_than_a_page_go_on(void **state)
{
    struct flow_setup setup = plain_setup(LANG_EN);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_box_begin(sheet.flow, &(struct flow_box){.title = "Policy"});
    flow_box_begin(sheet.flow, &(struct flow_box){.title = "Inner", .tone = TONE_INFO});
    flow_text(sheet.flow, FLOW_BODY, words(&sheet, 0, 1500));
    flow_box_end(sheet.flow);
    flow_box_end(sheet.flow);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_contains(page_text(&sheet, 2), "Policy (continued)");
    assert_contains(page_text(&sheet, 2), "Inner (continued)");
    all_text(&sheet);
    for (size_t i = 0; i < 1500; i++)
        if (count_of(buf_text(&sheet.text), word(&sheet, i)) != 1)
            fail_msg("word %zu is lost", i);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

/* A page with one line more than a page holds: gaps shrink, or the last page gets company. */
static void last_pages_are_not_nearly_empty(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);

    (void)state;
    for (size_t lines = 28; lines < 44; lines++) {
        struct sheet sheet;
        int pages;

        sheet_begin(&sheet, &setup);
        for (size_t i = 0; i < lines; i++)
            flow_text(sheet.flow, FLOW_BODY, word(&sheet, i));
        finish(sheet.flow, &sheet.pdf);
        pages = pages_of(&sheet.pdf);
        if (pages == 2)
            assert_true(count_of(page_text(&sheet, 2), "từ") >= 5);
        sheet_end(&sheet);
    }
}

static void pages_are_numbered(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_cover(sheet.flow, &(struct flow_cover){"MỞ ĐẦU", "Tiêu đề", NULL});
    for (int i = 0; i < 2; i++) {
        flow_page_break(sheet.flow);
        flow_text(sheet.flow, FLOW_BODY, word(&sheet, (size_t)i));
    }
    finish(sheet.flow, &sheet.pdf);
    assert_int_equal(pages_of(&sheet.pdf), 3);
    assert_lacks(page_text(&sheet, 1), "Trang");
    assert_lacks(page_text(&sheet, 1), "Đầu trang");
    assert_contains(page_text(&sheet, 2), "Đầu trang");
    assert_contains(page_text(&sheet, 2), "Chân trang");
    assert_contains(page_text(&sheet, 2), "Trang 2/3");
    assert_contains(page_text(&sheet, 3), "Trang 3/3");
    sheet_end(&sheet);
}

static void contents_tell_the_pages(void **state)
{
    struct flow_setup setup = plain_setup(LANG_EN);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_contents(sheet.flow, 2);
    flow_heading(sheet.flow, 1, "First");
    flow_page_break(sheet.flow);
    flow_heading(sheet.flow, 1, "Second");
    flow_heading(sheet.flow, 2, "Part");
    flow_heading(sheet.flow, 3, "Hidden");
    flow_text(sheet.flow, FLOW_BODY, "text");
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_contains(page_text(&sheet, 1), "First 1 Second 2 Part 2");
    assert_lacks(page_text(&sheet, 1), "Hidden");
    /* The outline has them all, nested. */
    assert_int_equal(tool("qpdf --json --json-key=outlines", &sheet.pdf, "", &sheet.text), 0);
    assert_int_equal(count_of(buf_text(&sheet.text), "\"title\": \""), 4);
    assert_contains(buf_text(&sheet.text), "\"title\": \"Hidden\"");
    assert_contains(buf_text(&sheet.text), "\"destpageposfrom1\": 2");
    sheet_end(&sheet);
}

static void links_lead_where_they_say(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;
    unsigned anchor;

    (void)state;
    sheet_begin(&sheet, &setup);
    anchor = flow_anchor(sheet.flow);
    flow_runs(sheet.flow, FLOW_BODY,
              (struct run[]){{.text = "Xem "},
                             {.text = "chính sách", .anchor = anchor},
                             {.text = " và "},
                             {.text = "văn bản", .uri = "https://vanban.example.vn/"}},
              4);
    flow_page_break(sheet.flow);
    flow_box_begin(sheet.flow, &(struct flow_box){.title = "Đích", .anchor = anchor});
    flow_box_end(sheet.flow);
    finish(sheet.flow, &sheet.pdf);
    assert_contains(page_text(&sheet, 1), "Xem chính sách và văn bản");
    assert_int_equal(tool("pdfinfo -struct-text", &sheet.pdf, "", &sheet.text), 0);
    assert_contains(buf_text(&sheet.text), "Link (inline)\n      \"chính sách\"");
    assert_int_equal(
        tool("qpdf --qdf --object-streams=disable", &sheet.pdf, "- | tr -d '\\000'", &sheet.text),
        0);
    assert_contains(buf_text(&sheet.text), "/URI (https://vanban.example.vn/)");
    assert_int_equal(count_of(buf_text(&sheet.text), "/Subtype /Link"), 2);
    sheet_end(&sheet);
}

static double fixed_height(const void *data, double width)
{
    (void)width;
    return *(const double *)data;
}

static void draw_nothing(const void *data, struct canvas *canvas)
{
    (void)data;
    (void)canvas;
}

static void pictures_have_words(void **state)
{
    static const double height = 100;
    const struct picture picture = {fixed_height, draw_nothing, &height};
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_picture(sheet.flow, picture, 0, "Sáu trụ cột");
    finish(sheet.flow, &sheet.pdf);
    assert_int_equal(
        tool("qpdf --qdf --object-streams=disable", &sheet.pdf, "- | tr -d '\\000'", &sheet.text),
        0);
    assert_contains(buf_text(&sheet.text), "/S /Figure");
    assert_contains(buf_text(&sheet.text), "/Alt <feff005300e1007500200074"); /* "Sáu t" */
    sheet_end(&sheet);
}

static void columns_that_are_too_high_follow_each_other(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_columns_begin(sheet.flow, (double[]){1, 1}, 2);
    flow_heading(sheet.flow, 2, "Trái");
    flow_text(sheet.flow, FLOW_BODY, words(&sheet, 0, 900));
    flow_columns_next(sheet.flow);
    flow_text(sheet.flow, FLOW_BODY, words(&sheet, 5000, 10));
    flow_columns_end(sheet.flow);
    flow_text(sheet.flow, FLOW_BODY, "hếtcột");
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    all_text(&sheet);
    for (size_t i = 0; i < 900; i++)
        assert_int_equal(count_of(buf_text(&sheet.text), word(&sheet, i)), 1);
    assert_int_equal(count_of(buf_text(&sheet.text), "hếtcột"), 1);
    assert_tidy(&sheet);
    sheet_end(&sheet);
}

static void empty_documents_have_a_page(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    assert_int_equal(pages_of(&sheet.pdf), 1);
    sheet_end(&sheet);
}

static void empty_texts_do_no_harm(void **state)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    const struct flow_column columns[] = {{"", 1, 0, false}, {NULL, 1, 0, false}};
    struct sheet sheet;

    (void)state;
    sheet_begin(&sheet, &setup);
    flow_cover(sheet.flow, &(struct flow_cover){NULL, "", NULL});
    flow_heading(sheet.flow, 1, "");
    flow_text(sheet.flow, FLOW_BODY, "");
    flow_runs(sheet.flow, FLOW_BODY, NULL, 0);
    flow_item(sheet.flow, NULL, "");
    flow_pairs(sheet.flow, (struct flow_pair[]){{"", "", NULL}}, 1, 2);
    flow_box_begin(sheet.flow, &(struct flow_box){.title = NULL});
    flow_box_end(sheet.flow);
    flow_table_begin(sheet.flow, &(struct flow_table){.columns = columns, .count = 2});
    flow_row(sheet.flow, ROW_PLAIN, (struct flow_cell[]){{.text = ""}, {.text = NULL}}, 2);
    flow_row(sheet.flow, ROW_PLAIN, NULL, 0);
    flow_table_end(sheet.flow);
    flow_columns_begin(sheet.flow, (double[]){1}, 1);
    flow_columns_end(sheet.flow);
    flow_contents(sheet.flow, 3);
    finish(sheet.flow, &sheet.pdf);
    assert_sound(&sheet.pdf);
    sheet_end(&sheet);
}

/* Blocks in any order: no word is lost, none leaves the page, equal input gives equal bytes. */
static void add_any(struct sheet *sheet, struct dice *dice, size_t *next)
{
    size_t count = 1 + dice_roll(dice, 60);
    const char *text = words(sheet, *next, count);

    *next += count;
    switch (dice_roll(dice, 8)) {
    case 0:
        flow_heading(sheet->flow, 1 + (int)dice_roll(dice, 3), text);
        break;
    case 1:
        flow_item(sheet->flow, dice_roll(dice, 2) ? "12." : NULL, text);
        break;
    case 2:
        flow_pairs(sheet->flow, (struct flow_pair[]){{text, "giá trị", NULL}}, 1,
                   1 + (unsigned)dice_roll(dice, 3));
        break;
    case 3:
        flow_box_begin(sheet->flow, &(struct flow_box){.title = text, .sign = SIGN_INFO});
        flow_box_end(sheet->flow);
        break;
    case 4:
        flow_columns_begin(sheet->flow, (double[]){1, 2}, 2);
        flow_text(sheet->flow, FLOW_SMALL, text);
        flow_columns_next(sheet->flow);
        flow_columns_end(sheet->flow);
        break;
    case 5:
        flow_table_begin(sheet->flow, &(struct flow_table){
                                          .columns = (struct flow_column[]){{"Một", 1, 0, false},
                                                                            {"Hai", 2, 0, true}},
                                          .count = 2});
        flow_row(sheet->flow, ROW_PLAIN, (struct flow_cell[]){{.text = "x"}, {.text = text}}, 2);
        flow_table_end(sheet->flow);
        break;
    default:
        flow_text(sheet->flow, (enum flow_style)dice_roll(dice, FLOW_STYLE__MAX), text);
    }
}

static size_t make_any(struct sheet *sheet, uint64_t seed)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct dice dice = {seed};
    size_t next = 0;

    sheet_begin(sheet, &setup);
    for (size_t i = 10 + dice_roll(&dice, 60); i > 0; i--) {
        if (dice_roll(&dice, 25) == 0)
            flow_page_break(sheet->flow);
        add_any(sheet, &dice, &next);
    }
    finish(sheet->flow, &sheet->pdf);
    return next;
}

/* Two chapters of so many paragraphs each; the second may go on where the first ends. */
static size_t pages_of_two_chapters(size_t paragraphs, bool may_join, struct sheet *sheet)
{
    const struct run next = {.text = "next"};

    sheet_begin(sheet, &(struct flow_setup){.is_compact = true});
    for (size_t chapter = 0; chapter < 2; chapter++) {
        flow_chapter(sheet->flow, chapter ? "Second" : "First");
        if (chapter && may_join)
            flow_join(sheet->flow);
        for (size_t i = 0; i < paragraphs; i++)
            flow_text(sheet->flow, FLOW_BODY, words(sheet, 1000 * chapter + 10 * i, 10));
        flow_next_step(sheet->flow, &next, 1);
    }
    finish(sheet->flow, &sheet->pdf);
    return flow_page_count(sheet->flow);
}

static void chapters_share_a_page_only_if_that_saves_one(void **state)
{
    static const struct {
        size_t paragraphs;
        bool may_join;
        size_t pages;
    } cases[] = {{5, false, 2}, {5, true, 1}, {22, true, 2}};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct sheet sheet;

        assert_int_equal(pages_of_two_chapters(cases[i].paragraphs, cases[i].may_join, &sheet),
                         cases[i].pages);
        /* where both would fill two pages, the second begins on a page of its own */
        if (cases[i].pages == 2)
            assert_null(strstr(page_text(&sheet, 1), word(&sheet, 1000)));
        sheet_end(&sheet);
    }
}

/* How high pictures were drawn. */
static double drawn_height;

static double low_height(const void *data, double width)
{
    (void)data;
    (void)width;
    return 50;
}

static void low_draw(const void *data, struct canvas *canvas)
{
    (void)data;
    drawn_height = canvas->height;
}

static void pictures_grow_into_the_room_that_is_left(void **state)
{
    static const double most[] = {0, 100, 5000};
    static const double least_height[] = {50, 150, 500}, most_height[] = {50, 150, 800};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(most); i++) {
        struct sheet sheet;

        sheet_begin(&sheet, &(struct flow_setup){.is_compact = true});
        flow_picture(sheet.flow, (struct picture){low_height, low_draw, NULL}, 0, "low");
        flow_stretch(sheet.flow, most[i]);
        flow_text(sheet.flow, FLOW_BODY, word(&sheet, 1));
        finish(sheet.flow, &sheet.pdf);
        assert_int_equal(flow_page_count(sheet.flow), 1);
        assert_true(drawn_height >= least_height[i] - 0.1 && drawn_height <= most_height[i] + 0.1);
        sheet_end(&sheet);
    }
}

static void any_blocks_come_out_whole(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct sheet sheet, again;
        size_t count = make_any(&sheet, seed);

        assert_sound(&sheet.pdf);
        assert_tidy(&sheet);
        all_text(&sheet);
        for (size_t i = 0; i < count; i++)
            if (count_of(buf_text(&sheet.text), word(&sheet, i)) != 1)
                fail_msg("seed %d: word %zu", (int)seed, i);
        make_any(&again, seed);
        assert_int_equal(again.pdf.len, sheet.pdf.len);
        assert_memory_equal(again.pdf.data, sheet.pdf.data, sheet.pdf.len);
        sheet_end(&again);
        sheet_end(&sheet);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(wrapped_text_can_be_copied),
    cmocka_unit_test(long_tables_repeat_their_header),
    cmocka_unit_test(columns_have_room_for_their_words),
    cmocka_unit_test(rows_stay_whole),
    cmocka_unit_test(rows_longer_than_a_page_go_on),
    cmocka_unit_test(long_words_do_not_leave_the_page),
    cmocka_unit_test(headings_stay_with_their_text),
    cmocka_unit_test(no_line_stands_alone),
    cmocka_unit_test(cards_stay_whole),
    cmocka_unit_test(cards_longer_than_a_page_go_on),
    cmocka_unit_test(last_pages_are_not_nearly_empty),
    cmocka_unit_test(pages_are_numbered),
    cmocka_unit_test(contents_tell_the_pages),
    cmocka_unit_test(links_lead_where_they_say),
    cmocka_unit_test(pictures_have_words),
    cmocka_unit_test(columns_that_are_too_high_follow_each_other),
    cmocka_unit_test(empty_documents_have_a_page),
    cmocka_unit_test(empty_texts_do_no_harm),
    cmocka_unit_test(chapters_share_a_page_only_if_that_saves_one),
    cmocka_unit_test(pictures_grow_into_the_room_that_is_left),
    cmocka_unit_test(any_blocks_come_out_whole),
};

RUN(tests)
