#include "report_tools.h"

#include "draw/chart.h"

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
    draw_svg(chart_bars(&bars), 487, &out);
    assert_contains(buf_text(&out), ">40/65</text>");
    assert_contains(buf_text(&out), ">0,3/60</text>");
    assert_contains(buf_text(&out), ">90/60</text>");
    assert_contains(buf_text(&out), ">chưa trả lời</text>");
    assert_contains(buf_text(&out), ">Mức 3</text>");
    assert_contains(buf_text(&out), ">Ngưỡng</text>");
    bars.numbers = BARS_PERCENT;
    draw_svg(chart_bars(&bars), 300, &out);
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
    draw_svg(chart_bars(&bars), 487, &out);
    assert_lacks(buf_text(&out), "#B4540A"); /* the colour of peers */
    assert_int_equal(count_of(buf_text(&out), "<path"), 2);
    buf_free(&out);
}

static void svg_is_escaped_and_named(void **state)
{
    const struct bar item = {"Chiến lược <mới>", ratio_of(1), ratio_of(2),
                             RATIO_NONE,         RATIO_NONE,  NULL};
    struct bars bars = bars_of(&item, 1);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    draw_svg(chart_bars(&bars), 487, &out);
    assert_contains(buf_text(&out), "role=\"img\" aria-labelledby=\"c1-t c1-d\"");
    assert_contains(buf_text(&out),
                    "<title id=\"c1-t\">Điểm &lt;theo&gt; &quot;trụ cột&quot; &amp; mức</title>");
    assert_contains(buf_text(&out), "<desc id=\"c1-d\">Mô tả  \xEF\xBF\xBD</desc>");
    assert_contains(buf_text(&out), ">Chiến lược &lt;mới&gt;</text>");
    assert_lacks(buf_text(&out), " style=");
    buf_free(&out);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(svg_is_escaped_and_named),
    cmocka_unit_test(bars_print_exact_numbers),
    cmocka_unit_test(no_marks_without_values),
};

RUN(tests)
