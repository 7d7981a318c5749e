#include "report_tools.h"

#include "draw/chart.h"

static const struct svg_words words = {"c1", "Điểm <theo> \"trụ cột\" & mức", "Mô tả\x01 \xFF"};

/* A picture as SVG that an XML parser has read. */
static void draw(struct picture picture, double width, struct buf *out)
{
    struct buf said;

    buf_clear(out);
    picture_svg(&picture, width, &words, out);
    buf_init(&said, 1 << 16);
    if (tool("python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])'", out, "",
             &said) != 0)
        fail_msg("%s", buf_text(&said));
    buf_free(&said);
}

static const struct radar_axis axes[] = {
    {"Khách hàng & số", {143, 2}, {60, 1}}, {"Chiến lược <mới>", {64, 1}, {60, 1}},
    {"Vận hành", {0, 0}, {60, 1}},          {"Văn hóa", {0, 1}, {60, 1}},
    {"Dữ liệu \"lớn\"", {100, 1}, {60, 1}},
};

static struct radar radar_of(size_t count)
{
    return (struct radar){axes,      count, ratio_of(100), "Doanh nghiệp", "Mức sau",
                          "chưa có", 1,     LANG_VI};
}

static void svg_is_escaped_and_named(void **state)
{
    struct radar radar = radar_of(5);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw(chart_radar(&radar), 487, &out);
    assert_contains(buf_text(&out), "role=\"img\" aria-labelledby=\"c1-t c1-d\"");
    assert_contains(buf_text(&out),
                    "<title id=\"c1-t\">Điểm &lt;theo&gt; &quot;trụ cột&quot; &amp; mức</title>");
    assert_contains(buf_text(&out), "<desc id=\"c1-d\">Mô tả  \xEF\xBF\xBD</desc>");
    assert_contains(buf_text(&out), ">Chiến lược &lt;mới&gt;</text>");
    assert_lacks(buf_text(&out), " style=");
    buf_free(&out);
}

static void radar_says_what_is_not_known(void **state)
{
    struct radar radar = radar_of(5);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw(chart_radar(&radar), 487, &out);
    assert_contains(buf_text(&out), ">71,5</text>");
    assert_int_equal(count_of(buf_text(&out), ">chưa có</text>"), 1);
    assert_int_equal(count_of(buf_text(&out), ">0,0</text>"), 1); /* zero is a value */
    radar.lang = LANG_EN;
    draw(chart_radar(&radar), 487, &out);
    assert_contains(buf_text(&out), ">71.5</text>");
    buf_free(&out);
}

/* Edges of the own series: one for each pair of neighbours that are both known. */
static void radar_leaves_gaps(void **state)
{
    struct radar radar = radar_of(5);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    radar.second_name = NULL;
    draw(chart_radar(&radar), 487, &out);
    /* Three edges, and the line in the legend. */
    assert_int_equal(count_of(buf_text(&out), "stroke-width=\"1.8\""), 4);
    buf_free(&out);
}

static void radar_takes_3_to_24_axes(void **state)
{
    struct radar_axis many[RADAR_AXES_MAX + 1];
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(many); i++)
        many[i] =
            (struct radar_axis){"Đào tạo kỹ năng số cho người lao động", ratio_of(50), RATIO_NONE};
    for (size_t n = 0; n <= RADAR_AXES_MAX + 1; n++) {
        struct radar radar = {many, n, ratio_of(100), "x", NULL, "–", 0, LANG_VI};
        struct picture picture = chart_radar(&radar);
        bool is_drawn = n >= RADAR_AXES_MIN && n <= RADAR_AXES_MAX;

        assert_int_equal(picture.height(picture.data, 487) > 0, is_drawn);
        buf_clear(&out);
        picture_svg(&picture, 487, &words, &out);
        assert_int_equal(count_of(buf_text(&out), ">50</text>"), is_drawn ? n : 0);
    }
    buf_free(&out);
}

/* Text stays inside: by the widths of Roboto, with a point to spare. */
static void assert_inside(const char *svg, double width, double height)
{
    for (const char *at = svg; (at = strstr(at, "<text x=\"")) != NULL; at++) {
        double x = atof(at + 9), y = atof(strstr(at, " y=\"") + 4);
        double size = atof(strstr(at, "font-size=\"") + 11);
        const char *text = strchr(at, '>') + 1;
        bool is_end = strstr(at, "\"end\"") && strstr(at, "\"end\"") < text;
        bool is_middle = strstr(at, "\"middle\"") && strstr(at, "\"middle\"") < text;
        bool is_bold = strstr(at, "\"700\"") && strstr(at, "\"700\"") < text;
        double length = font_text_width(is_bold ? FACE_BOLD : FACE_REGULAR, size, text,
                                        (size_t)(strchr(text, '<') - text));
        double left = x - (is_end ? length : is_middle ? length / 2 : 0);

        if (left < -1 || left + length > width + 1 || y - size * 0.7 < 0 || y > height)
            fail_msg("%.0f x %.0f: %.80s", width, height, at);
    }
}

static void text_stays_inside(void **state)
{
    static const double widths[] = {300, 360, 487, 700};
    struct radar_axis many[RADAR_AXES_MAX];
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < ARRAY_SIZE(many); i++)
        many[i] = (struct radar_axis){i % 2 ? "Dữ liệu và tài sản thông tin của doanh nghiệp"
                                            : "Vận hành",
                                      ratio_of((int64_t)i * 4), ratio_of(60)};
    for (size_t w = 0; w < ARRAY_SIZE(widths); w++)
        for (size_t n = RADAR_AXES_MIN; n <= RADAR_AXES_MAX; n++) {
            struct radar radar = {many, n, ratio_of(100), "Doanh nghiệp", "Mức sau",
                                  "–",  1, LANG_VI};
            struct picture picture = chart_radar(&radar);

            buf_clear(&out);
            picture_svg(&picture, widths[w], &words, &out);
            assert_inside(buf_text(&out), widths[w], picture.height(picture.data, widths[w]));
        }
    buf_free(&out);
}

static struct bars bars_of(const struct bar *items, size_t count)
{
    return (struct bars){items,    count,        BARS_OF_MAX,    1,
                         "Ngưỡng", "Cùng ngành", "chưa trả lời", LANG_VI};
}

static void bars_print_exact_numbers(void **state)
{
    const struct bar items[] = {
        {"Khách hàng", ratio_of(40), ratio_of(65), ratio_of(45), ratio_of(37), "Mức 3"},
        {"Chiến lược", ratio_make(1, 3), ratio_of(60), RATIO_NONE, RATIO_NONE, NULL},
        {"Vận hành", RATIO_NONE, ratio_of(50), RATIO_NONE, RATIO_NONE, NULL},
        {"Quá trần", ratio_of(90), ratio_of(60), RATIO_NONE, RATIO_NONE, NULL},
    };
    struct bars bars = bars_of(items, 4);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw(chart_bars(&bars), 487, &out);
    assert_contains(buf_text(&out), ">40/65</text>");
    assert_contains(buf_text(&out), ">0,3/60</text>");
    assert_contains(buf_text(&out), ">90/60</text>");
    assert_contains(buf_text(&out), ">chưa trả lời</text>");
    assert_contains(buf_text(&out), ">Mức 3</text>");
    assert_contains(buf_text(&out), ">Ngưỡng</text>");
    bars.numbers = BARS_PERCENT;
    draw(chart_bars(&bars), 300, &out);
    assert_contains(buf_text(&out), ">61,5\u00A0%</text>");
    assert_contains(buf_text(&out), ">150,0\u00A0%</text>");
    assert_inside(buf_text(&out), 300, 1e6);
    buf_free(&out);
}

static void no_marks_without_values(void **state)
{
    const struct bar item = {"x", ratio_of(1), ratio_of(2), RATIO_NONE, RATIO_NONE, NULL};
    struct bars bars = bars_of(&item, 1);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    bars.threshold_name = bars.peer_name = NULL;
    draw(chart_bars(&bars), 487, &out);
    assert_lacks(buf_text(&out), "#B4540A"); /* the colour of peers */
    assert_int_equal(count_of(buf_text(&out), "<path"), 2);
    buf_free(&out);
}

static void gauge_shows_its_number(void **state)
{
    struct gauge gauge = {ratio_make(1248, 20), ratio_of(100), 1,
                          "trên 100 điểm",      "chưa có",     LANG_VI};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw(chart_gauge(&gauge), 160, &out);
    assert_contains(buf_text(&out), ">62,4</text>");
    gauge.value = RATIO_NONE;
    draw(chart_gauge(&gauge), 160, &out);
    assert_contains(buf_text(&out), ">chưa có</text>");
    assert_lacks(buf_text(&out), ">0");
    buf_free(&out);
}

static void levels_mark_the_one_reached(void **state)
{
    const struct level_step steps[] = {
        {"0", "Chưa khởi động", "đến 20"}, {"1", "Khởi động", NULL}, {"2", "Bắt đầu", NULL}};
    struct level_scale scale = {steps, 3, 1, "Doanh nghiệp"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw(chart_levels(&scale), 487, &out);
    assert_contains(buf_text(&out), "font-weight=\"700\">Khởi động</text>");
    assert_int_equal(count_of(buf_text(&out), ">Doanh nghiệp</text>"), 1);
    assert_inside(buf_text(&out), 487, 1e6);
    scale.current = -1;
    draw(chart_levels(&scale), 300, &out);
    assert_lacks(buf_text(&out), "Doanh nghiệp</text>");
    buf_free(&out);
}

/* The same calls on the other surface: the same words. */
static void pdf_shows_the_same_words(void **state)
{
    struct radar radar = radar_of(5);
    struct flow_setup setup = plain_setup(LANG_VI);
    struct buf out, text;
    struct arena arena;
    struct flow *flow;

    (void)state;
    arena_init(&arena);
    buf_init(&out, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    flow = flow_new(&arena, &setup);
    flow_picture(flow, chart_radar(&radar), 0, "Biểu đồ năm trụ cột");
    finish(flow, &out);
    assert_sound(&out);
    text_of(&out, "", &text);
    assert_contains(buf_text(&text), "71,5");
    assert_contains(buf_text(&text), "chưa có");
    assert_contains(buf_text(&text), "Chiến lược <mới>");
    buf_free(&text);
    buf_free(&out);
    arena_free(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(svg_is_escaped_and_named),    cmocka_unit_test(radar_says_what_is_not_known),
    cmocka_unit_test(radar_leaves_gaps),           cmocka_unit_test(radar_takes_3_to_24_axes),
    cmocka_unit_test(text_stays_inside),           cmocka_unit_test(bars_print_exact_numbers),
    cmocka_unit_test(no_marks_without_values),     cmocka_unit_test(gauge_shows_its_number),
    cmocka_unit_test(levels_mark_the_one_reached), cmocka_unit_test(pdf_shows_the_same_words),
};

RUN(tests)
