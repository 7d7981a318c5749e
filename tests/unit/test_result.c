#include "report_tools.h"

#include <pthread.h>

#include "app/output/report.h"
#include "app/enterprise/result.h"
#include "report/phrase.h"

/* The model of a result, told as pages tell it and printed in other threads. */

#define GARMENT "tests/data/demo/responses/may-sen-vang.json"
#define PEER_COLOUR "#B4540A"

static struct arena arena;
static struct workspace *ws;
static const struct wording *wording;
static const struct response *response;
static struct err err;

static int setup(void **state)
{
    struct faults faults;

    (void)state;
    arena_init(&arena);
    faults_init(&faults, &arena);
    assert_int_equal(workspace_open(&arena, ".", &ws, &err), OK);
    wording = workspace_wording(ws, &err);
    response = workspace_response(ws, &arena, GARMENT, NULL, &faults);
    assert_true(wording && response);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static const struct report *model(const struct peer_group *peers)
{
    const struct result_request request = {
        .response = response, .peers = peers, .on = day_of(2026, 11, 24)};
    struct result result = {NULL, NULL};

    if (result_make(ws, &arena, &request, &result, &err) != OK)
        fail_msg("%s", err.text[LANG_EN]);
    return result.report;
}

static struct phraser teller_of(const struct report *report, enum lang lang)
{
    return (struct phraser){.report = report, .wording = wording, .lang = lang, .arena = &arena};
}

/* Peers of the questionnaire's six dimensions: 30 %, 40 %, ...; the last is hidden. */
static struct peer_group peers_of(enum peer_kind kind)
{
    struct peer_group peers = {.kind = kind,
                               .n = 25,
                               .count = response->questionnaire->dimension_count,
                               .total = ratio_of(47)};

    for (size_t i = 0; i < peers.count; i++)
        peers.medians[i] = i + 1 < peers.count ? ratio_of(30 + 10 * (int64_t)i) : RATIO_NONE;
    return peers;
}

static void bars_show_peers(void **state)
{
    struct peer_group peers = peers_of(PEERS_SECTION);
    struct phraser t = teller_of(model(&peers), LANG_VI);
    const struct svg_words words = {"b", "Trụ cột", phrase_bars_alt(&t)};
    struct picture picture = phrase_bars(&t);
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    picture_svg(&picture, 640, &words, &out);
    /* a mark for each dimension but the hidden one, and one in the legend */
    assert_int_equal(count_of(buf_text(&out), PEER_COLOUR), peers.count);
    assert_contains(buf_text(&out), "trung vị của ít nhất 25 doanh nghiệp cùng ngành");
    assert_contains(phrase_bars_alt(&t), "(nhóm so sánh: 40\u00a0%)");
    assert_int_equal(count_of(phrase_bars_alt(&t), "nhóm so sánh"), peers.count - 1);
    t.lang = LANG_EN;
    assert_string_equal(phrase_peers(&t), "median of at least 25 enterprises of the same section");
    buf_free(&out);
}

/* As wide as on a telephone: the legend takes more lines, and nothing is cut off. */
static void narrow_legends_break(void **state)
{
    struct peer_group peers = peers_of(PEERS_SECTION_SIZE);
    struct phraser t = teller_of(model(&peers), LANG_VI);
    const struct svg_words words = {"b", "x", "y"};
    struct picture picture = phrase_bars(&t);
    struct buf broad, narrow;

    (void)state;
    buf_init(&broad, 1 << 20);
    buf_init(&narrow, 1 << 20);
    picture_svg(&picture, 470, &words, &broad);
    picture_svg(&picture, 205, &words, &narrow);
    assert_contains(buf_text(&broad), phrase_peers(&t));
    assert_lacks(buf_text(&narrow), phrase_peers(&t));
    assert_contains(buf_text(&narrow), "trung vị của ít nhất");
    buf_free(&broad);
    buf_free(&narrow);
}

static void without_peers_nothing_is_said_of_them(void **state)
{
    struct peer_group none = peers_of(PEERS_ALL);
    struct phraser t = teller_of(model(NULL), LANG_VI), hidden;
    struct picture picture = phrase_bars(&t);
    const struct svg_words words = {"b", "x", "y"};
    struct buf out;

    (void)state;
    buf_init(&out, 1 << 20);
    assert_null(phrase_peers(&t));
    picture_svg(&picture, 640, &words, &out);
    assert_lacks(buf_text(&out), PEER_COLOUR);
    /* a group whose medians are all hidden has no legend either */
    for (size_t i = 0; i < none.count; i++)
        none.medians[i] = RATIO_NONE;
    hidden = teller_of(model(&none), LANG_VI);
    picture = phrase_bars(&hidden);
    buf_clear(&out);
    picture_svg(&picture, 640, &words, &out);
    assert_lacks(buf_text(&out), PEER_COLOUR);
    assert_lacks(buf_text(&out), "trung vị");
    buf_free(&out);
}

static void every_group_has_its_name(void **state)
{
    static const char *const names[PEERS_KIND__MAX] = {"cùng ngành, cùng quy mô", "cùng ngành",
                                                       "cùng quy mô", "trong cùng đợt đánh giá"};

    (void)state;
    for (int kind = 0; kind < PEERS_KIND__MAX; kind++) {
        struct peer_group peers = peers_of((enum peer_kind)kind);
        struct phraser t = teller_of(model(&peers), LANG_VI);

        assert_contains(phrase_peers(&t), names[kind]);
    }
}

/* ---- the PDF from a model that another thread made ---- */

struct print {
    const struct report *report;
    enum document_kind kind;
    struct buf pdf;
    enum status status;
};

static void *print_one(void *data)
{
    struct print *print = data;
    struct err fault;

    print->status = result_pdf(
        &(struct document_request){
            .report = print->report, .wording = wording, .lang = LANG_VI, .kind = print->kind},
        &print->pdf, &fault);
    return NULL;
}

static void threads_print_what_one_call_prints(void **state)
{
    struct print prints[4] = {0};
    pthread_t threads[4];

    (void)state;
    for (size_t i = 0; i < ARRAY_SIZE(prints); i++) {
        prints[i].report = i ? prints[0].report : model(NULL);
        prints[i].kind = i % 2 ? DOCUMENT_SUMMARY : DOCUMENT_REPORT;
        buf_init(&prints[i].pdf, PDF_BYTES_MAX);
        assert_int_equal(pthread_create(&threads[i], NULL, print_one, &prints[i]), 0);
    }
    for (size_t i = 0; i < ARRAY_SIZE(prints); i++) {
        struct report_request request = {.response = response,
                                         .on = day_of(2026, 11, 24),
                                         .lang = LANG_VI,
                                         .kind = prints[i].kind};
        struct buf alone;

        pthread_join(threads[i], NULL);
        buf_init(&alone, PDF_BYTES_MAX);
        assert_int_equal(report_make(ws, &arena, &request, &alone, &err), OK);
        assert_int_equal(prints[i].status, OK);
        assert_int_equal(prints[i].pdf.len, alone.len);
        assert_memory_equal(prints[i].pdf.data, alone.data, alone.len);
        buf_free(&alone);
        buf_free(&prints[i].pdf);
    }
}

static void a_report_with_peers_is_sound(void **state)
{
    struct peer_group peers = peers_of(PEERS_SECTION_SIZE);
    struct buf pdf, text;

    (void)state;
    buf_init(&pdf, PDF_BYTES_MAX);
    buf_init(&text, 1 << 20);
    assert_int_equal(result_pdf(&(struct document_request){.report = model(&peers),
                                                           .wording = wording,
                                                           .lang = LANG_EN,
                                                           .kind = DOCUMENT_SUMMARY,
                                                           .contact = "Sở Tài chính, 0220 0000000",
                                                           .uri = "https://cds.example.vn/k/1"},
                                &pdf, &err),
                     OK);
    assert_sound(&pdf);
    assert_int_equal(pages_of(&pdf), 1);
    text_of(&pdf, "", &text);
    flatten(&text);
    assert_contains(buf_text(&text),
                    "median of at least 25 enterprises of the same section and size");
    buf_free(&text);
    buf_free(&pdf);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(bars_show_peers, setup, teardown),
    cmocka_unit_test_setup_teardown(narrow_legends_break, setup, teardown),
    cmocka_unit_test_setup_teardown(without_peers_nothing_is_said_of_them, setup, teardown),
    cmocka_unit_test_setup_teardown(every_group_has_its_name, setup, teardown),
    cmocka_unit_test_setup_teardown(threads_print_what_one_call_prints, setup, teardown),
    cmocka_unit_test_setup_teardown(a_report_with_peers_is_sound, setup, teardown),
};

RUN(tests)
