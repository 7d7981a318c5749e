#include "survey/quality.h"

static const struct {
    const char *code;
    struct words name;
} kinds[QUALITY__MAX] = {
    [QUALITY_STRAIGHT_LINING] = {"straight-lining", {{"chọn cùng một bậc", "one step throughout"}}},
    [QUALITY_CONTRADICTION] = {"contradiction", {{"trả lời mâu thuẫn", "contradiction"}}},
    [QUALITY_TOO_FAST] = {"too-fast", {{"trả lời quá nhanh", "too fast"}}},
};

const char *quality_code(enum quality_kind kind)
{
    return kinds[kind].code;
}

struct words quality_name(enum quality_kind kind)
{
    return kinds[kind].name;
}

struct flags {
    struct quality_flag *items;
    size_t count;
    struct arena *arena;
};

static void add_flag(struct flags *flags, enum quality_kind kind, const char *vi, const char *en)
{
    if (flags->count < QUALITY_FLAGS_MAX)
        flags->items[flags->count++] = (struct quality_flag){kind, {{vi, en}}};
}

/* The same rung on nearly every ladder, which somebody who reads the questions rarely chooses.
 * All lowest rungs are not flagged: a shop that does nothing yet answers so truthfully. */
static void flag_straight_lining(const struct response *response, struct flags *flags)
{
    const struct questionnaire *q = response->questionnaire;
    size_t rungs[OPTIONS_MAX] = {0}, answered = 0, most = 1;

    for (size_t i = 0; i < q->question_count; i++) {
        const struct answer *answer = &response->answers[i];

        if (q->questions[i].type != QUESTION_SINGLE || !q->questions[i].is_scored ||
            answer->state != ANSWER_GIVEN || !answer->is_active)
            continue;
        rungs[answer->option]++;
        answered++;
    }
    for (size_t i = 1; i < OPTIONS_MAX; i++)
        most = rungs[i] > rungs[most] ? i : most;
    if (answered < STRAIGHT_LINE_QUESTIONS_MIN ||
        rungs[most] * 100 < answered * STRAIGHT_LINE_PERCENT_MIN)
        return;
    add_flag(flags, QUALITY_STRAIGHT_LINING,
             arena_printf(flags->arena, "%zu trên %zu câu đều chọn bậc thứ %zu.", rungs[most],
                          answered, most + 1),
             arena_printf(flags->arena, "%zu of %zu questions are answered with step %zu.",
                          rungs[most], answered, most + 1));
}

static void flag_contradictions(const struct response *response, struct flags *flags)
{
    const struct questionnaire *q = response->questionnaire;
    struct rule_data data = {.schema = &q->schema};

    if (!q->contradiction_count)
        return;
    data.facts = response_rule_values(response, flags->arena);
    for (size_t i = 0; i < q->contradiction_count; i++) {
        struct rule_result result;

        rule_eval(q->contradictions[i].rule, &data, flags->arena, &result);
        if (result.truth == TRUTH_TRUE)
            add_flag(flags, QUALITY_CONTRADICTION, q->contradictions[i].text.in[LANG_VI],
                     q->contradictions[i].text.in[LANG_EN]);
    }
}

static void flag_speed(const struct response *response, struct flags *flags)
{
    size_t answered = 0;
    struct ratio least;

    for (size_t i = 0; i < response->questionnaire->question_count; i++)
        answered += response->answers[i].state != ANSWER_NONE;
    least = ratio_make((wide)answered * SECONDS_PER_QUESTION_MIN, 60);
    if (!ratio_is_valid(response->minutes) || ratio_cmp(response->minutes, least) >= 0)
        return;
    add_flag(flags, QUALITY_TOO_FAST,
             arena_printf(flags->arena, "Trả lời %zu câu nhanh hơn mức đọc kịp (%d giây một câu).",
                          answered, SECONDS_PER_QUESTION_MIN),
             arena_printf(flags->arena,
                          "%zu questions were answered faster than they can be read (%d seconds "
                          "each).",
                          answered, SECONDS_PER_QUESTION_MIN));
}

size_t response_quality(const struct response *response, struct arena *arena,
                        struct quality_flag flags[QUALITY_FLAGS_MAX])
{
    struct flags list = {.items = flags, .arena = arena};

    flag_straight_lining(response, &list);
    flag_contradictions(response, &list);
    flag_speed(response, &list);
    return list.count;
}
