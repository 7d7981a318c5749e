/* Verified reports: signed, and told apart from what was changed, cut or forged. */
#include "report_tools.h"

#include "app/enterprise/result.h"
#include "app/output/signed_report.h"
#include "app/output/verify.h"
#include "draw/stamp.h"

#define GARMENT "tests/data/demo/responses/may-sen-vang.json"
#define ADDRESS "https://chuyendoiso.haiduong.gov.vn/xac-minh"

static struct arena arena;
static struct workspace *ws;
static const struct wording *wording;
static const struct report *report;
static struct signing_key key, other;
static struct err err;

static const struct report *model_of(const char *path)
{
    struct faults faults;
    struct result_request request = {.on = day_of(2026, 11, 30)};
    struct result result = {NULL, NULL};

    faults_init(&faults, &arena);
    request.response = workspace_response(ws, &arena, path, NULL, &faults);
    assert_non_null(request.response);
    if (result_make(ws, &arena, &request, &result, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    return result.report;
}

static struct signing_key new_key(const char *since, const char *retired_at)
{
    struct signing_key made = {.since = since, .retired_at = retired_at};

    assert_int_equal(sign_make_keys(made.public_key, made.secret_key, &err), OK);
    sign_key_id(made.public_key, made.id);
    return made;
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    assert_int_equal(workspace_open(&arena, ".", &ws, &err), OK);
    wording = workspace_wording(ws, &err);
    assert_non_null(wording);
    report = model_of(GARMENT);
    key = new_key("2026-01-01T00:00:00Z", "");
    other = new_key("2025-01-01T00:00:00Z", "");
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static struct verification verification(void)
{
    return (struct verification){.on = day_of(2026, 11, 28),
                                 .unit = "Phòng Kinh tế số, Sở Khoa học và Công nghệ",
                                 .reference = "7K2M9QXR",
                                 .self_level = 4,
                                 .self_points = ratio_of(201),
                                 .address = ADDRESS};
}

static struct signed_report_request request_of(const struct verification *v, enum lang lang,
                                               enum document_kind kind)
{
    return (struct signed_report_request){.document = {.report = report,
                                                       .wording = wording,
                                                       .lang = lang,
                                                       .kind = kind,
                                                       .verification = v},
                                          .key = &key};
}

static void make(struct buf *out, enum lang lang, enum document_kind kind)
{
    struct verification v = verification();
    struct signed_report_request request = request_of(&v, lang, kind);

    buf_init(out, PDF_BYTES_MAX);
    if (signed_report_make(&request, out, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
}

static struct verification_result verify(const struct buf *pdf)
{
    const struct signing_key keys[] = {other, key};
    struct verification_result result;

    verify_file(&arena, buf_text(pdf), pdf->len, keys, 2, &result);
    return result;
}

static void assert_finding(const struct buf *pdf, enum file_finding finding)
{
    assert_string_equal(finding_code(verify(pdf).finding), finding_code(finding));
}

/* ---- it holds ---- */

static void a_signed_report_holds(void **state)
{
    static const enum document_kind kinds[] = {DOCUMENT_ANNEXED, DOCUMENT_SUMMARY};
    struct buf pdf;

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        struct verification_result result;

        make(&pdf, i ? LANG_EN : LANG_VI, kinds[i]);
        assert_sound(&pdf);
        result = verify(&pdf);
        assert_int_equal(result.finding, FILE_HOLDS);
        assert_true(result.has_content);
        assert_string_equal(result.content.tax_code, "0899010130");
        assert_string_equal(result.content.questionnaire, "dbi-sme@2021");
        assert_int_equal(result.content.level, 3);
        assert_int_equal(ratio_cmp(result.content.points, ratio_of(152)), 0);
        assert_int_equal(ratio_cmp(result.content.max, ratio_of(320)), 0);
        assert_int_equal(result.content.on, day_of(2026, 11, 28));
        assert_string_equal(result.content.reference, "7K2M9QXR");
        assert_string_equal(result.content.key, key.id);
        assert_contains(result.content.name, "Sen Vàng");
        buf_free(&pdf);
    }
}

static void equal_input_gives_equal_bytes(void **state)
{
    struct buf one, two;

    (void)state;
    make(&one, LANG_VI, DOCUMENT_SUMMARY);
    make(&two, LANG_VI, DOCUMENT_SUMMARY);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    buf_free(&one);
    buf_free(&two);
}

/* What a phone reads from the page is what was signed, and needs no file. */
static void the_code_on_the_page_holds(void **state)
{
    const enum document_kind kinds[] = {DOCUMENT_REPORT, DOCUMENT_SUMMARY};
    struct verification_result result;
    struct buf pdf, read;

    (void)state;
    buf_init(&read, 1 << 16);
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        make(&pdf, LANG_VI, kinds[i]);
        tool("pdftoppm -singlefile -f 1 -r 300 -gray -png", &pdf,
             "| zbarimg --nodbus -q --raw -Sdisable -Sqrcode.enable PNG:-", &read);
        assert_memory_equal(buf_text(&read), ADDRESS "?t=", strlen(ADDRESS "?t="));
        read.data[strcspn(read.data, "\n")] = '\0';
        verify_code(&arena, read.data + strlen(ADDRESS "?t="), &key, 1, &result);
        assert_int_equal(result.finding, FILE_HOLDS);
        assert_int_equal(result.content.level, 3);
        verify_code(&arena, read.data + strlen(ADDRESS "?t="), &other, 1, &result);
        assert_int_equal(result.finding, FILE_UNKNOWN_KEY);
        buf_free(&pdf);
    }
    buf_free(&read);
    verify_code(&arena, "", &key, 1, &result);
    assert_int_equal(result.finding, FILE_NOT_SIGNED);
}

static void the_report_says_so(void **state)
{
    struct buf pdf, text;

    (void)state;
    buf_init(&text, 1 << 20);
    make(&pdf, LANG_VI, DOCUMENT_REPORT);
    text_of(&pdf, "-f 1 -l 1", &text);
    flatten(&text);
    assert_contains(buf_text(&text), "Đã xác minh ngày 28/11/2026: mức 3, 152/320 điểm "
                                     "(tự chấm: mức 4, 201 điểm).");
    assert_contains(buf_text(&text), "hồ sơ 7K2M9QXR");
    assert_contains(buf_text(&text), ADDRESS);
    text_of(&pdf, "", &text);
    flatten(&text);
    assert_lacks(buf_text(&text), "chưa được thẩm định");
    assert_lacks(buf_text(&text), "chưa được cơ quan nhà nước");
    assert_int_equal(pages_of(&pdf), 8);
    buf_free(&pdf);
    make(&pdf, LANG_EN, DOCUMENT_SUMMARY);
    text_of(&pdf, "", &text);
    flatten(&text);
    assert_contains(buf_text(&text), "Verified on 28/11/2026: level 3, 152 of 320 points "
                                     "(self-assessed: level 4, 201 points).");
    assert_int_equal(pages_of(&pdf), 1);
    buf_free(&pdf);
    buf_free(&text);
}

/* ---- it was changed ---- */

/* Every byte of what is filled in, of the beginning and the end; of the rest one of so many. */
#define STEP 101

static void any_changed_byte_is_found(void **state)
{
    struct dice dice = {.state = 20261130};
    struct stamp stamp;
    struct buf pdf;
    size_t tried = 0;

    (void)state;
    make(&pdf, LANG_VI, DOCUMENT_SUMMARY);
    assert_true(stamp_find(pdf.data, pdf.len, &stamp));
    for (size_t i = 0; i < pdf.len; i++) {
        bool is_near = i < 300 || i + 1200 > pdf.len ||
                       (i + 60 > stamp.picture && i < stamp.picture + STAMP_PICTURE_BYTES + 60);
        char flip;

        if (!is_near && i % STEP)
            continue;
        flip = (char)(1 << dice_roll(&dice, 8));
        pdf.data[i] ^= flip;
        if (verify(&pdf).finding == FILE_HOLDS)
            fail_msg("byte %zu of %zu may be changed", i, pdf.len);
        pdf.data[i] ^= flip;
        tried++;
    }
    assert_finding(&pdf, FILE_HOLDS);
    print_message("# %zu bytes changed\n", tried);
    buf_free(&pdf);
}

static void cut_and_longer_files_are_found(void **state)
{
    static const char *const more[] = {"\n", " ", "%%EOF\n", "startxref\n1\n%%EOF\n"};
    struct buf pdf, changed;

    (void)state;
    make(&pdf, LANG_VI, DOCUMENT_SUMMARY);
    buf_init(&changed, PDF_BYTES_MAX);
    for (size_t less = 1; less < pdf.len - 300; less += less < 200 ? 1 : less < 2000 ? 19 : 997) {
        buf_clear(&changed);
        buf_add(&changed, pdf.data, pdf.len - less);
        assert_finding(&changed, FILE_CUT);
    }
    for (size_t i = 0; i < ARRAY_SIZE(more); i++) {
        buf_clear(&changed);
        buf_add(&changed, pdf.data, pdf.len);
        buf_puts(&changed, more[i]);
        assert_finding(&changed, FILE_CUT);
    }
    buf_clear(&changed); /* something before it */
    buf_puts(&changed, "\n");
    buf_add(&changed, pdf.data, pdf.len);
    assert_finding(&changed, FILE_CHANGED);
    buf_free(&changed);
    buf_free(&pdf);
}

/* An update as programs append it, with the old end behind it again: two rooms, two ends. */
static void an_incremental_update_is_found(void **state)
{
    struct buf pdf, changed;
    struct stamp stamp;
    size_t line;

    (void)state;
    make(&pdf, LANG_VI, DOCUMENT_SUMMARY);
    assert_true(stamp_find(pdf.data, pdf.len, &stamp));
    line = stamp.text - strlen("%dxready-stamp 0123456789 ");
    buf_init(&changed, PDF_BYTES_MAX);
    buf_add(&changed, pdf.data, pdf.len);
    buf_puts(&changed, "5 0 obj\n<< /Type /Page >>\nendobj\nxref\n0 1\n0000000000 65535 f \n"
                       "trailer\n<< /Size 1 >>\n");
    buf_add(&changed, pdf.data + line, pdf.len - line);
    assert_finding(&changed, FILE_CHANGED);
    buf_clear(&changed); /* two rooms before one end */
    buf_add(&changed, pdf.data, line);
    buf_add(&changed, pdf.data + line, STAMP_TEXT_BYTES + (stamp.text - line) + 1);
    buf_add(&changed, pdf.data + line, pdf.len - line);
    assert_finding(&changed, FILE_CHANGED);
    buf_free(&changed);
    buf_free(&pdf);
}

/* libsodium takes some bytes that are no letters for letters. */
static void a_signature_is_written_in_one_way(void **state)
{
    char signature[SIGN_CHARS + 1];
    size_t len;

    (void)state;
    for (int round = 0; round < 20; round++) {
        const char *text = arena_printf(&arena, "text %d", round);

        sign_text(key.secret_key, text, signature);
        assert_true(sign_holds(key.public_key, text, signature));
        for (size_t i = 0; i < SIGN_CHARS; i++) {
            char was = signature[i];

            for (int c = 1; c < 256; c += round ? 128 : 1) { /* each bit 7, and once all of them */
                signature[i] = round ? (char)(was ^ 128) : (char)c;
                if (signature[i] != was && sign_holds(key.public_key, text, signature))
                    fail_msg("letter %zu may be byte %d", i, (unsigned char)signature[i]);
                if ((signature[i] & 0x80) && base64_read(&arena, signature, SIGN_CHARS, &len))
                    fail_msg("byte %d is read as a letter", (unsigned char)signature[i]);
            }
            signature[i] = was;
        }
    }
}

/* The signed text of one report in the room of another. */
static void a_borrowed_signature_is_found(void **state)
{
    struct stamp from, to;
    struct buf one, two;

    (void)state;
    make(&one, LANG_VI, DOCUMENT_SUMMARY);
    make(&two, LANG_EN, DOCUMENT_SUMMARY);
    assert_true(stamp_find(one.data, one.len, &from) && stamp_find(two.data, two.len, &to));
    memcpy(two.data + to.text, one.data + from.text, STAMP_TEXT_BYTES);
    memcpy(two.data + to.picture, one.data + from.picture, STAMP_PICTURE_BYTES);
    assert_finding(&two, FILE_CHANGED);
    assert_true(verify(&two).has_content); /* what was signed is told, for comparison */
    buf_free(&two);
    buf_free(&one);
}

static void other_files_are_not_signed(void **state)
{
    struct verification v = verification();
    struct document_request request = {
        .report = report, .wording = wording, .lang = LANG_VI, .kind = DOCUMENT_SUMMARY};
    struct buf pdf;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    assert_finding(&pdf, FILE_NOT_SIGNED);
    buf_puts(&pdf, "%PDF-1.4\nhello\n%%EOF\n");
    assert_finding(&pdf, FILE_NOT_SIGNED);
    buf_clear(&pdf);
    assert_int_equal(document_make(&arena, &request, &pdf, &err), OK);
    assert_finding(&pdf, FILE_NOT_SIGNED);
    buf_clear(&pdf); /* drawn, and never signed */
    request.verification = &v;
    assert_int_equal(document_make(&arena, &request, &pdf, &err), OK);
    assert_finding(&pdf, FILE_NOT_SIGNED);
    buf_free(&pdf);
}

/* ---- keys ---- */

static void keys_decide(void **state)
{
    struct signing_key retired, false_key;
    struct verification_result result;
    struct buf pdf;

    (void)state;
    make(&pdf, LANG_VI, DOCUMENT_SUMMARY);
    verify_file(&arena, pdf.data, pdf.len, NULL, 0, &result);
    assert_int_equal(result.finding, FILE_UNKNOWN_KEY);
    assert_false(result.has_content);
    assert_string_equal(result.content.key, key.id); /* it says which one is needed */
    false_key = other;
    memcpy(false_key.id, key.id, sizeof(key.id));
    verify_file(&arena, pdf.data, pdf.len, &false_key, 1, &result);
    assert_int_equal(result.finding, FILE_FORGED);
    retired = key; /* the verification is of 28/11/2026 */
    retired.retired_at = "2026-11-28T05:00:00Z";
    verify_file(&arena, pdf.data, pdf.len, &retired, 1, &result);
    assert_int_equal(result.finding, FILE_HOLDS);
    retired.retired_at = "2026-11-27T05:00:00Z";
    verify_file(&arena, pdf.data, pdf.len, &retired, 1, &result);
    assert_int_equal(result.finding, FILE_RETIRED_KEY);
    buf_free(&pdf);
}

/* ---- what cannot be signed ---- */

static void what_cannot_be_signed_is_refused(void **state)
{
    struct verification v = verification();
    struct signed_report_request request = request_of(&v, LANG_VI, DOCUMENT_SUMMARY);
    struct report unrated = *report;
    struct buf pdf;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    v.address = arena_printf(&arena, "https://%0300d/xac-minh", 1);
    assert_int_equal(signed_report_make(&request, &pdf, &err), LIMIT);
    v = verification();
    v.reference = "hồ sơ số 1";
    assert_int_equal(signed_report_make(&request, &pdf, &err), BAD_INPUT);
    v = verification();
    unrated.level = NULL;
    request.document.report = &unrated;
    assert_int_equal(signed_report_make(&request, &pdf, &err), BAD_INPUT);
    assert_int_equal(pdf.len, 0);
    buf_free(&pdf);
}

static void names_are_cut_behind_a_word(void **state)
{
    struct attestation a = {.tax_code = "",
                            .questionnaire = "dbi-sme@2021",
                            .level = 1,
                            .points = ratio_make(1, 3),
                            .max = ratio_of(100),
                            .on = day_of(2026, 1, 2),
                            .reference = "A-1",
                            .key = "K",
                            .hash = "0123456789012345678901234567890123456789012"};
    struct attestation read;
    const char *line;

    (void)state;
    a.name = "Hợp tác xã dịch vụ nông nghiệp tổng hợp và tiêu thụ sản phẩm làng nghề truyền thống "
             "thôn Đông, xã Kim Liên";
    assert_int_equal(attestation_write(&arena, &a, &line, &err), OK);
    assert_true(attestation_read(&arena, line, strlen(line), &read));
    assert_string_equal(read.name, "Hợp tác xã dịch vụ nông nghiệp tổng hợp và tiêu thụ sản phẩm "
                                   "làng nghề truyền thống…");
    assert_int_equal(ratio_cmp(read.points, ratio_make(1, 3)), 0);
    assert_false(attestation_read(&arena, line, strlen(line) - 1, &read));
    assert_false(attestation_read(&arena, "1~~dbi", 6, &read));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_signed_report_holds, setup, teardown),
    cmocka_unit_test_setup_teardown(equal_input_gives_equal_bytes, setup, teardown),
    cmocka_unit_test_setup_teardown(the_code_on_the_page_holds, setup, teardown),
    cmocka_unit_test_setup_teardown(the_report_says_so, setup, teardown),
    cmocka_unit_test_setup_teardown(any_changed_byte_is_found, setup, teardown),
    cmocka_unit_test_setup_teardown(cut_and_longer_files_are_found, setup, teardown),
    cmocka_unit_test_setup_teardown(an_incremental_update_is_found, setup, teardown),
    cmocka_unit_test_setup_teardown(a_borrowed_signature_is_found, setup, teardown),
    cmocka_unit_test_setup_teardown(a_signature_is_written_in_one_way, setup, teardown),
    cmocka_unit_test_setup_teardown(other_files_are_not_signed, setup, teardown),
    cmocka_unit_test_setup_teardown(keys_decide, setup, teardown),
    cmocka_unit_test_setup_teardown(what_cannot_be_signed_is_refused, setup, teardown),
    cmocka_unit_test_setup_teardown(names_are_cut_behind_a_word, setup, teardown),
};

RUN(tests)
