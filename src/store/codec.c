#include "store/codec.h"

#include <string.h>

#include "base/text.h"

__extension__ typedef unsigned __int128 uwide;

enum value_code { CODE_FALSE, CODE_TRUE, CODE_WHOLE, CODE_FRACTION, CODE_TEXT, CODE_LIST };
enum more_code { MORE_NA, MORE_GIVEN };

/* Groups of 7 bits in 128. */
#define GROUPS_MAX 19

void fact_keys_set(struct fact_keys *keys, size_t fact, uint32_t key)
{
    size_t at = keys->count++;

    for (; at && keys->keys[keys->order[at - 1]] > key; at--)
        keys->order[at] = keys->order[at - 1];
    keys->order[at] = (uint32_t)fact;
    keys->keys[fact] = key;
    if (key > keys->last)
        keys->last = key;
}

/* ---- writing ---- */

/* Bytes on their way to the buffer, many at a time: an import writes dozens of pieces per row. */
struct window {
    struct buf *out;
    unsigned char bytes[512];
    size_t len;
};

static void flush(struct window *w)
{
    buf_add(w->out, w->bytes, w->len);
    w->len = 0;
}

static void put_bytes(struct window *w, const void *bytes, size_t len)
{
    if (len > sizeof(w->bytes) - w->len)
        flush(w);
    if (len > sizeof(w->bytes)) {
        buf_add(w->out, bytes, len);
        return;
    }
    memcpy(w->bytes + w->len, bytes, len);
    w->len += len;
}

static void put_byte(struct window *w, unsigned char byte)
{
    if (w->len == sizeof(w->bytes))
        flush(w);
    w->bytes[w->len++] = byte;
}

static void put_number(struct window *w, uwide number)
{
    uint64_t low;

    if (sizeof(w->bytes) - w->len < GROUPS_MAX)
        flush(w);
    for (; number >> 64; number >>= 7)
        w->bytes[w->len++] = (unsigned char)(0x80 | (number & 0x7f));
    for (low = (uint64_t)number; low > 0x7f; low >>= 7)
        w->bytes[w->len++] = (unsigned char)(0x80 | (low & 0x7f));
    w->bytes[w->len++] = (unsigned char)low;
}

static void put_signed(struct window *w, wide number)
{
    put_number(w, number < 0 ? ((uwide) - (number + 1) << 1) + 1 : (uwide)number << 1);
}

static void put_text(struct window *w, const char *text)
{
    size_t len = strlen(text);

    put_number(w, len);
    put_bytes(w, text, len + 1);
}

static enum value_code ratio_code(struct ratio number)
{
    return ratio_is_whole(number) ? CODE_WHOLE : CODE_FRACTION;
}

static void put_ratio(struct window *w, struct ratio number)
{
    put_signed(w, number.num);
    if (!ratio_is_whole(number))
        put_number(w, (uwide)number.den);
}

/* Amounts of several contracts. */
static void put_list(struct window *w, const struct value *list)
{
    put_number(w, list->count);
    for (size_t i = 0; i < list->count; i++) {
        put_byte(w, (unsigned char)ratio_code(list->items[i].number));
        put_ratio(w, list->items[i].number);
    }
}

static void put_value(struct window *w, uint32_t fact_key, const struct value *value)
{
    uint64_t key = (uint64_t)fact_key << 3;

    switch (value->kind) {
    case VALUE_BOOL:
        put_number(w, key | (value->truth ? CODE_TRUE : CODE_FALSE));
        break;
    case VALUE_NUMBER:
        put_number(w, key | ratio_code(value->number));
        put_ratio(w, value->number);
        break;
    case VALUE_TEXT:
        put_number(w, key | CODE_TEXT);
        put_text(w, value->text);
        break;
    case VALUE_LIST:
        put_number(w, key | CODE_LIST);
        put_list(w, value);
        break;
    default: /* unknown; objects are no facts */
        break;
    }
}

void codec_write_facts(struct buf *out, const struct facts *facts, const struct fact_keys *keys,
                       const struct value *values)
{
    struct window w;

    w.out = out;
    w.len = 0;
    put_byte(&w, CODEC_VERSION);
    for (size_t i = 0; i < keys->count; i++) {
        size_t fact = keys->order[i];

        if (!facts->items[fact].is_derived)
            put_value(&w, keys->keys[fact], &values[fact]);
    }
    flush(&w);
}

static void put_given(struct window *w, const struct question *question,
                      const struct answer *answer)
{
    put_byte(w, MORE_GIVEN);
    switch (question->type) {
    case QUESTION_MULTIPLE:
        put_number(w, answer->ticks);
        break;
    case QUESTION_SCALE:
        put_bytes(w, answer->columns, question->row_count);
        break;
    case QUESTION_NUMBER:
        put_byte(w, (unsigned char)ratio_code(answer->number));
        put_ratio(w, answer->number);
        break;
    default:
        put_text(w, answer->text);
    }
}

static bool has_option(const struct question *question)
{
    return question->type == QUESTION_SINGLE || question->type == QUESTION_YESNO;
}

static unsigned char answer_byte(const struct question *question, const struct answer *answer)
{
    if (answer->state == ANSWER_NONE)
        return ANSWER_BYTE_NONE;
    return answer->state == ANSWER_GIVEN && has_option(question) ? (unsigned char)answer->option
                                                                 : ANSWER_BYTE_MORE;
}

void codec_write_answers(struct buf *out, const struct questionnaire *q,
                         const struct answer *answers)
{
    struct window w;
    bool has_more = false;

    w.out = out;
    w.len = 0;
    put_byte(&w, CODEC_VERSION);
    for (size_t i = 0; i < q->question_count; i++) {
        unsigned char byte = answer_byte(&q->questions[i], &answers[i]);

        has_more |= byte == ANSWER_BYTE_MORE;
        put_byte(&w, byte);
    }
    for (size_t i = 0; has_more && i < q->question_count; i++) {
        if (answers[i].state == ANSWER_NA) {
            put_byte(&w, MORE_NA);
            put_text(&w, answers[i].text);
        } else if (answers[i].state == ANSWER_GIVEN && !has_option(&q->questions[i])) {
            put_given(&w, &q->questions[i], &answers[i]);
        }
    }
    flush(&w);
}

/* ---- reading ---- */

/* What is left to read. Once something is wrong it is empty and `is_bad` stays. */
struct reader {
    const unsigned char *at, *end;
    bool is_bad;
};

static void fail(struct reader *r)
{
    r->is_bad = true;
    r->at = r->end;
}

static unsigned read_byte(struct reader *r)
{
    if (r->at == r->end) {
        fail(r);
        return 0;
    }
    return *r->at++;
}

static uwide read_number(struct reader *r)
{
    uwide number = 0;

    for (unsigned shift = 0; shift < 7 * GROUPS_MAX; shift += 7) {
        unsigned byte = read_byte(r);

        if (shift == 126 && byte > 3)
            break; /* more than 128 bits */
        number |= (uwide)(byte & 0x7f) << shift;
        if (byte & 0x80)
            continue;
        if (byte == 0 && shift)
            break; /* a longer way to write it */
        return number;
    }
    fail(r);
    return 0;
}

static wide read_signed(struct reader *r)
{
    uwide number = read_number(r);

    return number & 1 ? -(wide)(number >> 1) - 1 : (wide)(number >> 1);
}

static struct ratio read_ratio(struct reader *r, unsigned code)
{
    wide num = read_signed(r);
    uwide den;
    struct ratio number;

    if (code == CODE_WHOLE)
        return (struct ratio){num, 1};
    den = read_number(r);
    if (den < 2 || den >> 126 || num >> 126 != (num < 0 ? -1 : 0)) {
        fail(r);
        return ratio_of(0);
    }
    number = ratio_make(num, (wide)den);
    if (number.den != (wide)den)
        fail(r); /* not in lowest terms */
    return number;
}

static const char *read_text(struct reader *r)
{
    uwide len = read_number(r);
    const char *text = (const char *)r->at;

    if (len >= (uwide)(r->end - r->at) || text[len] || memchr(text, '\0', (size_t)len) ||
        text_valid_utf8(text, (size_t)len) != len) {
        fail(r);
        return "";
    }
    r->at += (size_t)len + 1;
    return text;
}

static struct reader open_reader(const void *data, size_t len)
{
    struct reader r = {data, (const unsigned char *)data + len, false};

    if (len > CODEC_BYTES_MAX || read_byte(&r) != CODEC_VERSION)
        fail(&r);
    return r;
}

static struct value read_list(struct reader *r, struct arena *arena)
{
    uwide count = read_number(r);
    struct value *items;

    if (!count || count > FACT_LIST_MAX) {
        fail(r);
        return value_unknown();
    }
    items = ARENA_ARRAY(arena, struct value, (size_t)count);
    for (size_t i = 0; i < (size_t)count; i++) {
        unsigned code = read_byte(r);

        if (code != CODE_WHOLE && code != CODE_FRACTION)
            fail(r);
        items[i] = value_number(read_ratio(r, code));
    }
    return (struct value){.kind = VALUE_LIST, .items = items, .count = (size_t)count};
}

static struct value read_value(struct reader *r, unsigned code, struct arena *arena)
{
    switch (code) {
    case CODE_FALSE:
    case CODE_TRUE:
        return value_bool(code == CODE_TRUE);
    case CODE_WHOLE:
    case CODE_FRACTION:
        return value_number(read_ratio(r, code));
    case CODE_TEXT:
        return value_text(read_text(r));
    case CODE_LIST:
        return read_list(r, arena);
    default:
        fail(r);
        return value_unknown();
    }
}

/* A fact that rules and reports may take for what facts.json says it is. */
static bool is_of_kind(const struct fact *fact, enum value_kind value)
{
    switch (fact->kind) {
    case FACT_MONEY:
        return value == VALUE_NUMBER || (fact->is_plan && value == VALUE_LIST);
    case FACT_INTEGER:
    case FACT_PERCENT:
        return value == VALUE_NUMBER;
    case FACT_YESNO:
        return value == VALUE_BOOL;
    default:
        return value == VALUE_TEXT;
    }
}

bool codec_read_facts(const void *data, size_t len, const struct facts *facts,
                      const struct fact_keys *keys, struct arena *arena, struct value *values)
{
    struct reader r = open_reader(data, len);
    uwide last = 0;
    size_t next = 0; /* in keys->order */

    while (r.at < r.end) {
        uwide number = read_number(&r), key = number >> 3;
        struct value value = read_value(&r, (unsigned)(number & 7), arena);
        const struct fact *fact;

        if (r.is_bad || key <= last)
            return false;
        last = key;
        while (next < keys->count && keys->keys[keys->order[next]] < key)
            next++;
        if (next == keys->count || keys->keys[keys->order[next]] != key)
            continue;
        fact = &facts->items[keys->order[next]];
        /* A fact whose type was changed in facts.json is no longer known. */
        if (!fact->is_derived && is_of_kind(fact, value.kind))
            values[keys->order[next]] = value;
    }
    return !r.is_bad;
}

static void read_columns(struct reader *r, const struct question *question, struct answer *answer)
{
    answer->columns = r->at;
    for (size_t i = 0; i < question->row_count; i++) {
        unsigned column = read_byte(r);

        if (column != COLUMN_NONE && column >= question->option_count)
            fail(r);
    }
}

static void read_given(struct reader *r, const struct question *question, struct answer *answer)
{
    uwide ticks;
    unsigned code;

    switch (question->type) {
    case QUESTION_SINGLE:
    case QUESTION_YESNO:
        fail(r); /* has a byte of its own */
        break;
    case QUESTION_MULTIPLE:
        ticks = read_number(r);
        if (question->option_count < 128 && ticks >> question->option_count)
            fail(r);
        answer->ticks = (uint64_t)ticks;
        break;
    case QUESTION_SCALE:
        read_columns(r, question, answer);
        break;
    case QUESTION_NUMBER:
        code = read_byte(r);
        if (code != CODE_WHOLE && code != CODE_FRACTION)
            fail(r);
        answer->number = read_ratio(r, code);
        break;
    default:
        answer->text = read_text(r);
    }
}

static void read_more(struct reader *r, const struct question *question, struct answer *answer)
{
    unsigned code = read_byte(r);

    if (code == MORE_NA) {
        answer->state = ANSWER_NA;
        answer->text = read_text(r);
    } else if (code == MORE_GIVEN) {
        answer->state = ANSWER_GIVEN;
        read_given(r, question, answer);
    } else {
        fail(r);
    }
}

bool codec_read_answers(const void *data, size_t len, const struct questionnaire *q,
                        struct answer *answers)
{
    struct reader r = open_reader(data, len);
    const unsigned char *bytes = r.at;

    if ((size_t)(r.end - r.at) < q->question_count)
        return false;
    r.at += q->question_count;
    for (size_t i = 0; i < q->question_count; i++) {
        answers[i] = (struct answer){.state = ANSWER_NONE};
        if (bytes[i] == ANSWER_BYTE_MORE) {
            read_more(&r, &q->questions[i], &answers[i]);
        } else if (bytes[i] != ANSWER_BYTE_NONE) {
            if (!has_option(&q->questions[i]) || bytes[i] >= q->questions[i].option_count)
                return false;
            answers[i].state = ANSWER_GIVEN;
            answers[i].option = bytes[i];
        }
    }
    return !r.is_bad && r.at == r.end;
}
