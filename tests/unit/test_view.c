#include "test.h"

#include "base/text.h"
#include "web/kit/assets.h"
#include "web/kit/pages.h"
#include "web_views.h"

/* ---- what reads back what views write ---- */

static struct arena arena;
static struct buf out;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena);
    buf_init(&out, 1 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_free(&out);
    arena_free(&arena);
    return 0;
}

static struct view view_in(enum lang lang)
{
    buf_clear(&out);
    return (struct view){&out, &arena, lang, lang == LANG_VI ? "" : "/en", "a<b"};
}

static const char *escaped(const char *text)
{
    struct view v = view_in(LANG_VI);

    view_text(&v, text);
    return buf_text(&out);
}

/* Takes the references of HTML back. */
static const char *unescaped(const char *html)
{
    static const struct {
        const char *reference, *text;
    } all[] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
               {"&quot;", "\""}, {"&#39;", "'"}, {"&#13;", "\r"}};
    char *text = arena_strdup(&arena, html), *to = text;

    while (*html) {
        size_t i = 0;

        while (i < ARRAY_SIZE(all) &&
               strncmp(html, all[i].reference, strlen(all[i].reference)) != 0)
            i++;
        *to++ = i < ARRAY_SIZE(all) ? *all[i].text : *html;
        html += i < ARRAY_SIZE(all) ? strlen(all[i].reference) : 1;
    }
    *to = '\0';
    return text;
}

static size_t encode(uint32_t c, char *to)
{
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    for (size_t i = len; i-- > 1; c >>= 6)
        to[i] = (char)(0x80 | (c & 0x3f));
    to[0] = (char)(leads[len] | c);
    to[len] = '\0';
    return len;
}

/* By the words of the header, not by the tables of the code. */
static bool is_forbidden(uint32_t c)
{
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r') ||
           (c >= 0x7f && c <= 0x9f) || c == 0xfffe || c == 0xffff;
}

static bool is_special(char c)
{
    return c && strchr("<>\"'\r", c);
}

/* ---- tests ---- */

static void every_character_comes_back(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10ffff; c++) {
        char text[16] = "a";
        size_t len;

        if (c >= 0xd800 && c <= 0xdfff)
            continue;
        len = 1 + encode(c, text + 1);
        text[len] = 'b';
        text[len + 1] = '\0';
        if (c % 0x1000 == 0)
            arena_reset(&arena);
        if (is_forbidden(c))
            assert_string_equal(escaped(text), "a\xef\xbf\xbd"
                                               "b");
        else
            assert_string_equal(unescaped(escaped(text)), text);
    }
}

static void nothing_that_is_special_goes_out(void **state)
{
    (void)state;
    assert_string_equal(escaped("<a href=\"x\" id='y'>&amp;\r\n"),
                        "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;&#13;\n");
    assert_string_equal(escaped(""), "");
    assert_string_equal(escaped(NULL), "");
    assert_string_equal(escaped("Sở Khoa học và Công nghệ"), "Sở Khoa học và Công nghệ");
}

static void check_bytes(const char *bytes)
{
    const char *html = escaped(bytes);

    assert_int_equal(text_valid_utf8(html, out.len), out.len);
    assert_int_equal(strlen(html), out.len);
    for (size_t i = 0; i < out.len; i++)
        assert_false(is_special(html[i]));
}

static void any_bytes_become_valid_utf8(void **state)
{
    struct dice dice = {20261124};

    (void)state;
    print_message("# seed %d\n", 20261124);
    for (unsigned one = 1; one < 256; one++) {
        for (unsigned two = 0; two < 256; two++)
            check_bytes((char[]){(char)one, (char)two, 0});
    }
    for (int round = 0; round < 200000; round++) {
        char bytes[12] = {0};
        size_t len = dice_roll(&dice, sizeof(bytes));

        for (size_t i = 0; i < len; i++) /* mostly what characters begin and go on with */
            bytes[i] = (char)(dice_roll(&dice, 4) ? 0x80 + dice_roll(&dice, 128)
                                                  : 1 + dice_roll(&dice, 255));
        check_bytes(bytes);
    }
}

static void bad_bytes_are_replaced_one_by_one(void **state)
{
    static const struct {
        const char *bytes, *html;
    } cases[] = {
        {"a\x80z", "a\xef\xbf\xbdz"},                             /* lone continuation */
        {"\xc3", "\xef\xbf\xbd"},                                 /* cut off */
        {"\xe1\xba", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* cut off */
        {"\xc0\xbc", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* overlong '<' */
        {"\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"}, /* surrogate */
        {"\xe1<b>", "\xef\xbf\xbd&lt;b&gt;"},                     /* no byte is swallowed */
        {"\xf5\x80", "\xef\xbf\xbd\xef\xbf\xbd"},                 /* above U+10FFFF */
        {"\xef\xbf\xbe", "\xef\xbf\xbd"},                         /* U+FFFE */
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
        assert_string_equal(escaped(cases[i].bytes), cases[i].html);
}

static void urls_have_unreserved_characters_only(void **state)
{
    struct view v = view_in(LANG_VI);

    (void)state;
    view_url(&v, "aZ09-._~");
    view_url(&v, " /?#&=+%\"'<đ\xff");
    view_url(&v, NULL);
    view_url(&v, "");
    assert_string_equal(buf_text(&out), "aZ09-._~%20%2F%3F%23%26%3D%2B%25%22%27%3C%C4%91%FF");
}

static void numbers(void **state)
{
    static const int64_t cases[] = {0, 1, -1, 9, 10, 1234567890, INT64_MAX, INT64_MIN};

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        struct view v = view_in(LANG_VI);
        char wanted[32];

        view_int(&v, cases[i]);
        snprintf(wanted, sizeof(wanted), "%lld", (long long)cases[i]);
        assert_string_equal(buf_text(&out), wanted);
    }
}

/* The compiler of texts escapes as views do, and values come where they belong. */
static void texts_are_escaped_when_built(void **state)
{
    (void)state;
    for (int text = 0; text < WEB_TEXT__MAX; text++) {
        for (int lang = 0; lang < LANG__MAX; lang++)
            assert_string_equal(web_texts_escaped[text].in[lang],
                                escaped(web_texts[text].in[lang]));
    }
}

static void texts_are_said_in_both_languages(void **state)
{
    struct view v = view_in(LANG_EN);

    (void)state;
    view_tr(&v, WEB_lang_code, NULL, 0);
    assert_string_equal(buf_text(&out), "en");
    assert_string_equal(web_tr(LANG_VI, WEB_lang_code, &arena, NULL, 0), "vi");
}

static void assets_are_found_by_their_tag_only(void **state)
{
    (void)state;
    assert_int_equal(web_assets_count, ASSET__MAX);
    for (int i = 0; i < ASSET__MAX; i++) {
        struct view v = view_in(LANG_EN);
        const char *url;
        char *other;

        view_asset(&v, (enum web_assets_index)i);
        url = arena_strdup(&arena, buf_text(&out));
        other = arena_strdup(&arena, url);
        assert_ptr_equal(asset_for_path(url), &web_assets[i]);
        assert_string_not_equal(asset_type(&web_assets[i]), "application/octet-stream");
        other[8] ^= 1;
        assert_null(asset_for_path(other));
    }
    assert_null(asset_for_path("/static/"));
    assert_null(asset_for_path("/static/0123456789abcdef"));
    assert_null(asset_for_path("/static/0123456789abcdef/"));
    assert_null(asset_for_path("/"));
    assert_string_equal(asset_type(&(struct asset){.name = "x"}), "application/octet-stream");
}

static void addresses_are_made_from_routes(void **state)
{
    struct view v = view_in(LANG_EN);

    (void)state;
    assert_string_equal(path_page_home(&arena).text, "/");
    assert_string_equal(path_page_tasks(&arena, "HP-1 2/3").text, "/ho-so/HP-1%202%2F3");
    assert_string_equal(path_page_file(&arena, "A", 12).text, "/ho-so/A/tep/12");
    assert_string_equal(path_post_evidence_delete(&arena, "A", -1).text, "/ho-so/A/tep/-1/xoa");
    assert_string_equal(path_page_evidence(&arena, "A", "1.1.1?").text,
                        "/ho-so/A/minh-chung/1.1.1%3F");
    assert_string_equal(path_at(&arena, path_page_help(&arena), "a b").text, "/tro-giup#a%20b");
    assert_string_equal(
        path_with(&arena, path_with(&arena, path_page_help(&arena), "a", "1&2"), "b", "c").text,
        "/tro-giup?a=1%262&b=c");
    view_path(&v, path_with(&arena, path_with(&arena, path_page_help(&arena), "a", "1"), "b", "c"));
    assert_string_equal(buf_text(&out), "/en/tro-giup?a=1&amp;b=c");
}

static void the_layout_is_one_page(void **state)
{
    struct view v = view_in(LANG_EN);
    struct layout layout = {.title = "<Title>", .path = "/a", .reference = ""};

    (void)state;
    view_layout_begin(&v, &layout);
    view_layout_end(&v, &layout);
    assert_non_null(strstr(buf_text(&out), "<html lang=\"en\">"));
    assert_non_null(strstr(buf_text(&out), "&lt;Title&gt;"));
    assert_non_null(strstr(buf_text(&out), "</html>"));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(every_character_comes_back, setup, teardown),
    cmocka_unit_test_setup_teardown(nothing_that_is_special_goes_out, setup, teardown),
    cmocka_unit_test_setup_teardown(any_bytes_become_valid_utf8, setup, teardown),
    cmocka_unit_test_setup_teardown(bad_bytes_are_replaced_one_by_one, setup, teardown),
    cmocka_unit_test_setup_teardown(urls_have_unreserved_characters_only, setup, teardown),
    cmocka_unit_test_setup_teardown(numbers, setup, teardown),
    cmocka_unit_test_setup_teardown(texts_are_escaped_when_built, setup, teardown),
    cmocka_unit_test_setup_teardown(texts_are_said_in_both_languages, setup, teardown),
    cmocka_unit_test_setup_teardown(assets_are_found_by_their_tag_only, setup, teardown),
    cmocka_unit_test_setup_teardown(addresses_are_made_from_routes, setup, teardown),
    cmocka_unit_test_setup_teardown(the_layout_is_one_page, setup, teardown),
};

RUN(tests)
