#include "report_tools.h"

#include "report/card.h"

/* The papers of a dossier, as other programs read them. */

#define URI "https://cds.haiphong.gov.vn/ho-so/mo-lai?ma=CDS-26-0000172"

static struct err err;

static const struct card card = {
    .service = "Đánh giá mức độ sẵn sàng chuyển đổi số thành phố Hải Phòng",
    .reference = "CDS-26-0000172",
    .secret = "7K2M9QXR4TBN",
    .uri = URI,
    .help = "Sở Khoa học và Công nghệ, 0225 1234 567 (giờ hành chính): mang theo giấy chứng nhận "
            "đăng ký doanh nghiệp.",
    .on = 0,
};

static const struct receipt receipt = {
    .service = "Đánh giá mức độ sẵn sàng chuyển đổi số thành phố Hải Phòng",
    .reference = "CDS-26-0000172",
    .name = "Công ty TNHH May Minh Họa Sen Vàng",
    .tax_code = "0899010130",
    .questionnaire = "Bộ chỉ số đánh giá mức độ chuyển đổi số doanh nghiệp nhỏ và vừa (DBI)",
    .round = "2026",
    .submitted_at = "24/11/2026 15:08",
    .times = 2,
    .level = "3 – Hình thành",
    .score = "152/320 điểm (47,5 %)",
    .consent_version = "2026-01",
    .uri = "https://cds.haiphong.gov.vn/ho-so/CDS-26-0000172",
    .help = "Sở Khoa học và Công nghệ, 0225 1234 567 (giờ hành chính).",
    .on = 0,
};

struct printed {
    struct buf pdf, text;
};

static void printed_init(struct printed *p)
{
    buf_init(&p->pdf, PDF_BYTES_MAX);
    buf_init(&p->text, 1 << 22);
}

static void printed_free(struct printed *p)
{
    buf_free(&p->text);
    buf_free(&p->pdf);
}

/* Sound, of so many pages, and its text. */
static void read_pdf(struct printed *p, int pages)
{
    assert_sound(&p->pdf);
    if (pages)
        assert_int_equal(pages_of(&p->pdf), pages);
    text_of(&p->pdf, "", &p->text);
    flatten(&p->text);
    assert_lacks(buf_text(&p->text), "\u25a1");
    assert_lacks(buf_text(&p->text), "%s");
}

static void assert_scans_as(const struct buf *pdf, const char *expected)
{
    struct buf out;

    buf_init(&out, 1 << 16);
    assert_int_equal(tool("pdftoppm -png -singlefile -r 150", pdf,
                          "| zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable PNG:-", &out),
                     0);
    flatten(&out);
    assert_memory_equal(out.data, expected, strlen(expected));
    assert_int_equal(out.len, strlen(expected) + 1);
    buf_free(&out);
}

static void print_card(struct printed *p, const struct card *from, enum lang lang)
{
    buf_clear(&p->pdf);
    if (card_pdf(from, lang, &p->pdf, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    read_pdf(p, 1);
}

static void a_card_has_both_codes_and_a_way_back(void **state)
{
    static const char *const said[LANG__MAX][6] = {
        {"Mã hồ sơ và mã bí mật", "Giữ kín mã bí mật", "Mở trang " URI ".", "Nếu mất mã bí mật",
         "Lập ngày 24/11/2026", "0225 1234 567"},
        {"Your reference and secret code", "Keep the secret code to yourself", "Go to " URI ".",
         "If you lose the secret code", "Made on 24/11/2026", "0225 1234 567"}};
    struct card one = card;
    struct printed p;

    (void)state;
    printed_init(&p);
    one.on = day_of(2026, 11, 24);
    for (int lang = 0; lang < LANG__MAX; lang++) {
        print_card(&p, &one, (enum lang)lang);
        for (size_t i = 0; i < ARRAY_SIZE(said[lang]); i++)
            assert_contains(buf_text(&p.text), said[lang][i]);
        assert_contains(buf_text(&p.text), "CDS-26-0000172");
        assert_contains(buf_text(&p.text), "7K2M 9QXR 4TBN");
        assert_scans_as(&p.pdf, URI);
    }
    printed_free(&p);
}

static void secrets_are_grouped_as_they_come(void **state)
{
    static const char *const secrets[][2] = {
        {"7k2m-9qxr-4tbn", "7k2m 9qxr 4tbn"},
        {"7K2M9Q", "7K2M 9Q"},
        {"7K2M", "7K2M"},
        {"7K2M9QXR4TBN7K2M9QXR4TBN7K2M9QXR", "7K2M 9QXR 4TBN 7K2M 9QXR 4TBN 7K2M 9QXR"}};
    struct printed p;

    (void)state;
    printed_init(&p);
    for (size_t i = 0; i < ARRAY_SIZE(secrets); i++) {
        struct card one = card;

        one.secret = secrets[i][0];
        print_card(&p, &one, LANG_VI);
        assert_contains(buf_text(&p.text), secrets[i][1]);
    }
    printed_free(&p);
}

static enum status try_card(struct card one)
{
    struct buf pdf;
    enum status status;

    buf_init(&pdf, PDF_BYTES_MAX);
    status = card_pdf(&one, LANG_VI, &pdf, &err);
    if (status != OK)
        assert_int_equal(pdf.len, 0);
    buf_free(&pdf);
    return status;
}

static void no_card_gives_its_secret_away(void **state)
{
    static const char *const uris[] = {
        "https://x.vn/?m=7K2M9QXR4TBN", "https://x.vn/?m=7k2m-9qxr-4tbn",
        "https://x.vn/7k2m%209qxr/7K2M9qXR.4TBN#x", "https://7K2M9QXR4TBN.vn/"};
    struct card one = card;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(uris); i++) {
        one.uri = uris[i];
        assert_int_equal(try_card(one), BAD_INPUT);
        assert_contains(err.text[LANG_EN], "not part of the page's address");
    }
    one.uri = "https://x.vn/?m=7K2M9QXR4TB";
    assert_int_equal(try_card(one), OK);
    one.secret = "";
    assert_int_equal(try_card(one), BAD_INPUT);
    one.secret = "--";
    assert_int_equal(try_card(one), BAD_INPUT);
}

static void what_is_too_long_is_refused(void **state)
{
    char uri[400], help[9000];
    struct card one = card;

    (void)state;
    memset(uri, 'u', sizeof(uri) - 1);
    uri[sizeof(uri) - 1] = '\0';
    one.uri = uri;
    assert_int_equal(try_card(one), LIMIT);
    one.uri = URI;
    for (size_t i = 0; i < sizeof(help); i++)
        help[i] = i % 8 ? 'a' : ' ';
    help[sizeof(help) - 1] = '\0';
    one.help = help;
    assert_int_equal(try_card(one), LIMIT);
    assert_contains(err.text[LANG_EN], "longer than one page");
    one.help = NULL;
    assert_int_equal(try_card(one), OK);
}

static void a_receipt_says_what_was_received(void **state)
{
    static const char *const said[LANG__MAX][4] = {
        {"Xác nhận đã nộp hồ sơ", "đã nhận hồ sơ lúc 24/11/2026 15:08 (giờ Việt Nam)",
         "Việc tiếp theo", "Lần nộp 2"},
        {"Confirmation of submission", "received at 24/11/2026 15:08 (Vietnam time)",
         "What happens next", "Submission number 2"}};
    struct printed p;

    (void)state;
    printed_init(&p);
    for (int lang = 0; lang < LANG__MAX; lang++) {
        const char *const both[] = {
            receipt.reference,       receipt.name, receipt.tax_code, receipt.level,
            "152/320 điểm (47,5 %)", "2026-01",    receipt.uri,      "0225 1234 567"};

        buf_clear(&p.pdf);
        assert_int_equal(receipt_pdf(&receipt, (enum lang)lang, &p.pdf, &err), OK);
        read_pdf(&p, 1);
        for (size_t i = 0; i < ARRAY_SIZE(said[lang]); i++)
            assert_contains(buf_text(&p.text), said[lang][i]);
        for (size_t i = 0; i < ARRAY_SIZE(both); i++)
            assert_contains(buf_text(&p.text), both[i]);
        assert_scans_as(&p.pdf, receipt.uri);
    }
    printed_free(&p);
}

static void what_was_not_given_is_said(void **state)
{
    struct receipt one = receipt;
    struct printed p;

    (void)state;
    printed_init(&p);
    one.tax_code = NULL;
    one.help = NULL;
    assert_int_equal(receipt_pdf(&one, LANG_VI, &p.pdf, &err), OK);
    read_pdf(&p, 1);
    assert_contains(buf_text(&p.text), "Mã số thuế chưa có");
    assert_lacks(buf_text(&p.text), "Cần hỗ trợ");
    printed_free(&p);
}

/* ---- the record ---- */

#define ANSWERS 60

static const struct data_export_pair facts[] = {
    {"Tên đơn vị", "Công ty TNHH May Minh Họa Sen Vàng"},
    {"Mã số thuế", "0899010130"},
    {"Lao động", "85 người"},
    {"Doanh thu", NULL}};
static const char *const answer_columns[] = {"Câu", "Câu hỏi", "Trả lời"};
static const double answer_weights[] = {1, 5, 4};
static const char *const file_columns[] = {"Tên tệp", "Loại", "Dung lượng", "Tải lên lúc"};
static const char *const files[] = {"giay-chung-nhan.pdf",   "PDF", "312 kB", "24/11/2026 15:01",
                                    "man-hinh-phan-mem.png", "PNG", "1,2 MB", NULL};

static struct data_export record_of(struct arena *arena, struct data_export_part *sections)
{
    const char **answers = ARENA_ARRAY(arena, const char *, 3 * ANSWERS);

    for (size_t i = 0; i < ANSWERS; i++) {
        answers[3 * i] = arena_printf(arena, "1.%zu", i + 1);
        answers[3 * i + 1] = arena_printf(
            arena, "Câu hỏi số %zu: đơn vị đã dùng phần mềm để quản lý công việc này chưa?", i + 1);
        answers[3 * i + 2] = arena_printf(arena, "Trả lời %zu", i + 1);
    }
    sections[0] = (struct data_export_part){
        .title = "Thông tin của đơn vị", .pairs = facts, .pair_count = ARRAY_SIZE(facts)};
    sections[1] = (struct data_export_part){.title = "Câu trả lời",
                                          .lead = "Nguyên văn như đơn vị đã nhập.",
                                          .columns = answer_columns,
                                          .weights = answer_weights,
                                          .column_count = 3,
                                          .cells = answers,
                                          .row_count = ANSWERS};
    sections[2] = (struct data_export_part){.title = "Giấy tờ kèm theo",
                                          .columns = file_columns,
                                          .column_count = 4,
                                          .cells = files,
                                          .row_count = 2};
    sections[3] = (struct data_export_part){
        .title = "Câu hỏi của cán bộ", .columns = file_columns, .column_count = 4};
    return (struct data_export){.service = card.service,
                           .reference = card.reference,
                           .name = receipt.name,
                           .sections = sections,
                           .section_count = 4,
                           .help = card.help,
                           .on = day_of(2026, 11, 24)};
}

static void a_record_leaves_nothing_out(void **state)
{
    struct data_export_part sections[4];
    struct data_export record;
    struct arena arena;
    struct printed p;

    (void)state;
    arena_init(&arena);
    printed_init(&p);
    record = record_of(&arena, sections);
    assert_int_equal(data_export_pdf(&record, LANG_VI, &p.pdf, &err), OK);
    read_pdf(&p, 0);
    assert_true(pages_of(&p.pdf) >= 3);
    for (size_t i = 0; i < 3 * ANSWERS; i++)
        assert_contains(buf_text(&p.text), sections[1].cells[i]);
    for (size_t i = 0; i < ARRAY_SIZE(files); i++)
        assert_contains(buf_text(&p.text), files[i] ? files[i] : "–");
    assert_contains(buf_text(&p.text), "tính đến ngày 24/11/2026");
    assert_contains(buf_text(&p.text), "91/2025/QH15");
    assert_contains(buf_text(&p.text), "Doanh thu chưa có");
    /* only the section that is empty says so */
    assert_int_equal(count_of(buf_text(&p.text), "không lưu dữ liệu nào thuộc phần này"), 1);
    printed_free(&p);
    arena_free(&arena);
}

static void a_record_may_be_short_and_english(void **state)
{
    struct data_export_part one = {.title = "Facts", .pairs = facts, .pair_count = 1};
    struct data_export record = {.service = "Readiness",
                            .reference = "CDS-26-0000172",
                            .name = "Sen Vàng",
                            .sections = &one,
                            .section_count = 1,
                            .on = day_of(2026, 11, 24)};
    struct printed p;

    (void)state;
    printed_init(&p);
    assert_int_equal(data_export_pdf(&record, LANG_EN, &p.pdf, &err), OK);
    read_pdf(&p, 1);
    assert_contains(buf_text(&p.text), "as of 24/11/2026");
    assert_lacks(buf_text(&p.text), "Contents");
    record.section_count = 0;
    buf_clear(&p.pdf);
    assert_int_equal(data_export_pdf(&record, LANG_EN, &p.pdf, &err), OK);
    read_pdf(&p, 1);
    printed_free(&p);
}

static void equal_calls_give_equal_bytes(void **state)
{
    struct buf first, second;

    (void)state;
    buf_init(&first, PDF_BYTES_MAX);
    buf_init(&second, PDF_BYTES_MAX);
    assert_int_equal(receipt_pdf(&receipt, LANG_VI, &first, &err), OK);
    assert_int_equal(receipt_pdf(&receipt, LANG_VI, &second, &err), OK);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.data, second.data, first.len);
    buf_free(&second);
    buf_free(&first);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_card_has_both_codes_and_a_way_back),
    cmocka_unit_test(secrets_are_grouped_as_they_come),
    cmocka_unit_test(no_card_gives_its_secret_away),
    cmocka_unit_test(what_is_too_long_is_refused),
    cmocka_unit_test(a_receipt_says_what_was_received),
    cmocka_unit_test(what_was_not_given_is_said),
    cmocka_unit_test(a_record_leaves_nothing_out),
    cmocka_unit_test(a_record_may_be_short_and_english),
    cmocka_unit_test(equal_calls_give_equal_bytes),
};

RUN(tests)
