#include "test.h"

#include "draw/lines.h"

/* Texts in lines, joined with '|'; a space before it where the line ends with one. */
static const char *lines_of(struct arena *arena, const struct run *runs, size_t count,
                            const struct lines_style *style)
{
    struct lines lines = lines_break(arena, runs, count, style);
    struct buf out;
    const char *text;

    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < lines.count; i++) {
        double x = 0;

        if (i)
            buf_puts(&out, lines.items[i - 1].is_broken ? " |" : "|");
        for (size_t k = 0; k < lines.items[i].count; k++) {
            const struct fragment *f = &lines.items[i].fragments[k];

            if (f->x > x + 0.01)
                buf_putc(&out, ' ');
            buf_add(&out, f->text, f->len);
            x = f->x + f->width;
        }
        if (lines.items[i].width > style->width + 0.02)
            fail_msg("line %zu is %.2f wide, more than %.2f", i, lines.items[i].width,
                     style->width);
    }
    text = arena_strdup(arena, buf_text(&out));
    buf_free(&out);
    return text;
}

static double width_of(const char *text)
{
    return font_text_width(FACE_REGULAR, 10, text, strlen(text));
}

static void assert_lines(const char *text, double width, enum lines_mode mode,
                         struct word_pairs pairs, const char *expected)
{
    struct lines_style style = {10, width, mode, pairs};
    struct run run = {.text = text};
    struct arena arena;

    arena_init(&arena);
    assert_string_equal(lines_of(&arena, &run, 1, &style), expected);
    arena_free(&arena);
}

#define NO_PAIRS ((struct word_pairs){NULL, 0})

static void breaks_at_spaces(void **state)
{
    (void)state;
    assert_lines("một hai ba", width_of("một hai") + 0.1, LINES_RAGGED, NO_PAIRS, "một hai |ba");
    assert_lines("  một \t hai\r ", 500, LINES_RAGGED, NO_PAIRS, "một hai");
    assert_lines("", 100, LINES_RAGGED, NO_PAIRS, "");
    assert_lines("   ", 100, LINES_RAGGED, NO_PAIRS, "");
}

static void keeps_breaks_of_the_text(void **state)
{
    (void)state;
    assert_lines("một\nhai ba\n", 500, LINES_RAGGED, NO_PAIRS, "một|hai ba");
}

static void balances_titles(void **state)
{
    (void)state;
    /* Greedily, "số" would stand alone. */
    assert_lines("Hạ tầng và công nghệ số", width_of("Hạ tầng và công nghệ") + 1, LINES_BALANCED,
                 NO_PAIRS, "Hạ tầng và |công nghệ số");
    assert_lines("Dữ liệu và tài sản thông tin", width_of("Dữ liệu và tài sản thông") + 1,
                 LINES_BALANCED, NO_PAIRS, "Dữ liệu và tài |sản thông tin");
}

static void does_not_part_pairs(void **state)
{
    static const char *const items[] = {"sẵn sàng", "chuyển đổi số"};
    struct word_pairs pairs = {items, 2};

    (void)state;
    assert_lines("mức độ sẵn sàng", width_of("mức độ sẵn") + 1, LINES_RAGGED, NO_PAIRS,
                 "mức độ sẵn |sàng");
    assert_lines("mức độ sẵn sàng", width_of("mức độ sẵn") + 1, LINES_RAGGED, pairs,
                 "mức độ |sẵn sàng");
    assert_lines("Mức độ (SẴN SÀNG).", width_of("Mức độ (SẴN") + 1, LINES_RAGGED, pairs,
                 "Mức độ |(SẴN SÀNG).");
    assert_lines("về chuyển đổi số ngay", width_of("về chuyển đổi số") + 1, LINES_RAGGED, pairs,
                 "về chuyển đổi số |ngay");
    /* Another word that only begins alike is no pair. */
    assert_lines("mức độ sẵn sàngx", width_of("mức độ sẵn") + 1, LINES_RAGGED, pairs,
                 "mức độ sẵn |sàngx");
    /* A pair that is wider than the line gives way. */
    assert_lines("sẵn sàng", width_of("sàng") + 1, LINES_RAGGED, pairs, "sẵn |sàng");
}

static void respects_no_break_spaces(void **state)
{
    (void)state;
    assert_lines("tối đa 50\u00A0triệu", width_of("tối đa 50") + 1, LINES_RAGGED, NO_PAIRS,
                 "tối đa |50\u00A0triệu");
}

static void parts_words_that_are_too_long(void **state)
{
    static const char word[] =
        "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochLlanfairpwllgwyngyllgo";
    struct lines_style style = {10, 100, LINES_RAGGED, NO_PAIRS};
    struct run run = {.text = word};
    struct arena arena;
    struct buf joined;
    struct lines lines;

    (void)state;
    assert_int_equal(strlen(word), 80);
    arena_init(&arena);
    buf_init(&joined, 1000);
    lines = lines_break(&arena, &run, 1, &style);
    assert_true(lines.count >= 4);
    for (size_t i = 0; i < lines.count; i++) {
        assert_true(lines.items[i].width <= 100.01);
        assert_false(lines.items[i].is_broken);
        buf_add(&joined, lines.items[i].fragments[0].text, lines.items[i].fragments[0].len);
    }
    assert_string_equal(buf_text(&joined), word);
    buf_free(&joined);
    arena_free(&arena);
}

static void parts_addresses_behind_signs(void **state)
{
    (void)state;
    assert_lines("https://a.vn/mot-hai/ba-bon", width_of("https://a.vn/mot-hai/b") + 0.1,
                 LINES_RAGGED, NO_PAIRS, "https://a.vn/mot-hai/|ba-bon");
}

static void a_letter_stands_in_no_room_at_all(void **state)
{
    struct lines_style style = {10, 1, LINES_RAGGED, NO_PAIRS};
    struct run run = {.text = "đường"};
    struct arena arena;

    (void)state;
    arena_init(&arena);
    assert_int_equal(lines_break(&arena, &run, 1, &style).count, 5);
    arena_free(&arena);
}

static void runs_hang_together(void **state)
{
    struct run runs[] = {{.text = "điểm ("}, {.text = "đậm", .face = FACE_BOLD}, {.text = ") rồi"}};
    struct lines_style style = {10, 0, LINES_RAGGED, NO_PAIRS};
    struct arena arena;

    (void)state;
    arena_init(&arena);
    style.width = width_of("điểm (") + 1;
    assert_string_equal(lines_of(&arena, runs, 3, &style), "điểm |(đậm) |rồi");
    style.width = 500;
    assert_string_equal(lines_of(&arena, runs, 3, &style), "điểm (đậm) rồi");
    arena_free(&arena);
}

/* Any text: no line is too wide, and nothing is lost. */
static void loses_nothing(void **state)
{
    static const char *const words[] = {
        "một",       "doanh", "nghiệp", "80/2021/NĐ-CP", "a", "ƯỠNGưỡngƯỠNGưỡng",
        "50\u00A0%", "và",    "–",      "chuyển"};
    struct dice dice = {20261123};

    (void)state;
    for (int round = 0; round < 300; round++) {
        struct arena arena;
        struct buf text;
        struct run run;
        struct lines_style style = {10, 12 + (double)dice_roll(&dice, 200),
                                    dice_roll(&dice, 2) ? LINES_RAGGED : LINES_BALANCED, NO_PAIRS};
        const char *lines;
        size_t at = 0;

        arena_init(&arena);
        buf_init(&text, 1 << 16);
        for (size_t i = dice_roll(&dice, 40); i > 0; i--)
            buf_printf(&text, "%s%s", words[dice_roll(&dice, ARRAY_SIZE(words))],
                       dice_roll(&dice, 20) ? " " : "\n");
        run = (struct run){.text = buf_text(&text)};
        lines = lines_of(&arena, &run, 1, &style);
        for (const char *c = lines; *c; c++) {
            while (text.data[at] == ' ' || text.data[at] == '\n')
                at++;
            if (*c == ' ' || *c == '|')
                continue;
            if (*c != text.data[at++])
                fail_msg("round %d: %s", round, lines);
        }
        buf_free(&text);
        arena_free(&arena);
    }
}

static void longest_words_count_over_runs(void **state)
{
    struct run runs[] = {{.text = "a đường"}, {.text = "dài", .face = FACE_BOLD}, {.text = " b"}};
    double expected = width_of("đường") + font_text_width(FACE_BOLD, 10, "dài", strlen("dài"));

    (void)state;
    assert_true(lines_longest_word(runs, 3, 10) - expected < 0.01);
    assert_true(expected - lines_longest_word(runs, 3, 10) < 0.01);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(breaks_at_spaces),
    cmocka_unit_test(keeps_breaks_of_the_text),
    cmocka_unit_test(balances_titles),
    cmocka_unit_test(does_not_part_pairs),
    cmocka_unit_test(respects_no_break_spaces),
    cmocka_unit_test(parts_words_that_are_too_long),
    cmocka_unit_test(parts_addresses_behind_signs),
    cmocka_unit_test(a_letter_stands_in_no_room_at_all),
    cmocka_unit_test(runs_hang_together),
    cmocka_unit_test(loses_nothing),
    cmocka_unit_test(longest_words_count_over_runs),
};

RUN(tests)
