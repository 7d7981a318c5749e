#include "fixture.h"

#include "store/codec.h"

#define ALL_TYPES "tests/data/all-types@1.json"
#define ROUNDS 3000

static struct fixture f;
static struct fact_keys keys;

static int setup(void **state)
{
    (void)state;
    fixture_init(&f);
    fixture_questionnaire(&f, ALL_TYPES);
    memset(&keys, 0, sizeof(keys));
    for (size_t i = f.facts->count; i-- > 0;) { /* in no order, with gaps */
        if (!f.facts->items[i].is_derived)
            fact_keys_set(&keys, i, (uint32_t)(3 + 7 * (i ^ 5)));
    }
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&f.arena);
    return 0;
}

static const char *random_text(struct dice *dice)
{
    static const char *const parts[] = {"a", "Đại", " ", "\"", "0", "\n", "₫", "{}", "\x01"};
    const char *text = "";

    for (size_t n = dice_roll(dice, 300); n; n /= 2)
        text = arena_printf(&f.arena, "%s%s", text, parts[dice_roll(dice, ARRAY_SIZE(parts))]);
    return text;
}

/* Small and large, negative, fractions, and the most digits that can be typed. */
static struct ratio random_number(struct dice *dice)
{
    wide num = (wide)(int64_t)dice_next(dice) >> dice_roll(dice, 64);
    wide den = dice_roll(dice, 2) ? 1 : (wide)(1 + dice_roll(dice, 1000000));

    if (dice_roll(dice, 8) == 0)
        num = num * INT64_MAX + (wide)dice_roll(dice, 1000);
    return ratio_make(num, den);
}

static void random_answer(struct dice *dice, const struct question *question, struct answer *answer)
{
    unsigned char *columns = ARENA_ARRAY(&f.arena, unsigned char, question->row_count + 1);

    *answer = (struct answer){.state = (enum answer_state)dice_roll(dice, 3)};
    if (answer->state == ANSWER_NA)
        answer->text = random_text(dice);
    if (answer->state != ANSWER_GIVEN)
        return;
    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        answer->option = (unsigned)dice_roll(dice, question->option_count);
        break;
    case QUESTION_MULTIPLE:
        answer->ticks = dice_next(dice) & ((UINT64_C(1) << question->option_count) - 1);
        break;
    case QUESTION_SCALE:
        for (size_t i = 0; i < question->row_count; i++)
            columns[i] = dice_roll(dice, 3) ? (unsigned char)dice_roll(dice, question->option_count)
                                            : COLUMN_NONE;
        answer->columns = columns;
        break;
    case QUESTION_NUMBER:
        answer->number = random_number(dice);
        break;
    default:
        answer->text = random_text(dice);
    }
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void assert_same_answer(const struct question *question, const struct answer *a,
                               const struct answer *b)
{
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->option, b->option);
    assert_true(a->ticks == b->ticks);
    assert_true(a->number.num == b->number.num && a->number.den == b->number.den);
    assert_true(is_same_text(a->text, b->text));
    assert_int_equal(a->columns != NULL, b->columns != NULL);
    if (a->columns)
        assert_memory_equal(a->columns, b->columns, question->row_count);
}

/* A copy of just its length, so that a sanitizer sees reading beyond it. */
static unsigned char *exact_copy(const struct buf *bytes)
{
    unsigned char *copy = malloc(bytes->len);

    assert_non_null(copy);
    memcpy(copy, bytes->data, bytes->len);
    return copy;
}

/* What is read is written in the same way: the bytes are the only ones for their content. */
static void assert_canonical_answers(const void *data, size_t len, const struct answer *answers)
{
    struct buf again;

    buf_init(&again, CODEC_BYTES_MAX);
    codec_write_answers(&again, f.q, answers);
    assert_int_equal(again.len, len);
    assert_memory_equal(again.data, data, len);
    buf_free(&again);
}

/* Every bit that turns over gives other content or is refused. */
static void damage(struct dice *dice, unsigned char *data, size_t len)
{
    struct answer *read = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);

    for (int i = 0; i < 5; i++) {
        size_t at = dice_roll(dice, len);
        unsigned char old = data[at];

        data[at] ^= (unsigned char)(1u << dice_roll(dice, 8));
        if (codec_read_answers(data, len, f.q, read))
            assert_canonical_answers(data, len, read);
        data[at] = old;
    }
    assert_false(codec_read_answers(data, len - 1, f.q, read));
}

static void test_answers(void **state)
{
    struct dice dice = {20261124};

    (void)state;
    print_message("# seed 20261124\n");
    for (int round = 0; round < ROUNDS; round++) {
        struct answer *answers = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);
        struct answer *read = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);
        struct buf bytes;
        unsigned char *copy;

        for (size_t i = 0; i < f.q->question_count; i++)
            random_answer(&dice, &f.q->questions[i], &answers[i]);
        buf_init(&bytes, CODEC_BYTES_MAX);
        codec_write_answers(&bytes, f.q, answers);
        copy = exact_copy(&bytes);
        assert_true(codec_read_answers(copy, bytes.len, f.q, read));
        for (size_t i = 0; i < f.q->question_count; i++)
            assert_same_answer(&f.q->questions[i], &answers[i], &read[i]);
        damage(&dice, copy, bytes.len);
        free(copy);
        buf_free(&bytes);
    }
}

/* A value of the kind that the fact has, or none. */
static struct value random_list(struct dice *dice)
{
    size_t count = 1 + dice_roll(dice, FACT_LIST_MAX);
    struct value *items = ARENA_ARRAY(&f.arena, struct value, count);

    for (size_t i = 0; i < count; i++)
        items[i] = value_number(random_number(dice));
    return (struct value){.kind = VALUE_LIST, .items = items, .count = count};
}

static struct value random_value(struct dice *dice, const struct fact *fact)
{
    if (fact->is_derived || !dice_roll(dice, 3))
        return value_unknown();
    if (fact->is_plan && dice_roll(dice, 2))
        return random_list(dice);
    switch (fact->kind) {
    case FACT_INTEGER:
    case FACT_PERCENT:
    case FACT_MONEY:
        return value_number(random_number(dice));
    case FACT_YESNO:
        return value_bool(dice_roll(dice, 2));
    default:
        return value_text(random_text(dice));
    }
}

static void assert_same_value(const struct value *a, const struct value *b)
{
    assert_int_equal(a->kind, b->kind);
    if (a->kind != VALUE_UNKNOWN)
        assert_true(value_equal(a, b));
}

static void test_facts(void **state)
{
    struct dice dice = {815};

    (void)state;
    print_message("# seed 815\n");
    for (int round = 0; round < ROUNDS; round++) {
        struct value *values = ARENA_ARRAY(&f.arena, struct value, f.facts->count);
        struct value *read = ARENA_ARRAY(&f.arena, struct value, f.facts->count);
        struct buf bytes;
        unsigned char *copy;
        size_t at;

        for (size_t i = 0; i < f.facts->count; i++)
            values[i] = random_value(&dice, &f.facts->items[i]);
        buf_init(&bytes, CODEC_BYTES_MAX);
        codec_write_facts(&bytes, f.facts, &keys, values);
        copy = exact_copy(&bytes);
        assert_true(codec_read_facts(copy, bytes.len, f.facts, &keys, &f.arena, read));
        for (size_t i = 0; i < f.facts->count; i++)
            assert_same_value(&values[i], &read[i]);
        at = dice_roll(&dice, bytes.len);
        copy[at] ^= (unsigned char)(1u << dice_roll(&dice, 8)); /* must not crash */
        (void)codec_read_facts(copy, bytes.len, f.facts, &keys, &f.arena, read);
        free(copy);
        buf_free(&bytes);
    }
}

/* A fact that facts.json no longer has, or has with another type, is passed over. */
static void test_other_facts(void **state)
{
    struct value *values = ARENA_ARRAY(&f.arena, struct value, f.facts->count);
    struct value *read = ARENA_ARRAY(&f.arena, struct value, f.facts->count);
    size_t name = facts_find(f.facts, "name"), people = facts_find(f.facts, "employees");
    struct fact_keys fewer = {.count = 0};
    struct buf bytes;

    (void)state;
    values[name] = value_text("A");
    values[people] = value_int(5);
    buf_init(&bytes, CODEC_BYTES_MAX);
    codec_write_facts(&bytes, f.facts, &keys, values);
    fact_keys_set(&fewer, name, keys.keys[name]);
    assert_true(codec_read_facts(bytes.data, bytes.len, f.facts, &fewer, &f.arena, read));
    assert_string_equal(read[name].text, "A");
    assert_int_equal(read[people].kind, VALUE_UNKNOWN);
    fewer = (struct fact_keys){.count = 0};
    fact_keys_set(&fewer, people, keys.keys[name]); /* a text where a number is expected */
    read[name] = value_unknown();
    assert_true(codec_read_facts(bytes.data, bytes.len, f.facts, &fewer, &f.arena, read));
    assert_int_equal(read[people].kind, VALUE_UNKNOWN);
    buf_free(&bytes);
}

static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} bad_answers[] = {
    {"", 0, "nothing"},
    {"\x01", 1, "no questions"},
    {"\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff", 10, "another version"},
    {"\x01\xff\xff\xff\xff\xff\xff\xff\xff", 9, "a question too few"},
    {"\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11, "a byte too many"},
    {"\x01\x02\xff\xff\xff\xff\xff\xff\xff\xff", 10, "an option too high"},
    {"\x01\xff\x00\xff\xff\xff\xff\xff\xff\xff", 10, "an option for several"},
    {"\x01\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00", 12, "an option behind"},
    {"\x01\xff\xfe\xff\xff\xff\xff\xff\xff\xff\x01\x08", 12, "a tick too high"},
    {"\x01\xff\xfe\xff\xff\xff\xff\xff\xff\xff\x01\x81\x00", 13, "a longer way to write 1"},
    {"\x01\xff\xff\xfe\xff\xff\xff\xff\xff\xff\x01\x00", 12, "a row missing"},
    {"\x01\xff\xff\xfe\xff\xff\xff\xff\xff\xff\x01\x00\x02", 13, "a column too high"},
    {"\x01\xff\xff\xff\xff\xfe\xff\xff\xff\xff\x01\x03\x04\x04", 14, "4/4"},
    {"\x01\xff\xff\xff\xff\xfe\xff\xff\xff\xff\x01\x03\x02\x00", 14, "1/0"},
    {"\x01\xff\xff\xff\xff\xfe\xff\xff\xff\xff\x01\x04\x02\x00", 14, "a text for a number"},
    {"\x01\xff\xff\xff\xff\xff\xff\xfe\xff\xff\x01\x02"
     "ab",
     14, "no NUL"},
    {"\x01\xff\xff\xff\xff\xff\xff\xfe\xff\xff\x01\x02"
     "a\0\0",
     15, "a NUL inside"},
    {"\x01\xff\xff\xff\xff\xff\xff\xfe\xff\xff\x01\x01\xff\0", 14, "no UTF-8"},
    {"\x01\xff\xff\xff\xff\xff\xff\xfe\xff\xff\x02\x01"
     "a\0",
     14, "neither given nor not"},
};

static void test_bad_answers(void **state)
{
    struct answer *read = ARENA_ARRAY(&f.arena, struct answer, f.q->question_count);

    (void)state;
    assert_int_equal(f.q->question_count, 9);
    assert_true(codec_read_answers("\x01\x01\xff\xff\xff\xff\xff\xff\xff\xff", 10, f.q, read));
    for (size_t i = 0; i < ARRAY_SIZE(bad_answers); i++) {
        if (codec_read_answers(bad_answers[i].bytes, bad_answers[i].len, f.q, read))
            fail_msg("accepted: %s", bad_answers[i].what);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(test_answers, setup, teardown),
    cmocka_unit_test_setup_teardown(test_facts, setup, teardown),
    cmocka_unit_test_setup_teardown(test_other_facts, setup, teardown),
    cmocka_unit_test_setup_teardown(test_bad_answers, setup, teardown),
};

RUN(tests)
