#include "report_tools.h"

#include "base/array.h"
#include "draw/diagram.h"

/* What is cut, wrapped or left out must never leave the picture, however narrow it is. */
static void assert_fits(struct picture picture)
{
    static const double widths[] = {300, 358, 499, 700};
    static const struct svg_words words = {"d", "t", "d"};
    struct buf out;

    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(widths); i++) {
        buf_clear(&out);
        picture_svg(&picture, widths[i], &words, &out);
        assert_inside(buf_text(&out), widths[i], picture.height(picture.data, widths[i]));
    }
    buf_free(&out);
}

/* The picture at the width of a page. */
static void draw_page(struct picture picture, struct buf *out)
{
    assert_fits(picture);
    draw_svg(picture, 499, out);
}

#define LONG "Hợp tác xã Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Minh Họa Nghiêng Nghiêng Ngưỡng"

static const struct ladder_step steps[] = {
    {"0", "Chưa khởi động", {0, 1}, "0"}, {"1", "Khởi động", {20, 1}, "20"},
    {"2", "Bắt đầu", {64, 1}, "64"},      {"3", "Hình thành", {128, 1}, "128"},
    {"4", "Nâng cao", {192, 1}, "192"},   {"5", "Dẫn dắt", {256, 1}, "256"},
};

static struct ladder ladder_at(int points, int level)
{
    return (struct ladder){.steps = steps,
                           .count = ARRAY_SIZE(steps),
                           .max = ratio_of(320),
                           .max_words = "320 điểm",
                           .current = level,
                           .planned = -1,
                           .now = {ratio_of(points), "Nay"},
                           .rise = 28};
}

static void ladder_has_its_marks(void **state)
{
    struct ladder ladder = ladder_at(152, 3);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    ladder.planned = 4;
    ladder.plan = (struct ladder_mark){ratio_of(193), "Kế hoạch đến 11/2027: 193 điểm"};
    ladder.before = (struct ladder_mark){ratio_of(118), "2025: 118"};
    ladder.peers = (struct ladder_mark){ratio_of(110), "Trung vị: 110"};
    draw_page(diagram_ladder(&ladder), &out);
    assert_contains(buf_text(&out), ">Nay</text>");
    assert_contains(buf_text(&out), ">2025: 118</text>");
    assert_contains(buf_text(&out), "font-weight=\"700\">Hình thành</text>");
    assert_contains(buf_text(&out), ">Trung vị: 110</text>");
    /* the next step, and the line up to the plan */
    assert_int_equal(count_of(buf_text(&out), "stroke-dasharray"), 2);
    buf_free(&out);
}

/* From nothing to all, with and without the other marks. */
static void ladder_stays_inside(void **state)
{
    (void)state;
    for (int points = 0; points <= 320; points += 16) {
        struct ladder ladder = ladder_at(points, points > 256 ? 5 : points / 64);

        assert_fits(diagram_ladder(&ladder));
        ladder.plan = (struct ladder_mark){ratio_of(320), "Kế hoạch đến 11/2027: 320 điểm"};
        ladder.before = (struct ladder_mark){ratio_of(points / 2), "2025-1: 12,5"};
        ladder.peers = (struct ladder_mark){ratio_of(320 - points), "Trung vị của 25 đơn vị"};
        assert_fits(diagram_ladder(&ladder));
        ladder.is_small = true;
        ladder.rise = 13;
        ladder.plan = (struct ladder_mark){ratio_of(256), "mức 5 từ 257"};
        assert_fits(diagram_ladder(&ladder));
    }
}

/* On a screen: the words beside the mark, no names, the plan at the edge of its step, no line. */
static void small_ladder_is_the_same(void **state)
{
    struct ladder ladder = ladder_at(152, 3);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    ladder.is_small = true;
    ladder.rise = 13;
    ladder.planned = 4;
    ladder.plan = (struct ladder_mark){ratio_of(192), "mức 4 từ 193"};
    ladder.peers = (struct ladder_mark){ratio_of(110), "cùng ngành: 110"};
    draw_page(diagram_ladder(&ladder), &out);
    assert_contains(buf_text(&out), ">Nay</text>");
    assert_contains(buf_text(&out), ">mức 4 từ 193</text>");
    assert_contains(buf_text(&out), ">cùng ngành: 110</text>");
    assert_lacks(buf_text(&out), "Hình thành");
    assert_int_equal(count_of(buf_text(&out), "stroke-dasharray"), 1);
    buf_free(&out);
}

static void nothing_known_is_no_mark(void **state)
{
    struct ladder ladder = ladder_at(0, -1);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    ladder.now.words = NULL;
    draw_page(diagram_ladder(&ladder), &out);
    assert_lacks(buf_text(&out), "#0B7A75"); /* the colour of what is the reader's own */
    buf_free(&out);
}

static void pillars_have_all_marks(void **state)
{
    const struct pillar items[] = {
        {LONG, ratio_make(105, 2), ratio_of(40), ratio_of(37), ratio_of(60), "52,5 %",
         "+12,5 so với trước", LONG LONG LONG},
        {"Vận hành", RATIO_NONE, RATIO_NONE, RATIO_NONE, RATIO_NONE, "–", NULL, NULL},
    };
    const struct pillar_zone zones[] = {{ratio_of(0), "mức 0", false},
                                        {ratio_of(10), "mức 1", false},
                                        {ratio_of(40), "mức 3", true}};
    struct pillars pillars = {.items = items,
                              .count = 2,
                              .zones = zones,
                              .zone_count = 3,
                              .pitch = 70,
                              .own_words = "Đơn vị",
                              .peers_words = "Trung vị của ít nhất 25 doanh nghiệp cùng ngành"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw_page(diagram_pillars(&pillars), &out);
    assert_contains(buf_text(&out), ">52,5 %</text>");
    assert_contains(buf_text(&out), "…</text>");
    /* one mark of the others, and one in the legend */
    assert_int_equal(count_of(buf_text(&out), "#B4540A"), 2);
    pillars.is_small = true;
    pillars.pitch = 21;
    assert_fits(diagram_pillars(&pillars));
    buf_free(&out);
}

static void squares_go_on_below(void **state)
{
    struct square items[40];
    struct squares squares = {.name = LONG,
                              .sum = "27/65 điểm",
                              .items = items,
                              .count = 40,
                              .remarks = {LONG LONG LONG, "b"}};
    struct squares_legend legend = {"Điểm", {"0", "1", "2", "3", "4", "5"}, LONG};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(items); i++)
        items[i] =
            (struct square){"1.1.10", "2,5", (int)(i % 7) - 1, i == 3 ? 5 : 1, i % 3 ? NULL : "12"};
    draw_page(diagram_squares(&squares), &out);
    assert_int_equal(count_of(buf_text(&out), ">2,5</text>"), 40);
    assert_int_equal(count_of(buf_text(&out), ">12</text>"), 14);
    draw_page(diagram_squares_legend(&legend), &out);
    buf_free(&out);
}

/* However many of one place: all numbers stand there, and no two circles touch. */
static void dots_of_one_place_stand_apart(void **state)
{
    struct effort_dot dots[EFFORT_DOTS_MAX];
    struct efforts efforts = {.items = dots,
                              .count = ARRAY_SIZE(dots),
                              .corners = {"Làm trước", "Lên lịch", "Làm xen", "Làm sau"},
                              .across = "Ngang: tuần công",
                              .up = "Dọc: điểm"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(dots); i++)
        dots[i] = (struct effort_dot){"7", LONG, ratio_of(4), ratio_of(i % 2 ? 7 : 2), i % 2};
    draw_page(diagram_efforts(&efforts), &out);
    assert_int_equal(count_of(buf_text(&out), ">7</text>"), EFFORT_DOTS_MAX);
    buf_free(&out);
}

static void months_show_when_the_level_is_reached(void **state)
{
    static const char *names[MONTHS_MAX], *years[MONTHS_MAX];
    const struct month_row rows[] = {{LONG, 1, 1, true, LONG}, {"1 Kế hoạch", 2, 11, false, NULL}};
    const struct month_gain gains[] = {{1, {157, 1}, "157"}, {12, {193, 1}, "193"}};
    const struct month_mark marks[] = {{6, "xem lại"}, {12, "đánh giá lại"}};
    struct months months = {.title = "Tháng",
                            .names = names,
                            .years = years,
                            .count = 12,
                            .rows = rows,
                            .row_count = 2,
                            .gains = gains,
                            .gain_count = 2,
                            .start = ratio_of(152),
                            .threshold = ratio_of(192),
                            .start_words = "Nay: 152",
                            .threshold_words = "Mức 4: trên 192 điểm",
                            .marks = marks,
                            .mark_count = 2};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < MONTHS_MAX; i++) {
        names[i] = "12";
        years[i] = i % 12 ? NULL : "2027";
    }
    draw_page(diagram_months(&months), &out);
    assert_contains(buf_text(&out), ">193</text>");
    assert_contains(buf_text(&out), ">đánh giá lại</text>");
    assert_int_equal(count_of(buf_text(&out), ">12</text>"), 12);
    months.count = MONTHS_MAX;
    assert_fits(diagram_months(&months));
    buf_free(&out);
}

static void money_is_to_scale(void **state)
{
    const struct spend items[] = {
        {"Cả hai", {445000000, 1}, {160000000, 1}, "445 triệu", "160", true},
        {LONG, {325000000, 1}, {100000000, 1}, "325", "100", false},
        {"Tư vấn", {120000000, 1}, {60000000, 1}, "120", "60", false},
    };
    struct spends spends = {items, ARRAY_SIZE(items), 1, "Nhà nước hỗ trợ", "Đơn vị tự chi"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw_page(diagram_spends(&spends), &out);
    assert_contains(buf_text(&out), ">160</text>");
    assert_contains(buf_text(&out), ">445 triệu</text>");
    assert_null(strstr(buf_text(&out), "Tư vấn")); /* only where there is room */
    assert_true(diagram_spends_stretch(&spends) > 0);
    spends.least = spends.count;
    assert_true(diagram_spends_stretch(&spends) == 0);
    draw_page(diagram_spends(&spends), &out);
    assert_contains(buf_text(&out), "Tư vấn");
    buf_free(&out);
}

static void papers_are_counted(void **state)
{
    struct paper_column columns[PAPER_COLUMNS_MAX];
    const struct paper_row rows[] = {{LONG LONG, 0xffff}, {"2. Báo giá", 1}};
    struct papers_matrix papers = {columns, 5, rows, 2, "Số giấy tờ"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
        columns[i] = (struct paper_column){"9", "Thuê, mua giải pháp chuyển đổi số", i < 2};
    draw_page(diagram_papers(&papers), &out);
    assert_int_equal(count_of(buf_text(&out), ">2</text>"), 1);
    assert_int_equal(count_of(buf_text(&out), ">1</text>"), 4);
    for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
        columns[i].name = NULL;
    papers.column_count = PAPER_COLUMNS_MAX;
    assert_fits(diagram_papers(&papers));
    buf_free(&out);
}

static void the_rest_stays_inside(void **state)
{
    const struct count_bar bars[] = {{LONG, 19, "19", LONG}, {"b", 0, "0", NULL}};
    const struct segment segments[] = {{"Hạ tầng số", {42, 1}, {80, 1}, "42", "80"},
                                       {LONG, {15, 1}, {25, 1}, "15", "25"},
                                       {"c", {0, 1}, {0, 1}, "0", "0"}};
    const struct gate gates[] = {
        {"5 – Dẫn dắt",
         {152, 1},
         {256, 1},
         {320, 1},
         "trên 256",
         0,
         6,
         6,
         "ít nhất 6",
         false,
         false},
        {LONG, {152, 1}, RATIO_NONE, {320, 1}, LONG, 6, 0, 24, LONG, true, true},
        {"1", {152, 1}, {20, 1}, {320, 1}, LONG, 9, 4, 24, LONG, true, false}};
    const struct figure figures[] = {
        {"152", "/320 điểm", LONG}, {"123.456.789", "gói việc", "b"}, {"–", "", LONG LONG}};

    (void)state;
    assert_fits(diagram_counts(&(struct count_bars){bars, 2}));
    assert_fits(diagram_segments(&(struct segments){segments, 3}));
    assert_fits(diagram_gates(&(struct gates){gates, 3, "Cửa 1", LONG, "chưa"}));
    assert_fits(diagram_figures(&(struct figures){figures, 3}));
}

/* The same calls on the other surface: the same words. */
static void pdf_shows_the_same_words(void **state)
{
    struct ladder ladder = ladder_at(152, 3);
    struct flow_setup setup = plain_setup(LANG_VI);
    struct buf out, text;
    struct arena arena;
    struct flow *flow;

    (void)state;
    arena_init(&arena);
    buf_init(&out, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    flow = flow_new(&arena, &setup);
    flow_picture(flow, diagram_ladder(&ladder), 0, "Thang điểm");
    finish(flow, &out);
    assert_sound(&out);
    text_of(&out, "", &text);
    assert_contains(buf_text(&text), "Hình thành");
    assert_contains(buf_text(&text), "320 điểm");
    buf_free(&text);
    buf_free(&out);
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ladder_has_its_marks),
    cmocka_unit_test(ladder_stays_inside),
    cmocka_unit_test(small_ladder_is_the_same),
    cmocka_unit_test(nothing_known_is_no_mark),
    cmocka_unit_test(pillars_have_all_marks),
    cmocka_unit_test(squares_go_on_below),
    cmocka_unit_test(dots_of_one_place_stand_apart),
    cmocka_unit_test(months_show_when_the_level_is_reached),
    cmocka_unit_test(money_is_to_scale),
    cmocka_unit_test(papers_are_counted),
    cmocka_unit_test(the_rest_stays_inside),
    cmocka_unit_test(pdf_shows_the_same_words),
};

RUN(tests)
