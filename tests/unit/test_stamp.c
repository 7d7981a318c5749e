/* Room in a PDF that is filled in once it is finished. */
#include "report_tools.h"

#include "draw/stamp.h"

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

static void make(struct buf *out, bool has_stamp, const char *mark)
{
    struct flow_setup setup = plain_setup(LANG_VI);
    struct flow *flow;

    setup.info.mark = mark;
    flow = flow_new(&arena, &setup);
    flow_text(flow, FLOW_BODY, "Đã xác minh");
    if (has_stamp)
        flow_picture(flow, stamp_picture(), 130, "Mã QR");
    buf_init(out, PDF_BYTES_MAX);
    finish(flow, out);
}

static void room_is_where_it_says(void **state)
{
    struct buf pdf;
    struct stamp stamp;

    (void)state;
    for (int i = 0; i < 2; i++) {
        make(&pdf, true, i ? "0123456789abcdef0123456789abcdef" : NULL);
        assert_sound(&pdf);
        assert_true(stamp_find(pdf.data, pdf.len, &stamp));
        assert_true(stamp_was_there(pdf.data, pdf.len));
        for (size_t at = 0; at < STAMP_PICTURE_BYTES; at++)
            assert_int_equal(pdf.data[stamp.picture + at], 0);
        assert_memory_equal(pdf.data + stamp.picture - 8, "stream\r\n", 8);
        assert_memory_equal(pdf.data + stamp.picture + STAMP_PICTURE_BYTES, "\nendstream", 10);
        for (size_t at = 0; at < STAMP_TEXT_BYTES; at++)
            assert_int_equal(pdf.data[stamp.text + at], STAMP_BLANK);
        buf_free(&pdf);
    }
}

static void others_have_none(void **state)
{
    struct buf pdf;
    struct stamp stamp;

    (void)state;
    make(&pdf, false, NULL);
    assert_false(stamp_find(pdf.data, pdf.len, &stamp));
    assert_false(stamp_was_there(pdf.data, pdf.len));
    buf_free(&pdf);
    assert_false(stamp_find("", 0, &stamp));
    make(&pdf, true, NULL);
    for (size_t less = 1; less < 40; less++) /* cut off, or added to */
        assert_false(stamp_find(pdf.data, pdf.len - less, &stamp));
    buf_puts(&pdf, "\n");
    assert_false(stamp_find(pdf.data, pdf.len, &stamp));
    assert_true(stamp_was_there(pdf.data, pdf.len));
    buf_free(&pdf);
}

/* A phone, or here zbar, reads it from the page. */
static void what_is_filled_in_can_be_read(void **state)
{
    char text[QR_STAMP_TEXT_BYTES_MAX + 1];
    const struct qr *qr;
    struct buf pdf, read;
    struct stamp stamp;

    (void)state;
    for (size_t len = 20; len <= QR_STAMP_TEXT_BYTES_MAX; len += 250) {
        snprintf(text, sizeof(text), "%0*d", (int)len, 7);
        assert_int_equal(qr_stamp(&arena, text, &qr, &err), OK);
        assert_int_equal(qr->size, QR_STAMP_SIZE);
        make(&pdf, true, NULL);
        assert_true(stamp_find(pdf.data, pdf.len, &stamp));
        stamp_fill_picture(pdf.data + stamp.picture, qr);
        assert_sound(&pdf);
        buf_init(&read, 1 << 16);
        tool("pdftoppm -singlefile -r 200 -gray -png", &pdf,
             "| zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable PNG:-", &read);
        assert_contains(buf_text(&read), text);
        buf_free(&read);
        buf_free(&pdf);
    }
}

static void a_code_has_its_size_or_is_refused(void **state)
{
    char text[QR_STAMP_TEXT_BYTES_MAX + 2];
    const struct qr *qr;

    (void)state;
    assert_int_equal(qr_stamp(&arena, "a", &qr, &err), OK);
    assert_int_equal(qr->size, QR_STAMP_SIZE);
    memset(text, 0xc3, sizeof(text)); /* byte mode, the longest */
    text[QR_STAMP_TEXT_BYTES_MAX] = '\0';
    assert_int_equal(qr_stamp(&arena, text, &qr, &err), OK);
    assert_int_equal(qr->size, QR_STAMP_SIZE);
    text[QR_STAMP_TEXT_BYTES_MAX] = 'a';
    text[QR_STAMP_TEXT_BYTES_MAX + 1] = '\0';
    assert_int_equal(qr_stamp(&arena, text, &qr, &err), LIMIT);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(room_is_where_it_says, setup, teardown),
    cmocka_unit_test_setup_teardown(others_have_none, setup, teardown),
    cmocka_unit_test_setup_teardown(what_is_filled_in_can_be_read, setup, teardown),
    cmocka_unit_test_setup_teardown(a_code_has_its_size_or_is_refused, setup, teardown),
};

RUN(tests)
