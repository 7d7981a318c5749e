/* What helps people through a questionnaire: times, examples, prefills, estimates. */
#include "fixture.h"

#include "app/loaded_data.h"
#include "base/text.h"
#include "survey/convert.h"
#include "survey/lint.h"
#include "survey/pages.h"
#include "survey/prefill.h"
#include "survey/reading.h"

#define WORDS(text) "{\"vi\":\"" text "\",\"en\":\"" text "\"}"
#define OPTION(id) "{\"id\":\"" id "\",\"points\":" id ",\"text\":" WORDS("mot hai ba") "}"
#define QUESTION(id, more)                                                                         \
    "{\"id\":\"" id "\",\"type\":\"single\",\"text\":" WORDS("Cau " id " hoi gi") more             \
        ",\"options\":[" OPTION("0") "," OPTION("1") "]}"
#define HEAD(more)                                                                                 \
    "{\"kind\":\"questionnaire\",\"id\":\"q\",\"version\":\"1\",\"title\":" WORDS("t") more        \
        ",\"levels\":[{\"level\":0,\"name\":" WORDS(                                               \
            "0") "},{\"level\":1,\"from_percent\":50,"                                             \
                 "\"name\":" WORDS("1") "}],\"dimensions\":[{\"id\":\"d\",\"name\":" WORDS(        \
                     "d") ",\"indicators\":[{\"id\":\"i\",\"name\":" WORDS("i") ",\"questions\":["
#define TAIL "]}]}]}"

static struct reading reading_of(struct fixture *f, const char *source)
{
    fixture_init(f);
    fixture_questionnaire(f, source);
    return questionnaire_reading(f->q, &f->arena);
}

/* Which of three questionnaires are for whom: by form and by class. */
static void questionnaires_are_for_some_forms_and_sizes(void **state)
{
    static const char *const sources[] = {
        HEAD("") QUESTION("a", "") TAIL,
        HEAD(",\"sizes\":[\"micro\",\"not-sme\"]") QUESTION("a", "") TAIL,
        HEAD(",\"respondents\":[\"household\"],\"sizes\":[\"small\"]") QUESTION("a", "") TAIL,
    };
    static const struct {
        enum legal_form form;
        const char *size;
        unsigned fitting; /* a bit for each */
    } cases[] = {
        {LEGAL_FORM_ENTERPRISE, "micro", 3},   {LEGAL_FORM_ENTERPRISE, "small", 1},
        {LEGAL_FORM_ENTERPRISE, "medium", 1},  {LEGAL_FORM_ENTERPRISE, "not-sme", 3},
        {LEGAL_FORM_ENTERPRISE, "unknown", 3}, {LEGAL_FORM_HOUSEHOLD, "micro", 3},
        {LEGAL_FORM_HOUSEHOLD, "small", 5},    {LEGAL_FORM_HOUSEHOLD, "unknown", 7},
    };
    struct loaded_questionnaire items[3] = {0};
    struct loaded_data loaded = {.items = items, .count = 3};
    struct fixture f;

    (void)state;
    fixture_init(&f);
    loaded.facts = f.facts;
    for (size_t i = 0; i < 3; i++) {
        fixture_questionnaire(&f, sources[i]);
        items[i].q = f.q;
    }
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const struct loaded_questionnaire *list[3];
        size_t count =
            loaded_data_fitting(&loaded, cases[i].form, cases[i].size, "", &f.arena, list);
        unsigned found = 0;

        for (size_t k = 0; k < count; k++)
            found |= 1u << (list[k] - items);
        if (found != cases[i].fitting)
            fail_msg("form %d, %s: %x", (int)cases[i].form, cases[i].size, found);
    }
    arena_free(&f.arena);
}

/* 4 syllables and two options of 3: 10; 8 seconds each. */
static void reading_counts_syllables_and_thinking(void **state)
{
    struct fixture f;
    struct reading reading = reading_of(&f, HEAD("") QUESTION("a", "") "," QUESTION("b", "") TAIL);

    (void)state;
    assert_int_equal(reading.questions, 2);
    assert_int_equal(reading.syllables, 20);
    assert_string_equal(fixture_ratio(&f, reading.minutes, -1), "17/45"); /* 20/180 + 16/60 */
    assert_int_equal(f.q->minutes, 1);                                    /* rounded up */
    assert_int_equal(text_syllables("  – Bán 3 lần/tháng, (đã) bỏ …"), 5);
    arena_free(&f.arena);
}

/* Of questions behind a choice only those of one option are met: here b and c, or d. */
static void reading_takes_the_longest_branch(void **state)
{
#define IF(id) ",\"show_if\":{\"==\":[{\"var\":\"answers.a\"},\"" id "\"]}"
    struct fixture f;
    struct reading reading =
        reading_of(&f, HEAD("") QUESTION("a", "") "," QUESTION("b", IF("0")) "," QUESTION(
                           "c", IF("0")) "," QUESTION("d", IF("1")) TAIL);

    (void)state;
    assert_int_equal(reading.questions, 3);
    arena_free(&f.arena);
#undef IF
}

static void a_promise_of_less_time_is_noted(void **state)
{
    struct fixture f;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, HEAD(",\"minutes\":5") QUESTION("a", "") TAIL);
    assert_int_equal(f.faults.count, 0);
    assert_int_equal(f.q->minutes, 1);
    arena_free(&f.arena);
}

static void help_speaks_of_the_trade(void **state)
{
    struct fixture f;
    const struct question *question;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(
        &f, HEAD("") QUESTION("a", ",\"help\":" WORDS("chung") ",\"help_for\":[{\"sections\":["
                                                               "\"C\",\"H\"],\"help\":" WORDS(
                                                                   "xuong") "}]") TAIL);
    question = &f.q->questions[0];
    assert_string_equal(question_help(question, "C").in[LANG_VI], "xuong");
    assert_string_equal(question_help(question, "H").in[LANG_VI], "xuong");
    assert_string_equal(question_help(question, "G").in[LANG_VI], "chung");
    assert_string_equal(question_help(question, NULL).in[LANG_VI], "chung");
    arena_free(&f.arena);
}

static void set_fact(struct fixture *f, struct response *response, const char *id,
                     struct value value)
{
    size_t at = facts_find(f->facts, id);

    assert_int_not_equal(at, MAP_NONE);
    response->values[at] = value;
}

/* Proposed where the fact is known and the question open; never in place of an answer. */
static void facts_propose_and_never_overwrite(void **state)
{
    static const char source[] = HEAD("") QUESTION(
        "a", ",\"prefill\":[{\"if\":{\"==\":[{\"var\":\"has_website\"},false]},\"option\":\"1\","
             "\"because\":" WORDS("khong co trang web") "}]") TAIL;
    struct fixture f;
    struct response *response;
    const struct prefill *prefill;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, source);
    response = fixture_empty(&f);
    assert_null(response_prefill(response, 0, &f.arena));
    set_fact(&f, response, "has_website", value_bool(true));
    assert_null(response_prefill(response, 0, &f.arena));
    set_fact(&f, response, "has_website", value_bool(false));
    prefill = response_prefill(response, 0, &f.arena);
    assert_non_null(prefill);
    assert_int_equal(prefill->option, 1);
    assert_string_equal(prefill->because.in[LANG_VI], "khong co trang web");
    assert_int_equal(response->answers[0].state, ANSWER_NONE); /* it is a proposal */
    fixture_answer(&f, response, "a", "0");
    assert_null(response_prefill(response, 0, &f.arena));
    assert_int_equal(response->answers[0].option, 0);
    arena_free(&f.arena);
}

static void nobody_is_led_where_nothing_is_rated(void **state)
{
    static const char source[] =
        HEAD(",\"rates_if\":{\"in\":[{\"var\":\"section\"},[\"G\"]]}") QUESTION("a", "") TAIL;
    struct fixture f;
    struct response *response;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, source);
    response = fixture_empty(&f);
    assert_false(questionnaire_rates(f.q, response->values, &f.arena)); /* not known */
    set_fact(&f, response, "section", value_text("C"));
    assert_false(questionnaire_rates(f.q, response->values, &f.arena));
    set_fact(&f, response, "section", value_text("G"));
    assert_true(questionnaire_rates(f.q, response->values, &f.arena));
    fixture_questionnaire(&f, HEAD("") QUESTION("a", "") TAIL);
    assert_true(questionnaire_rates(f.q, response->values, &f.arena));
    arena_free(&f.arena);
}

static void what_is_asked_first_has_the_first_page(void **state)
{
    struct fixture f;
    struct question_pages pages;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, HEAD("") QUESTION("a", "") "," QUESTION("b", "") "," QUESTION(
                                  "c", ",\"ask_first\":true") "," QUESTION("d", "") TAIL);
    pages = question_pages(f.q, &f.arena);
    assert_int_equal(pages.count, 3);
    assert_int_equal(pages.items[0].first_question, 2);
    assert_int_equal(pages.items[0].count, 1);
    assert_int_equal(question_page_of(&pages, 2), 0);
    assert_int_equal(question_page_of(&pages, 0), 1);
    assert_int_equal(question_page_of(&pages, 1), 1);
    assert_int_equal(question_page_of(&pages, 3), 2);
    arena_free(&f.arena);
}

/* ---- the estimate ---- */

#define QUICK "questionnaires/sme-quick@1.json"
#define WHOLE "questionnaires/dbi-sme@2021.json"

static struct score_band band_of(struct fixture *f, struct response *response, struct score *score)
{
    struct score_band band = {0};

    score_answers(f->scorer, response->answers, score);
    assert_true(score_band(score, response->answers, &band));
    assert_int_equal(score_level(score), LEVEL_NONE);
    assert_true(band.low <= band.likely && band.likely <= band.high);
    return band;
}

/* Every question at its n-th option. */
static void answer_all(struct fixture *f, struct response *response, size_t option)
{
    for (size_t i = 0; i < f->q->question_count; i++) {
        response->answers[i].state = ANSWER_GIVEN;
        response->answers[i].option = (unsigned)option;
    }
}

static void an_estimate_has_a_band_and_no_level(void **state)
{
    struct fixture f;
    struct response *response;
    struct score score;
    struct score_band band;
    struct score_note notes[SCORE_NOTES_MAX];

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, QUICK);
    response = fixture_empty(&f);
    for (size_t option = 0; option < 6; option++) { /* alike everywhere: no range */
        answer_all(&f, response, option);
        band = band_of(&f, response, &score);
        assert_int_equal(band.low, band.high);
        assert_int_equal(band.likely, option);
    }
    answer_all(&f, response, 1);
    for (size_t i = 0; i < f.q->question_count; i += 2)
        response->answers[i].option = 4; /* one of the two of each pillar */
    band = band_of(&f, response, &score);
    assert_int_equal(band.low, 1);
    assert_int_equal(band.likely, 3);
    assert_int_equal(band.high, 4);
    assert_int_equal(score_notes(&score, &f.arena, notes), 1);
    assert_string_equal(notes[0].code, "estimate");
    arena_free(&f.arena);
}

/* A better answer never lowers an end of the band. */
static void bands_are_monotone(void **state)
{
    struct fixture f;
    struct response *response;
    struct score score;
    uint32_t dice = 12345;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, QUICK);
    response = fixture_empty(&f);
    for (int round = 0; round < 2000; round++) {
        struct score_band before, after;
        size_t raised;

        answer_all(&f, response, 0);
        for (size_t i = 0; i < f.q->question_count; i++) {
            dice = dice * 1664525u + 1013904223u;
            response->answers[i].option = (dice >> 16) % 6;
        }
        raised = (dice >> 8) % f.q->question_count;
        if (response->answers[raised].option == 5)
            continue;
        before = band_of(&f, response, &score);
        response->answers[raised].option++;
        after = band_of(&f, response, &score);
        assert_true(before.low <= after.low && before.likely <= after.likely &&
                    before.high <= after.high);
    }
    arena_free(&f.arena);
}

/* What was answered is taken along to the sixty questions, and back; facts too. */
static void answers_go_along_to_the_whole(void **state)
{
    struct fixture f;
    const struct questionnaire *quick;
    struct response *response;
    struct conversion along, back;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, QUICK);
    quick = f.q;
    response = fixture_empty(&f);
    answer_all(&f, response, 3);
    set_fact(&f, response, "employees", value_int(8));
    fixture_questionnaire(&f, WHOLE);
    estimate_check(quick, f.q, &f.faults);
    assert_int_equal(f.faults.count, 0);
    along = response_convert(&f.arena, response, f.q);
    assert_int_equal(along.dropped, 0);
    assert_int_equal(along.unmatched, 48);
    assert_string_equal(
        f.q->questions[questionnaire_find(f.q, "2.1.1")]
            .options[along.response->answers[questionnaire_find(f.q, "2.1.1")].option]
            .id,
        "15");
    assert_int_equal(along.response->answers[questionnaire_find(f.q, "1.1.1")].state, ANSWER_NONE);
    assert_int_equal(along.response->values[facts_find(f.facts, "employees")].kind, VALUE_NUMBER);
    back = response_convert(&f.arena, along.response, quick);
    for (size_t i = 0; i < quick->question_count; i++)
        assert_int_equal(back.response->answers[i].option, 3);
    arena_free(&f.arena);
}

/* Ids that two instruments happen to share mean nothing: only facts are kept. */
static void answers_do_not_cross_instruments(void **state)
{
    struct fixture f;
    struct response *response;
    struct conversion c;

    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, WHOLE);
    response = fixture_empty(&f);
    answer_all(&f, response, 3);
    fixture_questionnaire(&f, "questionnaires/dbi-large@2025.json");
    c = response_convert(&f.arena, response, f.q);
    assert_int_equal(c.dropped, 60);
    assert_int_equal(c.unmatched, 140);
    arena_free(&f.arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(questionnaires_are_for_some_forms_and_sizes),
    cmocka_unit_test(reading_counts_syllables_and_thinking),
    cmocka_unit_test(reading_takes_the_longest_branch),
    cmocka_unit_test(a_promise_of_less_time_is_noted),
    cmocka_unit_test(help_speaks_of_the_trade),
    cmocka_unit_test(facts_propose_and_never_overwrite),
    cmocka_unit_test(nobody_is_led_where_nothing_is_rated),
    cmocka_unit_test(what_is_asked_first_has_the_first_page),
    cmocka_unit_test(an_estimate_has_a_band_and_no_level),
    cmocka_unit_test(bands_are_monotone),
    cmocka_unit_test(answers_go_along_to_the_whole),
    cmocka_unit_test(answers_do_not_cross_instruments),
};

RUN(tests)
