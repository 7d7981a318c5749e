#include "report_tools.h"

#include "draw/qr.h"

static struct arena arena;
static struct err err;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct qr *qr_of(const char *text)
{
    const struct qr *qr = NULL;

    if (qr_new(&arena, text, &qr, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    return qr;
}

static const char *text_of_length(size_t len)
{
    char *text = arena_alloc(&arena, len + 1, 1);

    for (size_t i = 0; i < len; i++)
        text[i] = (char)('a' + i % 26);
    return text;
}

/* The three eyes: a dark square of 7 with a white ring in it, and white around it. */
static void assert_eye(const struct qr *qr, int left, int top)
{
    for (int y = -1; y <= 7; y++)
        for (int x = -1; x <= 7; x++) {
            int from_edge = 3 - abs(x - 3) < 3 - abs(y - 3) ? 3 - abs(x - 3) : 3 - abs(y - 3);
            bool is_dark = from_edge == 0 || from_edge >= 2;

            if (qr_is_dark(qr, left + x, top + y) != is_dark)
                fail_msg("eye at %d,%d: module %d,%d", left, top, x, y);
        }
}

static void every_size_has_its_patterns(void **state)
{
    (void)state;
    for (size_t len = 1; len <= QR_TEXT_BYTES_MAX; len += 3) {
        const struct qr *qr = qr_of(text_of_length(len));

        assert_int_equal(qr->size % 4, 1); /* 17 + 4 * version */
        assert_true(qr->size >= 21 && qr->size <= 65);
        assert_eye(qr, 0, 0);
        assert_eye(qr, qr->size - 7, 0);
        assert_eye(qr, 0, qr->size - 7);
        for (int i = 8; i < qr->size - 8; i++) { /* timing */
            assert_int_equal(qr_is_dark(qr, i, 6), i % 2 == 0);
            assert_int_equal(qr_is_dark(qr, 6, i), i % 2 == 0);
        }
        assert_true(qr_is_dark(qr, 8, qr->size - 8));
        assert_false(qr_is_dark(qr, -1, 0) || qr_is_dark(qr, 0, qr->size));
    }
}

/* Level M is 00 in the first two bits of the format, which are masked with 10 (ISO/IEC 18004,
 * 7.9.1). */
static void the_level_is_m(void **state)
{
    const struct qr *qr = qr_of("https://example.vn/");

    (void)state;
    assert_int_equal(qr->size, 25);
    assert_true(qr_is_dark(qr, 0, 8));
    assert_false(qr_is_dark(qr, 1, 8));
}

static void what_cannot_be_is_refused(void **state)
{
    const struct qr *qr;

    (void)state;
    assert_int_equal(qr_new(&arena, "", &qr, &err), BAD_INPUT);
    assert_int_equal(qr_new(&arena, text_of_length(QR_TEXT_BYTES_MAX), &qr, &err), OK);
    assert_int_equal(qr_new(&arena, text_of_length(QR_TEXT_BYTES_MAX + 1), &qr, &err), LIMIT);
    assert_contains(err.text[LANG_EN], "has 251 bytes; at most 250");
}

/* ---- the pictures ---- */

/* What a reader sees on a page that has the code at a size. */
static void read_back(const char *text, double side, int dpi)
{
    struct pdf *pdf = pdf_new(&(struct pdf_info){.title = "QR", .date = 0, .lang = LANG_EN});
    struct picture picture = qr_picture(qr_of(text));
    struct canvas canvas;
    struct buf bytes, out;

    buf_init(&bytes, PDF_BYTES_MAX);
    buf_init(&out, 1 << 16);
    pdf_page_add(pdf, 300, 300);
    canvas_pdf_init(&canvas, pdf, (struct box){40, 40, side, picture.height(picture.data, side)});
    picture.draw(picture.data, &canvas);
    if (pdf_finish(pdf, &bytes, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    pdf_free(pdf);
    assert_int_equal(tool(arena_printf(&arena, "pdftoppm -png -singlefile -r %d", dpi), &bytes,
                          "| zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable PNG:-", &out),
                     0);
    assert_true(out.len > 0);
    out.data[--out.len] = '\0'; /* the line break behind it */
    assert_string_equal(buf_text(&out), text);
    buf_free(&out);
    buf_free(&bytes);
}

static void readers_read_it(void **state)
{
    (void)state;
    read_back("https://cds.haiphong.gov.vn/ho-so/tiep-tuc?ma=CDS-26-0000172", 113, 150);
    read_back("https://cds.haiphong.gov.vn/ho-so/tiep-tuc?ma=CDS-26-0000172", 113, 300);
    read_back("Mã hồ sơ: CDS-26-0000172 – Công ty Đại Phát", 113, 150);
    read_back("1", 60, 150);
    read_back(text_of_length(QR_TEXT_BYTES_MAX), 160, 200);
}

/* As part of a page it must not outweigh the page. */
static void the_svg_is_small(void **state)
{
    struct picture picture = qr_picture(qr_of("https://cds.haiphong.gov.vn/ho-so/CDS-26-0000172"));
    const struct svg_words words = {"q", "Mã QR", "Trang của hồ sơ"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    picture_svg(&picture, 290, &words, &out);
    assert_true(out.len < 24 << 10);
    assert_true(count_of(buf_text(&out), "<path") < 30);
    assert_contains(buf_text(&out), "Trang của hồ sơ");
    buf_free(&out);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_size_has_its_patterns, setup, teardown),
    cmocka_unit_test_setup_teardown(the_level_is_m, setup, teardown),
    cmocka_unit_test_setup_teardown(what_cannot_be_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(readers_read_it, setup, teardown),
    cmocka_unit_test_setup_teardown(the_svg_is_small, setup, teardown),
};

RUN(tests)
