#include "report_tools.h"

#include "base/text.h"
#include "draw/pdf.h"

static const char sentence[] =
    "Ưỡn ngực, Ễnh ương, Ộp ẹp: doanh nghiệp đạt 62,4/100 điểm, cần ≥ 70 để lên mức 4 – hỗ trợ "
    "tối đa 50.000.000 ₫ theo Điều 11 “Nghị định 80/2021/NĐ-CP”.";

static struct pdf *new_pdf(void)
{
    struct pdf_info info = {.title = "Báo cáo mức độ sẵn sàng",
                            .author = "Sở Khoa học",
                            .subject = "Đợt 2026",
                            .keywords = "chuyển đổi số, DBI",
                            .date = day_of(2026, 11, 23),
                            .lang = LANG_VI};
    struct pdf *pdf = pdf_new(&info);

    pdf_page_add(pdf, 595.28, 841.89);
    return pdf;
}

static void put(struct pdf *pdf, enum face face, double y, const char *text)
{
    const struct lettering letters = {face, 8, COLOUR_INK, ANCHOR_START};

    pdf_text(pdf, (struct point){20, y}, &letters, text, strlen(text));
}

static void finish_pdf(struct pdf *pdf, struct buf *out)
{
    struct err err;

    if (pdf_finish(pdf, out, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    pdf_free(pdf);
}

/* A document with one of everything. */
static void make(struct buf *out)
{
    struct pdf *pdf = new_pdf();
    struct pdf_element *title = pdf_element(pdf, NULL, PDF_H1, NULL), *link;
    const struct path_step path[] = {{.kind = STEP_MOVE, .to = {20, 200}},
                                     {.kind = STEP_LINE, .to = {90, 200}},
                                     {.kind = STEP_LINE, .to = {50, 250}},
                                     {.kind = STEP_CLOSE}};

    pdf_mark(pdf, title);
    for (int face = 0; face < FACE__MAX; face++)
        put(pdf, (enum face)face, 40 + 20 * face, sentence);
    pdf_unmark(pdf);
    pdf_path(pdf, path, ARRAY_SIZE(path),
             &(struct paint){COLOUR_GOOD_PALE, COLOUR_GOOD, 1.5, true});
    link = pdf_element(pdf, NULL, PDF_LINK, NULL);
    pdf_mark(pdf, link);
    put(pdf, FACE_REGULAR, 300, "liên kết");
    pdf_link_uri(pdf, (struct box){20, 290, 40, 12}, "https://a.vn/đường?x=(1)", link);
    pdf_page_add(pdf, 595.28, 841.89);
    put(pdf, FACE_BOLD, 40, "Trang hai");
    pdf_link_page(pdf, (struct box){20, 30, 40, 12}, 0, 30, NULL);
    pdf_outline(pdf, pdf_outline(pdf, NULL, "Chương một: đánh giá", 0, 30), "Mục 1.1", 1, 30);
    finish_pdf(pdf, out);
}

static void text_can_be_copied(void **state)
{
    struct buf pdf, text;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    make(&pdf);
    text_of(&pdf, "", &text);
    assert_int_equal(count_of(buf_text(&text), sentence), FACE__MAX);
    buf_free(&text);
    buf_free(&pdf);
}

static void every_character_can_be_copied(void **state)
{
    struct pdf *pdf = new_pdf();
    struct buf out, text, all;

    (void)state;
    buf_init(&out, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    buf_init(&all, 1 << 20);
    /* pdftotext makes spaces of thin spaces and composes what stands alone: letters only. */
    for (unsigned c = 0xC0; c <= 0x1EF9; c++)
        if (font_code(c) && c != 0xD7 && c != 0xF7 && c != 0x384 && c != 0x385 &&
            (c < 0x250 || c > 0x2FF))
            buf_printf(&all, c < 0x800 ? "%c%c" : "%c%c%c",
                       c < 0x800 ? 0xC0 | c >> 6 : 0xE0 | c >> 12,
                       c < 0x800 ? 0x80 | (c & 63) : 0x80 | (c >> 6 & 63), 0x80 | (c & 63));
    for (size_t at = 0, line = 0; at < all.len; line++) {
        size_t len = text_cut(all.data + at, all.len - at, 120);
        const struct lettering letters = {FACE_REGULAR, 8, COLOUR_INK, ANCHOR_START};

        pdf_text(pdf, (struct point){20, 40 + 14 * (double)line}, &letters, all.data + at, len);
        at += len;
    }
    finish_pdf(pdf, &out);
    text_of(&out, "", &text);
    flatten(&text);
    for (size_t i = 0, at = 0; i < all.len; i++, at++) {
        while (at < text.len && text.data[at] == ' ')
            at++;
        if (at >= text.len || text.data[at] != all.data[i])
            fail_msg("byte %zu: %.60s", i, buf_text(&text) + at);
    }
    buf_free(&all);
    buf_free(&text);
    buf_free(&out);
}

/* With just these characters a face has a length that the library once could not save. */
static void a_face_of_any_length_is_saved(void **state)
{
    static const char characters[] =
        "%&'(),-./"
        "0123456789:;>?ABCDEFGHIKLMNOPQRSTUVWYabcdefghijklmnopqrstuvwxyz\u00a0´·áôúăĐđơẫậọỏồộợ"
        "–‘’“”…−≈≥ ";
    struct pdf *pdf = new_pdf();
    struct buf out;

    (void)state;
    buf_init(&out, PDF_BYTES_MAX);
    put(pdf, FACE_REGULAR, 40, characters);
    finish_pdf(pdf, &out);
    assert_sound(&out);
    buf_free(&out);
}

static void what_is_lacking_shows_as_a_box(void **state)
{
    struct pdf *pdf = new_pdf();
    struct buf out, text;

    (void)state;
    buf_init(&out, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    put(pdf, FACE_REGULAR, 40, "một 😀 hai 中 ba \xFF bốn → năm ✓");
    finish_pdf(pdf, &out);
    text_of(&out, "", &text);
    flatten(&text);
    assert_string_equal(buf_text(&text), "một □ hai □ ba □ bốn → năm ✓ ");
    assert_sound(&out);
    buf_free(&text);
    buf_free(&out);
}

static void no_program_finds_fault(void **state)
{
    struct buf pdf, out;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    buf_init(&out, 1 << 20);
    make(&pdf);
    assert_sound(&pdf);
    assert_int_equal(tool("pdffonts", &pdf, "", &out), 0);
    assert_int_equal(count_of(buf_text(&out), "CID TrueType      Identity-H       yes yes yes"), 3);
    assert_contains(buf_text(&out), "+Roboto-Bold ");
    buf_free(&out);
    buf_free(&pdf);
}

static void tells_what_it_is(void **state)
{
    struct buf pdf, out;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    buf_init(&out, 1 << 20);
    make(&pdf);
    assert_int_equal(tool("TZ=Asia/Ho_Chi_Minh pdfinfo", &pdf, "", &out), 0);
    assert_contains(buf_text(&out), "Title:           Báo cáo mức độ sẵn sàng\n");
    assert_contains(buf_text(&out), "Author:          Sở Khoa học\n");
    assert_contains(buf_text(&out), "Subject:         Đợt 2026\n");
    assert_contains(buf_text(&out), "Keywords:        chuyển đổi số, DBI\n");
    assert_contains(buf_text(&out), "CreationDate:    Mon Nov 23 00:00:00 2026");
    assert_contains(buf_text(&out), "ModDate:         Mon Nov 23 00:00:00 2026");
    assert_contains(buf_text(&out), "Tagged:          yes\n");
    assert_int_equal(tool("qpdf --qdf --object-streams=disable", &pdf, "- | tr -d '\\000'", &out),
                     0);
    assert_contains(buf_text(&out), "/Lang (vi-VN)");
    assert_contains(buf_text(&out), "/DisplayDocTitle true");
    assert_contains(buf_text(&out), "/PageLabels");
    assert_contains(buf_text(&out), "https://a.vn/%C4%91%C6%B0%E1%BB%9Dng?x=");
    assert_contains(buf_text(&out), "/Flags 32\n");
    assert_lacks(buf_text(&out), "/Flags 262"); /* ForceBold */
    buf_free(&out);
    buf_free(&pdf);
}

static void screen_readers_find_their_way(void **state)
{
    struct buf pdf, out;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    buf_init(&out, 1 << 20);
    make(&pdf);
    assert_int_equal(tool("pdfinfo -struct-text", &pdf, "", &out), 0);
    assert_contains(buf_text(&out), "H1 (block)\n    \"Ưỡn ngực, Ễnh ương");
    assert_contains(buf_text(&out), "Link (inline)\n    \"liên kết\"\n    Object ");
    buf_free(&out);
    buf_free(&pdf);
}

static void equal_calls_give_equal_bytes(void **state)
{
    struct buf one, two, three;
    int ends[2], status;
    pid_t child;

    (void)state;
    buf_init(&one, PDF_BYTES_MAX);
    buf_init(&two, PDF_BYTES_MAX);
    buf_init(&three, PDF_BYTES_MAX);
    make(&one);
    make(&two);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        make(&three);
        _exit(write(ends[1], three.data, three.len) == (ssize_t)three.len ? 0 : 1);
    }
    close(ends[1]);
    for (char chunk[4096];;) {
        ssize_t len = read(ends[0], chunk, sizeof(chunk));

        if (len <= 0)
            break;
        buf_add(&three, chunk, (size_t)len);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(one.len, three.len);
    assert_memory_equal(one.data, three.data, one.len);
    buf_free(&three);
    buf_free(&two);
    buf_free(&one);
}

static void only_safe_links_are_made(void **state)
{
    struct pdf *pdf = new_pdf();
    struct buf out, text;

    (void)state;
    buf_init(&out, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    put(pdf, FACE_REGULAR, 40, "x");
    pdf_link_uri(pdf, (struct box){0, 0, 9, 9}, "javascript:alert(1)", NULL);
    pdf_link_uri(pdf, (struct box){0, 0, 9, 9}, "file:///etc/passwd", NULL);
    pdf_link_page(pdf, (struct box){0, 0, 9, 9}, 7, 0, NULL);
    finish_pdf(pdf, &out);
    assert_int_equal(tool("qpdf --qdf --object-streams=disable", &out, "- | tr -d '\\000'", &text),
                     0);
    assert_lacks(buf_text(&text), "/Annot");
    buf_free(&text);
    buf_free(&out);
}

static void refuses_too_many_pages(void **state)
{
    struct pdf *pdf = new_pdf();
    struct buf out;
    struct err err;

    (void)state;
    buf_init(&out, PDF_BYTES_MAX);
    for (int i = 0; i < PDF_PAGES_MAX; i++)
        pdf_page_add(pdf, 100, 100);
    put(pdf, FACE_REGULAR, 40, "x");
    assert_int_equal(pdf_finish(pdf, &out, &err), LIMIT);
    assert_int_equal(out.len, 0);
    assert_contains(err.text[LANG_VI], "quá dài");
    pdf_free(pdf);
    buf_free(&out);
}

static void refuses_what_the_buffer_cannot_hold(void **state)
{
    struct pdf *pdf = new_pdf();
    struct buf out;
    struct err err;

    (void)state;
    buf_init(&out, 1000);
    put(pdf, FACE_REGULAR, 40, "x");
    assert_int_equal(pdf_finish(pdf, &out, &err), LIMIT);
    pdf_free(pdf);
    buf_free(&out);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(text_can_be_copied),
    cmocka_unit_test(every_character_can_be_copied),
    cmocka_unit_test(a_face_of_any_length_is_saved),
    cmocka_unit_test(what_is_lacking_shows_as_a_box),
    cmocka_unit_test(no_program_finds_fault),
    cmocka_unit_test(tells_what_it_is),
    cmocka_unit_test(screen_readers_find_their_way),
    cmocka_unit_test(equal_calls_give_equal_bytes),
    cmocka_unit_test(only_safe_links_are_made),
    cmocka_unit_test(refuses_too_many_pages),
    cmocka_unit_test(refuses_what_the_buffer_cannot_hold),
};

RUN(tests)
