#include "test.h"

#include "http/form.h"

/* Reads an exact copy, so that a sanitizer sees reading beyond the end. */
static enum file_kind kind_of(const void *data, size_t len, bool *is_locked)
{
    unsigned char *copy = malloc(len ? len : 1);
    enum file_kind kind;

    assert_non_null(copy);
    if (len)
        memcpy(copy, data, len);
    *is_locked = true; /* must be cleared */
    kind = file_kind_of(copy, len, is_locked);
    free(copy);
    return kind;
}

#define IHDR "\0\0\0\x0dIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"
#define IEND "\0\0\0\0IEND\xae\x42\x60\x82"
#define PNG "\x89PNG\r\n\x1a\n" IHDR IEND
#define JPEG "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
#define SAMSUNG "\0\0\x01\x0a\x04\0\0\0nameDATA"
#define SEFH(distance, count)                                                                      \
    "SEFH\x6b\0\0\0" count "\0\0\0\0\0\x01\x0a" distance "\0\0\0\x10\0\0\0"
#define SEFT "\x18\0\0\0SEFT"
#define PDF "%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
#define PDF_END "startxref\n9\n%%EOF\n"
#define BYTES(text) text, sizeof(text) - 1

static const struct {
    const char *data;
    size_t len;
    enum file_kind kind;
    bool is_locked;
} cases[] = {
    {BYTES(""), FILE_OTHER, false},
    {BYTES("x"), FILE_OTHER, false},
    {BYTES(PDF "trailer <<>>\n" PDF_END), FILE_PDF, false},
    {BYTES("%PDF-2.0\n%%EOF"), FILE_PDF, false},
    {BYTES("%PDF-1.4 %%EOF\0\0\0"), FILE_PDF, false},
    {BYTES("%PDF-1."), FILE_OTHER, false},
    {BYTES("%PDF-3.0\n%%EOF"), FILE_OTHER, false},
    {BYTES("%PDF\n%%EOF"), FILE_OTHER, false},
    {BYTES(PDF), FILE_OTHER, false},
    {BYTES("\n%PDF-1.7\n%%EOF"), FILE_OTHER, false},
    {BYTES("\xef\xbb\xbf%PDF-1.7\n%%EOF"), FILE_OTHER, false},
    {BYTES("<html>%PDF-1.7\n%%EOF"), FILE_OTHER, false},
    {BYTES("GIF89a%PDF-1.7\n%%EOF"), FILE_OTHER, false},
    /* Encrypted. */
    {BYTES(PDF "trailer <</Encrypt 5 0 R>>\n" PDF_END), FILE_PDF, true},
    {BYTES(PDF "trailer <</Encrypt<</V 1>>>>\n" PDF_END), FILE_PDF, true},
    {BYTES(PDF "trailer <</Encrypt\n5 0 R>>\n" PDF_END), FILE_PDF, true},
    {BYTES(PDF "trailer <</EncryptMetadata true>>\n" PDF_END), FILE_PDF, false},
    {BYTES(PDF "trailer <</EncryptX 1/Encrypt 5 0 R>>\n" PDF_END), FILE_PDF, true},
    {BYTES(PDF "trailer <</encrypt 5 0 R>>\n" PDF_END), FILE_PDF, false},
    {BYTES("%PDF-1.7 %%EOF /Encrypt"), FILE_PDF, false},
    {BYTES("/Encrypt 5 0 R"), FILE_OTHER, false},
    /* Places that point nowhere. */
    {BYTES("%PDF-1.7 startxref 99999999999999999999999999 %%EOF"), FILE_PDF, false},
    {BYTES("%PDF-1.7 startxref x %%EOF"), FILE_PDF, false},
    {BYTES("%PDF-1.7 %%EOF startxref"), FILE_PDF, false},
    {BYTES("%PDF-1.7 %%EOF startxref 0"), FILE_PDF, false},
    /* Pictures. */
    {BYTES(JPEG), FILE_JPEG, false},
    {BYTES(JPEG "\0\0\0\0"), FILE_JPEG, false},
    {BYTES("\xff\xd8\xff\xdb\0\x02\xff\xd9"), FILE_JPEG, false},
    {BYTES("\xff\xd8\xff\xd9"), FILE_OTHER, false},
    {BYTES("\xff\xd8\xff"), FILE_OTHER, false},
    {BYTES("\xff\xd8\xff\0\0\xff\xd9"), FILE_OTHER, false},
    {BYTES("\xff\xd8\0\0\0\xff\xd9"), FILE_OTHER, false},
    {BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), FILE_OTHER, false},
    {BYTES(JPEG "<script>"), FILE_OTHER, false},
    {BYTES("x" JPEG), FILE_OTHER, false},
    {BYTES(JPEG SAMSUNG SEFH("\x10", "\1") SEFT), FILE_JPEG, false},
    {BYTES(JPEG "\0\0" SAMSUNG SEFH("\x10", "\1") SEFT), FILE_JPEG, false},
    {BYTES(JPEG SAMSUNG SEFH("\x0d", "\1") SEFT), FILE_OTHER, false},
    {BYTES(JPEG SAMSUNG SEFH("\xff", "\1") SEFT), FILE_OTHER, false},
    {BYTES(JPEG SAMSUNG SEFH("\x10", "\2") SEFT), FILE_OTHER, false},
    {BYTES(JPEG "\xff\xff\xff\xffSEFT"), FILE_OTHER, false},
    {BYTES(JPEG "\x0c\0\0\0SEFT"), FILE_OTHER, false},
    {BYTES("\xff\xd8\xff\xe0SEFT"), FILE_OTHER, false},
    {BYTES(PNG), FILE_PNG, false},
    {BYTES(PNG "x"), FILE_OTHER, false},
    {BYTES("x" PNG), FILE_OTHER, false},
    {BYTES("\x89PNG\r\n\x1a\n" IHDR), FILE_OTHER, false},
    {BYTES("\x89PNG\r\n\x1a\n" IEND), FILE_OTHER, false},
    {BYTES("\x89PNG\n\x1a\n" IHDR IEND), FILE_OTHER, false},
    {BYTES("<html></html>" IEND), FILE_OTHER, false},
    {BYTES("\0\0\0\x18"
           "ftypheic\0\0\0\0mif1heic"),
     FILE_HEIC, false},
    {BYTES("\0\0\0\x10"
           "ftypmif1\0\0\0\0"),
     FILE_HEIC, false},
    {BYTES("\0\0\0\x10"
           "ftyphevc\0\0\0\0data"),
     FILE_HEIC, false},
    {BYTES("\0\0\0\x10"
           "ftypisom\0\0\0\0"),
     FILE_OTHER, false},
    {BYTES("\0\0\0\x18"
           "ftypheic\0\0\0\0mif1"),
     FILE_OTHER, false},
    {BYTES("\0\0\0\x0c"
           "ftypheic\0\0\0\0"),
     FILE_OTHER, false},
    {BYTES("\0\0\0\x18"
           "ftypheic"),
     FILE_OTHER, false},
    /* What else people and others send. */
    {BYTES("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"), FILE_OTHER,
     false},
    {BYTES("PK\3\4 word/document.xml"), FILE_OTHER, false},
    {BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), FILE_OTHER, false},
    {BYTES("GIF89a"), FILE_OTHER, false},
    {BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), FILE_OTHER, false},
    {BYTES("MZ\x90"), FILE_OTHER, false},
};

static void test_kinds(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        bool is_locked;
        enum file_kind kind = kind_of(cases[i].data, cases[i].len, &is_locked);

        if (kind != cases[i].kind || is_locked != cases[i].is_locked)
            fail_msg("case %zu: got kind %d, locked %d", i, kind, is_locked);
    }
}

/* No beginning of a picture is taken for one that is whole. */
static void test_cut(void **state)
{
    bool is_locked;

    (void)state;
    for (size_t i = 0; i < sizeof(PNG) - 1; i++)
        assert_int_equal(kind_of(PNG, i, &is_locked), FILE_OTHER);
    for (size_t i = 0; i < sizeof(JPEG) - 1; i++)
        assert_int_equal(kind_of(JPEG, i, &is_locked), FILE_OTHER);
}

static void fill(struct buf *out, size_t len)
{
    while (len--)
        buf_putc(out, 'x');
}

static void check_pdf(const struct buf *pdf, enum file_kind kind, bool is_locked)
{
    bool locked;

    assert_int_equal(kind_of(pdf->data, pdf->len, &locked), kind);
    assert_int_equal(locked, is_locked);
}

/* The end is looked for in the last 1024 bytes, all of "%%EOF". */
static void test_pdf_end(void **state)
{
    struct buf pdf;

    (void)state;
    buf_init(&pdf, BUF_MAX_DEFAULT);
    buf_puts(&pdf, PDF "%%EOF");
    fill(&pdf, 1019);
    check_pdf(&pdf, FILE_PDF, false);
    buf_putc(&pdf, 'x');
    check_pdf(&pdf, FILE_OTHER, false);
    buf_free(&pdf);
}

/* Trailers that stand far from the end, as in files made for the web. */
static void test_pdf_trailers(void **state)
{
    static const struct {
        const char *before, *after;
        bool is_locked;
    } trailers[] = {
        {"xref\n0 900\n", "trailer <</Encrypt 5 0 R>>", true},
        {"xref\n0 900\n", "trailer <</Root 5 0 R>>", false},
        {"7 0 obj <</Type/XRef/Encrypt 5 0 R>> stream", "", true},
        {"7 0 obj <</Type/XRef>> stream", "", false},
        {"7 0 obj <</Type/XRef>> stream", "/Encrypt 5 0 R", false},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(trailers); i++) {
        struct buf pdf;

        buf_init(&pdf, BUF_MAX_DEFAULT);
        buf_puts(&pdf, PDF);
        buf_puts(&pdf, trailers[i].before);
        fill(&pdf, 18000);
        buf_puts(&pdf, trailers[i].after);
        fill(&pdf, 9000);
        buf_printf(&pdf, "startxref\n1\n%%%%EOF\nstartxref\r\n%zu\r\n%%%%EOF\n", sizeof(PDF) - 1);
        check_pdf(&pdf, FILE_PDF, trailers[i].is_locked);
        buf_free(&pdf);
    }
}

static void test_words(void **state)
{
    (void)state;
    assert_string_equal(file_kind_type(FILE_PDF), "application/pdf");
    assert_string_equal(file_kind_type(FILE_JPEG), "image/jpeg");
    assert_string_equal(file_kind_type(FILE_PNG), "image/png");
    assert_string_equal(file_kind_type(FILE_HEIC), "image/heic");
    assert_null(file_kind_type(FILE_OTHER));
    assert_string_equal(file_kind_suffix(FILE_PDF), "pdf");
    assert_string_equal(file_kind_suffix(FILE_JPEG), "jpg");
    assert_string_equal(file_kind_suffix(FILE_PNG), "png");
    assert_string_equal(file_kind_suffix(FILE_HEIC), "heic");
    assert_null(file_kind_suffix(FILE_OTHER));
}

/* ---- PDF files that do something ---- */

static void test_active(void **state)
{
    static const struct {
        const char *data;
        size_t len;
        bool is_active;
    } pdfs[] = {
        {BYTES(PDF), false},
        {BYTES(""), false},
        {BYTES("/"), false},
        {BYTES("<</S/JavaScript/X (app.alert(1))>>"), true},
        {BYTES("<</JS(app.alert(1))>>"), true},
        {BYTES("/JS"), true},
        {BYTES("<</#4a#53 (x)>>"), true},
        {BYTES("<</J#61vaScript 5 0 R>>"), true},
        {BYTES("<</Java#53cript\0 5 0 R>>"), true},
        {BYTES("/#4"), false},
        {BYTES("/JS#"), false},
        {BYTES("/JS#20"), false},
        {BYTES("/JSX 1 /XJS 1 /js 1 /JavaScripts 1"), false},
        {BYTES("(JS JavaScript)"), false},
        {BYTES("/OpenAction 5 0 R"), true},
        {BYTES("/OpenAction<</S/GoTo>>"), true},
        {BYTES("/OpenAction \r\n[3 0 R /Fit]"), false},
        {BYTES("/OpenAction[3 0 R/Fit]/AA<<>>"), true},
        {BYTES("/Open#41ction"), true},
        {BYTES("/AA 5 0 R"), true},
        {BYTES("/AAB 5 0 R"), false},
        {BYTES("/S/Launch/F(cmd.exe)"), true},
        {BYTES("/Type/EmbeddedFile/Length 5"), true},
        {BYTES("/Names<</EmbeddedFiles 5 0 R>>"), true},
        {BYTES("/Subtype/RichMedia\n"), true},
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(pdfs); i++) {
        unsigned char *copy = malloc(pdfs[i].len + 1);

        memcpy(copy, pdfs[i].data, pdfs[i].len);
        copy = realloc(copy, pdfs[i].len ? pdfs[i].len : 1);
        if (pdf_is_active(copy, pdfs[i].len) != pdfs[i].is_active)
            fail_msg("case %zu: %s", i, pdfs[i].data);
        free(copy);
    }
}

/* ---- names to hand out ---- */

static void test_names(void **state)
{
    static const struct {
        const char *name;
        enum file_kind kind;
        const char *safe;
    } names[] = {
        {"Hợp đồng.pdf", FILE_PDF, "Hợp đồng.pdf"},
        {"HD.PDF", FILE_PDF, "HD.PDF"},
        {"ảnh.jpeg", FILE_JPEG, "ảnh.jpeg"},
        {"ảnh.jpeg", FILE_PNG, "ảnh.jpeg.png"},
        {"a.exe", FILE_PDF, "a.exe.pdf"},
        {"hoa don.pdf.exe", FILE_OTHER, "hoa don.pdf.exe.bin"},
        {"", FILE_JPEG, "minh-chung.jpg"},
        {".pdf", FILE_PDF, "pdf.pdf"},
        {"...", FILE_PDF, "minh-chung.pdf"},
        {"../../etc/passwd", FILE_PNG, "_.._etc_passwd.png"},
        {"C:\\x\"y'.pdf ", FILE_PDF, "C__x_y_.pdf"},
        {"a\r\nSet-Cookie: b.pdf", FILE_PDF, "a__Set-Cookie_ b.pdf"},
        {"a\u202efdp.exe", FILE_PDF, "a___fdp.exe.pdf"},
        {"a\xc2\x9b"
         "b.png ",
         FILE_PNG, "a__b.png"},
    };
    struct arena arena;
    char *long_name;
    const char *safe;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++)
        assert_string_equal(file_safe_name(&arena, names[i].name, names[i].kind), names[i].safe);
    /* Cut at a whole character, and its suffix is kept. */
    long_name = arena_alloc(&arena, 1, 203);
    memset(long_name, 'x', 202);
    memcpy(long_name + 114, "ệ", 3);
    long_name[202] = '\0';
    safe = file_safe_name(&arena, long_name, FILE_PDF);
    assert_int_equal(strlen(safe), 114 + 4);
    assert_string_equal(safe + 110, "xxxx.pdf");
    long_name[120] = '\0';
    memcpy(long_name + 116, ".pdf", 4);
    memset(long_name + 112, 'y', 4);
    assert_string_equal(file_safe_name(&arena, long_name, FILE_PDF), long_name);
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_kinds),   cmocka_unit_test(test_cut),
    cmocka_unit_test(test_pdf_end), cmocka_unit_test(test_pdf_trailers),
    cmocka_unit_test(test_words),   cmocka_unit_test(test_active),
    cmocka_unit_test(test_names),
};

RUN(tests)
