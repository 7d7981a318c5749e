#include "survey/reading.h"

#include "base/text.h"

static size_t question_syllables(const struct question *question)
{
    size_t count = text_syllables(question->text.in[LANG_VI]);

    for (size_t i = 0; i < question->option_count; i++)
        count += text_syllables(question->options[i].text.in[LANG_VI]);
    for (size_t i = 0; i < question->row_count; i++)
        count += text_syllables(question->rows[i].text.in[LANG_VI]);
    return count + (question->unit.in[LANG_VI] ? text_syllables(question->unit.in[LANG_VI]) : 0);
}

static void add_question(struct reading *reading, const struct question *question)
{
    reading->questions++;
    reading->syllables += question_syllables(question);
}

static struct ratio minutes_of(const struct reading *reading)
{
    return ratio_add(ratio_make((wide)reading->syllables, SYLLABLES_PER_MINUTE),
                     ratio_make((wide)reading->questions * SECONDS_TO_THINK, 60));
}

/* ---- branches ---- */

struct branches {
    const struct questionnaire *q;
    struct arena *arena;
    const size_t *slots;  /* of each question in the schema */
    struct value *values; /* all unknown, but the one that is being tried */
};

/* The question that decides whether this one is shown, if it is a single choice; else MAP_NONE. */
static size_t find_driver(const struct branches *b, const struct rule_node *rule)
{
    size_t driver = MAP_NONE;

    if (rule->op == OP_FACT) {
        for (size_t i = 0; i < b->q->question_count; i++) {
            enum question_type type = b->q->questions[i].type;

            if (b->slots[i] == rule->fact && (type == QUESTION_SINGLE || type == QUESTION_YESNO))
                return i;
        }
    }
    for (size_t i = 0; i < rule->count && driver == MAP_NONE; i++)
        driver = find_driver(b, &rule->args[i]);
    return driver;
}

static bool is_shown(const struct branches *b, const struct rule_node *rule)
{
    struct rule_data data = {.schema = &b->q->schema, .facts = b->values};
    struct rule_result result;

    rule_eval(rule, &data, b->arena, &result);
    return result.truth == TRUTH_TRUE;
}

/* What one option of a question leads to. */
static struct reading read_branch(const struct branches *b, const size_t *drivers, size_t driver,
                                  size_t option)
{
    struct reading branch = {0};

    b->values[b->slots[driver]] = value_text(b->q->questions[driver].options[option].id);
    for (size_t i = driver + 1; i < b->q->question_count; i++) {
        if (drivers[i] == driver && is_shown(b, b->q->questions[i].show_if))
            add_question(&branch, &b->q->questions[i]);
    }
    b->values[b->slots[driver]] = (struct value){.kind = VALUE_UNKNOWN};
    return branch;
}

static void add_longest_branch(const struct branches *b, const size_t *drivers, size_t driver,
                               struct reading *reading)
{
    struct reading longest = {0};

    for (size_t i = 0; i < b->q->questions[driver].option_count; i++) {
        struct reading branch = read_branch(b, drivers, driver, i);

        if (ratio_cmp(minutes_of(&branch), minutes_of(&longest)) > 0)
            longest = branch;
    }
    reading->questions += longest.questions;
    reading->syllables += longest.syllables;
}

struct reading questionnaire_reading(const struct questionnaire *q, struct arena *arena)
{
    size_t *slots = ARENA_ARRAY(arena, size_t, q->question_count + 1);
    size_t *drivers = ARENA_ARRAY(arena, size_t, q->question_count + 1);
    struct branches b = {.q = q,
                         .arena = arena,
                         .slots = slots,
                         .values = ARENA_ARRAY(arena, struct value, q->schema.count + 1)};
    struct reading reading = {0};

    for (size_t i = 0, slot = 0; i < q->question_count; i++) {
        const struct question *question = &q->questions[i];

        slots[i] = slot;
        slot += question->type == QUESTION_SCALE ? question->row_count : 1;
        drivers[i] = question->show_if ? find_driver(&b, question->show_if) : MAP_NONE;
        if (drivers[i] == MAP_NONE)
            add_question(&reading, question);
    }
    for (size_t i = 0; i < q->question_count; i++)
        add_longest_branch(&b, drivers, i, &reading);
    reading.minutes = minutes_of(&reading);
    return reading;
}
